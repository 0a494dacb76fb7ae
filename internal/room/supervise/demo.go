package supervise

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
)

// Cast is who plays in the demonstration: officers of two banners, a manager of their league, and one of the region.
type Cast struct {
	Officer, Other, League, Region web.User
}

func on(year int, month time.Month, day int) db.Date { return db.On(clock.Date(year, month, day)) }

// demo is the room on other days: its acts are dated as if they had been done then, and nobody is told.
type demo struct {
	*Room
	cast Cast
	n    int
}

func (d *demo) once() string { d.n++; return fmt.Sprintf("supervise-demo-%03d", d.n) }

// at is the room on a day.
func (d *demo) at(day string) *Room {
	r := *d.Room
	r.Clock, r.Messages = clock.NewFake(day+" 10:00"), nil
	return &r
}

// SeedDemo gives the units of a league and two banners their duties of 2025, lets the year go by until today, and finishes the
// appraisal of 2024. It does nothing where there are duties.
func (r *Room) SeedDemo(ctx context.Context, cast Cast) error {
	if list, err := duties(ctx, r.DB, Filter{Area: "15", Today: r.today()}, newest, 1); err != nil || len(list) > 0 {
		return err
	}
	d := &demo{Room: r, cast: cast}
	for _, step := range []func(context.Context) error{d.give, d.meet, d.year, d.inspect, d.ledger, d.appraise} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// ourTasks are what a banner's units are given of the action plan and the league's plan.
var ourTasks = []string{"002/2", "002/4", "002/10", "002/12", "002/14", "002/15", "002/16", "002/17", "001/专栏5-2", "001/专栏7", "001/专栏8-2", "001/专栏12-5"}

func (d *demo) give(ctx context.Context) error {
	all, err := items()
	if err != nil {
		return err
	}
	var every []string
	for _, it := range all {
		if it.Plan == "002" || it.Plan == "001" {
			every = append(every, it.Key())
		}
	}
	for _, g := range []struct {
		day  string
		area string
		year int64
		keys []string
	}{{"2024-02-20", d.cast.Officer.Area, 2024, ourTasks[:6]}, {"2024-02-20", d.cast.Other.Area, 2024, ourTasks[:6]}, {"2025-02-10", d.cast.League.Area, 2025, every},
		{"2025-02-18", d.cast.Officer.Area, 2025, ourTasks}, {"2025-02-18", d.cast.Other.Area, 2025, ourTasks}} {
		if _, err := d.at(g.day).Split(ctx, d.cast.League, g.area, g.year, g.keys, d.once()); err != nil {
			return err
		}
	}
	all2, err := units(ctx, d.DB, d.cast.League.Area)
	if err != nil {
		return err
	}
	names := []string{"苏和", "乌兰", "巴特", "高娃", "李建国", "王丽", "赵明", "其木格", "宝音", "陈静"}
	for i, u := range all2 {
		if i%9 == 8 { // has not named one
			continue
		}
		l := Liaison{Name: names[i%len(names)], Phone: fmt.Sprintf("0483-83%05d", 40000+i*37)}
		for _, who := range []web.User{d.cast.Officer, d.cast.Other, d.cast.League} {
			if who.Area == u.Area && u.Code == "rs" {
				l.Name, l.AccountID = who.Name, who.ID
			}
		}
		if err := d.at("2025-02-24").Appoint(ctx, d.cast.League, u.ID, l, 0, d.once()); err != nil {
			return err
		}
	}
	return nil
}

// year lets the rules run day by day. Most milestones are reported a few days ahead and checked soon after; some are late, one answers
// its press, and one goes up.
func (d *demo) year(ctx context.Context) error {
	list, err := duties(ctx, d.DB, Filter{Area: d.cast.League.Area, Today: d.today()}, newest, 1000)
	if err != nil {
		return err
	}
	all, err := milestonesOf(ctx, d.DB, list)
	if err != nil {
		return err
	}
	byDay, n := map[string][]Milestone{}, 0
	for i := range list {
		for _, m := range all[list[i].ID] {
			n++
			fresh := m.Due == on(2025, time.September, 19) || m.Due == on(2025, time.September, 12) && m.Area == d.cast.Officer.Area
			if fresh || n%17 == 5 && m.Due.Year() == 2025 { // never reported
				continue
			}
			byDay[m.Due.AddDate(0, 0, -2).Format(time.DateOnly)] = append(byDay[m.Due.AddDate(0, 0, -2).Format(time.DateOnly)], m)
		}
	}
	today := d.Clock.Today()
	for day := clock.Date(2024, time.December, 20); day.Before(today); day = day.AddDate(0, 0, 1) {
		text := day.Format(time.DateOnly)
		then := d.at(text)
		if _, err := then.Night(ctx); err != nil {
			return err
		}
		for _, m := range byDay[text] {
			if err := d.reach(ctx, then, m, today.Sub(day) > 20*24*time.Hour); err != nil {
				return err
			}
		}
	}
	return d.answered(ctx)
}

// reach reports a milestone in its unit's name and, unless it is fresh, has the level above check it.
func (d *demo) reach(ctx context.Context, then *Room, m Milestone, check bool) error {
	who, above := d.cast.League, d.cast.Region
	for _, u := range []web.User{d.cast.Officer, d.cast.Other} {
		if u.Area == m.Area {
			who, above = u, d.cast.League
		}
	}
	x, err := dutyByID(ctx, d.DB, m.DutyID)
	if err != nil {
		return err
	}
	percent := min(95, x.Percent+30)
	if err := then.Progress(ctx, who, m.DutyID, m.ID, percent, m.Text+"，材料附后", &Proof{[]byte("%PDF-1.4 演示"), "application/pdf"}, x.Version, d.once()); err != nil {
		return err
	}
	if !check || above.ID == 0 {
		return nil
	}
	return then.Check(ctx, above, m.DutyID, m.ID, true, "材料属实", x.Version+1, d.once())
}

// answered lets one pressed unit answer, and hands one escalated milestone to the supervision platform for another to decide.
func (d *demo) answered(ctx context.Context) error {
	late, err := lateIn(ctx, d.DB, d.cast.Officer.Area, d.today(), 50)
	if err != nil {
		return err
	}
	up := false
	for _, l := range late {
		x, err := dutyByID(ctx, d.DB, l.DutyID)
		if err != nil {
			return err
		}
		all, err := milestonesOf(ctx, d.DB, []Duty{x})
		if err != nil {
			return err
		}
		for _, m := range all[x.ID] {
			switch {
			case m.State == Open && m.Stage == Escalated && !up:
				up = true
				if err := d.Hand(ctx, d.cast.League, x.ID, m.ID, "催办和提级后仍未落实，提请纳入平台督办", x.Version, d.once()); err != nil {
					return err
				}
			case m.State == Open && m.Stage == Pressed && m.Promise.IsZero():
				if err := d.Answer(ctx, d.cast.Officer, x.ID, m.ID, "核查点多，人手不足，已从苏木乡镇抽调人员", db.On(d.Clock.Today().AddDate(0, 0, 6)), x.Version, d.once()); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
