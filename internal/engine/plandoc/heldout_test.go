package plandoc_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/engine/plandoc/answer"
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
	var total answer.Score
	names, _ := filepath.Glob("testdata/heldout/" + set + "*.txt")
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, _, _ := strings.Cut(filepath.Base(name), "_")
		d := plandoc.Read(plandoc.FromLines(filepath.Base(name), string(raw)))
		t.Logf("== %s %q %d–%d", doc, d.Title, d.First, d.Last)
		total = total.Add(answer.Measure(d, answer.Of(indicators, doc), answer.Of(tasks, doc), t.Logf))
	}
	reaches(t, total)
}

// reaches holds a reading to what the issue asks: 97 % right with their quotes, at most 3 % false, every task with its units.
func reaches(t *testing.T, s answer.Score) {
	t.Helper()
	t.Logf("indicators: %d of %d all right, %d with their quotes, %d of these to the letter, %d false; tasks: %d of %d found, %d with their units",
		s.Right, s.Indicators, s.Quoted, s.Letter, s.False, s.Found, s.Tasks, s.Led)
	if s.Indicators == 0 || s.Quoted*100 < s.Indicators*97 {
		t.Errorf("indicators right: %d of %d, wanted 97 %%", s.Quoted, s.Indicators)
	}
	if s.False*100 > s.Indicators*3 {
		t.Errorf("false indicators: %d of %d, wanted at most 3 %%", s.False, s.Indicators)
	}
	if s.Led != s.Tasks {
		t.Errorf("tasks with title, lead and units: %d of %d", s.Led, s.Tasks)
	}
}

func answers(t *testing.T, path string) []answer.Row {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := answer.Read(f)
	if err != nil {
		t.Fatal(path, err)
	}
	return rows
}

func cumulative(x plandoc.Indicator) string {
	if x.Cumulative {
		return "yes"
	}
	return "no"
}
