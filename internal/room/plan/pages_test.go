package plan

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/web"
)

// users are who asks in a test, by the header User.
var users = map[string]web.User{"league": leagueManager, "region": regionManager, "officer": leftOfficer, "village": {ID: 5, Name: "协管", Role: officer, RoleName: "经办", Area: "152921110201", AreaName: "东关村"},
	"seeker": {ID: 9, Name: "苏某", Role: "seeker", Area: "152921", PersonID: 1}}

// site is the room on a server of its own, for whoever the header User names.
func (h *house) site() *httptest.Server { return h.siteFor("") }

// siteFor is site for a browser, which sends no such header.
func (h *house) siteFor(always string) *httptest.Server {
	h.t.Helper()
	s, err := web.New(web.Config{Rooms: []web.Room{h.Web()}, Clock: h.clock, Demo: true, Log: slog.New(slog.DiscardHandler), Identify: func(r *http.Request) (web.User, error) {
		return users[cmp.Or(r.Header.Get("User"), always)], nil
	}})
	must(h.t, err)
	if missing := append(s.Words().Missing(), s.Words().Uneven()...); len(missing) > 0 {
		h.t.Errorf("words: %v", missing)
	}
	srv := httptest.NewServer(s)
	h.t.Cleanup(srv.Close)
	return srv
}

// get reads a page as somebody.
func get(t *testing.T, srv *httptest.Server, who, path string) (int, string) {
	t.Helper()
	return send(t, srv, who, http.MethodGet, path, nil)
}

func send(t *testing.T, srv *httptest.Server, who, method, path string, form url.Values) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, method, srv.URL+path, strings.NewReader(form.Encode()))
	must(t, err)
	req.Header.Set("User", who)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := srv.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := client.Do(req)
	must(t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	must(t, err)
	return res.StatusCode, string(body)
}

func TestEverybodySeesTheirAreaAndNoOther(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		threeTowns(h)
		h.compute()
		srv := h.site()
		cases := []struct {
			who, path string
			status    int
			has       []string
		}{
			{"league", "/plan", 303, nil},
			{"league", "/plan/area/1529", 200, []string{"阿拉善盟", "城镇新增就业", "〔12,500〕以上", "数据截至 2025年8月31日", "没有数据", "任务按牵头单位", "自治区人力资源社会保障厅"}},
			{"league", "/plan/area/1529?map=registered_rate", 200, []string{"0%", "50%"}},
			{"league", "/plan/area/152921", 200, []string{"苏木乡镇", "巴彦浩特镇", "没有分解到旗县"}},
			{"league", "/plan/area/152921110", 200, []string{"巴彦浩特镇"}},
			{"league", "/plan/area/15", 403, []string{"您的账号只能看阿拉善盟的数字"}},
			{"league", "/plan/area/1599", 404, []string{"没有这个地区"}},
			{"league", "/plan/area/152921110001", 404, nil},
			{"region", "/plan/area/15", 200, []string{"登记库现有 12 个盟市中 1 个的人员：阿拉善盟", "数据未覆盖全区", "〔100〕以上", "万人"}},
			{"region", "/plan/area/15?level=banner", 200, []string{"各旗县情况"}},
			{"region", "/plan/area/1525", 200, []string{"登记库中还没有这里的人员"}},
			{"officer", "/plan/area/152921", 200, nil},
			{"officer", "/plan/area/152922", 403, nil},
			{"officer", "/plan/tasks", 403, nil},
			{"seeker", "/plan/area/152921", 403, nil},
			{"", "/plan/area/1529", 303, nil},
			{"league", "/plan/indicator/new_urban/area/1529?year=2021", 200, []string{"怎么算", "城镇新增就业(人) 6922 —— &gt;〔12500〕 预期性", "专栏2", "6,922", "阿拉善右旗"}},
			{"league", "/plan/indicator/labour_share/area/1529", 200, []string{"42.8", "填报"}},
			{"league", "/plan/indicator/happiness/area/1529", 404, nil},
			{"league", "/plan/indicator/new_urban/area/1529/people?year=2021", 200, []string{"请选择旗县", "阿拉善左旗", "/plan/indicator/new_urban/area/152921/people?year=2021"}},
			{"officer", "/plan/indicator/new_urban/area/152921/people?year=2021", 200, []string{"苏＊＊", "2021-05-01 起城镇就业（单位就业）", "/casework/person/2", "共 3 条，显示 3 条"}},
			{"village", "/plan/indicator/new_urban/area/152921?year=2021", 200, nil},
			{"village", "/plan/indicator/new_urban/area/152921/people?year=2021", 403, []string{"您的账号只能看"}},
			{"village", "/plan/indicator/urban_share/area/152921110/people?year=2025", 403, nil},
			{"officer", "/plan/indicator/new_urban/area/152922/people?year=2021", 403, nil},
			{"officer", "/plan/indicator/urban_share/area/152921/people?year=2025", 200, []string{"请选择", "巴彦浩特镇"}},
			{"officer", "/plan/indicator/urban_share/area/152921110/people?year=2025", 200, []string{"2021-02-01 起城镇就业"}},
			{"officer", "/plan/indicator/pension_rate/area/152921110/people?year=2025&set=rest", 200, []string{"2025 年 8 月没有缴费记录"}},
			{"officer", "/plan/indicator/surveyed_rate/area/152921/people?year=2021", 200, []string{"1 次答失业"}},
			{"officer", "/plan/indicator/productivity/area/152921/people?year=2021", 404, nil},
			{"league", "/plan/tasks", 200, []string{"提升培训质效", "保障（七）", "未开始"}},
			{"league", "/plan/tasks?unit=自治区教育厅", 200, []string{"强化教育就业联动", "共 21 项，显示 1 项"}},
			{"league", "/plan/task/12", 200, []string{"35万人次", "登记进展"}},
			{"league", "/plan/task/12?area=15", 403, nil},
			{"league", "/plan/task/99", 404, nil},
			{"league", "/plan/indicator/productivity/area/1529/report?year=2024", 200, []string{"填报 2024 年"}},
			{"league", "/plan/indicator/new_urban/area/1529/report", 404, nil},
			{"officer", "/plan/indicator/productivity/area/152921/report", 403, nil},
		}
		for _, c := range cases {
			path := strings.ReplaceAll(c.path, "自治区教育厅", url.QueryEscape("自治区教育厅"))
			status, body := get(t, srv, c.who, path)
			if status != c.status {
				t.Errorf("%s asks for %s: %d, want %d\n%.600s", c.who, c.path, status, c.status, body)
				continue
			}
			for _, text := range c.has {
				if !strings.Contains(body, text) {
					t.Errorf("%s asks for %s and does not read %q", c.who, c.path, text)
				}
			}
			if strings.Contains(body, "plan.") && !strings.Contains(body, "plan.problem") {
				at := strings.Index(body, "plan.")
				t.Errorf("%s has a word key: …%s", c.path, body[max(0, at-60):min(len(body), at+60)])
			}
		}
		if status, body := get(t, srv, "league", "/plan/area/1529?lang=en"); status != 200 || !strings.Contains(body, "New urban employment") {
			t.Errorf("in English: %d", status)
		}
	})
}

func TestBeforeAnythingIsCountedThePagesSaySo(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		srv := h.site()
		for _, path := range []string{"/plan/area/1529", "/plan/area/15", "/plan/area/152921", "/plan/indicator/new_urban/area/1529", "/plan/indicator/schooling/area/1529"} {
			status, body := get(t, srv, "region", path)
			if status != 200 || !strings.Contains(body, "还没有统计过") {
				t.Errorf("%s: %d", path, status)
			}
		}
	})
}

func TestWhoLooksAtAListIsRecordedForEachPerson(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		threeTowns(h)
		h.compute()
		srv := h.site()
		if status, _ := get(t, srv, "officer", "/plan/indicator/new_urban/area/152921/people?year=2021"); status != 200 {
			t.Fatal(status)
		}
		acts, _, err := h.Audit.About(ctx, "person", 2, 10, audit.Cursor{})
		must(t, err)
		if len(acts) != 1 || acts[0].Act != "plan.people" || acts[0].Actor != "左旗经办（经办）" || !strings.Contains(acts[0].What, "城镇新增就业") {
			t.Errorf("recorded is %+v", acts)
		}
	})
}

func TestAReportIsTypedCheckedAndKept(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		srv := h.site()
		path := "/plan/indicator/productivity/area/1529/report?year=2024"
		cases := []struct {
			name, value, note, once string
			status                  int
			has                     string
		}{
			{"nothing", "", "", "report-0000000000001", 422, "请填写"},
			{"a word", "大约四", "统计公报", "report-0000000000002", 422, "最多两位小数，您填了“大约四”"},
			{"too many digits", "4.567", "统计公报", "report-0000000000003", 422, "最多两位小数"},
			{"beyond sense", "460", "统计公报", "report-0000000000004", 422, "应在 −100～100 之间"},
			{"full-width digits with a percent sign", "４．６%", "统计公报", "report-0000000000005", 303, ""},
			{"a form from before", "4.7", "统计公报", "report-0000000000006", 409, "别人改过这个数"},
		}
		for _, c := range cases {
			status, body := send(t, srv, "league", http.MethodPost, path, url.Values{"_once": {c.once}, "_version": {"0"}, "value": {c.value}, "note": {c.note}})
			if status != c.status || !strings.Contains(body, c.has) {
				t.Errorf("%s: %d\n%.400s", c.name, status, body)
			}
		}
		if got := h.actual("productivity", "1529", 2024); got != "460" {
			t.Errorf("kept is %s", got)
		}
		if status, body := get(t, srv, "league", path); status != 200 || !strings.Contains(body, `value="4.6"`) || !strings.Contains(body, "盟值班") {
			t.Errorf("the form shows what is there: %d", status)
		}
	})
}

func TestATaskIsNotedOnThePage(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		srv := h.site()
		form := url.Values{"_once": {"task-00000000000001"}, "_version": {"0"}, "text": {"已下达培训计划"}, "status": {"running"}}
		if status, body := send(t, srv, "league", http.MethodPost, "/plan/task/12", form); status != 303 {
			t.Fatalf("%d %.300s", status, body)
		}
		if _, body := get(t, srv, "league", "/plan/task/12"); !strings.Contains(body, "已下达培训计划") || !strings.Contains(body, "进行中") {
			t.Error("the note is not on the page")
		}
		form.Set("_once", "task-00000000000002")
		if status, _ := send(t, srv, "league", http.MethodPost, "/plan/task/12", form); status != 409 {
			t.Errorf("a stale form got %d", status)
		}
		form.Set("text", "")
		form.Set("_once", "task-00000000000003")
		if status, body := send(t, srv, "league", http.MethodPost, "/plan/task/12", form); status != 422 || !strings.Contains(body, "请填写进展情况") {
			t.Errorf("an empty note got %d", status)
		}
	})
}

func TestTheTableGoesIntoASpreadsheet(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		threeTowns(h)
		h.compute()
		status, body := get(t, h.site(), "league", "/plan/area/1529/export")
		if status != 200 {
			t.Fatalf("%d %.300s", status, body)
		}
		z, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
		must(t, err)
		var sheet string
		for _, f := range z.File {
			if strings.HasPrefix(f.Name, "xl/worksheets/") {
				r, err := f.Open()
				must(t, err)
				raw, err := io.ReadAll(r)
				must(t, err)
				sheet = string(raw)
			}
		}
		for _, text := range []string{"城镇新增就业", "〔12,500〕以上", "数据截至 2025年8月31日"} {
			if !strings.Contains(sheet, text) {
				t.Errorf("the sheet lacks %q", text)
			}
		}
	})
}
