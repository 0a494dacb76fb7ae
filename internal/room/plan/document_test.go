package plan

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/indicator"
)

func madeUp(t testing.TB) []byte {
	raw, err := os.ReadFile("testdata/made-up-plan.txt")
	must(t, err)
	return raw
}

func TestAPlanIsUploadedCorrectedAndConfirmed(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		if _, err := h.Upload(ctx, leftOfficer, "doc-000000000000001", "规划.txt", madeUp(t)); !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Denied) {
			t.Errorf("an officer uploaded: %v", err)
		}
		if _, err := h.Upload(ctx, leagueManager, "doc-000000000000002", "空.txt", []byte("今天天气很好。")); !fault.Is(err, fault.Invalid) {
			t.Errorf("a text without plan: %v", err)
		}
		id, err := h.Upload(ctx, leagueManager, "doc-000000000000003", "规划.txt", madeUp(t))
		must(t, err)
		plan, _, list, err := h.document(ctx, leagueManager, id)
		must(t, err)
		if plan.State != indicator.Draft || plan.BaseYear != 2025 || plan.LastYear != 2030 || !strings.Contains(plan.Name, "青河盟") {
			t.Errorf("the draft is %+v", plan)
		}
		ties, tasks, house := map[string]int{}, 0, 0
		for _, p := range list {
			if p.Task {
				tasks++
			} else if p.Kept {
				ties[p.Tie]++
			}
			if p.Name == "家庭服务企业" {
				house = p.No
			}
		}
		if ties["new_urban"] != 1 || ties["registered_rate"] != 1 || ties["high_skill"] != 1 || ties["pension_rate"] != 1 || house == 0 || tasks != 2 {
			t.Fatalf("kept are %v, %d tasks; proposals %+v", ties, tasks, list)
		}
		x := list[house-1]
		x.Value = "六十"
		if err := h.Correct(ctx, leagueManager, "doc-000000000000004", id, x); !fault.Is(err, fault.Invalid) {
			t.Errorf("a word for a number: %v", err)
		}
		x.Value = "65"
		must(t, h.Correct(ctx, leagueManager, "doc-000000000000005", id, x))
		if err := h.Confirm(ctx, leagueManager, "doc-000000000000006", id, indicator.Plan{Name: plan.Name, BaseYear: 2030, LastYear: 2025, Version: 2}, nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("a plan that ends before it begins: %v", err)
		}
		say := indicator.Plan{Name: plan.Name, Number: plan.Number, BaseYear: 2025, LastYear: 2030, Version: 1}
		if err := h.Confirm(ctx, leagueManager, "doc-000000000000016", id, say, nil); !fault.Is(err, fault.Conflict) {
			t.Errorf("who opened the page before the correction confirmed: %v", err)
		}
		say.Version = 2
		must(t, h.Confirm(ctx, leagueManager, "doc-000000000000007", id, say, nil))
		if err := h.Sort(ctx, leagueManager, "doc-000000000000017", id, Sorting{}); !fault.Is(err, fault.Late) {
			t.Errorf("what waits for a second person was changed: %v", err)
		}
		if err := h.decide(leagueManager, true); !fault.Is(err, fault.Denied) {
			t.Errorf("one person confirmed alone: %v", err)
		}
		must(t, h.decide(regionManager, false))
		if p, _ := h.Indicators.Plan(ctx, id); p.State != indicator.Draft {
			t.Errorf("a refused plan is %s", p.State)
		}
		say.Version = 4
		must(t, h.Confirm(ctx, leagueManager, "doc-000000000000018", id, say, nil))
		must(t, h.decide(regionManager, true))
		if n, err := db.Value[int](ctx, h.DB, `SELECT count(*) FROM queue_job WHERE kind = 'plan.foresee'`); err != nil || n != 1 {
			t.Errorf("%d jobs forecast the new targets (%v)", n, err)
		}
		targets, err := h.Indicators.PlanTargets(ctx, id)
		must(t, err)
		byID := map[string]indicator.Target{}
		for _, g := range targets {
			byID[g.Indicator] = g
		}
		if g := byID["new_urban"]; g.Value != 12000 || !g.Cumulative || g.Base != 2600 || g.Year != 2030 {
			t.Errorf("new urban employment is to be %+v", g)
		}
		if g := byID["pension_rate"]; g.Value != 9500 || g.Comparator != indicator.AtLeast || !g.Binding {
			t.Errorf("insurance is to be %+v", g)
		}
		if g := byID[x.id()]; g.Value != 65 {
			t.Errorf("the corrected target is %+v", g)
		}
		duties, err := h.Indicators.Tasks(ctx, id)
		must(t, err)
		if len(duties) != 2 || duties[0].Lead == "" || len(duties[0].Units) != 2 {
			t.Errorf("the tasks are %+v", duties)
		}
		if err := h.Sort(ctx, leagueManager, "doc-000000000000008", id, Sorting{}); !fault.Is(err, fault.Late) {
			t.Errorf("a confirmed plan was changed: %v", err)
		}
		if err := h.Report(ctx, leagueManager, "doc-000000000000009", Report{Area: "1529", Indicator: x.id(), Period: 2025, Value: 41}); !fault.Is(err, fault.Conflict) { // the printed base stands there
			t.Errorf("a value that nobody has seen was overwritten: %v", err)
		}
	})
}

// decide says yes or no to what waits.
func (h *house) decide(who web.User, yes bool) error {
	h.t.Helper()
	list, err := h.Approvals.List(ctx, approval.Filter{States: []approval.State{approval.Waiting}}, 0, 1)
	must(h.t, err)
	return h.Approvals.Decide(ctx, who, list[0].ID, list[0].Version, yes, "第 3 项请核对", fmt.Sprintf("decide-%d-%d-%v", who.ID, list[0].ID, yes))
}

func TestADraftOfTheLevelAboveIsNotQuotedBelow(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		id, err := h.Upload(ctx, leagueManager, "doc-000000000000031", "盟规划.txt", madeUp(t))
		must(t, err)
		asked := func() int {
			p, d, _, err := h.document(ctx, leagueManager, id)
			must(t, err)
			list, err := h.findings(ctx, p, d)
			must(t, err)
			return len(list)
		}
		alone := asked()
		upper, err := h.Upload(ctx, regionManager, "doc-000000000000032", "区规划.txt", bytes.ReplaceAll(madeUp(t), []byte("| 城镇新增就业 | 人 | 2600 | 〔12000〕 |"), []byte("| 城镇新增就业 | 万人 | 0.3 | 〔2〕 |")))
		must(t, err)
		if n := asked(); n != alone {
			t.Errorf("%d questions beside a draft of the region, %d without", n, alone)
		}
		p, err := h.Indicators.Plan(ctx, upper)
		must(t, err)
		must(t, h.Confirm(ctx, regionManager, "doc-000000000000033", upper, p, nil))
		colleague := regionManager
		colleague.ID = 22
		must(t, h.decide(colleague, true))
		if n := asked(); n <= alone {
			t.Errorf("%d questions beside the region's plan in force, %d without", n, alone)
		}
	})
}

func TestADraftIsDiscarded(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		id, err := h.Upload(ctx, leagueManager, "doc-000000000000021", "规划.txt", madeUp(t))
		must(t, err)
		other := web.User{ID: 9, Name: "呼市", Role: manager, Area: "1501"}
		if err := h.Discard(ctx, other, "doc-000000000000022", id); !fault.Is(err, fault.Denied) {
			t.Errorf("another league discarded it: %v", err)
		}
		must(t, h.Discard(ctx, leagueManager, "doc-000000000000023", id))
		for _, table := range []string{"plan_document", "plan_proposal"} {
			if n, err := db.Value[int](ctx, h.DB, `SELECT count(*) FROM `+table); err != nil || n != 0 {
				t.Errorf("%d lines are left in %s (%v)", n, table, err)
			}
		}
		if _, err := h.Indicators.Plan(ctx, id); !fault.Is(err, fault.NotFound) {
			t.Errorf("the plan is still there: %v", err)
		}
		if n, err := db.Value[int](ctx, h.DB, `SELECT count(*) FROM audit_entry WHERE act = 'plan.document'`); err != nil || n != 2 {
			t.Errorf("the log has %d lines (%v)", n, err)
		}
		if err := h.Discard(ctx, leagueManager, "doc-000000000000024", "001"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a plan in force was discarded: %v", err)
		}
	})
}

func TestTheSameTargetIsConfirmedOnce(t *testing.T) {
	h := &house{t: t}
	two := []Proposal{{No: 1, Kept: true, Name: "甲", Unit: "人", Year: "2030", Value: "5"}, {No: 2, Kept: true, Name: "甲人数", Unit: "人", Year: "2030", Value: "6"}}
	if _, err := (&Room{}).outcome(two, indicator.Plan{}); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "第 1 项和第 2 项") {
		h.t.Errorf("two targets of one indicator: %v", err)
	}
	if _, err := (&Room{}).outcome(nil, indicator.Plan{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("nothing kept: %v", err)
	}
}

func TestNamesOfPlansMeanIndicators(t *testing.T) {
	cases := []struct{ name, unit, want string }{
		{"城镇新增就业（万人）", "万人", "new_urban"}, {"城镇新增就业人数", "人", "new_urban"}, {"城镇新增就业", "%", ""}, {"城镇调查失业率（%）", "%", "surveyed_rate"},
		{"补贴性职业技能培训人次", "人次", "trained"}, {"其中：6个月以上", "人次", "transfers_6m"}, {"高技能人才", "万人", "high_skill"}, {"家政企业", "家", ""}, {"脱贫人口务工规模", "万人", "outofpoverty_work"},
	}
	for _, c := range cases {
		if got := tieOf(c.name, c.unit); got != c.want {
			t.Errorf("%s (%s) is taken for %q, want %q", c.name, c.unit, got, c.want)
		}
	}
}

func TestDeadlinesHaveALastDay(t *testing.T) {
	for words, want := range map[string]string{"2025": "2025-12-31", "2025年底": "2025-12-31", "2024年6月底前": "2024-06-30", "2026年2月": "2026-02-28", "2027年3月15日": "2027-03-15", "实时": "", "": "", "２０２８年": "2028-12-31", "2027年13月": "2027-12-31"} {
		if got := dueOf(words); got != want {
			t.Errorf("%s is due on %s, want %s", words, got, want)
		}
	}
}

func TestUploadingOnThePage(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		srv := h.site()
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		must(t, w.WriteField("_once", "page-00000000000001"))
		part, err := w.CreateFormFile("file", "青河盟规划.txt")
		must(t, err)
		_, err = part.Write(madeUp(t))
		must(t, err)
		must(t, w.Close())
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, srv.URL+"/plan/documents", &body)
		must(t, err)
		req.Header.Set("User", "league")
		req.Header.Set("Content-Type", w.FormDataContentType())
		client := srv.Client()
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		res, err := client.Do(req)
		must(t, err)
		must(t, res.Body.Close())
		at := res.Header.Get("Location")
		if res.StatusCode != 303 || !strings.HasPrefix(at, "/plan/document/") {
			t.Fatalf("%d to %s", res.StatusCode, at)
		}
		status, page := get(t, srv, "league", at)
		for _, text := range []string{"青河盟", "城镇新增就业", "保存勾选", "〔12000〕", "由单位上报", "办好技工学校", `<span class="jy-note">每年</span>`} {
			if status != 200 || !strings.Contains(page, text) {
				t.Errorf("the draft's page: %d, has %s: %v", status, text, strings.Contains(page, text))
			}
		}
		if status, _ := get(t, srv, "officer", at); status != 403 {
			t.Errorf("an officer gets %d", status)
		}
		if status, page := get(t, srv, "league", at+"/item/1"); status != 200 || !strings.Contains(page, "城镇新增就业") {
			t.Errorf("one proposal: %d", status)
		}
		if status, _ := get(t, srv, "league", at+"/item/99"); status != 404 {
			t.Errorf("a proposal that is none: %d", status)
		}
		form := url.Values{"_once": {"page-00000000000002"}}
		for _, no := range []string{"1", "2", "3"} {
			form.Set("keep"+no, "1")
		}
		if status, page := send(t, srv, "league", http.MethodPost, at+"/sort", form); status != 303 {
			t.Errorf("sorting: %d %.300s", status, page)
		}
		confirm := url.Values{"_once": {"page-00000000000003"}, "_version": {"2"}, "name": {"青河盟规划"}, "number": {""}, "base": {"2025"}, "last": {"2030"}}
		if status, page := send(t, srv, "league", http.MethodPost, at+"/confirm", confirm); status != 303 {
			t.Errorf("confirming: %d %.3000s", status, page)
		}
		if status, page := get(t, srv, "league", at); status != 200 || !strings.Contains(page, "正在等另一位管理人员审批") {
			t.Errorf("what waits: %d", status)
		}
		must(t, h.decide(regionManager, true))
		if status, page := get(t, srv, "league", "/plan/documents"); status != 200 || !strings.Contains(page, "已确认") || !strings.Contains(page, "青河盟规划") {
			t.Errorf("the list: %d", status)
		}
	})
}

func TestWhoApprovesAPlanReadsWhatThePageOfProposalsSays(t *testing.T) {
	zh, err := official()
	must(t, err)
	list := []Proposal{
		{No: 1, Kept: true, Name: "城镇新增就业", Unit: "人", BaseYear: "2025", Base: "2600", Year: "2030", Value: "12000", Comparator: indicator.AtLeast, Cumulative: true},
		{No: 2, Kept: true, Name: "城镇调查失业率", Unit: "%", Year: "2030", Value: "6", Comparator: indicator.About},
		{No: 3, Kept: true, Name: "城镇登记失业率", Unit: "%", Year: "2030", Value: "4", Comparator: indicator.AtMost},
		{No: 4, Kept: true, Name: "基本养老保险参保率", Unit: "%", Year: "2030", Value: "95", High: "97", Comparator: indicator.Between, Binding: true},
		{No: 5, Kept: true, Name: "劳动报酬占比", Unit: "%", Year: "2030", Value: "稳步提高", Comparator: indicator.InWords},
		{No: 6, Name: "不采纳的", Unit: "人", Year: "2030", Value: "1"},
		{No: 7, Kept: true, Task: true, Name: "办好技工学校"},
	}
	want := []approval.Line{{Label: "城镇新增就业（人，2030 年）", Before: "2600（2025\u00a0年）", After: "〔12000〕以上"}, {Label: "城镇调查失业率（%，2030 年）", After: "6 左右"},
		{Label: "城镇登记失业率（%，2030 年）", After: "4 以内"}, {Label: "基本养老保险参保率（%，2030 年），约束性", After: "95～97"}, {Label: "劳动报酬占比（2030 年）", After: "稳步提高"},
		{Label: "任务", After: "1 项"}}
	lines := askedLines(zh, list)
	if !slices.Equal(lines, want) {
		t.Errorf("the approval says %+v", lines)
	}
	d := DocumentPage{}
	d.rows(zh, list)
	for i := range want[:5] {
		if row := d.Rows[i]; row.Target != lines[i].After || row.BaseText != lines[i].Before {
			t.Errorf("the page says %+v, the approval %+v", row, lines[i])
		}
	}
}

func TestWhatIsTickedWhenAPlanIsHandedInCounts(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		srv := h.site()
		id, err := h.Upload(ctx, leagueManager, "tick-00000000000001", "规划.txt", bytes.ReplaceAll(madeUp(t), []byte("| 家庭服务企业 | 家 | 40 | 60 |"), []byte("| 全员劳动生产率增长 | % | 3.2 | 5左右 |")))
		must(t, err)
		at := "/plan/document/" + id
		if _, page := get(t, srv, "league", at); !strings.Contains(page, `<option value="productivity" selected>`) {
			t.Error("a reported indicator that was recognised would be lost when the table is sent")
		}
		form := url.Values{"_once": {"tick-00000000000002"}, "_version": {"1"}, "tables": {"1"}, "keep1": {"1"}, "tie1": {"new_urban"}, "name": {"青河盟规划"}, "number": {""}, "base": {"2030"}, "last": {"2025"}}
		status, page := send(t, srv, "league", http.MethodPost, at+"/confirm", form)
		if status != 422 || strings.Count(page, " checked>") != 1 {
			t.Errorf("with a wrong year: %d, %d ticks are kept", status, strings.Count(page, " checked>"))
		}
		form.Set("_once", "tick-00000000000003")
		form.Set("base", "2025")
		form.Set("last", "2030")
		if status, page := send(t, srv, "league", http.MethodPost, at+"/confirm", form); status != 303 {
			t.Errorf("handing in: %d %.300s", status, page)
		}
		must(t, h.decide(regionManager, true))
		targets, err := h.Indicators.PlanTargets(ctx, id)
		must(t, err)
		if len(targets) != 1 || targets[0].Indicator != "new_urban" {
			t.Errorf("in force are %+v", targets)
		}
	})
}
