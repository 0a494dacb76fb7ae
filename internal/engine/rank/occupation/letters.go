package occupation

import "math"

// letters compares the characters of a title with those of official names, in whatever order. Where no name fits, labels often
// lie on a name that shares a rare character with the advert as it was written, its pay and firm included; sequences
// and cleaned titles cannot see that.
type letters struct {
	words  *vocabulary
	in     map[rune][]int32 // classes whose name holds the character
	length []float32        // of each name, by the rarity of its characters
	count  []float32        // of different characters in each name
}

func newLetters(t *Table, words *vocabulary) *letters {
	n := len(t.list)
	l := &letters{words: words, in: map[rune][]int32{}, length: make([]float32, n), count: make([]float32, n)}
	for i, c := range t.list {
		for _, r := range distinct(c.Name) {
			l.in[r] = append(l.in[r], int32(i))
			l.length[i] += l.rarity(r)
			l.count[i]++
		}
	}
	return l
}

// rarity is the squared idf of a character.
func (l *letters) rarity(r rune) float32 {
	idf := 9.0
	if id, ok := l.words.ids[string(r)]; ok {
		idf = math.Log(float64(l.words.n+1) / float64(l.words.held[id]))
	}
	return float32(idf * idf)
}

// overlap is how the characters of a title and of each name agree.
type overlap struct {
	cosine []float32
	rarest []float32 // rarity of the rarest character they share
	part   []float32 // share of the name's characters that the title holds
}

func newOverlap(classes int) overlap {
	return overlap{make([]float32, classes), make([]float32, classes), make([]float32, classes)}
}

func (l *letters) compare(characters []rune, o overlap) {
	clear(o.cosine)
	clear(o.rarest)
	clear(o.part)
	all := float32(1e-6)
	for _, r := range characters {
		w := l.rarity(r)
		all += w
		for _, c := range l.in[r] {
			o.cosine[c] += w
			o.rarest[c] = max(o.rarest[c], w)
			o.part[c]++
		}
	}
	for c, n := range o.part {
		if n > 0 {
			o.cosine[c] /= float32(math.Sqrt(float64(all * l.length[c])))
			o.part[c] /= l.count[c]
		}
	}
}

// distinct are the different characters of texts in the order they come.
func distinct(texts ...string) []rune {
	seen := map[rune]bool{}
	var out []rune
	for _, t := range texts {
		for _, r := range level(t, longest) {
			if !seen[r] {
				seen[r] = true
				out = append(out, r)
			}
		}
	}
	return out
}
