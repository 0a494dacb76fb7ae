package benchrun

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestAShortMeasurementOfAllocating(t *testing.T) {
	var out bytes.Buffer
	err := Allocate(t.Context(), Allocation{Seekers: 2000, Vacancies: 500, Top: 20, Recommendations: 5, Invitations: 6, Congestion: 1, JSON: true}, &out)
	if err != nil {
		t.Fatal(err)
	}
	var r AllocateReport
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	if r.Pairs < 5000 || r.Proven < .99 || r.Crowd[2] > 6 || r.Crowd[2] >= r.CrowdOwn[2] || r.Offers <= 0 || r.Unsought > r.OwnBest {
		t.Errorf("%+v", r)
	}
}
