package approval

import (
	"context"
	"encoding/json"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// State is where a request stands.
type State string

// The states. Only Waiting may still be decided.
const (
	Waiting   State = "waiting"
	Approved  State = "approved"
	Refused   State = "refused"
	Withdrawn State = "withdrawn" // taken back by whoever asked
	Expired   State = "expired"   // nobody decided within the kind's days
)

// States in the order of the filter.
var States = []State{Waiting, Approved, Refused, Withdrawn, Expired}

// Days is how long a request waits before it closes itself, where its kind says nothing else.
const Days = 30

// Kind is one sort of request, named by the room that does what is approved.
type Kind struct {
	Code   string   // room and noun: "rights.correct"
	Zh, En string   // as people read it
	Roles  []string // who may decide, apart from the area; nil: officers and managers
	Votes  int      // how many people must say yes; 0: one. Nobody counts twice, and the requester never
	Days   int      // calendar days until it closes itself; 0: Days

	// Do does what was approved, in the transaction of the last yes. Required.
	Do func(ctx context.Context, tx *db.Tx, r Decided) error
	// Ended is told when a request ends without a yes, in the transaction that ends it; State says how. May be nil.
	Ended func(ctx context.Context, tx *db.Tx, r Decided) error
}

func (k Kind) votes() int { return max(1, k.Votes) }

func (k Kind) days() int {
	if k.Days > 0 {
		return k.Days
	}
	return Days
}

func (k Kind) roles() []string {
	if k.Roles != nil {
		return k.Roles
	}
	return []string{account.Officer, account.Manager}
}

// name is the kind as people read it in a language.
func (k Kind) name(language string) string {
	if language == lang.English && k.En != "" {
		return k.En
	}
	return k.Zh
}

// Line is one thing that would change; Before "" means there was nothing.
type Line struct{ Label, Before, After string }

// Link leads from a request to what supports it.
type Link struct{ Text, Href string }

// Request is what somebody asks for.
type Request struct {
	Kind     string
	Object   string // what kind of thing it is about: "person", "policy"
	ObjectID int64
	PersonID int64  // whose data it is about; 0: nobody's
	Area     string // whoever reaches this area may decide: for a person, where the person lives
	Title    string // one line for lists, without whole names and numbers
	Why      string // the requester's reason, required
	Href     string // page of the thing; "" where it has none
	Lines    []Line // what would change
	Links    []Link // evidence
	Payload  any    // becomes JSON: what Do needs
	By       web.User
}

// Item is a request as it stands.
type Item struct {
	ID       int64
	Kind     string
	State    State
	Object   string
	ObjectID int64
	PersonID int64
	Area     string
	Title    string
	Href     string
	ByID     int64
	ByName   string
	AskedAt  time.Time
	Until    db.Date // last day on which it may be decided
	EndedAt  time.Time
	Yes      int // how many have said yes so far
	Version  int64

	Why   string // only Get fills in what is sealed
	Lines []Line
	Links []Link
	Steps []Step

	payload json.RawMessage
	sealed  []byte
}

// Step is one thing that happened to a request.
type Step struct {
	At     time.Time
	What   string // ask, yes, no, withdraw, expire
	ByID   int64
	ByName string
	Reason string
}

// Decided is a request in the hands of its kind's Do or Ended.
type Decided struct {
	Item
	By     web.User // who decided last; the program itself when the request expired
	Reason string
}

// Payload reads what was asked with.
func (d *Decided) Payload(into any) error {
	if err := json.Unmarshal(d.payload, into); err != nil {
		return fault.Wrap(fault.Internal, err, "这件申请的内容读不出来，可能是旧版本留下的，请退回后重新提出")
	}
	return nil
}

// check says what is wrong with a request.
func (r *Request) check(k Kind) error {
	switch {
	case k.Do == nil:
		return fault.New(fault.Internal, "没有“%s”这一类审批", r.Kind)
	case r.Title == "" || r.Area == "":
		return fault.New(fault.Invalid, "申请缺少标题或所属地区，请刷新页面后重新填写")
	case r.Why == "":
		return fault.New(fault.Invalid, "请写明申请的理由，审批的人要据此判断")
	}
	return nil
}
