package person

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"jiuye/internal/ground/db"
)

// factTable is one table of facts: its columns, the first keys of which are the primary key, and a row's values.
type factTable[T any] struct {
	name    string
	columns []string
	keys    int
	values  func(*T) []any
}

var (
	registrations = factTable[Registration]{"person_registration", []string{"person_id", "since", "until", "reason", "outcome", "occupation", "pay"}, 2,
		func(r *Registration) []any {
			return []any{r.PersonID, r.Since, r.Until, r.Reason, r.Outcome, r.Occupation, r.Pay}
		}}
	insurances = factTable[Insurance]{"person_insurance", []string{"person_id", "kind", "employer_id", "from_month", "to_month"}, 4,
		func(r *Insurance) []any {
			return []any{r.PersonID, r.Kind, r.EmployerID, r.From, sql.NullInt64{Int64: int64(r.To), Valid: r.To != 0}}
		}}
	spells = factTable[Spell]{"person_spell", []string{"person_id", "since", "kind", "employer_id", "until", "urban", "newform", "area", "contract", "occupation"}, 4,
		func(r *Spell) []any {
			return []any{r.PersonID, r.Since, r.Kind, r.EmployerID, r.Until, r.Urban, r.NewForm, r.Area, r.Contract, r.Occupation}
		}}
	groups = factTable[Group]{"person_key_group", []string{"person_id", "kind", "since", "until", "detail"}, 3,
		func(r *Group) []any { return []any{r.PersonID, r.Kind, r.Since, r.Until, r.Detail} }}
	graduates = factTable[Graduate]{"person_graduate", []string{"person_id", "graduated", "school", "degree", "major"}, 2,
		func(r *Graduate) []any { return []any{r.PersonID, r.Graduated, r.School, r.Degree, r.Major} }}
	trainings = factTable[Training]{"person_training", []string{"person_id", "class", "since", "until", "hours", "subsidised", "occupation"}, 2,
		func(r *Training) []any {
			return []any{r.PersonID, r.Class, r.Since, r.Until, r.Hours, r.Subsidised, r.Occupation}
		}}
	certificates = factTable[Certificate]{"person_certificate", []string{"person_id", "issued", "level", "occupation"}, 3,
		func(r *Certificate) []any { return []any{r.PersonID, r.Issued, r.Level, r.Occupation} }}
	surveys = factTable[Survey]{"person_survey", []string{"person_id", "month", "status", "urban"}, 2,
		func(r *Survey) []any { return []any{r.PersonID, r.Month, r.Status, r.Urban} }}
)

func (f factTable[T]) save(ctx context.Context, tx *db.Tx, list []T, on db.Meeting) (changed int64, err error) {
	rows := make([][]any, len(list))
	for i := range list {
		rows[i] = f.values(&list[i])
	}
	if changed, err = tx.Merge(ctx, f.name, f.columns, f.columns[:f.keys], rows, on); err != nil || changed == 0 {
		return changed, err
	}
	return changed, touchRows(ctx, tx, f.name, rows)
}

// remove is for single decisions that are taken back, not for bulk: it deletes row by row.
func (f factTable[T]) remove(ctx context.Context, tx *db.Tx, list []T) (removed int64, err error) {
	where := make([]string, len(f.columns))
	for i, c := range f.columns {
		where[i] = fmt.Sprintf("%s IS NOT DISTINCT FROM $%d", c, i+1)
	}
	for i := range list {
		n, err := tx.Exec(ctx, "DELETE FROM "+f.name+" WHERE "+strings.Join(where, " AND "), f.values(&list[i])...)
		if err != nil {
			return removed, err
		}
		if removed += n; n > 0 {
			if err := touchRows(ctx, tx, f.name, [][]any{f.values(&list[i])}); err != nil {
				return removed, err
			}
		}
	}
	return removed, nil
}
