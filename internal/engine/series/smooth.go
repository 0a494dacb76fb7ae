package series

// Bounds of the weight of the newest value, as in the R package forecast.
const (
	lightest = 1e-4
	heaviest = .9999
)

// smoothed is simple exponential smoothing: level += alpha × (value − level).
type smoothed struct {
	alpha, start, level float64
	errors              []float64 // one step ahead
	square              float64   // sum of the squared errors
}

// smooth runs over a series with a weight, from the start that makes the squared errors smallest: the errors are straight lines in the
// start, so it follows at once.
func smooth(y []float64, alpha float64) smoothed {
	var level, top, bottom float64
	w := 1.0
	for _, v := range y {
		top += w * (v - level)
		bottom += w * w
		level += alpha * (v - level)
		w *= 1 - alpha
	}
	s := smoothed{alpha: alpha, start: top / bottom, errors: make([]float64, len(y))}
	s.level = s.start
	for i, v := range y {
		e := v - s.level
		s.errors[i] = e
		s.square += e * e
		s.level += alpha * e
	}
	return s
}

// bestSmooth finds the weight with the smallest squared errors: a walk over the whole range, then a golden section around its best place.
func bestSmooth(y []float64) smoothed {
	const steps = 50
	at := func(i int) float64 { return lightest + (heaviest-lightest)*float64(i)/steps }
	best := smooth(y, at(0))
	place := 0
	for i := 1; i <= steps; i++ {
		if s := smooth(y, at(i)); s.square < best.square {
			best, place = s, i
		}
	}
	lo, hi := at(max(place-1, 0)), at(min(place+1, steps))
	const golden = .6180339887498949
	for hi-lo > 1e-7 {
		a, b := smooth(y, hi-golden*(hi-lo)), smooth(y, lo+golden*(hi-lo))
		if a.square <= b.square {
			hi = b.alpha
		} else {
			lo = a.alpha
		}
		for _, s := range []smoothed{a, b} {
			if s.square < best.square {
				best = s
			}
		}
	}
	return best
}
