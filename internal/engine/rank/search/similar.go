package search

// Similar gives vacancies like one: of its occupation, or with its title's words; those of its place, pay and title first.
// It is nothing for an id that is not there.
func (ix *Index) Similar(id int64, filter Filter, limit int) []Hit {
	v := ix.view.Load()
	for _, part := range v.parts {
		doc, ok := part.seg.locate(id)
		if !ok || !part.alive(doc) {
			continue
		}
		q := Query{Today: v.newest()}
		p := part.seg.alike(doc, filter)
		planned := &planner{dict: ix.dict, view: v, plan: p}
		planned.weigh()
		best := &top{limit: limit + 1}
		a := arenas.Get().(*arena)
		defer arenas.Put(a)
		w := newWork(&q, p, a)
		for _, other := range v.parts {
			e := newEval(other, a)
			result, sets := w.sets(e)
			for _, s := range sets {
				result.and(s)
			}
			n := result.count()
			newScorer(e, p, q.Today, n).choose(result, n, best)
			a.reset()
		}
		var out []Hit
		for _, h := range hits(best.list) {
			if h.ID != id && len(out) < limit {
				out = append(out, h)
			}
		}
		return out
	}
	return nil
}

// alike is the plan that looks for vacancies like one.
func (s *segment) alike(doc uint32, filter Filter) *plan {
	p := &plan{}
	for _, part := range filter.split() {
		f := part.Filter
		p.must = append(p.must, clause{pieces: []piece{{{filter: &f}}}})
	}
	p.words = len(p.must)
	row, title := s.rows[doc], s.title(doc)
	kin := piece{{keys: needed(title)}}
	mean := func(f Filter) {
		p.maybe = append(p.maybe, clause{pieces: []piece{{{filter: &f}}}})
	}
	if code := s.occupations[row.occupation]; code != "" {
		class := Filter{Occupations: []string{code[:min(len(code), 7)]}}
		kin = append(kin, alternative{filter: &class})
		mean(Filter{Occupations: []string{code}})
	}
	p.must = append(p.must, clause{pieces: []piece{kin}})
	area := s.areas[row.area]
	for _, n := range []int{4, 6, 9} {
		if len(area) >= n {
			mean(Filter{Areas: []string{area[:n]}})
		}
	}
	if low, high := s.payLow[doc], s.payHigh[doc]; high > 0 {
		mean(Filter{PayFrom: low, PayTo: high})
	}
	mean(Filter{Education: []Education{Education(row.offer & 7)}})
	return p
}
