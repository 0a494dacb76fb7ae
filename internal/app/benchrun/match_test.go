package benchrun

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestASmallMarketIsMatchedTheSameWayHoweverItIsCut(t *testing.T) {
	var a, b bytes.Buffer
	for _, out := range []*bytes.Buffer{&a, &b} {
		if err := Match(t.Context(), 400, 3000, 5000, out, true); err != nil {
			t.Fatal(err)
		}
	}
	var x, y MatchReport
	if err := json.Unmarshal(a.Bytes(), &x); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b.Bytes(), &y); err != nil {
		t.Fatal(err)
	}
	if x.Pairs < 400*lists*9/10 || x.Checked < 5 || x.Reasons < 2*x.Pairs || x.Digest == "" || x.Digest != y.Digest {
		t.Errorf("%+v and %+v", x, y)
	}
}
