package demodata

import (
	"context"

	"jiuye/internal/ground/fault"
)

// world is everything that is fixed before the first person is written.
type world struct {
	opts   Options
	course course
	places *places
	ends   [yearCount]day
	today  day
	phase  float64
	zero   map[int]int // household → its number among those without work

	tracks  []*track
	counted int // how many of them soFar has
	soFar   tally
	short   int // people that tracks want and nobody fits
	lots    [classCount]lot
	picked  [pickCount]shuffle
	pickedN [pickCount]int

	households int
	due        yearly // people of 16 to 59 who do not study, on each year's last day: who should be insured
}

// zeroHouseholds for 262,361 people.
const zeroHouseholds = 18

// peoplePerHousehold, about; only the places of the households without work depend on it.
const peoplePerHousehold = 2.5

// newWorld makes the first pass and the plan.
func newWorld(ctx context.Context, opts Options) (*world, error) {
	p, err := placesOf(opts.Area)
	if err != nil {
		return nil, err
	}
	d := throw(opts.Seed, forShuffle, 0)
	w := &world{opts: opts, course: courseOf(opts.People), places: p, today: on(lastYear, 8, 31), phase: d.float(), zero: map[int]int{}}
	w.ends = ends(w.today)
	z := max(round(zeroHouseholds*float64(opts.People)/printedPeople), 2)
	step := int(float64(opts.People) / peoplePerHousehold * .85 / float64(z))
	for j := range z {
		w.zero[j*step+step/2] = j
	}
	var people [classCount]int
	zeroMembers := 0
	opts.Progress.Step("清点人口", int64(opts.People))
	err = w.families(ctx, func(f *family) error {
		w.households++
		for i := range f.members {
			m := &f.members[i]
			if c := f.classOf(m); c >= 0 {
				people[c]++
			}
			if f.works(m) {
				zeroMembers++
			}
			if !m.student {
				w.insurable(m)
			}
		}
		opts.Progress.Add(int64(len(f.members)))
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := w.plan(zeroMembers); err != nil {
		return nil, err
	}
	w.allot(&people)
	w.number()
	return w, nil
}

// works says whether a member of a household without work is one of those that count.
func (f *family) works(m *draft) bool { return f.zero && !m.student && m.age >= 16 && m.age <= 59 }

func (w *world) insurable(m *draft) {
	for y, end := range w.ends {
		if a := age(m.birth, end); a >= 16 && a <= 59 {
			w.due[y]++
		}
	}
}

// families drafts one household after the other until there are enough people; the last one is cut to fit.
func (w *world) families(ctx context.Context, visit func(*family) error) error {
	b := builder{today: w.today}
	for i, people := 0, 0; people < w.opts.People; i++ {
		if i%4096 == 0 && ctx.Err() != nil {
			return fault.Wrap(fault.Unavailable, ctx.Err(), "已停止，文件没有写完")
		}
		b.build(w, i)
		if rest := w.opts.People - people; len(b.members) > rest {
			b.members = b.members[:rest]
			b.anchors()
		}
		people += len(b.members)
		if err := visit(&b.family); err != nil {
			return err
		}
	}
	return nil
}
