package plandoc

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	forWhom   = regexp.MustCompile(`^(?:为|对|向|给)`)
	servedRE  = regexp.MustCompile(`^\p{Han}{2,18}(?:提供|进行|开展|发放|落实|适配|实施)\p{Han}{2,}`)
	servingRE = regexp.MustCompile(`提供|进行|开展|实施`)
	moreRE    = regexp.MustCompile(`^(?:净?新?增加?)$`)
	// 比2020年增加80万人 is a growth whatever its unit.
	thanYearRE = regexp.MustCompile(`^` + thanTime + `(?:净?增加|增长|提高|减少|降低|下降|新增)(?:了|约)?(?:至少|不少于|超过)?$`)
	totalRE    = regexp.MustCompile(`(?:总量|总数|总规模|人数|数量|规模)$`)

	atLevelRE     = regexp.MustCompile(`达|[到至为在]$|保持|稳定|突破`)
	capacityRE    = regexp.MustCompile(`年\p{Han}{2,10}(?:规模|能力|总?量|人数|收入|产值)`)
	plainGrowthRE = regexp.MustCompile(`^(?:(?:增加|减少|提高|下降|增长)了?|(?:增|涨|降)幅[为达]?到?)$`)
	thingUnit     = regexp.MustCompile(`(?:户|家|个|所|座|套)$`)
	personRE      = regexp.MustCompile(`^\p{Han}{0,6}(?:者|员|生|师|工匠|人才|干部|志愿者)$`)
	thenRE        = regexp.MustCompile(`(?:方式|机制|渠道|途径|措施|等)((?:` + actVerbs + `|` + manVerbs + `|` + makeVerbs + `))`)
)

// one reads one number of a clause.
func (r *reader) one(p *para, cs []clause, i int, qs []quantity, k int, piece clause, carried when) {
	s, c, q := p.s, cs[i], qs[k]
	start, from := c.a, k
	for from > 0 && attributes(s[qs[from-1].b:qs[from].a]) { // 年收入超过1亿元的机构达到100家
		from--
	}
	if from == 0 && q.unit == "%" && strings.HasSuffix(s[c.a:q.a], "、") { // 全部矿山、90%以上工地的农民工参保
		start = q.a
	}
	if from > 0 {
		start = qs[from-1].b
		if at := lastMark(s, start, q.a); at > start {
			start = at
		}
	}
	limit := piece.b
	if k+1 < len(qs) {
		limit = qs[k+1].a
	}
	pre, post := s[start:q.a], s[q.b:limit]
	if r.last.name != "" && (thanYearRE.MatchString(pre) || plainGrowthRE.MatchString(pre) || r.last.based && growRE.MatchString(pre) && bare(growRE.ReplaceAllString(pre, "")) == "") {
		return // 由3万人增加到5万人，增长67%: the level said it
	}
	if r.ignored(s, c, q, pre, post) || k+1 < len(qs) && attributes(post) {
		return
	}
	w := r.span.when(s, piece.a, q.a, carried)
	own := tail(s[c.a:q.a], 600)
	switch {
	case yearly(own), yearlyBefore(s, cs[:i]) && !ratio(q.unit) && !buildRE.MatchString(own) && !whenRE.MatchString(own):
		w = when{year: Annual, said: true}
	case w.year == Annual && !strings.Contains(own, "每年") && !strings.Contains(own, "年均") && (ratio(q.unit) || buildRE.MatchString(own) || sumRE.MatchString(own)):
		w, _ = r.span.scan(s, piece.a, q.a, carried) // 每年培训2万人，建设基地3个，累计带动9万人: the base is not built each year
	}
	planned := ""
	if i+1 < len(cs) && k == len(qs)-1 {
		var reached bool
		if planned, reached = result(s[cs[i+1].a:cs[i+1].b], q.unit); reached && w.year != Annual {
			w.said, w.past = true, true
		}
	}
	rest, linkers := strip(pre)
	if m := aimRE.FindString(s[q.b:c.b]); m != "" && strings.HasPrefix(s[q.b:c.b], "基础上") {
		r.fromBase(p, cs, i, q, m, piece, carried) // 在现有3万人基础上逐年递增
		return
	}
	growth := growRE.MatchString(pre) && (thanYearRE.MatchString(pre) || ratio(q.unit) && (deltaRE.MatchString(pre) || !reachedRE.MatchString(pre)))
	x := Indicator{Unit: q.unit, EarlierTarget: planned, TargetValue: q.value, Comparator: comparatorOf(linkers, q.after)}
	if x.Comparator == Equal {
		x.Comparator = comparatorOf(tailWords(pre), q.after)
	}
	if q.ranged {
		x.Comparator = Range
	}
	name, quoteA, quoteB := "", start, c.b
	if start > c.a {
		quoteA = start
	}
	end := 0
	noun, nounEnd, described := nounAfter(post)
	if q.unit == "万" && (peopleEnd.MatchString(noun) || personRE.MatchString(noun)) {
		x.Unit = "万人"
	}
	verb := verbEnd.FindStringSubmatch(rest)
	clean := bare(rest)
	switch {
	case growth:
		if name = growthName(pre); name == "" && r.last.name != "" {
			name = cmp.Or(r.last.share, r.last.name) + growthWord(pre)
		}
	case (clean == "" || verb != nil || k > 0 && noun != "" && wordsCount(clean) < 2) && wordsCount(noun) >= 2 && !attributive(q, post):
		name = r.counted(p, cs[i], k, rest, verb, noun, described, qs)
		end = q.b + nounEnd
		if m := rankedRE.FindStringSubmatch(nextNoun(s, qs, k, piece.b)); m != nil && strings.HasSuffix(noun, "性") {
			name = noun + m[1] // 2户全国性、20户省级龙头企业
		} else if strings.HasSuffix(noun, "级") && k+1 < len(qs) { // 20个国家级、50个自治区级、90个市级基地
			for _, next := range qs[k+1:] {
				full, _, _ := nounAfter(s[next.b:piece.b])
				if at := strings.Index(full, "级"); at >= 0 && len(full) > at+len("级") {
					name = noun + full[at+len("级"):]
					break
				}
			}
			end = c.b
		} else if k > 0 && strings.HasSuffix(s[qs[k-1].b:max(qs[k-1].b, start-len("、"))], "级") {
			quoteA = c.a
		}
	case forWhom.MatchString(own) && servedRE.MatchString(noun): // 为有需求的7.6万人次残疾人提供服务
		name = servingRE.ReplaceAllString(noun, "")
		end = q.b + nounEnd
	case (strings.HasSuffix(clean, "等") || strings.Count(clean, "、") > 0 && strconv.Itoa(strings.Count(clean, "、")+1) == q.value) && wordsCount(noun) >= 2: // 建成甲、乙等5座转运站
		name = noun
		end = q.b + nounEnd
	case noMeasure[q.unit] && limitRE.MatchString(pre):
		m := limitRE.FindStringSubmatch(pre)
		name = m[1] + m[2] + doneInRE.FindStringSubmatch(post)[1]
		x.Comparator, w = Most, when{}
	case partName(q, pre, post) != "":
		name = partName(q, pre, post)
		end = c.b
	case verb != nil && q.unit == "%" && strings.HasPrefix(post, "的") && wordsCount(noun) >= 2: // 组织25%的团支部参与
		name = r.counted(p, cs[i], k, rest, verb, noun, described, qs)
		end = q.b + nounEnd
	default:
		name = before(rest)
		if verbTop.MatchString(clean) && wordsCount(noun) >= 2 && countedRight(q, linkers, noun) && !strings.HasSuffix(name, noun) {
			name += noun // 招募某项目约300名志愿者, 实施棚户区1000户居民住房改造
			end = q.b + nounEnd
		}
	}
	if !growth && noun == "" && r.last.again(clean, q.unit) || k > 0 && qs[k-1].b == q.a && r.last.name != "" {
		name = r.last.name // the second: 步道3条29公里
	}
	if strings.HasSuffix(name, "级") && r.last.name != "" {
		name = share(name, r.last.name) // 国家级产业园1个、市级4个
	}
	part := strings.HasPrefix(name, "占") && r.last.name != ""
	if part {
		name = totalRE.ReplaceAllString(r.last.name, "") + strings.TrimSuffix(name, "的") // 人才总量达到85万人，占从业人员的40%
	}
	name = r.complete(p, cs, i, name)
	if utf8.RuneCountInString(name) > longName {
		if t := core(r.title(p)); wordsCount(t) >= 2 {
			name = t
		} else if at := strings.LastIndex(name, "、"); at > 0 {
			name = name[at+len("、"):]
		}
	}
	if !named(name) {
		return
	}
	x.Name = tidy(name)
	whole := r.last
	if !growth {
		w.base = ""
	}
	if m := growRE.FindStringIndex(pre); growth && named(bare(pre[:m[0]])) {
		r.last = spoken{name: bare(pre[:m[0]])}
	} else if part {
		r.last.share = name
	} else if !growth {
		r.last = spoken{name: name, words: clean, unit: q.unit}
	}
	if end > 0 {
		if at := nextMark(s, end, c.b); at >= 0 {
			quoteB = at
		} else {
			quoteB = c.b
		}
		quoteB = max(quoteB, q.b)
	} else if at := nextMark(s, q.b, c.b); at >= 0 && k+1 < len(qs) {
		quoteB = at
	}
	if k+1 < len(qs) && quoteB > qs[k+1].a && end != c.b {
		quoteB = qs[k+1].a
		for quoteB > q.b && strings.HasSuffix(s[q.b:quoteB], "、") {
			quoteB -= len("、")
		}
	}
	if quoteB < q.b {
		quoteB = q.b
	}
	said := s[piece.a:q.a] // 新增 holds for a list, not for what has a verb of its own
	if linkers != "" && !strings.HasSuffix(linkers, "分别") {
		said = s[c.a:q.a]
	}
	r.date(&x, w, tail(s[c.a:q.a], 600), x.Name, tail(said, 600), q.around())
	if whole.total && !ratio(q.unit) && verb == nil && !doing(pre) && whole.measures(q.unit) && w.year != Annual && !standRE.MatchString(x.Name) && !atLevelRE.MatchString(linkers) {
		x.Cumulative = true // 培训5万人次，其中职工2万人次; 引进专家不少于10名，骨干人才不少于50名
	}
	r.last.total = x.Cumulative
	x.Quote = p.quote(r.quoteFrom(s, cs, i, quoteA), quoteB)
	r.file(p, x)
}

// countedRight reports whether a number between a beginning and a noun counts the noun.
func countedRight(q quantity, linkers, noun string) bool {
	return (q.unit == "名" || q.unit == "人") && personRE.MatchString(noun) || linkers == "" && q.after == "" && thingUnit.MatchString(q.unit)
}

var rankedRE = regexp.MustCompile(`^\p{Han}{1,5}?(?:级|省|市|性)(.{2,})$`)

// nextNoun is the thing that the number behind the k-th counts.
func nextNoun(s string, qs []quantity, k, end int) string {
	if k+1 >= len(qs) {
		return ""
	}
	if k+2 < len(qs) {
		end = qs[k+2].a
	}
	noun, _, _ := nounAfter(s[qs[k+1].b:end])
	return tidy(noun)
}

// yearly reports whether a clause says what is done each year: 年培训2万人, but 年培训规模达到2万人 is a level.
func yearly(text string) bool {
	m := yearlyRE.FindStringIndex(text)
	return m != nil && !capacityRE.MatchString(text[m[0]:])
}

// yearlyBefore reports whether a clause before began with 年培训, 年完成 …, which holds for those after it.
func yearlyBefore(s string, cs []clause) bool {
	for _, c := range cs {
		if yearly(s[c.a:c.b]) {
			return true
		}
	}
	return false
}

var attributesRE = regexp.MustCompile(`^(?:\p{Han}{1,6}(?:以上|以下|以内))?的\p{Han}{2,20}?(?:达到|超过|突破|增至|增加到|不少于|不低于|稳定在|保持在|为)(?:约|近)?$`)

// attributes reports whether what stands between two numbers makes the first a mark of what the second counts.
func attributes(between string) bool { return attributesRE.MatchString(between) }

// fromBase reads a target in words over a base in figures.
func (r *reader) fromBase(p *para, cs []clause, i int, q quantity, aim string, piece clause, carried when) {
	from := cs[i].a
	x := Indicator{Unit: q.unit, BaseValue: q.value, TargetValue: aim, Comparator: Words}
	x.Name = before(strings.TrimSuffix(bare(p.s[from:q.a]), "现有"))
	if !named(x.Name) && i > 0 {
		from = cs[i-1].a
		x.Name = topic(p.s[from:cs[i-1].b])
	}
	if x.Name = tidy(x.Name); !named(x.Name) {
		return
	}
	r.date(&x, r.span.when(p.s, piece.a, q.a, carried), "", "", "", "")
	x.Quote = p.quote(from, cs[i].b)
	r.file(p, x)
}

// quoteFrom moves a quote's beginning: a clause that only says when goes with it; how it is done (通过……) does not.
func (r *reader) quoteFrom(s string, cs []clause, i, at int) int {
	if at != cs[i].a {
		return at
	}
	text := s[at:cs[i].b]
	if strings.HasPrefix(text, "通过") {
		if m := thenRE.FindStringSubmatchIndex(text); m != nil {
			return at + m[2]
		}
	}
	if i > 0 && bareTime.MatchString(s[cs[i-1].a:cs[i-1].b]) {
		return cs[i-1].a
	}
	return at
}

// attributive reports whether the noun behind a number goes on with the measured quality: 4%以内的较低水平, 100人以上的规模.
func attributive(q quantity, post string) bool {
	return q.unit == "%" || q.unit == "‰" || strings.HasSuffix(q.unit, "元") && strings.HasPrefix(post, "的")
}

// lastMark is the place behind the last 、 or 和 between two numbers.
func lastMark(s string, a, b int) int {
	best := a
	part := outside(s[a:b])
	for _, mark := range []string{"、", "和", "及"} {
		if i := strings.LastIndex(part, mark); i >= 0 && a+i+len(mark) > best {
			best = a + i + len(mark)
		}
	}
	return best
}

// nextMark is the place of the next 、 outside brackets, or -1.
func nextMark(s string, a, b int) int {
	if a >= b {
		return -1
	}
	if i := strings.Index(outside(s[a:b]), "、"); i >= 0 {
		return a + i
	}
	return -1
}

// tailWords are the last words before a number, where 不低于 may stand apart from it.
func tailWords(pre string) string {
	for _, word := range []string{"不低于", "不少于", "不超过", "不高于", "至少", "控制在"} {
		if i := strings.LastIndex(pre, word); i >= 0 && len(pre)-i < 90 {
			return word
		}
	}
	return ""
}
