package policy

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/queue"
)

// ScreenJob is the kind of the background work that screens everybody; other rooms' events and the clock ask for it.
const ScreenJob = "policy.screen"

// Tasks registers the room's background work: everybody is screened each morning at five.
func (r *Room) Tasks(q *queue.Queue) {
	r.queue = q
	q.Handle(ScreenJob, func(ctx context.Context, job *queue.Running) error {
		sum, err := r.Screen(ctx, job.Progress())
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("判断了 %s 人、%s 个单位，能享受 %s 项次，差一点 %s 项次",
			lang.Int(sum.People), lang.Int(sum.Employers), lang.Int(sum.Eligible), lang.Int(sum.Near)), sum)
	})
	q.Every(ScreenJob, "daily", queue.Daily(5*time.Hour))
}
