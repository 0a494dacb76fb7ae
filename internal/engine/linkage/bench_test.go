package linkage

import (
	"flag"
	"slices"
	"testing"
	"time"

	"jiuye/internal/engine/linkage/madeup"
)

var entities = flag.Int("entities", 1_000_000, "records that are loaded before single records are asked about")

// BenchmarkMatch asks an index about single records; it reports the median and the 99th percentile.
func BenchmarkMatch(b *testing.B) {
	small, _, _ := register(b, model(b, "person"), madeup.Issue(100_000, 60_000))
	trained := Run(small).Trained
	d := trained.NewData()
	d.Header(madeup.Titles)
	var pending, ask [][]string
	madeup.Rows(madeup.Issue(*entities, *entities), func(row []string) bool {
		if len(ask) < 20_000 {
			ask = append(ask, row)
		}
		if pending = append(pending, row); len(pending) == 8192 {
			d.Add(pending)
			pending = pending[:0]
		}
		return true
	})
	d.Add(pending)
	x := trained.NewIndex(d)
	var took []time.Duration
	i := 0
	for b.Loop() {
		start := time.Now()
		x.Match(ask[i%len(ask)])
		took = append(took, time.Since(start))
		i++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "records/s")
}
