package rule

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiuye/internal/engine/census"
)

// bounded is the tests' dictionary with its numbers held in columns, where the plain one decides them person by person.
var bounded = must(NewDictionary(func() []Field {
	fields := slices.Clone(dict.Fields)
	for i := range fields {
		if fields[i].Type == Number {
			fields[i].High = 6000
		}
	}
	return fields
}()))

func TestEverybodyAtOnceAndOneByOneAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.SampledFrom([]*Dictionary{dict, bounded}).Draw(t, "dictionary")
		on := today24 + Day(rapid.Int64Range(0, 800).Draw(t, "on"))
		var policies []*Policy
		for range rapid.IntRange(1, 3).Draw(t, "policies") {
			text := strings.TrimSuffix(document(""), "\n  \n")
			if c := anyTree(3).Draw(t, "condition"); c.how == "" {
				text += "\n  - " + c.yaml("  ") + "\n"
			} else {
				text += c.yaml("  ") + "\n"
			}
			p, err := Load([]byte(text), d)
			if err != nil {
				t.Fatalf("%v\nin:\n%s", err, text)
			}
			policies = append(policies, p)
		}
		crowd := NewCrowd(d, policies, nil, on, nil)
		c, err := census.New(crowd.Columns, []string{"全部"})
		if err != nil {
			t.Fatal(err)
		}
		people := make([]row, rapid.IntRange(1, 150).Draw(t, "people"))
		values, known := make([]int64, len(crowd.Columns)), make([]bool, len(crowd.Columns))
		b := c.Build()
		for i := range people {
			people[i] = anyFacts(t, on)
			crowd.Fill(people[i], values, known)
			b.Add(int64(i), 0, values, known)
		}
		b.End()
		rules := make([]census.Rule, len(policies))
		for k, p := range policies {
			if rules[k], err = crowd.Rule(p); err != nil {
				t.Fatal(err)
			}
		}
		program, err := c.Compile(rules)
		if err != nil {
			t.Fatal(err)
		}
		result := c.Screen(program, 1)
		for k, p := range policies {
			for i := range people {
				yes, unknown := result.Answer(k, i)
				if want := Holds(p, people[i], on); yes != (want == Eligible) || unknown != (want == Unknown) {
					t.Fatalf("person %d: yes %v, unknown %v, alone %v\n%v", i, yes, unknown, want, people[i])
				}
				if d == bounded { // every comparison stands in columns, so a person read back is decided alike
					if got, want := Holds(p, crowd.Read(c, i), on), Holds(p, people[i], on); got != want {
						t.Fatalf("read back: %v, want %v\n%v", got, want, people[i])
					}
				}
			}
		}
	})
}

func TestTextsOfOneBeginningAreARun(t *testing.T) {
	areas := Sorted{"15", "1501", "150102", "1502", "16"}
	for _, c := range []struct {
		with string
		want census.Range
	}{{"15", census.Range{From: 0, To: 3}}, {"1501", census.Range{From: 1, To: 2}}, {"17", census.Range{From: 5, To: 4}}, {"", census.Range{From: 0, To: 4}}} {
		if got := areas.Starting(c.with); got != c.want {
			t.Errorf("%q: %v, want %v", c.with, got, c.want)
		}
	}
	if _, ok := areas.Code("1503"); ok {
		t.Error("1503 is not in the list")
	}
}
