package feed

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestWhoeverWasPackedComesOutAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfDistinct(rapid.Int64Range(1, 1<<62), func(n int64) int64 { return n }).Draw(t, "ids")
		slices.Sort(ids)
		if got, err := unpack(pack(ids)); err != nil || !slices.Equal(got, ids) {
			t.Fatalf("%v came out as %v, %v", ids, got, err)
		}
	})
	if _, err := unpack([]byte{0x80}); err == nil {
		t.Error("half a number was taken")
	}
}
