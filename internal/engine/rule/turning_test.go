package rule

import (
	"testing"

	"pgregory.net/rapid"
)

// A formula that hangs on today turns on the first day on which it does, whatever days are looked at.
func TestFormulasTurnOnTheFirstDayTheyDo(t *testing.T) {
	lines := []string{
		"相隔年数(出生日期, 今天) >= 18", "相隔月数(毕业日期, 今天) >= 7 且 相隔月数(毕业日期, 今天) < 9", "相隔月数(今天, 毕业日期) < 3",
		"今天 - 6 个月 >= 毕业日期", "今天 介于 毕业日期 和 毕业日期 + 45 天", "毕业日期 + 1 年 <= 今天", "月份(今天) = 2 或 月份(今天) = 3",
		"年份(今天) - 年份(毕业日期) >= 2", "失业月数 * 2 >= 10", "标准 >= 200", "若(今天 > 毕业日期 + 30 天, 1, 0) = 1", "今天 - 毕业日期 > 100",
		"相隔年数(出生日期, 今天) >= 18 或 今天 > 2026-03-01",
	}
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom(lines).Draw(t, "line")
		p, err := Load([]byte(document("- 出生日期 >= 1900-01-01\n- "+line)+"参数:\n  标准: {取值: [{值: 100}, {从: 2026-01-15, 值: 250}, {从: 2026-05-01, 值: 150}]}\n"), dict)
		if err != nil {
			t.Fatal(err)
		}
		on := today24
		facts := anyFacts(t, on)
		facts["出生日期"] = On(on.AddMonths(-12*18) + Day(rapid.Int64Range(-200, 500).Draw(t, "born")))
		facts["毕业日期"] = On(on + Day(rapid.Int64Range(-400, 400).Draw(t, "left")))
		facts = facts.onDay(on)
		for _, wanted := range []truth{isYes, isNo} {
			want := Day(0)
			for day := on + 1; day <= on+Horizon && want == 0; day++ {
				if p.truth(p.root, facts.onDay(day), day) == wanted {
					want = day
				}
			}
			if p.truth(p.root, facts, on) == wanted {
				continue
			}
			if got := p.turn(facts, on, wanted); got != want {
				t.Fatalf("%s turns on %s, not %s, for %v", line, want, got, facts)
			}
		}
	})
}
