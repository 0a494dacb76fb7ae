package intake

import (
	"sync"
	"time"

	"jiuye/internal/ground/clock"
)

// paces holds back clients that call too fast: each has a bucket that fills with as many calls a minute as were agreed on,
// and holds at most a tenth of them, but no less than ten. It counts for one process: behind a balancer with n of them a client
// may do n times as much.
type paces struct {
	clock   clock.Clock
	mu      sync.Mutex
	buckets map[int64]bucket
}

type bucket struct {
	calls float64
	at    time.Time
}

// take takes one call out of a client's bucket, or says how long to wait for it.
func (p *paces) take(clientID int64, perMinute int) (wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	most, now := max(10, float64(perMinute)/10), p.clock.Now()
	if p.buckets == nil {
		p.buckets = map[int64]bucket{}
	}
	b, known := p.buckets[clientID]
	if !known {
		b.calls = most
	} else {
		b.calls = min(most, b.calls+max(0, now.Sub(b.at).Minutes())*float64(perMinute))
	}
	b.at = now
	if b.calls < 1 {
		wait = time.Duration((1 - b.calls) / float64(perMinute) * float64(time.Minute))
	} else {
		b.calls--
	}
	p.buckets[clientID] = b
	return wait
}
