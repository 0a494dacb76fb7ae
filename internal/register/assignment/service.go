package assignment

import (
	"context"
	"slices"

	"jiuye/internal/engine/identity"
	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// Deps is what the register stands on.
type Deps struct {
	DB     *db.DB
	Sealer *seal.Sealer
	Clock  clock.Clock
	IDs    *id.Maker
	Audit  *audit.Log
}

// Service keeps tasks and their answers.
type Service struct {
	Deps
	kinds map[string]Kind
	order []string
}

// ByHand is the kind of tasks that people write themselves.
const ByHand = "assignment.byhand"

// New makes the register.
func New(d Deps) *Service {
	s := &Service{Deps: d, kinds: map[string]Kind{}}
	s.Handle(Kind{Code: ByHand, Zh: "交办与上报", En: "Sent by hand"})
	return s
}

// Handle names a kind of task. It is called while the house is built, before anything is given.
func (s *Service) Handle(k Kind) {
	if _, again := s.kinds[k.Code]; !again {
		s.order = append(s.order, k.Code)
	}
	s.kinds[k.Code] = k
}

// sign is how somebody stands in the log; nobody is the program itself.
func sign(who web.User) string {
	if who.ID == 0 {
		return "系统"
	}
	return account.Signature(who)
}

// entry is a line of the audit log: about the person where there is one.
func entry(who web.User, act string, it *Item, what string) audit.Entry {
	e := audit.Entry{ActorID: who.ID, Actor: sign(who), Act: "assignment." + act, Object: "assignment", ObjectID: it.ID, Area: it.To, What: what}
	if it.PersonID != 0 {
		e.Object, e.ObjectID = "person", it.PersonID
	}
	return e
}

func (s *Service) step(who web.User, what, result, text string) sealedStep {
	return sealedStep{Step: Step{At: s.Clock.Now(), What: what, ByID: who.ID, ByName: sign(who), Result: result}, ID: s.IDs.Next(), content: s.Sealer.Seal(text)}
}

// Give sends one task, as part of the caller's transaction, which holds the idempotency key. Faults: Invalid.
func (s *Service) Give(ctx context.Context, tx *db.Tx, t Task) (int64, error) {
	ids, err := s.GiveAll(ctx, tx, []Task{t})
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// GiveAll is Give for many tasks at once.
func (s *Service) GiveAll(ctx context.Context, tx *db.Tx, tasks []Task) (ids []int64, err error) {
	items, first, entries := make([]Item, len(tasks)), make([]sealedStep, len(tasks)), make([]audit.Entry, len(tasks))
	today := s.Clock.Today()
	for i := range tasks {
		t := &tasks[i]
		k, known := s.kinds[t.Kind]
		if err := t.check(known); err != nil {
			return nil, err
		}
		items[i] = Item{ID: s.IDs.Next(), Kind: t.Kind, State: Open, Object: t.Object, ObjectID: t.ObjectID, PersonID: t.PersonID, From: t.From, To: t.To,
			Title: identity.Veil(t.Title), Href: t.Href, GivenOn: db.On(today), WorkDays: t.WorkDays, Deadline: db.On(workday.Add(today, t.WorkDays)),
			ByID: t.By.ID, ByName: sign(t.By), Version: 1, sealed: s.Sealer.Seal(t.Body)}
		first[i] = s.step(t.By, "give", "", "")
		entries[i] = entry(t.By, "give", &items[i], "交办："+k.Zh)
		ids = append(ids, items[i].ID)
	}
	if err := insert(ctx, tx, items, first); err != nil {
		return nil, err
	}
	return ids, s.Audit.Write(ctx, tx, entries...)
}

// act is one step of a task in a transaction of its own: may asks whether somebody may, ready whether the task stands so
// that it can be done, and do changes the task and returns the step. Faults besides theirs: NotFound, Repeat, Conflict.
func (s *Service) act(ctx context.Context, who web.User, id, version int64, once string, may func(web.User, *Item) error,
	do func(tx *db.Tx, it *Item) (sealedStep, error)) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		it, err := get(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := may(who, &it); err != nil {
			return err
		}
		// Before the version is looked at: the second half of a double click carries an old one.
		if err := tx.Once(ctx, once, s.Clock.Now()); err != nil {
			return err
		}
		if it.Version != version {
			return stale()
		}
		st, err := do(tx, &it)
		if err != nil {
			return err
		}
		if err := change(ctx, tx, &it, version); err != nil {
			return err
		}
		if err := addSteps(ctx, tx, [][]any{st.row(&it)}); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, entry(who, st.What, &it, said[st.What]+s.kinds[it.Kind].Zh))
	})
}

var said = map[string]string{"answer": "回复交办：", "accept": "验收交办：", "return": "退回交办：", "withdraw": "撤回交办："}

// Answer brings an answer, once for each key. Faults: NotFound, Denied (not the area it was sent to), Invalid, Conflict, Repeat.
func (s *Service) Answer(ctx context.Context, who web.User, id, version int64, result, text, once string) error {
	return s.act(ctx, who, id, version, once, mayAnswer, func(tx *db.Tx, it *Item) (st sealedStep, err error) {
		k := s.kinds[it.Kind]
		switch {
		case !it.State.Due():
			return st, fault.New(fault.Conflict, "这件事项已经%s，不能再回复", map[State]string{Answered: "回复", Accepted: "办结", Withdrawn: "撤回"}[it.State])
		case !k.knows(result):
			return st, fault.New(fault.Invalid, "请选择办理结果")
		case text == "":
			return st, fault.New(fault.Invalid, "请写明怎样办理、依据是什么，交办的地区要据此验收")
		}
		today := db.On(s.Clock.Today())
		if it.Answered.IsZero() {
			it.Late = today.After(it.Deadline.Time)
		}
		it.State, it.Answered, it.Result = Answered, today, result
		if k.Told != nil {
			err = k.Told(ctx, tx, Answer{Item: *it, Text: text, By: who})
		}
		return s.step(who, "answer", result, text), err
	})
}

// Accept takes an answer, and does what it says. Faults: NotFound, Denied (not the area that sent it, or who answered),
// Conflict, Repeat, and those of the kind's Do.
func (s *Service) Accept(ctx context.Context, who web.User, id, version int64, text, once string) error {
	return s.act(ctx, who, id, version, once, mayJudge, func(tx *db.Tx, it *Item) (st sealedStep, err error) {
		answer, err := s.answered(ctx, tx, who, it)
		if err != nil {
			return st, err
		}
		it.State = Accepted
		if k := s.kinds[it.Kind]; k.Do != nil {
			err = k.Do(ctx, tx, Answer{Item: *it, Text: answer, By: who})
		}
		return s.step(who, "accept", "", text), err
	})
}

// Return sends an answer back: another one is due within so many working days. Faults: as for Accept; Invalid without a reason.
func (s *Service) Return(ctx context.Context, who web.User, id, version int64, workDays int, text, once string) error {
	return s.act(ctx, who, id, version, once, mayJudge, func(tx *db.Tx, it *Item) (st sealedStep, err error) {
		if _, err := s.answered(ctx, tx, who, it); err != nil {
			return st, err
		}
		switch {
		case text == "":
			return st, fault.New(fault.Invalid, "退回时请写明还差什么，对方要据此补办")
		case workDays < 1 || workDays > MostDays:
			return st, fault.New(fault.Invalid, "重新办理的期限应为 1 至 %d 个工作日，填的是 %d", MostDays, workDays)
		}
		it.State, it.Returns, it.WorkDays, it.reminded = Returned, it.Returns+1, workDays, db.Date{}
		it.Deadline = db.On(workday.Add(s.Clock.Today(), workDays))
		return s.step(who, "return", "", text), nil
	})
}

// answered is the text of the answer that waits; whoever gave it cannot judge it.
func (s *Service) answered(ctx context.Context, tx *db.Tx, who web.User, it *Item) (string, error) {
	if it.State != Answered {
		return "", fault.New(fault.Conflict, "这件事项现在没有等待验收的回复，请刷新页面看“经过”")
	}
	last, err := lastAnswer(ctx, tx, it)
	if err != nil {
		return "", err
	}
	if last.ByID == who.ID {
		return "", fault.New(fault.Denied, "谁回复谁不能验收，请由交办地区的另一位同事验收")
	}
	return s.Sealer.Open(last.content)
}

// Withdraw takes a task back that is not needed any more. Faults: NotFound, Denied, Conflict, Repeat.
func (s *Service) Withdraw(ctx context.Context, who web.User, id, version int64, text, once string) error {
	return s.act(ctx, who, id, version, once, mayJudge, func(_ *db.Tx, it *Item) (sealedStep, error) {
		if it.State == Accepted || it.State == Withdrawn {
			return sealedStep{}, fault.New(fault.Conflict, "这件事项已经结束，不用撤回")
		}
		it.State = Withdrawn
		return s.step(who, "withdraw", "", text), nil
	})
}

// Cancel takes back the unfinished tasks about one thing inside the caller's transaction, because it has settled itself.
func (s *Service) Cancel(ctx context.Context, tx *db.Tx, kind, object string, objectID int64, why string) error {
	found, err := list(ctx, tx, Filter{Kind: kind, Object: object, ObjectID: objectID, States: []State{Open, Returned, Answered}}, db.Date{}, db.Date{}, 0, 100)
	if err != nil {
		return err
	}
	var rows [][]any
	var entries []audit.Entry
	for i := range found {
		it := &found[i]
		it.State = Withdrawn
		if err := change(ctx, tx, it, it.Version); err != nil {
			return err
		}
		st := s.step(web.User{}, "withdraw", "", why)
		rows, entries = append(rows, st.row(it)), append(entries, entry(web.User{}, "withdraw", it, said["withdraw"]+s.kinds[it.Kind].Zh))
	}
	if err := addSteps(ctx, tx, rows); err != nil {
		return err
	}
	return s.Audit.Write(ctx, tx, entries...)
}

// Forget drops what is sealed of the tasks about people whose data are anonymised.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	return forget(ctx, tx, personIDs, s.Sealer.Seal(""))
}

// Get reads one task with what is to be done and what has happened. Faults: NotFound, Denied.
func (s *Service) Get(ctx context.Context, who web.User, id int64) (Item, error) {
	it, err := get(ctx, s.DB, id)
	if err != nil {
		return it, err
	}
	if err := maySee(who, &it); err != nil {
		return Item{}, err
	}
	if it.Body, err = s.Sealer.Open(it.sealed); err != nil {
		return it, err
	}
	rows, err := steps(ctx, s.DB, &it)
	for i := range rows {
		if err == nil {
			rows[i].Text, err = s.Sealer.Open(rows[i].content)
		}
		it.Steps = append(it.Steps, rows[i].Step)
	}
	return it, err
}

// List reads tasks, the nearest deadline first; after and afterID are those of the last one shown. The caller has asked
// whether the reader may see the areas.
func (s *Service) List(ctx context.Context, f Filter, after db.Date, afterID int64, limit int) ([]Item, error) {
	return list(ctx, s.DB, f, db.On(s.Clock.Today()), after, afterID, limit)
}

// Count counts what List would list.
func (s *Service) Count(ctx context.Context, f Filter) (int64, error) {
	return count(ctx, s.DB, f, db.On(s.Clock.Today()))
}

// WaitingFor counts what waits for somebody: tasks to answer, and answers to accept.
func (s *Service) WaitingFor(ctx context.Context, who web.User) (int64, error) {
	if who.Area == "" {
		return 0, nil
	}
	given, err := s.Count(ctx, toUs(who, []State{Open, Returned}))
	if err != nil {
		return 0, err
	}
	answered, err := s.Count(ctx, byUs(who, []State{Answered}))
	return given + answered, err
}

// Stats adds up what the areas one level below (and the area itself) were sent, in the order of their codes; areas that
// were sent nothing are left out.
func (s *Service) Stats(ctx context.Context, code string) ([]Stat, error) {
	rows, err := stats(ctx, s.DB, code, db.On(s.Clock.Today()))
	if err != nil {
		return nil, err
	}
	var out []Stat
	for _, r := range rows {
		at := area.At(r.Area, min(area.Level(code)+1, area.Level(r.Area)))
		i := slices.IndexFunc(out, func(o Stat) bool { return o.Area == at })
		if i < 0 {
			i, out = len(out), append(out, Stat{Area: at})
		}
		out[i].add(r)
	}
	return out, nil
}
