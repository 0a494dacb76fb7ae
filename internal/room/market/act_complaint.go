package market

import (
	"context"
	"crypto/rand"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/message"
)

// Reported is what somebody complains about.
type Reported struct {
	About, Kind   string
	AboutID       int64  // of the vacancy or the agency; 0: named only
	Name, Area    string // where it is named only
	Text, Contact string
}

// Report files a complaint about a vacancy; it is what the room jobs asks for.
func (r *Room) Report(ctx context.Context, who web.User, vacancyID int64, what, text, key string) error {
	_, err := r.File(ctx, who, Reported{About: AboutVacancy, AboutID: vacancyID, Kind: what, Text: text}, key)
	return err
}

// File takes a complaint of anybody, also of people who have not signed in, and gives the code by which it can be followed.
func (r *Room) File(ctx context.Context, who web.User, in Reported, key string) (string, error) {
	in.Text = strings.TrimSpace(in.Text)
	if !slices.Contains(kinds, in.Kind) || !slices.Contains(abouts, in.About) {
		return "", fault.New(fault.Invalid, "请选择投诉的事由")
	}
	c := Complaint{ID: r.IDs.Next(), Code: "JB" + rand.Text()[:10], About: in.About, AboutID: in.AboutID, Name: in.Name, Area: in.Area, Kind: in.Kind, Text: in.Text, Contact: in.Contact,
		State: Received, On: r.today(), Due: due(r.Clock.Today(), daysToAccept)}
	if who.Role == account.Seeker {
		c.PersonID = who.PersonID
	}
	switch {
	case in.About == AboutVacancy && in.AboutID != 0:
		v, err := r.Employers.Vacancy(ctx, in.AboutID)
		if err != nil {
			return "", err
		}
		c.EmployerID, c.Name, c.Area = v.EmployerID, v.Title, area.At(v.Area, area.Banner)
		if e, err := r.Employers.Get(ctx, v.EmployerID); err == nil {
			c.Name += "（" + e.Name + "）"
		}
	case in.About == AboutAgency && in.AboutID != 0:
		a, err := agencyByID(ctx, r.DB, in.AboutID)
		if err != nil {
			return "", err
		}
		c.EmployerID, c.Name, c.Area = a.EmployerID, a.Name, a.Area
	}
	if strings.TrimSpace(c.Name) == "" || !area.Exists(c.Area) {
		return "", fault.New(fault.Invalid, "请写明投诉的单位名称和所在旗县")
	}
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.insertComplaint(ctx, tx, &c); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "file", "complaint", c.ID, c.Area, "投诉："+c.Name)
	})
	return c.Code, err
}

// Do is one act about a complaint. Which fields it needs depends on the act.
type Do struct {
	Act       string
	Text      string
	Outcome   string
	Days      int
	Interview Interview
}

// Handle does one act about a complaint.
func (r *Room) Handle(ctx context.Context, who web.User, id int64, do Do, version int64, key string) error {
	c, err := r.complaint(ctx, r.DB, "complaint_id", id)
	if err != nil {
		return err
	}
	if err := MayAct(who, c.Area); err != nil {
		return err
	}
	if !slices.Contains(may[c.State], do.Act) {
		return fault.New(fault.Conflict, "这件投诉现在的状态不能这样办，请看过现在的样子再办")
	}
	if strings.TrimSpace(do.Text) == "" && do.Act != "interview" {
		return fault.New(fault.Invalid, "请写明情况和依据")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.step(ctx, tx, who, &c, do); err != nil {
			return err
		}
		if err := updateComplaint(ctx, tx, &c, version); err != nil {
			return err
		}
		if err := r.addStep(ctx, tx, c.ID, do.Act, do.Text, account.Signature(who)); err != nil {
			return err
		}
		return r.note(ctx, tx, who, do.Act, "complaint", c.ID, c.Area, "办理投诉："+c.Name)
	})
}

// step is what an act does to a complaint and around it.
func (r *Room) step(ctx context.Context, tx *db.Tx, who web.User, c *Complaint, do Do) error {
	today := r.Clock.Today()
	days := do.Days
	if days == 0 {
		days = 10
	}
	switch do.Act {
	case "accept":
		c.State, c.Due = Accepted, due(today, daysToDecide)
		return r.tell(ctx, tx, c, "您的投诉已受理", "您对“"+c.Name+"”的投诉已受理，正在调查。")
	case "refuse":
		c.State, c.Told = Refused, do.Text
		return r.tell(ctx, tx, c, "您的投诉不予受理", "您对“"+c.Name+"”的投诉不予受理：“"+do.Text+"”。")
	case "correct":
		c.State, c.Due = Correcting, due(today, days)
		return r.tellUnit(ctx, tx, c, do.Text)
	case "interview":
		i := do.Interview
		i.CorrectBy = due(today, days)
		if i.Departments == "" || i.Points == "" || i.Promise == "" || i.On.IsZero() {
			return fault.New(fault.Invalid, "约谈记录要写明日期、参加部门、约谈要点和单位承诺")
		}
		c.State, c.Due = Correcting, i.CorrectBy
		if err := r.addInterview(ctx, tx, c.ID, i); err != nil {
			return err
		}
		return r.tellUnit(ctx, tx, c, i.Points)
	case "off":
		if c.About != AboutVacancy || c.AboutID == 0 || c.Off || r.Adverts == nil {
			return fault.New(fault.Conflict, "这件投诉没有可以下架的岗位，或者已经下架")
		}
		c.Off = true
		return r.Adverts.TakeOff(ctx, tx, c.AboutID, "被投诉，调查期间暂停展示："+do.Text, account.Signature(who))
	case "back":
		return r.putBack(ctx, tx, c)
	case "close":
		if !slices.Contains(outcomes, do.Outcome) {
			return fault.New(fault.Invalid, "请选择处理结果")
		}
		c.State, c.Outcome, c.Told = Closed, do.Outcome, do.Text
		if c.Off && (do.Outcome == "unfounded" || do.Outcome == "corrected") {
			if err := r.putBack(ctx, tx, c); err != nil {
				return err
			}
		}
		return r.tell(ctx, tx, c, "您的投诉已办结", "您对“"+c.Name+"”的投诉已办结：“"+do.Text+"”。")
	case "hand":
		if who.Area == c.Area || who.Role != account.Manager {
			return fault.New(fault.Denied, "投诉由上级管理人员交办给所在旗县")
		}
		_, err := r.Assignments.Give(ctx, tx, assignment.Task{Kind: kindComplaint, Object: "complaint", ObjectID: c.ID, From: who.Area, To: c.Area, Title: "招聘投诉办理",
			Body: c.Name + "\n" + do.Text, Href: complaintAt(c.ID), WorkDays: days, By: who})
		return err
	}
	return fault.New(fault.NotFound, "没有这种办法")
}

func (r *Room) putBack(ctx context.Context, tx *db.Tx, c *Complaint) error {
	if !c.Off || r.Adverts == nil {
		return fault.New(fault.Conflict, "岗位没有下架，不用恢复")
	}
	c.Off = false
	return r.Adverts.PutBack(ctx, tx, c.AboutID)
}

func (r *Room) tell(ctx context.Context, tx *db.Tx, c *Complaint, title, body string) error {
	if c.PersonID == 0 || r.Messages == nil {
		return nil
	}
	_, err := r.Messages.Send(ctx, tx, message.Message{Kind: kindTold, To: message.To{PersonID: c.PersonID}, About: strconv.FormatInt(c.ID, 10), Area: c.Area,
		Title: message.Text{Zh: title}, Body: message.Text{Zh: body}, Href: "/market/report/" + c.Code})
	return err
}

func (r *Room) tellUnit(ctx context.Context, tx *db.Tx, c *Complaint, points string) error {
	if c.EmployerID == 0 || r.Messages == nil {
		return nil
	}
	_, err := r.Messages.Send(ctx, tx, message.Message{Kind: kindTold, To: message.To{EmployerID: c.EmployerID}, About: strconv.FormatInt(c.ID, 10), Area: c.Area,
		Title: message.Text{Zh: "请改正招聘中的问题"}, Body: message.Text{Zh: "“" + c.Name + "”有以下问题：" + points + "。请在 " + c.Due.String() + " 前改正，并在网上说明。"}, Href: "/market/mine"})
	return err
}

// Corrected is what the unit says it has corrected. It stays to be judged.
func (r *Room) Corrected(ctx context.Context, who web.User, id int64, text, key string) error {
	c, err := r.complaint(ctx, r.DB, "complaint_id", id)
	if err != nil {
		return err
	}
	if who.Role != account.Employer || who.EmployerID == 0 || c.EmployerID != who.EmployerID || c.State != Correcting {
		return fault.New(fault.NotFound, "没有要您改正的这件事")
	}
	if strings.TrimSpace(text) == "" {
		return fault.New(fault.Invalid, "请写明改正了什么")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.addStep(ctx, tx, c.ID, "said", text, account.Signature(who)); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "said", "complaint", c.ID, c.Area, "说明改正情况："+c.Name)
	})
}

// handled takes an accepted answer of the banner into the complaint's steps.
func (r *Room) handled(ctx context.Context, tx *db.Tx, d assignment.Answer) error {
	return r.addStep(ctx, tx, d.ObjectID, "handled", "交办事项已办结", "系统")
}
