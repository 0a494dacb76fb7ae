package allocate

import "math"

// A vacancy's charge for the k-th person sent there: the mean value of those who could be sent, times the chance that
// the people before already fill every opening. It never falls with k.
//
// A curve is that chance by k, for a number of openings and a chance of being hired; people are taken as independent.
// It depends on nothing else, so markets need few of them.
type curves map[curveKey][]float32

type curveKey struct {
	openings int
	chance   int // in steps of 1/chanceSteps
}

const chanceSteps = 128

// of is the curve for the first n people: of[k] is the chance that k people fill all openings.
func (c curves) of(openings int, chance float64, n int) []float32 {
	key := curveKey{openings, int(math.Round(chance * chanceSteps))}
	if have := c[key]; len(have) >= n {
		return have
	}
	curve := filled(openings, float64(key.chance)/chanceSteps, max(n, 2*len(c[key])))
	c[key] = curve
	return curve
}

// filled is the chance that k people, each hired with the same chance, fill all openings, for k from 0 to n−1.
func filled(openings int, chance float64, n int) []float32 {
	out := make([]float32, n)
	hired := make([]float64, openings) // hired[h]: chance that exactly h are hired, so far fewer than all
	if openings > 0 {
		hired[0] = 1
	}
	full := 0.0
	if openings == 0 {
		full = 1
	}
	for k := range out {
		out[k] = float32(full)
		if openings == 0 {
			continue
		}
		full = min(1, full+hired[openings-1]*chance)
		for h := min(k+1, openings-1); h > 0; h-- {
			hired[h] = hired[h]*(1-chance) + hired[h-1]*chance
		}
		hired[0] *= 1 - chance
	}
	return out
}

// ExpectedHires is how many of these people, sent to so many openings, are hired on average: each is good enough with
// their own chance, independently, and no more than the openings are hired.
func ExpectedHires(openings int, chances []float64) float64 {
	if openings <= 0 {
		return 0
	}
	hired := make([]float64, openings+1)
	hired[0] = 1
	for _, p := range chances {
		hired[openings] += hired[openings-1] * p
		for h := openings - 1; h > 0; h-- {
			hired[h] = hired[h]*(1-p) + hired[h-1]*p
		}
		hired[0] *= 1 - p
	}
	sum := 0.0
	for h, p := range hired {
		sum += float64(h) * p
	}
	return sum
}
