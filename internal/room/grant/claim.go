package grant

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"

	"gopkg.in/yaml.v3"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
)

//go:embed limits.yaml
var limitsText []byte

// Limit is what one beneficiary may be granted in a calendar year; 0 is without limit.
type Limit struct {
	Policy string `yaml:"政策"` // "": all together
	For    string `yaml:"对象"` // 人员 or 单位
	Times  int64  `yaml:"每年次数"`
	Yuan   int64  `yaml:"每年金额元"`
}

func readLimits() (list []Limit, err error) {
	d := yaml.NewDecoder(bytes.NewReader(limitsText))
	d.KnownFields(true)
	if err := d.Decode(&list); err != nil {
		return nil, fault.Wrap(fault.Internal, err, "补贴年度限额 limits.yaml 写得不对")
	}
	return list, nil
}

// fits asks whether what a year comes to is within the limits.
func (r *Room) fits(unit bool, policy string, sum, times int64) error {
	for _, l := range r.limits {
		if l.Policy != policy || (l.For == "单位") != unit {
			continue
		}
		what := "各项补贴合计"
		if policy != "" {
			what = "这项补贴"
		}
		if l.Yuan > 0 && sum > l.Yuan*100 {
			return fault.New(fault.Conflict, "本年度%s已批准（含本次）%s 元，超过年度上限 %d 元", what, lang.Fen(sum), l.Yuan)
		}
		if l.Times > 0 && times > l.Times {
			return fault.New(fault.Conflict, "本年度%s已批准（含本次）%d 次，超过年度上限 %d 次", what, times, l.Times)
		}
	}
	return nil
}

// takeClaims reserves the facts of an application for it. Faults: Conflict when another application has one of them, or a policy that
// cannot be had together with this one was given for the same time.
func (r *Room) takeClaims(ctx context.Context, tx *db.Tx, a *Application, excludes []string) error {
	// The row of the owner's year is written first: two applications of one owner at once go through here one after the other.
	if _, _, err := r.store.grantedIn(ctx, tx, a.OwnerID, r.Clock.Today().Year(), "", 0, 0); err != nil {
		return err
	}
	if text, err := r.clash(ctx, tx, a, excludes); err != nil || text != "" {
		if err == nil {
			err = fault.New(fault.Conflict, "%s", text)
		}
		return err
	}
	_, err := r.store.claim(ctx, tx, a)
	return err
}

// clash says in words which other application stands in the way of this one; "" when none does.
func (r *Room) clash(ctx context.Context, q db.Querier, a *Application, excludes []string) (string, error) {
	held, err := r.store.claims(ctx, q, a.OwnerID, append([]string{a.PolicyID}, excludes...))
	if err != nil {
		return "", err
	}
	mine := map[string]bool{}
	for _, f := range a.Facts() {
		mine[f] = true
	}
	for _, c := range held {
		if c.grant == a.ID {
			continue
		}
		// What is given once keeps out what is given for months, and the other way round.
		overlap := mine[c.fact] || c.fact == single || mine[single]
		switch {
		case !overlap:
		case c.policy == a.PolicyID:
			return fmt.Sprintf("同一事项已经申请过（%s），一件事只补一次，没有重复受理", factWord(c.fact)), nil
		default:
			return fmt.Sprintf("与政策 %s 不能同时享受（%s 已经申请），请先撤回那一件，或另选时间", c.policy, factWord(c.fact)), nil
		}
	}
	return "", nil
}

func factWord(fact string) string {
	if len(fact) == 6 {
		return fact[:4] + "年" + fact[4:] + "月"
	}
	return "一次性"
}
