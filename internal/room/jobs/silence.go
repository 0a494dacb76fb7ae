package jobs

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
)

// Nobody waits for ever: an application that is not answered is closed by the clock, and who has to answer is reminded before.
const (
	silentDays = 10 // working days that an employer has for an answer
	remindDays = 3  // working days after which it is reminded, every other day
	unsureDays = 5  // working days that a person has to say yes to an offer
)

// patience is how long an application may stand in some states.
type patience struct {
	states []State
	days   int
	reason string // of Reasons[Program]
}

var patiences = []patience{
	{[]State{Sent, Viewed}, silentDays, "silent"},
	{[]State{Referred}, silentDays, "noanswer"},
	{[]State{Offered}, unsureDays, "noanswer"},
}

// silentPage is how many applications one transaction closes.
const silentPage = 500

// Silence is what one night has closed and whom it reminded.
type Silence struct{ Closed, Reminded int }

// AnswerSilence closes what nobody has answered in time, tells the people, and reminds the employers with whom something waits.
func (r *Room) AnswerSilence(ctx context.Context) (sum Silence, err error) {
	today := r.Clock.Today()
	for _, p := range patiences {
		before := dayAfter(lastSilent(today, p.days))
		for more := true; more; {
			n := 0
			if err = r.DB.Tx(ctx, func(tx *db.Tx) (err error) { n, err = r.closeSilent(ctx, tx, p, before); return err }); err != nil {
				return sum, err
			}
			sum.Closed, more = sum.Closed+n, n == silentPage
		}
	}
	if sum.Closed > 0 {
		r.boards.forget()
	}
	sum.Reminded, err = r.remindUnits(ctx, dayAfter(lastSilent(today, remindDays)))
	return sum, err
}

// lastSilent is the last day from which on so many working days have passed.
func lastSilent(today time.Time, days int) time.Time {
	d := today
	for workday.Between(d, today) < days {
		d = d.AddDate(0, 0, -1)
	}
	return d
}

// dayAfter is the instant at which a day is over, in unix ms.
func dayAfter(d time.Time) int64 {
	return time.Date(d.Year(), d.Month(), d.Day()+1, 0, 0, 0, 0, clock.Zone).UnixMilli()
}

func (r *Room) closeSilent(ctx context.Context, tx *db.Tx, p patience, before int64) (int, error) {
	list, err := r.store.silent(ctx, tx, p.states, before, silentPage)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	if err := r.store.shut(ctx, tx, p.states, list, p.reason, r.Clock.Now()); err != nil {
		return 0, err
	}
	if r.Messages == nil {
		return len(list), nil
	}
	titles, err := r.titles(ctx, tx, list)
	if err != nil {
		return 0, err
	}
	var out []message.Message
	for _, a := range list {
		title := titles[a.VacancyID].Title
		m := message.Message{Kind: kindProgress, To: message.To{PersonID: a.PersonID}, About: strconv.FormatInt(a.VacancyID, 10), Href: "/jobs",
			Once:  fmt.Sprintf("jobs %d %d", a.VacancyID, a.Version+1),
			Title: message.Text{Zh: fmt.Sprintf(tellings[Shut].zh, title), En: fmt.Sprintf(tellings[Shut].en, title)}}
		if p.reason == "silent" {
			m.Body = message.Text{Zh: fmt.Sprintf("单位 %d 个工作日没有答复，系统替您关闭了这份应聘，不影响您应聘别的岗位；还想应聘这个岗位，可以再应聘一次。", silentDays),
				En: fmt.Sprintf("The employer has not answered within %d working days. You may apply again, or elsewhere.", silentDays)}
		} else {
			m.Body = message.Text{Zh: fmt.Sprintf("您 %d 个工作日没有答复。还想要这个岗位，可以再应聘一次。", p.days), En: fmt.Sprintf("You have not answered within %d working days. You may apply again.", p.days)}
		}
		out = append(out, m)
	}
	_, err = r.Messages.SendAll(ctx, tx, out)
	return len(list), err
}

// titles are the vacancies of some applications.
func (r *Room) titles(ctx context.Context, q db.Querier, list []Application) (map[int64]employer.Vacancy, error) {
	var ids []int64
	for _, a := range list {
		ids = append(ids, a.VacancyID)
	}
	vacancies, err := r.Employers.Vacancies(ctx, q, ids)
	out := map[int64]employer.Vacancy{}
	for _, v := range vacancies {
		out[v.ID] = v
	}
	return out, err
}

// remindUnits reminds employers of vacancies for which somebody has waited since before an instant, a page at a time.
func (r *Room) remindUnits(ctx context.Context, before int64) (n int, err error) {
	if r.Messages == nil {
		return 0, nil
	}
	for after := int64(0); ; {
		list, err := r.store.waitingAt(ctx, before, after, silentPage)
		if err != nil || len(list) == 0 {
			return n, err
		}
		after = list[len(list)-1].vacancyID
		ids := make([]Application, len(list))
		for i, w := range list {
			ids[i].VacancyID = w.vacancyID
		}
		titles, err := r.titles(ctx, r.DB, ids)
		if err != nil {
			return n, err
		}
		var out []message.Message
		for _, w := range list {
			since := clock.DayOf(time.UnixMilli(w.since))
			left := max(1, silentDays-workday.Between(since, r.Clock.Today()))
			title := titles[w.vacancyID].Title
			out = append(out, message.Message{Kind: kindWaiting, To: message.To{EmployerID: w.employerID}, About: strconv.FormatInt(w.vacancyID, 10), Href: candidatesAt(w.vacancyID),
				Title: message.Text{Zh: fmt.Sprintf("“%s”有 %d 人在等答复", title, w.n), En: fmt.Sprintf("“%s”: %d wait for an answer", title, w.n)},
				Body: message.Text{Zh: fmt.Sprintf("等得最久的一份还有 %d 个工作日到期，到期没有答复，应聘自动关闭并告诉本人。", left),
					En: fmt.Sprintf("The oldest is closed in %d working days if you do not answer.", left)}})
		}
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			sent, err := r.Messages.SendAll(ctx, tx, out)
			for _, s := range sent {
				if s.Outcome == message.Told {
					n++
				}
			}
			return err
		}); err != nil {
			return n, fault.Wrap(fault.Internal, err, "提醒用人单位答复应聘时出错")
		}
	}
}
