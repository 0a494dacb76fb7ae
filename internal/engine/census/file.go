package census

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
)

// The file, all little-endian: a line that names the format, the length of a head, the head in JSON and its checksum
// (CRC-32C); then a part a segment, and one of the late ids. A part is its length, its bytes and a checksum of them that
// begins with the head's and the part's number, so that no part can stand in another's place. A segment's part holds
// the planes, the groups and the frames of ids.
const magic = "jiuye census 2\n"

type head struct {
	Columns []Column `json:"columns"`
	Groups  []string `json:"groups"`
	People  int      `json:"people"`
	Rising  int      `json:"rising"` // of the ids
	Note    string   `json:"note"`
}

// ErrSpoiled is returned for a file that is no census, was cut off, or has changed since it was written.
var ErrSpoiled = errors.New("census: the file is spoiled")

var (
	little     = binary.LittleEndian
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
)

// sumOf is the checksum of a part.
func sumOf(head uint32, part int, bytes []byte) uint32 {
	return crc32.Update(head^uint32(part)*0x9e3779b9, castagnoli, bytes)
}

// Save writes the census. The note comes back from Load: how far the register had been followed, for instance.
func (c *Census) Save(w io.Writer, note string) error {
	text, err := json.Marshal(head{c.columns, c.names, c.people, c.ids.rising, note})
	if err != nil {
		return err
	}
	first := little.AppendUint64([]byte(magic), uint64(len(text)))
	sum := crc32.Checksum(text, castagnoli)
	if _, err := w.Write(little.AppendUint32(append(first, text...), sum)); err != nil {
		return err
	}
	var part []byte
	write := func(number int, bytes []byte) error { // the first four bytes are for the length
		little.PutUint32(bytes, uint32(len(bytes)-4))
		_, err := w.Write(little.AppendUint32(bytes, sumOf(sum, number, bytes[4:])))
		return err
	}
	for s := range c.segments {
		part = c.appendSegment(append(part[:0], 0, 0, 0, 0), s)
		if err := write(s, part); err != nil {
			return err
		}
	}
	part = append(part[:0], 0, 0, 0, 0)
	for _, id := range c.ids.late {
		part = little.AppendUint64(part, uint64(id))
	}
	return write(len(c.segments), part)
}

func (c *Census) appendSegment(b []byte, s int) []byte {
	for _, w := range c.segments[s] {
		b = little.AppendUint64(b, w)
	}
	for _, g := range c.groups[s*segmentPeople : min(c.people, (s+1)*segmentPeople)] {
		b = little.AppendUint16(b, g)
	}
	const frames = segmentPeople / frame
	for n := s * frames; n < min((s+1)*frames, len(c.ids.frames)); n++ {
		f := &c.ids.frames[n]
		b = little.AppendUint64(b, uint64(f.base))
		b = append(b, byte(one(f.long != nil)))
		for _, d := range f.short {
			b = little.AppendUint32(b, d)
		}
		for _, id := range f.long {
			b = little.AppendUint64(b, uint64(id))
		}
	}
	return b
}
