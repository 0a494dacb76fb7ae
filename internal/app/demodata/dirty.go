package demodata

import (
	"strconv"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/register/person"
)

// Rows of two departments that write people down carelessly: what the review desk is for. They say who somebody is and
// nothing that an indicator counts.
const (
	dirtyShare   = 140. / DirtyPeople  // of the people stand in one to three careless rows
	cleanShare   = 1500. / DirtyPeople // stand in one right row
	strangeShare = 8. / DirtyPeople    // times somebody stands in two rows who is in no 户籍
)

// DirtyPeople is the register for which the shares above are made: that of the demonstration.
const DirtyPeople = 262361

// Errors of the careless rows, as keys of Summary.Dirty.
const (
	Heard      = "heard"       // a character of the same sound
	WrongChar  = "wrong-char"  // another character that looks alike
	TurnedEnd  = "turned-end"  // the last two digits of the ID number
	OneDigit   = "one-digit"   // one wrong digit of it
	NoID       = "no-id"       //
	Starred    = "starred"     // 1529**********1234
	DayMonth   = "day-month"   // 1979-08-03 for 1979-03-08
	NoPhone    = "no-phone"    //
	ShortPlace = "short-place" // 阿左旗 for 阿拉善左旗
	Stranger   = "stranger"    // in no 户籍
)

// careless are a row's parts that say who somebody is.
type careless struct{ name, id, sex, birth, place, phone string }

// dirty writes the two departments' rows of a member.
func (f *files) dirty(h *Household, m *Member) {
	d := throw(f.stream.opts.Seed, forMistake+uint64(tWithholding)<<8, uint64(m.ID))
	x := d.float()
	if x >= dirtyShare+cleanShare+strangeShare || m.Birth.Year() > 2005 || f.err != nil {
		return
	}
	sex := "男"
	if m.Sex == person.Female {
		sex = "女"
	}
	right := careless{m.Name, m.IDNumber, sex, m.Birth.Format("2006-01-02"), f.bannerName(h.Area) + h.Address, m.Phone}
	if strings.HasPrefix(h.Address, f.bannerName(h.Area)) {
		right.place = h.Address
	}
	switch {
	case x < dirtyShare:
		for i := range 1 + d.n(3) {
			f.writeCareless(m, f.spoilt(right, &d), (i+d.n(2))%2, &d)
		}
	case x < dirtyShare+strangeShare:
		birth := on(d.between(1960, 2000), d.between(1, 12), d.between(1, 28))
		right.id, right.phone, right.birth = identity.MakeIDNumber(unused, birth.time(), 2*d.n(400)+one(sex == "男")), "", birth.date().String()
		right.name = fullName(&d, surname(&d, "01"), "01", sex == "男", birth.year())
		f.count(Stranger)
		f.writeCareless(m, right, 0, &d)
		right.place = short(right.place)
		f.writeCareless(m, right, 1, &d)
	default:
		f.writeCareless(m, right, d.n(2), &d)
	}
}

func (f *files) count(kind string) {
	if f.sum.Dirty == nil {
		f.sum.Dirty = map[string]int{}
	}
	f.sum.Dirty[kind]++
}

// spoilt is how a careless clerk writes somebody down.
func (f *files) spoilt(c careless, d *dice) careless {
	slips := 1
	switch x := d.float(); {
	case x < .30:
		c.id = c.id[:16] + c.id[17:] + c.id[16:17]
		f.count(TurnedEnd)
	case x < .55:
		at := d.between(8, 16)
		c.id = c.id[:at] + string('0'+(c.id[at]-'0'+1+byte(d.n(8)))%10) + c.id[at+1:]
		f.count(OneDigit)
	case x < .80:
		c.id, slips = "", 2
		f.count(NoID)
	case x < .88:
		c.id = identity.MaskID(c.id)
		f.count(Starred)
	}
	for range slips {
		f.slip(&c, d)
	}
	if d.chance(.35) {
		c.phone = ""
		f.count(NoPhone)
	}
	if d.chance(.4) {
		c.place = short(c.place)
		f.count(ShortPlace)
	}
	return c
}

// slip is one mistake in the name or the day of birth.
func (f *files) slip(c *careless, d *dice) {
	switch x := d.float(); {
	case x < .45:
		if name := swapOne(c.name, soundsAlike, d); name != c.name {
			c.name = name
			f.count(Heard)
			return
		}
	case x < .7:
		if name := swapOne(c.name, looksAlike, d); name != c.name {
			c.name = name
			f.count(WrongChar)
			return
		}
	}
	if month, day := c.birth[5:7], c.birth[8:]; day <= "12" && day != month {
		c.birth = c.birth[:5] + day + "-" + month
		f.count(DayMonth)
		return
	}
	c.birth = c.birth[:9] + string('0'+(c.birth[9]-'0'+1)%10)
}

// swapOne changes one character, the family name if possible not.
func swapOne(name string, groups map[string]string, d *dice) string {
	chars := strings.Split(name, "")
	from := 1 + d.n(max(len(chars)-1, 1))
	for i := range chars {
		at := (from + i) % len(chars)
		if group := strings.Split(groups[chars[at]], ""); len(group) > 1 {
			for range 4 {
				if c := of(d, group); c != chars[at] {
					chars[at] = c
					return strings.Join(chars, "")
				}
			}
		}
	}
	return name
}

// writeCareless writes a row of one of the two departments.
func (f *files) writeCareless(m *Member, c careless, department int, d *dice) {
	row, t := []string{c.name, c.id, c.sex, c.birth, c.place, c.phone}, f.tables[tWithholding]
	if department == 0 {
		unit := "未写明单位"
		if n := len(m.Spells); n > 0 {
			if name, _ := f.unit(m.Spells[n-1].EmployerID); name != "" {
				unit = name
			}
		}
		row = append(row, unit, "2025"+[]string{"05", "06", "07", "08"}[d.n(4)], strconv.Itoa(100*d.between(18, 80)))
	} else {
		t = f.tables[tRelief]
		row = append(row, of(d, []string{"临时救助", "医疗救助", "教育救助"}), on(2025, d.between(1, 8), d.between(1, 28)).date().String())
	}
	t.rows++
	if f.err == nil {
		f.err = f.sinks[t.number].row(row)
	}
}

var shortNames = strings.NewReplacer("阿拉善左旗", "阿左旗", "阿拉善右旗", "阿右旗", "额济纳旗", "额旗", "阿拉善", "阿")

func short(place string) string { return shortNames.Replace(place) }

// groupsOf maps each character to the group it stands in.
func groupsOf(text string) map[string]string {
	m := map[string]string{}
	for g := range strings.FieldsSeq(text) {
		for _, c := range g {
			m[string(c)] = g
		}
	}
	return m
}

var (
	soundsAlike = groupsOf(`丽莉俐立 雅娅亚 静靖婧 芳方 燕艳雁彦 娜那 仁任 格戈 托拖 萍平 红宏鸿 军君钧 伟玮维 建健剑 华骅 明铭 志智 国帼 海亥 春椿 玉钰 秀绣 桂贵 兰岚 英瑛
		文雯 晓小 其奇齐琦 木沐 日热 图途 乌吴 巴芭 特忒 力立 高皋 苏酥 和合贺 青清 花华 敏闽 强墙 勇永咏 辉晖 杰洁 涛韬 婷亭 慧惠 颖影 佳嘉 欣新心 子紫 涵函 宇雨 轩萱 浩皓昊 俊峻`)
	looksAlike = groupsOf(`丽俪 娜哪 婷停 敏繁 静净 春舂 玉王 兰三 萍苹 晓哓 明朋 志忘 军车 建健 伟炜 杰木 涛铸 磊森 鹏朋 超起 浩洁 洋样 宝玉 音昔 图圆 格恪 仁仕 托拓 苏办 日曰 木本 巴已 图团 青责`)
)
