package madeup

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"jiuye/internal/engine/identity"
)

// EmployerOptions say how large a made-up register of employers is and how many of its records show their code.
type EmployerOptions struct {
	Records, Employers int
	Seed               uint64
	Codes              float64
}

// EmployerTitles are the columns; 单位 is the truth.
var EmployerTitles = []string{"记录号", "单位名称", "统一社会信用代码", "法定代表人", "联系电话", "所在地区划代码", "地址", "行业代码", "成立日期", "单位"}

type employer struct {
	place, brand, trade, form, branch string // the name, in parts
	code, legal, phone, industry      string
	at                                place
	founded                           time.Time
}

// Employers gives the register row by row in random order: places before names left out, legal forms written in another way,
// branches beside their firms, legal persons and addresses that have changed.
func Employers(o EmployerOptions, yield func([]string) bool) {
	m := &maker{Rand: rand.New(rand.NewPCG(o.Seed, 0x6477)), byEar: map[string][]string{}, sound: map[string]string{}, seq: map[string]int{}}
	m.learn()
	list := make([]employer, 0, o.Employers)
	for len(list) < o.Employers {
		e := m.employer()
		list = append(list, e)
		if strings.HasSuffix(e.form, "公司") && m.IntN(12) == 0 { // one or two branches
			for k := range min(1+m.IntN(2), o.Employers-len(list)) {
				list = append(list, m.branch(e, k))
			}
		}
	}
	owners := make([]int32, o.Records)
	for i := range owners {
		owners[i] = int32(i)
		if i >= len(list) {
			owners[i] = int32(m.IntN(len(list)))
		}
	}
	m.Shuffle(len(owners), func(i, j int) { owners[i], owners[j] = owners[j], owners[i] })
	for i, owner := range owners {
		if !yield(m.entry(i, int(owner), &list[owner], o.Codes)) {
			return
		}
	}
}

func (m *maker) employer() employer {
	man := m.IntN(3) > 0
	e := employer{at: m.anywhere(), trade: trades[min(m.zipf(len(trades)), len(trades)-1)], form: forms[min(m.zipf(len(forms)), len(forms)-1)],
		legal: m.name(m.surname(), man, m.Float64() < .18), phone: m.phone(), founded: day(1998+m.IntN(27), m.IntN(365))}
	e.industry = fmt.Sprintf("%02d%02d", 1+m.IntN(90), 10+m.IntN(20))
	brand := brandChars[m.IntN(len(brandChars))] + brandChars[m.IntN(len(brandChars))]
	if m.IntN(4) == 0 {
		brand += brandChars[m.IntN(len(brandChars))]
	}
	e.brand, e.code = brand, m.creditCode(e.at.code[:6])
	e.place = []string{"内蒙古", e.at.banner(), e.at.league(), ""}[m.IntN(4)]
	return e
}

// branch is another employer with its parent's name and its own code, place and head.
func (m *maker) branch(parent employer, k int) employer {
	e := parent
	e.at, e.legal, e.phone, e.founded = m.anywhere(), m.name(m.surname(), true, false), m.phone(), parent.founded.AddDate(1+m.IntN(5), 0, m.IntN(300))
	e.code, e.branch = m.creditCode(e.at.code[:6]), e.at.banner()+"分公司"
	if k > 0 {
		e.branch = []string{"第一分公司", "第二分公司"}[m.IntN(2)]
	}
	return e
}

// creditCode makes a code with the right check character that nobody else has.
func (m *maker) creditCode(region string) string {
	m.seq["code"]++
	return identity.MakeCreditCode('9', '1', region, m.seq["code"])
}

// entry writes down an employer as some office did.
func (m *maker) entry(i, owner int, e *employer, codes float64) []string {
	place, form, brand, trade := e.place, e.form, e.brand, e.trade
	if other := otherForm[form]; other != "" && m.IntN(7) == 0 {
		form = other
	}
	switch m.IntN(10) {
	case 0, 1:
		place = ""
	case 2:
		place = "(" + place + ")"
		if place == "()" {
			place = e.at.banner()
		}
	}
	if m.IntN(20) == 0 {
		brand = m.ear(brand, false)
	} else if m.IntN(50) == 0 {
		brand = m.slip(brand)
	}
	name := place + brand + trade + form + e.branch
	if e.branch == "" && m.IntN(25) == 0 {
		name = place + brand + trade
	}
	legal, phone, at, founded, industry, code := e.legal, e.phone, e.at, e.founded.Format(time.DateOnly), e.industry, ""
	if m.IntN(25) == 0 {
		legal = m.ear(legal, false)
	} else if m.IntN(12) == 0 {
		legal = m.name(m.surname(), true, false)
	}
	switch m.IntN(20) {
	case 0, 1, 2, 3, 4, 5:
		phone = ""
	case 6, 7, 8:
		phone = m.phone()
	}
	if m.IntN(8) == 0 {
		at = m.anywhere()
	}
	if m.IntN(5) < 2 {
		founded = ""
	}
	if m.IntN(10) == 0 {
		industry = industry[:2] + "90"
	}
	if m.Float64() < codes {
		code = e.code
		if m.IntN(50) == 0 {
			k := 8 + m.IntN(9)
			code = code[:k] + string('0'+(code[k]-'0'+1+byte(m.IntN(8)))%10) + code[k+1:]
		}
	}
	return []string{fmt.Sprintf("U%07d", i+1), name, code, legal, phone, at.code, m.writeOut(at.text), industry, founded, fmt.Sprintf("E%06d", owner)}
}

// league and banner are the names in a place's address.
func (p place) league() string {
	for _, l := range leagues {
		if strings.HasPrefix(p.text, l) {
			return l
		}
	}
	return ""
}

func (p place) banner() string {
	rest := strings.TrimPrefix(p.text, p.league())
	for _, b := range bannerWords {
		if strings.HasPrefix(rest, b) {
			return b
		}
	}
	return ""
}

var trades = strings.Fields("商贸 家政服务 餐饮 建筑工程 运输 装饰装修 农牧业 物业服务 信息技术 劳务 超市 汽车维修 药店 农资 文化传媒 畜牧养殖 旅游 广告 矿业 新能源 食品 洗浴 美容美发 电子科技 服装 五金建材 驾驶培训 幼儿园 物流 机械设备租赁")
var forms = strings.Fields("有限公司 有限责任公司 店 经营部 中心 专业合作社 股份有限公司 商行 服务部")
var otherForm = map[string]string{"有限公司": "有限责任公司", "有限责任公司": "有限公司", "店": "经营部", "经营部": "店", "专业合作社": "农牧民专业合作社", "服务部": "经营部", "商行": "商店"}
var brandChars = strings.Split("安康鑫源盛达恒泰宏宇天博瑞丰华信诚德隆兴旺吉祥和顺金草绿野北疆塞蒙牧青城万嘉美佳益民众联合利通汇丰裕聚福永昌腾飞远航光明星月阳晨曦新时代", "")
