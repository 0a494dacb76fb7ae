//go:build evaluate

package plan

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"jiuye/internal/register/indicator"
)

// unemployed is how many were unemployed in the states of the USA from January of a year on, in hundreds, over 80 months; as if they were events.
func unemployed(t *testing.T, first int) (f family) {
	file, err := os.Open(filepath.Join(shared(t), "evaluation", "series", "labour", "us-states-monthly-nsa-1976-2000.csv"))
	must(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	must(t, err)
	by := map[string]*course{}
	for _, r := range rows[1:] { // month after month
		c := by[r[1]]
		if c == nil {
			c = &course{of: Of(NewUrban), area: r[1], first: indicator.Period(first*100 + 1), seed: seedOf(r[1], "")}
			by[r[1]], f = c, append(f, c)
		}
		year, err := strconv.Atoi(r[2])
		must(t, err)
		n, err := strconv.ParseFloat(r[9], 64)
		must(t, err)
		if year >= first && len(c.values) < 80 {
			c.values = append(c.values, float64(int(n/100)))
		}
	}
	return f
}

// TestEvaluateOutlookOnStates makes year-end forecasts of a register that is not our own: the business cycle goes through it, levels drift for years.
func TestEvaluateOutlookOnStates(t *testing.T) {
	for _, first := range []int{1977, 1985, 1993} {
		v := unemployed(t, first).coverage(first + 6)
		t.Logf("%d to %d: %d forecasts, in the interval %.2f, width %.3f, error %.3f, score %.3f, Brier %.3f", first+2, first+5, v.Forecasts, v.Share(), v.Width, v.Error, v.Score, v.Brier)
		for _, b := range v.Bins {
			t.Logf("    said %.2f, happened %.2f of %d", b.Said, share(float64(b.Happened), b.Asked), b.Asked)
		}
		if v.Share() < .65 || v.Share() > .92 || v.Forecasts != 612 {
			t.Errorf("intervals of 80 %% hold %.2f of %d", v.Share(), v.Forecasts)
		}
	}
}
