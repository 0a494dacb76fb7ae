package intake

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm3"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/sheet"
)

// zipFolder packs a folder's files, with names in GBK as Windows does.
func zipFolder(t testing.TB, f folder, name string) folder {
	t.Helper()
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(f.dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		gbk, err := simplifiedchinese.GB18030.NewEncoder().String(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: gbk, NonUTF8: true, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	g := newFolder(t)
	if err := os.WriteFile(filepath.Join(g.dir, name), out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return g
}

func TestAZipWithItsManifestIsReadAndHeldAgainstIt(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		home := strings.Join([]string{householdHeads, household(1, "包娜仁", "left"), household(2, "白音", "left")}, "\r\n") + "\r\n"
		sum := sm3.Sum([]byte(home))
		f := newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"), household(2, "白音", "left")).
			text("失业登记.csv", registrationHeads, "包娜仁,"+somebody(1)+",2024-01-08,,,,,,,").text("多余.csv", registrationHeads, "白音,"+somebody(2)+",2024-02-08,,,,,,,").
			text("清单.csv", "文件名,行数,校验值,交付日期", "户籍.csv,2行,"+strings.ToUpper(hex.EncodeToString(sum[:]))+",2025年9月20日",
				"失业登记.csv,3,"+strings.Repeat("0", 64)+",", "低保.xlsx,10,,")
		s := r.bring(t, zipFolder(t, f, "交换.zip"), league)
		if s.Total.Accepted != 4 || len(s.Files) != 4 {
			t.Fatalf("%+v", s)
		}
		alarms, err := alarmsOfBatch(ctx, r.DB, s.BatchID)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range alarms {
			got = append(got, a.Kind+fmt.Sprint(a.Args))
		}
		want := "hash[失业登记.csv] rows[失业登记.csv 3 1] missing[清单.csv 低保.xlsx] extra[清单.csv 多余.csv 1]"
		if strings.Join(got, " ") != want {
			t.Errorf("alarms %v", got)
		}
		if n := r.number(t, `SELECT count(*) FROM intake_delivery WHERE source = 'police' AND rows_read = 2`); n != 1 {
			t.Errorf("%d deliveries of the police", n)
		}
		last, err := lastDeliveries(ctx, r.DB, "1529")
		if err != nil || len(last) != 2 || last[1].Day.Format(time.DateOnly) != "2025-09-20" {
			t.Errorf("last deliveries %+v, %v", last, err)
		}
		// Again, and as single files: nothing is read twice.
		for _, again := range []folder{zipFolder(t, f, "又一次.zip"), f} {
			for _, file := range r.bring(t, again, league).Files {
				if file.State != Repeated && file.State != Listed {
					t.Errorf("read again: %+v", file)
				}
			}
		}
		if left, err := os.ReadDir(filepath.Join(r.Dir, "intake")); err == nil && len(left) > 0 {
			t.Errorf("%d folders of unpacked files are left", len(left))
		}
	})
}

func TestAZipBrokenOffGoesOnWithoutDoubling(t *testing.T) {
	small(t)
	f := zipFolder(t, large(t, 120), "全部.zip")
	run(t, func(t *testing.T, r *Room) {
		n := 0
		r.fail = func(*block) error {
			if n++; n == 3 {
				return errTest
			}
			return nil
		}
		if _, err := r.ImportFiles(ctx, []string{filepath.Join(f.dir, "全部.zip")}, left, false, progress.None{}); err == nil {
			t.Fatal("the test's break was not seen")
		}
		s := r.bring(t, f, left)
		if !s.Resumed || s.State != Done || r.number(t, `SELECT count(*) FROM person`) != 120 {
			t.Errorf("%+v", s)
		}
	})
}

func TestAZipInAZipAndAProtectedOneAreTold(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		inner := newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"))
		outer := zipFolder(t, inner, "里.zip").text("户籍.csv", householdHeads, household(2, "白音", "left"))
		s := r.bring(t, zipFolder(t, outer, "外.zip"), league)
		notes := map[string]string{}
		for _, f := range s.Files {
			notes[filepath.Base(f.Name)] = f.State + f.Note
		}
		if s.Total.Accepted != 1 || !strings.Contains(notes["里.zip"], "压缩包里又有压缩包") {
			t.Errorf("%v", notes)
		}
	})
}

func TestAManifestIsUnderstoodOrRefusedWithAReason(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"manifest.json", `{"date":"2025-09-20","files":[{"file":"a/户籍.csv","rows":2,"sha256":"AB"},{"file":"b.csv"}]}`, "户籍.csv 2 sha256 ab 2025-09-20; b.csv -1   2025-09-20"},
		{"manifest.json", `[{"file":"户籍.csv","rows":2,"sm3":"cd"}]`, "户籍.csv 2 sm3 cd "},
		{"清单.csv", "关于报送数据的清单\n序号,文件名称,记录数（条）,SHA-256\n1,户籍.csv,\"1,200\",AB\n", "户籍.csv 1200 sha256 ab "},
		{"manifest.json", `{`, "清单读不懂"},
		{"清单.csv", "文件名,行数\n户籍.csv,很多\n", "清单读不懂：第 2 行的行数"},
		{"清单.csv", "甲,乙\n", "没有“文件名”"},
		{"清单.csv", "文件名,行数\n", "没有列出文件"},
	} {
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		lines, err := readManifest(&File{Name: c.name, Path: path}, sheet.Limits{})
		var got []string
		for _, l := range lines {
			day := ""
			if !l.Delivered.IsZero() {
				day = l.Delivered.Format(time.DateOnly)
			}
			got = append(got, fmt.Sprint(l.File, " ", l.Rows, " ", l.Algorithm, " ", l.Hash, " ", day))
		}
		text := strings.Join(got, "; ")
		if err != nil {
			text = fault.TextOf(err)
		}
		if !strings.HasPrefix(text, c.want) && !strings.Contains(text, c.want) {
			t.Errorf("%s %q: %q", c.name, c.content, text)
		}
	}
}

func TestWhenADeliveryIsDue(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	monthly, within5, august := Source{Every: "month", Day: 10}, Source{Every: "month", Workdays: 5}, Source{Every: "year", Month: 8, Day: 31}
	for _, c := range []struct {
		what        string
		source      Source
		last, today string
		due         string
		late        bool
		workdays    int
	}{
		{"this month's is in: the next one", monthly, "2025-09-08", "2025-09-24", "2025-10-10", false, 7},
		{"not yet due", monthly, "2025-08-09", "2025-09-09", "2025-09-10", false, 1},
		{"overdue", monthly, "2025-08-09", "2025-09-24", "2025-09-10", true, 10},
		{"five working days, October after the holidays", within5, "2025-09-03", "2025-10-12", "2025-10-14", false, 2},
		{"the tenth is a Saturday: Monday", monthly, "2025-04-09", "2025-05-11", "2025-05-12", false, 1},
		{"once a year", august, "2024-08-20", "2025-09-02", "2025-09-01", true, 1},
		{"nothing was agreed", Source{}, "2024-08-20", "2025-09-02", "0001-01-01", false, 0},
	} {
		got := c.source.stand(day(c.last), day(c.today))
		if got.Due.Format(time.DateOnly) != c.due || got.Late != c.late || got.Workdays != c.workdays {
			t.Errorf("%s: due %s, late %v, %d working days", c.what, got.Due.Format(time.DateOnly), got.Late, got.Workdays)
		}
	}
}

func TestALateAShortAndARenumberedDeliveryRaiseAlarmsOnce(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		rows := func(people, numbers int) []string {
			lines := []string{householdHeads}
			for n := range people {
				cells := split(household(n, fmt.Sprintf("包%c", '一'+rune(n)), "left"))
				cells[0] = fmt.Sprintf("H%d", n+numbers)
				lines = append(lines, strings.Join(cells, ","))
			}
			return lines
		}
		kinds := func() string {
			list, err := openAlarms(ctx, r.DB, "1529", 10)
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, a := range list {
				out = append(out, a.Kind)
			}
			return strings.Join(out, " ")
		}
		r.bring(t, newFolder(t).text("一.csv", rows(40, 0)...), league)
		r.bring(t, newFolder(t).text("二.csv", rows(42, 0)...), league)
		if got := kinds(); got != "" {
			t.Errorf("two usual deliveries raise %s", got)
		}
		r.bring(t, newFolder(t).text("三.csv", rows(30, 0)...), league)
		if got := kinds(); got != AlarmShort {
			t.Errorf("a short one raises %q", got)
		}
		r.bring(t, newFolder(t).text("四.csv", rows(41, 5000)...), league)
		if got := kinds(); got != AlarmRenumbered+" "+AlarmShort {
			t.Errorf("a renumbered one raises %q", got)
		}
		r.Clock = clock.NewFake("2025-11-20")
		for range 2 {
			if err := r.late(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if got := kinds(); got != AlarmLate+" "+AlarmLate+" "+AlarmRenumbered+" "+AlarmShort { // October's and November's
			t.Errorf("a late one raises %q", got)
		}
		list, err := openAlarms(ctx, r.DB, "1529", 10)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Acknowledge(ctx, left, list[0].ID, 1, "已联系", "k1"); !fault.Is(err, fault.Denied) {
			t.Errorf("a banner's officer sees to the league's alarm: %v", err)
		}
		if err := r.Acknowledge(ctx, league, list[0].ID, 1, "已联系公安局，月底前补报", "k2"); err != nil {
			t.Error(err)
		}
		if err := r.Acknowledge(ctx, league, list[0].ID, 1, "又一次", "k3"); !fault.Is(err, fault.Conflict) {
			t.Errorf("twice: %v", err)
		}
		if got := kinds(); got != AlarmLate+" "+AlarmRenumbered+" "+AlarmShort {
			t.Errorf("after it was seen to: %q", got)
		}
	})
}

func TestATrialWritesNothingAndTheImportAfterItDoes(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		f := delivery(t)
		tried, err := r.TrialDir(ctx, f.dir, league, progress.None{})
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"person", "employer", "person_registration", "intake_review", "intake_delivery", "intake_stage"} {
			if n := r.number(t, `SELECT count(*) FROM `+table); n != 0 {
				t.Errorf("a trial leaves %d rows in %s", n, table)
			}
		}
		done := r.bring(t, f, league)
		if tried.Total != done.Total || done.Total.Accepted == 0 {
			t.Errorf("tried %+v, done %+v", tried.Total, done.Total)
		}
	})
}

func TestFilesOfStoppedUploadsGoAfterThirtyDays(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		path := filepath.Join(newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left")).dir, "户籍.csv")
		id, err := r.Receive(ctx, left, []Upload{{"户籍.csv", path}}, false, "a")
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Stop(ctx, left, id, "b"); err != nil {
			t.Fatal(err)
		}
		there := func() bool { _, err := os.Stat(r.folder(id)); return err == nil }
		if err := r.sweep(ctx); err != nil || !there() {
			t.Errorf("swept at once: %v", err)
		}
		r.Clock = clock.NewFake("2025-11-20")
		if err := r.sweep(ctx); err != nil || there() {
			t.Errorf("still there: %v", err)
		}
	})
}
