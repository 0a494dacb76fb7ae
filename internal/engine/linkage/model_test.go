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
