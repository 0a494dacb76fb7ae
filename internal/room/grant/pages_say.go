package grant

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

// askPrefix begins the names of questions in forms.
const askPrefix = "s_"

// askFields are questions of a form.
func askFields(c *web.Ctx, list []Ask) []web.Field {
	out := make([]web.Field, 0, len(list))
	for _, a := range list {
		f := web.Field{Name: askPrefix + a.Key, Label: a.Label, Hint: a.Hint, Need: true}
		switch a.Kind {
		case "bool":
			f.Kind, f.Inline = "radios", true
		case "number":
			f.Kind, f.Unit, f.Top, f.Width = "number", a.Unit, 10_000_000, "8"
		case "date":
			f.Kind, f.Width = "date", "8"
		case "choice":
			f.Kind = "select"
		}
		for _, v := range a.Values {
			f.Options = append(f.Options, web.Option{Value: v.Value, Text: v.Text})
		}
		out = append(out, f)
	}
	return out
}

// posted are the questions that a form brings back, in the policies' dictionary.
func (r *Room) posted(c *web.Ctx, unit bool) []Ask {
	var keys []string
	for name := range c.Form().Values {
		if key, is := strings.CutPrefix(name, askPrefix); is && len(keys) < saidMost {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return r.Policies.Fields(c.Lang, unit, keys)
}

// readSaid takes a form's statements; what is missing or cannot be read is the form's error.
func readSaid(f *web.Form, list []Ask) map[string]string {
	said := map[string]string{}
	for _, a := range list {
		name := askPrefix + a.Key
		text := ""
		switch a.Kind {
		case "number":
			text = strconv.FormatInt(f.Int(name), 10)
		case "date":
			text = f.Date(name).Format(time.DateOnly)
		default:
			text = f.Choice(name)
		}
		if f.Error(name) == "" {
			said[a.Field] = text
		}
	}
	return said
}

// more are the questions of an offer that a form has not asked yet.
func more(asked, offered []Ask) []Ask {
	out := slices.Clone(asked)
	for _, a := range offered {
		if !slices.ContainsFunc(asked, func(x Ask) bool { return x.Field == a.Field }) {
			out = append(out, a)
		}
	}
	return out
}

// saidRow is one statement on a page.
type saidRow struct {
	Statement
	Label, Value, By, Proof string // Proof: address of the document
	Tag                     tag
	N                       int
}

// saidRows are an application's statements as pages show them.
func (r *Room) saidRows(c *web.Ctx, a *Application, files []fileRow) ([]saidRow, error) {
	list, err := r.statements(c.Context(), r.DB, a)
	if err != nil {
		return nil, err
	}
	var out []saidRow
	for i, s := range list {
		row := saidRow{Statement: s, Label: s.Field, Value: s.Said, N: i + 1, By: c.T("grant.said.by", s.SaidOn.String(), s.ByName), Tag: tag{"warn", c.T("grant.said.open")}}
		for _, x := range r.Policies.Fields(c.Lang, a.Unit, []string{s.Field}) {
			row.Label = x.Label
			for _, v := range x.Values {
				if v.Value == s.Said {
					row.Value = v.Text
				}
			}
			if x.Unit != "" {
				row.Value += " " + x.Unit
			}
		}
		switch s.Verdict {
		case True:
			row.Tag = tag{"ok", c.T("grant.said.true")}
		case False:
			row.Tag = tag{"stop", c.T("grant.said.false")}
		}
		for _, f := range files {
			if f.Name == proofOf(s.Field) {
				row.Proof = f.Href
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// lineRow is one payment on a page.
type lineRow struct {
	Line
	Period, Why string
	Tag         tag
}

func (r *Room) lineRows(c *web.Ctx, a *Application) (rows []lineRow, held bool, err error) {
	list, err := r.store.linesOf(c.Context(), r.DB, a)
	for _, l := range list {
		row := lineRow{Line: l, Period: l.periodIn(c.Lang), Tag: tag{lineWords[l.State].Tag, lineWords[l.State].in(c.Lang)}}
		if len(l.why) > 0 && (l.State == LineHeld || l.State == LinePlanned) {
			if row.Why, err = r.Sealer.Open(l.why); err != nil {
				return nil, false, err
			}
		}
		held = held || l.State == LineHeld
		rows = append(rows, row)
	}
	return rows, held, err
}

// restate takes new statements of an application that is the beneficiary's to complete.
func (r *Room) restate(c *web.Ctx, a *Application) error {
	list := r.posted(c, a.Unit)
	f := c.Form(askFields(c, list)...)
	said := readSaid(f, list)
	if !f.OK() {
		return fault.New(fault.Invalid, "%s", f.Errors[0].Text)
	}
	return r.Restate(c.Context(), c.User, a.OwnerID, a.ID, f.Version(), said, c.Once())
}

// sayForm asks again what was stated, and what is missing since.
func (r *Room) sayForm(c *web.Ctx, a *Application, o *Offer, rows []saidRow) *web.Form {
	var names []string
	for _, s := range rows {
		names = append(names, s.Field)
	}
	list := more(r.Policies.Fields(c.Lang, a.Unit, names), o.Asks)
	if len(list) == 0 {
		return nil
	}
	f := c.Form(askFields(c, list)...)
	for _, x := range list {
		for _, s := range rows {
			if s.Field == x.Field {
				f.Set(askPrefix+x.Key, s.Said)
			}
		}
	}
	return f
}
