package identity

import "testing"

func TestNumbersOfPeopleAreHiddenInTextsAndOtherNumbersAreNot(t *testing.T) {
	for _, k := range []struct{ text, want string }{
		{"电话核实：13912345678，证件号152921198502030093。", "电话核实：139****5678，证件号1529**********0093。"},
		{"15292119850203009x 更正", "1529**********009x 更正"},
		{"旧号 152921850203009", "旧号 152*********009"},
		{"户籍20250924120000.csv", "户籍20250924120000.csv"},
		{"区划 152921102001，2025-09-24 第 12 行，共 1234567 元", "区划 152921102001，2025-09-24 第 12 行，共 1234567 元"},
		{"", ""},
	} {
		if got := Veil(k.text); got != k.want {
			t.Errorf("%s becomes %s, want %s", k.text, got, k.want)
		}
	}
}
