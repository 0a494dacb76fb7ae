package grant

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
)

// Kinds of the room's background work.
const (
	NightKind  = "grant.night"
	FollowKind = "grant.follow"
)

// Tasks registers the room's background work: public displays that end, records that cannot be, and what became of beneficiaries.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(NightKind, func(ctx context.Context, job *queue.Running) error {
		n, err := r.Sweep(ctx)
		if err != nil {
			return err
		}
		found, err := r.Impossible(ctx, progress.None{})
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("补贴：公示期满 %d 件，新发现不可能的记录 %d 条", n, found), n)
	})
	q.Handle(FollowKind, func(ctx context.Context, job *queue.Running) error {
		n, err := r.Follow(ctx, progress.None{})
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("补贴成效：%d 组比较", n), n)
	})
	q.Every(NightKind, "night", queue.Daily(2*time.Hour))
	q.Every(FollowKind, "night", queue.Daily(3*time.Hour))
}
