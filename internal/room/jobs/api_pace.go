package jobs

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// calls holds back addresses that call the open API too fast: each has a bucket that fills with so many calls a minute and holds
// those of one. It counts for one process.
type calls struct {
	mu      sync.Mutex
	buckets map[string]callBucket
}

type callBucket struct {
	left float64
	at   time.Time
}

const (
	callBurst   = perMinute
	bucketsMost = 20000 // full buckets are forgotten when there are more
)

// take takes one call out of an address's bucket, or says how many seconds to wait for it.
func (p *calls) take(address string, now time.Time) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.buckets == nil || len(p.buckets) > bucketsMost {
		p.forget(now)
	}
	b, known := p.buckets[address]
	if !known {
		b.left = callBurst
	} else {
		b.left = min(callBurst, b.left+max(0, now.Sub(b.at).Minutes())*perMinute)
	}
	b.at = now
	wait := 0
	if b.left < 1 {
		wait = int((1-b.left)*60/perMinute) + 1
	} else {
		b.left--
	}
	p.buckets[address] = b
	return wait
}

// forget drops the buckets that are full again; all of them when none is.
func (p *calls) forget(now time.Time) {
	kept := map[string]callBucket{}
	for a, b := range p.buckets {
		if b.left+now.Sub(b.at).Minutes()*perMinute < callBurst && len(kept) < bucketsMost/2 {
			kept[a] = b
		}
	}
	p.buckets = kept
}

// addressOf is where a call comes from, as the house sees it behind its proxies.
func (r *Room) addressOf(remote, forwarded string) string {
	if r.Address != nil {
		return r.Address(&http.Request{RemoteAddr: remote, Header: http.Header{"X-Forwarded-For": {forwarded}}})
	}
	if host, _, err := net.SplitHostPort(remote); err == nil {
		return host
	}
	return remote
}
