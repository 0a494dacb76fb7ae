package dispatch

import (
	"context"
	"fmt"
	"strconv"

	"jiuye/internal/engine/identity"
	"jiuye/internal/engine/rank/advert"
	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
)

func leadAt(id int64) string { return atLeads + "/" + strconv.FormatInt(id, 10) }

// Taken is what became of a department's list.
type Taken struct{ Fresh, Renewed, Kept int }

// Take takes a department's list in: a project becomes a lead for its banner's officers, with a deadline; where the list comes from above,
// it is sent down to the banner. A project of an earlier list is renewed while nobody has settled it. Faults: Denied, Repeat.
func (r *Room) Take(ctx context.Context, who web.User, list *List, once string) (t Taken, err error) {
	if err := MayManage(who, who.Area); err != nil {
		return t, err
	}
	today := r.Clock.Today()
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		t = Taken{}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		keys, codes := make([]string, len(list.Leads)), []string{}
		for i, l := range list.Leads {
			if !area.Within(l.Area, who.Area) {
				return fault.New(fault.Denied, "%s不在您的权限范围（%s）内", area.FullName(l.Area), area.Name(who.Area))
			}
			keys[i] = l.key()
			if l.CreditCode != "" {
				codes = append(codes, l.CreditCode)
			}
		}
		known, err := leadIDs(ctx, tx, keys)
		if err != nil {
			return err
		}
		units, err := r.Employers.Resolve(ctx, tx, codes)
		if err != nil {
			return err
		}
		var fresh []*Lead
		var tasks []assignment.Task
		var sent []*Lead
		for i, l := range list.Leads {
			if l.ID = known[keys[i]]; l.ID != 0 {
				renewed, err := r.renewLead(ctx, tx, l)
				if err != nil {
					return err
				}
				if renewed {
					t.Renewed++
				} else {
					t.Kept++
				}
				continue
			}
			l.ID, l.State, l.Day, l.Due, l.GivenBy, l.By, l.EmployerID = r.IDs.Next(), Fresh, db.On(today), db.On(workday.Add(today, leadDays)), who.Area, account.Signature(who), units[l.CreditCode]
			fresh, t.Fresh = append(fresh, l), t.Fresh+1
			if who.Area != l.Area {
				sent = append(sent, l)
				tasks = append(tasks, assignment.Task{Kind: kindLead, Object: "dispatch_lead", ObjectID: l.ID, From: who.Area, To: l.Area, Title: fmt.Sprintf("项目用工需求对接：%s（%d 人）", l.Project, l.People),
					Body: "请联系" + l.Owner + "，核实用工需求，转为重点企业或岗位，或写明不转的原因。", Href: leadAt(l.ID), WorkDays: leadDays, By: who})
			}
		}
		if len(tasks) > 0 {
			ids, err := r.Assignments.GiveAll(ctx, tx, tasks)
			if err != nil {
				return err
			}
			for i, id := range ids {
				sent[i].AssignmentID = id
			}
		}
		if err := r.insertLeads(ctx, tx, fresh); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "leads", "area", 0, who.Area, fmt.Sprintf("导入项目用工需求：新增 %d 个，更新 %d 个，退回 %d 行", t.Fresh, t.Renewed, len(list.Flaws)))
	})
	return t, err
}

// lead changes a lead as one act.
func (r *Room) lead(ctx context.Context, who web.User, id, version int64, once, what string, do func(tx *db.Tx, l *Lead) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		l, err := r.leadByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MayManage(who, l.Area); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if l.settled() {
			return fault.New(fault.Conflict, "这个项目已经办结，不用再办")
		}
		l.Version = version
		if err := do(tx, &l); err != nil {
			return err
		}
		if err := saveLead(ctx, tx, &l); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "lead", "dispatch_lead", id, l.Area, what+"："+l.Project)
	})
}

// Contacted notes that somebody has talked to a project's owner. Faults: Invalid, NotFound, Denied, Conflict, Repeat.
func (r *Room) Contacted(ctx context.Context, who web.User, id int64, text string, version int64, once string) error {
	if text = identity.Veil(text); text == "" {
		return fault.New(fault.Invalid, "请写明联系的情况，例如用工时间有无变化、由谁负责招聘")
	}
	return r.lead(ctx, who, id, version, once, "联系项目单位", func(_ *db.Tx, l *Lead) error {
		l.State, l.Outcome = Contacted, text
		return nil
	})
}

// Drop ends a lead that comes to nothing, with the reason. Faults: as for Contacted.
func (r *Room) Drop(ctx context.Context, who web.User, id int64, why string, version int64, once string) error {
	if why = identity.Veil(why); why == "" {
		return fault.New(fault.Invalid, "请写明不转的原因，例如项目停建、用工由外地总包负责")
	}
	return r.lead(ctx, who, id, version, once, "项目不转岗位", func(_ *db.Tx, l *Lead) error {
		l.State, l.Outcome = None, why
		return nil
	})
}

// Turn puts a project's demand among the vacancies of its owner, one for each occupation and quarter, open until the quarter ends. An owner
// that is not in the register yet joins it by its credit code. Faults: Invalid, NotFound, Denied, Conflict, Repeat.
func (r *Room) Turn(ctx context.Context, who web.User, id int64, code string, payLow, payHigh int64, version int64, once string) (made int, err error) {
	if payLow <= 0 || payHigh < payLow || payHigh > mostPay {
		return 0, fault.New(fault.Invalid, "请填写月工资范围，最高不低于最低，不超过 %s 元", lang.Int(mostPay/100))
	}
	err = r.lead(ctx, who, id, version, once, "项目用工转为岗位", func(tx *db.Tx, l *Lead) error {
		made = 0
		if err := r.owner(ctx, tx, l, code); err != nil {
			return err
		}
		today := r.today()
		var list []employer.Vacancy
		for i := range l.Forecasts {
			f := &l.Forecasts[i]
			for _, o := range advert.Check([]advert.Field{{Name: "title", Text: f.Occupation}}, advert.Context{}) {
				if o.Severity == advert.Refuse {
					return fault.New(fault.Invalid, "%s", o.Text("工种"))
				}
			}
			closes := quarterEnd(f.Quarter, today)
			if !closes.After(today.Time) {
				continue
			}
			f.LeadID, f.VacancyID = l.ID, r.IDs.Next()
			list = append(list, employer.Vacancy{EmployerID: l.EmployerID, ID: f.VacancyID, Title: f.Occupation, Occupation: f.Occupation, Openings: int(f.People), PayLow: payLow, PayHigh: payHigh, Area: l.Area, Posted: today, Closes: closes,
				Benefits: l.Project + "（" + l.Department + "推送）", State: employer.Open})
			if err := setForecast(ctx, tx, f); err != nil {
				return err
			}
		}
		if len(list) == 0 {
			return fault.New(fault.Late, "各季度都已过去，请先与主管部门核实新的用工时间")
		}
		l.State, l.Outcome, made = Made, fmt.Sprintf("转为 %d 个岗位", len(list)), len(list)
		return r.Employers.SaveVacancies(ctx, tx, list)
	})
	return made, err
}

// Key puts a project's owner on the banner's list of key enterprises. Faults: as for Turn and Enter.
func (r *Room) Key(ctx context.Context, who web.User, id int64, code string, version int64, once string) (employerID int64, err error) {
	err = r.lead(ctx, who, id, version, once, "项目单位列入重点企业", func(tx *db.Tx, l *Lead) error {
		if err := r.owner(ctx, tx, l, code); err != nil {
			return err
		}
		employerID, l.State, l.Outcome = l.EmployerID, Made, "列入重点企业名单"
		old, err := r.unitByID(ctx, tx, l.EmployerID)
		if err == nil && old.State != Off {
			l.Outcome = "已在重点企业名单中"
			return nil
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		found, err := r.Employers.ListIn(ctx, tx, []int64{l.EmployerID})
		if err != nil {
			return err
		}
		e := found[0]
		if !area.Within(e.Area, l.Area) {
			return fault.New(fault.Conflict, "%s登记在%s，由那里决定是否列入。本地可以转为岗位", e.Name, area.FullName(area.At(e.Area, area.Banner)))
		}
		u := Unit{EmployerID: l.EmployerID, Area: e.Area, Level: Banner, Criteria: []string{"project"}, Why: fmt.Sprintf("%s项目预计用工 %d 人（%s推送）", l.Project, l.People, l.Department), State: On, Since: r.today(), Contact: l.Contact, OfficerID: old.OfficerID, OfficerName: old.OfficerName, Version: old.Version}
		if u.Contact == (Contact{}) {
			u.Contact = old.Contact
		}
		if err := r.saveUnit(ctx, tx, &u); err != nil {
			return err
		}
		return r.addEvent(ctx, tx, Event{EmployerID: u.EmployerID, What: "add", Text: u.Why, By: account.Signature(who)})
	})
	return employerID, err
}

// owner finds a lead's owner in the register by its credit code, or puts it there.
func (r *Room) owner(ctx context.Context, tx *db.Tx, l *Lead, code string) error {
	if code == "" {
		code = l.CreditCode
	}
	if !isCode(code) {
		return fault.New(fault.Invalid, "请填写建设单位的统一社会信用代码，18 位，末位是校验码")
	}
	known, err := r.Employers.Resolve(ctx, tx, []string{code})
	if err != nil {
		return err
	}
	if l.EmployerID = known[code]; l.EmployerID != 0 {
		return nil
	}
	l.EmployerID = r.IDs.Next()
	return r.Employers.Save(ctx, tx, []employer.Employer{{ID: l.EmployerID, CreditCode: code, Name: l.Owner, Kind: employer.Enterprise, Area: area.At(l.Area, area.Banner), Phone: l.Contact.Phone}})
}

// quarterEnd is the last day of a quarter; of one that is not told, half a year from today.
func quarterEnd(q string, today db.Date) db.Date {
	if len(q) != 6 {
		return db.On(today.AddDate(0, 6, 0))
	}
	year, _ := strconv.Atoi(q[:4])
	return db.On(firstOf(year*100+int(q[5]-'0')*3).AddDate(0, 1, -1))
}

// leadTold lets a banner answer only when the lead was settled, so that the answer and the lead agree.
func (r *Room) leadTold(ctx context.Context, tx *db.Tx, a assignment.Answer) error {
	l, err := r.leadByID(ctx, tx, a.ObjectID)
	if err != nil {
		return err
	}
	if !l.settled() {
		return fault.New(fault.Conflict, "请先在项目线索页办结（转为重点企业、转为岗位或写明不转的原因），再回复")
	}
	return nil
}
