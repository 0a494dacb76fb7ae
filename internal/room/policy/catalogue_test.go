package policy

import (
	"strings"
	"testing"

	"jiuye/internal/engine/rule"
)

func mustLibrary(t testing.TB) *library {
	t.Helper()
	l, err := openLibrary(policyFiles)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// The 87 rules of the planning documents: 59 decide by conditions, 7 are decided from files, 14 lead elsewhere, 7 are carried out elsewhere.
func TestTheCatalogueHasEveryRuleOfTheDocuments(t *testing.T) {
	c := mustCatalogue(t)
	count := map[Kind]int{}
	for i, e := range c.entries {
		count[e.Kind]++
		if want := "R" + string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10)); e.ID != want {
			t.Errorf("entry %d is %s", i+1, e.ID)
		}
		if e.Name.Zh == "" || e.Name.En == "" || e.Document == "" || e.Place == "" || e.Quote == "" || e.Subject == "" {
			t.Errorf("%s says too little: %+v", e.ID, e)
		}
		if (e.Kind == Item || e.ID == "R04" || e.ID == "R20") != (e.Item != nil) {
			t.Errorf("%s has no conditions on what the register does not hold", e.ID)
		}
		if e.Kind != Rule && (e.Where.Zh == "" || e.Where.En == "") {
			t.Errorf("%s leads nowhere", e.ID)
		}
		for _, name := range e.Parameters {
			if c.params[name] == nil {
				t.Errorf("%s uses a parameter %s that does not exist", e.ID, name)
			}
		}
	}
	if count[Rule] != 59 || count[Item] != 7 || count[Pointer] != 14 || count[Process] != 7 {
		t.Errorf("counted %v", count)
	}
}

func TestTheShippedCasesComeOutAsTheySay(t *testing.T) {
	l := mustLibrary(t)
	for _, e := range l.entries {
		if e.Kind != Rule {
			continue
		}
		out, err := l.try(e.Text, e.Cases, l.params)
		if err != nil {
			t.Errorf("%s: %v", e.ID, err)
			continue
		}
		seen := map[string]bool{}
		for _, o := range out {
			seen[o.Want] = true
			if !o.OK {
				t.Errorf("%s %s：%s %s，应为 %s %s %s", e.ID, o.Name, o.Got, o.GotAmount, o.Want, o.Amount, o.Why)
			}
		}
		if len(out) < 3 || !seen["能享受"] || len(seen) < 2 {
			t.Errorf("%s has too few cases", e.ID)
		}
	}
}

// What the documents leave open says who is to set it, and belongs to a policy.
func TestEveryOpenParameterSaysWhoSetsIt(t *testing.T) {
	c := mustCatalogue(t)
	used := map[string]bool{}
	open := map[string]bool{}
	for _, e := range c.entries {
		for _, name := range e.Parameters {
			used[name] = true
		}
		for _, p := range c.open(e, rule.DayOf(today)) {
			open[e.ID] = true
			if p.By == "" {
				t.Errorf("%s: nobody sets %s", e.ID, p.Name.Zh)
			}
		}
	}
	for name, p := range c.params {
		if name == p.Name.Zh && !used[name] {
			t.Errorf("no policy uses %s", name)
		}
	}
	for _, id := range strings.Fields("R07 R14 R15 R18 R19 R24 R25 R26 R27 R29 R34 R35 R37 R40 R41 R44 R47 R48 R52 R56 R59 R61 R63 R77 R79 R80 R81 R83 R85") {
		if !open[id] {
			t.Errorf("%s has nothing open, but the documents leave something to be set", id)
		}
	}
}
