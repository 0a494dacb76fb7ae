package verify

import (
	"context"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

var stateKind = map[string]string{Found: "warn", Asked: "warn", Told: "warn", Proposed: "warn"}

// filterOf is what the address asks for, within the reader's area.
func filterOf(c *web.Ctx, f *web.Form) filter {
	out := filter{area: c.User.Area, state: f.Choice("state"), kind: f.Choice("kind")}
	if code := f.Choice("area"); code != "" {
		out.area = code
	}
	return out
}

// count is the number behind the menu's entry: questions that the reader's area has to answer, and those below it that the reader sends or judges.
func (r *Room) count(ctx context.Context, u web.User) (int64, error) {
	return waitingFor(ctx, r.DB, u.Area, u.Role == account.Manager)
}

func (r *Room) filterForm(c *web.Ctx) *web.Form {
	any := []web.Option{{Value: "", Text: c.T("verify.all")}}
	return c.Form(web.Field{Name: "state", Label: c.T("verify.state"), Kind: "select", Options: append(any[:1:1], desk.Options(c, "state", states)...)},
		web.Field{Name: "kind", Label: c.T("verify.kind"), Kind: "select", Options: append(any[:1:1], desk.Options(c, "check", kinds)...)},
		web.Field{Name: "area", Label: c.T("verify.area"), Kind: "select", Options: append(any[:1:1], own(c.User)...)})
}

func (r *Room) list(c *web.Ctx) error {
	f := r.filterForm(c)
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	ask := filterOf(c, f)
	list, err := r.findings(c.Context(), ask, at.Int(0), shown+1)
	if err != nil {
		return err
	}
	counts, late, err := r.counts(c.Context(), c.User.Area, r.today())
	if err != nil {
		return err
	}
	definitions, err := r.Indicators.Definitions(c.Context())
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	d := sheetData{Tabs: tabs(c, atHome), Filter: f, Fields: []string{"state", "kind", "area"}, Paged: true, Paging: c.Paging(-1, len(list), next),
		Actions: []web.Tab{{Text: c.T("verify.export"), Href: "/verify/findings.xlsx?" + c.R.URL.RawQuery}}}
	for _, s := range []string{Found, Asked, Told, Proposed, Closed} {
		d.Figures = append(d.Figures, web.Figure{Label: desk.Word(c, "state", s), Value: lang.Int(counts[s]), Href: atHome + "?state=" + s})
	}
	if late > 0 {
		d.Figures = append(d.Figures, web.Figure{Label: c.T("verify.late"), Value: lang.Int(late), Kind: "warn", Href: atHome + "?state=" + Asked})
	}
	last, ran, err := lastRun(c.Context(), r.DB)
	if err != nil {
		return err
	}
	if ran {
		d.Note = c.T("verify.lastRun", stamp(last.At), lang.Int(last.Series), lang.Int(last.People), lang.Int(last.Fresh), last.AsOf.String())
	}
	if c.User.Role == account.Manager {
		d.Buttons = []web.Tab{{Text: c.T("verify.run"), Href: atHome + "?act=run"}}
		waiting, err := r.findings(c.Context(), filter{area: c.User.Area, state: Found, below: true}, 0, 1)
		if err != nil {
			return err
		}
		if len(waiting) > 0 {
			d.Buttons = append(d.Buttons, web.Tab{Text: c.T("verify.askAll"), Href: atHome + "?act=ask", Current: true})
		}
	}
	t := rows{ID: "rows", Head: c.T("verify.list"), Heads: desk.Heads(c, "what", "area", "seen", "foundOn", "state"), Empty: c.T("verify.none")}
	for i := range list {
		x := &list[i]
		name := desk.Word(c, "check", x.Kind)
		if x.Indicator != "" {
			name = nameIn(c.Lang, definitions, x.Indicator)
		}
		state := cell{Text: desk.Word(c, "state", x.State), Kind: stateKind[x.State]}
		switch {
		case x.Verdict != "":
			state = cell{Text: desk.Word(c, "verdict", x.Verdict)}
		case x.State == Asked:
			state.Small = c.T("verify.until", x.Due.String())
		case !x.Still && x.Open():
			state.Small = c.T("verify.notSeen")
		}
		t.Rows = append(t.Rows, []cell{{Text: name + " " + periodOf(c.T, x), Href: findingAt(x.ID)}, {Text: area.Name(x.Area)}, {Text: strings.Join(signalNames(c, x), c.T("verify.and"))}, {Text: x.On.String()}, state})
	}
	d.Tables = []rows{t}
	return c.Render("verify/sheet", web.Page{Title: c.T("verify.title"), Lede: c.T("verify.lede"), Nav: atHome, Data: d})
}

func signalNames(c *web.Ctx, f *Finding) (list []string) {
	for _, s := range f.Signals {
		list = append(list, desk.Word(c, "check", s.Kind))
	}
	return list
}

// askAtOnce is how many findings one press sends.
const askAtOnce = 200

func (r *Room) actList(c *web.Ctx) error {
	switch c.R.URL.Query().Get("act") {
	case "run":
		_, done, err := r.RunNow(c.Context(), c.User, c.Once())
		if err != nil {
			return err
		}
		c.Flash("ok", c.T(map[bool]string{true: "verify.ran", false: "verify.queued"}[done]))
	case "ask":
		list, err := r.findings(c.Context(), filter{area: c.User.Area, state: Found, below: true}, 0, askAtOnce)
		if err != nil {
			return err
		}
		var ids []int64
		for _, f := range list {
			ids = append(ids, f.ID)
		}
		n, err := r.Ask(c.Context(), c.User, ids, c.Once())
		if err != nil {
			return err
		}
		c.Flash("ok", c.T("verify.asked", lang.Int(int64(n))))
	default:
		return fault.New(fault.Invalid, "没有这种办法")
	}
	return c.Redirect(atHome)
}

// exported is how many findings one file holds.
const exported = 10_000

func (r *Room) export(c *web.Ctx) error {
	list, err := r.findings(c.Context(), filterOf(c, r.filterForm(c)), 0, exported+1)
	if err != nil {
		return err
	}
	if len(list) > exported {
		return fault.New(fault.TooLarge, "符合条件的事项超过 %d 件，请先按状态、核查项目或地区筛选，再导出", exported)
	}
	definitions, err := r.Indicators.Definitions(c.Context())
	if err != nil {
		return err
	}
	if err := r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.note(c.Context(), tx, c.User, "export", 0, c.User.Area, "导出核查事项 "+lang.Int(int64(len(list)))+" 件")
	}); err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment("数据核查事项.xlsx", xlsxType))
	if err := x.Sheet("核查事项", sheet.Columns("地区", "指标或登记核查", "时期", "线索", "看到的", "预期的", "状态", "结论", "提出日期", "说明期限")...); err != nil {
		return err
	}
	for i := range list {
		f := &list[i]
		due := ""
		if !f.Due.IsZero() {
			due = f.Due.String()
		}
		for _, s := range f.Signals {
			verdict := ""
			if f.Verdict != "" {
				verdict = desk.Word(c, "verdict", f.Verdict)
			}
			what := desk.Word(c, "check", f.Kind)
			if f.Indicator != "" {
				what = nameIn(lang.Chinese, definitions, f.Indicator)
			}
			if err := x.Row(area.FullName(f.Area), what, f.PeriodText(), desk.Word(c, "check", s.Kind), seenText(f, s.Kind, s.Seen), seenText(f, s.Kind, s.Expected), desk.Word(c, "state", f.State), verdict, f.On.String(), due); err != nil {
				return err
			}
		}
	}
	return x.Close()
}
