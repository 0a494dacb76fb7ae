package plandoc

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	titleRE  = regexp.MustCompile(`(?:规划|方案|计划|意见|纲要|行动|措施|办法|通知|要点|分工|政策|报告|决定)(?:[（(][^（）()]{0,24}[）)])*》?(?:的通知)?$`)
	innerRE  = regexp.MustCompile(`《([^《》]{4,60}(?:规划|方案|计划|意见|纲要|措施|要点|行动)[^《》]{0,14})》`)
	issueRE  = regexp.MustCompile(`\p{Han}{2,12}\s*[〔\[［(（]\s*20\d\d\s*[〕\]］)）]\s*\d{1,4}\s*号`)
	yearsRE  = regexp.MustCompile(`^[（(]\s*20\d\d.{0,12}[)）]$`)
	draftRE  = regexp.MustCompile(`^[\p{Han}“][^。，；]{4,40}(?:规划|方案|计划|意见|指标|清单|分工)[^。，；]{0,20}$`)
	annexRE  = regexp.MustCompile(`^附件\d{0,2}[：:]?`)
	issuedRE = regexp.MustCompile(`关于(?:印发|发布|公布)(.{6,60})的通知$`)
	markupRE = regexp.MustCompile(`<[^>]{1,80}>|^(?:title|date|author|headimg|categories|comments|thumbnail)[:：]`)
)

// Read reads a document: its indicators, its tasks, and what could not be read.
func Read(doc Text) Draft {
	in := lines(drawn(doc.Blocks))
	in, cut := once(in)
	l := arrange(in)
	d := Draft{Name: doc.Name, Warnings: l.warnings}
	if cut > 0 {
		d.Warnings = append(d.Warnings, Warning{Place{Block: cut}, "repeat", "从这里起全文又印了一遍，只读了前一遍", ""})
	}
	d.Title, d.Number, d.Opening = titleOf(in, doc.Name)
	var text strings.Builder
	for _, p := range l.paras {
		text.WriteString(p.s)
		d.Paragraphs = append(d.Paragraphs, Paragraph{Place{p.at, l.place(p)}, p.raw})
	}
	span := horizonOf(d.Title, text.String(), issuedIn(d.Number, d.Opening))
	span.memo = &memo{}
	d.First, d.Last = span.first, span.last
	n := notesOf(l)
	for _, g := range l.grids {
		found, warn := g.indicators(l, n, span.first, span.last)
		d.Indicators = append(d.Indicators, found...)
		d.Warnings = append(d.Warnings, warn...)
	}
	r := reader{l: l, span: span}
	d.Indicators = append(d.Indicators, likeTables(d.Indicators, r.indicators())...)
	d.Indicators = distinctIndicators(d.Indicators)
	d.Tasks = l.tasks(span)
	return d
}

var (
	numberYearRE = regexp.MustCompile(`20\d\d`)
	dayRE        = regexp.MustCompile(`^(?:\([^()]{0,40})?(20\d\d)年\d{1,2}月(?:\d{1,2}日)?[^，。]{0,12}$`)
)

// issuedIn is the year a document was issued in, by its number or a date that stands alone in its first lines; 0 if unknown.
func issuedIn(number string, opening []string) int {
	year := numberYearRE.FindString(number)
	for _, t := range opening {
		if m := dayRE.FindStringSubmatch(plain(t)); m != nil && year == "" {
			year = m[1]
		}
	}
	n, _ := strconv.Atoi(year)
	return n
}

// titleOf finds the document's title and number in its first lines.
func titleOf(in []line, name string) (title, number string, opening []string) {
	run := ""
	for i, l := range in {
		if i >= 60 || len(opening) >= 24 {
			break
		}
		t := strings.TrimSpace(l.Text)
		if l.Kind != Line || t == "" || markupRE.MatchString(t) {
			continue
		}
		opening = append(opening, cutRunes(t, 120))
		if m := issueRE.FindString(t); m != "" && number == "" && utf8.RuneCountInString(t) <= 30 {
			number = strings.Join(strings.Fields(m), "")
		}
		if _, ok := headingOf(t); ok {
			break
		}
		if m := innerRE.FindStringSubmatch(t); m != nil && strings.Contains(t, "印发") && strings.HasSuffix(title, "通知") {
			title = m[1] // 现将《……》印发给你们
		}
		if title == "" {
			short := utf8.RuneCountInString(t) <= 50 && !strings.ContainsAny(t, "。；，,")
			if m := innerRE.FindStringSubmatch(run + t); m != nil && (short || strings.Contains(t, "印发") || strings.Contains(t, "发布")) {
				title = m[1]
			} else if short && titleRE.MatchString(t) {
				title = strings.TrimPrefix(run, "") + t
				if !short {
					title = t
				}
			}
			run = ""
			if short && !issueRE.MatchString(t) && !strings.ContainsAny(t, ">＞:：") {
				run = t
			}
		}
	}
	if m := innerRE.FindStringSubmatch(title); m != nil {
		title = m[1]
	}
	for i, t := range opening {
		switch {
		case title == "" && draftRE.MatchString(t):
			title = t
			if i+1 < len(opening) && strings.Count(t, "（") > strings.Count(t, "）") {
				title += opening[i+1]
			}
		case i > 0 && yearsRE.MatchString(t) && strings.HasSuffix(strings.Join(strings.Fields(title), ""), strings.Join(strings.Fields(opening[i-1]), "")):
			title += t // the years stand on a line of their own
		}
	}
	title = strings.Join(strings.Fields(title), "")
	title = annexRE.ReplaceAllString(title, "")
	if m := issuedRE.FindStringSubmatch(title); m != nil {
		title = m[1]
	}
	if title == "" {
		title = strings.TrimSuffix(name, ".txt")
	}
	return title, number, opening
}

// likeTables gives a figure of the text the name its table writes, where they are the same but for a verb, and what the table
// says of the same target: that it is a total.
func likeTables(tables, text []Indicator) []Indicator {
	known := map[string]Indicator{}
	for _, t := range tables {
		known[stem(t.Name)] = t
	}
	for i := range text {
		x := &text[i]
		if t, ok := known[stem(x.Name)]; ok {
			x.Name = t.Name
			if t.TargetValue == x.TargetValue && t.Unit == x.Unit && t.TargetYear == x.TargetYear {
				x.Cumulative = t.Cumulative
			}
		}
	}
	return text
}

var stemRE = regexp.MustCompile(`^(?:开展|完成|实现|参加|组织)|(?:人数|数量|规模|目标)$|全区|全市|全盟|全国|全省|[“”"（）()\s]`)

// stem is a name without the words that do not tell two indicators apart.
func stem(name string) string {
	return stemRE.ReplaceAllString(strings.NewReplacer("（", "(", "）", ")").Replace(name), "")
}

// distinctIndicators drops what was read twice in the same place, or is printed twice.
func distinctIndicators(in []Indicator) []Indicator {
	seen := map[string]bool{}
	var out []Indicator
	for _, x := range in {
		key := x.Place.Section + "|" + x.Name + "|" + x.TargetYear + "|" + x.TargetValue + x.Done + "|" + strings.Join(strings.Fields(x.Quote), "")
		if !seen[key] {
			seen[key] = true
			out = append(out, x)
		}
	}
	return out
}
