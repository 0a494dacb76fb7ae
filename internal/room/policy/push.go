package policy

import (
	"context"
	"fmt"
	"slices"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/message"
)

// The push of what a screening has found: to people as messages, to officers as tasks.

// Kinds of messages and tasks.
const (
	KindFound = "policy.found" // a policy fits
	KindTell  = "policy.tell"  // officers are to tell people whom messages do not reach
)

// pushMost is how many are told at once; what is left is told by doing it again.
const pushMost = 2000

// tryAgain is after how many days somebody who could not be told is tried again.
const tryAgain = 30

// tellDays is within how many working days officers have to answer.
const tellDays = 10

// handlePush names the room's kinds of messages and tasks.
func (r *Room) handlePush() error {
	if r.Assign != nil {
		r.Assign.Handle(assignment.Kind{Code: KindTell, Zh: "政策告知", En: "Telling people of support", Results: []assignment.Result{
			{Code: "done", Zh: "已全部告知", En: "All told"}, {Code: "partly", Zh: "部分告知", En: "Some told"}, {Code: "cannot", Zh: "联系不上", En: "Cannot be reached"}}})
	}
	if r.Messages == nil {
		return nil
	}
	words, err := lang.Load(pageFiles)
	if err != nil {
		return err
	}
	served := []string{account.Seeker, account.Employer}
	if err := r.Messages.Handle(message.Kind{Code: KindFound, Zh: "政策推送", En: "Support that fits", Roles: served, Consent: true, Every: tryAgain, Parts: 2, Words: words, Key: "policy.found",
		Answers: []message.Answer{{Code: "want", Zh: "我要办理", En: "I want it"}, {Code: "later", Zh: "暂时不需要", En: "Not now"}, {Code: "wrong", Zh: "情况不符", En: "This is not me"}}}); err != nil {
		return err
	}
	return r.Messages.Handle(message.Kind{Code: KindRemind, Zh: "政策到期提醒", En: "Reminders you asked for", Roles: served, Parts: 2, Words: words, Key: "policy.remindText"})
}

// shelfOf is where a policy's finds lie.
func shelfOf(p *rule.Policy) shelf {
	if p.For == rule.Employer {
		return ofEmployers
	}
	return ofPeople
}

// Pushed is what became of telling.
type Pushed struct {
	Told, NoConsent, Muted, Again int
	More                          bool // there are more to tell
}

// Push tells people or employers of an area of a policy that has found them, at most pushMost at once, once for each key: run 0
// takes everybody on the list, otherwise those whom that run found first. Who has not agreed to messages is not told, and is
// tried again after a month; officers can be asked to tell them (Hand). Faults: NotFound, Denied, Repeat.
func (r *Room) Push(ctx context.Context, who web.User, policyID, code string, run int64, once string) (sum Pushed, err error) {
	p, err := r.mayPush(ctx, who, policyID, code)
	if err != nil {
		return sum, err
	}
	sh, now := shelfOf(p), r.Clock.Now()
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		sum = Pushed{}
		if err := tx.Once(ctx, once, now); err != nil {
			return err
		}
		list, err := r.store.candidates(ctx, tx, sh, forPush, p.ID, code, run, now.AddDate(0, 0, -tryAgain), "", 0, pushMost+1)
		if err != nil {
			return err
		}
		if len(list) > pushMost {
			list, sum.More = list[:pushMost], true
		}
		mails := make([]message.Message, len(list))
		for i, c := range list {
			mails[i] = message.Message{Kind: KindFound, To: message.To{PersonID: c.owner}, About: p.ID, Area: c.area, Args: []any{p.Name.Zh}, Href: atHome + "/mine", Channels: []string{message.SMS, message.WeChat}}
			if sh == ofEmployers {
				mails[i].To, mails[i].Href = message.To{EmployerID: c.owner}, atHome+"/employer"
			}
		}
		sent, err := r.Messages.SendAll(ctx, tx, mails)
		if err != nil {
			return err
		}
		outcomes := make([]string, len(sent))
		for i, s := range sent {
			outcomes[i] = string(s.Outcome)
			*map[message.Outcome]*int{message.Told: &sum.Told, message.NoConsent: &sum.NoConsent, message.Muted: &sum.Muted, message.Again: &sum.Again, message.Nobody: new(int)}[s.Outcome]++
		}
		if err := sh.tried(ctx, tx, p.ID, list, outcomes, now); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "policy.push", Object: "policy", Area: code,
			What: fmt.Sprintf("向 %d 个对象推送“%s”，未同意接收 %d 个", sum.Told, p.Name.Zh, sum.NoConsent)})
	})
	return sum, err
}

// mayPush asks whether somebody may tell an area of a policy.
func (r *Room) mayPush(ctx context.Context, who web.User, policyID, code string) (*rule.Policy, error) {
	if err := r.refresh(ctx); err != nil {
		return nil, err
	}
	p, err := r.catalogue().find(policyID)
	if err != nil {
		return nil, err
	}
	if r.Messages == nil || r.Assign == nil {
		return nil, fault.New(fault.Unavailable, "消息中心没有接通，暂时不能推送")
	}
	return p, account.CanSeeArea(who, code)
}

// Hand asks officers of every area one level below to tell those whom nobody has told: one task an area, once for each key. It
// says how many areas and people. Faults: NotFound, Denied, Conflict (nobody waits, nothing lies below), Repeat.
func (r *Room) Hand(ctx context.Context, who web.User, policyID string, run int64, once string) (areas int, people int64, err error) {
	p, err := r.mayPush(ctx, who, policyID, who.Area)
	if err != nil {
		return 0, 0, err
	}
	below := area.Children(who.Area)
	if len(below) == 0 {
		return 0, 0, fault.New(fault.Conflict, "%s没有下级地区，请直接联系名单上的人", area.Name(who.Area))
	}
	sh, now := shelfOf(p), r.Clock.Now()
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		areas, people = 0, 0
		if err := tx.Once(ctx, once, now); err != nil {
			return err
		}
		list, err := r.store.places(ctx, tx, sh, untold, p.ID, who.Area, run, now, len(below[0].Code))
		if err != nil {
			return err
		}
		for _, at := range list {
			if !area.Exists(at.area) || at.area == who.Area {
				continue
			}
			task, err := r.Assign.Give(ctx, tx, assignment.Task{Kind: KindTell, Object: "policy", From: who.Area, To: at.area, WorkDays: tellDays, By: who,
				Title: fmt.Sprintf("告知“%s”符合条件的对象 %d 个", p.Name.Zh, at.n),
				Body:  fmt.Sprintf("请联系名单上的 %d 个对象，说明能享受的政策和办理方法，并协助申请。名单在“打开办理页面”。", at.n),
				Href:  pushHref(p.ID) + "?area=" + at.area + "&who=handed"})
			if err != nil {
				return err
			}
			n, err := sh.handed(ctx, tx, p.ID, at.area, run, task, now)
			if err != nil {
				return err
			}
			areas, people = areas+1, people+n
		}
		if areas == 0 {
			return fault.New(fault.Conflict, "没有需要交办的对象：名单上的都已告知或已经交办")
		}
		return nil
	})
	return areas, people, err
}

// TellByHand notes that an officer has told somebody who was handed over, once for each key. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) TellByHand(ctx context.Context, who web.User, policyID string, owner int64, once string) error {
	p, err := r.catalogue().find(policyID)
	if err != nil {
		return err
	}
	place, object := "", "person"
	if p.For == rule.Employer {
		e, err := r.Employers.Get(ctx, owner)
		if err != nil {
			return err
		}
		place, object = e.Area, "employer"
	} else {
		who, err := r.People.Get(ctx, owner)
		if err != nil {
			return err
		}
		place = who.Area
	}
	if err := account.CanSeeArea(who, place); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		told, err := shelfOf(p).byHand(ctx, tx, p.ID, owner, r.Clock.Now())
		if err != nil {
			return err
		}
		if !told {
			return fault.New(fault.Conflict, "没有等待告知的记录，可能已由同事告知，请刷新名单")
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "policy.told", Object: object, ObjectID: owner, Area: place,
			What: "当面或电话告知了“" + p.Name.Zh + "”"})
	})
}

func pushHref(policy string) string { return atHome + "/push/" + policy }

// Uptake is how far a policy has come among those who can have it.
type Uptake struct {
	Policy, Area                                                           string
	Eligible, Told, Refused, WithTasks, Opened, Answered, Applied, Granted int64
}

func (u *Uptake) add(o Uptake) {
	u.Eligible, u.Told, u.Refused, u.WithTasks = u.Eligible+o.Eligible, u.Told+o.Told, u.Refused+o.Refused, u.WithTasks+o.WithTasks
	u.Opened, u.Answered, u.Applied, u.Granted = u.Opened+o.Opened, u.Answered+o.Answered, u.Applied+o.Applied, u.Granted+o.Granted
}

// Uptake is the take-up in an area by policy and banner, as the latest screening, the messages and the grants have it.
func (r *Room) Uptake(ctx context.Context, code string) ([]Uptake, error) {
	type key struct{ policy, area string }
	sums, order := map[key]*Uptake{}, []key{}
	at := func(policy, area string) *Uptake {
		k := key{policy, area}
		if sums[k] == nil {
			sums[k], order = &Uptake{Policy: policy, Area: area}, append(order, k)
		}
		return sums[k]
	}
	last, found, err := r.store.latest(ctx)
	if err != nil {
		return nil, err
	}
	if found {
		list, err := r.store.eligible(ctx, last.ID, code)
		if err != nil {
			return nil, err
		}
		for _, h := range list {
			at(h.policy, h.area).Eligible += h.told
		}
	}
	for _, sh := range []shelf{ofPeople, ofEmployers} {
		list, err := r.store.heard(ctx, sh, code)
		if err != nil {
			return nil, err
		}
		for _, h := range list {
			u := at(h.policy, h.area)
			u.Told, u.Refused, u.WithTasks = u.Told+h.told, u.Refused+h.refused, u.WithTasks+h.withTasks
		}
	}
	if r.Messages != nil {
		list, err := r.Messages.Stats(ctx, KindFound, "", code)
		if err != nil {
			return nil, err
		}
		for _, s := range list {
			u := at(s.About, s.Area)
			u.Opened, u.Answered = u.Opened+s.Opened, u.Answered+s.Answered
		}
	}
	if r.Grants != nil {
		list, err := r.Grants.Taken(ctx, code)
		if err != nil {
			return nil, err
		}
		for _, g := range list {
			u := at(g.Policy, g.Area)
			u.Applied, u.Granted = u.Applied+g.Applied, u.Granted+g.Granted
		}
	}
	out := make([]Uptake, len(order))
	for i, k := range order {
		out[i] = *sums[k]
	}
	return out, nil
}

// explained are the reasons of one policy for some people, by person, read together.
func (r *Room) explained(ctx context.Context, p *rule.Policy, ids []int64) (map[int64]*rule.Explanation, error) {
	list, err := r.People.FactsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	a, err := dictionary.On(ctx, r.DB, r.Clock.Today())
	if err != nil {
		return nil, err
	}
	if err := a.Some(ctx, r.DB, list, slices.Contains(p.Fields(), dictionary.Zero)); err != nil {
		return nil, err
	}
	out := make(map[int64]*rule.Explanation, len(list))
	for _, f := range list {
		var row dictionary.Row
		a.Fill(&row, f)
		out[f.ID] = rule.Explain(p, &row, a.On)
	}
	return out, nil
}
