package market

import (
	"context"
	"embed"
	"encoding/json"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "market", FS: schemaFiles}

const complaintColumns = `complaint_id, code, about, about_id, employer_id, name, area, kind, said, person_id, state, day, due, taken_off, outcome, told, version`

type storedComplaint struct {
	Complaint
	said []byte
	off  int64
}

func (s *storedComplaint) fields() []any {
	return []any{&s.ID, &s.Code, &s.About, &s.AboutID, &s.EmployerID, &s.Name, &s.Area, &s.Kind, &s.said, &s.PersonID, &s.State, &s.On, &s.Due, &s.off, &s.Outcome, &s.Told, &s.Version}
}

// said is what is sealed of a complaint.
type said struct{ Text, Contact string }

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (r *Room) insertComplaint(ctx context.Context, tx *db.Tx, c *Complaint) error {
	plain, err := json.Marshal(said{c.Text, c.Contact})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO market_complaint (`+complaintColumns+`) VALUES (`+db.In(1, 17)+`)`, c.ID, c.Code, c.About, c.AboutID, c.EmployerID, c.Name, c.Area, c.Kind,
		r.Sealer.Seal(string(plain)), c.PersonID, c.State, c.On, c.Due, bit(c.Off), c.Outcome, c.Told, c.Version)
	return err
}

// updateComplaint writes where a complaint stands. Faults: Conflict when somebody else was faster.
func updateComplaint(ctx context.Context, tx *db.Tx, c *Complaint, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE market_complaint SET state = $2, due = $3, taken_off = $4, outcome = $5, told = $6, version = version + 1 WHERE complaint_id = $1 AND version = $7`,
		c.ID, c.State, c.Due, bit(c.Off), c.Outcome, c.Told, version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这件投诉刚刚被别人办理过，请看过现在的样子再办")
	}
	return err
}

func (r *Room) complaint(ctx context.Context, q db.Querier, where string, value any) (Complaint, error) {
	s, found, err := db.One(ctx, q, (*storedComplaint).fields, `SELECT `+complaintColumns+` FROM market_complaint WHERE `+where+` = $1 ORDER BY complaint_id`, value)
	if err != nil {
		return Complaint{}, err
	}
	if !found {
		return Complaint{}, fault.New(fault.NotFound, "没有这件投诉，请核对查询码")
	}
	plain, err := r.Sealer.Open(s.said)
	if err != nil {
		return Complaint{}, err
	}
	var open said
	err = json.Unmarshal([]byte(plain), &open)
	s.Off, s.Text, s.Contact = s.off == 1, open.Text, open.Contact
	return s.Complaint, err
}

// complaints lists an area's in one state, the most urgent first, behind (due, id). Texts stay sealed.
func (r *Room) complaints(ctx context.Context, area, state string, after db.Date, afterID int64, limit int) ([]Complaint, error) {
	low, high := db.Under(area)
	return plain(db.All(ctx, r.DB, (*storedComplaint).fields, `SELECT `+complaintColumns+` FROM market_complaint WHERE area >= $1 AND area < $2 AND state = $3 AND (due, complaint_id) > ($4, $5)
		ORDER BY due, complaint_id LIMIT $6`, low, high, state, after, afterID, limit))
}

// complaintsOf lists those about a unit that it must correct, or has had to.
func (r *Room) complaintsOf(ctx context.Context, employerID int64, limit int) ([]Complaint, error) {
	return plain(db.All(ctx, r.DB, (*storedComplaint).fields, `SELECT `+complaintColumns+` FROM market_complaint WHERE employer_id = $1 AND state IN ('correcting', 'closed')
		ORDER BY complaint_id DESC LIMIT $2`, employerID, limit))
}

func plain(rows []storedComplaint, err error) ([]Complaint, error) {
	list := make([]Complaint, len(rows))
	for i := range rows {
		list[i] = rows[i].Complaint
		list[i].Off = rows[i].off == 1
	}
	return list, err
}

// countComplaints counts an area's by state, and those past their deadline.
func (r *Room) countComplaints(ctx context.Context, area string, today db.Date) (map[string]int64, int64, error) {
	type pair struct {
		state   string
		n, late int64
	}
	low, high := db.Under(area)
	out, late := map[string]int64{}, int64(0)
	err := db.Each(ctx, r.DB, func(p *pair) []any { return []any{&p.state, &p.n, &p.late} }, func(p *pair) error {
		out[p.state] = p.n
		if p.state != Closed && p.state != Refused {
			late += p.late
		}
		return nil
	}, `SELECT state, count(*), sum(CASE WHEN due < $3 THEN 1 ELSE 0 END) FROM market_complaint WHERE area >= $1 AND area < $2 GROUP BY state ORDER BY state`, low, high, today)
	return out, late, err
}

// repeated counts live complaints about the same thing.
func repeated(ctx context.Context, q db.Querier, about string, id int64) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT count(*) FROM market_complaint WHERE about = $1 AND about_id = $2 AND about_id <> 0 AND state IN ('received', 'accepted', 'correcting')`, about, id)
}

type storedStep struct {
	Step
	said []byte
}

func (r *Room) addStep(ctx context.Context, tx *db.Tx, complaint int64, what, text, by string) error {
	_, err := tx.Exec(ctx, `INSERT INTO market_step (complaint_id, step_id, what, said, by_name, at) VALUES (`+db.In(1, 6)+`)`, complaint, r.IDs.Next(), what, r.Sealer.Seal(text), by, r.Clock.Now().UnixMilli())
	return err
}

func (r *Room) steps(ctx context.Context, complaint int64) ([]Step, error) {
	var out []Step
	err := db.Each(ctx, r.DB, func(s *storedStep) []any { return []any{&s.ComplaintID, &s.ID, &s.What, &s.said, &s.By, &s.At} }, func(s *storedStep) (err error) {
		s.Text, err = r.Sealer.Open(s.said)
		out = append(out, s.Step)
		return err
	}, `SELECT complaint_id, step_id, what, said, by_name, at FROM market_step WHERE complaint_id = $1 ORDER BY step_id DESC`, complaint)
	return out, err
}

func (r *Room) interviews(ctx context.Context, complaint int64) ([]Interview, error) {
	return db.All(ctx, r.DB, func(i *Interview) []any {
		return []any{&i.On, &i.Departments, &i.Attended, &i.Points, &i.Promise, &i.CorrectBy}
	}, `SELECT day, departments, attended, points, promise, correct_by FROM market_interview WHERE complaint_id = $1 ORDER BY interview_id DESC`, complaint)
}

func (r *Room) addInterview(ctx context.Context, tx *db.Tx, complaint int64, i Interview) error {
	_, err := tx.Exec(ctx, `INSERT INTO market_interview (complaint_id, interview_id, day, departments, attended, points, promise, correct_by) VALUES (`+db.In(1, 8)+`)`,
		complaint, r.IDs.Next(), i.On, i.Departments, i.Attended, i.Points, i.Promise, i.CorrectBy)
	return err
}

// Forget takes people's names from their complaints; what is told of the units stays.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	for _, id := range personIDs {
		list, err := db.All(ctx, tx, (*storedComplaint).fields, `SELECT `+complaintColumns+` FROM market_complaint WHERE person_id = $1 ORDER BY complaint_id`, id)
		if err != nil {
			return err
		}
		for i := range list {
			if _, err := tx.Exec(ctx, `UPDATE market_complaint SET person_id = 0, said = $2 WHERE complaint_id = $1`, list[i].ID, r.Sealer.Seal(`{"Text":"","Contact":""}`)); err != nil {
				return err
			}
		}
	}
	return nil
}
