package roster

import (
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/dictionary"
)

// entry is somebody's time on a list.
type entry struct {
	owner      int64
	list       string
	since      db.Date
	until      db.Date
	initial    bool
	hand       bool
	basis      db.Date
	area       string
	household  int64
	lacks      int64
	state      State
	answered   db.Date
	answerDays int
	whyIn      string
	whyOut     string
	version    int64
}

// manual is a decision by hand about one person and list.
type manual struct {
	owner              int64
	list               string
	takeIn             bool
	reason             string
	byName, approvedBy string
	at                 int64
}

// subject is whoever is drawn for the lists.
type subject struct {
	owner     int64
	area      string
	household int64
	dead      bool
	known
}

// verdict says whether somebody belongs on a list today: was they on it, and what was decided by hand.
func (l *List) verdict(s *subject, on bool, by *manual) (in, hand bool) {
	if s.dead && l.Check == nil {
		return false, false
	}
	if by != nil {
		return by.takeIn, by.takeIn
	}
	switch {
	case l.Leave == nil:
		return rule.Holds(l.Enter, s.facts, s.on) == rule.Eligible, false
	case on:
		return rule.Holds(l.Leave, s.facts, s.on) != rule.Eligible, false
	}
	return rule.Holds(l.Enter, s.facts, s.on) == rule.Eligible && rule.Holds(l.Leave, s.facts, s.on) != rule.Eligible, false
}

// enters makes the entry of a newcomer.
func (l *List) enters(s *subject, initial bool, by *manual) entry {
	e := entry{owner: s.owner, list: l.ID, since: db.On(s.on.Time()), initial: initial, hand: by != nil, area: s.area, household: s.household, version: 1}
	if l.Basis >= 0 {
		if v, ok := s.facts.Field(l.Basis); ok {
			e.basis = db.On(v.Day().Time())
		}
	}
	if l.Check != nil {
		e.state = Open
	}
	switch {
	case by != nil:
		e.whyIn = "手工列入：" + by.reason
	case !initial || l.Check != nil:
		e.whyIn = because(rule.Explain(l.Enter, s.facts, s.on), rule.Eligible, l.Check == nil && !l.Employers())
	}
	return e
}

// Reasons that are not the rule's.
const (
	whyDead    = "已登记死亡"
	whyGone    = "档案已不在实名库中"
	whyUpdated = "数据已更新："
)

// leaves closes an entry with its reason.
func (l *List) leaves(e *entry, s *subject, by *manual) {
	e.until = db.On(s.on.Time())
	switch {
	case s.dead && l.Check == nil:
		e.whyOut = whyDead
	case by != nil:
		e.whyOut = "手工移出：" + by.reason
	case l.Leave != nil:
		e.whyOut = because(rule.Explain(l.Leave, s.facts, s.on), rule.Eligible, true)
	default:
		e.whyOut = because(rule.Explain(l.Enter, s.facts, s.on), rule.No, false)
	}
	if l.Check != nil {
		e.whyOut = whyUpdated + e.whyOut
	}
}

// mostReasons are written down; more do not help.
const mostReasons = 3

// because are the sentences of an explanation with an outcome, if wished without what explains nothing.
func because(x *rule.Explanation, outcome rule.Verdict, short bool) string {
	var list []string
	for i := range x.Clauses {
		c := &x.Clauses[i]
		if c.Group == "" && c.Outcome == outcome && !x.Moot(c) && !(short && trivial(c)) && len(list) < mostReasons {
			list = append(list, c.Zh(rule.Plain))
		}
	}
	if len(list) == 0 && outcome == rule.No {
		for _, id := range x.Missing() {
			list = append(list, "缺“"+x.Policy.Dictionary().Fields[id].Zh+"”")
		}
	}
	return strings.Join(list, "；")
}

// trivial are the conditions that hold for nearly everybody and explain no entry: that somebody lives, the age, not studying.
func trivial(c *rule.Clause) bool {
	return c.Outcome == rule.Eligible && (c.Field == dictionary.Dead || c.Field == dictionary.Age || c.Field == dictionary.Student)
}

// standing is one subject's place on one list, as it was and as it is to be.
type standing struct {
	list *List
	of   *subject
	was  *entry // nil: is new
	now  entry
	gone bool
}

// draw finds where one subject stands on the lists; held are its open entries, hands what was decided by hand. What is
// lacking is looked at afterwards, by settle.
func draw(to []standing, lists []*List, s *subject, held []entry, hands []manual, drawn map[string]bool) []standing {
	for _, l := range lists {
		was, by := entryOf(held, l.ID), manualOf(hands, l.ID)
		in, hand := l.verdict(s, was != nil, by)
		switch {
		case !in && was == nil:
		case !in:
			now := *was
			l.leaves(&now, s, by)
			to = append(to, standing{l, s, was, now, true})
		case was == nil:
			to = append(to, standing{l, s, nil, l.enters(s, !drawn[l.ID] && by == nil, by), false})
		default:
			now := *was
			now.area, now.household, now.hand = s.area, s.household, hand
			to = append(to, standing{l, s, was, now, false})
		}
	}
	return to
}

func entryOf(held []entry, list string) *entry {
	for i := range held {
		if held[i].list == list {
			return &held[i]
		}
	}
	return nil
}

func manualOf(hands []manual, list string) *manual {
	for i := range hands {
		if hands[i].list == list {
			return &hands[i]
		}
	}
	return nil
}

// settle looks at what is lacking, and says whether the entry is to be written.
func (st *standing) settle() bool {
	if !st.gone {
		st.now.lacks = st.list.lacks(&st.of.known)
	}
	if st.was != nil && st.now == *st.was {
		return false
	}
	if st.was != nil {
		st.now.version++
	}
	return true
}
