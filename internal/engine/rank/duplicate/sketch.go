package duplicate

// bins is how many parts a text's sketch has.
const bins = 64

// A text shorter than leastText characters says too little to be compared; of a longer one than mostText the beginning is read.
const (
	leastText = 40
	mostText  = 1500
)

// sketch is a text's MinHash in one permutation: the smallest sum of its character sequences in each bin, 16 bits of it.
type sketch [bins]uint16

// sketchOf makes the sketch; ok is false for a text that is too short.
func sketchOf(text string) (s sketch, ok bool) {
	var least [bins]uint32
	for i := range least {
		least[i] = 1<<32 - 1
	}
	var window [4]uint64
	n := 0
	for _, r := range text {
		if r <= ' ' || r == '，' || r == '。' || r == '、' || r == '；' || r == '：' || r == '　' {
			continue
		}
		window[0], window[1], window[2], window[3] = window[1], window[2], window[3], uint64(r)
		if n++; n < 4 {
			continue
		}
		if n > mostText {
			break
		}
		h := mix(window[0]<<48 ^ window[1]<<32 ^ window[2]<<16 ^ window[3])
		if bin, v := h&(bins-1), uint32(h>>32); v < least[bin] {
			least[bin] = v
		}
	}
	if n < leastText {
		return s, false
	}
	for i := range least {
		from := i // an empty bin borrows from the next full one, by a sum that depends on how far it is
		for step := 0; least[from] == 1<<32-1 && step < bins; step++ {
			from = (from + 1) % bins
		}
		s[i] = uint16(mix(uint64(least[from])+uint64((from-i+bins)%bins)<<32) >> 13)
	}
	return s, true
}

func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// alike is the estimated share of character sequences that two texts have in common (Jaccard).
func alike(a, b *sketch) float64 {
	n := 0
	for i := range a {
		if a[i] == b[i] {
			n++
		}
	}
	return float64(n) / bins
}
