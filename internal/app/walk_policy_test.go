package app

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web/webtest"
)

// stage is a small demonstration behind one address, whose day can be changed.
type stage struct {
	t    *testing.T
	dir  string
	base string
	app  *App
	calm bool // no background work: the test does the night's work by hand
	shut func()
	door atomic.Pointer[http.Handler]
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{t: t, dir: t.TempDir()}
	a := s.open()
	if _, err := a.Demo(context.Background(), DemoOptions{Area: "152900", People: 3000}, progress.None{}); err != nil {
		t.Fatal(err)
	}
	_ = a.Close()
	s.begin()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*s.door.Load()).ServeHTTP(w, r) }))
	s.base = server.URL
	t.Cleanup(func() { server.Close(); s.shut() })
	return s
}

func (s *stage) open() *App {
	s.t.Helper()
	a, err := Open(context.Background(), Config{Data: s.dir, LogLevel: "error"})
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

// begin opens the program as serve does, with its background work.
func (s *stage) begin() {
	s.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	a := s.open()
	h, err := a.Handler(ctx)
	if err != nil {
		s.t.Fatal(err)
	}
	var handler http.Handler = h
	s.app = a
	s.door.Store(&handler)
	var work sync.WaitGroup
	if !s.calm {
		work.Go(func() { _ = a.Work(ctx) })
	}
	s.shut = func() { stop(); work.Wait(); _ = a.Close() }
}

// on lets the program begin anew on another day.
func (s *stage) on(day string) {
	s.t.Helper()
	err := s.app.DB.Tx(context.Background(), func(tx *db.Tx) error { return tx.SetSetting(context.Background(), "demo.day", day) })
	if err != nil {
		s.t.Fatal(err)
	}
	s.shut()
	s.begin()
}

// visit signs somebody in at a screen of a width.
func (s *stage) visit(login string, width int) *webtest.Page {
	s.t.Helper()
	p := webtest.Open(s.t, s.base+"/signin", width, 900)
	p.SignIn(login, DemoPassword)
	return p
}

// An official writes a policy from nothing and sees whom it hits, a colleague publishes it, screening finds people, one of them reads
// it on a phone and applies, it is decided by two, shown, and paid once.
func TestAPolicyFromNothingToTheBank(t *testing.T) {
	s := newStage(t)
	look := func(p *webtest.Page, name string) {
		t.Helper()
		p.NoHorizontalScroll()
		p.Axe()
		p.Screenshot("policy-walk-" + name)
	}
	says := func(p *webtest.Page, selector string, want ...string) {
		t.Helper()
		text := p.Text(selector)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %s: %s", p.Location(), w, text)
			}
		}
	}

	desk := s.visit("jingban", 1440)
	s.write(desk, look, says)

	colleague := s.visit("mengshi", 1440)
	colleague.Goto(s.base + "/policy/version?id=N01&v=1")
	colleague.Click("a[href^='/approval/']")
	look(colleague, "review")
	colleague.Click("#f-yes")
	colleague.Click("form[aria-labelledby='decision'] button")
	colleague.Goto(s.base + "/policy/version?id=N01&v=1")
	colleague.Click("button[value=publish]")
	says(colleague, "main", "已发布")
	look(colleague, "published")

	if _, err := s.app.Policy.Screen(context.Background(), progress.None{}); err != nil {
		t.Fatal(err)
	}
	desk.Goto(s.base + "/policy/N01")
	says(desk, "main", "返乡毕业生就业补贴", "800")
	look(desk, "list")

	phone := s.visit("qiuzhi", 390)
	phone.Goto(s.base + "/policy/mine")
	says(phone, "main", "返乡毕业生就业补贴", "您是高校毕业生", "800 元")
	look(phone, "mine")
	s.paid(phone, desk, look, says)
}

// paid takes an application from the phone to the bank, and tries it once more.
func (s *stage) paid(phone, desk *webtest.Page, look func(*webtest.Page, string), says func(*webtest.Page, string, ...string)) {
	t := s.t
	t.Helper()
	apply := func() {
		t.Helper()
		phone.Goto(s.base + "/policy/mine")
		phone.Click("a[href='/grant/apply/N01']")
		says(phone, "main", "返乡毕业生就业补贴")
		phone.Fill("#f-bank", "中国农业银行巴彦浩特支行")
		phone.Fill("#f-account", "6222 0212 3456 7890 128")
	}
	apply()
	says(phone, "section[aria-labelledby=known]", "1529****", "一次性 800 元") // who applies is filled in
	look(phone, "apply")
	phone.Submit("#f-account")
	phone.Submit("#submit button") // by its key: on a phone the bar of tabs may lie over it
	says(phone, ".jy-flash", "5 个工作日内受理")
	look(phone, "submitted")
	own := phone.Location()
	owner := value[int64](t, s.app, `SELECT person_id FROM account WHERE login = 'qiuzhi' ORDER BY 1`)
	made := value[int64](t, s.app, `SELECT grant_id FROM grant_application WHERE policy_id = 'N01' ORDER BY grant_id`)
	path := fmt.Sprintf("/grant/case/%d/%d", owner, made)

	desk.Goto(s.base + path)
	desk.Click("form[action$='/accept'] button")
	desk.Click("form[action$='/check'] button")
	look(desk, "checked")
	desk.Click("#g-yes")
	desk.Fill("#g-why", "符合条件，登记信息齐全")
	desk.Click("form[action$='/propose'] button")
	agree := func(login, on string) {
		t.Helper()
		p := s.visit(login, 1440)
		p.Goto(s.base + on)
		p.Click("main a[href^='/approval/']")
		p.Click("#f-yes")
		p.Click("form[aria-labelledby='decision'] button")
	}
	agree("mengshi", path)
	phone.Goto(own)
	says(phone, "main", "公示")
	look(phone, "public")

	s.on("2025-10-20") // shown for five working days, with the holidays of October between
	if _, err := s.app.Grant.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	desk = s.visit("jingban", 1440)
	desk.Goto(s.base + "/grant/batch")
	desk.Click("form[action='/grant/batch'] button")
	batch := strings.TrimPrefix(desk.Location(), s.base)
	agree("mengshi", batch)
	agree("zizhiqu", batch)
	desk.Goto(s.base + batch)
	answer := filepath.Join(t.TempDir(), "回单.csv")
	if err := os.WriteFile(answer, []byte(bankSays(t, webtest.Eval[string](desk, `(() => { const x = new XMLHttpRequest(); x.open("GET", document.querySelector("a[href$='/file']").href, false); x.send(); return x.responseText })()`))), 0o600); err != nil {
		t.Fatal(err)
	}
	desk.Attach("#f-file", answer)
	desk.Click("form[action$='/return'] button")
	says(desk, ".jy-flash", "退回 0 笔")
	look(desk, "batch")

	phone = s.visit("qiuzhi", 390)
	phone.Goto(own)
	says(phone, "main", "已发放")
	look(phone, "paid")
	apply()
	phone.Submit("#f-account")
	says(phone, "main", "一件事只补一次")
	look(phone, "twice")
	if n := value[int64](t, s.app, `SELECT count(*) FROM grant_line WHERE owner_id = $1 AND grant_id = $2 AND state = 'paid'`, owner, made); n != 1 {
		t.Errorf("paid %d times", n)
	}
}

// bankSays is the answer of a bank that has paid everything in a batch's file.
func bankSays(t *testing.T, file string) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\ufeff"))).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatal(len(rows), err)
	}
	at := func(title string) int { return slices.Index(rows[0], title) }
	var b strings.Builder
	b.WriteString("批次号,流水号,金额（元）,结果,原因,入账日期\n")
	for _, r := range rows[1:] {
		fmt.Fprintf(&b, "%s,%s,%s,成功,,2025-10-21\n", r[at("批次号")], r[at("流水号")], r[at("金额（元）")])
	}
	return b.String()
}

// write begins a policy with an empty form and hands it in for review.
func (s *stage) write(desk *webtest.Page, look func(*webtest.Page, string), says func(*webtest.Page, string, ...string)) {
	s.t.Helper()
	desk.Goto(s.base + "/policy/catalogue")
	desk.Click("a[href='/policy/new']")
	for field, text := range map[string]string{"name": "返乡毕业生就业补贴", "document": "《阿拉善左旗促进高校毕业生返乡就业办法（试行）》", "place": "第五条",
		"quote": "毕业两年内回到本旗、年满 16 周岁的高校毕业生，给予一次性就业补贴 800 元", "result": "给予一次性就业补贴"} {
		desk.Fill("#f-"+field, text)
	}
	desk.Click("input[name=for][value=人员]")
	desk.Choose("#f-subject", "毕业生")
	desk.Submit("#f-result")
	look(desk, "begun")
	add := func(row, field string) {
		s.t.Helper()
		desk.Choose(row+" select[name=row-field]", field)
		desk.Text(row + " select[data-field=" + field + "]") // relations follow the field
	}
	desk.Click("button[value='row:0']")
	add("#f-row2", "高校毕业生")
	desk.Click("button[value='row:0']")
	add("#f-row3", "毕业日期")
	desk.Choose("#f-row3 select[name=row-op]", "within")
	desk.Fill("#f-row3 input[name=row-value]", "2 年内")
	desk.Click("button[value='group:0']")
	desk.Fill("#f-row5 input[name=row-value]", "16")
	desk.Click("button[value='row:4']")
	add("#f-row6", "退役军人")
	desk.Fill("#f-amount", "800 元 一次性")
	desk.Fill("#f-channel", "就业服务大厅或家门口就业服务站")
	desk.Fill("#f-evidence", "身份证")
	desk.Fill("#f-from", s.app.Clock.Today().Format("2006-01-02"))
	desk.Fill("#f-next", "请在“我能享受什么”里申请，或者带身份证到就业服务大厅办理")
	desk.Text("#count .jy-figure") // counted while typing, no button pressed
	says(desk, "#count", "能享受", "缺信息", "按现在的人数需要", "巴彦浩特镇")
	look(desk, "counted")
	desk.Click(".jy-cols button[value=save]")
	for _, example := range []struct{ name, graduate, want string }{{"今年毕业回来的", "是", "能享受"}, {"没有上过大学的", "否", "不符合"}} {
		desk.Fill("#f-case", example.name)
		s.facts(desk, map[string]string{"居住地": "152921", "高校毕业生": example.graduate, "毕业日期": "2025-06-30", "年龄": "23", "退役军人": "否"})
		desk.Choose("select[name=want]", example.want)
		if example.want == "能享受" {
			desk.Fill("input[name=paid]", "800")
		}
		desk.Click("button[value=addcase]")
	}
	says(desk, "#cases", "今年毕业回来的", "没有上过大学的")
	look(desk, "cases")
	desk.Click("button[value=submit]")
	says(desk, "main", "待复核")
}

// facts fills the facts of an example by their names.
func (s *stage) facts(p *webtest.Page, facts map[string]string) {
	s.t.Helper()
	for name, value := range facts {
		at := "label[data-fact=" + name + "] "
		if p.Has(at + "select") {
			p.Choose(at+"select", value)
		} else {
			p.Fill(at+"input", value)
		}
	}
}
