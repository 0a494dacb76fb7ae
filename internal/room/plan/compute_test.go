package plan

import (
	"fmt"
	"testing"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/person"
)

// threeTowns is a register of a few people in two banners.
func threeTowns(h *house) {
	at := func(id int64, area string) person.Person { return person.Person{ID: id, Area: area, Education: 70} }
	h.settle(
		person.Facts{Person: at(1, town), Spells: spells("unit urban 2020-03-01/2020-12-31", "unit urban 2021-02-01/"),
			Registrations: registered("2019-10-01/2020-03-10"), Insurances: []person.Insurance{{Kind: person.Pension, From: 202003}}},
		person.Facts{Person: at(2, town), Spells: spells("unit urban 2021-05-01/"), Trainings: []person.Training{
			{Class: "A1", Until: day("2021-04-01"), Since: day("2021-03-01"), Subsidised: true}, {Class: "A2", Since: day("2021-09-01"), Until: day("2021-10-01"), Subsidised: true}}},
		person.Facts{Person: at(3, village), Spells: spells("transfer urban 2021-05-01/2021-12-01", "transfer rural 2022-01-01/2022-03-01")},
		person.Facts{Person: at(4, westTown), Registrations: registered("2025-01-01/")},
		person.Facts{Person: at(5, westTown), Spells: spells("unit urban 2025-08-01/")},
	)
	h.ask(1, 202107, person.Working, true)
	h.ask(2, 202107, person.Unemployed, true)
	h.ask(3, 202107, person.Unemployed, false)
	h.ask(4, 202107, person.Outside, true)
}

func TestOnePassAddsUpFromTownshipToRegion(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		threeTowns(h)
		s := h.compute()
		if s.People != 5 || s.Areas != 7 || s.Indicators != 15 || s.AsOf.Format("2006-01-02") != "2025-08-31" {
			t.Errorf("the count says %+v", s)
		}
		cases := []struct {
			indicator, area string
			year            int
			want            string
		}{
			{"new_urban", "152921110", 2020, "1"},
			{"new_urban", "152921110", 2021, "2"},
			{"new_urban", "152921", 2021, "3"},
			{"new_urban", "1529", 2021, "3"},
			{"new_urban", "15", 2021, "3"},
			{"new_urban", "152922", 2021, "0"},
			{"new_urban", "152923", 2021, "none"}, // nobody lives there
			{"reemployed", "1529", 2020, "1"},
			{"transfers", "152921112", 2021, "1"},
			{"transfers", "152921112", 2022, "1"},
			{"transfers_6m", "152921", 2021, "1"},
			{"trained", "1529", 2021, "2"},
			{"surveyed_rate", "1529", 2021, "5000"}, // one of two in town
			{"surveyed_rate", "1529", 2022, "none"}, // nobody was asked
			{"registered_rate", "1529", 2025, "2500"},
			{"registered_rate", "152922", 2025, "5000"},
			{"urban_share", "1529", 2025, "10000"},
			{"pension_rate", "1529", 2025, "2000"},
			{"schooling", "1529", 2025, "900"},
			{"productivity", "1529", 2020, "320"}, // printed
			{"labour_share", "15", 2019, "4850"},
			{"productivity", "1529", 2021, "none"},
		}
		for _, c := range cases {
			if got := h.actual(c.indicator, c.area, c.year); got != c.want {
				t.Errorf("%s of %s in %d is %s, want %s", c.indicator, c.area, c.year, got, c.want)
			}
		}
		if _, err := h.Actual(ctx, "happiness", "15", 2020); !fault.Is(err, fault.NotFound) {
			t.Errorf("an unknown indicator gets %v", err)
		}
	})
}

func TestCountingTwiceChangesNothingAndCountingLaterCorrects(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		threeTowns(h)
		before := func() string {
			n, err := db.Value[int64](ctx, h.DB, `SELECT count(*) FROM plan_counted`)
			must(t, err)
			return fmt.Sprint(n, h.actual("new_urban", "1529", 2021))
		}
		h.compute()
		first := before()
		h.compute()
		if again := before(); again != first {
			t.Errorf("counted again it is %s, was %s", again, first)
		}
		h.settle(person.Facts{Person: person.Person{ID: 9}, Spells: spells("unit urban 2021-06-01/")})
		h.compute()
		if got := h.actual("new_urban", "1529", 2021); got != "4" {
			t.Errorf("after somebody else was imported it is %s", got)
		}
		must(t, h.DB.Tx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM person WHERE person_id = $1`, 9)
			return err
		}))
		h.compute()
		if got := before(); got != first {
			t.Errorf("after the person has gone it is %s, was %s", got, first)
		}
	})
}

func TestAnEarlierCountStaysAsItWasKnown(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		threeTowns(h)
		h.compute()
		h.clock.Add(10 * 24 * time.Hour)
		h.settle(person.Facts{Person: person.Person{ID: 9}, Spells: spells("unit urban 2021-06-01/")}) // known late
		h.compute()
		for _, c := range []struct {
			on   time.Time
			want int64
		}{{day("2025-09-23").Time, -1}, {day("2025-09-24").Time, 3}, {day("2025-10-03").Time, 3}, {day("2025-10-04").Time, 4}, {time.Time{}, 4}} {
			v, err := h.Indicators.Year(ctx, "1529", "new_urban", 2021, c.on)
			must(t, err)
			n, ok := v.Number()
			if !ok {
				n = -1
			}
			if n != c.want {
				t.Errorf("on %s it was %d, want %d", c.on.Format(time.DateOnly), n, c.want)
			}
		}
		h.clock.Add(-20 * 24 * time.Hour) // the demonstration's clock begins anew in every process
		if s := h.compute(); s.Changed != 0 {
			t.Errorf("counting by a clock that was set back changed %d sums", s.Changed)
		}
	})
}

func TestANumberLeadsToItsPeople(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		threeTowns(h)
		h.compute()
		page, err := h.store.countedPage(ctx, "new_urban", 2021, "152921", "", 0, 2)
		must(t, err)
		rest, err := h.store.countedPage(ctx, "new_urban", 2021, "152921", page[1].area, page[1].person, 2)
		must(t, err)
		var ids []int64
		for _, c := range append(page, rest...) {
			ids = append(ids, c.person)
		}
		if fmt.Sprint(ids) != "[1 2 3]" {
			t.Errorf("behind the number stand %v", ids)
		}
	})
}

func TestAReportedValueIsCorrectedButNeverOverwrittenUnseen(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		rep := Report{Area: "1529", Indicator: Productivity.ID(), Period: 2024, Value: 450}
		must(t, h.Report(ctx, leagueManager, "form-00000000000001", rep))
		if got := h.actual("productivity", "1529", 2024); got != "450" {
			t.Errorf("reported is %s", got)
		}
		cases := []struct {
			name string
			who  string
			rep  Report
			kind fault.Kind
		}{
			{"the same form again", "form-00000000000001", rep, fault.Repeat},
			{"a form from before", "form-00000000000002", rep, fault.Conflict},
			{"a correction of what was seen", "form-00000000000003", Report{Area: "1529", Indicator: Productivity.ID(), Period: 2024, Value: 460, Version: 1}, fault.Internal},
			{"a second correction of the same", "form-00000000000004", Report{Area: "1529", Indicator: Productivity.ID(), Period: 2024, Value: 470, Version: 1}, fault.Conflict},
			{"what the register counts", "form-00000000000005", Report{Area: "1529", Indicator: NewUrban.ID(), Period: 2024, Value: 1}, fault.Invalid},
			{"a year to come", "form-00000000000006", Report{Area: "1529", Indicator: Productivity.ID(), Period: 2026, Value: 1}, fault.Invalid},
			{"another league", "form-00000000000007", Report{Area: "1525", Indicator: Productivity.ID(), Period: 2024, Value: 1}, fault.Denied},
			{"a banner", "form-00000000000008", Report{Area: "152921", Indicator: Productivity.ID(), Period: 2024, Value: 1}, fault.NotFound},
		}
		for _, c := range cases {
			err := h.Report(ctx, leagueManager, c.who, c.rep)
			if c.kind == fault.Internal && err != nil || c.kind != fault.Internal && !fault.Is(err, c.kind) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if err := h.Report(ctx, leftOfficer, "form-00000000000009", rep); !fault.Is(err, fault.Denied) {
			t.Errorf("an officer got %v", err)
		}
		if got := h.actual("productivity", "1529", 2024); got != "460" {
			t.Errorf("after the correction it is %s", got)
		}
		must(t, h.SeedDemo(ctx))
		must(t, h.SeedDemo(ctx))
		if states, err := h.taskStates("1529"); err != nil || states["9"].Status != Done || states["1"].Status != Waiting {
			t.Errorf("the demonstration's tasks are %v (%v)", states, err)
		}
		if got := h.actual("productivity", "1529", 2024) + " " + h.actual("productivity", "1529", 2023); got != "460 420" {
			t.Errorf("after the demonstration's values were entered they are %s", got)
		}
	})
}

func TestATasksLogGrowsAndSetsItsStatus(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		note := TaskNote{Area: "1529", Task: "12", Status: Running, Text: "已下达全年培训计划"}
		must(t, h.Note(ctx, leagueManager, "note-00000000000001", note, 0))
		if err := h.Note(ctx, leagueManager, "note-00000000000001", note, 0); !fault.Is(err, fault.Repeat) {
			t.Errorf("a double click got %v", err)
		}
		if err := h.Note(ctx, regionManager, "note-00000000000002", note, 0); !fault.Is(err, fault.Conflict) {
			t.Errorf("a stale form got %v", err)
		}
		note.Status, note.Text = Done, "35 万人次已完成"
		must(t, h.Note(ctx, regionManager, "note-00000000000003", note, 1))
		states, err := h.taskStates("1529")
		must(t, err)
		log, err := h.store.notes(ctx, "1529", "12", 0, 10)
		must(t, err)
		if states["12"].Status != Done || states["11"].Status != Waiting || len(states) != 21 || len(log) != 2 || log[0].Text != note.Text {
			t.Errorf("%+v, log %+v", states["12"], log)
		}
		if err := h.Note(ctx, leagueManager, "note-00000000000004", TaskNote{Area: "15", Task: "12", Status: Done}, 0); !fault.Is(err, fault.Denied) {
			t.Errorf("the region's task was written by a league: %v", err)
		}
	})
}
