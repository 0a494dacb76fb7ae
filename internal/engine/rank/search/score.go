package search

import (
	"cmp"
	"math"
	"slices"
)

// Weights. Scores are whole numbers, a thousandth of BM25's.
const (
	saturation      = 2.0 // k1
	lengthInfluence = 0.4 // b, for titles; other fields' lengths do not matter
	meaningWeight   = 4.0
	inTitleBonus    = 1500 // for a text in one piece
	bonus           = 700  // the same elsewhere
	freshest        = 800  // posted today
	freshHalf       = 30   // days in which freshness halves
)

// fieldWeights are for anywhere, title, occupation, employer: bits 0 to 3 of a mask of fields.
var fieldWeights = [4]float64{1, 6, 2.5, 1}

// lengthClass sorts titles by their length in characters.
func lengthClass(n int) uint8 {
	for class, most := range []int{5, 9, 14} {
		if n <= most {
			return uint8(class)
		}
	}
	return 3
}

// saturated is BM25's part of a term that stands in a mask of fields, by class of the title's length, in 1/1024.
var saturated = func() (table [16][4]int64) {
	for class, length := range []float64{4, 7, 11, 18} {
		norm := 1 - lengthInfluence + lengthInfluence*length/9
		for mask := range table {
			tf := 0.0
			for field, w := range fieldWeights {
				if mask&(1<<field) == 0 {
					continue
				}
				if field == 1 {
					w /= norm
				}
				tf += w
			}
			table[mask][class] = int64(1024 * tf * (saturation + 1) / (saturation + tf))
		}
	}
	return table
}()

// freshness by age in days; older is 0.
var freshness = func() (table [365]int32) {
	for age := range table {
		table[age] = int32(freshest * math.Exp2(-float64(age)/freshHalf))
	}
	return table
}()

func fresh(posted, today int32) int32 {
	age := max(today-posted, 0)
	if int(age) >= len(freshness) {
		return 0
	}
	return freshness[age]
}

// rarity is BM25's inverse document frequency, in thousandths.
func rarity(n, df int) int32 {
	return int32(1000 * math.Log(1+(float64(max(n-df, 0))+0.5)/(float64(df)+0.5)))
}

// manyTerms is how many terms are weighed; a question has seldom more than ten.
const manyTerms = 48

// weigh lists what is weighed of a plan's words.
func (p *planner) weigh() {
	total := 0
	for _, part := range p.view.parts {
		total += part.seg.n
	}
	at := map[uint64]int{}
	words := func(list []clause, required bool) {
		for _, c := range list {
			for _, pc := range c.pieces {
				for i := range pc {
					if a := &pc[i]; a.filter != nil {
						n := 0
						for _, part := range p.view.parts {
							n += part.seg.about(a.filter)
						}
						p.plan.means = append(p.plan.means, meaning{a.filter, int32(meaningWeight * float64(rarity(total, n)))})
						continue
					}
					given := required && len(pc) == 1
					for j, t := range pc[i].keys {
						if overlapped(pc[i].keys, j) {
							continue
						}
						if j, seen := at[t]; seen {
							p.plan.terms[j].given = p.plan.terms[j].given || given
						} else if len(at) < manyTerms {
							at[t] = len(p.plan.terms)
							p.plan.terms = append(p.plan.terms, term{t, given, rarity(total, p.view.frequency(key(inText, t)))})
						}
					}
				}
			}
		}
	}
	words(p.plan.must[p.plan.words:], true)
	words(p.plan.maybe, false)
}

// overlapped reports whether a pair of characters is weighed with its neighbours: of 道路 路货 货运 the second.
func overlapped(keys []uint64, i int) bool {
	chain := func(a, b uint64) bool { return a&(1<<59) == 0 && a&(1<<21-1) != 0 && a&(1<<21-1) == b>>21 }
	from := i
	for from > 0 && chain(keys[from-1], keys[from]) {
		from--
	}
	return (i-from)%2 == 1 && i+1 < len(keys) && chain(keys[i], keys[i+1])
}

// about is how many vacancies a filter of one thing has, where that is quickly said; otherwise a tenth.
func (s *segment) about(f *Filter) (n int) {
	for _, a := range f.Areas {
		n += s.frequency(key(ofArea, digits(a)))
	}
	for _, o := range f.Occupations {
		n += s.frequency(key(ofOccupation, occupationTerm(o)))
	}
	for i := range flagCount {
		if f.Flags&(1<<i) != 0 {
			n += s.frequency(key(ofFlag, uint64(i)))
		}
	}
	if n == 0 {
		n = s.n / 10
	}
	return min(n, s.n)
}

// ranked is a vacancy's place in the order.
type ranked struct {
	score  int32
	posted int32
	id     int64
}

func (a ranked) compare(b ranked) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.posted, a.posted), cmp.Compare(b.id, a.id))
}

// top keeps the best of what comes after a place in the order.
type top struct {
	limit int
	list  []ranked // best first
	after *ranked
}

// wants reports whether a vacancy, or anything no better than it, could be among the best.
func (t *top) wants(r ranked) bool {
	return len(t.list) < t.limit || t.limit > 0 && r.compare(t.list[len(t.list)-1]) < 0
}

// passed reports whether a vacancy comes before the place where the list begins.
func (t *top) passed(r ranked) bool { return t.after != nil && r.compare(*t.after) <= 0 }

func (t *top) put(r ranked) {
	if !t.wants(r) || t.passed(r) {
		return
	}
	i, _ := slices.BinarySearchFunc(t.list, r, ranked.compare)
	if len(t.list) == t.limit {
		t.list = t.list[:t.limit-1]
	}
	t.list = slices.Insert(t.list, i, r)
}
