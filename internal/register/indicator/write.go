package indicator

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// stale is what somebody reads whose form is older than what is kept.
func stale(what string) error {
	return fault.New(fault.Conflict, "您打开页面以后，别人改过%s，这次没有保存。请返回上一页看看现在的内容，再决定是否修改", what)
}

// Replace writes a finished count: what differs from what was known goes to the past, the rest stays. Sums of months in which
// nothing happened may be left out. It returns how many sums changed. A count from before the last one is refused as Conflict.
func (r *Register) Replace(ctx context.Context, tx *db.Tx, run Run, list []Sum) (changed int, err error) {
	runs, err := r.store.runs(ctx, tx, forever.Time, 1)
	if err != nil {
		return 0, err
	}
	var last *Run
	if len(runs) > 0 {
		last = &runs[0]
		if last.On.After(run.On) {
			return 0, fault.New(fault.Conflict, "%s 已经统计过，不能再补记 %s 的统计", last.On.Format("2006-01-02"), run.On.Format("2006-01-02"))
		}
	}
	slices.SortFunc(list, func(a, b Sum) int { return order(&a, &b) })
	return r.store.replace(ctx, tx, last, run, list)
}

// SaveOutlook takes the place of all outlooks.
func (r *Register) SaveOutlook(ctx context.Context, tx *db.Tx, list []Outlook) error {
	return r.store.replaceOutlook(ctx, tx, list)
}

// SavePlan enters a plan (version 0), or changes the one whose version it has.
func (r *Register) SavePlan(ctx context.Context, tx *db.Tx, p Plan) error {
	if p.Version == 0 {
		p.Version = 1
		err := tx.Copy(ctx, "indicator_plan", planColumns, planRows([]Plan{p}))
		if db.IsDuplicate(err) {
			return stale("这个规划")
		}
		return err
	}
	n, err := r.store.changePlan(ctx, tx, p)
	if err == nil && n == 0 {
		err = stale("这个规划")
	}
	return err
}

// DropDraft takes a draft away; nothing in force stands on it.
func (r *Register) DropDraft(ctx context.Context, tx *db.Tx, plan string) error {
	n, err := r.store.dropDraft(ctx, tx, plan)
	if err == nil && n == 0 {
		err = stale("这个规划")
	}
	return err
}

// AddDefinitions enters definitions and leaves those that are there: every area's figures are read by the one that came first, and a plan of
// one league does not change what the others report.
func (r *Register) AddDefinitions(ctx context.Context, tx *db.Tx, list []Definition) error {
	all, err := r.store.definitions(ctx, tx)
	if err != nil {
		return err
	}
	ord, err := r.store.highest(ctx, tx)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, d := range list {
		if slices.ContainsFunc(all, func(o Definition) bool { return o.ID == d.ID }) {
			continue
		}
		d.Version = 1
		line := definitionRows([]Definition{d}, r.Clock.Now().UnixMilli())[0]
		ord++
		line[2] = ord
		rows = append(rows, line)
	}
	return tx.Copy(ctx, "indicator_definition", definitionColumns, rows)
}

// SaveTargets enters targets; one that stands already is ended and followed by a new version.
func (r *Register) SaveTargets(ctx context.Context, tx *db.Tx, list []Target) error {
	at := r.Clock.Now().UnixMilli()
	for i := range list {
		v, err := r.store.targetVersion(ctx, tx, list[i])
		if err != nil {
			return err
		}
		if v > 0 {
			if err := r.store.endTarget(ctx, tx, list[i], at); err != nil {
				return err
			}
		}
		list[i].Version = v + 1
	}
	return tx.Copy(ctx, "indicator_target", targetColumns, targetRows(list, at))
}

// SaveTasks enters a plan's tasks; those that are there are overwritten.
func (r *Register) SaveTasks(ctx context.Context, tx *db.Tx, list []Task) error {
	return tx.Upsert(ctx, "indicator_task", taskColumns, taskColumns[:2], taskRows(list))
}

// AddReports enters figures as their first version and leaves those that are there.
func (r *Register) AddReports(ctx context.Context, tx *db.Tx, list []Report) error {
	for i := range list {
		list[i].Version = 1
	}
	return tx.InsertNew(ctx, "indicator_report", reportColumns, reportColumns[:4], reportRows(list))
}

// SaveReport submits a figure, or a correction of the version that the report has (0: there is none yet). The one before stays.
func (r *Register) SaveReport(ctx context.Context, tx *db.Tx, rep Report) error {
	last, err := r.store.versions(ctx, tx, rep.Area, rep.Indicator, rep.Period)
	if err != nil {
		return err
	}
	if len(last) > 0 && last[0].Version != rep.Version || len(last) == 0 && rep.Version != 0 {
		return stale("这个数")
	}
	rep.Version++
	if rep.State == "" {
		rep.State = Submitted
	}
	err = tx.Copy(ctx, "indicator_report", reportColumns, reportRows([]Report{rep}))
	if db.IsDuplicate(err) {
		return stale("这个数")
	}
	return err
}

// CorrectReports submits corrections of many figures at once, each of the version that it has. Faults: Conflict when one of them has been corrected since.
func (r *Register) CorrectReports(ctx context.Context, tx *db.Tx, list []Report) error {
	rows := reportRows(list)
	for i := range rows {
		rows[i][3] = list[i].Version + 1
	}
	err := tx.Copy(ctx, "indicator_report", reportColumns, rows)
	if db.IsDuplicate(err) {
		return stale("这些数中的几个")
	}
	return err
}

// JudgeReport signs or returns the version of a figure that waits.
func (r *Register) JudgeReport(ctx context.Context, tx *db.Tx, rep Report) error {
	if rep.State == Returned && rep.Reason == "" {
		return fault.New(fault.Invalid, "退回要写明原因")
	}
	n, err := r.store.judge(ctx, tx, rep)
	if err == nil && n == 0 {
		err = stale("这个数")
	}
	return err
}
