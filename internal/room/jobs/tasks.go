package jobs

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/queue"
)

// kindMatch is the job that recommends vacancies to everybody.
const kindMatch = "jobs.match"

// Tasks registers the room's background work: recommendations are renewed every night at three.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(kindMatch, func(ctx context.Context, job *queue.Running) error {
		sum, err := r.Match(ctx, job.Progress())
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("为 %d 名登记失业人员推荐了岗位，共 %d 条", sum.Matched, sum.Pairs), sum)
	})
	q.Every(kindMatch, "nightly", queue.Daily(3*time.Hour))
}
