package intake

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"jiuye/internal/register/area"
)

// region is the code of the autonomous region whose areas are known one by one.
const region = "15"

// parseArea takes a village or community of the region: 12 digits of the list in force.
func parseArea(c *Column, s string) (value, string, *flaw) {
	v, mended, bad := parseAnyArea(c, s)
	switch {
	case bad != nil:
		return v, mended, bad
	case !strings.HasPrefix(v.text, region):
		return value{}, "", refuse("area", c.Header+"不在内蒙古自治区，应以 15 开头")
	case len(v.text) < 6:
		return value{}, "", refuse("area", c.Header+"应写到嘎查村（社区），共 12 位")
	}
	return v, mended, nil
}

// parseAnyArea takes an area's code of any level and any province; those of the region must be known.
func parseAnyArea(c *Column, s string) (value, string, *flaw) {
	plain := half(s)
	n, digits := len(plain), strings.Trim(plain, "0123456789") == ""
	code := area.Normal(plain)
	switch {
	case !digits || n != 2 && n != 4 && n != 6 && n != 9 && n != 12:
		return value{}, "", refuse("area", c.Header+"应为 6、9 或 12 位数字的区划代码")
	case strings.HasPrefix(plain, region) && !area.Exists(code):
		return value{}, "", refuse("area", c.Header+"不是现行的区划代码，请对照区划代码表")
	}
	return value{text: plain, set: true}, "", nil
}

// twelve is an area's code filled up to the 12 digits of a person's area.
func twelve(code string) string {
	return code + strings.Repeat("0", max(0, 12-len(code)))
}

// options lists what may be written, each answer once and by its plainest word.
func (c *Column) options() string {
	byCode := map[string]string{}
	for word, code := range c.Choice {
		if old, has := byCode[code]; !has || len([]rune(word)) > 1 && (len(word) < len(old) || len([]rune(old)) == 1) || len(word) == len(old) && word < old {
			byCode[code] = word
		}
	}
	codes := slices.SortedFunc(maps.Keys(byCode), cmp.Compare[string])
	words := make([]string, 0, len(codes))
	for _, code := range codes[:min(len(codes), 12)] {
		words = append(words, byCode[code])
	}
	if len(codes) > 12 {
		words = append(words, "等")
	}
	return strings.Join(words, "、")
}
