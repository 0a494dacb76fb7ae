package roster

import (
	"cmp"

	"jiuye/internal/engine/rule"
)

// townshipDigits is how fine counts are kept.
const townshipDigits = 9

func (a slot) compare(b slot) int {
	return cmp.Or(cmp.Compare(a.list, b.list), cmp.Compare(a.township, b.township), cmp.Compare(a.what, b.what))
}

func householdList(l *List) bool { return l.For == rule.Household }

// tell adds to counts what an entry counts for; by is 1 when it comes, −1 when it goes.
func (l *List) tell(counts map[slot]int64, e *entry, by int64) {
	town := e.area[:min(len(e.area), townshipDigits)]
	counts[slot{l.ID, town, countAll}] += by
	if e.state != "" {
		counts[slot{l.ID, town, countState + string(e.state)}] += by
	}
	for i := range l.Twins {
		if e.lacks&(1<<i) != 0 {
			counts[slot{l.ID, town, countTwin + l.Twins[i].ID}] += by
		}
	}
}
