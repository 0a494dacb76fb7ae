package fair

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, account.Schema, person.Schema, employer.Schema, message.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bold   = web.User{ID: 12, Name: "宝力德", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	xie    = web.User{ID: 15, Name: "其其格", Role: account.Officer, RoleName: "经办", Area: "152921100001", AreaName: "嘎查"}
	shop   = web.User{ID: 21, Name: "便民超市", Role: account.Employer, RoleName: "用人单位", EmployerID: 6, Area: "152921100001"}
	plant  = web.User{ID: 22, Name: "恒瑞化工", Role: account.Employer, RoleName: "用人单位", EmployerID: 5, Area: "152921100001"}
)

func seeker(n int64) web.User {
	return web.User{ID: 100 + n, Name: "求职者", Role: account.Seeker, RoleName: "求职者", PersonID: n, Area: "152921100001", Citizen: true}
}

// everyFits lets everybody fit everything, the more the lower both numbers are.
type everyFits struct{}

func (everyFits) Fits(_ context.Context, people []*person.Facts, vacancies []int64) ([][]Fit, error) {
	out := make([][]Fit, len(people))
	for i, p := range people {
		for n, v := range vacancies {
			chance := 600 - int(p.ID) - 40*n
			out[i] = append(out[i], Fit{VacancyID: v, Score: chance / 2, Chance: chance, Benefit: 500, Why: []Why{{true, "做过同样的工作", "has done the same work"}, {false, "离家较远", "far from home"}}})
		}
	}
	return out, nil
}

type world struct {
	*Room
	t     testing.TB
	clock *clock.Fake
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake("2025-09-24")
	ids, log := id.NewMaker(1, c), audit.New(d, c, "test")
	people := &person.Store{DB: d, Sealer: sealer, Clock: c}
	room, err := New(Deps{DB: d, People: people, Employers: &employer.Store{DB: d, Clock: c}, Clock: c, IDs: ids, Audit: log, Matcher: everyFits{}, Home: "1529",
		Messages: message.New(message.Deps{DB: d, People: people, Sealer: sealer, Clock: c, IDs: ids})})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{room, t, c}
	w.plant()
	return w
}

func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

func (w *world) tx(work func(tx *db.Tx) error) {
	w.t.Helper()
	if err := w.DB.Tx(ctx, work); err != nil {
		w.t.Fatal(err)
	}
}

func date(s string) time.Time { t, _ := time.Parse(time.DateOnly, s); return t }

func idNumber(n int64) string { return identity.MakeIDNumber("152921", date("1990-01-01"), int(n)) }

// plant puts two units with vacancies and thirty people into the register. Person 1 is hard to employ.
func (w *world) plant() {
	w.tx(func(tx *db.Tx) error {
		if err := w.Employers.Save(ctx, tx, []employer.Employer{
			{ID: 5, CreditCode: identity.MakeCreditCode('9', '1', "152921", 5), Name: "阿拉善左旗恒瑞精细化工有限责任公司", Kind: employer.Enterprise, Industry: "C26", Area: "152921100001"},
			{ID: 6, CreditCode: identity.MakeCreditCode('9', '1', "152921", 6), Name: "巴彦浩特便民超市", Kind: employer.Enterprise, Industry: "F52", Area: "152921100001"}}); err != nil {
			return err
		}
		v := employer.Vacancy{Area: "152921", Posted: db.On(date("2025-09-01")), Closes: db.On(date("2025-12-01")), State: employer.Open, PayLow: 300_000, PayHigh: 500_000}
		var list []employer.Vacancy
		for i, title := range []string{"化工操作工", "电工", "店员", "收银员"} {
			v.EmployerID, v.ID, v.Title, v.Openings = 5+int64(i/2), 50+int64(i), title, 2
			list = append(list, v)
		}
		v.ID, v.State = 60, employer.Closed
		return w.Employers.SaveVacancies(ctx, tx, append(list, v))
	})
	w.tx(func(tx *db.Tx) error {
		var people []person.Person
		for n := int64(1); n <= 30; n++ {
			people = append(people, person.Person{ID: n, Name: "乌云其木格", Sex: 2, Birth: date("1990-01-01"), Ethnic: "05", Education: 70, IDNumber: idNumber(n), Phone: fmt.Sprintf("138%08d", n), Area: "152921100001", Rural: n%2 == 0})
		}
		if err := w.People.SavePeople(ctx, tx, people); err != nil {
			return err
		}
		_, err := w.People.SaveFacts(ctx, tx, &person.Batch{Groups: []person.Group{{PersonID: 1, Kind: person.Hard, Since: db.On(date("2024-01-01"))}}})
		return err
	})
}

var keys int

func key() string { keys++; return fmt.Sprintf("fair-test-%08d", keys) }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// fair plans and publishes a fair in three days, from nine to eleven.
func (w *world) fair() int64 {
	w.t.Helper()
	id := must(w.Plan(ctx, suriya, Fair{Area: "152921", Kind: Weekly, Title: "周五小型招聘会", Place: "巴彦浩特镇人力资源市场", Day: db.On(date("2025-09-27")), From: 540, To: 660, Booths: 10, Organisers: "阿拉善左旗就业服务中心"}, key()))
	w.ok(w.Publish(ctx, suriya, id, 1, key()))
	return id
}

// ready is a fair with both units at their booths and so many seekers.
func (w *world) ready(people int64) int64 {
	w.t.Helper()
	id := w.fair()
	w.ok(w.AskBooth(ctx, plant, Booth{EmployerID: 5, FairID: id, Vacancies: []int64{50, 51}, Contact: "0483-1"}, key()))
	w.ok(w.AskBooth(ctx, shop, Booth{EmployerID: 6, FairID: id, Vacancies: []int64{52, 53}, Contact: "0483-2"}, key()))
	w.ok(w.Answer(ctx, suriya, id, 5, 1, "", 1, key()))
	w.ok(w.Answer(ctx, suriya, id, 6, 2, "", 1, key()))
	for n := int64(1); n <= people; n++ {
		must(w.Come(ctx, seeker(n), id, key()))
	}
	return id
}

// on moves the clock to a day, at nine.
func (w *world) on(day string) {
	w.clock.Add(date(day).Add(time.Hour).Sub(w.clock.Now()))
}

// site is the room's pages in the hands of whoever is named by who.
func (w *world) site(who *web.User) string {
	w.t.Helper()
	s, err := web.New(web.Config{Rooms: []web.Room{w.Web()}, Clock: w.clock, Log: slog.New(slog.DiscardHandler), Identify: func(*http.Request) (web.User, error) { return *who, nil }})
	if err != nil {
		w.t.Fatal(err)
	}
	server := httptest.NewServer(s)
	w.t.Cleanup(server.Close)
	return server.URL
}
