package sheet_test

import (
	"strings"
	"testing"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

func tableOf(t *testing.T, text string, titles []sheet.Title) (*sheet.Table, error) {
	t.Helper()
	book, err := sheet.OpenReader(strings.NewReader(text), int64(len(text)), "表.csv", sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book.Table("", titles)
}

// A wages table as offices send them: a title above, columns in another order, stars, brackets of both kinds, the head once more on
// the second page.
func TestAHeadIsFoundWhereverItStands(t *testing.T) {
	titles := []sheet.Title{{Names: []string{"身份证号", "公民身份号码"}, Need: true}, {Names: []string{"金额（元）"}, Need: true}, {Names: []string{"备注"}}}
	table, err := tableOf(t, "9月工资,,\n金额(元),*公民身份 号码,姓名\n 300 ,1501,甲\n,1502\n金额(元),*公民身份 号码,姓名\n400,1503,丙\n", titles)
	if err != nil {
		t.Fatal(err)
	}
	if !table.Has(1) || table.Has(2) {
		t.Errorf("has amount %t, has a note %t", table.Has(1), table.Has(2))
	}
	var got []string
	for line, err := range table.Lines() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, strings.Join(append(line.Cells, string(rune('0'+line.Number))), "|"))
	}
	if s := strings.Join(got, " "); s != "1501|300||3 1502|||4 1503|400||6" {
		t.Errorf("read %s", s)
	}
}

func TestAHeadThatLacksAColumnSaysWhich(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"身份证号,姓名\n1,甲\n", "缺少“金额”列"},
		{"甲,乙\n1,2\n", "缺少“身份证号”“金额”列：前 10 行里应有一行写着“身份证号”“金额”，现在的列名是“甲”“乙”"},
	} {
		_, err := tableOf(t, c.text, sheet.Titles(2, "身份证号", "金额", "备注"))
		if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.TextOf(err), c.want) {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		}
	}
}
