package policy

import (
	"cmp"
	"net/http"
	"slices"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/web"
)

// What no department has reported of the reader: a few questions, answered at once by the same rules. Nothing of it is stored here;
// an application asks for it again and keeps it as stated.

// asking is the short form below the answers.
type asking struct {
	Form   *web.Form
	Names  []string // of the questions still open
	Before []string // of those answered just now
	Action string
	N      int // policies that wait for an answer
}

// lacking are the questions that would settle most of what is not known of somebody, at most so many.
func (q *questions) lacking(list []*rule.Explanation) []int {
	count := map[int]int{}
	for _, e := range list {
		if e.Verdict != rule.Unknown {
			continue
		}
		for _, id := range e.Missing() {
			if q.dict.Fields[id].Type != rule.Text && !slices.Contains(q.unasked, id) {
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

// told decides policies for a reader whose answers, if some were sent, stand behind what the registers know.
func (r *Room) told(c *web.Ctx, policies []*rule.Policy, facts rule.Source, on rule.Day, unit bool, action string) mineData {
	q := questionsFor(unit, r.library)
	q.first, q.groups = nil, nil // what a stranger is asked first is known here, or asked like the rest
	var answered []int
	said := map[int]rule.Value{}
	form := c.Form()
	if c.R.Method == http.MethodPost {
		answered = q.carried(form.Values)
		form = c.Form(q.fields(c, answered)...)
		for _, id := range answered {
			q.answer(form, id, said)
		}
	}
	over := behind(facts, said)
	data := r.cards(c, policies, over, on)
	open := q.lacking(explain(policies, over, on))
	var before []int
	for _, id := range answered {
		if !slices.Contains(open, id) {
			before = append(before, id)
		}
	}
	form.Fields = q.fields(c, append(slices.Clone(open), before...))
	data.Told = len(said)
	if len(open)+len(before) > 0 {
		data.Asking = &asking{Form: form, Names: q.names(open), Before: q.names(before), Action: action, N: len(data.Ask)}
	}
	return data
}
