package occupation

import (
	"math"
	"slices"
	"unicode/utf8"
)

// term is one feature of a text: its number in the vocabulary and its weight.
type term struct {
	id     int32
	weight float32
}

// vocabulary numbers the character sequences of a collection of texts and knows how many texts hold each.
type vocabulary struct {
	ids  map[string]int32
	held []int32 // texts that hold it
	n    int     // texts
}

// How much a piece of a title tells when it stands in brackets or names the firm, and when it follows another piece.
const (
	besideWeight = 0.35
	laterWeight  = 0.7
)

// raw lists the character sequences of a title: one to four characters, with the edges of its pieces as characters of
// their own, because Chinese titles end in the noun that names the work.
func raw(list []piece, each func(gram string, weight float32)) {
	var cuts []int
	first := true
	for _, p := range list {
		w := float32(1)
		if p.beside {
			w = besideWeight
		} else if !first {
			w = laterWeight
		}
		first = first && p.beside
		text := "^" + p.text + "$"
		cuts = cuts[:0]
		for i := range text {
			cuts = append(cuts, i)
		}
		cuts = append(cuts, len(text))
		for n := 1; n <= 4; n++ {
			for i := 0; i+n < len(cuts); i++ {
				if n == 1 && (i == 0 || i == len(cuts)-2) {
					continue
				}
				each(text[cuts[i]:cuts[i+n]], w)
			}
		}
	}
}

// add counts a text into the vocabulary.
func (v *vocabulary) add(list []piece) {
	if v.ids == nil {
		v.ids = map[string]int32{}
	}
	v.n++
	seen := map[int32]bool{}
	raw(list, func(g string, _ float32) {
		id, ok := v.ids[g]
		if !ok {
			id = int32(len(v.held))
			v.ids[g] = id
			v.held = append(v.held, 0)
		}
		if !seen[id] {
			seen[id] = true
			v.held[id]++
		}
	})
}

// terms are a text's features with weights that together have length 1.
func (v *vocabulary) terms(list []piece) []term {
	found := map[int32]float32{}
	raw(list, func(g string, w float32) {
		if id, ok := v.ids[g]; ok {
			found[id] = max(found[id], w*lengths[utf8.RuneCountInString(g)])
		}
	})
	out := sorted(found)
	sum := 0.0
	for i := range out {
		idf := math.Log(float64(v.n+1) / float64(v.held[out[i].id]))
		out[i].weight *= float32(math.Sqrt(idf)) // the root: rare sequences of short titles are mostly chance
		sum += float64(out[i].weight) * float64(out[i].weight)
	}
	if sum > 0 {
		scale := float32(1 / math.Sqrt(sum))
		for i := range out {
			out[i].weight *= scale
		}
	}
	return out
}

// lengths are the weights of sequences by their number of characters.
var lengths = [5]float32{0, 0.7, 1, 1, 0.9}

// sorted is a map as terms in order, so that sums of floats come out the same every time.
func sorted(m map[int32]float32) []term {
	out := make([]term, 0, len(m))
	for id, w := range m {
		out = append(out, term{id, w})
	}
	slices.SortFunc(out, func(a, b term) int { return int(a.id) - int(b.id) })
	return out
}
