package webtest

import (
	"context"
	"time"

	"github.com/chromedp/cdproto/page"
)

// loads follows the beginnings and ends of a tab's page loads.
type loads struct {
	asked   chan struct{} // holds one when the page asked for another since begin
	started chan struct{} // holds one when a load began since begin
	stopped chan struct{} // holds one when a load ended since the last beginning
}

func newLoads() *loads {
	return &loads{asked: make(chan struct{}, 1), started: make(chan struct{}, 1), stopped: make(chan struct{}, 1)}
}

// note is called for every event of the tab, in order.
func (l *loads) note(event any) {
	switch event.(type) {
	case *page.EventFrameRequestedNavigation:
		put(l.asked)
	case *page.EventFrameStartedLoading:
		drain(l.stopped)
		put(l.started)
	case *page.EventFrameStoppedLoading:
		put(l.stopped)
	}
}

// begin forgets what was before.
func (l *loads) begin() { drain(l.asked); drain(l.started); drain(l.stopped) }

// grace is how long a load may take to begin after a click; only a click that loads nothing costs this much.
const grace = 600 * time.Millisecond

// late is how long the load of a page that was asked for may take to begin on a busy machine.
const late = 6 * time.Second

// settle waits for the end of a load that began, or sees that none begins.
func (l *loads) settle(ctx context.Context) error {
	none, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	select {
	case <-none.Done():
		return ctx.Err()
	case <-l.started:
	case <-l.asked:
		begin, cancel := context.WithTimeout(ctx, late)
		defer cancel()
		select {
		case <-begin.Done():
			return ctx.Err()
		case <-l.started:
		}
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-l.stopped:
		return nil
	}
}

func put(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func drain(c chan struct{}) {
	select {
	case <-c:
	default:
	}
}
