package fair

import (
	"crypto/rand"
	"math/big"
	"strings"
)

// codeLength is how long a check-in code is. The last digit checks the others (Luhn, ISO/IEC 7812-1): one wrong digit, and almost
// every exchange of two neighbours, is noticed while typing.
const codeLength = 8

// newCode draws a code by lot, so that nobody guesses somebody else's.
func newCode() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(9_000_000))
	if err != nil {
		return "", err
	}
	body := big.NewInt(1_000_000).Add(n, big.NewInt(1_000_000)).String()
	return body + string(checkDigit(body)), nil
}

func checkDigit(body string) byte {
	sum := 0
	for i := range len(body) {
		d := int(body[len(body)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

// readCode is a code without the blanks that people write into it; ok is false when it cannot be one.
func readCode(text string) (code string, ok bool) {
	code = strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == ' ' || r == '-' || r == '　':
			return -1
		}
		return 'x'
	}, text)
	if len(code) != codeLength || strings.Contains(code, "x") {
		return code, false
	}
	return code, checkDigit(code[:codeLength-1]) == code[codeLength-1]
}

// spaced is a code as it is shown: 1234 5678.
func spaced(code string) string {
	if len(code) != codeLength {
		return code
	}
	return code[:4] + " " + code[4:]
}
