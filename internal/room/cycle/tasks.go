package cycle

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/message"
)

// Steps of reminding.
const (
	reminded = "reminded" // before the deadline
	pressed  = "pressed"  // after it
	told     = "told"     // whoever supervises knows
)

// When an area is reminded, pressed, and told of: working days after the deadline.
var remindOn = []struct {
	step string
	days int
}{{reminded, -2}, {pressed, 1}, {told, 3}}

// program is who does what nobody asked for.
var program = web.User{Name: "系统"}

// nightKind is the queue's kind of the nightly work.
const nightKind = "cycle.night"

// Tasks registers the room's background work: every morning at half past six.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(nightKind, func(ctx context.Context, job *queue.Running) error {
		begun, failed := r.BeginNext(ctx)
		n, err := r.Remind(ctx)
		if err := errors.Join(failed, err); err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("自动发起 %d 轮调度，提醒和催报 %d 次", begun, n), n)
	})
	q.Every(nightKind, "", queue.Daily(6*time.Hour+30*time.Minute))
}

// BeginNext opens, where an area had a round of the period before or shortly before that, the round of the period that has just ended; with the same deadline rule
// and the same areas. It returns how many; an area whose round cannot be opened stops no other.
func (r *Room) BeginNext(ctx context.Context) (n int, err error) {
	last, err := r.lastRounds(ctx, region)
	if err != nil {
		return 0, err
	}
	var failed []error
	for i := range last {
		switch err := r.beginNext(ctx, &last[i]); {
		case err == nil:
			n++
		case !errors.Is(err, errNotNow) && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Repeat):
			failed = append(failed, fmt.Errorf("%s: %w", last[i].Title(), err))
		}
	}
	return n, errors.Join(failed...)
}

// missed is how many periods may have gone by without a round, the program standing still, before somebody has to open the next one by hand.
const missed = 2

// errNotNow: the period after a round's has not just ended.
var errNotNow = errors.New("the next period has not just ended")

func (r *Room) beginNext(ctx context.Context, old *Round) error {
	if old.Last {
		return errNotNow
	}
	next, latest := after(old.Kind, old.Period), Latest(old.Kind, r.today())
	for range missed {
		if next < latest {
			next = after(old.Kind, next)
		}
	}
	if next != latest {
		return errNotNow
	}
	forms, err := headsOf(ctx, r.DB, []Round{*old})
	if err != nil {
		return err
	}
	var codes []string
	for _, f := range forms[old.ID] {
		if area.Exists(f.Area) {
			codes = append(codes, f.Area)
		}
	}
	_, err = r.begin(ctx, program, Round{Area: old.Area, Kind: old.Kind, Period: next, Second: old.Second, Asked: old.Asked}, codes, fmt.Sprintf("cycle-next-%s-%s-%d", old.Area, old.Kind, next))
	return err
}

// Remind reminds areas two working days before a deadline, presses them the day after, and after three tells whoever supervises; each
// once, and anew when a form was returned. It returns how many steps that were; a form that fails stops no other.
func (r *Room) Remind(ctx context.Context) (n int, err error) {
	open, err := r.openRounds(ctx)
	if err != nil {
		return 0, err
	}
	all, err := headsOf(ctx, r.DB, open)
	if err != nil {
		return 0, err
	}
	var failed []error
	for i := range open {
		forms := all[open[i].ID]
		for _, rule := range remindOn {
			done, err := stepped(ctx, r.DB, open[i].ID, rule.step)
			if err != nil {
				return n, err
			}
			for k := range forms {
				f := &forms[k]
				if f.in() || done[f.Area] || r.today().Before(workday.Add(f.Due.Time, rule.days)) || rule.step == reminded && r.today().After(f.Due.Time) {
					continue
				}
				if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return r.remind(ctx, tx, &open[i], f, rule.step, program.Name, "") }); err != nil {
					failed = append(failed, fmt.Errorf("%s %s: %w", open[i].Title(), f.Area, err))
					continue
				}
				n++
			}
		}
	}
	return n, errors.Join(failed...)
}

// remind does one step about a form that has not come.
func (r *Room) remind(ctx context.Context, tx *db.Tx, round *Round, f *Form, step, by, once string) error {
	late := f.Late(r.today())
	text := fmt.Sprintf("%s请于%s前上报", round.Title(), zhDay(f.Due.Time))
	if late > 0 {
		text = fmt.Sprintf("%s应于%s上报，已超期 %d 个工作日，请尽快上报", round.Title(), zhDay(f.Due.Time), late)
	}
	if step == told {
		if still, err := claim(ctx, tx, f); err != nil || !still { // it has come this minute
			return err
		}
		if r.Supervision != nil {
			if err := r.Supervision.Late(ctx, tx, Lateness{RoundID: round.ID, Area: f.Area, From: round.Area, Title: round.Title(), Due: f.Due.Time, Days: late, Href: formAt(round.ID, f.Area)}); err != nil {
				return err
			}
		}
		text = fmt.Sprintf("%s超期 %d 个工作日，列入督办", round.Title(), late)
	}
	if err := r.addStep(ctx, tx, f, step, text, by); err != nil {
		return err
	}
	return r.tell(ctx, tx, message.Message{Kind: kindLate, To: message.To{Officers: f.Area}, Area: f.Area, About: fmt.Sprint(round.ID), Once: fmt.Sprintf("cycle-%d-%s-%s-%s%s", round.ID, f.Area, step, f.Due, once), Href: formAt(round.ID, f.Area),
		Title: message.Text{Zh: text, En: "A form is due on " + f.Due.String()}, Body: message.Text{Zh: "打开表格，核对登记数，填写进展后上报。"}})
}
