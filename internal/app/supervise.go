package app

import (
	"context"
	"strconv"

	"jiuye/internal/ground/progress"
	"jiuye/internal/room/supervise"
	"jiuye/internal/room/verify"
)

// upheld lets the room of verification bring findings that two people upheld into the ledger.
type upheld struct{ room *verify.Room }

// Judged implements supervise.Findings.
func (u upheld) Judged(ctx context.Context, area string, limit int) ([]supervise.Finding, error) {
	list, err := u.room.Upheld(ctx, area, limit)
	out := make([]supervise.Finding, len(list))
	for i, e := range list {
		out[i] = supervise.Finding{Ref: "核查 " + strconv.FormatInt(e.ID, 10), Text: e.Title, Href: e.Href}
	}
	return out, err
}

// furnishSupervise makes the room of supervision, which the plan's board looks into.
func (a *App) furnishSupervise() (err error) {
	if a.Supervise, err = supervise.New(supervise.Deps{DB: a.DB, Indicators: a.Indicators, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Approvals: a.Approvals,
		Evidence: a.Evidence, Messages: a.Messages, Accounts: a.Accounts, Findings: upheld{a.Verify}}); err != nil {
		return err
	}
	a.Plan.Overdue = func(ctx context.Context, area string) (int, string, error) {
		n, _, err := a.Supervise.Overdue(ctx, area)
		return n, "/supervise", err
	}
	return nil
}

// seedSupervise gives the demonstration's units their duties of 2025 and lets the rules run since January.
func (a *App) seedSupervise(ctx context.Context, p progress.Reporter) error {
	p.Step("督办考核示例", 0)
	defer p.End()
	who, err := a.players(ctx)
	if err != nil || len(who.officers) < 2 || who.officer().ID == 0 || who.league.ID == 0 {
		return err
	}
	if err := a.Supervise.SeedDemo(ctx, supervise.Cast{Officer: who.officer(), Other: who.officers[1], League: who.league, Region: who.region}); err != nil {
		return err
	}
	_, err = a.Cycle.Remind(ctx) // the form that has not come is a matter of supervision now
	return err
}
