package plandoc

import (
	"regexp"
	"strconv"
	"strings"
)

// reader reads target sentences of one document.
type reader struct {
	l     *layout
	span  horizon
	carry when // said at the head of a section: 到2025年，要实现以下目标：
	sec   *section
	out   []Indicator

	last      string // the name read last, for 年均增长 that names nothing, and the piece it stood in
	lastPiece clause
}

var (
	// A condition of a policy and what it brings: 对吸纳3人以上的企业，给予2万元补贴.
	forRE     = regexp.MustCompile(`^(?:对于?|凡是?|符合|经|如|若|按照|每)`)
	notForRE  = regexp.MustCompile(`^(?:对口|对接|对外|对标|对照|对比|经济|经营|经过|每年|每个|如期|如下|每万|每百|每千|每人|经常)`)
	benefitRE = regexp.MustCompile(`给予|补贴|补助|奖励|奖补|贴息|减免|减征|减按|上浮|优先|享受|可按|可以|申请|不超过\d+年|期限`)
	payRE     = regexp.MustCompile(`(?:给予|奖励|补助|奖补|补贴|资助|按照?|每人|每月|每户|最高|贷款额度|额度|不超过|标准)[^，]{0,12}$`)
	ifTail    = regexp.MustCompile(`^(?:的\p{Han}{0,6}(?:企业|单位|个人|人员|机构|创业|用人|经营|项目|家庭|机关|事业|毕业生|劳动者|职工|失业|地区|农|个体|参保|标准给|创业者|小微)|且|或|并(?:为|与|依法|缴|按|签|稳定|正常)|未|不满)`)
	eachRE    = regexp.MustCompile(`每(?:新增|新招|招用|招收|吸纳|培训|介绍|帮扶|带动|创造|安置|输送)?$`)
	listNoun  = regexp.MustCompile(`^(?:个)?(?:方面|措施|任务|举措|内容|环节|阶段|部分|章节|工程|行动|原则|政策|重点|抓手|统一|机制|清单|专栏|目标|问题|维度|层次|层面|中国|先锋|百年|五年|旗县|盟市|县|市|区|街道|苏木|小时|工作日|自然日)`)
	growRE    = regexp.MustCompile(`(?:(?:比|较)[^，]{2,14}|同比|年均|年度?|每年)?(增长|提高|增加|提升|下降|降低|减少|递增|缩短|上升|增幅达到|增速达到|增速)(?:约|到|至|达到|不低于|不少于|超过|近)?$`)
	deltaRE   = regexp.MustCompile(`(?:比|较)(?:"?十[一二三四五六七八九]五"?末|20\d\d年|上年|去年)(?:底|末)?.{0,3}(?:增长|提高|增加|提升|下降|降低|减少|上升)|同比|年均(?:增长|递增|提高|增速)`)
	fromToRE  = regexp.MustCompile(`(?:由|从)((?:20\d\d年(?:底|末)?|目前|现在|上年|去年|每人每月|人均|每月)?(?:的)?(?:约|不足)?)$`)
	toRE      = regexp.MustCompile(`(?:增加|提高|提升|增长|扩大|上升|升|下降|降低|降|减少|缩小|调整|缩短|压缩|压减|增|发展|拓展|延长)(?:到|至|为)?`)
	aimRE     = regexp.MustCompile(`动态(?:清零|归零|消除|为零)|(?:逐年|逐步)(?:递增|递减|增加|提高|上升|下降)$|翻[一两]番|实现倍增|翻番`)
	flowRE    = regexp.MustCompile(`新增|新建|新培育|新打造|新创建|新开发|新认定|新设|新改扩建|累计|培训|培养|开发|再就业|转移就业|吸纳|招募|发放|帮扶|安置|开展|引进|举办|招聘|带动|投入|扶持|建设|建成|打造`)
	freshRE   = regexp.MustCompile(`新增|新建|新培育|新打造|新创建|新开发|新认定|新设|新改扩建|累计|再就业`)
	anyVerb   = regexp.MustCompile(makeVerbs + `|` + actVerbs + `|` + manVerbs)
	runningRE = regexp.MustCompile(`^开展|(?:培训|培养)$`)
	stockRE   = regexp.MustCompile(`总量|总数|总规模|参保人数|拥有|存量|在库|保有|规模达到|达到|保持|稳定在|占比|率|年限`)
)

// indicators reads all sentences of the text outside of tables.
func (r *reader) indicators() []Indicator {
	for _, p := range r.l.paras {
		if p.sec != r.sec {
			r.sec, r.carry = p.sec, when{}
			if p.sec != nil {
				r.carry = r.span.when(plain(p.sec.title), 0, len(plain(p.sec.title)), when{})
			}
		}
		if p.sec != nil && idleSection.MatchString(p.sec.title) && !goalSection.MatchString(p.sec.title) || noteStart.MatchString(p.raw) {
			continue
		}
		for i, group := range sentences(p.s) {
			carried := r.carry
			if i == 0 {
				if w := r.span.when(p.s, group[0].a, group[0].b, when{}); w.past && w.period {
					r.carry = w // a paragraph on the years before
				}
			}
			for _, piece := range group {
				carried = r.piece(p, piece, carried)
			}
		}
		if strings.HasSuffix(p.s, "：") {
			if w := r.span.when(p.s, 0, len(p.s), when{}); w.said {
				r.carry = w
			}
		}
	}
	return r.out
}

// piece reads one piece of a sentence and gives the time it leaves behind.
func (r *reader) piece(p *para, piece clause, carried when) when {
	cs := clauses(p.s, piece.a, piece.b)
	condition := -1 // first clause of a policy's condition
	for i, c := range cs {
		text := p.s[c.a:c.b]
		if condition < 0 && forRE.MatchString(text) && !notForRE.MatchString(text) && r.conditional(p.s, cs[i:]) {
			condition = i
		}
		if condition < 0 && strings.HasSuffix(text, "的") && i+1 < len(cs) {
			condition = i
		}
	}
	for i := range cs {
		if condition >= 0 && i >= condition {
			break
		}
		r.clause(p, cs, i, piece, carried)
	}
	w, _ := r.span.scan(p.s, piece.a, piece.b, carried)
	return w
}

// conditional reports whether clauses beginning with 对… say what a policy gives to whom.
func (r *reader) conditional(s string, cs []clause) bool {
	for _, c := range cs {
		if t := s[c.a:c.b]; strings.HasSuffix(t, "的") || benefitRE.MatchString(t) {
			return true
		}
	}
	return false
}

// clause reads the numbers of one clause.
func (r *reader) clause(p *para, cs []clause, i int, piece clause, carried when) {
	c := cs[i]
	qs := measured(p.s, c, quantities(p.s, c.a, c.b))
	if len(qs) == 0 {
		r.words(p, cs, i, piece, carried)
		return
	}
	if strings.Contains(p.s[c.a:c.b], "分别") && r.respectively(p, c, qs, piece, carried) {
		return
	}
	for k := 0; k < len(qs); k++ {
		if k+1 < len(qs) && fromToRE.MatchString(p.s[c.a:qs[k].a]) && toRE.MatchString(p.s[qs[k].b:qs[k+1].a]) {
			r.fromTo(p, cs, i, qs[k], qs[k+1], piece, carried)
			k++
			continue
		}
		r.one(p, cs, i, qs, k, piece, carried)
	}
}

// measured drops the numbers that date or order.
func measured(s string, c clause, in []quantity) []quantity {
	out := in[:0]
	for _, q := range in {
		pre := s[c.a:q.a]
		if noMeasure[q.unit] && !(q.unit == "年" && ageRE.MatchString(s[c.a:c.b])) && !(q.unit == "万" && verbEnd.MatchString(pre)) && !(q.unit == "条" && anyVerb.MatchString(pre) && !measureRE.MatchString(s[q.b:c.b])) {
			continue
		}
		out = append(out, q)
	}
	return out
}

var (
	ageRE    = regexp.MustCompile(`年限|寿命`)
	thanRE   = regexp.MustCompile(`(?:比|较)(?:"?十[一二三四五六七八九]五"?末|20\d\d年|上年|去年)(?:底|末)?$`)
	raisedRE = regexp.MustCompile(`(?:提高|提升|增加|扩大|降低|下降|缩短|压减|调整)(?:至|到|为).*$`)
	// Sections that set no targets: what the plan is guided by, and what it faces.
	idleSection = regexp.MustCompile(`指导思想|基本原则|形势|机遇|挑战`)
	goalSection = regexp.MustCompile(`目标|基础|成[就效绩]|回顾|现状|环境`)
	yearlyRE    = regexp.MustCompile(`^年(?:培训|培养|服务|发放|举办|组织|开展|招募|帮扶|输送|新增|接待|吸纳)`)
	buildRE     = regexp.MustCompile(`建设|建成|打造|新建|创建|提高到|提升到|达到`)
	sideRE      = regexp.MustCompile(`开设|开展|共建|参与|申报|实施`)
	withinRE    = regexp.MustCompile(`以内|以下|之内|不超过|不高于|低于|小于|<|≤`)
	meetRE      = regexp.MustCompile(`(?:调度|通报|召开|研究|会商|分析|报告|评估|督导|检查|总结|报送|约谈|例会)(?:不少于|至少)?$`)
	overRE      = regexp.MustCompile(`(?:超过?|不足|未满|满)$`)
	measureRE   = regexp.MustCompile(`^(?:政策|措施|意见|建议|举措|规定)`)
	withRE      = regexp.MustCompile(`^\p{Han}{2,8}与$`)
)

// one reads one number of a clause.
func (r *reader) one(p *para, cs []clause, i int, qs []quantity, k int, piece clause, carried when) {
	s, c, q := p.s, cs[i], qs[k]
	start := c.a
	if k > 0 {
		start = qs[k-1].b
		if at := lastMark(s, start, q.a); at > start {
			start = at
		}
	}
	limit := piece.b
	if k+1 < len(qs) {
		limit = qs[k+1].a
	}
	pre, post := s[start:q.a], s[q.b:limit]
	if r.ignored(s, c, q, pre, post) {
		return
	}
	w := r.span.when(s, piece.a, q.a, carried)
	own := s[c.a:q.a]
	switch {
	case yearlyRE.MatchString(own):
		w = when{year: Annual, said: true}
	case w.year == Annual && !strings.Contains(own, "每年") && !strings.Contains(own, "年均") && (ratio(q.unit) || buildRE.MatchString(own)):
		w, _ = r.span.scan(s, piece.a, q.a, carried) // 每年培训2万人，建设基地3个: the base is not built each year
	}
	rest, linkers := strip(pre)
	if m := aimRE.FindString(s[q.b:c.b]); m != "" && strings.HasPrefix(s[q.b:c.b], "基础上") {
		r.fromBase(p, cs, i, q, m, piece, carried) // 在现有3万人基础上逐年递增
		return
	}
	growth := growRE.MatchString(pre) && (q.unit == "%" || q.unit == "个百分点" || q.unit == "百分点" || q.unit == "倍") && (deltaRE.MatchString(pre) || q.unit != "%" || strings.Contains(pre, "增长"))
	x := Indicator{Unit: q.unit, TargetValue: q.value, Comparator: comparatorOf(linkers, q.after)}
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
	verb := verbEnd.FindStringSubmatch(rest)
	clean := bare(rest)
	switch {
	case growth:
		if name = growthName(pre); name == "" && r.last != "" && r.lastPiece == piece {
			name = r.last + growthWord(pre)
		}
	case (clean == "" || verb != nil || k > 0 && noun != "" && wordsCount(clean) < 2) && wordsCount(noun) >= 2 && !attributive(q, post):
		name = r.counted(p, cs[i], k, rest, verb, noun, described, qs)
		end = q.b + nounEnd
		if strings.HasSuffix(noun, "级") && k+1 < len(qs) { // 20个国家级、50个自治区级基地
			full, _, _ := nounAfter(s[qs[k+1].b:piece.b])
			if at := strings.Index(full, "级"); at >= 0 {
				name = noun + full[at+len("级"):]
			}
			end = c.b
		} else if k > 0 && strings.HasSuffix(s[qs[k-1].b:max(qs[k-1].b, start-len("、"))], "级") {
			quoteA = c.a
		}
	default:
		name = before(rest)
	}
	if clean == "" && name == "" && linkers != "" && r.last != "" && r.lastPiece == piece {
		name = r.last // …，到2030年突破4500人
	}
	if clean != "" && r.last != "" && (strings.HasPrefix(r.last, clean) && verb != nil || regexp.MustCompile(`^(?:净?新?增加?)$`).MatchString(clean)) && noun == "" {
		name = r.last // 累计发放5亿元 after 每年发放贷款1亿元; 年均新增1万人
	}
	name = r.complete(p, cs, i, name)
	if !named(name) {
		return
	}
	x.Name = tidy(name)
	if !growth {
		r.last, r.lastPiece, w.base = name, piece, ""
	} else if m := growRE.FindStringIndex(pre); named(bare(pre[:m[0]])) {
		r.last, r.lastPiece = bare(pre[:m[0]]), piece
	}
	if end > 0 {
		quoteB = min(c.b, end)
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
	r.date(&x, w, s[c.a:q.a], x.Name, s[piece.a:q.a], q.after)
	x.Quote = p.quote(r.quoteFrom(s, cs, i, quoteA), quoteB)
	r.file(p, x)
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
		if m := regexp.MustCompile(`(?:方式|机制|渠道|途径|措施|等)((?:` + actVerbs + `|` + manVerbs + `|` + makeVerbs + `))`).FindStringSubmatchIndex(text); m != nil {
			return at + m[2]
		}
	}
	if i > 0 && bareTime.MatchString(s[cs[i-1].a:cs[i-1].b]) {
		return cs[i-1].a
	}
	return at
}

// ignored reports whether a number is no target: a date, a condition, an amount paid, a list's count.
func (r *reader) ignored(s string, c clause, q quantity, pre, post string) bool {
	switch {
	case q.unit == "次" && meetRE.MatchString(pre):
		return true
	case ifTail.MatchString(post) && (q.after != "" || overRE.MatchString(pre)) && !regexp.MustCompile(`达到|控制在|保持在|提高到`).MatchString(pre):
		return true
	case eachRE.MatchString(pre):
		return true
	case q.unit == "%" && regexp.MustCompile(`(?:任务|计划|目标)数?的$`).MatchString(pre):
		return true
	case strings.HasSuffix(q.unit, "元") && payRE.MatchString(pre) && !regexp.MustCompile(`(?:资金|支出|规模|总额|余额|基金)$`).MatchString(pre) && !regexp.MustCompile(`提高|调整|增加|达到|突破|超过`).MatchString(pre):
		return true
	case (q.unit == "项" || q.unit == "个" || q.unit == "次" || q.unit == "件") && listNoun.MatchString(post) && !verbEnd.MatchString(pre):
		return true
	case q.unit == "%" && strings.HasPrefix(post, "的") && regexp.MustCompile(`(?:按|按照|给予|上浮|补贴|比例)[^，]{0,14}$`).MatchString(pre):
		return true
	case strings.HasSuffix(pre, "支持") && sideRE.MatchString(post):
		return true
	case strings.HasSuffix(pre, "与") || withRE.MatchString(post):
		return true
	case regexp.MustCompile(`(?:上浮|下浮|给予|减按|按照?)$`).MatchString(pre):
		return true
	}
	return false
}

// attributive reports whether the noun behind a number goes on with the measured quality: 4%以内的较低水平, 100人以上的规模.
func attributive(q quantity, post string) bool {
	return q.unit == "%" || q.unit == "‰" || strings.HasSuffix(q.unit, "元") && strings.HasPrefix(post, "的")
}

// before is the name that stands before its number.
func before(rest string) string {
	name := bare(thanRE.ReplaceAllString(rest, ""))
	if wayRE.MatchString(name) {
		if m := regexp.MustCompile(`(?:方式|机制|渠道|途径|措施|等)((?:` + actVerbs + `|` + manVerbs + `|` + makeVerbs + `).+)$`).FindStringSubmatch(name); m != nil {
			name = m[1]
		}
	}
	if m := verbTop.FindStringSubmatch(name); m != nil && wordsCount(name[len(m[0]):]) >= 2 {
		switch after := name[len(m[0]):]; {
		case strings.HasPrefix(m[2], "新增"), actRE.MatchString(m[2]):
		case after == "就业", likeRE.MatchString(after):
		case m[2] == "培训":
			name = after + "培训"
		default:
			name = after
		}
	}
	name = raisedRE.ReplaceAllString(name, "")
	name = regexp.MustCompile(`^(?:扩大|提高|提升|增加|降低|壮大|做大|推动|稳定|巩固)`).ReplaceAllString(name, "")
	name = bare(name)
	rest, _ = strip(name)
	return rest
}

// growthName is the name of a rate of growth: what grows, and that it does.
func growthName(pre string) string {
	m := growRE.FindStringSubmatchIndex(pre)
	rest, _ := strip(bare(pre[:m[0]]))
	if !named(rest) {
		return ""
	}
	return rest + growthWord(pre)
}

// growthWord is 年均增长, 提高 …
func growthWord(pre string) string {
	m := growRE.FindStringSubmatchIndex(pre)
	word := pre[m[2]:m[3]]
	if strings.Contains(pre[m[0]:m[1]], "年均") {
		word = "年均" + word
	}
	return word
}

// counted is the name of things counted before their noun: 新建20个基地, 带动10万户农户, 培养14万名高技能人才.
func (r *reader) counted(p *para, c clause, k int, rest string, verb []string, noun string, described bool, qs []quantity) string {
	if verb == nil && k > 0 { // 重点扶持600个农牧场、200家合作社: the verb holds on
		verb = verbEnd.FindStringSubmatch(func() string { t, _ := strip(p.s[c.a:qs[0].a]); return t }())
	}
	if described && p.box != nil {
		if t, _, ok := strings.Cut(p.s, "。"); ok && projectTitle(p.raw) {
			return core(t)
		}
	}
	if verb == nil {
		return noun
	}
	subject := ""
	if head := bare(strings.TrimSuffix(rest, verb[1])); named(head) && strings.HasPrefix(head, `"`) {
		subject = head
	}
	switch {
	case verb[2] == "新增" && strings.HasPrefix(noun, "就业"):
		return "新增" + noun
	case verb[2] == "进入" || verb[2] == "覆盖" || verb[2] == "惠及":
		return subject + verb[2] + noun
	case manRE.MatchString(verb[2]) && strings.HasSuffix(noun, verb[2]):
		return noun
	case manRE.MatchString(verb[2]):
		return noun + verb[2]
	case actRE.MatchString(verb[2]):
		return regexp.MustCompile(`^(?:累计|计划|预计|每年|年均|力争|共|至少)+`).ReplaceAllString(verb[1], "") + noun
	}
	return noun
}

// complete gives a name that says too little its topic from the clauses before, or from the project's title.
func (r *reader) complete(p *para, cs []clause, i int, name string) string {
	full := strings.Trim(name, "，、的：")
	bareVerb := regexp.MustCompile(`^` + adverb + `(?:` + makeVerbs + `|` + actVerbs + `|` + manVerbs + `|就业)?$`)
	if full != "" && !bareVerb.MatchString(full) && !likeRE.MatchString(full) {
		return full
	}
	if likeRE.MatchString(full) && !bareVerb.MatchString(full) {
		if t := core(r.title(p)); wordsCount(t) >= 2 {
			return t + full
		}
		return full
	}
	for k := i - 1; k >= 0 && k >= i-2; k-- {
		text := p.s[cs[k].a:cs[k].b]
		if bareTime.MatchString(text) {
			continue
		}
		if t := topic(text); named(t) {
			return t
		}
		break
	}
	if t := core(r.title(p)); wordsCount(t) >= 2 {
		return t
	}
	return full
}

// title is the title of the project or item a paragraph belongs to.
func (r *reader) title(p *para) string {
	if projectTitle(p.raw) {
		t, _ := splitTitle(p.raw)
		return t
	}
	if p.box != nil {
		return ""
	}
	if p.sec != nil && p.sec.rank >= 4 && !p.sec.under(introSection) {
		return p.sec.title
	}
	return ""
}

// date settles year, total and past of a figure.
func (r *reader) date(x *Indicator, w when, pre, name, said, after string) {
	sec := r.sec
	x.Past = w.past || !w.said && sec != nil && sec.under(pastSection) || w.said && w.past
	if sec != nil && sec.under(pastSection) && (w.past || !w.said || w.loose || w.year == Annual) {
		x.Past = true
	}
	x.BaseYear = w.base
	x.Dated = w.said
	x.PerArea = perRE.MatchString(pre)
	_, linkers := strip(pre)
	rate := ratio(x.Unit)
	switch {
	case rate || x.PerArea || w.year == Annual:
	case strings.Contains(pre, "累计") || strings.Contains(pre, "共计") || x.Past && strings.Contains(said, "累计") && !stockRE.MatchString(pre+name):
		x.Cumulative = true
	case x.Past:
		x.Cumulative = w.period && (flowRE.MatchString(name+pre) || linkers == "") && !stockRE.MatchString(name+pre)
	case !r.span.many() && !w.period:
	case w.period:
		x.Cumulative = (flowRE.MatchString(name+pre) || linkers == "" && flowRE.MatchString(said)) && !regexp.MustCompile(`总量|总数|总规模|保持|稳定在`).MatchString(name)
	default:
		x.Cumulative = (freshRE.MatchString(name+pre) || freshRE.MatchString(said) && !anyVerb.MatchString(pre)) && !strings.Contains(name, "总量") || runningRE.MatchString(name) && !stockRE.MatchString(pre+name)
	}
	switch {
	case x.Past:
		if x.Comparator == Equal || x.Comparator == Most && !withinRE.MatchString(pre+after) {
			x.Comparator = "" // 控制在3.29% tells what was reached
		}
		x.Done, x.TargetValue = x.TargetValue, ""
	case w.said:
		x.TargetYear = w.year
	case sec != nil && sec.under(supportSection):
	case r.span.last > 0 && x.Comparator != Words:
		x.TargetYear = strconv.Itoa(r.span.last)
	}
}

// ratio reports whether a unit measures a rate or a length, which no years add up.
func ratio(unit string) bool {
	return unit == "%" || unit == "‰" || strings.Contains(unit, "百分点") || unit == "倍" || unit == "年" || unit == "岁"
}

// fromTo reads 由A提高到B.
func (r *reader) fromTo(p *para, cs []clause, i int, from, to quantity, piece clause, carried when) {
	s, c := p.s, cs[i]
	pre := s[c.a:from.a]
	m := fromToRE.FindStringSubmatchIndex(pre)
	w := r.span.when(s, piece.a, c.a+m[0], carried)
	if w.year == Annual && !strings.Contains(pre, "每年") {
		w, _ = r.span.scan(s, piece.a, c.a+m[0], carried)
	}
	mid := s[from.b:to.a]
	rest, linkers := strip(mid)
	_ = rest
	x := Indicator{Name: before(pre[:m[0]]), Unit: to.unit, BaseValue: from.value, Comparator: comparatorOf(linkers, to.after), TargetValue: to.value}
	x.Name = tidy(r.complete(p, cs, i, x.Name))
	if !named(x.Name) {
		return
	}
	if from.unit != to.unit {
		x.BaseValue = rescale(from.value, from.unit, to.unit)
	}
	r.date(&x, w, pre, x.Name, pre, "")
	x.BaseYear = ""
	r.last, r.lastPiece = x.Name, piece
	if y := yearRE.FindString(pre[m[0]:]); y != "" {
		x.BaseYear = y[:4]
	}
	if x.Past {
		x.Cumulative = false
		if x.BaseYear == "" && r.span.first > 0 {
			x.BaseYear = strconv.Itoa(r.span.first - 5)
		}
	}
	x.Quote = p.quote(r.quoteFrom(s, cs, i, c.a), c.b)
	r.file(p, x)
}

// respectively reads 甲、乙分别达到3个、5个.
func (r *reader) respectively(p *para, c clause, qs []quantity, piece clause, carried when) bool {
	s := p.s
	at := strings.Index(s[c.a:c.b], "分别")
	if at < 0 || qs[0].a < c.a+at {
		return false
	}
	names := regexp.MustCompile(`、|和|与|及`).Split(bare(s[c.a:c.a+at]), -1)
	if years := yearRE.FindAllStringSubmatch(s[piece.a:c.a+at], -1); len(names) == 1 && len(qs) > 1 && len(years) == len(qs) {
		r.eachYear(p, c, qs, years, names[0], piece)
		return true
	}
	if len(names) == 1 && len(qs) > 1 { // a figure for each of some years
		r.last, r.lastPiece = before(names[0]), piece
		return true
	}
	if len(names) != len(qs) || len(names) < 2 {
		return false
	}
	w := r.span.when(s, piece.a, qs[0].a, carried)
	_, linkers := strip(s[c.a:qs[0].a])
	shared := qs[len(qs)-1].after // 分别达到95%、60%以上: both
	for i, q := range qs {
		if q.after == "" {
			q.after = shared
		}
		name := before(names[i])
		if last := before(names[len(names)-1]); strings.HasSuffix(name, "级") {
			if k := strings.Index(last, "级"); k >= 0 {
				name += last[k+len("级"):]
			}
		}
		x := Indicator{Name: tidy(name), Unit: q.unit, TargetValue: q.value, Comparator: comparatorOf(linkers, q.after)}
		if !named(x.Name) {
			continue
		}
		r.date(&x, w, s[c.a:qs[0].a], x.Name, s[piece.a:qs[0].a], q.after)
		x.Quote = p.quote(c.a, c.b)
		r.file(p, x)
	}
	return true
}

// eachYear reads 到2023年、2025年，某占比分别达到43%、45%.
func (r *reader) eachYear(p *para, c clause, qs []quantity, years [][]string, name string, piece clause) {
	_, linkers := strip(p.s[c.a:qs[0].a])
	for i, q := range qs {
		n, _ := strconv.Atoi(years[i][1])
		x := Indicator{Name: tidy(before(name)), Unit: q.unit, TargetValue: q.value, Comparator: comparatorOf(linkers, q.after)}
		if !named(x.Name) {
			return
		}
		r.date(&x, when{year: years[i][1], said: true, past: r.span.past(n)}, "", x.Name, "", q.after)
		x.Quote = p.quote(piece.a, c.b)
		r.file(p, x)
	}
}

// words reads targets said in words: 动态清零, 逐年递增, 翻一番.
func (r *reader) words(p *para, cs []clause, i int, piece clause, carried when) {
	s, c := p.s, cs[i]
	m := aimRE.FindStringIndex(s[c.a:c.b])
	if m == nil {
		return
	}
	pre := s[c.a : c.a+m[0]]
	w := r.span.when(s, piece.a, c.a+m[0], carried)
	x := Indicator{TargetValue: s[c.a+m[0] : c.a+m[1]], Comparator: Words}
	rest, _ := strip(pre)
	x.Name = tidy(before(rest))
	if !named(x.Name) && strings.HasSuffix(x.TargetValue, "消除") {
		noun, _, _ := nounAfter(s[c.a+m[1] : c.b])
		x.Name = tidy(noun)
	}
	if !named(x.Name) || strings.Contains(x.Name, "质量") || strings.Contains(x.TargetValue, "逐") {
		return
	}
	if strings.Contains(x.Name, "家庭") {
		x.Unit = "户"
	}
	r.date(&x, w, pre, x.Name, pre, "")
	if x.Past {
		return
	}
	x.Quote = p.quote(r.quoteFrom(s, cs, i, c.a), c.b)
	r.file(p, x)
}

func (r *reader) file(p *para, x Indicator) {
	x.Place = Place{p.at, r.l.place(p)}
	r.out = append(r.out, x)
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

// rescale turns a number of one unit into another of the same measure: 1.3亿人 → 万人.
func rescale(value, from, to string) string {
	a, ma := scale(from)
	b, mb := scale(to)
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || ma != mb {
		return value
	}
	return strconv.FormatFloat(v*a/b, 'f', -1, 64)
}
