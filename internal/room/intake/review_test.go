package intake

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
)

// waiting brings three people and rows about them of which some must wait, and returns the open items.
func waiting(t *testing.T, r *Room) []Review {
	t.Helper()
	r.bring(t, newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"), household(2, "白音", "right")).
		text("失业.csv", registrationHeads, "包乃仁,"+somebody(1)+",2024-01-08,,,,,,是,", "白银,"+somebody(2)+",2024-02-08,,,,,,,", "周琪,"+somebody(3)+",2024-03-08,,,,,,,"), league)
	list, err := openReviews(ctx, r.DB, "15", WhyName, 0, 10)
	more, err2 := openReviews(ctx, r.DB, "15", WhyUnknown, 0, 10)
	if err != nil || err2 != nil || len(list) != 2 || len(more) != 1 {
		t.Fatalf("%d and %d wait, %v %v", len(list), len(more), err, err2)
	}
	return append(list, more...)
}

func TestARowWaitsInTheBannerItIsAbout(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		list := waiting(t, r)
		if list[0].Area != "152921" || list[1].Area != "152922" || list[2].Area != "152921" {
			t.Errorf("they wait in %s, %s and %s", list[0].Area, list[1].Area, list[2].Area)
		}
		for area, want := range map[string]int64{"152921": 2, "152922": 1, "1529": 3, "1501": 0} {
			if n, err := r.Waiting(ctx, area); n != want || err != nil {
				t.Errorf("in %s %d wait, %v", area, n, err)
			}
		}
		if _, _, err := r.Review(ctx, right, list[0].ID); !fault.Is(err, fault.Denied) {
			t.Errorf("an officer of another banner sees it: %v", err)
		}
		if _, _, err := r.Review(ctx, left, 99); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
}

func TestTheSamePersonsRowGoesInAndComesOutAgain(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		v := waiting(t, r)[0]
		d := Decision{ReviewID: v.ID, Version: v.Version, Choice: ReviewSame, PersonID: v.PersonID, Reason: "与本人电话核实"}
		if err := r.Decide(ctx, right, d, "once-0000000000000000"); !fault.Is(err, fault.Denied) {
			t.Errorf("an officer of another banner decides: %v", err)
		}
		if err := r.Decide(ctx, left, Decision{ReviewID: v.ID, Version: v.Version, Choice: ReviewOther}, "once-0000000000000001"); !fault.Is(err, fault.Invalid) {
			t.Errorf("without a reason: %v", err)
		}
		if err := r.Decide(ctx, left, d, "once-0000000000000002"); err != nil {
			t.Fatal(err)
		}
		if err := r.Decide(ctx, left, d, "once-0000000000000002"); !fault.Is(err, fault.Repeat) {
			t.Errorf("a double click: %v", err)
		}
		f := r.factsOf(t, 1)
		if len(f.Registrations) != 1 || f.Able == nil || !*f.Able || f.Name != "包娜仁" {
			t.Errorf("%+v", f)
		}
		v, _, err := r.Review(ctx, left, v.ID)
		if err != nil || v.State != ReviewSame || !v.Added || v.Decider != left.Name || v.Reason != "与本人电话核实" || v.Version != 2 {
			t.Errorf("%+v, %v", v, err)
		}
		if n := r.number(t, `SELECT count(*) FROM audit_entry WHERE act = 'intake.decide' AND object = 'person'`); n != 1 {
			t.Errorf("%d audit entries", n)
		}
		if err := r.Reopen(ctx, left, v.ID, 1, "once-0000000000000003"); !fault.Is(err, fault.Conflict) {
			t.Errorf("from a stale page: %v", err)
		}
		if err := r.Reopen(ctx, left, v.ID, 2, "once-0000000000000004"); err != nil {
			t.Fatal(err)
		}
		if f := r.factsOf(t, 1); len(f.Registrations) != 0 {
			t.Errorf("it is still in: %+v", f.Registrations)
		}
		if n, err := r.Waiting(ctx, "152921"); n != 2 || err != nil {
			t.Errorf("%d wait, %v", n, err)
		}
	})
}

func TestWhatWasDeliveredSinceStaysWhenADecisionIsTakenBack(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		v := waiting(t, r)[0]
		if err := r.Decide(ctx, left, Decision{v.ID, v.Version, ReviewSame, v.PersonID, "核实"}, "once-0000000000000000"); err != nil {
			t.Fatal(err)
		}
		r.bring(t, newFolder(t).text("更正.csv", registrationHeads, "包娜仁,"+somebody(1)+",2024-01-08,解除合同,,,,,是,"), league)
		if err := r.Reopen(ctx, left, v.ID, 2, "once-0000000000000001"); err != nil {
			t.Error(err)
		}
		if f := r.factsOf(t, 1); len(f.Registrations) != 1 || f.Registrations[0].Reason != "解除合同" {
			t.Errorf("%+v", f.Registrations)
		}
	})
}

func TestTwoOfficersAtOnceDecideOnce(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		v := waiting(t, r)[0]
		var wg sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			wg.Go(func() {
				choice := []string{ReviewSame, ReviewOther}[i%2]
				errs[i] = r.Decide(ctx, left, Decision{v.ID, v.Version, choice, v.PersonID, "核实"}, "once-000000000000000"+string(rune('a'+i)))
			})
		}
		wg.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
		if done != 1 {
			t.Errorf("%d decisions were carried out", done)
		}
	})
}

func TestAnUnknownNumberIsGivenToSomebodyOrDropped(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		v := waiting(t, r)[2]
		bao := r.factsOf(t, 1).ID
		if err := r.Decide(ctx, left, Decision{v.ID, v.Version, ReviewSame, 0, "核实"}, "once-0000000000000000"); !fault.Is(err, fault.Invalid) {
			t.Errorf("without a person: %v", err)
		}
		if err := r.Decide(ctx, left, Decision{v.ID, v.Version, ReviewSame, r.factsOf(t, 2).ID, "核实"}, "once-0000000000000001"); !fault.Is(err, fault.Denied) {
			t.Errorf("to somebody of another banner: %v", err)
		}
		if err := r.Decide(ctx, left, Decision{v.ID, v.Version, ReviewLater, 0, "等本人回电"}, "once-0000000000000002"); err != nil {
			t.Error(err)
		}
		if err := r.Decide(ctx, left, Decision{v.ID, v.Version + 1, ReviewSame, bao, "原来的证件号写错"}, "once-0000000000000003"); err != nil {
			t.Error(err)
		}
		if f := r.factsOf(t, 1); len(f.Registrations) != 1 {
			t.Errorf("%+v", f.Registrations)
		}
	})
}

func TestWhoeverComesWithALaterHouseholdFileIsJoinedByItself(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		waiting(t, r)
		r.bring(t, newFolder(t).text("户籍2.csv", householdHeads, household(3, "周琪", "left")), league)
		if f := r.factsOf(t, 3); len(f.Registrations) != 1 {
			t.Errorf("%+v", f)
		}
		if n, err := r.Waiting(ctx, "1529"); n != 2 || err != nil {
			t.Errorf("%d wait, %v", n, err)
		}
	})
}

func TestAPersonOfAnotherNameIsRenamedOnlyByDecision(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		r.bring(t, newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left")), league)
		r.bring(t, newFolder(t).text("户籍.csv", householdHeads, household(1, "包丽", "left")), league)
		list, err := openReviews(ctx, r.DB, "1529", WhyName, 0, 10)
		if err != nil || len(list) != 1 || r.factsOf(t, 1).Name != "包娜仁" {
			t.Fatalf("%v, %v", list, err)
		}
		v := list[0]
		if err := r.Decide(ctx, left, Decision{v.ID, v.Version, ReviewSame, v.PersonID, "改名，见户口簿"}, "once-0000000000000000"); err != nil {
			t.Fatal(err)
		}
		p := r.factsOf(t, 1)
		if p.Name != "包丽" || p.Phone == "" || p.HouseholdID == 0 {
			t.Errorf("%+v", p)
		}
		if err := r.Reopen(ctx, left, v.ID, 2, "once-0000000000000001"); err != nil {
			t.Fatal(err)
		}
		if p := r.factsOf(t, 1); p.Name != "包娜仁" || p.HouseholdID == 0 {
			t.Errorf("after taking it back: %+v", p)
		}
	})
}

func TestTheErrorSheetMendedAndBroughtAgainIsTaken(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		good := somebody(1)
		wrong := good[:17] + string("0X"[b2i(good[17] == '0')])
		f := newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left")).
			book("就业.xlsx", []string{"失业登记", "序号," + registrationHeads, "1,包娜仁," + wrong + ",2024-01-08,解除合同", "2,包娜仁," + good + ",2024-05-08,,"},
				[]string{"就业困难人员", "姓名,身份证号,认定日期,困难类别,退出日期", "包娜仁," + good + ",昨天,大龄,"})
		s := r.bring(t, f, left)
		b, err := findBatch(ctx, r.DB, s.BatchID)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := r.ErrorSheet(ctx, left, &b, &out); err != nil {
			t.Fatal(err)
		}
		sheets := readBook(t, out.Bytes())
		if len(sheets) != 2 || len(sheets["失业登记"]) != 2 || len(sheets["就业困难人员"]) != 2 {
			t.Fatalf("%v", sheets)
		}
		row := sheets["失业登记"][1]
		if sheets["失业登记"][0] != "序号,"+registrationHeads+",行号,原因" || !strings.HasPrefix(row, "1,包娜仁,"+wrong+",2024-01-08,解除合同,") || !strings.Contains(row, ",2,证件号末位校验码不对") {
			t.Errorf("%q", sheets["失业登记"])
		}
		mended := newFolder(t)
		book := [][]string{}
		for name, lines := range sheets {
			book = append(book, []string{name, lines[0], strings.NewReplacer(wrong, good, "昨天", "2025-01-05").Replace(lines[1])})
		}
		s = r.bring(t, mended.book("错误表.xlsx", book...), left)
		if s.Total.Accepted != 2 || s.Total.Rejected != 0 {
			t.Errorf("%+v", s)
		}
		if f := r.factsOf(t, 1); len(f.Registrations) != 2 || len(f.Groups) != 1 {
			t.Errorf("%+v", f)
		}
		if b, err = findBatch(ctx, r.DB, s.BatchID); err != nil {
			t.Fatal(err)
		}
		if err := r.ErrorSheet(ctx, left, &b, &out); !fault.Is(err, fault.NotFound) {
			t.Errorf("no rejected rows: %v", err)
		}
	})
}

func TestSheetNamesAreThoseThatSpreadsheetsTake(t *testing.T) {
	used := map[string]bool{}
	for _, c := range []struct{ name, sheet, want string }{
		{"a.csv", "a", "a"}, {"a.csv", "a", "a_2"}, {"a.csv", "a", "a_3"},
		{"什么[1]:*?.csv", "", "什么_1____"}, {strings.Repeat("长", 40) + ".csv", "", strings.Repeat("长", 31)}, {strings.Repeat("长", 40) + ".csv", "", strings.Repeat("长", 27) + "_2"},
	} {
		if got := sheetName(&File{Name: c.name, Sheet: c.sheet, Format: "csv"}, used); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestAnUploadIsImportedByTheQueueAndItsFilesGo(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		f := newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"))
		up := []Upload{{"户籍.csv", filepath.Join(f.dir, "户籍.csv")}}
		id, err := r.Receive(ctx, left, up, false, "once-0000000000000000")
		if err != nil {
			t.Fatal(err)
		}
		if n := r.number(t, `SELECT count(*) FROM queue_job WHERE kind = 'intake.import'`); n != 1 {
			t.Errorf("%d jobs", n)
		}
		f.text("户籍.csv", householdHeads, household(1, "包娜仁", "left"))
		if _, err := r.Receive(ctx, left, up, false, "once-0000000000000000"); !fault.Is(err, fault.Repeat) {
			t.Errorf("a double click: %v", err)
		}
		f.text("户籍.csv", householdHeads, household(1, "包娜仁", "left"))
		if again, err := r.Receive(ctx, left, up, false, "once-0000000000000001"); again != id || err != nil {
			t.Errorf("the same content while the first waits: %d, %v", again, err)
		}
		if err := r.Stop(ctx, right, id, "once-0000000000000002"); !fault.Is(err, fault.Denied) {
			t.Error(err)
		}
		if err := r.Stop(ctx, left, id, "once-0000000000000003"); err != nil {
			t.Error(err)
		}
		if s, err := r.Run(ctx, id, progress.None{}); err != nil || s.Total.Read != 0 || s.State != Stopped {
			t.Errorf("%+v, %v", s, err)
		}
		if err := r.Resume(ctx, left, id, "once-0000000000000004"); err != nil {
			t.Error(err)
		}
		if s, err := r.Run(ctx, id, progress.None{}); err != nil || s.Total.Accepted != 1 {
			t.Errorf("%+v, %v", s, err)
		}
		if entries, err := os.ReadDir(filepath.Join(r.Dir, "intake")); err != nil || len(entries) != 0 {
			t.Errorf("%d folders are left, %v", len(entries), err)
		}
		if err := r.Stop(ctx, left, id, "once-0000000000000005"); !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
	})
}

func TestAnUploadThatTheQueueHasGivenUpCanGoOn(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		bring := func(once string) int64 {
			t.Helper()
			f := newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"))
			id, err := r.Receive(ctx, left, []Upload{{"户籍.csv", filepath.Join(f.dir, "户籍.csv")}}, false, once)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		waiting := func() int64 {
			t.Helper()
			return r.number(t, `SELECT count(*) FROM queue_job WHERE kind = 'intake.import' AND state = 'ready'`)
		}
		giveUp := func() {
			t.Helper()
			if err := r.DB.Tx(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, `UPDATE queue_job SET state = 'dead'`); return err }); err != nil {
				t.Fatal(err)
			}
		}
		id := bring("once-0000000000000000")
		if err := r.Resume(ctx, left, id, "once-0000000000000001"); !fault.Is(err, fault.Conflict) {
			t.Errorf("nothing is wrong with it: %v", err)
		}
		r.fail = func(*block) error { return fault.New(fault.Unavailable, "磁盘已满") }
		if _, err := r.Run(ctx, id, progress.None{}); err == nil {
			t.Fatal("the disk is full")
		}
		r.fail = nil
		giveUp()
		if again := bring("once-0000000000000002"); again != id || waiting() != 1 {
			t.Errorf("the same file again: batch %d of %d, %d jobs", again, id, waiting())
		}
		giveUp()
		if err := r.Resume(ctx, left, id, "once-0000000000000003"); err != nil || waiting() != 1 {
			t.Errorf("told to go on: %v, %d jobs", err, waiting())
		}
		if s, err := r.Run(ctx, id, progress.None{}); err != nil || s.Total.Accepted != 1 || s.State != Done {
			t.Errorf("%+v, %v", s, err)
		}
	})
}

func TestAFolderImportThatBrokeOffDoesNotSwallowAnUpload(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		f := newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"))
		r.fail = func(*block) error { return fault.New(fault.Unavailable, "断电") }
		s, err := r.ImportDir(ctx, f.dir, left, progress.None{})
		if err == nil {
			t.Fatal("it was to break off")
		}
		r.fail = nil
		id, err := r.Receive(ctx, left, []Upload{{"户籍.csv", filepath.Join(f.dir, "户籍.csv")}}, false, "once-0000000000000000")
		if err != nil || id == s.BatchID {
			t.Errorf("the upload is batch %d (%v), which nobody works on", id, err)
		}
	})
}

func TestAFullDiskTakesNoUpload(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		f := newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"))
		r.Dir = filepath.Join(f.dir, "户籍.csv") // no folder can be made below a file
		_, err := r.Receive(ctx, left, []Upload{{"户籍.csv", filepath.Join(f.dir, "户籍.csv")}}, false, "once-0000000000000000")
		if !fault.Is(err, fault.Unavailable) || !strings.Contains(fault.TextOf(err), "磁盘可能已满") || r.number(t, `SELECT count(*) FROM intake_batch`) != 0 {
			t.Error(err)
		}
	})
}
