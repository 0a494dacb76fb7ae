package jobs

import (
	"context"
	"fmt"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Apply is a person's application for a vacancy, or the yes to an officer's referral.
func (r *Room) Apply(ctx context.Context, who web.User, vacancyID int64, note, key string) error {
	personID, err := asPerson(who)
	if err != nil {
		return err
	}
	v, err := r.openVacancy(ctx, vacancyID)
	if err != nil {
		return err
	}
	return r.act(ctx, who, act{side: Person, personID: personID, vacancy: v, to: Sent, note: note, key: key, did: "应聘岗位“%s”"})
}

// Accept is a person's yes to an employer's offer: they are hired, and their other applications are closed.
func (r *Room) Accept(ctx context.Context, who web.User, vacancyID int64, key string) error {
	personID, err := asPerson(who)
	if err != nil {
		return err
	}
	v, err := r.Employers.Vacancy(ctx, vacancyID)
	if err != nil {
		return err
	}
	return r.act(ctx, who, act{side: Person, personID: personID, vacancy: v, to: Hired, key: key, did: "接受岗位“%s”的录用"})
}

// Withdraw takes an application back, or says no to a referral or an offer. reason is a code of Reasons, or "".
func (r *Room) Withdraw(ctx context.Context, who web.User, vacancyID int64, key string) error {
	return r.withdraw(ctx, who, vacancyID, "", key)
}

func (r *Room) withdraw(ctx context.Context, who web.User, vacancyID int64, reason, key string) error {
	personID, err := asPerson(who)
	if err != nil {
		return err
	}
	v, err := r.Employers.Vacancy(ctx, vacancyID)
	if err != nil {
		return err
	}
	return r.act(ctx, who, act{side: Person, personID: personID, vacancy: v, to: Withdrawn, reason: reason, key: key, did: "撤回对岗位“%s”的应聘"})
}

// Refer is an officer's recommendation of a vacancy to a person. The employer hears of it when the person says yes.
func (r *Room) Refer(ctx context.Context, who web.User, personID, vacancyID int64, note, key string) error {
	p, err := r.People.Get(ctx, personID)
	if err != nil {
		return err
	}
	if err := reaches(who, p.Area); err != nil {
		return err
	}
	v, err := r.openVacancy(ctx, vacancyID)
	if err != nil {
		return err
	}
	return r.act(ctx, who, act{side: Officer, personID: personID, vacancy: v, to: Referred, note: note, key: key, did: "推荐岗位“%s”"})
}

// Answer is the employer's next step for an applicant. version is the one that the page showed.
func (r *Room) Answer(ctx context.Context, who web.User, personID, vacancyID int64, to State, note string, version int64, key string) error {
	return r.answer(ctx, who, act{personID: personID, to: to, note: note, version: version, key: key}, vacancyID)
}

// Decline is the employer's no, with its reason.
func (r *Room) Decline(ctx context.Context, who web.User, personID, vacancyID int64, reason, note string, version int64, key string) error {
	return r.answer(ctx, who, act{personID: personID, to: Declined, reason: reason, note: note, version: version, key: key}, vacancyID)
}

func (r *Room) answer(ctx context.Context, who web.User, x act, vacancyID int64) error {
	v, err := r.Employers.Vacancy(ctx, vacancyID)
	if err != nil {
		return err
	}
	if err := ownsVacancy(who, v); err != nil {
		return err
	}
	x.side, x.vacancy, x.did = Employer, v, "把对岗位“%s”的应聘改为“"+x.to.Zh()+"”"
	return r.act(ctx, who, x)
}

// act is one step of an application.
type act struct {
	side     Side
	personID int64
	vacancy  employer.Vacancy
	to       State
	note     string
	reason   string // code of Reasons
	version  int64  // that was shown; 0: whatever it is
	key      string
	did      string // for the log, with a place for the vacancy's title
}

func (r *Room) act(ctx context.Context, who web.User, x act) error {
	p, err := r.People.Get(ctx, x.personID)
	if err != nil {
		return err
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		now := r.Clock.Now()
		if err := tx.Once(ctx, x.key, now); err != nil {
			return err
		}
		a, err := r.store.application(ctx, tx, x.personID, x.vacancy.ID)
		if err != nil {
			return err
		}
		if x.side == Employer && !a.State.Applied() {
			return fault.New(fault.NotFound, "这个岗位没有这个人的应聘，可能已经撤回")
		}
		if x.version != 0 && x.version != a.Version {
			return fault.New(fault.Conflict, "这份应聘刚才有了变化，现在是“%s”，您的选择没有保存。请核对后再办", a.State.Zh())
		}
		if !May(x.side, a.State, x.to) {
			return refusal(x.side, a.State, x.to)
		}
		if err := checkReason(x.side, x.to, x.reason, x.note); err != nil {
			return err
		}
		from := a.State
		a.Reason = x.reason
		a.PersonID, a.VacancyID, a.EmployerID, a.State, a.Note = x.personID, x.vacancy.ID, x.vacancy.EmployerID, x.to, x.note
		if x.to == Referred {
			a.ReferredBy = who.ID
		}
		ok, err := r.store.put(ctx, tx, a, who, now)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "这份应聘刚才有了变化，您的选择没有保存。请核对后再办")
		}
		if err := r.follows(ctx, tx, x, a, from, now); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "jobs." + string(x.to), Object: "person",
			ObjectID: x.personID, Area: p.Area, What: fmt.Sprintf(x.did, x.vacancy.Title)})
	})
	r.boards.forget()
	return err
}

// refusal says why an application cannot take a step.
func refusal(by Side, from, to State) error {
	if by == Person && to == Sent && from.Applied() {
		return fault.New(fault.Repeat, "您已应聘过这个岗位，现在是“%s”，不用再应聘", from.Zh())
	}
	if from == "" {
		return fault.New(fault.NotFound, "没有这份应聘，可能已经撤回")
	}
	return fault.New(fault.Conflict, "这份应聘现在是“%s”，不能改为“%s”", from.Zh(), to.Zh())
}

// openVacancy is a vacancy that can be applied for today.
func (r *Room) openVacancy(ctx context.Context, vacancyID int64) (employer.Vacancy, error) {
	v, err := r.Employers.Vacancy(ctx, vacancyID)
	if err != nil {
		return v, err
	}
	if !isOpen(v, r.today()) {
		return v, fault.New(fault.Late, "岗位“%s”已停止招聘，不能再应聘。请看看同类的其他岗位", v.Title)
	}
	return v, nil
}

func isOpen(v employer.Vacancy, today db.Date) bool {
	return v.State == employer.Open && !v.Posted.After(today.Time) && !v.Closes.Before(today.Time)
}

// actor is a user as the log names them.
func actor(u web.User) string {
	if u.RoleName == "" {
		return u.Name
	}
	return u.Name + "（" + u.RoleName + "）"
}

// looked writes down that somebody's file was read; what is then shown must not be shown without it.
func (r *Room) looked(ctx context.Context, who web.User, people []person.Person, what string) error {
	entries := make([]audit.Entry, len(people))
	for i, p := range people {
		entries[i] = audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "jobs.read", Object: "person", ObjectID: p.ID, Area: p.Area, What: what}
	}
	if len(entries) == 0 {
		return nil
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.Audit.Write(ctx, tx, entries...) })
}

// Publish saves a vacancy of the employer that is signed in: a new one when its ID is 0, else a change of the version
// that the form showed. The vacancy's id is returned.
func (r *Room) Publish(ctx context.Context, who web.User, v employer.Vacancy, key string) (int64, error) {
	if who.Role != roleEmployer || who.EmployerID == 0 {
		return 0, fault.New(fault.Denied, "发布岗位要用用人单位账号")
	}
	today := r.today()
	if problems := r.checker().problems(ctx, v); len(problems) > 0 {
		return 0, fault.New(fault.Invalid, "%s", problems[0].Text)
	}
	v.EmployerID, v.State = who.EmployerID, employer.Open // saving a stopped one publishes it again
	known, err := r.store.askedOf(ctx, r.DB, v.ID)
	if err != nil {
		return 0, err
	}
	doubts, err := r.asked(ctx, v, known.Passed)
	if err != nil {
		return 0, err
	}
	fresh := v.ID == 0
	if fresh {
		v.ID, v.Posted, v.Version = r.IDs.Next(), today, 0
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.question(ctx, tx, &v, doubts); err != nil {
			return err
		}
		if !fresh {
			if err := r.Employers.HoldVacancy(ctx, tx, v.EmployerID, v.ID, v.Version); err != nil {
				return err
			}
		}
		if err := r.Employers.SaveVacancies(ctx, tx, []employer.Vacancy{v}); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, r.aboutVacancy(who, v, "jobs.publish", map[bool]string{true: "发布", false: "修改"}[fresh]))
	})
	r.boards.forget()
	return v.ID, err
}

// Close stops showing a vacancy, or shows it again.
func (r *Room) Close(ctx context.Context, who web.User, vacancyID int64, open bool, version int64, key string) error {
	v, err := r.Employers.Vacancy(ctx, vacancyID)
	if err != nil {
		return err
	}
	if err := ownsVacancy(who, v); err != nil {
		return err
	}
	did := "停止"
	v.State, v.Version = employer.Closed, version
	if open {
		did, v.State = "重新发布", employer.Open
		if v.Closes.Before(r.Clock.Today()) {
			return fault.New(fault.Late, "岗位“%s”的截止日期 %s 已过。请先修改截止日期，再重新发布", v.Title, v.Closes)
		}
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if open {
			if err := r.stillAsked(ctx, tx, v.ID); err != nil {
				return err
			}
		}
		if err := r.Employers.HoldVacancy(ctx, tx, v.EmployerID, v.ID, version); err != nil {
			return err
		}
		if err := r.Employers.SaveVacancies(ctx, tx, []employer.Vacancy{v}); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, r.aboutVacancy(who, v, "jobs.close", did))
	})
	r.boards.forget()
	return err
}

func (r *Room) aboutVacancy(who web.User, v employer.Vacancy, verb, did string) audit.Entry {
	return audit.Entry{ActorID: who.ID, Actor: actor(who), Act: verb, Object: "vacancy", ObjectID: v.ID,
		Area: area.At(v.Area, area.Banner), What: did + "岗位“" + v.Title + "”"}
}
