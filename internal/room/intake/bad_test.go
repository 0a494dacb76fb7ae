package intake

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/sheet"
)

const registrationHeads = "姓名,身份证号,失业登记日期,失业原因,注销日期,注销原因,求职工种,期望月薪(元),劳动能力,就业意愿"

func TestEachBadRowIsToldWithRowColumnValueAndReason(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		r.bring(t, newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"), household(2, "白音", "right")), league)
		good := somebody(1)
		wrong := good[:17] + string("0X"[b2i(good[17] == '0')])
		for _, c := range []struct{ what, row, code, head, shown, reason string }{
			{"a wrong check character", "包娜仁," + wrong + ",2024-01-08,,,,,,,", "id.check", "身份证号", wrong[:4] + "**********" + wrong[14:], "校验码不对"},
			{"a masked number", "包娜仁,1529**********1234,2024-01-08,,,,,,,", "id.masked", "身份证号", "1529**********1234", "带星号"},
			{"a number in scientific notation", "包娜仁,1.52921E+17,2024-01-08,,,,,,,", "id.scientific", "身份证号", "1.", "科学计数"},
			{"no name", "," + good + ",2024-01-08,,,,,,,", "need", "姓名", "", "必填项空着：姓名"},
			{"a day that does not exist", "包娜仁," + good + ",2025-06-31,,,,,,,", "date", "失业登记日期", "2025-06-31", "没有这一天"},
			{"a day to come", "包娜仁," + good + ",2026-01-08,,,,,,,", "future", "失业登记日期", "2026-01-08", "在今天以后"},
			{"an end before the beginning", "包娜仁," + good + ",2024-05-08,,2024-05-01,,,,,", "order", "注销日期", "2024-05-01", "早于失业登记日期"},
			{"neither yes nor no", "包娜仁," + good + ",2024-05-08,,,,,,也许,", "choice", "劳动能力", "也许", "没有“也许”这一项"},
			{"a number in a wrong column", "包娜仁," + good + ",2024-05-08,,,,,," + good + ",", "choice", "劳动能力", good[:4] + "**********", "没有“" + good[:4] + "**"},
		} {
			f := newFolder(t).text("失业登记.csv", registrationHeads, c.row)
			s := r.bring(t, f, league)
			if s.Total.Rejected != 1 || s.Total.Read != 1 {
				t.Errorf("%s: %+v", c.what, s.Total)
				continue
			}
			groups, err := rejectGroups(ctx, r.DB, s.BatchID)
			if err != nil || len(groups) != 1 {
				t.Fatal(err)
			}
			g := groups[0]
			if g.Code != c.code || g.Head != c.head || g.Row != 2 || !strings.HasPrefix(g.Shown, c.shown) || !strings.Contains(g.Reason, c.reason) {
				t.Errorf("%s: %+v", c.what, g)
			}
			if strings.Contains(g.Shown+g.Reason, good) {
				t.Errorf("%s: the whole number is shown: %+v", c.what, g)
			}
		}
		if n := r.number(t, `SELECT count(*) FROM person_registration`); n != 0 {
			t.Errorf("%d registrations were written", n)
		}
	})
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestWhatCanBeMendedIsTakenWithAReminder(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		r.bring(t, newFolder(t).text("户籍.csv", householdHeads, household(1, "娜仁·托雅", "left")), league)
		good := somebody(1)
		wide := strings.Map(func(c rune) rune {
			if c >= '0' && c <= '9' {
				c += '０' - '0'
			}
			return c
		}, good)
		for i, c := range []struct{ what, row, code string }{
			{"full width", "娜仁·托雅," + wide + ",2020-01-08,,,,,,,", "idform"},
			{"blanks in the number", "娜仁·托雅," + good[:6] + " " + good[6:] + ",2020-01-09,,,,,,,", "idform"},
			{"an apostrophe", "娜仁·托雅,'" + good + ",2020-01-10,,,,,,,", "apostrophe"},
			{"15 digits", "娜仁·托雅," + good[:6] + good[8:17] + ",2020-01-11,,,,,,,", "id15"},
			{"another point", "娜仁•托雅," + good + ",2020-01-12,,,,,,,", "nameform"},
			{"a blank in the name", "娜仁　托雅," + good + ",2020-01-13,,,,,,,", "nameform"},
			{"blanks around", "娜仁·托雅 ," + good + ",2020-01-14,,,,,,,", "blanks"},
			{"a date with points", "娜仁·托雅," + good + ",2020.1.15,,,,,,,", "dateform"},
			{"a plain date", "娜仁·托雅," + good + ",20200116,,,,,,,", "dateform"},
			{"a Chinese date", "娜仁·托雅," + good + ",2020年1月17日,,,,,,,", "dateform"},
			{"a day number", "娜仁·托雅," + good + ",43848,,,,,,,", "dateform"},
			{"a pay that is no number", "娜仁·托雅," + good + ",2020-01-19,,,,,面议,,", "left"},
		} {
			s := r.bring(t, newFolder(t).text("x.csv", registrationHeads, c.row), league)
			groups, err := reminderGroups(ctx, r.DB, s.BatchID)
			if err != nil || s.Total.Accepted != 1 || s.Total.Repaired != 1 || len(groups) != 1 || groups[0].Code != c.code || groups[0].Row != 2 {
				t.Errorf("%s: %+v %+v %v", c.what, s.Total, groups, err)
			}
			if n := len(r.factsOf(t, 1).Registrations); n != i+1 {
				t.Errorf("%s: %d registrations", c.what, n)
			}
		}
	})
}

func TestAFileThatIsNoTableStopsNobody(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		f := newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"))
		f.text("说明.csv", "关于报送数据的说明", "请于月底前报送", "联系人,王某").text("只有表头.csv", registrationHeads)
		f.text("缺列.csv", "姓名,失业登记日期,失业原因,注销日期,注销原因,求职工种,期望月薪(元)", "包娜仁,2024-01-08,,,,,")
		for name, content := range map[string][]byte{"空.csv": {}, "旧.xls": []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("x", 600)), "照片.xlsx": []byte("\x89PNG\r\n\x1a\n"),
			"炸弹.xlsx": bomb(t), "断了.xlsx": []byte("PK\x03\x04" + strings.Repeat("\x00", 100))} {
			if err := os.WriteFile(filepath.Join(f.dir, name), content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s := r.bring(t, f, league)
		if s.Total.Accepted != 1 || s.State != Done {
			t.Errorf("%+v", s)
		}
		got := map[string]FileSummary{}
		for _, file := range s.Files {
			got[file.Name] = file
		}
		for name, want := range map[string]struct{ state, note string }{
			"说明.csv":   {Unknown, "没有认出是哪种表"},
			"只有表头.csv": {Empty, "没有数据行"},
			"缺列.csv":   {Lacking, "缺少必需的列：身份证号"},
			"空.csv":    {Failed, "文件是空的"},
			"旧.xls":    {Failed, "另存为"},
			"照片.xlsx":  {Failed, "不是表格"},
			"炸弹.xlsx":  {Failed, ""},
			"断了.xlsx":  {Failed, ""},
			"户籍.csv":   {Done, ""},
		} {
			if g := got[name]; g.State != want.state || !strings.Contains(g.Note, want.note) || (want.state != Done && g.Note == "") {
				t.Errorf("%s: %s %q", name, g.State, g.Note)
			}
		}
	})
}

// bomb is a small workbook that unpacks to 300 MB of blanks.
func bomb(t *testing.T) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="x"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"[Content_Types].xml":        `<Types/>`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	w, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>`))
	blank := bytes.Repeat([]byte(" "), 1<<20)
	for range 300 {
		if _, err := w.Write(blank); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRowsWithBrokenCharactersAreToldAndTheOthersTaken(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		f := newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"), household(2, "白\xff\xfe\xfa音", "left"), household(3, "周琪", "left"))
		s := r.bring(t, f, league)
		if s.Total.Accepted != 2 || s.Total.Rejected != 1 {
			t.Fatalf("%+v", s)
		}
		groups, err := rejectGroups(ctx, r.DB, s.BatchID)
		if err != nil || groups[0].Code != "encoding" || groups[0].Row != 3 {
			t.Errorf("%+v, %v", groups, err)
		}
	})
}

func TestAnOfficerWritesNobodyOfAnotherBanner(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		people := newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"), household(2, "白音", "right"))
		s := r.bring(t, people, left)
		if s.Total.Accepted != 1 || s.Total.Rejected != 1 {
			t.Errorf("people: %+v", s.Total)
		}
		r.bring(t, people, right)
		s = r.bring(t, newFolder(t).text("失业.csv", registrationHeads, "包娜仁,"+somebody(1)+",2024-01-08,,,,,,,", "白音,"+somebody(2)+",2024-01-08,,,,,,,"), right)
		if s.Total.Accepted != 1 || s.Total.Rejected != 1 || len(r.factsOf(t, 1).Registrations) != 0 {
			t.Errorf("facts: %+v", s.Total)
		}
		// Nor moves them over.
		s = r.bring(t, newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "right")), right)
		if s.Total.Rejected != 1 || r.factsOf(t, 1).Area != homes["left"] {
			t.Errorf("move: %+v", s.Total)
		}
		s = r.bring(t, newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "right")), league)
		if s.Total.Accepted != 1 || r.factsOf(t, 1).Area != homes["right"] {
			t.Errorf("the league may: %+v", s.Total)
		}
	})
}

func TestAFolderWithoutTablesIsSaidSo(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		if _, err := r.ImportDir(ctx, t.TempDir(), league, progress.None{}); !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
		if _, err := r.ImportDir(ctx, filepath.Join(t.TempDir(), "nowhere"), league, progress.None{}); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
}

func TestALargerFileThanAllowedIsRefusedWithWhatToDo(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		r.Limits = sheet.Limits{MaxRows: 2}
		s := r.bring(t, newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"), household(2, "白音", "left")), league)
		if f := s.Files[0]; f.State != Failed || f.Note == "" || f.Accepted != 1 {
			t.Errorf("%+v", f)
		}
	})
}
