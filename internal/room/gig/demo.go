package gig

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// Cast is who plays in the demonstration. Other may be nobody.
type Cast struct{ Officer, Other, Seeker, Unit web.User }

// ends of made-up jobs.
const (
	demoPaid    = "paid"    // done, paid and confirmed
	demoSaid    = "said"    // paid, as the hirer says
	demoLate    = "late"    // done, not paid
	demoFight   = "fight"   // the worker disagrees with the pay
	demoDiffers = "differs" // the two sides say different times
	demoOpen    = "open"    // today or later
	demoOff     = "off"     // called off
)

// demoJobs are the made-up jobs by their distance from today in days.
var demoJobs = []struct {
	day, days         int
	kind, title       string
	unit              string
	price             int64 // yuan
	places, taken     int64
	household, insure bool
	pick, seeker      bool
	end               string
}{
	{-118, 2, "farm", "玉米地间苗除草", PerDay, 170, 12, 12, false, true, false, false, demoPaid},
	{-96, 1, "carry", "卸饲料一车", PerDay, 190, 4, 4, false, true, false, false, demoPaid},
	{-74, 3, "kitchen", "旅游旺季后厨帮工", PerHour, 20, 3, 3, false, true, true, false, demoPaid},
	{-61, 1, "clean", "新房开荒保洁", PerDay, 180, 2, 2, true, false, false, false, demoPaid},
	{-47, 4, "farm", "枸杞采摘", PerPiece, 2, 20, 18, false, true, false, false, demoPaid},
	{-33, 1, "carry", "搬家装卸", PerDay, 220, 3, 3, true, false, false, false, demoPaid},
	{-26, 2, "herd", "剪羊毛和打耳标", PerDay, 260, 4, 4, false, true, true, false, demoPaid},
	{-19, 1, "guard", "沙漠越野赛临时值守", PerDay, 200, 10, 9, false, true, false, true, demoPaid},
	{-12, 2, "sort", "肉苁蓉分拣包装", PerHour, 19, 6, 6, false, true, false, false, demoLate},
	{-8, 1, "build", "围栏立柱浇筑小工", PerDay, 240, 4, 4, false, true, false, false, demoFight},
	{-5, 1, "clean", "厂区清扫", PerDay, 170, 3, 3, false, true, false, false, demoDiffers},
	{-2, 1, "kitchen", "农家乐端菜", PerDay, 180, 3, 3, false, true, false, true, demoSaid},
	{-1, 1, "repair", "温室棚膜更换", PerDay, 230, 4, 4, false, true, false, false, demoPaid},
	{0, 1, "carry", "仓库装车", PerDay, 200, 5, 3, false, true, false, true, demoOpen},
	{0, 1, "home", "老人陪护一天", PerDay, 180, 1, 0, true, false, true, false, demoOpen},
	{1, 3, "farm", "葵花收割", PerDay, 210, 15, 6, false, true, false, false, demoOpen},
	{1, 1, "clean", "婚宴后保洁", PerHour, 20, 4, 0, true, false, false, false, demoOpen},
	{2, 2, "sort", "快递分拣晚班", PerHour, 21, 8, 2, false, true, false, false, demoOpen},
	{3, 5, "build", "人行道铺砖小工", PerDay, 230, 10, 0, false, true, true, false, demoOpen},
	{4, 1, "deliver", "中秋礼盒配送", PerPiece, 5, 6, 0, false, true, false, false, demoOpen},
	{6, 2, "herd", "转场赶牧帮工", PerDay, 300, 4, 0, true, false, true, false, demoOpen},
	{5, 1, "kitchen", "那达慕小吃摊帮手", PerDay, 190, 4, 0, false, true, false, false, demoOff},
}

// SeedDemo puts markets, jobs in every state, workers and agreements on shared labour into the demonstration. It does nothing where
// there are any.
func (r *Room) SeedDemo(ctx context.Context, cast Cast) error {
	if list, err := markets(ctx, r.DB, region, 0, 1); err != nil || len(list) > 0 {
		return err
	}
	halls, err := r.demoMarkets(ctx, cast)
	if err != nil {
		return err
	}
	people, err := r.demoWorkers(ctx, cast)
	if err != nil {
		return err
	}
	if err := r.demoWork(ctx, cast, halls[0], people); err != nil {
		return err
	}
	return r.demoShares(ctx, cast)
}

func (r *Room) demoMarkets(ctx context.Context, cast Cast) (made []int64, err error) {
	for i, m := range []struct {
		who web.User
		Market
	}{
		{cast.Officer, Market{Name: "巴彦浩特零工市场", Kind: "gig", Address: "雅布赖西路 12 号", Hours: "每天 05:30～18:30", Operator: "阿拉善左旗就业服务中心", Capacity: 260, Services: "hall water warm toilet charge meal rights insure train", Officer: "张建国 0483-8330021"}},
		{cast.Other, Market{Name: "达来呼布劳务市场", Kind: "labour", Address: "居延街 8 号", Hours: "每天 06:00～18:00", Operator: "额济纳旗就业服务中心", Capacity: 120, Services: "hall water warm toilet rights", Officer: "巴图 0483-6520022"}},
	} {
		if m.who.ID == 0 {
			continue
		}
		m.Area = m.who.Area
		id, err := r.AddMarket(ctx, m.who, m.Market, fmt.Sprintf("gig-demo-market-%d", i))
		if err != nil {
			return nil, err
		}
		made = append(made, id)
		for n, s := range []Session{{Day: db.On(r.today().AddDate(0, 0, -14)), Theme: "秋收用工专场", Came: 187}, {Day: db.On(r.today().AddDate(0, 0, -7)), Theme: "日常对接和维权咨询", Came: 132}, {Day: db.On(r.today().AddDate(0, 0, 2)), Theme: "葵花收割用工专场", Came: -1}} {
			s.MarketID = id
			if err := r.AddSession(ctx, m.who, s, fmt.Sprintf("gig-demo-session-%d-%d", i, n)); err != nil {
				return nil, err
			}
		}
	}
	return made, nil
}

// demoWorkers lets registered unemployed people of the banner, and the seeker, offer day work; it returns them, the seeker first.
func (r *Room) demoWorkers(ctx context.Context, cast Cast) ([]int64, error) {
	seekers, err := r.People.Seekers(ctx, cast.Officer.Area, db.On(r.today()), person.Seeker{}, 60)
	if err != nil {
		return nil, err
	}
	var people []int64
	var list []Worker
	if cast.Seeker.PersonID != 0 {
		people = append(people, cast.Seeker.PersonID)
	}
	for _, s := range seekers {
		if s.PersonID != cast.Seeker.PersonID {
			people = append(people, s.PersonID)
		}
	}
	for i, id := range people {
		w := Worker{PersonID: id, Area: cast.Officer.Area, Kinds: " " + kinds[i%11] + " " + kinds[(i*3+1)%11] + " carry clean ", Days: 127, Until: db.On(r.today().AddDate(0, 1, 0)), Least: int64(150+i%5*10) * 100, Km: 60, On: i < 30}
		if i%4 == 3 {
			w.Days = 0b1100000 | 1<<(i%5) // weekends and one more day
		}
		list = append(list, w)
	}
	return people, r.DB.Tx(ctx, func(tx *db.Tx) error { return putWorkers(ctx, tx, list) })
}

// demoWork writes the made-up jobs with their workers, days and payments.
func (r *Room) demoWork(ctx context.Context, cast Cast, hall int64, people []int64) error {
	units, err := r.Employers.Recruiting(ctx, cast.Officer.Area, db.On(r.today()), 8)
	if err != nil || len(people) < 2 {
		return err
	}
	hirers := []Hirer{}
	own, err := r.Employers.Get(ctx, cast.Unit.EmployerID)
	if err != nil {
		return err
	}
	hirers = append(hirers, Hirer{ID: own.ID, EmployerID: own.ID, Area: own.Area, Name: own.Name, who: r.Sealer.Seal("")})
	for _, u := range units {
		if u.ID != own.ID {
			hirers = append(hirers, Hirer{ID: u.ID, EmployerID: u.ID, Area: u.Area, Name: u.Name, who: r.Sealer.Seal("")})
		}
	}
	home := Hirer{ID: r.IDs.Next(), Area: cast.Officer.Area, Name: "王＊＊", who: r.Sealer.Seal("王建军\n13900000001")}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if _, err := callerOf(ctx, tx, r.Sealer.Hash("gig.phone", "13900000001"), home.ID); err != nil {
			return err
		}
		for _, h := range append(hirers, home) {
			if err := keepHirer(ctx, tx, &h); err != nil {
				return err
			}
		}
		next := 1
		for i, x := range demoJobs {
			h := hirers[i%min(len(hirers), 3)] // the employer has every third
			switch {
			case x.household:
				h = home
			case x.end == demoLate || x.end == demoDiffers: // the same one owes twice, and may not post
				h = hirers[min(len(hirers), 3)-1]
			case x.end == demoFight || x.end == demoOpen && x.seeker:
				h = hirers[0]
			}
			day := r.today().AddDate(0, 0, x.day)
			j := Job{ID: r.IDs.Next(), HirerID: h.ID, EmployerID: h.EmployerID, Hirer: h.Name, MarketID: hall, Area: area.At(cast.Officer.Area, area.Banner), Address: "巴彦浩特镇", Kind: x.kind, Title: x.title, From: db.On(day), Until: db.On(day.AddDate(0, 0, x.days-1)),
				Start: 8 * 60, End: 18 * 60, Rest: 120, Places: x.places, Taken: x.taken, Price: x.price * 100, Unit: x.unit, Pieces: map[bool]int64{true: 100, false: 0}[x.unit == PerPiece], Pay: payDays[i%2], Tools: i%2 == 0, Insured: x.insure, Meals: i%3 == 0, Pick: x.pick,
				Teams: x.places >= 6, Notice: 12, State: Open, ByID: cast.Officer.ID, By: account.Signature(cast.Officer), Version: 1}
			if x.end == demoOff {
				j.State, j.Why = Cancelled, "活动改期"
			}
			if err := insertJobs(ctx, tx, []Job{j}); err != nil {
				return err
			}
			var takes []Take
			var days []Shift
			for n := range min(int(x.taken), len(people)-1) {
				who := people[1+(next+n)%(len(people)-1)]
				if x.seeker && n == 0 {
					who = people[0]
				}
				t, list := r.demoTake(&j, who, x.end, n)
				takes, days = append(takes, t), append(days, list...)
			}
			next += int(x.taken)
			if err := r.putTakes(ctx, tx, takes); err != nil {
				return err
			}
			if err := putShifts(ctx, tx, days); err != nil {
				return err
			}
		}
		return nil
	})
}

// demoTake is a made-up place with its days and payment.
func (r *Room) demoTake(j *Job, who int64, end string, n int) (Take, []Shift) {
	t := Take{PersonID: who, JobID: j.ID, HirerID: j.HirerID, Area: j.Area, From: j.From, Until: j.Until, Start: j.Start, End: j.End, State: Taken, At: j.Begins().Add(-time.Duration(20+n) * time.Hour).UnixMilli(), DueOn: j.DueOn(), Version: 1}
	if end == demoOpen {
		return t, nil
	}
	if end == demoPaid && n == 8 {
		t.State = Absent
		return t, nil
	}
	var days []Shift
	for d := j.From.Time; !d.After(j.Until.Time); d = d.AddDate(0, 0, 1) {
		s := newShift(&t, db.On(d))
		s.WorkerIn, s.WorkerOut, s.HirerIn, s.HirerOut = j.Start-int64(n%4), j.End+int64(n%3), j.Start, j.End
		if end == demoDiffers && n == 0 {
			s.HirerOut = j.End - 120
		}
		if j.Unit == PerPiece {
			s.Pieces = 90 + int64(n%5)*8
		}
		s.count(j)
		days = append(days, s)
	}
	t.Due, t.Pay = due(j, days), Owed
	pay := func(state string) { t.Pay, t.Paid, t.PaidOn = state, t.Due, t.DueOn }
	switch {
	case end == demoPaid:
		pay(Confirmed)
	case end == demoSaid:
		pay(Said)
	case end == demoFight && n == 0:
		t.Pay, t.Objection, t.Paid, t.PaidOn = Disputed, "说好一天 240 元，只给了 200 元", 20_000, t.DueOn
	case end == demoFight, end == demoDiffers && n > 0, end == demoLate && n > 1:
		pay(Confirmed)
	}
	return t, days
}

// demoShares writes posts and two agreements of the demonstration's employer: one that has ended, one that runs.
func (r *Room) demoShares(ctx context.Context, cast Cast) error {
	units, err := r.Employers.Recruiting(ctx, league(cast.Officer.Area), db.On(r.today()), 12)
	if err != nil {
		return err
	}
	var others []int64
	for _, u := range units {
		if u.ID != cast.Unit.EmployerID {
			others = append(others, u.ID)
		}
	}
	staff, err := staffOf(ctx, r.DB, cast.Unit.EmployerID, person.MonthOf(r.asOf()), 9)
	if err != nil || len(others) < 2 {
		return err
	}
	day := func(n int) db.Date { return db.On(r.today().AddDate(0, 0, n)) }
	banner := area.At(cast.Officer.Area, area.Banner)
	terms := "每天 8 小时，每周休息 1 天；用工企业提供劳动防护和岗前安全培训，食宿由用工企业免费安排；发生工伤由输出企业申请认定，费用由用工企业补偿"
	ended := Share{ID: r.IDs.Next(), LenderID: cast.Unit.EmployerID, BorrowerID: others[0], AskedBy: others[0], Occupation: "包装工", People: 3, From: day(-100), Until: day(-30), Area: banner, Place: "巴彦浩特工业园", Pay: 420_000, Payer: "lender", Insurer: "lender", Terms: terms, State: Ended,
		Reminded: day(-37), By: "示例", Version: 5}
	running := Share{ID: r.IDs.Next(), LenderID: cast.Unit.EmployerID, BorrowerID: others[1], AskedBy: cast.Unit.EmployerID, Occupation: "设备操作工", People: 5, From: day(-20), Until: day(40), Area: banner, Place: "乌斯太镇", Pay: 480_000, Payer: "lender", Insurer: "lender", Terms: terms, State: Agreed,
		By: "示例", Version: 3}
	var lent []Lent
	at := clock.Date(2025, time.June, 1).UnixMilli()
	for i, id := range staff {
		switch {
		case i < 3:
			lent = append(lent, Lent{PersonID: id, ShareID: ended.ID, State: Returned, At: at, Back: day(-29), Sent: day(-30), Version: 2})
		case i < 7:
			lent = append(lent, Lent{PersonID: id, ShareID: running.ID, State: []string{Consented, Consented, Waiting, Refused}[i-3], At: []int64{r.now(), r.now(), 0, r.now()}[i-3]})
		}
	}
	list := []Post{{Side: Offer, EmployerID: cast.Unit.EmployerID, Occupation: "设备操作工", People: 12, From: day(0), Until: day(75), Pay: 460_000, Note: "检修停产期间可借出"}, {Side: Need, EmployerID: others[0], Occupation: "设备操作工", People: 8, From: day(5), Until: day(65), Pay: 500_000, Note: "新线投产，提供食宿"},
		{Side: Need, EmployerID: others[1], Occupation: "包装工", People: 20, From: day(-3), Until: day(30), Pay: 430_000}, {Side: Offer, EmployerID: others[len(others)-1], Occupation: "客房服务员", People: 15, From: day(10), Until: day(160), Pay: 360_000, Note: "旅游淡季"}}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, s := range []Share{ended, running} {
			if err := insertShare(ctx, tx, &s); err != nil {
				return err
			}
		}
		for _, p := range list {
			p.ID, p.Area, p.Version = r.IDs.Next(), banner, 1
			if err := insertPost(ctx, tx, &p); err != nil {
				return err
			}
		}
		return putLent(ctx, tx, lent)
	})
}
