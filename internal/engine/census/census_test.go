package census

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// crowd is a small population with the same values as plain rows.
type crowd struct {
	c      *Census
	values [][]int64
	known  [][]bool
	group  []int
}

var somebody = []Column{
	{Name: "女", Min: 0, Max: 1, Always: true},
	{Name: "年龄", Min: 0, Max: 120},
	{Name: "失业月数", Min: 0, Max: 600},
	{Name: "学历", Min: 0, Max: 8},
	{Name: "登记日期", Min: -20000, Max: 30000},
	{Name: "常数", Min: 7, Max: 7},
}

func newCrowd(t interface{ Fatal(...any) }, people int, seed uint64) *crowd {
	r := rand.New(rand.NewPCG(seed, 1))
	c, err := New(slices.Clone(somebody), []string{"甲", "乙", "丙"})
	if err != nil {
		t.Fatal(err)
	}
	cr := &crowd{c: c}
	b := c.Build()
	for i := range people {
		values, known := make([]int64, len(somebody)), make([]bool, len(somebody))
		cr.values, cr.known, cr.group = append(cr.values, values), append(cr.known, known), append(cr.group, r.IntN(3))
		cr.draw(r, i)
		if !b.Add(int64(i)*3+5, cr.group[i], values, known) {
			t.Fatal("refused")
		}
	}
	b.End()
	return cr
}

func (cr *crowd) draw(r *rand.Rand, i int) {
	for k := range somebody {
		col := &somebody[k]
		cr.known[i][k] = col.Always || r.IntN(4) > 0
		if cr.values[i][k] = 0; cr.known[i][k] {
			cr.values[i][k] = col.Min + r.Int64N(col.Max-col.Min+1)
		}
	}
}

// truth decides a rule for one person the plain way: -1 no, 0 unknown, 1 yes.
func (cr *crowd) truth(r *Rule, i int) int {
	switch r.Op {
	case Is:
		if !cr.known[i][r.Column] {
			return 0
		}
		if r.Bits != 0 {
			return 2*int(one(uint64(cr.values[i][r.Column]-somebody[r.Column].Min)&r.Bits != 0)) - 1
		}
		for _, in := range r.In {
			if v := cr.values[i][r.Column]; in.From <= v && v <= in.To {
				return 1
			}
		}
		return -1
	case Not:
		return -cr.truth(&r.Kids[0], i)
	case All:
		all := 1
		for k := range r.Kids {
			all = min(all, cr.truth(&r.Kids[k], i))
		}
		return all
	case Any:
		any := -1
		for k := range r.Kids {
			any = max(any, cr.truth(&r.Kids[k], i))
		}
		return any
	}
	yes, maybe := 0, 0
	for k := range r.Kids {
		switch cr.truth(&r.Kids[k], i) {
		case 1:
			yes++
		case 0:
			maybe++
		}
	}
	switch {
	case yes >= r.N:
		return 1
	case yes+maybe >= r.N:
		return 0
	}
	return -1
}

func drawRule(t *rapid.T, depth int) Rule {
	op := Is
	if depth > 0 {
		op = rapid.SampledFrom([]Op{Is, Is, All, Any, Not, AtLeast}).Draw(t, "op")
	}
	r := Rule{Op: op}
	switch op {
	case Is:
		r.Column = rapid.IntRange(0, len(somebody)-1).Draw(t, "column")
		col := &somebody[r.Column]
		if rapid.IntRange(0, 5).Draw(t, "set") == 0 {
			r.Bits = rapid.Uint64Range(1, 1<<10).Draw(t, "bits")
		}
		for range rapid.IntRange(0, 3).Draw(t, "ranges") {
			a := rapid.Int64Range(col.Min-2, col.Max+2).Draw(t, "from")
			b := rapid.Int64Range(col.Min-2, col.Max+2).Draw(t, "to")
			r.In = append(r.In, Range{min(a, b), max(a, b)})
		}
	case Not:
		r.Kids = []Rule{drawRule(t, depth-1)}
	default:
		for range rapid.IntRange(0, 5).Draw(t, "kids") {
			r.Kids = append(r.Kids, drawRule(t, depth-1))
		}
		r.N = rapid.IntRange(-1, 6).Draw(t, "n")
	}
	return r
}

func TestEverybodyAtOnceAndOneByOneAgree(t *testing.T) {
	cr := newCrowd(t, 9001, 1)
	rapid.Check(t, func(t *rapid.T) {
		rules := make([]Rule, rapid.IntRange(1, 4).Draw(t, "rules"))
		for i := range rules {
			rules[i] = drawRule(t, 3)
		}
		p, err := cr.c.Compile(rules)
		if err != nil {
			t.Fatal(err)
		}
		result := cr.c.Screen(p, 2)
		for k := range rules {
			cr.same(t, result, k, &rules[k])
		}
	})
}

func (cr *crowd) same(t *rapid.T, result *Result, k int, rule *Rule) {
	want, byGroup := [3]int64{}, make([]int64, 3)
	for i := range cr.values {
		truth := cr.truth(rule, i)
		want[truth+1]++
		if truth == 1 {
			byGroup[cr.group[i]]++
		}
		if yes, unknown := result.Answer(k, i); yes != (truth == 1) || unknown != (truth == 0) {
			t.Fatalf("person %d: yes %v unknown %v, plainly %d, by %+v", i, yes, unknown, truth, rule)
		}
	}
	if yes, unknown := result.Count(k); yes != want[2] || unknown != want[1] {
		t.Fatalf("%d and %d are counted, %v are there", yes, unknown, want)
	}
	if got := result.CountBy(k, 2); !slices.Equal(got, byGroup) {
		t.Fatalf("by group %v, want %v", got, byGroup)
	}
}

func TestPeopleWhoHaveChangedAreDecidedAgain(t *testing.T) {
	cr := newCrowd(t, segmentPeople+3000, 2)
	r := rand.New(rand.NewPCG(3, 3))
	rapid.Check(t, func(t *rapid.T) {
		rules := []Rule{drawRule(t, 2), drawRule(t, 3)}
		p, err := cr.c.Compile(rules)
		if err != nil {
			t.Fatal(err)
		}
		result := cr.c.Screen(p, 2)
		var places []int
		step := rapid.IntRange(1, 400).Draw(t, "step")
		for at := r.IntN(step); at < len(cr.values); at += 1 + r.IntN(step) {
			cr.draw(r, at)
			cr.c.Set(at, cr.group[at], cr.values[at], cr.known[at])
			places = append(places, at)
		}
		before := cr.c.Screen(p, 1)
		moves := result.Again(places, 2)
		for s := range before.segments {
			if !slices.Equal(before.segments[s], result.segments[s]) {
				t.Fatal("deciding the changed ones again gives another answer than deciding everybody")
			}
		}
		for _, m := range moves {
			if yes, maybe := result.Answer(m.Rule, m.At); yes != m.Yes || maybe != m.Maybe || m.Yes == m.WasYes && m.Maybe == m.WasMaybe {
				t.Fatalf("a move that is none: %+v", m)
			}
		}
	})
}

func TestASimulationTellsGainersAndLosers(t *testing.T) {
	cr := newCrowd(t, 20000, 4)
	rapid.Check(t, func(t *rapid.T) {
		now, then := drawRule(t, 2), drawRule(t, 2)
		p, err := cr.c.Compile([]Rule{now})
		if err != nil {
			t.Fatal(err)
		}
		result := cr.c.Screen(p, 2)
		shift, err := result.Simulate(0, then, 2)
		if err != nil {
			t.Fatal(err)
		}
		gain, loss, doubt := make([]int64, 3), make([]int64, 3), int64(0)
		for i := range cr.values {
			a, b := cr.truth(&now, i), cr.truth(&then, i)
			if a != 1 && b == 1 {
				gain[cr.group[i]]++
			}
			if a == 1 && b != 1 {
				loss[cr.group[i]]++
			}
			if a != 0 && b == 0 {
				doubt++
			}
		}
		if !slices.Equal(shift.Gain, gain) || !slices.Equal(shift.Loss, loss) || shift.Doubt != doubt {
			t.Fatalf("%+v, want %v %v %d", shift, gain, loss, doubt)
		}
	})
}

func TestAValueIsReadBackAsItWasWritten(t *testing.T) {
	cr := newCrowd(t, 700, 5)
	values, known := make([]int64, len(somebody)), make([]bool, len(somebody))
	for i := range cr.values {
		cr.c.Get(i, values, known)
		if !slices.Equal(known, cr.known[i]) || !slices.Equal(values, cr.values[i]) {
			t.Fatalf("person %d: %v %v, want %v %v", i, values, known, cr.values[i], cr.known[i])
		}
		for k := range values {
			if v, ok := cr.c.Value(i, k); ok != known[k] || v != values[k] {
				t.Fatalf("person %d, column %d: %d %v alone, %d %v with the others", i, k, v, ok, values[k], known[k])
			}
		}
		if at, ok := cr.c.Find(int64(i)*3 + 5); !ok || at != i || cr.c.ID(at) != int64(i)*3+5 {
			t.Fatalf("person %d stands at %d, %v", i, at, ok)
		}
		if _, ok := cr.c.Find(int64(i)*3 + 6); ok {
			t.Fatal("nobody has this id")
		}
	}
}

func TestACensusComesBackFromItsFile(t *testing.T) {
	cr := newCrowd(t, segmentPeople+100, 6)
	var file bytes.Buffer
	if err := cr.c.Save(&file, "到 2025-08-31"); err != nil {
		t.Fatal(err)
	}
	back, note, err := Load(bytes.NewReader(file.Bytes()))
	if err != nil || note != "到 2025-08-31" || back.people != cr.c.people || !slices.Equal(back.groups, cr.c.groups) {
		t.Fatal(note, err)
	}
	for s := range back.segments {
		if !slices.Equal(back.segments[s], cr.c.segments[s]) {
			t.Fatal("the planes differ")
		}
	}
	if at, ok := back.Find(5 + 3*70000); ok || at == -1 {
		t.Fatal("nobody has this id")
	}
	if at, ok := back.Find(5 + 3*65600); !ok || at != 65600 {
		t.Fatal(at, ok)
	}
	for _, cut := range []int{0, 3, 20, 500, file.Len() / 2, file.Len() - 1} {
		if _, _, err := Load(bytes.NewReader(file.Bytes()[:cut])); !errors.Is(err, ErrSpoiled) {
			t.Errorf("cut off after %d bytes: %v", cut, err)
		}
	}
	spoiled := slices.Clone(file.Bytes())
	spoiled[len(spoiled)/2] ^= 1
	if _, _, err := Load(bytes.NewReader(spoiled)); !errors.Is(err, ErrSpoiled) {
		t.Error("a turned bit passes:", err)
	}
}

func TestPartsBuiltApartAreJoined(t *testing.T) {
	cr := newCrowd(t, 2*segmentPeople+500, 9)
	var parts []*Census
	for from := 0; from < len(cr.values); from += segmentPeople {
		c, err := New(slices.Clone(somebody), []string{"甲", "乙", "丙"})
		if err != nil {
			t.Fatal(err)
		}
		b := c.Build()
		for i := from; i < min(len(cr.values), from+segmentPeople); i++ {
			b.Add(int64(i)*3+5, cr.group[i], cr.values[i], cr.known[i])
		}
		b.End()
		parts = append(parts, c)
	}
	whole, err := Join(parts)
	if err != nil || whole.people != cr.c.people || !slices.Equal(whole.groups, cr.c.groups) {
		t.Fatal(err)
	}
	for s := range whole.segments {
		if !slices.Equal(whole.segments[s], cr.c.segments[s]) {
			t.Fatal("the planes differ")
		}
	}
	if at, ok := whole.Find(5 + 3*70000); !ok || at != 70000 {
		t.Fatal(at, ok)
	}
	if _, err := Join([]*Census{whole, parts[1]}); err == nil {
		t.Error("parts that do not follow each other are joined")
	}
}

func TestNewcomersMayComeOutOfOrder(t *testing.T) {
	cr := newCrowd(t, segmentPeople-2, 7)
	r := rand.New(rand.NewPCG(7, 7))
	p, err := cr.c.Compile([]Rule{{Op: Is, Column: 3, In: []Range{{2, 5}}}})
	if err != nil {
		t.Fatal(err)
	}
	result := cr.c.Screen(p, 1)
	var places []int
	for i, id := range []int64{1 << 40, 1<<40 + 7, 3, 1<<40 + 1, 4} { // over the end of the first segment
		cr.values, cr.known, cr.group = append(cr.values, make([]int64, len(somebody))), append(cr.known, make([]bool, len(somebody))), append(cr.group, i%3)
		n := len(cr.values) - 1
		cr.draw(r, n)
		at, ok := cr.c.Append(id, i%3, cr.values[n], cr.known[n])
		if !ok || at != n {
			t.Fatalf("%d: %d %v", id, at, ok)
		}
		if _, twice := cr.c.Append(id, 0, cr.values[n], cr.known[n]); twice {
			t.Fatalf("%d came twice", id)
		}
		places = append(places, at)
	}
	result.Again(places, 2)
	whole := cr.c.Screen(p, 2)
	for s := range whole.segments {
		if !slices.Equal(whole.segments[s], result.segments[s]) {
			t.Fatal("newcomers are decided otherwise than everybody")
		}
	}
	var file bytes.Buffer
	if err := cr.c.Save(&file, ""); err != nil {
		t.Fatal(err)
	}
	back, _, err := Load(&file)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []*Census{cr.c, back} {
		for i, id := range []int64{1 << 40, 1<<40 + 7, 3, 1<<40 + 1, 4} {
			if at, ok := c.Find(id); !ok || at != segmentPeople-2+i || c.ID(at) != id {
				t.Errorf("%d stands at %d, %v", id, at, ok)
			}
		}
		if _, ok := c.Find(2); ok {
			t.Error("nobody has the id 2")
		}
	}
}

func TestIDsFarApartAreKeptWhole(t *testing.T) {
	var s ids
	var want []int64
	for i := range int64(10000) {
		id := i
		if i > 6000 {
			id = i << 40
		}
		want = append(want, id)
		s.add(id)
	}
	for i, id := range want {
		if at, ok := s.find(id); !ok || at != i || s.at(i) != id {
			t.Fatalf("%d stands at %d %v", i, at, ok)
		}
	}
}
