package policy

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/dictionary"
)

//go:embed policies/*.yaml cases/*.yaml catalogue.yaml parameters.yaml
var policyFiles embed.FS

// Kind is what sort of entry of the catalogue something is.
type Kind string

// The kinds.
const (
	Rule    Kind = "条件" // decided for everybody by its conditions
	Item    Kind = "按件" // has conditions on a class, an area, a project …, which the register does not hold: decided from files
	Pointer Kind = "指引" // leads to another document, which has the conditions
	Process Kind = "规程" // a deadline, ranking or duty that is carried out elsewhere in the system
)

// Kinds in the order of the filter.
var Kinds = []Kind{Rule, Item, Pointer, Process}

// Entry is one policy of the catalogue in one version. Entries do not change.
type Entry struct {
	ID         string
	Kind       Kind
	Subject    string // 主题
	Name       rule.Word
	Document   string
	Place      string
	Quote      string
	Where      rule.Word // of what is not decided here: what it leads to
	Href       string
	Parameters []string // names of those it uses
	Unlisted   bool     // meant for everybody: nobody is put on a list
	Version    int64
	Policy     *rule.Policy // nil: not decided by conditions
	Text       string       // its yaml; "" where Policy is nil
	Cases      string       // yaml of its cases
	Item       *rule.Policy // the conditions on a class, an area, a project … that stand beside; nil: none
	itemText   string
}

// catalogue is the policies of one day in the order of their numbers, apart for people and employers.
type catalogue struct {
	people, employers []*rule.Policy
	entries           []*Entry
	params            map[string]*rule.Parameter
}

// library is what the program brings: the entries of the planning documents, and the parameters they leave open.
type library struct {
	person, employer *rule.Dictionary
	entries          []Entry
	params           map[string]*rule.Parameter
}

// listed is an entry as catalogue.yaml has it.
type listed struct {
	ID      string `yaml:"编号"`
	Subject string `yaml:"主题"`
	Kind    Kind   `yaml:"种类"`
	Listed  string `yaml:"名单"`
	Name    string `yaml:"名称"`
	Source  struct {
		Document string `yaml:"文件"`
		Place    string `yaml:"条款"`
	} `yaml:"来源"`
	Quote      string   `yaml:"原文"`
	Where      string   `yaml:"去处"`
	Href       string   `yaml:"页面"`
	Parameters []string `yaml:"参数"`
	Beside     string   `yaml:"按件"` // file with the same rule for a class
	English    struct {
		Name  string `yaml:"名称"`
		Where string `yaml:"去处"`
	} `yaml:"英文"`
}

// openLibrary reads the files. It fails when one is wrong, with the place and the reason.
func openLibrary(files fs.FS) (*library, error) {
	l := &library{}
	var err error
	if l.person, err = dictionary.Person(); err != nil {
		return nil, err
	}
	if l.employer, err = dictionary.Employer(); err != nil {
		return nil, err
	}
	text, err := fs.ReadFile(files, "parameters.yaml")
	if err != nil {
		return nil, err
	}
	if l.params, err = rule.LoadParameters(parameterBody(text)); err != nil {
		return nil, fmt.Errorf("parameters.yaml: %w", err)
	}
	if text, err = fs.ReadFile(files, "catalogue.yaml"); err != nil {
		return nil, err
	}
	var list []listed
	if err := yaml.Unmarshal(text, &list); err != nil {
		return nil, fmt.Errorf("catalogue.yaml: %w", err)
	}
	for _, e := range list {
		made := Entry{ID: e.ID, Kind: e.Kind, Subject: e.Subject, Name: rule.Word{Zh: e.Name, En: e.English.Name}, Document: e.Source.Document, Place: e.Source.Place,
			Quote: e.Quote, Where: rule.Word{Zh: e.Where, En: e.English.Where}, Href: e.Href, Parameters: e.Parameters, Unlisted: e.Listed == "否", Version: 1}
		if e.Kind == Rule {
			if text, err = fs.ReadFile(files, "policies/"+e.ID+".yaml"); err != nil {
				return nil, err
			}
			made.Text = string(text)
			if text, err = fs.ReadFile(files, "cases/"+e.ID+".yaml"); err != nil {
				return nil, err
			}
			made.Cases = string(text)
		}
		if e.Kind == Item {
			e.Beside = e.ID
		}
		if e.Beside != "" {
			if text, err = fs.ReadFile(files, "policies/"+e.Beside+".yaml"); err != nil {
				return nil, err
			}
			made.itemText = string(text)
		}
		l.entries = append(l.entries, made)
	}
	return l, nil
}

// parameterBody drops the one key 参数 over the names, which LoadParameters does not want.
func parameterBody(text []byte) []byte {
	_, body, _ := strings.Cut(string(text), "参数:\n")
	return []byte(body)
}

// with is the parameters with later settings over them, the latest of one day first.
func (l *library) with(set []setting) (map[string]*rule.Parameter, error) {
	params := maps.Clone(l.params)
	for _, s := range set {
		base := params[s.Name]
		if base == nil {
			continue // of a parameter that is no more
		}
		row, err := s.row(base)
		if err != nil {
			return nil, err
		}
		own := *base
		own.Rows = append([]rule.Setting{row}, base.Rows...)
		params[s.Name] = &own
		if own.Name.En != "" {
			params[own.Name.En] = &own
		}
	}
	return params, nil
}

// make compiles the entries of a day: what the program brings, or instead of it the version in force, and what was written here.
func (l *library) make(versions []Version, set []setting) (*catalogue, error) {
	params, err := l.with(set)
	if err != nil {
		return nil, err
	}
	c := &catalogue{params: params}
	instead := map[string]*Version{}
	for i := range versions {
		instead[versions[i].PolicyID] = &versions[i]
	}
	var list []Entry
	for _, e := range l.entries {
		if v := instead[e.ID]; v != nil {
			e.Text, e.Cases, e.Version, e.Subject = v.Text, v.Cases, v.Version, v.Subject
			delete(instead, e.ID)
		}
		list = append(list, e)
	}
	for _, id := range slices.Sorted(maps.Keys(instead)) {
		v := instead[id]
		list = append(list, Entry{ID: id, Kind: Rule, Subject: v.Subject, Text: v.Text, Cases: v.Cases, Version: v.Version})
	}
	for i := range list {
		e := &list[i]
		switch err := c.add(l, e); {
		case err != nil && e.Version == 1 && l.brings(e.ID):
			return nil, fmt.Errorf("%s: %w", e.ID, err)
		case err != nil: // written for an older program: nobody is decided by it, and it says so
			e.Kind, e.Name.Zh = Pointer, e.ID
			e.Where = rule.Word{Zh: "这一版用到的字段或者参数已经没有了，请起草新的一版", En: "Its fields or parameters are no more; write a new version"}
		}
	}
	return c, nil
}

// brings says whether a policy came with the program.
func (l *library) brings(policy string) bool {
	return slices.ContainsFunc(l.entries, func(e Entry) bool { return e.ID == policy })
}

func (c *catalogue) add(l *library, e *Entry) error {
	c.entries = append(c.entries, e)
	if e.itemText != "" {
		p, err := loadItem([]byte(e.itemText), c.params)
		if err != nil {
			return err
		}
		e.Item = p
	}
	if e.Kind != Rule {
		return nil
	}
	p, err := l.load([]byte(e.Text), c.params)
	if err != nil {
		return err
	}
	e.Policy, e.Name, e.Document, e.Place, e.Quote = p, p.Name, p.Document, p.Place, p.Quote
	e.Parameters = named(e.Text, c.params)
	switch { // what is for a class or an area is decided from files
	case p.For == rule.Employer:
		c.employers = append(c.employers, p)
	case p.For.Screened():
		c.people = append(c.people, p)
	}
	return nil
}

// named are the parameters whose names a policy's text mentions below its source, in the order of names.
func named(text string, params map[string]*rule.Parameter) []string {
	_, body, _ := strings.Cut(text, "原文:")
	_, body, _ = strings.Cut(body, "\n")
	body, _, _ = strings.Cut(body, "\n口径:")
	var list []string
	for name, p := range params {
		if name == p.Name.Zh && strings.Contains(body, name) {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// loadItem reads a policy about what the register does not hold: its fields are those that it names.
func loadItem(text []byte, params map[string]*rule.Parameter) (*rule.Policy, error) {
	open, err := rule.NewDictionary(nil)
	if err != nil {
		return nil, err
	}
	open.Open = true
	return rule.LoadIn(text, open, params)
}

// load reads a policy with the fields of those it is for: a policy for employers may name no field of a person.
func (l *library) load(text []byte, params map[string]*rule.Parameter) (*rule.Policy, error) {
	p, err := rule.LoadIn(text, l.person, params)
	if err == nil && p.For != rule.Employer {
		return p, nil
	}
	if q, again := rule.LoadIn(text, l.employer, params); again == nil && q.For == rule.Employer || err == nil || forEmployers(text) {
		return q, again
	}
	return p, err
}

// forEmployers says whether a text that cannot be read is about employers, so that its errors are told of their fields.
func forEmployers(text []byte) bool {
	return strings.Contains(string(text), "对象: 单位") || strings.Contains(string(text), "对象：单位")
}

// all is every policy with conditions, those for employers first.
func (c *catalogue) all() []*rule.Policy {
	return append(append([]*rule.Policy{}, c.employers...), c.people...)
}

// find is a policy with conditions by its number. It is a fault of kind NotFound when there is none.
func (c *catalogue) find(id string) (*rule.Policy, error) {
	e, err := c.entry(id)
	if err != nil {
		return nil, err
	}
	if e.Policy == nil {
		return nil, fault.New(fault.NotFound, "“%s”没有条件，不逐人判断。%s", e.Name.Zh, e.Where.Zh)
	}
	return e.Policy, nil
}

// entry is anything of the catalogue by its number. It is a fault of kind NotFound when there is none.
func (c *catalogue) entry(id string) (*Entry, error) {
	for _, e := range c.entries {
		if e.ID == id {
			return e, nil
		}
	}
	return nil, fault.New(fault.NotFound, "没有编号为 %s 的政策", id)
}

// open are the parameters an entry uses that nobody has set for a day, with who is to set them.
func (c *catalogue) open(e *Entry, on rule.Day) (list []*rule.Parameter) {
	for _, name := range e.Parameters {
		if p := c.params[name]; p != nil && unset(p, on) {
			list = append(list, p)
		}
	}
	return list
}

// unset says whether a parameter has no value on a day anywhere.
func unset(p *rule.Parameter, on rule.Day) bool {
	return !slices.ContainsFunc(p.Rows, func(s rule.Setting) bool { return !s.Open && s.From <= on && (s.To == 0 || s.To >= on) })
}
