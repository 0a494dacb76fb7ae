package graduate

import (
	"context"
	"slices"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// record writes down that a list with people's names was taken out.
func (r *Room) record(ctx context.Context, who web.User, object string, id int64, code, what string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.note(ctx, tx, who, "export", object, id, code, what) })
}

// exportRound writes a round's applications in the order of the ranking, with whole names and no numbers.
func (r *Room) exportRound(c *web.Ctx) error {
	p, err := r.managed(c)
	if err != nil {
		return err
	}
	ctx := c.Context()
	entries, err := r.entriesOf(ctx, r.DB, p.ID)
	if err != nil {
		return err
	}
	list, err := posts(ctx, r.DB, p.ID)
	if err != nil {
		return err
	}
	rows := withRest(Rank(&p, entries), entries)
	var ids []int64
	for _, e := range rows {
		ids = append(ids, e.PersonID)
	}
	names, err := r.People.Names(ctx, ids)
	if err != nil {
		return err
	}
	if err := r.record(ctx, c.User, "round", p.ID, p.Area, "导出报名名单："+p.Title); err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment("基层岗位报名名单.xlsx", xlsxType))
	if err := x.Sheet(c.T("graduate.entriesHead"), sheet.Columns(c.T("graduate.place1"), c.T("graduate.name"), c.T("graduate.stateHead"), c.T("graduate.wishes"), c.T("graduate.written"), c.T("graduate.interview"), c.T("graduate.total"), c.T("graduate.post"), c.T("graduate.medical"))...); err != nil {
		return err
	}
	for _, e := range rows {
		given, medical, place := "", "", ""
		if i := slices.IndexFunc(list, func(p Post) bool { return p.ID == e.PostID }); i >= 0 {
			given = postText(&list[i])
		}
		if e.Medical != "" {
			medical = word(c, "medical", e.Medical)
		}
		if e.Place > 0 {
			place = strconv.Itoa(e.Place)
		}
		if err := x.Row(place, names[e.PersonID], word(c, "entry", e.State), wishText(list, e.Wishes), points(e.Written), points(e.Interview), points(e.Total), given, medical); err != nil {
			return err
		}
	}
	return x.Close()
}

// exportServices writes the allowance list of everybody who serves: months due so far, for the paying office (room grant).
func (r *Room) exportServices(c *web.Ctx) error {
	ctx := c.Context()
	if err := r.record(ctx, c.User, "area", 0, c.User.Area, "导出生活补贴发放月数名单"); err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment("生活补贴发放月数.xlsx", xlsxType))
	if err := x.Sheet(c.T("graduate.tab.service"), sheet.Columns(c.T("graduate.name"), c.T("graduate.idNumber"), c.T("graduate.programme"), c.T("graduate.unit"), c.T("graduate.post"), c.T("graduate.area"), c.T("graduate.starts"), c.T("graduate.ends"), c.T("graduate.stateHead"),
		c.T("graduate.months"), c.T("graduate.allowance"), c.T("graduate.allowanceSum"))...); err != nil {
		return err
	}
	for from := int64(1<<63 - 1); ; {
		list, err := servicesIn(ctx, r.DB, c.User.Area, "", from, 500)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return x.Close()
		}
		from = list[len(list)-1].ID
		var ids []int64
		for _, s := range list {
			ids = append(ids, s.PersonID)
		}
		people, err := r.People.List(ctx, ids)
		if err != nil {
			return err
		}
		for i := range list {
			s := &list[i]
			name, number := "", ""
			if at := slices.IndexFunc(people, func(p person.Person) bool { return p.ID == s.PersonID }); at >= 0 {
				name, number = people[at].Name, people[at].IDNumber
			}
			months := s.Months(r.today().Time)
			if err := x.Row(name, number, word(c, "programme", s.Programme), s.Unit, s.Title, area.Name(s.Area), s.Starts.String(), s.Last().String(), word(c, "serving", s.State), strconv.Itoa(months), lang.Fen(s.Allowance), lang.Fen(int64(months)*s.Allowance)); err != nil {
				return err
			}
		}
	}
}

// exportLeavers writes the list of graduates without work with what was done for them: whole names, no numbers.
func (r *Room) exportLeavers(c *web.Ctx) error {
	ctx := c.Context()
	if err := r.record(ctx, c.User, "area", 0, c.User.Area, "导出离校未就业毕业生名单"); err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment("离校未就业毕业生.xlsx", xlsxType))
	if err := x.Sheet(c.T("graduate.tab.leavers"), sheet.Columns(c.T("graduate.name"), c.T("graduate.area"), c.T("graduate.graduated"), c.T("graduate.degree"), c.T("graduate.major"), c.T("graduate.wantHead"), c.T("graduate.talks"), c.T("graduate.guidances"), c.T("graduate.offers"),
		c.T("graduate.practices"))...); err != nil {
		return err
	}
	for after := int64(0); ; {
		list, err := leaversIn(ctx, r.DB, c.User.Area, "", after, 500)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return x.Close()
		}
		after = list[len(list)-1].PersonID
		counts, states, err := given(ctx, r.DB, list)
		if err != nil {
			return err
		}
		var ids []int64
		for _, l := range list {
			ids = append(ids, l.PersonID)
		}
		names, err := r.People.Names(ctx, ids)
		if err != nil {
			return err
		}
		for _, l := range list {
			g, state := counts[l.PersonID], states[l.PersonID]
			if state == "" {
				state = Unasked
			}
			if err := x.Row(names[l.PersonID], area.FullName(l.Area), l.Graduated.String(), eduName(c, l.Degree), l.Major, word(c, "want", state), lang.Int(g.Talk), lang.Int(g.Guidance), lang.Int(g.Vacancy), lang.Int(g.Practice)); err != nil {
				return err
			}
		}
	}
}
