package intake

import (
	"context"
	"errors"
	"os"
	"time"

	"jiuye/internal/ground/queue"
)

// nightJob is the queue's kind of what is done every night: overdue deliveries raise alarms, files of uploads that nobody
// goes on with are removed, rejected rows are emptied in time.
const nightJob = "intake.night"

// keepFiles is how long the files of an upload that was stopped, or broke off, lie on the server.
const keepFiles = 30 * 24 * time.Hour

func (r *Room) nightTasks(q *queue.Queue) {
	q.Handle(nightJob, func(ctx context.Context, job *queue.Running) error {
		if err := r.late(ctx); err != nil {
			return err
		}
		if err := r.sweep(ctx); err != nil {
			return err
		}
		return errors.Join(r.emptyRejects(ctx), r.lookAtRejects(ctx))
	})
	q.Every(nightJob, "nightly", queue.Daily(2*time.Hour))
}

// sweep removes the files of batches that were stopped or broken off long ago: personal data do not lie about. Such a
// batch can still be looked at; to go on with it, its files must be uploaded again.
func (r *Room) sweep(ctx context.Context) error {
	ids, err := staleBatches(ctx, r.DB, r.Clock.Now().Add(-keepFiles).UnixMilli())
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := os.RemoveAll(r.folder(id)); err != nil {
			return noRoom(err)
		}
		if err := r.unstage(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
