package policy

import (
	"strings"
	"testing"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

var (
	colleague = web.User{ID: 21, Name: "复核01", Role: account.Officer, RoleName: "经办", Area: "152921"}
	head      = web.User{ID: 22, Name: "区管01", Role: account.Manager, RoleName: "管理", Area: "15"}
	deputy    = web.User{ID: 23, Name: "区管02", Role: account.Manager, RoleName: "管理", Area: "15"}
)

// two is an office in which two people decide.
func two(t *testing.T, body func(o office, c *clock.Fake)) {
	dbtest.Run(t, []db.Schema{person.Schema, employer.Schema, audit.Schema, approval.Schema, queue.Schema, Schema}, func(t *testing.T, d *db.DB) {
		o, c := furnishTwo(t, d)
		body(o, c)
	})
}

func furnishTwo(t *testing.T, d *db.DB) (office, *clock.Fake) {
	t.Helper()
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake("2025-09-24 06:00")
	ids, log := id.NewMaker(1, c), audit.New(d, c, "test")
	room, err := New(Deps{DB: d, People: &person.Store{DB: d, Sealer: sealer, Clock: c}, Employers: &employer.Store{DB: d, Clock: c}, Clock: c, IDs: ids, Audit: log,
		Approvals: approval.New(approval.Deps{DB: d, Sealer: sealer, Clock: c, IDs: ids, Audit: log})})
	if err != nil {
		t.Fatal(err)
	}
	return office{room, t}, c
}

// agree says yes to the one request that waits.
func (o office) agree(who web.User) error {
	o.t.Helper()
	list, err := o.Approvals.List(ctx, approval.Filter{States: []approval.State{approval.Waiting}}, 0, 2)
	if err != nil || len(list) != 1 {
		o.t.Fatalf("%d requests wait, %v", len(list), err)
	}
	return o.Approvals.Decide(ctx, who, list[0].ID, list[0].Version, true, "", o.once())
}

func (o office) once() string {
	return "key-" + string(rune('a'+o.IDs.Next()%26)) + strings.Repeat("x", 8) + idText(o.IDs.Next())
}

func idText(n int64) string {
	var b []byte
	for ; n > 0; n /= 10 {
		b = append(b, byte('0'+n%10))
	}
	return string(b)
}

const herders = `编号: 新政策
名称: 牧民灯补贴
对象: 人员
来源: {文件: 《试点办法》, 条款: 第三条, 原文: 给予每人一百元}
条件:
  全部:
    - 居住地 开头为 [152921]
    - 退役军人 是
结果: {说明: 给予一百元, 金额: 100 元 一次性}
办理: {下一步: 请到窗口办理}
`

const herderCases = `- 说明: 退役军人
  事实: {居住地: "152921100001", 退役军人: 是}
  结论: 能享受
  金额: 100 元
- 说明: 不是退役军人
  事实: {居住地: "152921100001", 退役军人: 否}
  结论: 不符合
`

func kindOf(err error) fault.Kind { return fault.KindOf(err) }

func TestANewPolicyIsWrittenReviewedAndPublishedByTwoPeople(t *testing.T) {
	two(t, func(o office, c *clock.Fake) {
		t := o.t
		o.settle()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		name, n, err := o.Begin(ctx, officer, Version{Subject: "退役军人", Name: "牧民灯补贴", Text: herders, From: on("2025-09-25")}, o.once())
		if err != nil || name != "N01" || n != 1 {
			t.Fatal(name, n, err)
		}
		// Without cases nothing is sent for review; with a wrong one neither.
		if err := o.Submit(ctx, officer, name, 1, o.once()); kindOf(err) != fault.Invalid || !strings.Contains(fault.TextOf(err), "验证例") {
			t.Errorf("no cases: %v", err)
		}
		v, err := o.version(ctx, name, 1)
		must(err)
		if !strings.Contains(v.Text, "编号: N01") {
			t.Errorf("the text has no number: %s", v.Text)
		}
		v.Cases = strings.Replace(herderCases, "100 元\n-", "99 元\n-", 1)
		must(o.Save(ctx, officer, v, o.once()))
		if err := o.Submit(ctx, officer, name, 1, o.once()); kindOf(err) != fault.Invalid || !strings.Contains(fault.TextOf(err), "1 个不相符") {
			t.Errorf("a wrong case: %v", err)
		}
		v, _ = o.version(ctx, name, 1)
		stale := v
		v.Cases = herderCases
		must(o.Save(ctx, colleague, v, o.once())) // a colleague may help with the draft
		if err := o.Save(ctx, officer, stale, o.once()); kindOf(err) != fault.Conflict {
			t.Errorf("a stale form: %v", err)
		}
		must(o.Submit(ctx, officer, name, 1, o.once()))
		if err := o.agree(officer); kindOf(err) != fault.Denied {
			t.Errorf("the author reviews: %v", err)
		}
		if err := o.Publish(ctx, colleague, name, 1, o.once()); kindOf(err) != fault.Conflict {
			t.Errorf("published before review: %v", err)
		}
		must(o.agree(colleague))
		if err := o.Publish(ctx, officer, name, 1, o.once()); kindOf(err) != fault.Denied {
			t.Errorf("the author publishes: %v", err)
		}
		must(o.Publish(ctx, colleague, name, 1, o.once()))
		if v, _ = o.version(ctx, name, 1); v.State != Published || kindOf(o.Save(ctx, officer, v, o.once())) != fault.Conflict {
			t.Errorf("a published version was changed: %+v", v)
		}

		// It counts from its day on, and a withdrawn one until the next day.
		if _, err := o.catalogue().entry(name); err == nil {
			t.Error("in force a day early")
		}
		c.Add(24 * time.Hour)
		if sum := o.screen(); sum.Policies != 60 {
			t.Errorf("screened %d policies", sum.Policies)
		}
		if got := show(o.list(ofPeople, name, "yes", "15")); got != "[1 2 3]" {
			t.Errorf("found %s", got)
		}
		must(o.Withdraw(ctx, colleague, name, 1, "试点结束", o.once()))
		must(o.agree(officer))
		must(o.refresh(ctx))
		if _, err := o.catalogue().entry(name); err != nil {
			t.Error("withdrawn a day early")
		}
		c.Add(24 * time.Hour)
		o.screen()
		if got := show(o.list(ofPeople, name, "yes", "15")); got != "[]" {
			t.Errorf("after withdrawal %s", got)
		}
		past, err := o.on(ctx, on("2025-09-25").Time)
		if _, missing := past.entry(name); err != nil || missing != nil {
			t.Error("the past has changed")
		}
	})
}

func TestTheNextVersionOfARegionalPolicyIsTheRegions(t *testing.T) {
	two(t, func(o office, c *clock.Fake) {
		t := o.t
		first, err := o.version(ctx, "R54", 1)
		if err != nil {
			t.Fatal(err)
		}
		if err := mayDraft(officer, first.Area); kindOf(err) != fault.Denied {
			t.Errorf("a banner writes the region's policy: %v", err)
		}
		next := first
		next.Text = strings.Replace(first.Text, "安置方式 属于 [自主就业]", "安置方式 属于 [自主就业, 政府安排工作]", 1)
		if next.Text == first.Text {
			t.Fatal("nothing to change in", first.Text)
		}
		next.From = on("2025-10-01")
		_, n, err := o.Begin(ctx, head, next, o.once())
		if err != nil || n != 2 {
			t.Fatal(n, err)
		}
		// Its cases say that those placed by the government have no claim: they hold the change back.
		if err := o.Submit(ctx, head, "R54", 2, o.once()); kindOf(err) != fault.Invalid {
			t.Errorf("the case that no longer holds: %v", err)
		}
		v, _ := o.version(ctx, "R54", 2)
		v.Cases = strings.Replace(v.Cases, "结论: 不符合", "结论: 能享受", 1)
		for _, step := range []func() error{
			func() error { return o.Save(ctx, head, v, o.once()) }, func() error { return o.Submit(ctx, head, "R54", 2, o.once()) },
			func() error { return o.agree(deputy) }, func() error { return o.Publish(ctx, deputy, "R54", 2, o.once()) },
		} {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
		o.settle()
		find := func(list []*rule.Explanation) string {
			for _, e := range list {
				if e.Policy.ID == "R54" {
					return e.Verdict.String()
				}
			}
			return ""
		}
		o.do(func(tx *db.Tx) error {
			return o.People.SaveGroups(ctx, tx, []person.Group{{PersonID: 1, Kind: person.Veteran, Since: on("2023-09-01"), Detail: "政府安排工作"}})
		})
		c.Add(8 * 24 * time.Hour)
		_, now, err := o.ExplainPerson(ctx, 1)
		before, wrong := o.ExplainPersonOn(ctx, 1, on("2025-09-30").Time)
		if err != nil || wrong != nil || find(now) != "yes" || find(before) != "no" {
			t.Errorf("now %s, before %s, %v %v", find(now), find(before), err, wrong)
		}
	})
}

func TestAParameterCountsOnceTwoPeopleAgree(t *testing.T) {
	two(t, func(o office, c *clock.Fake) {
		t := o.t
		waiting := queue.New(o.DB, c, o.IDs)
		o.Tasks(waiting)
		value := setting{Name: "扶持期限", Value: "36", From: on("2025-09-01"), Source: "内人社发〔2025〕1号"}
		if err := o.SetParameter(ctx, manager, value, o.once()); kindOf(err) == 0 && err == nil {
			t.Error("a league sets a value for the whole region")
		}
		if err := o.SetParameter(ctx, head, setting{Name: "扶持期限", Value: "三年左右", Source: "x"}, o.once()); kindOf(err) != fault.Invalid {
			t.Errorf("a value that is no number: %v", err)
		}
		for _, bad := range []setting{{Name: "扶持期限", Value: "-36"}, {Name: "扶持期限", Value: "50%"}, {Name: "扶持期限", Value: "36", Area: "152999"}, {Name: "交通补贴标准", Value: "-500 元"}} {
			if err := o.SetParameter(ctx, head, bad, o.once()); kindOf(err) != fault.Invalid {
				t.Errorf("%+v is taken: %v", bad, err)
			}
		}
		if err := o.SetParameter(ctx, head, value, o.once()); err != nil {
			t.Fatal(err)
		}
		if !unset(o.catalogue().params["扶持期限"], rule.DayOf(today)) {
			t.Error("it counts before anybody agreed")
		}
		if err := o.agree(deputy); err != nil {
			t.Fatal(err)
		}
		if err := o.refresh(ctx); err != nil {
			t.Fatal(err)
		}
		p := o.catalogue().params["扶持期限"]
		for _, c := range []struct {
			day  string
			want string
		}{{"2025-09-24", "36 个月"}, {"2025-08-31", "尚未设定"}} {
			if got := valueText(p, rule.DayOf(on(c.day).Time), "", "152921"); got != c.want {
				t.Errorf("on %s it is %s, want %s", c.day, got, c.want)
			}
		}
		if jobs, err := waiting.List(ctx, queue.Ready, 0, 10); err != nil || len(jobs) != 1 || jobs[0].Kind != ScreenJob {
			t.Errorf("a new screening should wait: %+v, %v", jobs, err)
		}
		// A league sets its own value over the region's.
		if err := o.SetParameter(ctx, manager, setting{Name: "扶持期限", Value: "48", From: on("2025-09-01"), Area: "1529", Source: "盟文件"}, o.once()); err != nil {
			t.Fatal(err)
		}
		if err := o.agree(head); err != nil {
			t.Fatal(err)
		}
		if err := o.refresh(ctx); err != nil {
			t.Fatal(err)
		}
		p = o.catalogue().params["扶持期限"]
		if here, there := valueText(p, rule.DayOf(today), "", "152921"), valueText(p, rule.DayOf(today), "", "150102"); here != "48 个月" || there != "36 个月" {
			t.Errorf("here %s, there %s", here, there)
		}
	})
}

func TestTwoVersionsSideBySide(t *testing.T) {
	var got []string
	for _, l := range compare("a\nb\nc\nd", "a\nB\nc\nx\nd") {
		got = append(got, l.Kind+"|"+l.Old+"|"+l.New)
	}
	if want := "|a|a changed|b|B |c|c added||x |d|d"; strings.Join(got, " ") != want {
		t.Errorf("got %s", strings.Join(got, " "))
	}
}

// Taking every shipped policy apart into the form's rows and writing it again changes nothing of what it asks.
func TestTheFormKeepsEveryShippedPolicy(t *testing.T) {
	l := mustLibrary(t)
	for _, e := range mustCatalogue(t).entries {
		if e.Policy == nil {
			continue
		}
		rows, err := readTree(e.Text, e.Policy.Dictionary())
		if err != nil {
			t.Fatal(e.ID, err)
		}
		doc, err := document(e.Text)
		if err != nil {
			t.Fatal(err)
		}
		put(doc, rows.node(0), "条件")
		text, err := write(doc)
		if err != nil {
			t.Fatal(err)
		}
		p, err := l.load([]byte(text), l.params)
		if err != nil {
			t.Errorf("%s: %v\n%s", e.ID, err, text)
			continue
		}
		on := rule.DayOf(today)
		a, b := e.Policy.Demands(on), p.Demands(on)
		if len(a) != len(b) {
			t.Errorf("%s: %d demands became %d", e.ID, len(a), len(b))
			continue
		}
		for i := range a {
			if a[i].Zh != b[i].Zh {
				t.Errorf("%s: %q became %q", e.ID, a[i].Zh, b[i].Zh)
			}
		}
	}
}

func TestRowsAreTakenApartAndPutTogether(t *testing.T) {
	l := mustLibrary(t)
	text := strings.Replace(herders, "    - 退役军人 是\n", "    - 非:\n        任一:\n          - 年龄 介于 16 和 59 之间\n          - 在校学生 是\n    - 至少 2 项:\n        - 毕业日期 在 2 年内\n        - 出生日期 不早于 1990-01-01\n        - 计数(家庭成员) >= 1\n", 1)
	rows, err := readTree(text, l.person)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		line := strings.Repeat(">", r.Depth) + r.Kind
		if !r.group() {
			line += " " + r.line()
		}
		got = append(got, line)
	}
	want := "all / >row 居住地 开头为 [152921] / >not / >>row 年龄 介于 16 和 59 之间 / >>row 在校学生 是 / >least / >>row 毕业日期 在 2 年内 / >>row 出生日期 >= 1990-01-01 / >>text 计数(家庭成员) >= 1"
	if s := strings.Join(got, " / "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if !rows.confined("居住地", "1529") || rows.confined("居住地", "152922") {
		t.Error("the area of the policy is misread")
	}
	rows = rows.insert(2, row{Kind: "row", Field: "退役军人", Op: "yes"}).remove(1)
	if rows.end(1) != 5 || rows[4].Field != "退役军人" || rows[4].Depth != 2 {
		t.Errorf("after adding and removing %+v", rows)
	}
}

// Whatever stands in a document, the form takes it apart without falling over, and what it writes can be taken apart again.
func FuzzTheFormReadsAnything(f *testing.F) {
	l := mustLibrary(f)
	for _, e := range l.entries[:8] {
		f.Add(e.Text)
	}
	f.Add("条件: {非: [{任一: a}, 1, {全部: }]}")
	f.Add("条件: {a: 1, b: 2}")
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := readTree(text, l.person)
		if err != nil {
			return
		}
		again, err := write(rows.node(0))
		if err != nil {
			return
		}
		if _, err := readTree("条件:\n  "+strings.ReplaceAll(again, "\n", "\n  "), l.person); err != nil {
			t.Errorf("what was written cannot be read: %v\n%s", err, again)
		}
	})
}
