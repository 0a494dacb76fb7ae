package queue

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
)

// Handler does one job. Its context ends at the job's deadline, when the lease is lost, and some time after the
// program was asked to stop.
type Handler func(context.Context, *Running) error

// Queue is the way to the job table. Handle and Every are called before Run.
type Queue struct {
	DB    *db.DB
	Clock clock.Clock
	IDs   *id.Maker
	Log   *slog.Logger
	Lease time.Duration // how long a claim lasts without a sign of life
	Grace time.Duration // how long running jobs may go on after Run was asked to stop
	Keep  time.Duration // how long done jobs can be looked up; dead ones 13 times as long

	handlers map[string]Handler
	turns    []turn
	wake     chan struct{}
	luck     func() float64

	swept time.Time // only Run's goroutine uses it

	mu   sync.Mutex
	mine map[int64]bool // jobs in this process's hands
}

type turn struct {
	kind, key string
	when      Schedule
}

// New makes a queue with a lease of 2 minutes, a grace of 10 seconds and done jobs kept for 7 days.
func New(d *db.DB, c clock.Clock, ids *id.Maker) *Queue {
	return &Queue{DB: d, Clock: c, IDs: ids, Log: slog.Default(), Lease: 2 * time.Minute, Grace: 10 * time.Second, Keep: 7 * 24 * time.Hour,
		handlers: map[string]Handler{}, wake: make(chan struct{}, 1), luck: rand.Float64, mine: map[int64]bool{}}
}

// Handle says who does the jobs of a kind.
func (q *Queue) Handle(kind string, h Handler) { q.handlers[kind] = h }

// Every declares recurring work: one job of the kind with this key ("" is a key too, here), again and again. The handler
// is set by Handle.
func (q *Queue) Every(kind, key string, when Schedule) {
	q.turns = append(q.turns, turn{kind: kind, key: cmp.Or(key, "turn"), when: when})
}

// Enqueue puts a job into the queue as part of the caller's transaction and returns its id. When an unfinished job of
// the kind has the same key, nothing is added and that job's id is returned.
func (q *Queue) Enqueue(ctx context.Context, tx *db.Tx, j Job) (int64, error) {
	payload, err := json.Marshal(j.Payload)
	if err != nil {
		return 0, fmt.Errorf("queue: payload of %s: %w", j.Kind, err)
	}
	now := q.Clock.Now()
	if j.RunAt.IsZero() {
		j.RunAt = now
	}
	if j.MaxTries <= 0 {
		j.MaxTries = 8
	}
	defer q.Wake()
	// The job that holds the key may end between the two looks, so look again.
	for range 5 {
		jobID := q.IDs.Next()
		added, err := add(ctx, tx, jobID, j, string(payload), now)
		if added || err != nil {
			return jobID, err
		}
		if held, err := unfinished(ctx, tx, j.Kind, j.Key); held != 0 || err != nil {
			return held, err
		}
	}
	return 0, fault.New(fault.Unavailable, "后台任务正忙，这一步没有保存，请稍后再试")
}

// Wake makes Run of this process look for work soon. Enqueue does it; the job is seen once its transaction has ended.
func (q *Queue) Wake() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// Get reads a job with its progress. It is a fault of kind NotFound when there is none (any more).
func (q *Queue) Get(ctx context.Context, jobID int64) (Status, error) {
	s, found, err := get(ctx, q.DB, jobID)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这项后台任务，或已办完较久，记录已清理")
	}
	s.estimate(q.Clock.Now())
	return s, err
}

// List reads jobs of a state, newest first; below is the last id of the page before, 0 for the first page. The list of
// the dead is List(ctx, Dead, 0, 50).
func (q *Queue) List(ctx context.Context, state State, below int64, limit int) ([]Status, error) {
	if below == 0 {
		below = math.MaxInt64
	}
	all, err := list(ctx, q.DB, state, below, limit)
	for i := range all {
		all[i].estimate(q.Clock.Now())
	}
	return all, err
}

// Count says how many jobs are in each state.
func (q *Queue) Count(ctx context.Context) (map[State]int64, error) { return count(ctx, q.DB) }

// Revive makes a dead job ready again with all its tries. It is a fault of kind Conflict when the job is not dead or
// another unfinished job has taken its key.
func (q *Queue) Revive(ctx context.Context, tx *db.Tx, jobID int64) error {
	revived, err := revive(ctx, tx, jobID, q.Clock.Now())
	if db.IsDuplicate(err) || err == nil && !revived {
		return fault.Wrap(fault.Conflict, err, "这项任务不用重新启动：它已不在“没有办成”之列，或同样的任务已在排队")
	}
	q.Wake()
	return err
}

// instant scans unix milliseconds; 0 is the zero time.
type instant time.Time

// Scan implements sql.Scanner.
func (i *instant) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("queue: an instant is %T", src)
	}
	*i = instant{}
	if n != 0 {
		*i = instant(time.UnixMilli(n).In(clock.Zone))
	}
	return nil
}
