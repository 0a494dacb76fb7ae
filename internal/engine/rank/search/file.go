package search

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"slices"
)

// magic begins a file of an index; its last character is the version.
const magic = "jiuye-search-1"

// ErrFile is given for a file that is none of an index, or is damaged.
var ErrFile = errors.New("search: not a file of an index, or a damaged one")

// Save writes the index as it is at this moment. The dictionary is not part of it.
func (ix *Index) Save(to io.Writer) error {
	v := ix.view.Load()
	sum := crc32.NewIEEE()
	buffered := bufio.NewWriterSize(to, 1<<20)
	w := &saver{w: io.MultiWriter(buffered, sum)}
	w.bytes([]byte(magic))
	w.number(len(v.parts))
	for _, p := range v.parts {
		w.segment(p.seg)
		save(w, p.live)
	}
	if w.err != nil {
		return w.err
	}
	if err := binary.Write(buffered, binary.LittleEndian, sum.Sum32()); err != nil {
		return err
	}
	return buffered.Flush()
}

// Load reads an index that was saved.
func Load(from io.Reader, dict *Dictionary) (*Index, error) {
	buffered := bufio.NewReaderSize(from, 1<<20)
	r := &loader{r: buffered, sum: crc32.NewIEEE()}
	if string(r.bytes(len(magic))) != magic {
		return nil, ErrFile
	}
	var segments []*segment
	var lives []bits
	for n := r.number(); n > 0 && r.err == nil; n-- {
		s := r.segment()
		live := bits(load[uint64](r))
		if s.broken() || len(live) != 0 && len(live) != wordsFor(s.n) {
			r.err = errors.Join(r.err, io.ErrUnexpectedEOF)
		}
		segments, lives = append(segments, s), append(lives, live)
	}
	var sum uint32
	own := r.sum.Sum32()
	if err := errors.Join(r.err, binary.Read(buffered, binary.LittleEndian, &sum)); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	if sum != own {
		return nil, ErrFile
	}
	ix := New(dict)
	var parts []*part
	for i, s := range segments {
		parts = append(parts, newPart(s).without(s.dead(lives[i])))
	}
	ix.set(parts)
	return ix, nil
}

// dead are the vacancies that do not live.
func (s *segment) dead(live bits) (dead []uint32) {
	for doc := range uint32(s.n) {
		if len(live) > 0 && !live.has(doc) {
			dead = append(dead, doc)
		}
	}
	return dead
}

// broken reports whether a segment's lists do not belong together.
func (s *segment) broken() bool {
	for _, n := range []int{len(s.ids), len(s.posted), len(s.payLow), len(s.payHigh), len(s.lat), len(s.lon), len(s.length), len(s.rows), len(s.textAt) - 1} {
		if n != s.n {
			return true
		}
	}
	return s.n == 0 || len(s.keys) != len(s.at) || len(s.keys) != len(s.df)
}

type saver struct {
	w   io.Writer
	err error
}

func (w *saver) bytes(b []byte) {
	if w.err == nil {
		_, w.err = w.w.Write(b)
	}
}

func (w *saver) number(n int) { w.bytes(binary.LittleEndian.AppendUint64(nil, uint64(n))) }

// fixed are the values whose size is fixed.
type fixed interface {
	~uint8 | ~uint16 | ~int32 | ~uint32 | ~int64 | ~uint64 | ~float32
}

// chunk is how many values are written or read at a time.
const chunk = 1 << 16

func save[T fixed](w *saver, list []T) {
	w.number(len(list))
	for len(list) > 0 && w.err == nil {
		n := min(chunk, len(list))
		w.err = binary.Write(w.w, binary.LittleEndian, list[:n])
		list = list[n:]
	}
}

func (w *saver) texts(list []string) {
	w.number(len(list))
	for _, s := range list {
		w.number(len(s))
		w.bytes([]byte(s))
	}
}

func (w *saver) segment(s *segment) {
	w.number(s.n)
	save(w, s.keys)
	save(w, s.at)
	save(w, s.df)
	save(w, s.lists)
	save(w, s.maps)
	save(w, s.ids)
	save(w, s.posted)
	save(w, s.payLow)
	save(w, s.payHigh)
	save(w, s.lat)
	save(w, s.lon)
	save(w, s.length)
	save(w, flat(s.rows))
	save(w, s.alphabet)
	save(w, s.text)
	save(w, s.textAt)
	w.texts(s.areas)
	w.texts(s.occupations)
	w.texts(s.words)
}

// flat writes rows as six numbers each.
func flat(rows []facetRow) []uint16 {
	out := make([]uint16, 0, 6*len(rows))
	for _, r := range rows {
		out = append(out, r.area, r.occupation, r.flags, uint16(r.offer), uint16(r.terms), uint16(r.industry))
	}
	return out
}

// rows is flat read again.
func rows(flat []uint16) []facetRow {
	out := make([]facetRow, 0, len(flat)/6)
	for ; len(flat) >= 6; flat = flat[6:] {
		out = append(out, facetRow{flat[0], flat[1], flat[2], uint8(flat[3]), uint8(flat[4]), uint8(flat[5])})
	}
	return out
}

type loader struct {
	r   io.Reader
	sum hash.Hash32
	err error
}

func (r *loader) Read(b []byte) (int, error) {
	n, err := r.r.Read(b)
	r.sum.Write(b[:n])
	return n, err
}

func (r *loader) bytes(n int) []byte {
	b := make([]byte, n)
	if r.err == nil {
		_, r.err = io.ReadFull(r, b)
	}
	return b
}

func (r *loader) number() int { return int(binary.LittleEndian.Uint64(r.bytes(8))) }

// trusted is how long a list may say that it is before it is read.
const trusted = 1 << 22

// load reads a list; it grows as it is read, so that a damaged length cannot ask for all memory.
func load[T fixed](r *loader) []T {
	n := r.number()
	list := make([]T, 0, max(0, min(n, trusted)))
	for n > 0 && r.err == nil {
		part := make([]T, min(chunk, n))
		r.err = binary.Read(r, binary.LittleEndian, part)
		list = append(list, part...)
		n -= len(part)
	}
	return slices.Clip(list)
}

func (r *loader) texts() (list []string) {
	for n := r.number(); n > 0 && r.err == nil; n-- {
		size := r.number()
		if size < 0 || size > 1<<20 {
			r.err = ErrFile
			return nil
		}
		list = append(list, string(r.bytes(size)))
	}
	return list
}

func (r *loader) segment() *segment {
	s := &segment{n: r.number()}
	s.keys, s.at, s.df = load[uint64](r), load[uint32](r), load[uint32](r)
	s.lists, s.maps = load[byte](r), load[uint64](r)
	s.ids, s.posted = load[int64](r), load[int32](r)
	s.payLow, s.payHigh = load[int64](r), load[int64](r)
	s.lat, s.lon = load[float32](r), load[float32](r)
	s.length, s.rows = load[uint8](r), rows(load[uint16](r))
	s.alphabet, s.text, s.textAt = load[rune](r), load[byte](r), load[uint32](r)
	s.areas, s.occupations, s.words = r.texts(), r.texts(), r.texts()
	if r.err == nil && !s.broken() {
		s.number()
	}
	return s
}
