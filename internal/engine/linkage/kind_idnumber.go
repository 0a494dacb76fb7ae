package linkage

import (
	"errors"
	"strings"

	"jiuye/internal/engine/identity"
)

// idNumbers are citizens' identity numbers (GB 11643). Only valid ones decide rules; the others still count as evidence.
type idNumbers struct {
	*codes
}

func newIDNumbers(values *dict) *idNumbers { return &idNumbers{newCodes(values, cleanIDNumber)} }

// cleanIDNumber writes a number with 18 characters. A number that Excel or a hand spoiled beyond comparing is missing.
func cleanIDNumber(raw string) (string, Mark) {
	id, err := identity.ParseIDNumber(raw)
	if err != nil && plain(raw) == "" {
		return "", Mark{}
	}
	if err == nil {
		if id.From15 {
			return id.Number, Mark{Repaired, "id.from15"}
		}
		return id.Number, fine
	}
	var refused *identity.CodeError
	errors.As(err, &refused)
	switch refused.Code {
	case identity.Empty:
		return "", Mark{}
	case identity.Scientific, identity.AllSame, identity.Precision:
		return "", Mark{Invalid, "id." + refused.Code}
	}
	s, _ := cleanCode(raw)
	if hashed(s) {
		return s, Mark{Valid, "id.hashed"}
	}
	s = strings.Map(func(r rune) rune {
		if r == '×' || r == '✕' || r == 'Х' {
			return 'X'
		}
		return r
	}, s)
	switch {
	case s == "" || len(s) < 8:
		return "", Mark{Invalid, "id." + refused.Code}
	case strings.Contains(s, "*"):
		return s, Mark{Suspicious, "id.masked"}
	case strings.Count(s, s[:1]) == len(s):
		return "", Mark{Invalid, "id.same"}
	}
	return s, Mark{Invalid, "id." + refused.Code}
}

// hashed reports whether a text is the hash of something: 32, 40, 64, 96 or 128 hexadecimal characters, as sources send that
// may not show numbers. Hashes are equal or not; nothing else can be said of them.
func hashed[T string | []byte](s T) bool {
	switch len(s) {
	case 32, 40, 64, 96, 128:
	default:
		return false
	}
	letters := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f':
			letters++
		case c < '0' || c > '9':
			return false
		}
	}
	return letters > 0
}

// blind reports whether two values cannot be compared: the hash of a number and a number, or hashes of two kinds.
func (d *idNumbers) blind(v, w uint32) bool {
	a, b := d.of(v), d.of(w)
	return len(a) != len(b) && (hashed(a) || hashed(b))
}

const (
	idSame = iota
	idSameInvalid
	idMasked
	idEdit1
	idEdit2
	idTail
	idDifferent
	idDifferentValid
)

var idDegrees = append(append([]Degree{}, codeDegrees...), Degree{"different_valid", "不同，且都有效", "two different valid numbers"})

func (d *idNumbers) degrees() []Degree { return idDegrees }

func (d *idNumbers) compare(v, w uint32) uint8 {
	if !d.bad[v] && !d.bad[w] {
		a, b := d.of(v), d.of(w)
		if len(a) == len(b) && hashed(a) { // the same number written in two ways has two hashes
			return idDifferent
		}
		if len(a) == 18 && len(b) == 18 && a[10] != '*' && b[10] != '*' && !starred(a) && !starred(b) {
			return idDifferentValid
		}
	}
	return d.codes.compare(v, w)
}

func starred(b []byte) bool { return strings.IndexByte(string(b), '*') >= 0 }

func (d *idNumbers) feature(name string) func(uint32) uint64 {
	if name == "birth" { // the day of birth in the number, for files without one
		return func(v uint32) uint64 {
			if b := d.of(v); len(b) == 18 {
				return hash64(b[6:14])
			}
			return 0
		}
	}
	return d.codes.feature(name)
}

// repairID looks for the only number at one slip or one swap of neighbours that passes every check and agrees with the
// day of birth (yyyy-mm-dd) and the sex (男, 女), where these are known. It finds nothing when there are two, or when
// neither is known: then one number in eleven would pass by chance.
func repairID(bad, birth, sex string) (string, bool) {
	if birth == "" || len(bad) < 17 || len(bad) > 19 {
		return "", false
	}
	found := ""
	try := func(b []byte) bool {
		id, err := identity.ParseIDNumber(string(b))
		if err != nil || id.From15 || id.Birth.Format("2006-01-02") != birth ||
			sex != "" && (id.Sex == identity.Male) != (sex == "男") || id.Number == found {
			return true
		}
		if found != "" {
			return false
		}
		found = id.Number
		return true
	}
	for _, b := range neighbours([]byte(bad)) {
		if !try(b) {
			return "", false
		}
	}
	return found, found != ""
}

// neighbours are all texts of 18 characters at one slip from b.
func neighbours(b []byte) (out [][]byte) {
	const digits = "0123456789X"
	with := func(parts ...[]byte) {
		var n []byte
		for _, p := range parts {
			n = append(n, p...)
		}
		out = append(out, n)
	}
	switch len(b) {
	case 19:
		for i := range b {
			with(b[:i], b[i+1:])
		}
	case 17:
		for i := range 18 {
			for _, d := range digits {
				with(b[:i], []byte{byte(d)}, b[i:])
			}
		}
	case 18:
		for i := range b {
			for _, d := range digits {
				if byte(d) != b[i] {
					with(b[:i], []byte{byte(d)}, b[i+1:])
				}
			}
			if i+1 < len(b) && b[i] != b[i+1] {
				with(b[:i], b[i+1:i+2], b[i:i+1], b[i+2:])
			}
		}
	}
	return out
}
