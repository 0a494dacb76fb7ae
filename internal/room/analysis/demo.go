package analysis

import (
	"context"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
)

// SeedDemo publishes the last whole quarter's report of somebody's area, written by one and checked by another, and leaves the
// quarter that runs as a draft. It does nothing where there are reports.
func (r *Room) SeedDemo(ctx context.Context, writer, checker web.User) error {
	run, err := r.latest(ctx)
	if err != nil {
		return err
	}
	if list, err := workedOn(ctx, r.DB, writer.Area, 1<<62, 1); err != nil || len(list) > 0 {
		return err
	}
	latest := Period{run.Month, true}
	id, err := r.Draft(ctx, writer, writer.Area, latest.before(1), "", "analysis-demo-draft")
	if err != nil {
		return err
	}
	if err := r.Submit(ctx, writer, id, 1, "analysis-demo-submit"); err != nil {
		return err
	}
	waiting, err := r.Approvals.List(ctx, approval.Filter{Kind: kindPublish, Object: "analysis", ObjectID: id, States: []approval.State{approval.Waiting}}, 0, 1)
	if err != nil || len(waiting) == 0 {
		return err
	}
	if err := r.Approvals.Decide(ctx, checker, waiting[0].ID, waiting[0].Version, true, "数字与文字已核对", "analysis-demo-decide"); err != nil {
		return err
	}
	_, err = r.Draft(ctx, writer, writer.Area, latest, "", "analysis-demo-next")
	return err
}
