package policyrun

import (
	"strings"
	"testing"
)

// What could be meant to hurt, or is only wrong, is refused with its place and the reason.
func TestWhatIsWrongIsToldWithItsPlace(t *testing.T) {
	dir := t.TempDir()
	subjects := write(t, dir, "s.jsonl", `{"id":1,"age":30,"student":true,"name":"x","size":0}`+"\n")
	for name, c := range map[string]struct{ text, said string }{
		"clauses":   {"when:\n  all:\n" + strings.Repeat("  - age >= 3\n", 10_000), "条件超过 1000 条"},
		"nesting":   {"when:\n  - " + strings.Repeat("{any: [", 10_000) + "age > 3" + strings.Repeat("]}", 10_000), "套得太深"},
		"brackets":  {"when:\n  - " + strings.Repeat("(", 5_000) + "age > 3" + strings.Repeat(")", 5_000), "第 3 行第 65 列：套了 60 层以上"},
		"negations": {"when:\n  - " + strings.Repeat("not ", 5_000) + "student", "第 3 行第 248 列：套了 60 层以上"},
		"branches":  {"when:\n  - " + strings.Repeat("if age > 1 then ", 3_000) + "1", "套了 60 层以上"},
		"aliases":   {"notes: &a [x, x]\nwhen: [*a, *a]", "第 2 行第 8 列：不能用 & 和 * 引用"},
		"circle":    {"values: {x: y * 2, y: x * 2}\nwhen: [age > x]", "第 2 行第 13 列：“y”在这一行或更后面才算出来，不能绕圈"},
		"parameter": {"parameters: {x: x * 2}\nwhen: [age > x]", "第 2 行第 17 列：不认识“x”"},
		"zero":      {"when: [age / 0 > 2]", "除数为 0"},
		"overflow":  {"when: ['age > 999999999999 * 999999999999']", "数太大"},
		"doubling":  {"values:\n  a: age + age\n  b: a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a\n  c: b+b+b+b+b+b+b+b+b+b+b+b+b+b+b+b\n  d: c+c+c+c+c+c+c+c+c+c+c+c+c+c+c+c\nwhen: [d > 1]", "这一条太长"},
		"endless":   {"when:\n  - " + strings.Repeat("x", 200_000) + " > 3", "一条写了 65536 个字符以上"},
		"mapping":   {"when:\n  - age: 18", "第 3 行第 5 列：条件写成一行，中间不加冒号，如“age = 18”"},
		"colon":     {"when:\n  - name = \"a: b\"", "含冒号的条件请整行用单引号引起来"},
		"tabs":      {"when:\n\t- age > 3", "缩进请用空格"},
		"none":      {"name: x", "缺少条件"},
		"validity":  {"valid: {from: 2026-01-01, to: 2025-01-01}\nwhen: [age > 3]", "有效期的“到”早于“从”"},
		"share":     {"when: [age > 3]\namount: 30%", "金额应是钱数，“30%”是比例"},
		"below":     {"when: [age > 3]\namount: -5", "金额不能小于 0"},
		"list":      {"parameters: {towns: [a, b]}\nwhen: [age > 3]\namount: towns * 2", "是一组词"},
		"areas":     {"parameters: {aid: {values: [{area: 15, value: 2}]}}\nwhen: [age > aid]", "地区字段"},
	} {
		file := write(t, dir, "p.yaml", "id: "+name+"\n"+c.text+"\n")
		rows, said := answers(t, file, subjects, "2025-09-24", false)
		if !strings.Contains(said, c.said) || rows[0][2] != "unknown" {
			t.Errorf("%s: %.300s %v, want %s", name, said, rows[0][:3], c.said)
		}
	}
	twice := write(t, dir, "p.yaml", "id: A\nwhen: [age > 3]\n---\nid: A\nwhen: [age > 4]\n")
	if _, said := answers(t, twice, subjects, "2025-09-24", false); !strings.Contains(said, "p.yaml 第 4 行第 1 列：编号“A”已在 p.yaml 第 1 行用过") {
		t.Error(said)
	}
}

func TestSubjectsThatCannotBeReadAreTold(t *testing.T) {
	dir := t.TempDir()
	policies := write(t, dir, "p.yaml", "id: A\nwhen: [age > 3]\n")
	for name, c := range map[string]struct{ text, said string }{
		"a.jsonl": {"{\"id\":1}\n{\"id\":2,\n", "第 2 行不是合格的 JSON：没有写完"},
		"b.jsonl": {"{\"id\":1,\"a\":" + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + "}\n", "套得太深"},
		"c.jsonl": {"{\"id\":1}{\"id\":2}\n", "一行里有几个对象"},
		"d.json":  {"[1, 2]", "应是 {\"字段\": 值, …} 这样的对象"},
		"e.csv":   {"id,age,age\n1,2,3\n", "有两列都叫“age”"},
		"f.csv":   {"id,age,Age\n1,2,3\n", "都叫“age”"},
	} {
		var print strings.Builder
		err := Eval(t.Context(), Options{Policies: policies, Subjects: write(t, dir, name, c.text), At: "2025-09-24", Out: dir + "/out.csv"}, &print)
		if err == nil || !strings.Contains(err.Error(), c.said) {
			t.Errorf("%s: %v, want %s", name, err, c.said)
		}
	}
}

// Rules of one group, limits of plain figures, missing lists and values of several kinds, in English.
func TestEnglishRulesOfAFile(t *testing.T) {
	dir := t.TempDir()
	policies := write(t, dir, "p.yaml", `parameters:
  mountain: ['05001', '05013']
---
id: A
if: commune in mountain and age > 20
then:
  amount: 5,000 yuan
  cap: 1200
group: travel
priority: 2
---
id: B
if: true
then: {amount: if age >= 65 then 300 else 100}
group: travel
priority: 1
---
id: C
if: [exists(contracts: term >= 12)]
---
id: D
if: [no_such_field > 3]
---
id: E
for: foyer fiscal
if: [income / size < 1000]
`)
	subjects := write(t, dir, "s.json", `[
 {"person_id": "x", "commune": "05013", "age": "70", "income": "12,000", "size": 0, "contracts": [{"term": null}, {"term": 6}]},
 {"person_id": "y", "commune": "2A004", "age": 30, "income": "n/a", "size": 2, "contracts": []},
 {"person_id": "z", "commune": "05001", "age": " ", "income": 100, "size": 4}
]`)
	out := dir + "/out.csv"
	var print strings.Builder
	if err := Eval(t.Context(), Options{Policies: policies, Subjects: subjects, At: "2025-09-24", Lang: "en", Out: out}, &print); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range table(t, out) {
		got = append(got, strings.Join(r[:5], "|"))
	}
	want := "A|x|no||,B|x|yes|30000|,C|x|unknown||contracts.term,D|x|unknown||no_such_field,E|x|unknown||," +
		"A|y|no||,B|y|yes|10000|,C|y|no||,D|y|unknown||no_such_field,E|y|unknown||income," +
		"A|z|unknown||age,B|z|yes||,C|z|unknown||contracts,D|z|unknown||no_such_field,E|z|yes||"
	if strings.Join(got, ",") != want {
		t.Errorf("%s\nwant %s", strings.Join(got, ","), want)
	}
	for _, part := range []string{"表里没有这些字段，都按不知道处理：no_such_field", "“income”有 1 个值不是数字（如“n/a”）"} {
		if !strings.Contains(print.String(), part) {
			t.Errorf("not told: %s in %s", part, print.String())
		}
	}
}
