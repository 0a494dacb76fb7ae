package rights

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
)

// fileLimit is the most bytes of a piece of evidence; fileTypes are what it may be, told by its first bytes.
const fileLimit = 5 << 20

var fileTypes = []string{"application/pdf", "image/jpeg", "image/png"}

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
		web.Field{Name: "file", Label: c.T("rights.ask.file"), Hint: c.T("rights.ask.fileHint"), Kind: "file", Accept: ".pdf,.jpg,.jpeg,.png"})
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
func (r *Room) received(c *web.Ctx, form *web.Form) (*File, error) {
	up, err := c.Upload("file", fileLimit)
	if up == nil || err != nil {
		return nil, err
	}
	from, err := up.Open()
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "收到的文件读不出来，请再传一次")
	}
	defer from.Close()
	content, err := io.ReadAll(from)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "收到的文件读不出来，请再传一次")
	}
	kind, _, _ := strings.Cut(http.DetectContentType(content), ";")
	if !slices.Contains(fileTypes, kind) {
		form.Fail("file", c.T("rights.ask.badFile", up.Name))
		return nil, nil
	}
	return &File{Type: kind, Content: content}, nil
}

// download gives a piece of evidence to whoever may see the file of the person, and writes the look down.
func (r *Room) download(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f, err := r.store.file(c.Context(), id)
	if err != nil {
		return err
	}
	p, err := r.People.Get(c.Context(), f.PersonID)
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
	content, err := r.Sealer.Open(f.content)
	if err != nil {
		return err
	}
	ext := map[string]string{"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}[f.Type]
	_, err = io.Copy(c.Attachment("证明材料"+ext, f.Type), bytes.NewReader([]byte(content)))
	return err
}
