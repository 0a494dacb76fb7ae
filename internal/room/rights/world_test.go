package rights

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, person.Schema, approval.Schema, evidence.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bater  = web.User{ID: 12, Name: "巴特尔", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	ejina  = web.User{ID: 13, Name: "额尔敦", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	chief  = web.User{ID: 14, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	naran  = web.User{ID: 15, Name: "娜仁托雅", Role: account.Seeker, RoleName: "求职者", PersonID: 71, Citizen: true}
)

// pen writes corrections into the register; the room intake does so by records.
type pen struct{ people *person.Store }

func (p pen) Correct(ctx context.Context, tx *db.Tx, c Correction) error {
	list, err := p.people.ListIn(ctx, tx, []int64{c.PersonID})
	if err != nil {
		return err
	}
	x := &list[0]
	n, _ := strconv.Atoi(c.Value)
	switch c.Field {
	case "name":
		x.Name = c.Value
	case "phone":
		x.Phone = c.Value
	case "education":
		x.Education = n
	case "sex":
		x.Sex = n
	case "idnumber":
		x.IDNumber = c.Value
	case "birth":
		x.Birth, _ = time.Parse(time.DateOnly, c.Value)
	default:
		return fault.New(fault.Internal, "%s", c.Field)
	}
	return p.people.SavePeople(ctx, tx, list)
}

// memo remembers who was to be forgotten.
type memo struct{ ids []int64 }

func (m *memo) Forget(_ context.Context, _ *db.Tx, ids []int64) error {
	m.ids = append(m.ids, ids...)
	return nil
}

type world struct {
	*Room
	*registertest.World
	memo *memo
}

func run(t *testing.T, body func(w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(newWorld(t, d)) })
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{World: registertest.New(t, d), memo: &memo{}}
	approvals := approval.New(approval.Deps{DB: d, Sealer: w.Sealer, Clock: w.Clock, IDs: w.IDs, Audit: w.Audit})
	var err error
	w.Room, err = New(Deps{DB: d, People: w.People, Clock: w.Clock, IDs: w.IDs, Audit: w.Audit, Approvals: approvals, Evidence: &evidence.Store{DB: d, Sealer: w.Sealer, Clock: w.Clock, IDs: w.IDs},
		Corrections: pen{w.People}, Forget: []Forgetter{w.memo, approvals}})
	w.Must(err)
	w.people(person.Person{ID: 71, Name: "娜仁托雅", Phone: "13800005678"}, person.Person{ID: 72, Name: "呼和"})
	return w
}

var nineteen = time.Date(1979, 9, 24, 0, 0, 0, 0, time.UTC)

func numberOf(id int64) string { return identity.MakeIDNumber("152921", nineteen, int(id%500)*2) }

// people writes people into the register: women of Bayanhot, born in 1979, unless something else is said.
func (w *world) people(list ...person.Person) {
	w.T.Helper()
	for i := range list {
		p := &list[i]
		p.Sex, p.Birth, p.Ethnic, p.Education, p.HouseholdID, p.Relation, p.IDNumber = 2, nineteen, "02", 70, 9, "户主", numberOf(p.ID)
		if p.Area == "" {
			p.Area = "152921100001"
		}
	}
	w.Tx(func(tx *db.Tx) error { return w.People.SavePeople(ctx, tx, list) })
}

var keys int

func once() string { keys++; return fmt.Sprintf("rights-once-%06d", keys) }

// ask files a request and returns its id.
func (w *world) ask(who web.User, field, value string) int64 {
	w.T.Helper()
	id, err := w.Ask(ctx, who, Asked{PersonID: 71, Field: field, Value: value, Why: "登记有误", Evidence: "户口簿"}, once())
	w.Must(err)
	return id
}

func (w *world) yes(who web.User, id, version int64) error {
	return w.Approvals.Decide(ctx, who, id, version, true, "", once())
}

func (w *world) person(id int64) person.Person {
	w.T.Helper()
	p, err := w.People.Get(ctx, id)
	w.Must(err)
	return p
}

func (w *world) server(who web.User) string { return w.Serve(who, w.Web(), w.Approvals.Web()) }

func (w *world) site(who web.User) registertest.Visit { return w.Site(who, w.Web(), w.Approvals.Web()) }
