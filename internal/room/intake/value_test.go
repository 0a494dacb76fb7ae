package intake

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/sheet"
)

func column(t testing.TB, kind, field string) *Column {
	t.Helper()
	k := kinds(t).Of(kind)
	return &k.Columns[k.index[field]]
}

func TestCellsMeanWhatTheyAreWrittenFor(t *testing.T) {
	for _, c := range []struct {
		kind, field, written string
		text                 string
		n                    int64
		bad                  string
	}{
		{"household", "rural", "农业", "1", 1, ""},
		{"household", "ethnic", "蒙古族", "02", 2, ""},
		{"household", "ethnic", "蒙古", "02", 2, ""},
		{"household", "ethnic", "火星族", "", 0, "choice"},
		{"household", "education", "大专", "30", 30, ""},
		{"household", "area", "152921102001", "152921102001", 0, ""},
		{"household", "area", "１５２９２１１０２００１", "152921102001", 0, ""},
		{"household", "area", "152921000000", "152921000000", 0, ""},
		{"household", "area", "152999102001", "", 0, "area"},
		{"household", "area", "620102001001", "", 0, "area"},
		{"household", "area", "阿拉善左旗", "", 0, "area"},
		{"spell", "area", "620102", "620102", 0, ""},
		{"spell", "contract", "36", "", 36, ""},
		{"spell", "contract", "36个月", "", 36, ""},
		{"spell", "contract", "无固定期限", "", 999, ""},
		{"spell", "contract", "-1", "", 0, "int"},
		{"registration", "pay", "3500", "", 350000, ""},
		{"registration", "pay", "￥3,500.50 元", "", 350050, ""},
		{"registration", "pay", "3500.555", "", 0, "money"},
		{"insurance", "from", "202406", "", 202406, ""},
		{"insurance", "from", "2024-06", "", 202406, ""},
		{"insurance", "from", "2024年6月", "", 202406, ""},
		{"insurance", "from", "2024/6/1", "", 202406, ""},
		{"insurance", "from", "202413", "", 0, "month"},
		{"outofpoverty", "since", "2018年", "", 2018, ""},
		{"outofpoverty", "since", "18", "", 0, "year"},
		{"employer", "phone", "0483-8221234", "0483-8221234", 0, ""},
		{"employer", "phone", "见附件", "", 0, "tel"},
		{"survey", "urban", "乡村", "0", 0, ""},
		{"household", "name", "王 伟", "王伟", 0, ""},
		{"household", "name", "阿拉坦其木格．巴特尔", "阿拉坦其木格·巴特尔", 0, ""},
		{"household", "name", "O'Brien-Smith(李)", "O'Brien-Smith(李)", 0, ""},
		{"household", "name", "\uE123\U00020BB7", "\uE123\U00020BB7", 0, ""}, // rare characters, one of them without a code of its own
		{"household", "name", "王＊", "", 0, "namemark"},
		{"household", "name", "王?", "", 0, "namemark"},
		{"household", "name", "王\u202e伟", "", 0, "namemark"},
		{"household", "name", "<img src=x onerror=alert(1)>", "", 0, "namemark"},
		{"household", "name", "=cmd|calc", "", 0, "namemark"},
		{"household", "name", "王{{.}}", "", 0, "namemark"},
		{"training", "class", strings.Repeat("长", 51), "", 0, "long"},
	} {
		col := column(t, c.kind, c.field)
		v, _, bad := col.parse(col, c.written)
		code := ""
		if bad != nil {
			code = bad.code
			if !strings.Contains(bad.text, col.Header) {
				t.Errorf("%q: the reason does not name the column: %s", c.written, bad.text)
			}
		}
		if code != c.bad || bad == nil && (v.n != c.n || v.text != c.text) {
			t.Errorf("%s %q: %+v, %q", c.field, c.written, v, code)
		}
	}
}

// TestEveryWritingOfADayIsThatDay writes a day as people do.
func TestEveryWritingOfADayIsThatDay(t *testing.T) {
	col := column(t, "registration", "since")
	rapid.Check(t, func(t *rapid.T) {
		day := clock.Date(1900, time.January, 1).AddDate(0, 0, rapid.IntRange(0, 73000).Draw(t, "days"))
		written := day.Format(rapid.SampledFrom(append([]string{time.DateOnly}, dateForms...)).Draw(t, "form"))
		v, _, bad := col.parse(col, written)
		if bad != nil || !v.day().Equal(day) {
			t.Fatalf("%q is %v, %v", written, v.day(), bad)
		}
	})
}

func FuzzNoRowBreaksTheCheck(f *testing.F) {
	f.Add("包娜仁", "152921199001011234", "2024-01-08", "有")
	f.Add("'\x00\xff", "１５２９", "2024年", "×")
	f.Add("", "1.5E+17", "43848", "\u3000")
	today := clock.Date(2025, time.September, 24)
	ts := kinds(f)
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		for _, k := range ts.All() {
			cells, at := make([]string, len(k.Columns)), make([]int, len(k.Columns))
			for i := range cells {
				cells[i], at[i] = []string{a, b, c, d}[i%4], i
			}
			r := k.check(sheet.Row{Number: 2, Cells: cells}, at, make([]value, len(cells)), today)
			if r.flaw != nil && (r.flaw.code == "" || r.flaw.text == "") {
				t.Errorf("%s: a flaw without a word: %+v", k.Kind, r.flaw)
			}
			if r.flaw != nil && utf8.ValidString(a+b+c+d) && !utf8.ValidString(r.flaw.text+r.flaw.shown) {
				t.Errorf("%s: broken text: %+v", k.Kind, r.flaw)
			}
			if check := recipes[k.Becomes].check; r.flaw == nil && check != nil {
				check(&r)
			}
		}
	})
}

func TestDifferingCharactersAreMarked(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"娜仁托雅", "娜仁托娅", "娜仁托[娅]"},
		{"1979-03-08", "1979-08-03", "1979-0[8]-0[3]"},
		{"", "包", "[包]"},
		{"包", "", ""},
		{"包", "包", "包"},
	} {
		var got, plain strings.Builder
		for _, p := range differing(c.a, c.b) {
			plain.WriteString(p.Text)
			if p.Differ {
				got.WriteString("[" + p.Text + "]")
			} else {
				got.WriteString(p.Text)
			}
		}
		if plain.String() != c.b || got.String() != c.want {
			t.Errorf("%q against %q: %s, want %s", c.b, c.a, got.String(), c.want)
		}
	}
}

func TestTheLastOfEqualKeysStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(rapid.IntRange(0, 40)).Draw(t, "list")
		type item struct{ key, at int }
		var in []item
		last := map[int]int{}
		for i, k := range list {
			in, last[k] = append(in, item{k, i}), i
		}
		out := fold(in, func(i *item) int { return i.key })
		if len(out) != len(last) {
			t.Fatalf("%d of %d keys", len(out), len(last))
		}
		for _, i := range out {
			if last[i.key] != i.at {
				t.Fatalf("key %d kept %d, not %d", i.key, i.at, last[i.key])
			}
		}
	})
}
