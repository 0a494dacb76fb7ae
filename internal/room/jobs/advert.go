package jobs

import (
	"jiuye/internal/engine/rank/advert"
)

// Objection is what an advert's words are held against, as the engine found it.
type Objection struct {
	Phrase string // the words as they stand in the advert
	Rule   string // what the law says, in plain words
	Law    string // the article
	Do     string // what to write instead
	Ask    bool   // not refused: an officer looks at it before it is published

	found advert.Objection
}

// Text says in one sentence where it stands, why it must not, and what to do.
func (o Objection) Text(field string) string { return o.found.Text(field) }

// Objections lists what an advert's text must not say, or must be asked about, in the order in which it stands there. What
// the engine only notes is left out.
func Objections(text string) []Objection {
	return objections([]advert.Field{{Text: text}}, advert.Context{})
}

func objections(fields []advert.Field, c advert.Context) []Objection {
	var list []Objection
	for _, o := range advert.Check(fields, c) {
		if o.Severity >= advert.Ask {
			list = append(list, Objection{Phrase: o.Phrase, Rule: o.Rule.Plain, Law: o.Rule.Law, Do: o.Suggest, Ask: o.Severity == advert.Ask, found: o})
		}
	}
	return list
}
