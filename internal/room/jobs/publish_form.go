package jobs

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// unitParts are the units in which pay may be offered: hundredths of a unit that a month holds (人力资源社会保障部: 21.75 days, 174 hours).
var unitParts = map[string]int64{"": 100, "month": 100, "day": 2175, "hour": 17400}

// monthOf is pay in a unit as fen a month.
func monthOf(fen int64, unit string) int64 {
	if parts, known := unitParts[unit]; known {
		return (fen*parts + 50) / 100
	}
	return fen
}

// unitOf is a form's unit as the register keeps it: the month has no word.
func unitOf(choice string) string {
	if choice == "month" {
		return ""
	}
	return choice
}

// yuanOf is pay in fen a month as yuan of a unit, for a form.
func yuanOf(fen int64, unit string) string {
	parts, known := unitParts[unit]
	if !known {
		parts = 100
	}
	return strings.ReplaceAll(lang.Fen(int64(math.Round(float64(fen)*100/float64(parts)))), ",", "")
}

// experiences are the months of experience that a form offers.
var experiences = []int{0, 6, 12, 24, 36, 60, 96, 120}

// nearestOf is the greatest of a rising list that is not above n.
func nearestOf(list []int, n int) int {
	out := list[0]
	for _, v := range list {
		if v <= n {
			out = v
		}
	}
	return out
}

// choicesOf are options of a list of choices.
func choicesOf(c *web.Ctx, list []employer.Choice) []web.Option {
	var out []web.Option
	for _, x := range list {
		text := x.Zh
		if c.Lang == lang.English {
			text = x.En
		}
		out = append(out, web.Option{Value: x.Key, Text: text})
	}
	return out
}

// formFields are the fields of a vacancy, in the order of the form.
func (r *Room) formFields(c *web.Ctx, league string) []web.Field {
	var places []web.Option
	for _, b := range area.Children(league) {
		places = append(places, web.Option{Value: b.Code, Text: b.Name})
		for _, t := range area.Children(b.Code) {
			places = append(places, web.Option{Value: t.Code, Text: b.Name + " " + t.Name})
		}
	}
	schooling := []web.Option{{Value: "0", Text: c.T("jobs.education.any")}}
	for _, e := range slices.Backward(person.Educations) {
		if e.Code != 90 {
			schooling = append(schooling, web.Option{Value: strconv.Itoa(e.Code), Text: educationText(c, e.Code)})
		}
	}
	leastHint := ""
	if least := r.floor(c.Context(), league); least.Fen > 0 {
		leastHint = c.T("jobs.form.lowHint", lang.Fen(least.Fen))
	}
	var contracts, experience []web.Option
	for _, months := range []int{0, 3, 6, 12, 24, 36, 60, person.OpenEnded} {
		contracts = append(contracts, web.Option{Value: strconv.Itoa(months), Text: contractText(c, months)})
	}
	for _, months := range experiences {
		experience = append(experience, web.Option{Value: strconv.Itoa(months), Text: experienceText(c, months)})
	}
	return []web.Field{
		{Name: "title", Label: c.T("jobs.title"), Hint: c.T("jobs.form.titleHint"), Need: true, Max: 40},
		{Name: "openings", Label: c.T("jobs.form.openings"), Kind: "number", Need: true, Min: 1, Top: 5000, Width: "4", Unit: c.T("jobs.people")},
		{Name: "area", Label: c.T("jobs.form.area"), Kind: "select", Need: true, Options: places},
		{Name: "unit", Label: c.T("jobs.form.unit"), Hint: c.T("jobs.form.unitHint"), Kind: "radios", Options: []web.Option{{Value: "month", Text: c.T("jobs.unitOf.month")}, {Value: "day", Text: c.T("jobs.unitOf.day")}, {Value: "hour", Text: c.T("jobs.unitOf.hour")}}},
		{Name: "low", Label: c.T("jobs.form.low"), Hint: leastHint, Kind: "number", Need: true, Width: "8", Unit: c.T("jobs.yuan")},
		{Name: "high", Label: c.T("jobs.form.high"), Kind: "number", Need: true, Width: "8", Unit: c.T("jobs.yuan")},
		{Name: "hours", Label: c.T("jobs.kv.hours"), Kind: "select", Options: choicesOf(c, employer.Hours)},
		{Name: "education", Label: c.T("jobs.kv.education"), Kind: "select", Need: true, Options: schooling},
		{Name: "experience", Label: c.T("jobs.kv.experience"), Kind: "select", Options: experience},
		{Name: "contract", Label: c.T("jobs.kv.contract"), Kind: "select", Need: true, Options: contracts},
		{Name: "closes", Label: c.T("jobs.form.closes"), Hint: c.T("jobs.form.closesHint"), Kind: "date", Need: true, Width: "8"},
		{Name: "benefits", Label: c.T("jobs.form.benefits"), Hint: c.T("jobs.form.benefitsHint"), Kind: "textarea", Max: 500, Rows: 3},
		{Name: "occupation", Label: c.T("jobs.form.occupation"), Hint: c.T("jobs.form.occupationHint"), Max: 40},
		{Name: "months", Label: c.T("jobs.form.months"), Hint: c.T("jobs.form.monthsHint"), Kind: "number", Min: 12, Top: 24, Width: "4"},
		{Name: "skills", Label: c.T("jobs.kv.skills"), Hint: c.T("jobs.form.skillsHint"), Max: 100},
		{Name: "friendly", Label: c.T("jobs.kv.friendly"), Hint: c.T("jobs.form.friendlyHint"), Kind: "checkboxes", Options: choicesOf(c, employer.Friendly)},
		{Name: "contact", Label: c.T("jobs.kv.contact"), Hint: c.T("jobs.form.contactHint"), Max: 60},
		{Name: "body", Label: c.T("jobs.form.body"), Hint: c.T("jobs.form.bodyHint"), Kind: "textarea", Max: 2000, Rows: 6},
	}
}

func (r *Room) vacancyForm(c *web.Ctx, league string) *web.Form {
	return c.Form(r.formFields(c, league)...)
}

// fillForm puts a vacancy into its form.
func fillForm(f *web.Form, v employer.Vacancy) {
	f.Set("title", v.Title)
	f.Set("occupation", v.Occupation)
	f.Set("openings", strconv.Itoa(v.Openings))
	unit := v.PayUnit
	if _, known := unitParts[unit]; !known || unit == "" {
		unit = "month"
	}
	f.Set("unit", unit)
	f.Set("low", yuanOf(v.PayLow, unit))
	f.Set("high", yuanOf(v.PayHigh, unit))
	f.Set("education", strconv.Itoa(v.Education%90))
	f.Set("experience", strconv.Itoa(nearestOf(experiences, v.Experience)))
	f.Set("hours", v.Hours)
	f.Set("area", area.At(v.Area, area.Township))
	f.Set("contract", strconv.Itoa(v.Contract))
	f.Set("closes", v.Closes.String())
	f.Set("benefits", v.Benefits)
	if v.PayMonths > 12 {
		f.Set("months", strconv.Itoa(v.PayMonths))
	}
	f.Set("skills", v.Skills)
	f.Set("friendly", strings.Fields(v.Friendly)...)
	f.Set("contact", v.Contact)
	f.Set("body", v.Body)
	f.SetVersion(v.Version)
}

// takeForm takes over what stands in the form.
func takeForm(f *web.Form, v *employer.Vacancy) {
	was, title := v.Area, v.Title
	v.Title, v.Occupation, v.Openings = f.Text("title"), f.Text("occupation"), int(f.Int("openings"))
	v.PayUnit, v.PayMonths = unitOf(f.Choice("unit")), int(f.Int("months"))
	v.PayLow, v.PayHigh, v.Area = monthOf(f.Fen("low"), v.PayUnit), monthOf(f.Fen("high"), v.PayUnit), f.Choice("area")
	v.Education, _ = strconv.Atoi(f.Choice("education"))
	v.Experience, _ = strconv.Atoi(f.Choice("experience"))
	v.Contract, _ = strconv.Atoi(f.Choice("contract"))
	v.Hours, v.Skills, v.Contact, v.Body = f.Choice("hours"), strings.Join(strings.FieldsFunc(f.Text("skills"), isBreak), " "), f.Text("contact"), f.Text("body")
	v.Friendly = strings.Join(f.Many("friendly"), " ")
	v.Closes, v.Benefits, v.Version = db.On(f.Date("closes")), f.Text("benefits"), f.Version()
	if area.At(was, area.Township) == v.Area { // a village known from elsewhere stays known
		v.Area = was
	}
	if v.Title != title {
		v.Code = ""
	}
}

func isBreak(r rune) bool { return strings.ContainsRune(" ,，、;；/\n\t　", r) }

// settleWork says what kind of work it is where the employer has not: the occupation's code by the title, the kind of work by its name.
func (r *Room) settleWork(ctx context.Context, v *employer.Vacancy) error {
	if err := r.codeTitles(ctx); err != nil {
		return err
	}
	if v.Code == "" {
		v.Code = r.codeOf(v.Title, v.Occupation)
	}
	if v.Occupation == "" {
		v.Occupation = cmp.Or(r.className(v.Code), v.Title)
	}
	return nil
}

// formGroup is a step of the form: fields that belong together; a folded one may stay as it is.
type formGroup struct {
	Key    string
	Fields []string
	Folded bool
}

// formGroups are the steps of the form. Their order is that of the fields.
var formGroups = [...]formGroup{
	{"work", []string{"title", "openings", "area"}, false},
	{"pay", []string{"unit", "low", "high", "hours"}, false},
	{"needs", []string{"education", "experience", "contract", "closes", "benefits"}, false},
	{"more", []string{"occupation", "months", "skills", "friendly", "contact", "body"}, true},
}

// experienceText is the experience that is asked for.
func experienceText(c *web.Ctx, months int) string {
	switch {
	case months <= 0:
		return c.T("jobs.experience.none")
	case months%12 == 0:
		return c.T("jobs.experience.years", strconv.Itoa(months/12))
	}
	return c.T("jobs.experience.months", strconv.Itoa(months))
}

// offeredText is pay as it is offered, where that is not by the month: 每天 200 元, 折合每月约 4,350 元.
func offeredText(c *web.Ctx, v employer.Vacancy) string {
	if _, known := unitParts[v.PayUnit]; !known || v.PayUnit == "" || v.PayHigh == 0 {
		if v.PayMonths > 12 {
			return c.T("jobs.pay.months", strconv.Itoa(v.PayMonths))
		}
		return ""
	}
	text := yuanOf(v.PayLow, v.PayUnit)
	if v.PayLow != v.PayHigh {
		text += "～" + yuanOf(v.PayHigh, v.PayUnit)
	}
	return c.T("jobs.pay.offered", c.T("jobs.unitOf."+v.PayUnit), text, payText(c, v.PayLow, v.PayHigh))
}

// choiceText is a choice's name, "" for none.
func choiceText(c *web.Ctx, list []employer.Choice, keys string) string {
	var out []string
	for _, x := range list {
		if slices.Contains(strings.Fields(keys), x.Key) {
			if c.Lang == lang.English {
				out = append(out, x.En)
			} else {
				out = append(out, x.Zh)
			}
		}
	}
	return strings.Join(out, map[bool]string{true: ", ", false: "、"}[c.Lang == lang.English])
}

// morePairs are what a vacancy says beyond the plain form, for its page, and the sources that have the same work.
func (r *Room) morePairs(c *web.Ctx, v employer.Vacancy) (out []web.Pair, err error) {
	add := func(key, text string) {
		if text != "" {
			out = append(out, web.Pair{Key: c.T(key), Value: text})
		}
	}
	add("jobs.kv.offered", offeredText(c, v))
	add("jobs.kv.hours", choiceText(c, employer.Hours, v.Hours))
	if v.Experience > 0 {
		add("jobs.kv.experience", experienceText(c, v.Experience))
	}
	add("jobs.kv.skills", strings.ReplaceAll(v.Skills, " ", "、"))
	add("jobs.kv.friendly", choiceText(c, employer.Friendly, v.Friendly))
	if name := r.occupationName(c.Context(), v.Code); name != "" {
		add("jobs.kv.code", fmt.Sprintf("%s（%s）", name, v.Code))
	}
	add("jobs.kv.source", v.Source)
	twins, err := r.store.followers(c.Context(), []int64{v.ID})
	if err != nil || len(twins) == 0 {
		return out, err
	}
	ids := make([]int64, len(twins))
	for i, t := range twins {
		ids[i] = t.VacancyID
	}
	list, err := r.Employers.Vacancies(c.Context(), r.DB, ids)
	if err != nil {
		return out, err
	}
	var from []string
	for _, t := range list {
		if text := sourceText(c, t); !slices.Contains(from, text) {
			from = append(from, text)
		}
	}
	add("jobs.kv.twins", c.T("jobs.twins.also", strconv.Itoa(len(twins)), strings.Join(from, "、")))
	return out, nil
}
