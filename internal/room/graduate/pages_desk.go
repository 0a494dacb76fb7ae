package graduate

import (
	"fmt"
	"slices"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// desk lists the rounds of an area, beside the plan's numbers.
func (r *Room) desk(c *web.Ctx) error {
	from, err := below(c)
	if err != nil {
		return err
	}
	list, err := rounds(c.Context(), r.DB, c.User.Area, false, from, shown+1)
	if err != nil {
		return err
	}
	list, next := cut(list, func(p *Round) int64 { return p.ID })
	all, err := sumsOf(c.Context(), r.DB, list)
	if err != nil {
		return err
	}
	t := table{ID: "list", Head: c.T("graduate.rounds"), Heads: heads(c, "round", "area", "applyTime", "+seats", "+entries", "+waiting", "stateHead"), Empty: c.T("graduate.roundsNone")}
	for i := range list {
		p, s := &list[i], all[list[i].ID]
		t.Rows = append(t.Rows, []cell{{Text: p.Title, Href: deskAt(p.ID), Small: word(c, "programme", p.Programme)}, {Text: area.Name(p.Area)}, {Text: p.Opens.String() + "～" + p.Closes.String()}, {Text: lang.Int(s.Seats), Right: true},
			{Text: lang.Int(s.Entries), Right: true}, {Text: lang.Int(s.Waiting), Right: true}, {Text: word(c, "state", p.State), Kind: map[string]string{Open: "ok", Deciding: "warn"}[p.State]}})
	}
	goals, err := r.goalTable(c)
	if err != nil {
		return err
	}
	d := content{Tabs: r.tabs(c, atDesk), Tables: []table{t}, Paged: true, Paging: c.Paging(-1, len(list), next), Actions: []web.Tab{{Text: c.T("graduate.new"), Href: atDesk + "/new"}}}
	if len(goals.Rows) > 0 {
		d.Tables = append(d.Tables, goals)
	}
	return c.Render("graduate/sheet", web.Page{Title: c.T("graduate.title"), Lede: c.T("graduate.lede"), Nav: atDesk, Data: d})
}

// goalTable sets the plan's numbers that concern the reader's area beside what has been posted and begun.
func (r *Room) goalTable(c *web.Ctx) (table, error) {
	t := table{ID: "goals", Head: c.T("graduate.goals"), Note: c.T("graduate.goalsNote"), Heads: heads(c, "goal", "area", "+goalNumber", "+posted", "+begun", "+share")}
	for _, g := range Goals() {
		if !area.Within(g.Area, c.User.Area) && !area.Within(c.User.Area, g.Area) {
			continue
		}
		seats, err := seatsPosted(c.Context(), r.DB, g.Programme, 0)
		if err != nil {
			return t, err
		}
		served, err := begun(c.Context(), r.DB, g.Programme, 0)
		if err != nil {
			return t, err
		}
		posted, n := under(seats, g.Area), under(served, g.Area)
		t.Rows = append(t.Rows, []cell{{Text: word(c, "programme", g.Programme), Small: "“" + g.Quote + "”（" + g.Source + "）"}, {Text: area.Name(g.Area)}, {Text: lang.Int(g.Number) + " " + g.Unit, Right: true},
			{Text: lang.Int(posted), Right: true}, {Text: lang.Int(n), Right: true}, {Text: lang.Percent(n * 10_000 / g.Number), Right: true}})
	}
	return t, nil
}

func planFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "title", Label: c.T("graduate.f.title"), Need: true, Max: 80}, {Name: "programme", Label: c.T("graduate.programme"), Kind: "select", Need: true, Options: options(c, "programme", programmes)},
		{Name: "area", Label: c.T("graduate.area"), Kind: "select", Need: true, Options: account.Places(c.User.Area)}, {Name: "year", Label: c.T("graduate.f.year"), Kind: "number", Need: true, Min: 2000, Top: 2100, Width: "4"},
		{Name: "body", Label: c.T("graduate.f.body"), Kind: "textarea", Need: true, Max: 4000, Rows: 6}, {Name: "opens", Label: c.T("graduate.f.opens"), Kind: "date", Need: true, Width: "8"}, {Name: "closes", Label: c.T("graduate.f.closes"), Kind: "date", Need: true, Width: "8"},
		{Name: "exam", Label: c.T("graduate.exam"), Kind: "date", Need: true, Width: "8"}, {Name: "starts", Label: c.T("graduate.starts"), Kind: "date", Need: true, Width: "8"},
		{Name: "window", Label: c.T("graduate.f.window"), Hint: c.T("graduate.f.windowHint"), Kind: "number", Need: true, Min: 0, Top: 10, Width: "2"}, {Name: "age", Label: c.T("graduate.f.age"), Kind: "number", Need: true, Min: 0, Top: 60, Width: "2"},
		{Name: "weight", Label: c.T("graduate.f.weight"), Kind: "number", Need: true, Min: 0, Top: 100, Width: "4", Unit: "%"}, {Name: "pass", Label: c.T("graduate.f.pass"), Kind: "number", Need: true, Min: 0, Top: 100, Width: "4"},
		{Name: "days", Label: c.T("graduate.f.days"), Kind: "number", Need: true, Min: 5, Top: 20, Width: "2"}}
}

func (r *Room) askPlan(c *web.Ctx) error  { return r.planForm(c, false) }
func (r *Room) takePlan(c *web.Ctx) error { return r.planForm(c, true) }

func (r *Room) planForm(c *web.Ctx, take bool) error {
	b := boxOf(c, "plan", atDesk+"/new", 0, nil, "", planFields(c)...)
	f := b.Form
	for name, value := range map[string]int{"year": r.today().Year(), "window": sinceYears, "age": 30, "weight": 60, "pass": 60, "days": 7} {
		f.Set("plan_"+name, number(int64(value)))
	}
	if take {
		p := Round{Title: f.Text("plan_title"), Programme: f.Choice("plan_programme"), Area: f.Choice("plan_area"), Year: int(f.Int("plan_year")), Body: f.Text("plan_body"), Opens: db.On(f.Date("plan_opens")), Closes: db.On(f.Date("plan_closes")),
			Exam: db.On(f.Date("plan_exam")), Starts: db.On(f.Date("plan_starts")), Window: int(f.Int("plan_window")), MaxAge: int(f.Int("plan_age")), Weight: int(f.Int("plan_weight")), Pass: int(f.Int("plan_pass")) * 100, Days: int(f.Int("plan_days"))}
		if f.OK() {
			id, err := r.Plan(c.Context(), c.User, p, c.Once())
			if err == nil {
				c.Flash("ok", c.T("graduate.done"))
				return c.Redirect(deskAt(id))
			}
			if err := f.Mend(err); err != nil {
				return err
			}
		}
	}
	return c.Render("graduate/form", web.Page{Title: c.T("graduate.new"), Form: f, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("graduate.title"), Href: atDesk}}, Data: b})
}

// managed is the round in the address, for those who may run it.
func (r *Room) managed(c *web.Ctx) (Round, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Round{}, err
	}
	p, err := roundByID(c.Context(), r.DB, id)
	if err != nil {
		return p, err
	}
	return p, MayAct(c.User, p.Area)
}

// actsIn are what can be done with a round in each of its states.
var actsIn = map[string][]string{Draft: {"post", "remove", "publish"}, Open: {"close"}, Exam: {"scores", "assign"}, Assigned: {"assign", "show"}, Shown: {"ask"}}

func deskFields(c *web.Ctx, act string, p *Round, list []Post) []web.Field {
	switch act {
	case "post":
		var degrees []web.Option
		for _, e := range person.Educations[:4] {
			degrees = append(degrees, web.Option{Value: number(int64(e.Code)), Text: eduName(c, e.Code)})
		}
		return []web.Field{{Name: "unit", Label: c.T("graduate.unit"), Need: true, Max: 60}, {Name: "title", Label: c.T("graduate.post"), Need: true, Max: 40}, {Name: "area", Label: c.T("graduate.place"), Kind: "select", Need: true, Options: account.Places(p.Area)},
			{Name: "service", Label: c.T("graduate.kind"), Kind: "select", Need: true, Options: options(c, "service", services)}, {Name: "degree", Label: c.T("graduate.f.degree"), Kind: "select", Options: degrees},
			{Name: "majors", Label: c.T("graduate.f.majors"), Hint: c.T("graduate.f.majorsHint"), Max: 80}, {Name: "seats", Label: c.T("graduate.seats"), Kind: "number", Need: true, Min: 1, Top: 500, Width: "4"},
			{Name: "reserved", Label: c.T("graduate.f.reserved"), Hint: c.T("graduate.f.reservedHint"), Kind: "number", Min: 0, Top: 500, Width: "4"}, {Name: "years", Label: c.T("graduate.f.years"), Kind: "number", Need: true, Min: 1, Top: 5, Width: "2"},
			{Name: "allowance", Label: c.T("graduate.allowance"), Kind: "number", Need: true, Min: 0, Top: 2_000_000, Width: "8"}}
	case "remove":
		f := web.Field{Name: "which", Label: c.T("graduate.post"), Kind: "select", Need: true}
		for i := range list {
			f.Options = append(f.Options, web.Option{Value: number(list[i].ID), Text: postText(&list[i])})
		}
		return []web.Field{f}
	case "scores":
		return []web.Field{{Name: "file", Label: c.T("graduate.f.file"), Hint: c.T("graduate.f.fileHint"), Kind: "file", Need: true, Accept: ".xlsx,.csv"}}
	case "ask":
		return []web.Field{{Name: "why", Label: c.T("graduate.f.why"), Kind: "textarea", Need: true, Max: 400, Rows: 2}}
	}
	return nil
}

func (r *Room) showDesk(c *web.Ctx) error {
	p, err := r.managed(c)
	if err != nil {
		return err
	}
	return r.renderDesk(c, &p, nil, "", nil)
}

// renderDesk shows a round to whoever runs it: posts, applications, what can be done next.
func (r *Room) renderDesk(c *web.Ctx, p *Round, failing *web.Form, failed string, flaws []Flaw) error {
	ctx := c.Context()
	list, err := posts(ctx, r.DB, p.ID)
	if err != nil {
		return err
	}
	sum, err := sumsOf(ctx, r.DB, []Round{*p})
	if err != nil {
		return err
	}
	s := sum[p.ID]
	d := content{Tabs: r.tabs(c, atDesk), Tags: []cell{{Text: word(c, "state", p.State)}}, Pairs: roundPairs(c, p), Figures: []web.Figure{{Label: c.T("graduate.seats"), Value: lang.Int(s.Seats)}, {Label: c.T("graduate.entries"), Value: lang.Int(s.Entries)},
		{Label: c.T("graduate.waiting"), Value: lang.Int(s.Waiting)}, {Label: c.T("graduate.qualified"), Value: lang.Int(s.Qualified)}}, Actions: []web.Tab{{Text: c.T("graduate.public"), Href: roundAt(p.ID)}}}
	if p.State == Deciding {
		d.Actions = append(d.Actions, web.Tab{Text: c.T("graduate.decision"), Href: "/approval/" + number(p.Request)})
	}
	if len(flaws) > 0 {
		t := table{ID: "flaws", Head: c.T("graduate.flaws", len(flaws)), Note: c.T("graduate.flawsNote"), Heads: heads(c, "row", "wrong")}
		for _, f := range flaws[:min(len(flaws), 200)] {
			t.Rows = append(t.Rows, []cell{{Text: c.T("graduate.rowN", f.Row)}, {Text: f.Text}})
		}
		d.Tables = append(d.Tables, t)
	}
	if err := r.entryTable(c, p, list, &d); err != nil {
		return err
	}
	t := table{ID: "posts", Head: c.T("graduate.postsHead"), Heads: heads(c, "unit", "kind", "place", "+seats", "conditions", "+years", "+allowance"), Empty: c.T("graduate.none")}
	for i := range list {
		t.Rows = append(t.Rows, postRow(c, &list[i]))
	}
	d.Tables = append(d.Tables, t)
	for _, act := range actsIn[p.State] {
		fields := deskFields(c, act, p, list)
		if act == "remove" && len(list) == 0 {
			continue
		}
		b := boxOf(c, act, deskAt(p.ID)+"/"+act, p.Version, failing, failed, fields...)
		b.Note = c.T("graduate.note." + act)
		d.Boxes = append(d.Boxes, b)
	}
	return c.Render("graduate/sheet", web.Page{Title: p.Title, Form: failing, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("graduate.title"), Href: atDesk}}, Data: d})
}

// entryTable lists a round's applications, in the order of the ranking once there is one, otherwise page by page.
func (r *Room) entryTable(c *web.Ctx, p *Round, list []Post, d *content) error {
	if p.State == Draft {
		return nil
	}
	ctx := c.Context()
	t := table{ID: "entries", Head: c.T("graduate.entriesHead"), Heads: heads(c, "name", "stateHead", "wishes", "+written", "+interview", "+total", "+place1", "post", "medical"), Empty: c.T("graduate.entriesNone")}
	var rows, ranked []Ranked
	state := c.Query("state")
	if !slices.Contains(entryStates, state) {
		state = ""
	}
	d.Chips = append(d.Chips, web.Tab{Text: c.T("graduate.all"), Href: deskAt(p.ID), Current: state == ""})
	for _, s := range entryStates {
		d.Chips = append(d.Chips, web.Tab{Text: word(c, "entry", s), Href: deskAt(p.ID) + "?state=" + s, Current: state == s})
	}
	d.Actions = append(d.Actions, web.Tab{Text: c.T("graduate.export"), Href: deskAt(p.ID) + "/export"})
	if state == "" && p.State != Open {
		entries, err := r.entriesOf(ctx, r.DB, p.ID)
		if err != nil {
			return err
		}
		ranked = Rank(p, entries)
		rows, t.Note = withRest(ranked, entries), c.T("graduate.rankNote", len(ranked))
		if len(rows) > 300 {
			rows, t.Note = rows[:300], c.T("graduate.rankCut", len(rows))
		}
	} else {
		at, err := c.Cursor(1)
		if err != nil {
			return err
		}
		page, err := r.entriesPage(ctx, p.ID, state, at.Int(0), shown+1)
		if err != nil {
			return err
		}
		page, next := cut(page, func(e *Entry) int64 { return e.PersonID })
		for _, e := range page {
			rows = append(rows, Ranked{Entry: e, Total: -1})
		}
		d.Paged, d.Paging = true, c.Paging(-1, len(page), next)
	}
	var ids []int64
	for _, e := range rows {
		ids = append(ids, e.PersonID)
	}
	names, err := r.People.Names(ctx, ids)
	if err != nil {
		return err
	}
	for _, e := range rows {
		given, place, medical := "—", "—", cell{Text: "—"}
		if i := slices.IndexFunc(list, func(x Post) bool { return x.ID == e.PostID }); i >= 0 {
			given = postText(&list[i])
			medical.Text = c.T("graduate.medical.none")
		}
		if e.Place > 0 {
			place = number(int64(e.Place))
		}
		if e.Medical != "" {
			medical = cell{Text: word(c, "medical", e.Medical), Kind: map[string]string{Fit: "ok", Unfit: "stop"}[e.Medical]}
		}
		t.Rows = append(t.Rows, []cell{{Text: identity.MaskName(names[e.PersonID]), Href: entryAt(p.ID, e.PersonID)}, {Text: word(c, "entry", e.State), Kind: entryKind[e.State]}, {Text: wishText(list, e.Wishes)}, {Text: points(e.Written), Right: true},
			{Text: points(e.Interview), Right: true}, {Text: points(e.Total), Right: true}, {Text: place, Right: true}, {Text: given}, medical})
	}
	if state == "" && (p.State == Assigned || p.State == Shown || p.State == Deciding) {
		n, err := r.blocking(ctx, p, list, ranked)
		if err != nil {
			return err
		}
		d.Tags = append(d.Tags, cell{Text: c.T("graduate.blocking", n), Kind: map[bool]string{true: "ok", false: "stop"}[n == 0]})
	}
	d.Tables = append(d.Tables, t)
	return nil
}

func (r *Room) actDesk(c *web.Ctx) error {
	p, err := r.managed(c)
	if err != nil {
		return err
	}
	ctx, act := c.Context(), c.R.PathValue("act")
	if !slices.ContainsFunc([]string{"post", "remove", "publish", "close", "scores", "assign", "show", "ask"}, func(s string) bool { return s == act }) {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	list, err := posts(ctx, r.DB, p.ID)
	if err != nil {
		return err
	}
	f, _ := web.ActForm(c, act, deskFields(c, act, &p, list)...)
	version, key := f.Version(), c.Once()
	var flaws []Flaw
	var do func() error
	switch act {
	case "post":
		x := Post{RoundID: p.ID, Unit: f.Text("post_unit"), Title: f.Text("post_title"), Area: f.Choice("post_area"), Service: f.Choice("post_service"), Degree: int(ref(f.Choice("post_degree"))), Majors: f.Text("post_majors"), Seats: int(f.Int("post_seats")),
			Reserved: int(f.Int("post_reserved")), Years: int(f.Int("post_years")), Allowance: f.Fen("post_allowance")}
		do = func() error { return r.AddPost(ctx, c.User, x, version, key) }
	case "remove":
		which := ref(f.Choice("remove_which"))
		do = func() error { return r.RemovePost(ctx, c.User, p.ID, which, version, key) }
	case "publish":
		do = func() error { return r.Publish(ctx, c.User, p.ID, version, key) }
	case "close":
		do = func() error { return r.Close(ctx, c.User, p.ID, version, key) }
	case "scores":
		scores, wrong, err := r.readUpload(c, f)
		if err != nil {
			return err
		}
		if flaws = wrong; f.OK() && len(flaws) > 0 {
			f.Fail("scores_file", c.T("graduate.flaws", len(flaws)))
		}
		do = func() error { return r.Scores(ctx, c.User, p.ID, scores, version, key) }
	case "assign":
		do = func() error { return r.Assign(ctx, c.User, p.ID, version, key) }
	case "show":
		do = func() error { return r.Show(ctx, c.User, p.ID, version, key) }
	case "ask":
		text := f.Text("ask_why")
		do = func() error { return r.Ask(ctx, c.User, p.ID, text, version, key) }
	}
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("graduate.done"))
			return c.Redirect(deskAt(p.ID))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderDesk(c, &p, f, act, flaws)
}

// readUpload reads the file of scores handed in.
func (r *Room) readUpload(c *web.Ctx, f *web.Form) ([]Score, []Flaw, error) {
	up, err := c.Upload("scores_file", 10<<20)
	if err != nil {
		return nil, nil, err
	}
	if up == nil {
		f.Fail("scores_file", c.T("graduate.f.fileNone"))
		return nil, nil, nil
	}
	list, flaws, err := r.ReadScores(c.Context(), up.Path)
	if err != nil {
		return nil, nil, f.Mend(err)
	}
	return list, flaws, nil
}

func (r *Room) theEntry(c *web.Ctx) (Round, Entry, error) {
	p, err := r.managed(c)
	if err != nil {
		return p, Entry{}, err
	}
	id, err := c.PathID("person")
	if err != nil {
		return p, Entry{}, err
	}
	e, found, err := r.entryOf(c.Context(), r.DB, id, p.ID)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这个人的报名")
	}
	return p, e, err
}

func (r *Room) showEntry(c *web.Ctx) error {
	p, e, err := r.theEntry(c)
	if err != nil {
		return err
	}
	return r.renderEntry(c, &p, &e, nil, "")
}

func entryFields(c *web.Ctx, act string) []web.Field {
	yesno := func(list string, codes ...string) web.Field {
		return web.Field{Name: "answer", Label: c.T("graduate.f.answer"), Kind: "radios", Need: true, Inline: true, Options: options(c, list, codes)}
	}
	switch act {
	case "qualify":
		return []web.Field{yesno("answer", "yes", "no"), {Name: "why", Label: c.T("graduate.f.reason"), Hint: c.T("graduate.f.reasonHint"), Kind: "textarea", Max: 400, Rows: 2}}
	case "medical":
		return []web.Field{yesno("medical", Fit, Unfit)}
	case "drop":
		return []web.Field{{Name: "why", Label: c.T("graduate.f.dropWhy"), Kind: "textarea", Need: true, Max: 400, Rows: 2}}
	}
	return nil
}

func entryActs(p *Round, e *Entry) (acts []string) {
	if e.State == Applied || e.State == Appealed {
		acts = append(acts, "qualify")
	}
	if p.State == Assigned && e.PostID != 0 {
		acts = append(acts, "medical")
	}
	if e.State == Qualified && p.State != Deciding && p.State != Hired {
		acts = append(acts, "drop")
	}
	return acts
}

// renderEntry shows an application with the rules' answers; the look is recorded.
func (r *Room) renderEntry(c *web.Ctx, p *Round, e *Entry, failing *web.Form, failed string) error {
	ctx := c.Context()
	facts, err := r.People.Facts(ctx, e.PersonID)
	if err != nil {
		return err
	}
	list, err := posts(ctx, r.DB, p.ID)
	if err != nil {
		return err
	}
	if failing == nil {
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			return r.note(ctx, tx, c.User, "look", "person", e.PersonID, facts.Area, "查看报名："+p.Title)
		}); err != nil {
			return err
		}
	}
	d := content{Tabs: r.tabs(c, atDesk), Tags: []cell{{Text: word(c, "entry", e.State), Kind: entryKind[e.State]}}, Pairs: []web.Pair{{Key: c.T("graduate.idNumber"), Value: web.MaskID(facts.IDNumber)}, {Key: c.T("graduate.phone"), Value: web.MaskPhone(facts.Phone)},
		{Key: c.T("graduate.home"), Value: area.FullName(facts.Area)}, {Key: c.T("graduate.wishes"), Value: wishText(list, e.Wishes)}, {Key: c.T("graduate.group"), Value: c.T(map[bool]string{true: "graduate.groupYes", false: "graduate.groupNo"}[InGroup(facts, p.Closes)])}}}
	if e.Said.School != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("graduate.stated"), Value: fmt.Sprintf("%s %s %s %s", e.Said.School, eduName(c, e.Said.Degree), e.Said.Major, e.Said.Graduated)})
	}
	if e.Said.Why != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("graduate.f.reason"), Value: e.Said.Why})
	}
	if e.Said.Appeal != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("graduate.appealWhy"), Value: e.Said.Appeal})
	}
	for _, x := range CheckAll(p, list, facts, e.Said) {
		if slices.Contains(e.Wishes, x.ID) {
			d.Whys = append(d.Whys, why{ID: "why" + number(x.ID), Head: postText(&x.Post), Tag: cell{Text: word(c, "verdict", x.Verdict), Kind: verdictKind[x.Verdict]}, Reasons: reasons(c, x.Lines)})
		}
	}
	for _, act := range entryActs(p, e) {
		d.Boxes = append(d.Boxes, boxOf(c, act, entryAt(p.ID, e.PersonID)+"/"+act, e.Version, failing, failed, entryFields(c, act)...))
	}
	return c.Render("graduate/sheet", web.Page{Title: facts.Name, Window: identity.MaskName(facts.Name), Lede: p.Title, Form: failing, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("graduate.title"), Href: atDesk}, {Text: p.Title, Href: deskAt(p.ID)}}, Data: d})
}

func (r *Room) actEntry(c *web.Ctx) error {
	p, e, err := r.theEntry(c)
	if err != nil {
		return err
	}
	ctx, act := c.Context(), c.R.PathValue("act")
	fields := entryFields(c, act)
	if fields == nil {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	f, _ := web.ActForm(c, act, fields...)
	version, key := f.Version(), c.Once()
	var do func() error
	switch act {
	case "qualify":
		pass, text := f.Choice("qualify_answer") == "yes", f.Text("qualify_why")
		do = func() error { return r.Qualify(ctx, c.User, p.ID, e.PersonID, pass, text, version, key) }
	case "medical":
		fit := f.Choice("medical_answer") == Fit
		do = func() error { return r.Medical(ctx, c.User, p.ID, e.PersonID, fit, version, key) }
	case "drop":
		text := f.Text("drop_why")
		do = func() error { return r.Drop(ctx, c.User, p.ID, e.PersonID, text, version, key) }
	}
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("graduate.done"))
			return c.Redirect(deskAt(p.ID))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderEntry(c, &p, &e, f, act)
}
