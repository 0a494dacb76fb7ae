package rank

import "math"

// The weights of the chance of being hired, in hundredths of log odds. They are assumptions, stated here and in
// docs/jobs.md, ordered by what studies of placement find to matter; the log of what was shown and what became of it is
// there to replace them by estimates.
const (
	base    = -330 // a stranger's chance at unrelated work, fresh, next door: about one in forty
	willing = 40   // looks for work and has said so

	rankDiscount = 15  // for each place further down a list of wishes
	wishless     = -60 // no wish is known: evidence counts twice instead

	moveScale = 40 // for each natural log of how much more often than by chance people move there
	moveMost  = 80

	inTownship   = 40
	inBanner     = 80
	placeUnknown = -60

	payMissing = -4   // for each per cent of the wished pay that is missing
	payLeast   = -200 // half of it or more
	payUnsaid  = -40

	schoolShort = -150 // one step less than asked for; two are barred
	schoolOver  = -25  // each step above the one next to what is asked for
	schoolLeast = -75

	experienceEnough = 30
	experienceShort  = -4 // for each missing month
	experienceLeast  = -144

	skillEach  = 30
	skillsMost = 3
	invited    = 40
)

// Points by the level of the lowest common class: none, large, middle, small, the occupation itself.
type byLevel [5]int16

var (
	wishPoints      = byLevel{-120, -40, 60, 140, 220}
	certifiedPoints = byLevel{0, 0, 30, 75, 120}
	trainedPoints   = byLevel{0, 0, 25, 65, 100}
	pastPoints      = byLevel{0, 0, 25, 60, 90}
)

// step is points up to a limit, included.
type step struct{ to, points int }

func stairs(list []step, x int) int {
	for _, s := range list {
		if x <= s.to {
			return s.points
		}
	}
	return list[len(list)-1].points
}

var (
	// freshness by days since the vacancy was posted or confirmed
	freshness = []step{{7, 30}, {14, 15}, {30, 0}, {60, -40}, {90, -80}, {math.MaxInt, -140}}
	// crowding by applicants for ten openings
	crowding = []step{{0, 20}, {10, 0}, {30, -30}, {60, -60}, {100, -90}, {math.MaxInt, -130}}
)

// farther is the points for kilometres between the banners' seats: what people travel each day, then what makes them move.
func farther(km int) int {
	switch {
	case km <= 60:
		return 60 - km/2
	case km <= 400:
		return 30 - (km-60)/2
	}
	return max(-200, -140-(km-400)/10)
}

// The parts of the benefit; together they are 1,000.
const (
	benefitWork   = 300 // to have work at all
	benefitPay    = 350 // half of it for the pay one wishes for, all of it for half as much again, none for half
	benefitUnsaid = 87  // pay not stated: as a quarter below the wish
	benefitSkill  = 40  // for each new skill of related work, three at most
	usualPay      = 400000
)

var (
	// stability by the contract's months; 0 is not said
	stability = []step{{0, 30}, {2, 0}, {5, 20}, {11, 40}, {23, 70}, {35, 100}, {998, 120}, {math.MaxInt, 150}}
	// timeBenefit by kind of working time; not said is as flexible
	timeBenefit = map[Hours]int{Full: 80, Shift: 80, Flexible: 60, 0: 60, Season: 30, Part: 30, Intern: 30, Day: 10}
)

// chanceMost is certainty.
const chanceMost = 65535

const lowest, highest = -1600, 600

// chances is the logistic function of points, so that a comparison needs no exponential.
var chances = func() (table [highest - lowest + 1]int32) {
	for i := range table {
		table[i] = int32(math.Round(chanceMost / (1 + math.Exp(-float64(i+lowest)/100))))
	}
	return table
}()

func chance(points int) int32 { return chances[max(lowest, min(highest, points))-lowest] }
