package intake

import (
	"bytes"
	"cmp"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/registertest"
)

var users = map[string]web.User{
	"left":   {ID: left.ID, Name: "苏日娜", Role: officer, RoleName: "经办", Area: left.Area, AreaName: "阿拉善左旗"},
	"right":  {ID: right.ID, Name: "巴特尔", Role: officer, RoleName: "经办", Area: right.Area, AreaName: "阿拉善右旗"},
	"league": {ID: league.ID, Name: "其其格", Role: manager, RoleName: "管理", Area: league.Area, AreaName: "阿拉善盟"},
	"seeker": {ID: 9, Name: "周琪", Role: "seeker", Area: "152921", PersonID: 3},
}

// site is the room on a server of its own; the header User says who asks, or always for a browser that sends none.
func (r *Room) site(t *testing.T, always string) *httptest.Server {
	t.Helper()
	s, err := web.New(web.Config{Rooms: []web.Room{r.Web()}, Clock: clock.NewFake("2025-09-24"), Log: slog.New(slog.DiscardHandler), TempDir: t.TempDir(),
		Identify: func(req *http.Request) (web.User, error) {
			return users[cmp.Or(req.Header.Get("User"), always)], nil
		}})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return srv
}

type reply struct {
	status int
	body   string
	header http.Header
}

func ask(t *testing.T, srv *httptest.Server, who, method, path, kind string, body io.Reader) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, method, srv.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("User", who)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	client := srv.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{res.StatusCode, string(text), res.Header}
}

func get(t *testing.T, srv *httptest.Server, who, path string) reply {
	t.Helper()
	return ask(t, srv, who, http.MethodGet, path, "", nil)
}

func post(t *testing.T, srv *httptest.Server, who, path string, form url.Values) reply {
	t.Helper()
	return ask(t, srv, who, http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// upload sends files as a browser's form does.
func upload(t *testing.T, srv *httptest.Server, who, once string, files ...string) reply {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	_ = w.WriteField("_once", once)
	for _, path := range files {
		part, err := w.CreateFormFile("files", filepath.Base(path))
		if err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write(content)
	}
	_ = w.Close()
	return ask(t, srv, who, http.MethodPost, "/intake", w.FormDataContentType(), &body)
}

func TestEveryTextIsInBothLanguages(t *testing.T) {
	r := newRoom(t, nil)
	webtest.Words(t, r.Web())
	s, err := web.New(web.Config{Rooms: []web.Room{r.Web()}})
	if err != nil {
		t.Fatal(err)
	}
	// Keys that are put together.
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`(?:refuse|remind)\("([a-z0-9.]+)"|code: "([a-z.]+)"|, "((?:\w+form)|id15)"`)
	var keys []string
	for _, name := range sources {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, m := range code.FindAllStringSubmatch(string(text), -1) {
			keys = append(keys, "intake.code."+m[1]+m[2]+m[3])
		}
	}
	for _, state := range []string{Received, Waiting, Running, Done, Failed, Stopped, Unknown, Lacking, Repeated, Empty, ReviewOpen, ReviewLater, ReviewSame, ReviewOther, ReviewSettled} {
		keys = append(keys, "intake.state."+state)
	}
	for _, key := range keys {
		if !s.Words().Has(key) {
			t.Errorf("no text for %s", key)
		}
	}
	if len(keys) < 40 {
		t.Errorf("only %d keys were found", len(keys))
	}
}

func TestAnOfficerUploadsAndSeesWhatBecameOfIt(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		srv := r.site(t, "")
		if a := get(t, srv, "left", "/intake"); a.status != 200 || !strings.Contains(a.body, "还没有导入过") || !strings.Contains(a.body, "残疾人联合会") {
			t.Errorf("%d %s", a.status, a.body)
		}
		f := newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"), household(2, "白音", "right")).
			text("失业.csv", registrationHeads, "包乃仁,"+somebody(1)+",2024-01-08,,,,,,,", "包娜仁,"+somebody(1)+",昨天,,,,,,,", "包娜仁,'"+somebody(1)+",2024-02-08,,,,,,,").text("空.csv")
		one, two, empty := filepath.Join(f.dir, "户籍.csv"), filepath.Join(f.dir, "失业.csv"), filepath.Join(f.dir, "空.csv")
		if err := os.Truncate(empty, 0); err != nil {
			t.Fatal(err)
		}
		if a := upload(t, srv, "left", "once-000000000000000a"); a.status != 422 || !strings.Contains(a.body, "请选择要导入的文件") {
			t.Errorf("no file: %d", a.status)
		}
		if a := upload(t, srv, "left", "once-000000000000000b", one, empty); a.status != 422 || !strings.Contains(a.body, "“空.csv”是空文件") {
			t.Errorf("an empty file: %d", a.status)
		}
		a := upload(t, srv, "left", "once-000000000000000c", one, two)
		page := a.header.Get("Location")
		if a.status != 303 || !strings.HasPrefix(page, "/intake/batch/") {
			t.Fatalf("%d %s\n%s", a.status, page, a.body)
		}
		if a := upload(t, srv, "left", "once-000000000000000c", one, two); a.status != 303 || r.number(t, `SELECT count(*) FROM intake_batch`) != 1 {
			t.Errorf("a double click: %d %s", a.status, a.body)
		}
		if a := get(t, srv, "left", page); !strings.Contains(a.body, `hx-trigger="every 2s"`) || !strings.Contains(a.body, "刷新进度") || !strings.Contains(a.body, "停止本批") {
			t.Errorf("while it waits: %s", a.body)
		}
		batch := r.number(t, `SELECT batch_id FROM intake_batch`)
		if _, err := r.Run(ctx, batch, progress.None{}); err != nil {
			t.Fatal(err)
		}
		a = get(t, srv, "left", page)
		for _, text := range []string{"导入结果", "13 列全部对上", "不在您的地区范围内", "失业登记日期不是日期", "第 3 行 昨天", "下载错误表（2 行）", "身份证号前有撇号", "1 行的证件号在实名库里查不到"} {
			if !strings.Contains(a.body, text) {
				t.Errorf("the page does not say %q", text)
			}
		}
		if strings.Contains(a.body, somebody(1)) || strings.Contains(a.body, "hx-trigger") {
			t.Error("the page shows a whole number or goes on asking")
		}
		webtest.Markup(t, "batch", a.body)
		if a := get(t, srv, "left", page+"/errors"); a.status != 200 || len(readBook(t, []byte(a.body))) != 2 {
			t.Errorf("the error sheet: %d", a.status)
		}
		for _, c := range []struct {
			who, path string
			status    int
		}{{"right", page, 403}, {"right", page + "/errors", 403}, {"league", page, 200}, {"seeker", page, 403}, {"nobody", page, 303}, {"left", "/intake/batch/77", 404},
			{"left", "/intake/template/disabled", 200}, {"left", "/intake/template/poems", 404}, {"left", "/intake?after=x", 422}, {"league", "/intake", 200}} {
			if a := get(t, srv, c.who, c.path); a.status != c.status {
				t.Errorf("%s gets %d at %s", c.who, a.status, c.path)
			}
		}
		if n := r.number(t, `SELECT count(*) FROM audit_entry WHERE act = 'intake.errors'`); n != 1 {
			t.Errorf("%d audit entries about the error sheet", n)
		}
	})
}

func TestAnUploadOverTheLimitIsRefusedBeforeItIsRead(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		srv := r.site(t, "")
		head := "--b\r\nContent-Disposition: form-data; name=\"_once\"\r\n\r\nonce-0000000000000000\r\n--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.csv\"\r\n\r\n"
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, srv.URL+"/intake", io.MultiReader(strings.NewReader(head), endless{}))
		if err != nil {
			t.Fatal(err)
		}
		req.ContentLength = 2 << 30
		req.Header.Set("User", "left")
		req.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		res, err := srv.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(body), "拆成几个文件") || err != nil {
			t.Errorf("%d %s %v", res.StatusCode, body, err)
		}
		if n := r.number(t, `SELECT count(*) FROM intake_batch`); n != 0 {
			t.Errorf("%d batches", n)
		}
	})
}

// endless is a file without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestAnOfficerDecidesAndTakesBackOnThePages(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		list := waiting(t, r)
		srv := r.site(t, "")
		a := get(t, srv, "left", "/intake/review")
		if a.status != 200 || strings.Count(a.body, `href="/intake/review/`) != 2 || !strings.Contains(a.body, "包＊＊") || strings.Contains(a.body, somebody(1)) {
			t.Errorf("%d %s", a.status, a.body)
		}
		if a := get(t, srv, "left", "/intake/review?why=unknown"); strings.Count(a.body, `href="/intake/review/`) != 1 {
			t.Errorf("filtered: %s", a.body)
		}
		page := "/intake/review/" + itoa(list[0].ID)
		a = get(t, srv, "left", page)
		for _, text := range []string{"这两条记录是不是同一个人", `<mark class="jy-diff">娜</mark>`, "同一人：包娜仁，" + somebody(1)[:4] + "**********"} {
			if !strings.Contains(a.body, text) {
				t.Errorf("the page does not have %q: %s", text, a.body)
			}
		}
		if strings.Contains(a.body, " checked") || strings.Contains(a.body, somebody(1)) {
			t.Error("an answer is chosen beforehand, or the whole number is shown")
		}
		if n := r.number(t, `SELECT count(*) FROM audit_entry WHERE act = 'person.read'`); n != 1 {
			t.Errorf("%d reads are on record", n)
		}
		webtest.Markup(t, "review", a.body)
		same := ReviewSame + "-" + itoa(list[0].PersonID)
		form := url.Values{"_once": {"once-0000000000000000"}, "_version": {"1"}, "choice": {same}}
		if a := post(t, srv, "left", page, form); a.status != 422 || !strings.Contains(a.body, "请填写理由") || !strings.Contains(a.body, " checked") {
			t.Errorf("without a reason: %d", a.status)
		}
		form.Set("reason", "与本人电话核实")
		form.Set("_once", "once-0000000000000001")
		if a := post(t, srv, "right", page, form); a.status != 403 {
			t.Errorf("an officer of another banner: %d", a.status)
		}
		if a := post(t, srv, "left", page, form); a.status != 303 || !strings.HasPrefix(a.header.Get("Location"), "/intake/review") {
			t.Errorf("%d %s", a.status, a.body)
		}
		form.Set("_once", "once-0000000000000002")
		if a := post(t, srv, "left", page, form); a.status != 409 || !strings.Contains(a.body, "苏日娜") {
			t.Errorf("the second officer: %d %s", a.status, a.body)
		}
		if a := get(t, srv, "left", page); !strings.Contains(a.body, "撤销这个决定") {
			t.Errorf("decided: %s", a.body)
		}
		back := url.Values{"_once": {"once-0000000000000003"}, "_version": {"2"}}
		if a := post(t, srv, "left", page+"/reopen", back); a.status != 303 {
			t.Errorf("taken back: %d %s", a.status, a.body)
		}
		unknown := "/intake/review/" + itoa(list[2].ID)
		if a := get(t, srv, "left", unknown); a.status != 200 || strings.Contains(a.body, `value="same`) {
			t.Errorf("unknown: %d %s", a.status, a.body)
		}
	})
}

func TestTheImportPagesInABrowser(t *testing.T) {
	d := registertest.File(t, schemas...)
	r := newRoom(t, d)
	list := waiting(t, r)
	f := large(t, 120)
	s := r.bring(t, f, left)
	if err := os.WriteFile(filepath.Join(f.dir, "说明.csv"), []byte("关于报送数据的说明\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	srv := r.site(t, "left")
	for _, size := range []struct {
		name          string
		width, height int
	}{{"1440", 1440, 900}, {"390", 390, 844}} {
		p := webtest.Open(t, srv.URL+"/intake", size.width, size.height)
		look := func(name string) {
			p.Axe()
			p.NoHorizontalScroll()
			p.Screenshot("intake-" + name + "-" + size.name)
		}
		look("home")
		p.Goto("/intake/batch/" + itoa(s.BatchID))
		look("batch")
		p.Goto("/intake/review")
		look("reviews")
		p.Goto("/intake/review/" + itoa(list[0].ID))
		look("review")
		if size.width < 600 {
			continue
		}
		p.Goto("/intake")
		p.Attach(`input[type="file"]`, filepath.Join(f.dir, "说明.csv"), filepath.Join(f.dir, "社保.csv"))
		p.Submit(`form[action="/intake"] button`)
		look("uploaded")
	}
}
