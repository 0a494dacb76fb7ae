package demodata

// form is how somebody works.
type form uint8

const (
	anyForm form = iota // unit, flexible or own business, as it suits the person
	inUnit
	flexible
	ownBusiness
	publicPost
	transferred
	onLand // farming and herding: flexible, not urban
)

// before stands for a beginning before 2019, whose day is the person's affair.
const before day = 1 << 28

// stint is a time in work.
type stint struct {
	since, until day // until 0: still
	urban        bool
	form         form
}

// calendar is what happens when in a working life, whoever lives it.
type calendar struct {
	stints     [5]stint
	n          int
	registered stint // as unemployed; since 0: never
	outcome    string
	hard       stint // recognised as hard to employ; since 0: never
	graduated  day
}

func (c *calendar) add(s stint) { c.stints[c.n] = s; c.n++ }

// calendar draws the k-th working life of a track: always the same for a seed.
func (w *world) calendar(t *track, k int) (c calendar) {
	d := throw(w.opts.Seed, forCalendar+uint64(t.number)<<8, uint64(k))
	rank := t.order.at(k) // an even spread over 0 … n−1 for what is to come out exactly
	share := (float64(rank) + d.float()) / float64(max(t.n, 1))
	if draw := draws[t.kind]; draw != nil {
		draw(&c, t, rank, share, &d)
	}
	return c
}

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
	idleFirst: func(c *calendar, _ *track, _ int, share float64, d *dice) { c.registered.since = lately(share, d) },
	idle: func(c *calendar, _ *track, _ int, share float64, d *dice) {
		c.registered.since = lately(share, d)
		c.add(stint{since: before, until: calm(c.registered.since - day(d.between(2, 55))), urban: true})
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

// begins draws when in the track's year something begins; the last year ends with the data.
func (t *track) begins(s season, share float64, d *dice) day {
	return s.in(firstYear+t.y, 1, t.months(), share, d)
}

func (t *track) months() int {
	if t.y == yearCount-1 {
		return 8
	}
	return 12
}

// work adds work that ends again, or goes over into other work on the day, with a chance each.
func (c *calendar) work(s stint, d *dice, ends, changes float64) {
	limit := on(lastYear, 8, 20)
	switch x := d.float(); {
	case x < ends:
		if until := calm(s.since + day(d.between(190, 1000))); until < limit {
			s.until = until
		}
		c.add(s)
	case x < ends+changes:
		next := calm(s.since + day(d.between(240, 1200)))
		if next < limit {
			s.until = next
			c.add(s)
			c.add(stint{since: next, urban: s.urban, form: s.form})
			return
		}
		c.add(s)
	default:
		c.add(s)
	}
}

// unregister ends a registration with work on a day.
func (c *calendar) unregister(at day, days int, d *dice) {
	c.registered = stint{since: calm(at - day(days)), until: at}
	c.outcome = "就业"
}

// recognise makes somebody hard to employ until work is found, or up to three years longer.
func (c *calendar) recognise(work day, d *dice) {
	c.hard.since = c.registered.since + day(d.n(max(int(work-c.registered.since)-3, 1)))
	c.hard.until = work
	if d.chance(.45) {
		if c.hard.until = calm(work + day(d.between(360, 1080))); c.hard.until > on(lastYear, 8, 20) {
			c.hard.until = 0
		}
	}
}

// reemploy is the way from an urban job, perhaps, over a registration into urban work in the track's year.
func (c *calendar) reemploy(t *track, share float64, d *dice, worked, hard bool) {
	since := t.begins(hiring, share, d)
	c.unregister(since, d.between(25, 400), d)
	if worked {
		c.add(stint{since: before, until: calm(c.registered.since - day(d.between(1, 50))), urban: true})
	}
	if !hard {
		c.work(stint{since: since, urban: true}, d, .08, .10)
		return
	}
	c.recognise(since, d)
	c.add(stint{since: since, urban: true, form: of(d, []form{publicPost, publicPost, publicPost, inUnit, inUnit, inUnit, flexible, ownBusiness})})
}

// drawGraduate: most begin in the summer of their year, others up to two years after graduation.
func drawGraduate(c *calendar, t *track, _ int, share float64, d *dice) {
	since := t.begins(graduation, share, d)
	y, m, _ := since.civil()
	switch {
	case m >= 7 && d.chance(.87):
	case m < 6 && d.chance(.12):
		y -= 2
	default:
		y--
	}
	c.graduated = on(y, 6, d.between(18, 29))
	if since-c.graduated > 60 && d.chance(.3) {
		c.unregister(since, min(d.between(30, 200), int(since-c.graduated)-15), d)
	}
	c.work(stint{since: since, urban: d.chance(.95)}, d, .07, .14)
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
		c.add(stint{since: before, until: even.in(2018, 2, 10, d.float(), d), urban: true})
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
