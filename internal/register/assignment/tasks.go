package assignment

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/web"
)

// RemindKind is the queue's kind of the nightly reminders.
const RemindKind = "assignment.remind"

const batch = 500

// Tasks registers the register's background work.
func (s *Service) Tasks(q *queue.Queue) {
	q.Handle(RemindKind, func(ctx context.Context, job *queue.Running) error {
		n, err := s.Remind(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("交办：催办 %d 件", n), n)
	})
	q.Every(RemindKind, "night", queue.Daily(6*time.Hour))
}

// Remind writes a reminder into every task that is due soon or overdue and was not reminded of lately, and says how many.
// Twice on a day it writes nothing more.
func (s *Service) Remind(ctx context.Context) (n int, err error) {
	today := s.Clock.Today()
	until := db.On(workday.Add(today, remindBefore))
	var after db.Date
	var afterID int64
	for {
		due, err := dueBy(ctx, s.DB, until, after, afterID, batch)
		if err != nil || len(due) == 0 {
			return n, err
		}
		after, afterID = due[len(due)-1].Deadline, due[len(due)-1].ID
		var now []Item
		var rows [][]any
		for i := range due {
			if it := &due[i]; it.remind(today) {
				text := "临近期限，请按时回复"
				if today.After(it.Deadline.Time) {
					text = fmt.Sprintf("已超期 %d 个工作日，请尽快回复", workday.Between(it.Deadline.Time, today))
				}
				st := s.step(web.User{}, "remind", "", text)
				now, rows = append(now, *it), append(rows, st.row(it))
			}
		}
		if len(now) == 0 {
			continue
		}
		if err := s.DB.Tx(ctx, func(tx *db.Tx) error {
			if err := reminded(ctx, tx, now, db.On(today)); err != nil {
				return err
			}
			return addSteps(ctx, tx, rows)
		}); err != nil {
			return n, err
		}
		n += len(now)
	}
}
