package identity

import (
	"errors"
	"strings"
	"testing"
)

func TestAMobileNumberIsUnderstoodHoweverItIsGrouped(t *testing.T) {
	for _, in := range []string{"13812345678", "138-1234-5678", "138 1234 5678", "+86 13812345678", "008613812345678", "8613812345678", "１３８１２３４５６７８", "'13812345678"} {
		if got, err := ParsePhone(in); err != nil || got != "13812345678" {
			t.Errorf("%q: got %q %v", in, got, err)
		}
	}
}

func TestAWrongMobileNumberIsRefusedWithTheReason(t *testing.T) {
	cases := []struct{ in, code, zh string }{
		{"", Empty, "手机号是空的，请补填"},
		{"-", Length, "手机号应为 11 位，您填了 0 位"},
		{"1381234567", Length, "手机号应为 11 位，您填了 10 位"},
		{"12345678901", NotMobile, "手机号应以 13 至 19 开头，写的是 12，请核对"},
		{"0483-8332211", NotMobile, "填的像是固定电话，请填 11 位手机号"},
		{"8332211", NotMobile, "填的像是固定电话，请填 11 位手机号"},
		{"138****5678", Masked, "手机号带星号，是遮挡后的号码，请提供完整号码"},
		{"138I2345678", Character, "手机号第 4 位是“I”，应为数字，可能是数字 1"},
		{"1.38123E+10", Scientific, "手机号被 Excel 存成了科学计数（1.38123E+10），末尾数字已丢失，请把该列改为文本后重新导出"},
	}
	for _, c := range cases {
		_, err := ParsePhone(c.in)
		var refused *CodeError
		if !errors.As(err, &refused) {
			t.Errorf("%q was accepted", c.in)
			continue
		}
		if refused.Code != c.code || refused.Zh != c.zh || strings.Contains(refused.Zh+refused.En, "%!") {
			t.Errorf("%q: got %s %q %q", c.in, refused.Code, refused.Zh, refused.En)
		}
	}
}

func FuzzParsePhone(f *testing.F) {
	for _, s := range []string{"", "13812345678", "+86", "（0483）8332211", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePhone(s)
		if err != nil {
			return
		}
		if again, err := ParsePhone(p); err != nil || again != p {
			t.Errorf("%q read as %q, and that as %q, %v", s, p, again, err)
		}
	})
}

func TestPagesShowNumbersAndNamesMasked(t *testing.T) {
	cases := []struct {
		name     string
		mask     func(string) string
		in, want string
	}{
		{"an ID number", MaskID, "152921199001011234", "1529**********1234"},
		{"an old ID number", MaskID, "152921900101123", "152*********123"},
		{"a passport", MaskID, "G12345678", "G1*****78"},
		{"something short", MaskID, "123", "***"},
		{"nothing", MaskID, "", ""},
		{"a mobile", MaskPhone, "13812345678", "138****5678"},
		{"a landline", MaskPhone, "04838332211", "048****2211"},
		{"a short number", MaskPhone, "8332211", "8*****1"},
		{"two characters", MaskName, "苏敏", "苏＊＊"},
		{"a compound family name", MaskName, "欧阳明", "欧阳＊＊"},
		{"a person called only 欧阳", MaskName, "欧阳", "欧＊＊"},
		{"a Mongolian name", MaskName, "其其格", "其＊＊"},
		{"a long Mongolian name", MaskName, "阿拉坦其其格", "阿＊＊"},
		{"a name with a dot", MaskName, "乌兰·巴特尔", "乌＊＊"},
		{"one character", MaskName, "苏", "苏＊＊"},
		{"no name", MaskName, " ", ""},
	}
	for _, c := range cases {
		if got := c.mask(c.in); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
