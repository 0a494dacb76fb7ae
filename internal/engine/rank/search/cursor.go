package search

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
)

// ErrCursor is given for a cursor that is none or belongs to another question.
var ErrCursor = errors.New("search: the cursor does not belong to this question")

// cursor is where a page ended, and with which weights the walk began.
type cursor struct {
	question uint64
	today    int32
	last     ranked
	terms    map[uint64]int32
	means    []int32
	order    []uint64 // of terms
}

// question identifies a question without its page.
func (q *Query) question() uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%q %v %v", q.Text, q.Filter, q.Newest)
	return h.Sum64()
}

func newCursor(q *Query, p *plan) *cursor {
	c := &cursor{question: q.question(), today: q.Today, terms: map[uint64]int32{}}
	for _, t := range p.terms {
		c.terms[t.key] = t.idf
		c.order = append(c.order, t.key)
	}
	for _, m := range p.means {
		c.means = append(c.means, m.idf)
	}
	return c
}

// weights gives a plan the weights the walk began with.
func (c *cursor) weights(p *plan) {
	for i := range p.terms {
		if idf, ok := c.terms[p.terms[i].key]; ok {
			p.terms[i].idf = idf
		}
	}
	for i := range p.means {
		if i < len(c.means) {
			p.means[i].idf = c.means[i]
		}
	}
}

// String writes a cursor for an address.
func (c *cursor) String() string {
	out := binary.LittleEndian.AppendUint64(nil, c.question)
	for _, n := range []int64{int64(c.today), int64(c.last.score), int64(c.last.posted), c.last.id, int64(len(c.order))} {
		out = binary.AppendVarint(out, n)
	}
	for _, k := range c.order {
		out = binary.AppendUvarint(out, k)
		out = binary.AppendVarint(out, int64(c.terms[k]))
	}
	for _, idf := range c.means {
		out = binary.AppendVarint(out, int64(idf))
	}
	return base64.RawURLEncoding.EncodeToString(out)
}

// cursor reads After; nil for the first page.
func (q *Query) cursor() (*cursor, error) {
	if q.After == "" {
		return nil, nil
	}
	data, err := base64.RawURLEncoding.DecodeString(q.After)
	if err != nil || len(data) < 8 || binary.LittleEndian.Uint64(data) != q.question() {
		return nil, ErrCursor
	}
	c := &cursor{question: q.question(), terms: map[uint64]int32{}}
	data = data[8:]
	bad := false
	number := func() int64 {
		n, size := binary.Varint(data)
		if size <= 0 {
			bad = true
			return 0
		}
		data = data[size:]
		return n
	}
	c.today, c.last.score, c.last.posted, c.last.id = int32(number()), int32(number()), int32(number()), number()
	for n := number(); n > 0 && !bad && len(c.order) <= manyTerms; n-- {
		k, size := binary.Uvarint(data)
		if size <= 0 {
			return nil, ErrCursor
		}
		data = data[size:]
		c.order = append(c.order, k)
		c.terms[k] = int32(number())
	}
	for len(data) > 0 && !bad {
		c.means = append(c.means, int32(number()))
	}
	if bad {
		return nil, ErrCursor
	}
	return c, nil
}
