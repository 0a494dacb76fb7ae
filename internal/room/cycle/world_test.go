package cycle

import (
	"context"
	"errors"
	"testing"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, evidence.Schema, indicator.Schema, person.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	mergen = web.User{ID: 15, Name: "莫日根", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bold   = web.User{ID: 12, Name: "宝力德", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	chief  = web.User{ID: 13, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	deputy = web.User{ID: 14, Name: "李副", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	upper  = web.User{ID: 16, Name: "赵处", Role: account.Manager, RoleName: "管理", Area: "15", AreaName: "内蒙古自治区"}
	other  = web.User{ID: 17, Name: "呼市", Role: account.Manager, RoleName: "管理", Area: "1501", AreaName: "呼和浩特市"}
)

// watch stands for the room plan, and for supervision.
type watch struct {
	late    []Lateness
	settled []string
	broken  string // area whose lateness cannot be handed over
}

func (w *watch) Standing(_ context.Context, _ string, on time.Time) ([]Standing, []Load, time.Time, error) {
	return []Standing{{ID: "new_urban", Name: "城镇新增就业", Unit: "人", Target: "≥〔12,500〕", Actual: "12,286", Last: "2,600", Current: "1,788", Done: "98.3", Gap: "+4.9", State: "onpace", Chance: 96, Mean: "12,950", Interval: "12,690～13,178"},
			{ID: "hard_placed", Name: "就业困难人员就业", Unit: "人", Target: "〔2,500〕", Actual: "1,602", Current: "210", Done: "64.1", Gap: "−29.3", State: "behind", Left: "还差 898 人", Chance: 3, Mean: "1,720", Interval: "1,650～1,790"},
			{ID: "registered_rate", Name: "城镇登记失业率", Unit: "%", Target: "≤4.5", Actual: "3.42", Current: "3.42", State: "reached", Remark: "上限以内", Chance: 99, Mean: "3.4", Interval: "3.2～3.6"},
			{ID: "productivity", Name: "全员劳动生产率增长", Unit: "%", Target: "5左右", Actual: "—", Current: "—", State: "unjudged", Chance: -1, Reported: true}},
		[]Load{{Unit: "人社厅", Total: 10, Running: 6, Done: 3, Behind: 1}, {Unit: "教育厅", Total: 2, Running: 2}}, on, nil
}

func (w *watch) Late(_ context.Context, _ *db.Tx, l Lateness) error {
	if l.Area == w.broken {
		return errors.New("no such desk")
	}
	w.late = append(w.late, l)
	return nil
}

func (w *watch) Overdue(context.Context, string) (int, string, error) { return 4, "/supervise", nil }

func (w *watch) Settled(_ context.Context, _ *db.Tx, _ web.User, _ int64, code, how string) error {
	w.settled = append(w.settled, code+" "+how)
	return nil
}

type world struct {
	*registertest.World
	*Room
	watch *watch
}

// newWorld is Alxa with counts until August 2025, known on 10 September; each month has so many events as its number, doubled in 152921.
func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: registertest.New(t, d), watch: &watch{}}
	w.setDay("2025-09-12")
	figures, err := indicator.New(ctx, indicator.Deps{DB: d, Clock: w.World.Clock})
	w.Must(err)
	w.Room, err = New(Deps{DB: d, Indicators: figures, People: w.World.People, Evidence: &evidence.Store{DB: d, Sealer: w.World.Sealer, Clock: w.World.Clock, IDs: w.World.IDs}, Sealer: w.World.Sealer, Clock: w.World.Clock, IDs: w.World.IDs, Audit: w.World.Audit,
		Monitor: w.watch, Supervision: w.watch})
	w.Must(err)
	for _, end := range []indicator.Period{202506, 202507, 202508} {
		w.count(end)
	}
	return w
}

func (w *world) setDay(day string) {
	at, err := time.ParseInLocation(time.DateOnly, day, clock.Zone)
	w.Must(err)
	w.World.Clock.Add(at.Add(9 * time.Hour).Sub(w.World.Clock.Now()))
}

// count counts as of a month's end, ten days later.
func (w *world) count(end indicator.Period) {
	var list []indicator.Sum
	league := map[string]map[indicator.Period]int64{}
	add := func(code, id string, p indicator.Period, n, of int64) {
		list = append(list, indicator.Sum{Area: code, Indicator: id, Period: p, Numerator: n, Denominator: of})
		if of == 0 {
			if league[id] == nil {
				league[id] = map[indicator.Period]int64{}
			}
			league[id][p] += n
		}
	}
	for i, a := range area.Children("1529") {
		add(a.Code, indicator.People, 2025, int64(1000*(i+1)), 0)
		for p := indicator.Period(202401); p <= end; p = p.Next() {
			n := int64(p.Month())
			if a.Code == "152921" {
				n *= 20
			}
			add(a.Code, "new_urban", p, n, 0)
			add(a.Code, "hard_placed", p, n/2, 0)
			add(a.Code, "registered_rate", p, 34, 1000)
		}
	}
	for id, months := range league {
		for p, n := range months {
			list = append(list, indicator.Sum{Area: "1529", Indicator: id, Period: p, Numerator: n})
		}
	}
	for p := indicator.Period(202401); p <= end; p = p.Next() {
		list = append(list, indicator.Sum{Area: "1529", Indicator: "registered_rate", Period: p, Numerator: 34, Denominator: 1000})
	}
	w.Tx(func(tx *db.Tx) error {
		_, err := w.Indicators.Replace(ctx, tx, indicator.Run{On: end.End().AddDate(0, 0, 10), AsOf: end.End(), People: 1}, list)
		return err
	})
}

func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, append([]db.Schema{db.OwnSchema}, schemas...), func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

// august begins the league's round of August, due on the 15th.
func (w *world) august() int64 {
	w.T.Helper()
	id, err := w.Begin(ctx, chief, Round{Area: "1529", Kind: Month, Period: 202508, Due: db.On(clock.Date(2025, 9, 16))}, nil, w.Once())
	w.Must(err)
	return id
}

func (w *world) of(id int64, code string) Form {
	w.T.Helper()
	f, err := w.form(ctx, w.Room.DB, id, code)
	w.Must(err)
	return f
}
