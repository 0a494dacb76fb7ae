package fair

import (
	"context"
	"slices"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// talkDays is how long after a fair its booths may still note what came of it.
const talkDays = 30

// Note keeps what a booth agreed with somebody about a vacancy: the person's code is shown at the booth, or they were invited there
// (PersonID). A second note about the same vacancy takes the place of the first. Faults: NotFound, Denied, Invalid, Late, Repeat.
func (r *Room) Note(ctx context.Context, who web.User, t Talk, code, once string) error {
	f, err := fairByID(ctx, r.DB, t.FairID)
	if err != nil {
		return err
	}
	if err := MayRunBooth(who, &f, t.EmployerID); err != nil {
		return err
	}
	if !f.Begun(r.today()) || f.Day.AddDate(0, 0, talkDays).Before(r.today()) {
		return fault.New(fault.Late, "洽谈结果在招聘会当天（%s）起 %d 天内填写", f.Day, talkDays)
	}
	if !slices.Contains(results, t.Result) {
		return fault.New(fault.Invalid, "请选择洽谈结果")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		b, found, err := boothOf(ctx, tx, t.EmployerID, t.FairID)
		if err != nil {
			return err
		}
		if !found || b.State != Confirmed {
			return fault.New(fault.Conflict, "展位还没有确认，不能填写洽谈结果")
		}
		if !slices.Contains(b.Vacancies, t.VacancyID) {
			return fault.New(fault.Invalid, "请选择本展位的岗位")
		}
		if err := r.whose(ctx, tx, &f, &t, code); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		t.At, t.ByName, t.Note, t.Month1, t.Month3 = r.now(), account.Signature(who), identity.Veil(t.Note), NotYet, NotYet
		if err := saveTalks(ctx, tx, []Talk{t}); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, personEntry(who, "talk", &f, t.PersonID, "填写招聘会洽谈结果："+f.Title))
	})
}

// whose finds the person of a talk, who must be at the fair.
func (r *Room) whose(ctx context.Context, tx *db.Tx, f *Fair, t *Talk, code string) error {
	if code != "" {
		read, ok := readCode(code)
		if !ok {
			return fault.New(fault.Invalid, "签到码应为 %d 位数字，请核对求职者手机上的签到码", codeLength)
		}
		var err error
		if t.PersonID, err = personOf(ctx, tx, f.ID, read); err != nil {
			return err
		}
	} else {
		invited, err := invitesOf(ctx, tx, f.ID, max(t.PersonID, 1))
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(invited, func(v Invite) bool { return v.EmployerID == t.EmployerID && v.SentAt != 0 }) {
			t.PersonID = 0
		}
	}
	v, found, err := visitOf(ctx, tx, t.PersonID, f.ID)
	switch {
	case err != nil:
		return err
	case !found:
		return fault.New(fault.NotFound, "没有这位求职者，请核对签到码")
	case v.CheckedAt == 0 && f.Kind != Online:
		return fault.New(fault.Conflict, "这位求职者还没有签到，请先在入口签到")
	}
	return nil
}
