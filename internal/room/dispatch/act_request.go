package dispatch

import (
	"context"
	"fmt"
	"slices"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/message"
)

// See notes a visit, and with it what the unit asked for, when it asked (ask.Kind is not ""). Faults: Invalid, NotFound, Denied, Repeat.
func (r *Room) See(ctx context.Context, who web.User, v Visit, ask Asking, once string) error {
	if v.Said == "" || !slices.Contains(ways, v.Way) || v.Day.IsZero() || v.Day.After(r.Clock.Today()) {
		return fault.New(fault.Invalid, "请写明走访日期（今天或以前）、方式和了解到的情况")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		u, err := r.unitByID(ctx, tx, v.EmployerID)
		if err != nil {
			return err
		}
		if err := MayManage(who, u.Area); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		v.By = account.Signature(who)
		if err := r.addVisit(ctx, tx, &v); err != nil {
			return err
		}
		if ask.Kind != "" {
			if err := r.ask(ctx, tx, who, &u, ask); err != nil {
				return err
			}
		}
		return r.note(ctx, tx, who, "visit", "employer", u.EmployerID, u.Area, "登记走访："+u.Name)
	})
}

// Asking is what a unit asks for, and who is to do it.
type Asking struct {
	Kind, Text string
	Doer       string // who does it here; "": the service officer
	WorkDays   int
	To         string // another area that is to do it; "": done here
}

// defaultDays is how many working days a request has when nobody said.
const defaultDays = 10

// ask writes down a request, and sends it to the area that is to do it.
func (r *Room) ask(ctx context.Context, tx *db.Tx, who web.User, u *Unit, in Asking) error {
	switch {
	case !slices.Contains(asks, in.Kind) || in.Text == "":
		return fault.New(fault.Invalid, "请选择诉求类别，并写明要解决什么")
	case in.WorkDays < 1 || in.WorkDays > assignment.MostDays:
		return fault.New(fault.Invalid, "办理期限应为 1 至 %d 个工作日", assignment.MostDays)
	}
	today := r.Clock.Today()
	q := Request{EmployerID: u.EmployerID, ID: r.IDs.Next(), Area: u.Area, Kind: in.Kind, Text: in.Text, Day: db.On(today), Doer: in.Doer, Due: db.On(workday.Add(today, in.WorkDays)), State: OpenRequest}
	if q.Doer == "" {
		if q.Doer = u.OfficerName; q.Doer == "" {
			q.Doer = area.Name(area.At(u.Area, area.Banner)) + "就业服务中心"
		}
	}
	if in.To != "" {
		id, err := r.Assignments.Give(ctx, tx, assignment.Task{Kind: kindRequest, Object: "dispatch_request", ObjectID: q.ID, From: who.Area, To: in.To, Title: "重点企业诉求：" + u.Name, Body: in.Text, WorkDays: in.WorkDays, By: who})
		if err != nil {
			return err
		}
		q.AssignmentID, q.Doer = id, area.Name(in.To)
	}
	return r.saveRequest(ctx, tx, &q)
}

// Ask writes down what a unit asks for: the unit itself, or an officer for it. Faults: Invalid, NotFound, Denied, Repeat.
func (r *Room) Ask(ctx context.Context, who web.User, employerID int64, in Asking, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		u, err := r.unitByID(ctx, tx, employerID)
		if err != nil {
			return err
		}
		if err := MayReport(who, &u); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if who.Role == account.Employer {
			in.Doer, in.To, in.WorkDays = "", "", defaultDays
			if u.OfficerID != 0 {
				if err := r.tell(ctx, tx, message.Message{Kind: kindLate, To: message.To{AccountID: u.OfficerID}, Title: message.Text{Zh: u.Name + "提出诉求", En: u.Name + " asks for help"},
					Body: message.Text{Zh: fmt.Sprintf("请在 %d 个工作日内办理。", defaultDays)}, Href: unitAt(u.EmployerID)}); err != nil {
					return err
				}
			}
		}
		if err := r.ask(ctx, tx, who, &u, in); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "ask", "employer", u.EmployerID, u.Area, "登记企业诉求："+u.Name)
	})
}

// Answer tells what was done about a request; the unit then says how content it is. Faults: Invalid, NotFound, Denied, Conflict, Repeat.
func (r *Room) Answer(ctx context.Context, who web.User, employerID, id int64, text string, once string) error {
	if text == "" {
		return fault.New(fault.Invalid, "请写明怎样办理、结果如何，企业会看到")
	}
	return r.request(ctx, employerID, id, once, func(tx *db.Tx, u *Unit, q *Request) error {
		if err := MayManage(who, u.Area); err != nil {
			return err
		}
		if q.State != OpenRequest {
			return fault.New(fault.Conflict, "这件诉求已经答复，不用再答")
		}
		q.State, q.Answer = Done, text
		if err := r.answered(ctx, tx, u, q); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "answer", "employer", u.EmployerID, u.Area, "办结企业诉求："+u.Name)
	})
}

func (r *Room) answered(ctx context.Context, tx *db.Tx, u *Unit, q *Request) error {
	return r.tell(ctx, tx, message.Message{Kind: kindTold, To: message.To{EmployerID: u.EmployerID}, About: fmt.Sprint("request ", q.ID), Title: message.Text{Zh: "您提出的诉求已有答复，请评价", En: "Your request was answered"},
		Body: message.Text{Zh: q.Answer, En: q.Answer}, Href: atMine})
}

// Rate says how content a unit is, 1 to 5, which closes the request: the unit itself, or an officer whom it told.
// Faults: Invalid, NotFound, Denied, Conflict, Repeat.
func (r *Room) Rate(ctx context.Context, who web.User, employerID, id int64, content int, once string) error {
	if content < 1 || content > 5 {
		return fault.New(fault.Invalid, "请选择满意程度")
	}
	return r.request(ctx, employerID, id, once, func(tx *db.Tx, u *Unit, q *Request) error {
		if err := MayReport(who, u); err != nil {
			return err
		}
		if q.State != Done {
			return fault.New(fault.Conflict, "诉求有了答复才能评价，评价一次即办结")
		}
		q.State, q.Content, q.Closed = Closed, content, r.today()
		return r.note(ctx, tx, who, "rate", "employer", u.EmployerID, u.Area, "企业评价诉求办理："+u.Name)
	})
}

// request changes a request as one act.
func (r *Room) request(ctx context.Context, employerID, id int64, once string, do func(tx *db.Tx, u *Unit, q *Request) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		u, err := r.unitByID(ctx, tx, employerID)
		if err != nil {
			return err
		}
		q, err := r.requestByID(ctx, tx, employerID, id)
		if err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil { // before the state is looked at: a double click carries the old one
			return err
		}
		if err := do(tx, &u, &q); err != nil {
			return err
		}
		return r.saveRequest(ctx, tx, &q)
	})
}

// requestTold keeps the answer that another area gave to a request.
func (r *Room) requestTold(ctx context.Context, tx *db.Tx, a assignment.Answer) error {
	employerID, err := requestOwner(ctx, tx, a.ObjectID)
	if err != nil {
		return err
	}
	u, err := r.unitByID(ctx, tx, employerID)
	if err != nil {
		return err
	}
	q, err := r.requestByID(ctx, tx, employerID, a.ObjectID)
	if err != nil || q.State == Closed {
		return err
	}
	q.State, q.Answer = Done, area.Name(a.To)+"："+a.Text
	if err := r.answered(ctx, tx, &u, &q); err != nil {
		return err
	}
	return r.saveRequest(ctx, tx, &q)
}
