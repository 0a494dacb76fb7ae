package crowd

import (
	"os"
	"path/filepath"
	"testing"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/seal"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// BenchmarkBuild reads a whole register into columns: that of a demonstration, whose folder JIUYE_DATA names.
//
//	JIUYE_DATA=data go test -run '^$' -bench Build ./internal/register/crowd
func BenchmarkBuild(b *testing.B) {
	data := os.Getenv("JIUYE_DATA")
	if data == "" {
		b.Log("JIUYE_DATA names no folder with a register, so there is nothing to measure")
		return
	}
	d, err := db.Open(b.Context(), "sqlite:"+filepath.Join(data, "jiuye.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		b.Fatal(err)
	}
	c := clock.NewFake("2025-09-24 06:00")
	made, err := New(Deps{DB: d, People: &person.Store{DB: d, Sealer: sealer, Clock: c}, Employers: &employer.Store{DB: d, Clock: c}, Clock: c})
	if err != nil {
		b.Fatal(err)
	}
	people := 0
	for b.Loop() {
		p, err := made.build(b.Context(), policies(b), progress.None{})
		if err != nil {
			b.Fatal(err)
		}
		people = p.people.People()
		b.ReportMetric(float64(p.people.Bytes()+p.answers.Bytes())/float64(people), "B/person")
	}
	b.ReportMetric(float64(people)*float64(b.N)/b.Elapsed().Seconds(), "people/s")
}
