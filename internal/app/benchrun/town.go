package benchrun

import (
	"fmt"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// townPeople is how many people are drawn one by one; a register of any size is that town many times over.
const townPeople = 20_000

// firstID is where ids begin: as large as those that ids are given by in earnest, and as near to each other.
const firstID = int64(900_000_000_000_000_000)

// sheet is one table with the rows of the town.
type sheet struct {
	name    string
	columns []string
	rows    [][]any
}

func (s *sheet) add(row ...any) { s.rows = append(s.rows, row) }

// town is a made-up town in the register's own tables, with as many rows a person as the demonstration has: 1.2 runs of
// insurance, 0.85 spells of work, a household of 2.6, and so on.
type town struct {
	l lot

	households, people, registrations, insurances, spells, groups, graduates, trainings, certificates, employers sheet
}

// sheets are the tables, each in the order of its key.
func (t *town) sheets() []*sheet {
	return []*sheet{&t.employers, &t.households, &t.people, &t.registrations, &t.insurances, &t.spells, &t.groups, &t.graduates, &t.trainings, &t.certificates}
}

func makeTown() *town {
	t := &town{l: 1,
		employers:  sheet{name: "employer", columns: []string{"employer_id", "credit_code", "name", "kind", "industry", "area", "opened", "founder_id", "staff", "phone", "updated_at"}},
		households: sheet{name: "household", columns: []string{"household_id", "number", "area", "rural"}},
		people: sheet{name: "person", columns: []string{"person_id", "name", "name_key", "sex", "birth", "ethnic", "education", "id_seal", "phone_seal", "area", "rural",
			"household_id", "relation", "student", "able", "willing", "version", "updated_at", "died"}},
		registrations: sheet{name: "person_registration", columns: []string{"person_id", "since", "until", "reason", "outcome", "occupation", "pay"}},
		insurances:    sheet{name: "person_insurance", columns: []string{"person_id", "kind", "employer_id", "from_month", "to_month"}},
		spells:        sheet{name: "person_spell", columns: []string{"person_id", "since", "kind", "employer_id", "until", "urban", "newform", "area", "contract", "occupation"}},
		groups:        sheet{name: "person_key_group", columns: []string{"person_id", "kind", "since", "until", "detail"}},
		graduates:     sheet{name: "person_graduate", columns: []string{"person_id", "graduated", "school", "degree", "major"}},
		trainings:     sheet{name: "person_training", columns: []string{"person_id", "class", "since", "until", "hours", "subsidised", "occupation"}},
		certificates:  sheet{name: "person_certificate", columns: []string{"person_id", "issued", "level", "occupation"}},
	}
	townships, _, _ := places()
	place, rural := "", false
	household, left := firstID, int64(0)
	for n := range int64(townPeople) {
		if left--; left < 0 {
			household, left = firstID+n, t.l.below(5)
			place, rural = townships[t.l.below(int64(len(townships)))]+"001", t.l.below(100) < 45
			t.households.add(household, fmt.Sprintf("150000%010d", n), place, rural)
		}
		t.born(firstID+n, household, place, rural)
		if n%60 == 0 {
			kind := []string{employer.Enterprise, employer.Enterprise, employer.Individual, employer.Institution, employer.Organisation}[t.l.below(5)]
			t.employers.add(firstID+n, fmt.Sprintf("9115%014d", n), "某某商贸有限责任公司", kind, []string{"C26", "E47", "F52", "S92"}[t.l.below(4)], place,
				t.ago(9000), t.some(4, firstID+t.l.below(townPeople)), t.l.below(300), "04830000000", int64(0))
		}
	}
	return t
}

// ago is a day at most so many days before today.
func (t *town) ago(days int64) db.Date { return date(today - rule.Day(t.l.below(days))) }

func date(d rule.Day) db.Date { return db.On(d.Time()) }

// some is a number for one in n, else 0.
func (t *town) some(n, number int64) int64 {
	if t.l.oneIn(n) {
		return number
	}
	return 0
}

func (t *town) until(since db.Date, still int64) db.Date {
	if t.l.below(100) < still {
		return db.Date{}
	}
	return date(min(today-1, rule.DayOf(since.Time)+rule.Day(t.l.below(1500))))
}

func (t *town) born(id, household int64, place string, rural bool) {
	age := t.l.below(86)
	birth := today - rule.Day(age*366+t.l.below(366))
	asked := func() any {
		if t.l.below(10) < 6 {
			return nil
		}
		return t.l.below(10) < 8
	}
	student := age >= 6 && age < 22 && t.l.below(10) < 8
	seal := make([]byte, 47+40)
	for i := range seal {
		seal[i] = byte(t.l.next())
	}
	t.people.add(id, "某某某", "某某某", 1+t.l.below(2), date(birth), "01", []int{10, 20, 30, 40, 60, 70, 80, 90}[t.l.below(8)], seal[:47], seal[47:], place, rural,
		household, "子女", student, asked(), asked(), int64(1), int64(1758675603485), db.Date{})
	if age >= 6 && t.l.below(100) < 45 {
		t.insurances.add(id, person.Resident, int64(0), month(date(today-4000-rule.Day(t.l.below(1000)))), nil)
	}
	if age < 16 || student {
		return
	}
	t.work(id, place)
	if t.l.below(100) < 10 {
		since := t.ago(3000)
		t.registrations.add(id, since, t.until(since, 14), "用人单位关闭或停产", "就业", "保洁员", int64(240000))
	}
	if t.l.below(100) < 11 {
		t.groups.add(id, []string{person.Hard, person.LowIncome, person.Disabled, person.Veteran, person.OutOfPoverty}[t.l.below(5)], t.ago(3000), db.Date{}, "自主就业")
	}
	if age >= 20 && age < 40 && t.l.below(100) < 13 {
		t.graduates.add(id, t.ago(3000), "内蒙古科技大学", 20, "计算机科学与技术")
	}
	if t.l.below(100) < 7 {
		end := t.ago(2400)
		t.trainings.add(id, "152921-2024-135", db.On(end.AddDate(0, 0, -14)), end, 96+t.l.below(60), t.l.below(10) < 8, "养老护理员")
		t.certificates.add(id, end, 1+t.l.below(5), "养老护理员")
	}
}

// work gives somebody one or two spells of work, and the insurance that goes with them.
func (t *town) work(id int64, place string) {
	begin := today - rule.Day(6000)
	for range t.l.below(3) {
		unit := firstID + t.l.below(townPeople/60)*60
		kind := []string{person.Unit, person.Unit, person.Unit, person.Flex, person.Self, person.Transfer, person.Post}[t.l.below(7)]
		if kind != person.Unit && kind != person.Post {
			unit = 0
		}
		begin += rule.Day(32 + t.l.below(2900)) // never two in one month
		since, end := date(begin), t.until(date(begin), 60)
		t.spells.add(id, since, kind, unit, end, t.l.below(10) < 7, t.l.oneIn(20), place, []int64{0, 12, 24, 36, person.OpenEnded}[t.l.below(5)], "道路货运汽车驾驶员")
		if unit != 0 {
			var to any
			if !end.IsZero() {
				to = month(end)
			}
			t.insurances.add(id, person.Pension, unit, month(since), to)
		}
	}
}

func month(d db.Date) int64 { return int64(person.MonthOf(d.Time)) }
