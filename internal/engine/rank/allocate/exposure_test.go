package allocate

import (
	"math"
	"testing"
)

// A log of many runs gives back, pair by pair, how often each was shown, and judges a policy that was never run.
func TestThePastJudgesAnotherPolicyWithoutBias(t *testing.T) {
	b := NewMarket([]Vacancy{{ID: 7, Openings: 1}, {ID: 8, Openings: 1}, {ID: 9, Openings: 1}})
	if err := b.Add(Seeker{ID: 5}, []Candidate{{7, .9, 1}, {8, .5, 1}, {9, .1, 1}}); err != nil {
		t.Fatal(err)
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	s := auction(t, m, Options{Recommendations: 1, Invitations: 1})
	const runs = 20000
	hired := map[int64]float64{7: .1, 8: .2, 9: .4} // what nobody knew: the other way round
	shown := map[int64]int{}
	probability := map[int64]float64{}
	var past []Exposure
	for run := range uint64(runs) {
		list := Explorer{Policy: "auction-1", Share: .3, Recommendations: 1, Seed: run}.Show(s, 0)
		for _, e := range list {
			shown[e.Vacancy]++
			probability[e.Vacancy] = e.Probability
		}
		past = append(past, list...)
	}
	for id, want := range map[int64]float64{7: .8, 8: .1, 9: .1} {
		if share := float64(shown[id]) / runs; math.Abs(share-want) > .01 || math.Abs(probability[id]-want) > 1e-12 {
			t.Errorf("vacancy %d: shown in %v of runs, recorded %v, want %v", id, share, probability[id], want)
		}
	}
	total, err := Judge(past, func(e Exposure) float64 { return hired[e.Vacancy] }, func(e Exposure) float64 {
		if e.Vacancy == 9 {
			return 1
		}
		return 0
	})
	if err != nil || math.Abs(total/runs-.4) > .03 {
		t.Errorf("always showing 9 is judged %v a run, %v; want 0.4", total/runs, err)
	}
	if _, err := Judge([]Exposure{{Seeker: 1}}, nil, nil); err == nil {
		t.Error("an exposure without its probability was judged")
	}
}
