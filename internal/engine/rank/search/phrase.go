package search

import (
	mathbits "math/bits"
	"sync"
)

// phrases remembers which vacancies of a segment have a text in one piece, for texts that many have: those take longest
// to look for, and are asked for most often. A segment does not change, so neither do the answers.
type phrases struct {
	lock sync.Mutex
	list []remembered // the oldest first
}

type remembered struct {
	text string
	set  bits
}

const (
	manyPhrases = 48   // remembered by a segment; of a million vacancies 6 MB
	worthwhile  = 4096 // vacancies that had to be read
)

func (p *phrases) find(text string) bits {
	p.lock.Lock()
	defer p.lock.Unlock()
	for i := range p.list {
		if p.list[i].text == text {
			return p.list[i].set
		}
	}
	return nil
}

func (p *phrases) keep(text string, set bits) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if len(p.list) == manyPhrases {
		p.list = append(p.list[:0], p.list[1:]...)
	}
	p.list = append(p.list, remembered{text, append(bits(nil), set...)})
}

// inOnePiece leaves in a set the vacancies whose text has a text in one piece.
func (e *eval) inOnePiece(set bits, whole []rune) bits {
	if found := e.s.phrases.find(string(whole)); found != nil {
		return found
	}
	out, read := e.a.get(e.s.n), 0
	sought, ok := e.s.seek(whole)
	if !ok {
		return out
	}
	for i, w := range set {
		read += mathbits.OnesCount64(w)
		for ; w != 0; w &= w - 1 {
			if doc := uint32(i<<6 + mathbits.TrailingZeros64(w)); sought.in(e.s.textOf(doc)) >= 0 {
				out.set(doc)
			}
		}
	}
	if read >= worthwhile {
		e.s.phrases.keep(string(whole), out)
	}
	return out
}
