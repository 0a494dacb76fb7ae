package collect

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// Register takes over, in the transaction of the decision, what the desk has found true. app fills it with the intake room.
type Register interface {
	// CorrectPhone makes a telephone number somebody's from a day on.
	CorrectPhone(ctx context.Context, tx *db.Tx, who web.User, personID int64, phone string, since db.Date, why string) error
}

// Linkage compares somebody new with everybody, in the transaction in which the desk found that he is new.
type Linkage interface {
	Propose(ctx context.Context, tx *db.Tx, who web.User, n Newcomer) error
}

// Deps is what the room stands on.
type Deps struct {
	DB       *db.DB
	People   *person.Store
	Sealer   *seal.Sealer
	Clock    clock.Clock
	IDs      *id.Maker
	Audit    *audit.Log
	Register Register // nil: what is found true is kept here, and no file changes
	Linkage  Linkage  // nil: who is new stays on the room's own list
}

// Room is the collecting room.
type Room struct {
	Deps
	store store
}

// New makes the room.
func New(d Deps) *Room { return &Room{Deps: d, store: store{d.DB, d.Sealer}} }

// The outcomes of one item.
const (
	Saved    = "saved"
	Repeated = "repeated" // it was taken before; nothing was written
	Conflict = "conflict" // somebody else's answer came in between
	Refused  = "refused"
)

// Result is what became of one item.
type Result struct {
	Key    string  `json:"key"`
	Result string  `json:"result"`
	Reason string  `json:"reason,omitempty"` // of a refusal, and what to know of a newcomer
	Theirs *Theirs `json:"theirs,omitempty"` // with a conflict
	Found  string  `json:"found,omitempty"`  // whom a newcomer may be

	Wrong []Wrong `json:"-"` // answer by answer, for a page

	area string // which village to count anew
}

// Theirs is somebody else's answer beside the one that was sent.
type Theirs struct {
	Key  string `json:"key"`
	By   string `json:"by"`
	On   string `json:"on"`
	Rows []Row  `json:"rows"`
}

// Row is one item on both sides.
type Row struct {
	Label  string `json:"label"`
	Mine   string `json:"mine"`
	Theirs string `json:"theirs"`
}

var keyShape = regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)

// reader is who sends, in which language the answers are to be.
type reader struct {
	web.User
	t       words
	english bool
}

// Submit takes items one by one, each in a transaction of its own and each once, in their order. An error is one of the
// house (the database is away): what came before it is taken, and the same items can be sent again.
func (r *Room) Submit(ctx context.Context, who reader, items []Item) ([]Result, error) {
	var out []Result
	var villages []string
	for _, it := range items {
		res, err := r.take(ctx, who, it)
		if err != nil {
			return out, err
		}
		if res.Key = it.Key; res.area != "" {
			villages = append(villages, res.area)
		}
		out = append(out, res)
	}
	slices.Sort(villages)
	for _, v := range slices.Compact(villages) {
		if err := r.Count(ctx, v); err != nil {
			return out, err
		}
	}
	return out, nil
}

// take takes one item. A fault that says why somebody may not, or what is wrong, becomes a refusal.
func (r *Room) take(ctx context.Context, who reader, it Item) (res Result, err error) {
	if !keyShape.MatchString(it.Key) {
		return Result{Result: Refused, Reason: who.t("collect.wrong.key")}, nil
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		if old, found, err := r.store.receipt(ctx, tx, it.Key); err != nil || found {
			res = repeated(who, old)
			return err
		}
		switch it.Kind {
		case KindNeed:
			res, err = r.need(ctx, tx, who, it)
		case KindVisit:
			res, err = r.visit(ctx, tx, who, it)
		case KindNew:
			res, err = r.newcomer(ctx, tx, who, it)
		default:
			res = Result{Result: Refused, Reason: who.t("collect.wrong.kind")}
		}
		return err
	})
	switch {
	case err == nil:
		return res, nil
	case fault.Is(err, fault.Repeat):
		return Result{Result: Repeated}, nil
	case fault.Is(err, fault.Denied), fault.Is(err, fault.NotFound), fault.Is(err, fault.Invalid):
		return Result{Result: Refused, Reason: fault.TextOf(err)}, nil
	}
	return Result{}, err
}

func repeated(who reader, old receipt) Result {
	if old.by != who.ID {
		return Result{Result: Refused, Reason: who.t("collect.wrong.key")}
	}
	res := Result{Result: Repeated}
	if old.kind == KindNew && old.flag != "" {
		res.Found = who.t("collect.found."+old.flag, "")
	}
	return res
}

func refuse(wrong []Wrong) Result {
	res := Result{Result: Refused, Wrong: wrong}
	for i, w := range wrong {
		if i > 0 {
			res.Reason += "；"
		}
		res.Reason += w.Text
	}
	return res
}

var errNoID = errors.New("no id")

func idOf(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.Wrap(fault.NotFound, errNoID, "没有这份档案，可能已经合并到另一份")
	}
	return n, nil
}

// need writes down what a person said, and the hints about that person.
func (r *Room) need(ctx context.Context, tx *db.Tx, who reader, it Item) (Result, error) {
	personID, err := idOf(it.Person)
	if err != nil {
		return Result{}, err
	}
	p, err := r.People.Get(ctx, personID)
	if err != nil {
		return Result{}, err
	}
	if err := mayAsk(who.User, &p); err != nil {
		return Result{}, err
	}
	in := reading{answers: it.Answers, t: who.t}
	n := in.said()
	n.PersonID, n.Key, n.Asked, n.ByID, n.ByName = personID, it.Key, in.day(dayField[KindNeed], it.Asked, r.Clock.Today()), who.ID, who.Name
	n.Source = cmp.Or(n.Source, "visit")
	hints := in.heard()
	if len(in.wrong) == 0 && len(hints) == 0 && len(tell(who.t, who.english, &n)) == 0 {
		in.fail("", "collect.wrong.empty")
	}
	if len(in.wrong) > 0 {
		return refuse(in.wrong), nil
	}
	last, err := r.People.LastNeeds(ctx, tx, []int64{personID})
	if err != nil {
		return Result{}, err
	}
	if theirs, ok := last[personID]; ok && theirs.ByID != who.ID && theirs.Key != it.Seen && theirs.Key != it.Over {
		return Result{Result: Conflict, Theirs: beside(who, &n, &theirs)}, nil
	}
	if theirs, ok := last[personID]; ok && theirs.Key == it.Over && theirs.Asked.After(n.Asked.Time) {
		n.Asked = theirs.Asked // kept in view of the later answer, it stands from that day on
	}
	if len(tell(who.t, who.english, &n)) > 0 {
		if err := r.People.SaveNeeds(ctx, tx, []person.Need{n}); err != nil {
			return Result{}, err
		}
	}
	now := r.Clock.Now().UnixMilli()
	for _, h := range hints {
		h.PersonID, h.ID, h.Area, h.Said, h.At, h.ByID, h.ByName = personID, r.IDs.Next(), p.Area, n.Asked, now, who.ID, who.Name
		if err := r.store.addHint(ctx, tx, h); err != nil {
			return Result{}, err
		}
	}
	return Result{Result: Saved, area: p.Area}, errors.Join(
		r.store.keep(ctx, tx, receipt{it.Key, who.ID, now, KindNeed, personID, ""}),
		r.note(ctx, tx, who.User, "collect.ask", "person", personID, p.Area, "登记了就业能力、意愿和需求"))
}

// beside sets two answers side by side, item by item.
func beside(who reader, mine, theirs *person.Need) *Theirs {
	out := &Theirs{Key: theirs.Key, By: theirs.ByName, On: theirs.Asked.String()}
	at := map[string]int{}
	for _, l := range tell(who.t, who.english, mine) {
		at[l.Label] = len(out.Rows)
		out.Rows = append(out.Rows, Row{Label: l.Label, Mine: l.Value})
	}
	for _, l := range tell(who.t, who.english, theirs) {
		if i, ok := at[l.Label]; ok {
			out.Rows[i].Theirs = l.Value
			continue
		}
		out.Rows = append(out.Rows, Row{Label: l.Label, Theirs: l.Value})
	}
	return out
}

// visit writes down a visit of a household.
func (r *Room) visit(ctx context.Context, tx *db.Tx, who reader, it Item) (Result, error) {
	household, err := idOf(it.Household)
	if err != nil {
		return Result{}, err
	}
	h, _, err := r.People.Household(ctx, household)
	if err != nil {
		return Result{}, err
	}
	if err := mayWork(who.User, h.Area); err != nil {
		return Result{}, err
	}
	in := reading{answers: it.Answers, t: who.t}
	v := Visit{HouseholdID: household, Key: it.Key, Visited: in.day(dayField[KindVisit], it.Asked, r.Clock.Today()), At: r.Clock.Now().UnixMilli(), Headcount: in.count("headcount"),
		Note: identity.Veil(in.text("visit_note", 500)), ByID: who.ID, ByName: who.Name}
	if len(in.wrong) == 0 && v.Note == "" && v.Headcount == 0 {
		in.fail("visit_note", "collect.wrong.visit")
	}
	if len(in.wrong) > 0 {
		return refuse(in.wrong), nil
	}
	return Result{Result: Saved}, errors.Join(r.store.addVisit(ctx, tx, v),
		r.store.keep(ctx, tx, receipt{it.Key, who.ID, v.At, KindVisit, household, ""}),
		r.note(ctx, tx, who.User, "collect.visit", "household", household, h.Area, "登记了入户走访"))
}

func (r *Room) note(ctx context.Context, tx *db.Tx, who web.User, act, object string, objectID int64, code, what string) error {
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: act, Object: object, ObjectID: objectID, Area: code, What: what})
}

// isVillage reports whether a code is that of a village (社区); one that is newer than our list lies in a known township.
func isVillage(code string) bool {
	return area.Level(code) == area.Village && (area.Exists(code) || area.Exists(area.Parent(code)))
}
