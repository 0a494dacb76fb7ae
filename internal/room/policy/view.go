package policy

import (
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
)

// offer is one policy for one person or employer, as pages show it.
type offer struct {
	ID, Name string
	Verdict  string // for the verdict mark: yes, near, ask, no
	Amount   string
	Result   string
	Lead     string
	Reasons  []web.Reason // the clauses that carry the verdict
	Act      act
}

// act is what to do next.
type act struct {
	Office, Channel, Next, Term string
	Evidence                    []string
	Offline                     bool // nobody applies online
}

// part is a group of clauses with their outcome, for the page of every clause; groups lie inside groups.
type part struct {
	Heading string
	Kind    string // outcome: yes, no, ask; "" where nobody is meant
	Reasons []web.Reason
	Lines   []string // demands, where nobody is meant
	Parts   []part
}

// marks are the kinds that web's partials know for the outcomes.
var marks = map[rule.Verdict]string{rule.Eligible: "yes", rule.Near: "near", rule.Unknown: "ask", rule.No: "no"}

// in chooses a language's words; what has no English is shown in Chinese.
func in(language string, w rule.Word) string {
	if language == lang.English && w.En != "" {
		return w.En
	}
	return w.Zh
}

// Sentence is a comparison as people read it.
func Sentence(language string, c *rule.Clause, v rule.Voice) string {
	if language == lang.English {
		return c.En()
	}
	return c.Zh(v)
}

func lead(language string, e *rule.Explanation, v rule.Voice) string {
	if language == lang.English {
		return e.LeadEn()
	}
	return e.Lead(v)
}

func offerOf(language string, e *rule.Explanation, v rule.Voice) offer {
	p := e.Policy
	o := offer{ID: p.ID, Name: in(language, p.Name), Verdict: marks[e.Verdict], Amount: amount(language, p), Result: in(language, p.Result),
		Lead: lead(language, e, v), Act: actOf(language, p, v)}
	for _, c := range telling(e) {
		kind := marks[c.Outcome]
		if e.Verdict == rule.Near && kind == "no" {
			kind = "near"
		}
		o.Reasons = append(o.Reasons, web.Reason{Kind: kind, Text: Sentence(language, c, v)})
	}
	return o
}

func amount(language string, p *rule.Policy) string {
	switch {
	case p.Amount.Fen == 0:
		return ""
	case p.Scheduled() && language == lang.English:
		return lang.Fen(p.Amount.Fen) + " yuan a month"
	case p.Scheduled():
		return "每月 " + lang.Fen(p.Amount.Fen) + " 元"
	case language == lang.English:
		return lang.Fen(p.Amount.Fen) + " yuan"
	}
	return p.Amount.How + " " + lang.Fen(p.Amount.Fen) + " 元"
}

func actOf(language string, p *rule.Policy, v rule.Voice) act {
	return act{Office: in(language, p.Office), Channel: in(language, p.Channel), Next: next(language, p, v), Term: p.Term, Evidence: p.Evidence, Offline: p.Offline}
}

// next is what to do; where it is not told to the person, it speaks of the person.
func next(language string, p *rule.Policy, v rule.Voice) string {
	text := in(language, p.Next)
	if v == rule.Plain {
		text = strings.ReplaceAll(text, "您", "本人")
	}
	return text
}

// clauses arranges every clause of an explanation in its groups.
func clauses(language string, e *rule.Explanation, v rule.Voice) part {
	at := 0
	return gather(e, language, v, &at)
}

func gather(e *rule.Explanation, language string, v rule.Voice, at *int) part {
	head := &e.Clauses[*at]
	*at++
	if head.Group == "" { // a policy of a single comparison
		return part{Reasons: []web.Reason{{Kind: marks[head.Outcome], Text: Sentence(language, head, v)}}}
	}
	made := part{Heading: Sentence(language, head, v), Kind: marks[head.Outcome]}
	for *at < len(e.Clauses) && e.Clauses[*at].Depth > head.Depth {
		c := &e.Clauses[*at]
		if c.Group != "" {
			made.Parts = append(made.Parts, gather(e, language, v, at))
			continue
		}
		if *at++; e.Moot(c) {
			continue
		}
		made.Reasons = append(made.Reasons, web.Reason{Kind: marks[c.Outcome], Text: Sentence(language, c, v)})
	}
	return made
}

// demands arranges what a policy asks for, without anybody.
func demands(language string, p *rule.Policy, on rule.Day) part {
	list := p.Demands(on)
	at := 0
	var walk func() part
	walk = func() part {
		head := list[at]
		at++
		text := in(language, rule.Word{Zh: head.Zh, En: head.En})
		if !head.Group {
			return part{Lines: []string{text}}
		}
		made := part{Heading: text}
		for at < len(list) && list[at].Depth > head.Depth {
			next := walk()
			if next.Heading == "" {
				made.Lines = append(made.Lines, next.Lines...)
			} else {
				made.Parts = append(made.Parts, next)
			}
		}
		return made
	}
	return walk()
}
