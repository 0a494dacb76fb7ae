package plan

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// disputed is the target whose decomposition is still under way in the demonstration.
const disputed = "high_skill"

// seedSplits decomposes the league's targets for the demonstration: all handed down, but for one that a banner does not agree with. Once.
func (r *Room) seedSplits(ctx context.Context) error {
	before, err := r.store.splits(ctx, demoArea, 1)
	if err != nil || len(before) > 0 {
		return err
	}
	targets, err := r.Indicators.Targets(ctx, demoArea)
	if err != nil {
		return err
	}
	now := r.Clock.Now().UnixMilli()
	rule := SplitRule{Population: 50, Base: 30, Labour: 20}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		for i := range targets {
			t := &targets[i]
			d, ok := Find(t.Indicator)
			if !ok || !adds(d, t) || !d.FromRegister() {
				continue
			}
			list, err := r.basis(ctx, d, t)
			if err != nil {
				return err
			}
			s := Split{ID: r.IDs.Next(), Area: demoArea, Plan: t.Plan, Indicator: t.Indicator, Year: t.Year, Total: t.Value, Rule: rule.String(), Round: 1, State: Final, At: now, ByName: "演示"}
			offers := offersOf(list, rule, t.Value)
			var own []indicator.Target
			for n := range offers {
				o := &offers[n]
				o.Round, o.TaskID, o.Answer, o.Wanted, o.At, o.ByName = 1, r.IDs.Next(), "agree", o.Offered, now, "演示"
				below := *t
				below.Area, below.Value, below.Base, below.Shared = o.Area, o.Offered, list[n].Base, true
				below.Quote = "演示：" + area.Name(demoArea) + "分解下达，按人口 50%、基期实绩 30%、劳动力 20% 计算"
				own = append(own, below)
			}
			if t.Indicator == disputed {
				s.State, own = Asked, nil
				o := &offers[len(offers)-1]
				o.Answer, o.Wanted, o.Reason = "object", o.Offered*9/10, "高技能人才多在企业集中的地区，本地区增量有限"
				offers[0].Answer, offers[0].Wanted, offers[0].At, offers[0].ByName = "", 0, 0, ""
			}
			if err := r.store.addSplit(ctx, tx, s); err != nil {
				return err
			}
			if err := r.store.addOffers(ctx, tx, s.ID, offers); err != nil {
				return err
			}
			if err := r.Indicators.SaveTargets(ctx, tx, own); err != nil {
				return err
			}
		}
		return nil
	})
}
