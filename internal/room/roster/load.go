package roster

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"jiuye/internal/engine/rule"
	"jiuye/internal/register/dictionary"
)

//go:embed rosters/*.yaml comparisons/*.yaml
var documents embed.FS

// maxTwins fit into the bits of lacks.
const maxTwins = 60

// document is a list as it is written.
type document struct {
	ID   string `yaml:"编号"`
	Name string `yaml:"名称"`
	En   string `yaml:"英文"`
	For  string `yaml:"对象"`
	From struct {
		Document string `yaml:"文件"`
		Place    string `yaml:"条款"`
		Quote    string `yaml:"原文"`
	} `yaml:"来源"`
	Kept struct {
		Office   string `yaml:"部门"`
		OfficeEn string `yaml:"部门英文"`
		Level    string `yaml:"层级"`
	} `yaml:"维护"`
	Basis  string    `yaml:"起始"`
	Enter  yaml.Node `yaml:"条件"`
	Leave  yaml.Node `yaml:"退出"`
	Wanted []struct {
		ID    string `yaml:"编号"`
		Name  string `yaml:"名称"`
		En    string `yaml:"英文"`
		Field string `yaml:"字段"`
		Need  string `yaml:"需求"`
	} `yaml:"应有信息"`
	Services []struct {
		ID    string `yaml:"编号"`
		Name  string `yaml:"名称"`
		En    string `yaml:"英文"`
		Every int    `yaml:"每几天"`
	} `yaml:"服务"`
	Twins []struct {
		ID      string    `yaml:"编号"`
		Name    string    `yaml:"名称"`
		En      string    `yaml:"英文"`
		Service string    `yaml:"缺服务"`
		Wanted  string    `yaml:"缺信息"`
		When    yaml.Node `yaml:"条件"`
	} `yaml:"缺项"`
	Notes []string `yaml:"口径"`
	Check *struct {
		Registers   [2]string `yaml:"两边"`
		RegistersEn [2]string `yaml:"两边英文"`
		Source      string    `yaml:"数据来源"`
		SourceEn    string    `yaml:"数据来源英文"`
		Act         string    `yaml:"怎样办"`
		ActEn       string    `yaml:"怎样办英文"`
		Office      string    `yaml:"核实单位"`
		OfficeEn    string    `yaml:"核实单位英文"`
		WorkDays    int       `yaml:"工作日"`
	} `yaml:"比对"`
}

// loadAll reads the documents of a folder in the order of their numbers. Errors name the file, the place and the mistake.
func loadAll(files fs.FS) ([]*List, error) {
	person, err := dictionary.Person()
	if err != nil {
		return nil, err
	}
	employer, err := dictionary.Employer()
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "*/*.yaml")
	if err != nil {
		return nil, err
	}
	var lists []*List
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		l, err := load(text, person, employer)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if slices.ContainsFunc(lists, func(o *List) bool { return o.ID == l.ID }) {
			return nil, fmt.Errorf("%s: 编号 %s 重复", name, l.ID)
		}
		lists = append(lists, l)
	}
	slices.SortFunc(lists, func(a, b *List) int { return strings.Compare(a.ID, b.ID) })
	return lists, nil
}

// load reads one document.
func load(text []byte, person, employer *rule.Dictionary) (*List, error) {
	var d document
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&d); err != nil {
		return nil, fmt.Errorf("不是合格的名单文件：%w", err)
	}
	l := &List{ID: d.ID, Name: rule.Word{Zh: d.Name, En: d.En}, Document: d.From.Document, Place: d.From.Place, Quote: d.From.Quote, Basis: -1, Notes: d.Notes,
		Keeper: Keeper{Office: rule.Word{Zh: d.Kept.Office, En: d.Kept.OfficeEn}, Level: levels[d.Kept.Level]}}
	at := slices.IndexFunc(rule.Subjects, func(w rule.Word) bool { return w.Zh == d.For })
	if at < 0 {
		return nil, fmt.Errorf("对象应为人员、单位或家庭，写的是“%s”", d.For)
	}
	l.For = rule.Subject(at)
	dict := person
	if l.Employers() {
		dict = employer
	}
	if l.ID == "" || l.Name.Zh == "" || l.Name.En == "" || l.Quote == "" {
		return nil, fmt.Errorf("编号、名称、英文和来源的原文都要写")
	}
	var err error
	if l.Enter, err = condition(&d, &d.Enter, dict); err != nil || l.Enter == nil {
		return nil, fmt.Errorf("条件：%w", either(err, fmt.Errorf("没有写")))
	}
	if l.Leave, err = condition(&d, &d.Leave, dict); err != nil {
		return nil, fmt.Errorf("退出：%w", err)
	}
	if d.Basis != "" {
		id, ok := dict.ID(d.Basis)
		if !ok || dict.Fields[id].Type != rule.Date {
			return nil, fmt.Errorf("起始“%s”不是日期字段，最接近的是“%s”", d.Basis, dict.Nearest(d.Basis))
		}
		l.Basis = id
	}
	for _, a := range d.Wanted {
		made := Attribute{ID: a.ID, Name: rule.Word{Zh: a.Name, En: a.En}, Field: -1, Need: a.Need}
		if a.Field != "" {
			id, ok := dict.ID(a.Field)
			if !ok {
				return nil, fmt.Errorf("应有信息“%s”：不认识的字段“%s”，最接近的是“%s”", a.Name, a.Field, dict.Nearest(a.Field))
			}
			made.Field = id
		}
		if a.Need != "" && needItems[a.Need] == nil {
			return nil, fmt.Errorf("应有信息“%s”：不认识的需求项“%s”", a.Name, a.Need)
		}
		l.Wanted = append(l.Wanted, made)
	}
	for _, s := range d.Services {
		l.Services = append(l.Services, Service{ID: s.ID, Name: rule.Word{Zh: s.Name, En: s.En}, Every: s.Every})
	}
	if len(d.Twins) > maxTwins {
		return nil, fmt.Errorf("缺项最多 %d 个", maxTwins)
	}
	for i := range d.Twins {
		t := &d.Twins[i]
		made := Twin{ID: t.ID, Name: rule.Word{Zh: t.Name, En: t.En}, Service: t.Service, Wanted: t.Wanted}
		if made.When, err = condition(&d, &t.When, dict); err != nil {
			return nil, fmt.Errorf("缺项“%s”：%w", t.Name, err)
		}
		service := l.service(t.Service)
		made.wanted = l.attribute(t.Wanted)
		if service != nil {
			made.every = service.Every
		}
		if service == nil && made.wanted == nil && made.When == nil {
			return nil, fmt.Errorf("缺项“%s”应写缺服务、缺信息或条件之一，服务和信息应在本名单中", t.Name)
		}
		l.Twins = append(l.Twins, made)
	}
	if c := d.Check; c != nil {
		if c.WorkDays <= 0 {
			return nil, fmt.Errorf("比对的工作日应大于 0")
		}
		l.Check = &Check{Registers: [2]rule.Word{{Zh: c.Registers[0], En: c.RegistersEn[0]}, {Zh: c.Registers[1], En: c.RegistersEn[1]}}, Source: rule.Word{Zh: c.Source, En: c.SourceEn},
			Act: rule.Word{Zh: c.Act, En: c.ActEn}, Office: rule.Word{Zh: c.Office, En: c.OfficeEn}, WorkDays: c.WorkDays}
	}
	return l, nil
}

var levels = map[string]rule.Word{"旗县": {Zh: "旗县", En: "banner"}, "苏木乡镇": {Zh: "苏木乡镇", En: "township"}, "盟市": {Zh: "盟市", En: "league"}}

// condition compiles a tree as the rule language has it; nil where none is written.
func condition(d *document, tree *yaml.Node, dict *rule.Dictionary) (*rule.Policy, error) {
	if tree.IsZero() {
		return nil, nil
	}
	text, err := yaml.Marshal(map[string]any{"编号": d.ID, "名称": d.Name, "对象": d.For, "来源": map[string]string{"原文": d.From.Quote}, "条件": tree, "结果": map[string]string{"说明": d.Name}, "办理": map[string]string{"部门": "名单", "下一步": "按名单办理"}})
	if err != nil {
		return nil, err
	}
	return rule.Load(text, dict)
}

func either(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
