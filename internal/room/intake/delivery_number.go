package intake

import (
	"context"

	"jiuye/internal/register/person"
)

// sampled is how many known people of a block are asked for the number they had: enough to see that a source has numbered
// anew, few enough to cost nothing.
const sampled = 200

// renumber compares the numbers that a source gives to known people (户号, 班次编号) with the ones it gave them before. It is
// asked before the block is written.
func (w *writing) renumber(ctx context.Context, rows []*record) error {
	field := map[string]string{"person": "household", "training": "class"}[w.block.file.template.Becomes]
	if field == "" || len(rows) == 0 {
		return nil
	}
	numbers := map[int64]*record{}
	var ids []int64
	step := max(1, len(rows)/sampled)
	for i := 0; i < len(rows); i += step {
		if ref, found := w.person(rows[i].hash); found {
			if numbers[ref.id] == nil {
				ids = append(ids, ref.id)
			}
			numbers[ref.id] = rows[i]
		}
	}
	if field == "class" {
		return w.reclassed(ctx, ids, numbers)
	}
	return w.rehoused(ctx, ids, numbers)
}

// rehoused counts people of whom the register knows the household.
func (w *writing) rehoused(ctx context.Context, ids []int64, rows map[int64]*record) error {
	list, err := w.room.People.ListIn(ctx, w.tx, ids)
	if err != nil {
		return err
	}
	var written []string
	for _, r := range rows {
		written = append(written, r.text("household"))
	}
	homes, err := w.room.People.ResolveHouseholds(ctx, w.tx, written)
	for _, p := range list {
		if p.HouseholdID != 0 {
			w.tallyNumber(homes[rows[p.ID].text("household")] != p.HouseholdID)
		}
	}
	return err
}

// reclassed counts people who attended a course that began on the same day.
func (w *writing) reclassed(ctx context.Context, ids []int64, rows map[int64]*record) error {
	list, err := w.room.People.FactsOf(ctx, ids)
	for _, f := range list {
		r := rows[f.ID]
		var same *person.Training
		met := false
		for i := range f.Trainings {
			if t := &f.Trainings[i]; t.Since == r.get("since").day() {
				if met = true; t.Class == r.text("class") {
					same = t
				}
			}
		}
		if met {
			w.tallyNumber(same == nil)
		}
	}
	return err
}

func (w *writing) tallyNumber(another bool) {
	if w.numbered++; another {
		w.renumbered++
	}
}
