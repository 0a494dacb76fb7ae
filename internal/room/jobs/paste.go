package jobs

import (
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/rank/advert"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// longestPaste is how much text may be pasted, in characters; an advert is shorter.
const longestPaste = 6000

// pasted is one kind of work that was recognised in a text, as the page shows it: the fields, and the words that each was read from.
type pasted struct {
	N      int // from 1
	Name   string
	Fields []string // of the form, in their order
	Marks  []Mark
}

// Mark is a field with the words it was read from; none where the text does not say it.
type Mark struct{ Field, Words string }

// pastedFields are the fields of one kind of work, with the advert's field that they are read from.
var pastedFields = []struct{ name, from string }{
	{"title", advert.Title}, {"openings", advert.Openings}, {"unit", advert.Pay}, {"low", advert.Pay}, {"high", advert.Pay}, {"area", advert.Place}, {"education", advert.Education},
	{"experience", advert.Experience}, {"hours", advert.Hours}, {"benefits", advert.Benefits}, {"contact", advert.Contact},
}

func (r *Room) pasteForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "text", Label: c.T("jobs.paste.text"), Hint: c.T("jobs.paste.hint"), Kind: "textarea", Need: true, Max: longestPaste, Rows: 12})
}

func (r *Room) pastePage(c *web.Ctx) error {
	return r.showPaste(c, r.pasteForm(c), nil, "")
}

func (r *Room) showPaste(c *web.Ctx, f *web.Form, list []pasted, text string) error {
	title := c.T("jobs.paste.title")
	return c.Render("jobs/paste", web.Page{Title: title, Lede: c.T("jobs.paste.lede"), Form: f, Nav: "/jobs/employer",
		Crumbs: []web.Crumb{{Text: c.T("jobs.unit.title"), Href: "/jobs/employer"}, {Text: title}}, Data: map[string]any{"List": list, "Text": text, "N": len(list)}})
}

// readPaste reads a pasted text and shows what it was understood as, for the employer to confirm; or, when that was confirmed, publishes.
func (r *Room) readPaste(c *web.Ctx) error {
	league, err := r.unitLeague(c)
	if err != nil {
		return err
	}
	first := r.pasteForm(c)
	text := first.Text("text")
	if !first.OK() {
		return r.showPaste(c, first, nil, "")
	}
	list := advert.Read(text)
	fields := r.formFields(c, league)
	var all []web.Field
	var kinds []pasted
	for i := range list {
		k, own := r.pastedKind(c, &list[i], i+1, fields)
		kinds, all = append(kinds, k), append(all, own...)
	}
	all = append(all, web.Field{Name: "text", Label: c.T("jobs.paste.text"), Max: longestPaste}, web.Field{Name: "do", Label: c.T("jobs.paste.title"), Max: 10})
	f := c.Form(all...)
	if f.Value("do") != "publish" {
		f.Posted = false // what was posted is the text; the fields are what was read
		for i := range list {
			r.fillPasted(f, &list[i], "k"+strconv.Itoa(i+1)+"_", league)
		}
		return r.showPaste(c, f, kinds, text)
	}
	return r.publishPasted(c, f, kinds, text)
}

// pastedKind makes the fields of one kind of work: those of the employer's form under names of its own, with the words as hints.
func (r *Room) pastedKind(c *web.Ctx, a *advert.Advert, n int, fields []web.Field) (pasted, []web.Field) {
	prefix := "k" + strconv.Itoa(n) + "_"
	k := pasted{N: n, Name: a.Title}
	own := []web.Field{{Name: prefix + "take", Label: c.T("jobs.paste.takeThis"), Kind: "check"}}
	for _, p := range pastedFields {
		at := slices.IndexFunc(fields, func(f web.Field) bool { return f.Name == p.name })
		if at < 0 {
			continue
		}
		field := fields[at]
		field.Name = prefix + p.name
		words := a.Words(p.from)
		if field.Hint = c.T("jobs.paste.missing"); words != "" {
			field.Hint = c.T("jobs.paste.from", clipRunes(words, 60))
		}
		if p.name != "high" && p.name != "low" {
			k.Marks = append(k.Marks, Mark{field.Label, words})
		}
		field.Need = field.Need && p.name != "high"
		own, k.Fields = append(own, field), append(k.Fields, field.Name)
	}
	return k, own
}

// fillPasted puts what was read into the form.
func (r *Room) fillPasted(f *web.Form, a *advert.Advert, prefix, league string) {
	set := func(name, value string) { f.Set(prefix+name, value) }
	set("take", "1")
	set("title", a.Title)
	set("openings", strconv.Itoa(max(1, a.Openings)))
	var v employer.Vacancy
	offerPay(&v, a.Pay)
	unit := v.PayUnit
	if _, known := unitParts[unit]; !known || unit == "" {
		unit = "month"
	}
	set("unit", unit)
	if v.PayHigh > 0 {
		set("low", yuanOf(v.PayLow, unit))
		set("high", yuanOf(v.PayHigh, unit))
	}
	if p := knownPlaces().find(a.Place, league); len(p.code) >= 6 {
		set("area", area.At(p.code, area.Township))
	}
	set("education", strconv.Itoa(a.Education))
	set("experience", strconv.Itoa(nearestOf(experiences, a.Experience)))
	set("hours", a.Hours)
	set("benefits", strings.Join(a.Benefits, "、"))
	set("contact", clipRunes(a.Contact, 60))
}

// publishPasted publishes the kinds of work that were chosen; with one that cannot be, nothing is.
func (r *Room) publishPasted(c *web.Ctx, f *web.Form, kinds []pasted, text string) error {
	today, check := r.Clock.Today(), r.checker()
	var take []employer.Vacancy
	for _, k := range kinds {
		prefix := "k" + strconv.Itoa(k.N) + "_"
		if !f.Flag(prefix + "take") {
			continue
		}
		v := employer.Vacancy{Title: f.Text(prefix + "title"), Openings: int(f.Int(prefix + "openings")), Area: f.Choice(prefix + "area"), Benefits: f.Text(prefix + "benefits"),
			Contact: f.Text(prefix + "contact"), Hours: f.Choice(prefix + "hours"), Body: text, Closes: db.On(today.AddDate(0, 0, advertDays))}
		v.PayUnit = unitOf(f.Choice(prefix + "unit"))
		v.PayLow, v.PayHigh = monthOf(f.Fen(prefix+"low"), v.PayUnit), monthOf(f.Fen(prefix+"high"), v.PayUnit)
		if v.PayHigh == 0 {
			v.PayHigh = v.PayLow
		}
		v.Education, _ = strconv.Atoi(f.Choice(prefix + "education"))
		v.Experience, _ = strconv.Atoi(f.Choice(prefix + "experience"))
		if err := r.settleWork(c.Context(), &v); err != nil {
			return err
		}
		for _, p := range check.problems(c.Context(), v) {
			field := prefix + p.Field
			if p.Field == "body" { // the text stands beside the form
				field = prefix + "title"
			}
			if !slices.ContainsFunc(f.Fields, func(x web.Field) bool { return x.Name == field }) || f.Error(field) != "" {
				field = prefix + "take"
			}
			f.Fail(field, p.Text)
		}
		take = append(take, v)
	}
	if len(take) == 0 && f.OK() {
		f.Fail("k1_take", c.T("jobs.paste.none"))
	}
	if !f.OK() {
		return r.showPaste(c, f, kinds, text)
	}
	for i, v := range take {
		key := c.Once()
		if i > 0 {
			key += "-" + strconv.Itoa(i)
		}
		if _, err := r.Publish(c.Context(), c.User, v, key); err != nil {
			if fault.Is(err, fault.Repeat) && i > 0 {
				continue
			}
			return err
		}
	}
	c.Flash("ok", c.T("jobs.paste.done", lang.Int(int64(len(take)))))
	return c.Redirect("/jobs/employer")
}
