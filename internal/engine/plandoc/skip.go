package plandoc

import (
	"regexp"
	"slices"
	"strings"
)

var (
	reachRE    = regexp.MustCompile(`达到|控制在|保持在|提高到`)
	ofPlanRE   = regexp.MustCompile(`(?:任务|计划|目标)数?的$|完成[^，]*(?:任务|计划|目标)数?$`)
	fundRE     = regexp.MustCompile(`(?:资金|支出|规模|总额|余额|基金)$`)
	liftRE     = regexp.MustCompile(`提高|调整|增加|达到|突破|[^不]超过`)
	paidRE     = regexp.MustCompile(`每(?:个|家|名|所|户|项|场|次|亩|月|学期)\p{Han}{0,8}$`)
	baseOfRE   = regexp.MustCompile(`(?:按照|依照|按[^期时规需序月年季质劳项])[^，率]{0,15}(?:的|比例)?$`)
	shareRE    = regexp.MustCompile(`(?:按|按照|给予|上浮|补贴|比例)[^，]{0,14}$`)
	towardRE   = regexp.MustCompile(`^(?:发挥|借助|整合|统筹|联动|聚焦|围绕|面向|针对|立足|对照|瞄准|结合|依托|根据|对接|锚定|紧扣|依据)`)
	eachOfRE   = regexp.MustCompile(`^\p{Han}{0,16}(?:县|市|区|旗|州|乡镇|镇|街道|村|社区|高校|院校|学校|企业|单位|园区|基地)(?:\([^()]*\))?(?:每|各)`)
	asRE       = regexp.MustCompile(`^[^，]*(?:为(?:主要|重点|核心|基本)?(?:对象|主体|重点|牵引|抓手|载体|龙头|依托|单位|骨干|支撑|主战场|基础|中心)|作为|列为|列入)`)
	asHeadRE   = regexp.MustCompile(`^(?:(?:即|坚持)?以[^为]*|.{0,60}(?:将|把)[^，]*)$`)
	shareOf    = regexp.MustCompile(`^的(?:目标)?$`)
	peopleRE   = regexp.MustCompile(`(?:人数|人口|人员|劳动力|劳动者|人才|毕业生|农民工|残疾人)(?:规模|总量|数量|总数)?$`)
	levelRE    = regexp.MustCompile(`^(?:县|市|区|旗|盟市|旗县|街道|小时)(?:级|域|属|场)`)
	ownItems   = regexp.MustCompile(`^(?:具体|重点|主要|专项|重要)?(?:(?:工作|民生|利民|惠民|便民|为民办?)(?:实事|指标|任务|行动|工程|项目)|实事|指标)`)
	sizedRE    = regexp.MustCompile(`^\p{Han}{1,6}(?:以上|以下|以内)的\p{Han}`)
	somePeople = regexp.MustCompile(`^\p{Han}{0,8}(?:人员|人才|劳动力|劳动者|毕业生|学生|农民工|职工|青年|群众|妇女|残疾人|老人|老年人|儿童|居民|人口|农户|农民)`)
	oftenRE    = regexp.MustCompile(`每(?:个)?(?:季度|月|周|半年|旬|日|天|两年|学期)[^，]{0,12}$`)
	monthRE    = regexp.MustCompile(`\d{1,2}月(?:底|末|中旬|上旬|份)?前`) // a milestone within the year
	growingRE  = regexp.MustCompile(`^(?:持续|加快|大力|稳步|积极)*(?:推进|推动|促进|支持).*、`)
	developRE  = regexp.MustCompile(`^\p{Han}{2,14}发展(?:$|[，。；、])`)
	// 确保人员在认定后10个工作日内实现就业
	limitRE    = regexp.MustCompile(`^(?:确保|保证|做到|力争)(.+?)(?:在)?([^在]{1,8}(?:后|之日起|起))$`)
	doneInRE   = regexp.MustCompile(`^(?:以?内)(\p{Han}{2,10})`)
	daysRE     = regexp.MustCompile(`(?:天数|时长|学时|课时|工时)$`)
	areasRE    = regexp.MustCompile(`^(?:行政|自然)?(?:村|社区|乡镇|镇|街道|县|区|市)`)
	sourceRE   = regexp.MustCompile(`从[^，]*(?:基金|资金|经费|结余)[^，]*中[^，]{0,4}(?:筹集|提取|拿出|安排|列支|计提|划转|支出)$`)
	decreedRE  = regexp.MustCompile(`(?:出台|制定|印发|修订)[^，]*(?:政策|文件|措施|制度|意见|办法|方案|规划|法规|细则|标准)(?:共|约|近)?$`)
	grantedRE  = regexp.MustCompile(`(?:发放|兑现|拨付|支出|安排|落实|减免|返还)[^，每按最超准]*$`)
	meetingsRE = regexp.MustCompile(`(?:召开|研究|调度|督查|督导|通报|会商|例会|调研)[^，]{0,8}$`)
	tariffRE   = regexp.MustCompile(`(?:[^消]费率|税率|利率|贴息率)$`)
	coveredRE  = regexp.MustCompile(`^\p{Han}{0,12}全覆盖`)
	// What a plan consists of is no target: 实施4个专项计划, 推出20项民心工程.
	ownEndRE    = regexp.MustCompile(`(?:专项|民生|民心|惠民|利民|便民|重点|重大)\p{Han}*工程$|(?:计划|行动|方案|措施|指标|目标|实事|政策|举措|领域)$`)
	ownSizeRE   = regexp.MustCompile(`(?:占地|面积|投资|总投资|建筑面积)$`)
	inRE        = regexp.MustCompile(`^的\p{Han}{0,4}(?:村|社区|乡镇|街道|镇|县|区|企业|单位|园区|学校|院校)`)
	stateRE     = regexp.MustCompile(`^(?:已|正在|全部|均)`)
	calendarRE  = regexp.MustCompile(`^(?:19|20)\d\d$`)
	overAllRE   = regexp.MustCompile(`^(?:均|都)?(?:超过?|高于|低于|优于|好于)(?:全[国省市区]|[省市]|年度?|目标|计划|任务|控制|既定|同期|国家)`)
	pacedRE     = regexp.MustCompile(`^(?:左右|以上)?(?:的(?:速度|比例|幅度))?(?:逐年)?(?:递增|增加|增长)`) // 按8%逐年增加
	notOfRE     = regexp.MustCompile(`^(?:[和、，]|$)`)
	exitRE      = regexp.MustCompile(`摘帽|退出|脱贫|达标`)
	bulkProject = regexp.MustCompile(`^\p{Han}{2,20}(?:等)?(?:重点|重大)?项目(?:建设)?`)
	bulkUnit    = map[string]bool{"吨": true, "万吨": true, "千瓦": true, "万千瓦": true, "兆瓦": true}
	eachAreaRE  = regexp.MustCompile(`每(?:个|处|所|家|间|座)[^，]{0,6}面积$`)
	setRE       = regexp.MustCompile(`(?:标准|额|水平|金)(?:均|要)?(?:不低于|不少于|达到)$`) // 人均补助额不低于180元
	underRE     = regexp.MustCompile(`(?:不足|未满|不满)$`)
	lastYearRE  = regexp.MustCompile(`^[比较](?:上|去)`)
	whereRE     = regexp.MustCompile(`^[^，]{1,30}的\p{Han}{0,4}(?:村|社区|乡镇|街道|镇|县|区|企业|单位|园区|学校|院校)(?:都|均|各|要|应|全部|至少|必须)`)
	floatRE     = regexp.MustCompile(`(?:上浮|下浮|给予|减按|按照?)$`)
)

// bareEnd is what stands before a number without its linkers.
func bareEnd(pre string) string {
	rest, _ := strip(pre)
	return rest
}

// measured drops the numbers that date, order or say an age.
func measured(s string, c clause, in []quantity) []quantity {
	out := in[:0]
	for _, q := range in {
		pre := s[c.a:q.a]
		switch {
		case q.unit == "年" && calendarRE.MatchString(q.value): // 2025年人均预期寿命
		case q.unit == "岁" && !ageRE.MatchString(pre): // 35岁以下大学生
		case noMeasure[q.unit] && !measures(s, c, q, out):
		default:
			if q.unit == "万" && peopleRE.MatchString(bareEnd(pre)) {
				q.unit = "万人" // 劳动力人数保持在2400万左右
			}
			out = append(out, q)
		}
	}
	return out
}

// measures reports whether a number counts something although its unit mostly does not; out are those before it.
func measures(s string, c clause, q quantity, out []quantity) bool {
	pre, behind := s[c.a:q.a], s[q.b:c.b]
	before := bareEnd(pre)
	switch {
	case daysRE.MatchString(before), limitRE.MatchString(pre) && doneInRE.MatchString(behind):
		return true
	case q.unit == "年":
		return ageRE.MatchString(s[c.a:c.b]) || strings.Contains(pre, "分别") && notOfRE.MatchString(behind)
	case q.unit == "万":
		return verbEnd.MatchString(pre) || peopleRE.MatchString(before) || somePeople.MatchString(behind) ||
			strings.HasSuffix(pre, "、") && len(out) > 0 && out[len(out)-1].unit == "万"
	}
	return false
}

// spot is a number with what stands before and behind it in its clause, and what the sentence counted last.
type spot struct {
	s         string
	c         clause
	q         quantity
	pre, post string
	last      spoken
}

// ignored reports whether a number is no target.
func (x spot) ignored() bool {
	return x.ownPart() || x.paid() || x.compared() || x.condition() || x.property() || x.pace()
}

// clause is the whole clause of the number.
func (x spot) clause() string { return x.s[x.c.a:x.c.b] }

// in reports whether the number's unit is one of those.
func (x spot) in(units ...string) bool { return slices.Contains(units, x.q.unit) }

// ownPart reports a count of what a plan or its work consists of.
func (x spot) ownPart() bool {
	switch {
	case x.in("项", "个", "次", "件") && listNoun.MatchString(x.post) && !exitRE.MatchString(x.post) && !levelRE.MatchString(x.post) && (!verbEnd.MatchString(x.pre) || ownItems.MatchString(x.post)):
	case x.in("项", "个", "件", "大") && ownEndRE.MatchString(nounOf(x.post)):
	case x.in("项", "个", "件", "部") && decreedRE.MatchString(x.pre):
	case x.in("项", "件") && stateRE.MatchString(x.post):
	case x.in("条") && measureRE.MatchString(x.post):
	case towardRE.MatchString(x.clause()) && !anyVerb.MatchString(towardRE.ReplaceAllString(x.s[x.c.a:x.q.a], "")): // 围绕12个产业和107个集群
	case x.q.a-x.c.a < 300 && asHeadRE.MatchString(x.pre) && asRE.MatchString(x.post[:min(len(x.post), 150)]): // 以7600名残疾人为主要对象; 将160个县作为重点
	case growingRE.MatchString(x.pre) && developRE.MatchString(x.post):
	default:
		return false
	}
	return true
}

// paid reports an amount given to each, where money comes from, and rates and shares of what is paid.
func (x spot) paid() bool {
	before := bareEnd(x.pre)
	if money(x.q.unit) && !liftRE.MatchString(x.pre) {
		further := money(x.last.unit) && !strings.ContainsAny(x.pre, "每最超")
		if paidRE.MatchString(before) || payRE.MatchString(x.pre) && !grantedRE.MatchString(x.pre) && !setRE.MatchString(x.pre) && !further && !fundRE.MatchString(before) {
			return true
		}
	}
	switch {
	case money(x.q.unit) && sourceRE.MatchString(before):
	case x.in("%") && tariffRE.MatchString(before):
	case x.in("%") && strings.HasPrefix(x.post, "的") && shareRE.MatchString(x.pre):
	case x.in("%", "倍") && !pacedRE.MatchString(x.post) && baseOfRE.MatchString(x.pre):
	case !pacedRE.MatchString(x.post) && floatRE.MatchString(x.pre):
	case strings.HasSuffix(x.pre, "支持") && sideRE.MatchString(x.post):
	default:
		return false
	}
	return true
}

// compared reports a number that only holds the one before against a plan, a year or other areas.
func (x spot) compared() bool {
	behind := x.last.name != ""
	switch {
	case behind && overAllRE.MatchString(x.pre): // 超过全市就业率4个百分点
	case behind && heldRE.MatchString(x.clause()): // 3.8%，低于5%的控制目标
	case behind && !ratio(x.q.unit) && thanYearRE.MatchString(x.pre) && lastYearRE.MatchString(x.pre): // 投入61亿元，比上年增加11亿元
	case x.in("%") && !pacedRE.MatchString(x.post) && ofPlanRE.MatchString(x.pre):
	case shareOf.MatchString(x.post) && x.q.b < x.c.b: // 完成目标150万人的131%
	default:
		return false
	}
	return true
}

// condition reports for whom or what something is done, and when it holds.
func (x spot) condition() bool {
	people := strings.ContainsAny(x.q.unit, "万亿") && strings.Contains(x.q.unit, "人")
	switch {
	case ifTail.MatchString(x.post) && (x.q.after != "" || overRE.MatchString(x.pre)) && !people && !reachRE.MatchString(x.pre) && partName(x.q, x.pre, x.post) == "": // 吸纳3人以上的企业
	case sizedRE.MatchString(x.s[x.q.b:x.c.b]): // 1万名老人以上的街镇; 200张床位以上的机构
	case underRE.MatchString(x.pre) && x.q.after == "" && wordsCount(x.post) > 4: // 面积不足16平方米家庭
	case forWhom.MatchString(x.clause()) && areasRE.MatchString(x.post): // 为全县155个村开发岗位
	case areasRE.MatchString(x.post) && coveredRE.MatchString(x.post):
	case eachOfRE.MatchString(x.post): // 62个帮扶县每县建成1个
	case x.q.after != "" && (bare(x.pre) == "" || x.pre == "在") && whereRE.MatchString(x.post): // 10名以上老人的行政村都建有
	case x.q.after != "" && x.pre == "在" && inRE.MatchString(x.post):
	case strings.HasSuffix(x.pre, "与"), withRE.MatchString(x.post):
	default:
		return false
	}
	return true
}

// property reports the size of one thing: 占地3万平方米的公园; 1个中心，面积1000平方米; 推进100万千瓦光伏项目建设.
func (x spot) property() bool {
	before := bareEnd(x.pre)
	return ownSizeRE.MatchString(before) && strings.HasPrefix(x.post, "的") || eachAreaRE.MatchString(before) ||
		x.last.value == "1" && strings.HasSuffix(x.pre, "面积") || bulkUnit[x.q.unit] && bulkProject.MatchString(x.post)
}

// pace reports how often work is done, a milestone within a year, honours: 每季度1次, 召开联席会议4次, 6月底前.
func (x spot) pace() bool {
	often := x.in("次", "轮") && (oftenRE.MatchString(x.pre) || meetingsRE.MatchString(x.pre)) || x.in("次") && meetRE.MatchString(x.pre)
	honour := x.in("次") && (strings.HasPrefix(x.post, "受到") || strings.HasPrefix(x.post, "荣获"))
	return often || honour || eachRE.MatchString(x.pre) || monthRE.MatchString(x.pre)
}

// money reports whether a unit is of money: 万元, 元/年.
func money(unit string) bool { return strings.HasSuffix(unit, "元") || strings.Contains(unit, "元/") }

var (
	rateEnd   = regexp.MustCompile(`(?:率|比|比例|比重|占|占比|程度|水平|平均|达|达到|超过|为|在|至|到|于|按|按照|给予|补贴|提高|降低|增长|下降)$`)
	partOfRE  = regexp.MustCompile(`^的(\p{Han}{1,10}(?:\([^()]*\))?(?:达到|设立|建立|实现|建成|参加|开展|配备|拥有|具备|通过|完成|纳入|创建|建有|取得|获得|接受|参与)[^，。；：、]{2,24})$`)
	someDoRE  = regexp.MustCompile(`^\p{Han}{2,14}(?:纳入|建立|开展|实现|参加|接受|创建|配备)\p{Han}{2,14}$`)
	spentRE   = regexp.MustCompile(`^(?:用于|由|来自|以上|以下|集中|投入)`)
	partStart = regexp.MustCompile(`[，。；：、]`)
)

// partName is the thing behind a share that does something: 95%以上的社区设立服务平台; "" where the share is not of it.
func partName(q quantity, pre, post string) string {
	if q.unit != "%" || rateEnd.MatchString(pre) {
		return ""
	}
	if i := partStart.FindStringIndex(outside(post)); i != nil {
		post = post[:i[0]]
	}
	if m := partOfRE.FindStringSubmatch(post); m != nil {
		return m[1]
	}
	if bare(pre) == "" && (doesFirst.MatchString(post) || someDoRE.MatchString(post)) && !spentRE.MatchString(post) {
		return post // 60%中小学纳入集团化管理
	}
	if name := strings.TrimPrefix(post, "的"); q.after != "" && bare(pre) == "" && wordsCount(name) >= 6 && !spentRE.MatchString(name) {
		return name // 75%以上科技人员落户企业
	}
	return ""
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
