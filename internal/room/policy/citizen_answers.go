package policy

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/person"
)

// questions turn fields of the dictionary into questions of a form, and answers into facts.
type questions struct {
	dict    *rule.Dictionary
	unit    bool
	first   []int
	groups  []int // yes-or-no fields that are ticked in one list
	unasked []int // follow from other answers, or nobody can be expected to know them
}

func questionsFor(unit bool, l *library) *questions {
	if unit {
		return &questions{dict: l.employer, unit: true, first: firstOfUnit, unasked: []int{dictionary.UnitMonthsOpen, dictionary.JobsCut, dictionary.UnitIndustry,
			dictionary.Quota, dictionary.QuotaGap, dictionary.StaffGap, dictionary.StaffGapShare}}
	}
	return &questions{dict: l.person, first: firstOfPerson, groups: groupsOfPerson, unasked: []int{dictionary.Age, dictionary.Retires, dictionary.MonthsUnemployed,
		dictionary.Registered, dictionary.AtWork, dictionary.Graduate, dictionary.Dead, dictionary.Died, dictionary.HardKind, dictionary.Reason, dictionary.Measures}}
}

const (
	prefix    = "q_"
	groupName = "q_groups"
	nothing   = "none"
)

func (q *questions) name(id int) string { return prefix + q.dict.Fields[id].En }

func (q *questions) names(ids []int) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = q.name(id)
	}
	return out
}

// carried are the questions beyond the first that a form brings back.
func (q *questions) carried(values url.Values) []int {
	var ids []int
	for id := range q.dict.Fields {
		if values.Has(q.name(id)) && !slices.Contains(q.first, id) && q.askable(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (q *questions) askable(id int) bool {
	f := &q.dict.Fields[id]
	return !slices.Contains(q.unasked, id) && !slices.Contains(q.groups, id) && (f.Type != rule.Text || id == q.place())
}

func (q *questions) place() int { return q.dict.Area - 1 }

// fields are questions as a form has them.
func (q *questions) fields(c *web.Ctx, ids []int) []web.Field {
	out := make([]web.Field, 0, len(ids)+1)
	for _, id := range ids {
		out = append(out, q.field(c, id))
	}
	if len(q.groups) > 0 {
		var options []web.Option
		for _, id := range q.groups {
			options = append(options, web.Option{Value: q.dict.Fields[id].En, Text: q.label(c, id)})
		}
		out = append(out, web.Field{Name: groupName, Label: c.T("policy.try.groups"), Hint: c.T("policy.try.groupsHint"), Kind: "checkboxes",
			Options: append(options, web.Option{Value: nothing, Text: c.T("policy.try.none")})})
	}
	return out
}

func (q *questions) label(c *web.Ctx, id int) string {
	f := &q.dict.Fields[id]
	if c.Lang == lang.English {
		return f.Label()
	}
	return f.Zh
}

// besides is how long answers may be to stand side by side on a phone.
const besides = 8

// field is one question: what the dictionary calls it, and the answers it takes.
func (q *questions) field(c *web.Ctx, id int) web.Field {
	f := &q.dict.Fields[id]
	out := web.Field{Name: q.name(id), Label: q.label(c, id)}
	if slices.Contains(q.first, id) { // those have a question in plain words
		out.Label = c.T("policy.q." + f.En)
	} else if c.Lang != lang.English {
		out.Hint = f.Meaning
	}
	switch f.Type {
	case rule.Bool:
		out.Kind, out.Inline = "radios", true
		yes, no := f.Yes, f.No
		if c.Lang == lang.English || yes == "" {
			yes, no = c.T("policy.try.yes"), c.T("policy.try.no")
		}
		out.Options = []web.Option{{Value: "y", Text: yes}, {Value: "n", Text: no}}
		out.Inline = max(utf8.RuneCountInString(yes), utf8.RuneCountInString(no)) <= besides
	case rule.Number:
		out.Kind, out.Unit, out.Top, out.Width = "number", in(c.Lang, f.Unit), 10_000_000, "8"
	case rule.Date:
		out.Kind, out.Width, out.Hint = "date", "8", c.T("policy.try.date")
	case rule.Choice:
		out.Kind, out.Inline = "select", true
		for _, v := range f.Values {
			out.Options = append(out.Options, web.Option{Value: v.En, Text: strings.ReplaceAll(in(c.Lang, v), "_", " ")})
		}
	case rule.Text:
		out.Kind, out.Hint = "select", ""
		for _, a := range area.Children(region) {
			out.Options = append(out.Options, web.Option{Value: a.Code, Text: a.Name})
		}
	}
	switch {
	case q.unit:
	case id == dictionary.RegisteredSince:
		out.Hint = c.T("policy.try.registered")
	case id == dictionary.Graduated:
		out.Hint = c.T("policy.try.graduated")
	}
	return out
}

// said is what somebody has answered, by field.
type said map[int]rule.Value

// Field implements rule.Source.
func (s said) Field(id int) (rule.Value, bool) { v, ok := s[id]; return v, ok }

// read takes the answers, and what follows from them. What was left open stays unknown.
func (q *questions) read(form *web.Form, ids []int, on rule.Day) said {
	facts := said{}
	for _, id := range ids {
		q.answer(form, id, facts)
	}
	if ticked := form.Many(groupName); len(q.groups) > 0 && len(ticked) > 0 {
		for _, id := range q.groups {
			facts[id] = rule.Yes(slices.Contains(ticked, q.dict.Fields[id].En))
		}
	}
	if q.unit {
		follow(facts, on)
	} else {
		followPerson(facts, on)
	}
	return facts
}

func (q *questions) answer(form *web.Form, id int, facts said) {
	name := q.name(id)
	if strings.TrimSpace(form.Value(name)) == "" {
		return
	}
	f := &q.dict.Fields[id]
	switch f.Type {
	case rule.Bool:
		facts[id] = rule.Yes(form.Choice(name) == "y")
	case rule.Number:
		facts[id] = rule.Int(form.Int(name))
	case rule.Date:
		facts[id] = rule.On(rule.DayOf(form.Date(name)))
	case rule.Choice:
		choice := form.Choice(name)
		if place := slices.IndexFunc(f.Values, func(w rule.Word) bool { return w.En == choice }); place >= 0 {
			facts[id] = rule.One(place)
		}
	case rule.Text:
		facts[id] = rule.Str(form.Choice(name))
	}
	if form.Error(name) != "" {
		delete(facts, id)
	}
}

// follow adds what follows from an employer's answers.
func follow(facts said, on rule.Day) {
	if v, ok := facts[dictionary.UnitOpened]; ok {
		facts[dictionary.UnitMonthsOpen] = rule.Int(int64(v.Day().Months(on)))
	}
	before, had := facts[dictionary.JobsBefore]
	if now, ok := facts[dictionary.Jobs]; ok && had {
		facts[dictionary.JobsCut] = rule.Int(max(0, before.Whole()-now.Whole()))
	}
}

// followPerson adds what follows from a person's answers: age and retirement from the birth date, being registered from the day of
// registration (left empty: not registered), being a graduate from the day of graduation, being at work from the kind of work.
func followPerson(facts said, on rule.Day) {
	birth, born := facts[dictionary.Birth]
	if born {
		facts[dictionary.Age] = rule.Int(int64(birth.Day().Months(on) / 12))
	}
	if sex, known := facts[dictionary.Sex]; born && known {
		row, who := &dictionary.Row{}, &person.Facts{Person: person.Person{Birth: birth.Day().Time(), Sex: person.Male}}
		if sex == rule.One(1) {
			who.Sex = person.Female
		}
		(&dictionary.Around{Today: on.Time(), On: on, AsOf: person.MonthOf(on.Time())}).Fill(row, who)
		facts[dictionary.Retires], _ = row.Field(dictionary.Retires)
	}
	since, registered := facts[dictionary.RegisteredSince]
	facts[dictionary.Registered] = rule.Yes(registered && since.Day() <= on)
	facts[dictionary.MonthsUnemployed] = rule.Int(0)
	if registered {
		facts[dictionary.MonthsUnemployed] = rule.Int(int64(since.Day().Months(on)))
	}
	_, graduate := facts[dictionary.Graduated]
	facts[dictionary.Graduate] = rule.Yes(graduate)
	if work, ok := facts[dictionary.Employment]; ok {
		facts[dictionary.AtWork] = rule.Yes(work != rule.One(0))
	}
}

// open are the questions that would settle what most policies still lack, at most so many.
func (q *questions) open(list []*rule.Explanation, asked []int) []int {
	count := map[int]int{}
	for _, e := range list {
		if e.Verdict != rule.Unknown {
			continue
		}
		for _, id := range e.Missing() {
			if q.askable(id) && !slices.Contains(asked, id) {
				count[id]++
			}
		}
	}
	ids := make([]int, 0, len(count))
	for id := range count {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b int) int { return cmp.Or(count[b]-count[a], a-b) })
	return ids[:min(most, len(ids))]
}
