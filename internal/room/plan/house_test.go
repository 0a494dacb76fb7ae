package plan

import (
	"context"
	"fmt"
	"testing"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
)

var ctx = context.Background()

// Places of the made-up register.
const (
	town     = "152921110001" // 阿拉善左旗巴彦浩特镇
	village  = "152921112200" // 阿拉善左旗吉兰泰镇
	westTown = "152922103001" // 阿拉善右旗巴丹吉林镇
)

// house is the room in a database of its own, on the demonstration's day.
type house struct {
	*Room
	t     *testing.T
	clock *clock.Fake
}

func inHouses(t *testing.T, body func(t *testing.T, h *house)) {
	dbtest.Run(t, []db.Schema{queue.Schema, audit.Schema, person.Schema, approval.Schema, assignment.Schema, indicator.Schema, Schema}, func(t *testing.T, d *db.DB) {
		body(t, newHouse(t, d))
	})
}

func newHouse(t *testing.T, d *db.DB) *house {
	c := clock.NewFake("2025-09-24")

	sealer, err := seal.New(seal.GenerateKeys())
	must(t, err)
	must(t, d.Tx(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, "data.asof", "2025-08-31") }))
	indicators, err := indicator.New(ctx, indicator.Deps{DB: d, Clock: c})
	must(t, err)
	r := New(Deps{DB: d, Indicators: indicators, People: &person.Store{DB: d, Sealer: sealer, Clock: c}, Clock: c, IDs: id.NewMaker(1, c), Audit: audit.New(d, c, "test"), Queue: queue.New(d, c, id.NewMaker(4, c)),
		Approvals:   approval.New(approval.Deps{DB: d, Sealer: sealer, Clock: c, IDs: id.NewMaker(2, c), Audit: audit.New(d, c, "test")}),
		Assignments: assignment.New(assignment.Deps{DB: d, Sealer: sealer, Clock: c, IDs: id.NewMaker(3, c), Audit: audit.New(d, c, "test")})})
	r.HandleKinds()
	r.Parse = func(name, _ string, raw []byte) (plandoc.Text, error) {
		return plandoc.FromLines(name, string(raw)), nil
	}
	return &house{Room: r, t: t, clock: c}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// settle writes people into the register; who is only partly told is a townsman of forty.
func (h *house) settle(list ...person.Facts) {
	h.t.Helper()
	var all person.Facts
	var people []person.Person
	for i := range list {
		f := list[i]
		if f.ID == 0 {
			f.ID = int64(1000 + i)
		}
		if f.Area == "" {
			f.Area = town
		}
		if f.Birth.IsZero() {
			f.Birth = day("1985-01-01").Time
		}
		if f.Name == "" {
			f.Name = fmt.Sprintf("苏某%d", f.ID)
		}
		f.IDNumber = fmt.Sprintf("15292119850101%04d", f.ID)
		people = append(people, f.Person)
		for _, v := range f.Spells {
			v.PersonID = f.ID
			all.Spells = append(all.Spells, v)
		}
		for _, v := range f.Registrations {
			v.PersonID = f.ID
			all.Registrations = append(all.Registrations, v)
		}
		for _, v := range f.Trainings {
			v.PersonID = f.ID
			all.Trainings = append(all.Trainings, v)
		}
		for _, v := range f.Insurances {
			v.PersonID = f.ID
			all.Insurances = append(all.Insurances, v)
		}
	}
	must(h.t, h.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, err := range []error{h.People.SavePeople(ctx, tx, people), h.People.SaveSpells(ctx, tx, all.Spells),
			h.People.SaveRegistrations(ctx, tx, all.Registrations), h.People.SaveTrainings(ctx, tx, all.Trainings),
			h.People.SaveInsurances(ctx, tx, all.Insurances)} {
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// ask lets somebody answer the labour-force survey.
func (h *house) ask(who int64, month, status int, urban bool) {
	h.t.Helper()
	must(h.t, h.DB.Tx(ctx, func(tx *db.Tx) error {
		return h.People.SaveSurveys(ctx, tx, []person.Survey{{PersonID: who, Month: month, Status: status, Urban: urban}})
	}))
}

func (h *house) compute() Summary {
	h.t.Helper()
	s, err := h.Compute(ctx, progress.None{})
	must(h.t, err)
	return s
}

// actual is an indicator's kept number, or none.
func (h *house) actual(indicator, area string, year int) string {
	h.t.Helper()
	v, err := h.Actual(ctx, indicator, area, year)
	must(h.t, err)
	n, ok := v.Number()
	if !ok {
		return "none"
	}
	return fmt.Sprint(n)
}

// taskStates are how far an area is with the action plan's tasks.
func (h *house) taskStates(area string) (map[string]TaskState, error) {
	tasks, _, err := h.actionPlan(ctx)
	must(h.t, err)
	return h.states(ctx, tasks, area)
}

var (
	leagueManager = web.User{ID: 1, Name: "盟值班", Role: manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	regionManager = web.User{ID: 2, Name: "区值班", Role: manager, RoleName: "管理", Area: "15", AreaName: "内蒙古自治区"}
	leftOfficer   = web.User{ID: 3, Name: "左旗经办", Role: officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
)
