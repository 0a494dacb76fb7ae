package plandoc_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"jiuye/internal/engine/plandoc"
)

// answers reads a file of right answers: one map a row.
func answers(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(path, err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			if i < len(row) {
				m[name] = row[i]
			}
		}
		out = append(out, m)
	}
	return out
}

var plainer = strings.NewReplacer(" ", "", "　", "", "（", "(", "）", ")", "“", "", "”", "", "\"", "", "全区", "", "全市", "", "全盟", "", "全省", "", "，", ",")

func same(a, b string) bool { return plainer.Replace(a) == plainer.Replace(b) }

// like reports whether two names mean the same to a reader: equal, or one holds the other's words.
func like(a, b string) bool {
	a, b = plainer.Replace(a), plainer.Replace(b)
	return a == b || strings.Contains(a, b) || strings.Contains(b, a) || overlap(a, b) >= .6
}

// overlap is the share of character pairs two names have in common.
func overlap(a, b string) float64 {
	pairs := map[string]int{}
	ra, rb := []rune(a), []rune(b)
	for i := 0; i+1 < len(ra); i++ {
		pairs[string(ra[i:i+2])]++
	}
	n := 0
	for i := 0; i+1 < len(rb); i++ {
		if pairs[string(rb[i:i+2])] > 0 {
			pairs[string(rb[i:i+2])]--
			n++
		}
	}
	return 2 * float64(n) / float64(max(1, len(ra)+len(rb)-2))
}

// quoted reports whether a quote is the expected one: the same words, or one inside the other with most of it.
func quoted(got, want string) bool {
	g, w := plainer.Replace(got), plainer.Replace(want)
	if g == w {
		return true
	}
	short, long := g, w
	if len(short) > len(long) {
		short, long = long, short
	}
	return strings.Contains(long, short) && len(short)*2 >= len(long)
}

// score counts what was found of the expected indicators, and what was read besides.
type score struct{ want, right, extra, quotes int }

func cumulative(x plandoc.Indicator) string {
	if x.Cumulative {
		return "yes"
	}
	return "no"
}

// measure compares a draft with the answers for it; every difference is logged.
func measure(t *testing.T, d plandoc.Draft, want []map[string]string) score {
	t.Helper()
	var s score
	used := make([]bool, len(d.Indicators))
	for _, w := range want {
		s.want++
		best, bestScore := -1, 0
		for i, x := range d.Indicators {
			if used[i] || !like(x.Name, w["indicator"]) && !quoted(x.Quote, w["quote"]) {
				continue
			}
			n := 1
			for _, hit := range []bool{same(x.Name, w["indicator"]), x.TargetValue == w["target_value"], x.BaseValue == w["base_value"], x.Done == w["done_2020"], quoted(x.Quote, w["quote"]), same(x.Quote, w["quote"]), x.TargetYear == w["target_year"]} {
				if hit {
					n++
				}
			}
			if n > bestScore {
				best, bestScore = i, n
			}
		}
		if best < 0 {
			t.Logf("not found: %s %s%s | %s", w["indicator"], w["target_value"], w["unit"], w["quote"])
			continue
		}
		used[best] = true
		x := d.Indicators[best]
		var bad []string
		check := func(what, got, want string) {
			if got != want {
				bad = append(bad, what+": "+got+" for "+want)
			}
		}
		check("value", x.TargetValue, w["target_value"])
		check("base", x.BaseValue, w["base_value"])
		check("base year", x.BaseYear, w["base_year"])
		check("earlier", x.EarlierTarget, w["plan13_target"])
		check("done", x.Done, w["done_2020"])
		check("year", x.TargetYear, w["target_year"])
		check("unit", x.Unit, w["unit"])
		check("comparator", x.Comparator, w["comparator"])
		check("cumulative", cumulative(x), w["cumulative"])
		check("attribute", x.Attribute, w["attribute"])
		if !like(x.Name, w["indicator"]) {
			bad = append(bad, "name: "+x.Name+" for "+w["indicator"])
		}
		if !quoted(x.Quote, w["quote"]) {
			bad = append(bad, "quote: "+x.Quote+" for "+w["quote"])
		}
		if same(x.Quote, w["quote"]) {
			s.quotes++
		}
		if len(bad) == 0 {
			s.right++
		} else {
			t.Logf("wrong: %s: %s", w["indicator"], strings.Join(bad, "; "))
		}
	}
	for i, x := range d.Indicators {
		if !used[i] {
			s.extra++
			t.Logf("extra: [%s] %s %s%s %s %s past=%v | %s", x.Place.Section, x.Name, x.TargetValue+x.Done, x.Unit, x.Comparator, x.TargetYear, x.Past, x.Quote)
		}
	}
	return s
}

// measureTasks counts tasks found with title, lead and units all right.
func measureTasks(t *testing.T, d plandoc.Draft, want []map[string]string) (found, right int) {
	t.Helper()
	byNo := map[string]plandoc.Task{}
	for _, x := range d.Tasks {
		byNo[x.No] = x
	}
	for _, w := range want {
		x, ok := byNo[w["no"]]
		if !ok {
			t.Logf("task not found: %s %s", w["no"], w["title"])
			continue
		}
		delete(byNo, w["no"])
		if !same(x.Title, w["title"]) {
			t.Logf("task %s: title %s for %s", w["no"], x.Title, w["title"])
			continue
		}
		found++
		if x.Lead == w["lead_unit"] && strings.Join(x.Units, ";") == w["units"] {
			right++
		} else {
			t.Logf("task %s: %s | %s for %s | %s", w["no"], x.Lead, strings.Join(x.Units, ";"), w["lead_unit"], w["units"])
		}
	}
	for no, x := range byNo {
		t.Logf("task besides: %s %s", no, x.Title)
	}
	return found, right
}
