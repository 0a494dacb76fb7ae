package policyrun

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
)

// fieldsFile is a dictionary as it is written; every key has an English twin.
type fieldsFile struct {
	Fields   []fieldLine `yaml:"字段"`
	FieldsEn []fieldLine `yaml:"fields"`
	Lists    []listLine  `yaml:"清单"`
	ListsEn  []listLine  `yaml:"lists"`
	Area     string      `yaml:"地区字段"`
	AreaEn   string      `yaml:"area"`
}

type fieldLine struct {
	Zh, En, Type, Unit, Holder, Meaning string
	Values                              []string
}

type listLine struct {
	Zh, En string
	Fields []fieldLine
}

// names are the keys of a line: Chinese and English.
func (f *fieldLine) UnmarshalYAML(n *yaml.Node) error {
	var zh struct {
		Name    string   `yaml:"名称"`
		En      string   `yaml:"英文"`
		Type    string   `yaml:"类型"`
		Unit    string   `yaml:"单位"`
		Holder  string   `yaml:"部门"`
		Meaning string   `yaml:"含义"`
		Values  []string `yaml:"取值"`
	}
	var en struct {
		Name    string   `yaml:"name"`
		En      string   `yaml:"english"`
		Type    string   `yaml:"type"`
		Unit    string   `yaml:"unit"`
		Holder  string   `yaml:"holder"`
		Meaning string   `yaml:"meaning"`
		Values  []string `yaml:"values"`
	}
	if err := n.Decode(&zh); err != nil {
		return err
	}
	if err := n.Decode(&en); err != nil {
		return err
	}
	*f = fieldLine{Zh: or(zh.Name, en.Name), En: or(zh.En, en.En), Type: or(zh.Type, en.Type), Unit: or(zh.Unit, en.Unit),
		Holder: or(zh.Holder, en.Holder), Meaning: or(zh.Meaning, en.Meaning), Values: append(zh.Values, en.Values...)}
	return nil
}

func (l *listLine) UnmarshalYAML(n *yaml.Node) error {
	var zh struct {
		Name   string      `yaml:"名称"`
		En     string      `yaml:"英文"`
		Fields []fieldLine `yaml:"字段"`
	}
	var en struct {
		Name   string      `yaml:"name"`
		En     string      `yaml:"english"`
		Fields []fieldLine `yaml:"fields"`
	}
	if err := n.Decode(&zh); err != nil {
		return err
	}
	if err := n.Decode(&en); err != nil {
		return err
	}
	*l = listLine{Zh: or(zh.Name, en.Name), En: or(zh.En, en.En), Fields: append(zh.Fields, en.Fields...)}
	return nil
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

var types = map[string]rule.Type{
	"是否": rule.Bool, "bool": rule.Bool, "boolean": rule.Bool, "数字": rule.Number, "金额": rule.Number, "number": rule.Number, "money": rule.Number,
	"日期": rule.Date, "date": rule.Date, "类别": rule.Choice, "choice": rule.Choice, "文字": rule.Text, "text": rule.Text,
}

// readFields reads a dictionary of fields.
func readFields(file string) (*rule.Dictionary, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fault.Wrap(fault.NotFound, err, "打不开字段字典 "+file+"，请核对路径")
	}
	var f fieldsFile
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&f); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, filepath.Base(file)+"："+err.Error()+"。字段字典的写法见 docs/policy.md")
	}
	dict, err := fieldsOf(file, append(f.Fields, f.FieldsEn...))
	if err != nil {
		return nil, err
	}
	for _, l := range append(f.Lists, f.ListsEn...) {
		items, err := fieldsOf(file, l.Fields)
		if err != nil {
			return nil, err
		}
		dict.Lists = append(dict.Lists, rule.List{Zh: l.Zh, En: or(l.En, l.Zh+" "), Items: items})
	}
	if area := or(f.Area, f.AreaEn); area != "" {
		id, ok := dict.ID(area)
		if !ok {
			return nil, fault.New(fault.Invalid, "%s：地区字段“%s”不在字段里", filepath.Base(file), area)
		}
		dict.Area = id + 1
	}
	return dict, nil
}

// wordOf is a value in Chinese and, after a blank, English: 残疾人 disabled.
func wordOf(v string) rule.Word {
	zh, en, both := strings.Cut(v, " ")
	if ascii := func(r rune) bool { return r < 0x80 }; both && strings.IndexFunc(zh, ascii) < 0 && strings.IndexFunc(en, func(r rune) bool { return !ascii(r) }) < 0 {
		return rule.Word{Zh: zh, En: en}
	}
	return rule.Word{Zh: v, En: v}
}

func fieldsOf(file string, lines []fieldLine) (*rule.Dictionary, error) {
	fields := make([]rule.Field, len(lines))
	for i, l := range lines {
		t, known := types[strings.ToLower(l.Type)]
		if !known || l.Zh == "" {
			return nil, fault.New(fault.Invalid, "%s：第 %d 个字段“%s”的类型应为是否、数字、日期、类别或文字，写的是“%s”", filepath.Base(file), i+1, l.Zh, l.Type)
		}
		fields[i] = rule.Field{Zh: l.Zh, En: or(l.En, l.Zh+" "), Type: t, Unit: rule.UnitOf(l.Unit), Meaning: l.Meaning, Holder: rule.Word{Zh: l.Holder, En: l.Holder}}
		if l.Type == "金额" || strings.EqualFold(l.Type, "money") {
			fields[i].Unit = rule.Word{Zh: "元", En: "yuan"}
		}
		for _, v := range l.Values {
			fields[i].Values = append(fields[i].Values, wordOf(v))
		}
	}
	d, err := rule.NewDictionary(fields)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, filepath.Base(file)+"："+err.Error())
	}
	return d, nil
}
