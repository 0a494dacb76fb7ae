package demodata

// draws are the ways of each kind.
var draws = [kindCount]func(c *calendar, t *track, rank int, share float64, d *dice){
	zeroMember: func(c *calendar, _ *track, _ int, share float64, d *dice) {
		c.add(stint{since: before, until: even.in(2018, 3, 11, d.float(), d), urban: true})
		c.registered.since = even.in(lastYear, 3, 8, share, d)
	},
	idleGraduate: func(c *calendar, _ *track, _ int, share float64, d *dice) {
		y := lastYear - d.n(2)
		c.graduated = on(y, 6, d.between(18, 29))
		c.registered.since = even.in(y, 7, 8, share, d)
	},
	newGraduate: func(c *calendar, _ *track, _ int, _ float64, d *dice) {
		c.graduated = on(lastYear-d.n(2), 6, d.between(18, 29))
	},
	graduate: drawGraduate,
	hardTown: func(c *calendar, t *track, _ int, share float64, d *dice) {
		c.reemploy(t, share, d, d.chance(.75), true)
	},
	again:      func(c *calendar, t *track, _ int, share float64, d *dice) { c.reemploy(t, share, d, true, false) },
	firstAgain: func(c *calendar, t *track, _ int, share float64, d *dice) { c.reemploy(t, share, d, false, false) },
	hardRural: func(c *calendar, t *track, _ int, share float64, d *dice) {
		since := t.begins(hiring, share, d)
		c.unregister(since, d.between(30, 300), d)
		c.recognise(since, d)
		c.add(stint{since: since, form: of(d, []form{publicPost, publicPost, flexible})})
	},
	idleFirst: func(c *calendar, _ *track, _ int, share float64, d *dice) { // none long ago: some of them are young
		c.registered.since = lately(share*.92, d)
	},
	idle: func(c *calendar, _ *track, _ int, share float64, d *dice) {
		c.registered.since = lately(share, d)
		c.add(stint{since: before, until: calm(c.registered.since - day(d.between(5, 55))), urban: true})
		if d.chance(.22) {
			c.hard.since = min(c.registered.since+day(d.between(10, 200)), on(lastYear, 8, 25))
		}
	},
	fresh: func(c *calendar, t *track, _ int, share float64, d *dice) {
		c.work(stint{since: t.begins(hiring, share, d), urban: true}, d, .10, .12)
	},
	poorSeason: func(c *calendar, t *track, rank int, _ float64, d *dice) {
		c.add(t.season(rank, d, true))
	},
	twoSeasons: drawTwoSeasons,
	season1:    drawSeason,
	lapsed: func(c *calendar, t *track, _ int, share float64, d *dice) {
		y := firstYear + t.y
		c.lapse(even.in(y, 2, 11, share, d), even.in(y+1, 2, 8, d.float(), d), d)
	},
	longLapsed: func(c *calendar, t *track, _ int, share float64, d *dice) {
		y := firstYear + t.y
		c.lapse(even.in(y, 2, 11, share, d), even.in(y+3, 2, 8, d.float(), d), d)
	},
	leftTown:  drawLeft(true),
	leftTownR: drawLeft(true),
	townR:     drawLasting(true),
	town:      drawLasting(true),
	leftLand:  drawLeft(false),
	land:      drawLasting(false),
}

// drawGraduate: most begin in the summer of their year, others up to two years after graduation. The first `long` of a track
// left college the year before and registered.
func drawGraduate(c *calendar, t *track, rank int, share float64, d *dice) {
	since := t.begins(graduation, share, d)
	y, m, _ := since.civil()
	registered := rank < t.long
	switch {
	case registered:
		y--
	case m >= 7 && d.chance(.87):
	case m < 6 && d.chance(.12):
		y -= 2
	default:
		y--
	}
	c.graduated = on(y, 6, d.between(18, 29))
	if registered {
		c.unregister(since, min(d.between(30, 240), int(since-c.graduated)-15), d)
	}
	c.work(stint{since: since, urban: registered || d.chance(.95)}, d, .07, .14)
}

// lately is when today's unemployed registered: most within a year, some long ago.
func lately(share float64, d *dice) day {
	end := on(lastYear, 8, 27)
	switch {
	case share < .55:
		return calm(end - day(float64(300)*share/.55) - day(d.n(20)))
	case share < .93:
		return calm(end - 320 - day(400*(share-.55)/.38) - day(d.n(20)))
	}
	return calm(end - 740 - day(1100*(share-.93)/.07) - day(d.n(20)))
}

// lapse is a registration that ended without work, after an urban job long ago or none.
func (c *calendar) lapse(since, until day, d *dice) {
	if d.chance(.3) {
		until := even.in(firstYear-1, 2, 10, d.float(), d)
		c.add(stint{since: before, until: min(until, calm(since-day(d.between(5, 60)))), urban: true})
	}
	c.registered = stint{since: since, until: until}
	c.outcome = of(d, []string{"达到法定退休年龄", "超过登记期限", "超过登记期限", "本人申请注销", "连续六个月未与登记机构联系"})
}

// season draws one season away; the first `long` of a track last six months.
func (t *track) season(rank int, d *dice, within bool) stint {
	y := firstYear + t.y
	long := rank < t.long
	s := stint{form: transferred}
	switch {
	case long && t.months() == 8:
		s.since = on(y, 1, 5) + day(d.n(44))
		s.until = calm(s.since + day(d.between(186, 240)))
	case long && within:
		s.since = on(y, 2, 10) + day(d.n(70))
		s.until = calm(s.since + day(d.between(188, 230)))
	case long:
		s.since = transferOut.in(y, 1, 12, d.float(), d)
		s.until = calm(s.since + day(d.between(188, 320)))
	case t.months() == 8:
		s.since = transferOut.in(y, 3, 8, d.float(), d)
		s.until = calm(s.since + day(d.between(35, 165)))
	default:
		s.since = transferOut.in(y, 1, either6(within), d.float(), d)
		s.until = calm(s.since + day(d.between(35, 165)))
	}
	if s.until > on(lastYear, 8, 27) {
		s.until = 0
	}
	return s
}

func either6(within bool) int {
	if within {
		return 6
	}
	return 12
}

// drawSeason: a herder or farmer goes away for a season and comes back to the land.
func drawSeason(c *calendar, t *track, rank int, _ float64, d *dice) {
	s := t.season(rank, d, false)
	s.urban = d.chance(.06)
	c.add(stint{since: before, until: s.since, form: onLand})
	c.add(s)
	c.backOnLand(s)
}

// drawTwoSeasons is the same in two years running; both seasons last six months.
func drawTwoSeasons(c *calendar, t *track, _ int, _ float64, d *dice) {
	c.add(stint{since: before, form: onLand})
	for y := range 2 {
		c.stints[c.n-1].until = on(firstYear+t.y+y, 2, 10) + day(d.n(70))
		s := stint{since: c.stints[c.n-1].until, form: transferred}
		s.until = calm(s.since + day(d.between(188, 230)))
		c.add(s)
		c.backOnLand(s)
	}
}

func (c *calendar) backOnLand(s stint) {
	if s.until != 0 {
		c.add(stint{since: s.until, form: onLand})
	}
}

func drawLeft(urban bool) func(*calendar, *track, int, float64, *dice) {
	return func(c *calendar, t *track, _ int, share float64, d *dice) {
		c.add(stint{since: before, until: t.begins(even, share, d), urban: urban, form: landOr(urban)})
	}
}

// drawLasting: the same work all the time; some change their unit on the day.
func drawLasting(urban bool) func(*calendar, *track, int, float64, *dice) {
	return func(c *calendar, t *track, _ int, share float64, d *dice) {
		c.add(stint{since: before, urban: urban, form: landOr(urban)})
		if urban && d.chance(.16) {
			c.stints[0].until = even.in(firstYear+d.n(yearCount-1), 1, 12, share, d)
			c.add(stint{since: c.stints[0].until, urban: true})
		}
	}
}

func landOr(urban bool) form {
	if urban {
		return anyForm
	}
	return onLand
}
