package indicator

import (
	"context"
	"embed"
	"fmt"
	"sync"

	"jiuye/internal/ground/builtin"
	"jiuye/internal/ground/db"
)

//go:embed data
var dataFiles embed.FS

var computed = sync.OnceValue(func() []Definition {
	var list []Definition
	builtin.Table(dataFiles, "data/definitions.csv", func(r builtin.Row) error {
		list = append(list, Definition{ID: r.Text("id"), Version: r.Number("version"), Name: r.Text("name"), English: r.Text("english"), Unit: r.Text("unit"), Kind: Kind(r.Text("kind")),
			Type: Type(r.Text("type")), Formula: r.Text("formula"), Frequency: Frequency(r.Text("frequency")), Lead: r.Text("lead"),
			Down: r.Text("better") == "down", Sub: r.Text("sub")})
		return nil
	})
	return list
})

// printed are the targets of the plans that the program knows from the start, region first, in the order of the box.
var printed = sync.OnceValue(func() []Target {
	var list []Target
	builtin.Table(dataFiles, "data/targets.csv", func(r builtin.Row) error {
		if _, ok := Find(r.Text("indicator")); !ok {
			return fmt.Errorf("no indicator %s", r.Text("indicator"))
		}
		t := Target{Plan: r.Text("document"), Area: r.Text("area"), Indicator: r.Text("indicator"), Unit: r.Text("unit"), BaseYear: r.Number("base_year"),
			Year: r.Number("target_year"), Comparator: r.Text("comparator"), Cumulative: r.Text("cumulative") == "yes",
			Binding: r.Text("attribute") == "约束性", Quote: r.Text("quote"), Version: 1}
		var err error
		if t.Base, err = Scaled(r.Text("base"), t.Unit); err != nil {
			return err
		}
		if t.Comparator == InWords {
			t.Text = r.Text("target")
		} else {
			t.Value, err = Scaled(r.Text("target"), t.Unit)
		}
		list = append(list, t)
		return err
	})
	return list
})

// Printed are the plans, targets and tasks that the program knows from the start: documents 000, 001 and 002.
func Printed() ([]Plan, []Target, []Task) {
	plans := builtin.YAML[[]Plan](dataFiles, "data/plans.yaml")
	for i := range plans {
		plans[i].State, plans[i].Version = Confirmed, 1
	}
	tasks := builtin.YAML[[]Task](dataFiles, "data/tasks.yaml")
	for i := range tasks {
		tasks[i].Plan = plans[len(plans)-1].ID
		if tasks[i].Key == "" {
			tasks[i].Key = tasks[i].No
		}
	}
	return plans, printed(), tasks
}

// seed enters what the program knows from the start: definitions, confirmed plans, their targets and tasks, and the values of the
// base year as they are printed (上报值). It never touches what is there.
func (r *Register) seed(ctx context.Context) error {
	plans, targets, tasks := Printed()
	now := r.Clock.Now().UnixMilli()
	for i := range plans {
		plans[i].At = now
	}
	name := map[string]string{}
	for _, p := range plans {
		name[p.ID] = p.Name
	}
	var reports []Report
	for _, t := range targets {
		reports = append(reports, Report{Area: t.Area, Indicator: t.Indicator, Period: Period(t.BaseYear), Value: t.Base, Note: name[t.Plan], State: Signed, At: now, Version: 1})
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.InsertNew(ctx, "indicator_definition", definitionColumns, definitionColumns[:2], definitionRows(Computed(), now)); err != nil {
			return err
		}
		if err := tx.InsertNew(ctx, "indicator_plan", planColumns, planColumns[:1], planRows(plans)); err != nil {
			return err
		}
		if err := tx.InsertNew(ctx, "indicator_target", targetColumns, targetColumns[:5], targetRows(targets, now)); err != nil {
			return err
		}
		if err := tx.InsertNew(ctx, "indicator_task", taskColumns, taskColumns[:2], taskRows(tasks)); err != nil {
			return err
		}
		return r.AddReports(ctx, tx, reports)
	})
}
