package employer

import (
	"strings"
	"unicode"
)

// Unverified is the kind of a unit that only an outside advert names (待核实): it has no credit code yet, and is never screened or
// counted as an employer until it is linked to one that has.
const Unverified = "unverified"

// NameKey is a unit's name as it is compared: half width, small letters, without blanks, brackets and points.
func NameKey(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= 0xfee0
		}
		if unicode.IsSpace(r) || unicode.IsPunct(r) || r == '　' {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// Named is a name within a league and the employer that it leads to.
type Named struct {
	League, Key string
	ID          int64
}
