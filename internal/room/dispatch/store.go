package dispatch

import (
	"context"
	"embed"
	"encoding/json"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "dispatch", FS: schemaFiles}

const (
	unitColumns = `employer_id, area, level, criteria, why, document, state, since, until, officer_id, officer_name, contact, version`
	unitSelect  = `SELECT u.employer_id, u.area, u.level, u.criteria, u.why, u.document, u.state, u.since, u.until, u.officer_id, u.officer_name, u.contact, u.version, e.name, e.credit_code, e.industry, e.staff
		FROM dispatch_unit u JOIN employer e ON e.employer_id = u.employer_id `
)

type storedUnit struct {
	Unit
	criteria string
	sealed   []byte
}

func (s *storedUnit) fields() []any {
	return []any{&s.EmployerID, &s.Area, &s.Level, &s.criteria, &s.Why, &s.Document, &s.State, &s.Since, &s.Until, &s.OfficerID, &s.OfficerName, &s.sealed, &s.Version, &s.Name, &s.CreditCode, &s.Industry, &s.Staff}
}

func (r *Room) sealContact(c Contact) ([]byte, error) {
	plain, err := json.Marshal(c)
	return r.Sealer.Seal(string(plain)), err
}

func (r *Room) openContact(sealed []byte) (c Contact, err error) {
	plain, err := r.Sealer.Open(sealed)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal([]byte(plain), &c)
}

// unitByID reads a unit of the list, also one that was taken off.
func (r *Room) unitByID(ctx context.Context, q db.Querier, id int64) (Unit, error) {
	s, found, err := db.One(ctx, q, (*storedUnit).fields, unitSelect+`WHERE u.employer_id = $1 ORDER BY u.employer_id`, id)
	if err != nil {
		return Unit{}, err
	}
	if !found {
		return Unit{}, fault.New(fault.NotFound, "这个单位没有列入重点企业名单")
	}
	s.Criteria = strings.Fields(s.criteria)
	s.Contact, err = r.openContact(s.sealed)
	return s.Unit, err
}

// unitFilter says which units a list holds.
type unitFilter struct {
	area, level, state string // "": every level, every state
	officer            int64  // -1: those without, 0: everybody's
	industry           string // beginning; "": all
	name               string // part of the name; "": all
}

func (f unitFilter) where() (string, []any) {
	low, high := db.Under(f.area)
	whose := map[bool]int{true: 1, false: 2}[f.officer == -1] // a flag of its own: ids do not fit where a small number is compared
	if f.officer == 0 {
		whose = 0
	}
	return `WHERE u.area >= $1 AND u.area < $2 AND ($3 = '' OR u.level = $4) AND ($5 = '' OR u.state = $6) AND ($7 = 0 OR ($8 = 1 AND u.officer_id = 0) OR u.officer_id = $9)
		AND ($10 = '' OR substr(e.industry, 1, 1) = $11) AND ($12 = '' OR e.name LIKE $13 ESCAPE '\') `,
		[]any{low, high, f.level, f.level, f.state, f.state, whose, whose, f.officer, f.industry, f.industry, f.name, "%" + like(f.name) + "%"}
}

// like escapes what stands for something in a LIKE pattern.
func like(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
}

// units lists units behind (area, id). Contacts stay sealed.
func (r *Room) units(ctx context.Context, f unitFilter, afterArea string, afterID int64, limit int) ([]Unit, error) {
	where, args := f.where()
	var list []Unit
	err := db.Each(ctx, r.DB, (*storedUnit).fields, func(s *storedUnit) error {
		s.Criteria = strings.Fields(s.criteria)
		list = append(list, s.Unit)
		return nil
	}, unitSelect+where+`AND (u.area, u.employer_id) > ($14, $15) ORDER BY u.area, u.employer_id LIMIT $16`, append(args, afterArea, afterID, limit)...)
	return list, err
}

func (r *Room) countUnits(ctx context.Context, f unitFilter) (int64, error) {
	where, args := f.where()
	return db.Value[int64](ctx, r.DB, `SELECT count(*) FROM dispatch_unit u JOIN employer e ON e.employer_id = u.employer_id `+where, args...)
}

// saveUnit writes a unit: version 0 is a new row, otherwise the version that was read. Faults: Conflict.
func (r *Room) saveUnit(ctx context.Context, tx *db.Tx, u *Unit) error {
	contact, err := r.sealContact(u.Contact)
	if err != nil {
		return err
	}
	criteria := strings.Join(u.Criteria, " ")
	var n int64
	if u.Version == 0 {
		n, err = tx.Exec(ctx, `INSERT INTO dispatch_unit (`+unitColumns+`) VALUES (`+db.In(1, 13)+`) ON CONFLICT (employer_id) DO NOTHING`,
			u.EmployerID, u.Area, u.Level, criteria, u.Why, u.Document, u.State, u.Since, u.Until, u.OfficerID, u.OfficerName, contact, int64(1))
	} else {
		n, err = tx.Exec(ctx, `UPDATE dispatch_unit SET area = $2, level = $3, criteria = $4, why = $5, document = $6, state = $7, since = $8, until = $9, officer_id = $10, officer_name = $11,
			contact = $12, version = version + 1 WHERE employer_id = $1 AND version = $13`,
			u.EmployerID, u.Area, u.Level, criteria, u.Why, u.Document, u.State, u.Since, u.Until, u.OfficerID, u.OfficerName, contact, u.Version)
	}
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这家企业的资料刚刚被别人修改过，请看过现在的样子再办")
	}
	u.Version++
	return err
}

func (r *Room) addEvent(ctx context.Context, tx *db.Tx, e Event) error {
	_, err := tx.Exec(ctx, `INSERT INTO dispatch_event (employer_id, event_id, what, text, by_name, at) VALUES (`+db.In(1, 6)+`)`, e.EmployerID, r.IDs.Next(), e.What, e.Text, e.By, r.now())
	return err
}

func (r *Room) events(ctx context.Context, employerID int64) ([]Event, error) {
	return db.All(ctx, r.DB, func(e *Event) []any { return []any{&e.EmployerID, &e.ID, &e.What, &e.Text, &e.By, &e.At} },
		`SELECT employer_id, event_id, what, text, by_name, at FROM dispatch_event WHERE employer_id = $1 ORDER BY event_id DESC LIMIT 50`, employerID)
}
