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
	c.unregister(since, d.between(25, 330), d)
	if worked {
		c.add(stint{since: before, until: calm(c.registered.since - day(d.between(5, 50))), urban: true})
	}
	if !hard {
		c.work(stint{since: since, urban: true}, d, .08, .10)
		return
	}
	c.recognise(since, d)
	c.add(stint{since: since, urban: true, form: of(d, []form{publicPost, publicPost, publicPost, inUnit, inUnit, inUnit, flexible, ownBusiness})})
}
