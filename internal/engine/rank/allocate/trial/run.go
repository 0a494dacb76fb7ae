package trial

import (
	"cmp"
	"slices"

	"jiuye/internal/engine/rank/allocate"
)

// employee is somebody hired, with what the employer knows by then.
type employee struct {
	seeker int
	fit    float64
}

// run is one policy in one world.
type run struct {
	w          *world
	p          Policy
	hired      [][]employee // by vacancy
	benefit    []float64    // by seeker: of the job they have, 0 without
	offered    []bool       // by seeker
	tried      map[[2]int]bool
	shown      []int // by vacancy: recommendations over all weeks
	applicants []int // by vacancy-week that was open: applications per opening, rounded up
	none       int   // vacancy-weeks without an applicant
}

// application is one in this week.
type application struct {
	seeker int
	pair   pair
}

func try(w *world, p Policy) (*run, error) {
	r := &run{w: w, p: p, hired: make([][]employee, len(w.vacancies)), benefit: make([]float64, len(w.seekers)),
		offered: make([]bool, len(w.seekers)), tried: map[[2]int]bool{}, shown: make([]int, len(w.vacancies))}
	for week := range w.Weeks {
		applications, err := r.apply(week)
		if err != nil {
			return nil, err
		}
		r.hire(week, applications)
	}
	return r, nil
}

func (r *run) left(j int) int { return r.w.vacancies[j].openings - len(r.hired[j]) }

func (r *run) open(j, week int) bool { return r.w.vacancies[j].opens <= week && r.left(j) > 0 }

// apply asks the policy and lets people apply, by vacancy.
func (r *run) apply(week int) ([][]application, error) {
	var vacancies []allocate.Vacancy
	for j := range r.w.vacancies {
		if r.open(j, week) {
			vacancies = append(vacancies, allocate.Vacancy{ID: int64(j), Openings: r.left(j)})
		}
	}
	b := allocate.NewMarket(vacancies)
	lists := map[int64][]pair{}
	for i, s := range r.w.seekers {
		if r.benefit[i] > 0 {
			continue
		}
		var candidates []allocate.Candidate
		for _, p := range r.w.lists[i] {
			if len(candidates) < r.w.Top && r.open(p.vacancy, week) && !r.tried[[2]int{i, p.vacancy}] {
				candidates = append(candidates, allocate.Candidate{Vacancy: int64(p.vacancy), Chance: applies * p.chance, Benefit: p.benefit})
				lists[int64(i)] = append(lists[int64(i)], p)
			}
		}
		weight := 1.0
		if s.key {
			weight = 1.5
		}
		if err := b.Add(allocate.Seeker{ID: int64(i), Weight: weight}, candidates); err != nil {
			return nil, err
		}
	}
	m, err := b.Build()
	if err != nil {
		return nil, err
	}
	recommended, err := r.p.Recommend(m, r.w.Recommendations, func(k, at int) float64 {
		return r.w.luck(4, week, int(m.Seekers()[k].ID), int(m.Vacancies()[at].ID))
	})
	if err != nil {
		return nil, err
	}
	out := make([][]application, len(r.w.vacancies))
	for k, s := range m.Seekers() {
		i, look := int(s.ID), eager
		for _, at := range recommended[k] {
			j := int(m.Vacancies()[at].ID)
			p := lists[s.ID][slices.IndexFunc(lists[s.ID], func(p pair) bool { return p.vacancy == j })]
			r.shown[j]++
			if r.w.luck(5, week, i, j) < look*min(1, p.benefit) {
				out[j] = append(out[j], application{i, p})
			}
			look *= tires
		}
		if own, found := r.ownSearch(week, i, lists[s.ID]); found && !slices.ContainsFunc(out[own.vacancy], func(a application) bool { return a.seeker == i }) {
			out[own.vacancy] = append(out[own.vacancy], application{i, own})
		}
	}
	return out, nil
}

// ownSearch is what three seekers in ten find in a week, the better paid the likelier.
func (r *run) ownSearch(week, i int, list []pair) (found pair, any bool) {
	if r.w.luck(6, week, i, 0) > .3 {
		return pair{}, false
	}
	best := 0.0
	for _, p := range list {
		if x := r.w.luck(7, week, i, p.vacancy) * (3 + r.w.vacancies[p.vacancy].pay); x > best {
			best, found, any = x, p, true
		}
	}
	return found, any
}

// hire lets employers choose and people take the best offer.
func (r *run) hire(week int, applications [][]application) {
	offers := make([][]pair, len(r.w.seekers))
	for j, list := range applications {
		if !r.open(j, week) {
			continue
		}
		left := r.left(j)
		r.applicants = append(r.applicants, (len(list)+left-1)/left)
		if len(list) == 0 {
			r.none++
		}
		slices.SortFunc(list, func(x, y application) int {
			return cmp.Compare(r.w.luck(8, week, x.seeker, j), r.w.luck(8, week, y.seeker, j))
		})
		list = list[:min(len(list), looks*left)]
		for _, a := range list {
			r.tried[[2]int{a.seeker, j}] = true
		}
		slices.SortFunc(list, func(x, y application) int { return cmp.Compare(y.pair.fit, x.pair.fit) })
		for _, a := range list[:min(len(list), left)] {
			if a.pair.fit >= line {
				r.offered[a.seeker] = true
				offers[a.seeker] = append(offers[a.seeker], a.pair)
			}
		}
	}
	for i, list := range offers {
		if len(list) > 0 {
			p := slices.MaxFunc(list, func(x, y pair) int { return cmp.Compare(x.benefit, y.benefit) })
			r.hired[p.vacancy] = append(r.hired[p.vacancy], employee{i, p.fit})
			r.benefit[i] = p.benefit
		}
	}
}
