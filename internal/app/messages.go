package app

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
	"jiuye/internal/room/rights"
)

// told asks who has agreed to messages. The room of rights is made after the message centre.
type told struct{ app *App }

// Allowed implements message.Consents.
func (t told) Allowed(ctx context.Context, ids []int64) (map[int64]bool, error) {
	return t.app.Rights.Allowed(ctx, ids, rights.Messages)
}

// workKind is what officers and managers are told in the morning.
const workKind = "app.work"

// furnishMessages makes the message centre. Without a gateway, what goes out is written into the folder outbox.
func (a *App) furnishMessages() error {
	out := message.FileSink{Dir: filepath.Join(a.Config.Data, "outbox"), Clock: a.Clock}
	a.Messages = message.New(message.Deps{DB: a.DB, People: a.People, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Consents: told{a},
		Sinks: map[string]message.Sink{message.SMS: out, message.WeChat: out}})
	return a.Messages.Handle(message.Kind{Code: workKind, Zh: "每日待办提醒", En: "What waits today", Roles: []string{account.Officer, account.Manager}, Every: 1})
}

// morningJob tells officers and managers what waits for them.
const morningJob = "app.morning"

func (a *App) morning() {
	a.Queue.Handle(morningJob, func(ctx context.Context, job *queue.Running) error {
		n, err := a.Morning(ctx)
		if err != nil {
			return err
		}
		return job.Report("每日待办提醒："+strconv.Itoa(n)+" 人", n)
	})
	a.Queue.Every(morningJob, "daily", queue.Daily(7*time.Hour+30*time.Minute))
}

// Morning tells every officer and manager in one message what waits: decisions, things sent to them, households whose deadline
// has come. Who has nothing waiting is told nothing; twice on a day nobody. It returns how many were told.
func (a *App) Morning(ctx context.Context) (n int, err error) {
	var after int64
	for {
		list, err := a.Accounts.List(ctx, "", after, 500)
		if err != nil || len(list) == 0 {
			return n, err
		}
		after = list[len(list)-1].ID
		var out []message.Message
		for i := range list {
			if acc := &list[i]; !acc.Disabled && (acc.Role == account.Officer || acc.Role == account.Manager) {
				m, err := a.waiting(ctx, acc)
				if err != nil {
					return n, err
				}
				if m.Href != "" {
					out = append(out, m)
				}
			}
		}
		if err := a.DB.Tx(ctx, func(tx *db.Tx) error {
			sent, err := a.Messages.SendAll(ctx, tx, out)
			for _, s := range sent {
				if s.Outcome == message.Told {
					n++
				}
			}
			return err
		}); err != nil {
			return n, err
		}
	}
}

// waiting is what waits for one account; without an address when nothing does.
func (a *App) waiting(ctx context.Context, acc *account.Account) (m message.Message, err error) {
	who := web.User{ID: acc.ID, Role: acc.Role, Area: acc.Area}
	decisions, err := a.Approvals.WaitingFor(ctx, who)
	if err != nil {
		return m, err
	}
	tasks, err := a.Assignments.WaitingFor(ctx, who)
	if err != nil {
		return m, err
	}
	_, late, err := a.Casework.Open(ctx, acc.Area)
	if err != nil {
		return m, err
	}
	var zh, en string
	for _, w := range []struct {
		n            int64
		zh, en, href string
	}{{int64(late), "超期未安置的零就业家庭 ", " zero-employment households past their deadline", "/casework"}, {tasks, "待回复或验收的交办 ", " things sent to you or answered", "/assignment"},
		{decisions, "待审批 ", " decisions", "/approval"}} {
		if w.n == 0 {
			continue
		}
		if m.Href == "" {
			m.Href = w.href
		} else {
			zh, en = zh+"；", en+"; "
		}
		zh, en = zh+w.zh+lang.Int(w.n)+" 件", en+lang.Int(w.n)+w.en
	}
	today := a.Clock.Today()
	m.Kind, m.To.AccountID = workKind, acc.ID
	m.About = db.On(today).String()
	m.Title = message.Text{Zh: lang.Date(lang.Chinese, today) + "待办", En: "Waiting on " + lang.Date(lang.English, today)}
	m.Body = message.Text{Zh: zh + "。", En: en + "."}
	return m, nil
}

// toldPolicies are the policies of which the demonstration's league has told people.
var toldPolicies = []string{"R08", "R33", "R54", "R73"}

// seedMessages makes what the demonstration's job seekers have said of messages (two of three want them), tells who can have some
// policies, and officers what waits.
func (a *App) seedMessages(ctx context.Context, p progress.Reporter) error {
	p.Step("告知政策", 0)
	defer p.End()
	seekers, err := a.People.Seekers(ctx, "", db.On(a.Clock.Today()), person.Seeker{}, 0)
	if err != nil {
		return err
	}
	var list []rights.Consent
	for i, s := range seekers {
		if i%3 != 2 {
			list = append(list, rights.Consent{PersonID: s.PersonID, Purpose: rights.Messages, Allowed: true, At: s.Since.Time, Channel: "registration"})
		}
	}
	accounts, err := a.Accounts.List(ctx, "", 0, 1000)
	if err != nil {
		return err
	}
	for i := range accounts { // who shows the demonstration has something to read
		if id := accounts[i].PersonID; id != 0 && !slices.ContainsFunc(list, func(c rights.Consent) bool { return c.PersonID == id && c.Purpose == rights.Messages }) {
			list = append(list, rights.Consent{PersonID: id, Purpose: rights.Messages, Allowed: true, At: a.Clock.Now(), Channel: "registration"})
		}
	}
	if err := a.DB.Tx(ctx, func(tx *db.Tx) error { return a.Rights.Record(ctx, tx, web.User{}, list) }); err != nil {
		return err
	}
	league := web.User{Name: "演示", Role: account.Manager, Area: demoLeague}
	for _, id := range toldPolicies {
		if _, err := a.Policy.Push(ctx, league, id, demoLeague, 0, "demo-told-"+id); err != nil && !fault.Is(err, fault.Repeat) {
			return err
		}
	}
	_, err = a.Morning(ctx)
	return err
}
