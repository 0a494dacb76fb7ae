package policy

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

var ctx = context.Background()

// office is a room on a fresh database with a few people and employers of two banners.
type office struct {
	*Room
	t *testing.T
}

func open15(t *testing.T, body func(o office)) {
	dbtest.Run(t, []db.Schema{person.Schema, employer.Schema, audit.Schema, Schema}, func(t *testing.T, d *db.DB) { body(furnish(t, d)) })
}

func furnish(t testing.TB, d *db.DB) office {
	t.Helper()
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake("2025-09-24 06:00")
	room, err := New(Deps{DB: d, People: &person.Store{DB: d, Sealer: sealer, Clock: c}, Employers: &employer.Store{DB: d, Clock: c}, Clock: c,
		IDs: id.NewMaker(1, c), Audit: audit.New(d, c, "test")})
	if err != nil {
		t.Fatal(err)
	}
	tt, _ := t.(*testing.T)
	return office{room, tt}
}

func (o office) do(work func(tx *db.Tx) error) {
	o.t.Helper()
	if err := o.DB.Tx(ctx, work); err != nil {
		o.t.Fatal(err)
	}
}

func inhabitant(n int64, name, area string) person.Person {
	birth := clock.Date(1980, time.March, 1).AddDate(0, 0, int(n))
	return person.Person{ID: n, Name: name, Sex: 1, Birth: birth, Ethnic: "05", IDNumber: identity.MakeIDNumber("152921", birth, int(n)), Area: area, HouseholdID: n, Relation: "户主"}
}

// settle fills the office: 1 a veteran, 2 a veteran discharged in December, 3 a veteran whose settlement nobody wrote
// down, 4 nobody special, all in 152921; 5 a veteran in 152922; 6 to 8 work in employer 1 of person 4, insured for two years.
func (o office) settle() {
	o.t.Helper()
	var people []person.Person
	for i, name := range []string{"苏日娜", "包娜仁", "王小军", "李明", "周琪", "甲", "乙", "丙"} {
		area := "152921100001"
		if i == 4 {
			area = "152922100001"
		}
		people = append(people, inhabitant(int64(i+1), name, area))
	}
	veteran := func(id int64, since, detail string) person.Group {
		return person.Group{PersonID: id, Kind: person.Veteran, Since: on(since), Detail: detail}
	}
	o.do(func(tx *db.Tx) error {
		if err := o.People.SavePeople(ctx, tx, people); err != nil {
			return err
		}
		if err := o.Employers.Save(ctx, tx, []employer.Employer{{ID: 1, CreditCode: "91152921MA0N00001A", Name: "巴彦浩特面馆", Kind: employer.Individual,
			Industry: "H62", Area: "152921100001", Opened: on("2022-01-01"), FounderID: 4, Staff: 3}}); err != nil {
			return err
		}
		for n := int64(6); n <= 8; n++ {
			if err := o.People.SaveSpells(ctx, tx, []person.Spell{{PersonID: n, Since: on("2023-09-01"), Kind: person.Unit, EmployerID: 1, Urban: true, Area: "152921", Contract: 36}}); err != nil {
				return err
			}
			if err := o.People.SaveInsurances(ctx, tx, []person.Insurance{{PersonID: n, Kind: person.Pension, EmployerID: 1, From: 202309}}); err != nil {
				return err
			}
		}
		return o.People.SaveGroups(ctx, tx, []person.Group{veteran(1, "2023-09-01", "自主就业"), veteran(2, "2025-12-01", "自主就业"), veteran(3, "2022-09-01", ""), veteran(5, "2023-09-01", "自主就业")})
	})
}

func (o office) screen() Summary {
	o.t.Helper()
	sum, err := o.Screen(ctx, progress.None{})
	if err != nil {
		o.t.Fatal(err)
	}
	return sum
}

// list is the names of a policy's list in an area.
func (o office) list(sh shelf, policy, verdict, area string) (ids []int64) {
	o.t.Helper()
	page, err := o.store.page(ctx, sh, policy, verdict, area, "", 0, 50)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, g := range page {
		ids = append(ids, g.owner)
	}
	return ids
}

func TestEverybodyIsScreenedAndTheListsFollowTheRegister(t *testing.T) {
	open15(t, func(o office) {
		t := o.t
		o.settle()
		first := o.screen()
		if first.People != 8 || first.Employers != 1 || first.Policies != 59 || first.Entered != 0 {
			t.Errorf("the first run: %+v", first)
		}
		for _, c := range []struct {
			sh                    shelf
			policy, verdict, area string
			want                  string
		}{
			{ofPeople, "R54", "yes", "1529", "[1 5]"}, {ofPeople, "R54", "yes", "152921", "[1]"}, {ofPeople, "R54", "near", "152921", "[2]"},
			{ofPeople, "R54", "yes", "1507", "[]"}, {ofEmployers, "R01", "yes", "152921", "[1]"}, {ofEmployers, "R02", "yes", "15", "[1]"},
		} {
			if got := show(o.list(c.sh, c.policy, c.verdict, c.area)); got != c.want {
				t.Errorf("%s %s in %s: %s, want %s", c.policy, c.verdict, c.area, got, c.want)
			}
		}
		last, _, err := o.store.latest(ctx)
		if err != nil {
			t.Fatal(err)
		}
		counts, err := o.store.tallies(ctx, last.ID, "152921")
		if err != nil || counts["R54"] != (tally{4, 1, 1, 1}) {
			t.Errorf("counted %v, %v", counts["R54"], err)
		}

		// Nothing has changed: the second run writes nothing. Then one leaves the lists, one is told how he was settled.
		if again := o.screen(); again.Entered != 0 || again.Left != 0 || again.Eligible != first.Eligible {
			t.Errorf("the same again: %+v", again)
		}
		o.do(func(tx *db.Tx) error {
			return o.People.SaveGroups(ctx, tx, []person.Group{{PersonID: 1, Kind: person.Veteran, Since: on("2023-09-01"), Detail: "政府安排工作"},
				{PersonID: 3, Kind: person.Veteran, Since: on("2022-09-01"), Detail: "自主就业"}})
		})
		third := o.screen()
		if third.Entered != 2 || third.Left != 1 { // who left R54 came to R53
			t.Errorf("one came and one went: %+v", third)
		}
		if got := show(o.list(ofPeople, "R54", "yes", "15")); got != "[3 5]" {
			t.Errorf("now the list is %s", got)
		}
		news, err := o.store.moves(ctx, ofPeople, third.Run, "152921")
		if err != nil || len(news) != 2 || news[0] != (moves{"R53", 1, 0}) || news[1] != (moves{"R54", 1, 1}) {
			t.Errorf("news %v, %v", news, err)
		}
		held, err := o.store.between(ctx, ofPeople, 4, 5)
		if err != nil || len(held) == 0 || held[len(held)-1].run != first.Run {
			t.Errorf("who stays keeps the run that found him: %v, %v", held, err)
		}
	})
}

// A veteran who has died leaves the lists, and the file offers nothing more.
func TestNobodyIsOfferedAnythingAfterDeath(t *testing.T) {
	open15(t, func(o office) {
		o.settle()
		o.screen()
		dead := inhabitant(1, "苏日娜", "152921100001")
		dead.Died = on("2025-09-20")
		o.do(func(tx *db.Tx) error { return o.People.SavePeople(ctx, tx, []person.Person{dead}) })
		if again := o.screen(); again.Left == 0 {
			o.t.Errorf("after the death: %+v", again)
		}
		if got := show(o.list(ofPeople, "R54", "yes", "15")); got != "[5]" {
			o.t.Errorf("the list is %s", got)
		}
		if lines, err := o.Lines(ctx, "zh", 1); err != nil || len(lines) != 0 {
			o.t.Errorf("the file offers %v, %v", lines, err)
		}
	})
}

func show(ids []int64) string {
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteByte(byte('0' + id))
	}
	return "[" + b.String() + "]"
}

// The list, the page of one person and the lines for other rooms say the same, for every person and policy.
func TestOnePersonIsToldWhatTheScreeningFound(t *testing.T) {
	open15(t, func(o office) {
		o.settle()
		o.screen()
		for person := int64(1); person <= 8; person++ {
			lines, err := o.Lines(ctx, "zh", person)
			if err != nil || len(lines) != len(o.catalogue().people) {
				o.t.Fatal(person, len(lines), err)
			}
			held, err := o.store.between(ctx, ofPeople, person-1, person)
			if err != nil {
				o.t.Fatal(err)
			}
			kept := map[string]string{}
			for _, g := range held {
				kept[g.policy] = g.verdict
			}
			for _, l := range lines {
				if e, err := o.catalogue().entry(l.PolicyID); err != nil || e.Unlisted {
					continue // meant for everybody
				}
				if l.Verdict == "yes" || l.Verdict == "near" {
					if kept[l.PolicyID] != l.Verdict {
						o.t.Errorf("person %d, %s: the page says %s, the list %q", person, l.PolicyID, l.Verdict, kept[l.PolicyID])
					}
					delete(kept, l.PolicyID)
				}
				if len(l.Reasons) == 0 || l.Name == "" || l.Lead == "" || l.Next == "" {
					o.t.Errorf("person %d: %+v", person, l)
				}
			}
			if len(kept) > 0 {
				o.t.Errorf("person %d: the list also has %v", person, kept)
			}
		}
	})
}

var (
	officer  = web.User{ID: 11, Name: "经办02", Role: account.Officer, RoleName: "经办", Area: "152921"}
	manager  = web.User{ID: 12, Name: "管理01", Role: account.Manager, RoleName: "管理", Area: "1529"}
	citizen  = web.User{ID: 13, Name: "包娜仁", Role: account.Seeker, RoleName: "求职者", PersonID: 2}
	business = web.User{ID: 14, Name: "面馆", Role: account.Employer, RoleName: "用人单位", EmployerID: 1}
)

// serve serves the room's pages to one user.
func (o office) serve(u web.User) *httptest.Server {
	o.t.Helper()
	s, err := web.New(web.Config{Rooms: []web.Room{o.Web()}, Identify: func(*http.Request) (web.User, error) { return u, nil }, Clock: o.Clock, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, wrong := range append(s.Words().Missing(), s.Words().Uneven()...) {
		if strings.Contains(wrong, "policy.") {
			o.t.Errorf("words: %s", wrong)
		}
	}
	server := httptest.NewServer(s)
	o.t.Cleanup(server.Close)
	return server
}

// site returns how one user looks at the pages.
func (o office) site(u web.User, language string) func(path string) (int, string) {
	o.t.Helper()
	server := o.serve(u)
	return func(path string) (int, string) {
		o.t.Helper()
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+path, nil)
		if err != nil {
			o.t.Fatal(err)
		}
		req.AddCookie(&http.Cookie{Name: "jiuye_lang", Value: language})
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			o.t.Fatal(err)
		}
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		if err != nil {
			o.t.Fatal(err)
		}
		return res.StatusCode, string(text)
	}
}

func TestEachRoleSeesItsOwn(t *testing.T) {
	open15(t, func(o office) {
		o.settle()
		if _, text := o.site(officer, "zh")("/policy"); !strings.Contains(text, "还没有计算过") {
			o.t.Error("before the first run the list does not say so")
		}
		o.screen()
		for _, c := range []struct {
			who      web.User
			language string
			path     string
			code     int
			has      []string
			hasNot   []string
		}{
			{officer, "zh", "/policy", 200, []string{"自主就业退役军人免费培训", "/policy/R54?v=near#list", "8 人、1 个单位"}, nil},
			{officer, "zh", "/policy/R54", 200, []string{"苏＊＊", "深入推进自主就业退役军人免费职业教育和技能培训", "安置方式应属于自主就业", "/policy/R54/person/1"}, []string{"苏日娜", "周＊＊"}},
			{officer, "zh", "/policy/R54?v=near", 200, []string{"包＊＊", "2025-12-01 起符合"}, []string{"苏＊＊"}},
			{manager, "zh", "/policy/R54", 200, []string{"苏＊＊", "周＊＊"}, nil},
			{officer, "zh", "/policy/R54/person/1", 200, []string{"苏日娜", "安置方式为自主就业，应属于自主就业", "是退役军人", "/casework/person/1", "就业困难人员自主创业优先扶持"}, nil},
			{officer, "en", "/policy/R54/person/1", 200, []string{"Free training for self-employed veterans", "Every condition is met"}, nil},
			{officer, "zh", "/policy/R54/person/5", 403, nil, []string{"周琪"}},
			{officer, "zh", "/policy/R54/person/99", 404, nil, nil},
			{officer, "zh", "/policy/R99", 404, []string{"没有编号为 R99 的政策"}, nil},
			{officer, "zh", "/policy/R01/person/1", 404, []string{"面向单位"}, nil},
			{officer, "zh", "/policy/R01", 200, []string{"巴彦浩特面馆", "带动就业参保满12个月人数应不少于 3 人"}, nil},
			{officer, "zh", "/policy/R01/unit/1", 200, []string{"带动就业参保满12个月人数为 3 人，应不少于 3 人", "20,000 元"}, nil},
			{citizen, "zh", "/policy/mine", 200, []string{"我能享受什么", "其他条件不变，2025年12月1日起符合", "您是退役军人", "带退役证到退役军人服务中心", "暂不符合"}, []string{"<button class=\"jy-btn"}},
			{citizen, "en", "/policy/mine", 200, []string{"What fits me", "eligible from 1 Dec 2025"}, nil},
			{citizen, "zh", "/policy", 403, nil, nil},
			{citizen, "zh", "/policy/R54/person/1", 403, nil, []string{"苏日娜"}},
			{business, "zh", "/policy/employer", 200, []string{"巴彦浩特面馆", "一次性 20,000 元", "贵单位的带动就业参保满12个月人数为 3 人"}, nil},
			{business, "zh", "/policy/mine", 403, nil, nil},
			{web.User{ID: 15, Role: account.Seeker}, "zh", "/policy/mine", 404, []string{"还没有与实名档案对上"}, nil},
		} {
			code, text := o.site(c.who, c.language)(c.path)
			if code != c.code {
				o.t.Errorf("%s %s: %d, want %d", c.who.Role, c.path, code, c.code)
			}
			for _, want := range c.has {
				if !strings.Contains(text, want) {
					o.t.Errorf("%s %s %s does not show %q", c.who.Role, c.language, c.path, want)
				}
			}
			for _, not := range c.hasNot {
				if strings.Contains(text, not) {
					o.t.Errorf("%s %s shows %q", c.who.Role, c.path, not)
				}
			}
		}
		log, _, err := o.Audit.About(ctx, "person", 1, 10, audit.Cursor{})
		if err != nil || len(log) != 2 || log[0].What != "查看了“自主就业退役军人免费培训”的判断结果" {
			o.t.Errorf("two looks at person 1 are in the log as %v, %v", log, err)
		}
	})
}

func TestALongListGoesOnWhereItStopped(t *testing.T) {
	open15(t, func(o office) {
		var people []person.Person
		var groups []person.Group
		for n := int64(1); n <= 2*perPage+1; n++ {
			people = append(people, inhabitant(n, "某", []string{"152921100001", "152921101002"}[n%2]))
			groups = append(groups, person.Group{PersonID: n, Kind: person.Veteran, Since: on("2020-09-01"), Detail: "自主就业"})
		}
		o.do(func(tx *db.Tx) error {
			if err := o.People.SavePeople(ctx, tx, people); err != nil {
				return err
			}
			return o.People.SaveGroups(ctx, tx, groups)
		})
		o.screen()
		get, path, seen := o.site(officer, "zh"), "/policy/R54", 0
		for range 4 {
			_, text := get(path)
			seen += strings.Count(text, ">看原因</a>")
			before, _, more := strings.Cut(text, `" rel="next"`)
			if !more {
				break
			}
			path = before[strings.LastIndex(before, `"`)+1:]
		}
		if seen != 2*perPage+1 {
			o.t.Errorf("saw %d people on all pages", seen)
		}
	})
}
