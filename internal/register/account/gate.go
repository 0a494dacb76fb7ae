package account

import (
	"context"
	"sync"

	"jiuye/internal/ground/fault"
)

// gate lets the attempts at one login through one after the other. Each is counted as a failure before its password is
// checked, so many right ones at the same moment would otherwise look like many wrong ones.
type gate struct {
	mu   sync.Mutex
	open map[string]*queueing
}

type queueing struct {
	turn    chan struct{} // holds a token while somebody is inside
	waiting int           // including who is inside
}

func newGate() *gate { return &gate{open: map[string]*queueing{}} }

// enter waits for its turn at a login and returns how to leave. When the request ends first, the fault is of kind
// Unavailable.
func (g *gate) enter(ctx context.Context, login string) (leave func(), err error) {
	g.mu.Lock()
	d := g.open[login]
	if d == nil {
		d = &queueing{turn: make(chan struct{}, 1)}
		g.open[login] = d
	}
	d.waiting++
	g.mu.Unlock()
	gone := func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if d.waiting--; d.waiting == 0 {
			delete(g.open, login)
		}
	}
	select {
	case d.turn <- struct{}{}:
		return func() { <-d.turn; gone() }, nil
	case <-ctx.Done():
		gone()
		return nil, fault.Wrap(fault.Unavailable, ctx.Err(), "现在登录的人太多，请过一分钟再试")
	}
}
