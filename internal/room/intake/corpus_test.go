package intake

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jiuye/internal/ground/progress"
)

// -update writes the expected reports anew; read them before you commit them.
var update = flag.Bool("update", false, "write the expected reports of testdata/bad anew")

const reportEnding = ".report.txt"

// The files of testdata/bad are what departments have been seen to send. Each has its expected report beside it. They are
// tried, not imported, so that none depends on another; 包娜仁, 白音, 周琪 and 乌云 are in the register.
func TestEveryBadFileGetsItsReport(t *testing.T) {
	dir := t.TempDir()
	files := madeBooks(t, dir)
	entries, err := os.ReadDir("testdata/bad")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), reportEnding) {
			files = append(files, filepath.Join("testdata/bad", e.Name()))
		}
	}
	if len(files) < 30 {
		t.Errorf("only %d bad files", len(files))
	}
	run(t, func(t *testing.T, r *Room) {
		r.bring(t, newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"), household(2, "白音", "left"), household(3, "周琪", "left"), household(4, "乌云", "left")), league)
		before := r.number(t, `SELECT count(*) FROM person_registration`) + r.number(t, `SELECT count(*) FROM person`)
		for _, path := range files {
			s, err := r.importAll(ctx, Trial, []File{{Name: filepath.Base(path), Path: path}}, league, true, progress.None{})
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			got, err := r.Report(ctx, s.BatchID)
			if err != nil {
				t.Fatal(err)
			}
			beside := filepath.Join("testdata/bad", filepath.Base(path)+reportEnding)
			if *update {
				if err := os.WriteFile(beside, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(beside)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s: reported\n%s\nexpected\n%s", path, got, want)
			}
		}
		if n := r.number(t, `SELECT count(*) FROM person_registration`) + r.number(t, `SELECT count(*) FROM person`); n != before {
			t.Errorf("trials wrote %d rows into the register", n-before)
		}
		if n := r.number(t, `SELECT count(*) FROM intake_stage`); n != 0 {
			t.Errorf("%d staged rows are left", n)
		}
	})
}

// madeBooks makes the workbooks that departments have been seen to send.
func madeBooks(t *testing.T, dir string) (files []string) {
	t.Helper()
	save := func(name string, fill func(b *excelize.File)) []byte {
		b := excelize.NewFile()
		fill(b)
		var out bytes.Buffer
		if err := b.Write(&out); err != nil {
			t.Fatal(err)
		}
		files = append(files, filepath.Join(dir, name))
		if err := os.WriteFile(files[len(files)-1], out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	put := func(b *excelize.File, sheet string, rows ...[]any) {
		for i, row := range rows {
			at, err := excelize.CoordinatesToCellName(1, i+1)
			if err == nil {
				err = b.SetSheetRow(sheet, at, &row)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	merge := func(b *excelize.File, ranges ...string) {
		for _, r := range ranges {
			from, to, _ := strings.Cut(r, ":")
			if err := b.MergeCell("Sheet1", from, to); err != nil {
				t.Fatal(err)
			}
		}
	}
	head := []any{"姓名", "身份证号", "失业登记日期", "失业原因", "求职工种", "期望月薪(元)"}
	save("合并单元格.xlsx", func(b *excelize.File) {
		put(b, "Sheet1", []any{"失业登记人员花名册"}, []any{"姓名", "身份证号", "失业登记", nil, "求职", nil},
			[]any{nil, nil, "日期", "原因", "工种", "期望月薪（元）"}, []any{"包娜仁", somebody(1), "2024-01-08", "解除合同", "厨师", 3500}, []any{"合计", nil, nil, nil, nil, 3500})
		merge(b, "A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "A5:E5")
	})
	save("日期是数字.xlsx", func(b *excelize.File) {
		put(b, "Sheet1", head, []any{"包娜仁", somebody(1), 45299}, []any{"白音", somebody(2), 45300.25}, []any{"周琪", somebody(3), "45301"})
	})
	save("从1904年算起.xlsx", func(b *excelize.File) {
		yes := true
		if err := b.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			t.Fatal(err)
		}
		style, err := b.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			t.Fatal(err)
		}
		put(b, "Sheet1", head, []any{"包娜仁", somebody(1), 43837})
		if err := b.SetCellStyle("Sheet1", "C2", "C2", style); err != nil {
			t.Fatal(err)
		}
	})
	save("证件号是数字.xlsx", func(b *excelize.File) {
		put(b, "Sheet1", head, []any{"包娜仁", 152921197001020000.0, "2024-01-08"}, []any{"白音", 1.52921e17, "2024-01-08"})
	})
	save("空表和隐藏表.xlsx", func(b *excelize.File) {
		put(b, "Sheet1", head, []any{"包娜仁", somebody(1), "2024-01-08"})
		for _, name := range []string{"空表", "隐藏"} {
			if _, err := b.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		put(b, "隐藏", head, []any{"白音", somebody(2), "2024-01-08"})
		if err := b.SetSheetVisible("隐藏", false); err != nil {
			t.Fatal(err)
		}
	})
	whole := save("传了一半.xlsx", func(b *excelize.File) { put(b, "Sheet1", head, []any{"包娜仁", somebody(1), "2024-01-08"}) })
	if err := os.WriteFile(files[len(files)-1], whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	return files
}
