package fair

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/qr"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// boothRow is a booth in a list.
type boothRow struct {
	Href, Name, Number, Vacancies, Intro, Contact, Reason string
	Openings                                              int
	State                                                 tag
	ID, Version                                           int64
	Manage                                                string
	Wait                                                  bool
}

type eventData struct {
	At             string
	Pairs          []web.Pair
	Summary        string
	State          tag
	Booths         []boothRow
	Code           string
	CanCome        bool
	CanAsk, Desk   string // addresses: the employer's booth, the desk
	Stranger, Over bool
}

// pairsOf is what everybody may read of a fair.
func pairsOf(c *web.Ctx, f *Fair) (list []web.Pair) {
	var whom []string
	for _, g := range f.Groups {
		whom = append(whom, word(c, "group", g))
	}
	if len(whom) == 0 {
		whom = []string{c.T("fair.everybody")}
	}
	for _, p := range []web.Pair{{Key: c.T("fair.when"), Value: lang.Date(c.Lang, f.Day.Time) + " " + f.Hours()}, {Key: c.T("fair.place"), Value: f.Place}, {Key: c.T("fair.kind"), Value: word(c, "kind", f.Kind)},
		{Key: c.T("fair.theme"), Value: f.Theme}, {Key: c.T("fair.groups"), Value: strings.Join(whom, "、")}, {Key: c.T("fair.area"), Value: area.Name(f.Area)}, {Key: c.T("fair.with"), Value: f.With},
		{Key: c.T("fair.organisers"), Value: f.Organisers}} {
		if p.Value != "" {
			list = append(list, p)
		}
	}
	return list
}

func (r *Room) event(c *web.Ctx) error {
	f, err := r.seen(c)
	if err != nil {
		return err
	}
	takes := f.Takes(r.today())
	d := eventData{At: eventAt(f.ID), Pairs: pairsOf(c, &f), Summary: f.Summary, State: stateTag(c, "state", f.State), Stranger: takes && !c.User.SignedIn(), Over: f.Day.Before(r.today())}
	switch {
	case c.User.Role == account.Seeker:
		v, found, err := visitOf(c.Context(), r.DB, c.User.PersonID, f.ID)
		if err != nil {
			return err
		}
		if d.CanCome = takes && !found; found {
			d.Code = spaced(v.Code)
		}
	case c.User.Role == account.Employer && c.User.EmployerID != 0:
		d.CanAsk = unitAt(f.ID, c.User.EmployerID)
	case MayManage(c.User, &f) == nil:
		d.Desk = deskAt(f.ID)
	}
	booths, err := boothsOf(c.Context(), r.DB, f.ID)
	if err != nil {
		return err
	}
	if d.Booths, err = r.boothRows(c, &f, slices.DeleteFunc(booths, func(b Booth) bool { return b.State != Confirmed })); err != nil {
		return err
	}
	return c.Render("fair/event", web.Page{Title: f.Title, Lede: lang.Date(c.Lang, f.Day.Time) + " " + f.Hours() + "　" + f.Place, Data: d, Public: !account.RoleOf(c.User.Role).Staff, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("fair.title"), Href: atHome}}})
}

// boothRows puts booths into words.
func (r *Room) boothRows(c *web.Ctx, f *Fair, booths []Booth) ([]boothRow, error) {
	var units, ids []int64
	for _, b := range booths {
		units = append(units, b.EmployerID)
		ids = append(ids, b.Vacancies...)
	}
	names, err := r.Employers.Names(c.Context(), units)
	if err != nil {
		return nil, err
	}
	found, err := r.Employers.Vacancies(c.Context(), r.DB, ids)
	if err != nil {
		return nil, err
	}
	openings, err := openingsOf(c.Context(), r.DB, f.ID)
	if err != nil {
		return nil, err
	}
	byID := map[int64]string{}
	for _, v := range found {
		byID[v.ID] = v.Title
	}
	list := make([]boothRow, 0, len(booths))
	for _, b := range booths {
		row := boothRow{Href: boothAt(f.ID, b.EmployerID), Name: names[b.EmployerID], Intro: b.Intro, Contact: b.Contact, Reason: b.Reason, State: stateTag(c, "booth", b.State), ID: b.EmployerID, Version: b.Version,
			Manage: unitAt(f.ID, b.EmployerID), Wait: b.State == Asked}
		if b.Number > 0 {
			row.Number = strconv.Itoa(b.Number)
		}
		var titles []string
		for _, v := range b.Vacancies {
			row.Openings += openings[v]
			if byID[v] != "" {
				titles = append(titles, byID[v])
			}
		}
		row.Vacancies = strings.Join(titles, "、")
		list = append(list, row)
	}
	return list, nil
}

type vacancyRow struct {
	Href, Title, Pay, Place, School string
	Openings                        int
}

func (r *Room) vacancyRows(c *web.Ctx, fairID int64, ids []int64) ([]vacancyRow, error) {
	list, err := r.Employers.Vacancies(c.Context(), r.DB, ids)
	if err != nil {
		return nil, err
	}
	openings, err := openingsOf(c.Context(), r.DB, fairID)
	rows := make([]vacancyRow, 0, len(list))
	for _, v := range list {
		row := vacancyRow{Title: v.Title, Pay: payText(c, &v), Place: area.Name(area.At(v.Area, area.Banner)), School: c.T("fair.anySchool"), Openings: openings[v.ID]}
		if e, ok := person.EducationOf(v.Education); ok && v.Education != 90 {
			row.School = e.Zh
			if english(c) {
				row.School = e.En
			}
		}
		if v.State == employer.Open {
			row.Href = "/jobs/vacancy/" + strconv.FormatInt(v.ID, 10)
		}
		rows = append(rows, row)
	}
	return rows, err
}

func payText(c *web.Ctx, v *employer.Vacancy) string {
	if v.PayLow == 0 && v.PayHigh == 0 {
		return c.T("fair.payOpen")
	}
	return c.T("fair.pay", lang.Int(v.PayLow/100), lang.Int(max(v.PayLow, v.PayHigh)/100))
}

type boothData struct {
	Number, Intro, Contact string
	Vacancies              []vacancyRow
	Fair                   fairCard
}

// booth is the page of one confirmed booth, for an online fair the booth itself.
func (r *Room) booth(c *web.Ctx) error {
	f, err := r.seen(c)
	if err != nil {
		return err
	}
	unit, err := c.PathID("unit")
	if err != nil {
		return err
	}
	b, found, err := boothOf(c.Context(), r.DB, unit, f.ID)
	if err != nil {
		return err
	}
	if !found || b.State != Confirmed {
		return fault.New(fault.NotFound, "这场招聘会没有这个展位")
	}
	e, err := r.Employers.Get(c.Context(), unit)
	if err != nil {
		return err
	}
	d := boothData{Number: strconv.Itoa(b.Number), Intro: b.Intro, Contact: b.Contact, Fair: cardOf(c, &f, eventAt(f.ID))}
	if d.Vacancies, err = r.vacancyRows(c, f.ID, b.Vacancies); err != nil {
		return err
	}
	return c.Render("fair/booth", web.Page{Title: e.Name, Lede: c.T("fair.boothLede", f.Title, b.Number), Data: d, Public: !account.RoleOf(c.User.Role).Staff, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("fair.title"), Href: atHome}, {Text: f.Title, Href: eventAt(f.ID)}}})
}

func (r *Room) takeVisit(c *web.Ctx) error {
	f, err := r.seen(c)
	if err != nil {
		return err
	}
	if c.R.PostFormValue("do") == "leave" {
		if err := r.Leave(c.Context(), c.User, f.ID, c.Once()); err != nil {
			return err
		}
		c.Flash("ok", c.T("fair.done.leave"))
		return c.Redirect(eventAt(f.ID))
	}
	if _, err := r.Come(c.Context(), c.User, f.ID, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("fair.done.come"))
	return c.Redirect(fmt.Sprintf("%s#f%d", atMine, f.ID))
}

type mineRow struct {
	ID            int64
	Fair          fairCard
	Code          string
	QR            qr.Drawing
	Checked       string
	Invites       []inviteRow
	CanLeave, Old bool
}

type inviteRow struct{ Time, Booth, Unit, Title, Href string }

// mine is a seeker's fairs, with the codes for the door.
func (r *Room) mine(c *web.Ctx) error {
	visits, err := visitsBy(c.Context(), r.DB, c.User.PersonID, shown)
	if err != nil {
		return err
	}
	var ids []int64
	for _, v := range visits {
		ids = append(ids, v.FairID)
	}
	fairs, err := fairsByID(c.Context(), r.DB, ids)
	if err != nil {
		return err
	}
	var rows []mineRow
	for _, v := range visits {
		f := fairs[v.FairID]
		row := mineRow{ID: f.ID, Fair: cardOf(c, &f, eventAt(f.ID)), Code: spaced(v.Code), CanLeave: v.CheckedAt == 0 && f.Takes(r.today()), Old: f.Day.Before(r.today()) || f.State == Cancelled}
		if v.CheckedAt > 0 {
			row.Checked = timeOf(v.CheckedAt)
		}
		if !row.Old {
			row.QR = qr.Draw(doorAddress(c, f.ID, v.Code))
			if row.Invites, err = r.sentTo(c, f.ID, v.PersonID); err != nil {
				return err
			}
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b mineRow) int {
		x, y := fairs[a.ID], fairs[b.ID]
		if a.Old != b.Old {
			if a.Old {
				return 1
			}
			return -1
		}
		if a.Old {
			return y.Day.Compare(x.Day.Time)
		}
		return x.Day.Compare(y.Day.Time)
	})
	return c.Render("fair/mine", web.Page{Title: c.T("fair.mine"), Lede: c.T("fair.mineLede"), Data: rows, Public: true, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("fair.title"), Href: atHome}}})
}

// sentTo are the invitations that somebody has been told of.
func (r *Room) sentTo(c *web.Ctx, fairID, personID int64) (rows []inviteRow, err error) {
	list, err := invitesOf(c.Context(), r.DB, fairID, personID)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(v Invite) bool { return v.SentAt == 0 })
	if len(list) == 0 {
		return nil, nil
	}
	words, err := r.wordsFor(c.Context(), db.Querier(r.DB), fairID, list)
	for _, v := range list {
		w := words[v.VacancyID]
		rows = append(rows, inviteRow{clockText(v.Slot), strconv.Itoa(w.Number), w.Unit, w.Title, boothAt(fairID, v.EmployerID)})
	}
	return rows, err
}

// doorAddress is what the code's drawing holds: the door's page with the code filled in, for an officer's phone. It holds nothing
// else of the person.
func doorAddress(c *web.Ctx, fairID int64, code string) string {
	return c.Origin() + deskAt(fairID) + "/door?code=" + code
}
