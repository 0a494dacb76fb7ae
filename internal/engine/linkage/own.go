package linkage

// OwnEstimate is what a run knows about its own quality, from pairs whose identifiers say whether they belong together.
// The weights are taken without the identifier, as they would be for records that have none.
type OwnEstimate struct {
	Same, Different   float64 // labelled pairs, the latter among the candidates
	Auto, Review      Shares
	Blocking          float64 // share of pairs with the same identifier that blocking finds without the identifier's own passes
	WithoutIdentifier bool
}

// Shares are precision and recall at one threshold.
type Shares struct{ Precision, Recall float64 }

// own measures precision on labelled candidates and recall on all neighbours with the same valid identifier; nil when the
// model names no identifier or too few records have one.
func (t *Trained) own(d *Data, b *blocks) *OwnEstimate {
	if t.p.id < 0 || t.Labels == 0 {
		return nil
	}
	id := t.p.comps[t.p.id]
	o := &OwnEstimate{WithoutIdentifier: true}
	least := [2]float64{bitsOf(t.p.model.Thresholds.Auto), bitsOf(t.p.model.Thresholds.Review)}
	var hits, all [2]float64 // by threshold: labelled pairs that reach it and are right, and all that do
	bits := func(v uint64) float64 { return t.sum(v, t.p.id) }
	for _, c := range t.p.histogram(d, b) {
		name := id.levels[id.of(c.vector)].Name
		same := name == "same"
		if !same && name != "different_valid" && name != "different" {
			continue
		}
		if same {
			o.Same += c.n
		} else {
			o.Different += c.n
		}
		for k, l := range least {
			if bits(c.vector) >= l {
				all[k] += c.n
				if same {
					hits[k] += c.n
				}
			}
		}
	}
	var reached [2]float64
	total, found := 0.0, 0.0
	skip := map[int]bool{}
	for i, p := range t.p.passes {
		for _, f := range p.keys {
			if f.col == id.col {
				skip[i] = true
			}
		}
	}
	t.p.labelled(d, func(x, y uint32) {
		total++
		if !b.foundBy(x, y, skip) {
			return
		}
		found++
		v := t.p.vector(d.row(x), d.row(y))
		for k, l := range least {
			if bits(v) >= l {
				reached[k]++
			}
		}
	})
	share := func(a, b float64) float64 {
		if b == 0 {
			return 0
		}
		return a / b
	}
	o.Blocking = share(found, total)
	o.Auto = Shares{share(hits[0], all[0]), share(reached[0], total)}
	o.Review = Shares{share(hits[1], all[1]), share(reached[1], total)}
	return o
}

// foundBy reports whether a pass that is not to be skipped finds the pair.
func (b *blocks) foundBy(i, j uint32, skip map[int]bool) bool {
	for q := range b.n {
		if k := b.keys[int(i)*b.n+q]; !skip[q] && k != 0 && k == b.keys[int(j)*b.n+q] {
			if places := b.places[q]; places == nil || b.inWindow(q, places[i], places[j]) {
				return true
			}
		}
	}
	return false
}
