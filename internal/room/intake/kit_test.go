package intake

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

var ctx = context.Background()

// schemas are the tables the room needs.
var schemas = []db.Schema{audit.Schema, queue.Schema, person.Schema, employer.Schema, Schema}

// The keys are the same in all tests, so that a child process can read what another has written.
var testSealer = func() *seal.Sealer {
	keys, err := seal.ParseKeys(strings.Repeat("5a", 32))
	if err != nil {
		panic(err)
	}
	s, err := seal.New(keys)
	if err != nil {
		panic(err)
	}
	return s
}()

// newRoom is a room on a database, at nine in the morning of the demonstration's day.
func newRoom(t testing.TB, d *db.DB) *Room {
	t.Helper()
	c := clock.NewFake("2025-09-24")
	ids := id.NewMaker(os.Getpid(), c)
	r, err := New(Deps{DB: d, People: &person.Store{DB: d, Sealer: testSealer, Clock: c}, Employers: &employer.Store{DB: d, Clock: c}, Sealer: testSealer,
		Clock: c, IDs: ids, Audit: audit.New(d, c, "node-1"), Queue: queue.New(d, c, ids), Dir: t.TempDir(), Pause: time.Microsecond})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func run(t *testing.T, body func(t *testing.T, r *Room)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newRoom(t, d)) })
}

// The people of the tests.
var (
	league = Actor{ID: 1, Name: "其其格（管理）", Area: "1529", AreaName: "阿拉善盟"}
	left   = Actor{ID: 2, Name: "苏日娜（经办）", Area: "152921", AreaName: "阿拉善左旗"}
	right  = Actor{ID: 3, Name: "巴特尔（经办）", Area: "152922", AreaName: "阿拉善右旗"}
)

// somebody is the ID number of the n-th made-up person.
func somebody(n int) string {
	return identity.MakeIDNumber("152921", clock.Date(1970, time.January, 1).AddDate(0, 0, n%12000), n/12000*2+n%2)
}

func unit(n int) string { return identity.MakeCreditCode('9', '1', "152921", n) }

// homes are places in the two banners.
var homes = map[string]string{"left": "152921102001", "right": "152922103001"}

const householdHeads = "户号,与户主关系,姓名,性别,公民身份号码,出生日期,民族,户口性质,文化程度,居住地区划代码,居住地,联系电话,在校学生"

// household makes the 户籍 row of the n-th person.
func household(n int, name, where string) string {
	id := somebody(n)
	return fmt.Sprintf("H%d,户主,%s,%s,%s,%s-%s-%s,蒙古族,非农业,大学专科,%s,城关,13847%06d,否", n, name, []string{"女", "男"}[sexOf(id)%2], id, id[6:10], id[10:12], id[12:14], homes[where], n)
}

// folder writes files into a fresh folder: texts as they stand, workbooks from sheets.
type folder struct {
	t   testing.TB
	dir string
}

func newFolder(t testing.TB) folder { return folder{t, t.TempDir()} }

func (f folder) text(name string, lines ...string) folder {
	f.t.Helper()
	if err := os.WriteFile(filepath.Join(f.dir, name), []byte(strings.Join(lines, "\r\n")+"\r\n"), 0o600); err != nil {
		f.t.Fatal(err)
	}
	return f
}

// book writes a workbook; each sheet is its name, its head and its rows, cells parted by commas.
func (f folder) book(name string, sheets ...[]string) folder {
	f.t.Helper()
	var out bytes.Buffer
	w := sheet.NewXLSX(&out)
	for _, s := range sheets {
		if err := w.Sheet(s[0], sheet.Columns(split(s[1])...)...); err != nil {
			f.t.Fatal(err)
		}
		for _, row := range s[2:] {
			if err := w.Row(split(row)...); err != nil {
				f.t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(f.dir, name), out.Bytes(), 0o600); err != nil {
		f.t.Fatal(err)
	}
	return f
}

// bring imports a folder and fails the test when that fails.
func (r *Room) bring(t testing.TB, f folder, who Actor) Summary {
	t.Helper()
	s, err := r.ImportDir(ctx, f.dir, who, progress.None{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (r *Room) number(t testing.TB, query string, args ...any) int64 {
	t.Helper()
	n, err := db.Value[int64](ctx, r.DB, query, args...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// personOf reads the n-th person's facts.
func (r *Room) factsOf(t testing.TB, n int) *person.Facts {
	t.Helper()
	id, err := r.People.ByIDNumber(ctx, r.DB, somebody(n))
	if err != nil || id == 0 {
		t.Fatalf("person %d is not in the register: %v", n, err)
	}
	f, err := r.People.Facts(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// split parts the cells of a row written with commas.
func split(s string) []string { return strings.Split(s, ",") }

// readBook reads a workbook: sheet → rows, cells parted by commas.
func readBook(t testing.TB, content []byte) map[string][]string {
	t.Helper()
	book, err := sheet.OpenReader(bytes.NewReader(content), int64(len(content)), "x.xlsx", sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, name := range book.Sheets() {
		for row, err := range book.Rows(name) {
			if err != nil {
				t.Fatal(err)
			}
			out[name] = append(out[name], strings.Join(row.Cells, ","))
		}
	}
	return out
}
