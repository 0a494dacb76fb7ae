package jobs

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/employer"
)

func (r town) finds(t *testing.T, text string) int {
	t.Helper()
	ix, err := r.found(ctx)
	must(t, err)
	answer, err := ix.Search(askedOf(url.Values{"q": {text}}).query(visitor{}, r.today()))
	must(t, err)
	return answer.Total
}

func TestWhatIsPublishedIsFoundAtOnceAndWhatEndsIsNot(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.work(t, cleaning(10, 1))
		if n := r.finds(t, "保洁"); n != 1 {
			t.Errorf("%d found", n)
		}
		other := town{Room: New(r.Deps), clock: r.clock} // another process on the same database
		if n := other.finds(t, "焊工"); n != 0 {
			t.Errorf("%d found", n)
		}
		tomorrow := employer.Vacancy{EmployerID: 51, ID: 12, Title: "焊工学徒", Openings: 1, PayHigh: 400000, Area: ejin, Posted: day(9, 25), Closes: day(9, 25)}
		r.work(t, employer.Vacancy{EmployerID: 51, ID: 11, Title: "焊工", Openings: 1, PayHigh: 500000, Area: ejin, Posted: day(9, 1), Closes: day(9, 24)}, tomorrow)
		if n := r.finds(t, "焊工"); n != 1 {
			t.Errorf("%d found on this process", n)
		}
		r.clock.Add(time.Second)
		if n := other.finds(t, "焊工"); n != 1 {
			t.Errorf("%d found on another process a second later", n)
		}
		r.clock.Add(24 * time.Hour)
		if n, title := r.finds(t, "焊工"), r.finds(t, "学徒"); n != 1 || title != 1 {
			t.Errorf("the next day %d and %d found: what closed yesterday goes, what begins today comes", n, title)
		}
		list := []employer.Vacancy{{EmployerID: 51, ID: 12}}
		must(t, r.DB.Tx(ctx, func(tx *db.Tx) error { return r.store.putHidden(ctx, tx, list, hiddenSilent, nil, r.clock.Today(), "") }))
		other.clock.Add(time.Second)
		if n := other.finds(t, "焊工"); n != 0 {
			t.Errorf("%d found of what was hidden elsewhere", n)
		}
		must(t, r.DB.Tx(ctx, func(tx *db.Tx) error { return r.store.unhide(ctx, tx, list) }))
		other.clock.Add(time.Second)
		if n := other.finds(t, "焊工"); n != 1 {
			t.Errorf("%d found of what is shown again", n)
		}
		r.do(t, func(tx *db.Tx) error { return r.Employers.RemoveVacancies(ctx, tx, []int64{12}) })
		if n := r.finds(t, "焊工"); n != 0 {
			t.Errorf("%d found of what was removed", n)
		}
	})
}

func TestTheSearchSaysHowItUnderstood(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 1, "保洁", bayan)
		welder := employer.Vacancy{EmployerID: 51, ID: 11, Title: "焊工", Occupation: "焊工", Code: "6-18-02-04", Openings: 1, PayLow: 500000, PayHigh: 600000, Area: ejin, Benefits: "缴五险，包吃住"}
		r.work(t, cleaning(10, 1), welder)
		s := r.serve(t)
		page := s.get(t, "", "/jobs?q="+url.QueryEscape("额济纳旗焊工 5000以上"), 200)
		shows(t, page, "按地点“", "额济纳旗", "焊工", "5000 元以上", "阿拉善盟，1 个岗位")
		page = s.get(t, "", "/jobs?flag=housing&pay=9000", 200)
		shows(t, page, "没有符合条件的岗位", "放宽一个条件", "去掉“9,000 元以上”，多看 1 个")
		shows(t, s.get(t, "", "/jobs?q=baojie", 200), "保洁员", "拼音“baojie”")
		shows(t, s.get(t, "", "/jobs/suggest?q=baoj", 200), "保洁")
		if text := s.get(t, "", "/jobs/suggest?q=", 200); text != "[]" {
			t.Errorf("nothing typed gives %s", text)
		}
		page = s.get(t, "", "/jobs/vacancy/11", 200)
		shows(t, page, `<script type="application/ld+json">`, `"@type":"JobPosting"`, `"validThrough":"2025-10-31T23:59:59+08:00"`)
		shows(t, s.get(t, "s1", "/jobs", 200), `action="/jobs/vacancy/10/apply"`, "一键应聘")
		hides(t, s.get(t, "", "/jobs", 200), "一键应聘")
		shows(t, s.get(t, "", "/jobs/feed.xml?area=1529", 200), "<rss version=\"2.0\">", "焊工，5,000～6,000 元", "/jobs/vacancy/11</guid>")
	})
}

func TestProgramsReadVacancies(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.work(t, cleaning(10, 2), rivalUnit)
		s := r.serve(t)
		var found struct {
			Total int
			Hits  []Advert
		}
		must(t, json.Unmarshal([]byte(s.get(t, "", "/api/jobs/search?q="+url.QueryEscape("宾馆"), 200)), &found))
		if found.Total != 1 || found.Hits[0].Title != "宾馆保洁员" || !strings.HasPrefix(found.Hits[0].Area.Name, "阿拉善盟阿拉善左旗巴彦浩特镇南田村") {
			t.Errorf("search gives %+v", found)
		}
		s.get(t, "", "/api/jobs/search?after=nonsense", 422)
		s.get(t, "", "/api/jobs/99", 404)
		shows(t, s.get(t, "", "/api/jobs/10", 200), `"title":"保洁员"`, `"id":"10"`)

		q, _ := http.NewRequest("GET", s.URL+"/api/jobs/snapshot", nil)
		res, err := http.DefaultClient.Do(q)
		must(t, err)
		cursor := res.Header.Get("X-Cursor")
		_ = res.Body.Close()
		lines := strings.Split(strings.TrimSpace(s.get(t, "", "/api/jobs/snapshot", 200)), "\n")
		if len(lines) != 2 || cursor == "" {
			t.Errorf("the snapshot has %d lines, cursor %q", len(lines), cursor)
		}
		var changed struct {
			Changes []struct {
				ID      string
				Removed bool
				Job     *Advert
			}
			Next string
			More bool
		}
		must(t, json.Unmarshal([]byte(s.get(t, "", "/api/jobs/changes?since="+cursor, 200)), &changed))
		if len(changed.Changes) != 0 {
			t.Errorf("nothing has changed since the snapshot: %+v", changed)
		}
		v, err := r.Employers.Vacancy(ctx, 20)
		must(t, err)
		v.State = employer.Closed
		r.do(t, func(tx *db.Tx) error { return r.Employers.SaveVacancies(ctx, tx, []employer.Vacancy{v}) })
		must(t, json.Unmarshal([]byte(s.get(t, "", "/api/jobs/changes?since="+cursor, 200)), &changed))
		if len(changed.Changes) != 1 || !changed.Changes[0].Removed || changed.Changes[0].ID != "20" {
			t.Errorf("a closed vacancy gives %+v", changed)
		}
		s.get(t, "", "/api/jobs/changes?since=rubbish", 422)
		for range callBurst {
			_ = r.calls.take("127.0.0.1", r.clock.Now())
		}
		s.get(t, "", "/api/jobs/search", 429)
		shows(t, s.get(t, "", "/api/jobs/10", 429), "调用太快")
		r.clock.Add(time.Minute)
		shows(t, s.get(t, "", "/api/jobs/openapi.json", 200), "查找岗位")
	})
}

func TestTheTwoListsShowNoNames(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.Consents = everybody{}
		r.people(t, 1, 40, "保洁", bayan)
		old := cleaning(11, 3)
		old.Posted, old.Closes = day(5, 1), day(12, 31)
		r.work(t, cleaning(10, 1), old)
		s := r.serve(t)
		page := s.get(t, "", "/jobs/lists", 200)
		shows(t, page, "有活没人干", "保洁员", "空缺超过 90 天", "阿拉善左旗")
		hides(t, page, "下载表格")
		shows(t, s.get(t, "", "/jobs/lists?age=3", 200), "/jobs/vacancy/11")
		hides(t, s.get(t, "", "/jobs/lists?age=3", 200), "/jobs/vacancy/10")
		page = s.get(t, "", "/jobs/lists?list=people", 200)
		shows(t, page, "苏＊", "保洁")
		hides(t, page, "苏日娜", "13847312345")
		s.get(t, "", "/jobs/lists?area=999999", 404)
		for _, list := range []string{"", "people"} {
			if text := s.get(t, "officer", "/jobs/lists/file.xlsx?list="+list, 200); !strings.HasPrefix(text, "PK") {
				t.Errorf("the file of %q is no xlsx", list)
			}
		}
		s.get(t, "s1", "/jobs/lists/file.xlsx", 403)
		r.Consents = nil
		hides(t, s.get(t, "", "/jobs/lists?list=people", 200), "苏＊")
	})
}
