package cycle

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

func TestARoundHasItsNameAndItsDeadline(t *testing.T) {
	for _, c := range []struct {
		kind   Kind
		period indicator.Period
		name   string
		due    string
	}{
		{Month, 202508, "2025年8月调度", "2025-09-10"},
		{Month, 202509, "2025年9月调度", "2025-10-17"}, // National Day, and a Saturday worked
		{Quarter, 202506, "2025年第二季度分析", "2025-07-10"},
		{Half, 202506, "2025年上半年总结", "2025-07-14"},
		{Year, 202412, "2024年度评估", "2025-01-22"},
	} {
		r := Round{Kind: c.kind, Period: c.period}
		if got := []string{r.Name(), DueOf(c.kind, c.period).String()}; got[0] != c.name || got[1] != c.due {
			t.Errorf("%s %d: %v", c.kind, c.period, got)
		}
	}
}

func TestEveryNumberOfATextNeedsASource(t *testing.T) {
	for text, want := range map[string][]string{
		"1—8 月，全盟城镇新增就业 [3,211 人](/plan/x)。": nil,
		"截至2025年8月31日，农牧民转移就业6个月以上有所增加。":     nil,
		"比上年多 120 人。完成 [98%](/a)。":           {"比上年多 120 人"},
		"[甲 3 人](/a)，乙 4 人；丙 [5](/b)":        {"甲 3 人，乙 4 人"},
		"多 [9 人](//other.example/x)。":        {"多 [9 人](//other.example/x)"}, // another site is no source
		"第 8 期发出后，２ 个旗没有报送":                  {"第 8 期发出后，２ 个旗没有报送"},
	} {
		if got := Untraced(text); !slices.Equal(got, want) {
			t.Errorf("%s: %q", text, got)
		}
	}
	if got := Sources("多 [12 人](/a?b=1)。少 [3](/c)"); len(got) != 2 || got[0] != (Source{"12 人", "多 12 人", "/a?b=1"}) {
		t.Errorf("sources: %+v", got)
	}
}

func TestAUnitStandsBehindTheNumberOfATarget(t *testing.T) {
	for _, c := range [][3]string{{"6 左右", "%", "6% 左右"}, {"〔6,000〕", "人", "〔6,000〕人"}, {"〔12,500〕 以上", "人", "〔12,500〕人 以上"}, {"≤4.5", "%", "≤4.5%"}, {"稳步提高", "%", "稳步提高"}} {
		if got := withUnit(c[0], c[1]); got != c[2] {
			t.Errorf("%s %s: %s", c[0], c[1], got)
		}
	}
}

func TestPlacesThatDifferByChanceAreNotRanked(t *testing.T) {
	list := []Place{{Name: "a", Target: 1000, Reached: 500}, {Name: "b", Target: 1000, Reached: 900}, {Name: "c", Target: 1000, Reached: 510}, {Name: "d"}}
	rank(list)
	var got []string
	for _, p := range list {
		got = append(got, p.Name+string(rune('0'+p.Best))+string(rune('0'+p.Last)))
	}
	if want := []string{"b11", "c23", "a23", "d00"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestAMonthRunsFromTheRoundToTheIssuedBriefing(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.Refused(fault.Denied, "管理人员", func() error {
			_, err := w.Begin(ctx, suriya, Round{Area: "1529", Kind: Month, Period: 202508}, nil, w.Once())
			return err
		}())
		w.Refused(fault.Invalid, "还没有结束", func() error {
			_, err := w.Begin(ctx, chief, Round{Area: "1529", Kind: Month, Period: 202509}, nil, w.Once())
			return err
		}())
		id := w.august()
		w.Refused(fault.Conflict, "已经发起", func() error {
			_, err := w.Begin(ctx, chief, Round{Area: "1529", Kind: Month, Period: 202508}, nil, w.Once())
			return err
		}())

		_, f, err := w.Look(ctx, suriya, id, "152921")
		w.Must(err)
		at := slices.IndexFunc(f.Said.Entries, func(e Entry) bool { return e.Indicator == "new_urban" })
		if e := f.Said.Entries[at]; e.Month != "160" || e.Year != "720" || !e.May || e.Need {
			t.Errorf("the line of new urban employment: %+v", e)
		}
		_, _, err = w.Look(ctx, bold, id, "152921")
		w.Refused(fault.Denied, "只能看", err)
		in := Typed{Figures: map[string]string{"new_urban": "190"}, Notes: map[string]string{}, Problems: "技能不匹配，缺 3 名焊工", Measures: "开班培训"}
		w.Must(w.Save(ctx, suriya, id, "152921", in, 1, w.Once()))
		w.Refused(fault.Invalid, "相差较大", w.HandIn(ctx, suriya, id, "152921", in, 2, w.Once()))
		in.Notes["new_urban"] = "三十人在途"
		w.Refused(fault.Invalid, "工作进展", w.HandIn(ctx, suriya, id, "152921", in, 2, w.Once()))
		in.Progress = "办招聘会"
		w.Refused(fault.Conflict, "刚刚有人", w.HandIn(ctx, suriya, id, "152921", in, 1, w.Once()))
		w.Must(w.HandIn(ctx, suriya, id, "152921", in, 2, w.Once()))
		versions, err := w.Indicators.ReportVersions(ctx, "152921", "new_urban", 202508)
		w.Must(err)
		if len(versions) != 1 || versions[0].Value != 190 || versions[0].State != indicator.Submitted {
			t.Errorf("the register has %+v", versions)
		}
		w.Refused(fault.Denied, "管理人员", w.Judge(ctx, suriya, id, "152921", true, "", 0, 3, w.Once()))
		w.Refused(fault.Invalid, "原因", w.Judge(ctx, chief, id, "152921", false, "", 2, 3, w.Once()))
		w.Must(w.Judge(ctx, chief, id, "152921", false, "在途的不算", 2, 3, w.Once()))
		in.Figures["new_urban"], in.Notes["new_urban"] = "160", ""
		w.Must(w.HandIn(ctx, suriya, id, "152921", in, 4, w.Once()))
		w.Must(w.Judge(ctx, chief, id, "152921", true, "", 0, 5, w.Once()))
		versions, err = w.Indicators.ReportVersions(ctx, "152921", "new_urban", 202508)
		w.Must(err)
		if len(versions) != 2 || versions[0].Value != 160 || versions[0].State != indicator.Signed || versions[1].State != indicator.Returned {
			t.Errorf("the register has %+v", versions)
		}

		forms, err := w.forms(ctx, w.Room.DB, id)
		w.Must(err)
		round, err := roundByID(ctx, w.Room.DB, id)
		w.Must(err)
		sums, err := w.sums(ctx, &round, forms)
		w.Must(err)
		if s := sums[0]; !s.HasWhole || !s.Agrees() || s.Counted != 160+8*int64(len(forms)-1) || len(s.Missing) != len(forms)-1 {
			t.Errorf("sums: %+v", s)
		}
		var book bytes.Buffer
		w.Must(RoundBook(&book, &round, forms, sums))

		paper, err := w.Write(ctx, chief, Briefing, "1529", 202508, w.Once())
		w.Must(err)
		p, err := w.Room.Open(ctx, chief, paper)
		w.Must(err)
		text := Bare(p.Text())
		for _, want := range []string{"1—8 月，城镇新增就业", "就业困难人员就业 1,602 人，完成率 64.1%，比应完成低 29.3 个百分点", "阿拉善左旗反映：技能不匹配，缺 3 名焊工。", "没有报送2025年8月调度材料的有", "超过期限 1 项", "超期未完成的有 4 个"} {
			if !strings.Contains(text, want) {
				t.Errorf("the briefing does not say %q:\n%s", want, text)
			}
		}
		if bad := Untraced(p.Text()); len(bad) > 0 {
			t.Errorf("numbers without a source: %q", bad)
		}
		w.Must(w.Edit(ctx, chief, paper, Edited{Title: p.Title, CopyTo: "报：自治区", Texts: map[string]string{"next": "抓紧落实。"}}, 1, w.Once()))
		w.Must(w.Send(ctx, chief, paper, 2, w.Once()))
		w.Refused(fault.Denied, "另一人", w.Put(ctx, chief, paper, 3, w.Once()))
		w.Refused(fault.Denied, "编写", w.Put(ctx, other, paper, 3, w.Once()))
		w.Must(w.Put(ctx, deputy, paper, 3, w.Once()))
		w.Refused(fault.Conflict, "不能修改", w.Edit(ctx, chief, paper, Edited{Title: "x"}, 4, w.Once()))
		p, err = w.Room.Open(ctx, suriya, paper) // those below read it
		w.Must(err)
		if p.Issue != 1 || !p.Sound() || p.part("next").Text != "抓紧落实。" {
			t.Errorf("issued: %+v", p)
		}
		p.Parts[0].Text += "。"
		if p.Sound() {
			t.Error("a change goes unnoticed")
		}
		again, err := w.Correct(ctx, chief, paper, w.Once())
		w.Must(err)
		w.Must(w.Send(ctx, chief, again, 1, w.Once()))
		w.Must(w.Put(ctx, deputy, again, 2, w.Once()))
		erratum, err := w.Room.Open(ctx, chief, again)
		w.Must(err)
		if erratum.Issue != 2 || erratum.Corrects != paper {
			t.Errorf("erratum: %+v", erratum)
		}
		files(t, &erratum)

		report, err := w.Write(ctx, chief, YearReport, "1529", 202507, w.Once()) // as it was known in August
		w.Must(err)
		p, err = w.Room.Open(ctx, chief, report)
		w.Must(err)
		if p.AsOf.String() != "2025-07-31" || p.part("behind") == nil || p.part("change") == nil || len(Untraced(p.Text())) > 0 {
			t.Errorf("the report: %s %q", p.AsOf, Untraced(p.Text()))
		}
	})
}

// files opens a document as Word and as a workbook.
func files(t *testing.T, p *Paper) {
	t.Helper()
	var word, book bytes.Buffer
	if err := p.Document("").Docx(&word); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(word.Bytes()), int64(word.Len()))
	if err != nil {
		t.Fatal(err)
	}
	part, err := archive.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"就业工作简报", "〔2025〕第 2 期", "总体情况", "报：自治区"} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("the Word file does not say %q", want)
		}
	}
	if err := Book(&book, p); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	total, err := x.GetCellFormula("各地进展", "B6")
	if err != nil || total != "SUM(B2:B5)" {
		t.Errorf("the total is %q %v in %v", total, err, x.GetSheetList())
	}
	if sources, err := x.GetRows("数据来源"); err != nil || len(sources) < 10 {
		t.Errorf("sources: %d %v", len(sources), err)
	}
}

func TestWhoIsLateIsRemindedPressedAndHandedOver(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id := w.august() // due on Tuesday the 16th
		for _, c := range []struct {
			day   string
			steps int
		}{{"2025-09-12", 4}, {"2025-09-12", 0}, {"2025-09-16", 0}, {"2025-09-17", 4}, {"2025-09-18", 0}, {"2025-09-19", 4}, {"2025-09-22", 0}} {
			w.setDay(c.day)
			n, err := w.Remind(ctx)
			w.Must(err)
			if n != c.steps {
				t.Errorf("on %s %d steps, want %d", c.day, n, c.steps)
			}
		}
		if len(w.watch.late) != 4 || w.watch.late[0].Days != 3 || w.watch.late[0].From != "1529" {
			t.Errorf("handed over: %+v", w.watch.late)
		}
		if f := w.of(id, "152923"); f.Late(w.today()) != 4 {
			t.Errorf("late by %d", f.Late(w.today()))
		}
		n, err := w.Press(ctx, chief, id, 1, w.Once())
		w.Must(err)
		if n != len(area.Children("1529")) {
			t.Errorf("pressed %d", n)
		}
		w.Must(w.End(ctx, chief, id, false, 2, w.Once()))
		w.Refused(fault.Late, "已经结束", w.HandIn(ctx, bold, id, "152923", Typed{Progress: "补报"}, 1, w.Once()))
		w.setDay("2025-10-09")
		begun, err := w.BeginNext(ctx)
		w.Must(err)
		again, err := w.BeginNext(ctx)
		w.Must(err)
		next, err := roundOf(ctx, w.Room.DB, "1529", Month, 202509)
		w.Must(err)
		if begun != 1 || again != 0 || next.ID == 0 || next.Due.String() != "2025-10-17" {
			t.Errorf("the next month: %d %d %+v", begun, again, next)
		}
	})
}

func TestAFormMayNeedASecondSignature(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, err := w.Begin(ctx, chief, Round{Area: "1529", Kind: Month, Period: 202508, Second: true}, []string{"152921"}, w.Once())
		w.Must(err)
		w.Must(w.HandIn(ctx, suriya, id, "152921", Typed{Progress: "完成"}, 1, w.Once()))
		w.Refused(fault.Denied, "另一人", w.Sign(ctx, suriya, id, "152921", 2, w.Once()))
		w.Refused(fault.Conflict, "不能审核", w.Judge(ctx, chief, id, "152921", true, "", 0, 2, w.Once()))
		w.Must(w.Sign(ctx, mergen, id, "152921", 2, w.Once()))
		if f := w.of(id, "152921"); f.State != Submitted || f.By != "苏日娅（阿拉善左旗经办）" || f.Second != "莫日根（阿拉善左旗经办）" {
			t.Errorf("signed: %+v", f)
		}
	})
}

func TestACaseIsApprovedFromAboveAndHidesWhoHasNotAgreed(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		in := Case{Area: "152921", Kind: Person, Field: "startup", Title: "返乡办合作社", Said: CaseSaid{Name: "那仁", Text: "那仁返乡创业。", Source: "本人", Contact: "13848350001"}}
		_, err := w.Tell(ctx, bold, in, "", nil, w.Once())
		w.Refused(fault.Denied, "", err)
		id, err := w.Tell(ctx, suriya, in, "", &Proof{[]byte("%PDF-1.4"), "application/pdf"}, w.Once())
		w.Must(err)
		w.Refused(fault.Denied, "上一级", w.Decide(ctx, suriya, id, Approved, "", 1, w.Once()))
		w.Refused(fault.Denied, "上一级", w.Decide(ctx, other, id, Approved, "", 1, w.Once()))
		w.Must(w.Decide(ctx, chief, id, Returned, "写具体些", 1, w.Once()))
		w.Must(w.Mend(ctx, suriya, id, in.Title, in.Said, false, "", 2, w.Once()))
		w.Refused(fault.Conflict, "不能这样", w.Decide(ctx, chief, id, Public, "", 3, w.Once()))
		w.Must(w.Decide(ctx, chief, id, Approved, "", 3, w.Once()))
		w.Must(w.Decide(ctx, upper, id, Public, "", 4, w.Once()))
		if list, err := w.casesForPaper(ctx, "1529"); err != nil || len(list) != 0 {
			t.Errorf("used without consent: %+v %v", list, err)
		}
		k, err := w.caseByID(ctx, w.Room.DB, id)
		w.Must(err)
		if diff := cmp.Diff("那某返乡创业。", named(&k)); diff != "" {
			t.Error(diff)
		}
		if got := masked(k.Said.Contact); got != "138****0001" {
			t.Errorf("contact %s", got)
		}
	})
}

func TestTheDemonstrationsCycleRan(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.setDay("2025-09-24")
		cast := Cast{League: chief, Region: upper}
		w.Must(w.SeedDemo(ctx, cast))
		w.Must(w.SeedDemo(ctx, cast))
		rounds, err := w.rounds(ctx, "1529", 1<<62, 100)
		w.Must(err)
		papers, err := papers(ctx, w.Room.DB, "1529", 1<<62, 100)
		w.Must(err)
		if len(rounds) != 9 || len(papers) != 3 {
			t.Errorf("%d rounds, %d papers", len(rounds), len(papers))
		}
		forms, err := w.forms(ctx, w.Room.DB, rounds[0].ID)
		w.Must(err)
		in, _, behind := w.counts(forms)
		if in != len(forms)-1 || behind != 1 {
			t.Errorf("August: %d in, %d late", in, behind)
		}
	})
}

func FuzzTextsKeepWhatTheySay(f *testing.F) {
	for _, text := range []string{"", "[3 人](/plan/x)。", "[[a](/b)](/c)；\uE000 [1](/d)", "[。](/x) 5\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var said string
		for _, s := range Spans(text) {
			said += s.Text
		}
		if said != Bare(text) {
			t.Errorf("%q is set as %q", text, said)
		}
		for _, s := range Sources(text) {
			if !strings.HasPrefix(s.Href, "/") || s.Figure == "" {
				t.Errorf("%q leads to %+v", text, s)
			}
		}
		Untraced(text)
	})
}
