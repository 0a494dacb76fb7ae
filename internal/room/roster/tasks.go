package roster

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/queue"
)

// DrawJob is the kind of the background work that draws every list.
const DrawJob = "roster.draw"

// Tasks registers the room's background work: the lists are drawn every morning, after the screening of policies.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(DrawJob, func(ctx context.Context, job *queue.Running) error {
		sum, err := r.Refresh(ctx, job.Progress())
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("核对了 %s 人、%s 个单位：名单上 %s 人次，疑点 %s 条", lang.Int(sum.People), lang.Int(sum.Units), lang.Int(sum.Members), lang.Int(sum.Findings)), sum)
	})
	q.Every(DrawJob, "daily", queue.Daily(5*time.Hour+30*time.Minute))
}
