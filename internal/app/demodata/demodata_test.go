package demodata

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/sheet"
)

func generate(t *testing.T, dir string, people int, seed uint64) Summary {
	t.Helper()
	sum, err := Generate(context.Background(), Options{Area: "152900", People: people, Seed: seed, Out: dir})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// hashes are the sums of all files in a folder by name.
func hashes(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		out[e.Name()] = hex.EncodeToString(sum[:8])
	}
	return out
}

func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	a, b, other := t.TempDir(), t.TempDir(), t.TempDir()
	generate(t, a, 3000, 1)
	generate(t, b, 3000, 1)
	generate(t, other, 3000, 2)
	first, again, changed := hashes(t, a), hashes(t, b), hashes(t, other)
	if len(first) != 14 {
		t.Errorf("%d files, want 14: %v", len(first), first)
	}
	for name, sum := range first {
		if again[name] != sum {
			t.Errorf("%s differs between two runs with one seed", name)
		}
		if changed[name] == sum {
			t.Errorf("%s is the same for another seed", name)
		}
	}
}

func TestOptionsThatCannotBeMetAreRefusedWithAReason(t *testing.T) {
	for _, c := range []struct {
		name string
		opts Options
		say  string
	}{
		{"not in the region", Options{Area: "110000", People: 5000}, "不是内蒙古"},
		{"a township", Options{Area: "152921102", People: 5000}, "不是内蒙古"},
		{"nonsense", Options{Area: "阿拉善", People: 5000}, "不是内蒙古"},
		{"too few people", Options{Area: "1529", People: 10}, "人数至少 1000"},
		{"another day", Options{Area: "1529", People: 5000, AsOf: clock.Date(2024, time.May, 1)}, "截止日只能是 2025-08-31"},
	} {
		c.opts.Out = t.TempDir()
		_, err := Generate(context.Background(), c.opts)
		if err == nil || fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.TextOf(err), c.say) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestAreaCodesMayEndInZeros(t *testing.T) {
	for _, code := range []string{"1529", "152900", " 152900 ", "15", "150000", "152921"} {
		if o, err := (Options{Area: code, People: 5000}).checked(); err != nil || strings.HasSuffix(o.Area, "00") {
			t.Errorf("%q: %q, %v", code, o.Area, err)
		}
	}
}

func TestFiguresScaleWithThePeople(t *testing.T) {
	for _, people := range []int{5000, 40000} {
		c := courseOf(people)
		got := countAll(t, people, "152900", 3)
		for i, want := range exact(&c) {
			for y := range yearCount {
				if n := got[i][y].above; n != int64(want[y]) {
					t.Errorf("%d people, indicator %d in %d: %d, want %d", people, i, firstYear+y, n, want[y])
				}
			}
		}
		if want := round(6922 * float64(people) / printedPeople); c.newUrban[1] != want {
			t.Errorf("new urban jobs of 2020 among %d people: %d, want %d", people, c.newUrban[1], want)
		}
	}
}

func TestPlantedErrorsStandInTheFilesAsCounted(t *testing.T) {
	dir := t.TempDir()
	sum := generate(t, dir, 5000, 1)
	rows, bad, small := map[string]int{}, 0, 0
	for _, name := range []string{"户籍.csv", "就业失业登记.xlsx", "社会保险.csv", "高校毕业生.xlsx", "企业.csv", "低保.xlsx", "退役军人.xlsx", "残疾人.xlsx", "脱贫人口.xlsx", "培训.xlsx", "岗位.xlsx"} {
		book, err := sheet.Open(filepath.Join(dir, name), sheet.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range book.Sheets() {
			id := -1
			for row, err := range book.Rows(s) {
				if err != nil {
					t.Fatalf("%s %s: %v", name, s, err)
				}
				if row.Number == 1 {
					id = slices.IndexFunc(row.Cells, func(c string) bool {
						return strings.HasSuffix(c, "身份证号") || strings.HasSuffix(c, "号码") || c == "法定代表人证件号"
					})
					continue
				}
				rows[s]++
				if c := row.Cell(id); c != "" {
					if _, err := identity.ParseIDNumber(c); err != nil {
						bad++
					}
					small += strings.Count(c, "x")
				}
			}
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
	for s, n := range sum.Rows {
		if rows[s] != n {
			t.Errorf("%s has %d rows, counted %d", s, rows[s], n)
		}
	}
	s := sum.Spoiled
	if want := s[WrongCheck] + s[Swapped] + s[Scientific] + s[Masked]; math.Abs(float64(bad-want)) > 2 { // some wrong checks are in credit codes
		t.Errorf("%d spoiled numbers in the files, %d planted", bad, want)
	}
	if small != sum.Mended[SmallX] {
		t.Errorf("%d small x in the files, %d planted", small, sum.Mended[SmallX])
	}
	for _, kind := range []string{WrongCheck, Swapped, Scientific, Masked, NoName, NoSuchDay, NoMonth, Unknown, OtherName, Duplicate} {
		if s[kind] == 0 {
			t.Errorf("no row is spoiled by %s", kind)
		}
	}
}

// stopper ends a run when it comes to a step.
type stopper struct {
	progress.None
	at   string
	stop func()
}

func (s stopper) Step(text string, _ int64) {
	if text == s.at {
		s.stop()
	}
}

func TestAStoppedRunLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	ctx, stop := context.WithCancel(context.Background())
	_, err := Generate(ctx, Options{Area: "1529", People: 3000, Out: dir, Progress: stopper{at: "写各部门的表格", stop: stop}})
	if fault.KindOf(err) != fault.Unavailable {
		t.Errorf("stopped: %v", err)
	}
	if left := hashes(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
