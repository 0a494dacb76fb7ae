package service

import (
	"context"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// States of an archive.
const (
	Kept = "kept" // 在库
	Lent = "lent" // 借出
	Gone = "gone" // 转出
)

// Steps of an archive.
const (
	In   = "in"   // 转入
	Lend = "lend" // 借出
	Back = "back" // 归还
	Out  = "out"  // 转出
)

// Archive is the personnel file of somebody without a unit (流动人员人事档案, 流动人员人事档案管理服务规定).
type Archive struct {
	PersonID, ID int64
	Number       string // 档案编号
	Area         string // of the office that keeps it
	Shelf        string
	CameFrom     string
	CameOn       db.Date
	Letter       string // number of the 调档函 that brought it
	Items        string // what lies in it, one a line
	State        string
	Borrower     string
	LentOn       db.Date
	DueOn        db.Date
	GoneTo       string
	GoneOn       db.Date
	Version      int64
}

// Overdue reports whether a lent archive should have come back.
func (a *Archive) Overdue(today time.Time) bool { return a.State == Lent && a.DueOn.Before(today) }

// Step is one thing that happened to an archive.
type Step struct {
	ID     int64
	Kind   string
	At     int64 // unix ms
	ByName string
	Who    string // borrower, or the unit it came from or went to
	Note   string
}

// TakeIn keeps an archive that has come (转入). Faults: Denied (none of the four places, or no officer), Conflict when the
// number is taken or the person's archive is here already, Repeat.
func (r *Room) TakeIn(ctx context.Context, who web.User, a Archive, once string) (int64, error) {
	c, err := r.look(ctx, a.PersonID)
	if err != nil {
		return 0, err
	}
	if _, err := MayServe(who, c.Places); err != nil {
		return 0, err
	}
	if who.Role != account.Officer {
		return 0, fault.New(fault.Denied, "档案由旗县（市、区）经办人员保管，您的账号可以查看，不能办理")
	}
	if identity.Veil(a.Number) != a.Number {
		return 0, fault.New(fault.Invalid, "档案编号不能用公民身份号码或电话号码，请按本单位的编号规则另编")
	}
	a.Items = identity.Veil(a.Items)
	a.ID, a.Area, a.State, a.Version = r.IDs.Next(), area.At(who.Area, area.Banner), Kept, 1
	return a.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := addArchive(ctx, tx, &a); err != nil {
			return err
		}
		if err := r.addStep(ctx, tx, &a, who, In, a.CameFrom, a.Letter); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, r.entry(who, "service.archive", c, "转入人事档案 "+a.Number))
	})
}

// Moved is what is done with an archive.
type Moved struct {
	Step  string // Lend, Back or Out
	Who   string // borrower, or the unit that it goes to
	DueOn time.Time
	Note  string // why, or the number of the letter
}

// Move lends, takes back or sends away an archive. Faults: NotFound, Denied, Conflict (it is not where the step begins, or
// has changed), Invalid, Repeat.
func (r *Room) Move(ctx context.Context, who web.User, id, version int64, m Moved, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		a, err := archiveByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := account.CanManageArea(who, a.Area); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := a.step(m, r.Clock.Today()); err != nil {
			return err
		}
		if err := setArchive(ctx, tx, &a, version); err != nil {
			return err
		}
		if err := r.addStep(ctx, tx, &a, who, m.Step, m.Who, m.Note); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "service.archive", Object: "person", ObjectID: a.PersonID, Area: a.Area,
			What: stepZh[m.Step] + "人事档案 " + a.Number})
	})
}

var stepZh = map[string]string{Lend: "借出", Back: "归还", Out: "转出"}

// from is the state in which each step begins.
var from = map[string]string{Lend: Kept, Back: Lent, Out: Kept}

// step is what a step makes of an archive.
func (a *Archive) step(m Moved, today time.Time) error {
	if from[m.Step] == "" {
		return fault.New(fault.NotFound, "没有这项办理事项")
	}
	if a.State != from[m.Step] {
		return fault.New(fault.Conflict, "这份档案现在%s，不能%s", map[string]string{Kept: "在库", Lent: "已借出", Gone: "已转出"}[a.State], stepZh[m.Step])
	}
	if m.Step != Back && strings.TrimSpace(m.Who) == "" {
		return fault.New(fault.Invalid, "请写明%s的单位", map[string]string{Lend: "借用", Out: "接收"}[m.Step])
	}
	switch m.Step {
	case Lend:
		if m.DueOn.Before(today) {
			return fault.New(fault.Invalid, "归还日期应在今天以后")
		}
		a.State, a.Borrower, a.LentOn, a.DueOn = Lent, m.Who, db.On(today), db.On(m.DueOn)
	case Back:
		a.State, a.Borrower, a.LentOn, a.DueOn = Kept, "", db.Date{}, db.Date{}
	case Out:
		a.State, a.GoneTo, a.GoneOn = Gone, m.Who, db.On(today)
	}
	return nil
}

func (r *Room) addStep(ctx context.Context, tx *db.Tx, a *Archive, who web.User, kind, other, note string) error {
	return addArchiveStep(ctx, tx, a, Step{r.IDs.Next(), kind, r.Clock.Now().UnixMilli(), who.Name, other, identity.Veil(note)})
}

// letterNumber is how a letter of ours is numbered: office, year, archive.
func letterNumber(a *Archive, today time.Time) string {
	return "调档〔" + strconv.Itoa(today.Year()) + "〕" + a.Number + "号"
}
