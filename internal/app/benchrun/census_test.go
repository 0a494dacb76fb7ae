package benchrun

import (
	"bytes"
	"encoding/json"
	"testing"
)

// The measuring itself is checked on a small crowd: everybody is decided again one by one, and four partitions together
// give what one census gives.
func TestTheMeasuredAnswersAreRight(t *testing.T) {
	var out bytes.Buffer
	if err := Census(t.Context(), 30_000, 4, &out, true); err != nil {
		t.Fatal(err)
	}
	var r Report
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	if r.Rules != 20 || r.Clauses < 71 || r.Checked < 30 || r.Partitions != 4 {
		t.Errorf("%+v", r)
	}
}
