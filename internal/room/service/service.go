package service

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Register takes what a counter writes down into the register of people as a source record. The intake room is one.
type Register interface {
	// Record keeps the fields of a template's kind ("registration", "spell") of a person; see intake.Room.Record.
	Record(ctx context.Context, tx *db.Tx, who web.User, kind string, personID int64, fields map[string]string) (recordID int64, err error)
}

// Deps is what the room stands on.
type Deps struct {
	DB          *db.DB
	People      *person.Store
	Employers   *employer.Store
	Sealer      *seal.Sealer
	Clock       clock.Clock
	IDs         *id.Maker
	Audit       *audit.Log
	Register    Register
	Approvals   *approval.Service
	Assignments *assignment.Service
	// Agreed writes down that a person agrees to a story about them being public; nil: nobody keeps it.
	Agreed func(ctx context.Context, tx *db.Tx, who web.User, personID int64) error
	// Changed is told, in the transaction of an act, that the register has changed; nil: nobody asks.
	Changed func(ctx context.Context, tx *db.Tx) error
}

// Room is the service station.
type Room struct{ Deps }

// Kinds of requests and tasks that the room brings into the house.
const (
	kindStory = "service.story"
	kindRoute = "service.route"
)

// New makes the room, and names its kinds of requests and tasks.
func New(d Deps) *Room {
	r := &Room{d}
	r.Approvals.Handle(approval.Kind{Code: kindStory, Zh: "发布创业案例", En: "Publish a founder's story", Do: r.publish, Ended: r.unpublished})
	r.Assignments.Handle(assignment.Kind{Code: kindRoute, Zh: "转办事项", En: "Matter sent to another office"})
	return r
}

// client is somebody at the counter: facts, the four places and by which of them this counter serves.
type client struct {
	*person.Facts
	Places Places
	Right  string
	units  map[int64]string
}

// serve reads somebody for a counter. The reading is logged with the place that gave the right; a refused one is logged too.
func (r *Room) serve(ctx context.Context, who web.User, personID int64, what string) (*client, error) {
	c, err := r.look(ctx, personID)
	if err != nil {
		return nil, err
	}
	right, err := MayServe(who, c.Places)
	if fault.Is(err, fault.Denied) {
		_ = r.Audit.Note(ctx, r.entry(who, "service.refused", c, "要求办理，不在其地区"))
	}
	if err != nil {
		return nil, err
	}
	c.Right = right
	return c, r.Audit.Note(ctx, r.entry(who, "person.read", c, what+"（依"+rightZh[right]+"）"))
}

var rightZh = map[string]string{ByHousehold: "户籍地", ByResidence: "常住地", ByInsured: "参保地", ByWork: "就业地"}

// look reads somebody with the four places.
func (r *Room) look(ctx context.Context, personID int64) (*client, error) {
	f, err := r.People.Facts(ctx, personID)
	if err != nil {
		return nil, err
	}
	today := r.Clock.Today()
	c := &client{Facts: f, Places: Places{ByResidence: f.Area}}
	if families, err := r.People.Families(ctx, []int64{f.HouseholdID}); err != nil {
		return nil, err
	} else if f.HouseholdID != 0 && len(families) > 0 {
		c.Places[ByHousehold] = families[0].Area
	}
	var ids []int64
	for _, in := range f.Insurances {
		ids = append(ids, in.EmployerID)
	}
	for _, s := range f.Spells {
		ids = append(ids, s.EmployerID)
	}
	if c.units, err = r.Employers.Names(ctx, ids); err != nil {
		return nil, err
	}
	if paid := insuredNow(f, today); len(paid) > 0 {
		e, err := r.Employers.Get(ctx, paid[len(paid)-1].EmployerID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		c.Places[ByInsured] = e.Area
	}
	if work := f.AtWork(today); work != nil {
		c.Places[ByWork] = work.Area
	}
	return c, nil
}

func (r *Room) entry(who web.User, act string, c *client, what string) audit.Entry {
	return audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: act, Object: "person", ObjectID: c.ID, Area: c.Area, What: what}
}

// Line is one line of a receipt.
type Line struct{ Key, Value string }

// Receipt is what the person takes home (办理回执).
type Receipt struct {
	PersonID, ID int64
	Kind         string // one of Acts
	Office       string
	Right        string
	At           time.Time
	ByID         int64
	ByName       string
	Lines        []Line

	sealed []byte
}

// Entry is one act at the counter.
type Entry struct {
	Act      string
	PersonID int64
	Fields   map[string]string // of the template
	Lines    []Line            // for the receipt
	Sure     bool              // what the register holds against it was shown and answered
}

// Asked is what comes back when the register holds something against an act that was not answered yet.
type Asked struct{ Findings []Finding }

// Error implements error.
func (a *Asked) Error() string { return "service: the register holds something against it" }

// template is what an act becomes.
var template = map[string]string{Unemployed: "registration", Unlisted: "registration", Employed: "spell", Left: "spell"}

// Do carries out an act, once for each key, and returns the receipt's number. Faults: NotFound, Denied (none of the four places,
// or not an officer), Invalid, Repeat; *Asked when the register holds something against it.
func (r *Room) Do(ctx context.Context, who web.User, e Entry, once string) (int64, error) {
	c, err := r.look(ctx, e.PersonID)
	if err != nil {
		return 0, err
	}
	right, err := MayServe(who, c.Places)
	if err == nil && who.Role != account.Officer {
		err = fault.New(fault.Denied, "登记由旗县（市、区）经办人员办理，您的账号可以查看，不能办理")
	}
	if err != nil {
		return 0, err
	}
	for _, f := range Check(e.Act, c.Facts, r.Clock.Today(), c.units) {
		if f.Refuse || !e.Sure {
			return 0, &Asked{Check(e.Act, c.Facts, r.Clock.Today(), c.units)}
		}
	}
	receipt := Receipt{PersonID: c.ID, ID: r.IDs.Next(), Kind: e.Act, Office: who.Area, Right: right, At: r.Clock.Now(), ByID: who.ID, ByName: who.Name, Lines: e.Lines}
	text, err := json.Marshal(e.Lines)
	if err != nil {
		return 0, err
	}
	receipt.sealed = r.Sealer.Seal(string(text))
	return receipt.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if open := c.Registered(r.Clock.Today()); e.Act == Employed && open != nil { // work ends the registration
			fields := registrationFields(open)
			fields["until"], fields["outcome"] = later(e.Fields["since"], open.Since.String()), "就业"
			if _, err := r.Register.Record(ctx, tx, who, "registration", c.ID, fields); err != nil {
				return err
			}
		}
		if _, err := r.Register.Record(ctx, tx, who, template[e.Act], c.ID, e.Fields); err != nil {
			return err
		}
		if err := addReceipt(ctx, tx, &receipt); err != nil {
			return err
		}
		if r.Changed != nil {
			if err := r.Changed(ctx, tx); err != nil {
				return err
			}
		}
		return r.Audit.Write(ctx, tx, r.entry(who, "service."+e.Act, c, actZh[e.Act]+"（依"+rightZh[right]+"）"))
	})
}

var actZh = map[string]string{Unemployed: "办理失业登记", Employed: "办理就业登记", Unlisted: "注销失业登记", Left: "终止就业登记"}

// later is the later of two days written as 2006-01-02.
func later(a, b string) string { return max(a, b) }

// registrationFields writes a registration as the cells of its template, so that ending it keeps the rest.
func registrationFields(g *person.Registration) map[string]string {
	fields := map[string]string{"since": g.Since.String(), "reason": g.Reason, "occupation": g.Occupation, "until": g.Until.String(), "outcome": g.Outcome}
	if g.Pay > 0 {
		fields["pay"] = web.Yuan(g.Pay)
	}
	return fields
}

// spellFields is the same for a spell of employment; code is the employer's credit code.
func spellFields(s *person.Spell, code string) map[string]string {
	return map[string]string{"since": s.Since.String(), "kind": kindZh[s.Kind], "creditcode": code, "area": s.Area, "urban": yesNo(s.Urban), "newform": yesNo(s.NewForm),
		"contract": strconv.Itoa(s.Contract), "occupation": s.Occupation, "until": s.Until.String()}
}

var kindZh = map[string]string{person.Unit: "单位就业", person.Flex: "灵活就业", person.Self: "自主创业", person.Post: "公益性岗位", person.Transfer: "转移就业"}

func yesNo(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

// Route sends a matter of a person to the office of another of the four places (转办), with a deadline in working days and
// an answer. Faults: as for Do, Invalid for an office that is none of the four places'.
func (r *Room) Route(ctx context.Context, who web.User, personID int64, to, title, body string, workDays int, once string) (taskID int64, err error) {
	c, err := r.look(ctx, personID)
	if err != nil {
		return 0, err
	}
	right, err := MayServe(who, c.Places)
	if err == nil && who.Role != account.Officer {
		err = fault.New(fault.Denied, "转办由旗县（市、区）经办人员办理，您的账号可以查看，不能办理")
	}
	if err != nil {
		return 0, err
	}
	ok := false
	for _, code := range c.Places.Offices(who) {
		ok = ok || code == to
	}
	if !ok {
		return 0, fault.New(fault.Invalid, "只能转给此人户籍地、常住地、参保地或就业地的经办机构")
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		taskID, err = r.Assignments.Give(ctx, tx, assignment.Task{Kind: kindRoute, Object: "person", ObjectID: personID, PersonID: personID, From: area.At(who.Area, area.Banner), To: to,
			Title: title, Body: body, Href: "/service/person/" + strconv.FormatInt(personID, 10), WorkDays: workDays, By: who})
		if err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, r.entry(who, "service.route", c, "转办给"+area.Name(to)+"（依"+rightZh[right]+"）"))
	})
	return taskID, err
}
