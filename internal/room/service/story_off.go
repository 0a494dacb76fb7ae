package service

import (
	"context"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// TakeOff takes a story out of the base because its founder does not agree any more, or because it was wrong. One officer
// is enough, unlike for publishing it. Its words are deleted. Faults: NotFound, Denied (another area), Conflict (it has
// changed, or is off already), Repeat.
func (r *Room) TakeOff(ctx context.Context, who web.User, id, version int64, why, once string) error {
	s, err := r.story(ctx, id)
	if err == nil {
		err = maySee(who, &s)
	}
	if err == nil {
		err = account.CanSeeArea(who, s.Area)
	}
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if s.Version != version || s.State != Waiting && s.State != Published {
			return fault.New(fault.Conflict, "这个案例刚刚被别人办理过，请看过现在的样子再办")
		}
		return r.takeOff(ctx, tx, who, &s, identity.Veil(why))
	})
}

// ConsentWithdrawn takes off every story that rests on the consent of a person, in the transaction in which it is withdrawn.
func (r *Room) ConsentWithdrawn(ctx context.Context, tx *db.Tx, who web.User, personID int64) error {
	list, err := storiesOf(ctx, tx, personID)
	if err != nil {
		return err
	}
	for i := range list {
		if err := r.takeOff(ctx, tx, who, &list[i], "本人撤回同意"); err != nil {
			return err
		}
	}
	return nil
}

// takeOff deletes what the consent allowed to keep (《个人信息保护法》第四十七条) and ends the request that may still wait.
func (r *Room) takeOff(ctx context.Context, tx *db.Tx, who web.User, s *Story, why string) error {
	if err := emptyStory(ctx, tx, s, why); err != nil {
		return err
	}
	if err := r.Approvals.Cancel(ctx, tx, kindStory, "story", s.ID, why); err != nil {
		return err
	}
	e := audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "service.story", Object: "story", ObjectID: s.ID, Area: s.Area, What: "撤下创业案例：" + why}
	if s.PersonID != 0 {
		e.Object, e.ObjectID = "person", s.PersonID
	}
	return r.Audit.Write(ctx, tx, e)
}
