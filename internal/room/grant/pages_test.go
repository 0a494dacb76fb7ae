package grant

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
)

func (w *world) server(who web.User) string {
	s, err := web.New(web.Config{Rooms: []web.Room{w.Web(), w.Approvals.Web(), w.Assign.Web()}, Clock: w.clock, Log: slog.New(slog.DiscardHandler), Identify: func(*http.Request) (web.User, error) { return who, nil },
		TempDir: w.t.(*testing.T).TempDir(), Demo: true, DataAsOf: func(string) string { return "2025年8月31日" }})
	w.must(err)
	server := httptest.NewServer(s)
	w.t.Cleanup(server.Close)
	return server.URL
}

// site asks for pages (POST when there is a form) and checks status and texts.
func (w *world) site(who web.User) func(path string, form url.Values, status int, texts ...string) string {
	at := w.server(who)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return func(path string, form url.Values, status int, texts ...string) string {
		w.t.Helper()
		var res *http.Response
		var err error
		if form != nil {
			form.Set("_once", key())
			res, err = client.PostForm(at+path, form)
		} else {
			res, err = client.Get(at + path)
		}
		w.must(err)
		defer res.Body.Close()
		raw, err := io.ReadAll(res.Body)
		w.must(err)
		if res.StatusCode != status {
			w.t.Errorf("%s answered %d, want %d: %.900s", path, res.StatusCode, status, raw)
		}
		for _, text := range texts {
			if !strings.Contains(string(raw), text) {
				w.t.Errorf("%s does not say %q", path, text)
			}
		}
		if form == nil && status == 200 && strings.Contains(res.Header.Get("Content-Type"), "html") {
			webtest.Markup(w.t, path, string(raw))
		}
		if status == 303 {
			return res.Header.Get("Location")
		}
		return string(raw)
	}
}

func TestAllTextsAreThere(t *testing.T) {
	run(t, func(w *world) { webtest.Words(t, w.Web()) })
}

func TestThePagesOfTheWholeWay(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(90000000)
		me, officer, boss, above := w.site(naran), w.site(suriya), w.site(chief), w.site(deputy)
		me("/grant/mine", nil, 200, "还没有申请", "一次性创业补贴", "/grant/apply/P1")
		me("/grant/apply/P1", nil, 200, "娜仁托雅", "已登记失业", "5,000 元", "1529**********")
		me("/grant/apply/P5", nil, 404)
		me("/grant/apply/P1", url.Values{"bank": {"农行"}, "account": {"622202123456"}}, 422, "应为 16 至 19 位，您填了 12 位")
		me("/grant/apply/P2", url.Values{"bank": {"农行"}, "account": {"0512345678"}, "from": {"2025-01"}, "to": {"x"}}, 422, "2025-01 的样子")
		at := me("/grant/apply/P1", url.Values{"bank": {"农行巴彦浩特支行"}, "account": {"6222 0212 3456 7890 128"}}, 303)
		page := me(at, nil, 200, "营业执照", "提交申请", "**** 0128")
		if strings.Contains(page, "6222021234567890128") {
			t.Error("the page shows the whole account")
		}
		w.upload(naran, at+"/attach", "营业执照", "x.exe", []byte("MZ"), 422, "不是 PDF、JPG 或 PNG")
		w.upload(naran, at+"/attach", "营业执照", "x.png", []byte("\x89PNG\r\n\x1a\n0000IHDR"), 303, "")
		me(at, nil, 200, "/grant/file/71/")
		me(at+"/submit", url.Values{"_version": {"1"}}, 303)
		officer("/grant", nil, 200, "待受理", "娜＊", "剩 5 个工作日")
		list, err := w.store.ofOwner(ctx, w.DB, 71)
		w.must(err)
		a := list[0]
		officer(caseAt(&a), nil, 200, "娜仁托雅", "受理")
		officer(caseAt(&a)+"/accept", url.Values{"_version": {"2"}}, 303)
		officer(caseAt(&a)+"/check", url.Values{"_version": {"3"}}, 303)
		officer(caseAt(&a), nil, 200, "没有重复申请", "2025 年就业补助资金")
		officer(caseAt(&a)+"/propose", url.Values{"_version": {"4"}, "grant": {"yes"}, "why": {"符合"}, "fund": {fmt.Sprint(fund)}, "amount": {"5000"}}, 303)
		w.must(w.vote(bater, w.now(71, a.ID).RequestID, true))
		me("/grant/public", nil, 200, "娜＊", "5,000", "2025-09-30")
		boss(caseAt(&a), nil, 200, "公示中", "拟批准：符合")
		if strings.Contains(me(at, nil, 200, "公示中"), "拟批准") {
			t.Error("the citizen reads what the desk wrote to the decider")
		}
		w.days(9)
		officer("/grant/batch", nil, 200, "1 笔，5,000 元", "编制批次")
		batch := officer("/grant/batch", url.Values{"fund": {fmt.Sprint(fund)}}, 303)
		officer(batch, nil, 200, "待审批")
		officer(batch+"/file", nil, 409, "两人审批")
		var id int64
		_, _ = fmt.Sscanf(batch, "/grant/batch/%d", &id)
		b, err := w.store.batch(ctx, w.DB, id)
		w.must(err)
		w.must(w.vote(bater, b.RequestID, true))
		w.must(w.vote(chief, b.RequestID, true))
		boss(batch+"/file", nil, 403)
		officer(batch+"/file", nil, 200, "6222021234567890128", "5000.00")
		w.upload(suriya, batch+"/return", "", "r.csv", []byte("批次号,流水号,金额（元）,结果\n错,1-1,1,成功\n"), 422, "批次号是“错”")
		w.upload(suriya, batch+"/return", "", "r.csv", []byte("批次号,流水号,金额（元）,结果\n"+b.Number+","+numberIn(a)+",5000,成功\n"), 303, "")
		me(at, nil, 200, "银行发放成功")
		officer(batch, nil, 200, "已核对完")
		boss("/grant/fund", nil, 200, "2025 年就业补助资金", "5,000")
		boss("/grant/fund", url.Values{"fund": {"0"}, "area": {"152921"}, "source": {"league"}, "way": {"allot"}, "amount": {"10000"}, "why": {"文件"}}, 422, "要有名称")
		boss("/grant/fund", url.Values{"fund": {"0"}, "area": {"152921"}, "source": {"league"}, "way": {"allot"}, "amount": {"10000"}, "why": {"文件"}, "name": {"配套"}}, 303)
		officer(fmt.Sprintf("/grant/fund/%d", fund), nil, 200, "批准占用", "发放成功", "下达预算")
		boss("/grant/audit", nil, 200, "没有发现不可能的记录")
		boss("/grant/audit", url.Values{"from": {"2025-09-01"}, "to": {"2025-12-31"}, "share": {"1000"}, "risk": {"40"}, "days": {"10"}}, 303)
		drawn, err := w.store.inspections(ctx, "15", 0, 9)
		w.must(err)
		if len(drawn) != 1 {
			w.t.Fatalf("%v", drawn)
		}
		one := auditAt(&drawn[0])
		w.must(w.Assign.Answer(ctx, suriya, drawn[0].TaskID, 1, "proven", "执照齐全", key()))
		boss(one, nil, 200, "执照齐全", "初审")
		boss(one, url.Values{"view": {"clean"}, "said": {"一致"}, "_version": {"2"}}, 303)
		boss(one, nil, 200, "另一位同事")
		above(one, nil, 200, "反方")
		above(one, url.Values{"view": {"clean"}, "said": {"找不到漏洞"}, "_version": {"3"}}, 303)
		boss(one, nil, 200, "不处理")
		boss("/grant/effect", nil, 200, "精确匹配", "还没有可以比较的", "一次性创业补贴")
		officer("/grant/self", nil, 200, "您已登记")
		officer("/grant/self", url.Values{"idnumber": {"15292119790924"}}, 422)
		me("/grant/apply/P1", url.Values{"bank": {"农行"}, "account": {"6222 0212 3456 7890 128"}}, 422, "一件事只补一次")
		w.site(firm)("/grant/apply/P5", nil, 200, "左旗驼绒坊", "20,000")
		w.site(ejina)(caseAt(&a), nil, 403)
		w.site(userOf(72))(at, nil, 404)
	})
}

// upload posts a file as a form does.
func (w *world) upload(who web.User, path, name, file string, content []byte, status int, text string) {
	w.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	w.must(m.WriteField("_once", key()))
	w.must(m.WriteField("name", name))
	part, err := m.CreateFormFile("file", file)
	w.must(err)
	_, err = part.Write(content)
	w.must(err)
	w.must(m.Close())
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Post(w.server(who)+path, m.FormDataContentType(), &body)
	w.must(err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	w.must(err)
	if res.StatusCode != status || !strings.Contains(string(raw), text) {
		w.t.Errorf("%s answered %d, want %d and %q: %.600s", path, res.StatusCode, status, text, raw)
	}
}
