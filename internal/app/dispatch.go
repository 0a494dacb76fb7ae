package app

import (
	"context"
	"maps"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/room/dispatch"
	"jiuye/internal/room/market"
)

// firms lets the room of market supervision tell which agencies there are, with their credit.
type firms struct{ market *market.Room }

// Agencies implements dispatch.Agencies.
func (f firms) Agencies(ctx context.Context, area string) ([]dispatch.Agency, error) {
	list, err := f.market.Firms(ctx, area)
	return agenciesOf(list), err
}

// Numbered implements dispatch.Agencies.
func (f firms) Numbered(ctx context.Context, ids []int64) ([]dispatch.Agency, error) {
	list, err := f.market.FirmsNumbered(ctx, ids)
	return agenciesOf(list), err
}

// AgencyOf implements dispatch.Agencies.
func (f firms) AgencyOf(ctx context.Context, employerID int64) (dispatch.Agency, bool, error) {
	a, found, err := f.market.FirmOf(ctx, employerID)
	return agenciesOf([]market.Firm{a})[0], found, err
}

func agenciesOf(list []market.Firm) []dispatch.Agency {
	out := make([]dispatch.Agency, len(list))
	for i, a := range list {
		out[i] = dispatch.Agency{ID: a.ID, EmployerID: a.EmployerID, Name: a.Name, Area: a.Area, Grade: a.Grade, Listed: !a.Listed.IsZero(), Licensed: a.Licensed}
	}
	return out
}

func (a *App) furnishDispatch() (err error) {
	a.Dispatch, err = dispatch.New(dispatch.Deps{DB: a.DB, Employers: a.Employers, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Approvals: a.Approvals, Assignments: a.Assignments,
		Messages: a.Messages, Publisher: a.Jobs, Agencies: firms{a.Market}, AsOf: a.AsOf})
	return err
}

// seedDispatch puts key enterprises with eight months of reports into the demonstration.
func (a *App) seedDispatch(ctx context.Context, p progress.Reporter) error {
	p.Step("重点企业用工调度示例", 0)
	defer p.End()
	who, err := a.players(ctx)
	if err != nil || who.officer().ID == 0 || who.league.ID == 0 || who.unit.ID == 0 {
		return err
	}
	return a.Dispatch.SeedDemo(ctx, dispatch.Cast{Officer: who.officer(), League: who.league, Unit: who.unit})
}

// heldUnits asks who may keep something of employers that are about to leave the register. The last reason counts.
func (a *App) heldUnits(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	for _, ask := range []holder{a.Dispatch.HeldUnits, a.Accounts.HeldUnits} {
		found, err := ask(ctx, q, ids)
		if err != nil {
			return nil, err
		}
		maps.Copy(out, found)
	}
	return out, nil
}
