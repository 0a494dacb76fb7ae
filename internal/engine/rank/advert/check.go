package advert

import (
	"cmp"
	"fmt"
	"slices"
)

// Kind is what an objection is about.
type Kind string

// The kinds of objections.
const (
	Sex        Kind = "sex"
	Ethnic     Kind = "ethnic" // ethnicity, religion
	Region     Kind = "region" // place of origin, household registration
	Age        Kind = "age"
	Marriage   Kind = "marriage" // marriage and births
	Health     Kind = "health"   // carriers of diseases
	Disability Kind = "disability"
	Looks      Kind = "looks"
	School     Kind = "school"
	Status     Kind = "status" // party, family
	Unrelated  Kind = "unrelated"
	Terms      Kind = "terms" // what the employer must not ask for or withhold
	Fraud      Kind = "fraud"
	PayKind    Kind = "pay"     // far off what is usual, or below the minimum wage
	Missing    Kind = "missing" // what an advert must say
)

// Severity tells what follows from an objection.
type Severity int

// The severities.
const (
	Note   Severity = iota + 1 // shown, and published
	Ask                        // an officer looks at it before it is published
	Refuse                     // must be corrected
)

// Rule is what an objection rests on.
type Rule struct {
	Law   string // law and article; 条款待核: the article is to be looked up before use in service
	Plain string // what it says, in plain words: 法律不允许限制性别
}

// Spot is where a phrase stands: bytes From up to To of a field as it was written.
type Spot struct {
	Field    string
	From, To int
}

// Objection is something that an advert must not, or perhaps should not, say.
type Objection struct {
	Kind     Kind
	Phrase   string // as it stands in the advert; "" when something is missing
	Place    Spot
	Rule     Rule
	Severity Severity
	Suggest  string // what to write instead, after 请
}

// Text says in one sentence where it stands, why it must not, and what to do; field is the field's name for people.
func (o Objection) Text(field string) string {
	switch {
	case o.Phrase == "":
		return fmt.Sprintf("%s：%s，请%s（%s）", field, o.Rule.Plain, o.Suggest, o.Rule.Law)
	case o.Severity == Refuse:
		return fmt.Sprintf("%s里写了“%s”。%s，请%s（%s）", field, o.Phrase, o.Rule.Plain, o.Suggest, o.Rule.Law)
	}
	return fmt.Sprintf("%s里写了“%s”。%s。确有需要的，由经办人员核对后发布；否则请%s（%s）", field, o.Phrase, o.Rule.Plain, o.Suggest, o.Rule.Law)
}

// Field is one part of an advert: its name and its text.
type Field struct{ Name, Text string }

// Check lists what speaks against publishing an advert, by field and place. The same phrase of the same kind is told once
// for each place; of objections that lie within one another the wider one of a kind stays. Pure and safe for concurrent use.
func Check(fields []Field, c Context) []Objection {
	var out []Objection
	texts := make([]folded, len(fields))
	for i, f := range fields {
		texts[i] = fold(f.Text)
	}
	for i := range fields {
		out = append(out, find(fields[i], texts[i], texts)...)
	}
	out = append(out, c.check()...)
	return out
}

// settle sorts a field's objections and leaves out those that lie within another one of their kind.
func settle(list []Objection) []Objection {
	slices.SortStableFunc(list, func(a, b Objection) int {
		return cmp.Or(cmp.Compare(a.Place.From, b.Place.From), cmp.Compare(b.Place.To, a.Place.To), cmp.Compare(b.Severity, a.Severity))
	})
	out := list[:0]
next:
	for _, o := range list {
		for i := range out {
			if out[i].Kind == o.Kind && o.Place.From < out[i].Place.To {
				out[i].Severity = max(out[i].Severity, o.Severity)
				continue next
			}
		}
		out = append(out, o)
	}
	return out
}
