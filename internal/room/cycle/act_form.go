package cycle

import (
	"context"
	"encoding/json"
	"fmt"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/message"
)

// Look is a form with its round; while it is its area's to change its lines are as the register knows them now.
func (r *Room) Look(ctx context.Context, who web.User, id int64, code string) (Round, Form, error) {
	round, err := roundByID(ctx, r.DB, id)
	if err != nil {
		return round, Form{}, err
	}
	if err := MaySee(who, code); err != nil {
		return round, Form{}, err
	}
	f, err := r.form(ctx, r.DB, id, code)
	if err != nil || !f.mine() {
		return round, f, err
	}
	return round, f, r.renewed(ctx, &round, &f)
}

func (r *Room) renewed(ctx context.Context, round *Round, f *Form) error {
	lines, err := r.entries(ctx, round, f.Area)
	if err == nil {
		f.Said.Entries = renew(f.Said.Entries, lines[f.Area])
	}
	return err
}

// Typed is what an area types into a form: figures of its own and notes by indicator, and the texts.
type Typed struct {
	Figures, Notes                         map[string]string
	Progress, Problems, Measures, Requests string
}

func (t *Typed) into(s *Said) {
	for i := range s.Entries {
		if e := &s.Entries[i]; e.May {
			e.Typed, e.Note = t.Figures[e.Indicator], t.Notes[e.Indicator]
		}
	}
	s.Progress, s.Problems, s.Measures, s.Requests = t.Progress, t.Problems, t.Measures, t.Requests
}

// Save keeps what was typed as a draft.
func (r *Room) Save(ctx context.Context, who web.User, id int64, code string, in Typed, version int64, key string) error {
	return r.change(ctx, who, id, code, version, key, "", func(_ *db.Tx, round *Round, f *Form) error {
		if !f.mine() {
			return fault.New(fault.Conflict, "这张表已经上报，不能再改。需要更正的，请上级退回")
		}
		in.into(&f.Said)
		if f.State == Waiting {
			f.State = Draft
		}
		return nil
	})
}

// HandIn checks a form and hands it in under the user's name. Figures of the area's own go to the register. Where the round asks for a
// second signature, it waits for that.
func (r *Room) HandIn(ctx context.Context, who web.User, id int64, code string, in Typed, version int64, key string) error {
	names, err := r.names(ctx)
	if err != nil {
		return err
	}
	return r.change(ctx, who, id, code, version, key, "上报", func(tx *db.Tx, round *Round, f *Form) error {
		if !f.mine() {
			return fault.New(fault.Conflict, "这张表已经上报")
		}
		in.into(&f.Said)
		list, err := f.Said.complete(names)
		if err != nil {
			return err
		}
		f.ByID, f.By, f.Second = who.ID, account.Signature(who), ""
		if round.Second {
			f.State = Signing
			return r.addStep(ctx, tx, f, Signing, "", f.By)
		}
		return r.handed(ctx, tx, who, round, f, list)
	})
}

// Sign is the second signature.
func (r *Room) Sign(ctx context.Context, who web.User, id int64, code string, version int64, key string) error {
	names, err := r.names(ctx)
	if err != nil {
		return err
	}
	return r.change(ctx, who, id, code, version, key, "会签", func(tx *db.Tx, round *Round, f *Form) error {
		if f.State != Signing {
			return fault.New(fault.Conflict, "这张表不在待会签状态")
		}
		if err := MaySign(who, f); err != nil {
			return err
		}
		list, err := f.Said.complete(names)
		if err != nil {
			return err
		}
		f.Second = account.Signature(who)
		return r.handed(ctx, tx, who, round, f, list)
	})
}

// Unsign gives a form back to whoever filled it in, instead of the second signature.
func (r *Room) Unsign(ctx context.Context, who web.User, id int64, code, reason string, version int64, key string) error {
	return r.change(ctx, who, id, code, version, key, "会签退回", func(tx *db.Tx, round *Round, f *Form) error {
		if f.State != Signing {
			return fault.New(fault.Conflict, "这张表不在待会签状态")
		}
		if err := MaySign(who, f); err != nil {
			return err
		}
		if reason == "" {
			return fault.New(fault.Invalid, "请写明要改哪里")
		}
		if f.Reason, f.State = reason, Draft; !f.In.IsZero() {
			f.State = Returned
		}
		if err := r.addStep(ctx, tx, f, unsigned, reason, account.Signature(who)); err != nil || f.ByID == 0 {
			return err
		}
		return r.tell(ctx, tx, message.Message{Kind: kindBack, To: message.To{AccountID: f.ByID}, Area: code, About: fmt.Sprint(id), Once: fmt.Sprintf("cycle-%d-%s-unsigned-%d", id, code, version), Href: formAt(id, code),
			Title: message.Text{Zh: round.Title() + "会签退回，请改好再报", En: "A form was given back before the second signature"}, Body: message.Text{Zh: "原因：" + reason}})
	})
}

// unsigned is the step of a form that came back from the second signature.
const unsigned = "unsigned"

// handed hands a form in, signed by whoever does it: its version is kept, its own figures go to the register, and nobody supervises it any more.
func (r *Room) handed(ctx context.Context, tx *db.Tx, who web.User, round *Round, f *Form, list []indicator.Report) error {
	f.State = Submitted
	if f.In.IsZero() || f.Reason != "" {
		f.In = db.On(r.today())
	}
	f.Reason = ""
	kept, err := json.Marshal(f.Said)
	if err != nil {
		return err
	}
	for _, rep := range list {
		rep.Area, rep.ByID, rep.ByName, rep.At = f.Area, f.ByID, f.By, r.Clock.Now().UnixMilli()
		before, err := r.Indicators.ReportVersions(ctx, rep.Area, rep.Indicator, rep.Period)
		if err != nil {
			return err
		}
		if len(before) > 0 {
			if last := before[0]; last.State != indicator.Returned && last.Value == rep.Value {
				continue
			}
			rep.Version = before[0].Version
		}
		if err := r.Indicators.SaveReport(ctx, tx, rep); err != nil {
			return err
		}
	}
	if err := r.addStep(ctx, tx, f, Submitted, string(kept), account.Signature(who)); err != nil || r.Supervision == nil {
		return err
	}
	return r.Supervision.Settled(ctx, tx, who, round.ID, f.Area, round.Title()+"已经上报")
}

// Judge accepts a form, or returns it with a reason and so many working days. The figures that it reported are signed or returned with it.
func (r *Room) Judge(ctx context.Context, who web.User, id int64, code string, accept bool, reason string, days int, version int64, key string) error {
	round, err := roundByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayRun(who, round.Area); err != nil {
		return err
	}
	what := map[bool]string{true: "通过", false: "退回"}[accept]
	return r.step(ctx, who, &round, code, version, key, what, func(tx *db.Tx, f *Form) error {
		switch {
		case f.State != Submitted:
			return fault.New(fault.Conflict, "这张表现在不能审核，请看过现在的样子再办")
		case !accept && round.State == Closed:
			return fault.New(fault.Conflict, "%s已经结束，退回后%s不能再报；要退回请先重新打开本轮", round.Title(), area.Name(code))
		}
		to := indicator.Signed
		f.State = Accepted
		if !accept {
			if reason == "" {
				return fault.New(fault.Invalid, "请写明退回的原因，让填报的人知道改哪里")
			}
			f.State, f.Reason, f.Due, to = Returned, reason, db.On(workday.Add(r.today(), max(1, days))), indicator.Returned
		}
		for _, e := range f.Said.Entries {
			if e.Typed == "" {
				continue
			}
			if err := r.judged(ctx, tx, f, e, to, who, reason); err != nil {
				return err
			}
		}
		if err := r.addStep(ctx, tx, f, f.State, reason, account.Signature(who)); err != nil || accept {
			return err
		}
		return r.tell(ctx, tx, message.Message{Kind: kindBack, To: message.To{Officers: code}, Area: code, About: fmt.Sprint(id), Once: fmt.Sprintf("cycle-%d-%s-back-%d", id, code, version), Href: formAt(id, code),
			Title: message.Text{Zh: round.Title() + "被退回，请于" + zhDay(f.Due.Time) + "前更正", En: "A form was returned"}, Body: message.Text{Zh: "原因：" + reason}})
	})
}

// judged signs or returns one reported figure, where it still waits.
func (r *Room) judged(ctx context.Context, tx *db.Tx, f *Form, e Entry, to indicator.ReportState, who web.User, reason string) error {
	list, err := r.Indicators.ReportVersions(ctx, f.Area, e.Indicator, e.Period)
	if err != nil || len(list) == 0 || list[0].State != indicator.Submitted {
		return err
	}
	rep := list[0]
	rep.State, rep.Judge, rep.JudgedAt, rep.Reason = to, who.Name, r.Clock.Now().UnixMilli(), reason
	return r.Indicators.JudgeReport(ctx, tx, rep)
}

// change lets an area's staff change its own form.
func (r *Room) change(ctx context.Context, who web.User, id int64, code string, version int64, key, what string, do func(tx *db.Tx, round *Round, f *Form) error) error {
	if err := MayFill(who, code); err != nil {
		return err
	}
	round, err := roundByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if round.State == Closed {
		return fault.New(fault.Late, "%s已经结束，不能再填报。需要补报的，请%s重新打开", round.Title(), area.Name(round.Area))
	}
	return r.step(ctx, who, &round, code, version, key, what, func(tx *db.Tx, f *Form) error {
		if f.mine() {
			if err := r.renewed(ctx, &round, f); err != nil {
				return err
			}
		}
		return do(tx, &round, f)
	})
}

// step does something about a form in a transaction; what is "" for what needs no line in the log.
func (r *Room) step(ctx context.Context, who web.User, round *Round, code string, version int64, key, what string, do func(tx *db.Tx, f *Form) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		f, err := r.form(ctx, tx, round.ID, code)
		if err != nil {
			return err
		}
		if err := do(tx, &f); err != nil {
			return err
		}
		if err := r.saveForm(ctx, tx, &f, version); err != nil || what == "" {
			return err
		}
		return r.note(ctx, tx, who, "form", "form", round.ID, code, what+area.FullName(code)+"的"+round.Name()+"表")
	})
}
