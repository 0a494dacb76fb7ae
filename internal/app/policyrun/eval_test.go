package policyrun

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

const catalogue = `参数:
  最低工资:
    单位: 元
    取值:
      - {从: 2021-12-01, 类别: 一类, 值: 1980}
      - {从: 2024-12-01, 类别: 一类, 值: 2270}
---
id: A1
name: Training wage
for: person
source: {document: d, place: p, quote: q}
valid: {from: 2020-01-01}
values:
  per_head: income / size
  rate: {hit: first, rows: [{when: disability <= 2, value: 100%}, {value: 50%}]}
when:
  all:
    - age between 16 and 59
    - any:
        - months_unemployed >= 12
        - groups in [disabled, poor]
    - not: legal_representative is yes
    - per_head <= 1000
    - exists(contracts: term >= 12 and insured)
result: {text: subsidy, amount: 最低工资("一类") * rate * 6, rounding: half up to yuan, at_most: 10000}
apply: {next: go}
excludes: [A2]
---
id: A2
name: Flat
for: person
source: {document: d, place: p, quote: q}
valid: {from: 2020-01-01}
when: [age >= 18]
result: {text: flat, amount: 500}
apply: {next: go}
`

func answers(t *testing.T, policies, subjects, at string, explain bool) (rows [][]string, said string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.csv")
	var print bytes.Buffer
	if err := Eval(t.Context(), Options{Policies: policies, Subjects: subjects, At: at, Explain: explain, Out: out}, &print); err != nil {
		t.Fatal(err)
	}
	return table(t, out), print.String()
}

// table is the rows of an answer file under their titles.
func table(t *testing.T, file string) [][]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(rows[0], ",") != "policy,subject,decision,amount_fen,missing,eligible_from,reason" {
		t.Fatal(rows[0])
	}
	return rows[1:]
}

func TestSubjectsWithListsAreDecidedFromAFile(t *testing.T) {
	dir := t.TempDir()
	policies := write(t, dir, "p.yaml", catalogue)
	subjects := write(t, dir, "s.jsonl", `{"id":"甲","age":30,"months_unemployed":14,"groups":["disabled"],"legal_representative":false,"income":3000,"size":4,"disability":3,"contracts":[{"term":24,"insured":true}]}
{"id":"乙","age":30,"months_unemployed":3,"groups":["poor"],"legal_representative":false,"income":3000,"size":4,"disability":3,"contracts":[{"term":24}]}
{"id":"丙","age":15,"legal_representative":false,"contracts":[]}
{"id":"丁","age":30,"months_unemployed":14,"groups":[],"legal_representative":false,"size":4,"contracts":[{"term":24,"insured":true}]}
`)
	rows, _ := answers(t, policies, subjects, "2025-09-24", false)
	want := [][]string{ // 2270 × 50 % × 6
		{"A1", "甲", "yes", "681000", ""}, {"A2", "甲", "no", "", ""},
		{"A1", "乙", "unknown", "", "contracts.insured"}, {"A2", "乙", "yes", "50000", ""},
		{"A1", "丙", "no", "", ""}, {"A2", "丙", "no", "", ""},
		{"A1", "丁", "unknown", "", "income"}, {"A2", "丁", "yes", "50000", ""},
	}
	for i, w := range want {
		if got := rows[i][:5]; strings.Join(got, "|") != strings.Join(w, "|") {
			t.Errorf("row %d: %v, want %v", i, got, w)
		}
	}
	if rows[1][6] != "与 A1 不能同时享受，已取 A1" {
		t.Error(rows[1][6])
	}
	rows, _ = answers(t, policies, subjects, "2024-11-30", true)
	if rows[0][3] != "594000" || !strings.Contains(rows[0][6], "months_unemployed为 14，应不少于 12") {
		t.Error("before the wage rose:", rows[0])
	}
}

func TestATableNeedsNoDictionary(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "b.yaml", "编号: B1\n名称: 创业补贴\n对象: 人员\n来源: {文件: 甲, 条款: 一, 原文: 原文}\n有效期: {从: 2020-01-01}\n条件:\n  - 毕业日期 在 2 年内\n  - 登记失业 是\n  - 居住地 开头为 1529\n  - 月收入 < 2000 元\n结果: {说明: 可享受, 金额: 最小值(月收入 * 2, 5000)}\n办理: {下一步: 去}\n")
	write(t, dir, "c.yaml", "编号: C1\n名称: 错的\n条件: [毕业日期 在 2 斤内]\n")
	subjects := write(t, dir, "s.csv", "编号,姓名,毕业日期,登记失业,居住地,月收入\n1,甲,2024-07-01,是,152921100,1500\n2,乙,2020-07-01,是,152921100,1500\n3,丙,2024-07-01,,152921100,1500\n4,丁,2024-07-01,否,150102001,1500\n")
	rows, said := answers(t, dir, subjects, "2025-09-24", false)
	var got []string
	for _, r := range rows {
		got = append(got, strings.Join(r[:5], "|"))
	}
	want := "B1|1|yes|300000|,C1|1|unknown||,B1|2|no||,C1|2|unknown||,B1|3|unknown||登记失业,C1|3|unknown||,B1|4|no||,C1|4|unknown||"
	if strings.Join(got, ",") != want {
		t.Errorf("%v\nwant %v", strings.Join(got, ","), want)
	}
	if !strings.Contains(said, "c.yaml") {
		t.Error("nobody told that c.yaml is wrong:", said)
	}
}

func TestCheckTellsEveryMistakeWithItsPlace(t *testing.T) {
	file := write(t, t.TempDir(), "p.yaml", catalogue)
	var print bytes.Buffer
	if err := Check([]string{file}, "", "", &print); err == nil || !strings.Contains(print.String(), "p.yaml 第 14 行第 13 列：不认识“income”") {
		t.Error(err, print.String())
	}
}

func TestCheckRemindsOfWhatIsSurelyNotMeant(t *testing.T) {
	file := write(t, t.TempDir(), "p.yaml", "编号: B1\n名称: 补贴\n对象: 人员\n来源: {文件: 甲, 条款: 一, 原文: 原文}\n条件:\n  - 年龄 >= 16\n  - 年龄 < 16\n结果: {说明: 可享受}\n办理: {下一步: 去}\n")
	var print bytes.Buffer
	if err := Check([]string{file}, "", "", &print); err != nil || !strings.Contains(print.String(), "提醒：p.yaml：B1 第 7 行：“年龄”的这一条与前面的要求矛盾") {
		t.Error(err, print.String())
	}
}

func TestADictionaryGivesUnitsAndKinds(t *testing.T) {
	dir := t.TempDir()
	fields := write(t, dir, "fields.yaml", `字段:
  - {名称: 编号, 类型: 文字}
  - {名称: 失业月数, 英文: months, 类型: 数字, 单位: 个月, 部门: 就业中心}
  - {名称: 类别, 类型: 类别, 取值: [残疾人, 低保]}
  - {name: 代码, type: text}
清单:
  - {名称: 合同, 字段: [{名称: 期限, 类型: 数字, 单位: 个月}]}
`)
	policies := write(t, dir, "p.yaml", "编号: B1\n名称: 补贴\n对象: 人员\n来源: {文件: 甲, 条款: 一, 原文: 原文}\n有效期: {从: 2020-01-01}\n条件:\n  - months >= 2 年\n  - 类别 属于 残疾人\n  - 代码 = 007\n  - 存在(合同: 期限 >= 1 年)\n结果: {说明: 可享受}\n办理: {下一步: 去}\n")
	subjects := write(t, dir, "s.jsonl", `{"编号":"a","失业月数":24,"类别":["残疾人"],"代码":"007","合同":[{"期限":12}]}
{"编号":"b","失业月数":23,"类别":"残疾人","代码":"007","合同":[]}
`)
	out := filepath.Join(dir, "out.csv")
	var print bytes.Buffer
	if err := Eval(t.Context(), Options{Policies: policies, Subjects: subjects, Fields: fields, At: "2025-09-24", Out: out}, &print); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(text), "B1,a,yes") || !strings.Contains(string(text), "B1,b,no") {
		t.Error(err, string(text), print.String())
	}
	if err := Check([]string{policies}, "", fields, &print); err != nil {
		t.Error(err, print.String())
	}
}

func TestAFieldThatNobodyHasIsUnknownNotAMistake(t *testing.T) {
	dir := t.TempDir()
	policies := write(t, dir, "p.yaml", "编号: B1\n名称: 补贴\n对象: 人员\n来源: {文件: 甲, 条款: 一, 原文: 原文}\n有效期: {从: 2020-01-01}\n计算:\n  人均: 家庭收入 / 家庭人数\n条件:\n  - 年龄 >= 16\n  - 任一:\n      - 就业困难 是\n      - 毕业日期 >= 2024-01-01\n      - 来源地 属于 [甲, 乙]\n  - 人均 <= 1000\n结果: {说明: 可享受}\n办理: {下一步: 去}\n")
	subjects := write(t, dir, "s.csv", "编号,年龄\n1,15\n2,20\n")
	rows, said := answers(t, policies, subjects, "2025-09-24", false)
	if rows[0][2] != "no" || rows[1][2] != "unknown" || !strings.Contains(said, "家庭收入、家庭人数、就业困难、毕业日期、来源地") {
		t.Error(rows, said)
	}
	if rows[1][4] != "就业困难;毕业日期;来源地;家庭收入;家庭人数" {
		t.Error("missing:", rows[1][4])
	}
}
