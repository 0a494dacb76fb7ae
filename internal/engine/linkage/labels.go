package linkage

// labels counts the vectors of pairs with the same valid identifier.
func (p *plan) labels(d *Data) []count {
	if p.id < 0 {
		return nil
	}
	all := map[uint64]float64{}
	p.labelled(d, func(x, y uint32) { all[p.vector(d.row(x), d.row(y))]++ })
	return sorted(all)
}

// labelled goes through pairs with the same valid identifier: the neighbours among the records that share it.
func (p *plan) labelled(d *Data, f func(x, y uint32)) {
	id := p.comps[p.id]
	dom := p.columns[id.col].dom
	last := make([]uint32, dom.values.size()) // value → record before, plus one
	for rec := range uint32(d.n) {
		v := d.row(rec)[id.col]
		if v == 0 || dom.same(v) != 0 {
			continue
		}
		right := int(rec) >= d.rights()
		if before := last[v]; before != 0 && (!d.matching() || right) {
			f(before-1, rec)
		}
		if !d.matching() || !right {
			last[v] = rec + 1
		}
	}
}
