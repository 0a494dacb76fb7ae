package jobs

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
)

// Whether a vacancy is still open (还在招吗): the employer is asked when nobody has said so for askAfter days and once more after
// againAfter; with no answer within answerDays working days of the second question it is not shown any more. A vacancy from outside
// speaks through its source: not delivered for againAfter days, it is not shown either.
const (
	askAfter   = 15
	againAfter = 30
	answerDays = 5
	refreshTo  = 30 // days that a vacancy said to be open is shown at least
)

// kindStill is the message that asks.
const kindStill = "jobs.still"

// The answers.
const (
	stillYes    = "yes"
	stillFilled = "filled"
	stillClose  = "close"
)

// still is a question that was asked.
type still struct {
	EmployerID, VacancyID int64
	Asked, Again          db.Date
	Deadline              db.Date
}

// StillSum is what a night's round did.
type StillSum struct{ Asked, Again, Hidden, Employers int }

// Text is the sum for people.
func (s StillSum) Text() string {
	return fmt.Sprintf("询问是否还在招：首次 %d 个岗位，再次 %d 个，没有答复、暂不展示 %d 个，涉及单位 %d 家", s.Asked, s.Again, s.Hidden, s.Employers)
}

// AskStill asks employers about vacancies that nobody has confirmed for long, and hides those about which they stay silent.
func (r *Room) AskStill(ctx context.Context, p progress.Reporter) (sum StillSum, err error) {
	p.Step("询问岗位是否还在招", 0)
	defer p.End()
	today := r.today()
	asked, err := r.store.stills(ctx)
	if err != nil {
		return sum, err
	}
	units := map[int64]*round{}
	err = r.Employers.EachUnconfirmed(ctx, today, db.On(today.AddDate(0, 0, -askAfter)), func(v *employer.Vacancy) error {
		u := units[v.EmployerID]
		if u == nil {
			u = &round{}
			units[v.EmployerID] = u
		}
		u.take(*v, asked[v.ID], today)
		return nil
	})
	if err != nil {
		return sum, err
	}
	ids := make([]int64, 0, len(units))
	for id := range units {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for part := range slices.Chunk(ids, 200) {
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return r.askUnits(ctx, tx, part, units, &sum) }); err != nil {
			return sum, err
		}
	}
	r.boards.forget()
	return sum, nil
}

// round is what is to be done about one employer's vacancies.
type round struct {
	ask, again, hide, gone []employer.Vacancy
	rows                   []still
}

func (u *round) take(v employer.Vacancy, s still, today db.Date) {
	last := v.Confirmed
	if last.IsZero() {
		last = v.Posted
	}
	old := !last.After(today.AddDate(0, 0, -againAfter))
	switch {
	case v.Source != "":
		if old {
			u.gone = append(u.gone, v)
		}
	case s.VacancyID == 0 || !s.Asked.After(last.Time): // never asked since the last word
		u.ask = append(u.ask, v)
		u.rows = append(u.rows, still{EmployerID: v.EmployerID, VacancyID: v.ID, Asked: today})
	case s.Again.IsZero() && old && !s.Asked.After(today.AddDate(0, 0, askAfter-againAfter)):
		u.again = append(u.again, v)
		s.Again, s.Deadline = today, db.On(workday.Add(today.Time, answerDays))
		u.rows = append(u.rows, s)
	case !s.Deadline.IsZero() && s.Deadline.Before(today.Time):
		u.hide = append(u.hide, v)
	}
}

func (r *Room) askUnits(ctx context.Context, tx *db.Tx, ids []int64, units map[int64]*round, sum *StillSum) error {
	var out []message.Message
	for _, id := range ids {
		u := units[id]
		sum.Asked, sum.Again, sum.Hidden = sum.Asked+len(u.ask), sum.Again+len(u.again), sum.Hidden+len(u.hide)+len(u.gone)
		if err := r.store.putStills(ctx, tx, u.rows); err != nil {
			return err
		}
		if len(u.hide) > 0 {
			if err := r.hide(ctx, tx, u.hide, hiddenSilent, fmt.Sprintf("两次询问是否还在招，%d 个工作日内没有答复", answerDays), "系统"); err != nil {
				return err
			}
		}
		if len(u.gone) > 0 {
			if err := r.hide(ctx, tx, u.gone, hiddenGone, fmt.Sprintf("数据来源 %d 天没有再送来这个岗位", againAfter), "系统"); err != nil {
				return err
			}
		}
		if m, ok := u.message(id); ok {
			sum.Employers++
			out = append(out, m)
		}
	}
	if r.Messages == nil || len(out) == 0 {
		return nil
	}
	_, err := r.Messages.SendAll(ctx, tx, out)
	return err
}

// message asks an employer about all its vacancies at once.
func (u *round) message(unit int64) (message.Message, bool) {
	m := message.Message{Kind: kindStill, To: message.To{EmployerID: unit}, Href: "/jobs/employer/still"}
	n, first := len(u.ask)+len(u.again), ""
	for _, list := range [][]employer.Vacancy{u.again, u.ask, u.hide} {
		if len(list) > 0 && first == "" {
			first = list[0].Title
		}
	}
	if n == 0 && len(u.hide) == 0 {
		return m, false
	}
	m.Title = message.Text{Zh: "您的岗位还在招吗", En: "Are your vacancies still open?"}
	if n == 0 {
		m.Title = message.Text{Zh: "有岗位暂不展示", En: "Vacancies are no longer shown"}
	}
	zh, en := "", ""
	if n > 0 {
		zh = fmt.Sprintf("“%s”等 %d 个岗位已有 %d 天以上没有确认。请点开逐个回答：还在招、已招满、不招了。", first, n, askAfter)
		en = fmt.Sprintf("%d of your vacancies have not been confirmed for %d days or more. Please answer: still open, filled, or closed.", n, askAfter)
	}
	if len(u.again) > 0 {
		zh += fmt.Sprintf("其中 %d 个是第二次询问，%d 个工作日内不答复就暂不展示。", len(u.again), answerDays)
		en += fmt.Sprintf(" %d are asked about for the second time and will not be shown without an answer within %d working days.", len(u.again), answerDays)
	}
	if len(u.hide) > 0 {
		zh += fmt.Sprintf("有 %d 个岗位因没有答复已暂不展示，答复“还在招”马上恢复。", len(u.hide))
		en += fmt.Sprintf(" %d are not shown any more; answer “still open” to bring them back.", len(u.hide))
	}
	m.Body = message.Text{Zh: zh, En: en}
	return m, true
}

// AnswerStill is the employer's answer about one of its vacancies. Saying that it is open shows it again, for another month at least.
func (r *Room) AnswerStill(ctx context.Context, who web.User, vacancyID int64, answer, key string) error {
	v, err := r.Employers.Vacancy(ctx, vacancyID)
	if err != nil {
		return err
	}
	if err := ownsVacancy(who, v); err != nil {
		return err
	}
	today := r.today()
	did := map[string]string{stillYes: "还在招", stillFilled: "已招满", stillClose: "不招了"}[answer]
	if did == "" {
		return fault.New(fault.Invalid, "请选择：还在招、已招满或不招了")
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.Employers.HoldVacancy(ctx, tx, v.EmployerID, v.ID, v.Version); err != nil {
			return err
		}
		hidden, err := r.store.hiddenOf(ctx, v.EmployerID)
		if err != nil {
			return err
		}
		why := hidden[v.ID].Why
		switch {
		case answer != stillYes:
			v.State = employer.Closed
		case why != "" && why != hiddenSilent:
			return fault.New(fault.Conflict, "岗位“%s”暂不展示，是因为%s，答复还在招不能恢复", v.Title, hidden[v.ID].Text)
		default:
			v.State, v.Confirmed = employer.Open, today
			if least := today.AddDate(0, 0, refreshTo); v.Closes.Before(least) {
				v.Closes = db.On(least)
			}
		}
		if err := r.Employers.SaveVacancies(ctx, tx, []employer.Vacancy{v}); err != nil {
			return err
		}
		if why == hiddenSilent {
			if err := r.store.unhide(ctx, tx, []employer.Vacancy{v}); err != nil {
				return err
			}
		}
		if err := r.store.dropStill(ctx, tx, v.EmployerID, v.ID); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, r.aboutVacancy(who, v, "jobs.still", "答复“"+did+"”："))
	})
	r.boards.forget()
	return err
}

// Show is an officer's word that a hidden vacancy is to be shown again.
func (r *Room) Show(ctx context.Context, who web.User, vacancyID int64, key string) error {
	v, err := r.Employers.Vacancy(ctx, vacancyID)
	if err != nil {
		return err
	}
	if err := reaches(who, v.Area); err != nil {
		return err
	}
	if v.State != employer.Hidden {
		return fault.New(fault.Conflict, "岗位“%s”现在不是暂不展示，请刷新页面", v.Title)
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		hidden, err := r.store.hiddenOf(ctx, v.EmployerID)
		if err != nil {
			return err
		}
		if why := hidden[v.ID].Why; why != hiddenSilent && why != hiddenGone {
			return fault.New(fault.Conflict, "岗位“%s”暂不展示，是因为%s，不能在这里恢复", v.Title, hidden[v.ID].Text)
		}
		v.State, v.Confirmed = employer.Open, r.today()
		if least := r.today().AddDate(0, 0, askAfter); v.Closes.Before(least) {
			v.Closes = db.On(least)
		}
		if err := r.Employers.SaveVacancies(ctx, tx, []employer.Vacancy{v}); err != nil {
			return err
		}
		if err := r.store.unhide(ctx, tx, []employer.Vacancy{v}); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "jobs.show", Object: "vacancy", ObjectID: v.ID, Area: v.Area, What: "恢复展示岗位“" + v.Title + "”"})
	})
	r.boards.forget()
	return err
}

// publishTasks are the background work about what is published.
func (r *Room) publishTasks(q *queue.Queue) {
	q.Handle("jobs.still", func(ctx context.Context, job *queue.Running) error {
		sum, err := r.AskStill(ctx, job.Progress())
		if err != nil {
			return err
		}
		return job.Report(sum.Text(), sum)
	})
	q.Every("jobs.still", "nightly", queue.Daily(2*time.Hour))
	q.Handle("jobs.duplicates", func(ctx context.Context, job *queue.Running) error {
		sum, err := r.FindDuplicates(ctx, job.Progress())
		if err != nil {
			return err
		}
		return job.Report(sum.Text(), sum)
	})
	q.Every("jobs.duplicates", "nightly", queue.Daily(2*time.Hour+30*time.Minute))
}

// stillRow is a vacancy that is asked about.
type stillRow struct {
	employer.Vacancy
	Days   int
	Hidden string
	Pay    string
}

// daysSince is for how many days nobody has said that a vacancy is open.
func (r *Room) daysSince(v *employer.Vacancy) int {
	last := v.Confirmed
	if last.IsZero() {
		last = v.Posted
	}
	return int(r.today().Sub(last.Time).Hours() / 24)
}

// unsure tells whether the employer is to say if a vacancy is still open; why is the reason for which it is hidden.
func (r *Room) unsure(v *employer.Vacancy, why string) bool {
	return v.State == employer.Hidden && why == hiddenSilent || isOpen(*v, r.today()) && r.daysSince(v) >= askAfter
}

func (r *Room) stillPage(c *web.Ctx) error {
	ctx := c.Context()
	if c.User.EmployerID == 0 {
		return fault.New(fault.Denied, "您的账号没有对应的用人单位，请联系管理员")
	}
	list, err := r.Employers.VacanciesOf(ctx, c.User.EmployerID)
	if err != nil {
		return err
	}
	hidden, err := r.store.hiddenOf(ctx, c.User.EmployerID)
	if err != nil {
		return err
	}
	var rows []stillRow
	for i := range list {
		v := &list[i]
		if !r.unsure(v, hidden[v.ID].Why) {
			continue
		}
		x := stillRow{Vacancy: *v, Days: r.daysSince(v), Pay: payText(c, v.PayLow, v.PayHigh)}
		if v.State == employer.Hidden {
			x.Hidden = hidden[v.ID].Text
		}
		rows = append(rows, x)
	}
	return c.Render("jobs/still", web.Page{Title: c.T("jobs.still.title"), Lede: c.T("jobs.still.lede", strconv.Itoa(len(rows))), Nav: "/jobs/employer",
		Crumbs: []web.Crumb{{Text: c.T("jobs.unit.title"), Href: "/jobs/employer"}, {Text: c.T("jobs.still.title")}}, Data: map[string]any{"Rows": rows, "Days": strconv.Itoa(refreshTo)}})
}

func (r *Room) postStill(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "answer", Label: c.T("jobs.still.title"), Kind: "radios", Need: true, Options: []web.Option{{Value: stillYes}, {Value: stillFilled}, {Value: stillClose}}})
	answer := f.Choice("answer")
	if !f.OK() {
		return fault.New(fault.Invalid, "请选择：还在招、已招满或不招了")
	}
	if err := r.AnswerStill(c.Context(), c.User, id, answer, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.still.done."+answer))
	return c.Redirect("/jobs/employer/still")
}
