package intake

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
)

// large is a delivery of several blocks, with one row of each sort of trouble in each part.
func large(t testing.TB, people int) folder {
	var homes, insured, registered []string
	homes, insured = append(homes, householdHeads), append(insured, "姓名,社会保障号码,险种,统一社会信用代码,单位名称,缴费起始年月,缴费终止年月")
	registered = append(registered, registrationHeads)
	for n := range people {
		name := fmt.Sprintf("包%d", n)
		homes = append(homes, household(n, name, "left"))
		insured = append(insured, name+","+somebody(n)+",失业保险,"+unit(n/50)+",单位,202001,")
		switch n % 50 {
		case 7:
			registered = append(registered, "别人,"+somebody(n)+",2024-01-08,,,,,,是,")
		case 8:
			registered = append(registered, name+",152921,2024-01-08,,,,,,是,")
		case 9:
			registered = append(registered, name+","+somebody(n+100000)+",2024-01-08,,,,,,是,")
		default:
			registered = append(registered, name+",'"+somebody(n)+",2024-01-08,,,,,,是,", name+","+somebody(n)+",2024-01-08,,,,,,是,")
		}
	}
	return newFolder(t).text("户籍.csv", homes...).text("社保.csv", insured...).text("失业登记.csv", registered...)
}

// state is everything an import has written, without ids and times.
func (r *Room) state(t testing.TB) string {
	t.Helper()
	h := sha256.New()
	for _, query := range []string{
		`SELECT name || area || relation || coalesce(able, false) FROM person ORDER BY name`,
		`SELECT p.name || i.kind || i.from_month || e.credit_code FROM person_insurance i JOIN person p ON p.person_id = i.person_id JOIN employer e ON e.employer_id = i.employer_id ORDER BY p.name`,
		`SELECT p.name || r.since || r.pay FROM person_registration r JOIN person p ON p.person_id = r.person_id ORDER BY p.name`,
		`SELECT count(*) || '' FROM person_identity`, `SELECT count(*) || '' FROM household`, `SELECT count(*) || '' FROM employer_identity`,
		`SELECT name || state || cursor_row || '/' || rows_read || '/' || accepted || '/' || repaired || '/' || repeated || '/' || review || '/' || rejected FROM intake_file WHERE state <> 'repeated' ORDER BY name`,
		`SELECT row_number || code || shown || reason FROM intake_reject ORDER BY row_number`,
		`SELECT code || head || sum(row_count) FROM intake_reminder GROUP BY code, head ORDER BY code, head`,
		`SELECT why || row_number || area FROM intake_review ORDER BY row_number`,
	} {
		err := db.Each(ctx, r.DB, func(s *string) []any { return []any{s} }, func(s *string) error { fmt.Fprintln(h, *s); return nil }, query)
		if err != nil {
			t.Fatal(err)
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

var errTest = errors.New("the test says so")

func small(t *testing.T) {
	old := blockRows
	blockRows = 100
	t.Cleanup(func() { blockRows = old })
}

func TestBrokenOffAtAnyBlockItGoesOnAndEndsTheSame(t *testing.T) {
	small(t)
	f := large(t, 350)
	run(t, func(t *testing.T, whole *Room) {
		s := whole.bring(t, f, left)
		want := whole.state(t)
		if s.Total.Rejected != 7 || s.Total.Review != 14 || s.Total.Repaired == 0 || s.Total.Repeated == 0 {
			t.Errorf("%+v", s.Total)
		}
		run(t, func(t *testing.T, r *Room) {
			if r.DB.Kind() != whole.DB.Kind() {
				return
			}
			blocks, breaks := 0, 0
			r.fail = func(*block) error {
				if blocks++; blocks%2 == 1 { // every block breaks once before it is written
					return errTest
				}
				return nil
			}
			for {
				s, err := r.ImportDir(ctx, f.dir, left, progress.None{})
				if err == nil {
					if !s.Resumed || s.Total.Read == 0 {
						t.Errorf("the last run: %+v", s)
					}
					break
				}
				if breaks++; !errors.Is(err, errTest) || breaks > 100 {
					t.Fatalf("break %d: %v", breaks, err)
				}
			}
			if got := r.state(t); got != want || breaks < 10 {
				t.Errorf("after %d breaks the registers differ", breaks)
			}
			if n := r.number(t, `SELECT count(*) FROM intake_batch`); n != 1 {
				t.Errorf("there are %d batches", n)
			}
		})
	})
}

func TestTheSameFolderTwiceChangesNothing(t *testing.T) {
	small(t)
	f := large(t, 230)
	run(t, func(t *testing.T, r *Room) {
		r.bring(t, f, left)
		want, versions := r.state(t), r.number(t, `SELECT sum(version) FROM person`)
		s := r.bring(t, f, left)
		for _, file := range s.Files {
			if file.State != Repeated || file.Note == "" || file.Read != 0 {
				t.Errorf("%+v", file)
			}
		}
		paths := []string{filepath.Join(f.dir, "失业登记.csv"), filepath.Join(f.dir, "户籍.csv"), filepath.Join(f.dir, "社保.csv")}
		forced, err := r.ImportFiles(ctx, paths, left, true, progress.None{})
		if err != nil || forced.Total.Accepted != 0 || forced.Total.Review != 0 || forced.Total.Read != s.Total.Read+919 && forced.Total.Read == 0 {
			t.Errorf("forced: %+v, %v", forced.Total, err)
		}
		if n := r.number(t, `SELECT sum(version) FROM person`); n != versions {
			t.Errorf("%d files were touched", n-versions)
		}
		// The forced batch has its own lines; the register is the same.
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			for _, table := range []string{"intake_file", "intake_reject", "intake_reminder"} {
				if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE batch_id = $1`, forced.BatchID); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if r.state(t) != want {
			t.Error("the registers differ")
		}
	})
}

func TestADatabaseThatGoesAwayForAMomentIsWaitedFor(t *testing.T) {
	small(t)
	f := large(t, 120)
	run(t, func(t *testing.T, r *Room) {
		n := 0
		r.fail = func(*block) error {
			if n++; n%3 != 0 {
				return fault.New(fault.Unavailable, "数据库暂时连不上")
			}
			return nil
		}
		if s := r.bring(t, f, left); s.State != Done || s.Total.Rejected != 3 {
			t.Errorf("%+v", s)
		}
	})
}

func TestAFullDiskEndsTheRunWithAReasonAndLosesNothing(t *testing.T) {
	small(t)
	f := large(t, 120)
	run(t, func(t *testing.T, r *Room) {
		r.fail = func(b *block) error {
			if b.cursor > 100 {
				return fault.New(fault.Unavailable, "磁盘已满，这一步没有保存。请清出空间后重试，已保存的内容不受影响")
			}
			return nil
		}
		s, err := r.ImportDir(ctx, f.dir, left, progress.None{})
		if !fault.Is(err, fault.Unavailable) {
			t.Fatal(err)
		}
		b, err := findBatch(ctx, r.DB, s.BatchID)
		if err != nil || !b.Unfinished() || b.Note == "" {
			t.Errorf("%+v, %v", b, err)
		}
		if n := r.number(t, `SELECT count(*) FROM person`); n != 100 {
			t.Errorf("%d people are in", n)
		}
		r.fail = nil
		if s := r.bring(t, f, left); !s.Resumed || s.BatchID != b.ID || s.State != Done {
			t.Errorf("%+v", s)
		}
	})
}

func TestTwoDeliveriesAtOnceMakeEveryNewcomerOnce(t *testing.T) {
	small(t)
	run(t, func(t *testing.T, r *Room) {
		one, two := large(t, 250), large(t, 251)
		var wg sync.WaitGroup
		for _, f := range []folder{one, two} {
			wg.Go(func() { r.bring(t, f, left) })
		}
		wg.Wait()
		people, hashes := r.number(t, `SELECT count(*) FROM person`), r.number(t, `SELECT count(*) FROM person_identity`)
		if people != 251 || hashes != 251 {
			t.Errorf("%d people, %d numbers", people, hashes)
		}
		if n := r.number(t, `SELECT count(*) FROM employer`); n != 6 {
			t.Errorf("%d employers", n)
		}
		if n := r.number(t, `SELECT count(*) FROM person p WHERE NOT EXISTS (SELECT 1 FROM household h WHERE h.household_id = p.household_id)`); n != 0 {
			t.Errorf("%d people have no household", n)
		}
	})
}

func TestOneBatchIsWrittenByOneRunOnly(t *testing.T) {
	small(t)
	f := large(t, 250)
	run(t, func(t *testing.T, r *Room) {
		files := []File{{Name: "户籍.csv", Path: filepath.Join(f.dir, "户籍.csv")}, {Name: "社保.csv", Path: filepath.Join(f.dir, "社保.csv")}}
		b, _, err := r.begin(ctx, "folder", files, left, false, progress.None{})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		errs := make([]error, 3)
		for i := range errs {
			wg.Go(func() { _, errs[i] = r.Run(ctx, b.ID, progress.None{}) })
		}
		wg.Wait()
		for _, err := range errs {
			if err != nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
		if s, err := r.Run(ctx, b.ID, progress.None{}); err != nil || s.State != Done { // now, if none of them came through
			t.Errorf("%+v, %v", s, err)
		}
		if n := r.number(t, `SELECT count(*) FROM person`); n != 250 {
			t.Errorf("%d people", n)
		}
		if n := r.number(t, `SELECT sum(rows_read) FROM intake_file WHERE name = '户籍.csv'`); n != 250 {
			t.Errorf("%d rows were counted", n)
		}
	})
}

// TestKilledChild is no test of its own: TestAKillLosesNothing runs it in a process that kills itself.
func TestKilledChild(t *testing.T) {
	dir := os.Getenv("INTAKE_CHILD_DIR")
	if dir == "" {
		return
	}
	small(t)
	d, err := db.Open(ctx, os.Getenv("INTAKE_CHILD_DB"))
	if err != nil {
		t.Fatal(err)
	}
	r := newRoom(t, d)
	n := 0
	r.fail = func(b *block) error { // inside the transaction, everything written, nothing committed
		if n++; n == 3 {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
		return nil
	}
	if _, err := r.ImportDir(ctx, dir, left, progress.None{}); err != nil {
		t.Fatal(err)
	}
}

func TestAKillLosesNothingAndDoublesNothing(t *testing.T) {
	small(t)
	f := large(t, 250)
	address := "sqlite:" + filepath.Join(t.TempDir(), "killed.db")
	d, err := db.Open(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx, append([]db.Schema{db.OwnSchema}, schemas...)); err != nil {
		t.Fatal(err)
	}
	kills := 0
	for ; kills < 20; kills++ {
		child := exec.Command(os.Args[0], "-test.run=^TestKilledChild$")
		child.Env = append(os.Environ(), "INTAKE_CHILD_DIR="+f.dir, "INTAKE_CHILD_DB="+address)
		out, err := child.CombinedOutput()
		if err == nil {
			break
		}
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	if kills < 3 {
		t.Errorf("it was killed %d times only", kills)
	}
	killed := newRoom(t, d)
	got := killed.state(t)
	run(t, func(t *testing.T, whole *Room) {
		if whole.DB.Kind() != db.SQLite {
			return
		}
		whole.bring(t, f, left)
		if whole.state(t) != got {
			t.Error("the registers differ")
		}
	})
}
