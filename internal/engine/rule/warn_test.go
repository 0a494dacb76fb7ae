package rule

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatIsSurelyNotMeantIsWarnedOf(t *testing.T) {
	for _, c := range []struct{ when, want string }{
		{"- 登记失业 是\n- 失业月数 >= 12", ""},
		{"- 失业月数 >= 12\n- 失业月数 < 6", "与前面的要求矛盾"},
		{"- 失业月数 >= 12\n- 任一:\n    - 失业月数 < 6\n    - 登记失业 是", "这一支与外面的要求矛盾"},
		{"- 失业月数 >= 12\n- 失业月数 >= 6", "已包含在第"},
		{"- 登记失业 是\n- 登记失业 是", "已包含在第"},
		{"- 登记失业 是\n- 登记失业 否", "与前面的要求矛盾"},
		{"- 人员类别 属于 [残疾人]\n- 人员类别 不属于 [残疾人, 脱贫人口]", "与前面的要求矛盾"},
		{"- 人员类别 属于 [残疾人]\n- 人员类别 属于 [脱贫人口]", ""}, // one may be both
		{"- 居住地 开头为 [1529]\n- 居住地 开头为 [152921, 1501]", ""},
		{"- 居住地 开头为 [152921]\n- 居住地 开头为 [1529, 1501]", "已包含在第"},
		{"- 居住地 开头为 [1529]\n- 居住地 开头不为 [15]", "与前面的要求矛盾"},
		{"- 毕业日期 >= 今天 - 2 年\n- 毕业日期 < 2020-01-01", "与前面的要求矛盾"},
		{"- 年龄 介于 16 和 24 之间\n- 至少 2:\n    - 年龄 >= 30\n    - 登记失业 是\n    - 担任企业法人 否", "这一支"},
		{"- 年龄 介于 16 和 24 之间\n- 至少 2:\n    - 年龄 >= 30\n    - 登记失业 是", "谁都不会符合"},
		{"- 任一:\n    - 年龄 < 16\n    - 年龄 > 60\n- 年龄 介于 18 和 50 之间", "谁都不会符合"},
		{"- 失业月数 * 2 >= 12\n- 失业月数 < 1", ""}, // formulas are not reasoned about
	} {
		p, err := Load([]byte(document(c.when)), dict)
		if err != nil {
			t.Errorf("%s: %v", c.when, err)
			continue
		}
		list := Warn([]*Policy{p}, today24)
		if got := fmt.Sprint(list); c.want == "" && len(list) > 0 || !strings.Contains(got, c.want) {
			t.Errorf("%s\nis told %s, want %q", c.when, got, c.want)
		}
	}
}

func TestPoliciesThatExcludeEachOtherNeedAnOrder(t *testing.T) {
	load := func(id, when, more string) *Policy {
		text := strings.Replace(document(when), "编号: T01", "编号: "+id+"\n"+more, 1)
		return must(Load([]byte(text), dict))
	}
	wide, narrow := "- 登记失业 是", "- 登记失业 是\n- 失业月数 >= 12"
	for _, c := range []struct {
		a, b *Policy
		want string
	}{
		{load("A", wide, "互斥: [B]"), load("B", narrow, ""), "请写“优先”"},
		{load("A", wide, "互斥: [B]\n优先: 1"), load("B", narrow, "优先: 2"), "B：符合这一项的人都符合排在前面的 A"},
		{load("A", wide, "互斥: [B]\n优先: 2"), load("B", narrow, "优先: 1"), ""},
		{load("A", "- 登记失业 是", "互斥: [B]"), load("B", "- 登记失业 否", ""), ""}, // nobody meets both
		{load("A", wide, "互斥组: 培训"), load("B", narrow, "互斥组: 培训"), "请写“优先”"},
		{load("A", wide, "互斥组: 培训\n优先: 1"), load("B", narrow, "互斥组: 培训\n优先: 2"), "B：符合这一项的人都符合排在前面的 A"},
		{load("A", wide, "互斥组: 培训"), load("B", narrow, "互斥组: 创业"), ""},
		{load("A", wide, "互斥: [X]"), load("B", wide, ""), "X 不在这些政策里"},
	} {
		list := Warn([]*Policy{c.a, c.b}, today24)
		if got := fmt.Sprint(list); c.want == "" && len(list) > 0 || !strings.Contains(got, c.want) {
			t.Errorf("told %s, want %q", got, c.want)
		}
	}
}

// What is said to hold for nobody holds for nobody, and what is said to decide nothing may be left out.
func TestWarningsAreTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyTree(3).Draw(t, "condition")
		if c.how == "" {
			c = tree{how: "全部", parts: []tree{c}}
		}
		p, err := Load([]byte(strings.TrimSuffix(document(""), "\n  \n")+c.yaml("  ")+"\n"), dict)
		if err != nil {
			t.Fatal(err)
		}
		on := today24 + Day(rapid.Int64Range(0, 800).Draw(t, "on"))
		never := false
		for _, w := range Warn([]*Policy{p}, on) {
			never = never || strings.Contains(w.Zh, "谁都不会符合")
		}
		facts := anyFacts(t, on)
		if never && Holds(p, facts, on) == Eligible {
			t.Fatalf("is told to be met by nobody, and is met by %v", facts)
		}
	})
}
