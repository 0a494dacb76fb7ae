package supervise

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// Form is a form that an area owes another one and that has not come in time. It is supervised as a duty is, and closes by itself when it comes.
type Form struct {
	ID         int64  // of what it belongs to, a round of the reporting cycle
	Area, From string // who owes it, and who asked
	Title      string
	Due        db.Date
	Href       string
}

// lead is the department that answers for an area's forms: 人力资源和社会保障局.
const lead = "rs"

// Take begins to supervise a form: the department that leads gets a duty with one milestone, pressed and escalated by the rules. One that is
// supervised already stays as it is.
func (r *Room) Take(ctx context.Context, tx *db.Tx, f Form) error {
	open, err := openForms(ctx, tx, f.ID, f.Area)
	if err != nil || len(open) > 0 {
		return err
	}
	u, err := r.ensureUnit(ctx, tx, f.Area, lead, unitName(lead, f.Area))
	if err != nil {
		return err
	}
	d := Duty{Area: f.Area, UnitID: u.ID, Unit: u.Name, Source: FromForm, SourceID: f.ID, Title: "上报" + f.Title + "表", What: "上报后自动销号", Year: int64(f.Due.Year()), Href: f.Href}
	_, err = r.give(ctx, tx, web.User{Name: program, Area: f.From}, &d, []Milestone{{Text: "上报", Due: f.Due}})
	return err
}

// Settle ends the supervision of a form that came, or ("" for the area) of all forms that nobody waits for any more; how says which. What came late
// stays late in an appraisal.
func (r *Room) Settle(ctx context.Context, tx *db.Tx, who web.User, id int64, area, how string) error {
	list, err := openForms(ctx, tx, id, area)
	if err != nil || len(list) == 0 {
		return err
	}
	for i := range list {
		d, what := &list[i], "arrive"
		if d.State, d.Percent = Done, 100; area == "" {
			d.State, d.Percent, what = Stopped, 0, "stop"
			err = stopMilestones(ctx, tx, d.ID, r.today())
		} else {
			err = arrive(ctx, tx, d.ID, r.today(), who.ID)
		}
		if err != nil {
			return err
		}
		if err := touchDuty(ctx, tx, d, d.Version); err != nil {
			return err
		}
		if err := r.addStep(ctx, tx, &Milestone{DutyID: d.ID, Area: d.Area}, what, how, account.Signature(who)); err != nil {
			return err
		}
	}
	return nil
}
