package app

import (
	"context"

	"jiuye/internal/ground/progress"
	"jiuye/internal/room/verify"
)

// furnishVerify makes the room that checks figures.
func (a *App) furnishVerify() {
	a.Verify = verify.New(verify.Deps{DB: a.DB, Indicators: a.Indicators, People: a.People, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Approvals: a.Approvals,
		Assignments: a.Assignments, Queue: a.Queue})
}

// seedVerify lets the demonstration's banners report by month, with made-up deviations, and puts findings into all states.
func (a *App) seedVerify(ctx context.Context, p progress.Reporter) error {
	p.Step("数据核查示例", 0)
	defer p.End()
	who, err := a.players(ctx)
	if err != nil || len(who.officers) < 2 || who.officer().ID == 0 || who.league.ID == 0 || who.region.ID == 0 {
		return err
	}
	return a.Verify.SeedDemo(ctx, verify.Cast{First: who.officer(), Second: who.officers[1], League: who.league, Region: who.region})
}
