package rank

import (
	"fmt"
	"strings"
)

// Reason says one thing for or against a vacancy, to the person it is shown to.
type Reason struct {
	For    bool
	Zh, En string
}

// Ground is a reason as a database keeps it: the key of its wording, then what fills it.
type Ground []string

type wording struct {
	favour bool
	zh, en string
}

// wordings are what each ground says; %s takes the ground's values in their order.
var wordings = map[string]wording{
	"bar.young":  {false, "法律禁止未满 18 周岁的人从事这类工作", "Work that the law forbids to people under 18"},
	"bar.floor":  {false, "最高工资 %s 元，低于您的底线 %s 元", "Pays %s yuan at most, less than the %s you accept"},
	"bar.hours":  {false, "工时是“%s”，不是您能接受的", "Working time is “%s”, which does not suit you"},
	"bar.radius": {false, "超出您能去的 %s 公里", "Farther than the %s km you go"},
	"bar.paper":  {false, "必须持有“%s”，登记中没有", "“%s” is required, and none is on record"},
	"bar.school": {false, "岗位要求%s，您登记的是%s，相差较多", "%s required, yours is on record as %s: too far below"},

	"wish":        {true, "正是您想找的工种", "The very occupation you look for"},
	"wish.kin":    {true, "与您想找的“%s”同属“%s”", "Of the same class (“%[2]s”) as the “%[1]s” you look for"},
	"wish.far":    {false, "与您想找的“%s”只同属大类“%s”", "Only the wide class (“%[2]s”) in common with the “%[1]s” you look for"},
	"wish.other":  {false, "与您想找的“%s”不是一类工作", "Another kind of work than the “%s” you look for"},
	"wish.uncode": {false, "您想找的“%s”还没有对应到职业分类，按经历和条件推荐", "The “%s” you look for is not in the classification yet"},

	"certified":     {true, "您有“%s”证书", "You hold a certificate as “%s”"},
	"certified.kin": {true, "您有相近的“%s”证书", "You hold a related certificate, “%s”"},
	"trained":       {true, "您参加过“%s”培训", "You took a course in “%s”"},
	"trained.kin":   {true, "您参加过相近的“%s”培训", "You took a related course, “%s”"},
	"past":          {true, "您做过“%s”", "You have worked as “%s”"},
	"past.kin":      {true, "您做过相近的“%s”", "You have done related work, “%s”"},
	"past.moves":    {true, "做过“%s”的人转做这类工作的，是平均的 %s 倍", "People who worked as “%s” move to this kind of work %s times as often as others"},

	"experience":       {true, "要求 %s 个月经验，您有 %s 个月", "%s months of experience asked for, you have %s"},
	"experience.short": {false, "要求 %s 个月经验，登记的有 %s 个月", "%s months of experience asked for, %s on record"},

	"skills":     {true, "岗位要的技能您会 %s 项：%s", "You have %s of the skills asked for: %s"},
	"skills.new": {true, "可以学到 %s 项新技能：%s", "%s new skills to learn: %s"},

	"township": {true, "就在您住的苏木乡镇（街道）", "In your own township"},
	"banner":   {true, "在您住的旗县（市、区）", "In your own banner"},
	"near":     {true, "离您家约 %s 公里", "About %s km from your home"},
	"far":      {false, "离您家约 %s 公里，当天来回不便", "About %s km from your home, too far for every day"},
	"league":   {false, "不在您住的旗县（市、区）", "In another banner than yours"},

	"pay":       {true, "工资达到您的要求", "Pays what you ask for"},
	"pay.above": {true, "工资比您的要求高 %s 元以上", "Pays at least %s yuan more than you ask for"},
	"pay.upto":  {true, "工资最高能达到您的要求", "Can pay what you ask for"},
	"pay.below": {false, "工资比您的要求低 %s 元", "Pays %s yuan less than you ask for"},
	"pay.none":  {false, "没有写明工资，应聘前请先问清", "Pay is not stated: ask before you apply"},

	"education":      {true, "学历符合要求", "Your education is enough"},
	"education.any":  {true, "不要求学历", "No education required"},
	"education.gap":  {false, "岗位要求%s，您登记的是%s", "%s required, yours is on record as %s"},
	"education.over": {false, "只要求%s，您登记的是%s，学历用不上", "Only %s required, yours is on record as %s"},

	"contract":       {true, "合同 %s 个月", "A contract of %s months"},
	"contract.open":  {true, "无固定期限合同", "A contract without a fixed end"},
	"contract.short": {false, "合同只有 %s 个月", "A contract of only %s months"},
	"hours":          {false, "工时是“%s”，收入可能不稳", "Working time is “%s”: income may vary"},

	"fresh":   {true, "%s 天前发布或确认在招", "Posted or confirmed %s days ago"},
	"today":   {true, "今天发布或确认在招", "Posted or confirmed today"},
	"stale":   {false, "已有 %s 天没有更新，应聘前请先打电话问", "Not renewed for %s days: call before you apply"},
	"nobody":  {true, "招 %s 人，还没有人应聘", "%s openings, nobody has applied yet"},
	"crowd":   {false, "招 %s 人，已有 %s 人应聘", "%s openings, %s have applied"},
	"others":  {false, "已有 %s 人应聘", "%s have applied"},
	"invited": {true, "岗位注明欢迎重点群体", "Says that it welcomes key groups"},

	"listed": {true, "岗位是公开招聘的，可以先问清再决定", "Openly advertised: ask before you decide"},
	"unsaid": {false, "录用以面谈为准，试用期、加班和社会保险请当面问清", "Decided when you meet: ask about the trial period, overtime and insurance"},
}

// Reasons puts grounds into words, those for it first. A ground of a key that is no longer known is left out.
func Reasons(grounds []Ground) []Reason {
	list := make([]Reason, 0, len(grounds))
	for _, favour := range [...]bool{true, false} {
		for _, g := range grounds {
			if len(g) == 0 {
				continue
			}
			if w, ok := wordings[g[0]]; ok && w.favour == favour {
				list = append(list, Reason{For: favour, Zh: g.fill(w.zh, false), En: g.fill(w.en, true)})
			}
		}
	}
	return list
}

func (g Ground) fill(text string, english bool) string {
	if len(g) == 1 {
		return text
	}
	args := make([]any, len(g)-1)
	for i, v := range g[1:] {
		if english {
			v = inEnglish(v)
		}
		args[i] = v
	}
	return fmt.Sprintf(text, args...)
}

// fixed are words among a ground's values that have an English name; occupations stay as people wrote them.
var fixed = map[string]string{
	"研究生": "a master's degree", "大学本科": "a bachelor's degree", "大学专科": "a college diploma", "中等职业": "vocational school", "高中": "upper secondary school",
	"初中": "lower secondary school", "小学": "primary school", "未上学": "no schooling",
	"全日制": "full time", "倒班": "shifts", "非全日制": "part time", "季节性": "seasonal", "日结": "by the day", "弹性工时": "flexible", "见习实习": "internship",
}

func inEnglish(value string) string {
	if en, ok := fixed[value]; ok {
		return en
	}
	return strings.ReplaceAll(value, "、", ", ")
}

// third turns a sentence to the person into one about the person.
var third = strings.NewReplacer("yours", "theirs", "your ", "their ", "you ", "they ", "You ", "They ", "Your ", "Their ")

// About is the reason as it is told to somebody else: to the employer, or to an officer.
func (r Reason) About() Reason {
	return Reason{For: r.For, Zh: strings.ReplaceAll(r.Zh, "您", "本人"), En: third.Replace(r.En)}
}
