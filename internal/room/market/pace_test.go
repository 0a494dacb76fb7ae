package market

import (
	"testing"
	"time"
)

func TestFromOneAddressComeFiveComplaintsAnHour(t *testing.T) {
	var p pace
	now := time.Date(2025, 9, 24, 9, 0, 0, 0, time.UTC)
	for n := range complaintsMost {
		if wait := p.take("10.0.0.1", now.Add(time.Duration(n)*time.Minute)); wait != 0 {
			t.Errorf("complaint %d waits %s", n+1, wait)
		}
	}
	if wait := p.take("10.0.0.1", now.Add(10*time.Minute)); wait != 50*time.Minute {
		t.Errorf("the sixth waits %s, want 50 minutes", wait)
	}
	if wait := p.take("10.0.0.2", now.Add(10*time.Minute)); wait != 0 {
		t.Errorf("another address waits %s", wait)
	}
	p.back("10.0.0.1") // the fifth was not filed
	if wait := p.take("10.0.0.1", now.Add(11*time.Minute)); wait != 0 {
		t.Errorf("in place of one that was not filed: %s", wait)
	}
	if wait := p.take("10.0.0.1", now.Add(time.Hour)); wait != 0 {
		t.Errorf("an hour after the first: %s", wait)
	}
}
