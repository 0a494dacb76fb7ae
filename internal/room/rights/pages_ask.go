package rights

import (
	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/evidence"
)

type askData struct {
	Action, Back string
	Label, Now   string
	Waiting      bool
}

func (r *Room) askForm(c *web.Ctx, f Field) *web.Form {
	value := web.Field{Name: "value", Label: c.T("rights.ask.value", in(c.Lang, f.Zh, f.En)), Kind: f.Kind, Need: true, Max: 60, Auto: "off"}
	if f.Options != nil {
		value.Options, value.Inline = f.Options(), f.Kind == "radios"
	}
	if c.T("rights.hint."+f.Code) != "rights.hint."+f.Code {
		value.Hint = c.T("rights.hint." + f.Code)
	}
	return c.Form(value,
		web.Field{Name: "why", Label: c.T("rights.ask.why"), Hint: c.T("rights.ask.whyHint"), Kind: "textarea", Need: true, Max: 300, Rows: 3},
		web.Field{Name: "evidence", Label: c.T("rights.ask.evidence"), Hint: c.T("rights.ask.evidenceHint"), Need: true, Max: 100, Width: "full"},
		web.Field{Name: "file", Label: c.T("rights.ask.file"), Hint: c.T("rights.ask.fileHint"), Kind: "file", Accept: evidence.Accept})
}

// asking is the person and the attribute of the address.
func (r *Room) asking(c *web.Ctx) (s subject, f Field, err error) {
	if s, err = r.subject(c); err != nil {
		return s, f, err
	}
	f, known := fieldOf(c.R.PathValue("field"))
	if !known {
		return s, f, fault.New(fault.NotFound, "没有这一项，或这一项不能这样更正")
	}
	return s, f, r.mayAsk(c.User, &s.Person)
}

func (r *Room) askPage(c *web.Ctx) error {
	s, f, err := r.asking(c)
	if err != nil {
		return err
	}
	return r.renderAsk(c, s, f, web.Page{Form: r.askForm(c, f)})
}

func (r *Room) renderAsk(c *web.Ctx, s subject, f Field, page web.Page) error {
	waiting, err := r.Approvals.Count(c.Context(), approval.Filter{Kind: KindCorrect, Object: "person." + f.Code, ObjectID: s.ID, States: []approval.State{approval.Waiting}})
	if err != nil {
		return err
	}
	label := in(c.Lang, f.Zh, f.En)
	page.Title, page.Window, page.Public, page.Nav = c.T("rights.ask.title", s.Name, label), c.T("rights.ask.title", identity.MaskName(s.Name), label), s.Own, atHome
	page.Crumbs = []web.Crumb{{Text: c.T("rights.menu"), Href: atHome}, {Text: s.Name, Href: s.At}}
	if s.Own {
		page.Title, page.Window, page.Nav, page.Crumbs = c.T("rights.ask.own", label), "", atOwn, []web.Crumb{{Text: c.T("rights.me.title"), Href: atOwn}}
	}
	page.Lede = c.T("rights.ask.lede")
	page.Data = askData{Action: s.At + "/correct/" + f.Code, Back: s.At, Label: label, Now: masked(f, &s.Person), Waiting: waiting > 0}
	return c.Render("rights/ask", page)
}

// sendAsk takes a request for a correction.
func (r *Room) sendAsk(c *web.Ctx) error {
	s, f, err := r.asking(c)
	if err != nil {
		return err
	}
	form := r.askForm(c, f)
	a := Asked{PersonID: s.ID, Field: f.Code, Why: form.Text("why"), Evidence: form.Text("evidence")}
	switch {
	case f.Kind == "date":
		a.Value = day(form.Date("value"))
	case f.Options != nil:
		a.Value = form.Choice("value")
	default:
		a.Value = form.Text("value")
	}
	if a.File, err = r.received(c, form); err != nil {
		return err
	}
	if form.OK() {
		_, err = r.Ask(c.Context(), c.User, a, c.Once())
		if err == nil {
			c.Flash("ok", c.T("rights.saved.ask"))
			return c.Redirect(s.At + "#requests")
		}
		if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
			return err
		}
		form.Fail("value", fault.TextOf(err))
	}
	return r.renderAsk(c, s, f, web.Page{Form: form})
}

// received reads the evidence; what is no picture and no PDF is the form's error.
func (r *Room) received(c *web.Ctx, form *web.Form) (*evidence.File, error) {
	up, err := c.Upload("file", evidence.Limit)
	if up == nil || err != nil {
		return nil, err
	}
	from, err := up.Open()
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "收到的文件读不出来，请再传一次")
	}
	defer from.Close()
	content, kind, err := evidence.Read(up.Name, from)
	if fault.Is(err, fault.Invalid) {
		form.Fail("file", fault.TextOf(err))
		return nil, nil
	}
	return &evidence.File{Type: kind, Content: content}, err
}

// download gives a piece of evidence to whoever may see the file of the person, and writes the look down.
func (r *Room) download(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f, err := r.Evidence.Find(c.Context(), object, id)
	if err != nil {
		return err
	}
	p, err := r.People.Get(c.Context(), f.OwnerID)
	if err != nil {
		return err
	}
	if err := account.CanSeePerson(c.User, p.Area, p.ID); err != nil {
		return err
	}
	if c.User.Role != account.Seeker {
		if err := r.Audit.Note(c.Context(), entry(c.User, "evidence", p.ID, p.Area, "查看了更正申请的证明材料")); err != nil {
			return err
		}
	}
	_, err = c.Attachment(f.Filename(), f.Type).Write(f.Content)
	return err
}
