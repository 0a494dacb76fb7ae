package crowd

import (
	"context"
	"encoding/hex"
	"io"
	"math/bits"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"jiuye/internal/engine/rule"
	"jiuye/internal/register/area"
	"jiuye/internal/register/dictionary"
)

// field is a field of the dictionary in a Parquet file.
type field struct {
	id, column int // in the dictionary, in the census
	leaf       int // in the file
	of         *rule.Field
}

// Parquet writes everybody into a Parquet file for other engines: a column for each field, under its English name, empty
// where it is not known. Nobody is named: person is a keyed hash that is the same in every export of this house and leads
// back to nobody outside of it, places are banners and birthdays the first of their month.
func (c *Crowd) Parquet(ctx context.Context, w io.Writer) (people int64, err error) {
	var out *parquet.GenericWriter[any]
	var fields []field
	var person int
	var rows []parquet.Row
	flush := func() error {
		_, err := out.WriteRows(rows)
		rows = rows[:0]
		return err
	}
	err = c.each(ctx, func(p *population, id int64, values []int64, known []bool) error {
		if out == nil {
			var schema *parquet.Schema
			schema, fields, person = c.schema(p)
			out = parquet.NewGenericWriter[any](w, schema, parquet.Compression(&zstd.Codec{}), parquet.MaxRowsPerRowGroup(1<<20))
		}
		row := make(parquet.Row, len(fields)+1)
		row[person] = parquet.ByteArrayValue([]byte(hex.EncodeToString(c.People.Sealer.Hash("export", strconv.FormatInt(id, 10))[:12]))).Level(0, 0, person)
		for _, f := range fields {
			row[f.leaf] = parquet.NullValue().Level(0, 0, f.leaf)
			if known[f.column] {
				row[f.leaf] = c.cell(f, values[f.column]).Level(0, 1, f.leaf)
			}
		}
		people++
		if rows = append(rows, row); len(rows) == 1000 {
			return flush()
		}
		return nil
	})
	if err != nil || out == nil {
		return 0, err
	}
	if err := flush(); err != nil {
		return 0, err
	}
	return people, out.Close()
}

func (c *Crowd) schema(p *population) (s *parquet.Schema, fields []field, person int) {
	group := parquet.Group{"person": parquet.String()}
	for id := range c.dict.Fields {
		f := &c.dict.Fields[id]
		column := p.cols.Column(id)
		if column < 0 {
			continue
		}
		node := parquet.String()
		switch f.Type {
		case rule.Bool:
			node = parquet.Leaf(parquet.BooleanType)
		case rule.Number:
			node = parquet.Int(64)
		case rule.Date:
			node = parquet.Date()
		}
		group[f.En] = parquet.Optional(node)
		fields = append(fields, field{id: id, column: column, of: f})
	}
	s = parquet.NewSchema("people", group)
	leaf := func(name string) int { l, _ := s.Lookup(name); return l.ColumnIndex }
	for i := range fields {
		fields[i].leaf = leaf(fields[i].of.En)
	}
	return s, fields, leaf("person")
}

func (c *Crowd) cell(f field, v int64) parquet.Value {
	switch f.of.Type {
	case rule.Bool:
		return parquet.BooleanValue(v == 1)
	case rule.Number:
		return parquet.Int64Value(v)
	case rule.Date:
		if f.id == dictionary.Birth {
			day := rule.Day(v).Time()
			v -= int64(day.Day() - 1)
		}
		return parquet.Int32Value(int32(v))
	case rule.Choice:
		return parquet.ByteArrayValue([]byte(names(f.of, v)))
	}
	return parquet.ByteArrayValue([]byte(area.At(c.codes.Text(v), area.Banner)))
}

// names are the English names of a choice's values, with ; between several.
func names(f *rule.Field, v int64) string {
	mask := uint64(v)
	if f.Single {
		mask = 1 << v >> 1
	}
	var list []string
	for ; mask != 0; mask &= mask - 1 {
		list = append(list, f.Values[bits.TrailingZeros64(mask)].En)
	}
	return strings.Join(list, ";")
}
