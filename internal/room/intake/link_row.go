package intake

import (
	"strconv"
	"strings"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// linkTitles head the cells that linkage compares; models/linkage/person.yaml knows them.
var linkTitles = []string{"姓名", "性别", "出生日期", "证件号", "手机号", "居住地区划代码", "住址", "民族", "文化程度"}

// Places of the cells.
const (
	cellName = iota
	cellSex
	cellBirth
	cellID
	cellPhone
	cellArea
	cellAddress
	cellEthnic
	cellSchool
	cellCount
)

var sexWords = map[int]string{person.Male: "男", person.Female: "女"}

// cellsOf are a person of the register as linkage compares people.
func cellsOf(p *person.Person) []string {
	c := make([]string, cellCount)
	c[cellName], c[cellSex], c[cellBirth] = p.Name, sexWords[p.Sex], p.Birth.Format(time.DateOnly)
	c[cellID], c[cellPhone], c[cellArea], c[cellEthnic] = p.IDNumber, p.Phone, p.Area, p.Ethnic
	c[cellAddress] = addressOf(p.Area)
	if p.Education != 0 {
		c[cellSchool] = strconv.Itoa(p.Education)
	}
	return c
}

// addressOf is an area as an address down to the village, so that addresses in rows have something to be compared with.
func addressOf(code string) string {
	code = area.Normal(code)
	if area.Level(code) < area.Township || !area.Exists(code) {
		return ""
	}
	return area.FullName(code)
}

// linkCells are a waiting row as linkage compares people. Fields that the template does not have stay empty.
func (r *record) linkCells() []string {
	c := make([]string, cellCount)
	c[cellName], c[cellID] = r.shown("name"), r.written()
	if sex := r.get("sex"); sex.set {
		c[cellSex] = sexWords[int(sex.n)]
		if n, err := strconv.Atoi(sex.text); err == nil {
			c[cellSex] = sexWords[n]
		}
	}
	if birth := r.get("birth"); birth.set {
		c[cellBirth] = birth.day().String()
	} else if id, err := identity.ParseIDNumber(c[cellID]); err == nil {
		c[cellBirth], c[cellSex] = id.Birth.Format(time.DateOnly), sexWords[sexOf(id.Number)]
	}
	c[cellPhone], c[cellArea], c[cellAddress], c[cellEthnic] = r.text("phone"), r.text("area"), r.text("address"), r.text("ethnic")
	if c[cellAddress] == "" {
		c[cellAddress] = addressOf(c[cellArea])
	}
	if school := r.get("education"); school.set && school.n > 0 {
		c[cellSchool] = strconv.FormatInt(school.n, 10)
	}
	return c
}

// written is the ID number of a row as it was written, in half width.
func (r *record) written() string { return strings.ToUpper(half(r.shown("idnumber"))) }

// parseAnyID takes an ID number as sources write it that are not refused for a wrong one: what cannot be read waits, with
// the rest of the row, for linkage. A valid one is brought into its usual form.
func parseAnyID(c *Column, s string) (value, string, *flaw) {
	if v, mended, bad := parseID(c, s); bad == nil {
		return v, mended, nil
	} else if bad.code == "id.hashed" {
		return v, mended, bad
	}
	if c.Max > 0 && len([]rune(s)) > c.Max {
		return value{}, "", refuse("long", c.Header+"太长，请核对")
	}
	return value{text: half(s), set: true}, "", nil
}
