package policy

import (
	"fmt"
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
)

// setting is one value of a parameter as somebody set it, by two people.
type setting struct {
	ID       int64
	Name     string
	From     db.Date
	Key      string // of which class; "": of every class
	Area     string // where; "": everywhere
	Value    string // as it was written: 2270, 70%, 5000 元
	Source   string // the document that sets it
	By       string // who asked
	Approver string // who agreed
	At       int64  // unix ms
}

func (s *setting) fields() []any {
	return []any{&s.ID, &s.Name, &s.From, &s.Key, &s.Area, &s.Value, &s.Source, &s.By, &s.Approver, &s.At}
}

// row reads the value as the parameter's own. Faults: Invalid.
func (s setting) row(p *rule.Parameter) (rule.Setting, error) {
	value := strings.TrimSpace(s.Value)
	if value == "" || strings.ContainsAny(value, "{}[]\n#&*") {
		return rule.Setting{}, fault.New(fault.Invalid, "“%s”的值应写数字，如 2270、70%% 或 5000 元，您写的是“%s”", p.Name.Zh, s.Value)
	}
	read, err := rule.LoadParameters([]byte(fmt.Sprintf("值:\n  取值:\n    - 值: %s\n", value)))
	if err != nil {
		return rule.Setting{}, fault.Wrap(fault.Invalid, err, "“"+p.Name.Zh+"”的值应写数字，如 2270、70% 或 5000 元，您写的是“"+s.Value+"”")
	}
	made := read["值"]
	if u := made.Unit.Zh; u != "" && p.Unit.Zh != "" && u != p.Unit.Zh {
		return rule.Setting{}, fault.New(fault.Invalid, "“%s”的单位是%s，您写的是%s", p.Name.Zh, p.Unit.Zh, u)
	}
	row := made.Rows[0]
	if row.Open {
		return row, fault.New(fault.Invalid, "“%s”还没有确定的，不用设置", p.Name.Zh)
	}
	row.Key, row.Area, row.From = s.Key, s.Area, -1<<40
	if !s.From.IsZero() {
		row.From = rule.DayOf(s.From.Time)
	}
	return row, nil
}

// sound asks whether a value may be set, beyond being readable. Faults: Invalid.
func (s setting) sound(p *rule.Parameter) error {
	row, err := s.row(p)
	switch {
	case err != nil:
		return err
	case row.Value < 0:
		return fault.New(fault.Invalid, "“%s”不能小于 0，您写的是“%s”", p.Name.Zh, s.Value)
	case p.Unit.Zh != "" && p.Unit.Zh != "%" && strings.ContainsAny(s.Value, "%％"):
		return fault.New(fault.Invalid, "“%s”以%s计，不能写成比例，您写的是“%s”", p.Name.Zh, p.Unit.Zh, s.Value)
	case s.Area != "" && !area.Exists(s.Area):
		return fault.New(fault.Invalid, "没有区划代码 %s，请核对后重填", s.Area)
	}
	return nil
}
