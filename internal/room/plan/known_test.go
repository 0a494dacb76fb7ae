package plan

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
)

func TestALaterCorrectionShowsAsACorrection(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		threeTowns(h)
		h.compute()
		h.clock.Add(10 * 24 * time.Hour)
		h.settle(person.Facts{Person: person.Person{ID: 9}, Spells: spells("unit urban 2021-06-01/")})
		h.compute()
		srv := h.site()
		pages := []struct {
			path string
			has  []string
			not  string
		}{
			{"/plan/indicator/new_urban/area/1529", []string{"更正记录", "2021-06", "2025-09-24", "2025-10-04", "&#43;1"}, ""},
			{"/plan/indicator/trained/area/1529", nil, "更正记录"},
			{"/plan/area/1529", []string{"近一个月更正了往期数", "现在知道的", "2025-09-24 统计（数据到 2025-08-31）"}, "当时知道的数，数据到"},
			{"/plan/area/1529?on=2025-09-30", []string{"这里是 2025年9月30日 当时知道的数", "回到现在的数"}, "近一个月更正了往期数"},
			{"/plan/area/1529?on=2025-09-30", []string{"/plan/area/1529/export?on=2025-09-30"}, "任务按牵头单位"}, // as they stand today
			{"/plan/area/1529", []string{"任务按牵头单位"}, "export?on"},
			{"/plan/area/1529?on=2025-09-01", []string{"2025-09-01 以前还没有统计过"}, ""},
			{"/plan/area/1529?on=2031-01-01", []string{"现在知道的"}, "回到现在的数"}, // still to come
			{"/plan/indicator/new_urban/area/1529?on=2025-09-30", []string{"这里是 2025-09-30 当时知道的数"}, ""},
		}
		for _, p := range pages {
			status, body := get(t, srv, "league", p.path)
			for _, text := range p.has {
				if status != 200 || !strings.Contains(body, text) {
					t.Errorf("%s: %d, does not say %s", p.path, status, text)
				}
			}
			if p.not != "" && strings.Contains(body, p.not) {
				t.Errorf("%s says %s", p.path, p.not)
			}
		}
	})
}

func TestTheDemonstrationRemembersItsMonths(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		h.crowd(600)
		_, err := h.ComputeDemo(ctx, progress.None{})
		must(t, err)
		runs, err := h.Indicators.Runs(ctx, 50)
		must(t, err)
		if len(runs) != rehearsed+1 || runs[0].On.Format(time.DateOnly) != "2025-09-24" || runs[1].On.Format(time.DateOnly) != "2025-08-10" || runs[1].AsOf.Format(time.DateOnly) != "2025-07-31" {
			t.Errorf("%d counts, the last two of %v and %v", len(runs), runs[0].On, runs[1])
		}
		now, err := h.Indicators.Year(ctx, "1529", "new_urban", 2025, time.Time{})
		must(t, err)
		then, err := h.Indicators.Year(ctx, "1529", "new_urban", 2025, day("2025-05-20").Time)
		must(t, err)
		if !then.Known || then.Numerator <= 0 || then.Numerator >= now.Numerator {
			t.Errorf("in May it was %d, now it is %d", then.Numerator, now.Numerator)
		}
		full, err := h.Indicators.Year(ctx, "1529", "new_urban", 2023, day("2025-05-20").Time)
		must(t, err)
		if last, err := h.Indicators.Year(ctx, "1529", "new_urban", 2023, time.Time{}); err != nil || last.Numerator != full.Numerator {
			t.Errorf("a year long past was %d and is %d (%v)", full.Numerator, last.Numerator, err)
		}
		if s, err := h.ComputeDemo(ctx, progress.None{}); err != nil || s.Changed != 0 {
			t.Errorf("made a second time %d sums changed (%v)", s.Changed, err)
		}
	})
}

func TestAnEarlierDayShowsNoOutlookOfToday(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		h.crowd(400)
		must(t, h.DB.Tx(ctx, func(tx *db.Tx) error {
			return h.Indicators.SaveTargets(ctx, tx, []indicator.Target{{Plan: "001", Area: "152921", Indicator: "new_urban", Unit: "人", BaseYear: 2020, Year: 2025, Value: 90, Comparator: indicator.Equal, Cumulative: true}})
		}))
		h.compute()
		word := func(key string, _ ...any) string { return key }
		for _, c := range []struct {
			on   time.Time
			want bool
		}{{time.Time{}, true}, {day("2025-09-24").Time, false}} {
			d, err := h.detail(ctx, word, Of(NewUrban), "1529", 2025, c.on)
			must(t, err)
			told := slices.ContainsFunc(d.Below, func(row BelowRow) bool { return row.Ahead != nil })
			if told != c.want || !d.Targeted {
				t.Errorf("as of %v an outlook is told: %v, want %v (%+v)", c.on, told, c.want, d.Below)
			}
		}
	})
}
