package benchrun

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestAMadeUpCatalogueIsDecidedFromFiles(t *testing.T) {
	var out bytes.Buffer
	if err := Policies(t.Context(), 12, 40, &out, true); err != nil {
		t.Fatal(err)
	}
	var r PolicyReport
	if err := json.Unmarshal(out.Bytes(), &r); err != nil || r.Rules != 12 || r.Subjects != 40 || r.DecisionsS <= 0 {
		t.Error(r, err)
	}
}
