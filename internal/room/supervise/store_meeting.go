package supervise

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

type storedMeeting struct {
	Meeting
	said []byte
}

const meetingColumns = `meeting_id, area, day, title, chair, attended, agenda, said, by_name, version`

func (s *storedMeeting) fields() []any {
	return []any{&s.ID, &s.Area, &s.On, &s.Title, &s.Chair, &s.Attended, &s.Agenda, &s.said, &s.By, &s.Version}
}

func (r *Room) insertMeeting(ctx context.Context, tx *db.Tx, m *Meeting) error {
	_, err := tx.Exec(ctx, `INSERT INTO supervise_meeting (`+meetingColumns+`) VALUES (`+db.In(1, 10)+`)`, m.ID, m.Area, m.On, m.Title, m.Chair, m.Attended, m.Agenda, r.Sealer.Seal(m.Minutes), m.By, m.Version)
	return err
}

func (r *Room) writeMinutes(ctx context.Context, tx *db.Tx, id int64, minutes string, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE supervise_meeting SET said = $2, version = version + 1 WHERE meeting_id = $1 AND version = $3`, id, r.Sealer.Seal(minutes), version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这次会议刚刚被别人改过，请看过现在的样子再办")
	}
	return err
}

func (r *Room) meetingByID(ctx context.Context, id int64) (Meeting, error) {
	s, found, err := db.One(ctx, r.DB, (*storedMeeting).fields, `SELECT `+meetingColumns+` FROM supervise_meeting WHERE meeting_id = $1 ORDER BY meeting_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这次会议")
	}
	if err != nil {
		return Meeting{}, err
	}
	s.Minutes, err = r.Sealer.Open(s.said)
	return s.Meeting, err
}

// meetings lists those of an area and above and below it, the newest first. Minutes stay sealed.
func meetings(ctx context.Context, q db.Querier, area string, below int64, limit int) ([]storedMeeting, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*storedMeeting).fields, `SELECT `+meetingColumns+` FROM supervise_meeting WHERE (area >= $1 AND area < $2 OR area = substr($5, 1, 2) OR area = substr($5, 1, 4)) AND meeting_id < $3 ORDER BY meeting_id DESC LIMIT $4`, low, high, below, limit, area)
}

const inspectionColumns = `inspection_id, area, theme, title, starts, ends, leader, member, places, checklist, state, conclusion, by_name, version`

func (i *Inspection) fields() []any {
	return []any{&i.ID, &i.Area, &i.Theme, &i.Title, &i.From, &i.Until, &i.Leader, &i.Member, &i.Places, &i.Checklist, &i.State, &i.Conclusion, &i.By, &i.Version}
}

func insertInspection(ctx context.Context, tx *db.Tx, i *Inspection) error {
	_, err := tx.Exec(ctx, `INSERT INTO supervise_inspection (`+inspectionColumns+`) VALUES (`+db.In(1, 14)+`)`, i.ID, i.Area, i.Theme, i.Title, i.From, i.Until, i.Leader, i.Member, i.Places, i.Checklist, i.State, i.Conclusion, i.By, i.Version)
	return err
}

func touchInspection(ctx context.Context, tx *db.Tx, i *Inspection, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE supervise_inspection SET state = $2, conclusion = $3, version = version + 1 WHERE inspection_id = $1 AND version = $4`, i.ID, i.State, i.Conclusion, version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这次检查刚刚被别人办理过，请看过现在的样子再办")
	}
	return err
}

func inspectionByID(ctx context.Context, q db.Querier, id int64) (Inspection, error) {
	i, found, err := db.One(ctx, q, (*Inspection).fields, `SELECT `+inspectionColumns+` FROM supervise_inspection WHERE inspection_id = $1 ORDER BY inspection_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这次检查")
	}
	return i, err
}

func inspections(ctx context.Context, q db.Querier, area string, below int64, limit int) ([]Inspection, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*Inspection).fields, `SELECT `+inspectionColumns+` FROM supervise_inspection WHERE (area >= $1 AND area < $2 OR area = substr($5, 1, 2) OR area = substr($5, 1, 4)) AND inspection_id < $3 ORDER BY inspection_id DESC LIMIT $4`, low, high, below, limit, area)
}

// openFindings counts what an inspection found and is not put right.
func openFindings(ctx context.Context, q db.Querier, in *Inspection) (int64, error) {
	low, high := db.Under(in.Area)
	return db.Value[int64](ctx, q, `SELECT count(*) FROM supervise_duty WHERE source = 'finding' AND source_id = $1 AND state = 'open' AND area >= $2 AND area < $3`, in.ID, low, high)
}

func (r *Room) insertCheck(ctx context.Context, tx *db.Tx, k *Checked) error {
	_, err := tx.Exec(ctx, `INSERT INTO supervise_check (inspection_id, check_id, area, item, said, duty_id, day, by_name) VALUES (`+db.In(1, 8)+`)`, k.InspectionID, k.ID, k.Area, k.Item, r.Sealer.Seal(k.Text), k.DutyID, k.On, k.By)
	return err
}

func (r *Room) checks(ctx context.Context, inspection int64) ([]Checked, error) {
	type stored struct {
		Checked
		said []byte
	}
	var out []Checked
	err := db.Each(ctx, r.DB, func(s *stored) []any {
		return []any{&s.InspectionID, &s.ID, &s.Area, &s.Item, &s.said, &s.DutyID, &s.On, &s.By}
	}, func(s *stored) (err error) {
		s.Text, err = r.Sealer.Open(s.said)
		out = append(out, s.Checked)
		return err
	}, `SELECT inspection_id, check_id, area, item, said, duty_id, day, by_name FROM supervise_check WHERE inspection_id = $1 ORDER BY check_id`, inspection)
	return out, err
}
