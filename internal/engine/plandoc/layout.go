package plandoc

import (
	"strings"
	"unicode/utf8"
)

// section is a heading with what stands under it.
type section struct {
	heading
	parent *section
	kids   int
	anew   bool // numbers of this rank begin again under each chapter
	at     int
	paras  []*para
	known  map[any]bool // what under found out
}

// box is a 专栏 or a titled table.
type box struct {
	label, title string
	at           int
	paras        []*para
	grids        int
	pictures     int
}

func (b *box) name() string {
	if b.title == "" {
		return b.label
	}
	return b.label + " " + b.title
}

// para is one whole paragraph.
type para struct {
	*shadow
	at   int
	sec  *section
	box  *box
	head bool // it is, or begins with, a heading
}

// layout is the document put in order.
type layout struct {
	sections []*section
	boxes    []*box
	paras    []*para
	grids    []*grid
	warnings []Warning

	sec     *section
	box     *box
	cur     *para // being put together
	width   int   // of its last line
	pending *para // a sentence cut in two by a box
	wrap    int
	wrapped bool
}

func arrange(in []line) *layout {
	l := &layout{}
	l.wrap, l.wrapped = wrapWidth(in)
	for i := 0; i < len(in); {
		i += l.take(in[i:])
	}
	l.flush()
	l.resume("")
	l.anew()
	for _, b := range l.boxes {
		if b.pictures > 0 && b.grids == 0 && len(b.paras) == 0 {
			l.warn("picture", b.at, b.name(), "这个专栏是图片，读不出文字，请对照原文人工录入")
		} else if len(b.paras) == 0 && b.grids == 0 {
			l.warn("picture", b.at, b.name(), "这个专栏只有标题，没有读到内容，请看原文是不是图片或附件")
		}
	}
	return l
}

// take puts the next lines in their place and says how many they were.
func (l *layout) take(in []line) int {
	now := in[0]
	switch now.Kind {
	case Table:
		l.suspend()
		l.table(gridOf(now.Rows, now.at))
		return 1
	case Picture:
		l.picture(now)
		return 1
	}
	if label, title, ok := boxOf(now.Text); ok {
		l.suspend()
		n := 1
		if title == "" && len(in) > 1 && in[1].Kind == Line && utf8.RuneCountInString(in[1].Text) <= 30 && !headerStart(in[1:]) && !strings.ContainsAny(in[1].Text, "。，") {
			title, n = in[1].Text, 2
		}
		l.box = &box{label: label, title: title, at: now.at}
		l.boxes = append(l.boxes, l.box)
		return n
	}
	if headerStart(in) {
		g, n := readGrid(in)
		if duties, m := readDuties(in); m > 0 && (n <= 0 || !g.measures(g.columns())) {
			g, n = duties, m
		}
		if n > 0 {
			l.suspend()
			l.table(g)
			return n
		} else if n < 0 {
			l.warn("row", now.at, cite(l.sec), "这里像是表头，下面的行与表头对不上，没有读，请对照原文人工录入")
			l.warnings[len(l.warnings)-1].Quote = now.Text
		}
	}
	if bareRE.MatchString(now.Text) {
		return 1 // a page number
	}
	l.text(now)
	return 1
}

// text adds a line to the paragraph being put together, or begins a new one.
func (l *layout) text(now line) {
	t := now.Text
	if l.cur != nil && len(l.cur.raw) < longLine && l.joins(t) {
		l.cur.shadow = &shadow{raw: glue(l.cur.raw, t)}
	} else {
		l.flush()
		if l.pending != nil && l.continues(t) {
			l.resume(t)
		} else {
			l.cur = &para{shadow: &shadow{raw: t}, at: now.at}
		}
	}
	l.width = width(t)
	if closed(t) {
		l.flush()
	}
}

// joins reports whether a line goes on with the open paragraph.
func (l *layout) joins(t string) bool {
	if restRE.MatchString(t) {
		return true
	}
	if starts(t) && !(l.wrapped && l.width*4 >= l.wrap*3 && projectTitle(t) && !marked(t)) {
		return false
	}
	h, isHeading := headingOf(l.cur.raw)
	if !l.wrapped {
		return !(isHeading && h.rank <= 4 && h.body == "") && l.width >= 40 && strings.ContainsAny(l.cur.raw, "，、；,") && strings.ContainsAny(t, "，。；、,")
	}
	if isHeading && h.rank <= 3 && l.width*10 < l.wrap*9 {
		return false
	}
	return l.width*10 >= l.wrap*6
}

// suspend closes the open paragraph; one cut in the middle of a sentence waits for its other half behind the box.
func (l *layout) suspend() {
	if l.cur == nil {
		return
	}
	_, isHeading := headingOf(l.cur.raw)
	if l.pending == nil && !closed(l.cur.raw) && !isHeading && l.box == nil && width(l.cur.raw) >= 30 {
		l.pending, l.cur = l.cur, nil
		return
	}
	l.flush()
}

// continues reports whether a line is the other half of the sentence that a box cut.
func (l *layout) continues(t string) bool {
	if l.box != nil && len(l.box.paras) == 0 && l.box.grids == 0 && l.box.pictures == 0 {
		return false
	}
	return !starts(t) && strings.ContainsAny(t, "，。；、,")
}

// resume goes on with the cut sentence; an empty line gives it up.
func (l *layout) resume(t string) {
	p := l.pending
	if p == nil {
		return
	}
	l.pending, l.box = nil, nil
	if t == "" {
		l.warn("cut", p.at, "", "这句话没有写完就断了，请对照原文")
		l.warnings[len(l.warnings)-1].Quote = p.raw
		l.add(p)
		return
	}
	p.raw = glue(p.raw, t)
	l.cur = p
}

// flush files the paragraph that is done, as a heading where it is one.
func (l *layout) flush() {
	p := l.cur
	l.cur = nil
	if p == nil {
		return
	}
	h, ok := headingOf(p.raw)
	if ok && l.box != nil && !l.ends(h) {
		ok = false
	}
	if long := utf8.RuneCountInString(h.title) > 60 && (h.rank < 4 || !closed(p.raw)); !ok || h.body == "" && long {
		l.add(p)
		return
	}
	l.resume("")
	l.box = nil
	for l.sec != nil && l.sec.rank >= h.rank {
		l.sec = l.sec.parent
	}
	s := &section{heading: h, parent: l.sec, at: p.at}
	if l.sec != nil {
		l.sec.kids++
	}
	l.sec = s
	l.sections = append(l.sections, s)
	p.head = true
	l.add(p)
}

// ends reports whether a heading read inside a box stands behind its end.
func (l *layout) ends(h heading) bool {
	if h.rank <= 2 {
		return true
	}
	for s := l.sec; s != nil; s = s.parent {
		if s.rank == h.rank {
			return ordinal(h.label) == ordinal(s.label)+1
		}
	}
	return h.rank == 3 && ordinal(h.label) > 1
}

func (l *layout) add(p *para) {
	p.shadow = cast(p.raw)
	p.sec, p.box = l.sec, l.box
	if p.mended {
		l.warn("scan", p.at, l.place(p), "数字里有认错的字，已按数字读，请核对")
		l.warnings[len(l.warnings)-1].Quote = p.raw
	}
	l.paras = append(l.paras, p)
	if l.box != nil && !p.head {
		l.box.paras = append(l.box.paras, p)
	} else if l.sec != nil {
		l.sec.paras = append(l.sec.paras, p)
	}
}

// table files a table; text after it stands outside its box again.
func (l *layout) table(g *grid) {
	if g == nil {
		return
	}
	g.sec, g.box = l.sec, l.box
	if n := len(l.paras); n > 0 && utf8.RuneCountInString(l.paras[n-1].raw) <= 40 {
		g.caption = append(g.caption, l.paras[n-1].raw) // 单位：万人
	}
	if g.box != nil {
		g.caption = append(g.caption, g.box.title)
	}
	if l.box != nil {
		l.box.grids++
		l.box = nil
	}
	t := g.turned()
	if t == nil {
		t = g.upright()
	}
	if t != nil {
		t.sec, t.box = g.sec, g.box
		g = t
	}
	l.grids = append(l.grids, g)
	for _, p := range g.sentences() {
		p.shadow, p.sec, p.box = cast(p.raw), g.sec, g.box
		l.paras = append(l.paras, p)
	}
}

func (l *layout) picture(now line) {
	switch {
	case l.box != nil:
		l.box.pictures++
	case now.Text != "":
		l.warn("picture", now.at, cite(l.sec), "这里有一张图片（"+now.Text+"），读不出文字，请看原文是不是表格")
	default:
		l.warn("picture", now.at, cite(l.sec), "这里有一张图片，读不出文字，请看原文是不是专栏或表格")
	}
}

func (l *layout) warn(kind string, at int, where, text string) {
	l.warnings = append(l.warnings, Warning{Place: Place{at, where}, Kind: kind, Text: text})
}
