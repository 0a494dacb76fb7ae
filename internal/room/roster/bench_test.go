package roster

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// BenchmarkRefresh draws the lists of a made-up league as large as JIUYE_PEOPLE says (20,000 when it is silent) on SQLite;
// the first drawing, which writes every list, is reported apart.
func BenchmarkRefresh(b *testing.B) {
	n := 20_000
	if _, err := fmt.Sscan(os.Getenv("JIUYE_PEOPLE"), &n); err != nil && os.Getenv("JIUYE_PEOPLE") != "" {
		b.Fatal(err)
	}
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(ctx, append([]db.Schema{db.OwnSchema}, schemas...)); err != nil {
		b.Fatal(err)
	}
	o := furnish(b, d)
	for first := 0; first < n; first += 10_000 {
		if err := d.Tx(ctx, func(tx *db.Tx) error { return o.league(tx, first, min(n, first+10_000)) }); err != nil {
			b.Fatal(err)
		}
	}
	begun := time.Now()
	sum := o.draw()
	first := time.Since(begun)
	for b.Loop() {
		if _, err := o.Refresh(ctx, progress.None{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(first.Seconds(), "s/first")
	b.ReportMetric(float64(sum.Members+sum.Findings), "entries")
}

// league makes people from first to end: a third rural, half at work, some in each group.
func (o *office) league(tx *db.Tx, first, end int) error {
	var people []person.Person
	var facts person.Batch
	for i := first; i < end; i++ {
		id := int64(i + 1)
		p := inhabitant(id, "某", fmt.Sprintf("1529%02d100001", 21+i%3))
		p.Birth, p.Rural, p.HouseholdID, p.IDNumber = clock.Date(1950+i%60, time.Month(1+i%12), 1+i%28), i%3 == 0, id/3, fmt.Sprint(id)
		people = append(people, p)
		if i%2 == 0 {
			facts.Spells = append(facts.Spells, person.Spell{PersonID: id, Since: on("2024-03-01"), Kind: person.Unit, EmployerID: int64(i%1000 + 1), Urban: true, Area: "152921", Contract: 12})
			facts.Insurances = append(facts.Insurances, person.Insurance{PersonID: id, Kind: person.Pension, EmployerID: int64(i%1000 + 1), From: 202403})
		}
		if i%25 == 0 {
			facts.Registrations = append(facts.Registrations, person.Registration{PersonID: id, Since: on("2025-01-01"), Reason: "去产能分流"})
		}
		if kind := []string{person.Hard, person.LowIncome, person.Veteran, person.OutOfPoverty}; i%12 == 0 {
			facts.Groups = append(facts.Groups, person.Group{PersonID: id, Kind: kind[i/12%4], Since: on("2023-01-01"), Detail: "自主就业"})
		}
		if i%20 == 1 {
			facts.Graduates = append(facts.Graduates, person.Graduate{PersonID: id, Graduated: on("2024-07-01"), School: "大学", Degree: 20, Major: "会计"})
		}
	}
	if first == 0 {
		var units []employer.Employer
		for i := range 1000 {
			units = append(units, employer.Employer{ID: int64(i + 1), CreditCode: fmt.Sprint(i), Kind: employer.Enterprise, Area: "152921100001", Opened: on("2021-01-01"), Staff: 100})
		}
		if err := o.Employers.Save(ctx, tx, units); err != nil {
			return err
		}
	}
	if err := o.People.SavePeople(ctx, tx, people); err != nil {
		return err
	}
	_, err := o.People.SaveFacts(ctx, tx, &facts)
	return err
}
