package verify

import (
	"context"
	"fmt"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// SetLimit changes a check's limit from the next run on.
func (r *Room) SetLimit(ctx context.Context, who web.User, kind string, value float64, why, key string) error {
	if err := MaySet(who); err != nil {
		return err
	}
	all, err := limitsNow(ctx, r.DB)
	if err != nil {
		return err
	}
	zh, err := official()
	if err != nil {
		return err
	}
	old, known := all[kind]
	if !known || !(value >= 0 && value < 1e6) || strings.TrimSpace(why) == "" {
		return fault.New(fault.Invalid, "请选择核查项目，填写 0 至 1000000 之间的界限和调整理由")
	}
	if kind == Phone && value < fewestPhone {
		return fault.New(fault.Invalid, "一家人常共用一个电话，这项界限不能小于 %d 人", fewestPhone)
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := saveLimit(ctx, tx, Limit{Kind: kind, Version: old.Version + 1, Value: round3(value), Why: why, By: account.Signature(who), At: r.now()}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "limit", 0, region, fmt.Sprintf("核查界限“%s”：%s改为%s。%s", zh("verify.check."+kind), measured(zh, kind, old.Value), measured(zh, kind, value), why))
	})
}

// Declare writes down that an area reports in multiples of a unit; 0 takes it back.
func (r *Room) Declare(ctx context.Context, who web.User, g Rounding, key string) error {
	if err := MayBring(who, g.Area); err != nil {
		return err
	}
	if g.Unit != 0 && g.Unit != 10 && g.Unit != 100 && g.Unit != 1000 && g.Unit != 10000 || g.Unit != 0 && strings.TrimSpace(g.Why) == "" {
		return fault.New(fault.Invalid, "取整单位应为 10、100、1000 或 10000，并写明依据")
	}
	g.By, g.At = account.Signature(who), r.now()
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := saveRounding(ctx, tx, g); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "rounding", 0, g.Area, "申明上报数取整到 "+lang.Int(g.Unit))
	})
}
