package intake

import (
	"math"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

type reviewsView struct {
	Tabs   []web.Tab
	Rows   []reviewLine
	Filter *web.Form
	Paging web.Paging
	Open   int64
	Places bool // rows may lie in several banners
}

type reviewLine struct {
	Review
	Kind  string
	Name  string
	Why   string
	Place string
}

// reviews lists the rows that wait.
func (p pages) reviews(c *web.Ctx) error {
	after, err := c.Cursor(1)
	if err != nil {
		return err
	}
	filter := c.Form(
		web.Field{Name: "why", Label: c.T("intake.why"), Kind: "select", Options: options(c, "why", WhyUnknown, WhyName)},
		web.Field{Name: "state", Label: c.T("intake.reviewState"), Kind: "select", Options: options(c, "state", ReviewOpen, ReviewLater, ReviewSame, ReviewOther, ReviewSettled)})
	f := reviewFilter{area: c.User.Area, state: ReviewOpen, why: filter.Choice("why")}
	if state := filter.Choice("state"); state != "" {
		f.state = state
	}
	below := int64(math.MaxInt64)
	if !after.Start() {
		below = after.Int(0)
	}
	list, err := listReviews(c.Context(), p.DB, f, below, reviewsShown+1)
	if err != nil {
		return err
	}
	total, err := countReviews(c.Context(), p.DB, f.area, f.state, f.why)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > reviewsShown {
		list = list[:reviewsShown]
		next = web.NewCursor(list[reviewsShown-1].ID)
	}
	v := reviewsView{Tabs: deskTabs(c, "rowByRow"), Filter: filter, Paging: c.Paging(total, len(list), next), Open: total, Places: area.Level(c.User.Area) < area.Banner}
	for _, item := range list {
		line := reviewLine{Review: item, Kind: p.kindName(item.Kind), Why: named(c, "why", item.Why), Place: placeOf(item.Area)}
		if rec, err := p.reread(&item); err == nil {
			line.Name = identity.MaskName(rec.shown("name"))
		}
		v.Rows = append(v.Rows, line)
	}
	return c.Render("intake/reviews", web.Page{Title: c.T("intake.reviews"), Lede: c.T("intake.reviewsLede", lang.Int(total)),
		Crumbs: []web.Crumb{{Text: c.T("intake.menu"), Href: "/intake"}, {Text: c.T("intake.reviews")}}, Data: v})
}

func options(c *web.Ctx, group string, values ...string) []web.Option {
	out := make([]web.Option, len(values))
	for i, v := range values {
		out[i] = web.Option{Value: v, Text: named(c, group, v)}
	}
	return out
}

func (r *Room) kindName(kind string) string {
	if t := r.Kinds.Of(kind); t != nil {
		return t.Name
	}
	return kind
}

// shown is a field's cell as it was written.
func (r *record) shown(field string) string {
	i, has := r.t.index[field]
	if !has {
		return ""
	}
	return strings.Trim(r.Cell(r.cellOf[i]), blanks)
}

type reviewView struct {
	Review
	Kind    string
	Why     string
	Explain string
	Heads   []string // the columns: the row, then the candidates
	Lines   []compareLine
	Rest    []web.Pair // what else the row says
	Flaw    string
	State   string
	Decided string
	Href    string
	Can     bool // somebody can decide
	Undo    bool
}

type compareLine struct {
	Label string
	Close bool // a number or a date, which must not part
	Base  string
	Sides [][]Piece
}

// opened is the review item of the address, with its row and the people it may be about.
func (p pages) opened(c *web.Ctx) (item Review, rec *record, people []person.Person, err error) {
	id, err := c.PathID("id")
	if err != nil {
		return item, nil, nil, err
	}
	if item, rec, err = p.Review(c.Context(), actorOf(c.User), id); err != nil {
		return item, nil, nil, err
	}
	people, err = p.candidates(c, &item, rec)
	return item, rec, people, err
}

// review shows a row beside those it may be about.
func (p pages) review(c *web.Ctx) error {
	item, rec, people, err := p.opened(c)
	if err != nil {
		return err
	}
	return p.showReview(c, item, rec, people, p.decisionForm(c, people))
}

// candidates are the people a row may be about; looking at them is written into the audit log.
func (p pages) candidates(c *web.Ctx, item *Review, rec *record) (people []person.Person, err error) {
	switch {
	case item.PersonID != 0:
		one, err := p.People.Get(c.Context(), item.PersonID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		} else if err == nil {
			people = append(people, one)
		}
	case rec.flaw == nil:
		found, err := p.People.Search(c.Context(), c.User.Area, rec.text("name"), "", 0, 50)
		if err != nil {
			return nil, err
		}
		people = likely(rec, found)
	}
	who := actorOf(c.User)
	for i := range people {
		if err := mayUse(who, people[i].Area); err != nil {
			return nil, err
		}
		err := p.Audit.Note(c.Context(), audit.Entry{ActorID: who.ID, Actor: who.Name, Act: "person.read", Object: "person", ObjectID: people[i].ID, Area: people[i].Area,
			What: "核对导入记录时查看了姓名、证件号和住址"})
		if err != nil {
			return nil, err
		}
	}
	return people, nil
}

func (p pages) decisionForm(c *web.Ctx, people []person.Person) *web.Form {
	var choices []web.Option
	for _, one := range people {
		choices = append(choices, web.Option{Value: ReviewSame + "-" + itoa(one.ID), Text: c.T("intake.same", one.Name, web.MaskID(one.IDNumber)), Hint: c.T("intake.sameHint")})
	}
	choices = append(choices, web.Option{Value: ReviewOther, Text: c.T("intake.other"), Hint: c.T("intake.otherHint")},
		web.Option{Value: ReviewLater, Text: c.T("intake.later"), Hint: c.T("intake.laterHint")})
	return c.Form(web.Field{Name: "choice", Label: c.T("intake.decision"), Kind: "radios", Need: true, Options: choices},
		web.Field{Name: "reason", Label: c.T("intake.reason"), Hint: c.T("intake.reasonHint"), Need: true, Max: 200, Width: "full"})
}

func (p pages) showReview(c *web.Ctx, item Review, rec *record, people []person.Person, form *web.Form) error {
	form.SetVersion(item.Version)
	v := reviewView{Review: item, Kind: p.kindName(item.Kind), Why: named(c, "why", item.Why), Explain: named(c, "explain", item.Why),
		State: named(c, "state", item.State), Href: "/intake/review/" + itoa(item.ID), Can: item.Undecided(), Undo: item.Undoable()}
	if item.Decider != "" {
		v.Decided = c.T("intake.decided", item.Decider, clockText(item.DecidedAt), item.Reason)
	}
	if rec.flaw != nil {
		v.Flaw = veil(rec.flaw.text)
	}
	v.Heads = append(v.Heads, c.T("intake.side.row"))
	for i := range people {
		head := c.T("intake.side.only")
		if len(people) > 1 {
			head = c.T("intake.side.register", i+1)
		}
		v.Heads = append(v.Heads, head)
	}
	cells := rec.linkCells()
	v.compare(c.T("intake.field.name"), rec.shown("name"), people, func(one *person.Person) string { return one.Name })
	v.compareMasked(c.T("intake.field.id"), rec.shown("idnumber"), people)
	if cells[cellBirth] != "" {
		v.compare(c.T("intake.field.birth"), cells[cellBirth], people, func(one *person.Person) string { return lang.DateShort(one.Birth) })
		v.compare(c.T("intake.field.sex"), sexNamed(c, cells[cellSex]), people, func(one *person.Person) string { return named(c, "sex", itoa(int64(one.Sex))) })
	}
	v.compare(c.T("intake.field.area"), lang.None, people, func(one *person.Person) string { return placeOf(one.Area) })
	for i := range rec.t.Columns {
		if col := &rec.t.Columns[i]; col.Field != "name" && col.Field != "idnumber" {
			v.Rest = append(v.Rest, web.Pair{Key: col.Header, Value: orNone(col.show(rec.Cell(rec.cellOf[i])))})
		}
	}
	return c.Render("intake/review", web.Page{Title: named(c, "question", item.Why), Lede: c.T("intake.reviewLede", v.Kind, item.FileName, lang.Int(item.Row), placeOf(item.Area)),
		Crumbs: []web.Crumb{{Text: c.T("intake.menu"), Href: "/intake"}, {Text: c.T("intake.reviews"), Href: "/intake/review"}, {Text: c.T("intake.row", lang.Int(item.Row))}}, Data: v, Form: form})
}

// sexNamed is a cell's 男 or 女 in the reader's language.
func sexNamed(c *web.Ctx, text string) string {
	for code, word := range sexWords {
		if word == text {
			return named(c, "sex", itoa(int64(code)))
		}
	}
	return ""
}

func orNone(s string) string {
	if s == "" {
		return lang.None
	}
	return s
}

func (v *reviewView) compare(label, base string, people []person.Person, side func(*person.Person) string) {
	line := compareLine{Label: label, Close: len(base) == len("2025-09-24") && base[4] == '-', Base: orNone(base)}
	for i := range people {
		pieces := []Piece{{Text: side(&people[i])}}
		if base != lang.None {
			pieces = differing(base, side(&people[i]))
		}
		line.Sides = append(line.Sides, pieces)
	}
	v.Lines = append(v.Lines, line)
}

// compareMasked shows ID numbers with their middle hidden; differing characters in it are marked all the same.
func (v *reviewView) compareMasked(label, base string, people []person.Person) {
	line := compareLine{Label: label, Close: true, Base: orNone(identity.MaskID(base))}
	for i := range people {
		number := people[i].IDNumber
		masked := []rune(identity.MaskID(number))
		var pieces []Piece
		at := 0
		for _, piece := range differing(base, number) {
			n := len([]rune(piece.Text))
			pieces = append(pieces, Piece{string(masked[at : at+n]), piece.Differ})
			at += n
		}
		line.Sides = append(line.Sides, pieces)
	}
	v.Lines = append(v.Lines, line)
}

// decide carries out what the officer chose.
func (p pages) decide(c *web.Ctx) error {
	item, rec, people, err := p.opened(c)
	if err != nil {
		return err
	}
	form := p.decisionForm(c, people)
	d := Decision{ReviewID: item.ID, Version: form.Version(), Choice: form.Choice("choice"), Reason: form.Text("reason")}
	if !form.OK() {
		return p.showReview(c, item, rec, people, form)
	}
	for _, one := range people {
		if d.Choice == ReviewSame+"-"+itoa(one.ID) {
			d.Choice, d.PersonID = ReviewSame, one.ID
		}
	}
	if err := p.Decide(c.Context(), actorOf(c.User), d, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("intake.saved"))
	next, err := listReviews(c.Context(), p.DB, reviewFilter{area: c.User.Area, state: ReviewOpen}, item.ID, 1)
	if err != nil || len(next) == 0 {
		return c.Redirect("/intake/review")
	}
	return c.Redirect("/intake/review/" + itoa(next[0].ID))
}

// reopen takes a decision back.
func (p pages) reopen(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	form := c.Form()
	if err := p.Reopen(c.Context(), actorOf(c.User), id, form.Version(), c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("intake.reopened"))
	return c.Redirect("/intake/review/" + itoa(id))
}
