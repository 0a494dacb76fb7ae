package crowd

import (
	"testing"

	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/person"
)

// What has no plane of validity must be known of everybody, whatever their file says; and no value lies beyond its column.
func TestColumnsWithoutUnknownsKnowEverybody(t *testing.T) {
	onBoth(t, func(w town) {
		w.settle(1, 400)
		around, err := dictionary.On(ctx, w.DB, w.Clock.Today())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := around.Everybody(ctx, w.DB, w.Employers); err != nil {
			t.Fatal(err)
		}
		s := w.shapeOf(policies(t), around.On)
		r := s.row()
		var row dictionary.Row
		look := func(f *person.Facts) {
			around.Fill(&row, f)
			s.fill(r, &row)
			for at, c := range s.columns {
				if c.Always && !r.known[at] {
					t.Errorf("%s of %d is unknown", c.Name, f.ID)
				}
				if r.known[at] && (r.values[at] < c.Min || r.values[at] > c.Max) {
					t.Errorf("%s of %d is %d, the column holds %d to %d", c.Name, f.ID, r.values[at], c.Min, c.Max)
				}
			}
		}
		look(&person.Facts{Person: person.Person{Sex: person.Male, Birth: w.Clock.Today().AddDate(-40, 0, 0), Area: "152921100001"}}) // a file with nothing in it
		n := 0
		if err := w.People.EachFacts(ctx, 0, func(batch []*person.Facts) error {
			for _, f := range batch {
				look(f)
				n++
			}
			return nil
		}); err != nil || n == 0 {
			t.Fatal(n, err)
		}
	})
}
