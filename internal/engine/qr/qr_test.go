package qr

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// remainder is what a receiver computes of codewords: zero at every root of the generator when nothing was damaged.
func remainder(words []byte, root byte) (sum byte) {
	for _, w := range words {
		sum = gfMultiply(sum, root) ^ w
	}
	return sum
}

func TestAReceiverFindsNoDamageInWhatIsDrawn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := qrCapacity[rapid.IntRange(0, len(qrCapacity)-1).Draw(t, "version")]
		words := codewords(rapid.SliceOfN(rapid.Byte(), 0, n.data-2).Draw(t, "text"), n.data, n.ecc)
		if len(words) != n.data+n.ecc {
			t.Fatalf("%d codewords, want %d", len(words), n.data+n.ecc)
		}
		root := byte(1)
		for range n.ecc {
			if remainder(words, root) != 0 {
				t.Fatalf("the correction does not fit at %d", root)
			}
			root = gfMultiply(root, 2)
		}
	})
}

func TestADrawingIsAsLargeAsItsTextNeeds(t *testing.T) {
	for _, c := range []struct{ letters, size int }{{8, 21}, {17, 21}, {18, 25}, {53, 29}, {78, 33}, {106, 37}, {107, 0 - 2*quiet}} {
		if got := Draw(strings.Repeat("a", c.letters)).Size; got != c.size+2*quiet {
			t.Errorf("%d letters: %d squares, want %d", c.letters, got, c.size+2*quiet)
		}
	}
}

// Finders are how a reader finds the code at all.
func TestTheFindersStandInThreeCorners(t *testing.T) {
	m := matrixOf(1, codewords([]byte("12345674"), 19, 7))
	for _, corner := range [][2]int{{0, 0}, {14, 0}, {0, 14}} {
		for i, want := range []string{"#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"} {
			got := ""
			for x := range 7 {
				if m.dark[corner[1]+i][corner[0]+x] {
					got += "#"
				} else {
					got += "."
				}
			}
			if got != want {
				t.Errorf("row %d of the finder at %v: %s, want %s", i, corner, got, want)
			}
		}
	}
}
