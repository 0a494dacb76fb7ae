package plan

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed data
var dataFiles embed.FS

// Kind says how an indicator comes about.
type Kind string

// The kinds.
const (
	Event    Kind = "event"    // people or person-times in a year; months add up
	Stock    Kind = "stock"    // people on the year's last day
	Rate     Kind = "rate"     // a share of people, in ten-thousandths
	Mean     Kind = "mean"     // an average, in hundredths
	Reported Kind = "reported" // not in any register: somebody enters it, in ten-thousandths
)

// Index is an indicator's place in the box.
type Index int

// The 17 indicators in the order of box 2.
const (
	NewUrban Index = iota
	Reemployed
	HardPlaced
	SurveyedRate
	RegisteredRate
	UrbanShare
	Graduates
	Transfers
	Transfers6m
	OutOfPovertyWork
	Productivity
	LabourShare
	HighSkill
	Trained
	TrainedRural
	PensionRate
	Schooling
	count // how many there are

	// people is no indicator: how many live somewhere, kept beside them as a base for comparisons.
	people Index = count
	kept         = people + 1
)

// Indicator is one line of the box.
type Indicator struct {
	Index Index
	ID    string // as in addresses and tables
	Name  string // as the plan prints it
	Unit  string // 人, 人次, %, 年
	Kind  Kind
	Down  bool   // less is better
	Sub   string // the indicator that this one is a part of
}

// Indicators are the 17 in the order of the box.
func Indicators() []Indicator { return indicators() }

// Find is the indicator of an id.
func Find(id string) (Indicator, bool) {
	for _, i := range indicators() {
		if i.ID == id {
			return i, true
		}
	}
	return Indicator{}, false
}

// Of is the indicator at a place of the box.
func Of(i Index) Indicator { return indicators()[i] }

// ID is the indicator's id.
func (i Index) ID() string {
	if i == people {
		return "people"
	}
	return indicators()[i].ID
}

// Counted says whether an indicator's single people are kept by year, so that its numbers lead to them at once.
func (i Indicator) Counted() bool { return i.Kind == Event }

// FromRegister says whether the register can tell an indicator.
func (i Indicator) FromRegister() bool { return i.Kind != Reported }

var indicators = sync.OnceValue(func() []Indicator {
	list := make([]Indicator, 0, count)
	table("indicators.csv", func(r row) error {
		list = append(list, Indicator{Index: Index(len(list)), ID: r.text("id"), Name: r.text("name"), Unit: r.text("unit"),
			Kind: Kind(r.text("kind")), Down: r.text("better") == "down", Sub: r.text("sub")})
		return nil
	})
	if len(list) != int(count) {
		panic(fmt.Sprintf("plan: indicators.csv has %d lines", len(list)))
	}
	return list
})

// Scaled reads a printed figure in a unit into the whole number that is kept: people, ten-thousandths for %, hundredths
// for years. 23.22 万人 is 232200, 6.3 % is 630, 10.5 年 is 1050. Digits beyond the scale are an error.
func Scaled(text, unit string) (int64, error) {
	text = strings.TrimSpace(text)
	minus := strings.HasPrefix(text, "-") || strings.HasPrefix(text, "−")
	if minus {
		text = strings.TrimLeft(text, "-−")
	}
	whole, part, _ := strings.Cut(text, ".")
	places := placesOf(unit)
	if whole == "" || len(part) > places || len(whole) > 12 || strings.Trim(whole+part, "0123456789") != "" {
		return 0, fmt.Errorf("plan: %q is no figure in %s", text, unit)
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", places-len(part)), 10, 64)
	if minus {
		n = -n
	}
	return n, err
}

// Figure writes a kept number in a unit: 232200 as 23.22 万人's "23.22", 630 as "6.3"; at most two decimals.
func Figure(n int64, unit string) string {
	places := placesOf(unit)
	for ; places > 2; places-- {
		n = (n + 5*sign(n)) / 10
	}
	text := strconv.FormatInt(n*sign(n), 10)
	if len(text) <= places {
		text = strings.Repeat("0", places-len(text)+1) + text
	}
	whole, part := text[:len(text)-places], strings.TrimRight(text[len(text)-places:], "0")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if part != "" {
		whole += "." + part
	}
	if n < 0 {
		return "−" + whole
	}
	return whole
}

func placesOf(unit string) int {
	switch {
	case strings.HasPrefix(unit, "万"):
		return 4
	case unit == "%", unit == "年":
		return 2
	}
	return 0
}

func sign(n int64) int64 {
	if n < 0 {
		return -1
	}
	return 1
}

// row is a line of a data file under its header.
type row struct {
	columns map[string]int
	cells   []string
}

func (r row) text(column string) string {
	i, ok := r.columns[column]
	if !ok {
		panic("plan: no column " + column)
	}
	return r.cells[i]
}

func (r row) number(column string) int {
	n, err := strconv.Atoi(r.text(column))
	if err != nil {
		panic("plan: " + column + ": " + err.Error())
	}
	return n
}

// table reads an embedded data file; one that is damaged means that the build is.
func table(name string, line func(row) error) {
	f, err := dataFiles.Open("data/" + name)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic("plan: " + name + ": " + err.Error())
	}
	columns := map[string]int{}
	for i, c := range lines[0] {
		columns[c] = i
	}
	for n, cells := range lines[1:] {
		if err := line(row{columns, cells}); err != nil {
			panic(fmt.Sprintf("plan: %s, line %d: %v", name, n+2, err))
		}
	}
}
