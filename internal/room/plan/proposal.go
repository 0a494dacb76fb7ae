package plan

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/width"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/ground/builtin"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/indicator"
)

// Proposal is an indicator or a task that was read from a document, for a person to accept, correct or drop. Figures are as printed.
type Proposal struct {
	No      int
	Kept    bool
	Note    string // why it is not kept unless somebody says so: a word key
	Block   int    // where in the text
	Section string
	Quote   string

	Name       string // or the task's title
	Unit       string
	BaseYear   string
	Base       string
	Year       string
	Value      string
	High       string
	Comparator string
	Cumulative bool
	Binding    bool
	Tie        string // the computed indicator it is; "" for one that is reported

	Task         bool
	TaskNo       string
	Summary      string
	Lead         string
	Units        []string
	Deliverables []string
	Deadline     string
}

// Why a proposal is not kept by itself.
const (
	noteUndated  = "undated"  // no year
	noteUnread   = "unread"   // no number
	noteTwice    = "twice"    // the same is kept already
	noteAnnual   = "annual"   // holds each year
	notePerArea  = "perarea"  // so many for each lower area
	noteUnitless = "unitless" // no unit
)

// proposals are what a draft proposes, indicators first, each kept unless there is a reason to look at it.
func proposals(d plandoc.Draft) []Proposal {
	var out []Proposal
	taken := map[string]bool{}
	for _, x := range d.Indicators {
		if x.Past {
			continue
		}
		p := Proposal{No: len(out) + 1, Block: x.Place.Block, Section: x.Place.Section, Quote: x.Quote, Name: x.Name, Unit: x.Unit, BaseYear: x.BaseYear, Base: x.BaseValue,
			Year: x.TargetYear, Value: x.TargetValue, Comparator: x.Comparator, Cumulative: x.Cumulative, Binding: x.Attribute == "约束性", Lead: x.Lead}
		if low, high, ok := strings.Cut(x.TargetValue, "-"); ok && x.Comparator == plandoc.Range {
			p.Value, p.High = low, high
		}
		p.Tie = tieOf(x.Name, x.Unit)
		if x.Unit == "" && p.Tie != "" {
			of, _ := Find(p.Tie)
			p.Unit = of.Unit
		}
		p.Note = p.doubt(x, taken)
		p.Kept = p.Note == ""
		if p.Kept {
			taken[p.key()] = true
		}
		out = append(out, p)
	}
	for _, t := range d.Tasks {
		out = append(out, Proposal{No: len(out) + 1, Kept: true, Task: true, Block: t.Place.Block, Section: t.Place.Section, Quote: t.Quote, Name: t.Title, TaskNo: t.No, Summary: t.Summary,
			Lead: t.Lead, Units: t.Units, Deliverables: t.Deliverables, Deadline: t.Deadline})
	}
	return out
}

func (p *Proposal) doubt(x plandoc.Indicator, taken map[string]bool) string {
	switch {
	case x.TargetYear == plandoc.Annual:
		return noteAnnual
	case x.PerArea:
		return notePerArea
	case x.TargetValue == "":
		return noteUnread
	case p.Unit == "" && x.Comparator != plandoc.Words:
		return noteUnitless
	case len(x.TargetYear) != 4:
		return noteUndated
	case taken[p.key()]:
		return noteTwice
	}
	return ""
}

// key is what two targets must not share.
func (p *Proposal) key() string { return p.id() + " " + p.Year }

// id is the indicator's id: the tied one's, or one that the same name and unit have in every plan.
func (p *Proposal) id() string {
	if p.Tie != "" {
		return p.Tie
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(stem(p.Name) + "|" + p.Unit)) // never fails
	return "x" + strconv.FormatUint(h.Sum64(), 36)
}

var (
	aside = regexp.MustCompile(`[（(][^（）()]*[）)]|[\s“”"《》、，,：:]`)
	fuss  = regexp.MustCompile(`^(?:累计|全区|全盟|全市|全旗|其中)|(?:总人数|人数|人次|人口规模|规模|总量|数量|数)$`)
)

// stem is a name without brackets and the words that do not tell two indicators apart.
func stem(name string) string {
	return fuss.ReplaceAllString(aside.ReplaceAllString(width.Narrow.String(name), ""), "")
}

var aliases = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, d := range Indicators() {
		out[stem(d.Name)] = d.ID
	}
	builtin.Table(dataFiles, "data/aliases.csv", func(r builtin.Row) error {
		out[stem(r.Text("alias"))] = r.Text("id")
		return nil
	})
	return out
})

// tieOf is the computed indicator that a name and unit mean, "" where it is none.
func tieOf(name, unit string) string {
	id := aliases()[stem(name)]
	if of, ok := Find(id); ok && (unit == "" || sameUnit(of.Unit, unit)) {
		return id
	}
	return ""
}

// sameUnit says whether two units differ in scale only: 人 and 万人.
func sameUnit(a, b string) bool { return strings.TrimPrefix(a, "万") == strings.TrimPrefix(b, "万") }

// target is a kept proposal as a target of a plan. Faults say what must be corrected.
func (p *Proposal) target(plan indicator.Plan) (indicator.Target, error) {
	t := indicator.Target{Plan: plan.ID, Area: plan.Area, Indicator: p.id(), Unit: p.Unit, Comparator: p.Comparator, Cumulative: p.Cumulative, Binding: p.Binding, Quote: p.Quote,
		BaseYear: plan.BaseYear}
	bad := func(what, typed string) error {
		return fault.New(fault.Invalid, "第 %d 项“%s”的%s应填数字（单位 %s），现在是“%s”，请修改或不采纳", p.No, p.Name, what, p.Unit, typed)
	}
	var err error
	if t.Year, err = strconv.Atoi(p.Year); err != nil || t.Year < 2000 || t.Year > 2100 {
		return t, fault.New(fault.Invalid, "第 %d 项“%s”没有目标年份，请填四位年份或不采纳", p.No, p.Name)
	}
	if y, err := strconv.Atoi(p.BaseYear); err == nil {
		t.BaseYear = y
	}
	if of, ok := Find(p.Tie); ok && !sameUnit(of.Unit, p.Unit) {
		return t, fault.New(fault.Invalid, "第 %d 项“%s”的单位是%s，与对应指标的单位%s不同，请改单位或改为上报", p.No, p.Name, p.Unit, of.Unit)
	}
	if p.Base != "" {
		if t.Base, err = indicator.Scaled(half(p.Base), p.Unit); err != nil {
			return t, bad("基数", p.Base)
		}
	}
	if p.Comparator == indicator.InWords {
		t.Text = p.Value
		return t, nil
	}
	if t.Value, err = indicator.Scaled(half(p.Value), p.Unit); err != nil {
		return t, bad("目标", p.Value)
	}
	if p.Comparator == indicator.Between {
		if t.High, err = indicator.Scaled(half(p.High), p.Unit); err != nil || t.High < t.Value {
			return t, bad("目标上限", p.High)
		}
	}
	return t, nil
}

// written is a proposal as its page and its approval say it: the base with its year, the target as a plan prints it, and the year that it is for.
func (p *Proposal) written(t words) (base, target, when string) {
	if base = p.Base; base != "" && p.BaseYear != "" {
		base = t("plan.doc.baseOf", base, p.BaseYear)
	}
	if when = p.Year; when == plandoc.Annual {
		when = t("plan.doc.annual")
	}
	return base, asPrinted(t, p.Comparator, p.Cumulative, p.Value, p.High), when
}

// definition is the definition of a reported indicator that a plan brings.
func (p *Proposal) definition() indicator.Definition {
	d := indicator.Definition{ID: p.id(), Version: 1, Name: p.Name, Unit: p.Unit, Kind: indicator.Reported, Type: indicator.Level, Frequency: indicator.Yearly, Lead: p.Lead,
		Formula: "由责任单位按规划口径上报", Down: p.Comparator == indicator.AtMost}
	switch {
	case p.Cumulative:
		d.Type = indicator.Cumulative
	case p.Comparator == indicator.AtMost:
		d.Type = indicator.Ceiling
	case p.Comparator == indicator.AtLeast:
		d.Type = indicator.Floor
	case p.Comparator == indicator.About || p.Comparator == indicator.Between:
		d.Type = indicator.Band
	case p.Comparator == indicator.InWords:
		d.Type = indicator.Direction
	}
	return d
}

// task is a kept proposal as a plan's task.
func (p *Proposal) task(plan string) indicator.Task {
	return indicator.Task{Plan: plan, No: p.TaskNo, Key: fmt.Sprintf("t%d", p.No), Title: p.Name, Summary: p.Summary, Lead: p.Lead, Units: p.Units, Deliverables: p.Deliverables,
		Deadline: p.Deadline, Due: dueOf(p.Deadline), Quote: p.Quote}
}

var dueRE = regexp.MustCompile(`(20\d\d)(?:年(?:(\d{1,2})月(?:(\d{1,2})日)?)?)?`)

// dueOf is the last day that a deadline's words name: 2025年底 2025-12-31, 2024年6月 2024-06-30; "" where they name none.
func dueOf(words string) string {
	m := dueRE.FindStringSubmatch(width.Narrow.String(words))
	if m == nil {
		return ""
	}
	month, day := number(m[2]), number(m[3])
	if month < 1 || month > 12 {
		month, day = 12, 31
	}
	p := indicator.Period(number(m[1])*100 + month)
	if day < 1 || day > p.End().Day() {
		day = p.End().Day()
	}
	return clock.Date(p.Year(), p.End().Month(), day).Format("2006-01-02")
}
