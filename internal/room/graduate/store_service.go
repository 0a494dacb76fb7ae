package graduate

import (
	"context"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const serviceColumns = `person_id, service_id, round_id, post_id, programme, year, area, unit, title, starts, ends, state, ended_on, allowance, version`

func (s *Service) fields() []any {
	return []any{&s.PersonID, &s.ID, &s.RoundID, &s.PostID, &s.Programme, &s.Year, &s.Area, &s.Unit, &s.Title, &s.Starts, &s.Ends, &s.State, &s.EndedOn, &s.Allowance, &s.Version}
}

func insertServices(ctx context.Context, tx *db.Tx, list []Service) error {
	rows := make([][]any, len(list))
	for i, s := range list {
		rows[i] = []any{s.PersonID, s.ID, s.RoundID, s.PostID, s.Programme, s.Year, s.Area, s.Unit, s.Title, s.Starts, s.Ends, s.State, s.EndedOn, s.Allowance, s.Version}
	}
	return tx.Copy(ctx, "graduate_service", strings.Split(serviceColumns, ", "), rows)
}

func updateService(ctx context.Context, tx *db.Tx, s *Service, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE graduate_service SET area = $3, unit = $4, title = $5, state = $6, ended_on = $7, version = version + 1 WHERE person_id = $1 AND service_id = $2 AND version = $8`,
		s.PersonID, s.ID, s.Area, s.Unit, s.Title, s.State, s.EndedOn, version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这份服务记录刚刚有了变化，请看过现在的样子再办")
	}
	return err
}

func serviceByID(ctx context.Context, q db.Querier, personID, id int64) (Service, error) {
	s, found, err := db.One(ctx, q, (*Service).fields, `SELECT `+serviceColumns+` FROM graduate_service WHERE person_id = $1 AND service_id = $2 ORDER BY person_id`, personID, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这份服务记录")
	}
	return s, err
}

// servicesIn lists an area's subtree, the newest first; below is the last id of the page before.
func servicesIn(ctx context.Context, q db.Querier, area, state string, below int64, limit int) ([]Service, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*Service).fields, `SELECT `+serviceColumns+` FROM graduate_service WHERE area >= $1 AND area < $2 AND ($3 = '' OR state = $3) AND service_id < $4 ORDER BY service_id DESC LIMIT $5`, low, high, state, below, limit)
}

func servicesOf(ctx context.Context, q db.Querier, personID int64) ([]Service, error) {
	return db.All(ctx, q, (*Service).fields, `SELECT `+serviceColumns+` FROM graduate_service WHERE person_id = $1 ORDER BY service_id DESC`, personID)
}

// serving are those of some people who serve now.
func serving(ctx context.Context, q db.Querier, people []int64) (map[int64]string, error) {
	return db.Told(ctx, q, people, "正在服务期内", `SELECT person_id FROM graduate_service WHERE state = 'serving' AND person_id IN ({ids}) ORDER BY person_id`)
}

// countServices counts an area's subtree by state.
func countServices(ctx context.Context, q db.Querier, area string) (map[string]int64, error) {
	low, high := db.Under(area)
	type pair struct {
		state string
		n     int64
	}
	out := map[string]int64{}
	return out, db.Each(ctx, q, func(p *pair) []any { return []any{&p.state, &p.n} }, func(p *pair) error { out[p.state] = p.n; return nil },
		`SELECT state, count(*) FROM graduate_service WHERE area >= $1 AND area < $2 GROUP BY state ORDER BY state`, low, high)
}

func (r *Room) addServed(ctx context.Context, tx *db.Tx, personID int64, s *Served) error {
	_, err := tx.Exec(ctx, `INSERT INTO graduate_served (person_id, served_id, service_id, what, result, day, said, by_name) VALUES (`+db.In(1, 8)+`)`, personID, r.IDs.Next(), s.ServiceID, s.What, s.Result, s.On, r.Sealer.Seal(s.Text), s.By)
	return err
}

type storedServed struct {
	Served
	said []byte
}

func (r *Room) servedOf(ctx context.Context, q db.Querier, personID, serviceID int64) (list []Served, err error) {
	err = db.Each(ctx, q, func(s *storedServed) []any { return []any{&s.ServiceID, &s.What, &s.Result, &s.On, &s.said, &s.By} }, func(s *storedServed) (err error) {
		s.Text, err = r.Sealer.Open(s.said)
		list = append(list, s.Served)
		return err
	}, `SELECT service_id, what, result, day, said, by_name FROM graduate_served WHERE person_id = $1 AND service_id = $2 ORDER BY served_id DESC`, personID, serviceID)
	return list, err
}

// checksMade counts the yearly checks of service periods: service → how many.
func checksMade(ctx context.Context, q db.Querier, list []Service) (map[int64]int, error) {
	out := map[int64]int{}
	if len(list) == 0 {
		return out, nil
	}
	args := make([]any, len(list))
	for i := range list {
		args[i] = list[i].PersonID
	}
	return out, db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id]++; return nil },
		`SELECT service_id FROM graduate_served WHERE person_id IN (`+db.In(1, len(args))+`) AND what = 'yearly' ORDER BY person_id, served_id`, args...)
}
