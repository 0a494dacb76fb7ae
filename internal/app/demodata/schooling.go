package demodata

// levels are the codes of person.Educations that the rows below stand for.
var levels = [8]int16{10, 20, 30, 40, 60, 70, 80, 90}

// schools is how far people of a cohort came, in per cent of levels, with and without agricultural registration.
var schools = []struct {
	until       int // last year of birth
	town, rural []float64
}{
	{1944, []float64{0, 1, 2, 2, 5, 20, 45, 25}, []float64{0, 0, 0, 1, 2, 14, 48, 35}},
	{1954, []float64{0, 1, 3, 4, 10, 38, 38, 6}, []float64{0, 0, .5, 1, 4, 31, 50, 13.5}},
	{1966, []float64{0, 1.5, 4, 5, 11, 46, 29, 3.5}, []float64{0, .2, .6, 1, 4, 40, 47, 7.2}},
	{1974, []float64{.2, 4, 7.5, 7, 11, 50, 19, 1.3}, []float64{0, .5, 1.5, 3, 5, 55, 31.5, 3.5}},
	{1984, []float64{.8, 9.5, 13, 11, 12, 44, 9, .7}, []float64{.1, 2, 4, 6, 7, 60, 19.5, 1.4}},
	{1994, []float64{2, 20, 22, 13, 11, 28.5, 3.2, .3}, []float64{.4, 7, 12, 12, 10, 51, 7.2, .4}},
	{2009, []float64{2, 29, 29, 14, 11, 14.4, .5, .1}, []float64{.8, 18, 25, 19, 12, 24, 1.1, .1}},
}

// schooling draws the highest level completed and whether somebody still studies.
func schooling(d *dice, born, age int, rural bool) (level int16, student bool) {
	switch {
	case age < 6:
		return 90, false
	case age < 12:
		return 80, true
	case age < 16:
		return 70, true
	case age < 19 && d.chance(.93): // in a senior or a vocational school
		return of(d, []int16{70, 60, 60, 40}), true
	case age < 19:
		return of(d, []int16{70, 70, 40}), false
	case age < 22 && d.chance(.62): // in college
		return of(d, []int16{60, 60, 60, 40}), true
	case age < 22:
		return of(d, []int16{70, 70, 60, 40, 40, 30}), false
	}
	for _, s := range schools {
		if born <= s.until {
			row := s.town
			if rural {
				row = s.rural
			}
			level = levels[d.weighted(row)]
			break
		}
	}
	switch {
	case age < 25 && level <= 20 && d.chance(.3), age < 28 && level == 10 && d.chance(.4):
		student = true
	}
	return level, student
}

// college says whether a level is that of a college.
func college(level int16) bool { return level > 0 && level <= 30 }
