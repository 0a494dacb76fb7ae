package webtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Page is one tab in the hands of one test.
type Page struct {
	t             testing.TB
	ctx           context.Context
	base          string
	width, height int
	loads         *loads

	mu       sync.Mutex
	troubles []string
}

const patience = 40 * time.Second // for one action on a busy machine

// Open opens a tab of the given size on an address and waits until it is there. Below 600 px it behaves as a phone.
func Open(t testing.TB, address string, width, height int) *Page {
	t.Helper()
	ctx, end := chromedp.NewContext(browser(t), chromedp.WithNewBrowserContext())
	p := &Page{t: t, ctx: ctx, width: width, height: height, loads: newLoads()}
	if u, err := url.Parse(address); err == nil {
		p.base = u.Scheme + "://" + u.Host
	}
	if err := chromedp.Do(ctx, p.viewport(height)); err != nil {
		end()
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, p.loads.note); err != nil {
		end()
		t.Fatal(err)
	}
	console := chromedp.Console(ctx)
	quiet := make(chan struct{})
	go func() {
		defer close(quiet)
		for m, err := range console {
			if err != nil {
				return
			}
			p.note(m)
		}
	}()
	t.Cleanup(func() {
		end()
		<-quiet
		for _, trouble := range p.Forgive() {
			t.Errorf("the page reported: %s", trouble)
		}
	})
	p.Goto(address)
	return p
}

// viewport makes the window as high as asked; a narrow one behaves as a phone.
func (p *Page) viewport(height int) chromedp.Action[chromedp.Void] {
	if p.width < 600 {
		return chromedp.EmulateViewport(int64(p.width), int64(height), chromedp.EmulateMobile)
	}
	return chromedp.EmulateViewport(int64(p.width), int64(height))
}

// note keeps script errors, console errors and broken policies.
func (p *Page) note(m chromedp.ConsoleMessage) {
	// A page that answers 404 or 422 is logged as a network error; that is what the test asked for. A missing file is not.
	if m.IsException() || m.Type == chromedp.ConsoleError && (m.Source != "network" || strings.Contains(m.URL, "/static/")) {
		p.trouble(m.Source + " " + m.String() + " " + m.URL)
	}
}

func (p *Page) trouble(text string) {
	p.mu.Lock()
	p.troubles = append(p.troubles, text)
	p.mu.Unlock()
}

// Forgive forgets what the page reported so far, for a test that provokes it, and returns it.
func (p *Page) Forgive() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	was := p.troubles
	p.troubles = nil
	return was
}

// Do runs chromedp actions; an error ends the test.
func (p *Page) Do(what string, actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("%s: %v\n%s", what, err, p.where())
	}
}

// get runs a chromedp action that has an answer; an error ends the test.
func get[T any](p *Page, what string, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	answer, err := chromedp.Run(ctx, action)
	if err != nil {
		p.t.Fatalf("%s: %v\n%s", what, err, p.where())
	}
	return answer
}

// where says what the browser shows, for a failing test.
func (p *Page) where() string {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	at, _ := chromedp.Run(ctx, chromedp.Location())
	text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText.slice(0, 600) : ""`))
	return "at " + at + ":\n" + text
}

// Goto opens an address; one that begins with / is of the same server.
func (p *Page) Goto(address string) {
	p.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = p.base + address
	}
	p.Do("open "+address, chromedp.Navigate(address), chromedp.WaitReady(chromedp.CSS("body")))
}

// Click clicks on what a CSS selector finds, and waits for the page that follows, when one does.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.still(selector)
	p.await("click "+selector, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// Fill types into a field in place of what stood there.
func (p *Page) Fill(selector, text string) {
	p.t.Helper()
	p.Do("find "+selector, chromedp.WaitReady(chromedp.CSS(selector)))
	Eval[bool](p, fmt.Sprintf("!(document.querySelector(%q).value = '')", selector)) // chromedp.Clear fails on an empty textarea
	p.Do("fill "+selector, chromedp.SendKeys(chromedp.CSS(selector), text))
}

// Choose picks an option of a select by its value. Radio buttons and boxes are clicked on.
func (p *Page) Choose(selector, value string) {
	p.t.Helper()
	p.Do("choose "+selector, chromedp.SetValue(chromedp.CSS(selector), value))
}

// Attach puts files into a file field.
func (p *Page) Attach(selector string, paths ...string) {
	p.t.Helper()
	p.Do("attach "+selector, chromedp.SetUploadFiles(chromedp.CSS(selector), paths))
}

// Submit presses Enter in a field and waits for the page that follows.
func (p *Page) Submit(selector string) {
	p.t.Helper()
	p.await("submit "+selector, chromedp.SendKeys(chromedp.CSS(selector), kb.Enter))
}

// await acts, and waits for the document that follows, when one does. It works without script in the page as well.
func (p *Page) await(what string, action chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	p.loads.begin()
	p.Do(what, action)
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := p.loads.settle(ctx); err != nil {
		p.t.Fatalf("%s: the page did not come: %v\n%s", what, err, p.where())
	}
}

// WithoutScript switches the page's scripts off, for this tab and for good, and loads the page again.
func (p *Page) WithoutScript() *Page {
	p.t.Helper()
	p.Do("script off", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}), chromedp.Reload())
	return p
}

// SignIn fills in the sign-in form of the page it stands on.
func (p *Page) SignIn(login, password string) {
	p.t.Helper()
	p.Fill(`input[name="login"]`, login)
	p.Fill(`input[name="password"]`, password)
	p.Submit(`input[name="password"]`)
}

// Text is the visible text of what a selector finds.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	return strings.TrimSpace(get(p, "read "+selector, chromedp.Text(chromedp.CSS(selector))))
}

// Eval evaluates a script expression; a promise is awaited.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	return get(p, "evaluate", chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// Has reports whether a selector finds anything.
func (p *Page) Has(selector string) bool {
	p.t.Helper()
	return Eval[bool](p, fmt.Sprintf("document.querySelector(%q) !== null", selector))
}

// Location is the address the browser stands on.
func (p *Page) Location() string {
	p.t.Helper()
	return get(p, "location", chromedp.Location())
}

// Title is the window title.
func (p *Page) Title() string {
	p.t.Helper()
	return get(p, "title", chromedp.Title())
}

// Screenshot writes the whole page as shots/<name>.png below the module's root.
func (p *Page) Screenshot(name string) {
	p.t.Helper()
	whole, before := Eval[int](p, "Math.ceil(document.documentElement.scrollHeight)"), Eval[int](p, "innerHeight")
	p.Do("make room", p.viewport(max(whole, p.height))) // bars that are fixed to the window's end then stand at the page's end
	png := get(p, "picture", chromedp.FullScreenshot(100))
	p.Do("give room back", p.viewport(p.height))
	p.poll(func() bool { return Eval[int](p, "innerHeight") == before }) // what is clicked on next stands elsewhere until then
	dir := filepath.Join(Root(p.t), "shots")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// NoHorizontalScroll fails the test when the page is wider than the window, naming the widest elements.
func (p *Page) NoHorizontalScroll() {
	p.t.Helper()
	wide := Eval[[]string](p, `(() => {
		const room = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= room) return [];
		return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > room + 1)
			.slice(0, 5).map(e => e.tagName + "." + e.getAttribute("class") + " reaches " + Math.round(e.getBoundingClientRect().right) + " of " + room);
	})()`)
	for _, w := range wide {
		p.t.Errorf("%s scrolls sideways: %s", p.Location(), w)
	}
}
