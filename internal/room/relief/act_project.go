package relief

import (
	"context"
	"fmt"
	"slices"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

// Add puts a project on file. The owner's credit code, when given, leads to the register. Faults: Denied, Invalid, Repeat.
func (r *Room) Add(ctx context.Context, who web.User, p Project, credit, key string) (int64, error) {
	if err := MayAct(who, p.Area); err != nil {
		return 0, err
	}
	if err := p.Valid(); err != nil {
		return 0, err
	}
	if credit != "" {
		known, err := r.Employers.Resolve(ctx, r.DB, []string{credit})
		if err != nil {
			return 0, err
		}
		if p.EmployerID = known[credit]; p.EmployerID == 0 {
			return 0, fault.New(fault.Invalid, "登记库中没有统一社会信用代码 %s，请核对，或不填", credit)
		}
	}
	p.ID, p.State, p.By = r.IDs.Next(), Proposed, account.Signature(who)
	return p.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := insertProject(ctx, tx, &p); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "project", "project", p.ID, p.Area, "登记以工代赈项目："+p.Title)
	})
}

// within does something about a project in one of its states within a transaction, and tells it.
func (r *Room) within(ctx context.Context, who web.User, id, version int64, key, act string, states []string, do func(tx *db.Tx, p *Project) (text string, err error)) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := projectByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MayAct(who, p.Area); err != nil {
			return err
		}
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if !slices.Contains(states, p.State) {
			return fault.New(fault.Conflict, "项目现在的状态不能这样办，请看过现在的样子再办")
		}
		text, err := do(tx, &p)
		if err != nil {
			return err
		}
		if err := updateProject(ctx, tx, &p, version); err != nil {
			return err
		}
		if err := addStep(ctx, tx, id, r.IDs.Next(), Step{On: r.today(), Text: text, By: account.Signature(who)}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, act, "project", id, p.Area, "以工代赈项目："+p.Title)
	})
}

// Start lets a project begin.
func (r *Room) Start(ctx context.Context, who web.User, id, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "start", []string{Proposed}, func(_ *db.Tx, p *Project) (string, error) {
		p.State = Running
		return "批准开工", nil
	})
}

// Progress tells how far a project is.
func (r *Room) Progress(ctx context.Context, who web.User, id int64, percent int, spent int64, text string, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "progress", []string{Running}, func(_ *db.Tx, p *Project) (string, error) {
		switch {
		case percent < p.Percent || percent > 100:
			return "", fault.New(fault.Invalid, "形象进度应为 %d～100，您填了 %d", p.Percent, percent)
		case spent < p.Spent || spent > p.Investment:
			return "", fault.New(fault.Invalid, "完成投资应在 %s～%s 元之间，您填了 %s", lang.Fen(p.Spent), lang.Fen(p.Investment), lang.Fen(spent))
		case text == "":
			return "", fault.New(fault.Invalid, "请写明进度情况")
		}
		p.Percent, p.Spent = percent, spent
		return fmt.Sprintf("进度 %d%%，完成投资 %s 元：%s", percent, lang.Fen(spent), text), nil
	})
}

// Finish ends a project: no wages may be owing, and the share of wages must be what was promised.
func (r *Room) Finish(ctx context.Context, who web.User, id, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "finish", []string{Running}, func(tx *db.Tx, p *Project) (string, error) {
		workers, err := workersOf(ctx, tx, []Project{*p})
		if err != nil {
			return "", err
		}
		pays, err := paysOf(ctx, tx, []Project{*p})
		if err != nil {
			return "", err
		}
		for _, m := range Months(p, workers[id], pays[id], r.Clock.Today()) {
			if m.Owing() > 0 {
				return "", fault.New(fault.Conflict, "%d 年 %d 月还有 %d 人工资没有足额发放，发清后才能竣工", m.Month/100, m.Month%100, m.Owing())
			}
		}
		if paid := paidIn(pays[id]); paid < p.Pay {
			return "", fault.New(fault.Conflict, "已发劳务报酬 %s 元，少于承诺的 %s 元（占投资 %s），不能竣工", lang.Fen(paid), lang.Fen(p.Pay), lang.Percent(p.Share()))
		}
		p.State, p.Percent = Done, 100
		return "竣工", nil
	})
}

// Hire puts somebody of the register onto a project's roster, by the number of their identity card.
func (r *Room) Hire(ctx context.Context, who web.User, id int64, number, job string, since db.Date, version int64, key string) error {
	n, err := identity.ParseIDNumber(number)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, err.Error())
	}
	return r.within(ctx, who, id, version, key, "hire", []string{Running}, func(tx *db.Tx, p *Project) (string, error) {
		one, err := r.known(ctx, tx, n.Number, since)
		if err != nil {
			return "", err
		}
		switch {
		case job == "" || since.Before(p.Starts.Time) || since.After(r.Clock.Today()):
			return "", fault.New(fault.Invalid, "请填写工种；上工日期应在开工（%s）以后、今天以前", p.Starts)
		case one.Age(since.Time) < youngest:
			return "", fault.New(fault.Invalid, "此人上工时不满 %d 周岁，不能用工（《劳动法》第十五条）", youngest)
		}
		if err := r.again(ctx, tx, p, one.ID, since); err != nil {
			return "", err
		}
		w := Worker{PersonID: one.ID, ProjectID: id, Job: job, Since: since, Local: area.Within(one.Area, p.Area), By: account.Signature(who)}
		return "登记 1 名务工人员，工种：" + job, saveWorker(ctx, tx, &w)
	})
}

// youngest is the age from which somebody may work.
const youngest = 16

// known is the living person behind the number of an identity card.
func (r *Room) known(ctx context.Context, tx *db.Tx, number string, day db.Date) (person.Person, error) {
	id, err := r.People.ByIDNumber(ctx, tx, number)
	if err != nil {
		return person.Person{}, err
	}
	list, err := r.People.ListIn(ctx, tx, []int64{id})
	switch {
	case err != nil:
		return person.Person{}, err
	case len(list) == 0:
		return person.Person{}, fault.New(fault.Invalid, "登记库中没有这个身份证号，请先在服务站建档，再来登记")
	case list[0].Dead(day.Time):
		return person.Person{}, fault.New(fault.Invalid, "登记库中此人已于 %s 登记死亡，请核对身份证号和日期", list[0].Died)
	}
	return list[0], nil
}

// again asks whether somebody who was on the roster before may come back: an earlier period ends first, with all its wages paid,
// because the new one takes its place.
func (r *Room) again(ctx context.Context, tx *db.Tx, p *Project, personID int64, since db.Date) error {
	all, err := workersOf(ctx, tx, []Project{*p})
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all[p.ID], func(w Worker) bool { return w.PersonID == personID })
	if at < 0 {
		return nil
	}
	w := all[p.ID][at]
	if w.Until.IsZero() || !since.After(w.Until.Time) {
		return fault.New(fault.Conflict, "此人已在用工名册中（%s 上工），请先登记离工；再次上工应在离工以后", w.Since)
	}
	pays, err := paysOf(ctx, tx, []Project{*p})
	if err != nil {
		return err
	}
	for _, m := range Months(p, []Worker{w}, pays[p.ID], r.Clock.Today()) {
		if m.InTime+m.Late < m.People {
			return fault.New(fault.Conflict, "此人 %d 年 %d 月的工资还没有足额发放，发清后才能再次登记上工", m.Month/100, m.Month%100)
		}
	}
	return nil
}

// Leave ends somebody's work at a project.
func (r *Room) Leave(ctx context.Context, who web.User, id, personID int64, until db.Date, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "leave", []string{Running}, func(tx *db.Tx, p *Project) (string, error) {
		all, err := workersOf(ctx, tx, []Project{*p})
		if err != nil {
			return "", err
		}
		at := slices.IndexFunc(all[id], func(w Worker) bool { return w.PersonID == personID })
		if at < 0 {
			return "", fault.New(fault.NotFound, "此人不在这个项目的用工名册中")
		}
		w := all[id][at]
		if until.Before(w.Since.Time) || until.After(r.Clock.Today()) {
			return "", fault.New(fault.Invalid, "离工日期应在上工（%s）以后、今天以前", w.Since)
		}
		w.Until = until
		return "1 名务工人员离工", saveWorker(ctx, tx, &w)
	})
}

// Report takes the owner's list of wages, of people on the roster in the month only and paid by now; a month that is told again takes
// the place of the earlier one.
func (r *Room) Report(ctx context.Context, who web.User, id int64, list []Pay, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "pay", []string{Running}, func(tx *db.Tx, p *Project) (string, error) {
		all, err := workersOf(ctx, tx, []Project{*p})
		if err != nil {
			return "", err
		}
		roster := map[int64]*Worker{}
		for i := range all[id] {
			roster[all[id][i].PersonID] = &all[id][i]
		}
		var sum int64
		rows := slices.Clone(list)
		for i := range rows {
			v := &rows[i]
			switch w := roster[v.PersonID]; {
			case w == nil:
				return "", fault.New(fault.Invalid, "表中有人不在用工名册中，请先登记用工")
			case !w.in(v.Month) || v.Month > person.MonthOf(r.Clock.Today()):
				return "", fault.New(fault.Invalid, "表中有 %d 年 %d 月的工资，但此人当月不在用工名册中，或者当月还没有到", v.Month/100, v.Month%100)
			case v.On.After(r.Clock.Today()):
				return "", fault.New(fault.Invalid, "表中有 %s 的发放日期，今天还没有到，请发放以后再报", v.On)
			}
			v.ProjectID = id
			sum += v.Paid
		}
		return fmt.Sprintf("导入工资 %d 条，实发 %s 元", len(rows), lang.Fen(sum)), savePays(ctx, tx, rows)
	})
}

// Press tells officers and owners of wages that are not there although their day is over, once for each project and month, and counts
// the projects.
func (r *Room) Press(ctx context.Context) (n int, err error) {
	for after := int64(0); ; {
		list, err := projects(ctx, r.DB, region, Running, after, 100)
		if err != nil || len(list) == 0 {
			return n, err
		}
		after = list[len(list)-1].ID
		workers, err := workersOf(ctx, r.DB, list)
		if err != nil {
			return n, err
		}
		pays, err := paysOf(ctx, r.DB, list)
		if err != nil {
			return n, err
		}
		var letters []message.Message
		for i := range list {
			p, owing := &list[i], false
			for _, m := range Months(p, workers[p.ID], pays[p.ID], r.Clock.Today()) {
				if m.Owing() == 0 {
					continue
				}
				owing = true
				letters = append(letters, r.letters(p, &m)...)
			}
			if owing {
				n++
			}
		}
		if r.Messages == nil || len(letters) == 0 {
			continue
		}
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { _, err := r.Messages.SendAll(ctx, tx, letters); return err }); err != nil {
			return n, err
		}
	}
}

func (r *Room) letters(p *Project, m *Month) []message.Message {
	one := message.Message{Kind: kindUnpaid, About: fmt.Sprintf("project %d %d", p.ID, m.Month), Once: fmt.Sprintf("relief %d %d", p.ID, m.Month), To: message.To{Officers: p.Area}, Href: projectAt(p.ID),
		Title: message.Text{Zh: fmt.Sprintf("“%s”%d 月工资未足额发放", p.Title, m.Month%100), En: "Wages of a project are late"},
		Body:  message.Text{Zh: fmt.Sprintf("%d 年 %d 月应发 %d 人，%d 人没有足额发放，已过发薪日（次月 %d 日）。请督促项目单位及时足额发放。", m.Month/100, m.Month%100, m.People, m.Owing(), p.PayDay), En: "Please press the owner to pay."}}
	if p.EmployerID == 0 {
		return []message.Message{one}
	}
	owner := one
	owner.To, owner.Href = message.To{EmployerID: p.EmployerID}, ""
	owner.Body.Zh = fmt.Sprintf("%d 年 %d 月有 %d 人工资没有足额发放，请尽快发清并把发放表报给旗县主管部门。", m.Month/100, m.Month%100, m.Owing())
	return []message.Message{one, owner}
}
