package identity

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestALicenceIsCopiedAndItsCreditCodeIsUnderstood(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"as printed", "91350100M000100Y43", "91350100M000100Y43"},
		{"small letters", "91350100m000100y43", "91350100M000100Y43"},
		{"full width and blanks", " ９１３５０１００ M000100Y43", "91350100M000100Y43"},
	}
	for _, c := range cases {
		got, err := ParseCreditCode(c.in)
		if err != nil || got.Code != c.want || got.Region != "350100" || got.Org != "M000100Y4" || got.Dept != '9' || got.Category != '1' {
			t.Errorf("%s: got %+v %v", c.name, got, err)
		}
	}
}

func TestAWrongCreditCodeIsRefusedWithTheReason(t *testing.T) {
	cases := []struct{ name, in, code, zh string }{
		{"nothing", "", Empty, "统一社会信用代码是空的，请补填"},
		{"one short", "91350100M000100Y4", Length, "统一社会信用代码应为 18 位，现在是 17 位"},
		{"an old licence number", "152900000012345", Length, "统一社会信用代码应为 18 位，现在是 15 位，像是旧的营业执照注册号，请改填现行执照上的 18 位代码"},
		{"a letter O for 0", "9135010OM000100Y43", Character, "统一社会信用代码第 8 位是“O”，代码里不用这个字符，可能是数字 0，请核对营业执照"},
		{"a letter I for 1", "9I350100M000100Y43", Character, "统一社会信用代码第 2 位是“I”，代码里不用这个字符，可能是数字 1，请核对营业执照"},
		{"a dash", "91350100M000-00Y43", Character, "统一社会信用代码第 13 位是“-”，代码里不用这个字符，请核对营业执照"},
		{"wrong check", "91350100M000100Y44", Check, "统一社会信用代码末位校验码不对：应为 3，写的是 4，请核对营业执照"},
		{"letters in the region", "91A50100M000100Y43", Region, "统一社会信用代码第 3 至 8 位应是登记机关的行政区划代码，写的是 A50100，请核对营业执照"},
		{"no such province", "91990100M000100Y43", Region, "统一社会信用代码第 3 至 8 位应是登记机关的行政区划代码，写的是 990100，请核对营业执照"},
		{"scientific notation", "9.13501E+17", Scientific, "统一社会信用代码被 Excel 存成了科学计数（9.13501E+17），末尾数字已丢失，请把该列改为文本后重新导出"},
		{"masked", "9135**********0Y43", Masked, "统一社会信用代码带星号，是遮挡后的号码，请提供完整号码"},
		{"all zeros", "000000000000000000", AllSame, "统一社会信用代码全是同一个字符，请核对营业执照"},
	}
	for _, c := range cases {
		_, err := ParseCreditCode(c.in)
		var refused *CodeError
		if !errors.As(err, &refused) {
			t.Errorf("%s: %q was accepted", c.name, c.in)
			continue
		}
		if refused.Code != c.code || refused.Zh != c.zh || refused.En == "" || strings.Contains(refused.Zh+refused.En, "%!") {
			t.Errorf("%s: got %s %q %q", c.name, refused.Code, refused.Zh, refused.En)
		}
	}
}

func TestEveryMadeCreditCodeReadsBackAndNoSlipPasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		region := rapid.SampledFrom(regions).Draw(t, "region")
		code := MakeCreditCode('9', '1', region, rapid.IntRange(0, 1<<29).Draw(t, "seq"))
		got, err := ParseCreditCode(code)
		if err != nil || got.Code != code || got.Region != region || got.Org[8] != orgCheck([]byte(got.Org[:8])) {
			t.Fatalf("%s: %+v %v", code, got, err)
		}
		at := rapid.IntRange(0, 17).Draw(t, "place")
		to := rapid.SampledFrom([]byte(creditAlphabet)).Draw(t, "character")
		if code[at] == to {
			return
		}
		slip := code[:at] + string(to) + code[at+1:]
		if _, err := ParseCreditCode(slip); err == nil {
			t.Fatalf("%s was accepted for %s", slip, code)
		}
	})
}

func TestTheOrganisationCheckAgreesWithAKnownCode(t *testing.T) {
	if got := orgCheck([]byte("M000100Y")); got != '4' {
		t.Errorf("got %c, want 4", got)
	}
}

func FuzzParseCreditCode(f *testing.F) {
	for _, s := range []string{"", "91350100M000100Y43", "９１", "\xff\xfe", "152900000012345", "X"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseCreditCode(s)
		if err != nil {
			return
		}
		if again, err := ParseCreditCode(c.Code); err != nil || again != c {
			t.Errorf("%q read as %+v, and that as %+v, %v", s, c, again, err)
		}
	})
}

func BenchmarkParseCreditCode(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = ParseCreditCode("91350100M000100Y43")
	}
}
