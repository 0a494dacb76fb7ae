package market

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const agencyColumns = `agency_id, employer_id, name, credit_code, area, licence, valid_from, valid_until, services, park_id, backbone, phone, listed, listed_why, version`

type storedAgency struct {
	Agency
	backbone int64
}

func (s *storedAgency) fields() []any {
	return []any{&s.ID, &s.EmployerID, &s.Name, &s.CreditCode, &s.Area, &s.Licence, &s.From, &s.Until, &s.Services, &s.ParkID, &s.backbone, &s.Phone, &s.Listed, &s.ListedWhy, &s.Version}
}

func (r *Room) insertAgency(ctx context.Context, tx *db.Tx, a *Agency) error {
	known, err := db.Value[int64](ctx, tx, `SELECT count(*) FROM market_agency WHERE credit_code = $1`, a.CreditCode)
	if err != nil {
		return err
	}
	if known > 0 {
		return fault.New(fault.Conflict, "统一社会信用代码 %s 的机构已在名录中", a.CreditCode)
	}
	_, err = tx.Exec(ctx, `INSERT INTO market_agency (`+agencyColumns+`) VALUES (`+db.In(1, 15)+`)`, a.ID, a.EmployerID, a.Name, a.CreditCode, a.Area, a.Licence, a.From, a.Until,
		a.Services, a.ParkID, bit(a.Backbone), a.Phone, a.Listed, a.ListedWhy, a.Version)
	return err
}

func updateAgency(ctx context.Context, tx *db.Tx, a *Agency, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE market_agency SET licence = $2, valid_from = $3, valid_until = $4, services = $5, park_id = $6, backbone = $7, phone = $8, listed = $9, listed_why = $10,
		version = version + 1 WHERE agency_id = $1 AND version = $11`, a.ID, a.Licence, a.From, a.Until, a.Services, a.ParkID, bit(a.Backbone), a.Phone, a.Listed, a.ListedWhy, version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这家机构的资料刚刚被别人修改过，请看过现在的样子再办")
	}
	return err
}

func agencyByID(ctx context.Context, q db.Querier, id int64) (Agency, error) {
	s, found, err := db.One(ctx, q, (*storedAgency).fields, `SELECT `+agencyColumns+` FROM market_agency WHERE agency_id = $1 ORDER BY agency_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这家机构")
	}
	s.Backbone = s.backbone == 1
	return s.Agency, err
}

// agencies lists those of an area's subtree, behind an id.
func (r *Room) agencies(ctx context.Context, area string, after int64, limit int) ([]Agency, error) {
	low, high := db.Under(area)
	return r.agenciesWhere(ctx, `area >= $1 AND area < $2 AND agency_id > $3 ORDER BY agency_id LIMIT $4`, low, high, after, limit)
}

// agenciesIn lists those with some ids in a column, agency_id or employer_id.
func (r *Room) agenciesIn(ctx context.Context, column string, list []int64) ([]Agency, error) {
	if len(list) == 0 {
		return nil, nil
	}
	args := make([]any, len(list))
	for i, id := range list {
		args[i] = id
	}
	return r.agenciesWhere(ctx, column+` IN (`+db.In(1, len(args))+`) ORDER BY agency_id`, args...)
}

func (r *Room) agenciesWhere(ctx context.Context, where string, args ...any) (out []Agency, err error) {
	err = db.Each(ctx, r.DB, (*storedAgency).fields, func(s *storedAgency) error {
		s.Backbone = s.backbone == 1
		out = append(out, s.Agency)
		return nil
	}, `SELECT `+agencyColumns+` FROM market_agency WHERE `+where, args...)
	return out, err
}

func ids(list []Agency) []any {
	out := make([]any, len(list))
	for i := range list {
		out[i] = list[i].ID
	}
	return out
}

const eventColumns = `agency_id, event_id, code, points, day, until_day, text, source, by_name`

func (e *Event) fields() []any {
	return []any{&e.AgencyID, &e.ID, &e.Code, &e.Points, &e.On, &e.Until, &e.Text, &e.Source, &e.By}
}

// events are the honesty files of agencies, the latest first.
func (r *Room) events(ctx context.Context, list []Agency) (map[int64][]Event, error) {
	out := map[int64][]Event{}
	if len(list) == 0 {
		return out, nil
	}
	err := db.Each(ctx, r.DB, (*Event).fields, func(e *Event) error { out[e.AgencyID] = append(out[e.AgencyID], *e); return nil },
		`SELECT `+eventColumns+` FROM market_event WHERE agency_id IN (`+db.In(1, len(list))+`) ORDER BY day DESC, event_id DESC`, ids(list)...)
	return out, err
}

func addEvent(ctx context.Context, tx *db.Tx, e *Event) error {
	_, err := tx.Exec(ctx, `INSERT INTO market_event (`+eventColumns+`) VALUES (`+db.In(1, 9)+`)`, e.AgencyID, e.ID, e.Code, e.Points, e.On, e.Until, e.Text, e.Source, e.By)
	return err
}

const annualColumns = `agency_id, year, output, staff, served, units, placed, day, by_name`

func (a *Annual) fields() []any {
	return []any{&a.AgencyID, &a.Year, &a.Output, &a.Staff, &a.Served, &a.Units, &a.Placed, &a.On, &a.By}
}

// annuals are the yearly reports of agencies, the latest first.
func (r *Room) annuals(ctx context.Context, list []Agency) (map[int64][]Annual, error) {
	out := map[int64][]Annual{}
	if len(list) == 0 {
		return out, nil
	}
	err := db.Each(ctx, r.DB, (*Annual).fields, func(a *Annual) error { out[a.AgencyID] = append(out[a.AgencyID], *a); return nil },
		`SELECT `+annualColumns+` FROM market_annual WHERE agency_id IN (`+db.In(1, len(list))+`) ORDER BY year DESC, agency_id`, ids(list)...)
	return out, err
}

func putAnnual(ctx context.Context, tx *db.Tx, a *Annual) error {
	return tx.Upsert(ctx, "market_annual", []string{"agency_id", "year", "output", "staff", "served", "units", "placed", "day", "by_name"}, []string{"agency_id", "year"},
		[][]any{{a.AgencyID, a.Year, a.Output, a.Staff, a.Served, a.Units, a.Placed, a.On, a.By}})
}

func (r *Room) inspections(ctx context.Context, agencyID int64) ([]Inspection, error) {
	return db.All(ctx, r.DB, func(i *Inspection) []any {
		return []any{&i.AgencyID, &i.ID, &i.On, &i.People, &i.Findings, &i.CorrectBy, &i.Result}
	}, `SELECT agency_id, inspection_id, day, people, findings, correct_by, result FROM market_inspection WHERE agency_id = $1 ORDER BY day DESC, inspection_id DESC`, agencyID)
}

func addInspection(ctx context.Context, tx *db.Tx, i *Inspection) error {
	_, err := tx.Exec(ctx, `INSERT INTO market_inspection (agency_id, inspection_id, day, people, findings, correct_by, result) VALUES (`+db.In(1, 7)+`)`,
		i.AgencyID, i.ID, i.On, i.People, i.Findings, i.CorrectBy, i.Result)
	return err
}

func (r *Room) parks(ctx context.Context, area string) ([]Park, error) {
	low, high := db.Under(area)
	return db.All(ctx, r.DB, func(p *Park) []any { return []any{&p.ID, &p.Name, &p.Area, &p.Level, &p.Opened, &p.By} },
		`SELECT park_id, name, area, level, opened, by_name FROM market_park WHERE area >= $1 AND area < $2 ORDER BY level, park_id`, low, high)
}

func addPark(ctx context.Context, tx *db.Tx, p *Park) error {
	_, err := tx.Exec(ctx, `INSERT INTO market_park (park_id, name, area, level, opened, by_name) VALUES (`+db.In(1, 6)+`)`, p.ID, p.Name, p.Area, p.Level, p.Opened, p.By)
	return err
}

// outputLine is what a year's reports add up to for a park; park 0: outside of parks.
type outputLine struct {
	Park, Backbone   int64
	Year             int
	Output, Agencies int64
}

// outputs adds the yearly reports of an area's agencies up by year, park and backbone.
func (r *Room) outputs(ctx context.Context, area string) ([]outputLine, error) {
	low, high := db.Under(area)
	return db.All(ctx, r.DB, func(o *outputLine) []any { return []any{&o.Park, &o.Backbone, &o.Year, &o.Output, &o.Agencies} },
		`SELECT a.park_id, a.backbone, y.year, sum(y.output), count(*) FROM market_annual y JOIN market_agency a ON a.agency_id = y.agency_id
		WHERE a.area >= $1 AND a.area < $2 GROUP BY a.park_id, a.backbone, y.year ORDER BY y.year DESC, a.park_id, a.backbone`, low, high)
}
