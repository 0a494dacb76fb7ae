package supervise

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// Meeting is one of a leading group (议事协调机构). What it decides and the problems that it takes up become duties.
type Meeting struct {
	ID                             int64
	Area                           string
	On                             db.Date
	Title, Chair, Attended, Agenda string
	Minutes                        string // sealed where it is stored
	By                             string
	Version                        int64
}

// Hold puts a meeting on file.
func (r *Room) Hold(ctx context.Context, who web.User, m Meeting, key string) (int64, error) {
	if err := MayLead(who, m.Area); err != nil {
		return 0, err
	}
	if m.Title == "" || m.Agenda == "" || m.Chair == "" || m.On.IsZero() {
		return 0, fault.New(fault.Invalid, "请填写会议名称、日期、主持人和议题")
	}
	m.ID, m.By = r.IDs.Next(), account.Signature(who)
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.insertMeeting(ctx, tx, &m); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "meeting", "meeting", m.ID, m.Area, "登记会议："+m.Title)
	})
	return m.ID, err
}

// Record writes a meeting's minutes.
func (r *Room) Record(ctx context.Context, who web.User, id int64, minutes string, version int64, key string) error {
	m, err := r.meetingByID(ctx, id)
	if err != nil {
		return err
	}
	if err := MayLead(who, m.Area); err != nil {
		return err
	}
	if minutes == "" {
		return fault.New(fault.Invalid, "请填写会议纪要")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.writeMinutes(ctx, tx, id, minutes, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "minutes", "meeting", id, m.Area, "填写会议纪要："+m.Title)
	})
}

// Decide gives a meeting's decision, or a problem to be coordinated, to a unit until a day.
func (r *Room) Decide(ctx context.Context, who web.User, id int64, d Duty, first Milestone, key string) (int64, error) {
	m, err := r.meetingByID(ctx, id)
	if err != nil {
		return 0, err
	}
	if err := MayLead(who, m.Area); err != nil {
		return 0, err
	}
	if d.Source != FromDecision && d.Source != FromProblem {
		return 0, fault.New(fault.Invalid, "请选择是议定事项还是需要协调的问题")
	}
	d.SourceID, d.What = id, m.Title+"（"+m.On.String()+"）"
	return r.Give(ctx, who, d, first, key)
}
