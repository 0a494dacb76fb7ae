package casework

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/person"
)

// neighbours stand for the policy, jobs and intake rooms.
type neighbours struct{}

func (neighbours) PolicyLines(context.Context, string, int64) ([]Line, error) {
	return []Line{
		{Href: "/policy/1", Title: "公益性岗位", Sub: "优先安置，岗位补贴按月发放", Verdict: "yes", Reasons: []Reason{{"yes", "就业困难人员，2025年6月12日认定"}}, Next: "可推荐上岗"},
		{Href: "/policy/2", Title: "灵活就业社会保险补贴", Verdict: "near", Reasons: []Reason{{"yes", "就业困难人员"}, {"no", "灵活就业登记，登记后当月起可申请"}}, Next: "办理灵活就业登记"},
		{Href: "/policy/3", Title: "一次性交通补贴", Verdict: "unknown", Reasons: []Reason{{"unknown", "是否参加有组织输出"}}, Next: "向本人核实"},
		{Href: "/policy/4", Title: "求职创业补贴", Verdict: "no", Reasons: []Reason{{"no", "不是毕业年度高校毕业生"}}},
	}, nil
}

func (neighbours) JobLines(context.Context, string, int64, int) ([]Line, error) {
	return []Line{{Href: "/jobs/5", Title: "居家养老护理员", Sub: "巴彦浩特安康家政服务部", Reasons: []Reason{{"yes", "正在学家政"}, {"yes", "离家 1.8 公里"}}, Next: "3,200～4,000 元"}}, nil
}

func (neighbours) Waiting(context.Context, string) (int64, error) { return 5, nil }

// site is the room's pages in the hands of one user.
type site struct {
	t      testing.TB
	at     string
	client *http.Client
}

func (w *world) site(who web.User) *site {
	w.T.Helper()
	return &site{t: w.T, at: w.Serve(who, w.Web()), client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

type answer struct {
	status      int
	to          string // where a redirect leads
	text, plain string // as sent, and without tags
}

func (s *site) do(req *http.Request) answer {
	s.t.Helper()
	res, err := s.client.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	plain := regexp.MustCompile(`\s+`).ReplaceAllString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(raw), " "), " ")
	return answer{res.StatusCode, res.Header.Get("Location"), string(raw), plain}
}

func (s *site) get(path string) answer {
	s.t.Helper()
	req, err := http.NewRequest(http.MethodGet, s.at+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.do(req)
}

func (s *site) post(path string, fields url.Values) answer {
	s.t.Helper()
	req, err := http.NewRequest(http.MethodPost, s.at+path, strings.NewReader(fields.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.do(req)
}

// says fails the test when the answer lacks a status or a text.
func (a answer) says(t *testing.T, status int, texts ...string) answer {
	t.Helper()
	if a.status != status {
		t.Errorf("answered %d, want %d: %.300s", a.status, status, a.plain)
	}
	for _, text := range texts {
		if !strings.Contains(a.plain, text) && !strings.Contains(a.text, text) {
			t.Errorf("does not say %q: %.1500s", text, a.plain)
		}
	}
	return a
}

func (a answer) keepsQuietAbout(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.text, text) {
			t.Errorf("says %q", text)
		}
	}
}

// pages runs a page test on both databases, with neighbours and one zero-employment household (7) that has a case.
func pages(t *testing.T, body func(t *testing.T, w *world, c Case)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Policies, w.Jobs, w.Reviews = neighbours{}, neighbours{}, neighbours{}
		w.household(house{id: 7}, []string{"娜仁托雅", "阿迪力江·买买提", "呼和"}, couple...)
		w.sweep()
		body(t, w, w.cases(7)[0])
	})
}

func TestTheDeskShowsWhatIsUrgentFirst(t *testing.T) {
	pages(t, func(t *testing.T, w *world, c Case) {
		a := w.site(suriya).get("/casework")
		a.says(t, 200, "今日工作", "2025年9月24日 星期三　应办\u00a01\u00a0件，其中\u00a00\u00a0件已超期、0\u00a0件今天到期", "以后到期 1 件", "剩 10 个工作日", "娜＊＊ 家庭", "巴彦浩特镇", "去联系", "5 行", "近一个月没有办结的")
		a.keepsQuietAbout(t, "娜仁托雅")
		w.goOn("2025-10-15")
		w.site(suriya).get("/casework").says(t, 200, "其中\u00a01\u00a0件已超期", "超 1 个工作日")
		w.site(other).get("/casework").says(t, 200, "没有应办的事项", "应办\u00a00\u00a0件")
		w.site(chief).get("/casework").says(t, 200, "零就业家庭", "阿拉善左旗 巴彦浩特镇", "看经过")
		w.site(suriya).get("/casework?after=x").says(t, 422, "翻页位置无效")
		w.site(suriya).get("/casework?lang=en").says(t, 200, "Wednesday, 15 Oct 2025", "1 working days over")
	})
}

func TestALongDeskSaysThatItIsCutAndHowToGoOn(t *testing.T) {
	pages(t, func(t *testing.T, w *world, _ Case) {
		for i := range int64(deskRows) {
			w.household(house{id: 100 + i}, nil, relative{age: 46, registered: true})
		}
		w.sweep()
		s := w.site(suriya)
		a := s.get("/casework")
		a.says(t, 200, "以后到期 51 件", "共 51 条，显示 50 条", "下一页")
		next := regexp.MustCompile(`href="([^"]*)" rel="next"`).FindStringSubmatch(a.text)
		if next == nil {
			t.Fatal("there is no next page")
		}
		s.get(strings.ReplaceAll(next[1], "&amp;", "&")).says(t, 200, "共 51 条，显示 1 条", "回到第一页", "已到最后")
	})
}

func TestAVisitIsRecordedOnTheCasePage(t *testing.T) {
	pages(t, func(t *testing.T, w *world, c Case) {
		s := w.site(suriya)
		at := fmt.Sprintf(atCase, c.ID)
		s.get(at).says(t, 200, "娜仁托雅 家庭的帮扶", "2025年9月24日认定，2025年10月14日到期", "阿迪力江·买买提", "登记失业 2 人", "未满 16 周岁", "认定：零就业家庭，应在 10 个工作日内、2025年10月14日前安置", "记一次帮扶")
		visit := url.Values{"_once": {"once-0000000000001"}, "_version": {"0"}, "kind": {"visit"}, "note": {"见到本人\r\n愿做家政"}, "next": {"推荐家政岗位"}, "nextOn": {"2025年9月28日"}}
		if a := s.post(at+"/steps", visit); a.status != 303 || a.to != at {
			t.Fatalf("answered %d to %s: %s", a.status, a.to, a.plain)
		}
		if a := s.post(at+"/steps", visit); a.status != 303 {
			t.Errorf("the second half of a double click: %d, %s", a.status, a.plain)
		}
		if n := len(w.stepsOf(c)); n != 2 {
			t.Errorf("%d steps", n)
		}
		s.get(at).says(t, 200, "2025-09-28 前", "下一步：推荐家政岗位", "入户走访：见到本人", "苏日娅")
		s.get("/casework").says(t, 200, "2025-09-28 前：推荐家政岗位", "记进展")
		s.get(fmt.Sprintf(atFile, c.PersonID)).says(t, 200, "入户走访：见到本人", at+"#record", "记录了一次帮扶")
	})
}

func TestWhatIsWrongWithAVisitIsSaidAboveAndAtTheField(t *testing.T) {
	pages(t, func(t *testing.T, w *world, c Case) {
		s := w.site(suriya)
		at := fmt.Sprintf(atCase, c.ID) + "/steps"
		for _, k := range []struct {
			fields url.Values
			texts  []string
		}{
			{url.Values{}, []string{"有 2 处需要修改", "请选择帮扶方式", "请填写做了什么、结果怎样"}},
			{url.Values{"kind": {"dance"}, "note": {"入户"}}, []string{"帮扶方式的选项已经变了"}},
			{url.Values{"kind": {"visit"}, "note": {strings.Repeat("访", 501)}}, []string{"最多 500 个字，您填了 501 个"}},
			{url.Values{"kind": {"visit"}, "note": {"入户"}, "next": {"回访"}, "nextOn": {"2025-09-23"}}, []string{"下一步的日期 2025年9月23日已经过去，请填 2025年9月24日或以后的日期", "回访"}},
			{url.Values{"kind": {"visit"}, "note": {"入户"}, "nextOn": {"后天"}}, []string{"应为日期，例如 2025-09-24，您填了“后天”"}},
			{url.Values{"kind": {"visit"}, "note": {"入户"}, "nextOn": {"2025-09-28"}}, []string{"填了下一步的日期，也请写下一步做什么"}},
		} {
			k.fields.Set("_once", "once-0000000000002")
			k.fields.Set("_version", "0")
			a := s.post(at, k.fields)
			a.says(t, 422, append(k.texts, "错误：")...)
			if note := k.fields.Get("note"); note != "" && !strings.Contains(a.text, note+"</textarea>") {
				t.Errorf("what was typed is gone: %s", note)
			}
		}
		if n := len(w.stepsOf(c)); n != 1 {
			t.Errorf("%d steps", n)
		}
	})
}

func TestAStaleFormKeepsWhatWasTyped(t *testing.T) {
	pages(t, func(t *testing.T, w *world, c Case) {
		s := w.site(suriya)
		at := fmt.Sprintf(atCase, c.ID)
		if err := w.Record(ctx, suriya, "once-colleague-000001", Record{CaseID: c.ID, Kind: "call", Note: "同事已打过电话"}); err != nil {
			t.Fatal(err)
		}
		typed := url.Values{"_once": {"once-0000000000003"}, "_version": {"0"}, "kind": {"visit"}, "note": {"见到本人"}, "next": {"回访"}}
		a := s.post(at+"/steps", typed)
		a.says(t, 409, "这件帮扶有了新记录，您填的还没有保存", "同事已打过电话", `name="_version" value="1"`, "见到本人</textarea>", `value="回访"`)
		typed.Set("_version", "1")
		if a := s.post(at+"/steps", typed); a.status != 303 {
			t.Errorf("once more with what is known now: %d %s", a.status, a.plain)
		}

		// The sweep closes the case while the page is open.
		w.learn(person.Batch{Spells: []person.Spell{{PersonID: c.PersonID, Kind: person.Unit, Since: db.On(day("2025-09-01"))}},
			Insurances: []person.Insurance{{PersonID: c.PersonID, Kind: person.Pension, From: 202509}}})
		w.sweep()
		a = s.post(at+"/steps", url.Values{"_once": {"once-0000000000004"}, "_version": {"2"}, "kind": {"call"}, "note": {"电话里说已上岗"}, "next": {"再问"}})
		a.says(t, 409, "有了新记录", "电话里说已上岗</textarea>", "2025年9月24日办结：已就业参保", "娜仁托雅自 2025年9月1日起就业，2025年9月起参保", "记一次回访")
		s.get("/casework").says(t, 200, "没有应办的事项", "已就业参保")
	})
}

func TestAnotherAreaOrRoleIsToldWhereThingsBelong(t *testing.T) {
	pages(t, func(t *testing.T, w *world, c Case) {
		at, file := fmt.Sprintf(atCase, c.ID), fmt.Sprintf(atFile, c.PersonID)
		visit := url.Values{"_once": {"once-0000000000005"}, "kind": {"visit"}, "note": {"入户"}}
		w.site(other).get(at).says(t, 403, "属于阿拉善左旗")
		w.site(other).post(at+"/steps", visit).says(t, 403, "属于阿拉善左旗")
		w.site(other).get(file).says(t, 403, "属于阿拉善左旗")
		w.site(other).get(file+"/readers").says(t, 403)
		w.site(chief).post(at+"/steps", visit).says(t, 403, "没有权限")
		w.site(chief).get(at).says(t, 200, "经过").keepsQuietAbout(t, "<textarea")
		w.site(web.User{ID: 14, Name: "呼和", Role: account.Admin, Area: "15"}).get(file).says(t, 403)
		w.site(suriya).get("/casework/case/99").says(t, 404, "没有这件帮扶")
		w.site(suriya).get("/casework/person/99").says(t, 404, "没有这份档案")
		if a := w.site(web.User{}).get(file); a.status != 303 || !strings.HasPrefix(a.to, "/signin") {
			t.Errorf("a stranger gets %d to %s", a.status, a.to)
		}
		entries, err := w.readers(ctx, c.PersonID, 50, audit.Cursor{})
		if err != nil || len(entries.Rows) != 2 || entries.Rows[0].Who != "王局（管理）" {
			t.Errorf("who looked: %+v, %v", entries.Rows, err)
		}
	})
}

func TestAPersonIsFoundByNameAndByNumber(t *testing.T) {
	pages(t, func(t *testing.T, w *world, c Case) {
		s := w.site(suriya)
		id := number(7, 0, day("1979-09-24"))
		find := func(q string) answer {
			return s.post("/casework/people/find", url.Values{"_once": {"once-0000000000006"}, "q": {q}})
		}
		if a := find(" " + id + " "); a.status != 303 || a.to != fmt.Sprintf(atFile, c.PersonID) {
			t.Errorf("by number: %d to %q, %s", a.status, a.to, a.plain)
		}
		if a := find("娜仁"); a.status != 303 || a.to != "/casework/people?q="+url.QueryEscape("娜仁") {
			t.Errorf("by name: %d to %q", a.status, a.to)
		}
		a := s.get("/casework/people?q=" + url.QueryEscape("娜仁"))
		a.says(t, 200, "娜＊＊", "女，46 岁", "显示 1 条", "巴彦浩特镇")
		a.keepsQuietAbout(t, "娜仁托雅", id)
		s.get("/casework/people?q="+url.QueryEscape("阿迪力江买")).says(t, 200, "阿＊＊")
		s.get("/casework/people?q="+url.QueryEscape("张三丰")).says(t, 200, "没有找到这个人")
		s.get("/casework/people").says(t, 200, "输入姓名或证件号开始查找")
		s.get("/casework/people?q="+id).says(t, 200, "输入姓名或证件号开始查找")
		find("").says(t, 422, "请填写姓名开头几个字，或完整证件号")
		find("1529**********1234").says(t, 422, "错误：")
		find(id[:17]).says(t, 422, "17 位")
		find(number(8, 0, day("1979-09-24"))).says(t, 200, "没有找到这个人")
		w.site(other).post("/casework/people/find", url.Values{"_once": {"once-0000000000006"}, "q": {id}}).says(t, 200, "没有找到这个人")
	})
}

func TestManyOfOneNameAreShownPageByPage(t *testing.T) {
	pages(t, func(t *testing.T, w *world, _ Case) {
		for i := range int64(peopleRows + 2) {
			w.household(house{id: 200 + i}, []string{"乌云其其格"}, relative{age: 30})
		}
		s := w.site(suriya)
		a := s.get("/casework/people?q=" + url.QueryEscape("乌云"))
		a.says(t, 200, "显示 30 条", "下一页")
		next := regexp.MustCompile(`href="([^"]*)" rel="next"`).FindStringSubmatch(a.text)
		if next == nil {
			t.Fatal("there is no next page")
		}
		s.get(strings.ReplaceAll(next[1], "&amp;", "&")).says(t, 200, "显示 2 条", "已到最后")
	})
}

func TestAFileTellsWhatIsKnownAndWhy(t *testing.T) {
	pages(t, func(t *testing.T, w *world, c Case) {
		var many []person.Training
		for i := range 15 {
			many = append(many, person.Training{PersonID: c.PersonID, Class: fmt.Sprint(i), Since: db.On(day("2020-01-01")), Until: db.On(day("2020-03-01").AddDate(0, i, 0)), Hours: 80, Occupation: "家政服务员"})
		}
		w.learn(person.Batch{Trainings: many, Groups: []person.Group{{PersonID: c.PersonID, Kind: person.Hard, Since: db.On(day("2025-06-12")), Detail: "登记失业满 12 个月"},
			{PersonID: c.PersonID, Kind: person.LowIncome, Since: db.On(day("2020-01-01")), Until: db.On(day("2024-01-01"))}},
			Graduates: []person.Graduate{{PersonID: c.PersonID, Graduated: db.On(day("2024-07-01")), School: "内蒙古大学", Major: "会计"}}})
		s, at := w.site(suriya), fmt.Sprintf(atFile, c.PersonID)
		a := s.get(at)
		a.says(t, 200, "娜仁托雅", "登记失业", "女", "46 岁", "138****5678", "初中", "就业困难人员", "2025年6月12日起，登记失业满 12 个月", "依据：人社部门认定", "内蒙古大学 会计",
			"能享受 1　差一点 1　缺信息 1　不符合 1", "公益性岗位", "另有 1 项不符合，逐项看原因", "居家养老护理员", "正在学家政；离家 1.8 公里",
			"共 21 条，显示最近 12 条", "阿迪力江·买买提", "记一次联系", "苏日娅（经办）", "查看了个人档案")
		a.keepsQuietAbout(t, number(7, 0, day("1979-09-24")), "13800005678")
		s.get(at+"?events=all").says(t, 200, "2020-03-01", "不再列为低保对象").keepsQuietAbout(t, "显示最近 12 条")
		w.site(chief).get(at).says(t, 200, "娜仁托雅").keepsQuietAbout(t, "记一次联系")
		s.get(fmt.Sprintf(atFile, c.PersonID+2)).says(t, 200, "呼和", "未满 16 周岁", "不属于任何一类重点群体")
	})
}

func TestSeekersSeeTheirOwnFileAndWhoLookedAtIt(t *testing.T) {
	pages(t, func(t *testing.T, w *world, c Case) {
		naran := w.site(web.User{ID: 21, Name: "娜仁托雅", Role: account.Seeker, RoleName: "求职者", PersonID: c.PersonID})
		naran.get("/casework/me").says(t, 200, "我的档案", "认定为零就业家庭，开始帮扶", "零就业家庭，应在 10 个工作日内", "退出登录", `action="/signout"`)
		for range 7 {
			w.Clock.Add(1e9)
			w.site(suriya).get(fmt.Sprintf(atFile, c.PersonID))
		}
		if err := w.Record(ctx, suriya, "once-0000000000000007", Record{CaseID: c.ID, Kind: "visit", Note: "只给同事看的话"}); err != nil {
			t.Fatal(err)
		}
		a := naran.get("/casework/me")
		a.says(t, 200, "2025-09-24 09:00", "查看了个人档案", "记录了一次帮扶", "显示最近 5 次", "/casework/me/readers", "入户走访", "阿迪力江·买买提")
		a.keepsQuietAbout(t, "只给同事看的话", "/casework/person/")
		naran.get("/casework/me/readers").says(t, 200, "谁看过我的档案", "显示 9 条")
		naran.get(fmt.Sprintf(atFile, c.PersonID)).says(t, 403)
		naran.get("/casework").says(t, 403)
		w.site(web.User{ID: 22, Name: "新人", Role: account.Seeker}).get("/casework/me").says(t, 404, "没有对应的档案")
		w.site(suriya).get("/casework/me").says(t, 403)
	})
}

func TestEveryWordIsThereInBothLanguages(t *testing.T) {
	d, err := lang.Load(pageFiles)
	if err != nil {
		t.Fatal(err)
	}
	if missing, uneven := d.Missing(), d.Uneven(); len(missing)+len(uneven) > 0 {
		t.Errorf("missing %v, uneven %v", missing, uneven)
	}
}
