package rule

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// tree is a random condition as it is written; the reference below decides it without anything of the engine.
type tree struct {
	how   string // 全部, 任一, 非, 至少, or "" for a leaf
	n     int
	parts []tree
	field string
	op    string
	low   int64
}

var orderOps = []string{">=", "<=", ">", "<", "=", "!="}

func anyTree(depth int) *rapid.Generator[tree] {
	return rapid.Custom(func(t *rapid.T) tree {
		how := ""
		if depth > 0 {
			how = rapid.SampledFrom([]string{"", "全部", "任一", "非", "至少"}).Draw(t, "how")
		}
		if how == "" {
			f := rapid.SampledFrom([]string{"登记失业", "担任企业法人", "失业月数", "年龄", "带动就业人数", "毕业日期", "人员类别"}).Draw(t, "field")
			return tree{field: f, op: rapid.SampledFrom(orderOps).Draw(t, "op"), low: rapid.Int64Range(0, 6).Draw(t, "low")}
		}
		parts := rapid.SliceOfN(anyTree(depth-1), 1, either(how == "非", 1, 4)).Draw(t, "parts")
		return tree{how: how, parts: parts, n: rapid.IntRange(1, len(parts)).Draw(t, "n")}
	})
}

// yaml writes a tree; numbers stand near each other so that thresholds are often met.
func (c tree) yaml(indent string) string {
	switch c.how {
	case "":
		return c.text()
	case "非":
		return "\n" + indent + "非: " + c.parts[0].yaml(indent+"  ")
	}
	name := c.how
	if c.how == "至少" {
		name = fmt.Sprintf("至少 %d", c.n)
	}
	var b strings.Builder
	b.WriteString("\n" + indent + name + ":")
	for _, p := range c.parts {
		b.WriteString("\n" + indent + "  - " + strings.TrimPrefix(p.yaml(indent+"    "), "\n"+indent+"    "))
	}
	return b.String()
}

func (c tree) text() string {
	switch c.field {
	case "登记失业", "担任企业法人":
		return c.field + " " + yesNoZh[c.low%2]
	case "毕业日期":
		return fmt.Sprintf("%s %s 今天 - %d 个月", c.field, c.op, c.low)
	case "人员类别":
		return fmt.Sprintf("%s %s %s", c.field, []string{"属于", "不属于"}[c.low%2], dict.Fields[3].Values[c.low%3].Zh)
	}
	return fmt.Sprintf("%s %s %d", c.field, c.op, c.low)
}

// reference is Kleene's logic by its definition: -1 no, 0 unknown, 1 yes. flip is a leaf to be taken as the opposite.
func (c tree) reference(facts row, on Day, at *int, flip int) int {
	switch c.how {
	case "":
		*at++
		got := c.leaf(facts, on)
		if *at-1 == flip {
			return -got
		}
		return got
	case "非":
		return -c.parts[0].reference(facts, on, at, flip)
	}
	yes, unknown := 0, 0
	for _, p := range c.parts {
		switch p.reference(facts, on, at, flip) {
		case 1:
			yes++
		case 0:
			unknown++
		}
	}
	need := map[string]int{"全部": len(c.parts), "任一": 1, "至少": c.n}[c.how]
	switch {
	case yes >= need:
		return 1
	case yes+unknown < need:
		return -1
	}
	return 0
}

func (c tree) leaf(facts row, on Day) int {
	v, ok := facts[c.field]
	if !ok {
		return 0
	}
	sign := func(b bool) int {
		if b {
			return 1
		}
		return -1
	}
	switch c.field {
	case "登记失业", "担任企业法人":
		return sign(v.n == c.low%2)
	case "人员类别":
		return sign(v.n>>(c.low%3)&1 == 1 != (c.low%2 == 1))
	}
	low := c.low * Scale
	if c.field == "毕业日期" {
		low = int64(on.AddMonths(-int(c.low)))
	}
	return sign(map[string]bool{">=": v.n >= low, "<=": v.n <= low, ">": v.n > low, "<": v.n < low, "=": v.n == low, "!=": v.n != low}[c.op])
}

// leaves lists the leaves in the order reference visits them.
func (c tree) leaves() []tree {
	if c.how == "" {
		return []tree{c}
	}
	var all []tree
	for _, p := range c.parts {
		all = append(all, p.leaves()...)
	}
	return all
}

func (c tree) verdict(facts row, on Day, flip int) int {
	at := 0
	return c.reference(facts, on, &at, flip)
}

// onDay counts growing facts anew, as the dictionary says they grow.
func (r row) onDay(on Day) row {
	out := row{}
	for k, v := range r {
		out[k] = v
	}
	for _, g := range []struct {
		name, since string
		months      int
	}{{"失业月数", "失业登记日期", 1}, {"年龄", "出生日期", 12}} {
		since, known := r[g.since]
		if _, has := r[g.name]; has && known {
			out[g.name] = Int(int64(Day(since.n).Months(on) / g.months))
		}
	}
	return out
}

// near by brute force: every day of the horizon, then every single change of a changeable comparison.
func (c tree) near(facts row, on Day) Answer {
	for day := on + 1; day <= on+Horizon; day++ {
		if c.verdict(facts.onDay(day), day, -1) == 1 {
			return Answer{Near, day}
		}
	}
	for i, l := range c.leaves() {
		closable := l.field == "登记失业" || l.field == "担任企业法人" ||
			l.field == "带动就业人数" && abs(facts[l.field].n-l.low*Scale) <= Scale
		if closable && c.verdict(facts, on, i) == 1 && c.verdict(facts, on, -1) == -1 {
			return Answer{Verdict: Near}
		}
	}
	return Answer{}
}

func anyFacts(t *rapid.T, on Day) row {
	r := row{}
	maybe := func(name string, v Value) {
		if rapid.IntRange(0, 9).Draw(t, name+" known") > 0 {
			r[name] = v
		}
	}
	maybe("登记失业", Yes(rapid.Bool().Draw(t, "登记失业")))
	maybe("担任企业法人", Yes(rapid.Bool().Draw(t, "担任企业法人")))
	maybe("人员类别", Some(rapid.Uint64Range(0, 7).Draw(t, "人员类别")))
	maybe("带动就业人数", Int(rapid.Int64Range(0, 6).Draw(t, "带动就业人数")))
	maybe("毕业日期", On(on-Day(rapid.Int64Range(-60, 240).Draw(t, "毕业日期"))))
	maybe("失业登记日期", On(on-Day(rapid.Int64Range(0, 240).Draw(t, "失业登记日期"))))
	maybe("出生日期", On(on-Day(rapid.Int64Range(0, 2200).Draw(t, "出生日期"))))
	maybe("失业月数", Int(3))
	maybe("年龄", Int(3))
	return r.onDay(on)
}

// Evaluate, Explain and the reference agree for random rules and random people, and near is what brute force finds.
func TestRandomRulesAreDecidedAsByDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyTree(3).Draw(t, "condition")
		text := document("")
		if written := c.yaml("  "); c.how == "" {
			text = strings.TrimSuffix(text, "\n  \n") + "\n  - " + written + "\n"
		} else {
			text = strings.TrimSuffix(text, "\n  \n") + written + "\n"
		}
		p, err := Load([]byte(text), dict)
		if err != nil {
			t.Fatalf("%v\nin:\n%s", err, text)
		}
		on := today24 + Day(rapid.Int64Range(0, 800).Draw(t, "on"))
		facts := anyFacts(t, on)
		want := Answer{Verdict: map[int]Verdict{-1: No, 0: Unknown, 1: Eligible}[c.verdict(facts, on, -1)]}
		if want.Verdict == No {
			want = c.near(facts, on)
		}
		got := Evaluate(p, facts, on)
		if got != want {
			t.Fatalf("got %v, want %v for %v\nin:\n%s", got, want, facts, text)
		}
		e := Explain(p, facts, on)
		if e.Verdict != got.Verdict || e.From != got.From {
			t.Fatalf("explained as %v from %v, evaluated %v", e.Verdict, e.From, got)
		}
		if root := e.Clauses[0].Outcome; root != map[Verdict]Verdict{No: No, Near: No, Unknown: Unknown, Eligible: Eligible}[got.Verdict] {
			t.Fatalf("the first clause says %v, the verdict is %v", root, got.Verdict)
		}
		if (got.Verdict == Unknown) != (len(e.Missing()) > 0) || e.Lead(You) == "" || e.LeadEn() == "" {
			t.Fatalf("%v misses %v, says %s", got.Verdict, e.Missing(), e.Lead(You))
		}
		if e.Until != 0 && (c.verdict(facts.onDay(e.Until-1), e.Until-1, -1) == -1 || c.verdict(facts.onDay(e.Until), e.Until, -1) != -1) {
			t.Fatalf("ends on %s, which it does not", e.Until)
		}
	})
}

func FuzzLoad(f *testing.F) {
	f.Add(document(example1))
	f.Add(document("- 年龄 介于 16 和 59 之间\n- 毕业日期 >= 今天 - 2 年\n- 至少 1: [登记失业]"))
	f.Add("编号: &a 1\n名称: *a")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Load([]byte(text), dict)
		if err != nil {
			if err.Error() == "" {
				t.Fatal("an error without a text")
			}
			return
		}
		facts := row{"登记失业": Yes(true), "失业登记日期": On(today24 - 100), "失业月数": Int(3), "年龄": Int(15), "出生日期": On(today24 - 5600), "毕业日期": On(today24)}
		e := Explain(p, facts, today24)
		if got := Evaluate(p, facts, today24); got.Verdict != e.Verdict {
			t.Fatalf("%v and %v", got, e.Verdict)
		}
		for i := range e.Clauses {
			if e.Clauses[i].Zh(You) == "" || e.Clauses[i].En() == "" {
				t.Fatal("a clause without a sentence")
			}
		}
	})
}

func BenchmarkEvaluate(b *testing.B) {
	p := must(Load([]byte(document(example1)), dict))
	rows := make([]Source, 3)
	for i, m := range []int64{9, 12, 13} {
		v := make(columns, len(dict.Fields))
		v[0], v[2], v[3], v[4] = Yes(true), Int(m), Some(0), Yes(m == 13)
		rows[i] = v
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Evaluate(p, rows[1+i%2], today24)
	}
}

func BenchmarkExplain(b *testing.B) {
	p := must(Load([]byte(document(example1)), dict))
	facts := row{"登记失业": Yes(true), "失业登记日期": On(date(2024, 12, 10)), "失业月数": Int(9), "人员类别": Some(0), "担任企业法人": Yes(false)}
	for b.Loop() {
		Explain(p, facts, today24)
	}
}

type columns []Value

func (c columns) Field(id int) (Value, bool) { return c[id], true }
