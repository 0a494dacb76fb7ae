package census

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
)

// The file: a line that names the format, the length of a head and the head in JSON, then the segments' planes, the
// groups and the ids, all little-endian, and a checksum (CRC-32C) over everything before it.
const magic = "jiuye census 1\n"

type head struct {
	Columns []Column `json:"columns"`
	Groups  []string `json:"groups"`
	People  int      `json:"people"`
	Note    string   `json:"note"`
}

// ErrSpoiled is returned for a file that is no census, was cut off, or has changed since it was written.
var ErrSpoiled = errors.New("census: the file is spoiled")

// Save writes the census. The note comes back from Load: how far the register had been followed, for instance.
func (c *Census) Save(w io.Writer, note string) error {
	text, err := json.Marshal(head{c.columns, c.names, c.people, note})
	if err != nil {
		return err
	}
	f := &filer{sum: crc32.New(crc32.MakeTable(crc32.Castagnoli)), buf: make([]byte, 1<<16)}
	f.w = bufio.NewWriterSize(io.MultiWriter(w, f.sum), 1<<20)
	f.bytes([]byte(magic))
	f.number(uint64(len(text)))
	f.bytes(text)
	for _, s := range c.segments {
		f.words(s)
	}
	for _, g := range c.groups {
		f.bytes([]byte{byte(g), byte(g >> 8)})
	}
	for i := range c.people {
		if i%frame == 0 {
			fr := &c.ids.frames[i/frame]
			f.number(uint64(fr.base))
			f.number(one(fr.long != nil))
			for _, d := range fr.short {
				f.bytes([]byte{byte(d), byte(d >> 8), byte(d >> 16), byte(d >> 24)})
			}
			for _, id := range fr.long {
				f.number(uint64(id))
			}
		}
	}
	if err := errors.Join(f.err, f.w.Flush()); err != nil {
		return err
	}
	_, err = w.Write(binary.LittleEndian.AppendUint32(nil, f.sum.Sum32()))
	return err
}

type filer struct {
	w   *bufio.Writer
	sum hash.Hash32
	buf []byte
	err error
}

func (f *filer) bytes(b []byte) {
	if f.err == nil {
		_, f.err = f.w.Write(b)
	}
}

func (f *filer) number(n uint64) { f.bytes(binary.LittleEndian.AppendUint64(f.buf[:0], n)) }

func (f *filer) words(list []uint64) {
	for len(list) > 0 {
		n := min(len(list), len(f.buf)/8)
		for i, w := range list[:n] {
			binary.LittleEndian.PutUint64(f.buf[i*8:], w)
		}
		f.bytes(f.buf[:n*8])
		list = list[n:]
	}
}

// Load reads a census. A file that cannot be trusted gives ErrSpoiled: build the census anew.
func Load(r io.Reader) (c *Census, note string, err error) {
	l := &loader{sum: crc32.New(crc32.MakeTable(crc32.Castagnoli)), buf: make([]byte, 1<<18)}
	l.r = io.TeeReader(r, l.sum)
	if string(l.read(len(magic))) != magic {
		return nil, "", ErrSpoiled
	}
	size := l.number()
	if l.err != nil || size > 1<<26 {
		return nil, "", ErrSpoiled
	}
	var h head
	if err := json.Unmarshal(l.read(int(size)), &h); err != nil || l.err != nil || h.People < 0 {
		return nil, "", fmt.Errorf("%w: %w", ErrSpoiled, errors.Join(err, l.err))
	}
	if c, err = New(h.Columns, h.Groups); err != nil {
		return nil, "", fmt.Errorf("%w: %w", ErrSpoiled, err)
	}
	for left := h.People; left > 0 && l.err == nil; left -= segmentPeople {
		slab := make([]uint64, c.planes*segmentWords)
		l.words(slab)
		c.segments = append(c.segments, slab)
	}
	c.people = h.People
	for left := h.People; left > 0 && l.err == nil; {
		n := min(left, len(l.buf)/2)
		b := l.read(n * 2)
		for i := 0; i+1 < len(b); i += 2 {
			c.groups = append(c.groups, uint16(b[i])|uint16(b[i+1])<<8)
		}
		left -= n
	}
	for _, g := range c.groups {
		if int(g) >= len(c.names) {
			return nil, "", ErrSpoiled
		}
	}
	for left := h.People; left > 0 && l.err == nil; left -= frame {
		l.frame(&c.ids, min(left, frame))
	}
	if l.err != nil {
		return nil, "", fmt.Errorf("%w: %w", ErrSpoiled, l.err)
	}
	var sum [4]byte
	want := l.sum.Sum32()
	if _, err := io.ReadFull(r, sum[:]); err != nil || binary.LittleEndian.Uint32(sum[:]) != want {
		return nil, "", ErrSpoiled
	}
	return c, h.Note, nil
}

type loader struct {
	r   io.Reader
	sum hash.Hash32
	buf []byte
	err error
}

// read returns the next n bytes, valid until the next call.
func (l *loader) read(n int) []byte {
	if n > len(l.buf) {
		l.buf = make([]byte, n)
	}
	if l.err == nil {
		_, l.err = io.ReadFull(l.r, l.buf[:n])
	}
	if l.err != nil {
		return nil
	}
	return l.buf[:n]
}

func (l *loader) number() uint64 {
	if b := l.read(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (l *loader) words(into []uint64) {
	for len(into) > 0 && l.err == nil {
		n := min(len(into), len(l.buf)/8)
		b := l.read(n * 8)
		for i := 0; i+8 <= len(b); i += 8 {
			into[i/8] = binary.LittleEndian.Uint64(b[i:])
		}
		into = into[n:]
	}
}

func (l *loader) frame(to *ids, n int) {
	f := idFrame{base: int64(l.number())}
	if l.number() == 1 {
		for _, w := range l.list(n, 8) {
			f.long = append(f.long, int64(w))
		}
	} else {
		for _, w := range l.list(n, 4) {
			f.short = append(f.short, uint32(w))
		}
	}
	to.frames = append(to.frames, f)
	to.count += n
}

func (l *loader) list(n, size int) (out []uint64) {
	b := l.read(n * size)
	for i := 0; i < len(b); i += size {
		w := uint64(0)
		for k := range size {
			w |= uint64(b[i+k]) << (8 * k)
		}
		out = append(out, w)
	}
	return out
}
