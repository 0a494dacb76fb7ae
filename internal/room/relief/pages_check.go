package relief

import (
	"strconv"
	"time"

	"jiuye/internal/engine/qr"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

func (r *Room) hospitalList(c *web.Ctx) error { return r.renderHospitals(c, nil, "") }

// renderHospitals lists designated hospitals for everybody.
func (r *Room) renderHospitals(c *web.Ctx, failing *web.Form, failed string) error {
	tabs, code := r.tabs(c, atHospitals), r.Home
	if tabs != nil {
		code = c.User.Area
	}
	list, err := hospitals(c.Context(), r.DB, code, 500)
	if err != nil {
		return err
	}
	d := content{Tabs: tabs}
	t := table{ID: "hospitals", Head: c.T("relief.tab.hospitals"), Note: c.T("relief.hospitalsNote"), Heads: heads(c, "hospital", "area", "address", "phone", "designated"), Empty: c.T("relief.hospitalsNone")}
	for i := range list {
		h := &list[i]
		valid := cell{Text: h.From.String() + "～" + h.Until.String()}
		if !h.Valid(r.today()) {
			valid = cell{Text: c.T("relief.over", h.Until.String()), Kind: "stop"}
		}
		t.Rows = append(t.Rows, []cell{{Text: h.Name}, {Text: area.Name(h.Area)}, {Text: h.Address}, {Text: h.Phone}, valid})
	}
	d.Tables = []table{t}
	if tabs != nil {
		d.Boxes = []box{boxOf(c, "hospital", atHospitals, 0, failing, failed, hospitalFields(c)...)}
	}
	return c.Render("relief/sheet", web.Page{Title: c.T("relief.tab.hospitals"), Lede: c.T("relief.hospitalsLede"), Form: failing, Public: tabs == nil, Nav: atHome, Data: d})
}

func hospitalFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "name", Label: c.T("relief.hospital"), Need: true, Max: 60}, {Name: "area", Label: c.T("relief.area"), Kind: "select", Need: true, Options: account.Places(c.User.Area)}, {Name: "address", Label: c.T("relief.address"), Need: true, Max: 80},
		{Name: "phone", Label: c.T("relief.phone"), Kind: "tel", Need: true, Max: 30}, {Name: "credit", Label: c.T("relief.f.credit"), Hint: c.T("relief.f.hospitalCredit"), Max: 18}, {Name: "from", Label: c.T("relief.f.from"), Kind: "date", Need: true, Width: "8"},
		{Name: "until", Label: c.T("relief.f.until"), Kind: "date", Need: true, Width: "8"}}
}

func (r *Room) takeHospital(c *web.Ctx) error {
	f, _ := web.ActForm(c, "hospital", hospitalFields(c)...)
	h := Hospital{Name: f.Text("hospital_name"), Area: f.Choice("hospital_area"), Address: f.Text("hospital_address"), Phone: f.Text("hospital_phone"), From: db.On(f.Date("hospital_from")), Until: db.On(f.Date("hospital_until"))}
	credit := f.Text("hospital_credit")
	if f.OK() {
		err := r.Designate(c.Context(), c.User, h, credit, c.Once())
		if err == nil {
			c.Flash("ok", c.T("relief.done"))
			return c.Redirect(atHospitals)
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderHospitals(c, f, "hospital")
}

// recordable are the hospitals whose checks somebody may record today.
func (r *Room) recordable(c *web.Ctx) (out []web.Option, err error) {
	code := area.At(c.User.Area, area.League)
	if r.tabs(c, "") != nil {
		code = c.User.Area
	}
	list, err := hospitals(c.Context(), r.DB, code, 500)
	for i := range list {
		if h := &list[i]; MayRecord(c.User, h) == nil && h.Valid(r.today()) {
			out = append(out, web.Option{Value: number(h.ID), Text: h.Name})
		}
	}
	return out, err
}

func checkFields(c *web.Ctx, at []web.Option) []web.Field {
	return []web.Field{{Name: "hospital", Label: c.T("relief.hospital"), Kind: "select", Need: true, Options: at}, {Name: "number", Label: c.T("relief.idNumber"), Need: true, Max: 18, Auto: "off"}, {Name: "class", Label: c.T("relief.class"), Kind: "select", Need: true, Options: options(c, "class", classCodes())},
		{Name: "day", Label: c.T("relief.f.checkDay"), Kind: "date", Need: true, Width: "8"}, {Name: "fit", Label: c.T("relief.f.fit"), Kind: "radios", Need: true, Inline: true, Options: options(c, "fit", []string{"yes", "no"})},
		{Name: "months", Label: c.T("relief.f.months"), Hint: c.T("relief.f.monthsHint"), Kind: "number", Need: true, Min: 1, Top: 24, Width: "2"}, {Name: "items", Label: c.T("relief.f.items"), Hint: c.T("relief.f.itemsHint"), Max: 200},
		{Name: "again", Label: c.T("relief.f.again"), Hint: c.T("relief.f.againHint"), Kind: "select", Options: options(c, "again", again)}}
}

func (r *Room) askCheck(c *web.Ctx) error  { return r.checkForm(c, false) }
func (r *Room) takeCheck(c *web.Ctx) error { return r.checkForm(c, true) }

// checkForm records a check, at a hospital's account or at the desk.
func (r *Room) checkForm(c *web.Ctx, take bool) error {
	at, err := r.recordable(c)
	if err != nil {
		return err
	}
	if c.User.Role == account.Employer && len(at) == 0 {
		return fault.New(fault.Denied, "只有定点体检医院可以登记体检结论；查验体检结果请用“查验体检”")
	}
	b := boxOf(c, "check", atChecks, 0, nil, "", checkFields(c, at)...)
	b.Note = c.T("relief.note.check")
	f := b.Form
	f.Set("check_months", "12")
	if take {
		in := Result{HospitalID: ref(f.Choice("check_hospital")), Number: f.Text("check_number"), Class: f.Choice("check_class"), On: db.On(f.Date("check_day")), Fit: f.Choice("check_fit") == "yes", Months: int(f.Int("check_months")), Items: f.Text("check_items"), Again: f.Choice("check_again")}
		if f.OK() {
			err := r.Record(c.Context(), c.User, in, c.Once())
			if err == nil {
				c.Flash("ok", c.T("relief.checkDone"))
				return c.Redirect(atChecks)
			}
			if err := f.Mend(err); err != nil {
				return err
			}
		}
	}
	return c.Render("relief/form", web.Page{Title: c.T("relief.tab.check"), Lede: c.T("relief.checkLede"), Form: f, Nav: atHome, Crumbs: r.crumbs(c), Data: b})
}

func (r *Room) crumbs(c *web.Ctx) []web.Crumb {
	if r.tabs(c, "") == nil {
		return nil
	}
	return []web.Crumb{{Text: c.T("relief.title"), Href: atHome}}
}

func (r *Room) askVerify(c *web.Ctx) error {
	b := boxOf(c, "verify", atVerify, 0, nil, "", verifyField(c))
	b.Form.Set("verify_code", readCode(c.Query("code")))
	return r.renderVerify(c, b, nil)
}

func verifyField(c *web.Ctx) web.Field {
	return web.Field{Name: "code", Label: c.T("relief.code"), Hint: c.T("relief.codeHint"), Need: true, Max: 20, Width: "16", Auto: "off"}
}

func (r *Room) renderVerify(c *web.Ctx, b box, s *Seen) error {
	b.Open = true
	d := content{Tabs: r.tabs(c, atVerify), Boxes: []box{b}, Lines: []string{c.T("relief.verifyText")}}
	if s != nil {
		d.Lines = nil
		d.Tags = []cell{{Text: c.T(map[bool]string{true: "relief.valid", false: "relief.invalid"}[s.Valid]), Kind: map[bool]string{true: "ok", false: "stop"}[s.Valid]}}
		d.Pairs = []web.Pair{{Key: c.T("relief.worker"), Value: s.Name}, {Key: c.T("relief.class"), Value: word(c, "class", s.Class)}, {Key: c.T("relief.f.until"), Value: s.Until.String()}, {Key: c.T("relief.hospital"), Value: s.Hospital}}
		if s.Valid {
			d.Lines = []string{c.T("relief.noSecond")}
		}
	}
	return c.Render("relief/sheet", web.Page{Title: c.T("relief.tab.verify"), Lede: c.T("relief.verifyLede"), Form: b.Form, Nav: map[bool]string{true: atHome, false: atVerify}[r.tabs(c, "") != nil], Crumbs: r.crumbs(c), Data: d})
}

func (r *Room) takeVerify(c *web.Ctx) error {
	b := boxOf(c, "verify", atVerify, 0, nil, "", verifyField(c))
	code := b.Form.Text("verify_code")
	if !b.Form.OK() {
		return r.renderVerify(c, b, nil)
	}
	s, err := r.Look(c.Context(), c.User, code, c.Once())
	if err != nil {
		if err := b.Form.Mend(err); err != nil {
			return err
		}
		return r.renderVerify(c, b, nil)
	}
	return r.renderVerify(c, b, &s)
}

type checkCard struct {
	ID                                      int64
	Class, Kind, State, On, Hospital, Until string
	Code, CodeUntil                         string
	QR                                      qr.Drawing
	CanShow                                 bool
}

type mineData struct {
	Checks []checkCard
	Tables []table
}

// mine shows somebody's checks with their codes, who looked, and their wages from work-relief projects.
func (r *Room) mine(c *web.Ctx) error {
	ctx, id := c.Context(), c.User.PersonID
	list, err := checksOf(ctx, r.DB, id)
	if err != nil {
		return err
	}
	codes, err := showsOf(ctx, r.DB, id, r.today())
	if err != nil {
		return err
	}
	var d mineData
	classes := map[int64]string{}
	for i := range list {
		x := &list[i]
		h, err := hospitalByID(ctx, r.DB, x.HospitalID)
		if err != nil {
			return err
		}
		card := checkCard{ID: x.ID, Class: word(c, "class", x.Class), On: x.On.String(), Hospital: h.Name, Until: x.Until.String(), CanShow: recognised(list, i, r.today())}
		classes[x.ID] = card.Class
		switch {
		case !x.Fit:
			card.State, card.Kind = c.T("relief.fit.no"), "stop"
		case !card.CanShow:
			card.State = c.T("relief.invalid")
		default:
			card.State, card.Kind = c.T("relief.valid"), "ok"
		}
		if s, ok := codes[x.ID]; ok {
			card.Code, card.CodeUntil = spaced(s.Code), s.Until.String()
			card.QR = qr.Draw(c.Origin() + atVerify + "?code=" + s.Code)
		}
		d.Checks = append(d.Checks, card)
	}
	looks, err := looksOf(ctx, r.DB, id, 50)
	if err != nil {
		return err
	}
	if len(looks) > 0 {
		t := table{ID: "looks", Head: c.T("relief.looks"), Heads: heads(c, "who", "class", "when")}
		for _, l := range looks {
			t.Rows = append(t.Rows, []cell{{Text: l.By}, {Text: classes[l.CheckID]}, {Text: time.UnixMilli(l.At).In(clock.Zone).Format("2006-01-02 15:04")}})
		}
		d.Tables = append(d.Tables, t)
	}
	pays, err := earned(ctx, r.DB, id, 60)
	if err != nil {
		return err
	}
	if len(pays) > 0 {
		t := table{ID: "wages", Head: c.T("relief.myWages"), Note: c.T("relief.myWagesNote"), Heads: heads(c, "month", "project", "+due", "+paidYuan", "stateHead")}
		known := map[int64]Project{}
		for i := range pays {
			v := &pays[i]
			p, ok := known[v.ProjectID]
			if !ok {
				if p, err = projectByID(ctx, r.DB, v.ProjectID); err != nil {
					return err
				}
				known[v.ProjectID] = p
			}
			state := Judge(v, v.Month, p.PayDay, r.Clock.Today())
			t.Rows = append(t.Rows, []cell{{Text: c.T("relief.monthText", strconv.Itoa(v.Month/100), v.Month%100)}, {Text: p.Title, Small: p.Owner}, {Text: lang.Fen(v.Due), Right: true}, {Text: lang.Fen(v.Paid), Right: true}, {Text: word(c, "wage", state), Kind: wageKind[state]}})
		}
		d.Tables = append(d.Tables, t)
	}
	return c.Render("relief/mine", web.Page{Title: c.T("relief.mine"), Lede: c.T("relief.mineLede"), Public: true, Nav: atMine, Data: d})
}

var wageKind = map[string]string{InTime: "ok", Late: "warn", Short: "stop", Missing: "stop"}

func (r *Room) actMine(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	switch {
	case act == "show":
		_, err = r.Show(c.Context(), c.User, id, c.Once())
	case act == "hide":
		err = r.Hide(c.Context(), c.User, id, c.Once())
	default:
		err = fault.New(fault.NotFound, "没有这种办法")
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("relief."+act+"Done"))
	return c.Redirect(atMine)
}
