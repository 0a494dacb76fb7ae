package rule

// turning tells on which days after on and not after until a formula may come out otherwise by time alone, for one subject.
// ok is false where any day may be the one.
func (f *formula) turning(s *scene, d *Dictionary, until Day, add func(Day)) (ok bool) {
	switch {
	case !f.timely(d):
		return true
	case f.act == actField:
		from, known := s.facts.Field(d.since[f.field])
		if known {
			months(Day(from.n), s.on, until, add)
		}
		return true
	case f.act == actNamed:
		return f.named.body.turning(s.root, d, until, add)
	case f.act == actParameter:
		for i := range f.param.Rows {
			add(f.param.Rows[i].From)
			add(f.param.Rows[i].To + 1)
		}
	case f.act == actCall && (f.call.words[0] == "相隔月数" || f.call.words[0] == "相隔年数"):
		return f.since(s, d, until, add)
	case f.act == actCall && (f.call.words[0] == "年份" || f.call.words[0] == "月份") && f.kids[0].act == actToday:
		for day := s.on; day <= until; day = day.AddMonths(1) {
			y, m, _ := day.parts()
			add(civil(y, m, 1).AddMonths(1))
		}
		return true
	case (f.act == actCompare || f.act == actBetween) && f.kids[0].shape == dateShape:
		return f.crossing(s, d, add)
	case f.act == actToday, f.act == actList:
		return false
	}
	for _, kid := range f.kids {
		if !kid.turning(s, d, until, add) {
			return false
		}
	}
	return true
}

// months are the days on which whole months from a day are over.
func months(from, on, until Day, add func(Day)) {
	for k := from.Months(on) + 1; ; k++ {
		day := from.AddMonths(k)
		if day > until {
			return
		}
		add(day)
	}
}

// since is turning of the months or years between a day and today.
func (f *formula) since(s *scene, d *Dictionary, until Day, add func(Day)) bool {
	a, b := f.kids[0], f.kids[1]
	switch {
	case b.act == actToday && !a.timely(d):
		if from := a.calc(s); from.known {
			months(Day(from.n), s.on, until, add)
		}
		return true
	case a.act == actToday && !b.timely(d):
		to := b.calc(s)
		for k := 0; to.known && Day(to.n).AddMonths(-k) > s.on-spare; k++ {
			around(Day(to.n).AddMonths(-k), add)
		}
		return true
	}
	return false
}

// crossing is turning of a comparison of today, moved or not, with days that stand.
func (f *formula) crossing(s *scene, d *Dictionary, add func(Day)) bool {
	for _, kid := range f.kids {
		now := kid.act == actToday || kid.act == actMove && kid.kids[0].act == actToday
		if !now && kid.timely(d) {
			return false
		}
		for _, other := range f.kids {
			if !now || other.timely(d) {
				continue
			}
			if r := other.calc(s); r.known {
				around(Day(r.n-int64(kid.days)).AddMonths(-kid.months), add)
			}
		}
	}
	return true
}

// spare are the days by which months of unequal length may move a turn.
const spare = 4

func around(day Day, add func(Day)) {
	for k := Day(-spare); k <= spare; k++ {
		add(day + k)
	}
}
