package intake

import (
	"strings"
	"testing"
	"unicode/utf8"

	"jiuye/internal/ground/sheet"
)

// FuzzHeader: whatever stands in the first rows, recognition ends; what it takes for a column is a cell that is there, and
// the heads it shows are known again as the same template in one row.
func FuzzHeader(f *testing.F) {
	f.Add("姓名,身份证号,残疾类别,残疾等级,发证日期")
	f.Add("名册\n姓名,身份证号,失业登记,,联系方式\n,,日期,原因,手机")
	f.Add(",,,\n\n,\n(，】）")
	ts := kinds(f)
	f.Fuzz(func(t *testing.T, text string) {
		rows := rowsOf(strings.Split(text, "\n")...)
		r := ts.Recognise(rows)
		if r.Template == nil {
			return
		}
		for _, at := range r.Columns {
			if at >= len(r.Heads) {
				t.Fatalf("cell %d of %d heads", at, len(r.Heads))
			}
		}
		again := ts.Recognise([]sheet.Row{{Number: 1, Cells: r.Heads}})
		if again.Template != r.Template {
			t.Errorf("an error sheet with the heads %q is not known again", r.Heads)
		}
	})
}

// FuzzSieve: no row makes the sieve fail, and a row with an ID number in its place is always a record.
func FuzzSieve(f *testing.F) {
	for _, s := range []string{"合计,,3", "姓名,身份证号,失业登记日期", "注：按月报送", "1,,", "姓名,身份证号,享受起始日期,终止日期,保障类别"} {
		f.Add(s)
	}
	ts := kinds(f)
	rec := ts.Recognise(rowsOf("姓名,身份证号,失业登记日期,失业原因,求职工种"))
	file := &File{Kind: rec.Template.Kind, Heads: rec.Heads, Cells: rec.Columns, template: rec.Template}
	f.Fuzz(func(t *testing.T, line string) {
		s := newSieve(ts, file)
		s.look(sheet.Row{Number: 2, Cells: split(line)})
		cells := append(split(line), "", "")
		cells[1] = somebody(1)
		if code, next := s.look(sheet.Row{Number: 2, Cells: cells}); code != "" || next != nil {
			t.Errorf("%q is passed over as %s", cells, code)
		}
	})
}

// FuzzValues: every parser gives a value or a reason, and shows no broken text.
func FuzzValues(f *testing.F) {
	for _, s := range []string{"2025-09-24", "二〇二五年九月二十四日", "45900.5", "1.52921E+17", "=\"152921197001020012\"", "３５００元", "'是", "女 "} {
		f.Add(s)
	}
	ts := kinds(f)
	f.Fuzz(func(t *testing.T, s string) {
		plain, _ := tidy(s)
		if plain == "" || !utf8.ValidString(plain) {
			return
		}
		for _, k := range ts.All() {
			for i := range k.Columns {
				c := &k.Columns[i]
				v, _, bad := c.parse(c, plain)
				if !v.set && bad == nil {
					t.Errorf("%s %s %q: %+v, %+v", k.Kind, c.Header, plain, v, bad)
				}
				if bad != nil && (bad.code == "" || bad.text == "" || !utf8.ValidString(c.show(plain))) {
					t.Errorf("%s %s %q: %+v", k.Kind, c.Header, plain, bad)
				}
			}
		}
	})
}
