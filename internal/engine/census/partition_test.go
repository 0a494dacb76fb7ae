package census

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Four machines that each hold every fourth person give together what one machine with everybody gives.
func TestFourPartitionsGiveTheAnswersOfOne(t *testing.T) {
	cr := newCrowd(t, 20000, 8)
	const parts = 4
	var c [parts]*Census
	var b [parts]*Builder
	for k := range c {
		var err error
		if c[k], err = New(slices.Clone(somebody), []string{"甲", "乙", "丙"}); err != nil {
			t.Fatal(err)
		}
		b[k] = c[k].Build()
	}
	for i := range cr.values {
		b[i%parts].Add(int64(i)*3+5, cr.group[i], cr.values[i], cr.known[i])
	}
	for k := range b {
		b[k].End()
	}
	rapid.Check(t, func(t *rapid.T) {
		rule, other := drawRule(t, 3), drawRule(t, 2)
		whole := screen(t, cr.c, rule)
		want, err := whole.Simulate(0, other, 2)
		if err != nil {
			t.Fatal(err)
		}
		yes, unknown, byGroup := int64(0), int64(0), make([]int64, 3)
		sum := Shift{Gain: make([]int64, 3), Loss: make([]int64, 3)}
		for k := range c {
			r := screen(t, c[k], rule)
			y, u := r.Count(0)
			yes, unknown = yes+y, unknown+u
			shift, err := r.Simulate(0, other, 1)
			if err != nil {
				t.Fatal(err)
			}
			for g, n := range r.CountBy(0, 1) {
				byGroup[g] += n
				sum.Gain[g] += shift.Gain[g]
				sum.Loss[g] += shift.Loss[g]
			}
			sum.Doubt += shift.Doubt
		}
		if y, u := whole.Count(0); y != yes || u != unknown || !slices.Equal(whole.CountBy(0, 2), byGroup) {
			t.Fatalf("parts: %d %d %v, whole: %d %d", yes, unknown, byGroup, y, u)
		}
		if !slices.Equal(sum.Gain, want.Gain) || !slices.Equal(sum.Loss, want.Loss) || sum.Doubt != want.Doubt {
			t.Fatalf("parts %+v, whole %+v", sum, want)
		}
	})
}

func screen(t *rapid.T, c *Census, r Rule) *Result {
	p, err := c.Compile([]Rule{r})
	if err != nil {
		t.Fatal(err)
	}
	return c.Screen(p, 2)
}
