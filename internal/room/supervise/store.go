package supervise

import (
	"context"
	"embed"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "supervise", FS: schemaFiles}

const (
	dutyColumns      = `duty_id, area, unit_id, unit, joint, source, source_id, plan, no, title, what, quote, indicator, year, percent, state, by_name, at, version, giver_area, href`
	milestoneColumns = `duty_id, milestone_id, area, unit_id, text, due, state, stage, answer_by, promise, day, reporter_id`
)

func (d *Duty) fields() []any {
	return []any{&d.ID, &d.Area, &d.UnitID, &d.Unit, &d.Joint, &d.Source, &d.SourceID, &d.Plan, &d.No, &d.Title, &d.What, &d.Quote, &d.Indicator, &d.Year, &d.Percent, &d.State, &d.By, &d.At, &d.Version, &d.Giver, &d.Href}
}

func (m *Milestone) fields() []any {
	return []any{&m.DutyID, &m.ID, &m.Area, &m.UnitID, &m.Text, &m.Due, &m.State, &m.Stage, &m.AnswerBy, &m.Promise, &m.On, &m.ReporterID}
}

// insertDuty enters a duty; new is false where the same task is the unit's duty of the year already.
func insertDuty(ctx context.Context, tx *db.Tx, d *Duty) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO supervise_duty (`+dutyColumns+`) VALUES (`+db.In(1, 21)+`) ON CONFLICT DO NOTHING`, d.ID, d.Area, d.UnitID, d.Unit, d.Joint, d.Source, d.SourceID, d.Plan, d.No,
		d.Title, d.What, d.Quote, d.Indicator, d.Year, d.Percent, d.State, d.By, d.At, d.Version, d.Giver, d.Href)
	return n == 1, err
}

// touchDuty writes where a duty stands. Faults: Conflict when somebody else was faster.
func touchDuty(ctx context.Context, tx *db.Tx, d *Duty, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE supervise_duty SET percent = $2, state = $3, version = version + 1 WHERE duty_id = $1 AND version = $4`, d.ID, d.Percent, d.State, version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这项任务刚刚被别人办理过，请看过现在的样子再办")
	}
	return err
}

func dutyByID(ctx context.Context, q db.Querier, id int64) (Duty, error) {
	d, found, err := db.One(ctx, q, (*Duty).fields, `SELECT `+dutyColumns+` FROM supervise_duty WHERE duty_id = $1 ORDER BY duty_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这项任务，它可能已被删除或地址写错了")
	}
	return d, err
}

// Filter narrows a list of duties down; zero fields let everything through.
type Filter struct {
	Area, Source, State string
	UnitID, SourceID    int64
	Standing            string // of standings: how a milestone of it stands
	Today               db.Date
}

// standings are what a list of duties can be cut to: those with a milestone past its day, one that is pressed, one that went up, one that waits to
// be checked.
var standings = []string{"yes", "pressed", "high", "reported"}

var standing = map[string]string{"yes": "m.state = 'open'", "pressed": "m.state = 'open' AND m.stage = 'pressed'", "high": "m.state = 'open' AND m.stage IN ('escalated', 'platform')", "reported": "m.state = 'reported'"}

// until is the last day of the milestones that a standing looks at: yesterday for what is late, otherwise any.
func (f *Filter) until() db.Date {
	if f.Standing == "yes" {
		return db.On(f.Today.AddDate(0, 0, -1))
	}
	return db.On(clock.Date(9999, time.December, 31))
}

// duties lists duties, the newest first, below an id. Only what is asked for stands in the query, so that it goes along the index that fits; the
// region's list, which nearly everything belongs to, goes down the ids.
func duties(ctx context.Context, q db.Querier, f Filter, below int64, limit int) ([]Duty, error) {
	low, high := db.Under(f.Area)
	where, args := []string{"duty_id < $1"}, []any{below}
	ask := func(condition string, values ...any) {
		for i := range values {
			condition = strings.ReplaceAll(condition, "?"+strconv.Itoa(i+1), "$"+strconv.Itoa(len(args)+i+1))
		}
		where, args = append(where, condition), append(args, values...)
	}
	if area.Level(f.Area) > area.Region {
		ask("area >= ?1 AND area < ?2", low, high)
	}
	if f.Source != "" {
		ask("source = ?1", f.Source)
	}
	if f.SourceID != 0 {
		ask("source_id = ?1", f.SourceID)
	}
	if f.State != "" {
		ask("state = ?1", f.State)
	}
	if f.UnitID != 0 {
		ask("unit_id = ?1", f.UnitID)
	}
	if of := standing[f.Standing]; of != "" {
		ask("duty_id IN (SELECT m.duty_id FROM supervise_milestone m WHERE m.area >= ?1 AND m.area < ?2 AND m.due <= ?3 AND "+of+")", low, high, f.until())
	}
	return db.All(ctx, q, (*Duty).fields, `SELECT `+dutyColumns+` FROM supervise_duty WHERE `+strings.Join(where, " AND ")+` ORDER BY duty_id DESC LIMIT `+strconv.Itoa(limit), args...)
}

// milestonesOf reads the milestones of duties, by day.
func milestonesOf(ctx context.Context, q db.Querier, list []Duty) (map[int64][]Milestone, error) {
	out := map[int64][]Milestone{}
	if len(list) == 0 {
		return out, nil
	}
	var args []any
	for i := range list {
		args = append(args, list[i].ID)
	}
	err := db.Each(ctx, q, (*Milestone).fields, func(m *Milestone) error { out[m.DutyID] = append(out[m.DutyID], *m); return nil },
		`SELECT `+milestoneColumns+` FROM supervise_milestone WHERE duty_id IN (`+db.In(1, len(args))+`) ORDER BY duty_id, due, milestone_id`, args...)
	return out, err
}

func insertMilestone(ctx context.Context, tx *db.Tx, m *Milestone) error {
	_, err := tx.Exec(ctx, `INSERT INTO supervise_milestone (`+milestoneColumns+`) VALUES (`+db.In(1, 12)+`)`, m.DutyID, m.ID, m.Area, m.UnitID, m.Text, m.Due, m.State, m.Stage, m.AnswerBy, m.Promise, m.On, m.ReporterID)
	return err
}

func updateMilestone(ctx context.Context, tx *db.Tx, m *Milestone) error {
	_, err := tx.Exec(ctx, `UPDATE supervise_milestone SET due = $3, state = $4, stage = $5, answer_by = $6, promise = $7, day = $8, reporter_id = $9 WHERE duty_id = $1 AND milestone_id = $2`,
		m.DutyID, m.ID, m.Due, m.State, m.Stage, m.AnswerBy, m.Promise, m.On, m.ReporterID)
	return err
}

// advance moves an open milestone from the stage it was read in to another; moved is false when somebody else was faster.
func advance(ctx context.Context, tx *db.Tx, m *Milestone, stage string, answerBy time.Time) (moved bool, err error) {
	n, err := tx.Exec(ctx, `UPDATE supervise_milestone SET stage = $3, answer_by = $4 WHERE duty_id = $1 AND milestone_id = $2 AND stage = $5 AND state = 'open'`, m.DutyID, m.ID, stage, db.On(answerBy), m.Stage)
	return n == 1, err
}

// pending reads open milestones that fall due by a day, behind (due, id).
func pending(ctx context.Context, q db.Querier, until, after db.Date, afterID int64, limit int) ([]Milestone, error) {
	return db.All(ctx, q, (*Milestone).fields, `SELECT `+milestoneColumns+` FROM supervise_milestone WHERE state = 'open' AND due <= $1 AND (due, milestone_id) > ($2, $3) ORDER BY due, milestone_id LIMIT $4`, until, after, afterID, limit)
}

// stopMilestones stops what has not been checked of a duty. The day stays that a unit reported; what was never reported has the day of stopping, so
// that an appraisal tells what was late already.
func stopMilestones(ctx context.Context, tx *db.Tx, duty int64, today db.Date) error {
	_, err := tx.Exec(ctx, `UPDATE supervise_milestone SET day = CASE WHEN state = 'open' THEN $2 ELSE day END, state = 'stopped' WHERE duty_id = $1 AND state IN ('open', 'reported')`, duty, today)
	return err
}

// openForms are the open duties of forms that belong to something, of one area or ("") of all.
func openForms(ctx context.Context, q db.Querier, id int64, area string) ([]Duty, error) {
	return db.All(ctx, q, (*Duty).fields, `SELECT `+dutyColumns+` FROM supervise_duty WHERE source = 'form' AND source_id = $1 AND state = 'open' AND ($2 = '' OR area = $2) ORDER BY duty_id`, id, area)
}

// arrive checks off what a form was waited for with.
func arrive(ctx context.Context, tx *db.Tx, duty int64, today db.Date, by int64) error {
	_, err := tx.Exec(ctx, `UPDATE supervise_milestone SET state = 'done', day = $2, reporter_id = $3 WHERE duty_id = $1 AND state = 'open'`, duty, today, by)
	return err
}

// openMilestone is one milestone of a duty. Faults: Conflict when it is not open any more.
func openMilestone(ctx context.Context, q db.Querier, duty, id int64) (Milestone, error) {
	m, found, err := db.One(ctx, q, (*Milestone).fields, `SELECT `+milestoneColumns+` FROM supervise_milestone WHERE duty_id = $1 AND milestone_id = $2 ORDER BY milestone_id`, duty, id)
	if err == nil && (!found || m.State != Open) {
		err = fault.New(fault.Conflict, "这个节点已经报送完成或停止，申请不再需要，请退回")
	}
	return m, err
}

// lateCount counts an area's open milestones past their day.
func lateCount(ctx context.Context, q db.Querier, area string, today db.Date) (int64, error) {
	low, high := db.Under(area)
	return db.Value[int64](ctx, q, `SELECT count(*) FROM supervise_milestone WHERE area >= $1 AND area < $2 AND state = 'open' AND due < $3`, low, high, today)
}

// lateIn lists an area's open milestones past their day, the oldest first.
func lateIn(ctx context.Context, q db.Querier, area string, today db.Date, limit int) ([]Late, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(l *Late) []any {
		return []any{&l.DutyID, &l.Title, &l.Unit, &l.Area, &l.Milestone, &l.Due, &l.Stage}
	},
		`SELECT d.duty_id, d.title, d.unit, d.area, m.text, m.due, m.stage FROM supervise_milestone m JOIN supervise_duty d ON d.duty_id = m.duty_id
		 WHERE m.area >= $1 AND m.area < $2 AND m.state = 'open' AND m.due < $3 ORDER BY m.due, m.milestone_id LIMIT $4`, low, high, today, limit)
}

// Tally is how a unit's milestones stand.
type Tally struct {
	Area                                      string
	UnitID                                    int64
	Open, Reported, Done, Late, Pressed, High int64 // Pressed: and no answer yet; High: escalated or at the platform
}

// tallies adds up milestones by unit: those that are not done, and those of the year that are.
func tallies(ctx context.Context, q db.Querier, area string, today db.Date) ([]Tally, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(t *Tally) []any {
		return []any{&t.Area, &t.UnitID, &t.Open, &t.Reported, &t.Done, &t.Late, &t.Pressed, &t.High}
	},
		`SELECT area, unit_id, count(*) FILTER (WHERE state = 'open'), count(*) FILTER (WHERE state = 'reported'), count(*) FILTER (WHERE state = 'done'), count(*) FILTER (WHERE state = 'open' AND due < $3),
		 count(*) FILTER (WHERE state = 'open' AND stage = 'pressed'), count(*) FILTER (WHERE state = 'open' AND stage IN ('escalated', 'platform'))
		 FROM supervise_milestone WHERE area >= $1 AND area < $2 AND CASE WHEN state = 'done' THEN due >= $4 ELSE state <> 'stopped' END GROUP BY area, unit_id ORDER BY area, unit_id`,
		low, high, today, db.On(clock.Date(today.Year(), time.January, 1)))
}

// waitingAt counts what an area's units must answer or do now.
func waitingAt(ctx context.Context, q db.Querier, area string) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT count(*) FROM supervise_milestone WHERE area = $1 AND state = 'open' AND stage IN ('pressed', 'escalated')`, area)
}

func (r *Room) addStep(ctx context.Context, tx *db.Tx, m *Milestone, what, text, by string) error {
	_, err := tx.Exec(ctx, `INSERT INTO supervise_step (duty_id, step_id, milestone_id, area, what, said, by_name, at) VALUES (`+db.In(1, 8)+`)`, m.DutyID, r.IDs.Next(), m.ID, m.Area, what, r.Sealer.Seal(text), by, r.Clock.Now().UnixMilli())
	return err
}

func (r *Room) steps(ctx context.Context, duty int64) ([]Step, error) {
	type stored struct {
		Step
		said []byte
	}
	var out []Step
	err := db.Each(ctx, r.DB, func(s *stored) []any {
		return []any{&s.DutyID, &s.ID, &s.MilestoneID, &s.What, &s.said, &s.By, &s.At}
	}, func(s *stored) (err error) {
		s.Text, err = r.Sealer.Open(s.said)
		out = append(out, s.Step)
		return err
	}, `SELECT duty_id, step_id, milestone_id, what, said, by_name, at FROM supervise_step WHERE duty_id = $1 ORDER BY at DESC, step_id DESC`, duty)
	return out, err
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// stop is one milestone on the road map.
type stop struct {
	Milestone
	Title, Unit string
}

// roadMost is how many milestones a road map shows at most; the page says so.
const roadMost = 600

// roadOf lists an area's milestones of a year, by unit, duty and day.
func roadOf(ctx context.Context, q db.Querier, area string, year int64) ([]stop, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(s *stop) []any { return append(s.Milestone.fields(), &s.Title, &s.Unit) },
		`SELECT m.duty_id, m.milestone_id, m.area, m.unit_id, m.text, m.due, m.state, m.stage, m.answer_by, m.promise, m.day, m.reporter_id, d.title, d.unit
		 FROM supervise_duty d JOIN supervise_milestone m ON m.duty_id = d.duty_id WHERE d.area >= $1 AND d.area < $2 AND d.year = $3 ORDER BY d.area, d.unit_id, d.duty_id, m.due, m.milestone_id LIMIT $4`, low, high, year, roadMost)
}
