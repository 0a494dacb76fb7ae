package service

import (
	"context"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// States of a demand.
const (
	OpenDemand = "open"
	Handed     = "handed" // stands among the vacancies
)

// Demand is labour that a project will need, told by its department before it starts (部门用工需求前置推送).
type Demand struct {
	EmployerID int64
	ID         int64
	Area       string // of the workplace, a banner
	Project    string
	Department string
	Occupation string
	People     int
	NeededOn   db.Date
	Note       string
	State      string
	VacancyID  int64
	ByID       int64
	ByName     string
	At         int64 // unix ms
	Version    int64
}

// Unit is the employer of a demand as it was written down.
type Unit struct{ Code, Name, Kind string }

// Push takes a demand in. Faults: Denied (outside of the area), Repeat.
func (r *Room) Push(ctx context.Context, who web.User, u Unit, d Demand, once string) error {
	if err := account.CanSeeArea(who, d.Area); err != nil {
		return err
	}
	d.Note = identity.Veil(d.Note)
	d.ID, d.State, d.ByID, d.ByName, d.At, d.Version = r.IDs.Next(), OpenDemand, who.ID, who.Name, r.Clock.Now().UnixMilli(), 1
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		known, err := r.Employers.Resolve(ctx, tx, []string{u.Code})
		if err != nil {
			return err
		}
		if d.EmployerID = known[u.Code]; d.EmployerID == 0 {
			d.EmployerID = r.IDs.Next()
			if err := r.Employers.Save(ctx, tx, []employer.Employer{{ID: d.EmployerID, CreditCode: u.Code, Name: u.Name, Kind: u.Kind, Area: d.Area}}); err != nil {
				return err
			}
		}
		if err := addDemand(ctx, tx, &d); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, demandEntry(who, &d, "登记用工需求："+d.Project))
	})
}

func demandEntry(who web.User, d *Demand, what string) audit.Entry {
	return audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "service.demand", Object: "demand", ObjectID: d.ID, Area: d.Area, What: what}
}

// Hand puts a demand among the vacancies, where the jobs desk finds people for it. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Hand(ctx context.Context, who web.User, id, version int64, once string) (vacancyID int64, err error) {
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		d, err := demandByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := account.CanManageArea(who, d.Area); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		today := r.Clock.Today()
		switch {
		case d.State != OpenDemand:
			return fault.New(fault.Conflict, "这条需求已经转为岗位，不用再转")
		case d.NeededOn.Before(today):
			return fault.New(fault.Late, "需要日期 %s 已过，请先与主管部门核实新的日期", d.NeededOn)
		}
		vacancyID = r.IDs.Next()
		d.State, d.VacancyID = Handed, vacancyID
		if err := r.Employers.SaveVacancies(ctx, tx, []employer.Vacancy{{EmployerID: d.EmployerID, ID: vacancyID, Title: d.Occupation, Occupation: d.Occupation, Openings: d.People,
			Area: d.Area, Posted: db.On(today), Closes: d.NeededOn, Benefits: d.Project + "（" + d.Department + "推送）", State: employer.Open}}); err != nil {
			return err
		}
		if err := setDemand(ctx, tx, &d, version); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, demandEntry(who, &d, "用工需求转为岗位："+d.Project+"，"+area.Name(d.Area)))
	})
	return vacancyID, err
}
