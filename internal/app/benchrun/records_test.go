package benchrun

import (
	"bytes"
	"encoding/json"
	"testing"
)

// A register of two towns is checked, and what deviates in it is seen.
func TestTheRecordsOfAMadeUpRegisterAreChecked(t *testing.T) {
	var out bytes.Buffer
	if err := Records(t.Context(), 2*townPeople, "", &out, true); err != nil {
		t.Fatal(err)
	}
	var r RecordsReport
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	if r.People != 2*townPeople || r.Employed < 5000 || r.Hits < 160+r.Employed/40 || r.Hits > r.Employed/5 {
		t.Errorf("%+v", r)
	}
}
