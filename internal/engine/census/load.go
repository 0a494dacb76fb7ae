package census

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"runtime"
	"sync"
)

// Load reads a census: one goroutine reads, the others check and unpack. A file that cannot be trusted gives ErrSpoiled:
// build the census anew.
func Load(r io.Reader) (c *Census, note string, err error) {
	h, sum, err := readHead(r)
	if err != nil {
		return nil, "", fmt.Errorf("%w: %w", ErrSpoiled, err)
	}
	if c, err = New(h.Columns, h.Groups); err != nil {
		return nil, "", fmt.Errorf("%w: %w", ErrSpoiled, err)
	}
	c.people, c.ids.rising = h.People, h.Rising
	l := &loader{c: c, sum: sum, parts: make([]unpacked, (h.People+segmentPeople-1)/segmentPeople)}
	if err := l.run(r); err != nil {
		return nil, "", fmt.Errorf("%w: %w", ErrSpoiled, err)
	}
	c.groups = make([]uint16, 0, c.people)
	for i := range l.parts {
		c.segments = append(c.segments, l.parts[i].slab)
		c.groups = append(c.groups, l.parts[i].groups...)
		c.ids.frames = append(c.ids.frames, l.parts[i].frames...)
	}
	if c.ids.rising > 0 {
		c.ids.last = c.ids.at(c.ids.rising - 1)
	}
	return c, h.Note, nil
}

var errBad = errors.New("census: a part is not as it was written")

func readHead(r io.Reader) (h head, sum uint32, err error) {
	var first [len(magic) + 8]byte
	if _, err := io.ReadFull(r, first[:]); err != nil {
		return h, 0, err
	}
	size := little.Uint64(first[len(magic):])
	if string(first[:len(magic)]) != magic || size > 1<<26 {
		return h, 0, errBad
	}
	text := make([]byte, size+4)
	if _, err := io.ReadFull(r, text); err != nil {
		return h, 0, err
	}
	sum = crc32.Checksum(text[:size], castagnoli)
	if little.Uint32(text[size:]) != sum {
		return h, 0, errBad
	}
	if err := json.Unmarshal(text[:size], &h); err != nil {
		return h, 0, err
	}
	if h.People < 0 || h.People > 1<<31 || h.Rising < 0 || h.Rising > h.People {
		return h, 0, errBad
	}
	return h, sum, nil
}

// part is one that is read and not yet unpacked.
type part struct {
	number int
	bytes  []byte // with the checksum behind
}

// unpacked is what a segment's part holds.
type unpacked struct {
	slab   []uint64
	groups []uint16
	frames []idFrame
}

type loader struct {
	c     *Census
	sum   uint32
	parts []unpacked

	lock  sync.Mutex
	wrong error
}

func (l *loader) fail(err error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.wrong = errors.Join(l.wrong, err)
}

func (l *loader) failed() error {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.wrong
}

func (l *loader) run(r io.Reader) error {
	var work sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	free, full := make(chan []byte, workers+2), make(chan part, 1)
	for range cap(free) {
		free <- nil
	}
	for range workers {
		work.Go(func() {
			for p := range full {
				if err := l.unpack(p); err != nil {
					l.fail(err)
				}
				free <- p.bytes
			}
		})
	}
	for number := 0; number <= len(l.parts) && l.failed() == nil; number++ {
		bytes, err := l.read(r, <-free)
		if err != nil {
			l.fail(err)
			break
		}
		full <- part{number, bytes}
	}
	close(full)
	work.Wait()
	return l.wrong
}

// read reads a part into a buffer that is used again. No part is longer than whole ids and planes make it.
func (l *loader) read(r io.Reader, into []byte) ([]byte, error) {
	var size [4]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return nil, err
	}
	n := int(little.Uint32(size[:]))
	if n > max((l.c.people-l.c.ids.rising)*8, l.c.planes*segmentWords*8+segmentPeople*(2+8)+segmentPeople/frame*9) {
		return nil, errBad
	}
	if n += 4; cap(into) < n {
		into = make([]byte, n)
	}
	_, err := io.ReadFull(r, into[:n])
	return into[:n], err
}

func (l *loader) unpack(p part) error {
	n := len(p.bytes) - 4
	b := p.bytes[:n]
	if little.Uint32(p.bytes[n:]) != sumOf(l.sum, p.number, b) {
		return errBad
	}
	if p.number == len(l.parts) {
		return l.late(b)
	}
	people := min(segmentPeople, l.c.people-p.number*segmentPeople)
	out := &l.parts[p.number]
	out.slab = make([]uint64, l.c.planes*segmentWords)
	if len(b) < len(out.slab)*8+people*2 {
		return errBad
	}
	for i := range out.slab {
		out.slab[i] = little.Uint64(b[i*8:])
	}
	b = b[len(out.slab)*8:]
	out.groups = make([]uint16, people)
	for i := range out.groups {
		if out.groups[i] = little.Uint16(b[i*2:]); int(out.groups[i]) >= len(l.c.names) {
			return errBad
		}
	}
	return out.ids(b[people*2:], max(0, min(people, l.c.ids.rising-p.number*segmentPeople)))
}

func (u *unpacked) ids(b []byte, people int) error {
	for ; people > 0; people -= frame {
		n, size := min(people, frame), 4
		if len(b) < 9 {
			return errBad
		}
		f := idFrame{base: int64(little.Uint64(b))}
		long := b[8] == 1
		if b = b[9:]; long {
			size = 8
		}
		if len(b) < n*size {
			return errBad
		}
		if long {
			f.long = make([]int64, n, frame)
			for i := range f.long {
				f.long[i] = int64(little.Uint64(b[i*8:]))
			}
		} else {
			f.short = make([]uint32, n, frame)
			for i := range f.short {
				f.short[i] = little.Uint32(b[i*4:])
			}
		}
		u.frames, b = append(u.frames, f), b[n*size:]
	}
	if len(b) > 0 {
		return errBad
	}
	return nil
}

// late takes the ids that came out of order.
func (l *loader) late(b []byte) error {
	n := l.c.people - l.c.ids.rising
	if len(b) != n*8 {
		return errBad
	}
	if n > 0 {
		l.c.ids.lateAt = make(map[int64]int, n)
	}
	for i := range n {
		id := int64(little.Uint64(b[i*8:]))
		l.c.ids.late = append(l.c.ids.late, id)
		l.c.ids.lateAt[id] = l.c.ids.rising + i
	}
	return nil
}
