package graduate

import (
	"context"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, account.Schema, person.Schema, employer.Schema, approval.Schema, message.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	mergen = web.User{ID: 15, Name: "莫日根", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bold   = web.User{ID: 12, Name: "宝力德", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	chief  = web.User{ID: 13, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	top    = web.User{ID: 14, Name: "李处", Role: account.Manager, RoleName: "管理", Area: "15", AreaName: "内蒙古自治区"}
)

// someone is the account of a person.
func someone(id int64) web.User {
	return web.User{ID: 100 + id, Name: "毕业生", Role: account.Seeker, PersonID: id, Area: "152921", Citizen: true}
}

// world has people 1 to 8: graduates of 2025 with degrees and majors, 7 one of long ago, 8 nobody whose graduation is known.
type world struct {
	*registertest.World
	*Room
}

func on(year int, month time.Month, day int) db.Date { return db.On(clock.Date(year, month, day)) }

var majors = []string{"", "汉语言文学", "动物医学", "临床医学", "小学教育", "草业科学", "小学教育", "小学教育"}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	base := registertest.New(t, d)
	w := &world{World: base}
	var err error
	w.Room, err = New(Deps{DB: d, People: base.People, Employers: base.Employers, Sealer: base.Sealer, Clock: base.Clock, IDs: base.IDs, Audit: base.Audit,
		Approvals: approval.New(approval.Deps{DB: d, Sealer: base.Sealer, Clock: base.Clock, IDs: base.IDs, Audit: base.Audit}),
		Messages:  message.New(message.Deps{DB: d, People: base.People, Sealer: base.Sealer, Clock: base.Clock, IDs: base.IDs})})
	base.Must(err)
	base.Tx(func(tx *db.Tx) error {
		var people []person.Person
		var batch person.Batch
		for id := int64(1); id <= 8; id++ {
			birth := clock.Date(2002, time.March, int(id))
			people = append(people, person.Person{ID: id, Name: []string{"", "苏力德", "王芳", "其其格", "刘强", "娜仁", "李雷", "韩梅", "赵六"}[id], Sex: 1, Birth: birth, IDNumber: identity.MakeIDNumber("152921", birth, int(id)*2+1), Phone: "13847700000", Area: "152921100001", Education: 20})
			if id < 8 {
				g := person.Graduate{PersonID: id, Graduated: on(2025, time.June, 30), School: "内蒙古师范大学", Degree: 20, Major: majors[id]}
				if id == 7 {
					g.Graduated = on(2015, time.June, 30)
				}
				batch.Graduates = append(batch.Graduates, g)
			}
		}
		batch.Groups = []person.Group{{PersonID: 6, Kind: person.Hard, Since: on(2025, time.July, 1)}}
		if err := base.People.SavePeople(ctx, tx, people); err != nil {
			return err
		}
		if err := base.Employers.Save(ctx, tx, []employer.Employer{{ID: 50, CreditCode: identity.MakeCreditCode('9', '1', "152921", 50), Name: "阿拉善左旗第一中学", Kind: employer.Enterprise, Area: "152921"}}); err != nil {
			return err
		}
		_, err := base.People.SaveFacts(ctx, tx, &batch)
		return err
	})
	return w
}

func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

// on moves the clock to a day.
func (w *world) on(day db.Date) { w.Clock.Add(day.Add(time.Hour).Sub(w.Clock.Now())) }

// planned is a round with quota: two posts for teachers and one for vets. It opens today.
func (w *world) planned() (id int64, posts []Post) {
	w.T.Helper()
	for _, q := range []struct {
		who  web.User
		area string
		n    int64
	}{{top, "15", 3000}, {top, "1529", 300}, {chief, "152921", 3}} {
		w.Must(w.SetQuota(ctx, q.who, Quota{Programme: "support", Year: 2025, Area: q.area, Seats: q.n}, "年度计划", w.Once()))
	}
	id, err := w.Plan(ctx, suriya, Round{Area: "152921", Programme: "support", Year: 2025, Title: "2025 年“三支一扶”招募", Body: "面向两年内毕业的高校毕业生", Opens: on(2025, 9, 24), Closes: on(2025, 9, 30), Exam: on(2025, 10, 18), Starts: on(2025, 11, 1),
		Window: 2, MaxAge: 30, Weight: 60, Pass: 6000, Days: 7}, w.Once())
	w.Must(err)
	for i, p := range []Post{{Unit: "吉兰泰学校", Title: "支教", Service: "teach", Majors: "教育 文学", Degree: 20, Years: 2, Seats: 1, Allowance: 400_000}, {Unit: "乌力吉学校", Title: "支教", Service: "teach", Majors: "教育 文学", Degree: 20, Years: 2, Seats: 1, Allowance: 400_000},
		{Unit: "畜牧站", Title: "支农", Service: "farm", Majors: "动物 草业", Degree: 30, Years: 2, Seats: 1, Reserved: 0, Allowance: 400_000}} {
		p.RoundID, p.Area = id, "152921"
		w.Must(w.AddPost(ctx, suriya, p, int64(i), w.Once()))
	}
	list, err := postsOf(w, id)
	w.Must(err)
	return id, list
}

func postsOf(w *world, id int64) ([]Post, error) { return posts(ctx, w.DB, id) }

func (w *world) round(id int64) Round {
	w.T.Helper()
	p, err := roundByID(ctx, w.DB, id)
	w.Must(err)
	return p
}

func (w *world) entry(person, round int64) Entry {
	w.T.Helper()
	e, found, err := w.entryOf(ctx, w.DB, person, round)
	w.Must(err)
	if !found {
		w.T.Fatalf("person %d has no application", person)
	}
	return e
}
