package linkage

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jiuye/internal/engine/linkage/madeup"
)

func model(t testing.TB, name string) *Model {
	t.Helper()
	text, err := os.ReadFile("../../../models/linkage/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	m, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// register loads a made-up register and its truth.
func register(t testing.TB, m *Model, o madeup.Options) (*Data, TruthPairs, [][]string) {
	t.Helper()
	d, err := NewData(m)
	if err != nil {
		t.Fatal(err)
	}
	d.Header(madeup.Titles)
	var rows [][]string
	var entity []uint32
	madeup.Rows(o, func(row []string) bool {
		rows = append(rows, row)
		entity = append(entity, uint32(atoi(row[10][1:]))+1)
		return true
	})
	for part := range slices.Chunk(rows, 1000) {
		d.Add(part)
	}
	return d, d.PairsOf(entity), rows
}

func TestARegisterWithoutIDNumbersIsDeduplicated(t *testing.T) {
	d, truth, _ := register(t, model(t, "person"), madeup.Issue(20_000, 12_000))
	r := Run(d)
	e := r.Evaluate(d, truth, .5)
	t.Logf("%+v", e)
	if e.Best.F1 < .99 || e.Clusters.F1 < .99 || e.Auto.Precision < .999 || e.Auto.Recall < .95 {
		t.Errorf("F1 %.4f, clusters %.4f, auto precision %.4f recall %.4f", e.Best.F1, e.Clusters.F1, e.Auto.Precision, e.Auto.Recall)
	}
}

func TestIDNumbersDecideAndTheRunKnowsItsOwnQuality(t *testing.T) {
	o := madeup.Issue(20_000, 12_000)
	o.IDs = .9
	d, truth, _ := register(t, model(t, "person"), o)
	r := Run(d)
	e := r.Evaluate(d, truth, .5)
	if e.Clusters.Precision < .9995 || e.Clusters.Recall < .999 {
		t.Errorf("clusters: precision %.5f recall %.5f", e.Clusters.Precision, e.Clusters.Recall)
	}
	own := r.Report.Own
	if own == nil || own.Auto.Precision < .99 || own.Auto.Recall < .85 || own.Blocking < .98 {
		t.Fatalf("own estimate %+v", own)
	}
	number := r.Trained.p.column("id")
	for _, group := range groups(r.Clusters) {
		seen := ""
		for _, rec := range group {
			if v := d.Value(rec, number); v != "" && d.plan.columns[number].dom.marks[d.codes[rec*d.width+number]].Status != Invalid {
				if seen != "" && seen != v {
					t.Fatalf("a group holds two valid ID numbers: %s and %s", seen, v)
				}
				seen = v
			}
		}
	}
}

func groups(clusters []uint32) map[uint32][]int {
	out := map[uint32][]int{}
	for rec, c := range clusters {
		out[c] = append(out[c], rec)
	}
	return out
}

func TestTheResultDoesNotDependOnTheNumberOfProcessors(t *testing.T) {
	once := func(processors int) *Result {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		d, _, _ := register(t, model(t, "person"), madeup.Issue(5000, 3000))
		return Run(d)
	}
	one, four := once(1), once(4)
	if one.Trained.Hash() != four.Trained.Hash() {
		t.Error("the trained models differ")
	}
	if diff := cmp.Diff(one.Pairs, four.Pairs); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(one.Clusters, four.Clusters); diff != "" {
		t.Error(diff)
	}
}

func TestABatchEqualsTheReplayOfItsRecordsOneByOne(t *testing.T) {
	o := madeup.Issue(4000, 2400)
	o.IDs = .5
	d, _, rows := register(t, model(t, "person"), o)
	batch := Run(d)
	for _, p := range batch.Report.Passes {
		if p.LeftOut > 0 {
			t.Fatalf("the register is too large for this test: %v left out %g", p.Keys, p.LeftOut)
		}
	}
	empty := batch.Trained.NewData()
	x := batch.Trained.NewIndex(empty)
	x.Header(madeup.Titles)
	var replay []Pair
	for i, row := range rows {
		asked := x.Match(row)
		kept := x.Add(row)
		if diff := cmp.Diff(asked, kept); diff != "" {
			t.Fatalf("asking and adding differ: %s", diff)
		}
		for _, c := range kept.Candidates {
			decided := int8(-1)
			if c.Rule != "" {
				decided = int8(slices.IndexFunc(batch.Trained.p.rules, func(r rule) bool { return r.Name == c.Rule }))
			}
			replay = append(replay, Pair{uint32(c.Record), uint32(i), c.Vector, c.Bits, decided})
		}
	}
	if diff := cmp.Diff(batch.Pairs, inOrder(replay)); diff != "" {
		t.Error(diff)
	}
}

func TestAnIndexOverABatchFindsEveryRecordOfIt(t *testing.T) {
	d, _, rows := register(t, model(t, "person"), madeup.Issue(3000, 1800))
	r := Run(d)
	x := r.Trained.NewIndex(d)
	size := d.plan.domains[0].values.size()
	for i := 0; i < len(rows); i += 50 {
		a := x.Match(rows[i])
		if !slices.ContainsFunc(a.Candidates, func(c Candidate) bool { return c.Record == i }) {
			t.Errorf("record %d does not find itself: %+v", i, a)
		}
	}
	if x.Len() != 3000 || d.plan.domains[0].values.size() != size {
		t.Error("asking left a trace")
	}
}

func TestAnExplanationAddsUpToThePairBitForBit(t *testing.T) {
	d, _, _ := register(t, model(t, "person"), madeup.Issue(5000, 3000))
	r := Run(d)
	again, err := ReadTrained(r.Trained.Canonical(), r.Trained.Hash())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Pairs {
		e := r.Trained.Explain(d, int(p.Left), int(p.Right))
		if e.Bits != p.Bits || e.Probability != r.Trained.Probability(p) || e.Model != r.Trained.Hash() && p.Left%100 == 0 {
			t.Fatalf("pair %+v is explained as %+v", p, e)
		}
		if bits, _, _ := again.Recompute(r.Trained.LevelsOf(p.Vector)); bits != p.Bits {
			t.Fatalf("recomputed %v, was %v", bits, p.Bits)
		}
		sum := e.Prior
		for _, term := range e.Terms {
			sum += term.Bits
		}
		if sum+e.Moved-e.Kin != e.Bits {
			t.Fatalf("the bars add up to %v, not %v", sum+e.Moved-e.Kin, e.Bits)
		}
		if p.Left > 400 {
			break
		}
	}
	if _, err := ReadTrained(r.Trained.Canonical(), "0000"); err == nil {
		t.Error("a trained model with another hash was accepted")
	}
}

func TestEveryPairWithACommonKeyIsComparedOnce(t *testing.T) {
	m, err := Parse([]byte(`
name: keys
columns: [{name: a, kind: code}, {name: b, kind: code}, {name: c, kind: code}]
comparisons: [{column: a}]
blocking: [{keys: [a], max: 5, refine: [c]}, {keys: [b], max: 30}, {keys: [a, c], max: 4}]
`))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		d, _ := NewData(m)
		d.Header([]string{"a", "b", "c"})
		cell := rapid.SampledFrom([]string{"", "A", "B", "C"})
		n := rapid.IntRange(2, 40).Draw(t, "records")
		var rows [][]string
		for range n {
			rows = append(rows, []string{cell.Draw(t, "a"), cell.Draw(t, "b"), cell.Draw(t, "c")})
		}
		d.Add(rows)
		b := block(d)
		seen := map[[2]uint32]int{}
		parts := make([]map[[2]uint32]int, b.chunks())
		b.scan(nil, func(chunk int, i, j uint32) {
			if parts[chunk] == nil {
				parts[chunk] = map[[2]uint32]int{}
			}
			parts[chunk][[2]uint32{i, j}]++
		})
		for _, part := range parts {
			for pair, n := range part {
				seen[pair] += n
			}
		}
		for i := range uint32(n) {
			for j := i + 1; j < uint32(n); j++ {
				if got := seen[[2]uint32{i, j}]; got > 1 || (got == 1) != b.foundBy(i, j, nil) {
					t.Fatalf("pair %d %d was compared %d times, found %v", i, j, got, b.foundBy(i, j, nil))
				}
				if rows[i][1] != "" && rows[i][1] == rows[j][1] && seen[[2]uint32{i, j}] == 0 {
					t.Fatalf("pair %d %d has the same b and was not compared", i, j)
				}
			}
		}
	})
}

func ExampleParse() {
	_, err := Parse([]byte("name: 试\ncolumns: [{name: 姓名, kind: 名字}]\n"))
	fmt.Println(err)
	// Output: 模型“试”：列 姓名 的 kind“名字”不存在，可用：address_zh、area、category、code、creditcode、date、employer、idnumber、name、name_zh、number、phone、text
}
