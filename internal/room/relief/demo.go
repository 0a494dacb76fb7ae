package relief

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// Cast is who plays in the demonstration.
type Cast struct{ Officer, Seeker web.User }

func demoDay(year int, month time.Month, day int) db.Date { return db.On(clock.Date(year, month, day)) }

var demoProjects = []Project{
	{Title: "腾格里沙漠边缘草方格治沙工程", Owner: "阿拉善左旗林业和草原局", Investment: 8_000_000_00, Pay: 3_200_000_00, People: 120, Local: 108, Starts: demoDay(2025, 5, 1), Ends: demoDay(2025, 11, 30), PayDay: 15},
	{Title: "吉兰泰镇嘎查道路硬化工程", Owner: "阿拉善左旗交通运输局", Investment: 5_000_000_00, Pay: 1_500_000_00, People: 60, Local: 52, Starts: demoDay(2025, 6, 1), Ends: demoDay(2025, 10, 31), PayDay: 15},
	{Title: "巴彦诺日公苏木饮水管网改造", Owner: "阿拉善左旗水务局", Investment: 6_000_000_00, Pay: 1_200_000_00, People: 40, Local: 30, Starts: demoDay(2025, 9, 1), Ends: demoDay(2026, 6, 30), PayDay: 20},
}

// SeedDemo puts three projects with wages, two hospitals and some checks into the demonstration. It does nothing where there is a project.
func (r *Room) SeedDemo(ctx context.Context, cast Cast) error {
	if list, err := projects(ctx, r.DB, region, "", 0, 1); err != nil || len(list) > 0 {
		return err
	}
	step := 0
	once := func() string { step++; return fmt.Sprintf("relief-demo-%03d", step) }
	people, err := herdersIn(ctx, r.DB, cast.Officer.Area, 40)
	if err != nil {
		return err
	}
	for i, p := range demoProjects {
		p.Area = cast.Officer.Area
		id, err := r.Add(ctx, cast.Officer, p, "", once())
		if err != nil {
			return err
		}
		if i == 2 {
			continue
		}
		if err := r.Start(ctx, cast.Officer, id, 0, once()); err != nil {
			return err
		}
		own := people[min(len(people), i*20):min(len(people), i*20+18-6*i)]
		if err := r.demoWages(ctx, cast, id, i, &p, own); err != nil {
			return err
		}
		if err := r.Progress(ctx, cast.Officer, id, 62-20*i, []int64{800_000_00, 520_000_00}[i], "按施工计划推进", 1, once()); err != nil {
			return err
		}
	}
	return r.demoChecks(ctx, cast, people, once)
}

// demoWages are wages from the first month to August; the second project owes some of August's and paid some of July's late.
func (r *Room) demoWages(ctx context.Context, cast Cast, id int64, nth int, p *Project, people []int64) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		var pays []Pay
		for i, who := range people {
			w := Worker{PersonID: who, ProjectID: id, Job: []string{"治沙工", "普工", "瓦工"}[i%3], Since: p.Starts, Local: true, By: account.Signature(cast.Officer)}
			if err := saveWorker(ctx, tx, &w); err != nil {
				return err
			}
			for month := int(p.Starts.Month()); month <= 8; month++ {
				v := Pay{PersonID: who, ProjectID: id, Month: 202500 + month, Due: 420_000 + int64(i%4)*20_000, On: demoDay(2025, time.Month(month+1), 12)}
				v.Paid = v.Due
				if nth == 1 && month == 7 && i < 3 {
					v.On = demoDay(2025, 8, 22)
				}
				if nth == 1 && month == 8 && i < 4 {
					v.Paid = v.Due / 2
				}
				pays = append(pays, v)
			}
		}
		return savePays(ctx, tx, pays)
	})
}

func (r *Room) demoChecks(ctx context.Context, cast Cast, people []int64, once func() string) error {
	for i, name := range []string{"阿拉善盟中心医院", "阿拉善左旗疾病预防控制中心"} {
		if err := r.Designate(ctx, cast.Officer, Hospital{Area: cast.Officer.Area, Name: name, Address: "巴彦浩特镇", Phone: fmt.Sprintf("0483-83310%02d", i), From: demoDay(2025, 1, 1), Until: demoDay(2026, 12, 31)}, "", once()); err != nil {
			return err
		}
	}
	list, err := hospitals(ctx, r.DB, cast.Officer.Area, 2)
	if err != nil {
		return err
	}
	ids := people[:min(len(people), 6)]
	if cast.Seeker.PersonID != 0 {
		ids = append([]int64{cast.Seeker.PersonID}, ids...)
	}
	for i, id := range ids {
		p, err := r.People.Get(ctx, id)
		if err != nil {
			return err
		}
		if err := r.Record(ctx, cast.Officer, Result{HospitalID: list[i%len(list)].ID, Number: p.IDNumber, Class: []string{"food", "general", "care"}[i%3], On: demoDay(2025, 8, 18), Fit: i != 4, Months: 12}, once()); err != nil {
			return err
		}
	}
	return nil
}
