package verify

import (
	"archive/zip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/registertest"
)

// A manager sends a question, the banner explains it on the sheet, and the manager proposes a verdict.
func TestAQuestionInTheBrowser(t *testing.T) {
	w := newWorld(t, registertest.File(t, schemas...))
	w.people(1, 8, "152921100001", "13900002222")
	w.Must(w.SeedDemo(ctx, cast))
	sites := map[int64]string{}
	for _, who := range []web.User{suriya, bold, chief, ulan} {
		sites[who.ID] = w.Serve(who, w.Web(), w.Approvals.Web(), w.Assignments.Web())
	}
	open := w.all(Found)
	if len(open) < 2 {
		t.Fatalf("%d findings wait", len(open))
	}
	for i, width := range []int{390, 1440} {
		height := map[int]int{390: 844, 1440: 900}[width]
		look := func(p *webtest.Page, name string) {
			p.Axe()
			p.NoHorizontalScroll()
			p.Screenshot(fmt.Sprintf("verify-%s-%d", name, width))
		}
		m := webtest.Open(t, sites[chief.ID]+atHome, width, height)
		look(m, "list")
		m.Goto(findingAt(open[i].ID))
		look(m, "sheet")
		m.Click("#ask button[type=submit]")
		if text := m.Text("#main"); !strings.Contains(text, "待说明") {
			t.Fatalf("after sending the page says %s", text)
		}
		for _, path := range []string{atFigures, atRounding, atMacro, atLimits} {
			m.Goto(path)
			look(m, strings.TrimPrefix(path, "/verify/"))
		}
		for _, f := range w.all(Told) {
			m.Goto(findingAt(f.ID))
			look(m, "told")
		}
		l := webtest.Open(t, sites[ulan.ID]+atLimits, width, height)
		look(l, "limits-region")
	}
	told := w.all(Told)[0]
	m := webtest.Open(t, sites[chief.ID]+findingAt(told.ID), 1440, 900)
	m.Click("[name=judge_verdict][value=upheld]")
	m.Fill("#f-judge_why", "没有台账")
	m.Click("#judge button[type=submit]")
	if text := m.Text("#main"); !strings.Contains(text, "成立待审批") {
		t.Fatalf("after the verdict the page says %s", text)
	}
}

// docText is the text of a Word file.
func docText(t *testing.T, raw string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	in, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWhatTheFormsSay(t *testing.T) {
	w := newWorld(t, registertest.File(t, schemas...))
	w.report(raised)
	w.run()
	id := w.one().ID
	at := findingAt(id)
	officer, other, league, region := w.Site(bold, w.Web()), w.Site(suriya, w.Web()), w.Site(chief, w.Web()), w.Site(ulan, w.Web())
	w.Site(xie, w.Web())(atHome, nil, http.StatusForbidden)
	other(at, nil, http.StatusForbidden)
	officer(at+"/ask", url.Values{}, http.StatusForbidden, "上级")
	league(at, nil, http.StatusOK, "需要说明", "与登记库计数不同", "待发出", "登记库计数")
	league(atHome+"?act=ask", url.Values{}, http.StatusSeeOther)
	officer(at, nil, http.StatusOK, "待说明", "说明情况", "更正上报数")
	officer(at+"/explain", url.Values{}, http.StatusUnprocessableEntity, "请选择说明类别")
	officer(at+"/correct", url.Values{"correct_month": {"13"}, "correct_value": {"x"}, "correct_why": {"台账"}}, http.StatusUnprocessableEntity, "请填写数字")
	for p := indicator.Period(202401); p <= 202412; p++ {
		officer(at+"/correct", url.Values{"correct_month": {fmt.Sprint(p.Month())}, "correct_value": {fmt.Sprint(counted(bold.Area, p))}, "correct_why": {"台账"}}, http.StatusSeeOther)
	}
	officer(at+"/explain", url.Values{"explain_answer": {Fixed}, "explain_text": {"已按台账逐月更正"}}, http.StatusSeeOther)
	league(at, nil, http.StatusOK, "已按台账逐月更正", "现为")
	league(at+"/judge", url.Values{"judge_verdict": {Corrected}, "judge_why": {"与台账一致"}, "_version": {fmt.Sprint(w.one().Version)}}, http.StatusSeeOther)
	league(at, nil, http.StatusOK, "已更正")
	league(atHome+"?state=closed&kind=compare&area=152923", nil, http.StatusOK, "额济纳旗")
	league("/verify/findings.xlsx", nil, http.StatusOK)
	if raw := league(at+"/sheet.docx", nil, http.StatusOK); !strings.Contains(docText(t, raw), "已按台账逐月更正") {
		t.Error("the sheet on paper does not say what was explained")
	}
	league(atLimits, url.Values{"limit_kind": {"compare"}, "limit_value": {"5"}, "limit_why": {"试"}}, http.StatusForbidden)
	region(atLimits, url.Values{"limit_kind": {"compare"}, "limit_value": {"很大"}, "limit_why": {"试"}}, http.StatusUnprocessableEntity, "请填写数字")
	region(atLimits, url.Values{"limit_kind": {"compare"}, "limit_value": {"5"}, "limit_why": {"试"}}, http.StatusSeeOther)
	region(atLimits, url.Values{"limit_kind": {"compare"}, "limit_value": {"NaN"}, "limit_why": {"试"}}, http.StatusUnprocessableEntity, "界限")
	region(atLimits, nil, http.StatusOK, "乌兰", "已更正 1", "5 倍标准误差", "10%")
	region(atLimits, url.Values{"limit_kind": {Uninsured}, "limit_value": {"8%"}, "limit_why": {"试"}}, http.StatusSeeOther)
	region(atLimits, nil, http.StatusOK, "8%")
	region(atLimits, url.Values{"limit_kind": {Phone}, "limit_value": {"1"}, "limit_why": {"试"}}, http.StatusUnprocessableEntity, "一家人常共用一个电话")
	officer(atRounding, url.Values{"rounding_area": {"152923"}, "rounding_unit": {"10"}}, http.StatusUnprocessableEntity, "依据")
	officer(atRounding, url.Values{"rounding_area": {"152923"}, "rounding_unit": {"10"}, "rounding_why": {"报表制度"}}, http.StatusSeeOther)
	officer(atRounding, nil, http.StatusOK, "报表制度")
	officer(atFigures+"?indicator=new_urban", nil, http.StatusOK, "2025-08")
	league(atFigures, nil, http.StatusOK, "2025-08", "阿拉善左旗 城镇新增就业") // the league itself reports nothing
	officer(atFigures, url.Values{}, http.StatusUnprocessableEntity, "请选择要导入的文件")
	league(atMacro, nil, http.StatusOK, "还没有宏观数列")
	league(atHome+"?act=run", url.Values{}, http.StatusSeeOther)
}
