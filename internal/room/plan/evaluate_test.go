//go:build evaluate

package plan

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jiuye/internal/register/indicator"
)

// shared is the folder with the documents and the right answers; without it nothing can be said.
func shared(t *testing.T) string {
	dir := os.Getenv("JIUYE_SHARED")
	if dir == "" {
		t.Fatal("JIUYE_SHARED does not name the folder with evaluation/ and seeds/")
	}
	return dir
}

// answers reads a file of right answers as maps by column.
func answers(t *testing.T, name string) []map[string]string {
	f, err := os.Open(filepath.Join(shared(t), "evaluation", "plan-documents", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, cells := range lines[1:] {
		m := map[string]string{}
		for i, c := range cells {
			m[lines[0][i]] = c
		}
		out = append(out, m)
	}
	return out
}

// bare is a text without blanks and line breaks, which the documents put anywhere.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }

// document is a seed's text without blanks.
func document(t *testing.T, id string) string {
	found, err := filepath.Glob(filepath.Join(shared(t), "seeds", id+"_*.txt"))
	if err != nil || len(found) != 1 {
		t.Fatalf("document %s: %v %v", id, found, err)
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return bare(string(text))
}

func TestEvaluateTheRegionsIndicatorsAreTheDocuments(t *testing.T) {
	n := 0
	plans, _, _ := indicator.Printed()
	for _, want := range answers(t, "indicators-000-002.csv") {
		if want["doc"] != "000" || !strings.HasPrefix(want["table_or_section"], "专栏2 ") {
			continue
		}
		i := slices.IndexFunc(Indicators(), func(i Indicator) bool { return i.Name == want["indicator"] })
		if i < 0 {
			t.Errorf("no indicator %s", want["indicator"])
			continue
		}
		n++
		got := targetOf("15", Index(i))
		target := got.Text
		if got.Comparator != indicator.InWords {
			target = strings.ReplaceAll(Figure(got.Value, got.Unit), ",", "")
		}
		attribute := map[bool]string{true: "约束性", false: "预期性"}[got.Binding]
		cumulative := map[bool]string{true: "yes", false: "no"}[got.Cumulative]
		base := strings.NewReplacer(",", "", "−", "-").Replace(Figure(got.Base, got.Unit))
		for column, value := range map[string]string{"unit": got.Unit, "base_year": year(got.BaseYear), "base_value": base, "target_year": year(got.Year),
			"target_value": target, "cumulative": cumulative, "comparator": got.Comparator, "attribute": attribute, "quote": got.Quote} {
			if bare(want[column]) != bare(value) {
				t.Errorf("%s, %s: ours %q, theirs %q", want["indicator"], column, value, want[column])
			}
		}
		if place := plans[0].Place; place != want["table_or_section"] {
			t.Errorf("place is %q, want %q", place, want["table_or_section"])
		}
	}
	if n != int(count) {
		t.Errorf("%d indicators compared", n)
	}
}

func year(n int) string { return strings.ReplaceAll(Figure(int64(n), "人"), ",", "") }

func TestEvaluateAlxasIndicatorsStandInItsPlan(t *testing.T) {
	text := document(t, "001")
	// The page prints each cell on a line of its own, so a quote without blanks is a run of the text.
	_, targets, _ := indicator.Printed()
	for _, target := range targets {
		if target.Plan != "001" {
			continue
		}
		quote := bare(target.Quote)
		if !strings.Contains(text, quote) {
			t.Errorf("not in document 001: %s", target.Quote)
		}
	}
}

var figure = regexp.MustCompile(`[0-9]+(\.[0-9]+)?[万亿%]?`)

func TestEvaluateTheTasksAreTheDocuments(t *testing.T) {
	text := document(t, "002")
	_, _, tasks := indicator.Printed()
	n := 0
	for _, want := range answers(t, "tasks-000-002.csv") {
		if want["doc"] != "002" {
			continue
		}
		if n == len(tasks) {
			t.Fatal("fewer tasks than the document has")
		}
		got := tasks[n]
		n++
		for column, value := range map[string]string{"no": got.No, "title": got.Title, "lead_unit": got.Lead, "units": strings.Join(got.Units, ";"),
			"deadline": got.Deadline, "quote": got.Quote} {
			if bare(want[column]) != bare(value) {
				t.Errorf("task %s, %s: ours %q, theirs %q", want["no"], column, value, want[column])
			}
		}
		if ours, theirs := figure.FindAllString(strings.Join(got.Deliverables, ";"), -1), figure.FindAllString(want["deliverables"], -1); !slices.Equal(ours, theirs) {
			t.Errorf("task %s, figures of the deliverables: ours %v, theirs %v", want["no"], ours, theirs)
		}
		if !strings.Contains(text, bare(got.Quote)) {
			t.Errorf("task %s: the quote is not in the document", got.No)
		}
	}
	if n != len(tasks) {
		t.Errorf("%d of %d tasks compared", n, len(tasks))
	}
}
