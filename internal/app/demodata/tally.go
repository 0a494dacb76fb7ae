package demodata

// tally is what calendars add up to, as docs/architecture.md counts it.
type tally struct {
	newUrban, reemployed, hardPlaced, graduates, transfers, transfers6m yearly
	urban, rural, unemployed                                            yearly // on the year's last day; rural: in other work only
}

// count adds the first n working lives of a track.
func (t *tally) count(w *world, tr *track) {
	for k := range tr.n {
		c := w.calendar(tr, k)
		t.add(&c, w.ends)
	}
}

func (t *tally) add(c *calendar, ends [yearCount]day) {
	var urban, reemployed, hard [yearCount]bool
	for i := range c.n {
		s := &c.stints[i]
		y := s.since.index()
		if s.since == before || y < 0 {
			continue
		}
		if s.urban {
			urban[y] = urban[y] || !c.covered(i)
			reemployed[y] = reemployed[y] || c.registered.covers(s.since)
		}
		hard[y] = hard[y] || c.hard.covers(s.since)
		if s.form == transferred {
			t.transfers[y]++
			if end := s.until; end == 0 && ends[yearCount-1] >= sixMonths(s.since) || end >= sixMonths(s.since) {
				t.transfers6m[y]++
			}
		}
		if c.graduated != 0 && s.since >= c.graduated && (i == 0 || c.stints[i-1].since < c.graduated || c.stints[i-1].since == before) {
			t.graduates[y]++
		}
	}
	for y := range yearCount {
		t.newUrban[y] += one(urban[y])
		t.reemployed[y] += one(reemployed[y])
		t.hardPlaced[y] += one(hard[y])
		t.stocks(c, y, ends[y])
	}
}

func (t *tally) stocks(c *calendar, y int, end day) {
	urban, work := false, false
	for _, s := range c.stints[:c.n] {
		if s.covers(end) {
			work = true
			urban = urban || s.urban
		}
	}
	t.urban[y] += one(urban)
	t.rural[y] += one(work && !urban)
	t.unemployed[y] += one(c.registered.since != 0 && c.registered.covers(end))
}

// covered says whether another urban stint that began earlier lasts to the day on which the i-th begins.
func (c *calendar) covered(i int) bool {
	for j := range i {
		if s := &c.stints[j]; s.urban && s.covers(c.stints[i].since) {
			return true
		}
	}
	return false
}

// covers says whether a stint covers a day, both ends included. One that never was covers nothing.
func (s *stint) covers(d day) bool {
	return s.since != 0 && (s.since <= d || s.since == before) && (s.until == 0 || s.until >= d)
}

// index is the year of a day in the course, negative when it lies outside.
func (d day) index() int {
	if y := d.year() - firstYear; d != before && y < yearCount {
		return y
	}
	return -1
}

func sixMonths(d day) day {
	y, m, dom := d.civil()
	if m += 6; m > 12 {
		y, m = y+1, m-12
	}
	return on(y, m, min(dom, 28)) + day(max(dom-28, 0)) // seasons never begin so late that a month's end matters
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
