package outwork

import (
	"context"
	"fmt"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, account.Schema, person.Schema, employer.Schema, assignment.Schema, evidence.Schema, message.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bold   = web.User{ID: 12, Name: "宝力德", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	chief  = web.User{ID: 13, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	xie    = web.User{ID: 15, Name: "其其格", Role: account.Officer, RoleName: "经办", Area: "152921100001", AreaName: "嘎查"}
	plant  = web.User{ID: 22, Name: "恒瑞化工", Role: account.Employer, RoleName: "用人单位", EmployerID: 5, Area: "152921"}
)

func seeker(n int64) web.User {
	return web.User{ID: 100 + n, Name: "求职者", Role: account.Seeker, RoleName: "求职者", PersonID: n, Area: "152921100001", Citizen: true}
}

// yes stands for the room rights: people with these ids have agreed.
type yes map[int64]bool

func (y yes) Allowed(_ context.Context, ids []int64) (map[int64]bool, error) { return y, nil }

type world struct {
	*Room
	*registertest.World
	agreed yes
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	b := registertest.New(t, d)
	w := &world{World: b, agreed: yes{1: true, 2: true, 3: true, 5: true, 7: true}}
	room, err := New(Deps{DB: d, People: b.People, Employers: b.Employers, Sealer: b.Sealer, Clock: b.Clock, IDs: b.IDs, Audit: b.Audit, Evidence: &evidence.Store{DB: d, Sealer: b.Sealer, Clock: b.Clock, IDs: b.IDs},
		Assignments: assignment.New(assignment.Deps{DB: d, Sealer: b.Sealer, Clock: b.Clock, IDs: b.IDs, Audit: b.Audit}), Consents: w.agreed,
		Messages: message.New(message.Deps{DB: d, People: b.People, Sealer: b.Sealer, Clock: b.Clock, IDs: b.IDs}), AsOf: day("2025-08-31").Time})
	b.Must(err)
	w.Room = room
	w.plant()
	return w
}

func both(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

func day(s string) db.Date { t, _ := time.Parse(time.DateOnly, s); return db.On(t) }

// plant puts people 1 to 9 into the register: 4 is fifteen years old, 5 lives in another banner, 6 is at work, 9 does not want to.
// Person 1 went away in March 2025 and is still there; 2 for three months; 3 is insured by a plant of another banner since February.
func (w *world) plant() {
	willing, unwilling := true, false
	w.Tx(func(tx *db.Tx) error {
		if err := w.Room.Employers.Save(ctx, tx, []employer.Employer{{ID: 5, CreditCode: identity.MakeCreditCode('9', '1', "152921", 5), Name: "恒瑞化工", Kind: employer.Enterprise, Industry: "C26", Area: "152921100001"},
			{ID: 6, CreditCode: identity.MakeCreditCode('9', '1', "150203", 6), Name: "包头机械", Kind: employer.Enterprise, Industry: "C34", Area: "150203001001"}}); err != nil {
			return err
		}
		var people []person.Person
		for n := int64(1); n <= 9; n++ {
			p := person.Person{ID: n, Name: fmt.Sprintf("乌云其木格%d", n), Sex: 2, Birth: clock.Date(1990, 1, 1), Ethnic: "05", Education: 70, Area: "152921100001", Rural: true, Willing: &willing, Phone: fmt.Sprintf("138%08d", n)}
			switch n {
			case 4:
				p.Birth = clock.Date(2010, 1, 1)
			case 5:
				p.Area = "152923100001"
			case 9:
				p.Willing = &unwilling
			}
			p.IDNumber = identity.MakeIDNumber("152921", p.Birth, int(n))
			people = append(people, p)
		}
		if err := w.Room.People.SavePeople(ctx, tx, people); err != nil {
			return err
		}
		if err := w.Room.People.SaveSpells(ctx, tx, []person.Spell{{PersonID: 1, Since: day("2024-03-01"), Until: day("2024-12-01"), Kind: person.Transfer, Area: "110105", Occupation: "保安"},
			{PersonID: 2, Since: day("2025-03-05"), Until: day("2025-06-05"), Kind: person.Transfer, Area: "110105", Occupation: "保安"}, {PersonID: 6, Since: day("2025-07-01"), Kind: person.Unit, EmployerID: 5, Area: "152921"},
			{PersonID: 1, Since: day("2025-02-20"), Kind: person.Transfer, Area: "110105", Until: day("2025-09-10"), Occupation: "电工"}}); err != nil {
			return err
		}
		return w.Room.People.SaveInsurances(ctx, tx, []person.Insurance{{PersonID: 3, Kind: person.Pension, EmployerID: 6, From: 202502, To: 202508}, {PersonID: 7, Kind: person.Pension, EmployerID: 5, From: 202502, To: 202507}})
	})
}

func (w *world) agreement(who web.User, area, until string) int64 {
	w.T.Helper()
	id, err := w.AddAgreement(ctx, who, Agreement{Area: area, Kind: "jingmeng", Partner: "北京市海淀区", PartnerCode: "110108", Number: "京蒙〔2024〕3 号", Signed: day("2024-01-01"), Until: day(until), Promised: 20, Contacts: "李科长 13900000000"}, w.Once())
	w.Must(err)
	return id
}

// demand is a batch under an agreement, from February to the end of the year.
func (w *world) demand(who web.User, area string, need int) int64 {
	w.T.Helper()
	id, err := w.AddBatch(ctx, who, Batch{Area: area, Source: FromAgreement, AgreementID: w.agreement(who, area, "2026-12-31"), Unit: "海淀物业", Title: "物业电工", Occupation: "电工", Need: need, PayLow: 500_000, PayHigh: 650_000, Place: "北京市海淀区",
		From: day("2025-02-15"), To: day("2025-12-31"), Answers: "苏日娅 0483-8330000"}, w.Once())
	w.Must(err)
	return id
}

func (w *world) members1(batch int64) map[int64]Member {
	w.T.Helper()
	list, err := w.members(ctx, w.Room.DB, batch, region, 0, 100)
	w.Must(err)
	out := map[int64]Member{}
	for _, m := range list {
		out[m.PersonID] = m
	}
	return out
}
