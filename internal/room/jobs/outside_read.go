package jobs

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// advertDays is how long an advert without a last day is shown.
const advertDays = 30

// Flaw is what is wrong with a row: where, what stands there, why, and how to put it right.
type Flaw struct {
	Row                      int
	Column, Value, Why, Mend string
	cells                    []string
}

// Text is the flaw in one sentence.
func (f *Flaw) Text() string {
	if f.Column == "" {
		return f.Why + "。" + f.Mend
	}
	return fmt.Sprintf("%s“%s”%s。%s", f.Column, f.Value, f.Why, f.Mend)
}

// told is an advert as its row says it.
type told struct {
	employer.Vacancy
	row                int
	name, credit       string // of the employer
	doubts             []string
	unlawful           string // the sentence about what must not be said; such an advert is kept and not shown
	cells              []string
	league, source     string
	noPosted, noCloses bool // the row does not say it
}

// reader turns rows into adverts.
type reader struct {
	*columnMap
	today  time.Time
	area   string // of the delivery: places are looked for there first, and rows that name none lie there
	seen   map[string]whereabouts
	places *places
}

func newReader(m *columnMap, today time.Time, code string) *reader {
	return &reader{columnMap: m, today: today, area: code, seen: map[string]whereabouts{}, places: knownPlaces()}
}

// The places of the targets, looked up once.
var (
	tTitle, tOccupation, tEmployer, tCredit = targetAt("title"), targetAt("occupation"), targetAt("employer"), targetAt("credit")
	tPay, tLow, tHigh, tUnit                = targetAt("pay"), targetAt("low"), targetAt("high"), targetAt("unit")
	tCode, tPlace, tDistrict, tAddress      = targetAt("code"), targetAt("place"), targetAt("district"), targetAt("address")
	tEducation, tExperience, tOpenings      = targetAt("education"), targetAt("experience"), targetAt("openings")
	tContract, tHours, tPosted, tCloses     = targetAt("contract"), targetAt("hours"), targetAt("posted"), targetAt("closes")
	tBenefits, tSkills, tFriendly           = targetAt("benefits"), targetAt("skills"), targetAt("friendly")
	tContact, tPerson, tBody                = targetAt("contact"), targetAt("person"), targetAt("body")
)

// text is a target's text in a row: of the first of its columns that has one, else the fixed one.
func (r *reader) text(target int, cells []string) string {
	for _, i := range r.at[target] {
		if i < len(cells) {
			if s := strings.TrimSpace(cells[i]); s != "" {
				return s
			}
		}
	}
	return r.Fixed[targets[target].key]
}

// column is the name of the column that a target stands in.
func (r *reader) column(target int) string {
	if at := r.at[target]; len(at) > 0 {
		return r.heads[at[0]]
	}
	return targets[target].zh
}

func (r *reader) flaw(row, target int, value, why, mend string) *Flaw {
	return &Flaw{Row: row, Column: r.column(target), Value: value, Why: why, Mend: mend}
}

// read reads one row. Either it is an advert, or the flaw says why not.
func (r *reader) read(row int, cells []string) (*told, *Flaw) {
	a := &told{row: row, cells: cells, source: r.Source}
	a.Source, a.State = r.Source, employer.Open
	a.Title = strings.Join(strings.Fields(half(r.text(tTitle, cells))), " ")
	if a.Title == "" {
		return nil, r.flaw(row, tTitle, "", "没有填写", "请填写岗位名称")
	}
	if utf8.RuneCountInString(a.Title) > 80 {
		return nil, r.flaw(row, tTitle, a.Title, fmt.Sprintf("有 %d 个字，太长", utf8.RuneCountInString(a.Title)), "岗位名称最多 80 个字，说明请写在描述里")
	}
	if bad := r.who(a, cells); bad != nil {
		return nil, bad
	}
	if bad := r.where(a, cells); bad != nil {
		return nil, bad
	}
	if bad := r.when(a, cells); bad != nil {
		return nil, bad
	}
	r.conditions(a, cells)
	a.Body = r.body(cells)
	a.SourceKey = r.keyOf(a, cells)
	if list := unlawfulWords(a.Title, a.Benefits, a.Body); list != "" {
		a.unlawful = list
	}
	return a, nil
}

// who reads the employer: a valid credit code, or its name.
func (r *reader) who(a *told, cells []string) *Flaw {
	a.name = strings.Join(strings.Fields(half(r.text(tEmployer, cells))), " ")
	if code := strings.ToUpper(half(r.text(tCredit, cells))); code != "" {
		if _, err := identity.ParseCreditCode(code); err == nil {
			a.credit = code
		} else {
			a.doubts = append(a.doubts, "信用代码“"+code+"”校验不通过，按单位名称登记")
		}
	}
	if a.name == "" && a.credit == "" {
		return r.flaw(a.row, tEmployer, "", "没有填写", "请填写单位名称，有统一社会信用代码的一并填写")
	}
	if n := utf8.RuneCountInString(a.name); a.credit == "" && (n < 2 || n > 80) {
		return r.flaw(a.row, tEmployer, a.name, "不像单位名称", "单位名称应为 2～80 个字，请填写全称")
	}
	return nil
}

// where reads the place: an area's code, or names from the larger to the smaller.
func (r *reader) where(a *told, cells []string) *Flaw {
	if code := area.Normal(half(r.text(tCode, cells))); code != "" {
		if strings.HasPrefix(code, "15") && area.Exists(code) {
			a.Area = code
		} else if r.text(tPlace, cells) == "" {
			return r.flaw(a.row, tCode, code, "不是本区现行的区划代码", "请写内蒙古的区划代码，如 152921，或改写地名")
		}
	}
	if a.Area == "" {
		text := r.text(tPlace, cells) + " " + r.text(tDistrict, cells) + " " + r.text(tAddress, cells)
		p, known := r.seen[text]
		if !known {
			p = r.places.find(text, r.area)
			if len(r.seen) < 200_000 {
				r.seen[text] = p
			}
		}
		target := tPlace
		if len(r.at[tPlace]) == 0 && len(r.at[tAddress]) > 0 {
			target = tAddress
		}
		switch shown := strings.TrimSpace(text); {
		case p.code != "":
			a.Area = p.code
		case p.elsewhere != "":
			return r.flaw(a.row, target, shown, "在"+p.elsewhere+"，不在内蒙古", "这里只收本区的岗位，区外岗位由劳务协作登记")
		case len(p.several) > 1:
			return r.flaw(a.row, target, shown, "不止一处，可能是"+names(p.several), "请在前面写上盟市")
		case shown != "" && r.area == "":
			return r.flaw(a.row, target, shown, "认不出是哪里", "请写到旗县，如 阿拉善左旗")
		case r.area == "":
			return r.flaw(a.row, target, "", "没有填写", "请写到旗县，如 阿拉善左旗")
		default:
			a.Area = r.area
			a.doubts = append(a.doubts, "工作地点“"+shown+"”认不出，按"+area.Name(r.area)+"登记")
		}
	}
	if r.area != "" && !area.Within(a.Area, r.area) && !area.Within(r.area, a.Area) {
		return r.flaw(a.row, tPlace, area.FullName(a.Area), "不在"+area.Name(r.area), "请核对，或由"+area.Name(area.At(a.Area, area.League))+"导入")
	}
	if a.Area == "15" {
		return r.flaw(a.row, tPlace, r.text(tPlace, cells), "只写到自治区", "请写到盟市或旗县，如 阿拉善左旗")
	}
	a.league = leagueOf(a.Area)
	return nil
}

// when reads the days: posted today when it says none, and shown for a month when it says no end.
func (r *reader) when(a *told, cells []string) *Flaw {
	posted, end := r.today, time.Time{}
	a.noPosted = r.text(tPosted, cells) == ""
	if text := r.text(tPosted, cells); text != "" {
		day, ok := dayOf(text, r.today)
		switch {
		case !ok:
			return r.flaw(a.row, tPosted, text, "不是日期", "请写成 2025-09-01")
		case day.After(r.today):
			return r.flaw(a.row, tPosted, text, "在今天以后", "发布日期应不晚于 "+lang.DateShort(r.today))
		}
		posted = day
	}
	if text := r.text(tCloses, cells); text != "" && !strings.Contains(text, "长期") {
		day, ok := dayOf(text, r.today.AddDate(1, 0, 0))
		switch {
		case !ok:
			return r.flaw(a.row, tCloses, text, "不是日期", "请写成 2025-10-31，长期有效写“长期”")
		case day.Before(r.today):
			return r.flaw(a.row, tCloses, text, "已经过了", "过期的岗位不收，仍在招聘请写新的截止日期")
		}
		end = day
	}
	if a.noCloses = end.IsZero(); a.noCloses {
		end = r.today.AddDate(0, 0, advertDays)
	}
	a.Posted, a.Closes, a.Confirmed = db.On(posted), db.On(end), db.On(r.today)
	return nil
}

// conditions reads everything that may be missing. What cannot be read is a doubt and stays empty.
func (r *reader) conditions(a *told, cells []string) {
	a.Occupation = r.text(tOccupation, cells)
	p := payOf(r.text(tPay, cells), r.text(tLow, cells), r.text(tHigh, cells), r.text(tUnit, cells))
	offerPay(&a.Vacancy, p)
	if p.Doubt != "" {
		a.doubts = append(a.doubts, "工资："+p.Doubt)
	}
	var ok bool
	if a.Education, ok = schoolingOf(r.text(tEducation, cells)); !ok {
		a.doubts = append(a.doubts, "学历“"+r.text(tEducation, cells)+"”认不出，按不限登记")
	}
	if a.Experience, ok = experienceOf(r.text(tExperience, cells)); !ok {
		a.doubts = append(a.doubts, "经验“"+r.text(tExperience, cells)+"”认不出，按不限登记")
	}
	if a.Openings, ok = openingsOf(r.text(tOpenings, cells)); !ok {
		a.doubts = append(a.doubts, "招聘人数“"+r.text(tOpenings, cells)+"”按 "+strconv.Itoa(a.Openings)+" 人登记")
	}
	a.Contract = contractMonths(r.text(tContract, cells))
	a.Hours = hoursOf(r.text(tHours, cells))
	a.Benefits = clipRunes(r.text(tBenefits, cells), 500)
	a.Skills = clipRunes(strings.Join(strings.FieldsFunc(r.text(tSkills, cells), func(c rune) bool { return strings.ContainsRune(" ,，、;；|/\n", c) }), " "), 300)
	a.Friendly = friendlyOf(r.text(tFriendly, cells))
	a.Contact = strings.TrimSpace(clipRunes(r.text(tPerson, cells)+" "+r.text(tContact, cells), 100))
}

// body is the advert's own text, and below it what stands in columns that no target takes: nothing is lost.
func (r *reader) body(cells []string) string {
	var b strings.Builder
	for _, i := range r.at[tBody] { // a table may have 岗位职责 and 任职要求
		if i < len(cells) && strings.TrimSpace(cells[i]) != "" {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(strings.TrimSpace(cells[i]))
		}
	}
	for _, i := range append(r.at[tAddress][:len(r.at[tAddress]):len(r.at[tAddress])], r.unknown...) {
		if i < len(cells) {
			if s := strings.TrimSpace(cells[i]); s != "" {
				if b.Len() > 0 {
					b.WriteByte('\n')
				}
				b.WriteString(r.heads[i] + "：" + s)
			}
		}
	}
	return clipRunes(b.String(), 8000)
}

// keyOf is what an advert is known by in its source: its number or address there, else a sum of what it says.
func (r *reader) keyOf(a *told, cells []string) string {
	for _, i := range r.key {
		if i < len(cells) {
			if s := strings.TrimSpace(cells[i]); s != "" {
				return clipRunes(s, 300)
			}
		}
	}
	h := fnv.New128a()
	for _, part := range []string{a.Title, employer.NameKey(a.name), a.credit, a.Area, strconv.FormatInt(a.PayLow, 10), strconv.FormatInt(a.PayHigh, 10), a.Body} {
		_, _ = h.Write([]byte(part)) // never fails
		_, _ = h.Write([]byte{0})
	}
	return fmt.Sprintf("#%x", h.Sum(nil))
}

func clipRunes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for i := range text {
		if n--; n < 0 {
			return text[:i]
		}
	}
	return text
}
