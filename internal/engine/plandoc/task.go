package plandoc

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tasks proposes the tasks of a document: the projects of its boxes, the numbered items that name units (all numbered items
// where there are neither boxes nor units), the guarantees, and the rows of tables of duties.
func (l *layout) tasks(span horizon) []Task {
	var out []Task
	boxed := false
	for _, b := range l.boxes {
		projects := b.projects()
		boxed = boxed || len(projects) > 0
		for i, group := range projects {
			out = append(out, l.project(b, i+1, group, span))
		}
	}
	out = append(out, l.items(span, boxed)...)
	for _, g := range l.grids {
		out = append(out, g.tasks()...)
	}
	return out
}

// projects groups a box's paragraphs: each project begins with its title.
func (b *box) projects() [][]*para {
	var out [][]*para
	for _, p := range b.paras {
		switch {
		case projectStart(p.raw):
			out = append(out, []*para{p})
		case len(out) > 0:
			out[len(out)-1] = append(out[len(out)-1], p)
		}
	}
	return out
}

// projectStart reports whether a box's paragraph begins a project: 创业支持计划。鼓励…… or 1.标题。正文.
func projectStart(raw string) bool {
	t, body := splitTitle(stripMark(raw))
	n := utf8.RuneCountInString(t)
	if n < 3 || n > 40 || strings.ContainsAny(t, "，；") {
		return false
	}
	if projectTitle(stripMark(raw)) {
		return true
	}
	_, marked := headingOf(raw)
	return (marked || stripMark(raw) != strings.TrimSpace(raw)) && (body != "" || n >= 4)
}

var bulletRE = regexp.MustCompile(`^(?:[①-⑳●■◆▲★※·•○□]|——|[（(]?\d{1,2}[）)、.．]|[（(]` + hanNumber + `[）)]|` + hanNumber + `、)\s*`)

func stripMark(raw string) string { return bulletRE.ReplaceAllString(strings.TrimSpace(raw), "") }

// project makes a task of one project of a box.
func (l *layout) project(b *box, no int, group []*para, span horizon) Task {
	var whole strings.Builder
	for _, p := range group {
		whole.WriteString(p.raw)
	}
	d, text := dutyOf(whole.String())
	title, body := splitTitle(stripMark(text))
	t := Task{No: b.label + "-" + strconv.Itoa(no), Title: trimTitle(title), Place: Place{group[0].at, b.name()}}
	t.fill(body, d, span)
	return t
}

// item is a numbered section with the units it names.
type item struct {
	*section
	d     duty
	alone bool // the units stand in a paragraph of their own
	below bool // a section under it names units
	body  []string
}

// items makes tasks of numbered items.
func (l *layout) items(span horizon, boxed bool) []Task {
	all := l.answering()
	named := slices.ContainsFunc(all, func(it *item) bool { return len(it.d.units) > 0 })
	var out []Task
	for _, it := range all {
		answers := len(it.d.units) > 0
		if !it.proposed(l) || !answers && (boxed || named && !it.under(supportSection) || len(it.body) == 0) {
			continue
		}
		body := strings.Join(it.body, "")
		if !answers {
			if m := subjectRE.FindStringSubmatch(plain(body)); m != nil && orgLike(m[1]) {
				it.d = duty{lead: []string{m[1]}, units: []string{m[1]}}
			}
		}
		title, _ := dutyTitle(it.title)
		t := Task{No: it.number(), Title: trimTitle(nameOf(title)), Place: Place{it.at, cite(it.section)}}
		t.fill(body, it.d, span)
		out = append(out, t)
	}
	return out
}

// answering gives all sections with the units they name and the text of those below them that name none.
func (l *layout) answering() []*item {
	of := map[*section]*item{}
	var all []*item
	for _, s := range l.sections {
		it := &item{section: s}
		of[s], all = it, append(all, it)
		for i, p := range s.paras {
			d, raw := dutyOf(p.raw)
			if len(d.units) > 0 {
				it.d = it.d.with(d)
				it.alone = raw == ""
			}
			if i == 0 {
				if h, ok := headingOf(raw); ok {
					raw = h.body
				}
			}
			if raw != "" {
				it.body = append(it.body, raw)
			}
		}
	}
	for i, it := range all { // a bracket on its own line behind the last of several is for all of them
		if p := of[it.parent]; p != nil && it.alone && it.kids == 0 && p.kids > 1 && len(p.d.units) == 0 && lastOf(all[i+1:], p) && soleOf(all[:i], p) {
			p.d, it.d = it.d, duty{}
		}
	}
	for _, it := range all {
		for p := of[it.parent]; p != nil && len(it.d.units) > 0 && !p.below; p = of[p.parent] {
			p.below = true
		}
	}
	for _, it := range all {
		if p := of[it.parent]; p != nil && len(it.d.units) == 0 && len(p.d.units) > 0 && !p.below {
			p.body = append(p.body, it.title+"。")
			p.body = append(p.body, it.body...)
		}
	}
	return all
}

// lastOf reports whether what follows stands no longer under p.
func lastOf(rest []*item, p *item) bool {
	return len(rest) == 0 || rest[0].rank <= p.rank
}

// soleOf reports whether none of the sections under p so far names units.
func soleOf(before []*item, p *item) bool {
	for i := len(before) - 1; i >= 0 && before[i] != p; i-- {
		if len(before[i].d.units) > 0 {
			return false
		}
	}
	return true
}

// proposed reports whether an item can be a task: the leaves of the numbered headings outside introductions, and what names
// units itself while nothing below it does. A section (第X节) or a chapter (一、) counts only where it names units, or where the
// whole document is one list of them.
func (it *item) proposed(l *layout) bool {
	answers := len(it.d.units) > 0 && !it.below
	switch {
	case answers && !it.under(pastSection):
		return true
	case it.under(introSection), it.kids > 0, it.under(pastSection) && !strings.Contains(it.title, "发展环境") && it.rank > 3:
		return false
	case it.rank == 6:
		return it.parent != nil && it.parent.rank >= 3 && it.parent.rank < 6
	case it.rank == 3:
		return it.heading.body != "" && l.flat() && !it.under(supportSection)
	}
	return it.rank == 4 || it.rank == 5
}

// flat reports whether the document's only numbers are 一、二、三、 and so its list.
func (l *layout) flat() bool {
	return len(l.sections) > 2 && !slices.ContainsFunc(l.sections, func(s *section) bool { return s.rank != 3 })
}

// dutyTitle drops a duty bracket from a title: 推进就业（责任单位：…）.
func dutyTitle(title string) (string, duty) {
	d, rest := dutyOf(title)
	if len(d.units) > 0 {
		return rest, d
	}
	return title, duty{}
}

func (d duty) with(e duty) duty {
	out := duty{lead: append(append([]string(nil), d.lead...), e.lead...), units: append(append([]string(nil), d.units...), e.units...)}
	if len(d.lead) > 0 {
		out.lead = d.lead
	}
	settled, _ := out.settle()
	return settled
}

// fill reads summary, promises, deadline and quote from a task's text.
func (t *Task) fill(body string, d duty, span horizon) {
	t.Units = d.units
	if len(d.lead) > 0 {
		t.Lead = d.lead[0] // of several the one named first answers
	}
	sh := cast(body)
	var first, numbered string
	var due []string
	for _, group := range sentences(sh.s) {
		for _, piece := range group {
			if first == "" {
				first = sh.quote(piece.a, piece.b)
			}
			cs := clauses(sh.s, piece.a, piece.b)
			got := false
			for i, c := range cs {
				if len(measured(sh.s, c, quantities(sh.s, c.a, c.b))) == 0 && !aimRE.MatchString(sh.s[c.a:c.b]) {
					continue
				}
				a := c.a
				if i > 0 && bareTime.MatchString(sh.s[cs[i-1].a:cs[i-1].b]) {
					a = cs[i-1].a
				}
				t.Deliverables = append(t.Deliverables, sh.quote(a, c.b))
				got = true
			}
			if got && numbered == "" {
				numbered = sh.quote(piece.a, piece.b)
			}
			for _, m := range dueRE.FindAllString(sh.s[piece.a:piece.b], -1) {
				if m = dueWord(m); m != "" && !has(due, m) {
					due = append(due, m)
				}
			}
		}
	}
	t.Deadline = strings.Join(due, ";")
	t.Quote = numbered
	if t.Quote == "" {
		t.Quote = first
	}
	t.Summary = cutRunes(first, 120)
}

var dueRE = regexp.MustCompile(`(?:到|至)?20\d\d年(?:年?底|末|前|\d{1,2}月(?:底|\d{1,2}日)?前?)?|` + fiveYears + `(?:期间|时期|期末|末)|每年|每季度|每半年|每月|按月|按季|实时|月调度|季分析`)

// dueWord is a deadline as a person writes it in a list.
func dueWord(s string) string {
	switch s {
	case "按月", "月调度":
		return "每月"
	case "按季", "季分析":
		return "每季"
	}
	s = strings.TrimLeft(s, "到至")
	if strings.HasPrefix(s, `"`) {
		return "“" + strings.Replace(s[1:], `"`, "”", 1)
	}
	if strings.HasPrefix(s, "20") && strings.HasSuffix(s, "年") {
		return s[:4]
	}
	return s
}

func cutRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}
