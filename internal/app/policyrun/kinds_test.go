package policyrun

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const brought = "../../room/policy"

// The rules of the documents that are about a training class, an area, a project, a post or a major are decided from files.
func TestRulesAboutClassesAndAreasAreDecidedFromFiles(t *testing.T) {
	dir := t.TempDir()
	copies := func(from, to string) {
		text, err := os.ReadFile(filepath.Join(brought, from))
		if err != nil {
			t.Fatal(err)
		}
		write(t, dir, to, string(text))
	}
	for _, id := range strings.Fields("R04C R20C R55 R56 R58 R63 R76 R79 R81") {
		copies("policies/"+id+".yaml", id+".yaml")
	}
	copies("parameters.yaml", "p.yaml")
	write(t, dir, "q.yaml", "参数:\n  高失业率门槛: 5.5%\n  专业就业质量门槛: 60%\n  少数民族聚居地区倾斜比例: 10%\n")
	subjects := write(t, dir, "s.jsonl", `{"编号":"班一","补贴性":true,"课时":80,"结束日期":"2025-01-31","组织形式":"集中培训","人均标准":800,"学员":[{"结业":true,"参保":true,"合同期限":24,"签订日期":"2025-07-31","脱贫人口":true,"去产能分流":true},{"结业":true,"参保":true,"合同期限":6,"签订日期":"2025-03-01","脱贫人口":false,"去产能分流":false},{"结业":false,"脱贫人口":true,"去产能分流":false}]}
{"编号":"甲旗","失业率":"6.1%","预警级别":"红色","行政级别":"盟市","已上报":"否","少数民族聚居":"是","按因素法分配数":"1,000,000"}
{"编号":"乙旗","失业率":"5.4%","预警级别":"蓝色","行政级别":"旗县","已上报":"否","少数民族聚居":"否","按因素法分配数":500000}
{"编号":"路","以工代赈":"是","当地务工人数":40,"劳务报酬":320000,"中央资金":1000000}
{"编号":"岗","岗位类别":"公益性岗位","在岗":"是","聘任日期":"2023-05-01","距退休不足五年":"否","月补贴标准":2270}
{"编号":"老岗","岗位类别":"公益性岗位","在岗":"是","聘任日期":"2022-05-01","距退休不足五年":"否","月补贴标准":2270}
{"编号":"专业","毕业去向落实率":0.55}
`)
	rows, said := answers(t, dir, subjects, "2025-09-24", false)
	got := map[string]string{}
	for _, r := range rows {
		got[r[0]+" "+r[1]] = strings.TrimRight(r[2]+" "+r[3]+" "+r[5], " ")
	}
	for key, want := range map[string]string{
		"R04C 班一": "yes", "R20C 班一": "yes 160000", "R81 甲旗": "yes", "R81 乙旗": "no", "R58 甲旗": "yes", "R58 乙旗": "no", "R79 甲旗": "yes", "R79 乙旗": "no",
		"R63 甲旗": "yes 10000000", "R63 乙旗": "no", "R55 路": "yes", "R76 岗": "yes 8172000", "R76 老岗": "no", "R56 专业": "yes", "R81 岗": "unknown",
	} {
		if got[key] != want {
			t.Errorf("%s: %s, want %s", key, got[key], want)
		}
	}
	write(t, dir, "q.yaml", "参数:\n  课时基准补贴标准: 15 元\n  高失业率门槛: 5.5%\n")
	text, err := os.ReadFile(filepath.Join(dir, "R04C.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "计算:")
	before, _, _ := strings.Cut(string(text), "参数:")
	write(t, dir, "R04C.yaml", before+"计算:"+after)
	rows, _ = answers(t, dir, subjects, "2025-09-24", false)
	for _, r := range rows {
		if r[0] == "R04C" && r[1] == "班一" && r[3] != "300000" { // 15 yuan × 80 hours × (2 + half of 1)
			t.Error("the class is paid", r, said)
		}
	}
}

func TestPoliciesOfAClassAreCheckedByWhatTheyName(t *testing.T) {
	var print bytes.Buffer
	if err := Check([]string{filepath.Join(brought, "policies/R04C.yaml"), filepath.Join(brought, "policies/R04.yaml")}, "", "", &print); err != nil || !strings.Contains(print.String(), "2 项政策都可以使用") {
		t.Error(err, print.String())
	}
}
