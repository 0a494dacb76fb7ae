package jobs

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Objection is a condition in an advert that the law forbids.
type Objection struct {
	Phrase string // the words as they stand in the advert
	What   string // what must not be limited: 性别
	Law    string // the article
}

// Text says in one sentence where it stands, why it must not, and what to do.
func (o Objection) Text(field string) string {
	return fmt.Sprintf("%s里写了“%s”。法律不允许限制%s，请删去（%s）", field, o.Phrase, o.What, o.Law)
}

// ban is one kind of words that an advert must not contain.
type ban struct {
	words     *regexp.Regexp
	what, law string
}

// allowed are words that look like a condition and are none: they open the door, name a benefit, or repeat the law.
var allowed = regexp.MustCompile(`(男女|性别|年龄|民族|户籍|户口|婚育|婚姻|婚否|地域)(均可|不限|都可|皆可)|不限(男女|性别|年龄|民族|户籍|户口|婚育|婚姻|地域)` +
	`|[1-9]?\d\s*(至|到|-|～)?\s*([1-9]?\d)?\s*周?岁(以上|以下|以内|及以上)?的?(老人|老年人|儿童|幼儿|婴幼儿|孩子|小孩|学生|患者)|年满\s*1[68]\s*周?岁(以上)?|生育(保险|津贴|假)|婚(假|育假)|(陪)?产假|育儿假|女职工(保护|权益|特殊保护|体检|福利)|不(要求|查|检测?)(乙肝|两对半)`)

// bans are read in this order; 就业促进法 is 中华人民共和国就业促进法 (2015 amendment).
var bans = []ban{
	{regexp.MustCompile(`(限|仅限|只限|只招|仅招|只要|限招|不招|不要)\s*(男|女)(性|士|生|工|员工|职工)?|(招聘?|需要?|要求)\s*(男|女)(性|士|生|工|员工|职工)` +
		`|(男|女)(性|士|生|工)?\s*(优先|勿扰|勿投|不要|免谈|者优先)|[（(【\[]\s*(男|女)(性|士|生)?\s*[)）】\]]|性别[:：]?\s*(男|女)`),
		"性别", "《就业促进法》第二十七条"},
	{regexp.MustCompile(`(限|要求|须|需)?(未婚|已婚|未育|已育|已婚已育|未婚未育|婚育)(未育|已育|者|女性|状况)*\s*(优先|者优先|勿扰|不要)?|不(得|准|许)?(怀孕|结婚|生育)|[孕验]检|验孕|怀孕(者)?(勿扰|不要|不招)`),
		"婚姻和生育情况", "《就业促进法》第二十七条"},
	{regexp.MustCompile(`(限|仅限|只限|只招|仅招|只要|不招|不要)\s*(非)?[\p{Han}]{1,5}族(人)?|汉族\s*(人)?优先|[\p{Han}]{1,5}族(人)?\s*(勿扰|勿投|不要|免谈)|少数民族(勿扰|不要|除外)|(信教|有宗教信仰|宗教信仰)(者|人员)?(勿扰|不要|不招|除外)|(不招|不要)(信教|有宗教)`),
		"民族和宗教信仰", "《就业促进法》第三条、第二十八条"},
	{regexp.MustCompile(`(不招|不要|拒收)\s*残疾|残疾(人|者|人员)?\s*(勿扰|勿投|不要|不招|免谈|除外)|(无|非)残疾`),
		"残疾人", "《就业促进法》第二十九条"},
	{regexp.MustCompile(`乙肝(病毒)?(携带)?(者)?(勿扰|不要|不招|除外)?|两对半|大三阳|小三阳|(?i:HBV)|艾滋病?|传染病(病原)?携带(者)?`),
		"传染病病原携带者", "《就业促进法》第三十条"},
	{regexp.MustCompile(`(限|仅限|只限|只招|仅招|只要|须|需|要求)?\s*(本地|当地|本旗|本市|本盟|本县|本省|本区|城镇|城市|非农业?)\s*(户口|户籍)(者)?(优先)?|(限|仅限|只限|只招|仅招|只要)\s*(本地|当地|本旗|本市|本盟)人` +
		`|(外地|外省|外来|农村|农民|农业户口)[\p{Han}]{0,4}(勿扰|勿投|不要|不招|免谈|除外)|(不招|不要)\s*(外地|外省|农村|农民)`),
		"户籍和地域", "《就业促进法》第三十一条、《人力资源市场暂行条例》第二十四条"},
	{regexp.MustCompile(`(年龄)?\s*(限|要求|不超过|不大于|在)?\s*[1-6]\d\s*(周)?岁?\s*(-|—|–|~|～|至|到)\s*[1-6]\d\s*(周)?岁|(年龄)?\s*(限|不超过|不大于|小于|在)?\s*[1-6]\d\s*(周)?岁\s*(以下|以内|及以下|以上|左右|内)?|[6-9]0\s*后|[0１]0\s*后|年龄(要求|限制|[:：]\s*\d)|年轻(人|者)?优先`),
		"年龄", "《就业促进法》第二十六条"},
	{regexp.MustCompile(`(限|不要|不招|忌)?\s*(属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|属相|生肖|星座|血型|(白羊|金牛|双子|巨蟹|狮子|处女|天秤|天蝎|射手|摩羯|水瓶|双鱼)座?)(者)?(的)?\s*(优先|勿扰|不要|不招)?`),
		"与工作无关的条件", "《就业促进法》第二十六条"},
}

// Objections lists what an advert's text must not say, in the order in which it stands there.
func Objections(text string) []Objection {
	// What is allowed is blanked out, so that it can neither be found nor be part of a find.
	text = allowed.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("　", len([]rune(s))) })
	type found struct {
		at int
		Objection
	}
	var list []found
	for _, b := range bans {
		for _, at := range b.words.FindAllStringIndex(text, -1) {
			phrase := strings.Trim(text[at[0]:at[1]], " 　（()）【】[]，,。；;")
			list = append(list, found{at[0], Objection{Phrase: phrase, What: b.what, Law: b.law}})
		}
	}
	slices.SortStableFunc(list, func(a, b found) int { return a.at - b.at })
	var out []Objection
	for _, f := range list {
		if f.Phrase != "" && !slices.Contains(out, f.Objection) {
			out = append(out, f.Objection)
		}
	}
	return out
}
