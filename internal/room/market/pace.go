package market

import (
	"net"
	"net/http"
	"sync"
	"time"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

// Strangers may complain without a name, so that what comes from one address is limited: nobody can bury an officer's desk, or a rival's
// adverts, in complaints. It counts for one process.
const (
	complaintsMost  = 5
	complaintsPer   = time.Hour
	complaintsKnown = 20000 // addresses remembered
)

// pace remembers when complaints came from an address.
type pace struct {
	mu   sync.Mutex
	came map[string][]time.Time
}

// take notes a complaint from an address, or says how long to wait for the next.
func (p *pace) take(address string, now time.Time) (wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.came == nil || len(p.came) >= complaintsKnown {
		p.forget(now)
	}
	list := recent(p.came[address], now)
	if len(list) >= complaintsMost {
		wait = list[0].Add(complaintsPer).Sub(now)
	} else {
		list = append(list, now)
	}
	p.came[address] = list
	return wait
}

// back takes the latest complaint of an address back, which was not filed.
func (p *pace) back(address string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if list := p.came[address]; len(list) > 0 {
		p.came[address] = list[:len(list)-1]
	}
}

// forget drops addresses from which nothing came lately; half of them when all did.
func (p *pace) forget(now time.Time) {
	kept := map[string][]time.Time{}
	for address, list := range p.came {
		if list = recent(list, now); len(list) > 0 && len(kept) < complaintsKnown/2 {
			kept[address] = list
		}
	}
	p.came = kept
}

// recent are the moments that count.
func recent(list []time.Time, now time.Time) (out []time.Time) {
	for _, at := range list {
		if now.Sub(at) < complaintsPer {
			out = append(out, at)
		}
	}
	return out
}

// mayComplain lets a stranger's complaint pass, or says when to come again; undo is for one that was not filed.
func (r *Room) mayComplain(c *web.Ctx) (undo func(), err error) {
	if c.User.ID != 0 { // who has signed in is known
		return func() {}, nil
	}
	address := r.addressOf(c.R)
	if wait := r.pace.take(address, r.Clock.Now()); wait > 0 {
		return nil, fault.New(fault.Conflict, "同一网络地址一小时内最多匿名投诉 %d 件，请 %d 分钟后再提交，或登录后投诉；急事请打 12333", complaintsMost, int(wait.Minutes())+1)
	}
	return func() { r.pace.back(address) }, nil
}

func (r *Room) addressOf(q *http.Request) string {
	if r.Address != nil {
		return r.Address(q)
	}
	if host, _, err := net.SplitHostPort(q.RemoteAddr); err == nil {
		return host
	}
	return q.RemoteAddr
}
