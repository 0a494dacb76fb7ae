package plandoc

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	ofThoseRE = regexp.MustCompile(`^(?:其中|这其中|在这)`)
	startsRE  = regexp.MustCompile(`^(?:力争|争取|在|用)?(?:` + fiveYears + `(?:时期|期间|期内)|(?:未来|今后)?[二三四五\d]年[内间]|20\d\d年?[-至到])`)
	yearFirst = regexp.MustCompile(`^(?:截[至止])?20\d\d年`)
	// Sections that set no targets: what the plan is guided by, and what it faces.
	idleSection = regexp.MustCompile(`指导思想|基本原则|形势|机遇|挑战`)
	goalSection = regexp.MustCompile(`目标|基础|成[就效绩]|回顾|现状|环境`)
	spanEnd     = regexp.MustCompile(fiveYears + `(?:时期|期间|以来)$`)
)

// indicators reads all sentences of the text outside of tables.
func (r *reader) indicators() []Indicator {
	begun := false // lines before the first sentence are titles
	for _, p := range r.l.paras {
		if p.sec != r.sec {
			r.section(p.sec)
		}
		idle := p.sec != nil && idleSection.MatchString(p.sec.title) && !goalSection.MatchString(p.sec.title) || noteStart.MatchString(p.raw)
		begun = begun || p.sec != nil || strings.ContainsAny(p.s, "。；") || strings.HasSuffix(p.s, "：")
		if !idle && begun && counts(p.s) {
			r.paragraph(p)
		}
	}
	return r.out
}

// section begins a section: the time its title says holds.
func (r *reader) section(sec *section) {
	if r.sec, r.carry = sec, (when{}); sec == nil {
		return
	}
	title := plain(sec.title)
	if r.carry = r.span.when(title, 0, len(title), when{}); r.carry.year == Annual && !strings.HasPrefix(title, "每年") {
		r.carry = when{} // a numbered target, not a heading
	}
}

// paragraph reads the sentences of a paragraph, each with the time that holds for it: what its section says, or what the
// paragraph began with (到2025年，…。…), or for 其中 what the sentence before left.
func (r *reader) paragraph(p *para) {
	if utf8.RuneCountInString(p.s) <= 20 && !strings.ContainsAny(p.s, "，。；：、") && len(measured(p.s, clause{0, len(p.s)}, quantities(p.s, 0, len(p.s)))) == 0 {
		if w := r.span.when(p.s, 0, len(p.s), when{}); w.said && w.year != Annual {
			r.carry = w // 2026年重点工作
			return
		}
	}
	groups := sentences(p.s)
	held, from := r.held(p.s, groups)
	if from < len(groups) && r.carry.past {
		r.carry = when{}
	}
	var told when
	for i, group := range groups {
		ofThose := i > 0 && ofThoseRE.MatchString(p.s[group[0].a:group[0].b])
		if r.start = group[0].a; !ofThose {
			r.last, r.base = spoken{}, quantity{}
		}
		if i == 0 {
			r.open(p.s, group[0])
		} else {
			r.reopen(p.s, group[0])
		}
		if w := r.lead(p.s, group[0]); w.said && !w.loose && (i >= from || w.past) {
			held, from = w, min(from, i+1)
		}
		carried := r.carry
		if ofThose {
			carried = told
		} else if i >= from && i > 0 {
			carried = held
		}
		for _, piece := range group {
			carried = r.piece(p, piece, carried)
		}
		if told = carried; carried.period && !carried.past && carried.year == strconv.Itoa(r.span.last) {
			held, from = carried, i+1 // 5年内, wherever a paragraph says it
		} else if held.past && told.said && !told.past {
			held = told // from what was to what shall be
		}
	}
	if strings.HasSuffix(p.s, "：") {
		if w := r.span.when(p.s, 0, len(p.s), when{}); w.said {
			r.carry = w
		} else if resultsHead.MatchString(p.s) {
			r.carry = when{said: true, past: true}
		}
	}
}

// countWords are what a paragraph without figures needs to set a target.
var countWords = []string{"以上", "左右", "以内", "至少", "不少于", "不低于", "超过", "突破", "分之", "动态", "翻", "倍增", "逐年", "逐步"}

// counts reports whether a paragraph can say a number, a time or a target in words; most headings cannot.
func counts(s string) bool {
	if strings.ContainsAny(s, "0123456789年五") {
		return true
	}
	for _, w := range countWords {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// reopen keeps a span of the past that a sentence begins with, be it behind a heading that runs on: （一）发展基础“十三五”时期，….
func (r *reader) reopen(s string, first clause) {
	cs := clauses(s, first.a, first.b)
	if len(cs) == 0 || !spanEnd.MatchString(s[cs[0].a:cs[0].b]) {
		return
	}
	if w := r.span.when(s, cs[0].a, cs[0].b, when{}); w.past && w.period {
		w.said = false
		r.carry = w
	}
}

// open keeps a paragraph's time for the section where the paragraph is on the years before.
func (r *reader) open(s string, first clause) {
	cs := clauses(s, first.a, first.b)
	if len(cs) == 0 {
		return
	}
	for _, end := range []int{cs[0].b, first.b} {
		if w := r.span.when(s, first.a, end, when{}); w.past && w.period {
			r.carry = w
			return
		}
	}
}

// held is the time that a paragraph begins with, alone in its clause (到2025年，…; 根据规划，到2025年，…) or a span of years
// running on (5年内引进…), be it behind a title; it holds for the paragraph's other sentences, the first of which it tells.
func (r *reader) held(s string, groups [][]clause) (w when, from int) {
	for g := 0; g < min(2, len(groups)-1); g++ {
		if w := r.lead(s, groups[g][0]); w.said {
			return w, g + 1
		}
		if countsRE.MatchString(s[groups[g][0].a:groups[g][0].b]) {
			break
		}
	}
	return when{}, len(groups)
}

// lead is the time that a sentence begins with.
func (r *reader) lead(s string, first clause) when {
	cs := clauses(s, first.a, first.b)
	for i := 0; i < min(2, len(cs)); i++ {
		text := s[cs[i].a:cs[i].b]
		w := r.span.when(s, cs[i].a, cs[i].b, when{})
		alone := bare(text) == "" || bareTime.MatchString(text)
		switch {
		case w.year == Annual:
			return when{}
		case w.said && !(w.past && w.period) && (alone || i == 0 && w.period && startsRE.MatchString(text)):
			return w
		case w.past && !w.period && yearFirst.MatchString(text):
			return w
		case countsRE.MatchString(text):
			return when{}
		}
	}
	return when{}
}
