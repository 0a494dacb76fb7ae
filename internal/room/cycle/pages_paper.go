package cycle

import (
	"bytes"
	"html/template"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/paper"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

var paperTag = map[string]string{Draft: "", Checking: "warn", Issued: "ok"}

func (r *Room) paperList(c *web.Ctx) error {
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	below := int64(math.MaxInt64)
	if !at.Start() {
		below = at.Int(0)
	}
	list, err := papers(c.Context(), r.DB, home(c.User), below, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	t := table{ID: "papers", Head: c.T("cycle.tab.papers"), Heads: heads(c, "title1", "paperKind", "area", "state", "issue", "by"), Empty: c.T("cycle.noPapers")}
	for i := range list {
		p := &list[i]
		issue := "—"
		if p.Issue > 0 {
			issue = c.T("cycle.issueOf", strconv.FormatInt(p.Year, 10), p.Issue)
		}
		t.Rows = append(t.Rows, []cell{{Text: p.Title, Href: paperAt(p.ID)}, {Text: word(c, "paper", p.Kind)}, {Text: area.Name(p.Area)}, {Text: word(c, "paperState", p.State), Kind: paperTag[p.State]}, {Text: issue, Small: p.Day.String()}, {Text: p.By, Small: p.Checker}})
	}
	return c.Render("cycle/sheet", web.Page{Title: c.T("cycle.tab.papers"), Lede: c.T("cycle.papersLede"), Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("cycle.title"), Href: atHome}, {Text: c.T("cycle.tab.papers")}},
		Data: sheet{Tabs: r.tabs(c, atPapers), Actions: []way{{Text: c.T("cycle.write"), Href: atPapers + "/new"}}, Tables: []table{t}, Paged: len(list) > 0, Paging: c.Paging(-1, len(list), next)}})
}

func (r *Room) paperFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "kind", Label: c.T("cycle.paperKind"), Kind: "radios", Need: true, Options: options(c, "paper", PaperKinds)},
		{Name: "period", Label: c.T("cycle.lastMonth"), Hint: c.T("cycle.paperMonthHint"), Kind: "select", Need: true, Options: monthOptions(c, r.today(), 24)},
		{Name: "area", Label: c.T("cycle.area"), Kind: "select", Need: true, Options: account.Places(home(c.User))}}
}

func (r *Room) askPaper(c *web.Ctx) error {
	f, names := web.ActForm(c, "write", r.paperFields(c)...)
	return r.renderPaperForm(c, f, names)
}

func (r *Room) renderPaperForm(c *web.Ctx, f *web.Form, names []string) error {
	return c.Render("cycle/ask", web.Page{Title: c.T("cycle.write"), Lede: c.T("cycle.writeNote"), Form: f, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("cycle.tab.papers"), Href: atPapers}, {Text: c.T("cycle.write")}},
		Data: box{Action: atPapers + "/new", Button: word(c, "do", "write"), Names: names}})
}

func (r *Room) takePaper(c *web.Ctx) error {
	f, names := web.ActForm(c, "write", r.paperFields(c)...)
	p, _ := strconv.Atoi(f.Choice("write_period"))
	kind, code := f.Choice("write_kind"), f.Choice("write_area")
	if f.OK() {
		id, err := r.Write(c.Context(), c.User, kind, code, indicator.Period(p), c.Once())
		if err == nil {
			c.Flash("ok", c.T("cycle.written"))
			return c.Redirect(paperAt(id))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderPaperForm(c, f, names)
}

// figureChart is a chart for a page.
type figureChart struct {
	Name    string
	Drawing template.HTML
}

// partPage is one part for a page.
type partPage struct {
	Head   string
	Lines  []paper.Text
	Tables []paper.Table
	Charts []figureChart
	Map    string // address of the picture
	Legend string
}

// paperPage is the page of one document.
type paperPage struct {
	Parts                     []partPage
	Files                     []way
	EditAt, Reason, Corrected string
	Pairs                     []web.Pair
	Untraced                  []string
	Sources                   int
	Below                     bool // read from below, where most references cannot be followed
	Version                   int64
	Acts                      []box
	Boxes                     []box
}

// thePaper is the document of an address, for somebody who may see it.
func (r *Room) thePaper(c *web.Ctx) (Paper, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Paper{}, err
	}
	return r.Open(c.Context(), c.User, id)
}

func (r *Room) showPaper(c *web.Ctx) error { return r.renderPaper(c, nil, "") }

func (r *Room) renderPaper(c *web.Ctx, failing *web.Form, failed string) error {
	p, err := r.thePaper(c)
	if err != nil {
		return err
	}
	d := paperPage{Reason: p.Reason, Version: p.Version, Sources: len(Sources(p.Text())), Untraced: Untraced(p.Text()), Below: MaySee(c.User, p.Area) != nil}
	for i := range p.Parts {
		one := pageOf(&p.Parts[i], func(href string) bool { return follows(c.User, &p, href) })
		if one.Legend != "" {
			one.Map = paperAt(p.ID) + "/file/png"
		}
		d.Parts = append(d.Parts, one)
	}
	for _, kind := range []string{"docx", "pdf", "xlsx"} {
		d.Files = append(d.Files, way{Text: word(c, "file", kind), Href: paperAt(p.ID) + "/file/" + kind})
	}
	if id, err := correctedBy(c.Context(), r.DB, p.Area, p.ID); err != nil {
		return err
	} else if id != 0 {
		d.Corrected = paperAt(id)
	}
	d.Pairs = []web.Pair{{Key: c.T("cycle.state"), Value: word(c, "paperState", p.State)}, {Key: c.T("cycle.dataOf"), Value: p.AsOf.String()}, {Key: c.T("cycle.writer"), Value: p.By}}
	if p.State == Issued {
		sound := c.T("cycle.sound.yes")
		if !p.Sound() {
			sound = c.T("cycle.sound.no")
		}
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("cycle.issue"), Value: c.T("cycle.issueOf", strconv.FormatInt(p.Year, 10), p.Issue), Note: p.Day.String()}, web.Pair{Key: c.T("cycle.checker"), Value: p.Checker}, web.Pair{Key: c.T("cycle.digest"), Value: p.Digest[:16], Note: sound})
	}
	if p.CopyTo != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("cycle.copyTo"), Value: p.CopyTo})
	}
	r.paperActs(c, &p, &d, failing, failed)
	return c.Render("cycle/paper", web.Page{Title: p.Title, Form: failing, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("cycle.tab.papers"), Href: atPapers}, {Text: word(c, "paper", p.Kind)}}, Data: d})
}

// paperActs are what the reader may do about a document.
func (r *Room) paperActs(c *web.Ctx, p *Paper, d *paperPage, failing *web.Form, failed string) {
	if MayWrite(c.User, p.Area) != nil {
		return
	}
	plain := func(act string) {
		d.Acts = append(d.Acts, box{Head: word(c, "act", act), Note: word(c, "actNote", act), Action: paperAt(p.ID) + "/" + act, Button: word(c, "do", act)})
	}
	switch p.State {
	case Draft:
		d.EditAt = paperAt(p.ID) + "/edit"
		plain("send")
	case Checking:
		if MayIssue(c.User, p) == nil {
			plain("issue")
		}
		d.Boxes = append(d.Boxes, desk.Box(c, "back", paperAt(p.ID)+"/back", p.Version, failing, failed, web.Field{Name: "reason", Label: c.T("cycle.reason"), Kind: "textarea", Need: true, Max: 400, Rows: 3}))
	case Issued:
		plain("correct")
	}
}

// placed is the area in an address.
var placed = regexp.MustCompile(`/area/(\d+)`)

// follows says whether a reader may follow a reference: those below whom a briefing is sent to see their own figures, and the comparisons with
// the year before, but not the pages of areas above and beside them.
func follows(u web.User, p *Paper, href string) bool {
	at := p.Area
	if m := placed.FindStringSubmatch(href); m != nil {
		at = m[1]
	}
	if strings.HasPrefix(href, "/cycle/months/") {
		return MaySeeRound(u, at) == nil
	}
	return MaySee(u, at) == nil
}

func pageOf(p *Part, follows func(href string) bool) partPage {
	out := partPage{Head: p.Head, Tables: p.Tables, Legend: p.Legend}
	for _, line := range paragraphs(p.Text) {
		spans := Spans(line)
		for i := range spans {
			if spans[i].Href != "" && !follows(spans[i].Href) {
				spans[i].Href = ""
			}
		}
		out.Lines = append(out.Lines, spans)
	}
	for i := range out.Tables {
		t := &out.Tables[i]
		for len(t.Right) < len(t.Head) {
			t.Right = append(t.Right, false)
		}
	}
	for i := range p.Charts {
		out.Charts = append(out.Charts, figureChart{p.Charts[i].Title, p.Charts[i].SVG()})
	}
	return out
}

func (r *Room) editFields(c *web.Ctx, p *Paper) []web.Field {
	out := []web.Field{{Name: "title", Label: c.T("cycle.title1"), Need: true, Max: 80, Width: "full"}, {Name: "copy", Label: c.T("cycle.copyTo"), Hint: c.T("cycle.copyToHint"), Max: 200, Width: "full"}}
	for _, part := range p.Parts {
		out = append(out, web.Field{Name: part.Key, Label: part.Head, Kind: "textarea", Max: 8000, Rows: max(3, min(14, 2+len([]rune(part.Text))/40))})
	}
	return out
}

func (r *Room) editPaper(c *web.Ctx) error {
	p, err := r.thePaper(c)
	if err != nil {
		return err
	}
	f, names := web.ActForm(c, "edit", r.editFields(c, &p)...)
	f.Set("edit_title", p.Title)
	f.Set("edit_copy", p.CopyTo)
	for _, part := range p.Parts {
		f.Set("edit_"+part.Key, part.Text)
	}
	f.SetVersion(p.Version)
	return r.renderEdit(c, &p, f, names)
}

func (r *Room) renderEdit(c *web.Ctx, p *Paper, f *web.Form, names []string) error {
	if err := MayWrite(c.User, p.Area); err != nil {
		return err
	}
	if p.State != Draft {
		return fault.New(fault.Conflict, "核对中和已印发的不能修改。核对中的请先退回，已印发的请另发更正")
	}
	return c.Render("cycle/edit", web.Page{Title: c.T("cycle.paper.edit"), Lede: p.Title, Form: f, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("cycle.tab.papers"), Href: atPapers}, {Text: p.Title, Href: paperAt(p.ID)}, {Text: c.T("cycle.paper.edit")}},
		Data: struct {
			At    string
			Names []string
		}{paperAt(p.ID), names}})
}

func (r *Room) actPaper(c *web.Ctx) error {
	p, err := r.thePaper(c)
	if err != nil {
		return err
	}
	if err := MayWrite(c.User, p.Area); err != nil {
		return err
	}
	act, ctx, to := c.R.PathValue("act"), c.Context(), paperAt(p.ID)
	f, names := c.Form(), []string(nil)
	var do func() error
	switch act {
	case "edit":
		f, names = web.ActForm(c, act, r.editFields(c, &p)...)
		in := Edited{Title: f.Text("edit_title"), CopyTo: f.Text("edit_copy"), Texts: map[string]string{}}
		for _, part := range p.Parts {
			in.Texts[part.Key] = f.Text("edit_" + part.Key)
		}
		do = func() error { return r.Edit(ctx, c.User, p.ID, in, f.Version(), c.Once()) }
	case "send":
		do = func() error { return r.Send(ctx, c.User, p.ID, f.Version(), c.Once()) }
	case "issue":
		do = func() error { return r.Put(ctx, c.User, p.ID, f.Version(), c.Once()) }
	case "back":
		f, _ = web.ActForm(c, act, web.Field{Name: "reason", Label: c.T("cycle.reason"), Kind: "textarea", Need: true, Max: 400, Rows: 3})
		reason := f.Text("back_reason")
		do = func() error { return r.Back(ctx, c.User, p.ID, reason, f.Version(), c.Once()) }
	case "correct":
		do = func() error {
			id, err := r.Correct(ctx, c.User, p.ID, c.Once())
			to = paperAt(id) + "/edit"
			return err
		}
	default:
		return fault.New(fault.NotFound, "没有这种办法")
	}
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", word(c, "flash", act))
			return c.Redirect(to)
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	if act == "edit" {
		return r.renderEdit(c, &p, f, names)
	}
	return r.renderPaper(c, f, act)
}

// fileTypes are what a document can be had as.
var fileTypes = map[string]string{"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

func (r *Room) paperFile(c *web.Ctx) error {
	p, err := r.thePaper(c)
	if err != nil {
		return err
	}
	kind := c.R.PathValue("file")
	if part := p.part("places"); kind == "png" && part != nil && part.Picture != nil {
		c.W.Header().Set("Content-Type", "image/png")
		_, err := c.W.Write(part.Picture.PNG)
		return err
	}
	if fileTypes[kind] == "" {
		return fault.New(fault.NotFound, "只有 docx、pdf 和 xlsx 三种文件")
	}
	var b bytes.Buffer
	d := p.Document("")
	switch kind {
	case "docx":
		err = d.Docx(&b)
	case "pdf":
		err = d.PDF(c.Context(), &b)
	default:
		err = Book(&b, &p)
	}
	if err != nil {
		return err
	}
	if err := r.taken(c, p.Area, "paper", p.ID, "下载《"+p.Title+"》"+kind); err != nil {
		return err
	}
	_, err = io.Copy(c.Attachment(p.Title+"."+kind, fileTypes[kind]), &b)
	return err
}

func (r *Room) roundFile(c *web.Ctx) error {
	round, err := r.theRound(c)
	if err != nil {
		return err
	}
	forms, err := r.forms(c.Context(), r.DB, round.ID)
	if err != nil {
		return err
	}
	sums, err := r.sums(c.Context(), &round, forms)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := RoundBook(&b, &round, forms, sums); err != nil {
		return err
	}
	if err := r.taken(c, round.Area, "round", round.ID, "下载"+round.Title()+"汇总表"); err != nil {
		return err
	}
	_, err = io.Copy(c.Attachment(round.Title()+"汇总表.xlsx", fileTypes["xlsx"]), &b)
	return err
}

// taken writes into the log that somebody took a file away.
func (r *Room) taken(c *web.Ctx, area, object string, id int64, what string) error {
	return r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.Audit.Write(c.Context(), tx, audit.Entry{ActorID: c.User.ID, Actor: account.Signature(c.User), Act: "cycle.file", Object: object, ObjectID: id, Area: area, What: what})
	})
}
