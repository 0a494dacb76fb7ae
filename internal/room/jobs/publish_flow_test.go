package jobs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/seal"
	"jiuye/internal/register/account"
	"jiuye/internal/register/employer"
)

const twoJobs = "阿拉善某煤业招聘：\n1、采掘工 20名，8000-12000元/月\n2、厨师 2名，200元/天\n工作地点：阿拉善左旗巴彦浩特镇\n初中以上，两年以上工作经验，食宿全包，联系电话：0483-1234567"

// a home for the unit 50, so that its league is known.
func (r town) home(t *testing.T) {
	t.Helper()
	r.work(t, cleaning(10, 2))
}

func TestAnAdvertIsPastedConfirmedAndPublished(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.home(t)
		s := r.serve(t)
		page := s.post(t, "unit", "/jobs/employer/paste", url.Values{"text": {twoJobs}, "do": {"read"}}, http.StatusOK)
		for _, want := range []string{`value="采掘工"`, `value="厨师"`, `value="8000"`, `value="200"`, "原文：", "原文没有写"} {
			if !strings.Contains(page, want) {
				t.Errorf("核对页上没有 %s", want)
			}
		}
		form := url.Values{"text": {twoJobs}, "do": {"publish"}}
		for k, v := range map[string]string{"k1_take": "1", "k1_title": "采掘工", "k1_openings": "20", "k1_low": "8000", "k1_high": "12000", "k1_area": "152921110", "k1_education": "70", "k1_experience": "24",
			"k2_take": "1", "k2_title": "厨师", "k2_openings": "2", "k2_unit": "day", "k2_low": "20", "k2_high": "20", "k2_area": "152921110", "k2_education": "0", "k2_experience": "0"} {
			form.Set(k, v)
		}
		if page := s.post(t, "unit", "/jobs/employer/paste", form, http.StatusUnprocessableEntity); !strings.Contains(page, "最低工资标准") || !strings.Contains(page, "采掘工") {
			t.Error("低于最低工资的岗位没有说明，或填过的内容丢了")
		}
		if list, _ := r.Employers.VacanciesOf(ctx, 50); len(list) != 1 {
			t.Errorf("有一个不能发布时，一个也不应发布：%d 个", len(list))
		}
		form.Set("k2_low", "200")
		form.Set("k2_high", "200")
		form.Del("_once")
		s.post(t, "unit", "/jobs/employer/paste", form, http.StatusSeeOther)
		list, err := r.Employers.VacanciesOf(ctx, 50)
		if err != nil || len(list) != 3 {
			t.Fatalf("%d 个岗位，%v", len(list), err)
		}
		for _, v := range list {
			if v.Title == "厨师" && (v.PayLow != 435000 || v.PayUnit != "day" || v.Body != twoJobs) {
				t.Errorf("厨师入库为 %+v", v)
			}
		}
	})
}

func TestATableOfVacanciesIsTakenRowByRow(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.home(t)
		path := file(t, "岗位.csv", "岗位名称,招聘人数,工资,工作地点,学历,经验,用工形式,截止日期\n电工,2,5000-7000元/月,阿拉善左旗,初中,2年,倒班,\n帮厨（限女）,1,3000,阿拉善左旗,,,,\n司机,1,1200元/月,额济纳旗,,,,\n,1,3000,阿拉善左旗,,,,\n保安,1,3000-3500,阿拉善左旗,,,,2025-09-01\n")
		rows, err := r.TakeSheet(ctx, unit, path, "岗位.csv", "sheet-key-0000001")
		if err != nil || len(rows) != 5 {
			t.Fatalf("%+v %v", rows, err)
		}
		for i, want := range []struct{ state, why string }{{"new", ""}, {"", "限女"}, {"", "最低工资标准"}, {"", "岗位名称"}, {"", "已经过了"}} {
			text := ""
			for _, p := range rows[i].Problems {
				text += p.Text()
			}
			if rows[i].State != want.state || !strings.Contains(text, want.why) || rows[i].Row != i+2 {
				t.Errorf("第 %d 行：%+v，应说 %s", i+2, rows[i], want.why)
			}
		}
		again, err := r.TakeSheet(ctx, unit, path, "岗位.csv", "sheet-key-0000002")
		if err != nil || again[0].State != "same" {
			t.Errorf("再传一次：%+v %v", again, err)
		}
		_, err = r.TakeSheet(ctx, officer, path, "岗位.csv", "sheet-key-0000003")
		wantFault(t, err, fault.Denied, "an officer uploads")

		// The empty table can be sent back as it is: nothing in it is an example that would be published.
		empty := filepath.Join(t.TempDir(), "空表.xlsx")
		var b bytes.Buffer
		if err := WriteSheet(&b); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(empty, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if rows, err := r.TakeSheet(ctx, unit, empty, "空表.xlsx", "sheet-key-0000004"); err != nil || len(rows) != 0 {
			t.Errorf("空表读出 %+v，%v", rows, err)
		}
	})
}

func TestATableIsUploadedOnThePage(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.home(t)
		s := r.serve(t)
		if body := s.get(t, "unit", "/jobs/employer/template.xlsx", http.StatusOK); !strings.HasPrefix(body, "PK") {
			t.Error("空表不是工作簿")
		}
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		_ = w.WriteField("_once", "key-upload-0000000001")
		part, _ := w.CreateFormFile("file", "岗位.csv")
		_, _ = part.Write([]byte("岗位名称,招聘人数,工资,工作地点\n电工,2,5000-7000元/月,阿拉善左旗\n电工,2,100元/月,阿拉善左旗\n"))
		_ = w.Close()
		q, _ := http.NewRequest("POST", s.URL+"/jobs/employer/upload", &b)
		q.Header.Set("Content-Type", w.FormDataContentType())
		if page := s.send(t, "unit", q, http.StatusOK); !strings.Contains(page, "发布 1 个") || !strings.Contains(page, "有问题 1 个") {
			t.Error("没有说每一行的结果")
		}
	})
}

func TestEmployersAreAskedWhetherVacanciesAreStillOpen(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.work(t, employer.Vacancy{EmployerID: 50, ID: 1, Title: "保洁员", Openings: 1, PayLow: 300000, PayHigh: 300000, Area: bayan, Posted: day(9, 1), Closes: db.On(day(9, 1).AddDate(0, 6, 0))},
			employer.Vacancy{EmployerID: 50, ID: 2, Title: "厨师", Openings: 1, PayLow: 300000, PayHigh: 300000, Area: bayan, Posted: day(9, 20), Closes: db.On(day(9, 1).AddDate(0, 6, 0))},
			employer.Vacancy{EmployerID: 51, ID: 3, Title: "外部岗位", Openings: 1, Area: bayan, Posted: day(9, 1), Closes: db.On(day(9, 1).AddDate(0, 6, 0)), Source: "某网", SourceKey: "1"})
		ask := func(what string, want StillSum) {
			t.Helper()
			got, err := r.AskStill(ctx, progress.None{})
			if err != nil || got != want {
				t.Errorf("%s: %+v %v，应为 %+v", what, got, err, want)
			}
		}
		stateOf := func(id int64) employer.Vacancy {
			v, err := r.Employers.Vacancy(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		ask("9月24日", StillSum{Asked: 1, Employers: 1})
		ask("同一天再问", StillSum{})
		r.clock.Add(16 * 24 * time.Hour)
		ask("10月10日", StillSum{Asked: 1, Again: 1, Hidden: 1, Employers: 1}) // 厨师 first, 保洁员 again, the source is silent
		if v := stateOf(3); v.State != employer.Hidden {
			t.Errorf("来源不再送来的岗位：%+v", v)
		}
		r.clock.Add(10 * 24 * time.Hour)
		ask("10月20日", StillSum{Hidden: 1, Employers: 1})
		if v := stateOf(1); v.State != employer.Hidden {
			t.Errorf("没有答复的岗位：%+v", v)
		}
		wantFault(t, r.AnswerStill(ctx, rival, 1, stillYes, "still-rival-00000001"), fault.NotFound, "another employer answers")
		if err := r.AnswerStill(ctx, unit, 1, stillYes, "still-yes-0000000001"); err != nil {
			t.Fatal(err)
		}
		if v := stateOf(1); v.State != employer.Open || v.Confirmed != r.today() {
			t.Errorf("答复还在招以后：%+v", v)
		}
		if err := r.AnswerStill(ctx, unit, 2, stillFilled, "still-no-00000000001"); err != nil {
			t.Fatal(err)
		}
		if v := stateOf(2); v.State != employer.Closed {
			t.Errorf("答复招满以后：%+v", v)
		}
		if err := r.Show(ctx, officer, 3, "show-0000000000000001"); err != nil {
			t.Fatal(err)
		}
		if v := stateOf(3); v.State != employer.Open {
			t.Errorf("经办恢复以后：%+v", v)
		}
		ask("答复以后", StillSum{})
	})
}

func TestDuplicatesAreGroupedAndAnOfficerHasTheLastWord(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		same := employer.Vacancy{EmployerID: 50, Title: "电工", Openings: 2, PayLow: 500000, PayHigh: 700000, Area: bayan, Code: "6-31-01-03", Posted: day(9, 20), Closes: day(10, 20)}
		var list []employer.Vacancy
		for i, source := range []string{"", "某网", "另一网"} {
			v := same
			v.ID, v.Source, v.SourceKey = int64(i+1), source, fmt.Sprint(i)
			list = append(list, v)
		}
		other := same
		other.ID, other.Title, other.Code = 9, "厨师", ""
		r.work(t, append(list, other)...)
		sum, err := r.FindDuplicates(ctx, progress.None{})
		if err != nil || sum != (DuplicateSum{Read: 4, Groups: 1, Followers: 2}) {
			t.Fatalf("%+v %v", sum, err)
		}
		if hidden, _ := r.store.concealed(ctx, []int64{1, 2, 3, 9}); len(hidden) != 2 || hidden[1] {
			t.Errorf("查找时应只展示单位自己的一个：%v", hidden)
		}
		f, found, err := r.store.follower(ctx, r.DB, 2)
		if err != nil || !found || f.Lead != 1 || !strings.Contains(strings.Join(f.Reasons, "，"), "同一单位") {
			t.Errorf("%+v %v", f, err)
		}
		s := r.serve(t)
		if page := s.get(t, "officer", "/jobs/duplicates", http.StatusOK); !strings.Contains(page, "工资区间相同") || !strings.Contains(page, "另一网") {
			t.Error("重复岗位页上没有理由或来源")
		}
		wantFault(t, r.SayDuplicate(ctx, afar, 2, 1, false, "twin-afar-0000000001"), fault.Denied, "an officer of another banner")
		if err := r.SayDuplicate(ctx, officer, 2, 1, false, "twin-no-000000000001"); err != nil {
			t.Fatal(err)
		}
		if sum, _ := r.FindDuplicates(ctx, progress.None{}); sum.Followers != 1 {
			t.Errorf("说过不同的又归在一起：%+v", sum)
		}
		if hidden, _ := r.store.concealed(ctx, []int64{2}); len(hidden) != 0 {
			t.Error("分开以后应当能查到")
		}
	})
}

func TestOfficersCorrectOccupationsAndTakeItBack(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		first := func(title string) string {
			list, err := r.Suggest(ctx, title, 5)
			if err != nil || len(list) == 0 {
				t.Fatalf("%v %v", list, err)
			}
			return list[0].Code
		}
		was := first("大车师傅")
		c, err := r.coder(ctx)
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		for _, x := range c.Table().Classes() {
			if x.Code != was && !strings.HasSuffix(x.Code, "-00") {
				want = x.Code
				break
			}
		}
		wantFault(t, r.Correct(ctx, unit, "大车师傅", want, "code-unit-00000001"), fault.Denied, "an employer corrects")
		wantFault(t, r.Correct(ctx, officer, "大车师傅", "9-99-99-99", "code-bad-000000001"), fault.Invalid, "no such code")
		if err := r.Correct(ctx, officer, "大车师傅", want, "code-yes-000000001"); err != nil {
			t.Fatal(err)
		}
		if got := first("大车师傅"); got != want {
			t.Errorf("更正以后仍归到 %s", got)
		}
		list, err := r.store.corrections(ctx, true, 10)
		if err != nil || len(list) != 1 {
			t.Fatalf("%v %v", list, err)
		}
		if err := r.Uncorrect(ctx, officer, list[0].Version, "code-undo-00000001"); err != nil {
			t.Fatal(err)
		}
		if got := first("大车师傅"); got != was {
			t.Errorf("撤销以后归到 %s，原来是 %s", got, was)
		}
		s := r.serve(t)
		if page := s.get(t, "officer", "/jobs/coding?q="+url.QueryEscape("大车师傅"), http.StatusOK); !strings.Contains(page, "已撤销") {
			t.Error("撤销的更正应当留在记录里")
		}
	})
}

func TestAUnitKnownByNameIsLinkedByItsCode(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.outside(t, Outside{Path: file(t, "boss.csv", boss), Area: "1529"})
		list, err := r.Employers.ListUnverified(ctx, "1529", 0, 10)
		if err != nil || len(list) != 4 {
			t.Fatalf("%v %v", list, err)
		}
		e := list[0]
		boss := officer
		boss.Area = "1529"
		_, _, err = r.LinkUnit(ctx, boss, e.ID, "91152921MA0N0000", "link-bad-000000001")
		wantFault(t, err, fault.Invalid, "a code that is too short")
		credit := identity.MakeCreditCode('9', '1', "152921", 77)
		known, moved, err := r.LinkUnit(ctx, boss, e.ID, credit, "link-yes-000000001")
		if err != nil || known.CreditCode != credit || moved == 0 || known.ID == e.ID {
			t.Fatalf("%+v %d %v", known, moved, err)
		}
		again, _ := r.outside(t, Outside{Path: file(t, "boss.csv", strings.ReplaceAll(strings.ReplaceAll(boss2, "{unit}", e.Name), "{n}", "9")), Area: "1529"})
		if again.NewUnits != 0 || again.ByName != 1 {
			t.Errorf("核实过的名称应当对应到登记单位：%+v", again)
		}
	})
}

const boss2 = "岗位名,公司名称,薪资,城市,区域,职位链接,融资阶段\n出纳,{unit},4-5K,阿拉善盟,左旗,https://x/{n},无\n"

func TestAProgramBringsVacancies(t *testing.T) {
	dbtest.Run(t, append(schemas[:len(schemas):len(schemas)], account.Schema), func(t *testing.T, d *db.DB) {
		r := newTown(t, d)
		sealer, err := seal.New(seal.GenerateKeys())
		if err != nil {
			t.Fatal(err)
		}
		r.Clients = &account.Clients{DB: d, Sealer: sealer, Clock: r.clock, IDs: r.IDs, Audit: r.Audit}
		_, key, err := r.Clients.Add(ctx, account.Client{Name: "某人力资源公司", Source: "岗位", Area: "1529", Purposes: []string{"delivery"}}, "测试")
		if err != nil {
			t.Fatal(err)
		}
		s := r.serve(t)
		call := func(key, once, body string, status int) (out struct{ Results []APIResult }) {
			t.Helper()
			q, _ := http.NewRequest("POST", s.URL+"/api/vacancies", strings.NewReader(body))
			q.Header.Set("Authorization", "Bearer "+key)
			q.Header.Set("Idempotency-Key", once)
			text := s.send(t, "", q, status)
			if status == http.StatusOK {
				if err := json.Unmarshal([]byte(text), &out); err != nil {
					t.Fatalf("%s: %v", text, err)
				}
			}
			return out
		}
		const once = "call-0000000000000001"
		body := `{"vacancies":[{"key":"A1","title":"电工","employer":"阿拉善某厂","pay":"6-8千/月","place":"阿拉善左旗","openings":3},{"key":"A2","title":"保洁（限女）","employer":"阿拉善某厂","place":"阿拉善左旗"},` +
			`{"title":"无编号","employer":"阿拉善某厂"},{"key":"A4","title":"司机","employer":"阿拉善某厂","salary":"5000"},{"key":"A5","title":"销售","employer":"某公司","place":"北京"}]}`
		call("wrong", once, body, http.StatusUnauthorized)
		call(key, "short", body, http.StatusUnprocessableEntity)
		call(key, once, "{", http.StatusUnprocessableEntity)
		first := call(key, once, body, http.StatusOK)
		var states []string
		for _, x := range first.Results {
			states = append(states, x.Status)
		}
		if strings.Join(states, " ") != "new hidden rejected rejected rejected" {
			t.Fatalf("%+v", first)
		}
		if second := call(key, once, body, http.StatusOK); second.Results[0].Status != "same" || second.Results[0].ID != first.Results[0].ID {
			t.Errorf("同样的再送一次：%+v", second.Results[0])
		}
		third := call(key, "call-0000000000000002", `{"vacancies":[{"key":"A1","title":"电工","employer":"阿拉善某厂","pay":"7-9千/月","place":"阿拉善左旗","openings":3}]}`, http.StatusOK)
		if third.Results[0].Status != "changed" || third.Results[0].ID != first.Results[0].ID {
			t.Errorf("改过工资再送：%+v", third.Results[0])
		}
	})
}
