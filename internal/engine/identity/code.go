package identity

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// The reasons for which a code is refused (CodeError.Code). They are stable: reports count by them.
const (
	Empty      = "empty"      // nothing was written
	Masked     = "masked"     // stars instead of digits
	Scientific = "scientific" // 1.50102E+17, the last digits are gone
	Precision  = "precision"  // the last three digits became 000 in a spreadsheet
	Length     = "length"     // too long or too short
	Character  = "character"  // a character that cannot stand at its place
	AllSame    = "same"       // 111111111111111111
	Region     = "region"     // no such province, or letters in place of the region
	BirthDate  = "birth"      // a day that no calendar has
	Check      = "check"      // the check character does not agree
	NotMobile  = "notmobile"  // a number, but not that of a mobile phone
)

// CodeError says why a code was refused. Zh and En are for the person who has to correct it; neither contains the code itself.
type CodeError struct {
	Code string // one of the constants above
	Zh   string
	En   string
}

// Error is the Chinese sentence.
func (e *CodeError) Error() string { return e.Zh }

func refuse(code, zh, en string, args ...any) *CodeError {
	return &CodeError{Code: code, Zh: fmt.Sprintf(zh, args...), En: fmt.Sprintf(en, args...)}
}

// clean brings a code to the form in which it can be checked: half width, upper case, without blanks, invisible marks
// and the apostrophe that spreadsheets put before text. A code that is clean already is returned as it is, without allocation.
func clean(s string) string {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return scrub(s)
		}
	}
	return s
}

func scrub(s string) string {
	if len(s) > 256 { // no code is near this length: what follows could only be noise
		s = strings.ToValidUTF8(s[:256], "?")
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ', r == '＊', r == '＋', r == '．', r == '－':
			r -= '０' - '0'
		case strings.ContainsRune(blanks, r):
			continue
		}
		if r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		if strings.ContainsRune("×✕Ⅹⅹ╳ХхΧχ", r) { // the signs, and the Cyrillic and Greek letters, that people type for X
			r = 'X'
		}
		b.WriteRune(r)
	}
	return strings.TrimLeft(b.String(), "'`‘’＇")
}

// blanks are the visible and invisible spaces found in departments' files.
const blanks = " \t\r\n\v\f\u00a0\u3000\u2002\u2003\u2009\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"

// spoiled finds the ways in which files lose a code before anybody can check it. name is what the code is called.
func spoiled(s, zh, en string) *CodeError {
	switch {
	case s == "":
		return refuse(Empty, "%[1]s是空的，请补填", "%[2]s is empty; fill it in", zh, en)
	case strings.ContainsAny(s, "*●•■"):
		return refuse(Masked, "%[1]s带星号，是遮挡后的号码，请提供完整号码", "%[2]s is masked with stars; supply the full number", zh, en)
	case scientific(s):
		return refuse(Scientific, "%[1]s被 Excel 存成了科学计数（%[3]s），末尾数字已丢失，请把该列改为文本后重新导出",
			"%[2]s was stored by Excel in scientific notation (%[3]s) and its last digits are lost; format the column as text and export again", zh, en, s)
	}
	return nil
}

// scientific tells 1.50102E+17 and its kin. A short form such as 1E3 is left to the length check.
func scientific(s string) bool {
	mantissa, exponent, found := strings.Cut(s, "E")
	if !found || len(mantissa) > 24 || len(exponent) == 0 || len(exponent) > 4 {
		return false
	}
	signed := exponent[0] == '+' || exponent[0] == '-'
	exponent = strings.TrimLeft(exponent, "+-")
	whole, fraction, dotted := strings.Cut(mantissa, ".")
	return (signed || dotted) && len(whole) == 1 && digits(whole) && digits(fraction) && exponent != "" && digits(exponent)
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func allSame(s string) bool { return strings.Count(s, s[:1]) == len(s) }

// count is the number of characters a person sees.
func count(s string) int { return utf8.RuneCountInString(s) }

// lookalike hints at the digit a letter was probably meant to be.
func lookalike(r rune) (zh, en string) {
	switch r {
	case 'O', 'Q', 'D', '〇', '零':
		return "，可能是数字 0", ", probably the digit 0"
	case 'I', 'L', '|', '!':
		return "，可能是数字 1", ", probably the digit 1"
	case 'S':
		return "，可能是数字 5", ", probably the digit 5"
	case 'Z':
		return "，可能是数字 2", ", probably the digit 2"
	case 'V':
		return "，可能是字母 U 或 Y", ", probably the letter U or Y"
	}
	return "", ""
}

// province reports whether GB/T 2260 has a province-level area with this two-digit code
// (81, 82 and 83 are Hong Kong, Macao and Taiwan, as they stand in residence permits).
func province(tens, ones byte) bool {
	return tens >= '0' && tens <= '9' && ones >= '0' && ones <= '9' && provinces[(tens-'0')*10+ones-'0']
}

var provinces = [100]bool{
	11: true, 12: true, 13: true, 14: true, 15: true,
	21: true, 22: true, 23: true,
	31: true, 32: true, 33: true, 34: true, 35: true, 36: true, 37: true,
	41: true, 42: true, 43: true, 44: true, 45: true, 46: true,
	50: true, 51: true, 52: true, 53: true, 54: true,
	61: true, 62: true, 63: true, 64: true, 65: true,
	71: true, 81: true, 82: true, 83: true,
}
