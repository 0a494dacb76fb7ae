package plandoc

import (
	"cmp"
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	forWhom   = regexp.MustCompile(`^(?:为|对|向|给)`)
	servedRE  = regexp.MustCompile(`^[\p{Han}、]{0,18}(?:提供|进行|开展|发放|落实|适配|实施)[\p{Han}、]{2,}`)
	servingRE = regexp.MustCompile(`提供|进行|开展|实施`)
	moreRE    = regexp.MustCompile(`^(?:净?新?增加?)$`)
	// 比2020年增加80万人 is a growth whatever its unit.
	thanYearRE = regexp.MustCompile(`^` + thanTime + `(?:净?增加|净增|增长|提高|减少|降低|下降|新增)(?:了|约)?(?:至少|不少于|超过)?$`)
	comparedRE = regexp.MustCompile(thanTime + `(?:净?增加|净增|增长|提高|减少|降低|下降|新增)(?:了|约)?$`)
	totalRE    = regexp.MustCompile(`(?:总量|总数|总规模|人数|数量|规模)$`)

	andRE         = regexp.MustCompile(`(?:和|及|与|、)$`)
	perOneRE      = regexp.MustCompile(`^\p{Han}{0,8}(?:带动|吸纳|配备)`)
	beforeRE      = regexp.MustCompile(`^(?:[与比较]|同比)`)
	doesFirst     = regexp.MustCompile(`^(?:就读|纳入|参加|建立|开展|实现|接受|取得|进入)`)
	atLevelRE     = regexp.MustCompile(`达|[到至为在]$|保持|稳定|突破`)
	capacityRE    = regexp.MustCompile(`年\p{Han}{2,10}(?:规模|能力|总?量|人数|收入|产值)`)
	plainGrowthRE = regexp.MustCompile(`^(?:(?:同比)?(?:增加|减少|提高|下降|增长|净增)了?|(?:增|涨|降)幅[为达]?到?)$`)
	thingUnit     = regexp.MustCompile(`(?:户|家|个|所|座|套|条|处)$`)
	doneRE        = regexp.MustCompile(`已(?:经)?(?:实现|完成|达到|建成|累计|开展|新增|有)`)
	nowRE         = regexp.MustCompile(`(?:^|[^实])(?:现有|现共有|目前共?有)(?:[^基水，][^，]*)?$`)
	doesEnd       = regexp.MustCompile(`(?:实现|参加|达到|脱贫|就业|增收).*$`)
	personRE      = regexp.MustCompile(`^\p{Han}{0,6}(?:者|员|生|师|工匠|人才|干部|志愿者)$`)
	thenRE        = regexp.MustCompile(`(?:方式|机制|渠道|途径|措施|等)((?:` + actVerbs + `|` + manVerbs + `|` + makeVerbs + `))`)
)

// one reads one number of a clause.
func (r *reader) one(p *para, cs []clause, i int, qs []quantity, k int, piece clause, carried when) {
	m := mentionOf(p, cs, i, qs, k, piece)
	q := m.q
	if r.last.name != "" && (thanYearRE.MatchString(m.pre) || plainGrowthRE.MatchString(m.pre) && m.noun == "" && (r.last.based || !ratio(q.unit)) || r.last.based && growRE.MatchString(m.pre) && bare(growRE.ReplaceAllString(m.pre, "")) == "") {
		return // 由3万人增加到5万人，增长67%: the level said it
	}
	if (spot{m.s, m.c, q, m.pre, m.post, r.last}).ignored() || k+1 < len(qs) && qualifies(m.s, q, qs[k+1]) {
		return
	}
	if aim := aimRE.FindString(m.s[q.b:m.c.b]); aim != "" && strings.HasPrefix(m.s[q.b:m.c.b], "基础上") {
		r.fromBase(p, cs, i, q, aim, piece, carried) // 在现有3万人基础上逐年递增
		return
	}
	if strings.HasPrefix(m.post, "的基础上") { // 在现有转移就业48万人的基础上，实现100万人转移就业
		r.base = q
		return
	}
	w := r.whenOf(m, carried)
	paced := q.unit == "%" && pacedRE.MatchString(m.post) && r.last.name != ""
	if paced {
		w = when{year: Annual, said: true}
	}
	x := Indicator{Unit: q.unit, TargetValue: q.value, Comparator: comparatorOf(m.linkers, q.after)}
	if x.Comparator == Equal {
		x.Comparator = comparatorOf(tailWords(m.pre), q.after)
	}
	if q.ranged {
		x.Comparator = Range
	}
	if i+1 < len(cs) && k == len(qs)-1 {
		next := i + 1
		for next+1 < len(cs) && beforeRE.MatchString(m.s[cs[next].a:cs[next].b]) { // 与上年相比增长5%，完成目标的108%
			next++
		}
		planned, reached := result(m.s[cs[next].a:cs[next].b], q.unit)
		if x.EarlierTarget = planned; reached && w.year != Annual {
			w.said, w.past = true, true
		}
	}
	if q.unit == "万" && (somePeople.MatchString(m.post) || peopleEnd.MatchString(doesEnd.ReplaceAllString(m.noun, "")) || personRE.MatchString(m.noun)) {
		x.Unit = "万人"
	}
	growth := growRE.MatchString(m.pre) && (thanYearRE.MatchString(m.pre) || ratio(q.unit) && (deltaRE.MatchString(m.pre) || !reachedRE.MatchString(m.pre)))
	name := ""
	if growth {
		if name = growthName(m.pre); name == "" && r.last.name != "" {
			name = cmp.Or(r.last.share, r.last.name) + growthWord(m.pre)
		}
	} else if paced {
		name = r.last.name + "逐年增长"
	} else {
		name, w.base = r.nameOf(m), ""
	}
	part := strings.HasPrefix(name, "占") && r.last.name != ""
	if part {
		name = totalRE.ReplaceAllString(r.last.name, "") + strings.TrimSuffix(name, "的") // 人才总量达到85万人，占从业人员的40%
	}
	if name = r.short(p, r.complete(p, cs, i, name)); !named(name) {
		return
	}
	x.Name = tidy(name)
	if m.standing {
		x.Comparator, w = Most, when{}
	}
	r.date(&x, w, m.own, x.Name, tail(r.said(m, w), 600), q.around())
	if x.Past && (comparedRE.MatchString(m.pre) || r.last.name != "" && strings.HasPrefix(m.pre, "同比") || paceRE.MatchString(m.clean)) {
		return // how much more than before: the level says it
	}
	if r.base.unit != "" && (spoken{unit: r.base.unit}).measures(x.Unit) {
		x.BaseValue, r.base = rescale(r.base.value, r.base.unit, x.Unit), quantity{}
	}
	if r.last.total && m.partOf(r.last, x.Name) && w.year != Annual && !w.alone {
		x.Cumulative = true // 培训5万人次，其中职工2万人次; 引进专家不少于10名，骨干人才不少于50名
	}
	if m.standing {
		x.TargetYear = ""
	}
	switch at := growRE.FindStringIndex(m.pre); {
	case growth && named(bare(m.pre[:at[0]])):
		r.last = spoken{name: bare(m.pre[:at[0]])}
	case part:
		r.last.share = name
	case !growth && !paced:
		r.last = spoken{name: name, words: m.clean, unit: q.unit, value: q.value, yearly: w.year == Annual}
	}
	r.last.total = x.Cumulative
	x.Quote = p.quote(r.quoteFrom(m.s, cs, i, m.quoteA), m.quoteB())
	r.file(p, x)
}

// whenOf is the time of a number: the last said before it, but 年培训2万人 is each year, and what is built or reached is not each
// year's (每年培训2万人，建设基地3个，累计带动9万人).
func (r *reader) whenOf(m *mention, carried when) when {
	w := r.span.when(m.s, m.piece.a, m.q.a, carried)
	if doneRE.MatchString(m.pre) && !r.span.many() && w.year != Annual {
		w.said, w.past = true, true // 已实现新增就业2万人
	}
	if nowRE.MatchString(m.pre) { // 全县现有劳动力25万人
		w = when{said: true, past: true}
	}
	if w.guess && atLevelRE.MatchString(m.linkers) { // 2015年达到90%，2020年达到95%
		w.past = false
	}
	switch {
	case yearly(m.own), yearlyBefore(m.s, m.cs[:m.i]) && !ratio(m.q.unit) && !buildRE.MatchString(m.own) && !whenRE.MatchString(m.own):
		return when{year: Annual, said: true}
	case w.year == Annual && !strings.Contains(m.own, "每年") && !strings.Contains(m.own, "年均") && (ratio(m.q.unit) && !(r.last.yearly && ratio(r.last.unit)) || !ratio(m.q.unit) && (buildRE.MatchString(m.own) || sumRE.MatchString(m.own))):
		w, _ = r.span.scan(m.s, m.piece.a, m.q.a, carried)
	}
	return w
}

// nameOf is the name of what a number counts: the thing behind it where only a verb stands before it, or else what stands before.
func (r *reader) nameOf(m *mention) (name string) {
	q, thing := m.q, wordsCount(m.noun) >= 2 || m.verb != nil && m.noun != ""
	switch {
	case (m.clean == "" || m.verb != nil || m.k > 0 && m.noun != "" && wordsCount(m.clean) < 2) && thing && !attributive(q, m.post):
		name = m.ranked(r.counted(m))
	case forWhom.MatchString(m.own) && servedRE.MatchString(m.noun): // 为有需求的7.6万人次残疾人提供服务
		name = servingRE.ReplaceAllString(m.noun, "")
		m.end = m.nounEnd
	case (m.enumerated() || andRE.MatchString(m.clean)) && thing: // 建成甲、乙等5座转运站
		name = m.noun
		m.end = m.nounEnd
	case strings.HasSuffix(m.clean, "规模") && strings.HasPrefix(m.post, "的") && thing: // 设立规模为5000万元的基金
		name = m.noun + "规模"
		m.end = m.nounEnd
	case m.standing:
		limit := limitRE.FindStringSubmatch(m.pre)
		name = limit[1] + limit[2] + doneInRE.FindStringSubmatch(m.post)[1]
	case partName(q, m.pre, m.post) != "":
		name = partName(q, m.pre, m.post)
		m.end = m.c.b
	case strings.HasSuffix(m.linkers, "增加") && thing && !measuredRE.MatchString(m.clean): // 市区各增加1条线路
		name = m.noun
		m.end = m.nounEnd
	case q.unit == "%" && m.clean != "" && m.verb == nil && wordsCount(m.post) >= 4 && doesFirst.MatchString(m.post): // 毕业生70%就读高中
		name = before(m.rest) + m.post[:cutAt(m.post)]
		m.end = m.c.b
	case m.verb != nil && q.unit == "%" && strings.HasPrefix(m.post, "的") && thing: // 组织25%的团支部参与
		name = r.counted(m)
		m.end = m.nounEnd
	default:
		name = before(m.rest)
		if verbTop.MatchString(m.clean) && thing && countedRight(q, m.linkers, m.noun) && !strings.HasSuffix(name, m.noun) {
			name += m.noun // 招募某项目约300名志愿者, 实施棚户区1000户居民住房改造
			m.end = m.nounEnd
		}
	}
	if m.noun == "" && r.last.again(m.clean, q.unit) && !m.turns() || m.second() && r.last.name != "" {
		if atLevelRE.MatchString(m.linkers) { // 新增驿站3个，达到20个
			return strings.TrimPrefix(r.last.name, "新增")
		}
		return r.last.name // the second: 步道3条29公里
	}
	if strings.HasSuffix(name, "级") && r.last.name != "" {
		return share(name, r.last.name) // 国家级产业园1个、市级4个
	}
	return name
}

// short is a name that is not too long: else the project's title, or the last of a list.
func (r *reader) short(p *para, name string) string {
	if utf8.RuneCountInString(name) <= longName {
		return name
	}
	if t := core(r.title(p)); wordsCount(t) >= 2 {
		return t
	}
	if at := strings.LastIndex(name, "、"); at > 0 {
		return name[at+len("、"):]
	}
	return name
}

// said is what has been said when a number comes: 新增 holds for a list, not for what has a verb of its own; 累计 of the past for
// its sentence.
func (r *reader) said(m *mention, w when) string {
	switch {
	case w.past:
		return m.s[r.start:m.q.a]
	case m.linkers != "" && !strings.HasSuffix(m.linkers, "分别"):
		return m.s[m.c.a:m.q.a]
	}
	return m.s[m.piece.a:m.q.a]
}

// countedRight reports whether a number between a beginning and a noun counts the noun.
func countedRight(q quantity, linkers, noun string) bool {
	return (q.unit == "名" || q.unit == "人") && personRE.MatchString(noun) || linkers == "" && q.after == "" && thingUnit.MatchString(q.unit)
}

var attributesRE = regexp.MustCompile(`^\p{Han}{1,8}的$|^(?:\p{Han}{1,6}(?:以上|以下|以内))?的\p{Han}{2,20}?(?:达到|超过|突破|增至|增加到|不少于|不低于|稳定在|保持在|为)(?:约|近)?$`)

var thingOnlyRE = regexp.MustCompile(`^\p{Han}{1,8}$`)

// qualifies reports whether a number only says which things the next one counts: 50亿元以上项目10个, 1亿元以上的企业达到100家.
func qualifies(s string, q, next quantity) bool {
	between := s[q.b:next.a]
	if q.value == "1" && perOneRE.MatchString(between) {
		return true // 创办1个企业平均带动就业10人
	}
	return attributesRE.MatchString(between) || q.after != "" && money(q.unit) && !money(next.unit) && !ratio(next.unit) && thingOnlyRE.MatchString(between) && !anyVerb.MatchString(between)
}

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

// tailWords are the last words before a number, where 不低于 may stand apart from it.
func tailWords(pre string) string {
	for _, word := range []string{"不低于", "不少于", "不超过", "不高于", "至少", "控制在"} {
		if i := strings.LastIndex(pre, word); i >= 0 && len(pre)-i < 90 {
			return word
		}
	}
	return ""
}
