package indicator

import (
	"context"
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"sync"

	"gopkg.in/yaml.v3"

	"jiuye/internal/ground/db"
)

//go:embed data
var dataFiles embed.FS

var computed = sync.OnceValue(func() []Definition {
	var list []Definition
	table("definitions.csv", func(r row) error {
		list = append(list, Definition{ID: r.text("id"), Version: r.number("version"), Name: r.text("name"), Unit: r.text("unit"), Kind: Kind(r.text("kind")),
			Type: Type(r.text("type")), Formula: r.text("formula"), Frequency: Frequency(r.text("frequency")), Lead: r.text("lead"),
			Down: r.text("better") == "down", Sub: r.text("sub")})
		return nil
	})
	return list
})

// printed are the targets of the plans that the program knows from the start, region first, in the order of the box.
var printed = sync.OnceValue(func() []Target {
	var list []Target
	table("targets.csv", func(r row) error {
		if _, ok := Find(r.text("indicator")); !ok {
			return fmt.Errorf("no indicator %s", r.text("indicator"))
		}
		t := Target{Plan: r.text("document"), Area: r.text("area"), Indicator: r.text("indicator"), Unit: r.text("unit"), BaseYear: r.number("base_year"),
			Year: r.number("target_year"), Comparator: r.text("comparator"), Cumulative: r.text("cumulative") == "yes",
			Binding: r.text("attribute") == "约束性", Quote: r.text("quote"), Version: 1}
		var err error
		if t.Base, err = Scaled(r.text("base"), t.Unit); err != nil {
			return err
		}
		if t.Comparator == InWords {
			t.Text = r.text("target")
		} else {
			t.Value, err = Scaled(r.text("target"), t.Unit)
		}
		list = append(list, t)
		return err
	})
	return list
})

// Printed are the plans, targets and tasks that the program knows from the start: documents 000, 001 and 002.
func Printed() ([]Plan, []Target, []Task) {
	plans := yamlFile[[]Plan]("plans.yaml")
	for i := range plans {
		plans[i].State, plans[i].Version = Confirmed, 1
	}
	tasks := yamlFile[[]Task]("tasks.yaml")
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

// row is a line of a data file under its header.
type row struct {
	columns map[string]int
	cells   []string
}

func (r row) text(column string) string {
	i, ok := r.columns[column]
	if !ok {
		panic("indicator: no column " + column)
	}
	return r.cells[i]
}

func (r row) number(column string) int {
	n, err := strconv.Atoi(r.text(column))
	if err != nil {
		panic("indicator: " + column + ": " + err.Error())
	}
	return n
}

// table reads an embedded data file; one that is damaged means that the build is.
func table(name string, line func(row) error) {
	f, err := dataFiles.Open("data/" + name)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic("indicator: " + name + ": " + err.Error())
	}
	columns := map[string]int{}
	for i, c := range lines[0] {
		columns[c] = i
	}
	for n, cells := range lines[1:] {
		if err := line(row{columns, cells}); err != nil {
			panic(fmt.Sprintf("indicator: %s, line %d: %v", name, n+2, err))
		}
	}
}

// yamlFile reads an embedded data file; one that is damaged means that the build is.
func yamlFile[T any](name string) T {
	var out T
	raw, err := dataFiles.ReadFile("data/" + name)
	if err == nil {
		err = yaml.Unmarshal(raw, &out)
	}
	if err != nil {
		panic("indicator: " + name + ": " + err.Error())
	}
	return out
}
