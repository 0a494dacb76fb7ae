package verify

import (
	"strconv"
	"strings"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

func (r *Room) rounding(c *web.Ctx) error { return r.renderRounding(c, nil) }

var units = []string{"10", "100", "1000", "10000", "0"}

func (r *Room) roundingFields(c *web.Ctx) ([]web.Field, error) {
	list, err := r.indicators(c)
	var all []web.Option
	for _, d := range list {
		all = append(all, web.Option{Value: d.ID, Text: d.NameIn(c.Lang)})
	}
	return []web.Field{{Name: "area", Label: c.T("verify.area"), Kind: "select", Need: true, Options: own(c.User)}, {Name: "indicator", Label: c.T("verify.indicator"), Hint: c.T("verify.f.all"), Kind: "select", Options: all},
		{Name: "unit", Label: c.T("verify.f.unit"), Kind: "select", Need: true, Options: desk.Options(c, "unit", units)}, {Name: "why", Label: c.T("verify.f.basis"), Hint: c.T("verify.f.basisHint"), Kind: "textarea", Max: 300, Rows: 2}}, err
}

func (r *Room) renderRounding(c *web.Ctx, failing *web.Form) error {
	list, err := roundings(c.Context(), r.DB, c.User.Area)
	if err != nil {
		return err
	}
	definitions, err := r.indicators(c)
	if err != nil {
		return err
	}
	t := rows{ID: "list", Head: c.T("verify.tab.rounding"), Heads: desk.Heads(c, "area", "indicator", "+f.unit", "f.basis", "by"), Empty: c.T("verify.noRounding")}
	for _, g := range list {
		name := c.T("verify.allIndicators")
		if g.Indicator != "" {
			name = nameIn(c.Lang, definitions, g.Indicator)
		}
		t.Rows = append(t.Rows, []cell{{Text: area.Name(g.Area)}, {Text: name}, num(lang.Int(g.Unit)), {Text: g.Why}, {Text: g.By, Small: stamp(g.At)}})
	}
	fields, err := r.roundingFields(c)
	if err != nil {
		return err
	}
	b := desk.Box(c, "rounding", atRounding, 0, failing, failedAs(failing, "rounding"), fields...)
	b.Open = true
	return c.Render("verify/sheet", web.Page{Title: c.T("verify.tab.rounding"), Lede: c.T("verify.roundingLede"), Form: failing, Nav: atHome, Crumbs: crumb(c, web.Crumb{Text: c.T("verify.tab.rounding")}), Data: sheetData{Tabs: tabs(c, atRounding), Tables: []rows{t}, Boxes: []box{b}}})
}

func (r *Room) takeRounding(c *web.Ctx) error {
	fields, err := r.roundingFields(c)
	if err != nil {
		return err
	}
	f, _ := web.ActForm(c, "rounding", fields...)
	unit, _ := strconv.ParseInt(f.Choice("rounding_unit"), 10, 64)
	g := Rounding{Area: f.Choice("rounding_area"), Indicator: f.Choice("rounding_indicator"), Unit: unit, Why: f.Text("rounding_why")}
	if f.OK() {
		err := r.Declare(c.Context(), c.User, g, c.Once())
		if err == nil {
			c.Flash("ok", c.T("verify.done"))
			return c.Redirect(atRounding)
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderRounding(c, f)
}

func (r *Room) limits(c *web.Ctx) error { return r.renderLimits(c, nil) }

func (r *Room) limitFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "kind", Label: c.T("verify.kind"), Kind: "select", Need: true, Options: desk.Options(c, "check", kinds)}, {Name: "value", Label: c.T("verify.f.limit"), Hint: c.T("verify.f.limitHint"), Need: true, Max: 12, Width: "8"},
		{Name: "why", Label: c.T("verify.f.why"), Kind: "textarea", Need: true, Max: 300, Rows: 2}}
}

// renderLimits shows every check's limit, what verdicts say of it, and what they propose.
func (r *Room) renderLimits(c *web.Ctx, failing *web.Form) error {
	now, err := limitsNow(c.Context(), r.DB)
	if err != nil {
		return err
	}
	list, err := judged(c.Context(), r.DB)
	if err != nil {
		return err
	}
	open, err := openSignals(c.Context(), r.DB)
	if err != nil {
		return err
	}
	told := tell(list)
	t := rows{ID: "limits", Head: c.T("verify.tab.limits"), Note: c.T("verify.limitsNote"), Heads: desk.Heads(c, "kind", "+limit", "+verdicts", "+precision", "proposal")}
	for _, k := range kinds {
		l, rec := now[k], told[k]
		limit := num(measured(c.T, k, l.Value))
		if l.Version > 0 {
			limit.Small = l.By + " " + stamp(l.At)[:10]
		}
		verdicts := num(lang.Int(int64(rec.N)))
		if rec.N > 0 || open[k] > 0 {
			verdicts.Small = c.T("verify.verdictsOf", rec.Upheld, rec.Corrected, rec.Unfounded, open[k])
		}
		share := num("—")
		if p := rec.Precision(); p >= 0 {
			share = num(lang.Percent(p))
		}
		proposal := cell{Text: "—"}
		if v, why, ok := Propose(k, l.Value, list); ok {
			proposal = cell{Text: measured(c.T, k, v), Small: why}
		}
		t.Rows = append(t.Rows, []cell{{Text: desk.Word(c, "check", k), Small: desk.Word(c, "rule", k)}, limit, verdicts, share, proposal})
	}
	d := sheetData{Tabs: tabs(c, atLimits), Tables: []rows{t}}
	if last, ran, err := lastRun(c.Context(), r.DB); err != nil {
		return err
	} else if ran {
		definitions, err := r.indicators(c)
		if err != nil {
			return err
		}
		b := rows{ID: "background", Head: c.T("verify.background"), Note: c.T("verify.backgroundNote"), Heads: desk.Heads(c, "indicator", "+bunching", "+overUnder", "+benford"), Empty: c.T("verify.noBackground")}
		for _, g := range last.Background {
			benford := num("—")
			if g.Digits {
				benford = num(text(g.Benford))
			}
			b.Rows = append(b.Rows, []cell{{Text: nameIn(c.Lang, definitions, g.Indicator)}, num(text(g.Bunching)), num(strconv.Itoa(g.Over) + " / " + strconv.Itoa(g.Under)), benford})
		}
		d.Tables = append(d.Tables, b)
	}
	if MaySet(c.User) == nil && c.User.Role == account.Manager {
		d.Boxes = []box{desk.Box(c, "limit", atLimits, 0, failing, failedAs(failing, "limit"), r.limitFields(c)...)}
	}
	return c.Render("verify/sheet", web.Page{Title: c.T("verify.tab.limits"), Lede: c.T("verify.limitsLede"), Form: failing, Nav: atHome, Crumbs: crumb(c, web.Crumb{Text: c.T("verify.tab.limits")}), Data: d})
}

func (r *Room) takeLimit(c *web.Ctx) error {
	if err := MaySet(c.User); err != nil {
		return err
	}
	f, _ := web.ActForm(c, "limit", r.limitFields(c)...)
	kind, typedIn, why := f.Choice("limit_kind"), f.Text("limit_value"), f.Text("limit_why")
	value, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSuffix(typedIn, "%"), "％"), 64)
	if err != nil && typedIn != "" {
		f.Fail("limit_value", c.T("verify.notNumber"))
	}
	if inPercent[kind] {
		value /= 100
	}
	if f.OK() {
		err := r.SetLimit(c.Context(), c.User, kind, value, why, c.Once())
		if err == nil {
			c.Flash("ok", c.T("verify.done"))
			return c.Redirect(atLimits)
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderLimits(c, f)
}
