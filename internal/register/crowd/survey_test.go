package crowd

import (
	"fmt"
	"strings"
	"testing"

	"jiuye/internal/engine/rule"
	"jiuye/internal/register/dictionary"
)

// written is a policy with conditions, an amount and perhaps a schedule.
func written(t *testing.T, conditions, amount, more string) *rule.Policy {
	t.Helper()
	d, err := dictionary.Person()
	if err != nil {
		t.Fatal(err)
	}
	p, err := rule.Load([]byte("编号: X\n名称: 试\n来源: {文件: 无, 条款: 无, 原文: 无}\n结果: {说明: 无, 金额: "+amount+"}\n办理: {下一步: 无}\n条件:\n- "+conditions+"\n"+more), d)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func everywhere(string) bool { return true }

func TestASurveySaysWhatTheUnknownLackAndWhatItCosts(t *testing.T) {
	onBoth(t, func(w town) {
		w.settle(1, 400)
		w.fresh()
		for _, c := range []struct{ name, conditions string }{
			{"by columns", "登记失业 是\n- 有劳动能力 是\n- 失业月数 >= 1"},
			{"person by person", "失业月数 * 3 >= 3 且 登记失业 且 有劳动能力"},
		} {
			p := written(t, c.conditions, "500 元 每月", "")
			s, err := w.Survey(ctx, p, everywhere)
			if err != nil {
				t.Fatal(c.name, err)
			}
			yes, unknown := int64(0), int64(0)
			for _, n := range s.Counts {
				yes, unknown = yes+n.Yes, unknown+n.Unknown
			}
			sum := s.Bill.Sum()
			if yes == 0 || unknown == 0 || sum.People != yes || sum.First != yes*12*500_00 || !s.Bill.Endless || s.Bill.Every != 1 {
				t.Errorf("%s: %d yes, %d unknown, paid %+v", c.name, yes, unknown, sum)
			}
			if len(s.Lacks) != 1 || s.Lacks[0] != (Lack{dictionary.Able, unknown}) {
				t.Errorf("%s: %d unknown, who lack %+v", c.name, unknown, s.Lacks)
			}
			west, err := w.Survey(ctx, p, func(area string) bool { return strings.HasPrefix(area, "152921") })
			if err != nil || len(west.Counts) == 0 || len(west.Counts) == len(s.Counts) || west.Bill.Sum().People >= yes {
				t.Errorf("%s: in one banner %+v, %v", c.name, west, err)
			}
		}
	})
}

func TestTwoWordingsAreCountedBesideEachOther(t *testing.T) {
	onBoth(t, func(w town) {
		w.settle(1, 400)
		w.fresh()
		paid := "发放: {每: 月, 从: 失业登记日期, 最长: 24 个月, 阶段: [{满: 12 个月, 金额: 50}]}\n"
		before := written(t, "登记失业 是\n- 失业月数 >= 6", "100 元 每月", paid)
		after := written(t, "登记失业 是\n- 失业月数 >= 3", "100 元 每月", paid)
		alone := written(t, "失业月数 * 2 >= 6 且 登记失业", "100 元 每月", paid)
		cuts := []Cut{{dictionary.Sex, 0, 0}, {dictionary.Sex, 1, 1}, {dictionary.Age, 0, 29}, {dictionary.Age, 30, 127}, {dictionary.Rural, 1, 1}}
		x, err := w.Compare(ctx, before, after, cuts, everywhere)
		if err != nil {
			t.Fatal(err)
		}
		y, err := w.Compare(ctx, before, alone, cuts, everywhere)
		if err != nil || fmt.Sprint(x) != fmt.Sprint(y) {
			t.Errorf("by columns %+v\nperson by person %+v, %v", x, y, err)
		}
		var all Moved
		for _, m := range x.Areas {
			all.Add(m)
		}
		if all.Gain == 0 || all.Loss != 0 || all.Pays.People != all.After() || all.Paid.First != all.Before*1200_00 || all.Paid.Whole != all.Before*1800_00 {
			t.Errorf("%+v", all)
		}
		for _, pair := range [][]Moved{x.Cuts[:2], x.Cuts[2:4]} { // parts that leave nobody out
			var sum Moved
			for _, m := range pair {
				sum.Add(m)
			}
			if sum.Before != all.Before || sum.Gain != all.Gain || sum.Pays.Whole != all.Pays.Whole {
				t.Errorf("parts %+v, all %+v", sum, all)
			}
		}
		back, err := w.Compare(ctx, after, before, nil, everywhere)
		if err != nil || back.Areas[0].Loss != x.Areas[0].Gain {
			t.Errorf("the other way round: %+v, %v", back.Areas, err)
		}
	})
}
