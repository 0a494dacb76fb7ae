package casework

import (
	"context"
	"fmt"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{queue.Schema, audit.Schema, person.Schema, employer.Schema, Schema}

	suriya = web.User{ID: 11, Login: "officer01", Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	other  = web.User{ID: 12, Name: "额尔敦", Role: account.Officer, RoleName: "经办", Area: "152922", AreaName: "阿拉善右旗"}
	chief  = web.User{ID: 13, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
)

// world is a room with its registers on one database, on Wednesday 24 September 2025.
type world struct {
	*Room
	*registertest.World
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := registertest.New(t, d)
	return &world{World: w, Room: New(Deps{DB: d, People: w.People, Employers: w.Employers, Clock: w.Clock, IDs: w.IDs, Audit: w.Audit})}
}

// run runs a test on both databases.
func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

// goOn moves the clock to nine o'clock of a later day.
func (w *world) goOn(to string) { w.Clock.Add(day(to).Sub(w.Clock.Today())) }

// house is a household that the test describes.
type house struct {
	id    int64
	area  string
	rural bool
}

// household writes a household; person number i of it has the id 10*id+i.
func (w *world) household(h house, names []string, members ...relative) []int64 {
	w.T.Helper()
	if h.area == "" {
		h.area = "152921110001"
	}
	var ids []int64
	w.Tx(func(tx *db.Tx) error {
		ids = ids[:0]
		if err := w.People.SaveHouseholds(ctx, tx, []person.Household{{ID: h.id, Number: fmt.Sprint(h.id), Area: h.area, Rural: h.rural}}); err != nil {
			return err
		}
		var people []person.Person
		var b person.Batch
		for i, m := range members {
			f := m.facts(10*h.id+int64(i)+1, w.Clock.Today())
			p := f.Person
			p.Sex, p.Ethnic, p.Education, p.Area, p.HouseholdID, p.Rural = 2-i%2, "05", 70, h.area, h.id, h.rural
			p.Name, p.Relation, p.Phone = "王芳", "配偶", "13800005678"
			if i < len(names) {
				p.Name = names[i]
			}
			if i == 0 {
				p.Relation = "户主"
			}
			p.IDNumber = number(h.id, i, p.Birth)
			people, ids = append(people, p), append(ids, p.ID)
			b.Registrations, b.Spells, b.Insurances = append(b.Registrations, f.Registrations...), append(b.Spells, f.Spells...), append(b.Insurances, f.Insurances...)
		}
		if err := w.People.SavePeople(ctx, tx, people); err != nil {
			return err
		}
		_, err := w.People.SaveFacts(ctx, tx, &b)
		return err
	})
	return ids
}

// number is the ID number of the i-th member of a household.
func number(household int64, i int, birth time.Time) string {
	return identity.MakeIDNumber(fmt.Sprintf("1529%02d", 21+household/90%3), birth, int(household*10+int64(i))%999+1)
}

// learn brings facts as an import does.
func (w *world) learn(b person.Batch) {
	w.T.Helper()
	w.Tx(func(tx *db.Tx) error { _, err := w.People.SaveFacts(ctx, tx, &b); return err })
}

func (w *world) sweep() Summary {
	w.T.Helper()
	sum, err := w.Sweep(ctx, progress.None{})
	if err != nil {
		w.T.Fatal(err)
	}
	return sum
}

// cases are a household's cases, the newest first.
func (w *world) cases(household int64) []Case {
	w.T.Helper()
	list, err := w.store.ofHousehold(ctx, household)
	if err != nil {
		w.T.Fatal(err)
	}
	return list
}

func (w *world) stepsOf(c Case) []Step {
	w.T.Helper()
	list, err := w.store.steps(ctx, c.HouseholdID, c.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	return list
}

var couple = []relative{{age: 46, registered: true}, {age: 44, registered: true}, {age: 12}}

// runQueue does background work until the returned function is called.
func runQueue(t testing.TB, q *queue.Queue) (stop func()) {
	until, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- q.Run(until, 1) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}
