package rights

import (
	"time"

	"jiuye/internal/ground/lang"
)

// Purposes that need the person's consent.
const (
	Messages   = "messages"   // 政策和服务消息推送
	Candidates = "candidates" // 向用人单位推荐
	Unasked    = "unasked"    // 免申即享
	Sharing    = "sharing"    // 法定职责以外的跨部门共享
	Stories    = "stories"    // 创业案例公开
)

// Purpose is one thing personal data are used for, and the legal ground of it. Those that are not Optional rest on legal
// duty (《个人信息保护法》第十三条第一款第三项): they need no consent and cannot be withdrawn.
type Purpose struct {
	Code               string
	Optional           bool
	Zh, En             string
	WhatZh, WhatEn     string
	GroundZh, GroundEn string
}

// Purposes are all purposes, legal duty first.
var Purposes = []Purpose{
	{"register", false, "就业失业登记与公共就业服务", "Registration and public employment services",
		"登记就业、失业，核对参保和证件，办理职业介绍和职业指导", "Registering employment and unemployment, checking insurance and documents, placement and guidance",
		"《个人信息保护法》第十三条第一款第三项（履行法定职责）；《就业促进法》第三十五条", "PIPL art. 13(1)(3), legal duty; Employment Promotion Law art. 35"},
	{"screening", false, "补贴和扶持政策资格核对", "Checking who is entitled to support",
		"按政策条件逐人核对，防止漏发、错发", "Checking the conditions of each policy for everybody, so that nobody is missed or paid wrongly",
		"《个人信息保护法》第十三条第一款第三项（履行法定职责）；《就业促进法》第五十二条", "PIPL art. 13(1)(3), legal duty; Employment Promotion Law art. 52"},
	{"statistics", false, "就业统计与失业监测", "Statistics and monitoring",
		"汇总成数，不公布个人", "Added up to figures; no single person is published",
		"《个人信息保护法》第十三条第一款第三项（履行法定职责）", "PIPL art. 13(1)(3), legal duty; figures name nobody"},
	{Messages, true, "政策和服务消息推送", "Messages about policies and services",
		"用短信或站内消息告知可以申领的政策、培训和招聘会", "Messages about support, courses and fairs that fit",
		"《个人信息保护法》第十三条第一款第一项、第十四条（个人同意）；可随时撤回（第十五条）", "PIPL art. 13(1)(1) and 14, consent; withdrawn at any time (art. 15)"},
	{Candidates, true, "向用人单位推荐", "Recommending to employers",
		"把求职工种、文化程度和经历（不含姓名、证件号和电话）展示给招聘的单位", "Showing wished-for work, education and experience, without name and numbers, to employers who recruit",
		"《个人信息保护法》第十三条第一款第一项、第二十三条（向他人提供须单独同意）；可随时撤回（第十五条）", "PIPL art. 13(1)(1) and 23, separate consent; withdrawn at any time (art. 15)"},
	{Unasked, true, "免申即享", "Support without applying",
		"登记信息显示您符合条件时，不用申请，审批后直接发到您确认过的账户", "When the registers show that you qualify, support is approved and paid to the account you have confirmed, without an application",
		"《个人信息保护法》第十三条第一款第一项、第十四条（个人同意）；可随时撤回（第十五条）", "PIPL art. 13(1)(1) and 14, consent; withdrawn at any time (art. 15)"},
	{Sharing, true, "法定职责以外的跨部门共享", "Sharing between departments beyond legal duty",
		"把登记情况提供给工会、妇联、银行等，用于贷款、帮扶等自愿选择的服务", "Giving the registration to unions, federations or banks for services of the person's own choice",
		"《个人信息保护法》第十三条第一款第一项、第二十三条（单独同意）；可随时撤回（第十五条）", "PIPL art. 13(1)(1) and 23, separate consent; withdrawn at any time (art. 15)"},
	{Stories, true, "创业案例公开", "Publishing a founder's story",
		"把您的创业经历写进公开的案例库；撤回后案例当即撤下，文字删除", "Telling how you founded your business in the public collection; when you withdraw, the story is taken off at once and its words are deleted",
		"《个人信息保护法》第十三条第一款第一项、第二十五条（公开须单独同意）；可随时撤回（第十五条）", "PIPL art. 13(1)(1) and 25, separate consent to publication; withdrawn at any time (art. 15)"},
}

// purposeOf finds a purpose by its code.
func purposeOf(code string) (Purpose, bool) {
	for _, p := range Purposes {
		if p.Code == code {
			return p, true
		}
	}
	return Purpose{}, false
}

// in picks a text by language.
func in(language, zh, en string) string {
	if language == lang.English && en != "" {
		return en
	}
	return zh
}

// Channels are how somebody said yes or no.
var Channels = []string{"self", "window", "phone", "paper", "registration"}

// Consent is what somebody said of one purpose.
type Consent struct {
	PersonID int64
	Purpose  string
	Allowed  bool
	At       time.Time
	Channel  string // one of Channels
	ByID     int64  // account that wrote it down
	ByName   string
	Note     string
}
