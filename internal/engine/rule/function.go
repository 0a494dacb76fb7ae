package rule

// function is something that formulas may call.
type function struct {
	words   []string // names, Chinese first
	takes   []shape  // the shapes of its arguments; the last one may be given again where more is set
	least   int      // arguments at least
	more    bool     // any number of the last
	gives   shape
	same    bool // gives what its last argument is
	calc    func(f *formula, s *scene) result
	example string
}

var functions = []*function{
	{words: []string{"最小值", "较小者", "最小", "min"}, takes: []shape{numberShape}, least: 1, more: true, gives: numberShape, calc: extreme(false), example: "最小值(工资, 5000)"},
	{words: []string{"最大值", "较大者", "最大", "max"}, takes: []shape{numberShape}, least: 1, more: true, gives: numberShape, calc: extreme(true), example: "最大值(工资 - 3000, 0)"},
	{words: []string{"最早", "较早的", "earliest"}, takes: []shape{dateShape}, least: 2, more: true, gives: dateShape, calc: extreme(false), example: "最早(见习期满日期, 今天)"},
	{words: []string{"最晚", "较晚的", "latest"}, takes: []shape{dateShape}, least: 2, more: true, gives: dateShape, calc: extreme(true), example: "最晚(见习开始日期, 2025-01-01)"},
	{words: []string{"四舍五入", "round"}, takes: []shape{numberShape, numberShape}, least: 1, gives: numberShape, calc: rounding(HalfUp), example: "四舍五入(工资 / 3, 2)"},
	{words: []string{"向下取整", "舍去", "floor"}, takes: []shape{numberShape, numberShape}, least: 1, gives: numberShape, calc: rounding(Down), example: "向下取整(工资)"},
	{words: []string{"向上取整", "进一", "ceil"}, takes: []shape{numberShape, numberShape}, least: 1, gives: numberShape, calc: rounding(Up), example: "向上取整(人数 / 2)"},
	{words: []string{"绝对值", "abs"}, takes: []shape{numberShape}, least: 1, gives: numberShape, calc: absolute, example: "绝对值(收入 - 支出)"},
	ifFunction,
	{words: []string{"缺省", "default"}, takes: []shape{numberShape, numberShape}, least: 2, gives: numberShape, same: true, calc: fallback, example: "缺省(赡养人数, 0)"},
	{words: []string{"有数据", "known"}, takes: []shape{numberShape}, least: 1, gives: truthShape, calc: isKnown, example: "有数据(毕业日期)"},
	{words: []string{"相隔月数", "months"}, takes: []shape{dateShape, dateShape}, least: 2, gives: numberShape, calc: apart(1), example: "相隔月数(参保日期, 今天)"},
	{words: []string{"相隔年数", "周岁", "years"}, takes: []shape{dateShape, dateShape}, least: 2, gives: numberShape, calc: apart(12), example: "相隔年数(出生日期, 今天)"},
	{words: []string{"相隔天数", "days"}, takes: []shape{dateShape, dateShape}, least: 2, gives: numberShape, calc: daysApart, example: "相隔天数(申请日期, 今天)"},
	{words: []string{"年份", "year"}, takes: []shape{dateShape}, least: 1, gives: numberShape, calc: dateTo(func(y, _, _ int64) int64 { return y }), example: "年份(发证日期)"},
	{words: []string{"月份", "month"}, takes: []shape{dateShape}, least: 1, gives: numberShape, calc: dateTo(func(_, m, _ int64) int64 { return m }), example: "月份(今天)"},
	{words: []string{"加月", "addmonths"}, takes: []shape{dateShape, numberShape}, least: 2, gives: dateShape, calc: moved(true), example: "加月(见习开始, 见习月数)"},
	{words: []string{"加天", "adddays"}, takes: []shape{dateShape, numberShape}, least: 2, gives: dateShape, calc: moved(false), example: "加天(公示开始, 5)"},
	{words: []string{"年末", "yearend"}, takes: []shape{dateShape}, least: 1, gives: dateShape, calc: dayIn(func(y, _ int64) Day { return civil(y, 12, 31) }), example: "年末(今天)"},
	{words: []string{"年初", "yearstart"}, takes: []shape{dateShape}, least: 1, gives: dateShape, calc: dayIn(func(y, _ int64) Day { return civil(y, 1, 1) }), example: "年初(今天)"},
	{words: []string{"月初", "monthstart"}, takes: []shape{dateShape}, least: 1, gives: dateShape, calc: dayIn(func(y, m int64) Day { return civil(y, m, 1) }), example: "月初(今天)"},
	{words: []string{"月末", "monthend"}, takes: []shape{dateShape}, least: 1, gives: dateShape, calc: dayIn(func(y, m int64) Day { return civil(y, m, daysIn(y, m)) }), example: "月末(今天)"},
	{words: []string{"日期", "date"}, takes: []shape{numberShape, numberShape, numberShape}, least: 3, gives: dateShape, calc: dateFrom, example: "日期(年份(今天), 9, 1)"},
	{words: []string{"超额累进", "tiers"}, takes: []shape{numberShape}, least: 3, more: true, gives: numberShape, calc: tiers, example: "超额累进(收入, 0, 3%, 36000, 10%)"},
	{words: []string{"分档", "steps"}, takes: []shape{numberShape}, least: 3, more: true, gives: numberShape, calc: brackets, example: "分档(人数, 1, 500, 3, 800)"},
}

var ifFunction = &function{words: []string{"如果", "若", "if"}, takes: []shape{truthShape, numberShape, numberShape}, least: 3, gives: numberShape, same: true, calc: choose, example: "若(残疾等级 <= 2, 500, 300)"}

func extreme(greatest bool) func(*formula, *scene) result {
	return func(f *formula, s *scene) result {
		var best result
		for i, kid := range f.kids {
			r := kid.calc(s)
			if !r.known {
				return r
			}
			if i == 0 || (r.n > best.n) == greatest && r.n != best.n {
				best = r
			}
		}
		return best
	}
}

// rounding rounds to whole units, or to the decimals that the second argument says.
func rounding(how Rounding) func(*formula, *scene) result {
	return func(f *formula, s *scene) result {
		r := f.kids[0].calc(s)
		if !r.known {
			return r
		}
		step := int64(micro)
		if len(f.kids) > 1 {
			d := f.kids[1].calc(s)
			if !d.known {
				return d
			}
			for k := int64(0); k < min(d.n/micro, 6); k++ {
				step /= 10
			}
			for k := d.n / micro; k < 0 && step < 1e15; k++ {
				step *= 10
			}
		}
		return unless(round(r.n, step, how))
	}
}

func absolute(f *formula, s *scene) result {
	r := f.kids[0].calc(s)
	r.n = abs(r.n)
	return r
}

// choose is an if: where the condition is unknown the value is too, unless both ways give the same.
func choose(f *formula, s *scene) result {
	when := f.kids[0].calc(s)
	switch {
	case when.known && when.n != 0:
		return f.kids[1].calc(s)
	case when.known:
		return f.kids[2].calc(s)
	}
	if a, b := f.kids[1].calc(s), f.kids[2].calc(s); a.known && a == b {
		return a
	}
	return when
}

func fallback(f *formula, s *scene) result {
	if r := f.kids[0].calc(s); r.known || r.fail != fine {
		return r
	}
	return f.kids[1].calc(s)
}

func isKnown(f *formula, s *scene) result { return yes(f.kids[0].calc(s).known) }

func pair(f *formula, s *scene, with func(a, b int64) result) result {
	a := f.kids[0].calc(s)
	if !a.known {
		return a
	}
	b := f.kids[1].calc(s)
	if !b.known {
		return b
	}
	return with(a.n, b.n)
}

// apart counts whole months or years from the first day to the second, 0 when it lies before.
func apart(months int64) func(*formula, *scene) result {
	return func(f *formula, s *scene) result {
		return pair(f, s, func(a, b int64) result { return known(int64(Day(a).Months(Day(b))) / months * micro) })
	}
}

func daysApart(f *formula, s *scene) result {
	return pair(f, s, func(a, b int64) result { return unless(scaled(b-a, micro, 1)) })
}

func dateTo(part func(y, m, d int64) int64) func(*formula, *scene) result {
	return func(f *formula, s *scene) result {
		r := f.kids[0].calc(s)
		if r.known {
			r.n = part(Day(r.n).parts()) * micro
		}
		return r
	}
}

// furthest is how many months or days a date may be moved by.
const furthest = longest * 31

func moved(byMonths bool) func(*formula, *scene) result {
	return func(f *formula, s *scene) result {
		return pair(f, s, func(day, n int64) result {
			n /= micro
			switch {
			case abs(n) > furthest:
				return result{fail: tooLarge}
			case byMonths:
				return known(int64(Day(day).AddMonths(int(n))))
			}
			return known(day + n)
		})
	}
}

func dayIn(of func(y, m int64) Day) func(*formula, *scene) result {
	return func(f *formula, s *scene) result {
		r := f.kids[0].calc(s)
		if r.known {
			y, m, _ := Day(r.n).parts()
			r.n = int64(of(y, m))
		}
		return r
	}
}

// dateFrom is the day of a year, month and day; beyond a month's end its last day.
func dateFrom(f *formula, s *scene) result {
	var part [3]int64
	for i, kid := range f.kids[:3] {
		r := kid.calc(s)
		if !r.known {
			return r
		}
		part[i] = r.n / micro
	}
	if part[0] < 1 || part[0] > 9999 || part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > 31 {
		return result{fail: noDay}
	}
	return known(int64(civil(part[0], part[1], min(part[2], daysIn(part[0], part[1])))))
}

// numbers are the values of all arguments.
func (f *formula) numbers(s *scene) ([]int64, result) {
	list := make([]int64, len(f.kids))
	for i, kid := range f.kids {
		r := kid.calc(s)
		if !r.known {
			return nil, r
		}
		list[i] = r.n
	}
	return list, known(0)
}

// tiers takes of what lies above each threshold, up to the next, the share behind it: an income tax.
func tiers(f *formula, s *scene) result {
	list, r := f.numbers(s)
	for i := 1; r.known && i+1 < len(list); i += 2 {
		top := list[0]
		if i+2 < len(list) {
			top = min(top, list[i+2])
		}
		if top <= list[i] {
			break
		}
		part, fail := multiply(top-list[i], list[i+1])
		if fail == fine {
			r.n, fail = add(r.n, part)
		}
		r = unless(r.n, fail)
	}
	return r
}

// brackets is the value behind the last threshold that is reached; below the first it is 0.
func brackets(f *formula, s *scene) result {
	list, r := f.numbers(s)
	for i := 1; r.known && i+1 < len(list) && list[0] >= list[i]; i += 2 {
		r.n = list[i+1]
	}
	return r
}
