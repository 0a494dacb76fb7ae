package supervise

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
	"jiuye/internal/register/message"
)

const program = "系统按规则"

// Night reminds, presses and escalates by the rule of the day, and says how many of each. What was done is a milestone's stage, so
// that a second run on the same day sends nothing. A milestone that fails stops no other.
func (r *Room) Night(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	today := r.Clock.Today()
	rule, found := RuleOn(today)
	if !found {
		return out, nil
	}
	var failed []error
	var after db.Date = db.On(time.Unix(0, 0))
	var afterID int64
	for {
		list, err := pending(ctx, r.DB, db.On(rule.horizon(today)), after, afterID, 200)
		if err != nil || len(list) == 0 {
			return out, errors.Join(append(failed, err)...)
		}
		for i := range list {
			switch stage, err := r.nightly(ctx, rule, &list[i], today); {
			case err != nil:
				failed = append(failed, fmt.Errorf("milestone %d: %w", list[i].ID, err))
			case stage != "":
				out[stage]++
			}
		}
		last := list[len(list)-1]
		after, afterID = last.Due, last.ID
	}
}

// nightly moves one milestone to its next stage, in a transaction of its own; "" where it stays.
func (r *Room) nightly(ctx context.Context, rule Rule, m *Milestone, today time.Time) (string, error) {
	stage, answerBy := rule.Next(m, today)
	if stage == "" {
		return "", nil
	}
	moved := false
	err := r.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		if moved, err = advance(ctx, tx, m, stage, answerBy); err != nil || !moved {
			return err
		}
		return r.tell(ctx, tx, m, stage, answerBy, program, "")
	})
	if err != nil || !moved {
		return "", err
	}
	return stage, nil
}

// verbs are the steps that stages leave on record, and how the message about it begins.
var verbs = map[string]struct{ what, zh, en string }{
	Reminded:  {"remind", "到期提醒", "Due soon"},
	Pressed:   {"press", "催办", "Pressed"},
	Escalated: {"escalate", "提级督办", "Escalated"},
	Platform:  {"platform", "纳入监督贯通协调平台", "On the supervision platform"},
}

// reachable is the account of a unit's liaison, 0 where there is none that still reaches the unit's area.
func (r *Room) reachable(ctx context.Context, tx *db.Tx, m *Milestone) (int64, error) {
	id, err := accountOf(ctx, tx, m.UnitID)
	if err != nil || id == 0 || r.Accounts == nil {
		return id, err
	}
	a, err := r.Accounts.Get(ctx, id)
	if fault.Is(err, fault.NotFound) || err == nil && (a.Disabled || !area.Within(m.Area, a.Area)) {
		return 0, nil
	}
	return id, err
}

// tell puts a stage on record and sends it to the unit's liaison, or to its area's staff where the liaison has no account, and when it
// is escalated to the level above as well.
func (r *Room) tell(ctx context.Context, tx *db.Tx, m *Milestone, stage string, answerBy time.Time, by, why string) error {
	d, err := dutyByID(ctx, tx, m.DutyID)
	if err != nil {
		return err
	}
	v := verbs[stage]
	body := fmt.Sprintf("%s：“%s”的节点“%s”应于 %s 完成", d.Unit, d.Title, m.Text, m.Due)
	switch {
	case stage == Pressed:
		body += fmt.Sprintf("，请于 %s 前答复原因、措施和完成日期", answerBy.Format(time.DateOnly))
	case stage == Escalated:
		body += "，催办后没有按期答复或没有按承诺完成，已提请" + area.Name(upper(m.Area)) + "督办"
	}
	if why != "" {
		body += "。" + why
	}
	if err := r.addStep(ctx, tx, m, v.what, body, by); err != nil || r.Messages == nil {
		return err
	}
	account, err := r.reachable(ctx, tx, m)
	if err != nil {
		return err
	}
	to := []message.To{{AccountID: account}}
	if account == 0 {
		to[0] = message.To{Officers: m.Area}
	}
	if (stage == Escalated || stage == Platform) && upper(m.Area) != m.Area {
		to = append(to, message.To{Officers: upper(m.Area)})
	}
	for _, one := range to {
		msg := message.Message{Kind: kindTold, To: one, About: fmt.Sprint("milestone ", m.ID), Area: m.Area, Href: dutyAt(m.DutyID), Once: fmt.Sprint(m.ID, " ", stage, " ", m.Due, " ", m.AnswerBy),
			Title: message.Text{Zh: v.zh + "：" + d.Title, En: v.en + ": " + d.Title}, Body: message.Text{Zh: body + "。"}}
		if _, err := r.Messages.Send(ctx, tx, msg); err != nil {
			return err
		}
	}
	return nil
}
