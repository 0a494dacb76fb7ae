package outwork

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/engine/rank/advert"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
)

// mostPay is the highest pay that is taken, fen a month: what is above it is a slip.
const mostPay = 100_000_000

func (b *Batch) check() error {
	if b.PayHigh == 0 {
		b.PayHigh = b.PayLow
	}
	for _, c := range []struct {
		wrong bool
		text  string
	}{
		{!slices.Contains(sources, b.Source), "请选择需求来源"},
		{strings.TrimSpace(b.Unit) == "" || strings.TrimSpace(b.Title) == "" || strings.TrimSpace(b.Occupation) == "", "请填写用工单位、名称和工种"},
		{b.Need < 1 || b.Need > 100_000, "需要人数应为 1～100,000 人"},
		{b.PayLow <= 0, "请填写月薪"},
		{b.PayHigh < b.PayLow, "月薪上限应不低于下限"},
		{b.PayHigh > mostPay, "月薪应在 1,000,000 元以内"},
		{strings.TrimSpace(b.Place) == "", "请填写工作地点"},
		{b.PlaceCode != "" && !area.Exists(b.PlaceCode), "工作地点的区划代码不在区划表内，区外的请留空"},
		{b.From.IsZero() || b.To.IsZero() || b.To.Before(b.From.Time), "截止日期应不早于开始日期"},
		{strings.TrimSpace(b.Answers) == "", "请填写联系人和电话，求职者要找得到人"},
	} {
		if c.wrong {
			return fault.New(fault.Invalid, "%s", c.text)
		}
	}
	return b.lawful()
}

// worded are the words of a batch that must not discriminate, nor cheat.
var worded = map[string]string{"title": "招募名称", "occupation": "工种", "conditions": "招用条件", "paid": "单位承担"}

// lawful refuses words that the law forbids in an advert, with the phrase and the rule.
func (b *Batch) lawful() error {
	for _, o := range advert.Check([]advert.Field{{Name: "title", Text: b.Title}, {Name: "occupation", Text: b.Occupation}, {Name: "conditions", Text: b.Conditions}, {Name: "paid", Text: b.Paid}}, advert.Context{}) {
		if o.Severity == advert.Refuse {
			return fault.New(fault.Invalid, "%s", o.Text(worded[o.Place.Field]))
		}
	}
	return nil
}

// sourced checks where a batch comes from.
func (r *Room) sourced(ctx context.Context, b *Batch) error {
	switch b.Source {
	case FromAgreement:
		a, err := r.agreementByID(ctx, r.DB, b.AgreementID)
		if err != nil {
			return err
		}
		if !area.Within(a.Area, b.Area) && !area.Within(b.Area, a.Area) { // another place's progress is not counted up here
			return fault.New(fault.NotFound, "没有这份协作协议")
		}
		if a.Standing(r.today()) == "over" {
			return fault.New(fault.Conflict, "与%s的协议已于 %s 到期，请先续签", a.Partner, a.Until)
		}
		b.EmployerID, b.BrokerID = 0, 0
	case FromEmployer:
		if _, err := r.Employers.Get(ctx, b.EmployerID); err != nil {
			return err
		}
		b.AgreementID, b.BrokerID = 0, 0
	case FromBroker:
		k, err := r.brokerByID(ctx, r.DB, b.BrokerID)
		if err != nil {
			return err
		}
		if k.Mark == "D" {
			return fault.New(fault.Conflict, "这位劳务经纪人信用等级为 D（%s），不能再提供需求", k.Why)
		}
		b.AgreementID, b.EmployerID = 0, 0
	}
	return nil
}

// AddBatch puts demand on file: open when staff do it, to be looked at first when an employer asks for people.
func (r *Room) AddBatch(ctx context.Context, who web.User, b Batch, key string) (int64, error) {
	b.State = Open
	if who.Role == account.Employer {
		e, err := r.Employers.Get(ctx, who.EmployerID)
		if err != nil {
			return 0, err
		}
		b.Source, b.EmployerID, b.Unit, b.Area, b.State = FromEmployer, e.ID, e.Name, area.At(e.Area, area.Banner), Asked
	} else if err := MayKeep(who, b.Area); err != nil {
		return 0, err
	}
	if err := b.check(); err != nil {
		return 0, err
	}
	if err := r.sourced(ctx, &b); err != nil {
		return 0, err
	}
	b.ID, b.At, b.By, b.Version = r.IDs.Next(), r.Clock.Now().UnixMilli(), account.Signature(who), 1
	return b.ID, r.act(ctx, key, func(tx *db.Tx) error {
		if err := insertBatch(ctx, tx, &b); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "batch", "batch", b.ID, b.Area, "登记劳务需求："+b.Title)
	})
}

// change does an act on a batch of which somebody is in charge.
func (r *Room) change(ctx context.Context, who web.User, id, version int64, key, act string, work func(tx *db.Tx, b *Batch) error) error {
	return r.act(ctx, key, func(tx *db.Tx) error {
		b, err := batchByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MayKeep(who, b.Area); err != nil {
			return err
		}
		if err := work(tx, &b); err != nil {
			return err
		}
		if err := updateBatch(ctx, tx, &b, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, act, "batch", b.ID, b.Area, said[act]+b.Title)
	})
}

// said is what the log says of acts on batches.
var said = map[string]string{"change": "修改劳务需求：", "publish": "公布劳务需求：", "close": "结束劳务需求：", "cancel": "取消劳务需求："}

// ChangeBatch writes the words, numbers and days of a batch anew. Who goes is told of another pay, place or beginning.
func (r *Room) ChangeBatch(ctx context.Context, who web.User, in Batch, version int64, key string) error {
	return r.change(ctx, who, in.ID, version, key, "change", func(tx *db.Tx, b *Batch) error {
		in.Source, in.AgreementID, in.EmployerID, in.BrokerID, in.Area, in.State, in.Reason = b.Source, b.AgreementID, b.EmployerID, b.BrokerID, b.Area, b.State, b.Reason
		if b.State != Asked && b.State != Open {
			return fault.New(fault.Conflict, "这批需求已经结束，不能再改")
		}
		other := in.PayLow != b.PayLow || max(in.PayLow, in.PayHigh) != b.PayHigh || in.Place != b.Place || !in.From.Equal(b.From.Time)
		*b = in
		if err := b.check(); err != nil || !other {
			return err
		}
		return r.tellMembers(ctx, tx, b, "“"+b.Title+"”的条件有变化", fmt.Sprintf("现在是：%s，月薪 %s 元，%s 起。不想去可以点开谢绝。", b.Place, b.Pay(), b.From), b.Title+" has changed", "Please read it again. You may decline.")
	})
}

// Settle publishes, closes or cancels a batch.
func (r *Room) Settle(ctx context.Context, who web.User, id, version int64, act, why, key string) error {
	why = identity.Veil(why)
	return r.change(ctx, who, id, version, key, act, func(tx *db.Tx, b *Batch) error {
		next := map[string]string{"publish": Open, "close": Closed, "cancel": Cancelled}[act]
		if next == "" || act == "publish" && b.State != Asked || act == "close" && b.State != Open || b.State == Closed || b.State == Cancelled {
			return fault.New(fault.Conflict, "这批需求现在是这个状态，不能这样办，请刷新页面再看")
		}
		if act == "cancel" && strings.TrimSpace(why) == "" {
			return fault.New(fault.Invalid, "请写明取消的原因，报名的人会收到")
		}
		b.State, b.Reason = next, why
		if act == "publish" {
			return nil
		}
		if err := r.Assignments.Cancel(ctx, tx, kindShare, "batch", b.ID, "这批劳务需求已结束"); err != nil {
			return err
		}
		if act == "cancel" {
			return r.tellMembers(ctx, tx, b, "“"+b.Title+"”已取消", "这批劳务输出不再组织，原因："+why+"。", b.Title+" is cancelled", "Reason: "+why+".")
		}
		return nil
	})
}

// ShareOut passes numbers of a batch down to areas, each as a task with a deadline. An area is given a number once.
func (r *Room) ShareOut(ctx context.Context, who web.User, id int64, numbers map[string]int, days int, key string) error {
	return r.act(ctx, key, func(tx *db.Tx) error {
		b, err := lockedBatch(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MayWork(who, &b); err != nil {
			return err
		}
		if b.State != Open {
			return fault.New(fault.Conflict, "这批需求不在招募中，不能分配名额")
		}
		old, err := sharesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		mine := b.Need
		if who.Area != b.Area && !area.Within(b.Area, who.Area) {
			i := slices.IndexFunc(old, func(s Share) bool { return s.Area == who.Area })
			if i < 0 {
				return fault.New(fault.Denied, "上级还没有给%s分配名额，不能再往下分", area.Name(who.Area))
			}
			mine = old[i].Number
		}
		var codes []string
		sum := 0
		for code, n := range numbers {
			switch {
			case n == 0:
				continue
			case n > mine:
				return fault.New(fault.Invalid, "名额 %d 人，超过可分的 %d 人，请减少", n, mine)
			case n < 0 || area.Parent(code) != who.Area:
				return fault.New(fault.Invalid, "名额只能分给%s的下一级地区，而且不能小于 0", area.Name(who.Area))
			case slices.ContainsFunc(old, func(s Share) bool { return s.Area == code }):
				return fault.New(fault.Conflict, "%s已经分过名额，不能再分一次", area.Name(code))
			}
			codes, sum = append(codes, code), sum+n
		}
		for _, s := range old {
			if s.FromArea == who.Area {
				sum += s.Number
			}
		}
		if len(codes) == 0 {
			return fault.New(fault.Invalid, "请至少给一个地区填写名额")
		}
		if sum > mine {
			return fault.New(fault.Invalid, "名额合计 %d 人，超过可分的 %d 人，请减少", sum, mine)
		}
		slices.Sort(codes)
		var tasks []assignment.Task
		for _, code := range codes {
			tasks = append(tasks, assignment.Task{Kind: kindShare, Object: "batch", ObjectID: b.ID, From: who.Area, To: code, Title: fmt.Sprintf("组织 %d 人：%s", numbers[code], b.Title),
				Body: fmt.Sprintf("%s，%s，月薪 %s 元，%s～%s。请在名单页推荐同意的人员，再回复。回复时按名单点人数。", b.Unit, b.Place, b.Pay(), b.From, b.To), Href: deskBatchAt(b.ID), WorkDays: days, By: who})
		}
		ids, err := r.Assignments.GiveAll(ctx, tx, tasks)
		if err != nil {
			return err
		}
		shares := make([]Share, len(codes))
		for i, code := range codes {
			shares[i] = Share{BatchID: b.ID, Area: code, FromArea: who.Area, Number: numbers[code], TaskID: ids[i]}
		}
		if err := putShares(ctx, tx, shares); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "share", "batch", b.ID, who.Area, fmt.Sprintf("分配劳务输出名额 %d 个地区：%s", len(codes), b.Title))
	})
}

// answered hears what an area answers to a number: the people are counted, not typed.
func (r *Room) answered(ctx context.Context, tx *db.Tx, a assignment.Answer) error {
	members, err := r.members(ctx, tx, a.ObjectID, a.To, 0, 1)
	if err != nil {
		return err
	}
	if len(members) == 0 && a.Result != "none" {
		return fault.New(fault.Conflict, "名单里还没有%s的人。请先在这批需求的名单页推荐人员，或选“无人可派”", area.Name(a.To))
	}
	return answerShare(ctx, tx, a.ObjectID, a.To, a.Result)
}
