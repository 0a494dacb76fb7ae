package approval

import (
	"context"
	"encoding/json"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// Deps is what the register stands on.
type Deps struct {
	DB     *db.DB
	Sealer *seal.Sealer
	Clock  clock.Clock
	IDs    *id.Maker
	Audit  *audit.Log
}

// Service keeps requests and takes decisions.
type Service struct {
	Deps
	kinds map[string]Kind
	order []string
}

// New makes the register.
func New(d Deps) *Service { return &Service{Deps: d, kinds: map[string]Kind{}} }

// Handle names a kind of request. It is called while the house is built, before anything is asked.
func (s *Service) Handle(k Kind) {
	if _, again := s.kinds[k.Code]; !again {
		s.order = append(s.order, k.Code)
	}
	s.kinds[k.Code] = k
}

// content is what is sealed of a request.
type content struct {
	Why     string          `json:"why"`
	Lines   []Line          `json:"lines"`
	Links   []Link          `json:"links,omitempty"`
	Payload json.RawMessage `json:"payload"`
}

// Request asks for a decision, as part of the caller's transaction, which holds the idempotency key. Faults: Invalid
// (no reason, no area), Denied (nobody has signed in).
func (s *Service) Request(ctx context.Context, tx *db.Tx, r Request) (int64, error) {
	if r.By.ID == 0 {
		return 0, fault.New(fault.Denied, "请先登录再提出申请")
	}
	return s.ask(ctx, tx, r)
}

// Propose is Request for what the program itself proposes.
func (s *Service) Propose(ctx context.Context, tx *db.Tx, r Request) (int64, error) {
	r.By = program
	return s.ask(ctx, tx, r)
}

// program is who acts when nobody does.
var program = web.User{Name: "系统"}

// sign is how somebody stands in the log.
func sign(who web.User) string {
	if who.ID == 0 {
		return who.Name
	}
	return account.Signature(who)
}

func (s *Service) ask(ctx context.Context, tx *db.Tx, r Request) (int64, error) {
	k := s.kinds[r.Kind]
	if err := r.check(k); err != nil {
		return 0, err
	}
	payload, err := json.Marshal(r.Payload)
	if err != nil {
		return 0, err
	}
	text, err := json.Marshal(content{r.Why, r.Lines, r.Links, payload})
	if err != nil {
		return 0, err
	}
	now := s.Clock.Now()
	it := Item{ID: s.IDs.Next(), Kind: k.Code, State: Waiting, Object: r.Object, ObjectID: r.ObjectID, PersonID: r.PersonID, Area: r.Area,
		Title: identity.Veil(r.Title), Href: r.Href, ByID: r.By.ID, ByName: sign(r.By), AskedAt: now,
		Until: db.On(s.Clock.Today().AddDate(0, 0, k.days())), Version: 1, sealed: s.Sealer.Seal(string(text))}
	if err := insert(ctx, tx, &it); err != nil {
		return 0, err
	}
	if err := s.step(ctx, tx, &it, "ask", r.By, r.Why); err != nil {
		return 0, err
	}
	return it.ID, s.Audit.Write(ctx, tx, entry(r.By, "approval.ask", &it, "提出申请："+k.Zh))
}

func (s *Service) step(ctx context.Context, tx *db.Tx, it *Item, what string, by web.User, reason string) error {
	return addStep(ctx, tx, it, s.IDs.Next(), Step{At: s.Clock.Now(), What: what, ByID: by.ID, ByName: sign(by)}, s.Sealer.Seal(reason))
}

// entry is a line of the audit log: about the person where there is one.
func entry(who web.User, act string, it *Item, what string) audit.Entry {
	e := audit.Entry{ActorID: who.ID, Actor: sign(who), Act: act, Object: "approval", ObjectID: it.ID, Area: it.Area, What: what}
	if it.PersonID != 0 {
		e.Object, e.ObjectID = "person", it.PersonID
	}
	return e
}

// Decide says yes or no, once for each key. Saying yes does what was asked for, in the same transaction; what that refuses
// comes back as its fault, and the request still waits. Faults: NotFound, Denied (the requester, another area, another
// role, the same person twice), Invalid (a refusal without a reason), Late (past its last day), Conflict (changed since it was read), Repeat.
func (s *Service) Decide(ctx context.Context, who web.User, id, version int64, yes bool, reason, once string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		it, err := get(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.mayDecide(who, &it); err != nil {
			return err
		}
		// Before the version is looked at: the second half of a double click carries an old one.
		if err := tx.Once(ctx, once, s.Clock.Now()); err != nil {
			return err
		}
		if err := s.open(&it); err != nil {
			return err
		}
		again, err := voted(ctx, tx, &it, who.ID)
		switch {
		case err != nil:
			return err
		case it.State != Waiting || it.Version != version:
			return change(ctx, tx, &it, -1)
		case s.Clock.Today().After(it.Until.Time):
			return fault.New(fault.Late, "这件申请已过审批期限（%s），将自动关闭。如仍需办理，请申请人重新提出", it.Until)
		case again:
			return fault.New(fault.Denied, "您已经同意过这件申请，还需另一位同事审批")
		case !yes && reason == "":
			return fault.New(fault.Invalid, "不同意时请写明理由，申请人要据此知道怎么改")
		}
		return s.vote(ctx, tx, who, it, yes, reason)
	})
}

func (s *Service) vote(ctx context.Context, tx *db.Tx, who web.User, it Item, yes bool, reason string) error {
	k, what := s.kinds[it.Kind], "no"
	it.State = Refused
	if yes {
		what, it.State = "yes", Waiting
		if it.Yes++; it.Yes >= k.votes() {
			it.State = Approved
		}
	}
	return s.end(ctx, tx, who, it, what, reason)
}

// end writes a request's next state, tells its kind, and writes the log.
func (s *Service) end(ctx context.Context, tx *db.Tx, who web.User, it Item, what, reason string) error {
	it.EndedAt = s.Clock.Now()
	if err := change(ctx, tx, &it, it.Version); err != nil {
		return err
	}
	if err := s.step(ctx, tx, &it, what, who, reason); err != nil {
		return err
	}
	k := s.kinds[it.Kind]
	told := map[State]func(context.Context, *db.Tx, Decided) error{Approved: k.Do, Refused: k.Ended, Withdrawn: k.Ended, Expired: k.Ended}[it.State]
	if told != nil {
		if err := told(ctx, tx, Decided{Item: it, By: who, Reason: reason}); err != nil {
			return err
		}
	}
	said := map[string]string{"yes": "同意", "no": "不同意", "withdraw": "撤回", "expire": "逾期关闭"}[what]
	return s.Audit.Write(ctx, tx, entry(who, "approval."+what, &it, said+"申请："+k.Zh))
}

// Withdraw takes one's own request back. Faults: as for Decide.
func (s *Service) Withdraw(ctx context.Context, who web.User, id, version int64, once string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		it, err := get(ctx, tx, id)
		if err != nil {
			return err
		}
		if it.ByID != who.ID || who.ID == 0 {
			return fault.New(fault.Denied, "只有提出申请的人可以撤回")
		}
		if err := tx.Once(ctx, once, s.Clock.Now()); err != nil {
			return err
		}
		if err := s.open(&it); err != nil {
			return err
		}
		if it.State != Waiting || it.Version != version {
			return change(ctx, tx, &it, -1)
		}
		it.State = Withdrawn
		return s.end(ctx, tx, who, it, "withdraw", "")
	})
}

// Cancel ends the waiting requests about one thing inside the caller's transaction, because the reason for them is gone.
func (s *Service) Cancel(ctx context.Context, tx *db.Tx, kind, object string, objectID int64, why string) error {
	found, err := list(ctx, tx, Filter{Kind: kind, Object: object, ObjectID: objectID, States: []State{Waiting}}, 0, 100)
	if err != nil {
		return err
	}
	for _, it := range found {
		if err := s.open(&it); err != nil {
			return err
		}
		it.State = Withdrawn
		if err := s.end(ctx, tx, program, it, "withdraw", why); err != nil {
			return err
		}
	}
	return nil
}

// Forget drops what is sealed of the requests about people whose data are anonymised; what waits is closed.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	empty, err := json.Marshal(content{Payload: json.RawMessage("null")})
	if err != nil {
		return err
	}
	return forget(ctx, tx, personIDs, s.Sealer.Seal(string(empty)), s.Sealer.Seal(""), s.Clock.Now().UnixMilli())
}

// open reads what is sealed of a request.
func (s *Service) open(it *Item) error {
	text, err := s.Sealer.Open(it.sealed)
	if err != nil {
		return err
	}
	var c content
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return err
	}
	it.Why, it.Lines, it.Links, it.payload = c.Why, c.Lines, c.Links, c.Payload
	return nil
}

// Get reads one request with what would change and what has happened. Faults: NotFound, Denied.
func (s *Service) Get(ctx context.Context, who web.User, id int64) (Item, error) {
	it, err := get(ctx, s.DB, id)
	if err != nil {
		return it, err
	}
	if err := maySee(who, &it); err != nil {
		return Item{}, err
	}
	if err := s.open(&it); err != nil {
		return it, err
	}
	rows, err := steps(ctx, s.DB, &it)
	for i := range rows {
		if err == nil {
			rows[i].Reason, err = s.Sealer.Open(rows[i].reason)
		}
		it.Steps = append(it.Steps, rows[i].Step)
	}
	return it, err
}

// List reads requests of an area's subtree (or of one's own, or about one thing), the newest first; below is the last id of
// the page before, 0 for the first page. The caller has asked whether the reader may see the area.
func (s *Service) List(ctx context.Context, f Filter, below int64, limit int) ([]Item, error) {
	return list(ctx, s.DB, f, below, limit)
}

// Count counts what List would list.
func (s *Service) Count(ctx context.Context, f Filter) (int64, error) { return count(ctx, s.DB, f) }

// WaitingFor counts what waits for somebody's decision.
func (s *Service) WaitingFor(ctx context.Context, who web.User) (int64, error) {
	kinds := s.decidable(who)
	if len(kinds) == 0 || who.Area == "" {
		return 0, nil
	}
	return countFor(ctx, s.DB, who.Area, kinds, who.ID)
}

// noteRead writes into the log that somebody looked at a request about a person.
func (s *Service) noteRead(ctx context.Context, who web.User, it *Item) error {
	if it.PersonID == 0 || it.ByID == who.ID {
		return nil
	}
	return s.Audit.Note(ctx, entry(who, "approval.read", it, "查看了申请："+s.kinds[it.Kind].Zh))
}
