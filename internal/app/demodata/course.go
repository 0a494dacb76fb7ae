package demodata

import "math"

// The course covers these years; the last one ends with the data, on 31 August.
const (
	firstYear = 2019
	lastYear  = 2025
	yearCount = lastYear - firstYear + 1
)

// yearly holds one number for each year from 2019 on.
type yearly [yearCount]int

// course is what the indicators come to, for the 262,361 people of the printed league.
//
// 2020 is the printed column of box 2 in document 001. The sums or last values of 2021 to August 2025 are the demo's
// made-up course in docs/architecture.md; 2019 and the spread over the years are made up here.
type course struct {
	newUrban, reemployed, hardPlaced yearly
	graduates                        yearly
	transfers, transfers6m           yearly
	outOfPoverty                     yearly
	highSkill                        yearly // on the last day
	trained, trainedRural            yearly
	unemployed                       yearly             // registered on the last day; nobody prints it, it sets the size of everything
	unemployedShare                  [yearCount]float64 // of these and the people in urban work
	urbanShare                       [yearCount]float64
	surveyed                         [yearCount]float64
	pension                          [yearCount]float64
	answers                          yearly // urban survey answers of people in the labour force
}

const printedPeople = 262361

var printed = course{
	newUrban:        yearly{6810, 6922, 2900, 2500, 2700, 2600, 1586},
	reemployed:      yearly{2655, 2718, 680, 590, 640, 610, 351},
	hardPlaced:      yearly{1420, 1453, 380, 330, 350, 345, 197},
	graduates:       yearly{1260, 1314, 1090, 1120, 1150, 1180, 674},
	transfers:       yearly{2980, 3028, 3050, 3020, 3110, 3160, 2050},
	transfers6m:     yearly{2610, 2656, 2150, 2080, 2120, 2110, 581},
	outOfPoverty:    yearly{428, 431, 425, 423, 420, 419, 415},
	highSkill:       yearly{8710, 8925, 9190, 9460, 9730, 10010, 10268},
	trained:         yearly{2390, 2473, 1900, 1750, 1800, 1700, 977},
	trainedRural:    yearly{205, 220, 200, 205, 210, 210, 106},
	unemployed:      yearly{2740, 2780, 2800, 2830, 2850, 2880, 2900},
	unemployedShare: [yearCount]float64{.0325, .0329, .0331, .0336, .0338, .0340, .0342},
	urbanShare:      [yearCount]float64{.593, .601, .609, .616, .624, .632, .639},
	surveyed:        [yearCount]float64{.061, .063, .061, .062, .060, .059, .058},
	pension:         [yearCount]float64{.989, .990, .986, .982, .978, .975, .972},
	answers:         yearly{4000, 4000, 4000, 4000, 4000, 4000, 3000},
}

// courseOf scales the printed course to a number of people, half up.
func courseOf(people int) course {
	c := printed
	scale := float64(people) / printedPeople
	for _, y := range []*yearly{&c.newUrban, &c.reemployed, &c.hardPlaced, &c.graduates, &c.transfers, &c.transfers6m, &c.outOfPoverty,
		&c.highSkill, &c.trained, &c.trainedRural, &c.unemployed} {
		for i := range y {
			y[i] = round(float64(y[i]) * scale)
		}
	}
	for i := range c.answers { // a small league still asks enough people for a rate
		c.answers[i] = min(max(round(float64(c.answers[i])*scale/1000)*1000, 1000), people/10)
	}
	return c
}

// urban and rural are how many people are in an urban spell, and in another one only, on a year's last day.
func (c *course) urban(y int) int {
	return round(float64(c.unemployed[y]) * (1 - c.unemployedShare[y]) / c.unemployedShare[y])
}

func (c *course) rural(y int) int {
	return round(float64(c.urban(y)) * (1 - c.urbanShare[y]) / c.urbanShare[y])
}

func round(x float64) int { return int(math.Floor(x + .5)) }

// ends are the days on which stocks are counted.
func ends(asOf day) (e [yearCount]day) {
	for y := range e {
		e[y] = on(firstYear+y, 12, 31)
	}
	e[yearCount-1] = asOf
	return e
}
