package roster

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

var ctx = context.Background()

var schemas = []db.Schema{person.Schema, employer.Schema, audit.Schema, approval.Schema, assignment.Schema, Schema}

var (
	officer = web.User{ID: 11, Name: "经办02", Role: account.Officer, RoleName: "经办", Area: "152921"}
	second  = web.User{ID: 12, Name: "经办03", Role: account.Officer, RoleName: "经办", Area: "152921"}
	distant = web.User{ID: 13, Name: "经办23", Role: account.Officer, RoleName: "经办", Area: "152923"}
	league  = web.User{ID: 14, Name: "管理01", Role: account.Manager, RoleName: "管理", Area: "1529"}
)

// office is a room on a fresh database.
type office struct {
	*Room
	t     testing.TB
	clock *clock.Fake
	key   int
}

func furnish(t testing.TB, d *db.DB) *office {
	t.Helper()
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake("2025-09-24 06:00")
	ids, log := id.NewMaker(1, c), audit.New(d, c, "test")
	room, err := New(Deps{DB: d, People: &person.Store{DB: d, Sealer: sealer, Clock: c}, Employers: &employer.Store{DB: d, Clock: c}, Clock: c, IDs: ids, Audit: log,
		Approvals: approval.New(approval.Deps{DB: d, Sealer: sealer, Clock: c, IDs: ids, Audit: log}),
		Assign:    assignment.New(assignment.Deps{DB: d, Sealer: sealer, Clock: c, IDs: ids, Audit: log})})
	if err != nil {
		t.Fatal(err)
	}
	return &office{Room: room, t: t, clock: c}
}

func everywhere(t *testing.T, body func(o *office)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(furnish(t, d)) })
}

func (o *office) do(work func(tx *db.Tx) error) {
	o.t.Helper()
	if err := o.DB.Tx(ctx, work); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) once() string {
	o.key++
	return "roster-test-key-" + string(rune('a'+o.key/26)) + string(rune('a'+o.key%26))
}

func inhabitant(n int64, name, area string) person.Person {
	birth := clock.Date(1980, time.March, 1).AddDate(0, 0, int(n))
	return person.Person{ID: n, Name: name, Sex: 1, Birth: birth, Ethnic: "05", IDNumber: identity.MakeIDNumber("152921", birth, int(n)), Area: area, HouseholdID: n, Relation: "户主"}
}

// settle fills the office: 1 and 2 are hard to employ in 152921, 3 in 152923; 4 is registered unemployed and insured by
// employer 1, and so is 5 in 152923; 6 is nobody special.
func (o *office) settle() {
	o.t.Helper()
	var people []person.Person
	for i, name := range []string{"苏日娜", "包娜仁", "王小军", "李明", "周琪", "白音"} {
		area := "152921100001"
		if i == 2 || i == 4 {
			area = "152923100001"
		}
		people = append(people, inhabitant(int64(i+1), name, area))
	}
	batch := &person.Batch{}
	for n := int64(1); n <= 3; n++ {
		batch.Groups = append(batch.Groups, person.Group{PersonID: n, Kind: person.Hard, Since: on("2025-06-01"), Detail: "残疾"})
	}
	for _, n := range []int64{4, 5} {
		batch.Registrations = append(batch.Registrations, person.Registration{PersonID: n, Since: on("2025-03-01"), Reason: "合同到期"})
		batch.Insurances = append(batch.Insurances, person.Insurance{PersonID: n, Kind: person.Pension, EmployerID: 1, From: 202505})
	}
	o.do(func(tx *db.Tx) error {
		if err := o.People.SavePeople(ctx, tx, people); err != nil {
			return err
		}
		if err := o.Employers.Save(ctx, tx, []employer.Employer{{ID: 1, CreditCode: "91152921MA0N00001A", Name: "巴彦浩特面馆", Kind: employer.Enterprise,
			Industry: "H62", Area: "152921100001", Opened: on("2022-01-01"), Staff: 40}}); err != nil {
			return err
		}
		_, err := o.People.SaveFacts(ctx, tx, batch)
		return err
	})
}

func (o *office) draw() Summary {
	o.t.Helper()
	sum, err := o.Refresh(ctx, progress.None{})
	if err != nil {
		o.t.Fatal(err)
	}
	return sum
}

func (o *office) list(id string) *List {
	o.t.Helper()
	l := o.byID(id)
	if l == nil {
		o.t.Fatalf("no list %s", id)
	}
	return l
}

// counts is one number of a list in an area.
func (o *office) counts(list, area, what string) int64 {
	o.t.Helper()
	all, err := o.store.tallies(ctx, area)
	if err != nil {
		o.t.Fatal(err)
	}
	return all[list][what]
}

func (o *office) history(sh shelf, owner int64, list string) (found []entry) {
	o.t.Helper()
	all, err := o.store.history(ctx, sh, owner)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, e := range all {
		if e.list == list {
			found = append(found, e)
		}
	}
	return found
}

func (o *office) groups(list ...person.Group) {
	o.t.Helper()
	o.do(func(tx *db.Tx) error { return o.People.SaveGroups(ctx, tx, list) })
}

func TestTheListsFollowTheRegisterWithReasons(t *testing.T) {
	everywhere(t, func(o *office) {
		t := o.t
		o.settle()
		first := o.draw()
		if first.People != 6 || first.Units != 1 || first.Lists != 23 || first.Entered != 0 || first.Found != 0 || first.Findings != 3 {
			t.Errorf("the first drawing: %+v", first)
		}
		for _, c := range []struct {
			list, area, what string
			want             int64
		}{
			{"S27", "15", "n", 3}, {"S27", "152921", "n", 2}, {"S27", "152921100", "n", 2}, {"S27", "152923", "n", 1}, {"S27", "1507", "n", 0},
			{"S27", "15", "in", 0}, {"S27", "152921", "twin:novisit", 2}, {"B01", "1529", "state:open", 2}, {"B10", "15", "n", 1},
		} {
			if got := o.counts(c.list, c.area, c.what); got != c.want {
				t.Errorf("%s in %s, %s: %d, want %d", c.list, c.area, c.what, got, c.want)
			}
		}
		if again := o.draw(); again.Entered+again.Left+again.Found+again.Disproved != 0 || again.Members != first.Members {
			t.Errorf("the same again: %+v", again)
		}

		// A week later one has left the recognition, one has died, one moved, one came, and an insurance ended.
		o.clock.Add(7 * 24 * time.Hour)
		moved := inhabitant(2, "包娜仁", "152923100001")
		o.do(func(tx *db.Tx) error {
			if err := o.People.SavePeople(ctx, tx, []person.Person{moved}); err != nil {
				return err
			}
			return o.People.SaveInsurances(ctx, tx, []person.Insurance{{PersonID: 4, Kind: person.Pension, EmployerID: 1, From: 202505, To: 202507}})
		})
		o.groups(person.Group{PersonID: 1, Kind: person.Hard, Since: on("2025-06-01"), Until: on("2025-09-28"), Detail: "残疾"},
			person.Group{PersonID: 6, Kind: person.Hard, Since: on("2025-09-25"), Detail: "残疾"})
		o.do(func(tx *db.Tx) error { return tx.SetSetting(ctx, "data.asof", "2025-08-31") })
		third := o.draw()
		if third.Entered != 1 || third.Left != 1 || third.Disproved != 1 {
			t.Errorf("one came, one left, one finding closed: %+v", third)
		}
		if h := o.history(ofPeople, 1, "S27"); len(h) != 1 || h[0].until.String() != "2025-10-01" || h[0].whyOut != "没有认定为就业困难人员" || !h[0].initial || h[0].basis.String() != "2025-06-01" {
			t.Errorf("who left: %+v", h)
		}
		if h := o.history(ofPeople, 6, "S27"); len(h) != 1 || h[0].since.String() != "2025-10-01" || h[0].whyIn != "是认定的就业困难人员" || h[0].initial {
			t.Errorf("who came: %+v", h)
		}
		if h := o.history(ofPeople, 2, "S27"); len(h) != 1 || h[0].area != "152923100001" || !h[0].until.IsZero() || h[0].since.String() != "2025-09-24" {
			t.Errorf("who moved keeps the entry: %+v", h)
		}
		if h := o.history(ofPeople, 4, "B01"); len(h) != 1 || h[0].whyOut != "数据已更新：没有单位缴纳职工养老或失业保险" {
			t.Errorf("the finding that the data closed: %+v", h)
		}
		if in, out := o.counts("S27", "152921", "in"), o.counts("S27", "152921", "out"); in != 1 || out != 1 {
			t.Errorf("this month %d came, %d left", in, out)
		}
		if got := o.counts("B01", "152921", "closed"); got != 1 {
			t.Errorf("closed by data: %d", got)
		}
	})
}

func TestAVisitEndsTheTwinAtOnceOnEveryList(t *testing.T) {
	everywhere(t, func(o *office) {
		t := o.t
		o.settle()
		o.draw()
		key := o.once()
		n := Note{List: o.list("S27"), Owner: 1, Item: "visit", Day: today, Text: "入户见到本人"}
		if err := o.Write(ctx, distant, n, key); err == nil {
			t.Error("an officer of another banner wrote")
		}
		if err := o.Write(ctx, officer, n, key); err != nil {
			t.Fatal(err)
		}
		if err := o.Write(ctx, officer, n, key); err == nil {
			t.Error("the same key wrote twice")
		}
		if err := o.Write(ctx, officer, Note{List: o.list("S27"), Owner: 1, Item: "survey", Day: today}, o.once()); err == nil {
			t.Error("an item that is not the list's was written")
		}
		if err := o.Write(ctx, officer, Note{List: o.list("S27"), Owner: 1, Item: "visit", Day: today.AddDate(0, 0, 1)}, o.once()); err == nil {
			t.Error("a visit to come was written")
		}
		if got := o.counts("S27", "152921", "twin:novisit"); got != 1 {
			t.Errorf("without a visit: %d, want 1", got)
		}
		o.exact()
		o.draw() // counts anew from the entries: the same
		if got := o.counts("S27", "152921", "twin:novisit"); got != 1 {
			t.Errorf("without a visit, drawn anew: %d, want 1", got)
		}
		o.clock.Add(31 * 24 * time.Hour)
		o.draw()
		if got := o.counts("S27", "152921", "twin:novisit"); got != 2 {
			t.Errorf("a month later: %d, want 2", got)
		}
		// What the person said in an interview at home counts as a visit and as a need.
		o.do(func(tx *db.Tx) error {
			return o.People.SaveNeeds(ctx, tx, []person.Need{{PersonID: 1, Key: "k1", Asked: db.On(o.Clock.Today()), Source: "visit", Willing: &yes}})
		})
		o.draw()
		if visit, need := o.counts("S27", "152921", "twin:novisit"), o.counts("S27", "152921", "twin:noneed"); visit != 1 || need != 1 {
			t.Errorf("after an interview: %d without visit, %d without need", visit, need)
		}
	})
}

func TestTakingInByHandNeedsASecondPerson(t *testing.T) {
	everywhere(t, func(o *office) {
		t := o.t
		o.settle()
		o.draw()
		l := o.list("S27")
		if _, err := o.Ask(ctx, officer, l, 1, true, "已在名单", o.once()); err == nil {
			t.Error("somebody on the list was taken in again")
		}
		req, err := o.Ask(ctx, officer, l, 6, true, "认定文件正在报送", o.once())
		if err != nil {
			t.Fatal(err)
		}
		if h := o.history(ofPeople, 6, "S27"); len(h) != 0 {
			t.Errorf("on the list before the approval: %+v", h)
		}
		if err := o.Approvals.Decide(ctx, officer, req, 1, true, "同意", o.once()); err == nil {
			t.Error("who asked has approved")
		}
		home := func(area string) {
			o.do(func(tx *db.Tx) error {
				_, err := tx.Exec(ctx, `UPDATE person SET area = $1 WHERE person_id = 6`, area)
				return err
			})
		}
		before, err := db.Value[string](ctx, o.DB, `SELECT area FROM person WHERE person_id = 6 ORDER BY 1`)
		if err != nil {
			t.Fatal(err)
		}
		home("152923100001")
		if err := o.Approvals.Decide(ctx, second, req, 1, true, "同意", o.once()); !fault.Is(err, fault.Denied) || !strings.Contains(fault.TextOf(err), "居住地属于额济纳旗") {
			t.Errorf("moved away meanwhile: %v", err)
		}
		home(before)
		if err := o.Approvals.Decide(ctx, second, req, 1, true, "同意", o.once()); err != nil {
			t.Fatal(err)
		}
		h := o.history(ofPeople, 6, "S27")
		if len(h) != 1 || !h[0].hand || h[0].whyIn != "手工列入：认定文件正在报送" {
			t.Errorf("taken in: %+v", h)
		}
		if n, in := o.counts("S27", "152921", "n"), o.counts("S27", "152921", "in"); n != 3 || in != 1 {
			t.Errorf("members %d, new %d", n, in)
		}
		o.exact()
		if sum := o.draw(); sum.Left != 0 {
			t.Errorf("the drawing took somebody out who was taken in by hand: %+v", sum)
		}
		req, err = o.Ask(ctx, officer, l, 1, false, "本人书面放弃", o.once())
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Approvals.Decide(ctx, second, req, 1, true, "", o.once()); err != nil {
			t.Fatal(err)
		}
		o.exact()
		if sum := o.draw(); sum.Entered != 0 || o.counts("S27", "152921", "n") != 2 {
			t.Errorf("left out by hand: %+v, members %d", sum, o.counts("S27", "152921", "n"))
		}
	})
}

func TestFindingsAreSentDownAnsweredAndStayAnswered(t *testing.T) {
	everywhere(t, func(o *office) {
		t := o.t
		o.settle()
		o.draw()
		l := o.list("B01")
		if _, err := o.Send(ctx, officer, l, []string{"152921"}, o.once()); err == nil {
			t.Error("an officer sent down")
		}
		n, err := o.Send(ctx, league, l, []string{"152921", "152923", "152922"}, o.once())
		if err != nil || n != 2 {
			t.Fatal(n, err)
		}
		o.exact()
		if open, sent := o.counts("B01", "15", "state:open"), o.counts("B01", "15", "state:sent"); open != 0 || sent != 2 {
			t.Errorf("open %d, sent %d", open, sent)
		}
		tasks, err := o.Assign.List(ctx, assignment.Filter{To: "152921"}, db.Date{}, 0, 10)
		if err != nil || len(tasks) != 1 || tasks[0].Title != "核实疑点“登记失业但单位在缴社保”1 条" || tasks[0].WorkDays != 10 {
			t.Errorf("tasks %+v, %v", tasks, err)
		}
		if _, err := o.Send(ctx, league, l, []string{"152921"}, o.once()); err == nil {
			t.Error("sent down twice")
		}
		o.clock.Add(3 * 24 * time.Hour)
		e := o.history(ofPeople, 4, "B01")[0]
		a := Answer{List: l, Owner: 4, State: Cleared, Text: "单位是代缴，本人没有上班", Version: e.version}
		if err := o.Reply(ctx, distant, a, o.once()); err == nil {
			t.Error("another banner answered")
		}
		if err := o.Reply(ctx, officer, a, o.once()); err != nil {
			t.Fatal(err)
		}
		if err := o.Reply(ctx, officer, a, o.once()); err == nil {
			t.Error("an answer to an old version was taken")
		}
		o.exact()
		o.draw()
		if sent, cleared := o.counts("B01", "152921", "state:sent"), o.counts("B01", "152921", "state:cleared"); sent != 0 || cleared != 1 {
			t.Errorf("sent %d, cleared %d", sent, cleared)
		}
		e = o.history(ofPeople, 4, "B01")[0]
		if e.state != Cleared || e.answerDays != 3 || e.answered.String() != "2025-09-27" || !e.until.IsZero() {
			t.Errorf("the finding: %+v", e)
		}
		days, err := o.store.answerDays(ctx, "1529")
		if err != nil || days["B01"][3] != 1 {
			t.Errorf("days %v, %v", days, err)
		}
	})
}

// exact compares the numbers that acts have moved with a count of everything.
func (o *office) exact() {
	o.t.Helper()
	want, err := o.store.recount(ctx, o.DB, o.lists, o.monthStart())
	if err != nil {
		o.t.Fatal(err)
	}
	type line struct {
		slot
		n int64
	}
	rows, err := db.All(ctx, o.DB, func(l *line) []any { return []any{&l.list, &l.township, &l.what, &l.n} }, `SELECT list, township, what, n FROM roster_count WHERE n <> 0 ORDER BY list, township, what`)
	if err != nil {
		o.t.Fatal(err)
	}
	have := map[slot]int64{}
	for _, l := range rows {
		have[l.slot] = l.n
	}
	for k, n := range want {
		if n != 0 && have[k] != n {
			o.t.Errorf("%v: the table says %d, a count %d", k, have[k], n)
		}
		delete(have, k)
	}
	if len(have) > 0 {
		o.t.Errorf("the table also has %v", have)
	}
}

func TestTheDemonstrationsNotesCountInTheDrawingThatMakesThem(t *testing.T) {
	everywhere(t, func(o *office) {
		o.settle()
		for range 2 {
			if _, err := o.RefreshDemo(ctx, progress.None{}); err != nil {
				o.t.Fatal(err)
			}
			o.exact()
		}
		noted := o.counts("S27", "15", countAll)
		if got := o.counts("S27", "15", "twin:noneed"); got != 3 || noted == 0 {
			o.t.Errorf("needs are not seeded: %d of %d", got, noted)
		}
		before := fmt.Sprint(o.store.dones(ctx, o.DB, ofPeople, 0, 1<<62))
		if s := o.draw(); before == "[] <nil>" || s.Entered != 0 || fmt.Sprint(o.store.dones(ctx, o.DB, ofPeople, 0, 1<<62)) != before {
			o.t.Errorf("notes %s, drawn again %+v", before, s)
		}
	})
}
