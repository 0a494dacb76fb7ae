package gig

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/message"
)

// ClockIn lets a worker say: I am here, or I am leaving; the leader says it for whoever of the team has the place. It goes by the clock
// of the program. Faults: NotFound, Conflict, Repeat.
func (r *Room) ClockIn(ctx context.Context, who web.User, id int64, out, team bool, once string) error {
	now := r.Clock.Now()
	minute := int64(now.Hour()*60 + now.Minute())
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, now); err != nil {
			return err
		}
		j, err := lockedJob(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.today().Before(j.From.Time) || r.today().After(j.Until.Time) {
			return fault.New(fault.Conflict, "今天不是这个零工的干活日期（%s 至 %s）", j.From, j.Until)
		}
		own, err := r.mustTake(ctx, tx, who.PersonID, id)
		if err != nil {
			return err
		}
		list := []Take{own}
		if team {
			if list, err = r.teamAt(ctx, tx, who, &own); err != nil {
				return err
			}
		}
		if slices.ContainsFunc(list, func(t Take) bool { return t.State != Taken }) {
			return fault.New(fault.Conflict, "您没有这个零工的名额，不能登记到岗")
		}
		err = r.shifts(ctx, tx, &j, list, db.On(r.today()), func(t *Take, s *Shift) error {
			switch {
			case team && (!out && s.WorkerIn >= 0 || out && (s.WorkerIn < 0 || s.WorkerOut >= 0)): // said it alone, or has not come
			case !out && s.WorkerIn >= 0:
				return fault.New(fault.Conflict, "今天已经登记过到岗：%s", clockText(s.WorkerIn))
			case !out:
				s.WorkerIn = minute
			case s.WorkerIn < 0:
				return fault.New(fault.Conflict, "请先登记到岗")
			default:
				s.WorkerOut = minute
			}
			return nil
		})
		if err != nil {
			return err
		}
		return r.note(ctx, tx, who, "clock", "gigjob", id, j.Area, map[bool]string{true: "登记离岗：", false: "登记到岗："}[out]+j.Title)
	})
}

// teamAt are the team's places at a job, for its leader.
func (r *Room) teamAt(ctx context.Context, tx *db.Tx, who web.User, own *Take) ([]Take, error) {
	t, found, err := teamWhere(ctx, tx, "team_id", own.TeamID)
	if err != nil {
		return nil, err
	}
	if !found || t.LeaderID != who.PersonID {
		return nil, fault.New(fault.Denied, "由班组长替班组登记，您可以登记自己的")
	}
	all, err := r.takesAt(ctx, tx, own.JobID)
	return slices.DeleteFunc(all, func(x Take) bool { return x.TeamID != t.ID || x.State != Taken }), err
}

// shifts changes a day of people's places and counts again what is owed, for all of them at once.
func (r *Room) shifts(ctx context.Context, tx *db.Tx, j *Job, list []Take, day db.Date, change func(t *Take, s *Shift) error) error {
	known, err := shiftsAt(ctx, tx, j.ID)
	if err != nil {
		return err
	}
	changed := make([]Shift, len(list))
	for i := range list {
		t := &list[i]
		days := known[t.PersonID]
		at := slices.IndexFunc(days, func(s Shift) bool { return s.Day.Equal(day.Time) })
		if at < 0 {
			days, at = append(days, newShift(t, day)), len(days)
		}
		if err := change(t, &days[at]); err != nil {
			return err
		}
		days[at].count(j)
		changed[i] = days[at]
		t.owe(due(j, days))
		t.Version++
	}
	if err := putShifts(ctx, tx, changed); err != nil {
		return err
	}
	return r.putTakes(ctx, tx, list)
}

// Seen is what the hirer saw of somebody on a day: minutes of the day, −1 where not said, and pieces.
type Seen struct{ PersonID, In, Out, Pieces int64 }

// Attend writes what the hirer saw on a day, for all whom it speaks of. Faults: NotFound, Denied, Invalid, Conflict, Repeat.
func (r *Room) Attend(ctx context.Context, who web.User, id int64, day db.Date, list []Seen, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		j, err := lockedJob(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := maySpeak(who, &j); err != nil {
			return err
		}
		if day.Before(j.From.Time) || day.After(j.Until.Time) || day.After(r.today()) {
			return fault.New(fault.Invalid, "日期应在 %s 至 %s 之间，而且不晚于今天", j.From, j.Until)
		}
		all, err := r.takesAt(ctx, tx, id)
		if err != nil {
			return err
		}
		seen := map[int64]Seen{}
		for _, x := range list {
			switch {
			case x.Pieces < 0:
				return fault.New(fault.Invalid, "件数不能小于 0")
			case x.In >= 0 && x.Out >= 0 && x.Out <= x.In:
				return fault.New(fault.Invalid, "离岗时间应晚于到岗时间：%s 到 %s", clockText(x.In), clockText(x.Out))
			}
			seen[x.PersonID] = x
		}
		all = slices.DeleteFunc(all, func(t Take) bool { _, said := seen[t.PersonID]; return !said || t.State != Taken })
		if len(all) < len(seen) {
			return fault.New(fault.Conflict, "只能登记已录用的劳动者")
		}
		if slices.ContainsFunc(all, func(t Take) bool { return !t.open(day.Time) }) {
			return fault.New(fault.Conflict, "报酬已经登记付款，出勤不能再改。有出入请由经办调处")
		}
		if err := r.shifts(ctx, tx, &j, all, day, func(t *Take, s *Shift) error {
			x := seen[t.PersonID]
			s.HirerIn, s.HirerOut, s.Pieces = x.In, x.Out, x.Pieces
			return nil
		}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "attend", "gigjob", id, j.Area, fmt.Sprintf("登记出勤 %d 人：%s", len(list), j.Title))
	})
}

// Settle decides what somebody's day was, where the two sides differ. An officer's, with the reason. Faults: Denied, Invalid, NotFound, Repeat.
func (r *Room) Settle(ctx context.Context, who web.User, id, personID int64, day db.Date, in, out int64, why, once string) error {
	why = identity.Veil(why)
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		j, err := lockedJob(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MayKeep(who, j.Area); err != nil {
			return err
		}
		if why == "" || in < 0 || out <= in || day.Before(j.From.Time) || day.After(j.Until.Time) {
			return fault.New(fault.Invalid, "请填写日期（%s 至 %s）、到岗和离岗时间以及理由，离岗应晚于到岗", j.From, j.Until)
		}
		t, err := r.mustTake(ctx, tx, personID, id)
		if err != nil {
			return err
		}
		if t.State == Absent { // was there after all
			t.State = Taken
		}
		if t.State != Taken {
			return fault.New(fault.Conflict, "这位劳动者没有这个零工的名额")
		}
		list := []Take{t}
		if err := r.shifts(ctx, tx, &j, list, day, func(_ *Take, s *Shift) error {
			s.SettledIn, s.SettledOut, s.Why, s.By = in, out, why, account.Signature(who)
			return nil
		}); err != nil {
			return err
		}
		letters := []message.Message{told(kindPlace, message.To{PersonID: personID}, jobAt(id), "settle "+number(id)+" "+number(list[0].Version), "考勤已调处："+j.Title, day.String()+" 按 "+clockText(in)+"～"+clockText(out)+" 计算。理由："+why, "Attendance settled: "+j.Title, why)}
		if j.EmployerID != 0 {
			letters = append(letters, told(kindHirer, message.To{EmployerID: j.EmployerID}, manageAt(id), "settle "+number(id)+" "+number(list[0].Version), "考勤已调处："+j.Title, day.String()+" 按 "+clockText(in)+"～"+clockText(out)+" 计算。理由："+why, "Attendance settled: "+j.Title, why))
		}
		if err := r.tell(ctx, tx, letters...); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "settle", "gigjob", id, j.Area, "调处考勤："+j.Title+"；"+why)
	})
}

// Paid is what the hirer says that somebody was paid.
type Paid struct{ PersonID, Fen int64 }

// Pay writes what the hirer says it has paid. The workers are asked to confirm. Faults: NotFound, Denied, Invalid, Conflict, Repeat.
func (r *Room) Pay(ctx context.Context, who web.User, id int64, list []Paid, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		j, err := lockedJob(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := maySpeak(who, &j); err != nil {
			return err
		}
		all, err := r.takesAt(ctx, tx, id)
		if err != nil {
			return err
		}
		var letters []message.Message
		var paid []Take
		for _, p := range list {
			at := slices.IndexFunc(all, func(t Take) bool { return t.PersonID == p.PersonID })
			switch {
			case at < 0 || all[at].Pay != Owed && all[at].Pay != Disputed:
				return fault.New(fault.Conflict, "只能登记有出勤、还没有付清的报酬")
			case p.Fen <= 0:
				return fault.New(fault.Invalid, "付款金额应大于 0")
			}
			t := all[at]
			t.Pay, t.Paid, t.PaidOn, t.Version = Said, p.Fen, db.On(r.today()), t.Version+1
			paid = append(paid, t)
			letters = append(letters, told(kindPlace, message.To{PersonID: p.PersonID}, jobAt(id), "paid "+number(id)+" "+number(t.Version), "请确认收到零工报酬 "+lang.Fen(p.Fen)+" 元", j.Hirer+" 登记已付“"+j.Title+"”报酬 "+lang.Fen(p.Fen)+" 元。收到了请确认，没有收到或者不对请提出。",
				"Have you been paid "+lang.Fen(p.Fen)+" yuan?", j.Title))
		}
		if err := r.putTakes(ctx, tx, paid); err != nil {
			return err
		}
		if err := r.tell(ctx, tx, letters...); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "pay", "gigjob", id, j.Area, fmt.Sprintf("登记付款 %d 人：%s", len(list), j.Title))
	})
}

// Received is the worker's answer to a payment, or objection where none has been told, or where the hirer has not even said that the
// worker was there. Faults: NotFound, Invalid, Conflict, Repeat.
func (r *Room) Received(ctx context.Context, who web.User, id int64, yes bool, objection, once string) error {
	return r.own(ctx, who, id, once, map[bool]string{true: "确认收到零工报酬", false: "对零工报酬提出异议"}[yes], func(tx *db.Tx, j *Job, t *Take) error {
		switch {
		case yes && t.Pay != Said:
			return fault.New(fault.Conflict, "用工方还没有登记付款，收到后再确认")
		case !yes && t.Pay != Said && t.Pay != Owed && !(t.State == Taken && t.Pay == Unpaid && !r.Clock.Now().Before(j.Begins())):
			return fault.New(fault.Conflict, "现在没有可以提出异议的付款")
		case !yes && objection == "":
			return fault.New(fault.Invalid, "请写明哪里不对，例如少付多少")
		case yes:
			t.Pay, t.Objection = Confirmed, ""
			return nil
		}
		t.Pay, t.Objection = Disputed, objection
		if j.EmployerID == 0 {
			return nil
		}
		return r.tell(ctx, tx, told(kindHirer, message.To{EmployerID: j.EmployerID}, manageAt(id), "dispute "+number(id)+" "+number(t.Version), "劳动者对报酬有异议："+j.Title, "请核对出勤和金额，与劳动者说清或者补足后再登记付款。", "A worker disagrees with the pay: "+j.Title, "Please check it."))
	})
}

// Close settles what is paid to somebody, by an officer, with the reason. Faults: Denied, Invalid, Conflict, Repeat.
func (r *Room) Close(ctx context.Context, who web.User, id, personID, fen int64, why, once string) error {
	why = identity.Veil(why)
	return r.place(ctx, who, id, personID, once, "调处零工报酬", func(tx *db.Tx, j *Job, t *Take) error {
		if err := MayKeep(who, j.Area); err != nil {
			return err
		}
		switch {
		case why == "" || fen < 0:
			return fault.New(fault.Invalid, "请填写实际支付金额和调处理由")
		case t.Pay != Owed && t.Pay != Disputed && t.Pay != Said:
			return fault.New(fault.Conflict, "这笔报酬已经确认，不用调处")
		}
		t.Pay, t.Paid, t.PaidOn, t.Settlement = Settled, fen, db.On(r.today()), why+"（"+account.Signature(who)+"）"
		return r.tell(ctx, tx, told(kindPlace, message.To{PersonID: personID}, jobAt(id), "close "+number(id)+" "+number(t.Version), "零工报酬已调处："+j.Title, "实际支付 "+lang.Fen(fen)+" 元。理由："+why, "Pay settled: "+j.Title, why))
	})
}

// Press tells hirers and the banner's officers of pay that is overdue, once for each job. It returns for how many jobs.
func (r *Room) Press(ctx context.Context) (int64, error) {
	today := db.On(r.today())
	done := map[int64]bool{}
	after := Take{DueOn: db.On(clock.Date(2000, time.January, 1))}
	for {
		list, err := r.lateUnder(ctx, r.DB, region, today, after.DueOn, after.PersonID, after.JobID, 500)
		if err != nil || len(list) == 0 {
			return int64(len(done)), err
		}
		after = list[len(list)-1]
		var fresh []int64
		for _, t := range list {
			if !done[t.JobID] && t.Due > 0 {
				done[t.JobID] = true
				fresh = append(fresh, t.JobID)
			}
		}
		jobs, err := jobsIn(ctx, r.DB, fresh)
		if err != nil {
			return 0, err
		}
		var letters []message.Message
		for _, id := range fresh {
			j := jobs[id]
			letters = append(letters, told(kindArrears, message.To{Officers: bannerOf(j.Area)}, manageAt(id), "late "+number(id), "零工报酬逾期："+j.Title, j.Hirer+" 的“"+j.Title+"”应于 "+j.DueOn().String()+" 付清，请催办。", "Pay overdue: "+j.Title, j.Hirer))
			if j.EmployerID != 0 {
				letters = append(letters, told(kindArrears, message.To{EmployerID: j.EmployerID}, manageAt(id), "late "+number(id), "请付清零工报酬："+j.Title, "应于 "+j.DueOn().String()+" 付清。有两个零工逾期未付的，付清以前不能再发布零工。", "Please pay: "+j.Title, "Due on "+j.DueOn().String()))
			}
		}
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return r.tell(ctx, tx, letters...) }); err != nil {
			return 0, err
		}
	}
}
