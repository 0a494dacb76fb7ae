package intake

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"

	"pgregory.net/rapid"
)

// dump is the register as texts, without what only tells when something was written.
func (r *Room) dump(t testing.TB) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	type one struct{ id int64 }
	ids, err := db.All(ctx, r.DB, func(o *one) []any { return []any{&o.id} }, `SELECT person_id FROM person ORDER BY person_id`)
	if err != nil {
		t.Fatal(err)
	}
	homes := map[int64]string{}
	type home struct {
		person.Household
	}
	if err := db.Each(ctx, r.DB, func(h *home) []any { return []any{&h.ID, &h.Number, &h.Area, &h.Rural} }, func(h *home) error {
		homes[h.ID] = h.Number
		out["household"] = append(out["household"], fmt.Sprint(h.Number, h.Area, h.Rural))
		return nil
	}, `SELECT household_id, number, area, rural FROM household ORDER BY number`); err != nil {
		t.Fatal(err)
	}
	units := map[int64]string{}
	var unitIDs []int64
	if err := r.Employers.Each(ctx, "15", func(e *employer.Employer) error {
		units[e.ID] = e.CreditCode
		unitIDs = append(unitIDs, e.ID)
		out["employer"] = append(out["employer"], fmt.Sprint(e.CreditCode, e.Name, e.Kind, e.Industry, e.Area, e.Opened, e.FounderID != 0, e.Staff, e.Phone))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	numbers := map[int64]string{}
	for _, o := range ids {
		f, err := r.People.Facts(ctx, o.id)
		if err != nil {
			t.Fatal(err)
		}
		n := f.IDNumber
		numbers[f.ID] = n
		say := func(table string, parts ...any) { out[table] = append(out[table], n+" "+fmt.Sprint(parts...)) }
		say("person", f.Name, f.Sex, f.Birth, f.Ethnic, f.Education, f.Phone, f.Area, f.Rural, homes[f.HouseholdID], f.Relation, f.Student, told(f.Able), told(f.Willing), f.Died)
		for _, x := range f.Registrations {
			x.PersonID = 0
			say("registration", x)
		}
		for _, x := range f.Insurances {
			say("insurance", x.Kind, units[x.EmployerID], x.From, x.To)
		}
		for _, x := range f.Spells {
			say("spell", x.Since, x.Kind, units[x.EmployerID], x.Until, x.Urban, x.NewForm, x.Area, x.Contract, x.Occupation)
		}
		for _, x := range f.Groups {
			say("group", x.Kind, x.Since, x.Until, x.Detail)
		}
		for _, x := range f.Graduates {
			say("graduate", x.Graduated, x.School, x.Degree, x.Major)
		}
		for _, x := range f.Trainings {
			say("training", x.Class, x.Since, x.Until, x.Hours, x.Subsidised, x.Occupation)
		}
		for _, x := range f.Certificates {
			say("certificate", x.Issued, x.Level, x.Occupation)
		}
	}
	type survey struct {
		id            int64
		month, status int
		urban         bool
	}
	if err := db.Each(ctx, r.DB, func(s *survey) []any { return []any{&s.id, &s.month, &s.status, &s.urban} }, func(s *survey) error {
		out["survey"] = append(out["survey"], fmt.Sprint(numbers[s.id], s.month, s.status, s.urban))
		return nil
	}, `SELECT person_id, month, status, urban FROM person_survey ORDER BY person_id, month`); err != nil {
		t.Fatal(err)
	}
	type pay struct {
		unit  int64
		title string
		high  int64
		state string
	}
	if err := db.Each(ctx, r.DB, func(p *pay) []any { return []any{&p.unit, &p.title, &p.high, &p.state} }, func(p *pay) error {
		out["vacancy"] = append(out["vacancy"], fmt.Sprint(units[p.unit], p.title, p.high, p.state))
		return nil
	}, `SELECT employer_id, title, pay_high, state FROM employer_vacancy ORDER BY employer_id, vacancy_id`); err != nil {
		t.Fatal(err)
	}
	for table, column := range map[string]string{"person_identity": "person_id", "household_identity": "household_id", "employer_identity": "employer_id"} {
		out[table] = []string{itoa(r.number(t, `SELECT count(DISTINCT `+column+`) FROM `+table))}
	}
	for _, list := range out {
		slices.Sort(list)
	}
	return out
}

func told(b *bool) string {
	if b == nil {
		return "-"
	}
	return fmt.Sprint(*b)
}

func compareDumps(t testing.TB, what string, want, got map[string][]string) {
	t.Helper()
	for table := range want {
		if a, b := strings.Join(want[table], "\n"), strings.Join(got[table], "\n"); a != b {
			t.Errorf("%s: %s was\n%s\nis\n%s", what, table, a, b)
		}
	}
	for table := range got {
		if len(want[table]) == 0 && len(got[table]) > 0 {
			t.Errorf("%s: %s has\n%s", what, table, strings.Join(got[table], "\n"))
		}
	}
}

// everybody are the ids of all people.
func (r *Room) everybody(t testing.TB) []int64 {
	t.Helper()
	ids, err := db.All(ctx, r.DB, func(id *int64) []any { return []any{id} }, `SELECT person_id FROM person ORDER BY person_id`)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestTheRegisterDrawnFromRecordsIsTheOneThatWasImported(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		check := func(when string) {
			t.Helper()
			before := r.dump(t)
			if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
				d, err := r.project(ctx, tx, r.everybody(t))
				if len(d.changed) > 0 || len(d.removed) > 0 {
					t.Errorf("%s: %d people drawn otherwise: %+v", when, len(d.changed), d.changed)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			compareDumps(t, when, before, r.dump(t))
		}
		r.bring(t, delivery(t), league)
		check("one delivery")
		r.bring(t, delivery(t), league)
		check("the same again")
		for i, c := range [][]string{
			{registrationHeads + ",联系电话", "包娜仁," + somebody(1) + ",2024-01-08,解除合同,2024-06-01,就业,保洁,3600,有,无,13900001111"},
			{registrationHeads + ",联系电话", "包娜仁," + somebody(1) + ",2024-01-08,解除合同,2024-06-01,就业,厨师,3500,有,有,"},
			{registrationHeads, "包娜仁," + somebody(1) + ",2023-01-08,解除合同,2023-06-01,就业,厨师,3500,无,无", "白音," + somebody(2) + ",2025-02-01,企业关停,,,,,,"},
			{householdHeads, household(2, "白音", "right"), household(2, "白音", "left")},
			{householdHeads, strings.Replace(household(2, "白音", "left"), "H2,户主", "H9,户主", 1)},
			{householdHeads, household(9, "新人", "left"), strings.Replace(household(9, "新人", "left"), "大学专科", "", 1)},
			{taxHeads, "周琪," + somebody(3) + ",某公司,13900002222,202508,", "不在册," + somebody(8) + ",某公司,,202508,"},
			{"姓名,身份证号,死亡日期", "白音," + somebody(2) + ",2025-08-01"},
		} {
			s := r.bring(t, newFolder(t).text(fmt.Sprintf("第%d次.csv", i), c...), league)
			check(fmt.Sprintf("delivery %d (%s)", i, s.Text()))
		}
		if f := r.factsOf(t, 1); f.Registrations[1].Occupation != "厨师" || f.Phone != "13900001111" || !*f.Willing {
			t.Errorf("what a source says again after it said otherwise does not count: %+v", f)
		}
		if f := r.factsOf(t, 2); f.Died.String() != "2025-08-01" || f.Area != homes["left"] || f.Able == nil || !*f.Able {
			t.Errorf("白音 is %+v", f)
		}
		if n := r.number(t, `SELECT count(*) FROM intake_record WHERE kind = 'registration'`); n != 6 {
			t.Errorf("%d records of registrations", n)
		}
	})
}

func TestPhonesOfManySourcesComeToWhatAllTheirRecordsSay(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		names := []string{"包娜仁", "白音", "周琪"}
		var first []string
		for i, name := range names {
			first = append(first, household(i+1, name, "left"))
		}
		r.bring(t, newFolder(t).text("户籍.csv", append([]string{householdHeads}, first...)...), league)
		luck := rand.New(rand.NewPCG(7, 7))
		for n := range 40 {
			var rows []string
			heads := []string{registrationHeads + ",联系电话", taxHeads, householdHeads}[luck.IntN(3)]
			for range 1 + luck.IntN(4) {
				who, phone := luck.IntN(len(names)), []string{"13900000001", "13900000002", "13900000003", ""}[luck.IntN(4)]
				switch name, id := names[who], somebody(who+1); heads {
				case taxHeads:
					rows = append(rows, fmt.Sprintf("%s,%s,某公司,%s,2025%02d,", name, id, phone, 1+luck.IntN(8)))
				case householdHeads:
					rows = append(rows, strings.Replace(household(who+1, name, "left"), fmt.Sprintf("13847%06d", who+1), phone, 1))
				default:
					rows = append(rows, fmt.Sprintf("%s,%s,2024-0%d-08,解除合同,,,厨师,3500,有,有,%s", name, id, 1+luck.IntN(3), phone))
				}
			}
			s := r.bring(t, newFolder(t).text(fmt.Sprintf("第%d次.csv", n), append([]string{heads}, rows...)...), league)
			before := r.dump(t)
			if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
				if n%8 == 7 {
					return r.Correct(ctx, tx, Correction{PersonID: r.factsOf(t, 2).ID, Field: "phone", Value: fmt.Sprintf("1390000000%d", n%3+1), Why: "本人来电", By: "苏日娜", ByID: 2})
				}
				d, err := r.project(ctx, tx, r.everybody(t))
				if len(d.changed) > 0 {
					t.Errorf("after %q (%s) drawn otherwise: %+v", rows, s.Text(), d.changed)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if n%8 != 7 {
				compareDumps(t, strings.Join(rows, "\n"), before, r.dump(t))
			}
		}
	})
}

// saidOf makes up records for the golden record.
func saidOf(rt *rapid.T) []Said {
	sources := []string{"correction", "police", "civil", "tax", "centre", "self", "nobody"}
	kinds := []string{"household", "registration", "withholding", KindCorrection}
	n := rapid.IntRange(0, 12).Draw(rt, "records")
	out := make([]Said, n)
	for i := range out {
		day := rapid.IntRange(1, 5).Draw(rt, "day")
		out[i] = Said{ID: int64(i + 1), Source: rapid.SampledFrom(sources).Draw(rt, "source"), Kind: rapid.SampledFrom(kinds).Draw(rt, "kind"),
			ValidFrom: dayOf(fmt.Sprintf("2025-01-0%d", day)), HeardAt: int64(rapid.IntRange(1, 4).Draw(rt, "heard")), Cells: map[string]string{}}
		for _, field := range []string{"name", "phone", "education", "able", "area"} {
			if v := rapid.SampledFrom([]string{"", "10", "20", "30"}).Draw(rt, field); v != "" {
				out[i].Cells[field] = v
			}
		}
	}
	return out
}

func TestTheGoldenRecordDoesNotDependOnTheOrderOfRecords(t *testing.T) {
	kinds, err := LoadTemplates(nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &Room{Kinds: kinds}
	rapid.Check(t, func(rt *rapid.T) {
		records := saidOf(rt)
		asOf := dayOf(rapid.SampledFrom([]string{"", "2025-01-02", "2025-01-04"}).Draw(rt, "as of"))
		want := fmt.Sprint(kinds.golden(records, r.speaks, asOf))
		other := rapid.Permutation(records).Draw(rt, "order")
		if got := fmt.Sprint(kinds.golden(other, r.speaks, asOf)); got != want {
			rt.Errorf("in another order\n%s\nis\n%s", want, got)
		}
		for _, a := range kinds.golden(records, r.speaks, db.Date{}) {
			for _, o := range a.Others {
				if kinds.sources.trust.Rank(a.Field, o.Source) < kinds.sources.trust.Rank(a.Field, a.Source) {
					rt.Errorf("%s: %s is trusted more than %s", a.Field, o.Source, a.Source)
				}
			}
		}
	})
}

func TestARecordTakenOutAndPutBackLeavesTheGoldenRecordAsItWas(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		r.bring(t, delivery(t), league)
		before := r.dump(t)
		bao := r.factsOf(t, 1).ID
		all, err := ofPeople.of(ctx, r.DB, r.openSaid, []int64{bao})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all[bao] {
			if s.Kind == "household" {
				continue
			}
			other := r.factsOf(t, 2).ID
			if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return r.move(ctx, tx, bao, other, []int64{s.ID}, EndedMoved) }); err != nil {
				t.Fatal(err)
			}
			if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return r.move(ctx, tx, other, bao, []int64{s.ID}, EndedMoved) }); err != nil {
				t.Fatal(err)
			}
			compareDumps(t, s.Kind+" there and back", before, r.dump(t))
		}
	})
}
