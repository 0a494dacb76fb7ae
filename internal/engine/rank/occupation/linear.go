package occupation

import (
	"math"
	"math/rand/v2"
)

// example is one text with its class by number, and how much it counts.
type example struct {
	terms  []term
	class  int32
	weight float32
}

// linear is a multinomial logistic regression whose weights exist only where a feature and a class met in training, which
// keeps a thousand classes small and fast.
type linear struct {
	bias []float32
	rows [][]link // by feature
}

type link struct {
	class  int32
	weight float32
	sum    float32 // of squared gradients
	mean   float32 // over the second half of training
}

// fit says how a regression is trained: rounds, step, weight decay, and the share of features hidden at each look, which
// keeps single sequences from being trusted too much.
type fit struct {
	epochs      int
	rate, decay float32
	hide        float32
	seed        uint64
}

// learn trains by stochastic gradients with steps by AdaGrad; the weights are means over the second half.
func learn(list []example, features, classes int, f fit) *linear {
	m := &linear{bias: make([]float32, classes), rows: make([][]link, features)}
	m.meet(list)
	t := &training{
		fit: f, linear: m, random: rand.New(rand.NewPCG(f.seed, 7)),
		scores: make([]float32, classes), stamp: make([]int32, classes), rest: make([]float32, classes), sums: make([]float32, classes),
	}
	order := t.random.Perm(len(list))
	for epoch := range f.epochs {
		t.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		t.begin()
		for _, i := range order {
			t.step(&list[i])
		}
		if epoch >= f.epochs/2 {
			m.each(func(l *link) { l.mean += l.weight })
		}
	}
	n := float32(max(f.epochs-f.epochs/2, 1))
	m.each(func(l *link) { l.weight = l.mean / n })
	return m
}

// meet makes a weight for every feature and class that meet, and a bias for every class from how often it is.
func (m *linear) meet(list []example) {
	seen := map[[2]int32]bool{}
	total := float32(1)
	for _, e := range list {
		m.bias[e.class] += e.weight
		total += e.weight
		for _, t := range e.terms {
			if key := [2]int32{t.id, e.class}; !seen[key] {
				seen[key] = true
				m.rows[t.id] = append(m.rows[t.id], link{class: e.class, sum: 1e-6})
			}
		}
	}
	for c, n := range m.bias {
		m.bias[c] = 0.7 * float32(math.Log(float64((n+0.1)/total)))
	}
}

func (m *linear) each(do func(l *link)) {
	for _, row := range m.rows {
		for k := range row {
			do(&row[k])
		}
	}
}

// training is the scratch of one run.
type training struct {
	fit
	*linear
	random       *rand.Rand
	scores, rest []float32 // by class; rest is what the biases alone give
	all          float32   // the sum of rest
	sums         []float32 // of squared gradients of the biases
	stamp        []int32   // the round in which a class was last touched
	round        int32
	touched      []int32
	kept         []term
}

func (t *training) begin() {
	t.all = 0
	for c, b := range t.bias {
		t.rest[c] = exp(b)
		t.all += t.rest[c]
	}
}

// step is one look at one text: only classes that its features have met are reckoned, the others keep their bias.
func (t *training) step(e *example) {
	terms := t.show(e.terms)
	t.round++
	t.touched = t.touched[:0]
	sum := t.all
	for _, f := range terms {
		for _, l := range t.rows[f.id] {
			if t.stamp[l.class] != t.round {
				t.stamp[l.class] = t.round
				t.scores[l.class] = t.bias[l.class]
				t.touched = append(t.touched, l.class)
				sum -= t.rest[l.class]
			}
			t.scores[l.class] += l.weight * f.weight
		}
	}
	sum = max(sum, 0)
	for _, c := range t.touched {
		t.scores[c] = exp(t.scores[c])
		sum += t.scores[c]
	}
	if sum == 0 {
		return
	}
	for _, c := range t.touched {
		t.scores[c] *= e.weight / sum
	}
	t.scores[e.class] -= e.weight
	for _, f := range terms {
		row := t.rows[f.id]
		for k := range row {
			l := &row[k]
			if g := t.scores[l.class]; g > 2e-4 || g < -2e-4 {
				g = g*f.weight + t.decay*l.weight
				l.sum += g * g
				l.weight -= t.rate * g / float32(math.Sqrt(float64(l.sum)))
			}
		}
	}
	for _, c := range t.touched {
		if g := t.scores[c]; g > 1e-3 || g < -1e-3 {
			t.sums[c] += g * g
			t.bias[c] -= 0.1 * g / float32(math.Sqrt(float64(1+t.sums[c])))
		}
	}
}

// show hides a share of the features.
func (t *training) show(terms []term) []term {
	t.kept = t.kept[:0]
	for _, f := range terms {
		if t.random.Float32() >= t.hide {
			t.kept = append(t.kept, f)
		}
	}
	if len(t.kept) == 0 {
		return terms
	}
	return t.kept
}

// exp is e to the x to five digits, many times as fast as math.Exp, and 0 below -20.
func exp(x float32) float32 {
	if x < -20 {
		return 0
	}
	x = min(x, 80) * 1.44269504
	whole := float32(math.Floor(float64(x)))
	r := x - whole
	p := 1 + r*(0.6931472+r*(0.2402265+r*(0.0555041+r*(0.0096181+r*0.0013334))))
	return p * math.Float32frombits(uint32(int32(whole)+127)<<23)
}

func (m *linear) scores(terms []term, into []float32) {
	copy(into, m.bias)
	for _, t := range terms {
		for _, l := range m.rows[t.id] {
			into[l.class] += l.weight * t.weight
		}
	}
}

// posterior is scores as probabilities.
func (m *linear) posterior(terms []term, into []float32) {
	m.scores(terms, into)
	softmax(into)
}

func softmax(s []float32) {
	if len(s) == 0 {
		return
	}
	top := s[0]
	for _, x := range s {
		top = max(top, x)
	}
	sum := float32(0)
	for i, x := range s {
		s[i] = exp(x - top)
		sum += s[i]
	}
	for i := range s {
		s[i] /= sum
	}
}
