package jobs

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/employer"
)

// file writes a file of adverts.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (r town) outside(t *testing.T, o Outside) (Delivery, []*Flaw) {
	t.Helper()
	var flaws []*Flaw
	if o.File == "" {
		o.File = filepath.Base(o.Path)
	}
	d, err := r.TakeOutside(ctx, o, func(_ []string, f *Flaw) error { flaws = append(flaws, f); return nil }, progress.None{})
	if err != nil {
		t.Fatal(err)
	}
	return d, flaws
}

const boss = "采集结果,,,,,,,,,,\n岗位名,公司名称,薪资,城市,区域,经验,学历,技能标签,职位链接,商圈,公司规模\n" +
	"电工,阿拉善某建材有限公司,6-8K·13薪,阿拉善盟,左旗,3-5年,大专,低压电工证|维修,https://x/1,巴彦浩特,20-99人\n" +
	"服务员,额济纳某饭店,面议,额济纳旗,,经验不限,不限,,https://x/2,,\n" +
	"前台文员（限女性）,阿拉善某酒店,3-4K,阿拉善左旗,,经验不限,中专,,https://x/3,,\n" +
	"销售,北京某公司,8-10K,北京,朝阳区,1-3年,大专,,https://x/4,,\n" +
	",某公司,8-10K,阿拉善左旗,,,,,https://x/5,,\n" +
	"焊工,某厂,1.2万/月,左旗,,看情况,初中,,https://x/6,,\n" +
	"电工,阿拉善某建材有限公司,6-8K·13薪,阿拉善盟,左旗,3-5年,大专,低压电工证|维修,https://x/1,巴彦浩特,20-99人\n"

func TestAnOutsideFileIsTakenOnceAndChangedLater(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.work(t, employer.Vacancy{EmployerID: 60, ID: 600, Title: "厨师", Occupation: "厨师", Openings: 1, PayLow: 300000, PayHigh: 400000, Area: bayan})
		r.do(t, func(tx *db.Tx) error {
			return r.Employers.Save(ctx, tx, []employer.Employer{{ID: 61, CreditCode: "91152921MA0N61616X", Name: "阿拉善某酒店", Kind: employer.Enterprise, Area: "152921"}})
		})
		path := file(t, "boss.csv", "\ufeff"+boss)
		dry, flaws := r.outside(t, Outside{Path: path, Area: "1529", Dry: true})
		if dry.Mapping != "BOSS直聘导出" || dry.New != 4 || dry.Rejected != 2 || dry.Repeated != 1 || dry.Unlawful != 1 || len(flaws) != 2 {
			t.Fatalf("试读：%+v %v", dry, flaws)
		}
		if got := flaws[0].Text(); flaws[0].Row != 6 || !strings.Contains(got, "在北京，不在内蒙古") {
			t.Errorf("退回说 %s（第 %d 行）", got, flaws[0].Row)
		}
		if got := flaws[1].Text(); flaws[1].Row != 7 || !strings.Contains(got, "岗位名") {
			t.Errorf("退回说 %s", got)
		}
		d, _ := r.outside(t, Outside{Path: path, Area: "1529", ByName: "测试"})
		if d.New != 4 || d.ByName != 1 || d.NewUnits != 3 || d.DoubtfulRows == 0 || strings.Join(d.Unknown, " ") != "公司规模" {
			t.Fatalf("导入：%+v", d)
		}
		there, err := r.Employers.VacanciesFrom(ctx, r.DB, "BOSS直聘", []string{"https://x/1", "https://x/2", "https://x/3", "https://x/6"})
		if err != nil || len(there) != 4 {
			t.Fatalf("%v %v", there, err)
		}
		v := there["https://x/1"]
		if v.PayLow != 600000 || v.PayHigh != 800000 || v.PayMonths != 13 || v.Education != 30 || v.Experience != 36 || v.Area != "152921110" || v.Skills != "低压电工证 维修" ||
			!strings.Contains(v.Body, "公司规模：20-99人") || v.State != employer.Open || v.Confirmed != day(9, 24) {
			t.Errorf("电工入库为 %+v", v)
		}
		if hotel := there["https://x/3"]; hotel.EmployerID != 61 || hotel.State != employer.Hidden {
			t.Errorf("限女性的岗位应当对应到登记单位并暂不展示：%+v", hotel)
		}
		unit, err := r.Employers.Get(ctx, v.EmployerID)
		if err != nil || unit.Kind != employer.Unverified || unit.CreditCode != "" || unit.Name != "阿拉善某建材有限公司" {
			t.Errorf("没有登记的单位：%+v %v", unit, err)
		}
		again, _ := r.outside(t, Outside{Path: path, Area: "1529"})
		if again.New != 0 || again.Changed != 0 || again.Same != 4 || again.NewUnits != 0 {
			t.Errorf("再导一次：%+v", again)
		}
		if n, _ := r.Employers.Count(ctx, "15"); n != 2 {
			t.Errorf("待核实单位不算登记单位：%d", n)
		}
		// The next full delivery raises a wage, and one advert is gone.
		next := strings.Replace(boss, "6-8K·13薪", "7-9K·13薪", 2)
		next = strings.Replace(next, "服务员,额济纳某饭店,面议,额济纳旗,,经验不限,不限,,https://x/2,,\n", "", 1)
		full, _ := r.outside(t, Outside{Path: file(t, "boss.csv", next), Area: "1529", Full: true})
		if full.Changed != 1 || full.Same != 2 || full.Gone != 1 {
			t.Errorf("全量：%+v", full)
		}
		there, _ = r.Employers.VacanciesFrom(ctx, r.DB, "BOSS直聘", []string{"https://x/1", "https://x/2"})
		if there["https://x/1"].PayLow != 700000 || there["https://x/1"].ID != v.ID || there["https://x/2"].State != employer.Hidden {
			t.Errorf("全量以后：%+v", there)
		}
		back, _ := r.outside(t, Outside{Path: path, Area: "1529"})
		there, _ = r.Employers.VacanciesFrom(ctx, r.DB, "BOSS直聘", []string{"https://x/2"})
		if back.Changed != 2 || there["https://x/2"].State != employer.Open {
			t.Errorf("又送来的岗位应当恢复展示：%+v %+v", back, there)
		}
	})
}

func TestJSONLinesAndAMappingOfOnesOwn(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		path := file(t, "jobs.jsonl", `{"t":"厨师","c":"阿拉善某食堂","s":"200元/天","where":"额济纳旗","no":17,"tags":["包吃","包住"]}`+"\n"+`{"t":"保洁","c":"阿拉善某食堂","where":"额济纳旗","no":18,"extra":"周末休"}`+"\nnot json\n")
		m, err := ReadMapping([]byte("source: 我们的表\nkey: [no]\nfields:\n  title: [t]\n  employer: [c]\n  pay: [s]\n  place: [where]\n  benefits: [tags]\nfixed:\n  hours: 日结\n"))
		if err != nil {
			t.Fatal(err)
		}
		d, flaws := r.outside(t, Outside{Path: path, Mapping: m, Area: "1529"})
		if d.New != 2 || len(flaws) != 1 || d.Source != "我们的表" || fmt.Sprint(d.Unknown) != "[extra]" {
			t.Fatalf("%+v %v", d, flaws)
		}
		there, err := r.Employers.VacanciesFrom(ctx, r.DB, "我们的表", []string{"17", "18"})
		if v := there["17"]; err != nil || v.PayLow != 435000 || v.PayUnit != "day" || v.Hours != "day" || v.Benefits != "包吃、包住" || v.Area != "152923" {
			t.Errorf("%+v %v", v, err)
		}
		if v := there["18"]; v.PayLow != 0 || v.Body != "extra：周末休" || v.EmployerID != there["17"].EmployerID {
			t.Errorf("%+v", v)
		}
	})
}

func TestAnOfficerReadsWhatCameOfADelivery(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		d, _ := r.outside(t, Outside{Path: file(t, "boss.csv", boss), Area: "152921"})
		s := r.serve(t)
		at := fmt.Sprintf("/jobs/outside/%d", d.ID)
		shows(t, s.get(t, "officer", "/jobs/outside", 200), "boss.csv", "BOSS直聘")
		shows(t, s.get(t, "officer", at, 200), "不在内蒙古", "公司规模", "下载退回表")
		s.get(t, "afar", at, 403)
		if body := s.get(t, "officer", at+"/errors.xlsx", 200); !strings.HasPrefix(body, "PK") {
			t.Error("退回表不是工作簿")
		}
		shows(t, s.get(t, "officer", "/jobs/outside/units", 200), "阿拉善某建材有限公司", "核实")
		shows(t, s.get(t, "officer", "/jobs/hidden", 200), "限女")
	})
}
