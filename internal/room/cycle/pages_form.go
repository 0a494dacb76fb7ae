package cycle

import (
	"strings"
	"time"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// formLine is one line of a form.
type formLine struct {
	ID, Name, Unit, Href, Month, Year, Typed, Note string
	Need, May                                      bool
}

// formPage is the page of one area's form.
type formPage struct {
	Lines                []formLine
	Fill                 bool
	At, Reason, SignNote string
	Texts, Pairs         []web.Pair
	Events               []web.Event
	Boxes                []box
}

var textFields = []string{"progress", "problems", "measures", "requests"}

// formFields are the texts of a form; a draft may leave any of them out.
func formFields(c *web.Ctx, draft bool) (out []web.Field) {
	for _, name := range textFields {
		out = append(out, web.Field{Name: name, Label: c.T("cycle." + name), Hint: c.T("cycle." + name + "Hint"), Kind: "textarea", Rows: 4, Max: 2000, Need: name == "progress" && !draft})
	}
	return out
}

func (r *Room) showForm(c *web.Ctx) error { return r.renderForm(c, nil, "") }

func (r *Room) renderForm(c *web.Ctx, failing *web.Form, failed string) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	round, f, err := r.Look(c.Context(), c.User, id, c.R.PathValue("code"))
	if err != nil {
		return err
	}
	names, err := r.names(c.Context())
	if err != nil {
		return err
	}
	steps, err := r.steps(c.Context(), r.DB, id, f.Area)
	if err != nil {
		return err
	}
	lede := c.T("cycle.formLede", area.Name(round.Area), f.Due.String())
	if late := f.Late(r.today()); late > 0 && !f.in() {
		lede = c.T("cycle.formLate", area.Name(round.Area), f.Due.String(), late)
	}
	d := formPage{At: formAt(id, f.Area), Reason: f.Reason, SignNote: c.T("cycle.signNote", c.User.Name), Fill: f.mine() && round.State == Open && MayFill(c.User, f.Area) == nil}
	if round.Second {
		d.SignNote = c.T("cycle.signNoteTwo", c.User.Name)
	}
	said := f.Said
	page := c.Form(formFields(c, false)...)
	if failing != nil && (failed == "submit" || failed == "save") {
		page = failing
		in := typedIn(c, page, said.Entries)
		in.into(&said)
	} else {
		for i, text := range []string{said.Progress, said.Problems, said.Measures, said.Requests} {
			page.Set(textFields[i], text)
		}
	}
	page.SetVersion(f.Version)
	for _, e := range said.Entries {
		d.Lines = append(d.Lines, formLine{ID: e.Indicator, Name: names[e.Indicator], Unit: e.Unit, Href: indicatorAt(e.Indicator, f.Area, round.Period.Year()), Month: e.Month, Year: e.Year, Typed: e.Typed, Note: e.Note, Need: e.Need, May: e.May})
	}
	for i, text := range []string{said.Progress, said.Problems, said.Measures, said.Requests} {
		d.Texts = append(d.Texts, web.Pair{Key: c.T("cycle." + textFields[i]), Value: orDash(text)})
	}
	state := r.stateCell(c, &f)
	d.Pairs = []web.Pair{{Key: c.T("cycle.state"), Value: state.Text, Note: state.Small}, {Key: c.T("cycle.due"), Value: f.Due.String()}, {Key: c.T("cycle.handedOn"), Value: orDash(f.In.String())}, {Key: c.T("cycle.by"), Value: orDash(f.By), Note: f.Second}}
	if round.Asked != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("cycle.askedMore"), Value: round.Asked})
	}
	for _, s := range steps {
		text := s.Text
		if s.What == Submitted {
			text = ""
		}
		d.Events = append(d.Events, web.Event{When: stamp(s.At), ISO: time.UnixMilli(s.At).Format(time.RFC3339), Text: word(c, "step", s.What) + " · " + s.By, Note: text})
	}
	for _, act := range r.formActs(c, &round, &f) {
		d.Boxes = append(d.Boxes, desk.Box(c, act, d.At+"/"+act, f.Version, failing, failed, judgeFields(c, act)...))
	}
	if page.OK() && failing != nil {
		page = failing
	}
	return c.Render("cycle/form", web.Page{Title: area.Name(f.Area) + " · " + roundName(c, &round), Lede: lede, Form: page, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("cycle.title"), Href: atHome}, {Text: roundName(c, &round), Href: r.seen(c, &round)}, {Text: area.Name(f.Area)}}, Data: d})
}

// seen is a round's page for those who may see it.
func (r *Room) seen(c *web.Ctx, round *Round) string {
	if MaySee(c.User, round.Area) != nil {
		return ""
	}
	return roundAt(round.ID)
}

// formActs are what a reader may do about a form besides filling it in.
func (r *Room) formActs(c *web.Ctx, round *Round, f *Form) (out []string) {
	if f.State == Signing && MaySign(c.User, f) == nil {
		out = append(out, "sign", "unsign")
	}
	if f.State == Submitted && MayRun(c.User, round.Area) == nil {
		out = append(out, "accept")
		if round.State == Open {
			out = append(out, "return")
		}
	}
	return out
}

func judgeFields(c *web.Ctx, act string) []web.Field {
	switch act {
	case "unsign":
		return []web.Field{reasonField(c)}
	case "return":
	default:
		return nil
	}
	return []web.Field{{Name: "reason", Label: c.T("cycle.reason"), Kind: "textarea", Need: true, Max: 400, Rows: 3}, {Name: "days", Label: c.T("cycle.days"), Kind: "number", Need: true, Min: 1, Top: 20, Width: "2", Unit: c.T("cycle.workdays")}}
}

// typedIn is what stands in a form's inputs.
func typedIn(c *web.Ctx, f *web.Form, entries []Entry) Typed {
	in := Typed{Figures: map[string]string{}, Notes: map[string]string{}, Progress: f.Text("progress"), Problems: f.Text("problems"), Measures: f.Text("measures"), Requests: f.Text("requests")}
	for _, e := range entries {
		in.Figures[e.Indicator], in.Notes[e.Indicator] = clip(c.R.PostFormValue("own_"+e.Indicator), 20), clip(c.R.PostFormValue("note_"+e.Indicator), 200)
	}
	return in
}

// clip is a typed text without spaces around it, no longer than n characters.
func clip(s string, n int) string {
	runes := []rune(s)
	if len(runes) > n {
		runes = runes[:n]
	}
	return strings.TrimSpace(string(runes))
}

func (r *Room) actForm(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	code, act := c.R.PathValue("code"), c.R.PathValue("act")
	_, f, err := r.Look(c.Context(), c.User, id, code)
	if err != nil {
		return err
	}
	var page *web.Form
	var do func() error
	ctx := c.Context()
	switch act {
	case "save", "submit":
		page = c.Form(formFields(c, act == "save")...)
		in := typedIn(c, page, f.Said.Entries)
		do = func() error { return r.Save(ctx, c.User, id, code, in, page.Version(), c.Once()) }
		if act == "submit" {
			do = func() error { return r.HandIn(ctx, c.User, id, code, in, page.Version(), c.Once()) }
		}
	case "sign", "unsign", "accept", "return":
		page, _ = web.ActForm(c, act, judgeFields(c, act)...)
		reason, days := "", int64(0)
		if act == "return" || act == "unsign" {
			reason = page.Text(act + "_reason")
		}
		if act == "return" {
			days = page.Int("return_days")
		}
		do = map[string]func() error{
			"sign":   func() error { return r.Sign(ctx, c.User, id, code, page.Version(), c.Once()) },
			"unsign": func() error { return r.Unsign(ctx, c.User, id, code, reason, page.Version(), c.Once()) },
			"accept": func() error { return r.Judge(ctx, c.User, id, code, true, "", 0, page.Version(), c.Once()) },
			"return": func() error {
				return r.Judge(ctx, c.User, id, code, false, reason, int(days), page.Version(), c.Once())
			}}[act]
	default:
		return fault.New(fault.NotFound, "没有这种办法")
	}
	if page.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", word(c, "flash", act))
			return c.Redirect(formAt(id, code))
		}
		if err := page.Mend(err); err != nil {
			return err
		}
	}
	return r.renderForm(c, page, act)
}
