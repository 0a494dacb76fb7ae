package intake

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// goldenRoutes are the pages of what is known of one person and from where, of withdrawals, and of what goes back to sources.
func (p pages) goldenRoutes(m *web.Mux, staff web.Who) {
	m.Get("/intake/person/{id}", web.Roles(officer, manager), p.golden)
	m.Post("/intake/person/{id}/split", staff, p.split)
	m.Get("/intake/me", web.Roles("seeker"), p.own)
	m.Get("/intake/batch/{id}/withdraw", staff, p.askWithdraw)
	m.Post("/intake/batch/{id}/withdraw", staff, p.withdrawBatch)
	m.Get("/intake/sources/{id}/returns.csv", staff, p.returns)
}

type goldenView struct {
	Href    string
	Filter  *web.Form
	Past    bool // as of another day, or as known on one
	Lines   []goldenLine
	Records []recordLine
	Ended   int
	May     bool // take records out
	None    bool
}

type goldenLine struct {
	Head, Value, Source, From, Since, Heard string
	Later                                   bool
	Others                                  []otherLine
}

type otherLine struct{ Value, Source, Heard string }

type recordLine struct {
	ID                              string
	Source, Table, From, Since, Got string
	Ended                           string // "": live
	Cells                           []web.Pair
	Pick                            bool
}

func (p pages) filterForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "on", Label: c.T("intake.golden.on"), Kind: "date"}, web.Field{Name: "known", Label: c.T("intake.golden.known"), Kind: "date"})
}

func (p pages) splitForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "records", Label: c.T("intake.golden.pick"), Kind: "checkboxes", Need: true},
		web.Field{Name: "to", Label: c.T("intake.golden.to"), Kind: "choices", Need: true, Options: []web.Option{
			{Value: SplitNew, Text: c.T("intake.golden.toNew"), Hint: c.T("intake.golden.toNewHint")},
			{Value: SplitOther, Text: c.T("intake.golden.toOther"), Hint: c.T("intake.golden.toOtherHint")},
			{Value: SplitReview, Text: c.T("intake.golden.toReview"), Hint: c.T("intake.golden.toReviewHint")}}},
		web.Field{Name: "idnumber", Label: c.T("intake.golden.number"), Hint: c.T("intake.golden.numberHint"), Max: 30},
		web.Field{Name: "reason", Label: c.T("intake.golden.reason"), Hint: c.T("intake.golden.reasonHint"), Kind: "textarea", Need: true, Max: 200})
}

// theirs reads a person within the reader's area.
func (p pages) theirs(c *web.Ctx) (person.Person, error) {
	id, err := c.PathID("id")
	if err != nil {
		return person.Person{}, err
	}
	who, err := p.People.Get(c.Context(), id)
	if err != nil {
		return who, err
	}
	return who, mayUse(actorOf(c.User), who.Area)
}

func (p pages) golden(c *web.Ctx) error {
	who, err := p.theirs(c)
	if err != nil {
		return err
	}
	return p.showGolden(c, who, p.splitForm(c), nil)
}

func (p pages) showGolden(c *web.Ctx, who person.Person, form *web.Form, picked []string) error {
	actor := actorOf(c.User)
	if err := p.Audit.Note(c.Context(), audit.Entry{ActorID: actor.ID, Actor: actor.Name, Act: "intake.lineage", Object: "person", ObjectID: who.ID, Area: who.Area,
		What: "查看了档案的来源与历史"}); err != nil {
		return err
	}
	v, err := p.goldenView(c, who.ID, picked)
	if err != nil {
		return err
	}
	v.Href, v.May = "/intake/person/"+itoa(who.ID), true
	return c.Render("intake/person", web.Page{Title: c.T("intake.golden.of", who.Name), Window: c.T("intake.golden.of", web.MaskName(who.Name)), Lede: c.T("intake.golden.lede"),
		Crumbs: []web.Crumb{{Text: who.Name, Href: "/casework/person/" + itoa(who.ID)}, {Text: c.T("intake.golden.title")}}, Data: v, Form: form})
}

// own is the same for the person, without acts.
func (p pages) own(c *web.Ctx) error {
	if c.User.PersonID == 0 {
		return fault.New(fault.NotFound, "这个账号没有对应的档案，请到当地就业服务窗口核对")
	}
	v, err := p.goldenView(c, c.User.PersonID, nil)
	if err != nil {
		return err
	}
	v.Href = "/intake/me"
	return c.Render("intake/person", web.Page{Title: c.T("intake.golden.own"), Lede: c.T("intake.golden.ownLede"), Public: true, Data: v})
}

func (p pages) goldenView(c *web.Ctx, id int64, picked []string) (v goldenView, err error) {
	v.Filter = p.filterForm(c)
	var on, known time.Time
	if c.R.Method == "GET" {
		on, known = v.Filter.Date("on"), v.Filter.Date("known")
	}
	v.Past = !on.IsZero() || !known.IsZero()
	g, all, err := p.goldenOf(c.Context(), id, on, known)
	if err != nil {
		return v, err
	}
	files, err := p.filesOf(c, all)
	if err != nil {
		return v, err
	}
	for _, a := range g.Attributes {
		line := goldenLine{Head: named(c, "attribute", a.Field), Value: p.shown(a.Field, a.Value), Source: p.Kinds.Source(a.Source).Name, From: files[a.RecordID],
			Since: a.Since.String(), Heard: clockText(a.HeardAt), Later: a.Later}
		for _, o := range a.Others {
			line.Others = append(line.Others, otherLine{p.shown(a.Field, o.Value), p.Kinds.Source(o.Source).Name, clockText(o.HeardAt)})
		}
		v.Lines = append(v.Lines, line)
	}
	at := p.Clock.Now().UnixMilli()
	if !known.IsZero() {
		at = endOf(known)
	}
	slices.SortStableFunc(all, func(a, b Said) int { return cmp.Compare(min(1, a.EndedAt), min(1, b.EndedAt)) })
	for i := range all {
		s := &all[i]
		if s.KnownAt > at {
			continue
		}
		line := recordLine{ID: itoa(s.ID), Source: p.Kinds.Source(s.Source).Name, Table: p.tableName(c, s.Kind), From: files[s.ID], Since: s.ValidFrom.String(),
			Got: clockText(s.KnownAt), Cells: p.cellsOf(c, s), Pick: slices.Contains(picked, itoa(s.ID))}
		if s.EndedAt != 0 && s.EndedAt <= at {
			line.Ended = named(c, "ended", s.EndedWhy, clockText(s.EndedAt))
			v.Ended++
		}
		v.Records = append(v.Records, line)
	}
	v.None = len(v.Records) == 0
	return v, nil
}

// filesOf says of records from which batch, file and row they are: record → text.
func (p pages) filesOf(c *web.Ctx, list []Said) (map[int64]string, error) {
	names := map[origin]string{}
	asked := map[int64]bool{}
	out := map[int64]string{}
	for i := range list {
		s := &list[i]
		if s.Batch == 0 { // written down at a counter or on a visit
			continue
		}
		if !asked[s.Batch] {
			asked[s.Batch] = true
			files, err := listFiles(c.Context(), p.DB, s.Batch)
			if err != nil {
				return nil, err
			}
			for i := range files {
				names[origin{Batch: s.Batch, File: files[i].ID}] = files[i].Label()
			}
		}
		out[s.ID] = c.T("intake.golden.from", names[origin{Batch: s.Batch, File: s.File}], lang.Int(s.Row))
	}
	return out, nil
}

func (p pages) tableName(c *web.Ctx, kind string) string {
	if t := p.Kinds.Of(kind); t != nil {
		return t.Name
	}
	return named(c, "recordKind", kind)
}

// shown is an attribute's value as people read it, numbers masked.
func (r *Room) shown(field, v string) string {
	switch field {
	case "idnumber":
		return identity.MaskID(v)
	case "phone":
		return identity.MaskPhone(v)
	case "area":
		return placeOf(v)
	case "education":
		return schooling(v)
	case "sex", "ethnic", "rural":
		if t := r.Kinds.Of("household"); t != nil {
			if i, has := t.index[field]; has {
				return t.Columns[i].label(v)
			}
		}
	case "student", "able", "willing":
		return map[string]string{"1": "是", "0": "否"}[v]
	}
	return v
}

// label is what a department would have written for a value in canonical form.
func (col *Column) label(v string) string {
	if col.Table == "education" {
		if text := schooling(v); text != "" {
			return text
		}
	}
	if col.Field == "rural" && (v == "1" || v == "0") {
		return map[string]string{"1": "农业", "0": "非农业"}[v]
	}
	switch col.Type {
	case "bool":
		if v == "1" || v == "0" {
			return map[string]string{"1": "是", "0": "否"}[v]
		}
	case "choice", "int":
		var names []string
		for name, code := range col.Choice {
			if code == v && name != v {
				names = append(names, name)
			}
		}
		if len(names) > 0 { // the shortest is the usual one; among equals the first in order
			name := slices.MinFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
			if v < "97" {
				name += col.Suffix
			}
			return name
		}
	case "money":
		n := parsed("money", v).n
		return fmt.Sprintf("%d.%02d", n/100, n%100)
	}
	return v
}

// schooling is a level of education by its code.
func schooling(code string) string {
	for _, e := range person.Educations {
		if itoa(int64(e.Code)) == code {
			return e.Zh
		}
	}
	return ""
}

// cellsOf are a record's cells with their heads, in the order of its template, numbers masked.
func (p pages) cellsOf(c *web.Ctx, s *Said) (out []web.Pair) {
	if t := p.Kinds.Of(s.Kind); t != nil {
		for i := range t.Columns {
			col := &t.Columns[i]
			v, told := s.Cells[col.Field]
			if !told || v == "" {
				continue
			}
			out = append(out, web.Pair{Key: col.Header, Value: col.shown(v)})
		}
		return out
	}
	for _, field := range slices.Sorted(maps.Keys(s.Cells)) {
		head := field
		if slices.Contains(attributes, field) {
			head = named(c, "attribute", field)
		}
		out = append(out, web.Pair{Key: head, Value: p.shown(field, veil(s.Cells[field]))})
	}
	return out
}

// shown is a value as people read it, numbers of people masked.
func (col *Column) shown(v string) string {
	switch {
	case col.Type == "idnumber" || col.Type == "anyid":
		return identity.MaskID(v)
	case col.Type == "phone":
		return identity.MaskPhone(v)
	case col.Field == "household" || col.Type == "creditcode":
		return v
	case strings.HasSuffix(col.Type, "area") && area.Exists(area.Normal(v)):
		return placeOf(v)
	}
	return veil(col.label(v))
}

func (p pages) split(c *web.Ctx) error {
	who, err := p.theirs(c)
	if err != nil {
		return err
	}
	form := p.splitForm(c)
	s := Split{PersonID: who.ID, To: form.Choice("to"), IDNumber: form.Text("idnumber"), Reason: form.Text("reason")}
	picked := form.Values["records"]
	for _, text := range picked {
		var id int64
		if _, err := fmt.Sscan(text, &id); err == nil {
			s.Records = append(s.Records, id)
		}
	}
	if len(s.Records) == 0 {
		form.Fail("records", c.T("intake.golden.pickOne"))
	}
	if s.To == SplitOther && s.IDNumber == "" {
		form.Fail("idnumber", c.T("intake.golden.needNumber"))
	}
	if !form.OK() {
		return p.showGolden(c, who, form, picked)
	}
	to, err := p.Split(c.Context(), actorOf(c.User), s, c.Once())
	if err != nil {
		return err
	}
	c.Flash("ok", named(c, "splitDone", s.To))
	return c.Redirect("/intake/person/" + itoa(cmp.Or(to, who.ID)))
}
