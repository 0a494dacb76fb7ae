package webtest

import (
	"fmt"
	"time"
)

// A click goes to a point of the window. On a busy machine a page may still be moving (a window that shrinks after a picture, a
// style that comes late), or a bar that is fixed to the window may lie over what is to be clicked on: the click then goes astray
// and follows whatever link stands there.

const (
	glance = 30 * time.Millisecond // between two looks at a page
	moving = 3 * time.Second       // after which a page is taken as it is
)

// poll looks until something is true, for as long as a page may be moving.
func (p *Page) poll(so func() bool) {
	end := time.NewTimer(moving)
	defer end.Stop()
	for !so() {
		select {
		case <-end.C:
			return
		case <-time.After(glance):
		}
	}
}

// still brings what a selector finds to the middle of the window, and waits until it stays there with nothing over it.
func (p *Page) still(selector string) {
	p.t.Helper()
	look := fmt.Sprintf(`(() => {
		const e = document.querySelector(%q);
		if (!e || document.readyState !== "complete") return "";
		e.scrollIntoView({block: "center", behavior: "instant"});
		const r = e.getBoundingClientRect(), top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
		return top && (e.contains(top) || top.contains(e)) ? [location.href, innerHeight, r.x, r.y, r.width, r.height].join(" ") : "";
	})()`, selector)
	before := ""
	p.poll(func() bool {
		now := Eval[string](p, look)
		was := before
		before = now
		return now != "" && now == was
	})
}
