package identity

import "strings"

// CreditCode is a unified social credit code that passed every check (GB 32100-2015).
type CreditCode struct {
	Code     string // 18 characters, upper case
	Dept     byte   // who registered it: 9 market regulation, 5 civil affairs, 1 establishment office, …
	Category byte   // the kind of body, as Dept divides them: 91 enterprise, 92 self-employed household, 93 farmers' cooperative
	Region   string // the six digits of the registering office's area
	Org      string // the nine characters of the organisation code (GB 11714)
}

const (
	creditZh, creditEn = "统一社会信用代码", "credit code"
	creditAlphabet     = "0123456789ABCDEFGHJKLMNPQRTUWXY" // without I, O, S, V and Z
)

// creditValues holds the value of each character in the alphabet, and -1 for every other.
var creditValues = func() (v [128]int8) {
	for i := range v {
		v[i] = int8(strings.IndexByte(creditAlphabet, byte(i)))
	}
	return v
}()

// creditWeights are 3^(i-1) mod 31.
var creditWeights = func() (w [17]int) {
	w[0] = 1
	for i := 1; i < len(w); i++ {
		w[i] = w[i-1] * 3 % 31
	}
	return w
}()

// ParseCreditCode reads a credit code as people and files write it: full width, with blanks, in small letters.
// The error is always a *CodeError.
func ParseCreditCode(s string) (CreditCode, error) {
	s = clean(s)
	if err := creditShape(s); err != nil {
		return CreditCode{}, err
	}
	if !digits(s[2:8]) || !province(s[2], s[3]) && s[2:8] != "100000" { // 100000 is the state's own office
		return CreditCode{}, refuse(Region, "统一社会信用代码第 3 至 8 位应是登记机关的行政区划代码，写的是 %s，请核对营业执照",
			"characters 3 to 8 of the credit code should be the registering area's code but are %s; check the licence", s[2:8])
	}
	if want := creditCheck(s); want != s[17] {
		return CreditCode{}, refuse(Check, "统一社会信用代码末位校验码不对：应为 %c，写的是 %c，请核对营业执照",
			"the check character of the credit code should be %c but is %c; check the licence", want, s[17])
	}
	return CreditCode{Code: s, Dept: s[0], Category: s[1], Region: s[2:8], Org: s[8:17]}, nil
}

// creditShape checks length and alphabet.
func creditShape(s string) *CodeError {
	plain := len(s) == 18
	for i := 0; plain && i < 18; i++ {
		plain = s[i] < 128 && creditValues[s[i]] >= 0
	}
	if plain {
		if allSame(s) {
			return refuse(AllSame, "统一社会信用代码全是同一个字符，请核对营业执照", "every character of the credit code is the same; check the licence")
		}
		return nil
	}
	if err := spoiled(s, creditZh, creditEn); err != nil {
		return err
	}
	switch n := count(s); {
	case n == 15 && digits(s):
		return refuse(Length, "统一社会信用代码应为 18 位，现在是 15 位，像是旧的营业执照注册号，请改填现行执照上的 18 位代码",
			"a credit code has 18 characters; these 15 look like an old licence number; use the 18-character code on the present licence")
	case n != 18:
		return refuse(Length, "统一社会信用代码应为 18 位，现在是 %d 位", "a credit code has 18 characters; this one has %d", n)
	}
	place := 0
	for _, r := range s {
		place++
		if r >= 128 || creditValues[r] < 0 {
			zh, en := lookalike(r)
			return refuse(Character, "统一社会信用代码第 %[1]d 位是“%[2]c”，代码里不用这个字符%[3]s，请核对营业执照",
				"character %[1]d of the credit code is “%[2]c”, which no credit code uses%[4]s; check the licence", place, r, zh, en)
		}
	}
	return nil
}

// creditCheck computes the check character over the first 17: (31 − Σ mod 31) mod 31.
func creditCheck(s string) byte {
	sum := 0
	for i, w := range creditWeights {
		sum += int(creditValues[s[i]]) * w
	}
	return creditAlphabet[(31-sum%31)%31]
}

// MakeCreditCode builds the code that an office would give to its seq-th body, with an organisation code of the MA series.
// region6 must be six digits; dept and category must be of the alphabet. It is for made-up data.
func MakeCreditCode(dept, category byte, region6 string, seq int) string {
	b := []byte("000000000000000000")
	b[0], b[1] = dept, category
	copy(b[2:8], region6)
	copy(b[8:10], "MA")
	if seq < 0 {
		seq = -seq
	}
	for i := 15; i >= 10; i-- {
		b[i] = creditAlphabet[seq%31]
		seq /= 31
	}
	b[16] = orgCheck(b[8:16])
	b[17] = creditCheck(string(b))
	return string(b)
}

// orgCheck is the check character of an organisation code (GB 11714): C9 = 11 − Σ mod 11, with X for 10 and 0 for 11.
func orgCheck(body []byte) byte {
	sum := 0
	for i, w := range [8]int{3, 7, 9, 10, 5, 8, 4, 2} {
		v := int(body[i] - '0')
		if body[i] >= 'A' {
			v = int(body[i]-'A') + 10
		}
		sum += v * w
	}
	return "0X987654321"[sum%11]
}
