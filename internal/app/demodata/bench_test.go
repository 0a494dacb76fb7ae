package demodata

import (
	"context"
	"runtime"
	"strconv"
	"testing"
)

func BenchmarkGenerate(b *testing.B) {
	const people = 20000
	for b.Loop() {
		if _, err := Generate(context.Background(), Options{Area: "1529", People: people, Seed: 1, Out: b.TempDir()}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(people*b.N)/b.Elapsed().Seconds(), "people/s")
}

// BenchmarkHeap shows that memory does not follow the number of people, except for one small record for each employer.
func BenchmarkHeap(b *testing.B) {
	for _, people := range []int{20000, 200000} {
		b.Run(strconv.Itoa(people), func(b *testing.B) {
			for b.Loop() {
				n, peak := 0, uint64(0)
				err := Each(context.Background(), Options{Area: "1529", People: people, Seed: 1}, func(*Household) error {
					if n++; n%5000 == 0 {
						var m runtime.MemStats
						runtime.GC()
						runtime.ReadMemStats(&m)
						peak = max(peak, m.HeapInuse)
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(peak)/(1<<20), "heap-MB")
			}
		})
	}
}
