package supervise

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
)

// Publish shows the result to the areas, who may appeal until a day.
func (r *Room) Publish(ctx context.Context, who web.User, id int64, until db.Date, version int64, key string) error {
	return r.scheming(ctx, who, id, version, key, "公布考核结果（征求意见）", func(_ *db.Tx, s *Scheme) error {
		if err := ledBy(who, s, Draft); err != nil {
			return err
		}
		switch {
		case s.Hash == "":
			return fault.New(fault.Conflict, "方案改动后还没有计算得分，请先计算")
		case until.Before(r.Clock.Today()):
			return fault.New(fault.Invalid, "申诉截止日应不早于今天")
		}
		s.State, s.AppealUntil = Published, until
		return nil
	})
}

// Object brings an area's appeal against one line.
func (r *Room) Object(ctx context.Context, who web.User, id, no int64, text string, version int64, key string) error {
	return r.scheming(ctx, who, id, version, key, "提出考核申诉", func(tx *db.Tx, s *Scheme) error {
		switch {
		case !slices.Contains(s.Areas(), who.Area):
			return fault.New(fault.Denied, "申诉由被考核地区提出，您所在的地区不在这次考核之内")
		case s.State != Published:
			return fault.New(fault.Conflict, "考核不在征求意见期间")
		case s.AppealUntil.Before(r.Clock.Today()):
			return fault.New(fault.Late, "申诉已于 %s 截止", s.AppealUntil)
		case text == "" || no == 0:
			return fault.New(fault.Invalid, "请选择有异议的指标，并写明理由")
		}
		list, err := criteria(ctx, tx, id)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(list, func(c Criterion) bool { return c.No == no }) {
			return fault.New(fault.Invalid, "这次考核没有第 %d 项指标，请重新选择", no)
		}
		return r.insertAppeal(ctx, tx, &Appeal{SchemeID: id, ID: r.IDs.Next(), Area: who.Area, No: no, Text: text, State: Open, ByID: who.ID, By: account.Signature(who), On: r.today()})
	})
}

// Reply answers an appeal; points (hundredths) are added when it is upheld, no more than its line still lacks. Whoever appealed does not answer.
func (r *Room) Reply(ctx context.Context, who web.User, id, appeal int64, upheld bool, points int64, text string, version int64, key string) error {
	return r.scheming(ctx, who, id, version, key, "答复考核申诉", func(tx *db.Tx, s *Scheme) error {
		if err := ledBy(who, s, Published); err != nil {
			return err
		}
		if text == "" || points < 0 || upheld != (points > 0) {
			return fault.New(fault.Invalid, "请写明答复；申诉成立的填写更正分数，不成立的不填分数")
		}
		if room, err := r.lacking(ctx, tx, id, appeal); err != nil || points > room {
			if err == nil {
				err = fault.New(fault.Invalid, "这一项最多还能更正 %s 分（权重减去已得分），您填了 %s 分", hundredths(room), hundredths(points))
			}
			return err
		}
		return r.answerAppeal(ctx, tx, Appeal{SchemeID: id, ID: appeal, Answer: text, Points: points, State: map[bool]string{true: Upheld, false: Rejected}[upheld], Answerer: account.Signature(who), ByID: who.ID})
	})
}

// lacking is how many hundredths of a point the line of an appeal could still have.
func (r *Room) lacking(ctx context.Context, tx *db.Tx, id, appeal int64) (int64, error) {
	list, err := r.appeals(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	at := slices.IndexFunc(list, func(a Appeal) bool { return a.ID == appeal })
	if at < 0 {
		return 0, fault.New(fault.NotFound, "没有这件申诉")
	}
	all, err := criteria(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	lines, err := scoresOf(ctx, tx, id)
	var room int64
	for _, c := range all {
		if c.No == list[at].No {
			room = c.Weight
		}
	}
	for _, s := range lines {
		if s.Area == list[at].Area && s.No == list[at].No {
			room -= s.Points
		}
	}
	for _, a := range list {
		if a.Area == list[at].Area && a.No == list[at].No && a.State == Upheld {
			room -= a.Points
		}
	}
	return max(0, room), err
}

// AskFinal asks for the final decision, after the days of appeal and with all appeals answered.
func (r *Room) AskFinal(ctx context.Context, who web.User, id int64, why string, version int64, key string) error {
	return r.scheming(ctx, who, id, version, key, "提请考核定稿", func(tx *db.Tx, s *Scheme) error {
		if err := ledBy(who, s, Published); err != nil {
			return err
		}
		list, err := r.appeals(ctx, tx, id)
		if err != nil {
			return err
		}
		switch {
		case why == "":
			return fault.New(fault.Invalid, "请写明提请的说明")
		case !s.AppealUntil.Before(r.Clock.Today()):
			return fault.New(fault.Conflict, "申诉期到 %s，过后才能定稿", s.AppealUntil)
		case slices.ContainsFunc(list, func(a Appeal) bool { return a.State == Open }):
			return fault.New(fault.Conflict, "还有申诉没有答复，不能定稿")
		}
		if _, err := r.Approvals.Request(ctx, tx, approval.Request{Kind: kindFinal, Object: "supervise.scheme", ObjectID: id, Area: s.Area, Title: s.Title, Why: why, Href: schemeAt(id), By: who,
			Lines: []approval.Line{{Label: "数据截止", After: s.Cutoff.String()}, {Label: "输入校验值", After: s.Hash[:16]}}}); err != nil {
			return err
		}
		s.State = Asked
		return nil
	})
}

func (r *Room) finished(ctx context.Context, tx *db.Tx, q approval.Decided) error {
	return setSchemeState(ctx, tx, q.ObjectID, Asked, Final)
}

func (r *Room) notFinished(ctx context.Context, tx *db.Tx, q approval.Decided) error {
	return setSchemeState(ctx, tx, q.ObjectID, Asked, Published)
}
