//go:build evaluate

package plandoc_test

import (
	"os"
	"path/filepath"
	"testing"

	"jiuye/internal/engine/plandoc"
)

// read reads one of the documents under JIUYE_SHARED/seeds as a plain text.
func read(t *testing.T, doc string) plandoc.Draft {
	t.Helper()
	shared := os.Getenv("JIUYE_SHARED")
	if shared == "" {
		t.Fatal("JIUYE_SHARED is not set")
	}
	names, _ := filepath.Glob(filepath.Join(shared, "seeds", doc+"_*.txt"))
	if len(names) != 1 {
		t.Fatalf("no document %s under %s", doc, shared)
	}
	raw, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return plandoc.Read(plandoc.FromLines(filepath.Base(names[0]), string(raw)))
}

func TestEvaluatePlanDocuments(t *testing.T) {
	base := filepath.Join(os.Getenv("JIUYE_SHARED"), "evaluation", "plan-documents")
	indicators := answers(t, filepath.Join(base, "indicators-000-002.csv"))
	tasks := answers(t, filepath.Join(base, "tasks-000-002.csv"))
	var total score
	wantTasks, found, right := 0, 0, 0
	for _, doc := range []string{"000", "002"} {
		d := read(t, doc)
		var mine, mineTasks []map[string]string
		for _, w := range indicators {
			if w["doc"] == doc {
				mine = append(mine, w)
			}
		}
		for _, w := range tasks {
			if w["doc"] == doc {
				mineTasks = append(mineTasks, w)
			}
		}
		s := measure(t, d, mine)
		total.want, total.right, total.extra, total.quotes = total.want+s.want, total.right+s.right, total.extra+s.extra, total.quotes+s.quotes
		f, r := measureTasks(t, d, mineTasks)
		wantTasks, found, right = wantTasks+len(mineTasks), found+f, right+r
		t.Logf("%s: %q %d–%d, %d paragraphs, %d warnings", doc, d.Title, d.First, d.Last, len(d.Paragraphs), len(d.Warnings))
	}
	t.Logf("indicators: %d of %d all right, %d quotes to the letter, %d besides", total.right, total.want, total.quotes, total.extra)
	t.Logf("tasks: %d of %d found, %d with their units", found, wantTasks, right)
	if total.right*100 < total.want*97 {
		t.Errorf("indicators all right: %d of %d, wanted 97 %%", total.right, total.want)
	}
	if total.extra*100 > total.want*3 {
		t.Errorf("false indicators: %d of %d, wanted at most 3 %%", total.extra, total.want)
	}
	if found != wantTasks || right != wantTasks {
		t.Errorf("tasks: %d found, %d with their units, of %d", found, right, wantTasks)
	}
}
