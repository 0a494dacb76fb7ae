package app

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/person"
	"jiuye/internal/room/intake"
	"jiuye/internal/room/rights"
)

// corrections writes approved corrections into the register as records of the source 更正.
type corrections struct{ room *intake.Room }

// Correct implements rights.Corrections.
func (c corrections) Correct(ctx context.Context, tx *db.Tx, x rights.Correction) error {
	return c.room.Correct(ctx, tx, intake.Correction{PersonID: x.PersonID, Field: x.Field, Value: x.Value, Why: x.Why, By: x.By, ByID: x.ByID})
}

// forgetting is a rights.Forgetter of rooms that are made after the room of rights.
type forgetting func(ctx context.Context, tx *db.Tx, personIDs []int64) error

// Forget implements rights.Forgetter.
func (f forgetting) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	return f(ctx, tx, personIDs)
}

func (a *App) forgetInRooms(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	for _, room := range []rights.Forgetter{a.Collect, a.Casework, a.Service, a.Roster, a.Grant, a.Market, a.Outwork, a.Gig, a.Graduate, a.Relief, a.Verify, a.Jobs, a.Cycle} {
		if err := room.Forget(ctx, tx, personIDs); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) furnishRights() (err error) {
	a.Rights, err = rights.New(rights.Deps{DB: a.DB, People: a.People, Evidence: a.Evidence, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Approvals: a.Approvals,
		Corrections: corrections{a.Intake}, Forget: []rights.Forgetter{a.Approvals, a.Assignments, a.Messages, a.Accounts, a.Intake,
			forgetting(a.forgetInRooms)},
		Withdrawn: a.consentWithdrawn,
		Held: func(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
			return a.Service.Held(ctx, q, ids)
		}})
	return err
}

// consentWithdrawn ends what rests on a consent.
func (a *App) consentWithdrawn(ctx context.Context, tx *db.Tx, who web.User, c rights.Consent) error {
	switch c.Purpose {
	case rights.Stories:
		if err := a.Service.ConsentWithdrawn(ctx, tx, who, c.PersonID); err != nil {
			return err
		}
		return a.Cycle.ConsentWithdrawn(ctx, tx, who, c.PersonID)
	case rights.Candidates:
		return a.Outwork.ConsentWithdrawn(ctx, tx, c.PersonID)
	}
	return nil
}

// agreedToStory writes down that a founder agrees to a story.
func (a *App) agreedToStory(ctx context.Context, tx *db.Tx, who web.User, personID int64) error {
	return a.Rights.Record(ctx, tx, who, []rights.Consent{{PersonID: personID, Purpose: rights.Stories, Allowed: true, Channel: "window", Note: "编写创业案例时当面同意"}})
}

// seedConsents makes what the demonstration's job seekers have said of being recommended to employers: most said yes on the
// form of their registration, every twelfth said nothing.
func (a *App) seedConsents(ctx context.Context, p progress.Reporter) error {
	p.Step("记下求职者的同意", 0)
	defer p.End()
	seekers, err := a.People.Seekers(ctx, "", db.On(a.Clock.Today()), person.Seeker{}, 0)
	if err != nil {
		return err
	}
	var list []rights.Consent
	for i, s := range seekers {
		if i%12 != 11 {
			list = append(list, rights.Consent{PersonID: s.PersonID, Purpose: rights.Candidates, Allowed: true, At: s.Since.Time, Channel: "registration"})
		}
	}
	return a.DB.Tx(ctx, func(tx *db.Tx) error { return a.Rights.Record(ctx, tx, web.User{}, list) })
}
