package answer

import (
	"maps"
	"slices"
	"strings"

	"jiuye/internal/engine/plandoc"
)

// Score counts a reading against the answers.
type Score struct {
	Indicators int // answers
	Right      int // all of name, value, base, years, unit, comparator, cumulative and attribute as answered
	Quoted     int // right, and the quote is the one answered
	Letter     int // quotes the same to the letter
	False      int // read, and answered by nobody
	Tasks      int // answers
	Found      int // tasks with the title answered, or one of the two begins the other
	Led        int // found, with the lead unit and the units answered
	Exact      int // led, and number and title are written as answered
	MoreTasks  int // tasks read, and answered by nobody
}

// Add gives the sum of two scores.
func (s Score) Add(o Score) Score {
	return Score{s.Indicators + o.Indicators, s.Right + o.Right, s.Quoted + o.Quoted, s.Letter + o.Letter, s.False + o.False,
		s.Tasks + o.Tasks, s.Found + o.Found, s.Led + o.Led, s.Exact + o.Exact, s.MoreTasks + o.MoreTasks}
}

// Measure holds a reading against the answers for its document; say is told each difference.
func Measure(d plandoc.Draft, indicators, tasks []Row, say func(format string, args ...any)) Score {
	s := Score{Indicators: len(indicators), Tasks: len(tasks)}
	used := make([]bool, len(d.Indicators))
	for _, w := range indicators {
		best := nearest(d.Indicators, used, w)
		if best < 0 {
			say("not found: %s %s%s | %s", w["indicator"], w["target_value"]+w["done_2020"], w["unit"], w["quote"])
			continue
		}
		used[best] = true
		x := d.Indicators[best]
		bad := differences(x, w)
		if same(x.Quote, w["quote"]) {
			s.Letter++
		}
		if len(bad) == 0 {
			s.Right++
			if quoted(x.Quote, w["quote"]) {
				s.Quoted++
			} else {
				say("quote: %s: %s for %s", w["indicator"], x.Quote, w["quote"])
			}
			continue
		}
		say("wrong: %s: %s | %s", w["indicator"], strings.Join(bad, "; "), x.Quote)
	}
	for i, x := range d.Indicators {
		if !used[i] {
			s.False++
			say("false: [%s] %s %s%s %s %s | %s", x.Place.Section, x.Name, x.TargetValue+x.Done, x.Unit, x.Comparator, x.TargetYear, x.Quote)
		}
	}
	s.tasks(d.Tasks, tasks, say)
	return s
}

// nearest is the place of the unused indicator that most of an answer's fields agree with; -1 if none has its name or quote.
func nearest(read []plandoc.Indicator, used []bool, w Row) int {
	best, most := -1, 0
	for i, x := range read {
		if used[i] || !alike(x.Name, w["indicator"]) && !quoted(x.Quote, w["quote"]) {
			continue
		}
		n := 1
		for _, hit := range []bool{same(x.Name, w["indicator"]), x.TargetValue == w["target_value"], x.BaseValue == w["base_value"], x.Done == w["done_2020"],
			quoted(x.Quote, w["quote"]), same(x.Quote, w["quote"]), x.TargetYear == w["target_year"]} {
			if hit {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	return best
}

func differences(x plandoc.Indicator, w Row) []string {
	total := "no"
	if x.Cumulative {
		total = "yes"
	}
	var bad []string
	for _, f := range []struct{ what, got, want string }{
		{"value", x.TargetValue, w["target_value"]},
		{"base", x.BaseValue, w["base_value"]},
		{"base year", x.BaseYear, w["base_year"]},
		{"earlier", x.EarlierTarget, w["plan13_target"]},
		{"done", x.Done, w["done_2020"]},
		{"year", x.TargetYear, w["target_year"]},
		{"unit", x.Unit, w["unit"]},
		{"comparator", x.Comparator, w["comparator"]},
		{"cumulative", total, w["cumulative"]},
		{"attribute", x.Attribute, w["attribute"]},
	} {
		if f.got != f.want {
			bad = append(bad, f.what+": "+f.got+" for "+f.want)
		}
	}
	if !alike(x.Name, w["indicator"]) {
		bad = append(bad, "name: "+x.Name+" for "+w["indicator"])
	}
	return bad
}

// tasks counts the tasks found by their numbers (（1）, (1) and 1 are one; the title tells apart what has the same number), with
// title, and with lead and units.
func (s *Score) tasks(read []plandoc.Task, want []Row, say func(string, ...any)) {
	byNo := map[string][]plandoc.Task{}
	for _, x := range read {
		byNo[bare(x.No)] = append(byNo[bare(x.No)], x)
	}
	for _, w := range want {
		no := bare(w["no"])
		if len(byNo[no]) == 0 {
			say("task not found: %s %s", w["no"], w["title"])
			continue
		}
		at := max(0, slices.IndexFunc(byNo[no], func(x plandoc.Task) bool { return same(x.Title, w["title"]) }))
		x := byNo[no][at]
		byNo[no] = slices.Delete(byNo[no], at, at+1)
		if !same(x.Title, w["title"]) && !begins(x.Title, w["title"]) {
			say("task %s: title %s for %s", w["no"], x.Title, w["title"])
			continue
		}
		s.Found++
		if units := strings.Join(x.Units, ";"); x.Lead != w["lead_unit"] || units != w["units"] {
			say("task %s: %s | %s for %s | %s", w["no"], x.Lead, units, w["lead_unit"], w["units"])
			continue
		}
		s.Led++
		if x.No == w["no"] && same(x.Title, w["title"]) {
			s.Exact++
		}
	}
	for _, no := range slices.Sorted(maps.Keys(byNo)) {
		s.MoreTasks += len(byNo[no])
		for _, x := range byNo[no] {
			say("task besides: %s %s", x.No, x.Title)
		}
	}
}

// begins reports whether one title is how the other begins: an item that is one sentence is named by its first clause or whole.
func begins(a, b string) bool {
	a, b = plainer.Replace(a), plainer.Replace(b)
	return min(len(a), len(b)) >= 12 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a))
}

// bare is a number without its brackets.
func bare(no string) string { return strings.Trim(plainer.Replace(no), "()、.") }
