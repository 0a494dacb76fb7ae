package jobs

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/employer"
)

// site is the room behind a real web server; whoever the header X-User names is signed in.
type site struct {
	town
	*httptest.Server
}

var accounts = map[string]web.User{"": {}, "unit": unit, "rival": rival, "officer": officer, "afar": afar, "s1": seeker(1), "s2": seeker(2),
	"league": {ID: 905, Name: "盟市", Role: roleManager, Area: "1529"}}

func (r town) serve(t *testing.T) site {
	t.Helper()
	s, err := web.New(web.Config{Rooms: []web.Room{r.Web()}, Clock: r.clock, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})), Identify: func(q *http.Request) (web.User, error) {
		who := q.Header.Get("X-User")
		if cookie, err := q.Cookie("test_user"); err == nil {
			who = cookie.Value
		}
		return accounts[who], nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if missing := append(s.Words().Missing(), s.Words().Uneven()...); len(missing) > 0 {
		t.Errorf("words: %v", missing)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return site{r, srv}
}

var key = regexp.MustCompile(`\bjobs\.[a-z]+(\.[a-zA-Z0-9]+)*\b`)

// get opens a page as somebody.
func (s site) get(t *testing.T, who, path string, status int) string {
	t.Helper()
	q, _ := http.NewRequest("GET", s.URL+path, nil)
	return s.send(t, who, q, status)
}

// post sends a form as somebody, with a key of its own unless it brings one.
func (s site) post(t *testing.T, who, path string, form url.Values, status int) string {
	t.Helper()
	if form.Get("_once") == "" {
		form.Set("_once", fmt.Sprintf("key-%016d", s.IDs.Next()))
	}
	q, _ := http.NewRequest("POST", s.URL+path, strings.NewReader(form.Encode()))
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.send(t, who, q, status)
}

func (s site) send(t *testing.T, who string, q *http.Request, status int) string {
	t.Helper()
	q.Header.Set("X-User", who)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var b strings.Builder
	buf := make([]byte, 1<<16)
	for {
		n, err := res.Body.Read(buf)
		b.Write(buf[:n])
		if err != nil {
			break
		}
	}
	if res.StatusCode != status {
		t.Fatalf("%s %s as %q: status %d, want %d\n%s", q.Method, q.URL, who, res.StatusCode, status, b.String())
	}
	if found := key.FindString(strings.ReplaceAll(b.String(), "/jobs", "")); found != "" {
		t.Errorf("%s shows the key %s instead of its words", q.URL, found)
	}
	return b.String()
}

func shows(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not show %q", text)
		}
	}
}

func hides(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(page, text) {
			t.Errorf("the page shows %q", text)
		}
	}
}

func TestLookingForWork(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 1, "保洁", bayan)
		var many []employer.Vacancy
		for i := range int64(45) {
			v := cleaning(100+i, 1)
			v.Title, v.PayLow, v.PayHigh = fmt.Sprintf("保洁员%d号", i), 250000+i*1000, 300000+i*1000
			many = append(many, v)
		}
		cook := employer.Vacancy{EmployerID: 51, ID: 10, Title: "食堂厨师", Occupation: "厨师", Openings: 1, PayLow: 500000, PayHigh: 600000, Education: 30, Area: ejin}
		r.work(t, append(many, cook)...)
		s := r.serve(t)

		page := s.get(t, "", "/jobs", 200)
		shows(t, page, "阿拉善盟，46 个岗位", "最新发布在前", "登录后按您的情况排序")
		page = s.get(t, "", "/jobs?q="+url.QueryEscape("厨师 家政服务部51"), 200)
		shows(t, page, "1 个岗位", "食堂厨师", "5,000～6,000 元", "额济纳旗 达来呼布镇")
		shows(t, s.get(t, "", "/jobs?q=x", 200), "没有符合条件的岗位")
		hides(t, s.get(t, "", "/jobs?education=70&area=152923", 200), "食堂厨师")
		hides(t, s.get(t, "s1", "/jobs?km=100", 200), "食堂厨师")
		shows(t, s.get(t, "", "/jobs?pay=5000", 200), "食堂厨师")
		s.get(t, "", "/jobs?pay=abc", 422)
		s.get(t, "", "/jobs?after=nonsense", 422)

		for _, who := range []string{"", "s1"} { // page by page, everything comes once
			seen := map[string]bool{}
			next := "/jobs"
			for pages := 0; next != ""; pages++ {
				if pages > 3 {
					t.Fatal("the list does not end")
				}
				page := s.get(t, who, next, 200)
				for _, m := range regexp.MustCompile(`href="/jobs/vacancy/(\d+)"`).FindAllStringSubmatch(page, -1) {
					if seen[m[1]] {
						t.Errorf("%s comes twice", m[1])
					}
					seen[m[1]] = true
				}
				m := regexp.MustCompile(`href="([^"]+)" rel="next"`).FindStringSubmatch(page)
				next = ""
				if m != nil {
					next = strings.ReplaceAll(m[1], "&amp;", "&")
				}
			}
			if len(seen) != 46 {
				t.Errorf("%q sees %d of 46 vacancies", who, len(seen))
			}
		}
		page = s.get(t, "s1", "/jobs", 200)
		shows(t, page, "最合适在前", "正是您想找的工种", "就在您住的苏木乡镇（街道）", "工资比您的要求低 60 元")
		hides(t, page, "不要求学历") // the list has room for two reasons
		shows(t, s.get(t, "s1", "/jobs?lang=en", 200), "best fitting first", "The very occupation you look for")
	})
}

func TestApplyingOnThePage(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 2, "保洁", bayan)
		r.work(t, cleaning(10, 2))
		s := r.serve(t)
		s.get(t, "", "/jobs/vacancy/99", 404)
		s.get(t, "", "/jobs/vacancy/abc", 404)
		guest := s.get(t, "", "/jobs/vacancy/10", 200)
		shows(t, guest, "保洁员", "3,600～4,000 元", "登录后应聘", "安康家政服务部50")
		hides(t, guest, "04838000000", "为什么推荐给您")
		page := s.get(t, "s1", "/jobs/vacancy/10", 200)
		shows(t, page, "为什么推荐给您", "正是您想找的工种", "tel:04838000000", `form="apply"`)
		s.post(t, "officer", "/jobs/vacancy/10/apply", url.Values{}, 403)
		s.post(t, "", "/jobs/vacancy/10/apply", url.Values{}, 401)

		s.post(t, "s1", "/jobs/vacancy/10/apply", url.Values{"note": {"周一能上班"}}, 303)
		page = s.get(t, "s1", "/jobs/vacancy/10", 200)
		shows(t, page, "已应聘", "撤回应聘", "周一能上班", "已有 1 人应聘")
		hides(t, page, `form="apply"`)
		shows(t, s.get(t, "s1", "/jobs/mine", 200), "共 1 件，1 件等待答复", "保洁员")
		shows(t, s.get(t, "s2", "/jobs/mine", 200), "还没有应聘")
		s.post(t, "s1", "/jobs/vacancy/10/withdraw", url.Values{}, 303)
		shows(t, s.get(t, "s1", "/jobs/vacancy/10", 200), "已撤回", `form="apply"`)
	})
}

func TestWhatAnEmployerSeesOfPeople(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 2, "保洁", bayan)
		r.work(t, cleaning(10, 2))
		r.match(t)
		s := r.serve(t)
		at := "/jobs/employer/vacancy/10/candidates"
		page := s.get(t, "unit", at, 200)
		shows(t, page, "苏＊＊", "初中", "正是本人想找的工种", "还没有人应聘")
		hides(t, page, "苏日娜1", "13847312345", "岁", "女")
		if seen, _, err := r.Audit.About(ctx, "person", 1, 10, auditStart); err != nil || len(seen) != 0 {
			t.Errorf("nobody was shown, and the log says %v, %v", seen, err)
		}
		if err := r.Apply(ctx, seeker(1), 10, "周一能上班", "a"); err != nil {
			t.Fatal(err)
		}
		page = s.get(t, "unit", at, 200)
		shows(t, page, "苏日娜1", "13847312345", "周一能上班", "苏＊＊", "约面试", "录用")
		seen, _, err := r.Audit.About(ctx, "person", 1, 10, auditStart)
		if err != nil || len(seen) != 2 || seen[0].What != "查看应聘人（岗位“保洁员”）" || seen[0].Actor != "安康家政（用人单位）" {
			t.Errorf("the person learns %+v, %v", seen, err)
		}
		s.get(t, "rival", at, 404)
		s.get(t, "afar", at, 403)
		s.get(t, "s1", at, 403)
		shows(t, s.get(t, "officer", at, 200), "/jobs/person/1")

		r.people(t, 60, 1, "保洁", ejin)
		if err := r.Apply(ctx, seeker(60), 10, "", "b"); err != nil {
			t.Fatal(err)
		}
		shows(t, s.get(t, "unit", at, 200), "苏日娜60")
		hides(t, s.get(t, "officer", at, 200), "苏日娜60", "/jobs/person/60") // lives in another banner

		s.post(t, "rival", at+"/1", url.Values{"to": {"hired"}}, 404)
		s.post(t, "unit", at+"/1", url.Values{"to": {"interview"}, "note": {"只要女的，限女性"}}, 422)
		s.post(t, "unit", at+"/1", url.Values{"to": {"sent"}}, 422)
		s.post(t, "unit", at+"/1", url.Values{"to": {"hired"}, "_version": {"1"}}, 303)
		s.post(t, "unit", at+"/1", url.Values{"to": {"declined"}, "_version": {"1"}}, 409)
		shows(t, s.get(t, "s1", "/jobs/vacancy/10", 200), "已录用")
	})
}

func TestPublishingOnThePage(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.work(t, cleaning(10, 2))
		s := r.serve(t)
		shows(t, s.get(t, "unit", "/jobs/employer", 200), "招聘中 1 个，共招 2 人，已有 0 人次应聘", "还剩", "保洁员")
		shows(t, s.get(t, "unit", "/jobs/employer?state=closed", 200), "没有符合条件的岗位")
		s.get(t, "s1", "/jobs/employer", 403)
		shows(t, s.get(t, "unit", "/jobs/employer/vacancy/new", 200), "阿拉善左旗 巴彦浩特镇", "不能低于最低工资标准 2,270 元", "哪些条件不能写")

		form := url.Values{"title": {"仓库管理员（限男性）"}, "openings": {"1"}, "low": {"3800"}, "high": {"4500"}, "education": {"0"}, "area": {""}, "contract": {"12"},
			"closes": {"2025-10-31"}, "benefits": {"35 公斤以内货物搬运；乙肝携带者勿扰"}}
		page := s.post(t, "unit", "/jobs/employer/vacancy/new", form, 422)
		shows(t, page, "有 3 处需要修改", "岗位名称里写了“限男性”。法律不允许限制性别，请删去", "《就业促进法》第三十条", "请选择工作地点", "为什么不能写", `value="3800"`)
		form.Set("title", "仓库管理员")
		form.Set("benefits", "35 公斤以内货物搬运，会叉车优先")
		form.Set("area", "152921110")
		form.Del("_once")
		s.post(t, "unit", "/jobs/employer/vacancy/new", form, 303)
		page = s.get(t, "", "/jobs?q="+url.QueryEscape("仓库"), 200)
		shows(t, page, "仓库管理员", "1 个岗位")

		shows(t, s.get(t, "unit", "/jobs/employer/vacancy/10/edit", 200), `name="_version" value="1"`, `value="3600"`)
		s.get(t, "rival", "/jobs/employer/vacancy/10/edit", 404)
		form.Set("_version", "1")
		form.Del("_once")
		s.post(t, "unit", "/jobs/employer/vacancy/10/edit", form, 303)
		form.Del("_once")
		form.Set("title", "库管员")
		shows(t, s.post(t, "unit", "/jobs/employer/vacancy/10/edit", form, 422), "这个岗位刚才已被修改，您的修改没有保存", `value="库管员"`)

		s.post(t, "unit", "/jobs/employer/vacancy/10/state", url.Values{"state": {"closed"}, "_version": {"2"}}, 303)
		shows(t, s.get(t, "unit", "/jobs/employer", 200), "已停止", "再次发布")
		shows(t, s.get(t, "s1", "/jobs/vacancy/10", 200), "这个岗位已停止招聘")
		hides(t, s.get(t, "unit", "/jobs/employer/vacancy/10/edit", 200), "停止招聘")
		form.Del("_once")
		form.Set("_version", "3")
		s.post(t, "unit", "/jobs/employer/vacancy/10/edit", form, 303) // saving a stopped one publishes it again
		shows(t, s.get(t, "unit", "/jobs/employer/vacancy/10/edit", 200), "停止招聘")
		hides(t, s.get(t, "s1", "/jobs/vacancy/10", 200), "这个岗位已停止招聘")
	})
}

func TestTheTwoListsOfAnOfficer(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 40, "保洁", bayan)
		r.people(t, 50, 1, "保洁", ejin)
		far := cleaning(11, 3)
		far.Area = ejin
		r.work(t, cleaning(10, 2), far)
		r.match(t)
		s := r.serve(t)
		page := s.get(t, "officer", "/jobs/office", 200)
		shows(t, page, "阿拉善左旗：1 个岗位招 2 人，登记失业 40 人", "保洁员", "选人", "共 1 条")
		page = s.get(t, "officer", "/jobs/office?list=people", 200)
		shows(t, page, "苏＊＊", "选岗位", "共 40 条，显示 30 条", "3,500")
		hides(t, page, "苏日娜")
		next := regexp.MustCompile(`href="([^"]+)" rel="next"`).FindStringSubmatch(page)
		if next == nil {
			t.Fatal("no second page")
		}
		shows(t, s.get(t, "officer", strings.ReplaceAll(next[1], "&amp;", "&"), 200), "共 40 条，显示 10 条")
		shows(t, s.get(t, "league", "/jobs/office", 200), "阿拉善盟：2 个岗位招 5 人，登记失业 41 人")
		s.get(t, "s1", "/jobs/office", 403)

		page = s.get(t, "officer", "/jobs/person/1", 200)
		shows(t, page, "给苏日娜1推荐岗位", "正是本人想找的工种", "求职工种", "期望 3,500 元", "推荐")
		s.get(t, "officer", "/jobs/office?list=people&after="+web.NewCursor(int64(1)<<60, 1).String(), 200)
		s.get(t, "officer", "/jobs/employer/vacancy/10/candidates?after="+web.NewCursor(int64(1)<<60, 1).String(), 200)
		s.get(t, "afar", "/jobs/person/1", 403)
		s.get(t, "officer", "/jobs/person/999", 404)
		s.post(t, "league", "/jobs/person/1/refer", url.Values{"vacancy": {"10"}}, 403)
		s.post(t, "officer", "/jobs/person/1/refer", url.Values{"vacancy": {"10"}, "note": {"离家近"}}, 303)
		shows(t, s.get(t, "officer", "/jobs/person/1", 200), "已推荐，等本人答复")
		shows(t, s.get(t, "s1", "/jobs/vacancy/10", 200), "就业服务人员向您推荐了这个岗位", "不考虑")
		seen, _, err := r.Audit.About(ctx, "person", 1, 20, auditStart)
		if err != nil || len(seen) != 3 {
			t.Errorf("the log says %+v, %v", seen, err)
		}
	})
}
