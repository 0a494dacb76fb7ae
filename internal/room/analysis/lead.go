package analysis

import (
	"cmp"
	"context"
	"math"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// Lead is an employer that will probably hire although it has no vacancy open.
type Lead struct {
	EmployerID           int64
	Made                 Month // last month of the flows
	Area                 string
	Expected             int64 // people in the three months behind Made, hundredths
	Chance               int   // that anybody comes, per thousand
	Years                [3]int
	Last12, Before12     int // people who came in the last twelve months and in the twelve before
	Left12               int
	Staff                int
	Name, Result, ByName string // of the employer; what came of asking it, and who asked
	Note                 string
	At                   int64
}

const (
	many       = 3   // people in three months that are many for a small place
	ahead      = 3   // months
	fromHere   = 50  // hundredths of a person expected, from which an employer is on the list
	listed     = 200 // employers kept for each banner
	judged     = 50  // of a list, how many its past is judged by
	flowMonths = 60
)

// flows is who came to an employer and left it, month by month, the last one at the end.
type flows struct {
	joined, left [flowMonths]int32
	staff        int
}

// sum adds months up, from `back` months before the end (excluded) on for n months.
func sum(list *[flowMonths]int32, back, n int) (s int) {
	for i := flowMonths - back; i < flowMonths-back+n; i++ {
		if i >= 0 && i < flowMonths {
			s += int(list[i])
		}
	}
	return s
}

// lead judges an employer as of some months before the end: the same season of the past three years (the last one counts half)
// and the last twelve months each say how many to expect, held against growth; the chance is of a negative binomial, because
// hiring comes in lumps.
func (f *flows) lead(back int) Lead {
	l := Lead{Last12: sum(&f.joined, back+12, 12), Before12: sum(&f.joined, back+24, 12), Left12: sum(&f.left, back+12, 12), Staff: f.staff}
	for y := range l.Years {
		l.Years[y] = sum(&f.joined, back+12*(y+1), ahead)
	}
	season := (3*float64(l.Years[0]) + 2*float64(l.Years[1]) + float64(l.Years[2])) / 6
	level := float64(l.Last12) / 12 * ahead
	growth := math.Sqrt(min(2, max(.5, (float64(l.Last12)+4)/(float64(l.Before12)+4))))
	mean := (season*growth + level) / 2
	l.Expected = int64(math.Round(mean * 100))
	l.Chance = int(math.Round(1000 * reaches(mean, 1)))
	return l
}

// reaches is the probability that a negative binomial of size 2 reaches n.
func reaches(mean float64, n int) float64 {
	const size = 2
	p := size / (size + mean)
	term, below := math.Pow(p, size), 0.0
	for k := range n {
		below += term
		term *= (size + float64(k)) / float64(k+1) * (1 - p)
	}
	return max(0, 1-below)
}

// Trial is how a list of the past turned out.
type Trial struct {
	Area          string
	Origin        Month // last month known
	Listed, Hit   int   // employers listed; of these, somebody came to
	Many          int   // of these, many people came to
	Naive         int   // as Hit, of as many ordered by the same months a year before
	Pool, PoolHit int   // all employers to choose from: those with somebody newly insured in three years
	PoolMany      int
}

// firm is an employer with its flows.
type firm struct {
	id   int64
	area string
	flows
}

// seek makes the list anew, and tries the same on the past.
func (r *Room) seek(ctx context.Context, last Month) error {
	firms, err := r.firms(ctx, last)
	if err != nil {
		return err
	}
	busy, err := recruiting(ctx, r.DB, db.On(r.today()))
	if err != nil {
		return err
	}
	banners := map[string][]Lead{}
	for _, f := range firms {
		if l := f.lead(0); l.Expected >= fromHere && !busy[f.id] && f.staff > 0 {
			l.EmployerID, l.Area, l.Made = f.id, f.area, last
			at := area.At(f.area, area.Banner)
			banners[at] = append(banners[at], l)
		}
	}
	var leads []Lead
	for _, list := range banners {
		slices.SortFunc(list, func(a, b Lead) int {
			return cmp.Or(cmp.Compare(b.Expected, a.Expected), cmp.Compare(a.EmployerID, b.EmployerID))
		})
		leads = append(leads, list[:min(len(list), listed)]...)
	}
	trials := tryPast(firms, last)
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return saveLeads(ctx, tx, leads, trials) })
}

// tryPast makes the lists of the last four quarters as they would have been made then, league by league. Which employers had
// vacancies open then is not known; they stay in.
func tryPast(firms map[int64]*firm, last Month) (out []Trial) {
	leagues := map[string][]*firm{}
	for _, f := range firms {
		at := area.At(f.area, area.League)
		leagues[at] = append(leagues[at], f)
	}
	for at, list := range leagues {
		slices.SortFunc(list, func(a, b *firm) int { return cmp.Compare(a.id, b.id) })
		for back := ahead; back <= 4*ahead; back += ahead {
			t := Trial{Area: at, Origin: last - Month(back)}
			type one struct {
				lead Lead
				came int
			}
			var pool []one
			for _, f := range list {
				if sum(&f.joined, back+36, 36) == 0 {
					continue
				}
				o := one{f.lead(back), sum(&f.joined, back, ahead)}
				o.lead.EmployerID = f.id
				pool = append(pool, o)
				t.Pool++
				if o.came > 0 {
					t.PoolHit++
				}
				if o.came >= many {
					t.PoolMany++
				}
			}
			best := func(by func(Lead) int64) (hit, lots int) {
				slices.SortFunc(pool, func(a, b one) int {
					return cmp.Or(cmp.Compare(by(b.lead), by(a.lead)), cmp.Compare(a.lead.EmployerID, b.lead.EmployerID))
				})
				for _, o := range pool[:t.Listed] {
					if o.came > 0 {
						hit++
					}
					if o.came >= many {
						lots++
					}
				}
				return hit, lots
			}
			t.Listed = min(judged, len(pool))
			t.Hit, t.Many = best(func(l Lead) int64 { return l.Expected })
			t.Naive, _ = best(func(l Lead) int64 { return int64(l.Years[0]) })
			if t.Listed > 0 {
				out = append(out, t)
			}
		}
	}
	slices.SortFunc(out, func(a, b Trial) int { return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Origin, b.Origin)) })
	return out
}

// firms reads enterprises and family businesses with what insurance says of them. Only those to which somebody came are kept: most of
// a region's millions of employers never insure anybody.
func (r *Room) firms(ctx context.Context, last Month) (map[int64]*firm, error) {
	out, all := map[int64]*firm{}, map[int64]*firm{}
	first := last - flowMonths + 1
	into := func(pick func(*firm) *[flowMonths]int32) func(*flow) error {
		return func(f *flow) error {
			if one := all[f.employer]; one != nil {
				pick(one)[monthFrom(f.month)-first] += f.people
			}
			return nil
		}
	}
	join := into(func(f *firm) *[flowMonths]int32 { return &f.joined })
	if err := eachJoined(ctx, r.DB, first, last, func(f *flow) error {
		if all[f.employer] == nil {
			all[f.employer] = &firm{id: f.employer}
		}
		return join(f)
	}); err != nil {
		return nil, err
	}
	if err := r.Employers.Each(ctx, region, func(e *employer.Employer) error {
		if one := all[e.ID]; one != nil && (e.Kind == employer.Enterprise || e.Kind == employer.Individual) {
			one.area, out[e.ID] = e.Area, one
		}
		return nil
	}); err != nil {
		return nil, err
	}
	if err := eachLeft(ctx, r.DB, first, last, into(func(f *firm) *[flowMonths]int32 { return &f.left })); err != nil {
		return nil, err
	}
	return out, eachStaff(ctx, r.DB, last, func(f *flow) error {
		if one := out[f.employer]; one != nil {
			one.staff = int(f.people)
		}
		return nil
	})
}
