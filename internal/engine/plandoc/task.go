package plandoc

import (
	"regexp"
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

// items makes tasks of numbered items.
func (l *layout) items(span horizon, boxed bool) []Task {
	type item struct {
		s    *section
		no   string
		d    duty
		body string
	}
	var all []item
	named := false
	for _, s := range l.sections {
		no, ok := l.itemNo(s)
		if !ok {
			continue
		}
		it := item{s: s, no: no}
		var body []string
		for i, p := range s.paras {
			raw := p.raw
			d, rest := dutyOf(raw)
			if len(d.units) > 0 {
				it.d = it.d.with(d)
				raw = rest
			}
			if i == 0 {
				if h, ok := headingOf(raw); ok {
					raw = h.body
				}
			}
			if raw != "" {
				body = append(body, raw)
			}
		}
		it.body = strings.Join(body, "")
		named = named || len(it.d.units) > 0
		all = append(all, it)
	}
	var out []Task
	for _, it := range all {
		support := it.s.under(supportSection)
		if len(it.d.units) == 0 && (boxed || named && !support) || it.body == "" && len(it.d.units) == 0 {
			continue
		}
		if len(it.d.units) == 0 {
			if m := subjectRE.FindStringSubmatch(plain(it.body)); m != nil && orgLike(m[1]) {
				it.d = duty{lead: []string{m[1]}, units: []string{m[1]}}
			}
		}
		title, _ := dutyTitle(it.s.title)
		t := Task{No: it.no, Title: trimTitle(title), Place: Place{it.s.at, cite(it.s)}}
		t.fill(it.body, it.d, span)
		out = append(out, t)
	}
	return out
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

// itemNo is an item's number where it can be a task: the leaves of the numbered headings outside introductions. A chapter's
// section (第X节) or a chapter (一、) counts only where it names units or there is nothing below it.
func (l *layout) itemNo(s *section) (string, bool) {
	if s.kids > 0 || s.under(introSection) || s.under(pastSection) && !strings.Contains(s.title, "发展环境") && s.rank > 3 {
		return "", false
	}
	if no, ok := taskNo(s); ok {
		return no, true
	}
	if s.rank == 6 && s.parent != nil && s.parent.rank < 6 {
		no, ok := s.parent.label, s.parent.rank >= 3
		return no + s.label, ok
	}
	for _, p := range s.paras {
		if d, _ := dutyOf(p.raw); len(d.units) > 0 {
			return s.label, true
		}
	}
	return "", false
}

func trimTitle(s string) string {
	s = strings.Join(strings.Fields(s), "")
	return strings.Trim(s, "：:。 ")
}

// fill reads summary, promises, deadline and quote from a task's text.
func (t *Task) fill(body string, d duty, span horizon) {
	t.Units = d.units
	if len(d.lead) > 0 {
		t.Lead = strings.Join(d.lead, ";")
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

var dueRE = regexp.MustCompile(`(?:到|至)?20\d\d年(?:年?底|末|前|\d{1,2}月(?:底|\d{1,2}日)?前?)?|` + fiveYears + `(?:期间|时期|期末|末)|每年|每季度|每半年|每月|按月|按季|实时|月调度|季分析|长期坚持|持续推进`)

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

// tasks reads the rows of a table of duties 分工表.
func (g *grid) tasks() []Task {
	cols := columnsOf(g.head, 0, 0)
	lead, name := -1, -1
	for k, c := range cols {
		switch c.use {
		case useLead, useUnits:
			lead = k
		case useName:
			name = k
		}
	}
	if lead < 0 || name < 0 || g.measures(cols) {
		return nil
	}
	var out []Task
	section := cite(g.sec)
	if g.box != nil {
		section = g.box.name()
	}
	for i, r := range g.rows {
		t := Task{No: strconv.Itoa(i + 1), Place: Place{r.at, section}}
		var d duty
		for k, c := range cols {
			cell := strings.TrimSpace(r.cells[k])
			switch c.use {
			case useSeq:
				if cell != "" {
					t.No = strings.TrimRight(cell, ".、")
				}
			case useName:
				t.Title, t.Quote = cell, cell
			case useLead:
				if inner, ok := withLead(cell); ok {
					d = inner
				} else if strings.Contains(c.head, "牵头") || strings.Contains(c.head, "主办") || strings.Contains(c.head, "主管") {
					d.lead = append(d.lead, unitsOf(cell)...)
				} else {
					d.units = append(d.units, unitsOf(cell)...)
				}
			case useUnits:
				d.units = append(d.units, unitsOf(cell)...)
			case useDue:
				t.Deadline = cell
			}
		}
		if wordsCount(t.Title) < 2 || distinct(r.cells) < 2 {
			continue
		}
		d, _ = d.settle()
		due := t.Deadline
		quote := t.Quote
		for k, c := range cols {
			if c.use == useOther || c.use == useGroup {
				quote += "。" + r.cells[k]
			}
		}
		t.fill(quote, d, horizon{})
		if due != "" {
			t.Deadline = due
		}
		t.Quote = r.raw
		title, _ := splitTitle(t.Title)
		t.Title = trimTitle(title)
		out = append(out, t)
	}
	return out
}
