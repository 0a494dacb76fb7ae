package linkage

import (
	"errors"
	"strings"

	"jiuye/internal/engine/identity"
)

// codes are phone numbers, card numbers and other codes without inner meaning.
type codes struct {
	cleaner func(string) (string, Mark)
	values  *dict
	bad     []bool
}

func newCodes(values *dict, clean func(string) (string, Mark)) *codes {
	return &codes{cleaner: clean, values: values, bad: []bool{false}}
}

func (c *codes) clean(raw string) (string, Mark) { return c.cleaner(raw) }

func (c *codes) add(s string, m Mark) {
	c.bad = append(c.bad, m.Status == Invalid || starred([]byte(s)))
}

func (c *codes) forget(n int) { c.bad = c.bad[:n] }

func (c *codes) of(v uint32) []byte { return c.values.text(v) }

const (
	codeSame = iota
	codeSameInvalid
	codeMasked
	codeEdit1
	codeEdit2
	codeTail
	codeDifferent
)

var codeDegrees = []Degree{
	codeSame:        {"same", "一致", "same"},
	codeSameInvalid: {"same_invalid", "一致但号码无效", "same but invalid"},
	codeMasked:      {"masked", "遮挡位以外一致", "same where not masked"},
	codeEdit1:       {"edit1", "一位之差", "one slip apart"},
	codeEdit2:       {"edit2", "两位之差", "two slips apart"},
	codeTail:        {"tail", "末四位一致", "same last four"},
	codeDifferent:   {"different", "不同", "different"},
}

func (c *codes) degrees() []Degree { return codeDegrees }

func (c *codes) same(v uint32) uint8 {
	switch {
	case c.bad[v] && starred(c.of(v)): // what is hidden may differ
		return codeMasked
	case c.bad[v]:
		return codeSameInvalid
	}
	return codeSame
}

func (c *codes) compare(v, w uint32) uint8 {
	a, b := c.of(v), c.of(w)
	switch {
	case masked(a, b):
		return codeMasked
	case len(a) < 3 || len(b) < 3:
		return codeDifferent
	case oneEdit(a, b):
		return codeEdit1
	case len(a) > 5 && differing(a, b) <= 4 && edits(a, b, 2) == 2:
		return codeEdit2
	case len(a) > 6 && len(b) > 6 && string(a[len(a)-4:]) == string(b[len(b)-4:]):
		return codeTail
	}
	return codeDifferent
}

// differing counts the places at which two codes differ, with what one has more; two edits leave at most four when they
// are swaps. Shifted codes are looked at in full.
func differing(a, b []byte) int {
	if len(a) != len(b) {
		return 0
	}
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	if n > 4 && (a[1] == b[0] || a[0] == b[1]) {
		return 0
	}
	return n
}

// masked reports whether codes of one length agree wherever neither has a star, and at least at four places.
func masked(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	seen, stars := 0, 0
	for i := range a {
		switch {
		case a[i] == '*' || b[i] == '*':
			stars++
		case a[i] != b[i]:
			return false
		default:
			seen++
		}
	}
	return stars > 0 && seen >= 4
}

func (c *codes) feature(name string) func(uint32) uint64 {
	if name == "valid" {
		return func(v uint32) uint64 {
			if c.bad[v] {
				return 0
			}
			return hash64(c.of(v))
		}
	}
	return nil
}

// cleanCode leaves letters in upper case, digits and stars.
func cleanCode(raw string) (string, Mark) {
	s := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r == '*', r > 127:
			return r
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return -1
	}, strings.TrimSuffix(plain(raw), ".0"))
	if strings.Trim(s, "*") == "" || nothing[s] || nothing[strings.ToLower(s)] {
		return "", Mark{}
	}
	if len(s) > 3 && strings.Count(s, s[:1]) == len(s) {
		return s, Mark{Suspicious, "code.same"}
	}
	return valid(s)
}

// cleanPhone gives the eleven digits of a mobile number; other numbers stay as digits and are marked.
func cleanPhone(raw string) (string, Mark) {
	if s, err := identity.ParsePhone(raw); err == nil {
		if strings.Count(s[3:], s[3:4]) == 8 {
			return "", Mark{Invalid, "phone.same"} // 13800000000
		}
		return s, fine
	}
	s, m := cleanCode(raw)
	switch {
	case s == "" || m.Status == Suspicious:
		return "", Mark{m.Status, "phone.same"}
	case hashed(s):
		return s, Mark{Valid, "phone.hashed"}
	case strings.Contains(s, "*"):
		return s, Mark{Suspicious, "phone.masked"}
	case len(s) < 5:
		return "", Mark{Invalid, "phone.short"}
	case s[0] == '0' && len(s) >= 10 || len(s) == 7 || len(s) == 8:
		return s, Mark{Suspicious, "phone.landline"}
	}
	return s, Mark{Invalid, "phone.length"}
}

// creditCodes are unified social credit codes (GB 32100). Two different valid ones are two employers.
type creditCodes struct{ *codes }

func (c *creditCodes) degrees() []Degree { return idDegrees }

func (c *creditCodes) compare(v, w uint32) uint8 {
	if !c.bad[v] && !c.bad[w] && len(c.of(v)) == 18 && len(c.of(w)) == 18 {
		return idDifferentValid
	}
	return c.codes.compare(v, w)
}

// cleanCreditCode checks a unified social credit code.
func cleanCreditCode(raw string) (string, Mark) {
	c, err := identity.ParseCreditCode(raw)
	if err == nil {
		return c.Code, fine
	}
	var refused *identity.CodeError
	if errors.As(err, &refused) && (refused.Code == identity.Empty || refused.Code == identity.AllSame) {
		return "", Mark{Invalid, "creditcode." + refused.Code}
	}
	s, _ := cleanCode(raw)
	if s == "" {
		return "", Mark{}
	}
	return s, Mark{Invalid, "creditcode." + refused.Code}
}
