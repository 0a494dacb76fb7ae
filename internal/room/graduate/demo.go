package graduate

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/person"
)

// Cast is who plays in the demonstration: an officer of a banner, managers of its league and of the region, and a seeker.
type Cast struct{ Officer, League, Region, Seeker web.User }

func demoDay(year int, month time.Month, day int) db.Date { return db.On(clock.Date(year, month, day)) }

var demoPosts = []Post{
	{Area: "152921", Unit: "吉兰泰镇中心学校", Title: "支教", Service: "teach", Degree: 30, Years: 2, Seats: 2, Allowance: 420_000},
	{Area: "152921", Unit: "巴彦浩特镇农牧业服务中心", Title: "支农", Service: "farm", Degree: 30, Years: 2, Seats: 2, Allowance: 420_000},
	{Area: "152922", Unit: "阿拉腾敖包镇卫生院", Title: "支医", Service: "heal", Degree: 30, Years: 2, Seats: 2, Reserved: 1, Allowance: 420_000},
	{Area: "152923", Unit: "达来呼布镇党群服务中心", Title: "帮扶乡村振兴", Service: "revive", Degree: 30, Years: 2, Seats: 2, Allowance: 420_000},
}

// SeedDemo puts quotas, a round that went through to service, an open one, events and contacts into the demonstration, and draws the
// list of graduates without work. It does nothing where there is a round already.
func (r *Room) SeedDemo(ctx context.Context, cast Cast) error {
	if list, err := rounds(ctx, r.DB, region, false, 1<<62, 1); err != nil || len(list) > 0 {
		return err
	}
	step := 0
	once := func() string { step++; return fmt.Sprintf("graduate-demo-%03d", step) }
	for _, q := range []struct {
		who       web.User
		programme string
		year      int
		area      string
		seats     int64
	}{{cast.Region, "support", 2024, "15", 3000}, {cast.Region, "support", 2024, "1529", 40}, {cast.Region, "support", 2025, "15", 3000}, {cast.Region, "support", 2025, "1529", 60}, {cast.Region, "grassroots", 2025, "15", 2000}, {cast.Region, "grassroots", 2025, "1529", 80},
		{cast.League, "support", 2025, "152921", 30}, {cast.League, "support", 2025, "152922", 14}, {cast.League, "support", 2025, "152923", 16}} {
		if q.who.ID == 0 {
			continue
		}
		if err := r.SetQuota(ctx, q.who, Quota{Programme: q.programme, Year: q.year, Area: q.area, Seats: q.seats}, "年度招募计划", once()); err != nil {
			return err
		}
	}
	if err := r.demoServed(ctx, cast); err != nil {
		return err
	}
	if err := r.demoOpen(ctx, cast, once); err != nil {
		return err
	}
	for _, e := range []Event{{Kind: "talk", Title: "高校毕业生就业政策宣讲会", School: "阿拉善职业技术学院", Place: "学术报告厅", On: demoDay(2025, 10, 15)}, {Kind: "visit", Title: "访企拓岗：走进盐化工企业", School: "阿拉善职业技术学院", Place: "吉兰泰工业园区", On: demoDay(2025, 10, 22)},
		{Kind: "guidance", Title: "简历和面试指导", Place: "阿拉善左旗人力资源市场", On: demoDay(2025, 9, 29)}} {
		e.Area = cast.Officer.Area
		if err := r.AddEvent(ctx, cast.Officer, e, once()); err != nil {
			return err
		}
	}
	if err := r.Refresh(ctx); err != nil {
		return err
	}
	return r.demoContacts(ctx, cast, once)
}

// demoServed is last year's round of the league, whose people serve now. It is written as it would stand, because its days are over.
func (r *Room) demoServed(ctx context.Context, cast Cast) error {
	by := account.Signature(cast.League)
	p := Round{ID: r.IDs.Next(), Area: cast.League.Area, Programme: "support", Year: 2024, Title: "2024 年阿拉善盟“三支一扶”招募公告", Body: "面向两年内毕业的高校毕业生，服务期两年。", Opens: demoDay(2024, 7, 1), Closes: demoDay(2024, 7, 12), Exam: demoDay(2024, 7, 27),
		Starts: demoDay(2024, 9, 1), Window: sinceYears, MaxAge: 30, Weight: 60, Pass: 6000, Days: 7, State: Hired, ShownOn: demoDay(2024, 8, 12), ShownUntil: demoDay(2024, 8, 21), By: by, ByID: cast.League.ID, Version: 8}
	people, err := leftIn(ctx, r.DB, p.Area, demoDay(2022, 7, 15), demoDay(2024, 8, 31), 14)
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := insertRound(ctx, tx, &p); err != nil {
			return err
		}
		var seats []Post // one for each seat
		var ids []int64
		for _, x := range demoPosts {
			x.RoundID, x.ID = p.ID, r.IDs.Next()
			if err := insertPost(ctx, tx, &x); err != nil {
				return err
			}
			ids = append(ids, x.ID)
			for range x.Seats {
				seats = append(seats, x)
			}
		}
		var entries []Entry
		var begin []Service
		for i, id := range people {
			e := Entry{PersonID: id, RoundID: p.ID, State: Qualified, Wishes: []int64{ids[i/2%len(ids)], ids[(i/2+1)%len(ids)]}, Written: 8800 - 190*i, Interview: 8600 - 120*i, At: p.Opens.UnixMilli(), Version: 3}
			if i < len(seats) {
				x := seats[i]
				e.State, e.PostID, e.Medical = Taken, x.ID, Fit
				e.Wishes[0] = x.ID
				s := Service{PersonID: id, ID: r.IDs.Next(), RoundID: p.ID, PostID: x.ID, Programme: p.Programme, Year: p.Year, Area: x.Area, Unit: x.Unit, Title: x.Title, Starts: p.Starts, Ends: db.On(p.Starts.AddDate(x.Years, 0, -1)), State: Serving, Allowance: x.Allowance}
				if i == 3 {
					s.State, s.EndedOn = Left, demoDay(2025, 3, 31)
				}
				begin = append(begin, s)
			}
			entries = append(entries, e)
		}
		if err := r.saveEntries(ctx, tx, entries); err != nil {
			return err
		}
		if err := insertServices(ctx, tx, begin); err != nil {
			return err
		}
		for i, s := range begin {
			one := Served{ServiceID: s.ID, What: Yearly, Result: []string{"good", "fair", "fair"}[i%3], On: demoDay(2025, 9, 5), Text: "年度考核", By: by}
			if s.State == Left {
				one = Served{ServiceID: s.ID, What: Leave, On: s.EndedOn, Text: "考取研究生", By: by}
			} else if i%4 == 1 {
				continue // is due
			}
			if err := r.addServed(ctx, tx, s.PersonID, &one); err != nil {
				return err
			}
		}
		return nil
	})
}

// demoOpen is a round that takes applications now; some of them have been checked.
func (r *Room) demoOpen(ctx context.Context, cast Cast, once func() string) error {
	id, err := r.Plan(ctx, cast.League, Round{Area: cast.League.Area, Programme: "support", Year: 2025, Title: "2025 年阿拉善盟“三支一扶”招募公告", Body: "招募支教、支农、支医和帮扶乡村振兴人员，面向两年内毕业的高校毕业生，服务期两年，按月发放生活补贴，参加社会保险。", Opens: demoDay(2025, 9, 15), Closes: demoDay(2025, 9, 30), Exam: demoDay(2025, 10, 25),
		Starts: demoDay(2025, 12, 1), Window: sinceYears, MaxAge: 30, Weight: 60, Pass: 6000, Days: 7}, once())
	if err != nil {
		return err
	}
	for i, x := range demoPosts {
		x.RoundID = id
		x.Seats += 2
		if err := r.AddPost(ctx, cast.League, x, int64(i), once()); err != nil {
			return err
		}
	}
	if err := r.Publish(ctx, cast.League, id, int64(len(demoPosts)), once()); err != nil {
		return err
	}
	people, err := leftIn(ctx, r.DB, cast.League.Area, demoDay(2024, 9, 1), demoDay(2025, 9, 1), 18)
	if err != nil {
		return err
	}
	list, err := posts(ctx, r.DB, id)
	if err != nil {
		return err
	}
	facts, err := r.People.FactsOf(ctx, people)
	if err != nil {
		return err
	}
	p, err := roundByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	n := 0
	for _, f := range facts {
		wishes := demoWishes(&p, list, f, n)
		if len(wishes) == 0 || f.ID == cast.Seeker.PersonID {
			continue
		}
		who := web.User{ID: cast.League.ID, Name: "毕业生", Role: account.Seeker, PersonID: f.ID, Area: f.Area}
		if err := r.Apply(ctx, who, id, wishes, Said{}, once()); err != nil {
			return err
		}
		switch n++; {
		case n%5 == 0:
			err = r.Qualify(ctx, cast.League, id, f.ID, false, "所填专业与岗位要求不一致", 1, once())
		case n%3 != 0:
			err = r.Qualify(ctx, cast.League, id, f.ID, true, "", 1, once())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// demoWishes are two posts that somebody may ask for.
func demoWishes(p *Round, list []Post, f *person.Facts, shift int) (wishes []int64) {
	for i := range list {
		x := &list[(i+shift)%len(list)]
		if len(wishes) < 2 && Verdict(Check(p, x, f, Said{})) == Yes {
			wishes = append(wishes, x.ID)
		}
	}
	return wishes
}

// demoContacts are what the officer has done for the first of the list.
func (r *Room) demoContacts(ctx context.Context, cast Cast, once func() string) error {
	list, err := leaversIn(ctx, r.DB, cast.Officer.Area, "", 0, 12)
	if err != nil {
		return err
	}
	for i, l := range list {
		kinds := []string{Reached, Talk, Guidance, Vacancy, Vacancy, Vacancy, Practice}[:[]int{7, 4, 0, 1, 6, 7}[i%6]]
		for _, k := range kinds {
			c := Contact{PersonID: l.PersonID, Kind: k, On: demoDay(2025, 9, 16), Text: "电话联系，已登记"}
			if k == Reached {
				c.State = []string{Wants, Wants, Wants, Study, Wants, Wants}[i%6]
			}
			if l.Graduated.After(c.On.Time) {
				continue
			}
			if err := r.Contact(ctx, cast.Officer, c, once()); err != nil {
				return err
			}
		}
	}
	return nil
}
