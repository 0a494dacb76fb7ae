package fair

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Cast is who plays in the demonstration.
type Cast struct{ Officer, League, Seeker, Unit web.User }

// themes are the monthly fairs of a year, by month.
var themes = [13]string{"", "就业援助月", "春风行动", "春风行动", "民营企业招聘月", "高校毕业生夏季招聘", "百日千万招聘", "退役军人专场", "高校毕业生秋季先锋", "金秋招聘月", "金秋招聘月", "人力资源市场高校毕业生专场", "冬季农牧民转移就业专场"}

// demoPool is what the made-up fairs are made of: people who look for work, employers with vacancies, and who was insured when.
type demoPool struct {
	vacancies map[int64][]employer.Vacancy
	employers []int64
	looking   []int64
	begun     map[int][]begun // by month
	at        int             // people handed out
	code      int
}

// demoFair is one made-up fair with everything that hangs on it.
type demoFair struct {
	Fair
	booths []Booth
	visits []Visit
	talks  []Talk
}

// SeedDemo puts a year of fairs with results into the demonstration, one of today, and some that are to come. It does nothing where
// there are any.
func (r *Room) SeedDemo(ctx context.Context, cast Cast) error {
	if n, err := countFairs(ctx, r.DB, filter{area: region}); err != nil || n > 0 {
		return err
	}
	pool, err := r.demoPool(ctx, cast)
	if err != nil || len(pool.employers) == 0 || len(pool.looking) == 0 {
		return err
	}
	var list []demoFair
	today := r.today()
	for day := today.AddDate(-1, 0, 0); day.Before(today); day = day.AddDate(0, 0, 1) {
		switch {
		case day.Weekday() == time.Friday:
			list = append(list, pool.held(r, cast.Officer, Weekly, day, "周五小型招聘会", 4, 8))
		case day.Weekday() == time.Saturday && day.Day() >= 15 && day.Day() < 22:
			list = append(list, pool.held(r, cast.League, Special, day, themes[day.Month()]+"专场招聘会", 14, 40))
		}
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		for i := range list {
			if err := pool.write(ctx, tx, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if _, err := r.Follow(ctx); err != nil {
		return err
	}
	return r.seedComing(ctx, cast, pool)
}

func (r *Room) demoPool(ctx context.Context, cast Cast) (*demoPool, error) {
	p := &demoPool{vacancies: map[int64][]employer.Vacancy{}, begun: map[int][]begun{}, code: 2_000_000}
	today := db.On(r.today())
	err := r.Employers.EachOpen(ctx, cast.League.Area, today, func(v *employer.Vacancy) error {
		if len(p.vacancies[v.EmployerID]) == 0 {
			p.employers = append(p.employers, v.EmployerID)
		}
		p.vacancies[v.EmployerID] = append(p.vacancies[v.EmployerID], *v)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if p.looking, err = lookingIn(ctx, r.DB, cast.Officer.Area, today, 600); err != nil {
		return nil, err
	}
	list, err := begunIn(ctx, r.DB, cast.League.Area, person.MonthOf(r.today().AddDate(-1, 0, 0)), person.MonthOf(r.asOf()), 3_000)
	for _, b := range list {
		if len(p.vacancies[b.EmployerID]) > 0 {
			p.begun[b.From] = append(p.begun[b.From], b)
		}
	}
	return p, err
}

// held makes up a fair that is over.
func (p *demoPool) held(r *Room, who web.User, kind string, day time.Time, title string, booths, people int) demoFair {
	d := demoFair{Fair: Fair{ID: r.IDs.Next(), Area: who.Area, Kind: kind, Title: fmt.Sprintf("%d 月 %d 日%s", int(day.Month()), day.Day(), title), Theme: themes[day.Month()], Place: "阿拉善左旗巴彦浩特镇人力资源市场",
		Day: db.On(day), From: 540, To: 720, Organisers: who.AreaName + "就业服务中心", Booths: booths + 2, State: Closed, Done: checklist, ByID: who.ID, ByName: account.Signature(who),
		At: day.AddDate(0, 0, -20).UnixMilli(), ClosedOn: db.On(day.AddDate(0, 0, 3)), Version: 4, Sum: "展位秩序正常，岗位集中在服务和能源行业，部分求职者技能不足，已登记培训意愿。"}}
	n := int(day.Unix() / 86_400) // days differ, the same ones always alike
	people, booths = people*(60+n*37%90)/100, booths-n%3
	opens := day.Add(9*time.Hour - 8*time.Hour).UnixMilli() // nine in the morning by Beijing time
	use := func(id int64) {
		if !slices.ContainsFunc(d.booths, func(b Booth) bool { return b.EmployerID == id }) && len(d.booths) < booths {
			d.booths = append(d.booths, p.booth(id, d.ID, len(d.booths)+1, opens))
		}
	}
	month := person.MonthOf(day)
	hired := p.begun[month]
	most := min(len(hired), n%3*people/16+n%2)
	for _, b := range hired[:most] {
		use(b.EmployerID)
	}
	p.begun[month] = hired[most:]
	for i := 0; len(d.booths) < min(booths, len(p.employers)); i++ {
		use(p.employers[(n*7+i)%len(p.employers)])
	}
	for i, b := range hired[:most] {
		if slices.ContainsFunc(d.booths, func(x Booth) bool { return x.EmployerID == b.EmployerID }) {
			d.come(p, b.PersonID, opens, i, true)
			d.talks = append(d.talks, Talk{PersonID: b.PersonID, FairID: d.ID, EmployerID: b.EmployerID, VacancyID: p.vacancies[b.EmployerID][0].ID, Result: []string{Hired, Interview, Intent}[i%3], At: opens + int64(i)*240_000, ByName: who.Name})
		}
	}
	for i := range people {
		id := p.looking[p.at%len(p.looking)]
		p.at++
		came := i%5 != 4
		if !d.come(p, id, opens, i, came) || !came || i%2 == 1 {
			continue
		}
		b := d.booths[i%len(d.booths)]
		d.talks = append(d.talks, Talk{PersonID: id, FairID: d.ID, EmployerID: b.EmployerID, VacancyID: b.Vacancies[0], Result: []string{Intent, Unfit, Interview, Unfit, Intent}[i/2%5], At: opens + int64(i)*180_000, ByName: who.Name})
	}
	return d
}

// come registers somebody; false when they are there already.
func (d *demoFair) come(p *demoPool, id, opens int64, n int, came bool) bool {
	if slices.ContainsFunc(d.visits, func(v Visit) bool { return v.PersonID == id }) {
		return false
	}
	body := strconv.Itoa(p.code)
	p.code += 37
	v := Visit{PersonID: id, FairID: d.ID, Code: body + string(checkDigit(body)), RegisteredAt: opens - int64(n%6)*86_400_000, WalkIn: came && n%6 == 0}
	if came {
		v.CheckedAt, v.By = opens+int64(n%90)*60_000, d.ByName
	}
	d.visits = append(d.visits, v)
	return true
}

func (p *demoPool) booth(id, fairID int64, number int, at int64) Booth {
	b := Booth{EmployerID: id, FairID: fairID, Number: number, State: Confirmed, Contact: "人力资源部 0483-8330000", At: at, Version: 2}
	for _, v := range p.vacancies[id][:min(len(p.vacancies[id]), 3)] {
		b.Vacancies = append(b.Vacancies, v.ID)
	}
	return b
}

func (p *demoPool) write(ctx context.Context, tx *db.Tx, d *demoFair) error {
	if err := insertFairs(ctx, tx, []Fair{d.Fair}); err != nil {
		return err
	}
	openings := map[int64]int{}
	for _, b := range d.booths {
		for _, v := range p.vacancies[b.EmployerID] {
			openings[v.ID] = v.Openings
		}
		if err := takeNumber(ctx, tx, d.ID, b.EmployerID, b.Number); err != nil {
			return err
		}
	}
	if err := saveBooths(ctx, tx, d.booths, openings); err != nil {
		return err
	}
	for _, v := range d.visits {
		if _, err := takeCode(ctx, tx, d.ID, v.PersonID, v.Code); err != nil {
			return err
		}
	}
	if _, err := insertVisits(ctx, tx, d.visits); err != nil {
		return err
	}
	return saveTalks(ctx, tx, d.talks)
}

// seedComing makes the fairs that are to come: today's with people at the door, Friday's with its invitations, and a calendar.
func (r *Room) seedComing(ctx context.Context, cast Cast, p *demoPool) error {
	today := r.today()
	friday := today.AddDate(0, 0, (int(time.Friday)-int(today.Weekday())+7)%7)
	for i, one := range []struct {
		who            web.User
		kind, title    string
		day            time.Time
		place, with    string
		groups         []string
		booths, people int
		publish        bool
	}{
		{cast.Officer, Sector, "家政养老行业专场招聘会", today, "阿拉善左旗巴彦浩特镇人力资源市场", "", []string{"rural", "women"}, 6, 18, true},
		{cast.Officer, Weekly, "周五小型招聘会", friday, "阿拉善左旗巴彦浩特镇人力资源市场", "", nil, 8, 40, true},
		{cast.League, Special, "金秋招聘月专场招聘会", today.AddDate(0, 0, 10), "阿拉善盟会展中心", "", nil, 16, 0, true},
		{cast.League, Online, "“职等你来”线上招聘会", today.AddDate(0, 0, 16), "手机打开展位页，在线投递和视频面试", "", nil, 10, 0, true},
		{cast.League, Campus, "阿拉善职业技术学院校园招聘会", today.AddDate(0, 0, 21), "阿拉善职业技术学院体育馆", "", []string{"graduate"}, 12, 0, true},
		{cast.League, Cities, "阿拉善、乌海、银川三地联合招聘会", today.AddDate(0, 0, 30), "乌海市海勃湾区人民广场", "乌海市、银川市", []string{"rural", "hardship"}, 20, 0, true},
		{cast.Officer, Special, "退役军人专场招聘会", today.AddDate(0, 0, 38), "阿拉善左旗退役军人服务中心", "", []string{"veteran"}, 10, 0, false},
	} {
		step := 0
		once := func() string { step++; return fmt.Sprintf("fair-demo-%02d-%02d", i, step) }
		id, err := r.Plan(ctx, one.who, Fair{Area: one.who.Area, Kind: one.kind, Title: one.title, Theme: themes[one.day.Month()], Place: one.place, With: one.with, Groups: one.groups, Day: db.On(one.day), From: 540, To: 720,
			Organisers: one.who.AreaName + "就业服务中心", Booths: one.booths + 2}, once())
		if err != nil {
			return err
		}
		if !one.publish {
			continue
		}
		if err := r.Publish(ctx, one.who, id, 1, once()); err != nil {
			return err
		}
		if err := r.fill(ctx, cast, p, id, one.booths, one.people, i); err != nil {
			return err
		}
		if one.people == 0 || i == 0 {
			continue
		}
		if _, err := r.Allocate(ctx, one.who, id, once()); err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return nil
}

// fill gives a published fair its booths and people. At today's some are at the door already; the demonstration's seeker is
// registered, and its employer waits for a booth.
func (r *Room) fill(ctx context.Context, cast Cast, p *demoPool, id int64, booths, people, shift int) error {
	d := demoFair{Fair: Fair{ID: id, ByName: account.Signature(cast.Officer)}}
	now := r.Clock.Now().UnixMilli()
	for n := 0; len(d.booths) < min(booths, len(p.employers)-1) && n < len(p.employers); n++ {
		if e := p.employers[(shift*11+n)%len(p.employers)]; e != cast.Unit.EmployerID {
			d.booths = append(d.booths, p.booth(e, id, len(d.booths)+1, now))
		}
	}
	if u := cast.Unit.EmployerID; len(p.vacancies[u]) > 0 && shift == 1 {
		b := p.booth(u, id, 0, now)
		b.State = Asked
		d.booths = append(d.booths, b)
	}
	if cast.Seeker.PersonID != 0 && people > 0 {
		d.come(p, cast.Seeker.PersonID, now, 1, false)
	}
	for n := range people {
		d.come(p, p.looking[(p.at+n)%len(p.looking)], now, n, shift == 0 && n%3 == 0)
	}
	p.at += people
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		openings := map[int64]int{}
		for _, b := range d.booths {
			for _, v := range p.vacancies[b.EmployerID] {
				openings[v.ID] = v.Openings
			}
			if err := takeNumber(ctx, tx, id, b.EmployerID, b.Number); err != nil {
				return err
			}
		}
		for _, v := range d.visits {
			if _, err := takeCode(ctx, tx, id, v.PersonID, v.Code); err != nil {
				return err
			}
		}
		if err := saveBooths(ctx, tx, d.booths, openings); err != nil {
			return err
		}
		_, err := insertVisits(ctx, tx, d.visits)
		return err
	})
}
