package plan

import (
	"testing"

	"jiuye/internal/ground/clock"
	"jiuye/internal/register/indicator"
)

func TestAShareIsRoundedOnceWhereItIsWritten(t *testing.T) {
	for _, c := range []struct {
		reached, target int64
		written         string
	}{{9, 950, "0.9"}, {19, 2000, "1"}, {12286, 12500, "98.3"}, {9996, 10000, "99.9"}, {12500, 12500, "100"}, {12506, 12500, "100"}, {12507, 12500, "100.1"}} {
		g := &indicator.Target{BaseYear: 2020, Year: 2025, Value: c.target, Comparator: indicator.AtLeast, Cumulative: true}
		if got := tenths(Judge(Of(NewUrban), g, c.reached, true, Season{}, clock.Date(2025, 8, 31)).Done); got != c.written {
			t.Errorf("%d of %d is written %s, want %s", c.reached, c.target, got, c.written)
		}
		g.BaseYear, g.Comparator = 2024, indicator.Equal
		if got := reachedOf(Of(NewUrban), g, part{years: map[int]cell{2025: {numerator: c.reached}}}, 2025); got != c.written+"%" {
			t.Errorf("%d of %d below is written %s, want %s%%", c.reached, c.target, got, c.written)
		}
	}
}

func TestAColumnOfTargetsSaysOfWhichYearTheyAre(t *testing.T) {
	zh, err := official()
	must(t, err)
	lines := []Line{{Target: "〔12,500〕以上", TargetYear: 2030}, {Target: "—"}}
	if head := targetHead(zh, lines); head != "2030 年目标" || lines[0].Target != "〔12,500〕以上" {
		t.Errorf("of one year: %s, %+v", head, lines)
	}
	others := []Line{{Target: "60", TargetYear: 2025}}
	if head := targetHead(zh, lines, others); head != "目标" || lines[0].Target != "〔12,500〕以上（2030 年）" || others[0].Target != "60（2025 年）" || lines[1].Target != "—" {
		t.Errorf("of two years: %s, %+v %+v", head, lines, others)
	}
}
