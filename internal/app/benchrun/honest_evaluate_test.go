//go:build evaluate

package benchrun

import (
	"os"
	"path/filepath"
	"testing"
)

// What issue 6 asks: at most one honest area and year in a hundred is asked about, and of falsified ones so many are.
func TestEvaluateHonest(t *testing.T) {
	dir := os.Getenv("JIUYE_SHARED")
	if dir == "" {
		t.Fatal("JIUYE_SHARED does not name the folder with evaluation/")
	}
	list, err := HonestReports(Honesty{Panels: 10, States: filepath.Join(dir, "evaluation/series/labour/us-states-monthly-nsa-1976-2000.csv")})
	if err != nil {
		t.Fatal(err)
	}
	must := map[string]float64{"the year before × 1.05": .95, "rounded to tens": .95, "a part changed, the sum not": .95, "inflated by 20 %": .80}
	for _, r := range list {
		if r.FalseFlags > .01 {
			t.Errorf("%s, register %v: %.2f %% of honest years have a finding", r.Panel, r.Register, 100*r.FalseFlags)
		}
		for _, l := range r.Lines {
			need := must[l.Fraud]
			if r.Register && l.Fraud == "inflated by 20 %" {
				need = .99
			}
			if l.Recall < need {
				t.Errorf("%s, register %v, %s: %.3f of %d found, must be %.2f", r.Panel, r.Register, l.Fraud, l.Recall, l.Cases, need)
			}
			t.Logf("%s, register %v, %s: %.3f of %d, AUC %.3f", r.Panel, r.Register, l.Fraud, l.Recall, l.Cases, l.AUC)
		}
	}
}
