// Package area is the register of administrative areas (区划): the region, its leagues (盟市), banners (旗县),
// townships (苏木乡镇、街道) and villages (嘎查村、社区). Areas are reference data built into the program (GB/T 2260 and the
// statistics bureau's codes, see area/refdata), held in memory; a code's prefix is its parent, so no query ever joins
// a table of areas.
package area

import (
	"strings"
	"sync"

	"jiuye/internal/register/area/refdata"
)

// Area is one administrative area; Level runs from Region to Village.
type Area = refdata.Area

// Levels of areas.
const (
	Region   = refdata.Region   // 15
	League   = refdata.League   // 1529
	Banner   = refdata.Banner   // 152921
	Township = refdata.Township // 152921100
	Village  = refdata.Village  // 152921100001
)

var lengths = [...]int{0, 2, 4, 6, 9, 12}

type tree struct {
	byCode   map[string]Area
	children map[string][]Area
}

var load = sync.OnceValue(func() *tree {
	all := refdata.Areas()
	t := &tree{byCode: make(map[string]Area, len(all)), children: make(map[string][]Area, 2048)}
	for _, a := range all {
		t.byCode[a.Code] = a
		t.children[a.Parent] = append(t.children[a.Parent], a)
	}
	return t
})

// Get finds an area by its code.
func Get(code string) (Area, bool) {
	a, ok := load().byCode[code]
	return a, ok
}

// Exists reports whether a code is an area of the region.
func Exists(code string) bool { _, ok := Get(code); return ok }

// Name is an area's own name (巴彦浩特镇), or the code itself where it is not known.
func Name(code string) string {
	if a, ok := Get(code); ok {
		return a.Name
	}
	return code
}

// Short is Name where room is scarce: a development zone is called by its place and 高新区 or 开发区 (阿拉善高新区).
func Short(code string) string {
	name := Name(code)
	short := zones.Replace(name)
	if short == name {
		return name
	}
	return strings.TrimPrefix(short, "内蒙古")
}

var zones = strings.NewReplacer("高新技术产业开发区", "高新区", "经济技术开发区", "开发区", "经济开发区", "开发区")

// FullName is the names from the league down (阿拉善盟阿拉善左旗巴彦浩特镇).
func FullName(code string) string {
	var b strings.Builder
	for _, a := range Path(code) {
		if a.Level > Region || code == a.Code {
			b.WriteString(a.Name)
		}
	}
	if b.Len() == 0 {
		return code
	}
	return b.String()
}

// Level is the level that a code's length stands for, 0 for none.
func Level(code string) int { return refdata.LevelOf(code) }

// Parent is the code one level up, "" above the region.
func Parent(code string) string {
	if l := Level(code); l > Region {
		return code[:lengths[l-1]]
	}
	return ""
}

// At cuts a code to a level: At("152921100001", Banner) is "152921". A code that is shorter stays as it is.
func At(code string, level int) string { return code[:min(len(code), lengths[level])] }

// Within reports whether code lies in (or is) the area.
func Within(code, area string) bool { return strings.HasPrefix(code, area) }

// Children lists the areas one level down, in the order of their codes.
func Children(code string) []Area { return load().children[code] }

// Path lists the areas from the region down to code itself; unknown levels are left out.
func Path(code string) []Area {
	var out []Area
	for l := Region; l <= Level(code); l++ {
		if a, ok := Get(code[:lengths[l]]); ok {
			out = append(out, a)
		}
	}
	return out
}

// Normal trims the zeros that longer notations fill codes up with: 152900 is the league 1529, 150000 the region 15.
func Normal(code string) string {
	code = strings.TrimSpace(code)
	for l := Region; l <= Village; l++ {
		if len(code) > lengths[l] && strings.Trim(code[lengths[l]:], "0") == "" && Exists(code[:lengths[l]]) {
			return code[:lengths[l]]
		}
	}
	return code
}
