package occupation

import "math"

// logit fits one weight a signal so that the right candidates come out likely (a conditional logit), by gradient steps
// with momentum on signals of equal spread.
func logit(groups []group, width, steps int) []float32 {
	spread := spreads(groups, width)
	weights, grad := make([]float64, width), make([]float64, width)
	first, second := make([]float64, width), make([]float64, width)
	for step := 1; step <= steps; step++ {
		clear(grad)
		for _, g := range groups {
			g.pull(weights, grad)
		}
		for k := range weights {
			slope := grad[k]/spread[k]/float64(len(groups)) + 1e-4*weights[k]*spread[k]
			first[k] = 0.9*first[k] + 0.1*slope
			second[k] = 0.99*second[k] + 0.01*slope*slope
			m := first[k] / (1 - math.Pow(0.9, float64(step)))
			v := second[k] / (1 - math.Pow(0.99, float64(step)))
			weights[k] -= 0.05 * m / (math.Sqrt(v) + 1e-8) / spread[k]
		}
	}
	out := make([]float32, width)
	for k, w := range weights {
		out[k] = float32(w)
	}
	return out
}

// pull adds one title's gradient.
func (g *group) pull(weights, grad []float64) {
	p := make([]float64, len(g.rows))
	top, sum := math.Inf(-1), 0.0
	for i, r := range g.rows {
		for k, x := range r {
			p[i] += weights[k] * float64(x)
		}
		top = max(top, p[i])
	}
	for i := range p {
		p[i] = math.Exp(p[i] - top)
		sum += p[i]
	}
	for i, r := range g.rows {
		d := p[i] / sum
		if i == g.right {
			d--
		}
		if d < 1e-5 && d > -1e-5 {
			continue
		}
		for k, x := range r {
			grad[k] += d * float64(x)
		}
	}
}

// spreads are the standard deviations of the signals.
func spreads(groups []group, width int) []float64 {
	mean, square, n := make([]float64, width), make([]float64, width), 0.0
	for _, g := range groups {
		for _, r := range g.rows {
			for k, x := range r {
				mean[k] += float64(x)
				square[k] += float64(x) * float64(x)
			}
			n++
		}
	}
	for k := range mean {
		mean[k] /= max(n, 1)
		square[k] = math.Sqrt(max(square[k]/max(n, 1)-mean[k]*mean[k], 1e-4))
	}
	return square
}
