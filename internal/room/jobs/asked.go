package jobs

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// hiddenAsked is why a vacancy is not shown that waits for an officer's answer.
const hiddenAsked = "asked"

// askedWords is one objection as the question keeps it.
type askedWords struct{ Phrase, Rule, Law string }

// question settles, within the transaction that publishes a vacancy, whether an officer is asked about it first. It changes
// v's state; list are the objections that nobody has let pass.
func (r *Room) question(ctx context.Context, tx *db.Tx, v *employer.Vacancy, list []Objection) error {
	why, err := r.store.hiddenOf(ctx, v.EmployerID)
	if err != nil {
		return err
	}
	if why[v.ID].Why == hiddenComplaint {
		return fault.New(fault.Conflict, "这个岗位被投诉，调查期间暂停展示，办结后才能修改")
	}
	a, err := r.store.askedOf(ctx, tx, v.ID)
	if err != nil || len(list) == 0 && a.VacancyID == 0 {
		return err
	}
	a.EmployerID, a.VacancyID, a.Area, a.Title = v.EmployerID, v.ID, area.At(v.Area, area.Banner), v.Title
	if len(list) == 0 {
		if a.State != askPassed {
			a.State = askMended
		}
		if err := r.store.putAsked(ctx, tx, a); err != nil {
			return err
		}
		return r.store.unhide(ctx, tx, []employer.Vacancy{*v})
	}
	var words []askedWords
	for _, o := range list {
		words = append(words, askedWords{o.key(), o.Rule, o.Law})
	}
	text, err := json.Marshal(words)
	if err != nil {
		return err
	}
	a.Text, a.State, a.At, a.Reason, a.By, a.DecidedAt = string(text), askWaiting, r.Clock.Now().UnixMilli(), "", "", 0
	if err := r.store.putAsked(ctx, tx, a); err != nil {
		return err
	}
	v.State = employer.Hidden
	return r.store.putHidden(ctx, tx, []employer.Vacancy{*v}, hiddenAsked, map[int64]string{v.ID: "有待核对的条件：" + phrases(words)}, r.Clock.Today(), "系统")
}

func phrases(words []askedWords) string {
	var list []string
	for _, w := range words {
		list = append(list, "“"+w.Phrase+"”")
	}
	return strings.Join(list, "、")
}

// Answered is an officer's answer about an advert: it is published as it stands, or the employer must change it. A reason is
// required either way.
func (r *Room) Answered(ctx context.Context, who web.User, vacancyID int64, pass bool, reason string, version int64, key string) error {
	v, err := r.Employers.Vacancy(ctx, vacancyID)
	if err != nil {
		return err
	}
	if err := reaches(who, v.Area); err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return fault.New(fault.Invalid, "请写明理由：为什么可以发布，或者哪里要改")
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		a, err := r.store.askedOf(ctx, tx, vacancyID)
		if err != nil {
			return err
		}
		if a.State != askWaiting || a.Version != version {
			return fault.New(fault.Conflict, "这个岗位的条件刚刚有了变化，请看过现在的样子再办")
		}
		did := "退回岗位“%s”的招聘条件"
		a.State, a.By, a.DecidedAt, a.Reason = askRefused, actor(who), r.Clock.Now().UnixMilli(), reason
		if pass {
			did, a.State = "核准岗位“%s”的招聘条件", askPassed
			var words []askedWords
			if err := json.Unmarshal([]byte(a.Text), &words); err != nil {
				return err
			}
			for _, w := range words {
				a.Passed += w.Phrase + "\n"
			}
			v.State = employer.Open
			if err := r.Employers.HoldVacancy(ctx, tx, v.EmployerID, v.ID, v.Version); err != nil {
				return err
			}
			if err := r.Employers.SaveVacancies(ctx, tx, []employer.Vacancy{v}); err != nil {
				return err
			}
			if err := r.store.unhide(ctx, tx, []employer.Vacancy{v}); err != nil {
				return err
			}
		}
		if err := r.store.putAsked(ctx, tx, a); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "jobs.asked", Object: "vacancy", ObjectID: v.ID, Area: a.Area,
			What: strings.ReplaceAll(did, "%s", v.Title) + "，理由：" + reason})
	})
	r.boards.forget()
	return err
}

// stillAsked keeps a vacancy whose words nobody has let pass from being shown again unchanged.
func (r *Room) stillAsked(ctx context.Context, tx *db.Tx, vacancyID int64) error {
	v, err := r.Employers.Vacancies(ctx, tx, []int64{vacancyID})
	if err != nil || len(v) == 0 {
		return err
	}
	why, err := r.store.hiddenOf(ctx, v[0].EmployerID)
	if err != nil {
		return err
	}
	a, err := r.store.askedOf(ctx, tx, vacancyID)
	switch {
	case err != nil:
		return err
	case why[vacancyID].Why == hiddenComplaint:
		return fault.New(fault.Conflict, "这个岗位被投诉，调查期间暂停展示，办结后恢复")
	case a.State == askWaiting:
		return fault.New(fault.Conflict, "这个岗位有待核对的条件，经办人员核准后自动展示")
	case a.State == askRefused:
		return fault.New(fault.Conflict, "这个岗位的条件被退回（%s）。请修改后再发布", a.Reason)
	}
	return nil
}

// askedRow is a question on the officers' page.
type askedRow struct {
	Asked
	Words    []askedWords
	Employer string
	Area     string
}

func (r *Room) askedList(c *web.Ctx) error {
	state := askWaiting
	if s := c.R.URL.Query().Get("state"); s == askPassed || s == askRefused {
		state = s
	}
	after, err := c.Cursor(1)
	if err != nil {
		return err
	}
	list, err := r.store.questions(c.Context(), c.User.Area, state, after.Int(0), 21)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > 20 {
		list = list[:20]
		next = web.NewCursor(list[19].VacancyID)
	}
	rows := make([]askedRow, len(list))
	var units []int64
	for i, a := range list {
		rows[i] = askedRow{Asked: a, Area: area.Name(a.Area)}
		units = append(units, a.EmployerID)
		if err := json.Unmarshal([]byte(a.Text), &rows[i].Words); err != nil {
			return err
		}
	}
	names, err := r.Employers.Names(c.Context(), units)
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].Employer = names[rows[i].EmployerID]
	}
	var tabs []web.Tab
	for _, s := range []string{askWaiting, askPassed, askRefused} {
		tabs = append(tabs, web.Tab{Text: c.T("jobs.asked." + s), Href: "/jobs/office/asked?state=" + s, Current: s == state})
	}
	return c.Render("jobs/asked", web.Page{Title: c.T("jobs.asked.title"), Lede: c.T("jobs.asked.lede"), Nav: "/jobs/office",
		Crumbs: []web.Crumb{{Text: c.T("jobs.menu.office"), Href: "/jobs/office"}, {Text: c.T("jobs.asked.title")}},
		Data:   map[string]any{"Rows": rows, "Tabs": tabs, "Waiting": state == askWaiting, "May": c.User.Role == roleOfficer, "Paging": c.Paging(-1, len(rows), next)}})
}

func (r *Room) postAsked(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "pass", Label: c.T("jobs.asked.answer"), Kind: "radios", Need: true, Options: []web.Option{{Value: "yes"}, {Value: "no"}}},
		web.Field{Name: "reason", Label: c.T("jobs.asked.reason"), Need: true, Max: 300})
	pass, reason := f.Choice("pass"), f.Text("reason")
	if !f.OK() {
		return fault.New(fault.Invalid, "%s", f.Errors[0].Text)
	}
	if err := r.Answered(c.Context(), c.User, id, pass == "yes", reason, f.Version(), c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.asked.done."+strconv.FormatBool(pass == "yes")))
	return c.Redirect("/jobs/office/asked")
}

// saidOf tells the employer what became of a vacancy that was just saved.
func (r *Room) saidOf(c *web.Ctx, vacancyID int64, title string) (string, error) {
	a, err := r.store.askedOf(c.Context(), r.DB, vacancyID)
	if err != nil || a.State != askWaiting {
		return c.T("jobs.form.saved", title), err
	}
	var words []askedWords
	if err := json.Unmarshal([]byte(a.Text), &words); err != nil {
		return "", err
	}
	return c.T("jobs.form.asked", title, phrases(words)), nil
}
