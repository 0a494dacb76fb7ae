package fair

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
)

func aboutOf(id int64) string { return strconv.FormatInt(id, 10) }

// openOf are the vacancies of an employer that may be brought to a fair: open, and shown until its day at least.
func (r *Room) openOf(ctx context.Context, employerID int64, f *Fair) ([]employer.Vacancy, error) {
	list, err := r.Employers.VacanciesOf(ctx, employerID)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(v employer.Vacancy) bool {
		return v.State != employer.Open || v.Openings <= 0 || !v.Closes.IsZero() && v.Closes.Before(r.today())
	}), nil
}

// AskBooth registers an employer for a fair with some of its open vacancies, or changes what it brings. A change of a booth that
// was refused asks again. Faults: NotFound, Denied, Invalid, Late, Repeat.
func (r *Room) AskBooth(ctx context.Context, who web.User, in Booth, once string) error {
	f, err := fairByID(ctx, r.DB, in.FairID)
	if err != nil {
		return err
	}
	if err := MayRunBooth(who, &f, in.EmployerID); err != nil {
		return err
	}
	if !f.Takes(r.today()) {
		return fault.New(fault.Late, "“%s”不在报名期内，不能报名或修改", f.Title)
	}
	if len(in.Vacancies) == 0 {
		return fault.New(fault.Invalid, "请至少选择一个在招岗位；没有在招岗位的，请先发布岗位")
	}
	open, err := r.openOf(ctx, in.EmployerID, &f)
	if err != nil {
		return err
	}
	openings := map[int64]int{}
	for _, v := range open {
		openings[v.ID] = v.Openings
	}
	for _, id := range in.Vacancies {
		if openings[id] == 0 {
			return fault.New(fault.Invalid, "所选岗位中有的已经停止招聘，请刷新后重新选择")
		}
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		old, found, err := boothOf(ctx, tx, in.EmployerID, in.FairID)
		if err != nil {
			return err
		}
		in.Number, in.State, in.Reason, in.At, in.Version = 0, Asked, "", r.now(), old.Version+1
		if found && old.State == Confirmed {
			in.Number, in.State = old.Number, Confirmed
		}
		in.Intro = identity.Veil(in.Intro)
		slices.Sort(in.Vacancies)
		if err := saveBooths(ctx, tx, []Booth{in}, openings); err != nil {
			return err
		}
		e := entryOf(who, "booth", &f, fmt.Sprintf("报名参加招聘会，岗位 %d 个：%s", len(in.Vacancies), f.Title))
		e.Object, e.ObjectID = "employer", in.EmployerID
		return r.Audit.Write(ctx, tx, e)
	})
}

// Answer confirms a booth under a number, or refuses it with a reason (number 0), and tells the employer. Faults: NotFound, Denied,
// Invalid, Conflict, Repeat.
func (r *Room) Answer(ctx context.Context, who web.User, fairID, employerID int64, number int, reason string, version int64, once string) error {
	f, err := fairByID(ctx, r.DB, fairID)
	if err != nil {
		return err
	}
	if err := MayManage(who, &f); err != nil {
		return err
	}
	switch {
	case f.State != Open:
		return fault.New(fault.Conflict, "只有已发布、未总结的招聘会才能安排展位")
	case number == 0 && reason == "":
		return fault.New(fault.Invalid, "请填写展位号；不安排的，请填写原因")
	case number < 0 || number > f.Booths:
		return fault.New(fault.Invalid, "展位号应在 1 到 %d 之间，您填了 %d", f.Booths, number)
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		b, found, err := boothOf(ctx, tx, employerID, fairID)
		if err != nil {
			return err
		}
		if !found {
			return fault.New(fault.NotFound, "这个单位没有报名参加这场招聘会")
		}
		b.Version, b.Number, b.State, b.Reason = version, number, Confirmed, ""
		m := message.Message{Kind: kindBooth, To: message.To{EmployerID: employerID}, About: aboutOf(fairID), Href: unitAt(fairID, employerID), Once: fmt.Sprintf("booth %d %d", fairID, version),
			Title: message.Text{Zh: fmt.Sprintf("“%s”已确认，您的展位是 %d 号", f.Title, number), En: fmt.Sprintf("%s: your booth is number %d", f.Title, number)},
			Body:  message.Text{Zh: fmt.Sprintf("%s %s，%s。", f.Day, f.Hours(), f.Place), En: fmt.Sprintf("%s %s, %s.", f.Day, f.Hours(), f.Place)}}
		if number == 0 {
			b.State, b.Reason = Refused, reason
			m.Title, m.Body = message.Text{Zh: "“" + f.Title + "”没有安排展位", En: f.Title + ": no booth"}, message.Text{Zh: "原因：" + reason, En: "Reason: " + reason}
		}
		if err := setBooth(ctx, tx, &b); err != nil {
			return err
		}
		if err := takeNumber(ctx, tx, fairID, employerID, number); err != nil {
			return err
		}
		if r.Messages != nil {
			if _, err := r.Messages.Send(ctx, tx, m); err != nil {
				return err
			}
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: entryOf(who, "", &f, "").Actor, Act: "fair.booth", Object: "employer", ObjectID: employerID, Area: f.Area, What: "安排招聘会展位：" + f.Title})
	})
}
