package approval

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/queue"
)

// SweepKind is the queue's kind of the nightly closing of requests that nobody decided.
const SweepKind = "approval.expire"

const batch = 200

// Tasks registers the register's background work.
func (s *Service) Tasks(q *queue.Queue) {
	q.Handle(SweepKind, func(ctx context.Context, job *queue.Running) error {
		n, err := s.Expire(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("审批：逾期自动关闭 %d 件", n), n)
	})
	q.Every(SweepKind, "night", queue.Daily(90*time.Minute))
}

// Expire closes the waiting requests whose last day has gone by, and says how many.
func (s *Service) Expire(ctx context.Context) (closed int, err error) {
	for {
		due, err := overdue(ctx, s.DB, db.On(s.Clock.Today()), batch)
		if err != nil || len(due) == 0 {
			return closed, err
		}
		done := 0
		for i := range due {
			err := s.DB.Tx(ctx, func(tx *db.Tx) error {
				it, err := get(ctx, tx, due[i].ID)
				if err == nil {
					err = s.open(&it)
				}
				if err != nil {
					return err
				}
				it.State = Expired
				return s.end(ctx, tx, program, it, "expire", "")
			})
			if fault.Is(err, fault.Conflict) { // decided at this very moment
				continue
			}
			if err != nil {
				return closed, err
			}
			done++
		}
		if closed += done; done == 0 {
			return closed, nil
		}
	}
}
