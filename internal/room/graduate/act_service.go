package graduate

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// Happening is what happens to a service period: a yearly check, a transfer within the programme, leaving with a reason, completion.
type Happening struct {
	What, Result, Text string
	On                 db.Date
	Area, Unit, Title  string // of a transfer
}

// Note writes down what happened in a service period. Faults: Denied, Invalid, Conflict, Repeat.
func (r *Room) Note(ctx context.Context, who web.User, personID, id int64, in Happening, version int64, key string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		s, err := serviceByID(ctx, tx, personID, id)
		if err != nil {
			return err
		}
		if err := MayAct(who, s.Area); err != nil {
			return err
		}
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		made, err := checksMade(ctx, tx, []Service{s})
		if err != nil {
			return err
		}
		if err := s.happen(&in, made[id], r.today()); err != nil {
			return err
		}
		if in.What == Transfer {
			if err := account.CanSeeArea(who, in.Area); err != nil {
				return err
			}
		}
		if err := updateService(ctx, tx, &s, version); err != nil {
			return err
		}
		if err := r.addServed(ctx, tx, personID, &Served{ServiceID: id, What: in.What, Result: in.Result, On: in.On, Text: in.Text, By: account.Signature(who)}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, in.What, "person", personID, s.Area, "服务期记录")
	})
}

// happen lets something happen to a service period on a day.
func (s *Service) happen(in *Happening, made int, today db.Date) error {
	switch {
	case s.State != Serving:
		return fault.New(fault.Conflict, "服务期已经结束，不能再登记")
	case in.On.Before(s.Starts.Time) || in.On.After(today.Time):
		return fault.New(fault.Invalid, "日期应在上岗（%s）以后、今天以前", s.Starts)
	case in.Text == "" && in.What != Complete:
		return fault.New(fault.Invalid, "请写明情况")
	}
	switch in.What {
	case Yearly:
		if !slices.Contains(gradesOfYear, in.Result) {
			return fault.New(fault.Invalid, "请选择考核结果")
		}
		if made >= s.YearsDue(in.On.Time) && in.On.Before(s.Ends.AddDate(0, -1, 0)) && made >= s.YearsDue(in.On.AddDate(0, 1, 0)) {
			return fault.New(fault.Conflict, "服务满一年才做年度考核，已做 %d 次", made)
		}
	case Transfer:
		if in.Unit == "" || in.Title == "" || !area.Exists(in.Area) {
			return fault.New(fault.Invalid, "请填写调入的地区、单位和岗位")
		}
		s.Area, s.Unit, s.Title = in.Area, in.Unit, in.Title
	case Leave:
		s.State, s.EndedOn = Left, in.On
	case Complete:
		switch {
		case in.On.Before(s.Ends.Time):
			return fault.New(fault.Late, "服务期到 %s，期满以后才能办期满；提前结束请办离岗", s.Ends)
		case made < s.YearsDue(s.Ends.Time):
			return fault.New(fault.Conflict, "应有 %d 次年度考核，现有 %d 次，请补齐后再办期满", s.YearsDue(s.Ends.Time), made)
		}
		s.State, s.EndedOn = Done, s.Ends
	default:
		return fault.New(fault.NotFound, "没有这种办法")
	}
	return nil
}
