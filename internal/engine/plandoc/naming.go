package plandoc

import (
	"cmp"
	"regexp"
	"strings"
)

var (
	byWayRE    = regexp.MustCompile(`(?:方式|机制|渠道|途径|措施|等)((?:` + actVerbs + `|` + manVerbs + `|` + makeVerbs + `).+)$`)
	raiseHead  = regexp.MustCompile(`^(?:扩大|提高|提升|增加|降低|壮大|做大|推动|稳定|巩固)`)
	verbFore   = regexp.MustCompile(`^(?:将|应|可|要|需|累计|计划|预计|每年|年均|力争|共|至少)+`)
	meetingRE  = regexp.MustCompile(`^(?:活动|会|专场|大会|班|讲座|课程|项目|补贴|基地|机构|车间|后|期|合格|规模|质量|中心|学校)`)
	paceRE     = regexp.MustCompile(`^(?:同比|年均|年平均)?(?:增速|增幅|增长率|增长)$`)
	grownRE    = regexp.MustCompile(`^(?:实现)?(\p{Han}{2,20}?(?:总量|数量|规模|人数|收入|总额|余额|占比|比重|比例|率))\p{Han}{0,10}$`)
	betterRE   = regexp.MustCompile(`(?:提升|提高|增长|优化|完善|增加|扩大|壮大|改善|稳定)[、和并]`)
	doneUnit   = regexp.MustCompile(`(?:次|件|场|期)$`)
	haveWord   = regexp.MustCompile(`^(?:组织|序|效|机|色|关|条件)`)
	doneToRE   = regexp.MustCompile(`^(?:接受|参加|获得)$`)
	bareVerbRE = regexp.MustCompile(`^` + adverb + `(?:` + makeVerbs + `|` + actVerbs + `|` + manVerbs + `|就业)?$`)
)

// before is the name that stands before its number.
func before(rest string) string {
	name := bare(thanRE.ReplaceAllString(rest, ""))
	if wayRE.MatchString(name) {
		if m := byWayRE.FindStringSubmatch(name); m != nil {
			name = m[1]
		}
	}
	if m := verbTop.FindStringSubmatch(name); m != nil && wordsCount(name[len(m[0]):]) >= 2 {
		switch after := name[len(m[0]):]; {
		case strings.HasPrefix(m[2], "新增"), actRE.MatchString(m[2]):
		case after == "就业", likeRE.MatchString(after):
		case m[2] == "转移" && (strings.HasPrefix(after, "到") || strings.HasPrefix(after, "就业")):
		case meetingRE.MatchString(after):
			name = cmp.Or(m[3], m[2]) + after // 招聘活动, 培训班
		case m[2] == "培训":
			name = after + "培训"
		default:
			name = after
		}
	}
	name = raisedRE.ReplaceAllString(name, "")
	if m := betterRE.FindStringIndex(name); m != nil && wordsCount(name[m[1]:]) >= 2 {
		name = name[m[1]:] // 播种面积稳步提升、产量
	}
	name = raiseHead.ReplaceAllString(name, "")
	if have, ok := strings.CutPrefix(name, "有"); ok && !strings.Contains(have, "的") && !haveWord.MatchString(have) && wordsCount(have) >= 2 {
		name = have
	}
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
	if strings.Contains(pre[m[0]:m[1]], "年均") || strings.HasSuffix(strings.TrimSuffix(pre[:m[2]], "分别"), "年均") {
		word = "年均" + word
	}
	return word
}

// counted is the name of things counted before their noun: 新建20个基地, 带动10万户农户, 培训14万名技师.
func (r *reader) counted(m *mention) string {
	verb, noun := m.verb, m.noun
	if verb == nil && m.k > 0 { // 重点扶持600个农牧场、200家合作社: the verb holds on
		verb = verbEnd.FindStringSubmatch(bareEnd(m.s[m.c.a:m.qs[0].a]))
	}
	if p := m.p; m.described && p.box != nil {
		if t, _, ok := strings.Cut(p.s, "。"); ok && projectTitle(p.raw) {
			return core(t)
		}
	}
	if verb != nil && wordsCount(noun) < 2 {
		return verb[2] + noun // 新建3座桥
	}
	if work, ok := strings.CutPrefix(noun, "实现"); ok && verb != nil && wordsCount(work) == 2 {
		return verbFore.ReplaceAllString(verb[1], "") + work // 带动200万人实现就业
	}
	if verb == nil || m.described || actsRE.MatchString(noun) {
		return noun
	}
	subject := ""
	if head := bare(strings.TrimSuffix(m.rest, verb[1])); named(head) && strings.HasPrefix(head, `"`) {
		subject = head
	}
	switch {
	case verb[2] == "新增" && (strings.HasPrefix(noun, "就业") || strings.HasSuffix(noun, "就业")):
		return "新增" + noun
	case verb[2] == "进入" || verb[2] == "覆盖" || verb[2] == "惠及":
		return subject + verb[2] + noun
	case workRE.MatchString(verb[2]) && !strings.HasSuffix(noun, verb[2]):
		return noun + verb[2]
	case doneToRE.MatchString(verb[2]) && peopleEnd.MatchString(bare(strings.TrimSuffix(m.rest, verb[1]))): // 贫困劳动力至少接受1次免费培训
		_, people, ok := strings.Cut(bare(strings.TrimSuffix(m.rest, verb[1])), "的")
		if !ok {
			people = bare(strings.TrimSuffix(m.rest, verb[1]))
		}
		return people + verb[2] + noun
	case actRE.MatchString(verb[2]):
		return verbFore.ReplaceAllString(verb[1], "") + noun
	}
	return noun
}

// complete gives a name that says too little its topic from the clauses before, or from the project's title.
func (r *reader) complete(p *para, cs []clause, i int, name string) string {
	full := strings.Trim(name, "，、的：")
	if yearlyRE.MatchString(full) {
		full = bare(strings.Replace(full, "年", "", 1))
	}
	if paceRE.MatchString(full) && r.last.name != "" {
		return r.last.name + full // 收入达到2200亿元、同比增速超10%
	}
	if label := labelBefore(p.s, cs, i); label != "" && !measuredRE.MatchString(full) && full != "" && !bareVerbRE.MatchString(full) {
		return label + full // 存活率：一年期达到90%
	}
	bareVerb := bareVerbRE
	if full != "" && !bareVerb.MatchString(full) && !likeRE.MatchString(full) {
		return full
	}
	if likeRE.MatchString(full) && !bareVerb.MatchString(full) {
		if r.last.name != "" && doneUnit.MatchString(r.last.unit) && strings.HasSuffix(full, "率") {
			return r.last.name + full // 完成食品抽检2000批次，合格率98%
		}
		if i > 0 && !countsRE.MatchString(p.s[cs[i-1].a:cs[i-1].b]) {
			if t := topic(p.s[cs[i-1].a:cs[i-1].b]); wordsCount(t) >= 2 && wordsCount(t) <= 8 {
				return t + full // 发展林下经济，产值达130亿元
			}
		}
		if r.last.name != "" && thingUnit.MatchString(r.last.unit) {
			return r.last.name + full // 建设孵化器15家，面积3万平方米
		}
		if subject := strings.TrimPrefix(totalRE.ReplaceAllString(r.last.name, ""), "新增"); totalRE.MatchString(full) && personRE.MatchString(subject) {
			return subject + full // 新增技能人才2万人、总量突破15万人
		}
		if t := core(r.title(p)); wordsCount(t) >= 2 {
			return t + full
		}
		return full
	}
	if label := labelBefore(p.s, cs, i); label != "" {
		return label // 高技能人才占比：到2025年达到30%
	}
	for k := i - 1; k >= 0 && k >= i-2; k-- {
		text := p.s[cs[k].a:cs[k].b]
		if bareTime.MatchString(text) {
			continue
		}
		if t := topic(text); named(t) {
			return t
		}
		if m := grownRE.FindStringSubmatch(bare(text)); m != nil && !countsRE.MatchString(text) {
			return m[1] // 技能人才总量倍增，达到20万人
		}
		break
	}
	if t := core(r.title(p)); wordsCount(t) >= 2 {
		if manRE.MatchString(full) && !strings.HasSuffix(t, full) {
			return t + full
		}
		return t
	}
	return full
}

// labelBefore is the measure that stands with a colon before the figures it has: 组建率：乡镇达到100%，企业达到90%.
func labelBefore(s string, cs []clause, i int) string {
	for k := i - 1; k >= 0; k-- {
		if strings.HasPrefix(s[cs[k].b:], "：") {
			if label := bare(s[cs[k].a:cs[k].b]); measuredRE.MatchString(label) && wordsCount(label) <= 12 {
				return label
			}
			return ""
		}
	}
	return ""
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
