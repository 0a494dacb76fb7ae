package roster

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/account"
	"jiuye/internal/register/registertest"
)

func TestEveryTextIsThereInBothLanguages(t *testing.T) {
	room, err := New(Deps{})
	if err != nil {
		t.Fatal(err)
	}
	webtest.Words(t, room.Web())
}

// serve serves the room's pages, and those of the registers it leads to, to one user.
func (o *office) serve(u web.User) *httptest.Server {
	o.t.Helper()
	s, err := web.New(web.Config{Rooms: []web.Room{o.Web(), o.Approvals.Web(), o.Assign.Web()}, Identify: func(*http.Request) (web.User, error) { return u, nil }, Clock: o.Clock, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		o.t.Fatal(err)
	}
	server := httptest.NewServer(s)
	o.t.Cleanup(server.Close)
	return server
}

func (o *office) get(u web.User, language, path string) (int, string) {
	o.t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, o.serve(u).URL+path, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	req.AddCookie(&http.Cookie{Name: "jiuye_lang", Value: language})
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		o.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

func TestEachReaderSeesTheListsOfTheirArea(t *testing.T) {
	everywhere(t, func(o *office) {
		o.settle()
		if _, text := o.get(officer, "zh", "/roster"); !strings.Contains(text, "名单还没有核对过") {
			o.t.Error("before the first drawing the page does not say so")
		}
		o.draw()
		for _, c := range []struct {
			who      web.User
			language string
			path     string
			code     int
			has      []string
			hasNot   []string
		}{
			{officer, "zh", "/roster", 200, []string{"就业困难人员", "30 天无走访 2", "6 人、1 个单位"}, nil},
			{league, "zh", "/roster", 200, []string{"30 天无走访 3", "/roster?area=152921"}, nil},
			{officer, "zh", "/roster?area=152923", 403, nil, nil},
			{officer, "zh", "/roster?area=999", 404, nil, nil},
			{officer, "zh", "/roster/S27", 200, []string{"苏＊＊", "包＊＊", "实行实名制动态管理", "是认定的就业困难人员"}, []string{"王＊＊", "苏日娜"}},
			{league, "zh", "/roster/S27", 200, []string{"苏＊＊", "王＊＊"}, nil},
			{officer, "zh", "/roster/S27?q=苏日", 200, []string{"苏＊＊"}, []string{"包＊＊"}},
			{officer, "zh", "/roster/S27?twin=atwork", 200, []string{"没有人在册"}, nil},
			{officer, "zh", "/roster/S27/person/1", 200, []string{"苏日娜", "缺", "走访，每 30 天至少一次", "手工移出"}, nil},
			{officer, "en", "/roster/S27/person/1", 200, []string{"Visit, at least every 30 days", "Missing"}, nil},
			{officer, "zh", "/roster/S27/person/6", 200, []string{"不在“就业困难人员”名单上", "手工列入", "没有认定为就业困难人员"}, nil},
			{league, "zh", "/roster/S27/person/1", 200, []string{"苏日娜"}, []string{"记服务、登信息"}},
			{officer, "zh", "/roster/S27/person/3", 403, nil, []string{"王小军"}},
			{officer, "zh", "/roster/S27/unit/1", 404, nil, nil},
			{officer, "zh", "/roster/B01", 404, nil, nil},
			{officer, "zh", "/roster/person/4", 200, []string{"登记失业但单位在缴社保", "没有认定为就业困难人员"}, nil},
			{officer, "zh", "/roster/compare", 200, []string{"失业登记 与 社会保险", "按数据来源"}, nil},
			{officer, "en", "/roster/compare", 200, []string{"Registered unemployed but insured by a unit"}, nil},
			{officer, "zh", "/roster/compare/B01", 200, []string{"李＊", "待核实"}, []string{"周＊", "交办到"}},
			{league, "zh", "/roster/compare/B01", 200, []string{"李＊", "周＊", "交办到"}, nil},
			{officer, "zh", "/roster/compare/B01/person/4", 200, []string{"已登记失业", "提交反馈", "10 个工作日"}, nil},
			{officer, "zh", "/roster/compare/B10/unit/1", 200, []string{"人数相差为 38 人", "巴彦浩特面馆"}, nil},
			{officer, "zh", "/roster/S33", 200, []string{"比例待自治区确定"}, nil},
			{league, "zh", "/roster/resettled", 200, []string{"还没有设置"}, nil},
			{web.User{ID: 30, Role: account.Seeker, PersonID: 1}, "zh", "/roster/S27", 403, nil, []string{"苏＊＊"}},
			{web.User{ID: 31, Role: account.Admin}, "zh", "/roster/S27/person/1", 403, nil, []string{"苏日娜"}},
		} {
			code, text := o.get(c.who, c.language, c.path)
			if code != c.code {
				o.t.Errorf("%s %s: %d, want %d", c.who.Role, c.path, code, c.code)
			}
			for _, want := range c.has {
				if !strings.Contains(text, want) {
					o.t.Errorf("%s %s %s does not show %q", c.who.Role, c.language, c.path, want)
				}
			}
			for _, not := range c.hasNot {
				if strings.Contains(text, not) {
					o.t.Errorf("%s %s shows %q", c.who.Role, c.path, not)
				}
			}
		}
		for _, path := range []string{"/roster/export/S27?area=152921", "/roster/export/B01?area=152921", "/roster/export/B10?area=152921"} {
			if code, text := o.get(officer, "zh", path); code != 200 || !strings.HasPrefix(text, "PK") {
				o.t.Errorf("%s: %d, %d bytes", path, code, len(text))
			}
		}
	})
}

// walked is a settled office on SQLite.
func walked(t *testing.T) *office {
	d := registertest.File(t, schemas...)
	o := furnish(t, d)
	o.settle()
	o.draw()
	return o
}

func TestTheWalkFromAListToAMemberAndFromAFindingToItsAnswer(t *testing.T) {
	for _, width := range []int{1440, 390} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			o := walked(t)
			p := webtest.Open(t, o.serve(officer).URL+"/roster", width, 900)
			look := func(name string) {
				t.Helper()
				p.Axe()
				p.NoHorizontalScroll()
				p.Screenshot(fmt.Sprintf("roster-%s-%d", name, width))
			}
			look("index")
			p.Goto("/roster/S27?area=152921&twin=novisit")
			look("list")
			p.Click("#rows a")
			look("member")
			p.Click("form[action$='/notes'] button")
			look("member-wrong")
			p.Choose("#f-item", "visit")
			p.Fill("#f-text", "入户见到本人，想学面点")
			p.Click("form[action$='/notes'] button")
			if text := p.Text("#notes"); !strings.Contains(text, "走访：入户见到本人，想学面点") {
				t.Errorf("notes: %s", text)
			}
			look("member-noted")
			if got := o.counts("S27", "152921", "twin:novisit"); got != 1 {
				t.Errorf("without a visit after the note: %d, want 1", got)
			}
			p.Goto("/roster/S27?area=152921&twin=novisit")
			if text := p.Text("#rows"); strings.Contains(text, "苏") {
				t.Errorf("still without a visit: %s", text)
			}
			p.Goto("/roster/person/1")
			look("person")
			p.Goto("/roster/S27/person/6")
			p.Fill("#f-reason", "认定文件正在报送")
			p.Click("form[action$='/manual'] button")
			look("manual")
			p.Goto("/roster/compare")
			look("compare")
			p.Goto("/roster/compare/B01")
			look("kind")
			p.Click("#rows a")
			look("finding")
			p.Click("input[value=cleared]")
			p.Fill("#f-text", "单位代缴，本人没有上班，看了单位证明")
			p.Click("form[action$='/answer'] button")
			if text := p.Text("#notes"); !strings.Contains(text, "不属实：单位代缴") {
				t.Errorf("answers: %s", text)
			}
			look("finding-answered")
			q := webtest.Open(t, o.serve(league).URL+"/roster/compare/B01", width, 900)
			q.Click("input[name=areas]")
			q.Click("form[action$='/send'] button")
			q.Axe()
			q.Screenshot(fmt.Sprintf("roster-sent-%d", width))
			if got := o.counts("B01", "1529", "state:sent"); got != 1 {
				t.Errorf("sent down: %d, want 1", got)
			}
			q.Goto("/roster/resettled")
			q.Fill("#f-codes", "152921110201")
			q.Click("form[action='/roster/resettled'] button")
			if !strings.Contains(q.Text("main"), "安置区已保存") && !strings.Contains(q.Text("body"), "安置区已保存") {
				t.Error("the areas were not saved")
			}
			q.Axe()
			q.Screenshot(fmt.Sprintf("roster-areas-%d", width))
		})
	}
}
