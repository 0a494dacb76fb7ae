package linkage

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// badFile is a file as some office sends it, and what a run must say about it.
type badFile struct {
	name    string
	rows    func() [][]string
	quality string // column: state counts and reasons, as sayQuality writes them
	links   int    // pairs from the automatic threshold on
	largest int    // records in the largest group
	leftOut bool   // pairs that some pass did not compare are reported
	most    int64  // pairs compared at most, per record
}

var longColumns = []string{"姓名", "性别", "出生日期", "证件号", "手机号", "居住地址"}

// strangers are n people who have nothing in common but by chance.
func strangers(n int) (rows [][]string) {
	given, family := []rune("建国伟芳秀英军丽敏静强磊洋艳勇娟涛明超霞平刚桂兰红玉梅鑫波辉"), []rune("王李张刘陈杨赵孙周吴徐胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程")
	r := random(7)
	for range n {
		name := string([]rune{family[r.below(30)], given[r.below(30)], given[r.below(30)]})
		rows = append(rows, []string{name, []string{"男", "女"}[r.below(2)], fmt.Sprintf("%d-%02d-%02d", 1940+r.below(60), 1+r.below(12), 2+r.below(27)), "",
			fmt.Sprintf("13%09d", r.below(1_000_000_000)), fmt.Sprintf("阿拉善左旗吉兰泰镇第%d嘎查%d号", 1+r.below(90), 1+r.below(400))})
	}
	return rows
}

func with(rows [][]string, change func(i int, row []string)) [][]string {
	for i := range rows {
		change(i, rows[i])
	}
	return rows
}

var badFiles = []badFile{
	{"a phone shared by 200 villagers", func() [][]string {
		return with(strangers(200), func(_ int, r []string) { r[4], r[5] = "13912345670", "阿拉善左旗吉兰泰镇胜利嘎查" })
	}, "", 0, 0, true, 60},
	{"columns that hold nothing", func() [][]string {
		return with(strangers(300), func(i int, r []string) { r[3], r[4], r[5] = []string{"", "无", "-", "NULL"}[i%4], "", "不详" })
	}, "证件号 未填 300；手机号 未填 300；住址 未填 300", 0, 0, false, 60},
	{"a block of equal keys", func() [][]string {
		return with(make([][]string, 30_000), func(i int, _ []string) {})
	}, "姓名 未填 30000", 0, 0, false, 1},
	{"one name, one day, thirty thousand times", func() [][]string {
		rows := make([][]string, 30_000)
		for i := range rows {
			rows[i] = []string{"王芳", "女", "1980-01-01", "", "", ""}
		}
		return rows
	}, "出生日期 存疑 30000 date.firstday", -1, 50, true, 100},
	{"the whole country born on 1 January", func() [][]string {
		return with(strangers(3000), func(_ int, r []string) { r[2] = r[2][:4] + "-01-01" })
	}, "出生日期 存疑 3000 date.firstday", 0, 0, false, 60},
	{"numbers as hashes, one of them twice with one name, one twice with two", func() [][]string {
		rows := strangers(200)
		return with(rows, func(i int, r []string) {
			r[3] = fmt.Sprintf("%063xa", i*104_729+1)
			switch i {
			case 1:
				r[0], r[3] = rows[0][0], strings.ToUpper(rows[0][3])
			case 3:
				r[3] = fmt.Sprintf("%063xa", 2*104_729+1)
			}
		})
	}, "证件号 有效 200 id.hashed", 1, 2, false, 60},
	{"numbers as hashes beside numbers", func() [][]string {
		rows := strangers(200)
		again := slices.Clone(rows[0])
		rows[0][3], again[3] = fmt.Sprintf("%063xa", 1), validNumber("15292119400101001")
		again[2] = rows[0][2]
		return append(rows, again)
	}, "证件号 未填 199 有效 2 id.hashed", 1, 2, false, 60},
	{"masked numbers of different people", func() [][]string {
		return with(strangers(200), func(i int, r []string) { r[3], r[4] = "1529**********0012", "139****5670" })
	}, "证件号 存疑 200 id.masked；手机号 存疑 200 phone.masked", 0, 0, true, 60},
	{"numbers that a spreadsheet spoiled", func() [][]string {
		return with(strangers(300), func(i int, r []string) {
			r[3] = []string{"1.50102E+17", "150102198001010000", "'1.50102E+17"}[i%3]
		})
	}, "证件号 无效 300 id.precision id.scientific", 0, 0, false, 60},
	{"characters that could not be written", func() [][]string {
		return with(strangers(300), func(i int, r []string) {
			r[0] = strings.Replace(r[0], string([]rune(r[0])[1]), []string{"\xd5", "?", "\ue5e5"}[i%3], 1)
		})
	}, "姓名 存疑 300 name.gap", 0, 0, false, 60},
	{"numbers of one digit", func() [][]string {
		return with(strangers(300), func(i int, r []string) { r[3], r[4] = "111111111111111111", "13800000000" })
	}, "证件号 无效 300 id.same；手机号 无效 300 phone.same", 0, 0, false, 60},
}

// sayQuality writes down what cleaning found in the columns that are not simply valid.
func sayQuality(d *Data) string {
	var parts []string
	for _, q := range d.Quality() {
		s := q.Label
		for state, n := range q.Counts {
			if n > 0 {
				s += fmt.Sprintf(" %s %d", Status(state).Zh(), n)
			}
		}
		var reasons []string
		for r := range q.Reasons {
			reasons = append(reasons, r)
		}
		slices.Sort(reasons)
		parts = append(parts, strings.Join(append([]string{s}, reasons...), " "))
	}
	return strings.Join(parts, "；")
}

func TestBadFilesAreReportedAndLinkNobodyFalsely(t *testing.T) {
	for _, f := range badFiles {
		t.Run(f.name, func(t *testing.T) {
			rows := f.rows()
			d := people(t, longColumns, rows)
			r := Run(d)
			said := sayQuality(d)
			for part := range strings.SplitSeq(f.quality, "；") {
				if !strings.Contains(said, part) {
					t.Errorf("cleaning said %s, nothing of %s", said, part)
				}
			}
			if f.links >= 0 && r.Report.Linked != f.links {
				t.Errorf("%d pairs linked: %+v", r.Report.Linked, r.Pairs)
			}
			if r.Report.LargestAt > f.largest {
				t.Errorf("the largest group has %d records", r.Report.LargestAt)
			}
			leftOut := 0.0
			for _, p := range r.Report.Passes {
				leftOut += p.LeftOut
			}
			if (leftOut > 0) != f.leftOut {
				t.Errorf("%g pairs left out", leftOut)
			}
			if r.Report.Compared > f.most*int64(len(rows)) {
				t.Errorf("%d pairs compared for %d records", r.Report.Compared, len(rows))
			}
		})
	}
}
