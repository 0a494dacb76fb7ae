package graduate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

// mostWishes is how many posts somebody may ask for in one round.
const mostWishes = 3

// Checked is a post with what the rules say of somebody.
type Checked struct {
	Post
	Lines   []Line
	Verdict string
}

// CheckAll compares somebody with every post of a round.
func CheckAll(p *Round, list []Post, f *person.Facts, s Said) []Checked {
	out := make([]Checked, len(list))
	for i := range list {
		lines := Check(p, &list[i], f, s)
		out[i] = Checked{list[i], lines, Verdict(lines)}
	}
	return out
}

// Apply puts somebody's application in, or changes it while nobody has checked it. Wishes that a rule excludes are refused with the
// rule. Faults: Denied, Late, Invalid, Conflict, Repeat.
func (r *Room) Apply(ctx context.Context, who web.User, roundID int64, wishes []int64, s Said, key string) error {
	if err := seeker(who); err != nil {
		return err
	}
	facts, err := r.People.Facts(ctx, who.PersonID)
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := held(ctx, tx, roundID)
		if err != nil {
			return err
		}
		if err := MaySee(who, &p); err != nil {
			return err
		}
		if !p.Takes(r.today()) {
			return fault.New(fault.Late, "报名时间为 %s 至 %s，现在不能报名", p.Opens, p.Closes)
		}
		list, err := posts(ctx, tx, roundID)
		if err != nil {
			return err
		}
		if err := wished(&p, list, wishes, facts, s); err != nil {
			return err
		}
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if busy, err := serving(ctx, tx, []int64{who.PersonID}); err != nil {
			return err
		} else if busy[who.PersonID] != "" {
			return fault.New(fault.Conflict, "您正在基层服务项目的服务期内，期满后才能再报名")
		}
		e, found, err := r.entryOf(ctx, tx, who.PersonID, roundID)
		if err != nil {
			return err
		}
		if found && e.State != Applied && e.State != Withdrawn {
			return fault.New(fault.Conflict, "您的报名已经审核，不能再改志愿")
		}
		said := s
		said.Appeal = e.Said.Appeal // withdrawing gives nobody a second appeal
		e = Entry{PersonID: who.PersonID, RoundID: roundID, State: Applied, Wishes: wishes, Written: -1, Interview: -1, At: r.now(), Said: said, Version: e.Version}
		if err := r.saveEntries(ctx, tx, []Entry{e}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "apply", "person", who.PersonID, p.Area, "报名："+p.Title)
	})
}

// wished asks whether wishes are posts of the round that no rule excludes, none twice.
func wished(p *Round, list []Post, wishes []int64, f *person.Facts, s Said) error {
	if len(wishes) == 0 || len(wishes) > mostWishes {
		return fault.New(fault.Invalid, "请按先后选 1～%d 个岗位", mostWishes)
	}
	for i, w := range wishes {
		at := slices.IndexFunc(list, func(x Post) bool { return x.ID == w })
		if at < 0 || slices.Contains(wishes[:i], w) {
			return fault.New(fault.Invalid, "第 %d 志愿与前面重复，或不在这次招募中", i+1)
		}
		for _, l := range Check(p, &list[at], f, s) {
			if l.Kind == No {
				return fault.New(fault.Invalid, "第 %d 志愿“%s %s”不符合条件：%s", i+1, list[at].Unit, list[at].Title, l.Zh)
			}
		}
		if s.Graduated == "" && Verdict(Check(p, &list[at], f, s)) == Ask {
			return fault.New(fault.Invalid, "登记库中没有您的毕业信息，请填写毕业院校、学历、专业和毕业日期")
		}
	}
	return nil
}

// own does something with one's own application.
func (r *Room) own(ctx context.Context, who web.User, roundID int64, key, act, what string, do func(p *Round, e *Entry) error) error {
	if err := seeker(who); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := held(ctx, tx, roundID)
		if err != nil {
			return err
		}
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		e, found, err := r.entryOf(ctx, tx, who.PersonID, roundID)
		if err != nil {
			return err
		}
		if !found {
			return fault.New(fault.NotFound, "您没有报名这次招募")
		}
		if err := do(&p, &e); err != nil {
			return err
		}
		if err := r.saveEntries(ctx, tx, []Entry{e}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, act, "person", who.PersonID, p.Area, what+"："+p.Title)
	})
}

// Withdraw takes one's application back, until the hire is asked for.
func (r *Room) Withdraw(ctx context.Context, who web.User, roundID int64, key string) error {
	return r.own(ctx, who, roundID, key, "withdraw", "撤回报名", func(p *Round, e *Entry) error {
		if !e.Live() || p.State == Shown || p.State == Deciding || p.State == Hired {
			return fault.New(fault.Conflict, "现在不能撤回报名；放弃录用请联系招募单位")
		}
		e.State, e.PostID = Withdrawn, 0
		return nil
	})
}

// Appeal asks for a second check, once.
func (r *Room) Appeal(ctx context.Context, who web.User, roundID int64, text, key string) error {
	return r.own(ctx, who, roundID, key, "appeal", "申诉", func(p *Round, e *Entry) error {
		switch {
		case text == "":
			return fault.New(fault.Invalid, "请写明申诉理由")
		case e.State == Final || e.State == Refused && e.Said.Appeal != "":
			return fault.New(fault.Conflict, "每次报名只能申诉一次，复核结果已经作出")
		case e.State != Refused:
			return fault.New(fault.Conflict, "资格审核没有通过时才能申诉")
		case p.State != Open && p.State != Exam:
			return fault.New(fault.Late, "岗位已经分配，不能再申诉")
		}
		e.State, e.Said.Appeal = Appealed, text
		return nil
	})
}

// onEntry does something with somebody's application, by staff.
func (r *Room) onEntry(ctx context.Context, who web.User, roundID, personID, version int64, key, act, what string, do func(p *Round, e *Entry) (*message.Message, error)) error {
	if personID == who.PersonID && personID != 0 {
		return fault.New(fault.Denied, "不能办理自己的报名")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := held(ctx, tx, roundID)
		if err != nil {
			return err
		}
		if err := MayAct(who, p.Area); err != nil {
			return err
		}
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		e, found, err := r.entryOf(ctx, tx, personID, roundID)
		switch {
		case err != nil:
			return err
		case !found:
			return fault.New(fault.NotFound, "没有这个人的报名")
		case e.Version != version:
			return fault.New(fault.Conflict, "这份报名刚刚有了变化，请看过现在的样子再办")
		}
		letter, err := do(&p, &e)
		if err != nil {
			return err
		}
		if err := r.saveEntries(ctx, tx, []Entry{e}); err != nil {
			return err
		}
		if letter != nil {
			if err := r.tell(ctx, tx, []message.Message{*letter}); err != nil {
				return err
			}
		}
		return r.note(ctx, tx, who, act, "person", personID, p.Area, what+"："+p.Title)
	})
}

// Qualify decides on somebody's qualification: again, after an appeal, for good.
func (r *Room) Qualify(ctx context.Context, who web.User, roundID, personID int64, pass bool, why string, version int64, key string) error {
	return r.onEntry(ctx, who, roundID, personID, version, key, "qualify", map[bool]string{true: "资格审核通过", false: "资格审核不通过"}[pass], func(p *Round, e *Entry) (*message.Message, error) {
		if e.State != Applied && e.State != Appealed {
			return nil, fault.New(fault.Conflict, "这份报名已经审核过")
		}
		if !pass && strings.TrimSpace(why) == "" {
			return nil, fault.New(fault.Invalid, "不通过应写明是哪一项条件不符合")
		}
		about := fmt.Sprintf("round %d", roundID)
		appealed := e.State == Appealed || e.Said.Appeal != ""
		e.Said.Why = why
		if pass {
			e.State = Qualified
			m := result(personID, about, "“"+p.Title+"”资格审核通过", "Your qualification has been confirmed", fmt.Sprintf("考试日期 %s，请按公告准备。", p.Exam))
			return &m, nil
		}
		e.State = Refused
		tail := "如有异议，可以在“我的报名”申诉一次。"
		if appealed {
			e.State, tail = Final, "这是申诉后的复核结果。"
		}
		m := result(personID, about, "“"+p.Title+"”资格审核没有通过", "Your qualification was not confirmed", "原因见“我的报名”。"+tail)
		return &m, nil
	})
}

// Medical notes whether somebody with a post is fit for it. Nothing else is kept.
func (r *Room) Medical(ctx context.Context, who web.User, roundID, personID int64, fit bool, version int64, key string) error {
	return r.onEntry(ctx, who, roundID, personID, version, key, "medical", "登记体检结论", func(p *Round, e *Entry) (*message.Message, error) {
		if p.State != Assigned || e.PostID == 0 {
			return nil, fault.New(fault.Conflict, "分配岗位以后、公示以前登记体检结论")
		}
		e.Medical = map[bool]string{true: Fit, false: Unfit}[fit]
		return nil, nil
	})
}

// Drop takes somebody out of a round: gave up, an objection was right. The reason is kept and told.
func (r *Room) Drop(ctx context.Context, who web.User, roundID, personID int64, why string, version int64, key string) error {
	return r.onEntry(ctx, who, roundID, personID, version, key, "drop", "取消资格", func(p *Round, e *Entry) (*message.Message, error) {
		if e.State != Qualified || p.State == Deciding || p.State == Hired {
			return nil, fault.New(fault.Conflict, "通过资格审核以后、申请录用以前才能取消资格")
		}
		if why == "" {
			return nil, fault.New(fault.Invalid, "请写明原因：本人放弃，或者查实的问题")
		}
		e.State, e.PostID, e.Said.Why = Dropped, 0, why
		m := result(personID, fmt.Sprintf("round %d", roundID), "“"+p.Title+"”资格已取消", "You are no longer in this round", "原因见“我的报名”。")
		return &m, nil
	})
}
