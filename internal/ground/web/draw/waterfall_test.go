package draw

import (
	"strings"
	"testing"
)

func TestAWaterfallAddsUpAndIsToldInWords(t *testing.T) {
	got := string(Falls(Waterfall{Label: "起点负 6.6，合计 7.7", Bars: []Fall{{Name: "起点", Value: -6.6}, {Name: "姓名<一致>", Value: 14.3}}, Total: Fall{Name: "合计", Value: 7.7, Note: "99.5%"},
		Lines: []Mark{{"需人工", 4.3}, {"自动", 9}}}))
	for _, want := range []string{`role="img"`, "−6.6", "+14.3", "姓名&lt;一致&gt;", "需人工 +4.3"} {
		if strings.Count(got, want) != 2 {
			t.Errorf("%q stands %d times", want, strings.Count(got, want))
		}
	}
	if strings.Count(got, "+7.7，99.5%") != 1 {
		t.Error("the note stands in the wide picture alone")
	}
	if strings.Contains(got, "style=") {
		t.Error("a style attribute is refused by the policy")
	}
}

func TestSignedNumbers(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 0.04: "0", 3.14: "+3.1", -6.55: "−6.6", -0.04: "0"} {
		if got := Signed1(v); got != want {
			t.Errorf("%v: %s", v, got)
		}
	}
}
