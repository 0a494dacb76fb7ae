//go:build evaluate

package app

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"jiuye/internal/register/indicator"
)

// The same walk with the plan that Alxa really printed: what is in force then are the targets of its box 2.
func TestEvaluateAlxasPlanFromItsDocumentToTheBriefing(t *testing.T) {
	dir := os.Getenv("JIUYE_SHARED")
	if dir == "" {
		t.Fatal("JIUYE_SHARED does not name the folder with evaluation/ and seeds/")
	}
	files, err := filepath.Glob(filepath.Join(dir, "seeds", "001_*.txt"))
	if err != nil || len(files) != 1 {
		t.Fatalf("document 001: %v %v", files, err)
	}
	w := newPlanning(t)
	id := w.confirm(files[0], "城镇新增就业", "〔12500〕")
	read, err := w.app.Indicators.PlanTargets(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	_, printed, _ := indicator.Printed()
	for _, want := range printed {
		if want.Plan != "001" || want.Area != demoLeague {
			continue
		}
		found := false
		for _, got := range read {
			found = found || got.Indicator == want.Indicator && got.Year == want.Year && got.Value == want.Value && got.Comparator == want.Comparator && got.Cumulative == want.Cumulative
		}
		if !found {
			t.Errorf("%s for %d was not read as it is printed: %+v", want.Indicator, want.Year, want)
		}
	}
	w.dispatch()
	w.press()
	w.brief()
}
