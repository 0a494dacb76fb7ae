package identity

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAClerkTypesAnIDNumberAndItIsUnderstood(t *testing.T) {
	cases := []struct {
		name, in, number, birth string
		sex                     Sex
		from15                  bool
	}{
		{"as printed, check X", "34052419800101001X", "34052419800101001X", "1980-01-01", Male, false},
		{"small x", "34052419800101001x", "34052419800101001X", "1980-01-01", Male, false},
		{"the multiplication sign for X", "34052419800101001×", "34052419800101001X", "1980-01-01", Male, false},
		{"a Cyrillic letter for X", "34052419800101001Х", "34052419800101001X", "1980-01-01", Male, false},
		{"fifteen digits", "340524800101001", "34052419800101001X", "1980-01-01", Male, true},
		{"full width", "３４０５２４１９８００１０１００１Ｘ", "34052419800101001X", "1980-01-01", Male, false},
		{"the spreadsheet's apostrophe", "'34052419800101001X", "34052419800101001X", "1980-01-01", Male, false},
		{"blanks in groups", " 340524 19800101 001X\t", "34052419800101001X", "1980-01-01", Male, false},
		{"invisible marks around it", "\ufeff\u202d34052419800101001X\u202c", "34052419800101001X", "1980-01-01", Male, false},
		{"the standard's own example", "11010519491231002X", "11010519491231002X", "1949-12-31", Female, false},
		{"born on 29 February", "152921199602290014", "152921199602290014", "1996-02-29", Male, false},
	}
	for _, c := range cases {
		got, err := ParseIDNumber(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got.Number != c.number || got.Birth.Format(time.DateOnly) != c.birth || got.Sex != c.sex || got.From15 != c.from15 || got.Region != c.number[:6] {
			t.Errorf("%s: got %+v", c.name, got)
		}
	}
}

func TestAWrongIDNumberIsRefusedWithTheReason(t *testing.T) {
	cases := []struct{ name, in, code, zh string }{
		{"nothing", "  ", Empty, "证件号是空的，请补填"},
		{"one digit short", "3405241980010100X", Length, "证件号应为 18 位，现在是 17 位"},
		{"fourteen digits", "34052480010100", Length, "证件号应为 18 位，现在是 14 位"},
		{"Chinese text", "无", Length, "证件号应为 18 位，现在是 1 位"},
		{"a letter O", "34052419800I01001X", Character, "证件号第 12 位是“I”，应为数字，可能是数字 1，请核对原件"},
		{"a Chinese character", "34052419八00101001X", Character, "证件号第 9 位是“八”，应为数字，请核对原件"},
		{"X in the middle", "3405241980010100XX", Character, "证件号第 17 位是 X，X 只能在第 18 位，请核对原件"},
		{"X ends a number of fifteen", "34052480010100X", Character, "证件号第 15 位是 X，X 只能在第 18 位，请核对原件"},
		{"another letter last", "34052419800101001A", Character, "证件号第 18 位是“A”，应为数字，请核对原件"},
		{"31 February", "340524198002310015", BirthDate, "证件号里的出生日期不存在：1980年02月31日，请核对原件"},
		{"29 February of a common year", "152921199502290012", BirthDate, "证件号里的出生日期不存在：1995年02月29日，请核对原件"},
		{"month 13", "340524801301001", BirthDate, "证件号应为 18 位，写的是 15 位；按旧的 15 位号码看，出生日期不存在：1980年13月01日，请核对原件"},
		{"the 18th century", "340524178001010010", BirthDate, "证件号里的出生日期不存在：1780年01月01日，请核对原件"},
		{"a slip in the last digit", "340524198001010013", Check, "证件号末位校验码不对：应为 X，写的是 3，请核对原件"},
		{"scientific notation", "1.50102E+17", Scientific, "证件号被 Excel 存成了科学计数（1.50102E+17），末尾数字已丢失，请把该列改为文本后重新导出"},
		{"scientific notation in full width", "１.50102199001011e＋17", Scientific, "证件号被 Excel 存成了科学计数（1.50102199001011E+17），末尾数字已丢失，请把该列改为文本后重新导出"},
		{"tail rounded to 000", "150102199001011000", Precision, "证件号末三位是 000，是表格把它当数字存造成的，原来的末三位已丢失，请把该列改为文本后重新导出"},
		{"masked", "1501**********1234", Masked, "证件号带星号，是遮挡后的号码，请提供完整号码"},
		{"masked in full width", "1501＊＊＊＊1234", Masked, "证件号带星号，是遮挡后的号码，请提供完整号码"},
		{"all ones", "111111111111111111", AllSame, "证件号全是同一个数字，请核对原件"},
		{"no such province", "990524198001010012", Region, "证件号前两位 99 不是任何省（自治区、直辖市）的代码，请核对原件"},
	}
	for _, c := range cases {
		_, err := ParseIDNumber(c.in)
		var refused *CodeError
		if !errors.As(err, &refused) {
			t.Errorf("%s: %q was accepted", c.name, c.in)
			continue
		}
		if refused.Code != c.code || refused.Zh != c.zh {
			t.Errorf("%s: got %s %q", c.name, refused.Code, refused.Zh)
		}
		if refused.En == "" || strings.Contains(refused.En, "%!") || strings.Contains(refused.Zh, "%!") {
			t.Errorf("%s: the English is %q", c.name, refused.En)
		}
	}
}

// regions are real six-digit codes; the generator picks among such.
var regions = []string{"152921", "152922", "152923", "150102", "110105", "340524", "652901"}

func anyIDNumber(t *rapid.T) (string, time.Time, int) {
	birth := time.Date(1930, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 35000).Draw(t, "days"))
	seq := rapid.IntRange(0, 999).Draw(t, "seq")
	return MakeIDNumber(rapid.SampledFrom(regions).Draw(t, "region"), birth, seq), birth, seq
}

func TestEveryMadeIDNumberReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number, birth, seq := anyIDNumber(t)
		got, err := ParseIDNumber(number)
		if err != nil || got.Number != number || !got.Birth.Equal(birth) || (got.Sex == Male) != (seq%2 == 1) {
			t.Fatalf("%s: %+v %v", number, got, err)
		}
		if birth.Year() < 2000 {
			short, err := ParseIDNumber(number[:6] + number[8:17])
			if err != nil || short.Number != number || !short.From15 {
				t.Fatalf("15 digits of %s: %+v %v", number, short, err)
			}
		}
	})
}

func TestEverySlipOfOneDigitIsNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number, _, _ := anyIDNumber(t)
		at := rapid.IntRange(0, 17).Draw(t, "place")
		to := rapid.SampledFrom([]byte("0123456789X")).Draw(t, "digit")
		if number[at] == to {
			return
		}
		slip := number[:at] + string(to) + number[at+1:]
		if _, err := ParseIDNumber(slip); err == nil {
			t.Fatalf("%s was accepted for %s", slip, number)
		}
	})
}

func FuzzParseIDNumber(f *testing.F) {
	for _, s := range []string{"", "34052419800101001X", "340524800101001", "1.50102E+17", "１５", "E", "******", "\xff", "×", "111111111111111111"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseIDNumber(s)
		if err != nil {
			return
		}
		again, err := ParseIDNumber(n.Number)
		n.From15 = false
		if err != nil || again != n {
			t.Errorf("%q read as %+v, and that as %+v, %v", s, n, again, err)
		}
	})
}

func BenchmarkParseIDNumber(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = ParseIDNumber("34052419800101001X")
	}
}

func BenchmarkParseIDNumberOf15(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = ParseIDNumber("340524800101001")
	}
}
