package gig

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"jiuye/internal/ground/lang"
	"jiuye/internal/register/area/refdata"
)

// Record is how reliable somebody has been: places kept and not come to, or payments in time and overdue.
type Record struct{ Good, Bad int64 }

// why is one reason for or against, in both languages.
type why struct {
	For    bool
	Zh, En string
}

// fit is how well a worker and a job suit each other, with the reasons. Higher is better; it orders lists and is shown to nobody.
type fit struct {
	Score int
	Why   []why
}

// kilometres between two places, by their banners' seats; −1 where one is not known.
func kilometres(a, b string) int64 {
	p, ok := refdata.Seat(a)
	q, ok2 := refdata.Seat(b)
	if !ok || !ok2 {
		return -1
	}
	const rad = math.Pi / 180
	h := math.Pow(math.Sin((q.Lat-p.Lat)*rad/2), 2) + math.Cos(p.Lat*rad)*math.Cos(q.Lat*rad)*math.Pow(math.Sin((q.Lon-p.Lon)*rad/2), 2)
	return int64(math.Round(2 * 6371 * math.Asin(math.Sqrt(h))))
}

// suits compares a worker with a job; false when it is out of the question: another kind, other days, too far, too little.
func suits(w *Worker, j *Job, worker, hirer Record) (fit, bool) {
	km := kilometres(w.Area, j.Area)
	if !w.does(j.Kind) || !w.free(j) || km > w.Km && km > 0 || j.DayFen() < w.Least {
		return fit{}, false
	}
	f := fit{Score: 100, Why: []why{{true, "工种和日期合适", "right kind of work on the right days"}}}
	switch {
	case len(w.Area) >= 9 && len(j.Area) >= 9 && w.Area[:9] == j.Area[:9]:
		f.add(30, true, "就在本苏木乡镇（街道）", "in the same township")
	case km == 0:
		f.add(20, true, "在本旗县（市、区）", "in the same banner")
	case km > 0:
		f.add(-int(km)/10, false, fmt.Sprintf("两地相距约 %d 公里", km), fmt.Sprintf("about %d km away", km))
	}
	switch {
	case w.Least > 0 && j.DayFen() >= w.Least*115/100:
		f.add(15, true, fmt.Sprintf("每天 %s 元，高于期望", lang.Fen(j.DayFen())), fmt.Sprintf("%s yuan a day, more than asked", lang.Fen(j.DayFen())))
	case w.Least > 0:
		f.add(5, true, fmt.Sprintf("每天 %s 元，达到期望", lang.Fen(j.DayFen())), fmt.Sprintf("%s yuan a day, as asked", lang.Fen(j.DayFen())))
	}
	f.kept(worker, "按约到岗 %d 次", "came as agreed %d times", "有 %d 次没有到岗", "did not come %d times")
	f.kept(hirer, "用工方按时付清 %d 次", "the hirer paid in time %d times", "用工方有 %d 笔逾期未付", "the hirer has %d payments overdue")
	return f, true
}

func (f *fit) add(points int, good bool, zh, en string) {
	f.Score += points
	f.Why = append(f.Why, why{good, zh, en})
}

func (f *fit) kept(r Record, goodZh, goodEn, badZh, badEn string) {
	if r.Good > 0 {
		f.add(int(min(r.Good, 10)), true, fmt.Sprintf(goodZh, r.Good), fmt.Sprintf(goodEn, r.Good))
	}
	if r.Bad > 0 {
		f.add(-int(min(r.Bad, 5)*15), false, fmt.Sprintf(badZh, r.Bad), fmt.Sprintf(badEn, r.Bad))
	}
}

// fitting is a worker or a job with its fit.
type fitting[T any] struct {
	Of T
	fit
}

// best puts the best in front; who fits alike keeps the order.
func best[T any](list []fitting[T], most int) []fitting[T] {
	slices.SortStableFunc(list, func(a, b fitting[T]) int { return cmp.Compare(b.Score, a.Score) })
	return list[:min(len(list), most)]
}
