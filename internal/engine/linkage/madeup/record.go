package madeup

import (
	"fmt"
	"strings"
	"time"
)

// record writes down a person as some office did.
func (m *maker) record(i, owner int, p *person) []string {
	name, birth, home, phone, school := p.name, p.birth.Format(time.DateOnly), p.place, p.phone, p.school
	if m.Float64() < m.Homophones {
		name = m.ear(name, p.mongol)
	}
	if m.Float64() < m.Wrong {
		name = m.slip(name)
	}
	if m.Float64() < m.Birth {
		birth = m.misdate(p.birth)
	}
	if m.Float64() < m.Moved {
		if m.IntN(5) < 3 {
			league, banner := atoi(home.code[2:4])-1, atoi(home.code[4:6])-21
			home = m.place(league, banner)
		} else {
			home = m.anywhere()
		}
		if m.IntN(3) == 0 {
			phone = m.phone()
		}
	}
	if m.Float64() < m.NoPhone {
		phone = ""
	}
	if m.IntN(10) == 0 {
		school = schools[m.IntN(len(schools))]
	}
	id := ""
	if m.Float64() < m.IDs {
		id = p.id
		if m.IntN(500) == 0 { // a slip, which the check finds
			at := m.IntN(17)
			id = id[:at] + string('0'+(id[at]-'0'+1+byte(m.IntN(9)))%10) + id[at+1:]
		}
	}
	sex := "女"
	if p.man {
		sex = "男"
	}
	if m.IntN(300) == 0 {
		sex = map[string]string{"男": "女", "女": "男"}[sex]
	}
	return []string{fmt.Sprintf("R%08d", i+1), name, sex, birth, id, phone, home.code, m.writeOut(home.text), p.ethnic, school, fmt.Sprintf("P%07d", owner)}
}

func atoi(s string) (n int) {
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n
}

// writeOut leaves out the upper levels, as clerks do.
func (m *maker) writeOut(text string) string {
	switch m.IntN(4) {
	case 0:
		return "内蒙古自治区" + text
	case 1:
		for _, l := range leagues {
			if rest, found := strings.CutPrefix(text, l); found {
				return rest
			}
		}
	}
	return text
}

// ear writes a character of the given name, or a Mongolian name, as somebody who only heard it.
func (m *maker) ear(name string, mongol bool) string {
	if mongol {
		if other := otherSpelling.Replace(name); other != name {
			return other
		}
	}
	chars := strings.Split(name, "")
	for range 4 {
		at := m.IntN(len(chars))
		if alike := m.byEar[m.sound[chars[at]]]; len(alike) > 1 {
			if c := alike[m.IntN(len(alike))]; c != chars[at] {
				chars[at] = c
				return strings.Join(chars, "")
			}
		}
	}
	return name
}

// slip is a wrong, a missing, or an unreadable character.
func (m *maker) slip(name string) string {
	chars := strings.Split(name, "")
	at := m.IntN(len(chars))
	switch m.IntN(6) {
	case 0:
		chars[at] = []string{"□", "?", "\ue123"}[m.IntN(3)]
	case 1:
		if len(chars) > 2 {
			return strings.Join(append(chars[:at:at], chars[at+1:]...), "")
		}
	default:
		chars[at] = m.wrong[m.IntN(len(m.wrong))]
	}
	return strings.Join(chars, "")
}

func (m *maker) misdate(t time.Time) string {
	y, mo, d := t.Date()
	month := int(mo)
	switch m.IntN(5) {
	case 0:
		if d <= 12 && d != month {
			month, d = d, month
		} else {
			d = d%28 + 1
		}
	case 1:
		y += 1 - 2*m.IntN(2)
	case 2:
		month, d = 1, 1
	default:
		b := []byte(fmt.Sprintf("%04d%02d%02d", y, month, d))
		at := 3 + m.IntN(5)
		b[at] = '0' + byte(m.IntN(10))
		return fmt.Sprintf("%s-%s-%s", b[:4], b[4:6], b[6:])
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, month, d)
}
