package jobs

import (
	"cmp"
	"net/url"
	"strconv"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

func (r *Room) showSaved(c *web.Ctx) error {
	personID, err := asPerson(c.User)
	if err != nil {
		return err
	}
	list, err := r.store.savedOf(c.Context(), r.DB, personID)
	if err != nil {
		return err
	}
	return c.Render("jobs/saved", web.Page{Title: c.T("jobs.saved.title"), Lede: c.T("jobs.saved.lede", strconv.Itoa(len(list)), strconv.Itoa(savedMost)), Public: true, Nav: "/jobs",
		Crumbs: []web.Crumb{{Text: c.T("jobs.find.title"), Href: "/jobs"}}, Data: map[string]any{"Saved": list, "Own": own(c, "/jobs/saved")}})
}

func (r *Room) postSave(c *web.Ctx) error {
	f := c.Form(web.Field{Name: "query", Label: c.T("jobs.saved.query"), Need: true, Max: 1000})
	text := f.Text("query")
	if !f.OK() {
		return fault.New(fault.Invalid, "%s", f.Errors[0].Text)
	}
	at, err := url.Parse(text)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "条件的写法不对，请回到查找页再保存")
	}
	a := askedOf(at.Query())
	name := []rune(a.name(c))
	if err := r.Save(c.Context(), c.User, string(name[:min(len(name), 60)]), at.Query(), c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.saved.done"))
	return c.Redirect("/jobs/saved")
}

func (r *Room) postAlert(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "do", Label: c.T("jobs.saved.alert"), Kind: "radios", Need: true, Options: []web.Option{{Value: "on"}, {Value: "off"}, {Value: "drop"}}})
	do := f.Choice("do")
	if !f.OK() {
		return fault.New(fault.Invalid, "%s", f.Errors[0].Text)
	}
	if do == "drop" {
		err = r.Drop(c.Context(), c.User, id)
	} else {
		err = r.Alert(c.Context(), c.User, id, do == "on")
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.saved.did."+do))
	return c.Redirect("/jobs/saved")
}

func (r *Room) wishForm(c *web.Ctx, league string) *web.Form {
	var places, hours []web.Option
	for _, a := range area.Children(league) {
		places = append(places, web.Option{Value: a.Code, Text: a.Name})
	}
	for _, h := range employer.Hours {
		hours = append(hours, web.Option{Value: h.Key, Text: hoursText(c, h.Key)})
	}
	return c.Form(
		web.Field{Name: "occupation", Label: c.T("jobs.wish.occupation"), Hint: c.T("jobs.wish.occupationHint"), Max: 40},
		web.Field{Name: "pay", Label: c.T("jobs.wish.pay"), Kind: "number", Min: 0, Top: 10000000, Width: "8", Unit: c.T("jobs.yuan")},
		web.Field{Name: "area", Label: c.T("jobs.find.area"), Kind: "select", Options: places},
		web.Field{Name: "hours", Label: c.T("jobs.find.hours"), Kind: "select", Options: hours},
	)
}

// showMe is a person's profile for work: what departments have registered, and the wish that they can change.
func (r *Room) showMe(c *web.Ctx) error {
	v, err := r.visitor(c.Context(), c.User)
	if err != nil {
		return err
	}
	if v.facts == nil {
		_, err := asPerson(c.User)
		return cmp.Or(err, error(fault.New(fault.NotFound, "没有您的个人档案，请联系当地就业服务机构建档")))
	}
	f := r.wishForm(c, v.league)
	reg := v.facts.Registered(r.Clock.Today())
	w := v.wish
	if !w.Said() && reg != nil {
		w.Occupation, w.Pay = reg.Occupation, reg.Pay
	}
	f.Set("occupation", w.Occupation)
	if w.Pay > 0 {
		f.Set("pay", web.Yuan(w.Pay))
	}
	f.Set("area", w.Area)
	f.Set("hours", w.Hours)
	f.SetVersion(w.Version)
	return r.renderMe(c, v, f)
}

func (r *Room) renderMe(c *web.Ctx, v visitor, f *web.Form) error {
	facts := v.facts
	pairs := []web.Pair{{Key: c.T("jobs.person.education"), Value: schoolingText(c, facts.Education)}, {Key: c.T("jobs.person.experience"), Value: r.experience(c, facts)}}
	var papers, courses string
	for _, x := range facts.Certificates {
		papers += " " + x.Occupation
	}
	for _, x := range facts.Trainings {
		courses += " " + x.Occupation
	}
	pairs = append(pairs, web.Pair{Key: c.T("jobs.me.certificates"), Value: cmp.Or(papers, lang.None)}, web.Pair{Key: c.T("jobs.me.trainings"), Value: cmp.Or(courses, lang.None)},
		web.Pair{Key: c.T("jobs.me.lives"), Value: area.FullName(area.At(facts.Area, area.Township))})
	return c.Render("jobs/me", web.Page{Title: c.T("jobs.me.title"), Lede: c.T("jobs.me.lede"), Public: true, Form: f, Nav: "/jobs",
		Crumbs: []web.Crumb{{Text: c.T("jobs.find.title"), Href: "/jobs"}}, Data: map[string]any{"Pairs": pairs, "Said": v.wish.Said(), "Own": own(c, "/jobs/me")}})
}

func (r *Room) postMe(c *web.Ctx) error {
	v, err := r.visitor(c.Context(), c.User)
	if err != nil {
		return err
	}
	f := r.wishForm(c, v.league)
	w := Wish{Occupation: f.Text("occupation"), Pay: f.Fen("pay"), Area: f.Choice("area"), Hours: f.Choice("hours"), Version: f.Version()}
	if !f.OK() {
		return r.renderMe(c, v, f)
	}
	if err := r.SetWish(c.Context(), c.User, w, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.me.done"))
	return c.Redirect("/jobs/me")
}

// ReportKinds are what can be said about an advert.
var ReportKinds = []employer.Choice{{Key: "fee", Zh: "收费、押金或培训贷", En: "asks for fees, deposits or loans"}, {Key: "false", Zh: "岗位、工资或地点不真实", En: "work, pay or place are not true"},
	{Key: "unlawful", Zh: "有性别、年龄、户籍等歧视性要求", En: "discriminates"}, {Key: "gone", Zh: "早已招满或联系不上", En: "taken long ago, or nobody answers"}, {Key: "other", Zh: "其他问题", En: "something else"}}

func (r *Room) reportForm(c *web.Ctx) *web.Form {
	var kinds []web.Option
	for _, k := range ReportKinds {
		kinds = append(kinds, web.Option{Value: k.Key, Text: pick(c, k.Zh, k.En)})
	}
	return c.Form(web.Field{Name: "what", Label: c.T("jobs.report.what"), Kind: "radios", Need: true, Options: kinds},
		web.Field{Name: "text", Label: c.T("jobs.report.text"), Hint: c.T("jobs.report.textHint"), Kind: "textarea", Max: 500, Rows: 4})
}

func (r *Room) showReport(c *web.Ctx) error { return r.renderReport(c, r.reportForm(c)) }

func (r *Room) renderReport(c *web.Ctx, f *web.Form) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	v, err := r.Employers.Vacancy(c.Context(), id)
	if err != nil {
		return err
	}
	if r.Reports == nil {
		return fault.New(fault.Unavailable, "这里还没有开通网上举报，请拨打 12333")
	}
	return c.Render("jobs/report", web.Page{Title: c.T("jobs.report.title"), Lede: v.Title, Public: true, Form: f, Nav: "/jobs",
		Crumbs: []web.Crumb{{Text: c.T("jobs.find.title"), Href: "/jobs"}, {Text: v.Title, Href: vacancyAt(id)}}, Data: map[string]any{"ID": id}})
}

func (r *Room) postReport(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := r.reportForm(c)
	what, text := f.Choice("what"), f.Text("text")
	if !f.OK() || r.Reports == nil {
		return r.renderReport(c, f)
	}
	if _, err := r.Employers.Vacancy(c.Context(), id); err != nil {
		return err
	}
	if err := r.Reports.Report(c.Context(), c.User, id, what, text, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.report.done"))
	return c.Redirect(vacancyAt(id))
}
