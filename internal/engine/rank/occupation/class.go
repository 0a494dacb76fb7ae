package occupation

import (
	"cmp"
	"slices"
	"strings"
)

// Class is one entry of a classification at any level.
type Class struct {
	Code       string   // 4-01-02-03; upper levels end in 00
	Name       string   // the official name
	Aliases    []string // what else it is called
	Definition string   // what the classification says about it; may be empty
}

// Levels of the classification: large 大类, middle 中类, small 小类, detailed 细类.
const (
	Large = iota + 1
	Middle
	Small
	Detailed
)

// bare is a name without the marks S (digital) and L (green).
func bare(name string) string {
	name = strings.TrimSpace(name)
	for _, mark := range []string{"L/S", "S", "L"} {
		if cut, ok := strings.CutSuffix(name, mark); ok && cut != "" && cut[len(cut)-1] >= 0x80 {
			return cut
		}
	}
	return name
}

// Level is the level a code stands on, from its trailing 00 parts.
func Level(code string) int {
	level := Large
	for i, part := range strings.Split(code, "-") {
		if i > 0 && strings.Trim(part, "0") != "" {
			level = min(i+1, Detailed)
		}
	}
	return level
}

// Up is the code of the entry above at a level: Up("4-01-02-03", Middle) is 4-01-00-00.
func Up(code string, level int) string {
	parts := strings.Split(code, "-")
	for i := range parts {
		if i >= level && i > 0 {
			parts[i] = "00"
		}
	}
	return strings.Join(parts, "-")
}

// Kinship says how near two codes stand in the tree: 4 for the same code, 3 for the same small class, 2 middle, 1 large, 0 for none.
func Kinship(a, b string) int {
	if a == "" || b == "" {
		return 0
	}
	if a == b {
		return Detailed
	}
	for level := Small; level >= Large; level-- {
		if Level(a) >= level && Level(b) >= level && Up(a, level) == Up(b, level) {
			return level
		}
	}
	return 0
}

// Table is a classification in memory.
type Table struct {
	list []Class // by code, each once
	at   map[string]int
}

// NewTable puts entries in order. Entries with the same code become one with all their aliases; entries without a code are left out.
func NewTable(list []Class) *Table {
	t := &Table{at: map[string]int{}}
	for _, c := range list {
		c.Code, c.Name = strings.TrimSpace(c.Code), bare(c.Name)
		if c.Code == "" {
			continue
		}
		if i, ok := t.at[c.Code]; ok {
			have := &t.list[i]
			have.Aliases = append(slices.Clone(have.Aliases), c.Aliases...)
			have.Name, have.Definition = cmp.Or(have.Name, c.Name), cmp.Or(have.Definition, c.Definition)
			continue
		}
		t.at[c.Code] = len(t.list)
		t.list = append(t.list, c)
	}
	slices.SortStableFunc(t.list, func(a, b Class) int { return strings.Compare(a.Code, b.Code) })
	for i, c := range t.list {
		t.at[c.Code] = i
	}
	return t
}

// Classes lists all entries by code.
func (t *Table) Classes() []Class { return t.list }

// Find looks an entry up by its code.
func (t *Table) Find(code string) (Class, bool) {
	i, ok := t.at[code]
	if !ok {
		return Class{}, false
	}
	return t.list[i], true
}

// Family is the name of the entry above a code at a level (the middle class is what statistics call its family), and empty
// where the table has none.
func (t *Table) Family(code string, level int) string {
	c, _ := t.Find(Up(code, level))
	return c.Name
}
