package allocate

import (
	"errors"
	"hash/fnv"
	"math/rand/v2"
	"slices"
)

// Exposure is one recommendation as it was shown, with how probable that was under the policy that showed it. Kept for
// every pair shown, it lets another policy be judged on the same past without bias (inverse propensity weighting).
type Exposure struct {
	Seeker, Vacancy int64
	Rank            int     // from 1
	Policy          string  // version of what decided
	Probability     float64 // that this pair was shown in this run, over 0 to 1
}

// Explorer shows an allocation to most people and, to a share of them drawn by lot, recommendations drawn at random from
// their own lists. Without some chance for every pair nothing can be learnt about those that a policy never shows.
type Explorer struct {
	Policy          string
	Share           float64 // of people with random recommendations, 0 to 1; 0.02 costs little and is enough to learn from
	Recommendations int     // most shown; of a plan with more, the first ones
	Seed            uint64  // of the run
}

// Show gives seeker i's recommendations with their probabilities. Who is drawn depends on the run's seed and the seeker's
// ID alone.
func (e Explorer) Show(s *Solution, i int) []Exposure {
	m := s.Market
	id := m.seekers[i].ID
	a, z := m.start[i], m.start[i+1]
	planned := s.pairs[s.start[i]:s.start[i+1]]
	planned = planned[:min(len(planned), max(0, e.Recommendations))]
	shown := planned
	r := rand.New(rand.NewPCG(e.Seed, hashed(e.Policy)^uint64(id)))
	n := min(e.Recommendations, int(z-a))
	if r.Float64() < e.Share {
		shown = nil
		for _, k := range r.Perm(int(z - a))[:n] {
			shown = append(shown, a+int32(k))
		}
	}
	out := make([]Exposure, len(shown))
	for k, p := range shown {
		out[k] = Exposure{Seeker: id, Vacancy: m.vacancies[m.to[p]].ID, Rank: k + 1, Policy: e.Policy, Probability: e.Share * float64(n) / float64(z-a)}
		if slices.Contains(planned, p) {
			out[k].Probability += 1 - e.Share
		}
	}
	return out
}

func hashed(text string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(text)) // never fails
	return h.Sum64()
}

// Judge estimates the total outcome (hires, or benefit of hires) that another policy would have had over the same people:
// outcome is what came of an exposure, would is the probability that the other policy shows the same pair. The estimate is
// unbiased when every pair that the other policy may show had a chance.
func Judge(past []Exposure, outcome, would func(Exposure) float64) (total float64, err error) {
	for _, e := range past {
		if !(e.Probability > 0 && e.Probability <= 1) {
			return 0, errors.New("曝光记录缺少概率：概率应大于 0、不超过 1")
		}
		total += outcome(e) * would(e) / e.Probability
	}
	return total, nil
}
