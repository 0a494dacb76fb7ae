package policy

import (
	"context"
	"time"

	"jiuye/internal/engine/rule"
)

// Named is a policy with conditions in a few words, for other rooms.
type Named struct {
	ID     string
	Zh, En string
}

// ForUnits names the policies for employers that are in force today, in the order of their numbers.
func (r *Room) ForUnits(ctx context.Context) (list []Named, err error) {
	if err := r.refresh(ctx); err != nil {
		return nil, err
	}
	for _, p := range r.catalogue().employers {
		list = append(list, Named{p.ID, p.Name.Zh, p.Name.En})
	}
	return list, nil
}

// Finding names the policies that employers can have, as of the latest screening: employer → policies in the order of their numbers.
func (r *Room) Finding(ctx context.Context, employers []int64) (map[int64][]string, error) {
	out := make(map[int64][]string, len(employers))
	const chunk = 500
	for first := 0; first < len(employers); first += chunk {
		rows, err := r.store.eligibleUnits(ctx, employers[first:min(first+chunk, len(employers))])
		if err != nil {
			return nil, err
		}
		for _, g := range rows {
			out[g.owner] = append(out[g.owner], g.policy)
		}
	}
	return out, nil
}

// firstClass is the class of areas whose minimum wage policies go by where they name none.
const firstClass = "一类"

// MinimumWage is the parameter 最低工资 of first-class areas for a place and day, fen a month; ok is false where it is not set.
func (r *Room) MinimumWage(ctx context.Context, area string, on time.Time) (fen int64, source string, ok bool) {
	if err := r.refresh(ctx); err != nil {
		return 0, "", false
	}
	p := r.catalogue().params["最低工资"]
	if p == nil {
		return 0, "", false
	}
	v, ok := p.At(rule.DayOf(on), firstClass, area)
	return v / (rule.Scale / 100), "政策参数“最低工资”（一类地区）", ok
}
