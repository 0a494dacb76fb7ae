package rule

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// schedule is how an amount is paid over months (发放): from a day to a day, at most so long, less after some months.
type schedule struct {
	from, to *formula // days; to may be nil: as long as longest
	longest  int      // months; 0: no limit
	partly   bool     // a month that has only begun counts too
	stages   []stageOf

	fromText, toText string // as they are written
}

// stageOf is what a month is worth from the n-th month on.
type stageOf struct {
	after  int // whole months that have gone by
	amount *formula
	text   string // as it is written
}

// Payment is what falls into one calendar year.
type Payment struct {
	Year   int
	Months int
	Fen    int64
}

// Month is what falls into one month of a schedule, counted from its first day.
type Month struct {
	From Day
	Fen  int64
}

// Scheduled says whether the policy pays by month (发放).
func (p *Policy) Scheduled() bool { return p.schedule != nil }

// Months is the schedule (发放) of what the policy pays somebody, month by month; none without a schedule. known is false
// where facts or parameters are missing; why then says so.
func (p *Policy) Months(facts Source, on Day) (list []Month, known bool, why string) {
	if p.schedule == nil {
		return nil, true, ""
	}
	s := stage(facts, on)
	from, to := p.schedule.from.calc(s), result{known: true}
	if p.schedule.to != nil {
		to = p.schedule.to.calc(s)
	}
	if !from.known || !to.known {
		ids, fail := p.schedule.missing(s)
		why, _ = unable(p.dict, ids, fail, "发放")
		return nil, false, why
	}
	months := p.schedule.longest
	if p.schedule.to != nil {
		n := Day(from.n).Months(Day(to.n) + 1) // the last day counts
		if p.schedule.partly && Day(from.n) <= Day(to.n) && Day(from.n).AddMonths(n) <= Day(to.n) {
			n++
		}
		if months == 0 || n < months {
			months = n
		}
	}
	for k := range months {
		fen, known, why := p.priced(p.schedule.worth(p.amount, k), s)
		if !known {
			return nil, false, why
		}
		list = append(list, Month{Day(from.n).AddMonths(k), fen})
	}
	return list, true, ""
}

// Payments splits what the policy pays somebody by calendar year. Without a schedule (发放) it is one payment in the year
// of the day. known is false where facts or parameters are missing; why then says so.
func (p *Policy) Payments(facts Source, on Day) (list []Payment, known bool, why string) {
	if p.schedule == nil {
		fen, known, why := p.AmountFor(facts, on)
		return []Payment{{Year: on.Time().Year(), Fen: fen}}, known, why
	}
	months, known, why := p.Months(facts, on)
	for _, m := range months {
		year := m.From.Time().Year()
		if n := len(list); n == 0 || list[n-1].Year != year {
			list = append(list, Payment{Year: year})
		}
		last := &list[len(list)-1]
		last.Months++
		last.Fen += m.Fen
	}
	return list, known, why
}

// Lacks are the fields that the amount and its schedule need and that facts do not know, each once.
func (p *Policy) Lacks(facts Source, on Day) (ids []int) {
	s := stage(facts, on)
	if p.schedule != nil {
		ids, _ = p.schedule.missing(s)
	}
	for _, f := range []*formula{p.amount, p.atMost, p.atLeast} {
		if f != nil && !f.calc(s).known {
			ids, _ = f.missing(s, ids)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// missing are the fields that the days of a schedule lack.
func (s *schedule) missing(at *scene) (ids []int, fail failure) {
	ids, fail = s.from.missing(at, nil)
	if s.to != nil {
		var worse failure
		ids, worse = s.to.missing(at, ids)
		fail = max(fail, worse)
	}
	return ids, fail
}

// worth is the formula of the k-th month's amount, counted from 0.
func (s *schedule) worth(amount *formula, k int) *formula {
	for i := range s.stages {
		if k >= s.stages[i].after {
			amount = s.stages[i].amount
		}
	}
	return amount
}

// payments reads 发放.
func (l *loader) payments(at *yaml.Node) {
	s := &schedule{}
	l.p.schedule = s
	l.mapping(at, []key{
		{"每", "each", func(l *loader, at *yaml.Node) {
			if v := strings.ToLower(strings.TrimSpace(at.Value)); v != "月" && v != "month" {
				l.fail(at, 0, "发放目前只能按月，一次性的不用写发放")
			}
		}},
		{"从", "from", func(l *loader, at *yaml.Node) { s.from, s.fromText = l.dayOf(at), half(strings.TrimSpace(at.Value)) }},
		{"到", "to", func(l *loader, at *yaml.Node) { s.to, s.toText = l.dayOf(at), half(strings.TrimSpace(at.Value)) }},
		{"最长", "longest", func(l *loader, at *yaml.Node) { s.longest = l.months(at) }},
		{"不满一月", "part_month", func(l *loader, at *yaml.Node) {
			switch v := strings.TrimSpace(at.Value); v {
			case "计", "counts":
				s.partly = true
			case "不计", "dropped":
			default:
				l.fail(at, 0, "不满一月应写计或不计，您写的是“%s”", v)
			}
		}},
		{"阶段", "stages", func(l *loader, at *yaml.Node) {
			for _, item := range at.Content {
				var one stageOf
				l.mapping(item, []key{
					{"满", "after", func(l *loader, at *yaml.Node) { one.after = l.months(at) }},
					{"金额", "amount", func(l *loader, at *yaml.Node) {
						held := l.p.amount
						paid(func(p *Policy) **formula { return &p.amount })(l, at)
						one.amount, l.p.amount, one.text = l.p.amount, held, strings.TrimSpace(at.Value)
					}},
				})
				if n := len(s.stages); one.amount == nil || one.after == 0 || n > 0 && one.after <= s.stages[n-1].after {
					l.fail(item, 0, "阶段应写成 {满: 12 个月, 金额: …}，月数一个比一个大")
					continue
				}
				s.stages = append(s.stages, one)
			}
		}},
	})
	if s.from == nil || s.to == nil && s.longest == 0 {
		l.fail(at, 0, "发放要写“从”（哪一天起），并写“到”或“最长”")
	}
}

func (l *loader) dayOf(at *yaml.Node) *formula {
	f := l.formula(at)
	if f != nil && f.taken(dateShape) != dateShape {
		l.fail(at, 0, "这里应是日期，算出来的是%s", shapeNames[f.shape])
		return nil
	}
	return f
}

// months reads a span of whole months.
func (l *loader) months(at *yaml.Node) int {
	made := newReader(l.p.dict, at.Value)
	r := &made
	months, days, err := r.span()
	if err != "" || days != 0 || months <= 0 || r.rest() != "" {
		l.fail(at, 0, "这里应写月数，如 36 个月、3 年，您写的是“%s”", at.Value)
		return 0
	}
	return months
}
