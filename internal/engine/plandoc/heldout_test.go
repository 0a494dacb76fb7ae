package plandoc_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/engine/plandoc"
)

// heldOut are documents made up for this test before the reader was run on them: other layouts, other words.
func TestReadsDocumentsOfOtherAreasAndLayouts(t *testing.T) {
	indicators := answers(t, "testdata/heldout/indicators.csv")
	tasks := answers(t, "testdata/heldout/tasks.csv")
	var total score
	wantTasks, found, right := 0, 0, 0
	names, _ := filepath.Glob("testdata/heldout/1*.txt")
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, _, _ := strings.Cut(filepath.Base(name), "_")
		d := plandoc.Read(plandoc.FromLines(filepath.Base(name), string(raw)))
		t.Logf("== %s %q %d–%d", doc, d.Title, d.First, d.Last)
		s := measure(t, d, only(indicators, doc))
		f, r := measureTasks(t, d, only(tasks, doc))
		wantTasks, found, right = wantTasks+len(only(tasks, doc)), found+f, right+r
		total.want, total.right, total.extra, total.quotes = total.want+s.want, total.right+s.right, total.extra+s.extra, total.quotes+s.quotes
	}
	t.Logf("indicators: %d of %d all right, %d quotes to the letter, %d besides; tasks %d of %d found, %d with their units",
		total.right, total.want, total.quotes, total.extra, found, wantTasks, right)
}

func only(rows []map[string]string, doc string) []map[string]string {
	var out []map[string]string
	for _, r := range rows {
		if r["doc"] == doc {
			out = append(out, r)
		}
	}
	return out
}
