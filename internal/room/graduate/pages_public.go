package graduate

import (
	"fmt"
	"slices"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

type part struct {
	ID, Head, Href, More, Empty string
	Items                       []Item
}

type portalData struct {
	Tabs    []web.Tab
	Parts   []part
	Seeker  bool
	Since   string // subscribed since; "": not
	Actions []web.Tab
}

// portal is everything for a graduate on one page, signed in or not.
func (r *Room) portal(c *web.Ctx) error {
	ctx := c.Context()
	d := portalData{Tabs: r.tabs(c, atHome), Seeker: c.User.Role == account.Seeker && c.User.PersonID != 0}
	open, err := rounds(ctx, r.DB, r.Home, true, 1<<62, 50)
	if err != nil {
		return err
	}
	posts := part{ID: "posts", Head: c.T("graduate.posts"), Empty: c.T("graduate.postsNone")}
	for i := range open {
		p := &open[i]
		if i >= 8 && !p.Takes(r.today()) {
			continue
		}
		posts.Items = append(posts.Items, Item{Title: p.Title, Sub: word(c, "programme", p.Programme) + "　" + area.Name(p.Area) + "　" + p.Opens.String() + "～" + p.Closes.String(), Note: roundWord(c, p, r.today().Time.After(p.Closes.Time)), Href: roundAt(p.ID)})
	}
	d.Parts = append(d.Parts, posts)
	if d.Seeker {
		d.Actions = []web.Tab{{Text: c.T("graduate.mine"), Href: atMine}}
		d.Parts = append(d.Parts, part{ID: "policy", Head: c.T("graduate.policies"), Items: []Item{{Title: c.T("graduate.policyMine"), Sub: c.T("graduate.policyMineText"), Href: "/policy/me"}}})
		since, found, err := subscribed(ctx, r.DB, c.User.PersonID)
		if err != nil {
			return err
		}
		if found {
			d.Since = since.String()
		}
	}
	if r.Portal != nil {
		fresh, err := r.Portal.Vacancies(ctx, r.Home, false, 3)
		if err != nil {
			return err
		}
		practice, err := r.Portal.Vacancies(ctx, r.Home, true, 3)
		if err != nil {
			return err
		}
		fairs, err := r.Portal.Fairs(ctx, r.Home, 3)
		if err != nil {
			return err
		}
		d.Parts = append(d.Parts, part{ID: "vacancies", Head: c.T("graduate.vacancies"), Href: "/jobs?flag=graduates", More: c.T("graduate.more"), Empty: c.T("graduate.vacanciesNone"), Items: fresh},
			part{ID: "practice", Head: c.T("graduate.practice"), Href: "/jobs?q=%E8%A7%81%E4%B9%A0", More: c.T("graduate.more"), Empty: c.T("graduate.practiceNone"), Items: practice},
			part{ID: "fairs", Head: c.T("graduate.fairs"), Href: "/fair", More: c.T("graduate.more"), Empty: c.T("graduate.fairsNone"), Items: fairs})
	}
	coming, err := events(ctx, r.DB, r.Home, r.today(), 10)
	if err != nil {
		return err
	}
	calendar := part{ID: "events", Head: c.T("graduate.events"), Empty: c.T("graduate.eventsNone")}
	for _, e := range coming {
		calendar.Items = append(calendar.Items, Item{Title: e.Title, Sub: word(c, "event", e.Kind) + "　" + e.School + "　" + e.Place, Note: lang.Date(c.Lang, e.On.Time), Href: e.Link})
	}
	d.Parts = append(d.Parts, calendar)
	return c.Render("graduate/portal", web.Page{Title: c.T("graduate.portal"), Lede: c.T("graduate.portalLede"), Data: d, Public: d.Tabs == nil, Nav: atHome})
}

// roundWord is where a round stands, for the public.
func roundWord(c *web.Ctx, p *Round, over bool) string {
	if p.State == Open && over {
		return c.T("graduate.checking")
	}
	return word(c, "state", p.State)
}

func (r *Room) takeSubscribe(c *web.Ctx) error {
	on := c.R.PostFormValue("on") == "yes"
	if err := r.Subscribe(c.Context(), c.User, on, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T(map[bool]string{true: "graduate.subscribed", false: "graduate.unsubscribed"}[on]))
	return c.Redirect(atHome + "#subscribe")
}

func (r *Room) theRound(c *web.Ctx) (Round, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Round{}, err
	}
	p, err := roundByID(c.Context(), r.DB, id)
	if err != nil {
		return p, err
	}
	return p, MaySee(c.User, &p)
}

func roundPairs(c *web.Ctx, p *Round) []web.Pair {
	pairs := []web.Pair{{Key: c.T("graduate.programme"), Value: word(c, "programme", p.Programme)}, {Key: c.T("graduate.area"), Value: area.FullName(p.Area)}, {Key: c.T("graduate.applyTime"), Value: p.Opens.String() + "～" + p.Closes.String()},
		{Key: c.T("graduate.exam"), Value: p.Exam.String()}, {Key: c.T("graduate.starts"), Value: p.Starts.String()},
		{Key: c.T("graduate.rule"), Value: c.T("graduate.ruleText", p.Weight, 100-p.Weight, points(p.Pass))}, {Key: c.T("graduate.order"), Value: c.T("graduate.orderText")}}
	if p.Window > 0 {
		pairs = append(pairs, web.Pair{Key: c.T("graduate.window"), Value: c.T("graduate.windowText", p.Window)})
	}
	if p.MaxAge > 0 {
		pairs = append(pairs, web.Pair{Key: c.T("graduate.age"), Value: c.T("graduate.ageText", p.MaxAge)})
	}
	if !p.ShownOn.IsZero() {
		pairs = append(pairs, web.Pair{Key: c.T("graduate.publicity"), Value: c.T("graduate.publicityText", p.ShownOn.String(), p.ShownUntil.String(), p.Days)})
	}
	return pairs
}

// points writes hundredths of a point; nothing for none.
func points(n int) string {
	if n < 0 {
		return "—"
	}
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}

func postText(p *Post) string { return p.Unit + " " + p.Title }

func conditions(c *web.Ctx, p *Post) string {
	text := c.T("graduate.anyDegree")
	if p.Degree > 0 {
		text = c.T("graduate.degreeText", eduName(c, p.Degree))
	}
	if p.Majors != "" {
		text += "；" + c.T("graduate.majorText", p.Majors)
	}
	return text
}

func eduName(c *web.Ctx, code int) string {
	if c.Lang == lang.English {
		return eduEn(code)
	}
	return eduZh(code)
}

func reasons(c *web.Ctx, lines []Line) (out []web.Reason) {
	for _, l := range lines {
		text := l.Zh
		if c.Lang == lang.English {
			text = l.En
		}
		out = append(out, web.Reason{Kind: l.Kind, Text: text})
	}
	return out
}

var verdictKind = map[string]string{Yes: "ok", No: "stop", Ask: "warn"}

func postRow(c *web.Ctx, p *Post) []cell {
	seats := lang.Int(int64(p.Seats))
	if p.Reserved > 0 {
		seats = c.T("graduate.seatsReserved", p.Seats, p.Reserved)
	}
	return []cell{{Text: p.Unit, Small: p.Title}, {Text: word(c, "service", p.Service)}, {Text: area.Name(p.Area)}, {Text: seats, Right: true}, {Text: conditions(c, p)}, {Text: c.T("graduate.yearsText", p.Years), Right: true}, {Text: lang.Fen(p.Allowance), Right: true}}
}

func (r *Room) showRound(c *web.Ctx) error {
	p, err := r.theRound(c)
	if err != nil {
		return err
	}
	return r.renderRound(c, &p, nil, "")
}

// statedFields ask for what the register does not know.
func statedFields(c *web.Ctx) []web.Field {
	var degrees []web.Option
	for _, e := range person.Educations[:4] {
		degrees = append(degrees, web.Option{Value: number(int64(e.Code)), Text: eduName(c, e.Code)})
	}
	return []web.Field{{Name: "school", Label: c.T("graduate.school"), Hint: c.T("graduate.statedHint"), Max: 60}, {Name: "degree", Label: c.T("graduate.degree"), Kind: "select", Options: degrees},
		{Name: "major", Label: c.T("graduate.major"), Max: 60}, {Name: "graduated", Label: c.T("graduate.graduated"), Kind: "date", Width: "8"}}
}

func applyFields(c *web.Ctx, list []Checked, known bool) (fields []web.Field) {
	var choice []web.Option
	for i := range list {
		if list[i].Verdict != No {
			choice = append(choice, web.Option{Value: number(list[i].ID), Text: postText(&list[i].Post)})
		}
	}
	for i := range min(mostWishes, max(len(choice), 1)) {
		fields = append(fields, web.Field{Name: fmt.Sprintf("wish%d", i+1), Label: c.T("graduate.wish", i+1), Kind: "select", Need: i == 0, Options: choice})
	}
	if !known {
		fields = append(fields, statedFields(c)...)
	}
	return fields
}

// renderRound shows the announcement, and to somebody signed in whether they may apply, post by post, with the form.
func (r *Room) renderRound(c *web.Ctx, p *Round, failing *web.Form, failed string) error {
	ctx := c.Context()
	list, err := posts(ctx, r.DB, p.ID)
	if err != nil {
		return err
	}
	d := content{Pairs: roundPairs(c, p), Lines: []string{p.Body}, Tags: []cell{{Text: roundWord(c, p, r.today().After(p.Closes.Time)), Kind: map[bool]string{true: "ok"}[p.Takes(r.today())]}}}
	t := table{ID: "posts", Head: c.T("graduate.postsHead"), Heads: heads(c, "unit", "kind", "place", "+seats", "conditions", "+years", "+allowance"), Empty: c.T("graduate.none")}
	for i := range list {
		t.Rows = append(t.Rows, postRow(c, &list[i]))
	}
	d.Tables = append(d.Tables, t)
	if c.User.Role == account.Seeker && c.User.PersonID != 0 && p.State == Open {
		facts, err := r.People.Facts(ctx, c.User.PersonID)
		if err != nil {
			return err
		}
		e, found, err := r.entryOf(ctx, r.DB, c.User.PersonID, p.ID)
		if err != nil {
			return err
		}
		checked := CheckAll(p, list, facts, e.Said)
		for i := range checked {
			d.Whys = append(d.Whys, why{ID: "why" + number(checked[i].ID), Head: postText(&checked[i].Post), Tag: cell{Text: word(c, "verdict", checked[i].Verdict), Kind: verdictKind[checked[i].Verdict]}, Reasons: reasons(c, checked[i].Lines)})
		}
		if p.Takes(r.today()) && (!found || e.State == Applied || e.State == Withdrawn) && slices.ContainsFunc(checked, func(x Checked) bool { return x.Verdict != No }) {
			b := boxOf(c, "apply", roundAt(p.ID)+"/apply", 0, failing, failed, applyFields(c, checked, len(facts.Graduates) > 0)...)
			for i, w := range e.Wishes {
				b.Form.Set(fmt.Sprintf("apply_wish%d", i+1), number(w))
			}
			b.Open, b.Note = true, c.T("graduate.applyNote")
			d.Boxes = append(d.Boxes, b)
		}
		if found {
			d.Actions = []web.Tab{{Text: c.T("graduate.mine"), Href: atMine}}
		}
	}
	if p.State == Shown || p.State == Deciding || p.State == Hired {
		t, err := r.publicity(c, p, list)
		if err != nil {
			return err
		}
		d.Tables = append([]table{t}, d.Tables...)
	}
	if r.tabs(c, "") != nil && MayAct(c.User, p.Area) == nil {
		d.Actions = []web.Tab{{Text: c.T("graduate.manage"), Href: deskAt(p.ID)}}
	}
	return c.Render("graduate/sheet", web.Page{Title: p.Title, Form: failing, Public: r.tabs(c, "") == nil, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("graduate.portal"), Href: atHome}}, Data: d})
}

// publicity lists who is to be hired: masked names, posts and totals.
func (r *Room) publicity(c *web.Ctx, p *Round, list []Post) (table, error) {
	t := table{ID: "publicity", Head: c.T("graduate.publicity"), Note: c.T("graduate.objections"), Heads: heads(c, "name", "post", "+total", "+place1"), Empty: c.T("graduate.none")}
	entries, err := scored(c.Context(), r.DB, p.ID)
	if err != nil {
		return t, err
	}
	ranked := slices.DeleteFunc(Rank(p, entries), func(e Ranked) bool { return e.PostID == 0 })
	var ids []int64
	for _, e := range ranked {
		ids = append(ids, e.PersonID)
	}
	names, err := r.People.Names(c.Context(), ids)
	if err != nil {
		return t, err
	}
	for _, e := range ranked {
		if i := slices.IndexFunc(list, func(x Post) bool { return x.ID == e.PostID }); i >= 0 {
			t.Rows = append(t.Rows, []cell{{Text: identity.MaskName(names[e.PersonID])}, {Text: postText(&list[i])}, {Text: points(e.Total), Right: true}, {Text: number(int64(e.Place)), Right: true}})
		}
	}
	return t, nil
}

// statedOf reads what somebody stated.
func statedOf(f *web.Form, act string) (s Said) {
	if !slices.ContainsFunc(f.Fields, func(d web.Field) bool { return d.Name == act+"_school" }) {
		return s
	}
	s.School, s.Major = f.Text(act+"_school"), f.Text(act+"_major")
	if d := f.Date(act + "_graduated"); !d.IsZero() {
		s.Graduated = d.Format("2006-01-02")
	}
	s.Degree = int(ref(f.Choice(act + "_degree")))
	return s
}

// actRound takes a seeker's acts: apply, withdraw, appeal.
func (r *Room) actRound(c *web.Ctx) error {
	p, err := r.theRound(c)
	if err != nil {
		return err
	}
	ctx, act := c.Context(), c.R.PathValue("act")
	switch act {
	case "withdraw":
		if err := r.Withdraw(ctx, c.User, p.ID, c.Once()); err != nil {
			return err
		}
	case "appeal":
		f, _ := web.ActForm(c, "appeal", appealField(c))
		text := f.Text("appeal_text")
		if f.OK() {
			if err := f.Mend(r.Appeal(ctx, c.User, p.ID, text, c.Once())); err != nil {
				return err
			}
		}
		if !f.OK() {
			return r.renderMine(c, f, p.ID)
		}
	case "apply":
		list, err := posts(ctx, r.DB, p.ID)
		if err != nil {
			return err
		}
		facts, err := r.People.Facts(ctx, c.User.PersonID)
		if err != nil {
			return err
		}
		f, _ := web.ActForm(c, "apply", applyFields(c, CheckAll(&p, list, facts, Said{}), len(facts.Graduates) > 0)...)
		var wishes []int64
		for i := range mostWishes {
			name := fmt.Sprintf("apply_wish%d", i+1)
			if slices.ContainsFunc(f.Fields, func(d web.Field) bool { return d.Name == name }) {
				if id := ref(f.Choice(name)); id != 0 {
					wishes = append(wishes, id)
				}
			}
		}
		said := statedOf(f, "apply")
		if f.OK() {
			if err := f.Mend(r.Apply(ctx, c.User, p.ID, wishes, said, c.Once())); err != nil {
				return err
			}
		}
		if !f.OK() {
			return r.renderRound(c, &p, f, "apply")
		}
	default:
		return fault.New(fault.NotFound, "没有这种办法")
	}
	c.Flash("ok", word(c, "told", act))
	return c.Redirect(atMine)
}

func appealField(c *web.Ctx) web.Field {
	return web.Field{Name: "text", Label: c.T("graduate.appealWhy"), Kind: "textarea", Need: true, Max: 400, Rows: 3}
}

func (r *Room) mine(c *web.Ctx) error { return r.renderMine(c, nil, 0) }

var entryKind = map[string]string{Applied: "warn", Appealed: "warn", Qualified: "ok", Refused: "stop", Final: "stop", Dropped: "stop", Taken: "ok"}

// renderMine shows somebody's applications and service periods.
func (r *Room) renderMine(c *web.Ctx, failing *web.Form, failed int64) error {
	ctx := c.Context()
	entries, err := r.entriesOfPerson(ctx, r.DB, c.User.PersonID)
	if err != nil {
		return err
	}
	var d content
	t := table{ID: "entries", Head: c.T("graduate.myEntries"), Heads: heads(c, "round", "stateHead", "wishes", "post", "+total"), Empty: c.T("graduate.myEntriesNone")}
	for _, e := range entries {
		p, err := roundByID(ctx, r.DB, e.RoundID)
		if err != nil {
			return err
		}
		list, err := posts(ctx, r.DB, e.RoundID)
		if err != nil {
			return err
		}
		given, total := "—", "—"
		if i := slices.IndexFunc(list, func(x Post) bool { return x.ID == e.PostID }); i >= 0 {
			given = postText(&list[i])
		}
		if n, ok := e.Total(&p); ok {
			total = points(n)
		}
		t.Rows = append(t.Rows, []cell{{Text: p.Title, Href: roundAt(p.ID)}, {Text: word(c, "entry", e.State), Kind: entryKind[e.State], Small: e.Said.Why}, {Text: wishText(list, e.Wishes)}, {Text: given}, {Text: total, Right: true}})
		switch {
		case e.State == Refused:
			b := boxOf(c, "appeal", roundAt(p.ID)+"/appeal", 0, nil, "", appealField(c))
			if failed == p.ID && failing != nil {
				b.Form, b.Open = failing, true
			}
			b.ID, b.Note = "appeal"+number(p.ID), p.Title
			d.Boxes = append(d.Boxes, b)
		case e.Live() && (p.State == Open || p.State == Exam || p.State == Assigned):
			b := boxOf(c, "withdraw", roundAt(p.ID)+"/withdraw", 0, nil, "")
			b.ID, b.Note = "withdraw"+number(p.ID), p.Title
			d.Boxes = append(d.Boxes, b)
		}
	}
	d.Tables = append(d.Tables, t)
	served, err := servicesOf(ctx, r.DB, c.User.PersonID)
	if err != nil {
		return err
	}
	if len(served) > 0 {
		t := table{ID: "services", Head: c.T("graduate.myServices"), Heads: heads(c, "unit", "period", "stateHead", "+months")}
		for i := range served {
			s := &served[i]
			t.Rows = append(t.Rows, []cell{{Text: s.Unit, Small: s.Title}, {Text: s.Starts.String() + "～" + s.Last().String()}, {Text: word(c, "serving", s.State)}, {Text: number(int64(s.Months(r.today().Time))), Right: true}})
		}
		d.Tables = append(d.Tables, t)
	}
	return c.Render("graduate/sheet", web.Page{Title: c.T("graduate.mine"), Lede: c.T("graduate.mineLede"), Form: failing, Public: true, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("graduate.portal"), Href: atHome}}, Data: d})
}

func wishText(list []Post, wishes []int64) (text string) {
	for i, w := range wishes {
		if at := slices.IndexFunc(list, func(x Post) bool { return x.ID == w }); at >= 0 {
			if text != "" {
				text += "；"
			}
			text += fmt.Sprintf("%d. %s", i+1, postText(&list[at]))
		}
	}
	return text
}
