package linkage

import "math/bits"

// level compares one column of two records.
func (c *comparison) level(p *plan, a, b []uint32) uint8 {
	x, y := a[c.col], b[c.col]
	if c.unless >= 0 && a[c.unless] != 0 && b[c.unless] != 0 {
		return 0
	}
	dom := p.columns[c.col].dom
	if x == y {
		if x == 0 {
			return 0
		}
		if d := dom.same(x); d != 0 {
			return c.levelOf[d]
		}
		if c.classes > 1 {
			return c.same + c.class(x)
		}
		return c.same
	}
	if c.swapped != 0 {
		if s, t := a[c.swap], b[c.swap]; x != 0 && x == t && (y == s || y == 0 || s == 0) || y != 0 && y == s && (x == t || x == 0 || t == 0) {
			return c.swapped
		}
	}
	if x == 0 || y == 0 {
		if c.home < 0 {
			return 0
		}
		if x == 0 {
			x, a, b = y, b, a
		}
		return c.living(p, x, a[c.home], b[c.home])
	}
	if c.blind != nil && c.blind(x, y) {
		return 0
	}
	l := c.levelOf[dom.compare(x, y)]
	if l == c.sounding && l != 0 && int(x) < len(c.sounds) {
		l += c.sounds[x] // the sound is y's too
	}
	return l
}

// living compares where a number was given with where its holder lives, own, and where a record without number is from.
func (c *comparison) living(p *plan, number, own, other uint32) uint8 {
	id := p.columns[c.col].dom
	if own == 0 || other == 0 || id.same(number) != 0 || id.marks[number].Status == Suspicious || len(id.values.text(number)) != 18 {
		return 0
	}
	areas := p.columns[c.home].dom.kind.(*areas)
	given, holder, asked := key32(hash64(id.values.text(number)[:6])), areas.codes[own][2], areas.codes[other][2]
	switch {
	case holder == 0 || asked == 0 || holder == given: // of one who stayed, the address says the same
		return 0
	case asked == given:
		return c.athome
	}
	return c.athome + 1
}

// bare reports whether a level of the identifier's comparison says that one side has none.
func (c *comparison) bare(level int) bool {
	return level == 0 || c.athome > 0 && level >= int(c.athome)
}

// class is the level of agreement on a value among those of the same value: the rarest is 0. Values that came after
// training have not been seen and are the rarest.
func (c *comparison) class(v uint32) uint8 {
	if int(v) < len(c.buckets) {
		return c.buckets[v]
	}
	return 0
}

// classOf divides values by how many of n records have them.
func classOf(count, n int) uint8 {
	if count == 0 {
		return 0
	}
	share := bits.Len(uint(n/count)) - 1 // one in 2^share
	share = min(max(share-commonest, 0), frequencies-1)
	return uint8(frequencies - 1 - share)
}

// vector packs the levels of all comparisons.
func (p *plan) vector(a, b []uint32) uint64 {
	v := uint64(0)
	for _, c := range p.comps {
		v |= uint64(c.level(p, a, b)) << c.shift
	}
	return v
}

func (c *comparison) of(vector uint64) int { return int(vector >> c.shift & c.mask) }

// decide gives the bits of the rules that a vector fulfils.
func (p *plan) decide(vector uint64) uint32 {
	if len(p.rules) == 0 {
		return 0
	}
	alive := ^uint32(0)
	for _, c := range p.comps {
		alive &= c.rules[c.of(vector)]
	}
	return alive
}

// ruleBits has a bit for every rule.
func (p *plan) ruleBits() uint32 { return 1<<len(p.rules) - 1 }

// firstBit is the first rule of those whose bits are set.
func firstBit(alive uint32) int { return bits.TrailingZeros32(alive) }
