package analysis

import (
	"context"
	"math"

	"jiuye/internal/ground/db"
)

func saveLeads(ctx context.Context, tx *db.Tx, leads []Lead, trials []Trial) error {
	if _, err := tx.Exec(ctx, `DELETE FROM analysis_lead`); err != nil {
		return err
	}
	rows := make([][]any, len(leads))
	for i, l := range leads {
		rows[i] = []any{l.EmployerID, l.Made.Int(), l.Area, l.Expected, l.Chance, l.Years[0], l.Years[1], l.Years[2], l.Last12, l.Before12, l.Left12, l.Staff}
	}
	if err := tx.Copy(ctx, "analysis_lead", []string{"employer_id", "made", "area", "expected", "chance", "year1", "year2", "year3", "last12", "before12", "left12", "staff"}, rows); err != nil {
		return err
	}
	rows = rows[:0]
	for _, t := range trials {
		rows = append(rows, []any{t.Area, t.Origin.Int(), t.Listed, t.Hit, t.Naive, t.Pool, t.PoolHit, t.Many, t.PoolMany})
	}
	return tx.Upsert(ctx, "analysis_trial", []string{"area", "origin", "listed", "hit", "naive", "pool", "pool_hit", "many", "pool_many"}, []string{"area", "origin"}, rows)
}

type storedLead struct {
	Lead
	made int
	said []byte
}

func (l *storedLead) fields() []any {
	return []any{&l.EmployerID, &l.made, &l.Area, &l.Expected, &l.Chance, &l.Years[0], &l.Years[1], &l.Years[2], &l.Last12, &l.Before12, &l.Left12, &l.Staff, &l.Name, &l.Result, &l.said, &l.ByName, &l.At}
}

const leadQuery = `SELECT l.employer_id, l.made, l.area, l.expected, l.chance, l.year1, l.year2, l.year3, l.last12, l.before12, l.left12, l.staff, e.name,
		coalesce(c.result, ''), c.said, coalesce(c.by_name, ''), coalesce(c.at, 0)
	FROM analysis_lead l JOIN employer e ON e.employer_id = l.employer_id LEFT JOIN analysis_contact c ON c.employer_id = l.employer_id AND c.made = l.made `

// noVacancy leaves employers out that have published something since the list was made.
const noVacancy = `NOT EXISTS (SELECT 1 FROM employer_vacancy v WHERE v.employer_id = l.employer_id AND v.state <> 'closed' AND v.closes >= $3)`

// openLead unseals what was noted of a lead; nothing was where nobody has asked.
func (r *Room) openLead(l *storedLead) (_ Lead, err error) {
	l.Made = monthFrom(l.made)
	if len(l.said) > 0 {
		l.Note, err = r.Sealer.Open(l.said)
	}
	return l.Lead, err
}

func (r *Room) openLeads(list []storedLead, err error) ([]Lead, error) {
	if err != nil {
		return nil, err
	}
	out := make([]Lead, len(list))
	for i := range list {
		if out[i], err = r.openLead(&list[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// leadsIn lists an area's employers likely to hire, the most people first, behind one; result "" asks for all, "-" for those whom nobody has asked.
func (r *Room) leadsIn(ctx context.Context, q db.Querier, area, result string, today db.Date, below, afterID int64, limit int) ([]Lead, error) {
	low, high := db.Under(area)
	if below < 0 {
		below = math.MaxInt64
	}
	args := []any{low, high, today, below, below, afterID}
	where := `WHERE l.area >= $1 AND l.area < $2 AND ` + noVacancy + ` AND (l.expected < $4 OR l.expected = $5 AND l.employer_id > $6)`
	switch result {
	case "":
	case "-":
		where += ` AND c.result IS NULL`
	default:
		where += ` AND c.result = $7`
		args = append(args, result)
	}
	args = append(args, limit)
	return r.openLeads(db.All(ctx, q, (*storedLead).fields, leadQuery+where+` ORDER BY l.expected DESC, l.employer_id LIMIT `+db.In(len(args), 1), args...))
}

func (r *Room) leadByID(ctx context.Context, q db.Querier, id int64) (Lead, bool, error) {
	l, found, err := db.One(ctx, q, (*storedLead).fields, leadQuery+`WHERE l.employer_id = $1 ORDER BY l.employer_id`, id)
	if err != nil {
		return Lead{}, found, err
	}
	one, err := r.openLead(&l)
	return one, found, err
}

func countLeads(ctx context.Context, q db.Querier, area string, today db.Date) (all, asked int64, err error) {
	type pair struct{ all, asked int64 }
	low, high := db.Under(area)
	p, _, err := db.One(ctx, q, func(p *pair) []any { return []any{&p.all, &p.asked} }, `SELECT count(*), coalesce(sum(CASE WHEN c.result IS NOT NULL THEN 1 ELSE 0 END), 0)
		FROM analysis_lead l LEFT JOIN analysis_contact c ON c.employer_id = l.employer_id AND c.made = l.made WHERE l.area >= $1 AND l.area < $2 AND `+noVacancy, low, high, today)
	return p.all, p.asked, err
}

func saveContact(ctx context.Context, tx *db.Tx, l *Lead, result string, said []byte, byID int64, byName string, at int64) error {
	return tx.Upsert(ctx, "analysis_contact", []string{"employer_id", "made", "result", "said", "by_id", "by_name", "at"}, []string{"employer_id", "made"},
		[][]any{{l.EmployerID, l.Made.Int(), result, said, byID, byName, at}})
}

// trialsIn reads how the lists of the past turned out in an area's leagues, the latest first.
func trialsIn(ctx context.Context, q db.Querier, area string) ([]Trial, error) {
	type stored struct {
		Trial
		origin int
	}
	low, high := db.Under(area)
	list, err := db.All(ctx, q, func(t *stored) []any {
		return []any{&t.Area, &t.origin, &t.Listed, &t.Hit, &t.Naive, &t.Pool, &t.PoolHit, &t.Many, &t.PoolMany}
	}, `SELECT area, origin, listed, hit, naive, pool, pool_hit, many, pool_many FROM analysis_trial WHERE area >= $1 AND area < $2 ORDER BY origin DESC, area LIMIT 48`, low, high)
	out := make([]Trial, len(list))
	for i := range list {
		list[i].Origin = monthFrom(list[i].origin)
		out[i] = list[i].Trial
	}
	return out, err
}
