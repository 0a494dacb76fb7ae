package plan

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/queue"
)

// JobCompute is the kind of job that counts every indicator anew; whoever has imported may enqueue one.
const JobCompute = "plan.compute"

// Tasks registers the room's background work: a count every night at three.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(JobCompute, func(ctx context.Context, job *queue.Running) error {
		s, err := r.Compute(ctx, job.Progress())
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("统计了 %s 人的 %d 项指标，数据截至%s", lang.Int(s.People), s.Indicators, lang.Date(lang.Chinese, s.AsOf)), s)
	})
	q.Every(JobCompute, "", queue.Daily(3*time.Hour))
}
