package message

import (
	"context"
	"time"

	"jiuye/internal/ground/queue"
)

// DeliverKind is the queue's kind of sending what is due.
const DeliverKind = "message.deliver"

// every is how often: what becomes due at the end of the quiet hours is out soon after eight.
const every = 10 * time.Minute

// Tasks registers the register's background work.
func (s *Service) Tasks(q *queue.Queue) {
	q.Handle(DeliverKind, func(ctx context.Context, job *queue.Running) error {
		sum, err := s.Deliver(ctx)
		if err != nil {
			return err
		}
		return job.Report(sum.Text(), sum)
	})
	q.Every(DeliverKind, "due", queue.Interval(every))
}
