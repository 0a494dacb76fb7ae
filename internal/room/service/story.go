package service

import (
	"context"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
)

// States of a story.
const (
	Waiting   = "waiting" // for a second person's approval
	Published = "published"
	Refused   = "refused"
	Withdrawn = "withdrawn" // the consent is gone
)

// Sectors of the case base.
var Sectors = []string{"farming", "processing", "commerce", "tourism", "catering", "craft", "services", "making", "other"}

// Story is a case of the base (返乡入乡创业案例): who came back, what was founded, and what helped.
type Story struct {
	ID       int64
	PersonID int64 // the founder's file; 0: not in the register
	Area     string
	Sector   string
	Title    string
	Founder  string // as it may be published
	Firm     string
	Jobs     int // people it employs
	Body     string
	Helped   string // which policies and services mattered
	State    string
	Reason   string // of a refusal or a withdrawal
	ByID     int64
	ByName   string
	At       int64 // unix ms
	Version  int64
}

// Write takes a story in and asks for a second person's approval; it is public when that has come. A founder who is
// in the register and may be served here is on record as having agreed. Faults: NotFound, Denied (another area), Repeat.
func (r *Room) Write(ctx context.Context, who web.User, s Story, once string) (int64, error) {
	if err := account.CanSeeArea(who, s.Area); err != nil {
		return 0, err
	}
	if s.PersonID != 0 {
		c, err := r.look(ctx, s.PersonID)
		if err == nil {
			_, err = MayServe(who, c.Places)
		}
		if err != nil {
			return 0, err
		}
	}
	for _, text := range []*string{&s.Title, &s.Founder, &s.Firm, &s.Body, &s.Helped} {
		*text = identity.Veil(*text)
	}
	s.ID, s.State, s.ByID, s.ByName, s.At, s.Version = r.IDs.Next(), Waiting, who.ID, who.Name, r.Clock.Now().UnixMilli(), 1
	return s.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := addStory(ctx, tx, &s); err != nil {
			return err
		}
		if s.PersonID != 0 && r.Agreed != nil {
			if err := r.Agreed(ctx, tx, who, s.PersonID); err != nil {
				return err
			}
		}
		_, err := r.Approvals.Request(ctx, tx, approval.Request{Kind: kindStory, Object: "story", ObjectID: s.ID, PersonID: s.PersonID, Area: s.Area, Title: "发布创业案例：" + s.Title, Why: "案例已核实，本人同意公开",
			Href: storyAt(s.ID), Payload: s.ID, By: who,
			Lines: []approval.Line{{Label: "标题", After: s.Title}, {Label: "创业者", After: s.Founder}, {Label: "主体", After: s.Firm}, {Label: "经过", After: s.Body}, {Label: "得到的帮助", After: s.Helped}}})
		return err
	})
}

// publish and unpublished are what an approval does.
func (r *Room) publish(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	moved, err := r.decided(ctx, tx, d, Published)
	if err == nil && !moved {
		err = fault.New(fault.Conflict, "这个案例已撤下，不能发布")
	}
	return err
}

func (r *Room) unpublished(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	_, err := r.decided(ctx, tx, d, Refused)
	return err
}

func (r *Room) decided(ctx context.Context, tx *db.Tx, d approval.Decided, state string) (moved bool, err error) {
	var id int64
	if err := d.Payload(&id); err != nil {
		return false, err
	}
	return decideStory(ctx, tx, id, state, d.Reason)
}

// maySee asks whether somebody may read a story: a published one everybody, another one staff of its area.
func maySee(who web.User, s *Story) error {
	if s.State == Published || account.CanSeeArea(who, s.Area) == nil {
		return nil
	}
	return fault.New(fault.NotFound, "没有这个案例，可能尚未发布")
}
