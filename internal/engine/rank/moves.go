package rank

import "math"

// Move says how often people went from one occupation to another one in their next job.
type Move struct {
	From, To string // codes
	Count    int64
}

// Moves is what is known of moves between occupations. A pair that was seen seldom takes most of its value from the classes
// above it, level by level: the estimate is the mean of a gamma distribution whose prior is the level above (DuMouchel 1999).
type Moves struct {
	pairs    [5]map[[2]code]int64
	from, to [5]map[code]int64
	total    int64
}

// prior is how many expected moves the level above is worth.
const prior = 5

// NewMoves learns from counts. Staying in an occupation, and codes that are not told, are left out.
func NewMoves(list []Move) *Moves {
	m := &Moves{}
	for level := 1; level <= 4; level++ {
		m.pairs[level], m.from[level], m.to[level] = map[[2]code]int64{}, map[code]int64{}, map[code]int64{}
	}
	for _, x := range list {
		a, b := codeOf(x.From), codeOf(x.To)
		if a == b || a == 0 || b == 0 || x.Count <= 0 {
			continue
		}
		m.total += x.Count
		for level := 1; level <= min(a.depth(), b.depth()); level++ {
			m.pairs[level][[2]code{a.up(level), b.up(level)}] += x.Count
			m.from[level][a.up(level)] += x.Count
			m.to[level][b.up(level)] += x.Count
		}
	}
	return m
}

// lift is how much more often than by chance people of one occupation go to the other.
func (m *Moves) lift(a, b code) float64 {
	lift := 1.0
	if m == nil || m.total == 0 {
		return lift
	}
	for level := 1; level <= min(a.depth(), b.depth()); level++ {
		x, y := a.up(level), b.up(level)
		expected := float64(m.from[level][x]) * float64(m.to[level][y]) / float64(m.total)
		lift = (float64(m.pairs[level][[2]code{x, y}]) + float64(prior*lift)) / (expected + prior)
	}
	return lift
}

// points is what having done one occupation is worth for another by the moves alone.
func (m *Moves) points(a, b code) int16 {
	if m == nil || a == b {
		return 0
	}
	return int16(max(0, min(moveMost, math.Round(moveScale*math.Log(m.lift(a, b))))))
}

// Atlas is what is known of occupations as a whole. The zero value and nil know the tree alone.
type Atlas struct {
	Moves *Moves
	Name  func(code string) string // official name of an occupation or class, "" for none
}

func (a *Atlas) moves() *Moves {
	if a == nil {
		return nil
	}
	return a.Moves
}

// name is a class with its code and, where it is known, its name.
func (a *Atlas) name(c code) string {
	if a != nil && a.Name != nil {
		if n := a.Name(c.String()); n != "" {
			return n
		}
	}
	return c.String()
}
