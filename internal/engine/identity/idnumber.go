package identity

import "time"

// Sex as GB/T 2261.1 codes it.
type Sex int

// The two values an identity number can carry.
const (
	Male   Sex = 1
	Female Sex = 2
)

// IDNumber is a citizen identity number that passed every check (GB 11643-1999).
// Foreigners' permanent residence cards of the 2023 pattern (first digit 9) follow the same rules and are accepted.
type IDNumber struct {
	Number string    // 18 characters, X in upper case
	Birth  time.Time // midnight UTC
	Sex    Sex
	Region string // the first six digits: where the number was first issued, which is not where the person lives now
	From15 bool   // written with 15 digits and extended by us
}

const idZh, idEn = "证件号", "ID number"

var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

const idChecks = "10X98765432"

// ParseIDNumber reads an identity number as people and files write it: full width, with blanks, a leading apostrophe or a
// small x. Numbers of 15 digits are extended to 18. The error is always a *CodeError.
func ParseIDNumber(s string) (IDNumber, error) {
	s = clean(s)
	if err := idShape(s); err != nil {
		return IDNumber{}, err
	}
	if allSame(s) {
		return IDNumber{}, refuse(AllSame, "证件号全是同一个数字，请核对原件", "every digit of the ID number is the same; check the document")
	}
	from15 := len(s) == 15
	if from15 {
		s = extend(s)
	}
	if !province(s[0], s[1]) && !(s[0] == '9' && province(s[1], s[2])) {
		return IDNumber{}, refuse(Region, "证件号前两位 %s 不是任何省（自治区、直辖市）的代码，请核对原件",
			"the ID number begins with %s, which is no province's code; check the document", s[:2])
	}
	birth, ok := day(s[6:14])
	if !ok {
		if from15 { // today's numbers have 18; one of 15 is more often a slip than an old card
			return IDNumber{}, refuse(BirthDate, "证件号应为 18 位，写的是 15 位；按旧的 15 位号码看，出生日期不存在：%s年%s月%s日，请核对原件",
				"an ID number has 18 characters, this one has 15; read as an old number it holds a birth date that does not exist: %s-%s-%s; check the document", s[6:10], s[10:12], s[12:14])
		}
		return IDNumber{}, refuse(BirthDate, "证件号里的出生日期不存在：%s年%s月%s日，请核对原件",
			"the ID number holds a birth date that does not exist: %s-%s-%s; check the document", s[6:10], s[10:12], s[12:14])
	}
	if want := idCheck(s); want != s[17] {
		return IDNumber{}, wrongCheck(s, want)
	}
	sex := Female
	if s[16]&1 == 1 {
		sex = Male
	}
	return IDNumber{Number: s, Birth: birth, Sex: sex, Region: s[:6], From15: from15}, nil
}

// idShape says what keeps s from being 15 or 18 characters of the right sort, and nil when nothing does.
func idShape(s string) *CodeError {
	if len(s) == 15 && digits(s) || len(s) == 18 && digits(s[:17]) && (digits(s[17:]) || s[17] == 'X') {
		return nil
	}
	if err := spoiled(s, idZh, idEn); err != nil {
		return err
	}
	n := count(s)
	if n != 18 && n != 15 {
		return refuse(Length, "证件号应为 18 位，现在是 %d 位", "an ID number has 18 characters; this one has %d", n)
	}
	place := 0
	for _, r := range s {
		place++
		if r >= '0' && r <= '9' || r == 'X' && place == 18 {
			continue
		}
		if r == 'X' {
			return refuse(Character, "证件号第 %d 位是 X，X 只能在第 18 位，请核对原件", "character %d of the ID number is X, which may only stand last; check the document", place)
		}
		zh, en := lookalike(r)
		return refuse(Character, "证件号第 %[1]d 位是“%[2]c”，应为数字%[3]s，请核对原件", "character %[1]d of the ID number is “%[2]c” where a digit belongs%[4]s; check the document", place, r, zh, en)
	}
	return nil
}

// wrongCheck tells a slip of the pen from a number whose tail a spreadsheet rounded away.
func wrongCheck(s string, want byte) *CodeError {
	if s[15:] == "000" {
		return refuse(Precision, "证件号末三位是 000，是表格把它当数字存造成的，原来的末三位已丢失，请把该列改为文本后重新导出",
			"the ID number ends in 000 because a spreadsheet stored it as a number; its last three digits are lost; format the column as text and export again")
	}
	return refuse(Check, "证件号末位校验码不对：应为 %c，写的是 %c，请核对原件", "the check character of the ID number should be %c but is %c; check the document", want, s[17])
}

// extend turns the 15-digit form into 18: all its holders were born in the 1900s.
func extend(s string) string {
	var b [18]byte
	copy(b[:], s[:6])
	copy(b[6:], "19")
	copy(b[8:], s[6:])
	b[17] = idCheck(string(b[:]))
	return string(b[:])
}

// idCheck computes the check character over the first 17 digits (GB 11643, ISO 7064 MOD 11-2).
func idCheck(s string) byte {
	sum := 0
	for i, w := range idWeights {
		sum += int(s[i]-'0') * w
	}
	return idChecks[sum%11]
}

// day reads YYYYMMDD and refuses days that the calendar does not have and years before 1900.
func day(s string) (time.Time, bool) {
	y, m, d := number(s[:4]), number(s[4:6]), number(s[6:8])
	if y < 1900 || m < 1 || m > 12 || d < 1 {
		return time.Time{}, false
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == d
}

func number(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// MakeIDNumber builds the number that a six-digit region would give to the seq-th person born on a day; an odd seq is a man.
// seq is taken modulo 1000. It is for made-up data.
func MakeIDNumber(region6 string, birth time.Time, seq int) string {
	b := []byte("000000000000000000")
	copy(b[:6], region6)
	y, m, d := birth.Date()
	decimal(b[6:10], y)
	decimal(b[10:12], int(m))
	decimal(b[12:14], d)
	decimal(b[14:17], seq)
	b[17] = idCheck(string(b))
	return string(b)
}

// decimal writes n with leading zeros into the whole of b.
func decimal(b []byte, n int) {
	if n < 0 {
		n = -n
	}
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = '0' + byte(n%10)
		n /= 10
	}
}
