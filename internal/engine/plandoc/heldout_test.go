package plandoc_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/engine/plandoc"
)

// The documents of testdata/heldout were made up, with their answers, before the reader was first run on them (docs/plan.md has
// those first figures): other areas, other layouts, other words.
func TestReadsDocumentsOfOtherAreasAndLayouts(t *testing.T) {
	readHeldOut(t, "1", "testdata/heldout/indicators.csv", "testdata/heldout/tasks.csv")
}

func TestReadsASecondSetOfDocumentsNeverSeen(t *testing.T) {
	readHeldOut(t, "2", "testdata/heldout/indicators2.csv", "testdata/heldout/tasks2.csv")
}

func TestReadsAThirdSetOfDocumentsNeverSeen(t *testing.T) {
	readHeldOut(t, "3", "testdata/heldout/indicators3.csv", "testdata/heldout/tasks3.csv")
}

func TestReadsAFourthSetOfDocumentsNeverSeen(t *testing.T) {
	readHeldOut(t, "4", "testdata/heldout/indicators4.csv", "testdata/heldout/tasks4.csv")
}

func TestReadsAFifthSetOfDocumentsNeverSeen(t *testing.T) {
	readHeldOut(t, "5", "testdata/heldout/indicators5.csv", "testdata/heldout/tasks5.csv")
}

func readHeldOut(t *testing.T, set, indicatorFile, taskFile string) {
	t.Helper()
	indicators, tasks := answers(t, indicatorFile), answers(t, taskFile)
	var total score
	wantTasks, found, right := 0, 0, 0
	names, _ := filepath.Glob("testdata/heldout/" + set + "*.txt")
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
	if total.right*100 < total.want*97 || total.extra*100 > total.want*3 {
		t.Error("indicators below 97 % right, or above 3 % false")
	}
	if right != wantTasks {
		t.Error("not every task has its title, lead and units")
	}
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
