package intake

import (
	"context"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/queue"
)

// importJob is the queue's kind of an uploaded batch.
const importJob = "intake.import"

type importPayload struct {
	Batch int64 `json:"batch"`
}

// Tasks registers the room's background work: the import of uploads. A job whose process was killed is taken up by
// another one and goes on at the cursor.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(withdrawJob, func(ctx context.Context, job *queue.Running) error {
		var p importPayload
		if err := job.Payload(&p); err != nil {
			return err
		}
		w, err := r.withdraw(ctx, p.Batch, job.Progress())
		if err != nil {
			return err
		}
		return job.Report(w.Text(), w)
	})
	r.nightTasks(q)
	r.linkTasks(q)
	q.Handle(importJob, func(ctx context.Context, job *queue.Running) error {
		var p importPayload
		if err := job.Payload(&p); err != nil {
			return err
		}
		s, err := r.Run(ctx, p.Batch, job.Progress())
		if fault.Is(err, fault.Conflict) {
			if b, e := findBatch(ctx, r.DB, p.Batch); e == nil && !b.Unfinished() {
				return nil // stopped by its owner, or finished by another process
			}
		}
		if err != nil {
			return err
		}
		return job.Report(s.Text(), s)
	})
}
