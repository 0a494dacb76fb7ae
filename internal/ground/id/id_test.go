package id

import (
	"testing"
	"time"

	"jiuye/internal/ground/clock"
)

func TestIdentifiersRiseEvenWhenTheClockFalls(t *testing.T) {
	c := clock.NewFake("2025-09-24")
	m := NewMaker(3, c)
	var last int64
	for i := range 20000 {
		if i == 10000 {
			c.Add(-time.Hour)
		}
		next := m.Next()
		if next <= last {
			t.Fatalf("number %d: %d after %d", i, next, last)
		}
		last = next
	}
}

func TestTwoNodesNeverMakeTheSameIdentifier(t *testing.T) {
	c := clock.NewFake("2025-09-24")
	a, b := NewMaker(1, c), NewMaker(2, c)
	seen := map[int64]bool{}
	for range 5000 {
		for _, n := range []int64{a.Next(), b.Next()} {
			if seen[n] {
				t.Fatalf("%d twice", n)
			}
			seen[n] = true
		}
	}
}

func BenchmarkNext(b *testing.B) {
	m := NewMaker(1, clock.System{})
	b.ReportAllocs()
	for b.Loop() {
		m.Next()
	}
}
