package planrun

import (
	"regexp"
	"strings"
	"sync"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/register/area"
)

// nation is the code of the whole country.
const nation = "000000"

// levels are named as in the answer files.
var levels = []string{"nation", "region", "league", "banner", "township", "village"}

// areas are the names a title may hold, longest first: full ones and those without 市, 盟, 旗 …
var areas = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	var walk func(code string)
	walk = func(code string) {
		for _, a := range area.Children(code) {
			if area.Level(a.Code) > 3 {
				return
			}
			if _, taken := out[a.Name]; !taken {
				out[a.Name] = a.Code
			}
			walk(a.Code)
		}
	}
	region := "15"
	out[area.Name(region)] = region
	walk(region)
	return out
})

var nationRE = regexp.MustCompile(`^国务院|^国发|^国办发|国家发展改革委|中共中央`)

// Where tells the level (nation, region, league, banner) and the six-digit code of the area a document is for, from its title,
// number and opening lines; the code is empty for an area that the register does not have.
func Where(d plandoc.Draft) (level, code string) {
	texts := append([]string{d.Title}, d.Opening...)
	for i, s := range texts {
		s = strings.Join(strings.Fields(s), "")
		best, at := "", len(s)
		for name := range areas() {
			if k := strings.Index(s, name); k >= 0 && (k < at || k == at && len(name) > len(best)) {
				best, at = name, k
			}
		}
		// The title names its own area; further down only an issuer's line does.
		if best != "" && (i == 0 || strings.Contains(s, "印发") || strings.Contains(s, "人民政府") || strings.Contains(s, "行政公署")) {
			c := areas()[best]
			// 内蒙古自治区阿拉善盟……: the lower area after the upper one's name.
			rest := s[at+len(best):]
			for name, lower := range areas() {
				if strings.HasPrefix(rest, name) && len(lower) > len(c) {
					c = lower
				}
			}
			return levels[min(len(levels)-1, area.Level(c))], (c + "000000")[:6]
		}
		if nationRE.MatchString(s) {
			return levels[0], nation
		}
	}
	if nationRE.MatchString(d.Number) {
		return levels[0], nation
	}
	if m := elsewhereRE.FindStringSubmatch(d.Title); m != nil {
		return map[string]string{"省": levels[1], "自治区": levels[1], "州": levels[2], "盟": levels[2], "市": levels[2]}[m[1]], ""
	}
	return "", ""
}

// elsewhereRE finds the level in the title of an area that is not in the register.
var elsewhereRE = regexp.MustCompile(`^\p{Han}{2,8}?(省|自治区|州|盟|市)`)
