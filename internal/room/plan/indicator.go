package plan

import (
	"jiuye/internal/register/indicator"
)

// Indicator is one line of a plan's box.
type Indicator = indicator.Definition

// Index is a computed indicator's place in the box, as the counting adds up by it.
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
)

// Indicators are the 17 in the order of the box.
func Indicators() []Indicator { return indicator.Computed() }

// Find is the computed indicator of an id.
func Find(id string) (Indicator, bool) { return indicator.Find(id) }

// Of is the indicator at a place of the box.
func Of(i Index) Indicator { return indicator.Computed()[i] }

// ID is the indicator's id.
func (i Index) ID() string { return Of(i).ID }

// is says whether an indicator is the one at a place of the box.
func is(d Indicator, i Index) bool { return d.ID == i.ID() }

// nameOf is an indicator's name in the reader's language; what an uploaded plan brought keeps the name it has there.
func nameOf(t words, d Indicator) string {
	if _, ok := Find(d.ID); ok {
		return t("plan.name." + d.ID)
	}
	return d.Name
}

// unitsOfWords are the units that have words in both languages.
var unitsOfWords = map[string]bool{"人": true, "人次": true, "%": true, "年": true, "万人": true, "万人次": true}

// unitOf is a unit in the reader's language where there is a word for it.
func unitOf(t words, unit string) string {
	if unitsOfWords[unit] {
		return t("plan.unit." + unit)
	}
	return unit
}

// definitionOf says in words how an indicator comes about.
func definitionOf(t words, d Indicator) string {
	if _, ok := Find(d.ID); ok {
		return t("plan.def." + d.ID)
	}
	return d.Formula
}

// Figure writes a kept number in a unit; see package indicator.
func Figure(n int64, unit string) string { return indicator.Figure(n, unit) }

func sign(n int64) int64 {
	if n < 0 {
		return -1
	}
	return 1
}
