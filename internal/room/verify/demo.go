package verify

import (
	"context"
	"fmt"
	"math"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// Cast is who plays in the demonstration: officers of two banners, a manager of their league and one of the region.
type Cast struct{ First, Second, League, Region web.User }

// demoIndicator is what the demonstration's banners report by month.
const demoIndicator = "new_urban"

// demoNote stands at every made-up report.
const demoNote = "演示：虚构的上报数"

// demoFalse are the made-up deviations: the first two are false reports, the others slips of the pen, a sum made several times and honest rounding.
func (cast *Cast) demoFalse(code string, year, month int, counted, before int64) (int64, string) {
	switch first, second := code == cast.First.Area, code == cast.Second.Area; {
	case second && year == 2024:
		return int64(math.Round(float64(counted) * 1.4)), demoNote + "，全年按 1.4 倍虚报"
	case first && year == 2024:
		return int64(math.Round(float64(before) * 1.05)), demoNote + "，照抄上年的 1.05 倍"
	case second && year == 2022 && month == 5:
		return 10*counted + 60, demoNote + "，笔误"
	case second && year == 2021 && month == 11:
		return 5*counted + 60, demoNote + "，多次汇总"
	case first && year == 2023:
		return (counted + 5) / 10 * 10, demoNote + "，按规定取整到十"
	case !first && !second && year == 2023 && month == 6:
		return 8*counted + 60, demoNote + "，笔误"
	}
	return counted, demoNote + "，与登记一致"
}

// SeedDemo lets the league's banners report by month what the register counts, but for a few months and years, runs the checks and puts
// findings into all states. It does nothing where there has been a run.
func (r *Room) SeedDemo(ctx context.Context, cast Cast) error {
	if _, ran, err := lastRun(ctx, r.DB); err != nil || ran {
		return err
	}
	if err := r.demoReports(ctx, cast); err != nil {
		return err
	}
	if err := r.demoMacro(ctx, cast); err != nil {
		return err
	}
	if _, err := r.Run(ctx); err != nil {
		return err
	}
	return r.demoActs(ctx, cast)
}

func (r *Room) demoReports(ctx context.Context, cast Cast) error {
	last, found, err := r.Indicators.Latest(ctx, time.Time{})
	if err != nil || !found {
		return err
	}
	end := indicator.MonthOf(last.AsOf)
	var areas []string
	for _, b := range area.Children(cast.League.Area) {
		if b.Level == area.Banner {
			areas = append(areas, b.Code)
		}
	}
	sums, err := r.Indicators.SumsOf(ctx, areas, demoIndicator, 202001, end, time.Time{})
	if err != nil {
		return err
	}
	counted := map[string]int64{}
	for _, s := range sums {
		counted[fmt.Sprint(s.Area, s.Period)] = s.Numerator
	}
	var list []indicator.Report
	for _, code := range areas {
		was := map[indicator.Period]int64{}
		for p := indicator.Period(202101); p <= end; p = p.Next() {
			v, note := cast.demoFalse(code, p.Year(), p.Month(), counted[fmt.Sprint(code, p)], was[p-100])
			was[p] = v
			at := clock.Date(p.Year(), time.Month(p.Month()+1), 5).UnixMilli()
			list = append(list, indicator.Report{Area: code, Indicator: demoIndicator, Period: p, Value: v, Note: note, State: indicator.Signed, ByName: "演示", At: at, Judge: "演示", JudgedAt: at})
		}
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.Indicators.AddReports(ctx, tx, list) })
}

// demoMacro makes up electricity and taxes of the league: a season, a growth of a few per cent a year, and one poor spring.
func (r *Room) demoMacro(ctx context.Context, cast Cast) error {
	var list []Macro
	for n := range 56 { // to August 2025
		y, m := 2021+n/12, n%12+1
		season := 1 + .12*math.Sin(float64(m-4)*math.Pi/6)
		trend := math.Pow(1.045, float64(n)/12)
		wobble := 1 + .015*math.Sin(float64(n*n))
		if y == 2022 && m >= 3 && m <= 5 {
			wobble *= .9
		}
		for _, s := range []struct {
			name, unit string
			level      float64
		}{{"工业用电量（演示）", "万千瓦时", 81_000}, {"个人所得税申报人数（演示）", "人", 38_000}} {
			list = append(list, Macro{Area: cast.League.Area, Series: s.name, Month: y*100 + m, Value: math.Round(s.level * season * trend * wobble), Unit: s.unit, Source: "演示数据，虚构"})
		}
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return saveMacro(ctx, tx, list, "演示", r.now()) })
}

// demoActs asks, explains, corrects and decides, through the services.
func (r *Room) demoActs(ctx context.Context, cast Cast) error {
	list, err := r.findings(ctx, filter{area: cast.League.Area, state: Found}, 0, 200)
	if err != nil {
		return err
	}
	step := 0
	once := func() string { step++; return fmt.Sprintf("verify-demo-%03d", step) }
	sent := false
	for _, f := range list {
		first := f.Area == cast.First.Area
		switch {
		case f.Indicator == "":
		case !first && f.Area != cast.Second.Area: // of the other banners' questions one is sent and not answered yet
			if !sent {
				_, err = r.Ask(ctx, cast.League, []int64{f.ID}, once())
			}
			sent = true
		case first && f.Period == 2023:
			err = r.demoTell(ctx, cast.League, cast.First, f.ID, Right, "2023 年月报按原报表制度取整到十，台账为实数，已申明取整。", once)
			if err == nil {
				err = r.Declare(ctx, cast.First, Rounding{Area: f.Area, Indicator: demoIndicator, Unit: 10, Why: "演示：2023 年报表制度要求取整到十"}, once())
			}
			if err == nil {
				err = r.demoJudge(ctx, cast.League, f.ID, Unfounded, "按当时的报表制度取整，情况属实。", once())
			}
		case first && f.Period == 2024:
			err = r.demoTell(ctx, cast.League, cast.First, f.ID, Wrong, "换人交接期间没有逐月统计，按上年推算上报，正在补报。", once)
			if err == nil {
				err = r.demoJudge(ctx, cast.League, f.ID, Upheld, "十二个月均为上年的 1.05 倍，当地承认推算上报。", once())
			}
			if err == nil {
				err = r.demoDecide(ctx, cast.Region, f.ID, once())
			}
		case f.Period == 2022:
			if err = r.demoTell(ctx, cast.League, cast.Second, f.ID, Fixed, "5 月录入时多写，已按台账更正。", once); err == nil {
				if m := f.Evidence.Register; len(m) == 12 && m[4] != nil {
					err = r.Correct(ctx, cast.Second, f.ID, 5, *m[4], "按台账更正", once())
				}
			}
			if err == nil {
				err = r.demoJudge(ctx, cast.League, f.ID, Corrected, "已更正，与登记一致。", once())
			}
		case f.Period == 2021:
			if err = r.demoTell(ctx, cast.League, cast.Second, f.ID, Wrong, "11 月的数汇总了几次。", once); err == nil {
				err = r.demoJudge(ctx, cast.League, f.ID, Upheld, "当地承认重复汇总，尚未更正。", once())
			}
		default:
			err = r.demoTell(ctx, cast.League, cast.Second, f.ID, Right, "2024 年有两个项目集中用工，台账可查。", once)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Room) demoTell(ctx context.Context, league, banner web.User, id int64, answer, text string, once func() string) error {
	if _, err := r.Ask(ctx, league, []int64{id}, once()); err != nil {
		return err
	}
	return r.Explain(ctx, banner, id, answer, text, once())
}

func (r *Room) demoJudge(ctx context.Context, league web.User, id int64, verdict, why, key string) error {
	f, err := r.finding(ctx, r.DB, id)
	if err != nil {
		return err
	}
	return r.Judge(ctx, league, id, verdict, why, f.Version, key)
}

// demoDecide lets the second person agree.
func (r *Room) demoDecide(ctx context.Context, who web.User, id int64, key string) error {
	list, err := r.Approvals.List(ctx, approval.Filter{Object: "finding", ObjectID: id, States: []approval.State{approval.Waiting}}, 0, 1)
	if err != nil || len(list) == 0 {
		return err
	}
	return r.Approvals.Decide(ctx, who, list[0].ID, list[0].Version, true, "同意", key)
}
