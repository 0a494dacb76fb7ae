package linkage

import (
	"strings"
	"testing"
)

func TestAPageShowsNoNumberInFull(t *testing.T) {
	d := desk(t)
	r := Run(d)
	e := r.Trained.Explain(d, 0, 2)
	shown := e.Masked(func(kind, value string) string {
		switch kind {
		case "idnumber", "phone":
			return value[:3] + "****" + value[len(value)-4:]
		}
		return value
	})
	for i, term := range shown.Terms {
		if (term.Kind == "idnumber" || term.Kind == "phone") && !strings.Contains(term.Left, "****") || term.Bits != e.Terms[i].Bits {
			t.Errorf("%+v", term)
		}
		if strings.Contains(e.Terms[i].Left, "****") {
			t.Error("the explanation itself was changed")
		}
	}
	if shown.Bits != e.Bits || shown.Rule != "证件号相同、姓名相符" {
		t.Errorf("%+v", shown)
	}
}
