package benchrun

import (
	"bytes"
	"encoding/json"
	"testing"
)

// A register of two towns becomes columns, which are saved and opened again with everybody in them.
func TestAMadeUpRegisterBecomesColumns(t *testing.T) {
	var out bytes.Buffer
	if err := Register(t.Context(), 2*townPeople, "", &out, true); err != nil {
		t.Fatal(err)
	}
	var r RegisterReport
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	if r.People != 2*townPeople || r.PeopleS <= 0 || r.BytesPerson < 20 || r.GB <= 0 {
		t.Errorf("%+v", r)
	}
}

// A folder that is named is read again instead of being filled again.
func TestARegisterThatStaysIsReadAgain(t *testing.T) {
	folder := t.TempDir()
	var first, second RegisterReport
	for _, r := range []*RegisterReport{&first, &second} {
		var out bytes.Buffer
		if err := Register(t.Context(), townPeople, folder, &out, true); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(out.Bytes(), r); err != nil {
			t.Fatal(err)
		}
	}
	if first.People != townPeople || second.People != townPeople || second.BytesPerson != first.BytesPerson {
		t.Errorf("%+v\n%+v", first, second)
	}
}
