package identity

import "strings"

const phoneZh, phoneEn = "手机号", "mobile number"

// ParsePhone reads a mainland mobile number (11 digits, 1[3-9]…) as people write it, with +86, dashes and blanks,
// and gives the bare 11 digits. The error is always a *CodeError.
func ParsePhone(s string) (string, error) {
	s = clean(s)
	if !mobile(s) {
		if err := spoiled(s, phoneZh, phoneEn); err != nil {
			return "", err
		}
		s = bare(s)
	}
	if mobile(s) {
		return s, nil
	}
	place := 0
	for _, r := range s {
		place++
		if r < '0' || r > '9' {
			zh, en := lookalike(r)
			return "", refuse(Character, "手机号第 %[1]d 位是“%[2]c”，应为数字%[3]s", "character %[1]d of the mobile number is “%[2]c” where a digit belongs%[4]s", place, r, zh, en)
		}
	}
	switch {
	case strings.HasPrefix(s, "0") && len(s) >= 10, len(s) == 7 || len(s) == 8:
		return "", refuse(NotMobile, "填的像是固定电话，请填 11 位手机号", "this looks like a landline; give an 11-digit mobile number")
	case len(s) != 11:
		return "", refuse(Length, "手机号应为 11 位，您填了 %d 位", "a mobile number has 11 digits; this one has %d", len(s))
	}
	return "", refuse(NotMobile, "手机号应以 13 至 19 开头，写的是 %s，请核对", "a mobile number begins with 13 to 19; this one begins with %s", s[:2])
}

func mobile(s string) bool {
	return len(s) == 11 && s[0] == '1' && s[1] >= '3' && digits(s)
}

// bare takes away the country code and the marks between groups of digits.
func bare(s string) string {
	s = strings.NewReplacer("-", "", "—", "", "–", "", "(", "", ")", "", "（", "", "）", "").Replace(s)
	for _, prefix := range []string{"+86", "0086", "86"} {
		if rest, found := strings.CutPrefix(s, prefix); found && len(rest) == 11 {
			return rest
		}
	}
	return s
}
