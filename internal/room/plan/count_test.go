package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

func day(s string) db.Date {
	if s == "" {
		return db.Date{}
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return db.On(t)
}

// spell reads "unit urban 2020-03-01/2020-12-31"; an end that is left out is open.
func spell(s string) person.Spell {
	f := strings.Fields(s)
	since, until, _ := strings.Cut(f[2], "/")
	return person.Spell{Kind: f[0], Urban: f[1] == "urban", Since: day(since), Until: day(until)}
}

func spells(list ...string) []person.Spell {
	var out []person.Spell
	for _, s := range list {
		out = append(out, spell(s))
	}
	return out
}

func registered(span string) []person.Registration {
	since, until, _ := strings.Cut(span, "/")
	return []person.Registration{{Since: day(since), Until: day(until)}}
}

func group(kind, span string) []person.Group {
	since, until, _ := strings.Cut(span, "/")
	return []person.Group{{Kind: kind, Since: day(since), Until: day(until)}}
}

func graduated(days ...string) []person.Graduate {
	var out []person.Graduate
	for _, d := range days {
		out = append(out, person.Graduate{Graduated: day(d), Degree: 20})
	}
	return out
}

var period = Period{First: 2019, Last: 2025, AsOf: clock.Date(2025, time.August, 31)}

// tell writes what a person adds to one indicator: "2020 1" for each year, "2020 1/2" with a base.
func tell(f person.Facts, i Index) string {
	sums := map[int][2]int64{}
	Count(&f, period, func(s Share) {
		if s.Indicator == i {
			sums[s.Year] = [2]int64{sums[s.Year][0] + s.Numerator, sums[s.Year][1] + s.Denominator}
		}
	})
	var out []string
	for year, n := range sums {
		text := fmt.Sprintf("%d %d", year, n[0])
		if n[1] != 0 {
			text += fmt.Sprintf("/%d", n[1])
		}
		out = append(out, text)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func TestEventsAreCountedAsTheContractSays(t *testing.T) {
	cases := []struct {
		who  string
		of   Index
		file person.Facts
		want string
	}{
		{"somebody who starts in a town", NewUrban, person.Facts{Spells: spells("unit urban 2020-03-01/")}, "2020 1"},
		{"somebody who starts in the country", NewUrban, person.Facts{Spells: spells("unit rural 2020-03-01/")}, ""},
		{"somebody who starts twice in a year", NewUrban, person.Facts{Spells: spells("unit urban 2020-03-01/2020-04-30", "unit urban 2020-09-01/")}, "2020 1"},
		{"somebody who starts in two years", NewUrban, person.Facts{Spells: spells("unit urban 2020-03-01/2020-12-31", "unit urban 2021-03-01/")}, "2020 1, 2021 1"},
		{"a change of job on the last day of the old one", NewUrban, person.Facts{Spells: spells("unit urban 2018-03-01/2020-06-30", "unit urban 2020-06-30/")}, ""},
		{"a new job the day after the old one ended", NewUrban, person.Facts{Spells: spells("unit urban 2018-03-01/2020-06-30", "unit urban 2020-07-01/")}, "2020 1"},
		{"a second job beside an open one", NewUrban, person.Facts{Spells: spells("unit urban 2018-03-01/", "flexible urban 2020-07-01/")}, ""},
		{"two jobs begun on one day", NewUrban, person.Facts{Spells: spells("unit urban 2020-07-01/", "flexible urban 2020-07-01/")}, "2020 1"},
		{"a town job beside a rural one", NewUrban, person.Facts{Spells: spells("self rural 2018-03-01/", "unit urban 2020-07-01/")}, "2020 1"},
		{"the first day of a year", NewUrban, person.Facts{Spells: spells("unit urban 2021-01-01/")}, "2021 1"},
		{"the last day of a year", NewUrban, person.Facts{Spells: spells("unit urban 2020-12-31/")}, "2020 1"},
		{"before the years that are counted", NewUrban, person.Facts{Spells: spells("unit urban 2018-12-31/")}, ""},
		{"the data's last day", NewUrban, person.Facts{Spells: spells("unit urban 2025-08-31/")}, "2025 1"},
		{"the day after the data's last", NewUrban, person.Facts{Spells: spells("unit urban 2025-09-01/")}, ""},

		{"at work in a town while registered", Reemployed, person.Facts{Spells: spells("unit urban 2020-03-01/"), Registrations: registered("2019-11-01/2020-03-05")}, "2020 1"},
		{"on the first day of the registration", Reemployed, person.Facts{Spells: spells("unit urban 2020-03-01/"), Registrations: registered("2020-03-01/")}, "2020 1"},
		{"on the last day of the registration", Reemployed, person.Facts{Spells: spells("unit urban 2020-03-01/"), Registrations: registered("2019-11-01/2020-03-01")}, "2020 1"},
		{"the registration ended the day before", Reemployed, person.Facts{Spells: spells("unit urban 2020-03-01/"), Registrations: registered("2019-11-01/2020-02-29")}, ""},
		{"registered only afterwards", Reemployed, person.Facts{Spells: spells("unit urban 2020-03-01/"), Registrations: registered("2020-03-02/")}, ""},
		{"at work in the country while registered", Reemployed, person.Facts{Spells: spells("unit rural 2020-03-01/"), Registrations: registered("2019-11-01/")}, ""},
		{"two jobs in one year while registered", Reemployed, person.Facts{Spells: spells("unit urban 2020-03-01/2020-03-31", "unit urban 2020-05-01/"), Registrations: registered("2019-11-01/")}, "2020 1"},

		{"hard to employ and placed in a public-welfare post", HardPlaced, person.Facts{Spells: spells("post rural 2020-03-01/"), Groups: group(person.Hard, "2020-01-10/")}, "2020 1"},
		{"recognised the day after", HardPlaced, person.Facts{Spells: spells("post rural 2020-03-01/"), Groups: group(person.Hard, "2020-03-02/")}, ""},
		{"exited on the day", HardPlaced, person.Facts{Spells: spells("post rural 2020-03-01/"), Groups: group(person.Hard, "2019-03-02/2020-03-01")}, "2020 1"},
		{"of another group", HardPlaced, person.Facts{Spells: spells("post rural 2020-03-01/"), Groups: group(person.LowIncome, "2019-03-02/")}, ""},

		{"a graduate at work in the same year", Graduates, person.Facts{Spells: spells("unit urban 2021-09-01/"), Graduates: graduated("2021-07-01")}, "2021 1"},
		{"a graduate who works from the day of graduation", Graduates, person.Facts{Spells: spells("unit urban 2021-07-01/"), Graduates: graduated("2021-07-01")}, "2021 1"},
		{"a job that began before graduation does not count", Graduates, person.Facts{Spells: spells("unit urban 2021-06-30/"), Graduates: graduated("2021-07-01")}, ""},
		{"but the next one does", Graduates, person.Facts{Spells: spells("unit urban 2021-06-30/2021-12-31", "unit urban 2022-02-01/"), Graduates: graduated("2021-07-01")}, "2022 1"},
		{"two years after, to the day", Graduates, person.Facts{Spells: spells("unit rural 2023-07-01/"), Graduates: graduated("2021-07-01")}, "2023 1"},
		{"two years and a day after", Graduates, person.Facts{Spells: spells("unit urban 2023-07-02/"), Graduates: graduated("2021-07-01")}, ""},
		{"only the first job counts", Graduates, person.Facts{Spells: spells("unit urban 2021-09-01/2021-10-01", "unit urban 2022-09-01/"), Graduates: graduated("2021-07-01")}, "2021 1"},
		{"two degrees before one job", Graduates, person.Facts{Spells: spells("unit urban 2022-09-01/"), Graduates: graduated("2021-07-01", "2022-07-01")}, "2022 1"},

		{"two transfers in a year are two person-times", Transfers, person.Facts{Spells: spells("transfer rural 2020-03-01/2020-05-31", "transfer urban 2020-07-01/2020-10-31")}, "2020 2"},
		{"work that is no transfer", Transfers, person.Facts{Spells: spells("unit urban 2020-03-01/")}, ""},
		{"six months exactly", Transfers6m, person.Facts{Spells: spells("transfer urban 2020-03-01/2020-09-01")}, "2020 1"},
		{"a day short of six months", Transfers6m, person.Facts{Spells: spells("transfer urban 2020-03-01/2020-08-31")}, ""},
		{"six months from the end of August are the end of February", Transfers6m, person.Facts{Spells: spells("transfer urban 2020-08-31/2021-02-28")}, "2020 1"},
		{"begun in autumn, six months only in the next year", Transfers6m, person.Facts{Spells: spells("transfer urban 2020-10-01/2021-06-30")}, "2020 1"},
		{"open, and six months long by the data's last day", Transfers6m, person.Facts{Spells: spells("transfer urban 2025-02-28/")}, "2025 1"},
		{"open, and not yet", Transfers6m, person.Facts{Spells: spells("transfer urban 2025-03-01/")}, ""},
		{"an end in the future does not make it longer than the data", Transfers6m, person.Facts{Spells: spells("transfer urban 2025-06-01/2026-06-01")}, ""},

		{"out of poverty and at work over three years", OutOfPovertyWork, person.Facts{Spells: spells("unit urban 2020-12-31/2022-01-01"), Groups: group(person.OutOfPoverty, "2016-01-01/")}, "2020 1, 2021 1, 2022 1"},
		{"once for two jobs of a year", OutOfPovertyWork, person.Facts{Spells: spells("unit urban 2020-02-01/2020-03-01", "unit urban 2020-05-01/2020-06-01"), Groups: group(person.OutOfPoverty, "2016-01-01/")}, "2020 1"},
		{"out of poverty only later", OutOfPovertyWork, person.Facts{Spells: spells("unit urban 2019-02-01/2019-03-01"), Groups: group(person.OutOfPoverty, "2020-01-01/")}, ""},
	}
	for _, c := range cases {
		if got := tell(c.file, c.of); got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.who, c.of.ID(), got, c.want)
		}
	}
}

func TestTrainingsAreCountedAsTheContractSays(t *testing.T) {
	course := func(until string, subsidised bool) person.Training {
		return person.Training{Class: until, Until: day(until), Subsidised: subsidised}
	}
	cases := []struct {
		who   string
		rural bool
		took  []person.Training
		all   string
		herds string
	}{
		{"a townsman's subsidised courses", false, []person.Training{course("2021-12-31", true), course("2022-01-01", true), course("2022-06-01", true)}, "2021 1, 2022 2", ""},
		{"a herder's course without subsidy", true, []person.Training{course("2021-05-01", false)}, "", "2021 1"},
		{"a herder's course with subsidy counts in both", true, []person.Training{course("2021-05-01", true)}, "2021 1", "2021 1"},
		{"a course that ends after the data", true, []person.Training{course("2025-09-01", true)}, "", ""},
	}
	for _, c := range cases {
		f := person.Facts{Person: person.Person{Rural: c.rural}, Trainings: c.took}
		if all, herds := tell(f, Trained), tell(f, TrainedRural); all != c.all || herds != c.herds {
			t.Errorf("%s: %q and %q, want %q and %q", c.who, all, herds, c.all, c.herds)
		}
	}
}

func TestStocksLookAtTheLastDayOfTheYearOrOfTheData(t *testing.T) {
	born := func(s string) person.Person { return person.Person{Birth: day(s).Time} }
	worker := born("1985-06-15")
	dead := worker
	dead.Died = day("2024-05-01")
	cases := []struct {
		who  string
		of   Index
		file person.Facts
		want string
	}{
		{"in a town on the last day", UrbanShare, person.Facts{Person: worker, Spells: spells("unit urban 2020-12-31/2021-12-30")}, "2020 1/1"},
		{"in the country", UrbanShare, person.Facts{Person: worker, Spells: spells("unit rural 2023-01-01/2024-12-30")}, "2023 0/1"},
		{"in both", UrbanShare, person.Facts{Person: worker, Spells: spells("unit rural 2023-01-01/2023-12-31", "flexible urban 2023-02-01/2023-12-31")}, "2023 1/1"},
		{"on the data's last day", UrbanShare, person.Facts{Person: worker, Spells: spells("unit urban 2025-01-01/2025-08-31")}, "2025 1/1"},
		{"ended before the data's last day", UrbanShare, person.Facts{Person: worker, Spells: spells("unit urban 2025-01-01/2025-08-30")}, ""},

		{"dead, but still at work and registered on paper", UrbanShare, person.Facts{Person: dead, Spells: spells("unit urban 2023-01-01/2025-08-31"), Registrations: registered("2023-01-01/2025-08-31")}, "2023 1/1"},
		{"dead, with a certificate", HighSkill, person.Facts{Person: dead, Certificates: []person.Certificate{{Issued: day("2023-12-31"), Level: 3}}}, "2023 1"},
		{"died in 2024", PensionRate, person.Facts{Person: dead}, "2019 0/1, 2020 0/1, 2021 0/1, 2022 0/1, 2023 0/1"},
		{"registered on the last day", RegisteredRate, person.Facts{Person: worker, Registrations: registered("2020-12-31/2021-06-01")}, "2020 1/1"},
		{"at work in a town", RegisteredRate, person.Facts{Person: worker, Spells: spells("unit urban 2020-12-31/2021-06-01")}, "2020 0/1"},
		{"at work in the country is in neither", RegisteredRate, person.Facts{Person: worker, Spells: spells("unit rural 2020-12-31/2021-06-01")}, ""},
		{"both at once stand in both", RegisteredRate, person.Facts{Person: worker, Spells: spells("unit urban 2020-12-31/2021-06-01"), Registrations: registered("2020-12-01/2021-01-02")}, "2020 1/2"},
		{"struck off on the last day", RegisteredRate, person.Facts{Person: worker, Registrations: registered("2020-06-01/2020-12-31")}, ""},

		{"a certificate of level 3", HighSkill, person.Facts{Person: worker, Certificates: []person.Certificate{{Issued: day("2023-12-31"), Level: 3}}}, "2023 1, 2024 1, 2025 1"},
		{"two certificates are one person", HighSkill, person.Facts{Person: worker, Certificates: []person.Certificate{{Issued: day("2024-01-01"), Level: 3}, {Issued: day("2025-01-01"), Level: 2}}}, "2024 1, 2025 1"},
		{"level 4", HighSkill, person.Facts{Person: worker, Certificates: []person.Certificate{{Issued: day("2023-12-31"), Level: 4}}}, ""},

		{"sixteen on the last day", PensionRate, person.Facts{Person: born("2004-12-31"), Insurances: []person.Insurance{{Kind: person.Resident, From: 202012, To: 202012}}}, "2020 1/1, 2021 0/1, 2022 0/1, 2023 0/1, 2024 0/1, 2025 0/1"},
		{"sixteen the day after", PensionRate, person.Facts{Person: born("2005-01-01")}, "2021 0/1, 2022 0/1, 2023 0/1, 2024 0/1, 2025 0/1"},
		{"sixty on the last day", PensionRate, person.Facts{Person: born("1960-12-31")}, "2019 0/1"},
		{"sixty the day after", PensionRate, person.Facts{Person: born("1961-01-01")}, "2019 0/1, 2020 0/1"},
		{"a student", PensionRate, person.Facts{Person: person.Person{Birth: day("2002-01-01").Time, Student: true}}, ""},
		{"flexible, paid in the data's last month", PensionRate, person.Facts{Person: born("2009-08-31"), Insurances: []person.Insurance{{Kind: person.Flexible, From: 202508}}}, "2025 1/1"},
		{"unemployment insurance is no pension", PensionRate, person.Facts{Person: born("2009-08-31"), Insurances: []person.Insurance{{Kind: person.Unemployment, From: 202508}}}, "2025 0/1"},

		{"nine years of school", Schooling, person.Facts{Person: person.Person{Birth: day("2009-08-31").Time, Education: 70}}, "2025 9/1"},
		{"no known school", Schooling, person.Facts{Person: born("2009-08-31")}, ""},
		{"a student has been to school too", Schooling, person.Facts{Person: person.Person{Birth: day("2009-08-31").Time, Education: 60, Student: true}}, "2025 12/1"},
	}
	for _, c := range cases {
		if got := tell(c.file, c.of); got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.who, c.of.ID(), got, c.want)
		}
	}
}

func TestEveryShareSaysWhatItRestsOn(t *testing.T) {
	f := person.Facts{Person: person.Person{Birth: day("1985-06-15").Time, Rural: true, Education: 30},
		Spells:        spells("transfer urban 2021-01-01/2021-12-31"),
		Registrations: registered("2020-01-01/2021-01-01"), Groups: append(group(person.Hard, "2020-01-01/"), group(person.OutOfPoverty, "2020-01-01/")...),
		Graduates: graduated("2020-07-01"), Trainings: []person.Training{{Class: "a", Until: day("2021-02-02"), Subsidised: true}},
		Certificates: []person.Certificate{{Issued: day("2021-02-02"), Level: 1}},
		Insurances:   []person.Insurance{{Kind: person.Pension, From: 202112}}}
	seen := map[Index]bool{}
	Count(&f, Period{First: 2021, Last: 2021, AsOf: period.AsOf}, func(s Share) {
		seen[s.Indicator] = true
		if s.Spell == nil && s.Registration == nil && s.Training == nil && s.Certificate == nil && s.Insured == "" && s.Indicator != Schooling {
			t.Errorf("%s rests on nothing", s.Indicator.ID())
		}
		if s.Year != 2021 || s.Day.Year() != 2021 {
			t.Errorf("%s is of %d, on %v", s.Indicator.ID(), s.Year, s.Day)
		}
	})
	for i := range count {
		if want := Of(i).FromRegister() && i != SurveyedRate; seen[i] != want {
			t.Errorf("%s: counted %v, want %v", i.ID(), seen[i], want)
		}
	}
}

func BenchmarkCount(b *testing.B) {
	f := person.Facts{Person: person.Person{Birth: day("1985-06-15").Time, Rural: true, Education: 30},
		Spells:        spells("unit urban 2019-01-01/2019-12-31", "transfer urban 2021-01-01/2021-12-31", "unit urban 2023-01-01/"),
		Registrations: registered("2020-01-01/2021-01-01"), Groups: group(person.Hard, "2020-01-01/"),
		Insurances: []person.Insurance{{Kind: person.Pension, From: 202112}}}
	b.ReportAllocs()
	for b.Loop() {
		Count(&f, period, func(Share) {})
	}
}
