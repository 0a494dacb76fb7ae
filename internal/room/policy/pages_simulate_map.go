package policy

import (
	"cmp"
	"slices"
	"strconv"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/area"
	"jiuye/internal/register/area/refdata"
	"jiuye/internal/register/crowd"
)

// The drawing's own size; the style sheet scales it.
const (
	mapWidth  = 440.0
	mapHeight = 380.0
	classes   = 5
)

// changesMap draws how many come in and drop out, by area: darker where more of them do. Townships have no boundaries, so below a
// banner there is no map.
func changesMap(c *web.Ctx, s *Simulation) draw.Choropleth {
	level := area.Banner
	if area.Level(s.Total.Area) == area.Region {
		level = area.League
	}
	m := draw.Choropleth{View: [4]float64{0, 0, mapWidth, mapHeight}, Label: c.T("policy.sim.map")}
	if s.Total.Gain+s.Total.Loss == 0 || area.Level(s.Total.Area) > area.League {
		return m
	}
	moved := map[string]*crowd.Moved{}
	most := int64(0)
	for i := range s.Areas {
		a := &s.Areas[i]
		moved[a.Area], most = a, max(most, a.Gain+a.Loss)
	}
	for _, shape := range refdata.MapOf(s.Total.Area, level, mapWidth, mapHeight) {
		one := draw.Shape{Code: shape.Code, Name: area.Short(shape.Code), D: shape.D, CX: shape.CX, CY: shape.CY, Value: "0"}
		if a := moved[shape.Code]; a != nil {
			one.Class = int(1 + (a.Gain+a.Loss)*(classes-1)/most)
			switch {
			case a.Loss == 0:
				one.Value = c.T("policy.sim.barGain", lang.Int(a.Gain))
			case a.Gain == 0:
				one.Value = c.T("policy.sim.barLoss", lang.Int(a.Loss))
			default:
				one.Value = c.T("policy.sim.bar", lang.Int(a.Gain), lang.Int(a.Loss))
			}
		}
		m.Shapes = append(m.Shapes, one)
	}
	slices.SortStableFunc(m.Shapes, func(a, b draw.Shape) int { return cmp.Compare(b.Class, a.Class) })
	return m
}

// exportSimulation writes a simulation as xlsx: the figures, the areas, the parts, the sweep.
func (r *Room) exportSimulation(c *web.Ctx, name string, t *Turn, value int64, s *Simulation) error {
	x := sheet.NewXLSX(c.Attachment(c.T("policy.sim.title", name)+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
	number := func(title string) sheet.Column { return sheet.Column{Title: title, Kind: sheet.Number} }
	heads := []sheet.Column{{Title: c.T("policy.place"), Width: 24}, number(c.T("policy.sim.before")), number(c.T("policy.sim.gain")), number(c.T("policy.sim.loss")), number(c.T("policy.sim.after")),
		number(c.T("policy.sim.paidYear")), number(c.T("policy.sim.paysYear")), number(c.T("policy.sim.paidWhole")), number(c.T("policy.sim.paysWhole"))}
	row := func(first string, m *crowd.Moved) error {
		return x.Row(first, digits(m.Before), digits(m.Gain), digits(m.Loss), digits(m.After()), web.Yuan(m.Paid.First), web.Yuan(m.Pays.First), web.Yuan(m.Paid.Whole), web.Yuan(m.Pays.Whole))
	}
	if err := x.Sheet(c.T("policy.sim.byArea"), heads...); err != nil {
		return err
	}
	for i := range s.Areas {
		if err := row(area.Name(s.Areas[i].Area), &s.Areas[i]); err != nil {
			return err
		}
	}
	if err := row(c.T("policy.sim.total"), &s.Total); err != nil {
		return err
	}
	said := []string{c.T("policy.sim.what") + c.T("policy.colon") + t.option(c)}
	if t.version == nil {
		said = append(said, c.T("policy.sim.value")+c.T("policy.colon")+value0(c, t, value))
	}
	_, notes := costsOf(c, &s.Pays, s.Total.Pays)
	for _, text := range append(append(said, notes...), c.T("policy.sim.asOf", lang.Date(c.Lang, r.Clock.Today()))) {
		if err := x.Row(text); err != nil {
			return err
		}
	}
	heads[0].Title = c.T("policy.sim.group")
	if err := x.Sheet(c.T("policy.sim.byGroup"), heads...); err != nil {
		return err
	}
	for i, one := range parts(r.library.person) {
		if i < len(s.Parts) {
			if err := row(c.T("policy.sim.by."+one.Kind)+c.T("policy.colon")+in(c.Lang, one.Name), &s.Parts[i]); err != nil {
				return err
			}
		}
	}
	if len(s.Y) > 0 {
		if err := x.Sheet(c.T("policy.sim.table"), number(in(c.Lang, t.Text)), number(c.T("policy.sim.could"))); err != nil {
			return err
		}
		for i := range s.Y {
			if err := x.Row(digits(s.X[i]), digits(s.Y[i])); err != nil {
				return err
			}
		}
	}
	return x.Close()
}

// digits is a number as spreadsheets count with it.
func digits(n int64) string { return strconv.FormatInt(n, 10) }
