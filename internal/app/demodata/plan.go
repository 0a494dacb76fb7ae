package demodata

import (
	"fmt"

	"jiuye/internal/ground/fault"
)

// plan sizes the tracks so that calendars add up to the course. Each step counts the calendars of the one before.
func (w *world) plan(zeroMembers int) error {
	c := &w.course
	n := func(share float64, of int) int { return round(share * float64(of)) }
	w.track(zeroMember, yearCount-1, zeroMembers)
	w.track(idleGraduate, yearCount-1, n(.09, c.unemployed[yearCount-1]))
	w.track(newGraduate, yearCount-1, n(.25, c.graduates[yearCount-1]))
	for y := range yearCount {
		w.track(graduate, y, c.graduates[y]).long = min(n(.11, c.graduates[y]), c.reemployed[y]/3)
	}
	sum := w.sum()
	for y := range yearCount {
		hard := min(n(.62, c.hardPlaced[y]), c.reemployed[y]-sum.reemployed[y])
		w.track(hardTown, y, hard)
		w.track(hardRural, y, c.hardPlaced[y]-hard)
		rest := c.reemployed[y] - hard - sum.reemployed[y]
		w.track(firstAgain, y, n(.28, rest))
		w.track(again, y, rest-n(.28, rest))
	}
	idleToday := c.unemployed[yearCount-1] - zeroMembers - w.sized(idleGraduate)
	w.track(idleFirst, yearCount-1, n(.3, idleToday))
	w.track(idle, yearCount-1, idleToday-n(.3, idleToday))
	w.seasons()
	w.rest()
	for _, t := range w.tracks {
		if t.n < 0 {
			return fault.New(fault.Internal, "演示数据排不开：第 %d 类经历 %d 年需要 %d 人", t.kind, firstYear+t.y, t.n)
		}
	}
	return nil
}

// steady is how many people out of poverty work in every year; the rest of the figure is one season away each year.
func (c *course) steady() int {
	least := c.outOfPoverty[0]
	for _, n := range c.outOfPoverty {
		least = min(least, n)
	}
	return least * 97 / 100
}

// seasons sizes the transfers: those who go twice, people out of poverty, and the rest.
func (w *world) seasons() {
	c := &w.course
	var goes, long yearly
	for y := range yearCount {
		poor := w.track(poorSeason, y, c.outOfPoverty[y]-c.steady())
		poor.long = poor.n
		goes[y] += poor.n
		long[y] += poor.n
	}
	for y := range yearCount - 2 {
		twice := round(.14 * float64(c.transfers[y]))
		w.track(twoSeasons, y, twice)
		for next := range 2 {
			goes[y+next] += twice
			long[y+next] += twice
		}
	}
	for y := range yearCount {
		t := w.track(season1, y, c.transfers[y]-goes[y])
		t.long = c.transfers6m[y] - long[y]
	}
}

// rest fills what the tracks so far leave open of new urban work, of the register of unemployed, and of people at work.
func (w *world) rest() {
	c := &w.course
	sum := w.sum()
	for y := range yearCount {
		w.track(fresh, y, max(c.newUrban[y]-sum.newUrban[y], 0))
	}
	for y := -2; y <= 3; y++ {
		w.track(longLapsed, y, round(.09*float64(c.unemployed[0])))
	}
	sum = w.sum()
	for y := range yearCount - 1 {
		c.unemployed[y] = max(c.unemployed[y], sum.unemployed[y]) // among few people there may be some too many; the rate holds
		w.track(lapsed, y, c.unemployed[y]-sum.unemployed[y])
	}
	sum = w.sum()
	var inTown, country yearly
	for y := range yearCount {
		inTown[y], country[y] = c.urban(y)-sum.urban[y], c.rural(y)-sum.rural[y]
	}
	w.lasting(inTown, leftTown, leftTownR, town, townR, .12)
	w.lasting(country, leftLand, leftLand, land, land, 0)
}

// lasting sizes those who work throughout and those who leave in a year, in town with a share of agricultural registrations.
func (w *world) lasting(stock yearly, left, leftR, stays, staysR kind, rural float64) {
	leave := yearly{}
	for y := 1; y < yearCount; y++ {
		stock[y] = min(stock[y], stock[y-1]) // nobody comes back; only among few people does it matter
		leave[y] = stock[y-1] - stock[y]
	}
	leave[0] = leave[1]
	for y := range yearCount {
		r := round(rural * float64(leave[y]))
		if rural > 0 {
			w.track(leftR, y, r)
		}
		w.track(left, y, leave[y]-r)
	}
	r := round(rural * float64(stock[yearCount-1]))
	if rural > 0 {
		w.track(staysR, yearCount-1, r)
	}
	w.track(stays, yearCount-1, stock[yearCount-1]-r)
}

// track adds a track.
func (w *world) track(k kind, y, n int) *track {
	t := &track{kind: k, y: y, n: n, number: len(w.tracks)}
	t.order = newShuffle(n, w.opts.Seed, uint64(t.number))
	w.tracks = append(w.tracks, t)
	return t
}

// sized is how many people are on the tracks of a kind.
func (w *world) sized(k kind) (n int) {
	for _, t := range w.tracks {
		if t.kind == k {
			n += t.n
		}
	}
	return n
}

// sum counts the calendars of all tracks so far.
func (w *world) sum() *tally {
	for _, t := range w.tracks[w.counted:] {
		w.soFar.count(w, t)
	}
	w.counted = len(w.tracks)
	return &w.soFar
}

func (k kind) String() string { return fmt.Sprintf("kind(%d)", uint8(k)) }
