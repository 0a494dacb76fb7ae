package analysis

import (
	"context"
	"math"

	"jiuye/internal/engine/series"
	"jiuye/internal/ground/db"
)

// Outlook is what is expected of a quarter, and how wrong the same way of saying it was in the past.
type Outlook struct {
	Area, Occupation string
	Made             Month // last month known
	Quarter          Month // last month of the quarter
	Measure          int
	Mean, Low, High  int64
	Tested           int   // past quarters it was tried on
	Off              int64 // mean error in ten-thousandths of what came; -1: not known
	Inside           int64 // share of what came that lay between Low and High, ten-thousandths
	Said             []Said
}

// Said is an expectation of the past beside what came.
type Said struct {
	Quarter               Month
	Mean, Low, High, Came int64
}

const (
	shortest = 8  // whole quarters that must be known before anything is said
	trials   = 8  // past quarters that it is tried on
	least    = 20 // people a quarter, in the last year's mean, below which nothing is said
)

// tellable are the measures of which something is said.
var tellable = []int{Demand, Supply, Hired}

// quarters is a measure by quarter: what was known after its first, second and third month.
type quarters struct {
	first Month // last month of the first quarter
	known [][3]float64
	in    int // months known of the last one
}

// quartersOf puts an occupation's months together, from the first whole quarter on.
func quartersOf(rows map[Month]Row, from, to Month, what int) (q quarters) {
	if from != from.begins() {
		from = from.ends() + 1
	}
	q.first, q.in = from.ends(), to.in()
	for m := from; m <= to; m++ {
		if m == m.begins() {
			q.known = append(q.known, [3]float64{})
		}
		row := rows[m]
		q.known[len(q.known)-1][m.in()-1] = float64(row.InQuarter[what])
	}
	return q
}

// estimate is a value with its 80 % interval.
type estimate struct{ mean, low, high float64 }

// now says what the last quarter will be at its end, from what was known of earlier quarters after as many months, and of this one.
func now(known [][3]float64, in int) (estimate, error) {
	n := len(known) - 1
	so := known[n][in-1]
	if in == 3 {
		return estimate{so, so, so}, nil
	}
	var ratios []float64
	for i := max(0, n-trials); i < n; i++ {
		if known[i][in-1] > 0 {
			ratios = append(ratios, known[i][2]/known[i][in-1])
		}
	}
	if len(ratios) < 4 || so == 0 {
		m, err := series.Best(whole(known[:n]), 4, trials)
		if err != nil {
			return estimate{}, err
		}
		lo, hi := m.Interval(1, series.Level)
		return estimate{max(m.Mean(1)[0], so), max(lo[0], so), max(hi[0], so)}, nil
	}
	var sum, square float64
	for _, r := range ratios {
		sum += r
		square += r * r
	}
	k := float64(len(ratios))
	mean := sum / k
	half := 1.4 * math.Sqrt(max(0, square/k-mean*mean)*k/(k-1)*(1+1/k)) // 1.4: Student's t, 80 %, seven degrees of freedom
	return estimate{so * mean, max(so, so*(mean-half)), so * (mean + half)}, nil
}

// next says what the quarter behind the last one will be.
func next(known [][3]float64, in int) (estimate, error) {
	this, err := now(known, in)
	if err != nil {
		return this, err
	}
	y := append(whole(known[:len(known)-1]), this.mean)
	m, err := series.Best(y, 4, trials)
	if err != nil {
		return this, err
	}
	lo, hi := m.Interval(1, series.Level)
	return estimate{m.Mean(1)[0], lo[0], hi[0]}, nil
}

// whole is the series of whole quarters.
func whole(known [][3]float64) []float64 {
	out := make([]float64, len(known))
	for i := range known {
		out[i] = known[i][2]
	}
	return out
}

// outlook says what is expected of the last quarter (ahead 0) or the one behind it (1), and what the same way of saying would
// have said in the past quarters. ok is false where too little is known.
func (q *quarters) outlook(ahead int) (o Outlook, ok bool, err error) {
	n := len(q.known)
	done := n
	if q.in < 3 {
		done--
	}
	if done < shortest {
		return o, false, nil
	}
	var year float64
	for _, k := range q.known[done-4 : done] {
		year += k[2] / 4
	}
	if year < least {
		return o, false, nil
	}
	say := now
	if ahead == 1 {
		say = next
	}
	e, err := say(q.known, q.in)
	if err != nil {
		return o, false, err
	}
	o = Outlook{Quarter: q.first + Month(3*(n-1+ahead)), Mean: round(e.mean), Low: round(e.low), High: round(e.high), Off: -1}
	var off float64
	var compared, inside int
	for t := max(shortest-1, done-trials-ahead); t+ahead < done; t++ { // t is the last quarter that was then begun
		then := append([][3]float64(nil), q.known[:t+1]...)
		e, err := say(then, q.in)
		if err != nil {
			return o, false, err
		}
		s := Said{Quarter: q.first + Month(3*(t+ahead)), Mean: round(e.mean), Low: round(e.low), High: round(e.high), Came: round(q.known[t+ahead][2])}
		o.Said = append(o.Said, s)
		if s.Came > 0 {
			off += math.Abs(float64(s.Mean-s.Came)) / float64(s.Came)
			compared++
		}
		if s.Low <= s.Came && s.Came <= s.High {
			inside++
		}
	}
	if o.Tested = len(o.Said); compared > 0 {
		o.Off = int64(math.Round(off / float64(compared) * 10000))
	}
	if o.Tested > 0 {
		o.Inside = int64(math.Round(float64(inside) / float64(o.Tested) * 10000))
	}
	return o, true, nil
}

func round(v float64) int64 { return int64(math.Round(v)) }

// knownFrom is the first month of which a measure is known.
func knownFrom(what int, first, vacancies Month) Month {
	if what <= Posted {
		return max(vacancies, first)
	}
	return first
}

// expect says what is to be expected of this quarter and the next, for leagues and the region, by class of occupations.
func (r *Room) expect(ctx context.Context, last, first, vacancies Month) error {
	areas, err := countedAreas(ctx, r.DB, last)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, where := range areas {
		if err := eachCourse(ctx, r.DB, where, func(occupation string, list []Row) error {
			if single(occupation) {
				return nil
			}
			by := map[Month]Row{}
			for _, row := range list {
				by[row.Month] = row
			}
			for _, what := range tellable {
				from := knownFrom(what, first, vacancies)
				if what == Demand && vacancies == 0 {
					continue
				}
				q := quartersOf(by, from, last, what)
				for ahead := range 2 {
					if ahead == 0 && q.in == 3 {
						continue // it is known
					}
					o, ok, err := q.outlook(ahead)
					if err != nil {
						return err
					}
					if ok {
						rows = append(rows, []any{where, last.Int(), o.Quarter.Int(), what, occupation, o.Mean, o.Low, o.High, o.Tested, o.Off, o.Inside})
					}
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return saveOutlook(ctx, tx, rows) })
}

// saveOutlook writes what is said from the data of a month; said anew from better data of the same month, it stands in its place.
func saveOutlook(ctx context.Context, tx *db.Tx, rows [][]any) error {
	return tx.Upsert(ctx, "analysis_outlook", []string{"area", "made", "quarter", "measure", "occupation", "mean", "low", "high", "tested", "off", "inside"},
		[]string{"area", "made", "quarter", "measure", "occupation"}, rows)
}

type storedOutlook struct {
	Outlook
	made, quarter int
}

func (o *storedOutlook) fields() []any {
	return []any{&o.Area, &o.made, &o.quarter, &o.Measure, &o.Occupation, &o.Mean, &o.Low, &o.High, &o.Tested, &o.Off, &o.Inside}
}

func outlooksOf(list []storedOutlook, err error) ([]Outlook, error) {
	out := make([]Outlook, len(list))
	for i := range list {
		list[i].Made, list[i].Quarter = monthFrom(list[i].made), monthFrom(list[i].quarter)
		out[i] = list[i].Outlook
	}
	return out, err
}

const outlookColumns = `area, made, quarter, measure, occupation, mean, low, high, tested, off, inside`

// outlooks reads what was said of an area from the data of a month.
func outlooks(ctx context.Context, q db.Querier, area string, made Month) ([]Outlook, error) {
	return outlooksOf(db.All(ctx, q, (*storedOutlook).fields, `SELECT `+outlookColumns+` FROM analysis_outlook WHERE area = $1 AND made = $2 ORDER BY quarter, measure, occupation`, area, made.Int()))
}
