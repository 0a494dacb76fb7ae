package graduate

import (
	"slices"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/person"

	"os"
	"path/filepath"

	"pgregory.net/rapid"
)

func TestQuotasGoDownAndNeverAddUpToMoreThanAbove(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		set := func(who web.User, code string, n int64) error {
			return w.SetQuota(ctx, who, Quota{Programme: "support", Year: 2025, Area: code, Seats: n}, "年度计划", w.Once())
		}
		w.Refused(fault.Conflict, "还没有下达名额", set(chief, "152921", 10))
		w.Must(set(top, "15", 3000))
		w.Must(set(top, "1529", 300))
		w.Refused(fault.Conflict, "还剩 2700 个名额", set(top, "1501", 2800))
		w.Refused(fault.Denied, "上一级", set(chief, "1529", 500))
		w.Must(set(chief, "152921", 120))
		w.Must(set(chief, "152923", 100))
		w.Refused(fault.Conflict, "还剩 80 个名额", set(chief, "152922", 81))
		w.Refused(fault.Conflict, "下级已分配 220 个", set(top, "1529", 200))
		w.Refused(fault.Denied, "", set(suriya, "152921", 1))
		w.Must(set(chief, "152921", 130))
		log, err := changes(ctx, w.DB, "support", 2025, "1529", 10)
		w.Must(err)
		if len(log) != 4 || log[0].Before != 120 || log[0].After != 130 || log[0].Why == "" {
			t.Errorf("%+v", log)
		}
	})
}

func TestAPostSaysToEverybodyWhyTheyMayOrMayNotApply(t *testing.T) {
	r := &Round{Opens: on(2025, 9, 24), Closes: on(2025, 9, 30), Starts: on(2025, 11, 1), Window: 2, MaxAge: 30}
	p := &Post{Majors: "教育 文学", Degree: 20}
	born := func(year int) person.Person { return person.Person{ID: 1, Birth: on(year, 5, 1).Time} }
	left := func(day db.Date, degree int, major string) []person.Graduate {
		return []person.Graduate{{Graduated: day, Degree: degree, Major: major}}
	}
	for name, c := range map[string]struct {
		f       person.Facts
		s       Said
		verdict string
		says    string
	}{
		"a teacher of this year":       {person.Facts{Person: born(2002), Graduates: left(on(2025, 6, 30), 20, "小学教育")}, Said{}, Yes, "专业“小学教育”"},
		"a postgraduate":               {person.Facts{Person: born(1999), Graduates: left(on(2025, 6, 30), 10, "汉语言文学")}, Said{}, Yes, "学历研究生"},
		"left too long ago":            {person.Facts{Person: born(1999), Graduates: left(on(2023, 9, 30), 20, "小学教育")}, Said{}, No, "要求在 2023-09-30 以后"},
		"the day after counts":         {person.Facts{Person: born(1999), Graduates: left(on(2023, 10, 1), 20, "小学教育")}, Said{}, Yes, ""},
		"a college diploma":            {person.Facts{Person: born(2002), Graduates: left(on(2025, 6, 30), 30, "小学教育")}, Said{}, No, "要求大学本科以上"},
		"another major":                {person.Facts{Person: born(2002), Graduates: left(on(2025, 6, 30), 20, "会计学")}, Said{}, No, "要求教育、文学类"},
		"31 on the last day":           {person.Facts{Person: born(1994), Graduates: left(on(2025, 6, 30), 20, "小学教育")}, Said{}, No, "31 周岁"},
		"nobody knows":                 {person.Facts{Person: born(2002)}, Said{}, Ask, "请填写"},
		"stated, and looked at later":  {person.Facts{Person: born(2002)}, Said{School: "x", Degree: 20, Major: "小学教育", Graduated: "2025-06-30"}, Ask, "待核验证书"},
		"stated, and not enough":       {person.Facts{Person: born(2002)}, Said{School: "x", Degree: 30, Major: "小学教育", Graduated: "2025-06-30"}, No, "要求大学本科以上"},
		"the register before the word": {person.Facts{Person: born(2002), Graduates: left(on(2025, 6, 30), 30, "小学教育")}, Said{Degree: 20, Graduated: "2025-06-30"}, No, "大学专科"},
	} {
		lines := Check(r, p, &c.f, c.s)
		if got := Verdict(lines); got != c.verdict {
			t.Errorf("%s: %s, want %s: %+v", name, got, c.verdict, lines)
		}
		if !slices.ContainsFunc(lines, func(l Line) bool { return strings.Contains(l.Zh, c.says) && l.En != "" }) {
			t.Errorf("%s does not say %q: %+v", name, c.says, lines)
		}
	}
}

func TestTheOrderIsTheTotalThenTheWrittenTest(t *testing.T) {
	r := &Round{Weight: 60, Pass: 6000}
	e := func(id int64, written, interview int) Entry {
		return Entry{PersonID: id, State: Qualified, Written: written, Interview: interview}
	}
	list := Rank(r, []Entry{e(1, 8000, 8000), e(2, 9000, 6500), e(3, 9000, 6500), e(4, 5000, 7000), e(5, -1, 9000), {PersonID: 6, State: Withdrawn, Written: 9900, Interview: 9900}})
	var got []int64
	for _, x := range list {
		got = append(got, x.PersonID, int64(x.Total), int64(x.Place))
	}
	if want := []int64{2, 8000, 1, 3, 8000, 1, 1, 8000, 3}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestNobodyEverHasAReasonToComplain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []Post
		for i := range rapid.IntRange(1, 6).Draw(t, "posts") {
			seats := rapid.IntRange(1, 3).Draw(t, "seats")
			list = append(list, Post{ID: int64(i + 1), Seats: seats, Reserved: 0})
		}
		var entries []Entry
		for i := range rapid.IntRange(1, 12).Draw(t, "people") {
			var wishes []int64
			for range rapid.IntRange(1, 3).Draw(t, "wishes") {
				wishes = append(wishes, int64(rapid.IntRange(1, len(list)).Draw(t, "wish")))
			}
			entries = append(entries, Entry{PersonID: int64(i + 1), State: Qualified, Wishes: wishes, Written: rapid.IntRange(0, 10_000).Draw(t, "written"), Interview: rapid.IntRange(0, 10_000).Draw(t, "interview"),
				Medical: rapid.SampledFrom([]string{"", Fit, Unfit}).Draw(t, "medical")})
		}
		ranked := Rank(&Round{Weight: 50}, entries)
		dealt, err := Deal(list, ranked, func(int64, int64) bool { return true }, func(int64) bool { return false })
		if err != nil || dealt.Blocking != 0 {
			t.Fatalf("%d blocking pairs, %v", dealt.Blocking, err)
		}
		taken := map[int64]int{}
		for _, e := range ranked {
			post := dealt.Of[e.PersonID]
			taken[post]++
			if post != 0 && (e.Medical == Unfit || !slices.Contains(e.Wishes, post)) {
				t.Fatalf("%d got %d", e.PersonID, post)
			}
		}
		for _, p := range list {
			if taken[p.ID] > p.Seats {
				t.Fatalf("post %d has %d people", p.ID, taken[p.ID])
			}
		}
	})
}

func TestARoundFromTheAnnouncementToServiceAndAfter(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, list := w.planned()
		a, b, vet := list[0].ID, list[1].ID, list[2].ID
		w.Refused(fault.NotFound, "还没有发布", w.Apply(ctx, someone(1), id, []int64{a}, Said{}, w.Once()))
		w.Refused(fault.Denied, "", w.Publish(ctx, bold, id, 3, w.Once()))
		w.Must(w.Publish(ctx, suriya, id, 3, w.Once()))
		w.Refused(fault.Invalid, "不符合条件：专业", w.Apply(ctx, someone(1), id, []int64{vet}, Said{}, w.Once()))
		w.Refused(fault.Invalid, "2015-06-30 毕业", w.Apply(ctx, someone(7), id, []int64{a}, Said{}, w.Once()))
		w.Refused(fault.Invalid, "请填写毕业院校", w.Apply(ctx, someone(8), id, []int64{a}, Said{}, w.Once()))
		w.Refused(fault.Invalid, "第 2 志愿与前面重复", w.Apply(ctx, someone(1), id, []int64{a, a}, Said{}, w.Once()))
		for who, wishes := range map[int64][]int64{1: {a, b}, 2: {vet}, 4: {b, a}, 5: {vet}, 6: {a, b}} {
			w.Must(w.Apply(ctx, someone(who), id, wishes, Said{}, w.Once()))
		}
		w.Must(w.Apply(ctx, someone(8), id, []int64{a}, Said{School: "内蒙古大学", Degree: 20, Major: "教育学", Graduated: "2025-06-30"}, w.Once()))
		w.Must(w.Apply(ctx, someone(1), id, []int64{a}, Said{}, w.Once())) // thinks again
		w.Refused(fault.Late, "截止以后", w.Close(ctx, suriya, id, 4, w.Once()))

		w.Refused(fault.Invalid, "哪一项", w.Qualify(ctx, suriya, id, 8, false, "", 1, w.Once()))
		w.Must(w.Qualify(ctx, suriya, id, 8, false, "没有教师资格证", 1, w.Once()))
		w.Must(w.Appeal(ctx, someone(8), id, "已取得教师资格证", w.Once()))
		w.Must(w.Qualify(ctx, mergen, id, 8, false, "证书不在有效期", 3, w.Once()))
		w.Refused(fault.Conflict, "只能申诉一次", w.Appeal(ctx, someone(8), id, "再看看", w.Once()))
		for _, p := range []int64{1, 2, 4, 5, 6} {
			w.Must(w.Qualify(ctx, suriya, id, p, true, "", w.entry(p, id).Version, w.Once()))
		}
		w.on(on(2025, 10, 9))
		w.Must(w.Close(ctx, suriya, id, 4, w.Once()))
		w.Must(w.Scores(ctx, suriya, id, []Score{{1, 9000, 9000}, {2, 7000, 7000}, {4, 8000, 8000}, {5, 8500, 7500}}, 5, w.Once()))
		w.Refused(fault.Conflict, "缺笔试或面试成绩", w.Assign(ctx, suriya, id, 6, w.Once()))
		w.Must(w.Scores(ctx, suriya, id, []Score{{6, 7000, 7000}}, 6, w.Once()))
		w.Must(w.Assign(ctx, suriya, id, 7, w.Once()))
		if w.entry(1, id).PostID != a || w.entry(4, id).PostID != b || w.entry(6, id).PostID != 0 || w.entry(5, id).PostID != vet || w.entry(2, id).PostID != 0 {
			t.Fatalf("%+v", must(w.entriesOf(ctx, w.DB, id)))
		}
		w.Refused(fault.Conflict, "体检合格", w.Show(ctx, suriya, id, 8, w.Once()))
		w.Must(w.Medical(ctx, suriya, id, 1, false, w.entry(1, id).Version, w.Once())) // 6 comes in for 1
		w.Must(w.Assign(ctx, suriya, id, 8, w.Once()))
		if w.entry(6, id).PostID != a || w.entry(1, id).PostID != 0 {
			t.Fatalf("nobody came in: %+v", must(w.entriesOf(ctx, w.DB, id)))
		}
		for _, p := range []int64{4, 5, 6} {
			w.Must(w.Medical(ctx, suriya, id, p, true, w.entry(p, id).Version, w.Once()))
		}
		w.Must(w.Show(ctx, suriya, id, 9, w.Once()))
		if until := w.round(id).ShownUntil; until != on(2025, 10, 17) { // seven working days with the one worked on Saturday the 11th
			t.Errorf("publicity until %s", until)
		}
		w.Refused(fault.Late, "结束以后", w.Ask(ctx, suriya, id, "公示无异议", 10, w.Once()))
		w.on(on(2025, 10, 20))
		w.Must(w.Ask(ctx, suriya, id, "公示无异议", 10, w.Once()))
		req := w.round(id).Request
		item, err := w.Approvals.Get(ctx, mergen, req)
		w.Must(err)
		w.Refused(fault.Denied, "", w.Approvals.Decide(ctx, suriya, req, item.Version, true, "", w.Once()))
		w.Must(w.Approvals.Decide(ctx, mergen, req, item.Version, true, "", w.Once()))
		serves, err := servicesIn(ctx, w.DB, "152921", Serving, 1<<62, 10)
		w.Must(err)
		if len(serves) != 3 || w.round(id).State != Hired || w.entry(4, id).State != Taken {
			t.Fatalf("%+v %s", serves, w.round(id).State)
		}
		w.Refused(fault.Late, "报名时间", w.Apply(ctx, someone(4), id, []int64{a}, Said{}, w.Once()))
		w.serve(t, serves[0])
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// serve goes through a service period of two years.
func (w *world) serve(t *testing.T, s Service) {
	if s.Ends != on(2027, 10, 31) {
		t.Errorf("%+v", s)
	}
	w.on(on(2026, 5, 10))
	if n := s.Months(w.Clock.Today()); n != 7 {
		t.Errorf("%d months in May, want 7", n)
	}
	w.Refused(fault.Conflict, "满一年", w.Note(ctx, suriya, s.PersonID, s.ID, Happening{What: Yearly, Result: "good", On: on(2026, 5, 10), Text: "好"}, 0, w.Once()))
	w.Must(w.Note(ctx, suriya, s.PersonID, s.ID, Happening{What: Transfer, On: on(2026, 5, 10), Text: "工作需要", Area: "152921", Unit: "巴彦浩特学校", Title: "支教"}, 0, w.Once()))
	w.on(on(2026, 11, 10))
	w.Must(w.Note(ctx, suriya, s.PersonID, s.ID, Happening{What: Yearly, Result: "good", On: on(2026, 11, 10), Text: "教学受好评"}, 1, w.Once()))
	w.on(on(2027, 11, 5))
	w.Refused(fault.Conflict, "应有 2 次", w.Note(ctx, suriya, s.PersonID, s.ID, Happening{What: Complete, On: on(2027, 11, 5)}, 2, w.Once()))
	w.Must(w.Note(ctx, suriya, s.PersonID, s.ID, Happening{What: Yearly, Result: "fair", On: on(2027, 11, 1), Text: "合格"}, 2, w.Once()))
	w.Must(w.Note(ctx, suriya, s.PersonID, s.ID, Happening{What: Complete, On: on(2027, 11, 5)}, 3, w.Once()))
	w.Refused(fault.Denied, "", w.Note(ctx, bold, s.PersonID, s.ID, Happening{What: Leave}, 4, w.Once()))
	s = must(serviceByID(ctx, w.DB, s.PersonID, s.ID))
	if s.State != Done || s.Months(w.Clock.Today()) != 24 || s.Unit != "巴彦浩特学校" {
		t.Errorf("%+v %d", s, s.Months(w.Clock.Today()))
	}
	if x := must(w.servedOf(ctx, w.DB, s.PersonID, s.ID)); len(x) != 4 || x[3].Text != "工作需要" {
		t.Errorf("%+v", x)
	}
	held := must(w.Held(ctx, w.DB, []int64{s.PersonID, 3}))
	if len(held) != 1 {
		t.Errorf("%v", held)
	}
	w.Tx(func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{s.PersonID}) })
	if x := must(w.servedOf(ctx, w.DB, s.PersonID, s.ID)); x[3].Text != "" {
		t.Errorf("%+v", x)
	}
	_ = must(w.entriesOf(ctx, w.DB, s.RoundID)) // still readable
}

func TestMorePostsThanTheQuotaAreNotAnnounced(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, _ := w.planned()
		w.Must(w.AddPost(ctx, suriya, Post{RoundID: id, Area: "152921", Unit: "乡镇卫生院", Title: "支医", Service: "heal", Years: 2, Seats: 1}, 3, w.Once()))
		w.Refused(fault.Conflict, "连同这次共 4 个", w.Publish(ctx, suriya, id, 4, w.Once()))
	})
}

func TestGraduatesWithoutWorkAreListedByInsuranceAndServed(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.Tx(func(tx *db.Tx) error {
			_, err := w.People.SaveFacts(ctx, tx, &person.Batch{Insurances: []person.Insurance{{PersonID: 1, Kind: person.Pension, EmployerID: 50, From: 202507}, {PersonID: 2, Kind: person.Flexible, From: 202508}, {PersonID: 3, Kind: person.Pension, EmployerID: 50, From: 202507, To: 202508},
				{PersonID: 4, Kind: person.Resident, From: 202501}}, Trainings: []person.Training{{PersonID: 5, Class: "T1", Since: on(2025, 8, 1), Until: on(2025, 8, 20), Hours: 40}}})
			return err
		})
		w.Must(w.Refresh(ctx))
		w.Must(w.refresh(ctx, 2)) // a night later, in small strides
		list := must(leaversIn(ctx, w.DB, "152921", "", 0, 10))
		var ids []int64
		for _, l := range list {
			ids = append(ids, l.PersonID)
		}
		if !slices.Equal(ids, []int64{3, 4, 5, 6}) {
			t.Fatalf("%v", ids)
		}
		y := must(years(ctx, w.DB, "1529"))
		if len(y) != 1 || y[0] != (Year{"152921", 2025, 6, 1, 1}) {
			t.Errorf("%+v", y)
		}
		do := func(who web.User, id int64, kind, state string) error {
			return w.Contact(ctx, who, Contact{PersonID: id, Kind: kind, State: state, On: on(2025, 9, 20), Text: "电话联系"}, w.Once())
		}
		w.Refused(fault.NotFound, "不在", do(suriya, 1, Talk, ""))
		w.Refused(fault.Denied, "", do(bold, 5, Talk, ""))
		w.Refused(fault.Invalid, "打算", do(suriya, 5, Reached, ""))
		w.Must(do(suriya, 5, Reached, Wants))
		w.Must(do(suriya, 6, Reached, Wants))
		w.Must(do(suriya, 6, Reached, Study)) // thinks again
		if x := must(leaversIn(ctx, w.DB, "15", Study, 0, 10)); len(x) != 1 || x[0].PersonID != 6 {
			t.Errorf("%+v", x)
		}
		if x := must(leaversIn(ctx, w.DB, "15", Unasked, 0, 10)); len(x) != 2 {
			t.Errorf("%+v", x)
		}
		for _, k := range []string{Talk, Guidance, Vacancy, Vacancy} {
			w.Must(do(suriya, 5, k, ""))
		}
		if x := must(rates(ctx, w.DB, "1529", 6)); len(x) != 1 || x[0] != (Rate{Area: "152921", All: 4, Reached: 2, Wanting: 1, Studying: 1}) {
			t.Errorf("%+v", x)
		}
		w.Must(do(suriya, 5, Vacancy, "")) // the training is the register's
		if x := must(rates(ctx, w.DB, "1529", 6)); x[0].Served != 1 {
			t.Errorf("%+v", x)
		}
		w.Must(w.Subscribe(ctx, someone(3), true, w.Once()))
		w.on(on(2025, 9, 29)) // a Monday
		if n := must(w.Week(ctx)); n != 1 {
			t.Errorf("%d letters", n)
		}
		if n := must(w.Week(ctx)); n != 0 {
			t.Errorf("%d letters on the same Monday", n)
		}
	})
}

func TestAFileOfScoresWithAWrongRowIsNotTakenAtAll(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		p := must(w.People.Get(ctx, 1))
		file := func(rows ...[]string) string {
			path := filepath.Join(t.TempDir(), "scores.xlsx")
			f, err := os.Create(path)
			w.Must(err)
			defer f.Close()
			x := sheet.NewXLSX(f)
			w.Must(x.Sheet("成绩", sheet.Columns("姓名", "身份证号", "笔试成绩", "面试成绩")...))
			for _, r := range rows {
				w.Must(x.Row(r...))
			}
			w.Must(x.Close())
			return path
		}
		list, flaws, err := w.ReadScores(ctx, file([]string{"苏力德", p.IDNumber, "88.5", "缺考"}))
		if err != nil || len(flaws) != 0 || len(list) != 1 || list[0] != (Score{1, 8850, 0}) {
			t.Fatalf("%v %v %v", list, flaws, err)
		}
		_, flaws, err = w.ReadScores(ctx, file([]string{"苏力德", p.IDNumber, "188.5", "70"}, []string{"又来", p.IDNumber, "60", "70"}, []string{"错号", "152921200201010011", "60", "70"}))
		w.Must(err)
		if len(flaws) != 3 || !strings.Contains(flaws[0].Text, "0～100") || !strings.Contains(flaws[1].Text, "第 2 行") || flaws[2].Row != 4 {
			t.Errorf("%+v", flaws)
		}
	})
}

func TestThePlansNumbersHaveTheirWordsAndSources(t *testing.T) {
	if len(Goals()) != 3 {
		t.Fatal("the file of goals cannot be read")
	}
	for _, g := range Goals() {
		if g.Quote == "" || g.Source == "" || g.Number < 1 || !slices.Contains(programmes, g.Programme) {
			t.Errorf("%+v", g)
		}
	}
}
