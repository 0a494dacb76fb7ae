package occupation

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
)

// Labelled is a title with the code that a person gave it.
type Labelled struct {
	Title, Code string
}

// Answer is one occupation that a title may name.
type Answer struct {
	Code, Name string
	Score      float64 // probability that a coder by hand would give this code, 0 to 1
	Why        string  // in Chinese: what speaks for it
}

// Coder codes titles. It never changes: Train and Correct make new ones, so many goroutines may use one.
type Coder struct {
	kit     *kit
	base    *base
	forest  *forest
	reached float32 // share of titles whose right class is among the candidates
	fixes   fixes
	views   *sync.Pool
}

// New makes a coder from a classification alone; without one it takes BuiltIn.
func New(list []Class) *Coder {
	if len(list) == 0 {
		list = BuiltIn()
	}
	k := newKit(list)
	return newCoder(k, newBase(newLexical(k, nil, 0), nil, 0), nil, 0.75)
}

func newCoder(k *kit, b *base, f *forest, reached float32) *Coder {
	return &Coder{kit: k, base: b, forest: f, reached: reached, views: &sync.Pool{New: func() any { return b.view() }}}
}

// Table is the classification.
func (c *Coder) Table() *Table { return c.kit.table }

// few is how many labelled titles it takes to learn how much the models are to be trusted; fewer count as names.
const few = 200

// inner is into how many parts the labelled titles are cut to see what the models say of titles they have not seen.
const inner = 6

// Train makes a coder that has also learnt from labelled titles. Titles whose code the classification lacks are left out and
// counted. The same titles in the same order and the same seed give the same coder. Corrections stay.
func (c *Coder) Train(list []Labelled, seed uint64) (trained *Coder, unknown int) {
	var titles []text
	for _, l := range list {
		class, ok := c.kit.table.at[strings.TrimSpace(l.Code)]
		if !ok {
			unknown++
			continue
		}
		titles = append(titles, text{pieces(l.Title), int32(class), l.Title})
	}
	if len(titles) < few {
		k := *c.kit
		k.daily = append(slices.Clone(k.daily), titles...)
		trained = newCoder(&k, newBase(newLexical(&k, nil, seed), nil, seed), nil, c.reached)
	} else {
		x := newLexical(c.kit, titles, seed)
		base, forest, reached := stack(x, titles, seed)
		trained = newCoder(c.kit, base, forest, reached)
	}
	trained.fixes = trained.fix(c.fixes.list)
	return trained, unknown
}

// stack trains the models on all titles, and learns how to weigh them from what they say of titles they have not seen.
func stack(x *lexical, titles []text, seed uint64) (whole *base, f *forest, reached float32) {
	parts := make([][]group, inner)
	var wait sync.WaitGroup
	wait.Go(func() { whole = newBase(x, titles, seed) })
	for part := range parts {
		wait.Go(func() {
			var known, unseen []text
			for i, t := range titles {
				if i%inner == part {
					unseen = append(unseen, t)
				} else {
					known = append(known, t)
				}
			}
			parts[part] = groupsOf(newBase(x, known, seed+uint64(part)), unseen)
		})
	}
	wait.Wait()
	groups := slices.Concat(parts...)
	reached = float32(len(groups)+1) / float32(len(titles)+1)
	start := logit(groups, signals, 100)
	f = boost(groups, start, growth{trees: 120, depth: 5, rate: 0.05, least: 15, lambda: 10, some: 0.7, fields: 0.5, seed: seed})
	return whole, f, reached
}

// groupsOf are the candidates of titles, of those where the right one is among them.
func groupsOf(b *base, titles []text) []group {
	var list []group
	v := b.view()
	for _, t := range titles {
		v.read(t.origin, t.pieces)
		candidates := v.candidates()
		if right := slices.Index(candidates, t.class); right >= 0 {
			list = append(list, group{v.rows(candidates), right})
		}
	}
	return list
}

// Code gives the k likeliest occupations of a title, the likeliest first; none for a title without a letter. A score below 0.3
// is a guess that a person should look at.
func (c *Coder) Code(title string, k int) []Answer {
	list := pieces(title)
	if len(list) == 0 || k <= 0 {
		return nil
	}
	v := c.views.Get().(*view)
	defer c.views.Put(v)
	v.read(title, list)
	fixed := c.fixes.match(list)
	candidates := v.candidates()
	for class := range fixed {
		candidates = append(candidates, class)
	}
	slices.Sort(candidates)
	candidates = slices.Compact(candidates)
	if len(candidates) == 0 {
		candidates = best(v.both, k)
	}
	scores := c.weigh(v, candidates)
	rest := float32(1)
	for _, f := range fixed {
		rest = min(rest, 1-f.like)
	}
	order := make([]int, len(candidates))
	for i, class := range candidates {
		order[i] = i
		scores[i] *= rest
		scores[i] += fixed[class].part
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case scores[a] > scores[b]:
			return -1
		case scores[a] < scores[b]:
			return 1
		}
		return 0
	})
	var out []Answer
	for _, i := range order[:min(k, len(order))] {
		class := c.kit.table.list[candidates[i]]
		out = append(out, Answer{Code: class.Code, Name: class.Name, Score: math.Round(float64(scores[i])*1e4) / 1e4, Why: c.why(v, candidates[i], fixed)})
	}
	return out
}

// weigh gives candidates their probabilities, by trees or, without labelled titles, by fixed weights.
func (c *Coder) weigh(v *view, candidates []int32) []float32 {
	var scores []float32
	if c.forest != nil {
		scores = c.forest.weigh(v.rows(candidates))
	} else {
		scores = v.plain(candidates)
	}
	for i := range scores {
		scores[i] *= c.reached
	}
	return scores
}

// plain weighs candidates when nothing is labelled: what names say, how common the occupation is, and the definition.
func (v *view) plain(candidates []int32) []float32 {
	names, daily := total(v.nameSum), total(v.dailySum)
	out := make([]float32, len(candidates))
	for i, c := range candidates {
		out[i] = logOf(v.named[c]) + logOf((v.nameSum[c]+v.dailySum[c])/(names+daily)) +
			4*max(v.nameBest[c], v.dailyBest[c]) + 0.3*v.common[c] + 2*v.defined[c] + v.official[c]
		out[i] *= 0.6 // as spread out as they are right
	}
	softmax(out)
	return out
}

// why says what speaks for a class: a correction, a name that stands in the title, a title coded before, or a name alike.
func (c *Coder) why(v *view, class int32, fixed map[int32]fixed) string {
	if f, ok := fixed[class]; ok {
		return "经办人更正过“" + f.title + "”"
	}
	said := ""
	for _, p := range v.pieces {
		for name := range names(p.text) {
			if _, ok := v.said[name][class]; ok && len(name) > len(said) {
				said = name
			}
		}
	}
	if said != "" {
		return "含“" + said + "”，是这个职业的名称或叫法"
	}
	if title, like := v.titles.nearest(v.likeTitle, class); like >= 0.3 {
		return fmt.Sprintf("与已编码的“%s”相近（%.0f%%）", title, 100*like)
	}
	name, like := v.names.nearest(v.likeName, class)
	if other, more := v.daily.nearest(v.likeDaily, class); more > like {
		name, like = other, more
	}
	if like >= faint {
		return fmt.Sprintf("与“%s”相近（%.0f%%）", name, 100*like)
	}
	return "按用字推断"
}

// names are the stretches of two to twelve characters.
func names(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		var cuts []int
		for i := range text {
			cuts = append(cuts, i)
		}
		cuts = append(cuts, len(text))
		for i := range cuts {
			for n := 2; n <= 12 && i+n < len(cuts); n++ {
				if !yield(text[cuts[i]:cuts[i+n]]) {
					return
				}
			}
		}
	}
}
