package graduate

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
)

// Quota is how many places an area has of a programme in a year.
type Quota struct {
	Programme string
	Year      int
	Area      string
	Seats     int64
	Version   int64
}

// Change is one setting of a quota.
type Change struct {
	ID            int64
	Programme     string
	Year          int
	Area          string
	Before, After int64
	Why, By       string
	At            int64
}

// under adds up the numbers of the areas within one.
func under(by map[string]int64, code string) (n int64) {
	for place, v := range by {
		if area.Within(place, code) {
			n += v
		}
	}
	return n
}

// fits asks whether an area may have so many places: no more than its parent has left beside its other children, and no less
// than its own children have already.
func fits(all map[string]int64, code string, seats int64) error {
	if seats < 0 || seats > 100_000 {
		return fault.New(fault.Invalid, "名额应为 0～100000，您填了 %d", seats)
	}
	var beneath int64
	for _, c := range area.Children(code) {
		beneath += all[c.Code]
	}
	if seats < beneath {
		return fault.New(fault.Conflict, "%s下级已分配 %d 个名额，本级不能少于这个数，您填了 %d", area.Name(code), beneath, seats)
	}
	parent := area.Parent(code)
	if area.Level(code) <= area.Region {
		return nil
	}
	whole, ok := all[parent]
	if !ok {
		return fault.New(fault.Conflict, "%s还没有下达名额，请上级先分配", area.Name(parent))
	}
	for _, c := range area.Children(parent) {
		if c.Code != code {
			whole -= all[c.Code]
		}
	}
	if seats > whole {
		return fault.New(fault.Conflict, "%s还剩 %d 个名额可分，您填了 %d", area.Name(parent), whole, seats)
	}
	return nil
}
