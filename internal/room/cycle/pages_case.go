package cycle

import (
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/evidence"
)

var caseTag = map[string]string{Submitted: "warn", Returned: "stop", Approved: "ok", Public: "ok"}

// caseStates are those that a list can be cut to.
var caseStates = []string{Submitted, Returned, Approved, Public, Withdrawn}

func (r *Room) caseList(c *web.Ctx) error {
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	below := int64(math.MaxInt64)
	if !at.Start() {
		below = at.Int(0)
	}
	state := c.Query("state")
	if !slices.Contains(caseStates, state) {
		state = ""
	}
	list, err := r.cases(c.Context(), home(c.User), state, below, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	t := table{ID: "cases", Head: c.T("cycle.tab.cases"), Heads: heads(c, "title1", "field", "area", "state", "by"), Empty: c.T("cycle.noCases")}
	for i := range list {
		k := &list[i]
		t.Rows = append(t.Rows, []cell{{Text: k.Title, Href: caseAt(k.ID), Small: word(c, "caseKind", k.Kind)}, {Text: word(c, "fieldOf", k.Field)}, {Text: area.Name(k.Area)}, {Text: word(c, "caseState", k.State), Kind: caseTag[k.State]}, {Text: k.By, Small: k.Day.String()}})
	}
	return c.Render("cycle/sheet", web.Page{Title: c.T("cycle.tab.cases"), Lede: c.T("cycle.casesLede"), Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("cycle.title"), Href: atHome}, {Text: c.T("cycle.tab.cases")}},
		Data: sheet{Tabs: r.tabs(c, atCases), Actions: []way{{Text: c.T("cycle.tell"), Href: atCases + "/new"}, {Text: c.T("cycle.public"), Href: atPublic, Note: "2"}}, Tables: []table{t}, Paged: len(list) > 0, Paging: c.Paging(-1, len(list), next)}})
}

func saidFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "title", Label: c.T("cycle.title1"), Need: true, Max: 60, Width: "full"}, {Name: "name", Label: c.T("cycle.personName"), Hint: c.T("cycle.personNameHint"), Max: 20, Width: "16"},
		{Name: "number", Label: c.T("cycle.personNumber"), Hint: c.T("cycle.personNumberHint"), Max: 18, Width: "20", Auto: "off"},
		{Name: "agreed", Label: c.T("cycle.agreed"), Kind: "check"}, {Name: "text", Label: c.T("cycle.caseText"), Hint: c.T("cycle.caseTextHint"), Kind: "textarea", Need: true, Max: 2000, Rows: 8},
		{Name: "source", Label: c.T("cycle.source"), Hint: c.T("cycle.sourceHint"), Need: true, Max: 100}, {Name: "contact", Label: c.T("cycle.contact"), Max: 60}}
}

func (r *Room) caseFields(c *web.Ctx) []web.Field {
	first := []web.Field{{Name: "kind", Label: c.T("cycle.caseKind"), Kind: "radios", Need: true, Inline: true, Options: options(c, "caseKind", []string{Practice, Person})},
		{Name: "area", Label: c.T("cycle.area"), Kind: "select", Need: true, Options: account.Places(home(c.User))}, {Name: "field", Label: c.T("cycle.field"), Kind: "select", Need: true, Options: options(c, "fieldOf", fields)}}
	return append(append(first, saidFields(c)...), web.Field{Name: "file", Label: c.T("cycle.proof"), Hint: c.T("cycle.proofHint"), Kind: "file", Accept: evidence.Accept})
}

func saidIn(f *web.Form, act string) (title string, said CaseSaid, agreed bool) {
	return f.Text(act + "_title"), CaseSaid{Text: f.Text(act + "_text"), Source: f.Text(act + "_source"), Contact: f.Text(act + "_contact"), Name: f.Text(act + "_name")}, f.Flag(act + "_agreed")
}

func (r *Room) askCase(c *web.Ctx) error {
	f, names := web.ActForm(c, "tell", r.caseFields(c)...)
	return r.renderCaseForm(c, f, names)
}

func (r *Room) renderCaseForm(c *web.Ctx, f *web.Form, names []string) error {
	return c.Render("cycle/ask", web.Page{Title: c.T("cycle.tell"), Lede: c.T("cycle.tellNote"), Form: f, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("cycle.tab.cases"), Href: atCases}, {Text: c.T("cycle.tell")}},
		Data: box{Action: atCases + "/new", Button: word(c, "do", "tell"), Names: names, File: true}})
}

func (r *Room) takeCase(c *web.Ctx) error {
	f, names := web.ActForm(c, "tell", r.caseFields(c)...)
	k := Case{Kind: f.Choice("tell_kind"), Area: f.Choice("tell_area"), Field: f.Choice("tell_field")}
	k.Title, k.Said, k.Agreed = saidIn(f, "tell")
	proof, err := proofOf(c, f)
	if err != nil {
		return err
	}
	if f.OK() {
		id, err := r.Tell(c.Context(), c.User, k, f.Text("tell_number"), proof, c.Once())
		if err == nil {
			c.Flash("ok", c.T("cycle.told"))
			return c.Redirect(caseAt(id))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderCaseForm(c, f, names)
}

// proofOf reads the file handed in with a case; nil when there is none.
func proofOf(c *web.Ctx, f *web.Form) (*Proof, error) {
	up, err := c.Upload("tell_file", evidence.Limit)
	if err != nil || up == nil {
		return nil, err
	}
	from, err := up.Open()
	if err != nil {
		return nil, err
	}
	defer from.Close()
	content, kind, err := evidence.Read("佐证材料", io.Reader(from))
	if err != nil {
		return nil, f.Mend(err)
	}
	return &Proof{content, kind}, nil
}

func (r *Room) theCase(c *web.Ctx) (Case, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Case{}, err
	}
	k, err := r.caseByID(c.Context(), r.DB, id)
	if err != nil {
		return k, err
	}
	return k, MaySee(c.User, k.Area)
}

func (r *Room) showCase(c *web.Ctx) error { return r.renderCase(c, nil, "") }

func reasonField(c *web.Ctx) web.Field {
	return web.Field{Name: "reason", Label: c.T("cycle.reason"), Kind: "textarea", Need: true, Max: 200, Rows: 2}
}

// caseActs are what may be done about a case in a state by whoever judges it.
var caseActs = map[string][]string{Submitted: {"approve", "refuse"}, Approved: {"publish", "withdraw"}, Public: {"withdraw"}, Withdrawn: {"approve"}}

var caseTo = map[string]string{"approve": Approved, "refuse": Returned, "publish": Public, "withdraw": Withdrawn}

func (r *Room) renderCase(c *web.Ctx, failing *web.Form, failed string) error {
	k, err := r.theCase(c)
	if err != nil {
		return err
	}
	contact := masked(k.Said.Contact)
	if MayJudge(c.User, &k) == nil { // who judges a case may have to ask
		contact = k.Said.Contact
	}
	d := sheet{Text: paragraphs(k.Said.Text), Pairs: []web.Pair{{Key: c.T("cycle.state"), Value: word(c, "caseState", k.State), Note: k.Reason}, {Key: c.T("cycle.caseKind"), Value: word(c, "caseKind", k.Kind)}, {Key: c.T("cycle.field"), Value: word(c, "fieldOf", k.Field)},
		{Key: c.T("cycle.area"), Value: area.FullName(k.Area)}, {Key: c.T("cycle.source"), Value: k.Said.Source}, {Key: c.T("cycle.contact"), Value: orDash(contact)}, {Key: c.T("cycle.by"), Value: k.By, Note: k.Judge}}}
	if k.Kind == Person {
		agreed := c.T("cycle.agreed.no")
		if k.Agreed {
			agreed = c.T("cycle.agreed.yes")
		}
		linked := c.T("cycle.person.no")
		if k.PersonID != 0 {
			linked = c.T("cycle.person.yes")
		}
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("cycle.personName"), Value: orDash(k.Said.Name), Note: agreed}, web.Pair{Key: c.T("cycle.person"), Value: linked})
	}
	files, err := r.Evidence.List(c.Context(), r.DB, k.ID, "cycle", k.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("cycle.proof"), Value: f.Name, Href: caseAt(k.ID) + "/file/" + number(f.ID), Note: c.T("cycle.proofSize", strconv.FormatInt((f.Size+1023)/1024, 10))})
	}
	if MayJudge(c.User, &k) == nil {
		for _, act := range caseActs[k.State] {
			var ask []web.Field
			if act == "refuse" || act == "withdraw" {
				ask = []web.Field{reasonField(c)}
			}
			d.Boxes = append(d.Boxes, desk.Box(c, act, caseAt(k.ID)+"/"+act, k.Version, failing, failed, ask...))
		}
	}
	if k.State == Returned && MayWrite(c.User, k.Area) == nil {
		b := desk.Box(c, "mend", caseAt(k.ID)+"/mend", k.Version, failing, failed, saidFields(c)...)
		if failed != "mend" {
			for name, text := range map[string]string{"title": k.Title, "name": k.Said.Name, "text": k.Said.Text, "source": k.Said.Source, "contact": k.Said.Contact} {
				b.Form.Set("mend_"+name, text)
			}
		}
		b.Open = true
		d.Boxes = append(d.Boxes, b)
	}
	return c.Render("cycle/sheet", web.Page{Title: k.Title, Form: failing, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("cycle.tab.cases"), Href: atCases}, {Text: k.Title}}, Data: d})
}

// masked shows of a telephone number what is usual, and of anything else the first letters.
func masked(s string) string {
	runes := []rune(s)
	if len(runes) < 8 {
		return s
	}
	return string(runes[:3]) + strings.Repeat("*", len(runes)-7) + string(runes[len(runes)-4:])
}

func (r *Room) actCase(c *web.Ctx) error {
	k, err := r.theCase(c)
	if err != nil {
		return err
	}
	act, ctx := c.R.PathValue("act"), c.Context()
	var f *web.Form
	var do func() error
	switch to := caseTo[act]; {
	case act == "mend":
		f, _ = web.ActForm(c, act, saidFields(c)...)
		title, said, agreed := saidIn(f, act)
		do = func() error {
			return r.Mend(ctx, c.User, k.ID, title, said, agreed, f.Text("mend_number"), f.Version(), c.Once())
		}
	case to != "":
		if err := MayJudge(c.User, &k); err != nil {
			return err
		}
		reason := ""
		if f = c.Form(); to == Returned || to == Withdrawn {
			f, _ = web.ActForm(c, act, reasonField(c))
			reason = f.Text(act + "_reason")
		}
		do = func() error { return r.Decide(ctx, c.User, k.ID, to, reason, f.Version(), c.Once()) }
	default:
		return fault.New(fault.NotFound, "没有这种办法")
	}
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("cycle.done"))
			return c.Redirect(caseAt(k.ID))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderCase(c, f, act)
}

// caseFile gives evidence out again, to staff who may see the case.
func (r *Room) caseFile(c *web.Ctx) error {
	k, err := r.theCase(c)
	if err != nil {
		return err
	}
	id, err := c.PathID("file")
	if err != nil {
		return err
	}
	f, err := r.Evidence.Find(c.Context(), "cycle", id)
	if err != nil {
		return err
	}
	if f.OwnerID != k.ID {
		return fault.New(fault.NotFound, "没有这份材料")
	}
	if err := r.taken(c, k.Area, "case", k.ID, "查看典型的佐证材料："+k.Title); err != nil {
		return err
	}
	_, err = c.Attachment(f.Filename(), f.Type).Write(f.Content)
	return err
}

func (r *Room) publicList(c *web.Ctx) error {
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	below := int64(math.MaxInt64)
	if !at.Start() {
		below = at.Int(0)
	}
	list, err := r.cases(c.Context(), region, Public, below, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	var rows []cell
	for _, k := range list {
		rows = append(rows, cell{Text: strings.ReplaceAll(k.Title, k.hidden(), k.shownName()), Href: atPublic + "/" + number(k.ID), Small: area.FullName(k.Area) + " · " + word(c, "fieldOf", k.Field)})
	}
	return c.Render("cycle/public", web.Page{Title: c.T("cycle.public"), Lede: c.T("cycle.publicLede"), Public: true, Data: struct {
		Rows   []cell
		Paging web.Paging
	}{rows, c.Paging(-1, len(list), next)}})
}

// region is the code of the autonomous region.
const region = "15"

func (r *Room) publicOne(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	k, err := r.caseByID(c.Context(), r.DB, id)
	if err != nil {
		return err
	}
	if k.State != Public {
		return fault.New(fault.NotFound, "没有这个典型，或者还没有公开")
	}
	d := sheet{Text: paragraphs(named(&k)), Pairs: []web.Pair{{Key: c.T("cycle.area"), Value: area.FullName(k.Area)}, {Key: c.T("cycle.field"), Value: word(c, "fieldOf", k.Field)}, {Key: c.T("cycle.publishedOn"), Value: zhDay(k.Day.Time)}}}
	return c.Render("cycle/one", web.Page{Title: strings.ReplaceAll(k.Title, k.hidden(), k.shownName()), Public: true, Crumbs: []web.Crumb{{Text: c.T("cycle.public"), Href: atPublic}}, Data: d})
}

// hidden is the name that the public does not see; a person who has not agreed stays unnamed.
func (c *Case) hidden() string {
	if c.Kind == Person && !c.Agreed && c.Said.Name != "" {
		return c.Said.Name
	}
	return "\x00"
}

// shownName is a name with all but its first letter hidden.
func (c *Case) shownName() string {
	for _, first := range c.Said.Name {
		return string(first) + "某"
	}
	return ""
}

// named is a case's text as the public reads it.
func named(c *Case) string { return strings.ReplaceAll(c.Said.Text, c.hidden(), c.shownName()) }
