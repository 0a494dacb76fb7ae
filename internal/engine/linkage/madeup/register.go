package madeup

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"strings"
	"time"

	"github.com/mozillazg/go-pinyin"

	"jiuye/internal/engine/identity"
)

// Options say how large and how bad a register is. Rates are shares of the records.
type Options struct {
	Records, People int
	Seed            uint64
	IDs             float64 // records that show their ID number
	Mix
}

// Mix are the rates of mistakes.
type Mix struct {
	Homophones float64 // a character of the name written by ear
	Wrong      float64 // a wrong character
	Birth      float64 // a mistake in the date of birth
	Moved      float64 // lives elsewhere now, often with another phone
	NoPhone    float64
}

// Sound reports whether all rates are between 0 and 1.
func (m Mix) Sound() bool {
	for _, rate := range []float64{m.Homophones, m.Wrong, m.Birth, m.Moved, m.NoPhone} {
		if !(rate >= 0 && rate <= 1) {
			return false
		}
	}
	return true
}

// IssueMix are the rates under which the engine is measured.
var IssueMix = Mix{Homophones: .08, Wrong: .02, Birth: .07, Moved: .18, NoPhone: .30}

// Issue is a register with the mistakes under which the engine is measured.
func Issue(records, people int) Options {
	return Options{Records: records, People: people, Seed: 1, Mix: IssueMix}
}

// Titles are the columns; 人 is the truth.
var Titles = []string{"记录号", "姓名", "性别", "出生日期", "证件号", "手机号", "居住地区划代码", "居住地址", "民族", "文化程度", "人"}

type person struct {
	name, phone, ethnic, school string
	man, mongol                 bool
	birth                       time.Time
	id                          string
	place                       place
}

type place struct {
	code string // 12 digits
	text string
}

type maker struct {
	*rand.Rand
	Options
	byEar map[string][]string // syllable → characters
	sound map[string]string
	wrong []string
	seq   map[string]int
}

// Rows gives the register row by row in random order: the cells of a row are in the order of Titles.
func Rows(o Options, yield func([]string) bool) {
	m := &maker{Rand: rand.New(rand.NewPCG(o.Seed, 0x6A69757965)), Options: o, byEar: map[string][]string{}, sound: map[string]string{}, seq: map[string]int{}}
	m.learn()
	people := m.people()
	owners := make([]int32, 0, o.Records) // every person once, the rest by chance
	for i := range min(o.People, o.Records) {
		owners = append(owners, int32(i))
	}
	for len(owners) < o.Records {
		owners = append(owners, int32(m.IntN(len(people))))
	}
	m.Shuffle(len(owners), func(i, j int) { owners[i], owners[j] = owners[j], owners[i] })
	for i, owner := range owners {
		if !yield(m.record(i, int(owner), &people[owner])) {
			return
		}
	}
}

// learn finds which characters of names sound alike.
func (m *maker) learn() {
	args := pinyin.NewArgs()
	seen := map[string]bool{}
	extra := strings.Split("玮苇炜伟卫蔚慰为维唯娜那纳英瑛颖莹盈盈迎芳方芬芸云允匀耘娟涓绢鹃俊峻骏军君均钧志智治致晓小筱笑霄明铭名鸣民敏闽建健剑见涛韬桃林琳霖临淋玲灵凌龄铃岭丽莉利力立励黎文雯闻纹雪学血静靖敬境婧晶精京经秀绣修霞侠夏燕艳彦雁宴红宏洪鸿虹弘海亥慧惠会卉辉晖挥超朝潮鹏朋飞菲非刚钢岗强蔷波博勃勇永咏泳杰洁捷婕峰锋丰风凤枫斌彬滨宾宇雨玉羽禹语梅美媚萍平屏苹桂贵春淳纯云荣容蓉嵘荔", "")
	for _, c := range append(append(append([]string{}, male...), female...), extra...) {
		if s := pinyin.LazyPinyin(c, args); len(s) == 1 && !seen[c] {
			seen[c] = true
			m.byEar[s[0]] = append(m.byEar[s[0]], c)
			m.sound[c] = s[0]
			m.wrong = append(m.wrong, c)
		}
	}
}

// zipf picks an index below n; low ones are commoner.
func (m *maker) zipf(n int) int {
	return int(math.Exp(m.Float64()*math.Log(float64(n)+1))) - 1
}

func (m *maker) surname() string {
	at := m.IntN(surnames[len(surnames)-1].upTo)
	return surnames[sort.Search(len(surnames), func(i int) bool { return surnames[i].upTo > at })].word
}

func (m *maker) name(surname string, man, mongol bool) string {
	if mongol {
		name := mongolian[m.IntN(len(mongolian))]
		if m.Float64() < .6 {
			name += mongolian[m.IntN(len(mongolian))]
		}
		return name
	}
	pool := female
	if man {
		pool = male
	}
	name := surname + pool[min(m.zipf(len(pool)), len(pool)-1)]
	if m.Float64() < .82 {
		name += pool[m.IntN(len(pool))]
	}
	return name
}

func (m *maker) place(league, banner int) place {
	town, village := min(m.zipf(16), 15), m.IntN(12)
	code := fmt.Sprintf("15%02d%02d%03d%03d", league+1, banner+21, town+1, village+1)
	h := (league*31+banner)*17 + town
	name := func(list []string, n int) string { return list[n%len(list)] }
	text := leagues[league] + name(bannerWords, league*7+banner) + name(townWords, h) + name(townForms, town) +
		name(villageWords, h*13+village) + name(villageForms, village) + fmt.Sprintf("%d号", 1+m.IntN(400))
	if town < 3 {
		text += fmt.Sprintf("楼%d单元%d室", 1+m.IntN(5), 101+100*m.IntN(6)+m.IntN(4))
	}
	return place{code, text}
}

func (m *maker) anywhere() place { return m.place(min(m.zipf(12), 11), min(m.zipf(9), 8)) }

// people makes households one by one.
func (m *maker) people() []person {
	list := make([]person, 0, m.People)
	for len(list) < m.People {
		mongol := m.Float64() < .18
		home, surname, phone := m.anywhere(), m.surname(), m.phone()
		size := 1 + m.IntN(4)
		last := time.Time{}
		for k := range min(size, m.People-len(list)) {
			p := person{man: k == 0 || k > 1 && m.IntN(2) == 0, mongol: mongol, place: home, phone: m.phone(), ethnic: "汉族", school: schools[m.IntN(len(schools))]}
			if mongol {
				p.ethnic = "蒙古族"
			}
			own := surname
			if k == 1 {
				own = m.surname()
			}
			p.name = m.name(own, p.man, mongol)
			switch {
			case k < 2:
				p.birth = day(1945+m.IntN(50), m.IntN(365))
			case k == 3 && m.IntN(40) == 0: // twins
				p.birth = last
			default:
				p.birth = day(1975+m.IntN(32), m.IntN(365))
			}
			last = p.birth
			if m.Float64() < .12 {
				p.phone = phone
			}
			p.id = m.number(&p)
			list = append(list, p)
		}
	}
	return list
}

var schools = strings.Fields("小学 初中 初中 初中 高中 中专 大专 大专 本科 硕士研究生")

func day(year, n int) time.Time { return time.Date(year, 1, 1+n, 0, 0, 0, 0, time.UTC) }

// number gives an ID number that nobody else has.
func (m *maker) number(p *person) string {
	region := p.place.code[:6]
	key := region + p.birth.Format("20060102")
	m.seq[key]++
	n := m.seq[key]*2 + 1
	if !p.man {
		n--
	}
	return identity.MakeIDNumber(region, p.birth, n)
}

func (m *maker) phone() string {
	return fmt.Sprintf("1%c%09d", "3578939"[m.IntN(7)], m.IntN(1_000_000_000))
}
