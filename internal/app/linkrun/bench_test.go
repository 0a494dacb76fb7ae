package linkrun

import (
	"flag"
	"io"
	"path/filepath"
	"testing"
)

var records = flag.Int("records", 1_000_000, "records of the register that is deduplicated")

// BenchmarkRegister deduplicates a made-up register from file to file, with training.
func BenchmarkRegister(b *testing.B) {
	dir := b.TempDir()
	file := filepath.Join(dir, "register.csv")
	if err := Sample(SampleOptions{Records: *records, People: *records * 6 / 10, Seed: 1, Out: file}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		o := Options{Model: "../../../models/linkage/person.yaml", Left: file, Out: filepath.Join(dir, "pairs.csv")}
		if err := Run(b.Context(), o, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
