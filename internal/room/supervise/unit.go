package supervise

import (
	_ "embed"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
)

//go:embed data/units.csv
var unitsFile string

// Unit is a department of one area that duties are given to.
type Unit struct {
	ID      int64
	Area    string
	Code    string // of data/units.csv; "" for one that was entered by hand
	Name    string
	Version int64
}

// Liaison is a unit's one liaison (联络员) for a time. Name and Phone are sealed where they are stored.
type Liaison struct {
	UnitID, ID  int64
	AccountID   int64 // 0: without an account
	Name, Phone string
	Since       db.Date
	Until       db.Date // zero: the present one
	By          string
}

// office is a department as it is called in the region and below it.
type office struct{ code, region, below string }

var offices = func() (list []office) {
	for _, line := range strings.Split(strings.TrimSpace(unitsFile), "\n")[1:] {
		f := strings.Split(line, ",")
		list = append(list, office{f[0], f[1], f[2]})
	}
	return list
}()

// unitName is what a department is called in an area: 自治区农牧厅, 阿拉善盟农牧局; what is no code is a name already.
func unitName(code, at string) string {
	for _, o := range offices {
		if o.code != code {
			continue
		}
		if area.Level(at) == area.Region {
			return "自治区" + o.region
		}
		return area.Name(at) + o.below
	}
	return code
}

// codeOf is the code of a department as a document names it, or the name itself where it is none of ours.
func codeOf(name string) string {
	for _, o := range offices {
		if strings.HasSuffix(name, o.region) || strings.HasSuffix(name, o.below) {
			return o.code
		}
	}
	return name
}
