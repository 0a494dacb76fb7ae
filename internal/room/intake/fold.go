package intake

import (
	"time"

	"jiuye/internal/register/person"
)

// fold keeps the last of the items that share a key, at the place of the first. A database refuses two rows with one key
// in one statement.
func fold[T any, K comparable](list []T, key func(*T) K) []T {
	at := make(map[K]int, len(list))
	out := list[:0]
	for i := range list {
		k := key(&list[i])
		if j, twice := at[k]; twice {
			out[j] = list[i]
			continue
		}
		at[k] = len(out)
		out = append(out, list[i])
	}
	return out
}

// fold makes the keys of a block's facts unique.
func (f *facts) fold() {
	type dayKey struct {
		id   int64
		day  time.Time
		what string
		unit int64
	}
	f.Registrations = fold(f.Registrations, func(r *person.Registration) dayKey { return dayKey{r.PersonID, r.Since.Time, "", 0} })
	f.Insurances = fold(f.Insurances, func(r *person.Insurance) [2]any {
		return [2]any{[3]int64{r.PersonID, r.EmployerID, int64(r.From)}, r.Kind}
	})
	f.Spells = fold(f.Spells, func(r *person.Spell) dayKey { return dayKey{r.PersonID, r.Since.Time, r.Kind, r.EmployerID} })
	f.Groups = fold(f.Groups, func(r *person.Group) dayKey { return dayKey{r.PersonID, r.Since.Time, r.Kind, 0} })
	f.Graduates = fold(f.Graduates, func(r *person.Graduate) dayKey { return dayKey{r.PersonID, r.Graduated.Time, "", 0} })
	f.Trainings = fold(f.Trainings, func(r *person.Training) dayKey { return dayKey{r.PersonID, time.Time{}, r.Class, 0} })
	f.Certificates = fold(f.Certificates, func(r *person.Certificate) dayKey { return dayKey{r.PersonID, r.Issued.Time, "", int64(r.Level)} })
	f.Surveys = fold(f.Surveys, func(r *person.Survey) [2]int64 { return [2]int64{r.PersonID, int64(r.Month)} })
	latest := map[int64]answer{}
	for _, a := range f.abilities {
		if old, has := latest[a.PersonID]; !has || !a.since.Before(old.since.Time) {
			latest[a.PersonID] = a
		}
	}
	f.abilities = f.abilities[:0]
	for _, a := range latest {
		f.abilities = append(f.abilities, a)
	}
}
