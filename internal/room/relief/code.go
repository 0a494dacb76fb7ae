package relief

import (
	"crypto/rand"
	"strings"
)

// letters are those of a code: no 0 O 1 I L, which people mix up.
const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// codeLength is long enough that nobody finds somebody else's code by trying: 31^10 codes.
const codeLength = 10

// newCode draws a code by lot.
func newCode() (string, error) {
	raw := make([]byte, codeLength)
	for i := 0; i < codeLength; {
		var b [1]byte
		if _, err := rand.Read(b[:]); err != nil {
			return "", err
		}
		if n := int(b[0]); n < 256/len(letters)*len(letters) {
			raw[i] = letters[n%len(letters)]
			i++
		}
	}
	return string(raw), nil
}

// readCode is a code without the blanks and small letters that people write.
func readCode(text string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '　' {
			return -1
		}
		return r
	}, text))
}

// spaced is a code as it is shown.
func spaced(code string) string {
	if len(code) != codeLength {
		return code
	}
	return code[:5] + " " + code[5:]
}
