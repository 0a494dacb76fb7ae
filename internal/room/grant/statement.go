package grant

import (
	"context"
	"maps"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

// Statement is what an applicant has stated of a field that no department reports. Registers go before it, and an officer has to
// verify each before the application is checked.
type Statement struct {
	Field, Said       string
	SaidOn            db.Date
	ByID              int64
	ByName            string
	Verdict           string // "", True or False
	Why               string // how it was verified, or why it is not so
	JudgeID           int64
	JudgeName         string
	JudgedOn          db.Date
	sealedSaid, sealy []byte
}

// Verdicts on a statement.
const (
	True  = "true"
	False = "false"
)

// saidMost is how many statements one application may have.
const saidMost = 40

// proofOf is the name of a document that supports a statement.
func proofOf(field string) string { return "证明：" + field }

// statements are an application's statements, opened.
func (r *Room) statements(ctx context.Context, q db.Querier, a *Application) ([]Statement, error) {
	list, err := r.store.statements(ctx, q, a)
	for i := range list {
		s := &list[i]
		if s.Said, err = r.Sealer.Open(s.sealedSaid); err != nil {
			return nil, err
		}
		if s.Why, err = r.Sealer.Open(s.sealy); err != nil {
			return nil, err
		}
	}
	return list, err
}

// counted are the statements that a policy is asked with: all but those found untrue.
func counted(list []Statement) map[string]string {
	said := map[string]string{}
	for _, s := range list {
		if s.Verdict != False {
			said[s.Field] = s.Said
		}
	}
	return said
}

// said is what counts of an application's statements.
func (r *Room) said(ctx context.Context, q db.Querier, a *Application) (map[string]string, error) {
	list, err := r.statements(ctx, q, a)
	return counted(list), err
}

// keepSaid writes statements as part of the caller's transaction. What is stated as before keeps its verdict.
func (r *Room) keepSaid(ctx context.Context, tx *db.Tx, who web.User, a *Application, before []Statement, said map[string]string) error {
	if len(said) > saidMost {
		return fault.New(fault.Invalid, "一件申请最多声明 %d 项，填了 %d 项", saidMost, len(said))
	}
	for _, field := range slices.Sorted(maps.Keys(said)) {
		if slices.ContainsFunc(before, func(s Statement) bool { return s.Field == field && s.Said == said[field] }) {
			continue
		}
		s := Statement{Field: field, SaidOn: db.On(r.Clock.Today()), ByID: who.ID, ByName: sign(who), sealedSaid: r.Sealer.Seal(said[field]), sealy: r.Sealer.Seal("")}
		if err := r.store.keepStatement(ctx, tx, a, &s); err != nil {
			return err
		}
	}
	return nil
}

// Restate changes the statements of an application that is the beneficiary's to complete. Faults: as for act; Conflict, Invalid.
func (r *Room) Restate(ctx context.Context, who web.User, owner, id, version int64, said map[string]string, key string) error {
	return r.act(ctx, who, owner, id, version, key, mayOwn, func(tx *db.Tx, a *Application) error {
		if a.State != Draft && a.State != Returned {
			return fault.New(fault.Conflict, "这件申请现在是“%s”，声明不能再改。需要更正时，请等经办人员退回补正", a.State.Label().Zh)
		}
		before, err := r.statements(ctx, tx, a)
		if err != nil {
			return err
		}
		if err := r.keepSaid(ctx, tx, who, a, before, said); err != nil {
			return err
		}
		if err := r.step(ctx, tx, who, a, Note, a.State, "填写声明"); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entry(who, "state", a, "“"+a.PolicyName+"”申请：填写本人声明"))
	})
}

// Verify notes what an officer found of one statement; what was checked before has to be checked again. Faults: as for Handle; NotFound
// for a statement that there is not, Invalid without the reason why it is untrue.
func (r *Room) Verify(ctx context.Context, who web.User, owner, id, version int64, field, verdict, why, key string) error {
	switch {
	case verdict != True && verdict != False:
		return fault.New(fault.Invalid, "请选择“属实”或“不属实”")
	case verdict == False && why == "":
		return fault.New(fault.Invalid, "认定声明不属实要写明理由，申请人和审批人要据此知道为什么")
	}
	return r.act(ctx, who, owner, id, version, key, mayDesk, func(tx *db.Tx, a *Application) error {
		if err := r.recuse(ctx, tx, who, a); err != nil {
			return err
		}
		if a.State != Accepted && a.State != Checked {
			return fault.New(fault.Conflict, "这件申请现在是“%s”，受理之后、提出意见之前才能核实声明", a.State.Label().Zh)
		}
		s := Statement{Field: field, Verdict: verdict, JudgeID: who.ID, JudgeName: sign(who), JudgedOn: db.On(r.Clock.Today()), sealy: r.Sealer.Seal(why)}
		if err := r.store.judgeStatement(ctx, tx, a, &s); err != nil {
			return err
		}
		a.Checks = nil
		if err := r.seal(a); err != nil {
			return err
		}
		if err := r.store.update(ctx, tx, a); err != nil {
			return err
		}
		word := map[string]string{True: "属实", False: "不属实"}[verdict]
		if why != "" {
			word += "，" + why
		}
		if err := r.step(ctx, tx, who, a, Note, a.State, "核实声明“"+field+"”："+word); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entry(who, "verify", a, "“"+a.PolicyName+"”申请：核实声明"))
	})
}

// judgedAll refuses to go on while a statement waits for its verdict.
func (r *Room) judgedAll(ctx context.Context, q db.Querier, a *Application) error {
	list, err := r.store.statements(ctx, q, a)
	for _, s := range list {
		if err == nil && s.Verdict == "" {
			return fault.New(fault.Conflict, "声明“%s”还没有核实，请先逐项核实本人声明，再比对登记信息", s.Field)
		}
	}
	return err
}

// weighed are the statements as the decision's sheet has them, against what the registers say by now.
func weighed(list []Statement, o *Offer) (out []Found) {
	for _, s := range list {
		text := "“" + s.Field + "”为" + s.Said + "，" + s.SaidOn.String() + " 由" + s.ByName + "填写"
		known, registered := o.Known[s.Field]
		switch {
		case registered && known != s.Said:
			out = append(out, Found{"stated", "ask", text + "；登记为" + known + "，以登记为准"})
		case registered:
			out = append(out, Found{"stated", "yes", text + "；与登记一致"})
		case s.Verdict == False && o.Verdict == "yes":
			out = append(out, Found{"stated", "ask", text + "；核实不属实：" + s.Why + "。不计入，其余条件仍符合"})
		case s.Verdict == False:
			out = append(out, Found{"stated", "no", text + "；核实不属实：" + s.Why})
		default:
			if s.Why != "" {
				text += "（" + s.Why + "）"
			}
			out = append(out, Found{"stated", "yes", text + "；" + s.JudgeName + "核实属实"})
		}
	}
	return out
}
