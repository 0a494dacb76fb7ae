package roster

import (
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// kindRow is one comparison with its numbers.
type kindRow struct {
	ID, Name, Registers, Source, Href                    string
	Open, Sent, Confirmed, Cleared, Fixed, Closed, Found int64
	Median                                               string
}

// sourceRow is what the findings say of one department's data.
type sourceRow struct {
	Name                               string
	Kinds                              int
	Found, Answered, Confirmed, Closed int64
	Share                              string // confirmed of answered
	Median                             string
}

type compareData struct {
	Drawn   bool
	Area    string
	Places  []web.Tab
	Below   []web.Tab
	Rows    []kindRow
	Sources []sourceRow
}

// median is the middle of days counted by how often they came; -1 of none.
func median(days map[int]int64) int {
	total := int64(0)
	keys := make([]int, 0, len(days))
	for d, n := range days {
		keys, total = append(keys, d), total+n
	}
	slices.Sort(keys)
	passed := int64(0)
	for _, d := range keys {
		if passed += days[d]; 2*passed >= total {
			return d
		}
	}
	return -1
}

func daysText(days map[int]int64) string {
	if m := median(days); m >= 0 {
		return fmt.Sprint(m)
	}
	return "—"
}

func kindRowOf(c *web.Ctx, l *List, n tally, days map[int]int64, at string) kindRow {
	row := kindRow{ID: l.ID, Name: in(c.Lang, l.Name), Registers: c.T("roster.versus", in(c.Lang, l.Check.Registers[0]), in(c.Lang, l.Check.Registers[1])),
		Source: in(c.Lang, l.Check.Source), Href: listHref(l) + "?area=" + at, Open: n[countState+string(Open)], Sent: n[countState+string(Sent)],
		Confirmed: n[countState+string(Confirmed)], Cleared: n[countState+string(Cleared)], Fixed: n[countState+string(Fixed)], Closed: n[countClosed], Median: daysText(days)}
	row.Found = n[countAll] + n[countClosed]
	return row
}

// compareIndex shows every comparison with its findings in an area, and what they say of each source.
func (r *Room) compareIndex(c *web.Ctx) error {
	at, err := chosen(c)
	if err != nil {
		return err
	}
	drawn, text, err := r.drawnText(c)
	if err != nil {
		return err
	}
	counts, err := r.store.tallies(c.Context(), at)
	if err != nil {
		return err
	}
	days, err := r.store.answerDays(c.Context(), at)
	if err != nil {
		return err
	}
	data := compareData{Drawn: drawn, Area: area.FullName(at), Places: places(c, at, compare)}
	for _, a := range below(at) {
		data.Below = append(data.Below, web.Tab{Text: area.Short(a.Code), Href: compare + "?area=" + a.Code})
	}
	bySource := map[string]*sourceRow{}
	daysOf := map[string]map[int]int64{}
	var order []string
	for _, l := range r.lists {
		if l.Check == nil {
			continue
		}
		row := kindRowOf(c, l, counts[l.ID], days[l.ID], at)
		data.Rows = append(data.Rows, row)
		s := bySource[row.Source]
		if s == nil {
			s = &sourceRow{Name: row.Source}
			bySource[row.Source], daysOf[row.Source], order = s, map[int]int64{}, append(order, row.Source)
		}
		s.Kinds, s.Found, s.Closed = s.Kinds+1, s.Found+row.Found, s.Closed+row.Closed
		s.Confirmed += row.Confirmed + row.Fixed
		s.Answered += row.Confirmed + row.Fixed + row.Cleared
		for d, n := range days[l.ID] {
			daysOf[row.Source][d] += n
		}
	}
	for _, name := range order {
		s := bySource[name]
		s.Median, s.Share = daysText(daysOf[name]), "—"
		if s.Answered > 0 {
			s.Share = fmt.Sprintf("%.1f%%", float64(s.Confirmed)*100/float64(s.Answered))
		}
		data.Sources = append(data.Sources, *s)
	}
	return c.Render("roster/compare", web.Page{Title: c.T("roster.compareTitle"), Lede: text, Data: data, Nav: home})
}

type kindData struct {
	listData
	Row       kindRow
	Check     *Check
	Act       string
	Office    string
	Registers string
	States    []string
	Send      *web.Form // nil: the reader sends nothing down
	SendPath  string
}

// showKind is one comparison: its findings, where, and what to do.
func (r *Room) showKind(c *web.Ctx) error { return r.kindPage(c, nil) }

func (r *Room) kindPage(c *web.Ctx, send *web.Form) error {
	l, err := r.find(c.R.PathValue("kind"), true)
	if err != nil {
		return err
	}
	at, err := chosen(c)
	if err != nil {
		return err
	}
	drawn, text, err := r.drawnText(c)
	if err != nil {
		return err
	}
	counts, err := r.store.tallies(c.Context(), at)
	if err != nil {
		return err
	}
	days, err := r.store.answerDays(c.Context(), at)
	if err != nil {
		return err
	}
	d := kindData{Row: kindRowOf(c, l, counts[l.ID], days[l.ID], at), Check: l.Check, Act: in(c.Lang, l.Check.Act), Office: in(c.Lang, l.Check.Office), Send: send, SendPath: listHref(l) + "/send"}
	d.List, d.Name, d.Drawn, d.Employers, d.Path, d.Places = l, d.Row.Name, drawn, l.Employers(), listHref(l), places(c, at, listHref(l))
	d.Demands, d.Export = demands(c.Lang, l.Enter, r.on()), home+"/export/"+l.ID+"?"+query(c, at)
	d.Registers = d.Row.Registers
	unit := c.T("roster.findings")
	for _, s := range States {
		d.States = append(d.States, stateText(c, s))
		d.Figures = append(d.Figures, web.Figure{Label: stateText(c, s), Value: lang.Int(counts[l.ID][countState+string(s)]), Unit: unit,
			Href: listHref(l) + "?area=" + at + "&state=" + string(s) + "#list"})
	}
	d.Figures = append(d.Figures, web.Figure{Label: c.T("roster.state.closed"), Value: lang.Int(d.Row.Closed), Unit: unit},
		web.Figure{Label: c.T("roster.median"), Value: d.Row.Median, Unit: c.T("roster.days")})
	if d.Areas, err = r.areas(c, l, at); err != nil {
		return err
	}
	if send == nil && r.Assign != nil && canSend(c.User) == nil {
		if d.Send, err = r.sendForm(c, l); err != nil {
			return err
		}
	}
	var f filter
	d.Filter, f = r.narrowed(c, l, at)
	if d.Rows, d.Paging, err = r.rows(c, l, f); err != nil {
		return err
	}
	return c.Render("roster/kind", web.Page{Title: d.Name, Lede: c.T("roster.kindLede", area.FullName(at), lang.Int(d.Row.Open+d.Row.Sent)) + text, Data: d, Nav: home, Form: send,
		Crumbs: []web.Crumb{{Text: c.T("roster.compareTitle"), Href: compare}, {Text: d.Name}}})
}

// sendForm asks which banners get their open findings; nil where nothing is open.
func (r *Room) sendForm(c *web.Ctx, l *List) (*web.Form, error) {
	counts, err := r.store.byArea(c.Context(), l.ID, c.User.Area, 6)
	if err != nil {
		return nil, err
	}
	var options []web.Option
	for code, n := range counts {
		if open := n[countState+string(Open)]; open > 0 {
			options = append(options, web.Option{Value: code, Text: area.Short(code) + " " + c.T("roster.nFindings", lang.Int(open))})
		}
	}
	if len(options) == 0 {
		return nil, nil
	}
	slices.SortFunc(options, func(a, b web.Option) int { return strings.Compare(a.Value, b.Value) })
	return c.Form(web.Field{Name: "areas", Label: c.T("roster.sendTo"), Kind: "checkboxes", Need: true, Options: options}), nil
}

func (r *Room) sendDown(c *web.Ctx) error {
	l, err := r.find(c.R.PathValue("kind"), true)
	if err != nil {
		return err
	}
	if err := canSend(c.User); err != nil {
		return err
	}
	f, err := r.sendForm(c, l)
	if err != nil {
		return err
	}
	if f == nil {
		c.Flash("", c.T("roster.nothingOpen"))
		return c.Redirect(listHref(l))
	}
	banners := f.Many("areas")
	if !f.OK() {
		return r.kindPage(c, f)
	}
	n, err := r.Send(c.Context(), c.User, l, banners, c.Once())
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("roster.sent", lang.Int(n)))
	return c.Redirect(listHref(l))
}

func (r *Room) showFinding(c *web.Ctx) error { return r.findingPage(c, false, nil) }

func (r *Room) showUnitFinding(c *web.Ctx) error { return r.findingPage(c, true, nil) }

// findingPage is one finding: why, what to do, what was answered.
func (r *Room) findingPage(c *web.Ctx, employers bool, form *web.Form) error {
	l, err := r.listFor(c, true, employers)
	if err != nil {
		return err
	}
	h, err := r.holderOf(c, l)
	if err != nil {
		return err
	}
	d, err := r.memberData(c, l, h)
	if err != nil {
		return err
	}
	d.Check, d.Act, d.Office, d.AnswerPath = l, in(c.Lang, l.Check.Act), in(c.Lang, l.Check.Office), memberHref(l, h.id)+"/answer"
	d.Registers = c.T("roster.versus", in(c.Lang, l.Check.Registers[0]), in(c.Lang, l.Check.Registers[1]))
	if d.On && d.Can {
		if d.Answer = form; form == nil {
			held, err := r.store.held(c.Context(), r.DB, shelfOf(l), h.id-1, h.id)
			if err != nil {
				return err
			}
			d.Answer = r.answerForm(c, l)
			if e := entryOf(held, l.ID); e != nil {
				d.Answer.SetVersion(e.version)
			}
		}
	}
	name := in(c.Lang, l.Name)
	lede := c.T("roster.findingLede", name)
	if !d.On {
		lede = c.T("roster.findingOver", name)
	}
	return c.Render("roster/finding", web.Page{Title: h.name, Window: windowOf(h, l) + " " + name, Lede: lede + " " + area.FullName(h.area), Data: d, Nav: home, Form: form,
		Crumbs: []web.Crumb{{Text: c.T("roster.compareTitle"), Href: compare}, {Text: name, Href: listHref(l)}, {Text: windowOf(h, l)}}})
}

func (r *Room) answerForm(c *web.Ctx, l *List) *web.Form {
	var options []web.Option
	for _, s := range answers {
		options = append(options, web.Option{Value: string(s), Text: stateText(c, s), Hint: c.T(answerKey + string(s))})
	}
	return c.Form(web.Field{Name: "state", Label: c.T("roster.answer"), Kind: "choices", Need: true, Options: options},
		web.Field{Name: "text", Label: c.T("roster.answerText"), Hint: c.T("roster.answerHint"), Kind: "textarea", Need: true, Max: 500, Rows: 3})
}

func (r *Room) answer(c *web.Ctx) error { return r.saveAnswer(c, false) }

func (r *Room) answerUnit(c *web.Ctx) error { return r.saveAnswer(c, true) }

func (r *Room) saveAnswer(c *web.Ctx, employers bool) error {
	l, err := r.listFor(c, true, employers)
	if err != nil {
		return err
	}
	id, err := c.PathID(map[bool]string{false: "pid", true: "eid"}[employers])
	if err != nil {
		return err
	}
	if _, err := r.member(c.Context(), c.User, l, id); err != nil {
		return err
	}
	f := r.answerForm(c, l)
	a := Answer{List: l, Owner: id, State: State(f.Choice("state")), Text: f.Text("text"), Version: f.Version()}
	if !f.OK() {
		return r.findingPage(c, employers, f)
	}
	if err := r.Reply(c.Context(), c.User, a, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("roster.answered"))
	return c.Redirect(memberHref(l, id))
}
