package casework

import (
	"context"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// forgotten stands instead of words that went with the last file of a household.
const forgotten = "文字已随档案匿名化删除"

// Forget takes people whose data are anonymised out of what was written about their households. Where nobody else of the household
// is left in the register all words go; where somebody is, only the name and the numbers of those who leave. That something was
// done, when and by whom, stays for the figures.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	for part := range slices.Chunk(personIDs, 500) {
		people, err := r.People.ListIn(ctx, tx, part)
		if err != nil {
			return err
		}
		told, err := r.store.toldOf(ctx, tx, part)
		if err != nil {
			return err
		}
		for i := 0; i < len(told); {
			house, stay, leave := told[i].household, told[i].others, map[int64]bool{}
			for ; i < len(told) && told[i].household == house; i++ {
				leave[told[i].personID] = true
			}
			hide := hidden
			if stay > 0 {
				hide = without(people, leave)
			}
			if err := r.store.rewrite(ctx, tx, house, hide); err != nil {
				return err
			}
		}
	}
	return nil
}

func hidden(s string) string {
	if s == "" {
		return ""
	}
	return forgotten
}

// without writes stars over the names and numbers of people.
func without(people []person.Person, leave map[int64]bool) func(string) string {
	var pairs []string
	for _, p := range people {
		for _, text := range []string{p.IDNumber, p.Phone, p.Name} {
			if leave[p.ID] && text != "" {
				pairs = append(pairs, text, "＊＊")
			}
		}
	}
	return strings.NewReplacer(pairs...).Replace
}

// told is a household with cases, somebody of it who leaves, and how many others stay in the register.
type told struct{ household, personID, others int64 }

// toldOf finds the households of people that have cases, those they are named after among them, in the order of households.
func (s store) toldOf(ctx context.Context, q db.Querier, ids []int64) ([]told, error) {
	args := []any{person.Anonymous}
	for _, id := range ids {
		args = append(args, id)
	}
	in := `(` + db.In(2, len(ids)) + `)`
	return db.All(ctx, q, func(t *told) []any { return []any{&t.household, &t.personID, &t.others} }, `SELECT h.household_id, h.person_id,
			(SELECT count(*) FROM person o WHERE o.household_id = h.household_id AND o.name <> $1 AND o.person_id NOT IN `+in+`)
		FROM (SELECT household_id, person_id FROM person WHERE household_id <> 0 AND person_id IN `+in+`
			UNION SELECT household_id, person_id FROM casework_case WHERE person_id IN `+in+`) h
		WHERE EXISTS (SELECT 1 FROM casework_case c WHERE c.household_id = h.household_id) ORDER BY h.household_id, h.person_id`, args...)
}

// rewrite passes every word about a household through hide.
func (s store) rewrite(ctx context.Context, tx *db.Tx, household int64, hide func(string) string) error {
	cases, err := db.All(ctx, tx, (*Case).fields, `SELECT `+caseColumns+` FROM casework_case WHERE household_id = $1 ORDER BY case_id`, household)
	if err != nil {
		return err
	}
	for _, c := range cases {
		if _, err := tx.Exec(ctx, `UPDATE casework_case SET proof = $1, next_step = $2, version = version + 1 WHERE household_id = $3 AND case_id = $4`,
			hide(c.Proof), hide(c.NextStep), household, c.ID); err != nil {
			return err
		}
	}
	type note struct {
		caseID, id int64
		text       string
	}
	notes, err := db.All(ctx, tx, func(n *note) []any { return []any{&n.caseID, &n.id, &n.text} },
		`SELECT case_id, step_id, note FROM casework_step WHERE household_id = $1 AND note <> '' ORDER BY case_id, step_id`, household)
	if err != nil {
		return err
	}
	for _, n := range notes {
		if text := hide(n.text); text != n.text {
			if _, err := tx.Exec(ctx, `UPDATE casework_step SET note = $1 WHERE household_id = $2 AND case_id = $3 AND step_id = $4`, text, household, n.caseID, n.id); err != nil {
				return err
			}
		}
	}
	return nil
}
