package dictionary

import "jiuye/internal/engine/rule"

// Parameter is a figure that documents leave to a later decision: what it is, and its values by the day they begin.
type Parameter struct {
	Name     rule.Word
	Status   rule.Word // how sure the latest value is
	Values   []Dated
	Document string // what leaves it open
}

// Dated is a value from a day on, in ten-thousandths.
type Dated struct {
	From  rule.Day
	Parts int64
}

// On is the value on a day, in ten-thousandths; 0 before the first.
func (p *Parameter) On(day rule.Day) int64 {
	parts := int64(0)
	for _, v := range p.Values {
		if v.From <= day {
			parts = v.Parts
		}
	}
	return parts
}

// DisabledShare is the share of disabled people among the staff of an employer (按比例安排残疾人就业). The documents ask for it
// without a figure; 残疾人就业条例第八条 sets the floor of 1.5 %, and leaves the figure to the region.
var DisabledShare = Parameter{
	Name:     rule.Word{Zh: "残疾人按比例就业比例", En: "Share of disabled staff"},
	Status:   rule.Word{Zh: "暂按 1.5%（《残疾人就业条例》的下限），比例待自治区确定", En: "1.5% for the time being (the floor of the national regulation); the region has yet to set it"},
	Values:   []Dated{{From: rule.DayOf(day(2007, 5, 1)), Parts: 150}},
	Document: "《“十四五”就业促进规划》4.5",
}
