package plan

import (
	"context"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
)

// Member is one person behind a number.
type Member struct {
	ID   int64
	Name string // whole; lists show it masked
	Area string
	Why  []string // what in the file it rests on
}

// Lookup asks for the people behind a number.
type Lookup struct {
	Indicator Indicator
	Area      string // a banner, or a township for indicators that are not events
	Year      int
	Rest      bool // of a rate: those in its base who are not counted in it
	After     web.Cursor
}

const (
	memberPage = 25
	// scanned is how many residents are looked at for one page of a stock indicator.
	scanned = 4000
)

// Members lists people behind a number, a page at a time, and writes down who was shown to whom. more is where to go on,
// nil at the end. Faults: Denied outside of the user's area and above the banner.
func (r *Room) Members(ctx context.Context, t words, who web.User, q Lookup) (list []Member, more web.Cursor, err error) {
	if err := canSeePeople(who, q.Area); err != nil {
		return nil, nil, err
	}
	period, err := r.period(ctx)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case !q.Indicator.FromRegister():
		return nil, nil, fault.New(fault.NotFound, "“%s”是填报的数，没有名单", q.Indicator.Name)
	case q.Year < period.First || q.Year > period.Last:
		return nil, nil, fault.New(fault.NotFound, "名单只有 %d～%d 年的", period.First, period.Last)
	case is(q.Indicator, SurveyedRate):
		list, more, err = r.surveyMembers(ctx, t, q, period)
	case q.Indicator.Counted():
		list, more, err = r.eventMembers(ctx, t, q, period)
	default:
		list, more, err = r.stockMembers(ctx, t, q, period)
	}
	if err != nil {
		return nil, nil, err
	}
	return list, more, r.shown(ctx, who, q, list)
}

// shown records the reading, one line for each person, before anything is shown.
func (r *Room) shown(ctx context.Context, who web.User, q Lookup, list []Member) error {
	entries := make([]audit.Entry, len(list))
	for i, m := range list {
		entries[i] = audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "plan.people", Object: "person", ObjectID: m.ID, Area: m.Area,
			What: "在规划指标“" + q.Indicator.Name + "”的名单中看到（姓名遮字）"}
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.Audit.Write(ctx, tx, entries...) })
}

// eventMembers reads the kept lines and tells from the files why each counts.
func (r *Room) eventMembers(ctx context.Context, t words, q Lookup, p Period) ([]Member, web.Cursor, error) {
	rows, err := r.store.countedPage(ctx, q.Indicator.ID, q.Year, q.Area, q.After.Text(0), q.After.Int(1), memberPage+1)
	if err != nil {
		return nil, nil, err
	}
	rows, files, more, err := r.page(ctx, rows)
	if err != nil {
		return nil, nil, err
	}
	var list []Member
	for _, row := range rows {
		m := Member{ID: row.person, Area: row.area}
		if f := files[row.person]; f != nil {
			m.Name = f.Name
			Count(f, Period{First: q.Year, Last: q.Year, AsOf: p.AsOf}, func(s Share) {
				if is(q.Indicator, s.Indicator) {
					m.Why = append(m.Why, explain(t, s))
				}
			})
		}
		if m.Why == nil {
			m.Why = []string{t("plan.why.corrected")}
		}
		list = append(list, m)
	}
	return list, more, nil
}

// stockMembers goes through a township's residents until the page is full.
func (r *Room) stockMembers(ctx context.Context, t words, q Lookup, p Period) (list []Member, more web.Cursor, err error) {
	if area.Level(q.Area) < area.Township {
		return nil, nil, fault.New(fault.Invalid, "“%s”的名单按苏木乡镇查看，请先选择苏木乡镇", q.Indicator.Name)
	}
	on := p.Day(q.Year)
	atArea, atID := q.After.Text(0), q.After.Int(1)
	for looked := 0; looked < scanned; {
		rows, err := r.store.residents(ctx, q.Area, atArea, atID, 500)
		if err != nil {
			return nil, nil, err
		}
		files, err := r.files(ctx, rows)
		if err != nil {
			return nil, nil, err
		}
		for _, row := range rows {
			atArea, atID = row.area, row.person
			f := files[row.person]
			if f == nil {
				continue
			}
			countStocks(f, on, func(s Share) {
				if is(q.Indicator, s.Indicator) && q.wants(s) {
					list = append(list, Member{ID: f.ID, Name: f.Name, Area: f.Area, Why: []string{explain(t, s)}})
				}
			})
			if len(list) == memberPage {
				return list, web.NewCursor(atArea, atID), nil
			}
		}
		if len(rows) < 500 {
			return list, nil, nil
		}
		looked += len(rows)
	}
	return list, web.NewCursor(atArea, atID), nil
}

// wants tells the two sides of a rate apart; of a mean everybody in the base is meant.
func (q Lookup) wants(s Share) bool {
	if q.Indicator.Kind == indicator.Mean {
		return true
	}
	return (s.Numerator > 0) != q.Rest
}

// surveyMembers lists those who answered that they are unemployed, or, for the rest, at work.
func (r *Room) surveyMembers(ctx context.Context, t words, q Lookup, p Period) ([]Member, web.Cursor, error) {
	status, key := person.Unemployed, "plan.why.unemployed"
	if q.Rest {
		status, key = person.Working, "plan.why.working"
	}
	rows, err := r.store.surveyed(ctx, q.Year, status, q.Area, person.MonthOf(p.AsOf), q.After.Int(1), memberPage+1)
	if err != nil {
		return nil, nil, err
	}
	rows, files, more, err := r.page(ctx, rows)
	if err != nil {
		return nil, nil, err
	}
	var list []Member
	for _, row := range rows {
		if f := files[row.person]; f != nil {
			list = append(list, Member{ID: f.ID, Name: f.Name, Area: f.Area, Why: []string{t(key, row.times)}})
		}
	}
	return list, more, nil
}

// page cuts rows that were read one beyond the page, and reads the files of those that stay.
func (r *Room) page(ctx context.Context, rows []counted) (kept []counted, files map[int64]*person.Facts, more web.Cursor, err error) {
	if len(rows) > memberPage {
		rows = rows[:memberPage]
		more = web.NewCursor(rows[memberPage-1].area, rows[memberPage-1].person)
	}
	files, err = r.files(ctx, rows)
	return rows, files, more, err
}

func (r *Room) files(ctx context.Context, rows []counted) (map[int64]*person.Facts, error) {
	ids := make([]int64, len(rows))
	for i, row := range rows {
		ids[i] = row.person
	}
	list, err := r.People.FactsOf(ctx, ids)
	out := make(map[int64]*person.Facts, len(list))
	for _, f := range list {
		out[f.ID] = f
	}
	return out, err
}
