package plan

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/queue"
)

// Kinds of job.
const (
	// JobCompute counts every indicator anew and forecasts; whoever has imported may enqueue one.
	JobCompute = "plan.compute"
	// JobForesee forecasts from the sums that are there: targets or reported figures have changed.
	JobForesee = "plan.foresee"
)

// Tasks registers the room's background work: a count every night at three, after which what is long past is thinned.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(JobCompute, func(ctx context.Context, job *queue.Running) error {
		s, err := r.Compute(ctx, job.Progress())
		if err != nil {
			return err
		}
		if _, err := r.Indicators.Thin(ctx); err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("统计了 %s 人的 %d 项指标，数据截至%s", lang.Int(s.People), s.Indicators, lang.Date(lang.Chinese, s.AsOf)), s)
	})
	q.Every(JobCompute, "", queue.Daily(3*time.Hour))
	q.Handle(JobForesee, func(ctx context.Context, job *queue.Running) error {
		n, err := r.Foresee(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("预测了 %d 项年末和目标年的数", n), n)
	})
}

// gathering is how long changes are gathered before the outlook is made of all of them together.
const gathering = time.Minute

// foreseeSoon has the outlook made anew within two minutes of the caller's transaction. Changes of one minute share a job that starts
// after the minute has ended, so none comes too late for it.
func (r *Room) foreseeSoon(ctx context.Context, tx *db.Tx) error {
	if r.Queue == nil {
		return nil
	}
	end := r.Queue.Clock.Now().Truncate(gathering).Add(gathering)
	_, err := r.Queue.Enqueue(ctx, tx, queue.Job{Kind: JobForesee, Key: fmt.Sprint(end.Unix()), RunAt: end.Add(10 * time.Second)})
	return err
}
