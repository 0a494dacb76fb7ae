package plan

import (
	"os"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// documentLimit is how large an uploaded plan may be.
const documentLimit = 32 << 20

// PlanRow is one plan of the list.
type PlanRow struct {
	indicator.Plan
	AreaName, StateText, Href string
}

// Documents is the page of all plans that somebody may see.
type Documents struct {
	Rows      []PlanRow
	MayUpload bool
}

func (p pages) documentForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "file", Label: c.T("plan.doc.file"), Hint: c.T("plan.doc.fileHint"), Kind: "file", Need: true, Accept: ".txt,.html,.htm,.docx,.pdf", Top: documentLimit})
}

func (p pages) documents(c *web.Ctx) error { return p.showDocuments(c, p.documentForm(c)) }

func (p pages) showDocuments(c *web.Ctx, form *web.Form) error {
	plans, err := p.Indicators.Plans(c.Context())
	if err != nil {
		return err
	}
	d := Documents{MayUpload: canWrite(c.User, home(c.User)) == nil && p.Parse != nil}
	for _, plan := range plans {
		above := area.Within(home(c.User), plan.Area) && inForce(plan) // what binds an area it may read
		if !above && canSee(c.User, plan.Area) != nil || !inForce(plan) && canWrite(c.User, plan.Area) != nil {
			continue
		}
		row := PlanRow{Plan: plan, AreaName: area.Name(plan.Area), StateText: c.T("plan.doc.state." + string(plan.State)), Href: "/plan/document/" + plan.ID}
		if plan.File == "" || canWrite(c.User, plan.Area) != nil {
			row.Href = ""
		}
		d.Rows = append(d.Rows, row)
	}
	return c.Render("plan/documents", web.Page{Title: c.T("plan.doc.title"), Lede: c.T("plan.doc.lede"), Crumbs: inArea(c.User, home(c.User)), Form: form, Data: d, Nav: "/plan"})
}

// inForce says whether a plan has been confirmed, once.
func inForce(p indicator.Plan) bool {
	return p.State != indicator.Draft && p.State != indicator.Proposed
}

func (p pages) uploadDocument(c *web.Ctx) error {
	up, err := c.Upload("file", documentLimit)
	if err != nil {
		return err
	}
	if err := canWrite(c.User, home(c.User)); err != nil {
		return err
	}
	form := p.documentForm(c)
	if up == nil || up.Size == 0 {
		form.Fail("file", c.T("plan.doc.noFile"))
		return p.showDocuments(c, form)
	}
	raw, err := os.ReadFile(up.Path)
	if err != nil {
		return err
	}
	id, err := p.Upload(c.Context(), c.User, c.Once(), up.Name, raw)
	if fault.Is(err, fault.Invalid) {
		form.Fail("file", err.Error())
		return p.showDocuments(c, form)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/plan/document/" + id)
}

// DocumentPage is a draft beside its text, or a plan that is confirmed.
type DocumentPage struct {
	Plan       indicator.Plan
	StateText  string
	Paragraphs []ParagraphRow
	Rows       []ProposalRow
	Tasks      []ProposalRow
	Findings   []FindingRow
	Warnings   []FindingRow
	Kept, All  int
	Ties       []web.Option
	Draft      bool
	Waits      bool // for a second person
	Action     string
}

// ParagraphRow is one paragraph of the text with what was read from it.
type ParagraphRow struct {
	ID   string
	Text string
	Here []string // numbers of proposals
}

// ProposalRow is one proposal of the table.
type ProposalRow struct {
	Proposal
	Href, Target, When, BaseText, TieName, NoteText, At string
}

// FindingRow is one question of a careful reader, or what could not be read.
type FindingRow struct {
	Kind, Text, Ask, At, Place string
	Quotes                     []string
}

func (p pages) planDocument(c *web.Ctx) error { return p.showDocument(c, nil, nil) }

// showDocument shows a draft, sorted as it was ticked when its form did not pass.
func (p pages) showDocument(c *web.Ctx, form *web.Form, sorting *Sorting) error {
	plan, draft, list, err := p.Room.document(c.Context(), c.User, c.R.PathValue("id"))
	if err != nil {
		return err
	}
	sorting.apply(list)
	findings, err := p.findings(c.Context(), plan, draft)
	if err != nil {
		return err
	}
	d := DocumentPage{Plan: plan, StateText: c.T("plan.doc.state." + string(plan.State)), Draft: plan.State == indicator.Draft, Waits: plan.State == indicator.Proposed, Action: "/plan/document/" + plan.ID}
	d.Ties = append(d.Ties, web.Option{Value: "", Text: c.T("plan.doc.reported")})
	for _, of := range Indicators() { // the reported ones too: what is not offered would be lost when the tables are sent
		d.Ties = append(d.Ties, web.Option{Value: of.ID, Text: nameOf(c.T, of)})
	}
	d.rows(c.T, list)
	d.text(draft, list)
	for _, f := range findings {
		d.Findings = append(d.Findings, FindingRow{Kind: plandoc.KindName(f.Kind), Text: f.Seen, Ask: f.Ask, At: d.near(draft, f.Place.Block), Place: f.Place.Section, Quotes: f.Quotes})
	}
	for _, w := range draft.Warnings {
		d.Warnings = append(d.Warnings, FindingRow{Text: w.Text, At: d.near(draft, w.Place.Block), Place: w.Place.Section})
	}
	if form == nil {
		form = p.planForm(c)
		form.Set("name", plan.Name)
		form.Set("number", plan.Number)
		if plan.BaseYear > 0 {
			form.Set("base", text(plan.BaseYear))
			form.Set("last", text(plan.LastYear))
		}
		form.SetVersion(plan.Version)
	}
	return c.Render("plan/document", web.Page{Title: plan.Name, Lede: c.T("plan.doc.read", d.All, d.Kept), Wide: true, Form: form, Data: d, Nav: "/plan",
		Crumbs: inArea(c.User, plan.Area, web.Crumb{Text: c.T("plan.doc.title"), Href: "/plan/documents"})})
}

// rows are the proposals in two tables.
func (d *DocumentPage) rows(t words, list []Proposal) {
	for _, x := range list {
		row := ProposalRow{Proposal: x, Href: d.Action + "/item/" + text(x.No), At: "#b" + text(x.Block)}
		d.All++
		if x.Kept {
			d.Kept++
		}
		if x.Note != "" {
			row.NoteText = t("plan.doc.note." + x.Note)
		}
		if x.Task {
			d.Tasks = append(d.Tasks, row)
			continue
		}
		row.BaseText, row.Target, row.When = x.written(t)
		if of, ok := Find(x.Tie); ok {
			row.TieName = nameOf(t, of)
		}
		d.Rows = append(d.Rows, row)
	}
}

// text is the document with the places of proposals.
func (d *DocumentPage) text(draft plandoc.Draft, list []Proposal) {
	for _, para := range draft.Paragraphs {
		d.Paragraphs = append(d.Paragraphs, ParagraphRow{ID: "b" + text(para.Place.Block), Text: para.Text})
	}
	for _, x := range list {
		if at := paragraphAt(draft, x.Block); at >= 0 {
			d.Paragraphs[at].Here = append(d.Paragraphs[at].Here, text(x.No))
		}
	}
	for i := range d.Rows {
		d.Rows[i].At = d.near(draft, d.Rows[i].Block)
	}
	for i := range d.Tasks {
		d.Tasks[i].At = d.near(draft, d.Tasks[i].Block)
	}
}

// paragraphAt is the last paragraph that begins at or before a block, −1 where there is none.
func paragraphAt(draft plandoc.Draft, block int) int {
	at, _ := slices.BinarySearchFunc(draft.Paragraphs, block+1, func(p plandoc.Paragraph, b int) int { return p.Place.Block - b })
	return at - 1
}

func (d *DocumentPage) near(draft plandoc.Draft, block int) string {
	if at := paragraphAt(draft, block); at >= 0 {
		return "#b" + text(draft.Paragraphs[at].Place.Block)
	}
	return "#text"
}

func (p pages) planForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "name", Label: c.T("plan.doc.name"), Need: true, Max: 100}, web.Field{Name: "number", Label: c.T("plan.doc.number"), Max: 60},
		web.Field{Name: "base", Label: c.T("plan.doc.base"), Kind: "number", Need: true, Min: 2000, Top: 2100, Width: "4"},
		web.Field{Name: "last", Label: c.T("plan.doc.last"), Kind: "number", Need: true, Min: 2001, Top: 2120, Width: "4"})
}

// sortDocument keeps and drops proposals.
func (p pages) sortDocument(c *web.Ctx) error {
	id := c.R.PathValue("id")
	if _, _, _, err := p.Room.document(c.Context(), c.User, id); err != nil {
		return err
	}
	c.Form() // reads the body
	sorting := ticked(c)
	if err := p.Sort(c.Context(), c.User, c.Once(), id, sorting); err != nil {
		return err
	}
	c.Flash("ok", c.T("plan.doc.sorted", len(sorting.Kept)))
	return c.Redirect("/plan/document/" + id)
}

// ticked is what was ticked and chosen in the tables of proposals.
func ticked(c *web.Ctx) Sorting {
	s := Sorting{Kept: map[int]bool{}, Ties: map[int]string{}}
	for name, values := range c.R.PostForm {
		if no, ok := strings.CutPrefix(name, "keep"); ok {
			s.Kept[number(no)] = true
		}
		if no, ok := strings.CutPrefix(name, "tie"); ok && len(values) > 0 {
			if _, known := Find(values[0]); known || values[0] == "" {
				s.Ties[number(no)] = values[0]
			}
		}
	}
	return s
}

func (p pages) confirmDocument(c *web.Ctx) error {
	id := c.R.PathValue("id")
	form := p.planForm(c)
	plan := indicator.Plan{Name: form.Text("name"), Number: form.Text("number"), BaseYear: int(form.Int("base")), LastYear: int(form.Int("last")), Version: form.Version()}
	var sorting *Sorting
	if c.R.PostForm.Has("tables") { // the tables stand in the same form
		s := ticked(c)
		sorting = &s
	}
	if form.OK() {
		err := p.Confirm(c.Context(), c.User, c.Once(), id, plan, sorting)
		if err == nil {
			c.Flash("ok", c.T("plan.doc.confirmed"))
			return c.Redirect("/plan/document/" + id)
		}
		if !fault.Is(err, fault.Invalid) {
			return err
		}
		form.Fail("name", err.Error())
	}
	return p.showDocument(c, form, sorting)
}

// discardDocument takes a draft away.
func (p pages) discardDocument(c *web.Ctx) error {
	if err := p.Discard(c.Context(), c.User, c.Once(), c.R.PathValue("id")); err != nil {
		return err
	}
	c.Flash("ok", c.T("plan.doc.discarded"))
	return c.Redirect("/plan/documents")
}

// itemForm asks for one proposal.
func (p pages) itemForm(c *web.Ctx, task bool) *web.Form {
	if task {
		return c.Form(web.Field{Name: "name", Label: c.T("plan.task.title"), Need: true, Max: 100}, web.Field{Name: "lead", Label: c.T("plan.task.lead"), Max: 60},
			web.Field{Name: "units", Label: c.T("plan.task.units"), Hint: c.T("plan.doc.aLineEach"), Kind: "textarea", Max: 1000, Rows: 4},
			web.Field{Name: "deliverables", Label: c.T("plan.task.deliverables"), Hint: c.T("plan.doc.aLineEach"), Kind: "textarea", Max: 4000, Rows: 6},
			web.Field{Name: "deadline", Label: c.T("plan.task.deadline"), Max: 40})
	}
	var comparators []web.Option
	for _, v := range []string{indicator.AtLeast, indicator.AtMost, indicator.About, indicator.Between, indicator.Equal, indicator.InWords} {
		comparators = append(comparators, web.Option{Value: v, Text: c.T("plan.doc.comparator." + v)})
	}
	ties := []web.Option{{Value: "none", Text: c.T("plan.doc.reported")}}
	for _, of := range Indicators() {
		ties = append(ties, web.Option{Value: of.ID, Text: nameOf(c.T, of)})
	}
	yes := []web.Option{{Value: "yes", Text: c.T("plan.doc.yes")}, {Value: "no", Text: c.T("plan.doc.no")}}
	return c.Form(web.Field{Name: "name", Label: c.T("plan.indicatorHead"), Need: true, Max: 60}, web.Field{Name: "tie", Label: c.T("plan.doc.tie"), Kind: "select", Need: true, Options: ties},
		web.Field{Name: "unit", Label: c.T("plan.unitWord"), Max: 12, Width: "4"}, web.Field{Name: "base", Label: c.T("plan.doc.baseValue"), Max: 14, Width: "8"},
		web.Field{Name: "baseyear", Label: c.T("plan.doc.base"), Max: 4, Width: "4"}, web.Field{Name: "comparator", Label: c.T("plan.doc.comparator"), Kind: "select", Need: true, Options: comparators},
		web.Field{Name: "value", Label: c.T("plan.doc.targetHead"), Need: true, Max: 40, Width: "8"}, web.Field{Name: "high", Label: c.T("plan.doc.high"), Max: 14, Width: "8"},
		web.Field{Name: "year", Label: c.T("plan.doc.year"), Need: true, Max: 4, Width: "4"},
		web.Field{Name: "cumulative", Label: c.T("plan.doc.cumulative"), Kind: "radios", Need: true, Inline: true, Options: yes},
		web.Field{Name: "binding", Label: c.T("plan.binding"), Kind: "radios", Need: true, Inline: true, Options: yes})
}

// readItem is the proposal of the address.
func (p pages) readItem(c *web.Ctx) (indicator.Plan, Proposal, error) {
	plan, _, list, err := p.Room.document(c.Context(), c.User, c.R.PathValue("id"))
	if err != nil {
		return plan, Proposal{}, err
	}
	no, err := strconv.Atoi(c.R.PathValue("no"))
	if err != nil || no < 1 || no > len(list) {
		return plan, Proposal{}, fault.New(fault.NotFound, "没有这一项，请从文本页进入")
	}
	return plan, list[no-1], nil
}

func yesNo(yes bool) string { return map[bool]string{true: "yes", false: "no"}[yes] }

func (p pages) item(c *web.Ctx) error {
	plan, x, err := p.readItem(c)
	if err != nil {
		return err
	}
	form := p.itemForm(c, x.Task)
	for name, v := range map[string]string{"name": x.Name, "lead": x.Lead, "units": strings.Join(x.Units, "\n"), "deliverables": strings.Join(x.Deliverables, "\n"), "deadline": x.Deadline,
		"unit": x.Unit, "base": x.Base, "baseyear": x.BaseYear, "comparator": x.Comparator, "value": x.Value, "high": x.High, "year": x.Year, "cumulative": yesNo(x.Cumulative),
		"binding": yesNo(x.Binding), "tie": x.Tie} {
		if name == "tie" && v == "" {
			v = "none"
		}
		form.Set(name, v)
	}
	return p.showItem(c, plan, x, form)
}

func (p pages) showItem(c *web.Ctx, plan indicator.Plan, x Proposal, form *web.Form) error {
	return c.Render("plan/item", web.Page{Title: c.T("plan.doc.item", x.No), Lede: plan.Name, Form: form, Data: ProposalRow{Proposal: x, Href: "/plan/document/" + plan.ID + "/item/" + text(x.No), At: "/plan/document/" + plan.ID}, Nav: "/plan",
		Crumbs: inArea(c.User, plan.Area, web.Crumb{Text: plan.Name, Href: "/plan/document/" + plan.ID})})
}

func (p pages) saveItem(c *web.Ctx) error {
	plan, x, err := p.readItem(c)
	if err != nil {
		return err
	}
	form := p.itemForm(c, x.Task)
	x.Name = form.Text("name")
	if x.Task {
		x.Lead, x.Units, x.Deliverables, x.Deadline = form.Text("lead"), lines(form.Text("units")), lines(form.Text("deliverables")), form.Text("deadline")
	} else {
		x.Unit, x.Base, x.BaseYear, x.Value, x.High, x.Year = form.Text("unit"), form.Text("base"), form.Text("baseyear"), form.Text("value"), form.Text("high"), form.Text("year")
		x.Comparator, x.Cumulative, x.Binding = form.Choice("comparator"), form.Choice("cumulative") == "yes", form.Choice("binding") == "yes"
		if x.Tie = form.Choice("tie"); x.Tie == "none" {
			x.Tie = ""
		}
	}
	if form.OK() {
		err := p.Correct(c.Context(), c.User, c.Once(), plan.ID, x)
		if err == nil {
			c.Flash("ok", c.T("plan.doc.corrected", x.No))
			return c.Redirect("/plan/document/" + plan.ID)
		}
		if !fault.Is(err, fault.Invalid) {
			return err
		}
		form.Fail("name", err.Error())
	}
	return p.showItem(c, plan, x, form)
}

// lines are a text's lines without the empty ones.
func lines(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
