package person

import (
	"encoding/binary"
	"fmt"
)

// Mark is a place in the change feed: behind one person of one write. The zero Mark stands before everything.
type Mark struct {
	ChangeID int64 // db.Stamp
	PersonID int64
}

// Change says that something of a person was written. Who reads on from a Mark meets everybody who changed since, at least
// once, with the last change of the page.
type Change struct {
	Mark
	What string // person, ability, registration, insurance, spell, group, graduate, training, certificate, survey, need …
	Area string // where the person lives now, 12 digits; "" when there is no such person any more
}

// packIDs writes rising ids as their differences: neighbours of one import need two or three bytes each.
func packIDs(ids []int64) []byte {
	out := make([]byte, 0, 4*len(ids)+8)
	last := int64(0)
	for _, id := range ids {
		out = binary.AppendUvarint(out, uint64(id-last))
		last = id
	}
	return out
}

// unpackIDs is the way back.
func unpackIDs(packed []byte) (ids []int64, err error) {
	last := int64(0)
	for len(packed) > 0 {
		d, n := binary.Uvarint(packed)
		if n <= 0 {
			return nil, fmt.Errorf("person: a change's people cannot be read")
		}
		last += int64(d)
		ids, packed = append(ids, last), packed[n:]
	}
	return ids, nil
}
