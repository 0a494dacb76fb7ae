package gig

import (
	"context"
	"slices"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/message"
)

// Take gives somebody a place at a job, or asks for one where the hirer picks. With team the leader takes places for all members.
// There are never more takers than places, and nobody has two places at one time. It returns for how many people. Faults: NotFound,
// Conflict, Denied (too young), Late, Repeat.
func (r *Room) Take(ctx context.Context, who web.User, id int64, team bool, once string) (taken int, err error) {
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		j, err := lockedJob(ctx, tx, id)
		if err != nil {
			return err
		}
		if !j.Takes(r.Clock.Now()) {
			return fault.New(fault.Conflict, "这个零工已经招满或者不再招人，没有录上。请看看别的零工")
		}
		people, teamID, err := r.takers(ctx, tx, who, &j, team)
		if err != nil {
			return err
		}
		list, err := r.admit(ctx, tx, who, &j, people, teamID)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.New(fault.NotFound, "实名库里没有您的档案，请先到就近的服务站建档")
		}
		if taken = len(list); !j.Pick {
			if err := reserve(ctx, tx, id, int64(taken)); err != nil {
				return err
			}
		}
		if err := r.putTakes(ctx, tx, list); err != nil {
			return err
		}
		if err := r.tellTaken(ctx, tx, who, &j, list); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "take", "gigjob", id, j.Area, "报名零工："+j.Title)
	})
	return taken, err
}

// takers are the people whom somebody takes places for.
func (r *Room) takers(ctx context.Context, tx *db.Tx, who web.User, j *Job, team bool) ([]int64, int64, error) {
	if !team {
		return []int64{who.PersonID}, 0, nil
	}
	t, err := teamOf(ctx, tx, who.PersonID)
	if err != nil {
		return nil, 0, err
	}
	switch {
	case !j.Teams:
		return nil, 0, fault.New(fault.Conflict, "这个零工不招班组，请各自报名")
	case t.ID == 0 || t.LeaderID != who.PersonID:
		return nil, 0, fault.New(fault.Denied, "由班组长替班组报名，您现在不是班组长")
	}
	people, err := members(ctx, tx, t.ID)
	return people, t.ID, err
}

// admit looks whether people may have a place at a job at all, one by one in the order of their ids, and makes it. Of a team those
// who are busy elsewhere or have the place already are left out.
func (r *Room) admit(ctx context.Context, tx *db.Tx, who web.User, j *Job, people []int64, teamID int64) (list []Take, err error) {
	known, err := r.People.ListIn(ctx, tx, people)
	if err != nil {
		return nil, err
	}
	for _, p := range known { // in the order of ids, so that two teams do not wait for each other
		if err := lock(ctx, tx, p.ID, p.Area); err != nil {
			return nil, err
		}
	}
	elsewhere, err := busy(ctx, tx, j, people)
	if err != nil {
		return nil, err
	}
	here, err := r.takesAt(ctx, tx, j.ID)
	if err != nil {
		return nil, err
	}
	if asked := countAsked(here); j.Pick && asked >= mostAsked(j) {
		return nil, fault.New(fault.Conflict, "已有 %d 人报名，等用工方挑选后再看，或者看看别的零工", asked)
	}
	for i := range known {
		p := &known[i]
		var t Take
		at := slices.IndexFunc(here, func(x Take) bool { return x.PersonID == p.ID })
		found := at >= 0
		if found {
			t = here[at]
		}
		var no error
		switch {
		case p.Age(j.From.Time) < youngest || p.Dead(r.today()):
			no = fault.New(fault.Denied, "未满 %d 周岁不能从事零工（《禁止使用童工规定》第二条）", youngest)
		case found && (t.State == Asked || t.State == Taken):
			no = fault.New(fault.Conflict, "您已经报名这个零工")
		case found && t.State != Left:
			no = fault.New(fault.Conflict, "用工方没有录用或者登记了未到岗，不能再报这个零工")
		case elsewhere[p.ID]:
			no = fault.New(fault.Conflict, "您在这段时间已经有别的零工，同一时间只能干一个")
		}
		if no != nil && (teamID == 0 || p.ID == who.PersonID) {
			return nil, no
		}
		if no == nil {
			list = append(list, Take{PersonID: p.ID, JobID: j.ID, HirerID: j.HirerID, Area: j.Area, TeamID: teamID, From: j.From, Until: j.Until, Start: j.Start, End: j.End,
				State: map[bool]string{true: Asked, false: Taken}[j.Pick], At: r.now(), DueOn: j.DueOn(), Version: t.Version + 1})
		}
	}
	return list, nil
}

// mostAsked is how many people may wait for the hirer to pick among them.
func mostAsked(j *Job) int { return int(10*j.Places) + 20 }

func countAsked(list []Take) (n int) {
	for _, t := range list {
		if t.State == Asked {
			n++
		}
	}
	return n
}

func (r *Room) tellTaken(ctx context.Context, tx *db.Tx, who web.User, j *Job, list []Take) error {
	var letters []message.Message
	if j.EmployerID != 0 {
		letters = append(letters, told(kindHirer, message.To{EmployerID: j.EmployerID}, manageAt(j.ID), "take "+number(j.ID)+" "+number(r.now()), "零工有人报名："+j.Title, "“"+j.Title+"”新增报名 "+number(int64(len(list)))+" 人。",
			"Day work taken: "+j.Title, number(int64(len(list)))+" more people"))
	}
	for _, t := range list {
		if t.PersonID != who.PersonID {
			letters = append(letters, told(kindPlace, message.To{PersonID: t.PersonID}, jobAt(j.ID), "team "+number(j.ID), "班组长给您报了零工："+j.Title, j.From.String()+" "+j.Hours()+"，"+j.Address+"。不想去可以自己取消。",
				"Your team leader has taken a place for you: "+j.Title, "You can step back yourself."))
		}
	}
	return r.tell(ctx, tx, letters...)
}

// Leave steps back from a place, until the job's hours of notice before it begins. For whom a team's leader has taken it, nobody asked
// before: they may until it begins. Faults: NotFound, Late, Conflict, Repeat.
func (r *Room) Leave(ctx context.Context, who web.User, id int64, once string) error {
	return r.own(ctx, who, id, once, "取消零工报名", func(tx *db.Tx, j *Job, t *Take) error {
		notice := time.Duration(j.Notice) * time.Hour
		team, _, err := teamWhere(ctx, tx, "team_id", t.TeamID)
		if err != nil {
			return err
		}
		if t.TeamID != 0 && team.LeaderID != who.PersonID {
			notice = 0
		}
		switch {
		case t.State != Asked && t.State != Taken:
			return fault.New(fault.Conflict, "您没有报名这个零工，不用取消")
		case t.State == Taken && notice == 0 && !r.Clock.Now().Before(j.Begins()):
			return fault.New(fault.Late, "已经开工，不能取消。确实去不了请告诉用工方")
		case t.State == Taken && r.Clock.Now().Add(notice).After(j.Begins()):
			return fault.New(fault.Late, "离开工不到 %d 小时，不能自己取消。确实去不了请尽早告诉用工方", j.Notice)
		}
		if t.State == Taken {
			if err := giveBack(ctx, tx, id); err != nil {
				return err
			}
		}
		t.State = Left
		if j.EmployerID == 0 {
			return nil
		}
		return r.tell(ctx, tx, told(kindHirer, message.To{EmployerID: j.EmployerID}, manageAt(id), "leave "+number(id)+" "+number(r.now()), "零工有人取消："+j.Title, "“"+j.Title+"”有 1 人取消，名额已经重新开放。", "Day work: somebody stepped back", j.Title))
	})
}

// own does something about a worker's own place, or a member's of the worker's team.
func (r *Room) own(ctx context.Context, who web.User, id int64, once, what string, do func(tx *db.Tx, j *Job, t *Take) error) error {
	return r.place(ctx, who, id, who.PersonID, once, what, do)
}

// place does something about a person's place within a transaction, and writes it.
func (r *Room) place(ctx context.Context, who web.User, id, personID int64, once, what string, do func(tx *db.Tx, j *Job, t *Take) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		j, err := lockedJob(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := lock(ctx, tx, personID, j.Area); err != nil {
			return err
		}
		t, err := r.mustTake(ctx, tx, personID, id)
		if err != nil {
			return err
		}
		if err := do(tx, &j, &t); err != nil {
			return err
		}
		t.Version++
		if err := r.putTakes(ctx, tx, []Take{t}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "place", "gigjob", id, j.Area, what+"："+j.Title)
	})
}

// run is place for whoever runs the job.
func (r *Room) run(ctx context.Context, who web.User, id, personID int64, once, what string, do func(tx *db.Tx, j *Job, t *Take) error) error {
	return r.place(ctx, who, id, personID, once, what, func(tx *db.Tx, j *Job, t *Take) error {
		if err := MayRun(who, j); err != nil {
			return err
		}
		return do(tx, j, t)
	})
}

// Choose lets the hirer take one of those who asked, or pass somebody over. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Choose(ctx context.Context, who web.User, id, personID int64, yes bool, once string) error {
	return r.run(ctx, who, id, personID, once, map[bool]string{true: "录用零工", false: "不录用零工"}[yes], func(tx *db.Tx, j *Job, t *Take) error {
		if t.State != Asked {
			return fault.New(fault.Conflict, "这位劳动者已经不在等候录用")
		}
		letter := told(kindPlace, message.To{PersonID: personID}, jobAt(id), "pick "+number(id)+" "+number(t.Version), "零工没有录用："+j.Title, j.Hirer+" 这次没有录用您，可以看看别的零工。", "Not taken: "+j.Title, "Have a look at other work.")
		t.State = Passed
		if yes {
			elsewhere, err := busy(ctx, tx, j, []int64{personID})
			if err != nil {
				return err
			}
			if elsewhere[personID] {
				return fault.New(fault.Conflict, "这位劳动者在这段时间已经有别的零工，请选其他人")
			}
			if err := reserve(ctx, tx, id, 1); err != nil {
				return err
			}
			t.State = Taken
			letter = told(kindPlace, message.To{PersonID: personID}, jobAt(id), "pick "+number(id)+" "+number(t.Version), "零工已录用："+j.Title, j.From.String()+" "+j.Hours()+"，"+j.Address+"。", "You have the place: "+j.Title, j.From.String()+" "+j.Hours()+", "+j.Address)
		}
		return r.tell(ctx, tx, letter)
	})
}

// Missed notes that somebody did not come. The worker may object to the officer. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Missed(ctx context.Context, who web.User, id, personID int64, once string) error {
	return r.run(ctx, who, id, personID, once, "登记未到岗", func(tx *db.Tx, j *Job, t *Take) error {
		days, err := shiftsOf(ctx, tx, personID, id)
		if err != nil {
			return err
		}
		switch {
		case t.State != Taken:
			return fault.New(fault.Conflict, "这位劳动者没有被录用，不用登记")
		case r.Clock.Now().Before(j.Begins()):
			return fault.New(fault.Conflict, "还没有到开工时间")
		case slices.ContainsFunc(days, func(s Shift) bool { return s.WorkerIn >= 0 || s.Worked > 0 }):
			return fault.New(fault.Conflict, "这位劳动者登记过到岗。有出入请填写您看到的时间，由经办调处")
		}
		t.State = Absent
		return r.tell(ctx, tx, told(kindPlace, message.To{PersonID: personID}, jobAt(id), "absent "+number(id), "用工方登记您没有到岗："+j.Title, "如果您到过岗，请联系旗县（市、区）就业服务中心调处。", "You are noted as absent: "+j.Title, "If you were there, tell the employment service."))
	})
}

// Invite tells somebody who offers day work about a job, once. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Invite(ctx context.Context, who web.User, id, personID int64, once string) error {
	j, err := jobByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayRun(who, &j); err != nil {
		return err
	}
	w, found, err := workerOf(ctx, r.DB, personID)
	if err != nil {
		return err
	}
	if !found || !w.On || !j.Takes(r.Clock.Now()) {
		return fault.New(fault.Conflict, "这位劳动者已经不接活，或者这个零工不再招人")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.tell(ctx, tx, told(kindPlace, message.To{PersonID: personID}, jobAt(id), "invite "+number(id), "有零工请您去干："+j.Title, j.Hirer+"，"+j.From.String()+" "+j.Hours()+"，"+j.Address+"。愿意去就点进来报名。", "Work for you: "+j.Title,
			j.From.String()+" "+j.Hours()+", "+j.Address)); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "invite", "gigjob", id, j.Area, "邀请劳动者："+j.Title)
	})
}
