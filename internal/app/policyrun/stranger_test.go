package policyrun

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A stranger's catalogue: rules as somebody else would write them, in either language, over a file without a dictionary,
// each with an oracle of its own. nil is unknown.

type people map[string]any // as the file has them; "_" keys are what they mean

type made struct {
	text string // a line, or a block under a connective
	line bool
	want func(people) *bool
}

func truth(b bool) *bool { return &b }

func known[T any](p people, key string, f func(T) bool) *bool {
	v, has := p["_"+key]
	if !has {
		return nil
	}
	return truth(f(v.(T)))
}

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

var towns = []string{"75056", "13055", "2A004", "01053", "69123"}

func someone(r *rand.Rand, i int) people {
	p := people{"id": fmt.Sprint(i)}
	put := func(key string, means any, written ...any) {
		switch r.IntN(12) {
		case 0:
			p[key] = ""
		case 1:
			p[key] = nil
		case 2:
		default:
			p[key], p["_"+key] = pick(r, written...), means
		}
	}
	age, income, town := r.IntN(90), r.IntN(60000), pick(r, towns...)
	student, status := r.IntN(2) == 1, pick(r, "étudiant", "sans activité", "or not (yet)", "甲（乙）")
	put("age", age, age, fmt.Sprint(age))
	put("household.income", income, income, fmt.Sprintf("%d,%03d", income/1000, income%1000), float64(income))
	if income < 1000 {
		p["household.income"] = income
	}
	put("commune", town, town)
	put("student", student, student, map[bool]any{true: "是", false: "否"}[student], map[bool]any{true: 1, false: 0}[student], map[bool]any{true: "yes", false: "no"}[student])
	put("status", status, status)
	day := fmt.Sprintf("20%02d-%02d-%02d", r.IntN(26), 1+r.IntN(12), 1+r.IntN(28))
	put("since", day, day, strings.ReplaceAll(day, "-", ""), strings.ReplaceAll(day, "-", "/"))
	ages := []any{}
	var whole []int
	for range r.IntN(4) {
		n := r.IntN(20)
		ages, whole = append(ages, n), append(whole, n)
	}
	put("children", whole, ages)
	return p
}

func comparison(r *rand.Rand) made {
	a, b := r.IntN(90), r.IntN(90)
	a, b = min(a, b), max(a, b)
	m := r.IntN(60000)
	yes := r.IntN(2) == 1
	word := map[bool]string{true: pick(r, "is yes", "是", "= 1", "= true"), false: pick(r, "is no", "否", "= 0", "is false")}[yes]
	day := fmt.Sprintf("20%02d-%02d-15", r.IntN(26), 1+r.IntN(12))
	some := []string{pick(r, towns...), pick(r, towns...), "99999"}
	status := pick(r, "étudiant", "sans activité", "or not (yet)", "甲(乙)")
	in := func(t string) bool { return t == some[0] || t == some[1] }
	return pick(r,
		made{fmt.Sprintf(pick(r, "age between %d and %d", "age 介于 %d 和 %d 之间", "%d <= age <= %d"), a, b), true,
			func(p people) *bool { return known(p, "age", func(n int) bool { return a <= n && n <= b }) }},
		made{fmt.Sprintf(pick(r, "household.income < %d", "household.income 少于 %d 元", "household.income / 2 < %d / 2"), m), true,
			func(p people) *bool { return known(p, "household.income", func(n int) bool { return n < m }) }},
		made{"student " + word, true, func(p people) *bool { return known(p, "student", func(b bool) bool { return b == yes }) }},
		made{"commune " + pick(r, "in", "属于") + " [" + strings.Join(some, ", ") + "]", true, func(p people) *bool { return known(p, "commune", in) }},
		made{"commune not in [" + strings.Join(some, ",") + "]", true, func(p people) *bool { return known(p, "commune", func(t string) bool { return !in(t) }) }},
		made{"commune starts with [" + some[0][:2] + ", 98]", true, func(p people) *bool { return known(p, "commune", func(t string) bool { return t[:2] == some[0][:2] }) }},
		made{`status = "` + status + `"`, true, func(p people) *bool {
			return known(p, "status", func(t string) bool { return strings.NewReplacer("（", "(", "）", ")").Replace(t) == status })
		}},
		made{"since " + pick(r, ">= ", "不早于 ") + day, true, func(p people) *bool { return known(p, "since", func(t string) bool { return t >= day }) }},
		made{fmt.Sprintf("'%s(children: value < %d)'", pick(r, "exists", "存在"), a), true, func(p people) *bool {
			return known(p, "children", func(list []int) bool {
				for _, n := range list {
					if n < a {
						return true
					}
				}
				return false
			})
		}},
	)
}

func condition(r *rand.Rand, depth int, indent string) made {
	if depth == 0 || r.IntN(4) == 0 {
		return comparison(r)
	}
	how := pick(r, "all", "any", "none", "least")
	n := 1 + r.IntN(3)
	kids := make([]made, 3)
	var b strings.Builder
	b.WriteString(map[string]string{"all": pick(r, "all", "全部"), "any": pick(r, "any", "任一"), "none": pick(r, "none", "都不"), "least": fmt.Sprintf(pick(r, "at least %d", "at_least %d", "至少 %d"), n)}[how] + ":")
	for i := range kids {
		kids[i] = condition(r, depth-1, indent+"    ")
		b.WriteString("\n" + indent + "  - " + kids[i].text)
	}
	return made{b.String(), false, func(p people) *bool {
		yes, unknown := 0, 0
		for _, kid := range kids {
			if v := kid.want(p); v == nil {
				unknown++
			} else if *v {
				yes++
			}
		}
		need := map[string]int{"all": 3, "any": 1, "none": 1, "least": n}[how]
		switch {
		case yes >= need:
			return truth(how != "none")
		case yes+unknown >= need:
			return nil
		}
		return truth(how == "none")
	}}
}

func TestAStrangersCatalogueIsDecidedAsTheStrangerWould(t *testing.T) {
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 2025))
		var rules []made
		var docs, file strings.Builder
		for i := range 60 {
			c := condition(r, 3, "  ")
			rules = append(rules, c)
			if c.line {
				c.text = "- " + c.text
			}
			fmt.Fprintf(&docs, "---\r\nid: S%02d\r\n%s:\r\n  %s\r\n", i, pick(r, "when", "if", "条件"), strings.ReplaceAll(c.text, "\n", "\r\n"))
		}
		var list []people
		for i := range 80 {
			p := someone(r, i)
			list = append(list, p)
			raw := map[string]any{}
			for k, v := range p {
				if k[0] != '_' {
					raw[k] = v
				}
			}
			line, err := json.Marshal(raw)
			if err != nil {
				t.Fatal(err)
			}
			file.Write(append(line, '\n'))
		}
		dir := t.TempDir()
		rows, said := answers(t, write(t, dir, "p.yaml", "\ufeff"+docs.String()), write(t, dir, "s.jsonl", file.String()), "2025-09-24", false)
		if strings.Contains(said, "p.yaml") {
			t.Fatal(said)
		}
		for k, row := range rows {
			want := "unknown"
			if v := rules[k%60].want(list[k/60]); v != nil {
				want = map[bool]string{true: "yes", false: "no"}[*v]
			}
			if row[2] != want {
				t.Fatalf("seed %d: %s is %s, want %s\n%v\n%s", seed, row[0], row[2:], want, list[k/60], rules[k%60].text)
			}
		}
	}
}
