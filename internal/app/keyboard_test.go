package app

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"jiuye/internal/ground/web/webtest"
)

// keyboards are the pages that people work on without a mouse, by who opens them.
var keyboards = []struct {
	login string
	pages []string
}{
	{"", []string{"/signin"}},
	{"jingban", []string{"/casework", "person", "/intake"}},
	{"danwei", []string{"/jobs/employer/vacancy/new"}},
	{"mengshi", []string{"/plan/area/1529"}},
}

// prepare lists what Tab has to reach, one radio of each group, and how each looks before it has the focus. A look is
// the outline, shadow, colours and borders of the thing itself, of what is drawn beside it, and of what holds it.
const prepare = `(() => {
	const look = e => {
		const of = (x, part) => { const s = getComputedStyle(x, part); return [s.outlineStyle, s.outlineColor, s.outlineWidth, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth, s.color].join('|') }
		return [[e], [e, '::before'], [e.parentElement]].concat(e.nextElementSibling ? [[e.nextElementSibling, '::before']] : []).map(a => of(...a)).join('/')
	}
	const groups = new Set()
	const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(e => {
		if (e.tabIndex < 0 || e.disabled || e.type === 'hidden' || !e.checkVisibility({visibilityProperty: true})) return false
		if (e.type !== 'radio') return true
		const fresh = !groups.has(e.name)
		groups.add(e.name)
		return fresh
	})
	window.walk = {look, all, before: new Map(all.map(e => [e, look(e)])), at: -1}
	if (document.activeElement) document.activeElement.blur()
	window.scrollTo(0, 0)
	return all.length
})()`

// arrive watches every Tab: it goes to the next thing, which is on the page (the browser scrolls to it) and looks
// focused. The answer lists what is wrong.
const arrive = `(() => {
	const w = window.walk, wrong = []
	const name = x => x ? x.tagName + ' ' + (x.id || x.name || x.textContent.trim().slice(0, 30)) : 'nothing'
	const sight = e => {
		const r = (e.type === 'radio' || e.type === 'checkbox' || e.type === 'file' ? e.parentElement : e).getBoundingClientRect()
		if (r.width < 1 || r.height < 1 || r.right <= 0 || r.left >= innerWidth) wrong.push(name(e) + ' is out of sight')
	}
	document.addEventListener('focusin', event => {
		const e = event.target, want = w.all[++w.at]
		sight(e)
		if (e !== want) wrong.push('Tab went to ' + name(e) + ', not to ' + name(want))
		else if (w.look(e) === w.before.get(e)) wrong.push(name(e) + ' does not look focused')
	})
	window.walked = () => w.at + 1 === w.all.length ? wrong : wrong.concat('Tab reached ' + (w.at + 1) + ' of ' + w.all.length)
	return true
})()`

func TestEveryPageCanBeWalkedByKeyboard(t *testing.T) {
	address := site(t)
	for _, k := range keyboards {
		p := webtest.Open(t, address+"/signin", 1440, 900)
		if k.login != "" {
			p.SignIn(k.login, DemoPassword)
		}
		for _, page := range k.pages {
			if page == "person" {
				p.Goto(address + "/casework/people?q=%E9%99%88")
				page = webtest.Eval[string](p, `document.querySelector('main a[href^="/casework/person/"]').getAttribute('href')`)
			}
			p.Goto(address + page)
			// Colours that fade in would be read half-way.
			webtest.Eval[bool](p, `(() => { const s = new CSSStyleSheet(); s.replaceSync('* { transition: none !important }'); document.adoptedStyleSheets = [s]; return true })()`)
			n := webtest.Eval[int](p, prepare)
			if n < 5 {
				t.Errorf("%s: only %d things to reach", page, n)
			}
			webtest.Eval[bool](p, arrive)
			p.Do("press Tab", chromedp.KeyEvent(strings.Repeat(kb.Tab, n)))
			for _, wrong := range webtest.Eval[[]string](p, `walked().slice(0, 5)`) {
				t.Errorf("%s: %s", page, wrong)
			}
		}
	}
}
