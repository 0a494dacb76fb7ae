package policy

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
)

// Case is one example kept with a version of a policy: facts, and the answer that they must get before it is published.
type Case struct {
	Name   string            `yaml:"说明"`
	Day    string            `yaml:"日,omitempty"` // the day it is decided for; "": exampleDay
	Facts  map[string]string `yaml:"事实,flow"`
	Params map[string]string `yaml:"参数,flow,omitempty"` // parameters as the example supposes them
	Want   string            `yaml:"结论"`
	Amount string            `yaml:"金额,omitempty"` // "2270 元"; "": not asked
}

// exampleDay is the day of the shipped examples.
const exampleDay = "2025-09-24"

// answers are the verdicts as examples write them, in the order of rule's constants.
var answers = []string{"不符合", "缺信息", "差一点", "能享受"}

// Outcome is what came out of a Case.
type Outcome struct {
	Case
	Got       string
	GotAmount string // "" where the case asks for none
	OK        bool
	Why       string // why the case itself cannot be decided
}

func readCases(text string) ([]Case, error) {
	var list []Case
	if err := yaml.Unmarshal([]byte(text), &list); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "验证例读不出来，请逐条重新填写")
	}
	return list, nil
}

func writeCases(list []Case) (string, error) {
	if len(list) == 0 {
		return "", nil
	}
	text, err := yaml.Marshal(list)
	return string(text), err
}

// try decides the cases of a policy's text.
func (l *library) try(text, cases string, params map[string]*rule.Parameter) ([]Outcome, error) {
	list, err := readCases(cases)
	if err != nil {
		return nil, err
	}
	p, err := l.load([]byte(text), params)
	if err != nil {
		return nil, err
	}
	out := make([]Outcome, len(list))
	for i, c := range list {
		out[i] = Outcome{Case: c}
		if err := l.decide(&out[i], text, p, params); err != nil {
			out[i].Why = err.Error()
		}
	}
	return out, nil
}

func (l *library) decide(o *Outcome, text string, p *rule.Policy, params map[string]*rule.Parameter) error {
	if len(o.Params) > 0 {
		own := maps.Clone(params)
		for name, value := range o.Params {
			base := params[name]
			if base == nil {
				return fault.New(fault.Invalid, "没有名为“%s”的参数", name)
			}
			row, err := setting{Name: name, Value: value}.row(base)
			if err != nil {
				return err
			}
			own[name] = &rule.Parameter{Name: base.Name, Unit: base.Unit, Rows: []rule.Setting{row}}
		}
		var err error
		if p, err = l.load([]byte(text), own); err != nil {
			return err
		}
	}
	day := o.Day
	if day == "" {
		day = exampleDay
	}
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return fault.New(fault.Invalid, "日期应写成 2025-09-24，您写的是“%s”", day)
	}
	facts := example{}
	for name, text := range o.Facts {
		id, known := p.Dictionary().ID(name)
		if !known {
			return fault.New(fault.Invalid, "不认识的字段“%s”", name)
		}
		if facts[id], err = valueOf(&p.Dictionary().Fields[id], text); err != nil {
			return err
		}
	}
	got := rule.Evaluate(p, facts, rule.DayOf(at))
	o.Got = answers[got.Verdict]
	o.OK = o.Got == o.Want
	if o.Amount == "" {
		return nil
	}
	want, err := yuanOf(o.Amount)
	if err != nil {
		return err
	}
	fen, known := p.Amount.Fen, true
	if fen == 0 || p.Scheduled() {
		fen, known, _ = p.AmountFor(facts, rule.DayOf(at))
	}
	o.GotAmount = "算不出"
	if known {
		o.GotAmount = strings.TrimSuffix(fmt.Sprintf("%d.%02d", fen/100, fen%100), ".00") + " 元"
	}
	o.OK = o.OK && known && fen == want
	return nil
}

// yuanOf reads "2270 元" or "12.50" as fen.
func yuanOf(text string) (int64, error) {
	yuan, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.ReplaceAll(text, ",", ""), "元")), 64)
	if err != nil || yuan < 0 || yuan > 1e11 {
		return 0, fault.New(fault.Invalid, "金额应写成“2270 元”，您写的是“%s”", text)
	}
	return int64(yuan*100 + 0.5), nil
}

// example is the facts of a case.
type example map[int]rule.Value

// Field implements rule.Source.
func (e example) Field(id int) (rule.Value, bool) { v, ok := e[id]; return v, ok }

// valueOf reads one fact as it is written for a field.
func valueOf(f *rule.Field, text string) (rule.Value, error) {
	text = strings.TrimSpace(text)
	wrong := func(form string) (rule.Value, error) {
		return rule.Value{}, fault.New(fault.Invalid, "“%s”应写%s，您写的是“%s”", f.Zh, form, text)
	}
	switch f.Type {
	case rule.Bool:
		if i := slices.Index([]string{"否", "是"}, text); i >= 0 {
			return rule.Yes(i == 1), nil
		}
		return wrong("是或否")
	case rule.Number:
		n, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(text, f.Unit.Zh)), 64)
		if err != nil || n > 1e12 || n < -1e12 {
			return wrong("数字")
		}
		return rule.Parts(int64(n*rule.Scale + 0.5)), nil
	case rule.Date:
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			return wrong("日期，如 2025-09-24")
		}
		return rule.On(rule.DayOf(day)), nil
	case rule.Choice:
		mask := uint64(0)
		for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、,，", r) }) {
			i := slices.IndexFunc(f.Values, func(w rule.Word) bool { return w.Zh == strings.TrimSpace(part) })
			if i < 0 {
				return wrong("其中之一：" + choices(f))
			}
			mask |= 1 << i
		}
		return rule.Some(mask), nil
	}
	return rule.Str(text), nil
}

// choices are the values of a field in a line.
func choices(f *rule.Field) string {
	var list []string
	for _, w := range f.Values {
		list = append(list, w.Zh)
	}
	return strings.Join(list, "、")
}
