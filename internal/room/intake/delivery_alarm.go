package intake

import (
	"context"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// Kinds of alarms about deliveries; each has its sentence in the words intake.alarm.KIND.
const (
	AlarmLate       = "late"       // 逾期未交
	AlarmShort      = "short"      // 行数明显减少
	AlarmRenumbered = "renumbered" // 编号大面积变化
	AlarmMissing    = "missing"    // 清单里有，没有收到
	AlarmExtra      = "extra"      // 收到了，清单里没有
	AlarmRows       = "rows"       // 行数与清单不符
	AlarmHash       = "hash"       // 校验值与清单不符
)

// Alarm says that something about a delivery is not as agreed. Nothing is lost by it: what came is read. Somebody says
// what was done about it.
type Alarm struct {
	ID      int64
	Key     string // what it is about: raised once
	Kind    string
	Source  string // "": of no single source
	Area    string
	BatchID int64 // 0: nothing came
	Args    []any // of the sentence
	At      int64 // unix ms
	AckedAt int64 // 0: open
	AckedBy int64
	Acker   string
	Reason  string
	Version int64
}

// raise adds the alarms that were not raised before.
func (r *Room) raise(ctx context.Context, tx *db.Tx, list []Alarm, at int64) error {
	for i := range list {
		list[i].ID, list[i].At, list[i].Version = r.IDs.Next(), at, 1
	}
	return addAlarms(ctx, tx, list)
}

// Acknowledge notes what was done about an alarm.
func (r *Room) Acknowledge(ctx context.Context, who Actor, alarmID, version int64, reason, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		a, err := findAlarm(ctx, tx, alarmID)
		if err != nil {
			return err
		}
		if err := mayUse(who, a.Area); err != nil {
			return err
		}
		a.AckedAt, a.AckedBy, a.Acker, a.Reason = r.Clock.Now().UnixMilli(), who.ID, who.Name, identity.Veil(reason)
		switch done, err := ackAlarm(ctx, tx, &a, version); {
		case err != nil:
			return err
		case !done:
			return fault.New(fault.Conflict, "这条报警已由别人处理，请刷新后查看")
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: who.Name, Act: "intake.alarm", Object: "alarm", ObjectID: a.ID, Area: a.Area, What: "处理交付报警：" + reason})
	})
}
