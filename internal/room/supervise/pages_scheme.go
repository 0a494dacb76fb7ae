package supervise

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

func (r *Room) showScheme(c *web.Ctx) error { return r.renderScheme(c, nil, "") }

func (r *Room) renderScheme(c *web.Ctx, failing *web.Form, failed string) error {
	s, err := r.theScheme(c)
	if err != nil {
		return err
	}
	ctx := c.Context()
	list, err := criteria(ctx, r.DB, s.ID)
	if err != nil {
		return err
	}
	appeals, err := r.appeals(ctx, r.DB, s.ID)
	if err != nil {
		return err
	}
	lines, err := scoresOf(ctx, r.DB, s.ID)
	if err != nil {
		return err
	}
	d := content{Tags: []cell{{Text: word(c, "scheme", s.State), Kind: schemeKind[s.State]}}, Pairs: []web.Pair{{Key: c.T("supervise.area"), Value: area.FullName(s.Area)}, {Key: c.T("supervise.year"), Value: itoa(s.Year)},
		{Key: c.T("supervise.cutoff"), Value: s.Cutoff.String()}, {Key: c.T("supervise.appealUntil"), Value: dash(s.AppealUntil.String())}, {Key: c.T("supervise.hash"), Value: dash(s.Hash[:min(16, len(s.Hash))])}, {Key: c.T("supervise.by"), Value: s.By}}}
	if s.Hash != "" {
		t := table{ID: "totals", Head: c.T("supervise.ranking"), Note: c.T("supervise.ties"), Heads: heads(c, "area", "+rank", "+total", "+noise", "+bonus", "+adjust", "+most")}
		for _, x := range totals(s.Areas(), list, lines, appeals) {
			rank := cell{Text: itoa(int64(x.Rank)), Right: true}
			if x.Tie {
				rank.Small = c.T("supervise.tie")
			}
			t.Rows = append(t.Rows, []cell{linesCell(c, &s, x.Area), rank, {Text: hundredths(x.Points), Right: true}, {Text: "±" + hundredths(x.Noise), Right: true}, {Text: hundredths(x.Bonus), Right: true},
				{Text: hundredths(x.Adjust), Right: true}, {Text: hundredths(x.Most), Right: true}})
		}
		d.Tables = append(d.Tables, t)
		d.Actions = []web.Tab{{Text: c.T("supervise.export"), Href: schemeAt(s.ID) + "/export"}}
		if MayLead(c.User, s.Area) == nil {
			d.Actions = append(d.Actions, web.Tab{Text: c.T("supervise.verify"), Href: schemeAt(s.ID) + "?verify=yes", Current: true})
			if c.Query("verify") == "yes" {
				key, err := r.verified(ctx, &s)
				if err != nil {
					return err
				}
				d.Paragraphs = append(d.Paragraphs, c.T(key))
			}
		}
	}
	t := table{ID: "criteria", Head: c.T("supervise.criteria"), Note: c.T("supervise.sum", hundredths(sumOf(list))), Heads: heads(c, "criterion", "scoring", "input", "+weight", "+each")}
	for _, x := range list {
		t.Rows = append(t.Rows, []cell{{Text: x.Name}, {Text: word(c, "rule", x.Rule)}, {Text: r.inputName(c, x.Input)}, {Text: hundredths(x.Weight), Right: true}, {Text: eachText(x), Right: true}})
	}
	d.Tables = append(d.Tables, t)
	if len(appeals) > 0 {
		t := table{ID: "appeals", Head: c.T("supervise.appeals"), Heads: heads(c, "area", "criterion", "f.note", "answer", "+adjust", "state")}
		for _, a := range appeals {
			if MayLead(c.User, s.Area) != nil && a.Area != c.User.Area {
				continue
			}
			t.Rows = append(t.Rows, []cell{{Text: area.Name(a.Area), Small: a.On.String()}, {Text: nameOf(list, a.No)}, {Text: a.Text, Small: a.By}, {Text: dash(a.Answer), Small: a.Answerer}, {Text: hundredths(a.Points), Right: true},
				{Text: word(c, "appeal", a.State), Kind: map[string]string{Open: "warn", Upheld: "ok"}[a.State]}})
		}
		if len(t.Rows) > 0 {
			d.Tables = append(d.Tables, t)
		}
	}
	acts := r.schemeActs(c, &s, list, appeals)
	for _, act := range []string{"criterion", "compute", "publish", "appeal", "reply", "final"} {
		if fields, ok := acts[act]; ok {
			d.Boxes = append(d.Boxes, desk.Box(c, act, schemeAt(s.ID)+"/"+act, s.Version, failing, failed, fields...))
		}
	}
	return c.Render("supervise/sheet", page(c, s.Title, "", atAppraisal, word(c, "tab", "appraisals"), failing, d))
}

// verified computes the inputs again, which takes a while and is done only when asked for, and tells whether they are still those that the
// lines were computed from.
func (r *Room) verified(ctx context.Context, s *Scheme) (key string, err error) {
	_, hash, err := r.work(ctx, s)
	switch {
	case err != nil && !fault.Is(err, fault.Conflict):
		return "", err
	case err == nil && hash == s.Hash:
		return "supervise.same", nil
	}
	return "supervise.changed", nil
}

// linesCell names an area and leads those who may see it to its lines.
func linesCell(c *web.Ctx, s *Scheme, code string) cell {
	out := cell{Text: area.Name(code)}
	if MaySee(c.User, code) == nil {
		out.Href = schemeAt(s.ID) + "/area/" + code
	}
	return out
}

func nameOf(list []Criterion, no int64) string {
	for _, c := range list {
		if c.No == no {
			return c.Name
		}
	}
	return "—"
}

func eachText(c Criterion) string {
	switch c.Rule {
	case ByDeduction, ByBonus:
		return hundredths(c.EachOne)
	case ByCompletion:
		return "≤ " + hundredths(c.Cap) + "%"
	}
	return "—"
}

func (r *Room) inputName(c *web.Ctx, input string) string {
	if slices.Contains(counted, input) {
		return word(c, "counted", input)
	}
	d, _ := r.definition(c.Context(), input)
	return d.Name
}

func (r *Room) actScheme(c *web.Ctx) error {
	s, err := r.theScheme(c)
	if err != nil {
		return err
	}
	list, err := criteria(c.Context(), r.DB, s.ID)
	if err != nil {
		return err
	}
	appeals, err := r.appeals(c.Context(), r.DB, s.ID)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	fields, ok := r.schemeActs(c, &s, list, appeals)[act]
	if !ok {
		return fault.New(fault.Denied, "您现在不能这样办理这次考核：它的状态已改变，或这一步由别人办理")
	}
	f, _ := web.ActForm(c, act, fields...)
	ctx, version := c.Context(), f.Version()
	var do func() error
	switch act {
	case "criterion":
		x := Criterion{No: idOf(f, "criterion_no"), Name: f.Text("criterion_name"), Rule: f.Choice("criterion_rule"), Input: f.Choice("criterion_input"), Weight: f.Fen("criterion_weight"), EachOne: f.Fen("criterion_each")}
		for _, o := range list {
			if o.No == x.No { // what was left empty stays
				if x.Name == "" {
					x.Name = o.Name
				}
				if x.Rule == "" {
					x.Rule = o.Rule
				}
				if x.Input == "" {
					x.Input = o.Input
				}
				if x.EachOne == 0 {
					x.EachOne = o.EachOne
				}
				x.Cap = o.Cap
			}
		}
		do = func() error { return r.SetCriterion(ctx, c.User, s.ID, x, version, c.Once()) }
	case "compute":
		do = func() error { return r.Compute(ctx, c.User, s.ID, version, c.Once()) }
	case "publish":
		day := db.On(f.Date("publish_day"))
		do = func() error { return r.Publish(ctx, c.User, s.ID, day, version, c.Once()) }
	case "appeal":
		no, text := idOf(f, "appeal_no"), f.Text("appeal_note")
		do = func() error { return r.Object(ctx, c.User, s.ID, no, text, version, c.Once()) }
	case "reply":
		which, upheld, points, text := idOf(f, "reply_which"), f.Choice("reply_upheld") == Upheld, f.Fen("reply_points"), f.Text("reply_note")
		do = func() error { return r.Reply(ctx, c.User, s.ID, which, upheld, points, text, version, c.Once()) }
	case "final":
		text := f.Text("final_note")
		do = func() error { return r.AskFinal(ctx, c.User, s.ID, text, version, c.Once()) }
	}
	return carry(c, f, func() string { return schemeAt(s.ID) }, do, func() error { return r.renderScheme(c, f, act) })
}

// showLines is one area's result, line by line.
func (r *Room) showLines(c *web.Ctx) error {
	s, err := r.theScheme(c)
	if err != nil {
		return err
	}
	code := c.R.PathValue("code")
	if !slices.Contains(s.Areas(), code) {
		return fault.New(fault.NotFound, "这个地区不在这次考核之内")
	}
	if err := MaySee(c.User, code); err != nil {
		return err
	}
	list, err := criteria(c.Context(), r.DB, s.ID)
	if err != nil {
		return err
	}
	lines, err := scoresOf(c.Context(), r.DB, s.ID)
	if err != nil {
		return err
	}
	t := table{ID: "lines", Head: c.T("supervise.lines"), Note: c.T("supervise.linesNote"), Heads: heads(c, "criterion", "scoring", "+most", "+got", "+noise", "formula")}
	for _, x := range lines {
		if x.Area != code {
			continue
		}
		var rule string
		for _, k := range list {
			if k.No == x.No {
				rule = word(c, "rule", k.Rule)
			}
		}
		t.Rows = append(t.Rows, []cell{{Text: nameOf(list, x.No)}, {Text: rule}, {Text: hundredths(x.Most), Right: true}, {Text: hundredths(x.Points), Right: true}, {Text: "±" + hundredths(x.Noise), Right: true}, {Text: x.Said}})
	}
	return c.Render("supervise/sheet", page(c, area.Name(code)+" "+s.Title, c.T("supervise.cutoff")+" "+s.Cutoff.String(), schemeAt(s.ID), s.Title, nil, content{Tables: []table{t}}))
}
