//go:build evaluate

package series

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func rows(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(os.Getenv("JIUYE_SHARED"), "evaluation", "series", path))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return list[1:]
}

func numbers(t *testing.T, fields ...string) (list []float64) {
	t.Helper()
	for _, s := range fields {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, v)
	}
	return list
}

// stride is the mean distance of a value to the one a season ago; in short series to the one before.
func stride(y []float64, season int) float64 {
	if len(y) <= season {
		season = 1
	}
	var sum float64
	n := 0
	for i := season; i < len(y); i++ {
		if d := math.Abs(y[i] - y[i-season]); !math.IsNaN(d) {
			sum += d
			n++
		}
	}
	return sum / float64(n)
}

// TestEvaluateThetaOnM3 forecasts the monthly series as R's thetaf did: no worse on average, and where R found the best
// weight, the same point by point.
func TestEvaluateThetaOnM3(t *testing.T) {
	train, test := map[string][]float64{}, map[string][]float64{}
	for _, r := range rows(t, "m3/m3-monthly-odd.csv") {
		into := train
		if r[5] == "test" {
			into = test
		}
		into[r[0]] = numbers(t, strings.Fields(r[6])...)
	}
	fits := map[string]Fit{"theta": Theta, "thetaf": Thetaf, "seasonal naive": SeasonalNaive, "best": func(y []float64, m int) (Model, error) { return Best(y, m, 18) }}
	for _, name := range []string{"theta", "thetaf", "seasonal naive", "best"} {
		var smape, mase, theirs, theirMASE, n, points, same, near, in80, in95 float64
		for _, r := range rows(t, "m3/r-theta-odd.csv") {
			y, came := train[r[0]], test[r[0]]
			model, err := fits[name](y, 12)
			if err != nil {
				t.Fatal(r[0], err)
			}
			mean := model.Mean(len(came))
			lo80, hi80 := model.Interval(len(came), .8)
			lo95, hi95 := model.Interval(len(came), .95)
			scale := stride(y, 12)
			var s, m float64
			reference := numbers(t, strings.Fields(r[4])...)
			off := 0.0
			for i, v := range came {
				s += 200 * math.Abs(mean[i]-v) / (math.Abs(mean[i]) + math.Abs(v))
				m += math.Abs(mean[i]-v) / scale
				off = max(off, math.Abs(mean[i]-reference[i])/math.Abs(reference[i]))
				points++
				if lo80[i] <= v && v <= hi80[i] {
					in80++
				}
				if lo95[i] <= v && v <= hi95[i] {
					in95++
				}
			}
			smape, mase, n = smape+s/18, mase+m/18, n+1
			rs := numbers(t, r[2], r[3])
			theirs, theirMASE = theirs+rs[0], theirMASE+rs[1]
			if off < 1e-4 {
				same++
			}
			if off < .01 {
				near++
			}
		}
		t.Logf("%-15s sMAPE %.3f (R's thetaf %.3f), MASE %.3f (%.3f); within 0.01 %% of R: %.0f, within 1 %%: %.0f of %.0f series; coverage of 80 %%: %.3f, of 95 %%: %.3f",
			name, smape/n, theirs/n, mase/n, theirMASE/n, same, near, n, in80/points, in95/points)
		if name == "thetaf" && (same < .95*n || smape/n > 14.2) {
			t.Errorf("only %.0f series as R's thetaf has them", same)
		}
		if name == "theta" && (smape/n > 14.12 || mase/n > .877) {
			t.Errorf("worse than it was")
		}
	}
}

// TestEvaluateThetaEqualsR compares forecast and interval with thetaf's of three series with a strong season.
func TestEvaluateThetaEqualsR(t *testing.T) {
	for _, name := range []string{"USAccDeaths", "co2", "nottem"} {
		var y []float64
		for _, r := range rows(t, "ets/input_"+name+".csv") {
			y = append(y, numbers(t, r[1])...)
		}
		list := rows(t, "ets/theta_arima_"+name+".csv")
		model, err := Thetaf(y, 12)
		if err != nil {
			t.Fatal(err)
		}
		mean := model.Mean(len(list))
		lo, hi := model.Interval(len(list), .95)
		var off, wide, theirs float64
		for i, r := range list {
			v := numbers(t, r[1], r[2], r[3])
			off = max(off, math.Abs(mean[i]-v[0])/math.Abs(v[0]))
			wide, theirs = wide+hi[i]-lo[i], theirs+v[2]-v[1]
		}
		t.Logf("%s: largest difference %.2g of the value; our 95 %% interval is %.4f as wide as R's", name, off, wide/theirs)
		if off > 1e-4 {
			t.Errorf("%s differs from R by %g", name, off)
		}
	}
}
