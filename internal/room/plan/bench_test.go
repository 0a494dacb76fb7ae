package plan

import (
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// wholeRegion is the sums of 24 million people: of every township, banner, league and the region, all years and months. The pages read
// these and nothing else, so they are what a region of this size is for them.
func wholeRegion(luck *rand.Rand) []indicator.Sum {
	var list []indicator.Sum
	var add func(code string, people int64)
	add = func(code string, people int64) {
		list = append(list, indicator.Sum{Area: code, Indicator: indicator.People, Period: 2025, Numerator: people})
		for _, d := range Indicators() {
			if !d.FromRegister() {
				continue
			}
			one := func(p indicator.Period) {
				s := indicator.Sum{Area: code, Indicator: d.ID, Period: p, Numerator: people/500 + luck.Int64N(9)}
				if d.Kind == indicator.Rate || d.Kind == indicator.Mean {
					s.Denominator = people/3 + 1
				}
				list = append(list, s)
			}
			for p := indicator.Period(2019); p <= 2025; p++ {
				one(p)
			}
			from := indicator.Period(202309)
			if d.Kind == indicator.Event {
				from = 201901
			}
			for p := from; p <= 202508; p = p.Next() {
				one(p)
			}
		}
		below := area.Children(code)
		for _, a := range below {
			if a.Level <= area.Township {
				add(a.Code, people/int64(len(below)))
			}
		}
	}
	add("15", 24_000_000)
	return list
}

func BenchmarkTheLeadersPageOfAWholeRegion(b *testing.B) {
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(b.TempDir(), "plan.db"))
	must(b, err)
	b.Cleanup(func() { _ = d.Close() })
	must(b, d.Migrate(ctx, []db.Schema{db.OwnSchema, audit.Schema, indicator.Schema, Schema}))
	c := clock.NewFake("2025-09-24")
	register, err := indicator.New(ctx, indicator.Deps{DB: d, Clock: c})
	must(b, err)
	r := New(Deps{DB: d, Indicators: register, Clock: c})
	luck := rand.New(rand.NewPCG(1, 2))
	list := wholeRegion(luck)
	count := func(on string) time.Duration {
		began := time.Now()
		must(b, d.Tx(ctx, func(tx *db.Tx) error {
			_, err := register.Replace(ctx, tx, indicator.Run{On: day(on).Time, AsOf: day("2025-08-31").Time}, list)
			return err
		}))
		return time.Since(began)
	}
	b.Logf("%d sums written in %v", len(list), count("2025-09-22"))
	for i := range list {
		if luck.IntN(20) == 0 {
			list[i].Numerator++
		}
	}
	b.Logf("a night that changes one in twenty: %v", count("2025-09-23"))
	began := time.Now()
	made, err := r.Foresee(ctx)
	must(b, err)
	b.Logf("%d outlooks in %v", made, time.Since(began))
	words := func(key string, _ ...any) string { return key }
	for _, page := range []struct {
		name, area string
		level      int
		on         time.Time
	}{{"region", "15", area.League, time.Time{}}, {"region by banner", "15", area.Banner, time.Time{}}, {"league", "1529", area.League, time.Time{}}, {"as of a past day", "15", area.League, day("2025-09-22").Time}} {
		b.Run(page.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := r.board(ctx, words, page.area, Of(NewUrban), page.level, page.on); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
