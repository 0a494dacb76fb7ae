package plandoc

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	officerRE = regexp.MustCompile(`^(?:工作)?人员担任`)
	coreHead  = regexp.MustCompile(`^(?:实施|推进|开展|加强|强化|推动|大力发展|支持发展|加快|完善|优化|提升|扩大|提高|培育壮大|健全|促进|引导|搭建|夯实|激发)`)
	coreCount = regexp.MustCompile(`^(?:[十百千万]+|\d+)(?:名|家|个|户|所|人)`)
	coreTail  = regexp.MustCompile(`(?:项目|计划|工程|行动|专项)+$`)
	coreWork  = regexp.MustCompile(`(?:技能提升|能力提升|提升|建设|培育|培养|支持|拓展|开发|发展|壮大|体系|质效|规模|比重)$`)
)

// The verbs of target sentences. Making something leaves the thing's name alone; acting on people or firms belongs to the name
// (带动农户, 高技能人才培养).
const (
	makeVerbs = `产生|造就|评定|转化|发动|创办|兴办|开办|优化升级|改造提升|提升改造|改造升级|升级改造|培育打造|培育壮大|培育形成|培育发展|规划建设|建设完善|创建|新建|建成|建设|建立|建好|打造|培育|开发|挖掘|开拓|拓展|设立|开设|获批|制定|研制|设置|组建|认定|评选|选树|选育|布局|形成|推出|推行|配备|配置|指派|储备|遴选|征集|筹集|归集|提供|拿出|新增|新设|落实|治理|抓好|募集|打通|疏通|整治|修缮|购置|装备|采购|配置|安装|更新|续建|开工|竣工|孵化|改造|支持|发展|筹建|搭建|命名|实现|完成|达到|扩建|改扩建|争创|选派|选聘|聘请|聘用|录用|招录|招收`
	actVerbs  = `解决|缓解|扶持|带动|帮助|动员|认证|发放|服务|覆盖|惠及|进入|举办|开展|组织|实施|建档|走访|受益|推介|促成|促进|减征|减免|发布|支出|投入|兑现|办理|发行|创造|稳定|保障|资助|奖励|安排|监测|改善|接受|参加|获得`
	manVerbs  = `培养|培训|招募|引进|招聘|安置|帮扶|援助|吸纳|转移|招引|引育|输送|轮训|评价|鉴定|选拔|带徒|吸引|集聚`
)

var (
	adverb  = `(?:新|再|各|均|都|拟|共|将|应|可|要|需|累计|计划|预计|重点|动态|力争|争取|确保|努力|每年|年均|全年|持续|稳步|规范|整合|集中|滚动|有序|统一|至少|大力|积极|组织|加快|联合|同步|全面|逐步|继续|深入|广泛|着力|分级|分类|因地制宜|系统|基本|认真|切实|筛选|择优)*`
	verbEnd = regexp.MustCompile(`(` + adverb + `(?:(?:` + makeVerbs + `|` + actVerbs + `|` + manVerbs + `)(?:和|并|与|及|、))?(` + makeVerbs + `|` + actVerbs + `|` + manVerbs + `|[建设配拥含]?有)(?:了|好|各类|不少于|约)?)$`)
	verbTop = regexp.MustCompile(`^(` + adverb + `)(` + makeVerbs + `|` + actVerbs + `|` + manVerbs + `)(?:(?:和|并|与|、)?(培养|集聚|选派|引进|培训|打造|组织|扩建|改扩建|改造|建设|培育))?`)
	actRE   = regexp.MustCompile(`^(?:` + actVerbs + `)$`)
	workRE  = regexp.MustCompile(`^(?:培训|轮训|评价|鉴定|安置|帮扶|援助|转移|输送)$`)
	manRE   = regexp.MustCompile(`^(?:` + manVerbs + `)$`)
	// linkers stand between a name and its number.
	linkRE = regexp.MustCompile(`(?:力争|争取|确保|努力|预计|计划|预期目标|预期|目标|为目标|总体|基本|始终|一直|长期|全部|普遍|稳定|保持|维持|控制|提高|提升|增加|增长|扩大|扩增|降低|下降|减少|缩小|压减|上升|回升|达到|达|突破|超过|超|逾|实现|完成|至少|不得低于|不得少于|不低于|不少于|不超过|不高于|不小于|不大于|高于|低于|大于|小于|为|在|至|到|一支|一批|首批|第一批|[一二三]期|大约|约|接近|将近|近|并|累计|总计|合计|共计|共|均|都|分别|每年度?|年均|全年|再|平均|每年新增|>|≥|<|≤|:|：|增至|增|降至|降|升至|升|扩|的目标|了|年均值|数?均值|20\d\d年(?:底|末)?的|逐步|逐年|稳步|冲刺|仍|要|应|将)+$`)
	headRE = regexp.MustCompile(`^(?:《[^》]*》中?|(?:明确)?提出了?|明确了?|指出|内容(?:涉及|包括)|以\p{Han}{1,6}为单位|并且|并|同时|其中|年度|和每年|[前后][一两二三四]年|使得|使|将|把|且|让|以|另外?|还|也|力争|争取|确保|努力|实现|推动|促进|不断|大力|积极|稳步|进一步|逐步|切实|全面|深入|着力|持续|继续|预计|计划|(?:刚刚)?过去的|共有|现有|拥有|建有|设有|到时|总体上|每年度?|年均|全年|累计|共|预期|保证|保持|引导|支持|鼓励|推进|加快|有效|达到|完成|(?:在)?(?:全区|全盟|全市|全旗|全县|全省|全国|全州|全域|全系统|全社会|区域内|我国|我区|我盟|我市|我旗|我省|我县|本区|本市|本盟|本旗|辖区|各地区?|各盟市|各旗县区?|城乡范围内|范围内)|在|内|年底|年末|期末|末|前)`)
	timeRE = regexp.MustCompile(`(?:力争|争取)?(?:到|至|于|截至|在)?(?:` + fiveYears + `(?:规划)?(?:期末|末期|末|时期|期间|期内|以来)|20\d\d年?[-至到](?:20)?\d\d年(?:期间)?|20\d\d年(?:年?底|末|前|以来)?|利?用[二三四五六\d]年(?:左右)?的?时间|今年|(?:今后|连续)[三五35]年|未来[三五]年|[三五35]年(?:内|间|来|累计|共)|规划期内?)(?:内|间|前|累计|共)?`)
	wayRE  = regexp.MustCompile(`^(?:通过|依托|围绕|按照|根据|结合|利用|采取|借助|针对|面向|以).{2,}`)
	perRE  = regexp.MustCompile(`(?:每一?个?|各)(?:盟市|旗县|旗区|市县|县区|区县|县|市|旗|区|州|地市|设区市|街道|乡镇|苏木|社区|嘎查村?|村|园区|省|院校|学校|单位|企业)(?:\([^()]*\))?(?:的|至少|均|都|要)*`)
	cutRE  = regexp.MustCompile(`用于|和一批|及一批|助推|助力|等(?:目标|任务)|来\p{Han}{1,3}(?:进行|开展|工作|创业|就业)|给予|予以|到\p{Han}{2,10}(?:工作|从事|服务|任职|挂职|担任)|从事|并且|以上|左右|以内|，|。|；|、|并(?:[^列行])|以便|从而|担任|(?:实现|达到|参加|纳入|投入使用)`)
	descRE = regexp.MustCompile(`^(?:具有|拥有|具备|有|能|能够|可|符合|特色|功能|管理|带动|技术|服务|规模)|(?:性|突出|完备|齐全|明显|显著|规范|鲜明|较强|较高|优质|完善|强|高|好|优|大)$`)
	likeRE = regexp.MustCompile(`^(?:规模|总量|总数|数量|人数|总规模|产业规模|产值|覆盖率|占比|比例|比重|培训|合格率|满意度|参与率|在校生|增速|成功率|余额|总额|户数|投资|收入|营业收入|就业率|面积|补贴标准|标准)$`)
)

// linkWidth is more bytes than linkers have at the end of what stands before a number.
const linkWidth = 150

// tail is the end of a text, at most n bytes of whole characters.
func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	for s != "" && !utf8.RuneStart(s[0]) {
		s = s[1:]
	}
	return s
}

// areaEnd is the whole area right before a number: 治理全区12处点位.
var areaEnd = regexp.MustCompile(`(?:(?:全|我)[市区县省盟旗州]|市区|城区)$`)

// oneWordRE are words whose second part alone would be a linker.
var oneWordRE = regexp.MustCompile(`(?:[新净]\|增|[人户月日亩生师村班床]\|均)`)

// strip cuts linkers and times off the end of what stands before a number.
func strip(pre string) (rest, linkers string) {
	rest = pre
	for {
		at := len(rest) - len(tail(rest, linkWidth))
		m := linkRE.FindStringIndex(rest[at:])
		if m == nil || m[0] == m[1] {
			if linkers == "为" && bare(rest) == "" {
				return pre, "" // 为3000名残疾人提供服务
			}
			return areaEnd.ReplaceAllString(rest, ""), linkers
		}
		m[0], m[1] = m[0]+at, m[1]+at
		if oneWordRE.MatchString(tail(rest[:m[0]], 6) + "|" + rest[m[0]:]) {
			_, w := utf8.DecodeRuneInString(rest[m[0]:])
			m[0] += w
			if m[0] == m[1] {
				return rest, linkers
			}
			linkers, rest = rest[m[0]:]+linkers, rest[:m[0]]
			return rest, linkers
		}
		linkers = rest[m[0]:] + linkers
		rest = rest[:m[0]]
	}
}

// onRE are words that begin as a time or an adverb does and are none: 在校生, 共青团, 还款率, 以工代赈.
var onRE = regexp.MustCompile(`^(?:在(?:校|册|岗|职|建|读|库|营|园|业|孵|训|研|线|学)|共(?:青|享|建|同|产|富)|还(?:款|贷|本|建|原)|以(?:工|旧|赛|奖)|内(?:部|贸|需|外|地|销)|前(?:期|置|沿|瞻|端)|末端)`)

// numberingRE is the number an item begins with: (一)…, 2.…, 一是….
var numberingRE = regexp.MustCompile(`^(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}[、是]|\d{1,2}[.、]|[①-⑳])(\D|$)`)

var loneYears = regexp.MustCompile(`^[两三四五]年$`)

// yearsLeadRE is a span of years before what is done in it: 三年培训, but not 学前三年毛入园率.
var yearsLeadRE = regexp.MustCompile(`[三五]年(?:新增|城镇|` + makeVerbs + `|` + actVerbs + `|` + manVerbs + `)`)

// bare cuts times, areas and adverbs off the beginning of a name.
func bare(s string) string {
	if m := numberingRE.FindStringSubmatchIndex(s); m != nil {
		s = s[m[2]:]
	}
	s = perRE.ReplaceAllString(s, "")
	if m := yearsLeadRE.FindStringIndex(s); m != nil {
		s = s[:m[0]] + s[m[0]+len("三年"):]
	}
	if loneYears.MatchString(s) {
		return ""
	}
	s = timeRE.ReplaceAllString(s, "")
	for {
		before := s
		s = strings.TrimLeft(s, `，、的：;- `)
		if onRE.MatchString(s) {
			return s
		}
		s = headRE.ReplaceAllString(s, "")
		if s == before {
			return s
		}
	}
}

// remarkRE is a remark inside a name that lists what it holds.
var remarkRE = regexp.MustCompile(`[（(](?:含|包括|不含|其中)[^（()）]*、[^（()）]*[)）]`)

var taskEnd = regexp.MustCompile(`(?:目标任务|目标|任务)$`)

// tidy finishes a name: 累计 inside it is said elsewhere, loose quotation marks and particles go.
func tidy(s string) string {
	s = strings.ReplaceAll(s, "累计新增", "新增")
	s = remarkRE.ReplaceAllString(s, "")
	s = strings.TrimSuffix(strings.TrimSuffix(s, "累计"), "均值")
	if t, ok := strings.CutSuffix(s, "的占"); ok {
		s = t + "占比"
	}
	s = strings.Trim(s, "，、的：；- *")
	s = strings.TrimSuffix(s, "等")
	if m := taskEnd.FindStringIndex(s); m != nil && wordsCount(s[:m[0]]) >= 2 {
		s = s[:m[0]]
	}
	for _, and := range []string{"以及", "和", "与", "及"} {
		s = strings.TrimSuffix(s, and)
	}
	if strings.Count(s, `"`) == 1 {
		s = strings.ReplaceAll(s, `"`, "")
	}
	open := true
	return strings.Map(func(r rune) rune {
		if r != '"' {
			return r
		}
		open = !open
		if open {
			return '”'
		}
		return '“'
	}, brackets(s))
}

// brackets gives a name its Chinese brackets back.
func brackets(s string) string {
	if strings.Count(s, "(") != strings.Count(s, ")") {
		return strings.NewReplacer("(", "", ")", "").Replace(s)
	}
	return strings.NewReplacer("(", "（", ")", "）").Replace(s)
}

// outside blanks what stands in brackets and quotation marks, keeping lengths, so that marks inside do not count.
func outside(s string) string {
	return referRE.ReplaceAllStringFunc(s, func(m string) string { return strings.Repeat("_", len(m)) })
}

// core is the thing a project's title is about: 百名高技能领军人才技能提升项目 → 高技能领军人才.
func core(title string) string {
	s := plain(title)
	if m := numberingRE.FindStringSubmatchIndex(s); m != nil {
		s = s[m[2]:]
	}
	s = coreHead.ReplaceAllString(s, "")
	s = coreCount.ReplaceAllString(s, "")
	s = coreTail.ReplaceAllString(s, "")
	for {
		t := coreWork.ReplaceAllString(s, "")
		if t == s || wordsCount(t) < 3 {
			return s
		}
		s = t
	}
}

// topic is what the clause before names when the number's own clause names nothing: 加大某培训力度，每年培训2万人.
var topicRE = regexp.MustCompile(`(?:开展|加大|加强|扩大|推进|组织|实施|做好|强化|发展|壮大|培育|健全|推动|深化|提升|支持|建设|办好|规范)(.+)$`)

var countTail = regexp.MustCompile(`(?:不少于|不低于|超过|达到|约)?\d[\d.]*(?:万|千|百|亿)?[余多]?(?:` + unitWord + `)(?:以上|以内|左右)?$`)

var countHead = regexp.MustCompile(`^(?:至少|不少于)?\d+(?:个|家|名|所|户|人|项|场)(?:以上|左右)?`)

var putRE = regexp.MustCompile(`^将(.{4,48}?)(?:纳入|作为|列入|摆在)`)

var untilHead = regexp.MustCompile(`^(?:至|到|以来|20\d\d)`)

func topic(clause string) string {
	if m := putRE.FindStringSubmatch(clause); m != nil {
		return m[1]
	}
	m := topicRE.FindStringSubmatch(clause)
	if m == nil {
		return ""
	}
	if untilHead.MatchString(m[1]) {
		return ""
	}
	t := countTail.ReplaceAllString(countHead.ReplaceAllString(remarkEnd.ReplaceAllString(m[1], ""), ""), "")
	for _, tail := range []string{"力度", "工作", "活动", "行动"} {
		if s, ok := strings.CutSuffix(t, tail); ok && wordsCount(s) >= 4 {
			t = s
		}
	}
	return t
}

// longName is how many characters a name has at most.
const longName = 48

// named reports whether a text is fit to be an indicator's name.
func named(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > longName {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s)
	return wordsCount(s) >= 2 && (unicode.Is(unicode.Han, r) || r == '"' || r == '“' || letter(r) || digit(r) || r == '（')
}
