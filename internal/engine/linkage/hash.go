package linkage

import "math/bits"

const (
	prime1 = 0x9E3779B97F4A7C15
	prime2 = 0xC2B2AE3D27D4EB4F
)

// mix brings two words together; it is the multiplication step of wyhash.
func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^prime1, b^prime2)
	return hi ^ lo
}

// hash64 is the same on every machine and in every run, so that results do not depend on where they were computed.
func hash64[T string | []byte](s T) uint64 {
	h := uint64(len(s)) * prime2
	i := 0
	for ; i+8 <= len(s); i += 8 {
		h = mix(h, uint64(s[i])|uint64(s[i+1])<<8|uint64(s[i+2])<<16|uint64(s[i+3])<<24|
			uint64(s[i+4])<<32|uint64(s[i+5])<<40|uint64(s[i+6])<<48|uint64(s[i+7])<<56)
	}
	var tail uint64
	for shift := 0; i < len(s); i, shift = i+1, shift+8 {
		tail |= uint64(s[i]) << shift
	}
	return mix(h, tail)
}

// key32 makes a blocking key, which is never 0: 0 means no key.
func key32(h uint64) uint32 {
	return max(uint32(h>>32), 1)
}

// keyed is a record with its blocking key.
type keyed struct{ key, rec uint32 }

// sortKeyed sorts by key and leaves equal keys in their order: three passes of eleven bits each.
func sortKeyed(a, scratch []keyed) []keyed {
	var counts [3][2048]uint32
	for _, k := range a {
		counts[0][k.key&2047]++
		counts[1][k.key>>11&2047]++
		counts[2][k.key>>22]++
	}
	for pass := range 3 {
		count, sum := &counts[pass], uint32(0)
		for i, n := range count {
			count[i] = sum
			sum += n
		}
		shift := 11 * pass
		for _, k := range a {
			d := k.key >> shift & 2047
			scratch[count[d]] = k
			count[d]++
		}
		a, scratch = scratch, a
	}
	return a
}

// random is splitmix64: small, fast, and the same everywhere.
type random uint64

func (r *random) next() uint64 {
	*r += prime1
	z := uint64(*r)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below gives a number from 0 to n-1.
func (r *random) below(n int) int {
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int(hi)
}
