package intake

import (
	"regexp"
	"strings"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/register/person"
)

// record is one row of a sheet, read and checked.
type record struct {
	sheet.Row
	t         *Template
	cellOf    []int // template column → cell, -1: not there
	values    []value
	flaw      *flaw // nil: the row can be taken
	reminders []reminder

	hash    person.Hash    // of the ID number
	nameKey string         // of the name
	person  *person.Person // for recipes that make people, with sealed
	sealed  person.Sealed
	staged  []byte // in a trial: the row as it is set down
	from    origin
	id      int64    // of the source record
	saved   prepared // for it
}

// get is a field's value; a field the template does not have is not set.
func (r *record) get(field string) value {
	if i, ok := r.t.index[field]; ok {
		return r.values[i]
	}
	return value{text: r.t.Set[field], set: r.t.Set[field] != ""}
}

func (r *record) text(field string) string { return r.get(field).text }
func (r *record) yes(field string) bool    { return r.get(field).n == 1 }

// maybe is a yes or no that may not have been answered.
func (r *record) maybe(field string) *bool {
	v := r.get(field)
	if !v.set {
		return nil
	}
	yes := v.n == 1
	return &yes
}

func (r *record) remind(code, column string) {
	r.reminders = append(r.reminders, reminder{code, column})
}

// refuse notes what is wrong with a cell. The first flaw is the one that is counted; the others are told with it.
func (r *record) refuse(i int, bad *flaw) {
	if r.flaw != nil {
		r.flaw.text += "；" + bad.text
		return
	}
	if i >= 0 {
		c := &r.t.Columns[i]
		bad.column, bad.shown = c.Header, c.show(bad.shown)
	}
	r.flaw = bad
}

// check reads and checks one row as the template says. today bounds the dates that cannot lie in the future.
func (t *Template) check(row sheet.Row, cells []int, values []value, today time.Time) record {
	r := record{Row: row, t: t, cellOf: cells, values: values}
	for i := range t.Columns {
		c := &t.Columns[i]
		written := row.Cell(cells[i])
		s, mended := tidy(written)
		if s == "" {
			switch {
			case c.Need:
				r.refuse(i, refuse("need", "必填项空着："+c.Header+"，请补填"))
			case c.Default != "":
				values[i], _, _ = c.parse(c, c.Default)
			}
			continue
		}
		v, also, bad := c.parse(c, s)
		switch {
		case bad != nil && c.Mild:
			r.remind("left", c.Header)
		case bad != nil:
			bad.shown = s
			r.refuse(i, bad)
		default:
			values[i] = v
			if also != "" {
				mended = also
			}
			if mended != "" {
				r.remind(mended, c.Header)
			}
		}
	}
	if r.flaw == nil {
		r.compare(today)
	}
	return r
}

// compare checks the values of a row against each other and against today.
func (r *record) compare(today time.Time) {
	for i := range r.t.Columns {
		c, v := &r.t.Columns[i], r.values[i]
		if !v.set {
			continue
		}
		if c.Past && v.n > today.Unix()/86400 {
			r.refuse(i, &flaw{code: "future", shown: v.day().String(), text: c.Header + "在今天以后，请核对"})
		}
		if first, has := r.t.index[c.After]; c.After != "" && has && r.values[first].set && v.n < r.values[first].n {
			r.refuse(i, &flaw{code: "order", shown: r.Cell(r.cellOf[i]), text: c.Header + "早于" + r.t.Columns[first].Header + "，请核对两项"})
			if c.Type == "money" {
				r.flaw.text = c.Header + "低于" + r.t.Columns[first].Header + "，请核对两项"
			}
		}
	}
	if id := r.get("idnumber"); id.set && id.n > today.Unix()/86400 {
		r.refuse(r.t.index["idnumber"], &flaw{code: "id.future", shown: id.text, text: "证件号里的出生日期在今天以后，请核对原件"})
	}
}

var longNumber = regexp.MustCompile(`[0-9*]{9,}[0-9Xx]{2,}`)

// veil hides what looks like an ID number or phone wherever it stands.
func veil(s string) string {
	return longNumber.ReplaceAllStringFunc(s, identity.MaskID)
}

// show is a cell as it may be shown in a list of rejected rows.
func (c *Column) show(s string) string {
	switch {
	case c.Type == "idnumber", c.Type == "anyid":
		return identity.MaskID(clip(s))
	case c.Type == "phone":
		return identity.MaskPhone(clip(s))
	case c.Field == "name", c.Field == "boss":
		return identity.MaskName(clip(s))
	}
	return veil(clip(strings.TrimSpace(s)))
}
