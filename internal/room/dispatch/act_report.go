package dispatch

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"jiuye/internal/engine/identity"
	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
)

func reportAt(id int64, month int) string { return unitAt(id) + "/report/" + strconv.Itoa(month) }

// Draft is what a month's report is prefilled with: what was reported, otherwise the open vacancies of the register, and of last month's
// report the staff, the reasons and the training. The staff is what the insurance register knows when nothing was reported before.
func (r *Room) Draft(ctx context.Context, employerID int64, month int) (p Report, reported bool, err error) {
	p, reported, err = reportOf(ctx, r.DB, employerID, month)
	if err != nil || reported {
		return p, reported, err
	}
	p = Report{EmployerID: employerID, Month: month, Due: Due(month)}
	before, err := reportsOf(ctx, r.DB, employerID, 13)
	if err != nil {
		return p, false, err
	}
	if i := slices.IndexFunc(before, func(b Report) bool { return b.Month < month }); i >= 0 {
		b := &before[i]
		p.Staff, p.Reasons, p.Train, p.Trade = b.Staff, b.Reasons, b.Train, b.Trade
		p.Ahead = [3]int64{b.Ahead[1], b.Ahead[2], b.Ahead[2]}
	} else if p.Staff, err = insuredNow(ctx, r.DB, employerID, r.last()); err != nil {
		return p, false, err
	}
	p.Gaps, err = r.openGaps(ctx, employerID, month)
	return p, false, err
}

// openGaps are a unit's open vacancies as lines of a report, those of one occupation together, the most needed first.
func (r *Room) openGaps(ctx context.Context, employerID int64, month int) ([]Gap, error) {
	open, err := r.Employers.VacanciesOf(ctx, employerID)
	if err != nil {
		return nil, err
	}
	var list []Gap
	at := map[string]int{}
	for _, v := range open {
		if v.State != employer.Open || v.Closes.Before(r.Clock.Today()) || v.Openings < 1 {
			continue
		}
		name := v.Occupation
		if name == "" {
			name = v.Title
		}
		i, seen := at[name]
		if !seen {
			i, at[name] = len(list), len(list)
			list = append(list, Gap{EmployerID: employerID, Month: month, Occupation: name, PayLow: v.PayLow, PayHigh: v.PayHigh, VacancyID: v.ID})
		}
		g := &list[i]
		g.Openings, g.PayLow, g.PayHigh = g.Openings+int64(v.Openings), min(g.PayLow, v.PayLow), max(g.PayHigh, v.PayHigh)
	}
	slices.SortFunc(list, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(b.Openings, a.Openings), cmp.Compare(a.Occupation, b.Occupation))
	})
	list = list[:min(len(list), mostGaps)]
	for i := range list {
		list[i].ID = int64(i + 1)
	}
	return list, nil
}

// Report hands a month's report in, or a corrected one: version is the one that was shown, 0 for none. Lines that stand among the
// vacancies keep their vacancy. Faults: Invalid, NotFound, Denied, Late, Conflict, Repeat.
func (r *Room) Report(ctx context.Context, who web.User, p Report, version int64, once string) error {
	p.Note, p.Trade = identity.Veil(p.Note), identity.Veil(p.Trade)
	if err := p.check(); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		u, err := r.unitByID(ctx, tx, p.EmployerID)
		if err != nil {
			return err
		}
		if err := MayReport(who, &u); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if u.State != On {
			return fault.New(fault.Conflict, "%s现在不在重点企业名单上，不用填报", u.Name)
		}
		if !reportable(p.Month, r.month()) {
			return fault.New(fault.Late, "月报可填本月和以前 11 个月，%d 不能填", p.Month)
		}
		old, found, err := reportOf(ctx, tx, p.EmployerID, p.Month)
		if err != nil {
			return err
		}
		if found && old.State == Verified && who.Role == account.Employer {
			return fault.New(fault.Conflict, "这份月报服务专员已核实。需要修改请联系服务专员退回")
		}
		if old.Version != version {
			return fault.New(fault.Conflict, "这份月报刚刚被修改过，您的修改没有保存。请打开最新的内容核对后再填")
		}
		p.State, p.Due, p.FirstOn, p.By, p.At, p.Returned = Submitted, Due(p.Month), r.today(), account.Signature(who), r.now(), ""
		if found {
			p.FirstOn = old.FirstOn
		}
		if err := r.keepVacancies(ctx, tx, &p, old.Gaps); err != nil {
			return err
		}
		if err := saveReport(ctx, tx, &p, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "report", "employer", u.EmployerID, u.Area, fmt.Sprintf("填报 %d 年 %d 月用工月报，缺口 %d 人：%s", p.Month/100, p.Month%100, p.Openings, u.Name))
	})
}

// keepVacancies lets lines keep the vacancy that they had, or that the unit has open for the same work.
func (r *Room) keepVacancies(ctx context.Context, tx *db.Tx, p *Report, old []Gap) error {
	known := map[string]int64{}
	open, err := r.openGaps(ctx, p.EmployerID, p.Month)
	if err != nil {
		return err
	}
	for _, g := range append(open, old...) {
		if g.VacancyID != 0 {
			known[g.Occupation] = g.VacancyID
		}
	}
	for i := range p.Gaps {
		p.Gaps[i].VacancyID = known[p.Gaps[i].Occupation]
	}
	return nil
}

// Return sends a report back for correction, with the reason. Faults: Invalid, NotFound, Denied, Conflict, Repeat.
func (r *Room) Return(ctx context.Context, who web.User, employerID int64, month int, why string, version int64, once string) error {
	if why = identity.Veil(why); why == "" {
		return fault.New(fault.Invalid, "退回时请写明哪里要改，企业要据此更正")
	}
	return r.judge(ctx, who, employerID, month, version, once, "return", "退回月报", func(tx *db.Tx, u *Unit, p *Report) error {
		p.State, p.Returned, p.Due = Returned, why, db.On(workday.Add(r.Clock.Today(), returnDays))
		return r.tell(ctx, tx, message.Message{Kind: kindReport, To: message.To{EmployerID: employerID}, About: strconv.Itoa(month), Title: message.Text{Zh: fmt.Sprintf("%d 月用工月报请更正", month%100), En: "Please correct the monthly report"},
			Body: message.Text{Zh: why + "。请在 " + p.Due.String() + " 前更正", En: why}, Href: reportAt(employerID, month)})
	})
}

// Verify says that an officer has looked at a report. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Verify(ctx context.Context, who web.User, employerID int64, month int, version int64, once string) error {
	return r.judge(ctx, who, employerID, month, version, once, "verify", "核实月报", func(_ *db.Tx, _ *Unit, p *Report) error {
		p.State = Verified
		return nil
	})
}

// judge moves a report on that waits for its officer, or was verified before.
func (r *Room) judge(ctx context.Context, who web.User, employerID int64, month int, version int64, once, act, what string, do func(tx *db.Tx, u *Unit, p *Report) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		u, err := r.unitByID(ctx, tx, employerID)
		if err != nil {
			return err
		}
		if err := MayManage(who, u.Area); err != nil {
			return err
		}
		p, found, err := reportOf(ctx, tx, employerID, month)
		if err != nil {
			return err
		}
		if !found {
			return fault.New(fault.NotFound, "%s还没有报送 %d 月的月报", u.Name, month%100)
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if p.State == Returned || p.State == Verified && act == "verify" {
			return fault.New(fault.Conflict, "这份月报现在的状态不能这样办，请看过现在的样子再办")
		}
		if err := do(tx, &u, &p); err != nil {
			return err
		}
		if err := setState(ctx, tx, &p, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, act, "employer", employerID, u.Area, fmt.Sprintf("%s（%d 年 %d 月）：%s", what, month/100, month%100, u.Name))
	})
}

// advertDays is how long a vacancy that is made of a gap stays open.
const advertDays = 60

// Publish puts a line's work among the vacancies, as its unit. The room of jobs checks it like any other advert. Faults: Invalid, NotFound,
// Denied, Conflict, Repeat.
func (r *Room) Publish(ctx context.Context, who web.User, employerID int64, month int, gap int64, once string) (int64, error) {
	u, err := r.unitByID(ctx, r.DB, employerID)
	if err != nil {
		return 0, err
	}
	if who.Role != account.Employer || who.EmployerID != employerID || r.Publisher == nil {
		return 0, fault.New(fault.Denied, "岗位由企业用自己的账号发布，请联系企业在月报页点“发布为岗位”")
	}
	p, found, err := reportOf(ctx, r.DB, employerID, month)
	if err != nil {
		return 0, err
	}
	if !found || gap < 1 || gap > int64(len(p.Gaps)) {
		return 0, fault.New(fault.NotFound, "月报里没有这一行，请先保存月报")
	}
	g := p.Gaps[gap-1]
	switch {
	case g.VacancyID != 0:
		return g.VacancyID, fault.New(fault.Conflict, "“%s”已经是招聘中的岗位，不用再发布", g.Occupation)
	case g.Openings-g.Told < 1:
		return 0, fault.New(fault.Conflict, "“%s”已经招满，不用再发布", g.Occupation)
	}
	today := r.Clock.Today()
	id, err := r.Publisher.Publish(ctx, who, employer.Vacancy{EmployerID: employerID, Title: g.Occupation, Occupation: g.Occupation, Openings: int(g.Openings - g.Told), PayLow: g.PayLow, PayHigh: g.PayHigh,
		Area: area.At(u.Area, area.Township), Contract: 12, Posted: db.On(today), Closes: db.On(today.AddDate(0, 0, advertDays))}, once)
	if err != nil {
		return 0, err
	}
	g.VacancyID = id
	return id, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := setVacancy(ctx, tx, &g); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "publish", "employer", employerID, u.Area, "缺口转为岗位："+g.Occupation)
	})
}
