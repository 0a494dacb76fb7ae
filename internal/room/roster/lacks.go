package roster

import (
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/register/person"
)

// known is what twins are decided by.
type known struct {
	facts rule.Source
	on    rule.Day
	need  *person.Need        // what the person said last; nil: was never asked
	done  map[string]rule.Day // last day of each service and attribute noted, of whatever list
}

// needItems say whether an answer has an item.
var needItems = map[string]func(n *person.Need) bool{
	"any":        func(*person.Need) bool { return true },
	"able":       func(n *person.Need) bool { return n.Able != nil },
	"willing":    func(n *person.Need) bool { return n.Willing != nil },
	"train":      func(n *person.Need) bool { return n.Train != nil },
	"skill":      func(n *person.Need) bool { return n.Skill != "" },
	"occupation": func(n *person.Need) bool { return n.Occupation != "" },
	"place":      func(n *person.Need) bool { return n.Place != "" },
}

// has says whether an attribute is known: noted, said, or in the file.
func (k *known) has(a *Attribute) bool {
	if _, noted := k.done[a.ID]; noted {
		return true
	}
	if a.Need != "" && k.need != nil && needItems[a.Need](k.need) {
		return true
	}
	if a.Field < 0 {
		return false
	}
	_, ok := k.facts.Field(a.Field)
	return ok
}

// due says whether a service was never done, or its last time lies more than its days back.
func (k *known) due(service string, every int) bool {
	last, ok := k.done[service]
	return !ok || every > 0 && k.on-last > rule.Day(every)
}

// lacks are the twins that somebody belongs to, a bit each.
func (l *List) lacks(k *known) int64 {
	bits := int64(0)
	for i := range l.Twins {
		t := &l.Twins[i]
		var is bool
		switch {
		case t.When != nil:
			is = rule.Holds(t.When, k.facts, k.on) == rule.Eligible
		case t.wanted != nil:
			is = !k.has(t.wanted)
		default:
			is = k.due(t.Service, t.every)
		}
		if is {
			bits |= 1 << i
		}
	}
	return bits
}

// visit is the service that other rooms' visits and interviews at home count for.
const visit = "visit"

// learn takes another room's visit.
func (k *known) learn(item string, day time.Time) {
	if day.IsZero() {
		return
	}
	if d := rule.DayOf(day); d > k.done[item] {
		if k.done == nil {
			k.done = map[string]rule.Day{}
		}
		k.done[item] = d
	}
}
