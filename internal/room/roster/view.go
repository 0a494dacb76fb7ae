package roster

import (
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/person"
)

// demands are the conditions of a rule in plain words, one line for each; what stands inside a group goes into its line.
func demands(language string, p *rule.Policy, on rule.Day) []string {
	between, end := "；", "："
	if language == lang.English {
		between, end = "; ", ": "
	}
	var lines []string
	top := 1
	list := p.Demands(on)
	if len(list) > 0 && !list[0].Group {
		top = 0
	}
	for _, d := range list {
		text := in(language, rule.Word{Zh: d.Zh, En: d.En})
		switch {
		case d.Depth < top:
		case d.Depth == top:
			if d.Group {
				text += end
			}
			lines = append(lines, text)
		default:
			last := &lines[len(lines)-1]
			if !strings.HasSuffix(*last, end) {
				*last += between
			}
			*last += text
			if d.Group {
				*last += end
			}
		}
	}
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], "：：", "：")
	}
	return lines
}

// reasons are the clauses of a rule for somebody, with what was found.
func reasons(language string, p *rule.Policy, s *subject) []web.Reason {
	x := rule.Explain(p, s.facts, s.on)
	var list []web.Reason
	for i := range x.Clauses {
		c := &x.Clauses[i]
		if c.Group != "" || x.Moot(c) {
			continue
		}
		text := c.Zh(rule.Plain)
		if language == lang.English {
			text = c.En()
		}
		list = append(list, web.Reason{Kind: marks[c.Outcome], Text: text})
	}
	return list
}

// marks are the kinds that web's partials know for the outcomes.
var marks = map[rule.Verdict]string{rule.Eligible: "yes", rule.Near: "near", rule.Unknown: "ask", rule.No: "no"}

// asksResettled says whether a list goes by the areas that are set.
func asksResettled(l *List) bool {
	if l.Employers() {
		return false
	}
	for _, id := range l.Enter.Fields() {
		if id == dictionary.Resettled {
			return true
		}
	}
	return false
}

// parameterOf is the open figure that a list goes by, "" for none.
func parameterOf(language string, l *List) string {
	if !l.Employers() {
		return ""
	}
	for _, id := range l.Enter.Fields() {
		if id == dictionary.Quota {
			return in(language, dictionary.DisabledShare.Status)
		}
	}
	return ""
}

// nameKey is what somebody types of a name, as the register compares it.
func nameKey(l *List, typed string) string {
	if l.Employers() {
		return typed
	}
	return person.NameKey(typed)
}

// stateTag is a finding's state with the colour of work.
func stateTag(c *web.Ctx, e *entry) web.Flash {
	switch {
	case !e.until.IsZero():
		return web.Flash{Text: c.T("roster.state.closed")}
	case e.state == Open:
		return web.Flash{Kind: "warn", Text: c.T("roster.state.open")}
	case e.state == Confirmed || e.state == Sent:
		return web.Flash{Kind: "warn", Text: stateText(c, e.state)}
	}
	return web.Flash{Kind: "ok", Text: stateText(c, e.state)}
}

// noted is what an attribute is known by: the note, the answer, or the file; "" when nothing is.
func noted(c *web.Ctx, a *Attribute, s *subject, notes []noteLine) string {
	for i := range notes {
		if notes[i].item == a.ID {
			if notes[i].text == "" {
				return c.T("roster.recorded")
			}
			return notes[i].text
		}
	}
	if a.Need != "" && s.need != nil && needItems[a.Need](s.need) {
		return needText(c, a.Need, s.need)
	}
	if a.Field >= 0 {
		if v, ok := s.facts.Field(a.Field); ok {
			d, err := dictionary.Person()
			if err == nil {
				return d.Fields[a.Field].Say(v, c.Lang == lang.English)
			}
		}
	}
	return ""
}

func needText(c *web.Ctx, item string, n *person.Need) string {
	yes := func(b *bool) string {
		if *b {
			return c.T("roster.yes")
		}
		return c.T("roster.no")
	}
	switch item {
	case "able":
		return yes(n.Able)
	case "willing":
		return yes(n.Willing)
	case "train":
		if n.Training != "" {
			return n.Training
		}
		return yes(n.Train)
	case "skill":
		return n.Skill
	case "occupation":
		return n.Occupation
	case "place":
		for _, p := range person.NeedPlaces {
			if p.Code == n.Place {
				return in(c.Lang, rule.Word{Zh: p.Zh, En: p.En})
			}
		}
		return n.Place
	}
	return c.T("roster.askedOn", n.Asked.String())
}

// Beginnings of keys of words.
const (
	stateKey  = "roster.state."
	answerKey = "roster.answer."
)

func stateText(c *web.Ctx, s State) string { return c.T(stateKey + string(s)) }
