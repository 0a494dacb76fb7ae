package benchrun

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"testing"

	"jiuye/internal/engine/rank/search"
)

func TestTheMarketIsTheSameEveryTime(t *testing.T) {
	a, b := NewMarket().Vacancy(7), NewMarket().Vacancy(7)
	if !reflect.DeepEqual(a, b) || a.Title == "" || len(a.Area) < 9 || len([]rune(a.Body)) < 80 {
		t.Errorf("%+v\n%+v", a, b)
	}
}

func TestAShortMeasurementOfTheSearch(t *testing.T) {
	var out bytes.Buffer
	if err := Search(t.Context(), 3000, 1, &out, true); err != nil {
		t.Fatal(err)
	}
	var r SearchReport
	if err := json.Unmarshal(out.Bytes(), &r); err != nil || r.Questions == 0 || r.FindableMS.Asked == 0 || r.IndexMB <= 0 || len(r.Kinds) != len(marketKinds) {
		t.Errorf("%s: %v", out.String(), err)
	}
}

// The figures beside other engines are in docs/jobs.md; here they must not fall.
func TestTheFirstTenAreWhatWasAskedFor(t *testing.T) {
	m := NewMarket()
	list := make([]search.Vacancy, 8000)
	for i := range list {
		list[i] = m.Vacancy(i)
	}
	ix := search.New(MarketDictionary())
	ix.Add(list...)
	sums, counts := map[string]float64{}, map[string]float64{}
	for _, q := range GradedSet(list, 40) {
		a, err := ix.Search(search.Query{Text: q.Text, Limit: 10, Today: MarketDay})
		if err != nil {
			t.Fatal(err)
		}
		var ideal []int
		for _, g := range q.Grades {
			ideal = append(ideal, g)
		}
		slices.SortFunc(ideal, func(a, b int) int { return b - a })
		got, best := 0.0, 0.0
		for i := range 10 {
			weight := 1 / math.Log2(float64(i+2))
			if hits := append(a.Hits, a.Near...); i < len(hits) {
				got += weight * (math.Exp2(float64(q.Grades[hits[i].ID])) - 1)
			}
			if i < len(ideal) {
				best += weight * (math.Exp2(float64(ideal[i])) - 1)
			}
		}
		sums[q.Kind] += got / best
		counts[q.Kind]++
	}
	for kind, least := range map[string]float64{KnownItem: 0.95, Attributes: 0.92, ByPinyin: 0.97, Misspelt: 0.97} {
		if n := sums[kind] / counts[kind]; n < least {
			t.Errorf("%s: nDCG@10 %.4f, want at least %.2f", kind, n, least)
		}
	}
}
