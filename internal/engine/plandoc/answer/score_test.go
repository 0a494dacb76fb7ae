package answer_test

import (
	"strings"
	"testing"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/engine/plandoc/answer"
)

// One reading, four answers: one as answered, one with another number, one not read; one read and answered by nobody.
func TestARowCountsOnlyWithEveryFieldRight(t *testing.T) {
	rows, err := answer.Read(strings.NewReader(`doc,indicator,unit,target_year,target_value,cumulative,comparator,quote
01,城镇新增就业,万人,2025,100,yes,>=,城镇新增就业100万人以上
01,城镇登记失业率,%,2025,5,no,<=,登记失业率控制在5%以内
01,开展补贴性培训,万人次,2025,20,yes,=,开展补贴性培训20万人次
02,劳动合同签订率,%,2025,90,no,>=,
`))
	if err != nil {
		t.Fatal(err)
	}
	d := plandoc.Draft{
		Indicators: []plandoc.Indicator{
			{Name: "城镇新增就业", Unit: "万人", TargetYear: "2025", TargetValue: "100", Cumulative: true, Comparator: ">=", Quote: "城镇新增就业 100 万人以上"},
			{Name: "城镇登记失业率", Unit: "%", TargetYear: "2025", TargetValue: "5.5", Comparator: "<=", Quote: "登记失业率控制在5.5%以内"},
			{Name: "技工院校", Unit: "所", TargetYear: "2025", TargetValue: "20", Comparator: "=", Quote: "技工院校20所"},
		},
		Tasks: []plandoc.Task{{No: "1", Title: "稳岗", Lead: "财政局"}, {No: "2", Title: "培训"}},
	}
	var told []string
	s := answer.Measure(d, answer.Of(rows, "01"), []answer.Row{{"no": "1", "title": "稳岗", "lead_unit": "人社局"}, {"no": "3", "title": "创业"}},
		func(format string, _ ...any) { told = append(told, strings.SplitN(format, ":", 2)[0]) })
	if want := (answer.Score{Indicators: 3, Right: 1, Quoted: 1, Letter: 1, False: 1, Tasks: 2, Found: 1, MoreTasks: 1}); s != want {
		t.Errorf("score %+v, want %+v", s, want)
	}
	if got := strings.Join(told, ","); got != "wrong,not found,false,task %s,task not found,task besides" {
		t.Errorf("told %s", got)
	}
}
