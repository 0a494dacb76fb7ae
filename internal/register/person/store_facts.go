package person

import (
	"context"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
)

// merge reads one table of facts for people, who stand in the order of their ids and are all that match where, and
// hangs each row on its person. Bare leaves out what no rule asks about.
type merge func(ctx context.Context, d *db.DB, bare bool, people []*Facts, where string, args ...any) error

// table is one table of facts: its columns behind person_id, after a semicolon those that only a file page shows, and how
// a row is read, whole or bare. The list is in the order of the primary key.
func table[T any](columns, name, order string, list func(*Facts) *[]T, read func(v *T, id int64, r *db.Row, bare bool)) merge {
	asked, shown, _ := strings.Cut(columns, "; ")
	heads := map[bool]string{true: `SELECT person_id, ` + asked + ` FROM ` + name, false: `SELECT person_id, ` + asked + shown + ` FROM ` + name}
	return func(ctx context.Context, d *db.DB, bare bool, people []*Facts, where string, args ...any) error {
		at := 0
		return d.Rows(ctx, func(r *db.Row) error {
			id := r.Int(0)
			for at < len(people) && people[at].ID < id {
				at++
			}
			if at < len(people) && people[at].ID == id {
				l := list(people[at])
				if n := len(*l); n < cap(*l) { // what was there before is written over
					*l = (*l)[:n+1]
				} else {
					var none T
					*l = append(*l, none)
				}
				read(&(*l)[len(*l)-1], id, r, bare)
			}
			return nil
		}, heads[bare]+` WHERE `+where+` ORDER BY person_id, `+order, args...)
	}
}

// tables are all tables of facts.
var tables = []merge{
	table(db.Plain(`since`)+`, `+db.Plain(`until`)+`, reason; , outcome, occupation, pay`, `person_registration`, `since`,
		func(f *Facts) *[]Registration { return &f.Registrations },
		func(v *Registration, id int64, r *db.Row, bare bool) {
			*v = Registration{PersonID: id, Since: r.Date(1), Until: r.Date(2), Reason: r.Text(3)}
			if !bare {
				v.Outcome, v.Occupation, v.Pay = r.Text(4), r.Text(5), r.Int(6)
			}
		}),
	table(`kind, employer_id, from_month, to_month`, `person_insurance`, `kind, employer_id, from_month`,
		func(f *Facts) *[]Insurance { return &f.Insurances },
		func(v *Insurance, id int64, r *db.Row, bare bool) {
			*v = Insurance{PersonID: id, Kind: r.Text(1), EmployerID: r.Int(2), From: int(r.Int(3)), To: int(r.Int(4))}
		}),
	table(db.Plain(`since`)+`, kind, employer_id, `+db.Plain(`until`)+`, urban, newform, area, contract; , occupation`, `person_spell`, `since, kind, employer_id`,
		func(f *Facts) *[]Spell { return &f.Spells },
		func(v *Spell, id int64, r *db.Row, bare bool) {
			*v = Spell{PersonID: id, Since: r.Date(1), Kind: r.Text(2), EmployerID: r.Int(3), Until: r.Date(4),
				Urban: r.Bool(5), NewForm: r.Bool(6), Area: r.Text(7), Contract: int(r.Int(8))}
			if !bare {
				v.Occupation = r.Text(9)
			}
		}),
	table(`kind, `+db.Plain(`since`)+`, `+db.Plain(`until`)+`, detail`, `person_key_group`, `kind, since`,
		func(f *Facts) *[]Group { return &f.Groups },
		func(v *Group, id int64, r *db.Row, bare bool) {
			*v = Group{PersonID: id, Kind: r.Text(1), Since: r.Date(2), Until: r.Date(3), Detail: r.Text(4)}
		}),
	table(db.Plain(`graduated`)+`, degree; , school, major`, `person_graduate`, `graduated`,
		func(f *Facts) *[]Graduate { return &f.Graduates },
		func(v *Graduate, id int64, r *db.Row, bare bool) {
			*v = Graduate{PersonID: id, Graduated: r.Date(1), Degree: int(r.Int(2))}
			if !bare {
				v.School, v.Major = r.Text(3), r.Text(4)
			}
		}),
	table(db.Plain(`since`)+`, `+db.Plain(`until`)+`, hours, subsidised; , class, occupation`, `person_training`, `class`,
		func(f *Facts) *[]Training { return &f.Trainings },
		func(v *Training, id int64, r *db.Row, bare bool) {
			*v = Training{PersonID: id, Since: r.Date(1), Until: r.Date(2), Hours: int(r.Int(3)), Subsidised: r.Bool(4)}
			if !bare {
				v.Class, v.Occupation = r.Text(5), r.Text(6)
			}
		}),
	table(db.Plain(`issued`)+`, level; , occupation`, `person_certificate`, `issued, level`,
		func(f *Facts) *[]Certificate { return &f.Certificates },
		func(v *Certificate, id int64, r *db.Row, bare bool) {
			*v = Certificate{PersonID: id, Issued: r.Date(1), Level: int(r.Int(2))}
			if !bare {
				v.Occupation = r.Text(3)
			}
		}),
}

func (s *Store) fill(ctx context.Context, bare bool, people []*Facts, where string, args ...any) error {
	for _, read := range tables {
		if err := read(ctx, s.DB, bare, people, where, args...); err != nil {
			return err
		}
	}
	return nil
}

// Facts reads everything about one person, numbers unsealed. It is a fault of kind NotFound when there is none.
func (s *Store) Facts(ctx context.Context, id int64) (*Facts, error) {
	p, err := s.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	f := &Facts{Person: p}
	return f, s.fill(ctx, false, []*Facts{f}, `person_id = $1`, id)
}

// FactsOf reads everything about many people, numbers sealed, in the order of their ids; ids nobody has are left out.
func (s *Store) FactsOf(ctx context.Context, ids []int64) ([]*Facts, error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	var out []*Facts
	for part := range slices.Chunk(ids, 1000) {
		where := `person_id IN (` + db.In(1, len(part)) + `)`
		people, err := s.people(ctx, where, db.Args(part)...)
		if err != nil {
			return nil, err
		}
		if err := s.fill(ctx, false, people, where, db.Args(part)...); err != nil {
			return nil, err
		}
		out = append(out, people...)
	}
	return out, nil
}

func (s *Store) people(ctx context.Context, where string, args ...any) ([]*Facts, error) {
	var out []*Facts
	err := db.Each(ctx, s.DB, (*sealed).fields, func(row *sealed) error {
		p, err := s.open(row, false)
		out = append(out, &Facts{Person: p})
		return err
	}, `SELECT `+personColumns+` FROM person p WHERE `+where, args...) // sorted here, so that no database walks through everybody for the order
	slices.SortFunc(out, func(a, b *Facts) int { return int(min(1, max(-1, a.ID-b.ID))) })
	return out, err
}
