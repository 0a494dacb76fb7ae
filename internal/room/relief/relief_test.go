package relief

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"

	"pgregory.net/rapid"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, account.Schema, person.Schema, employer.Schema, message.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bold   = web.User{ID: 12, Name: "宝力德", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	clinic = web.User{ID: 20, Name: "盟医院", Role: account.Employer, RoleName: "用人单位", EmployerID: 50, Area: "152921"}
	shop   = web.User{ID: 21, Name: "便民超市", Role: account.Employer, RoleName: "用人单位", EmployerID: 51, Area: "152921"}
)

func someone(id int64) web.User {
	return web.User{ID: 100 + id, Name: "求职者", Role: account.Seeker, PersonID: id, Area: "152921", Citizen: true}
}

func on(year int, month time.Month, day int) db.Date { return db.On(clock.Date(year, month, day)) }

// world has people 1 to 3 in the banner and 4 in another one, a hospital 50 and a shop 51.
type world struct {
	*registertest.World
	*Room
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	base := registertest.New(t, d)
	w := &world{World: base}
	var err error
	w.Room, err = New(Deps{DB: d, People: base.People, Employers: base.Employers, Clock: base.Clock, IDs: base.IDs, Audit: base.Audit,
		Messages: message.New(message.Deps{DB: d, People: base.People, Sealer: base.Sealer, Clock: base.Clock, IDs: base.IDs})})
	base.Must(err)
	base.Tx(func(tx *db.Tx) error {
		var people []person.Person
		for id := int64(1); id <= 4; id++ {
			people = append(people, person.Person{ID: id, Name: []string{"", "巴特尔", "王芳", "其其格", "刘强"}[id], Sex: 1, Birth: clock.Date(1985, 3, int(id)), IDNumber: id15(id), Area: map[bool]string{true: "152923100001", false: "152921100001"}[id == 4]})
		}
		if err := base.People.SavePeople(ctx, tx, people); err != nil {
			return err
		}
		return base.Employers.Save(ctx, tx, []employer.Employer{{ID: 50, CreditCode: identity.MakeCreditCode('9', '1', "152921", 50), Name: "阿拉善盟中心医院", Kind: employer.Enterprise, Area: "152921"},
			{ID: 51, CreditCode: identity.MakeCreditCode('9', '1', "152921", 51), Name: "巴彦浩特便民超市", Kind: employer.Enterprise, Area: "152921"}})
	})
	return w
}

func id15(n int64) string {
	return identity.MakeIDNumber("152921", clock.Date(1985, 3, int(n)), int(n)*2+1)
}

func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

// project is one that runs since July.
func (w *world) project() int64 {
	w.T.Helper()
	id, err := w.Add(ctx, suriya, Project{Area: "152921", Owner: "巴彦浩特便民超市", Title: "防沙治沙", Investment: 1_000_000_00, Pay: 7_000_00, People: 2, Local: 2, Starts: on(2025, 7, 1), Ends: on(2025, 12, 31), PayDay: 15}, identity.MakeCreditCode('9', '1', "152921", 51), w.Once())
	w.Must(err)
	w.Must(w.Start(ctx, suriya, id, 0, w.Once()))
	return id
}

func TestProjectsThatPayMoreAndTakeMoreLocalPeopleComeFirst(t *testing.T) {
	list := Rank([]Project{{ID: 1, Investment: 1000, Pay: 300, Local: 100}, {ID: 2, Investment: 1000, Pay: 150, Local: 200}, {ID: 3, Investment: 1000, Pay: 300, Local: 150}, {ID: 4, Investment: 1000, Pay: 0, Local: 0}})
	want := []struct{ id, points int64 }{{3, 8750}, {2, 7500}, {1, 7500}, {4, 0}}
	for i, w := range want {
		if list[i].ID != w.id || list[i].Points != w.points || list[i].Place != i+1 {
			t.Errorf("%d: %+v, want %+v", i, list[i], w)
		}
	}
	if len(Rank(nil)) != 0 {
		t.Error("nothing ranked")
	}
}

func TestAMonthsWagesAreJudgedByTheirDay(t *testing.T) {
	for name, c := range map[string]struct {
		p    *Pay
		day  db.Date
		want string
	}{
		"on the last day":          {&Pay{Due: 100, Paid: 100, On: on(2025, 9, 15)}, on(2025, 9, 24), InTime},
		"a day later":              {&Pay{Due: 100, Paid: 100, On: on(2025, 9, 16)}, on(2025, 9, 24), Late},
		"a part":                   {&Pay{Due: 100, Paid: 99, On: on(2025, 9, 10)}, on(2025, 9, 24), Short},
		"a part, its day to come":  {&Pay{Due: 100, Paid: 50, On: on(2025, 9, 10)}, on(2025, 9, 15), Waiting},
		"nothing":                  {nil, on(2025, 9, 16), Missing},
		"nothing, its day to come": {nil, on(2025, 9, 15), Waiting},
	} {
		if got := Judge(c.p, 202508, 15, c.day.Time); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := dueDay(202512, 15); !got.Equal(clock.Date(2026, 1, 15)) {
		t.Errorf("December's wages are due %s", got)
	}
}

func (w *world) file(rows ...[]string) string {
	path := filepath.Join(w.T.TempDir(), "wages.xlsx")
	f, err := os.Create(path)
	w.Must(err)
	defer f.Close()
	x := sheet.NewXLSX(f)
	w.Must(x.Sheet("工资", sheet.Columns("姓名", "身份证号", "月份", "应发工资", "实发工资", "发放日期")...))
	for _, r := range rows {
		w.Must(x.Row(r...))
	}
	w.Must(x.Close())
	return path
}

func TestWagesAreFollowedUntilTheyArePaid(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id := w.project()
		w.Refused(fault.Denied, "", w.Start(ctx, bold, id, 1, w.Once()))
		w.Must(w.Hire(ctx, suriya, id, id15(1), "治沙工", on(2025, 7, 10), 1, w.Once()))
		w.Must(w.Hire(ctx, suriya, id, id15(4), "治沙工", on(2025, 8, 1), 2, w.Once()))
		w.Refused(fault.Invalid, "没有这个身份证号", w.Hire(ctx, suriya, id, id15(9), "治沙工", on(2025, 8, 1), 3, w.Once()))
		all, err := workersOf(ctx, w.DB, []Project{{ID: id}})
		w.Must(err)
		if !all[id][0].Local || all[id][1].Local {
			t.Errorf("%+v", all[id])
		}
		_, flaws, err := w.ReadWages(ctx, w.file([]string{"巴特尔", id15(1), "2025年7月", "-3", "3000", "2025-08-10"}, []string{"刘强", id15(4), "七月", "3000", "3000", "2025-08-10"}, []string{"王芳", id15(2), "202508", "3000", "3000", ""}))
		w.Must(err)
		if len(flaws) != 3 || flaws[0].Row != 2 || !strings.Contains(flaws[1].Text, "月份") || !strings.Contains(flaws[2].Text, "发放日期") {
			t.Errorf("%+v", flaws)
		}
		list, flaws, err := w.ReadWages(ctx, w.file([]string{"巴特尔", id15(1), "2025-07", "3000", "3000", "2025-08-20"}, []string{"巴特尔", id15(1), "202508", "3000", "1000.5", "2025-09-10"}))
		w.Must(err)
		if len(flaws) != 0 || len(list) != 2 {
			t.Fatalf("%+v %+v", list, flaws)
		}
		w.Refused(fault.Invalid, "不在用工名册", w.Report(ctx, suriya, id, []Pay{{PersonID: 2, Month: 202508, Due: 1}}, 3, w.Once()))
		w.Must(w.Report(ctx, suriya, id, list, 3, w.Once()))
		check := func(want ...Month) {
			t.Helper()
			p, err := projectByID(ctx, w.DB, id)
			w.Must(err)
			pays, err := paysOf(ctx, w.DB, []Project{p})
			w.Must(err)
			got := Months(&p, all[id], pays[id], w.Clock.Today())
			if len(got) != len(want) {
				t.Fatalf("%+v", got)
			}
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("%+v, want %+v", got[i], want[i])
				}
			}
		}
		check(Month{Month: 202508, People: 2, Short: 1, Miss: 1, Due: 300_000, Paid: 100_050}, Month{Month: 202507, People: 1, Late: 1, Due: 300_000, Paid: 300_000})
		w.Refused(fault.Conflict, "2025 年 8 月还有 2 人", w.Finish(ctx, suriya, id, 4, w.Once()))
		if n, err := w.Press(ctx); err != nil || n != 1 {
			t.Errorf("%d projects pressed, %v", n, err)
		}
		w.Must(w.Report(ctx, suriya, id, []Pay{{PersonID: 1, Month: 202508, Due: 300_000, Paid: 300_000, On: on(2025, 9, 15)}, {PersonID: 4, Month: 202508, Due: 50_000, Paid: 50_000, On: on(2025, 9, 15)}}, 4, w.Once()))
		w.Refused(fault.Conflict, "少于承诺", w.Finish(ctx, suriya, id, 5, w.Once()))
		w.Must(w.Report(ctx, suriya, id, []Pay{{PersonID: 4, Month: 202508, Due: 100_000, Paid: 100_000, On: on(2025, 9, 15)}}, 5, w.Once()))
		w.Refused(fault.Invalid, "形象进度", w.Progress(ctx, suriya, id, 101, 0, "x", 6, w.Once()))
		w.Must(w.Progress(ctx, suriya, id, 60, 500_000_00, "已完成草方格", 6, w.Once()))
		w.Must(w.Leave(ctx, suriya, id, 4, on(2025, 9, 1), 7, w.Once()))
		w.Must(w.Finish(ctx, suriya, id, 8, w.Once()))
		if n, err := w.Press(ctx); err != nil || n != 0 {
			t.Errorf("%d projects pressed, %v", n, err)
		}
	})
}

func TestUnlawfulItemsAreRefusedWithTheRule(t *testing.T) {
	for items, want := range map[string]string{"乙肝五项": "第三十条", "hbv-dna": "第三十条", "早 孕": "《妇女权益保障法》", "HIV抗体": "《艾滋病防治条例》", "基因筛查": "敏感个人信息", "血脂五项": "", "": "", "胸片、血常规": ""} {
		err := Lawful(items)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(fault.TextOf(err), want) {
			t.Errorf("%s: %v", items, err)
		}
	}
}

func TestACheckIsRecognisedByOthersAsLongAsThePersonShowsIt(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.Must(w.Designate(ctx, suriya, Hospital{Area: "152921", Name: "阿拉善盟中心医院", Phone: "0483-8330000", From: on(2025, 1, 1), Until: on(2025, 12, 31)}, identity.MakeCreditCode('9', '1', "152921", 50), w.Once()))
		list, err := hospitals(ctx, w.DB, "1529", 10)
		w.Must(err)
		in := Result{HospitalID: list[0].ID, Number: id15(1), Class: "food", On: on(2025, 9, 20), Fit: true, Months: 12}
		bad := in
		bad.Items = "乙肝表面抗原"
		w.Refused(fault.Invalid, "就业促进法", w.Record(ctx, clinic, bad, w.Once()))
		w.Refused(fault.NotFound, "", w.Record(ctx, shop, in, w.Once()))
		w.Must(w.Record(ctx, clinic, in, w.Once()))
		w.Refused(fault.Conflict, "结果互认，不用再做", w.Record(ctx, suriya, in, w.Once()))
		other := in
		other.Class = "care"
		w.Must(w.Record(ctx, suriya, other, w.Once()))
		in.Again = "own"
		w.Must(w.Record(ctx, clinic, in, w.Once()))
		mine, err := checksOf(ctx, w.DB, 1)
		w.Must(err)
		if len(mine) != 3 || mine[2].Until != on(2026, 9, 19) {
			t.Fatalf("%+v", mine)
		}
		food := mine[2].ID
		_, err = w.Show(ctx, someone(2), food, w.Once())
		w.Refused(fault.NotFound, "", err)
		code, err := w.Show(ctx, someone(1), food, w.Once())
		w.Must(err)
		seen, err := w.Look(ctx, shop, strings.ToLower(spaced(code)), w.Once())
		w.Must(err)
		if !seen.Valid || seen.Name != "巴＊＊" || seen.Class != "food" {
			t.Errorf("%+v", seen)
		}
		looks, err := looksOf(ctx, w.DB, 1, 10)
		w.Must(err)
		if len(looks) != 1 || looks[0].By != "便民超市" {
			t.Errorf("%+v", looks)
		}
		in.Again, in.Fit = "changed", false
		w.Must(w.Record(ctx, clinic, in, w.Once()))
		if seen, err = w.Look(ctx, shop, code, w.Once()); err != nil || seen.Valid {
			t.Errorf("an earlier check is still recognised after a later one says unfit: %+v %v", seen, err)
		}
		in.Again, in.Fit = "", true
		w.Must(w.Record(ctx, clinic, in, w.Once())) // nothing stands in the way of a new one
		w.Must(w.Hide(ctx, someone(1), food, w.Once()))
		_, err = w.Look(ctx, shop, code, w.Once())
		w.Refused(fault.Invalid, "已收回", err)
		code, err = w.Show(ctx, someone(1), food, w.Once())
		w.Must(err)
		w.Clock.Add(8 * 24 * time.Hour)
		_, err = w.Look(ctx, shop, code, w.Once())
		w.Refused(fault.Invalid, "已过期", err)
		if held, err := w.Held(ctx, w.DB, []int64{1, 2}); err != nil || len(held) != 1 {
			t.Errorf("%v %v", held, err)
		}
		w.Tx(func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{1}) })
		if mine, err = checksOf(ctx, w.DB, 1); err != nil || len(mine) != 0 {
			t.Errorf("%v %v", mine, err)
		}
	})
}

func TestCodesAreReadAsPeopleWriteThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code, err := newCode()
		if err != nil || len(code) != codeLength || readCode(" "+strings.ToLower(spaced(code))) != code {
			t.Fatalf("%q %v", code, err)
		}
	})
}

func FuzzMonth(f *testing.F) {
	for _, s := range []string{"202509", "2025-09", "2025年9月", "2025/9/1", "13", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n := monthOf(s); n != 0 && (n%100 < 1 || n%100 > 12) {
			t.Errorf("%q is month %d", s, n)
		}
	})
}
