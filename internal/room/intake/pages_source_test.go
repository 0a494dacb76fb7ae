package intake

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/registertest"
)

func TestAManagerSeesWhoOwesWhatAndSaysWhatWasDone(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		f := newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left")).text("清单.csv", "文件名,行数", "户籍.csv,5")
		s := r.bring(t, f, left)
		r.Clock = clock.NewFake("2025-11-20")
		if err := r.late(ctx); err != nil {
			t.Fatal(err)
		}
		srv := r.site(t, "")
		page := get(t, srv, "league", "/intake/sources").body
		for _, want := range []string{"公安局", "每月 10 日前", "每月 5 个工作日内", "逾期", "清单写 5 行，实际读到 1 行", "应在 2025-10-10 前交付", "还没有交付过"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page of sources lacks %q", want)
			}
		}
		source := get(t, srv, "left", "/intake/sources/police").body
		for _, want := range []string{"户籍", "第 1 版", "/intake/batch/" + itoa(s.BatchID), "与户主关系", "第 2 位，共"} {
			if !strings.Contains(source, want) {
				t.Errorf("the page of the police lacks %q", want)
			}
		}
		if got := get(t, srv, "left", "/intake/sources/nobody").status; got != http.StatusNotFound {
			t.Errorf("an unknown source answers %d", got)
		}
		if got := get(t, srv, "right", "/intake/sources").body; strings.Contains(got, "实际读到") {
			t.Error("another banner sees the alarm")
		}
		batch := get(t, srv, "left", "/intake/batch/"+itoa(s.BatchID)).body
		if !strings.Contains(batch, "清单写 5 行") {
			t.Error("the page of the batch says nothing of the manifest")
		}
		list, err := openAlarms(ctx, r.DB, "1529", 10)
		if err != nil || len(list) != 3 {
			t.Fatalf("%+v, %v", list, err)
		}
		at := "/intake/alarm/" + itoa(list[0].ID)
		if got := post(t, srv, "left", at, url.Values{"_once": {"once-000000000000000a"}, "_version": {"1"}, "reason": {" "}}); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "处理情况") {
			t.Errorf("no reason: %d", got.status)
		}
		if got := post(t, srv, "right", at, url.Values{"_once": {"once-000000000000000b"}, "_version": {"1"}, "reason": {"好"}}).status; got != http.StatusForbidden {
			t.Errorf("another banner: %d", got)
		}
		if got := post(t, srv, "left", at, url.Values{"_once": {"once-000000000000000c"}, "_version": {"1"}, "reason": {"已联系公安局，月底前补报"}}).status; got != http.StatusSeeOther {
			t.Errorf("with a reason: %d", got)
		}
		if page := get(t, srv, "league", "/intake/sources/police").body; !strings.Contains(page, "月底前补报") {
			t.Error("what was done is not shown")
		}
	})
}

func TestDataQualityAndATrialStandOnThePageOfTheBatch(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		f := newFolder(t)
		lines := []string{householdHeads}
		for n := range 24 {
			cells := split(household(n, "包"+string('一'+rune(n)), "left"))
			cells[11], cells[10] = "13847000000", ""
			lines = append(lines, strings.Join(cells, ","))
		}
		lines = append(lines, "合计,,24人,,,,,,,,,,")
		s, err := r.TrialDir(ctx, f.text("户籍.csv", lines...).dir, left, progress.None{})
		if err != nil {
			t.Fatal(err)
		}
		page := get(t, r.site(t, ""), "left", "/intake/batch/"+itoa(s.BatchID)).body
		for _, want := range []string{"这是试读", "整列全空：居住地", "138****0000 出现在 24 行", "合计、小计行 1 行"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
	})
}

func TestTheSourcesPagesInABrowser(t *testing.T) {
	d := registertest.File(t, schemas...)
	r := newRoom(t, d)
	f := delivery(t).text("清单.csv", "文件名,行数", "户籍.csv,5", "低保.xlsx,1").text("合计.csv", registrationHeads, "包娜仁,"+somebody(1)+",2024-01-08,,,,,,,", "合计,,,,,,,,,")
	s := r.bring(t, f, left)
	r.Clock = clock.NewFake("2025-11-20")
	if err := r.late(ctx); err != nil {
		t.Fatal(err)
	}
	srv := r.site(t, "left")
	for _, size := range []struct {
		name          string
		width, height int
	}{{"1440", 1440, 900}, {"390", 390, 844}} {
		p := webtest.Open(t, srv.URL+"/intake/sources", size.width, size.height)
		for name, path := range map[string]string{"sources": "/intake/sources", "source": "/intake/sources/police", "quality": "/intake/batch/" + itoa(s.BatchID), "home2": "/intake"} {
			p.Goto(path)
			p.Axe()
			p.NoHorizontalScroll()
			p.Screenshot("intake-" + name + "-" + size.name)
		}
	}
}
