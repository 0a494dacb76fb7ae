package person

import (
	"cmp"

	"jiuye/internal/ground/db"
)

// Need is what somebody said on one day of ability, will, wishes and training (the five items of the survey of resettled
// labour: 人数、就业能力、就业需求、就业意愿、职业培训需求), and what they do at present. Later answers stand beside earlier ones.
type Need struct {
	PersonID int64
	Key      string // idempotency key: an answer that comes twice is stored once
	Asked    db.Date
	KnownAt  int64  // unix ms, when it reached the register
	Source   string // see NeedSources
	ByID     int64  // the account that wrote it down, 0 when not known
	ByName   string

	Resident, Able, Willing, Train *bool // nil: not said

	Skill, Occupation string
	Pay               int64  // wished for, fen a month; 0: not said
	Place             string // see NeedPlaces
	Training          string
	Obstacle          string // see NeedObstacles
	Doing             string // see NeedDoings
	DoingAt           string
	Note              string
}

// later orders answers: by the day, then by when they reached the register, then by key.
func (n *Need) later(than *Need) bool {
	return cmp.Or(n.Asked.Compare(than.Asked.Time), cmp.Compare(n.KnownAt, than.KnownAt), cmp.Compare(n.Key, than.Key)) > 0
}

// Choice is one value of a coded item.
type Choice struct{ Code, Zh, En string }

// Text is the value's name in one of the two languages.
func (c Choice) Text(english bool) string {
	if english {
		return c.En
	}
	return c.Zh
}

// NeedSources are the ways an answer comes.
var NeedSources = []Choice{
	{"visit", "入户", "Home visit"}, {"phone", "电话", "Telephone"}, {"desk", "窗口", "Service desk"}, {"self", "本人填报", "Own report"}, {"list", "名单核查", "List check"},
}

// NeedPlaces are where somebody would work.
var NeedPlaces = []Choice{
	{"village", "本嘎查村（社区）附近", "Near the village"}, {"banner", "本旗县", "In the banner"}, {"league", "本盟市", "In the league"},
	{"region", "区内其他盟市", "Elsewhere in the region"}, {"outside", "自治区外", "Outside the region"},
}

// NeedObstacles are what stands in the way of work.
var NeedObstacles = []Choice{
	{"none", "没有", "Nothing"}, {"care", "要照顾老人孩子", "Care of family"}, {"health", "身体原因", "Health"}, {"skill", "没有技能", "No skill"}, {"age", "年龄偏大", "Age"},
	{"herd", "离不开牲畜、农活", "Herd or fields"}, {"far", "离家远、交通不便", "Distance"}, {"pay", "工资低", "Low pay"}, {"other", "其他", "Other"},
}

// NeedDoings are what somebody does at present.
var NeedDoings = []Choice{
	{"herd", "在家务农牧", "Farming or herding"}, {"unit", "在单位上班", "Employed by a unit"}, {"away", "外出务工", "Working away"}, {"flexible", "打零工、灵活就业", "Casual or flexible work"},
	{"self", "自己经营", "Own business"}, {"post", "公益性岗位", "Public-welfare post"}, {"study", "上学、培训", "Study or training"}, {"home", "料理家务", "Keeping house"}, {"none", "没有工作", "Without work"},
}

// ChoiceOf finds a value by its code; ok is false for "" and unknown codes.
func ChoiceOf(list []Choice, code string) (Choice, bool) {
	for _, c := range list {
		if c.Code == code {
			return c, true
		}
	}
	return Choice{}, false
}

// NeedAbility is what a person's answers say today of ability and will, to work and to be trained, each with the day of
// the latest answer to it. The days let a projection set it beside what registrations say, which say nothing of training.
type NeedAbility struct {
	Able, Willing, Train *bool
	AbleOn, WillingOn    db.Date // zero: not said
}

// AbilityFromNeeds folds answers of one person, in any order. It is pure: the same answers always give the same.
func AbilityFromNeeds(list []Need) (a NeedAbility) {
	var able, willing, train *Need
	for i := range list {
		n := &list[i]
		if n.Able != nil && (able == nil || n.later(able)) {
			able = n
		}
		if n.Willing != nil && (willing == nil || n.later(willing)) {
			willing = n
		}
		if n.Train != nil && (train == nil || n.later(train)) {
			train = n
		}
	}
	if able != nil {
		a.Able, a.AbleOn = able.Able, able.Asked
	}
	if willing != nil {
		a.Willing, a.WillingOn = willing.Willing, willing.Asked
	}
	if train != nil {
		a.Train = train.Train
	}
	return a
}
