package plandoc

import (
	"regexp"
	"strings"
)

// reader reads target sentences of one document.
type reader struct {
	l     *layout
	span  horizon
	carry when // said at the head of a section: 到2025年，要实现以下目标：
	sec   *section
	out   []Indicator

	last  spoken   // what the sentence counted last, for a number that names nothing
	start int      // where the sentence begins
	base  quantity // what stands before 的基础上
}

var (
	// A condition of a policy and what it brings: 对吸纳3人以上的企业，给予2万元补贴.
	forRE     = regexp.MustCompile(`^(?:对于?|凡是?|符合|经|如|若|按照|每)`)
	notForRE  = regexp.MustCompile(`^(?:对口|对接|对外|对标|对照|对比|经济|经营|经过|每年|每个|如期|如下|每万|每百|每千|每人|经常)`)
	benefitRE = regexp.MustCompile(`给予|补贴|补助|奖励|奖补|贴息|减免|减征|减按|上浮|优先|(?:^|可|同等|规定|次性)享受|可按|可以|申请|不超过\d+年|期限`)
	payRE     = regexp.MustCompile(`(?:给予|奖励|补助|奖补|补贴|资助|按照?|每人|每月|每户|最高|贷款额度|额度|不超过|标准)[^，]{0,12}$`)
	ifTail    = regexp.MustCompile(`^(?:的\p{Han}{0,6}(?:企业|单位|个人|人员|机构|创业|用人|经营|项目|家庭|机关|事业|毕业生|劳动者|职工|失业|地区|农|个体|参保|标准给|创业者|小微)|且|或|并(?:为|与|依法|缴|按|签|稳定|正常)|未|不满)`)
	eachRE    = regexp.MustCompile(`^每(?:笔|期|次)发放$|每(?:新增|新招|招用|招收|吸纳|培训|介绍|帮扶|带动|创造|安置|输送)?$`)
	listNoun  = regexp.MustCompile(`^(?:个)?(?:具体|重点|主要|重要)?(?:民生|利民|惠民|专项)?(?:工作)?(?:实事|指标|领域|部门|工作|方面|措施|任务|举措|内容|环节|阶段|部分|章节|工程|行动|原则|政策|重点(?:[，。；、]|$)|抓手|统一|机制|清单|专栏|目标|问题|维度|层次|层面|中国|先锋|百年|五年|旗县|盟市|县|市|区|街道|苏木|小时|工作日|自然日)`)
	growRE    = regexp.MustCompile(`(?:[与同](?:20|上年|去年)[^，]{0,10}相比|(?:比|较)(?:"?十|20|上年|去年|上期|同期|全国|全省|全区|目前|现在|现有)[^，]{0,12}|在现有(?:水平)?(?:的)?基础上|同比|年均|逐年|年度?|每年)?(增长|提高|增加|提升|下降|降低|减少|递增|缩短|上升|增幅达到|增速达到|增速)(?:约|到|至|达到|不低于|不少于|超过|近)?$`)
	deltaRE   = regexp.MustCompile(thanTime + `.{0,3}(?:增长|提高|增加|提升|下降|降低|减少|上升)|同比|年均(?:增长|递增|提高|增速)`)
	fromToRE  = regexp.MustCompile(`(?:由|从)((?:20\d\d年(?:底|末)?|目前|现在|上年|去年|每人每月|人均|每月)?(?:的)?(?:约|近|不足|超过)?)$`)
	toRE      = regexp.MustCompile(`(?:增加|提高|提升|增长|扩大|上升|升|下降|降低|降|减少|缩小|调整|缩短|压缩|压减|增|发展|拓展|延长)(?:到|至|为)?`)
	reachedRE = regexp.MustCompile(`(?:提高|增加|提升|下降|降低|减少|递增|缩短|上升)(?:到|至|达到)$`)
	aimRE     = regexp.MustCompile(`动态(?:清零|归零|消除|为零)|(?:逐年|逐步)(?:递增|递减|增加|提高|上升|下降)$|翻[一两]番(?:以上|左右)?|实现倍增|翻番`)
	flowRE    = regexp.MustCompile(`新增|新建|新培育|新打造|新创建|新开发|新认定|新设|新改扩建|新招收|累计[^结余]|培训|培养|开发|再就业|转移就业|吸纳|招募|发放|帮扶|安置|开展|引进|举办|招聘|带动|投入|扶持|建设|建成|打造`)
	freshRE   = regexp.MustCompile(`新增|净增|新建|新培育|新打造|新创建|新开发|新认定|新设|新改扩建|新招收|累计[^结余]|再就业`)
	anyVerb   = regexp.MustCompile(makeVerbs + `|` + actVerbs + `|` + manVerbs)
	runningRE = regexp.MustCompile(`^开展|(?:培训|培养)$`)
	stockRE   = regexp.MustCompile(`总量|总数|总规模|参保人数|拥有|实有|存量|在库|保有|规模达到|达到|保持|稳定在|占比|率|年限`)
)

// piece reads one piece of a sentence and gives the time it leaves behind.
func (r *reader) piece(p *para, piece clause, carried when) when {
	cs := rejoined(p.s, clauses(p.s, piece.a, piece.b))
	condition := -1 // first clause of a policy's condition
	for i, c := range cs {
		text := p.s[c.a:c.b]
		if condition < 0 && forRE.MatchString(text) && !notForRE.MatchString(text) && r.conditional(p.s, cs[i:]) {
			condition = i
		}
		if condition < 0 && (strings.HasSuffix(text, "的") && i+1 < len(cs) || foretellRE.MatchString(text)) {
			condition = i
		}
	}
	for i := range cs {
		if text := p.s[cs[i].a:cs[i].b]; condition >= 0 && i >= condition && !standsAlone.MatchString(text) {
			continue
		}
		r.clause(p, cs, i, piece, carried)
	}
	if condition < 0 {
		r.brackets(p, piece, carried)
	}
	w, _ := r.span.scan(p.s, piece.a, piece.b, carried)
	return w
}

var (
	foretellRE = regexp.MustCompile(`^(?:据|经)?\p{Han}{0,4}预测`)
	eachListRE = regexp.MustCompile(`(?:、|和|与)[^，]{2,30}各$`)
	// A target of its own behind a condition: 对农民工进行培训，每人补贴300元，合格率达到90%以上.
	standsAlone = regexp.MustCompile(`^[^，]*率(?:达到?|不低于|保持在|稳定在)\d[\d.]*%(?:以上|左右)?$|^[^，]*(?:标准|额)(?:不低于|不少于|达到|提高到)\D{0,6}\d[\d.]*万?元|^(?:全[市县省盟旗州]|预计|全年)[^，每最]*\d|^(?:确保|力争)(?:到)?20\d\d年`)
	countsRE    = regexp.MustCompile(`\d(?:[^\d.年月日]|$)`)
)

var (
	partsRE  = regexp.MustCompile(`\((?:(?:其中|含|包括|力争|即)[：，]?([^()]{0,40}\d[^()]{0,80})|((?:20\d\d年|由|从)[^()]{0,40}\d[^()]{0,80}|\p{Han}{2,10}\d[\d.]*万?(?:人|名|家|个|所|户)|\p{Han}{2,14}(?:占比|率|比例|比重)\p{Han}{0,4}\d[\d.]*%))\)`)
	raiseRow = regexp.MustCompile(`^[由从].*[增提扩降减升缩][^，]{0,2}[到至]`)
)

// brackets reads the parts that a bracket behind a number names: 再就业180人(其中困难对象60人).
func (r *reader) brackets(p *para, piece clause, carried when) {
	for _, m := range partsRE.FindAllStringSubmatchIndex(p.s[piece.a:piece.b], -1) {
		at := piece.a + m[0]
		from := max(piece.a, strings.LastIndex(p.s[:at], "，"))
		in := clause{piece.a + max(m[2], m[4]), piece.a + max(m[3], m[5])}
		last, raised := r.last, raiseRow.MatchString(p.s[in.a:in.b])
		if !raised && len(quantities(p.s, from, at)) == 0 {
			continue
		}
		if raised { // 提高贷款额度(由2万元提高至5万元)
			r.last = spoken{name: before(strings.TrimPrefix(p.s[from:at], "，"))}
		}
		cs := clauses(p.s, in.a, in.b)
		for i := range cs {
			r.clause(p, cs, i, in, r.span.when(p.s, piece.a, at, carried))
		}
		r.last = last
	}
}

// manyNumbers are more than a clause of a sentence has; a heap of figures is no target.
const manyNumbers = 40

// clause reads the numbers of one clause.
func (r *reader) clause(p *para, cs []clause, i int, piece clause, carried when) {
	c := cs[i]
	qs := measured(p.s, c, quantities(p.s, c.a, c.b))
	if len(qs) == 0 {
		r.words(p, cs, i, piece, carried)
		return
	}
	if len(qs) > manyNumbers {
		return
	}
	if pre := p.s[c.a:qs[0].a]; (strings.Contains(p.s[c.a:c.b], "分别") || len(qs) == 1 && eachListRE.MatchString(pre)) && r.respectively(p, cs, i, qs, piece, carried) {
		return
	}
	for k := 0; k+1 < len(qs); k++ { // 100所在校生规模3500人以上的学校; 1所200张床位以上的养老院
		if m := ofSizeRE.FindString(p.s[qs[k+1].b:c.b]); m != "" && (qs[k].b == qs[k+1].a || sizeRE.MatchString(p.s[qs[k].b:qs[k+1].a])) && (k > 0 || verbEnd.MatchString(bareEnd(p.s[c.a:qs[k].a]))) {
			qs[k].b = qs[k+1].b + len(m)
			qs = append(qs[:k+1], qs[k+2:]...)
		}
	}
	for k := 0; k < len(qs); k++ {
		if k+1 < len(qs) && fromAt(p.s[c.a:qs[k].a], p.s[qs[k].b:qs[k+1].a]) != nil {
			r.fromTo(p, cs, i, qs[k], qs[k+1], piece, carried)
			k++
			continue
		}
		r.one(p, cs, i, qs, k, piece, carried)
	}
}

var (
	ageRE     = regexp.MustCompile(`年限|寿命`)
	thanRE    = regexp.MustCompile(thanTime + `$`)
	raisedRE  = regexp.MustCompile(`(?:不?(?:高于|低于)|优于|快于)(?:全国|全省|全区|全市|国家|自治区|同期).*$|(?:提高|提升|增加|扩大|降低|下降|缩短|压减|调整)(?:至|到|为).*$`)
	yearlyRE  = regexp.MustCompile(`(?:^|[^\d今明去当全上本每青老中少壮成周学半幼多常近历逐一二两三四五六七八九十])年(?:完成|实现|募集|筹集|选派|认定|发布|帮助|扶持|输出|转移|培训|培养|服务|发放|举办|组织|开展|招募|帮扶|输送|新增|接待|吸纳|招生|招收|评选|评价|引进|孵化)`)
	buildRE   = regexp.MustCompile(`建设|建成|打造|新建|创建|提高到|提升到|达到`)
	sideRE    = regexp.MustCompile(`开设|开展|共建|参与|申报|实施`)
	withinRE  = regexp.MustCompile(`范围之?内|以内|以下|之内|不超过|不高于|低于|小于|<|≤`)
	meetRE    = regexp.MustCompile(`(?:调度|通报|召开|研究|会商|分析|报告|评估|督导|检查|总结|报送|约谈|例会)(?:不少于|至少)?$`)
	overRE    = regexp.MustCompile(`(?:超过?|不足|未满|满)$`)
	measureRE = regexp.MustCompile(`^(?:政策|措施|意见|建议|举措|规定)`)
	ofSizeRE  = regexp.MustCompile(`^(?:\p{Han}{1,6}(?:以上|以下|以内)|\p{Han}{1,3})?的`)
	sizeRE    = regexp.MustCompile(`^\p{Han}{0,8}(?:规模|面积|收入|产值|人数|营收|金额|总额|资产)(?:在|达到|达|过|为|突破|超过|不低于|不少于)?$`)
	withRE    = regexp.MustCompile(`^\p{Han}{2,8}与$`)
)

// spoken is what a sentence counted last: its name, the words before its number, its unit, and whether it was a total.
type spoken struct {
	name, words, unit, value string
	names                    []string // of things told together: 甲、乙分别
	share                    string   // what it is a share of: 人才占就业人员比重
	total, based             bool     // a total; told with its base
	yearly                   bool     // each year's
}

// again reports whether words before a number name nothing, or only do again what was done last: 到2025年累计达到50万人,
// 年均新增1万人 after 新增就业5万人, 累计发放5亿元 after 每年发放贷款1亿元.
func (l spoken) again(clean, unit string) bool {
	if l.name == "" || clean == "就业" || clean != "" && !(bareVerbRE.MatchString(clean) || moreRE.MatchString(clean)) {
		return false
	}
	return l.measures(unit) && (clean == "" || moreRE.MatchString(clean) || strings.Contains(l.words, verbFore.ReplaceAllString(clean, "")))
}

// perHead are the ways people are counted by head.
var perHead = strings.NewReplacer("人次", "人次", "名", "人", "位", "人")

// measures reports whether a unit measures the same as what was counted last: 万人 as 人.
func (l spoken) measures(unit string) bool {
	_, a := scale(l.unit)
	_, b := scale(unit)
	return perHead.Replace(a) == perHead.Replace(b) || l.unit == ""
}

func (r *reader) file(p *para, x Indicator) {
	x.Place = Place{p.at, r.l.place(p)}
	r.out = append(r.out, x)
}
