package lang

import (
	"strconv"
	"strings"
)

// Match chooses a language from an Accept-Language header: the one with the highest weight that there is a dictionary for,
// and Chinese where there is none.
func Match(acceptLanguage string) string {
	if len(acceptLanguage) > 512 { // no browser sends this much
		return Chinese
	}
	best, weight := Chinese, 0.0
	for part := range strings.SplitSeq(acceptLanguage, ",") {
		tag, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		q := 1.0
		if value, found := strings.CutPrefix(strings.TrimSpace(params), "q="); found {
			parsed, err := strconv.ParseFloat(value, 64)
			if err != nil || !(parsed >= 0 && parsed <= 1) {
				continue
			}
			q = parsed
		}
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if _, known := Names[primary]; known && q > weight {
			best, weight = primary, q
		}
	}
	return best
}
