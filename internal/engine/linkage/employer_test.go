package linkage

import (
	"testing"

	"jiuye/internal/engine/linkage/madeup"
)

// firms loads a made-up register of employers and its truth.
func firms(t testing.TB, o madeup.EmployerOptions) (*Data, TruthPairs, []string) {
	t.Helper()
	d, err := NewData(model(t, "employer"))
	if err != nil {
		t.Fatal(err)
	}
	d.Header(madeup.EmployerTitles)
	var rows [][]string
	var entity []uint32
	var names []string
	madeup.Employers(o, func(row []string) bool {
		rows, names = append(rows, row), append(names, row[1])
		entity = append(entity, uint32(atoi(row[9][1:]))+1)
		return true
	})
	d.Add(rows)
	return d, d.PairsOf(entity), names
}

func TestEmployersWithoutCodesAreFound(t *testing.T) {
	d, truth, _ := firms(t, madeup.EmployerOptions{Records: 10_000, Employers: 6000, Seed: 1})
	e := Run(d).Evaluate(d, truth, .5)
	t.Logf("%+v", e)
	if e.At[0].F1 < .97 || e.Auto.Precision < .999 || e.Clusters.F1 < .97 {
		t.Errorf("F1 %.4f, automatic precision %.4f, clusters %.4f", e.At[0].F1, e.Auto.Precision, e.Clusters.F1)
	}
}

func TestABranchIsAnotherEmployerAndTwoValidCodesAreTwo(t *testing.T) {
	d, truth, names := firms(t, madeup.EmployerOptions{Records: 5000, Employers: 3000, Seed: 2, Codes: .8})
	r := Run(d)
	if e := r.Evaluate(d, truth, .5); e.Clusters.Precision < .999 || e.Clusters.F1 < .97 {
		t.Errorf("clusters %+v", e.Clusters)
	}
	code := d.plan.column("code")
	for _, group := range groups(r.Clusters) {
		for _, rec := range group[1:] {
			_, a := splitBranch(names[group[0]])
			_, b := splitBranch(names[rec])
			if (a == "") != (b == "") {
				t.Errorf("%s and %s are in one group", names[group[0]], names[rec])
			}
		}
		valid := map[string]bool{}
		for _, rec := range group {
			if v := d.codes[rec*d.width+code]; v != 0 && d.plan.columns[code].dom.marks[v].Status == Valid {
				valid[d.Value(rec, code)] = true
			}
		}
		if len(valid) > 1 {
			t.Errorf("codes %v are in one group", valid)
		}
	}
}
