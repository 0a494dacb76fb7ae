package jobs

import (
	"slices"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
)

// Application is one person's application for one vacancy.
type Application struct {
	PersonID   int64
	VacancyID  int64
	EmployerID int64
	State      State
	Note       string
	ReferredBy int64 // account of the officer who referred the person; 0: nobody did
	CreatedAt  int64 // unix ms
	UpdatedAt  int64
	Version    int64
	Reason     string // code of why it ended, "" while it goes on
}

// Reason is why an application ended: a code for counting, and its words.
type Reason struct {
	Code, Zh, En string
	Told         bool // needs words besides
}

// Reasons are the reasons that each side may give, and those of the program. There is none about sex, age, origin, marriage or
// health: nobody may be refused for these (就业促进法第三章).
var Reasons = map[Side][]Reason{
	Employer: {
		{"skill", "技能与岗位要求不符", "skills do not match", false},
		{"experience", "工作经历与岗位要求不符", "experience does not match", false},
		{"education", "学历或资格证书与岗位要求不符", "schooling or certificate does not match", false},
		{"pay", "工资待遇没有谈妥", "no agreement about pay", false},
		{"time", "到岗时间或班次对不上", "time of work does not fit", false},
		{"filled", "岗位已招满", "all places are taken", false},
		{"absent", "约好的面试没有来", "did not come to the interview", false},
		{"unreachable", "多次联系不上", "could not be reached", false},
		{"other", "其他原因", "another reason", true},
	},
	Person: {
		{"work", "已经找到工作", "has found work", false},
		{"pay", "工资待遇不合适", "pay does not fit", false},
		{"distance", "离家太远", "too far from home", false},
		{"content", "工作内容与说的不一样", "the work is not what was said", false},
		{"time", "工作时间不合适", "hours do not fit", false},
		{"family", "家里有事", "family matters", false},
		{"other", "其他原因", "another reason", false},
	},
	Program: {
		{"hired", "已在别处录用", "hired elsewhere", false},
		{"silent", "单位超过期限没有答复", "the employer did not answer in time", false},
		{"noanswer", "本人超过期限没有确认", "the person did not answer in time", false},
		{"over", "岗位已停止招聘", "the vacancy is closed", false},
	},
}

// reasonText is a reason's words, "" for none.
func reasonText(language, code string) string {
	for _, side := range []Side{Program, Employer, Person} {
		if at := slices.IndexFunc(Reasons[side], func(r Reason) bool { return r.Code == code }); at >= 0 && code != "" {
			if language == lang.English {
				return Reasons[side][at].En
			}
			return Reasons[side][at].Zh
		}
	}
	return ""
}

// checkReason says what is wrong with the reason that a side gives for a state.
func checkReason(by Side, to State, code, note string) error {
	at := slices.IndexFunc(Reasons[by], func(r Reason) bool { return r.Code == code })
	switch {
	case by == Employer && to == Declined && code == "":
		return fault.New(fault.Invalid, "不录用要选一个原因，应聘人会看到。请选择后再提交")
	case code != "" && at < 0:
		return fault.New(fault.Invalid, "没有“%s”这个原因，请从列出的原因中选择", code)
	case code != "" && Reasons[by][at].Told && note == "":
		return fault.New(fault.Invalid, "选了“%s”，请在“给应聘人的话”里写明是什么原因", Reasons[by][at].Zh)
	}
	return nil
}
