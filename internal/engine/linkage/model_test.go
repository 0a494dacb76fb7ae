package linkage

import (
	"strings"
	"testing"
)

func TestTheShippedModelsAreRight(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"person", "employer", "febrl"} {
		m := model(t, name)
		if again := model(t, name); again.Hash() != m.Hash() {
			t.Errorf("%s: the hash changes from reading to reading", name)
		}
		if other, found := seen[m.Hash()]; found {
			t.Errorf("%s and %s have the same hash", name, other)
		}
		seen[m.Hash()] = name
	}
}

func TestAWrongModelIsRefusedWithPlaceAndRemedy(t *testing.T) {
	const head = "name: m\ncolumns: [{name: a, kind: code}, {name: b, kind: date}]\n"
	const comparisons = "comparisons: [{column: a}]\n"
	const blocking = "blocking: [{keys: [a]}]\n"
	cases := []struct{ name, text, want string }{
		{"empty", "", "模型文件是空的"},
		{"a word that is no setting", "nam: m\n", "field nam not found"},
		{"an unknown kind", "name: m\ncolumns: [{name: a, kind: x}]\n", "kind“x”不存在，可用：address_zh"},
		{"a column twice", "name: m\ncolumns: [{name: a, kind: code}, {name: a, kind: code}]\n", "列 a 写了两次"},
		{"nothing compared", head + blocking, "没有 comparisons"},
		{"an unknown column compared", head + "comparisons: [{column: z}]\n" + blocking, "列 z 没有写在 columns 里"},
		{"an unknown level", head + "comparisons: [{column: a, levels: [same, jw90]}]\n" + blocking, "没有级别“jw90”，可用：same、same_invalid"},
		{"no blocking", head + comparisons, "没有 blocking"},
		{"blocks without bound", head + comparisons + "blocking: [{keys: [a], max: 100000}]\n", "max 应在 2 到 1000 之间"},
		{"an unknown feature", head + comparisons + "blocking: [{keys: [b.week]}]\n", "blocking 的 b.week：没有特征“week”"},
		{"a rule that does nothing known", head + comparisons + blocking + "rules: [{name: r, when: {a: same}, then: merge}]\n", "then 应为 link、conflict 或 never"},
		{"a rule with a level that is not there", head + comparisons + blocking + "rules: [{name: r, when: {a: near}, then: link}]\n", "列 a 没有级别“near”"},
		{"thresholds out of order", head + comparisons + blocking + "thresholds: {auto: .5, review: .9}\n", "0 < keep ≤ review ≤ auto < 1"},
		{"an identifier that is not compared", head + comparisons + blocking + "training: {identifier: b}\n", "identifier“b”没有写在 comparisons 里"},
		{"trust in something that is no ID number", "name: m\ncolumns: [{name: a, kind: code}, {name: b, kind: date, trust: a}]\n", "trust 只用于"},
		{"swapped columns that share nothing", head + "comparisons: [{column: a, swap: b}]\n" + blocking, "应是与它 share 的列"},
	}
	for _, c := range cases {
		if _, err := Parse([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

func TestEmployersAreFoundUnderTheNamesPeopleGiveThem(t *testing.T) {
	d, err := NewData(model(t, "employer"))
	if err != nil {
		t.Fatal(err)
	}
	d.Header([]string{"单位名称", "统一社会信用代码", "法定代表人", "联系电话", "地址"})
	d.Add([][]string{
		{"阿拉善盟安康家政服务有限公司", "91350100M000100Y43", "王建国", "13912345671", "阿拉善左旗巴彦浩特镇向阳社区12号"},
		{"安康家政服务有限责任公司", "91350100M000100Y43", "王建国", "", ""},
		{"安康家政服务部", "", "王健国", "13912345671", "巴彦浩特镇向阳社区12号"},
		{"吉兰泰盐化集团公司", "91350100M000100Y43", "李四", "", "吉兰泰镇"},
	})
	r := Run(d)
	rules := map[[2]uint32]string{}
	for _, p := range r.Pairs {
		rules[[2]uint32{p.Left, p.Right}] = r.Trained.RuleName(p)
	}
	if rules[[2]uint32{0, 1}] != "代码相同、名称相近" || rules[[2]uint32{0, 3}] != "代码相同、名称不同" || r.Clusters[0] != r.Clusters[1] || r.Clusters[0] == r.Clusters[3] {
		t.Errorf("rules %v, groups %v", rules, r.Clusters)
	}
}
