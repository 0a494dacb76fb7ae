package plan

import (
	"fmt"
	"math/rand/v2"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// crowd writes n made-up people into Alxa's villages, the same ones every time: most work, some twice, some train, some
// are unemployed. Batches keep memory small.
func (h *house) crowd(n int) {
	h.t.Helper()
	luck := rand.New(rand.NewPCG(1, 2))
	var homes []string
	for _, banner := range []string{"152921", "152922", "152923"} {
		for _, township := range area.Children(banner) {
			for _, village := range area.Children(township.Code) {
				homes = append(homes, village.Code)
			}
		}
	}
	// The first banner has about two thirds of the people.
	at := func() string { return homes[min(luck.IntN(len(homes)), luck.IntN(len(homes)))] }
	const names = "苏王李张刘陈杨赵白包"
	for from := 0; from < n; from += 5000 {
		var all person.Facts
		var list []person.Person
		var surveys []person.Survey
		for i := from; i < min(n, from+5000); i++ {
			p := person.Person{ID: int64(i + 1), Name: string([]rune(names)[luck.IntN(10)]) + "某某", Area: at(), Rural: luck.IntN(3) == 0,
				Birth: clock.Date(1945+luck.IntN(70), time.Month(1+luck.IntN(12)), 1+luck.IntN(28)), Education: person.Educations[luck.IntN(8)].Code,
				IDNumber: fmt.Sprintf("15292119850%07d", i)}
			list = append(list, p)
			if age := p.Age(clock.Date(2025, 8, 31)); age < 18 || age > 60 {
				continue
			}
			h.life(luck, p, &all, &surveys)
		}
		must(h.t, h.DB.Tx(ctx, func(tx *db.Tx) error {
			for _, err := range []error{h.People.SavePeople(ctx, tx, list), h.People.SaveSpells(ctx, tx, all.Spells),
				h.People.SaveRegistrations(ctx, tx, all.Registrations), h.People.SaveTrainings(ctx, tx, all.Trainings), h.People.SaveGroups(ctx, tx, all.Groups),
				h.People.SaveInsurances(ctx, tx, all.Insurances), h.People.SaveCertificates(ctx, tx, all.Certificates),
				h.People.SaveGraduates(ctx, tx, all.Graduates), h.People.SaveSurveys(ctx, tx, surveys)} {
				if err != nil {
					return err
				}
			}
			return nil
		}))
	}
}

// life makes up what the register knows of one person of working age.
func (h *house) life(luck *rand.Rand, p person.Person, all *person.Facts, surveys *[]person.Survey) {
	some := func() time.Time { return clock.Date(2018, 1, 1).AddDate(0, 0, luck.IntN(2790)) }
	kinds := []string{person.Unit, person.Unit, person.Unit, person.Flex, person.Self, person.Transfer}
	since := some()
	for range 1 + luck.IntN(3) {
		s := person.Spell{PersonID: p.ID, Kind: kinds[luck.IntN(len(kinds))], Since: db.On(since), Urban: luck.IntN(10) < 6, Area: p.Area}
		until := since.AddDate(0, 0, 100+luck.IntN(1500))
		if luck.IntN(2) > 0 && until.Before(clock.Date(2025, 8, 1)) {
			s.Until = db.On(until)
		}
		all.Spells = append(all.Spells, s)
		all.Insurances = append(all.Insurances, person.Insurance{PersonID: p.ID, Kind: person.Pension, EmployerID: since.Unix() / 86400, From: person.MonthOf(since)})
		if since = until.AddDate(0, 2, 0); since.After(clock.Date(2025, 8, 31)) || s.Until.IsZero() {
			break
		}
	}
	switch luck.IntN(12) {
	case 0:
		all.Registrations = append(all.Registrations, person.Registration{PersonID: p.ID, Since: db.On(some())})
	case 1:
		all.Trainings = append(all.Trainings, person.Training{PersonID: p.ID, Class: "B" + fmt.Sprint(p.ID%90), Since: db.On(some()), Until: db.On(some()), Subsidised: luck.IntN(3) > 0})
	case 2:
		all.Groups = append(all.Groups, person.Group{PersonID: p.ID, Kind: []string{person.Hard, person.OutOfPoverty}[luck.IntN(2)], Since: db.On(clock.Date(2018, 3, 1))})
	case 3:
		all.Certificates = append(all.Certificates, person.Certificate{PersonID: p.ID, Issued: db.On(some()), Level: 1 + luck.IntN(5)})
	case 4:
		all.Graduates = append(all.Graduates, person.Graduate{PersonID: p.ID, Graduated: db.On(clock.Date(2018+luck.IntN(7), 7, 1)), Degree: 20})
	case 5:
		for month := range 20 {
			*surveys = append(*surveys, person.Survey{PersonID: p.ID, Month: person.MonthOf(clock.Date(2024, time.Month(1+month), 1)), Status: 1 + luck.IntN(20)/19, Urban: true})
		}
	}
}
