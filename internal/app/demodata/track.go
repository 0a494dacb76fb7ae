package demodata

// kind is a sort of working life.
type kind uint8

// The kinds, in the order in which they take their people: the choosiest first.
const (
	zeroMember   kind = iota // registered unemployed in a 零就业家庭; these people are made for it and draw no lot
	idleGraduate             // left college in the last two years, registered unemployed
	newGraduate              // the same, not registered
	graduate                 // left college and found work in the year
	hardTown                 // hard to employ, registered, found urban work in the year
	hardRural                // hard to employ, found other work in the year
	firstAgain               // registered without having worked before, found urban work in the year
	again                    // lost an urban job, registered, found urban work in the year
	idleFirst                // registered unemployed today without having worked before
	idle                     // registered unemployed today after an urban job
	fresh                    // entered urban work in the year without registering
	poorSeason               // out of poverty, one season away in the year, nothing else
	twoSeasons               // a herder or farmer away for a season in the year and in the next one
	season1                  // a herder or farmer away for a season in the year
	lapsed                   // registered over the end of the year, then left the register without work
	longLapsed               // the same over three ends of years
	leftTown                 // urban work until the year
	leftTownR                // the same with agricultural registration
	townR                    // urban work throughout, agricultural registration
	town                     // urban work throughout
	leftLand                 // farming or herding until the year
	land                     // farming or herding throughout
	outside                  // none of these: not in the labour force as far as departments know
	kindCount
)

// track is a kind in a year of the course with the number of people on it.
type track struct {
	kind   kind
	y      int // index of the year
	n      int
	long   int // of seasons: how many last six months; of graduates: how many registered
	order  shuffle
	number int // of the track, for dice
}

// fit says how readily a class goes on a track of a kind, 0 for never.
var fit = [kindCount]func(c *class, y int) float64{
	idleGraduate: func(c *class, _ int) float64 { return when(c.college && c.low >= 22 && c.high <= 27 && !c.anchor, 1) },
	newGraduate:  func(c *class, _ int) float64 { return when(c.college && c.low >= 22 && c.high <= 27, 1) },
	graduate: func(c *class, y int) float64 {
		return when(c.college && c.low-(yearCount-1-y) >= 22 && c.high-(yearCount-1-y) <= 28, either(c.rural, .7, 1))
	},
	hardTown: func(c *class, y int) float64 {
		return when(c.low >= 28 && c.aged(y, 24, 57) && !c.college, either(c.low >= 40, 1, .25)*either(c.rural, .12, 1))
	},
	hardRural: func(c *class, y int) float64 {
		return when(c.rural && c.aged(y, 22, 57) && !c.college, either(c.low >= 40, 1, .3))
	},
	firstAgain: func(c *class, y int) float64 {
		return when(c.aged(y, 18, 36), either(c.rural, .15, 1)*either(c.college, .5, 1))
	},
	again: func(c *class, y int) float64 {
		return when(c.low >= 28 && c.aged(y, 24, 57), either(c.rural, .15, 1)*either(c.college, .4, 1))
	},
	idleFirst: func(c *class, _ int) float64 {
		return when(c.low >= 18 && c.high <= 34 && (!c.anchor || c.rural), either(c.rural, .25, 1)*either(c.college, .6, 1))
	},
	idle: func(c *class, _ int) float64 {
		return when(c.low >= 28 && c.high <= 59 && (!c.anchor || c.rural), either(c.rural, .15, 1)*either(c.college, .35, 1))
	},
	fresh: func(c *class, y int) float64 {
		return when(c.aged(y, 17, 45), either(c.rural, .35, 1)*either(c.college, .4, 1)*either(c.low-(yearCount-1-y) <= 24, 4, 1)*either(c.female, 1.2, 1))
	},
	poorSeason: func(c *class, y int) float64 { return when(c.rural && c.aged(y, 20, 55) && !c.college, 1) },
	twoSeasons: func(c *class, y int) float64 {
		return when(c.rural && c.low >= 28 && c.aged(y, 22, 54) && !c.college, either(c.female, .5, 1))
	},
	season1: func(c *class, y int) float64 {
		return when(c.rural && c.low >= 28 && c.aged(y, 22, 55), either(c.female, .5, 1)*either(c.college, .3, 1))
	},
	lapsed: func(c *class, y int) float64 {
		return when(c.aged(y, 18, 60), either(c.rural, .15, 1)*either(c.female, 1.5, 1)*either(c.high >= 55, 2, 1)*either(c.college, .5, 1))
	},
	longLapsed: func(c *class, y int) float64 {
		return when(c.low >= 28 && c.high <= 64, either(c.rural, .1, 1)*either(c.female, 1.5, 1)*either(c.high >= 55, 3, 1))
	},
	leftTown:  func(c *class, y int) float64 { return when(!c.rural, leaving(c, y)) },
	leftTownR: func(c *class, y int) float64 { return when(c.rural, leaving(c, y)) },
	townR: func(c *class, _ int) float64 {
		return when(c.rural && c.low >= 26 && c.high <= 59, either(c.college, 3, 1)*either(c.low >= 45, .6, 1))
	},
	town: func(c *class, _ int) float64 {
		return when(!c.rural && c.low >= 26 && c.high <= 59, either(c.female && c.low >= 55, .25, 1)*either(c.college, 1.2, 1))
	},
	leftLand: func(c *class, y int) float64 {
		return when(c.low >= 28 && c.aged(y, 24, 74), either(c.low >= 65, 6, either(c.low >= 55, 2, .5))*either(c.rural, 1, .05))
	},
	land: func(c *class, _ int) float64 {
		return when(c.rural && c.low >= 26 && c.high <= 69, either(c.low >= 60, .35, 1))
	},
	outside: func(c *class, _ int) float64 { return 1 },
}

// leaving says how readily people retire from urban work in a year, or leave it otherwise.
func leaving(c *class, y int) float64 {
	if c.low < 28 || !c.aged(y, 23, 66) {
		return 0
	}
	age := c.low - (yearCount - 1 - y)
	switch {
	case age >= 58, c.female && age >= 48:
		return 8
	case c.female:
		return 1
	}
	return .7
}

func when(ok bool, weight float64) float64 {
	if !ok {
		return 0
	}
	return weight
}

func either(ok bool, yes, no float64) float64 {
	if ok {
		return yes
	}
	return no
}

// loose is where a track takes people when those that fit are too few (in small areas): grown-ups of the same registration.
func loose(k kind, c *class) bool {
	switch k {
	case idleGraduate, newGraduate, graduate:
		return false
	case idle, idleFirst:
		return c.low >= 28 && c.high <= 59 && (!c.anchor || c.rural)
	case hardRural, poorSeason, twoSeasons, season1, leftTownR, townR:
		return c.rural && c.low >= 28 && c.high <= 69
	}
	return !c.rural && c.low >= 28 && c.high <= 64
}
