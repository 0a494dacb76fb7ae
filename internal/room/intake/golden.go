package intake

import (
	"cmp"
	"slices"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// attributes are what a golden record holds, in the order in which it is shown. All values are texts in canonical form:
// codes, days as 2006-01-02, yes and no as 1 and 0.
var attributes = []string{"name", "idnumber", "sex", "birth", "ethnic", "education", "phone", "area", "address", "household", "relation", "rural",
	"student", "able", "willing", "died"}

// everybodySays are the attributes that any row about a person tells; what else a row tells stands in its recipe.
var everybodySays = []string{"name", "idnumber", "sex", "birth", "phone"}

// Voice is what one record says of an attribute.
type Voice struct {
	Value    string
	RecordID int64 // 0: what somebody said in an interview (person_need)
	Source   string
	Kind     string
	Batch    int64
	File     int64
	Row      int64
	Since    db.Date // since when it holds
	HeardAt  int64   // unix ms
}

// Attribute is one attribute of a golden record: whose word counts, and who says otherwise.
type Attribute struct {
	Field string
	Voice
	Later  bool    // nobody spoke of it as of the day; this is the first that was said afterwards
	Others []Voice // that say something else, the most trusted first
}

// Golden is what all records together say of one person (黄金记录).
type Golden struct {
	PersonID   int64
	Attributes []Attribute // only those that somebody spoke of
}

// Of finds an attribute; one nobody spoke of is empty.
func (g *Golden) Of(field string) Attribute {
	for _, a := range g.Attributes {
		if a.Field == field {
			return a
		}
	}
	return Attribute{Field: field}
}

// speaks are the attributes that a kind of record tells.
func (r *Room) speaks(kind string) []string {
	if kind == KindCorrection || kind == KindOrigin {
		return attributes
	}
	if t := r.Kinds.Of(kind); t != nil {
		return recipes[t.Becomes].speaks
	}
	return nil
}

// golden draws the golden record from records, whatever order they come in. asOf zero means today; with a day, only what
// held then by its ValidFrom is heard, and where nobody spoke of an attribute by then, the first word afterwards.
func (ts *Templates) golden(records []Said, speaks func(kind string) []string, asOf db.Date) []Attribute {
	var out []Attribute
	for _, field := range attributes {
		voices := voicesOf(records, speaks, field)
		a := Attribute{Field: field}
		heard := voices
		if !asOf.IsZero() {
			heard = slices.DeleteFunc(slices.Clone(voices), func(v Voice) bool { return v.Since.After(asOf.Time) })
			if len(heard) == 0 && len(voices) > 0 {
				first := slices.MinFunc(voices, func(a, b Voice) int { return a.Since.Compare(b.Since.Time) }).Since
				heard = slices.DeleteFunc(slices.Clone(voices), func(v Voice) bool { return v.Since.After(first.Time) })
				a.Later = true
			}
		}
		if len(heard) == 0 {
			continue
		}
		slices.SortFunc(heard, func(a, b Voice) int { return ts.compare(field, &a, &b) })
		a.Voice = heard[0]
		for _, v := range heard[1:] {
			if !sameValue(field, v.Value, a.Value) && !slices.ContainsFunc(a.Others, func(o Voice) bool { return o.Source == v.Source && o.Value == v.Value }) {
				a.Others = append(a.Others, v)
			}
		}
		out = append(out, a)
	}
	return out
}

// compare puts the voice that counts first: by trust, then the one that holds since later, then the one heard later.
func (ts *Templates) compare(field string, a, b *Voice) int {
	trust := ts.sources.trust
	if field == "idnumber" { // a number that fails the check is nobody's, whoever says it
		if c := cmp.Compare(spoilt(a.Value), spoilt(b.Value)); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(trust.Rank(field, a.Source), trust.Rank(field, b.Source)), b.Since.Compare(a.Since.Time),
		cmp.Compare(b.HeardAt, a.HeardAt), cmp.Compare(b.RecordID, a.RecordID), cmp.Compare(a.Value, b.Value))
}

func spoilt(number string) int {
	if _, err := identity.ParseIDNumber(number); err != nil {
		return 1
	}
	return 0
}

func voicesOf(records []Said, speaks func(kind string) []string, field string) []Voice {
	var out []Voice
	for i := range records {
		s := &records[i]
		if !slices.Contains(speaks(s.Kind), field) {
			continue
		}
		if v := s.says(field); v != "" {
			out = append(out, Voice{Value: v, RecordID: s.ID, Source: s.Source, Kind: s.Kind, Batch: s.Batch, File: s.File, Row: s.Row, Since: s.ValidFrom, HeardAt: s.HeardAt})
		}
	}
	return out
}

// says is a record's word on an attribute, "" when it has none. Sex and birth are read from the ID number where there is
// one (GB 11643).
func (s *Said) says(field string) string {
	v := s.Cells[field]
	switch field {
	case "area":
		if v != "" {
			return twelve(v)
		}
	case "education":
		if v == "0" {
			return ""
		}
	case "sex", "birth":
		if id, err := identity.ParseIDNumber(s.Cells["idnumber"]); err == nil {
			if field == "birth" {
				return db.On(id.Birth).String()
			}
			return itoa(int64(sexOf(id.Number)))
		}
	}
	return v
}

// sameValue reports whether two values are no contradiction: two ways to write one name are not.
func sameValue(field, a, b string) bool {
	if field == "name" {
		return person.NameKey(a) == person.NameKey(b)
	}
	return a == b
}
