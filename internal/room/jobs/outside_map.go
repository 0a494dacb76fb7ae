package jobs

import (
	"bytes"
	"embed"
	"path"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"jiuye/internal/ground/fault"
)

//go:embed mappings/*.yaml
var mappingFiles embed.FS

// Mapping says which columns of a table of adverts hold what.
type Mapping struct {
	Name   string              `yaml:"name"`
	Source string              `yaml:"source"` // who delivers it; vacancies are known by source and key
	Base   string              `yaml:"base"`   // a shipped mapping whose columns are taken where this one names none
	Key    []string            `yaml:"key"`    // columns with the advert's number or address; the first one present
	Fields map[string][]string `yaml:"fields"` // target → columns; the first one with a text wins
	Fixed  map[string]string   `yaml:"fixed"`  // target → text of every row that has none
	Ignore []string            `yaml:"ignore"` // columns that say nothing about the work
	Signs  []string            `yaml:"signs"`  // columns by which a table of this kind is known
}

// targets are what a mapping may fill, as its author reads them.
var targets = []struct{ key, zh string }{
	{"title", "岗位名称"}, {"occupation", "工种"}, {"employer", "单位名称"}, {"credit", "统一社会信用代码"}, {"pay", "工资"}, {"low", "月薪下限"}, {"high", "月薪上限"},
	{"unit", "薪资单位"}, {"code", "区划代码"}, {"place", "工作地点"}, {"district", "区县"}, {"address", "地址"}, {"education", "学历"}, {"experience", "经验"},
	{"openings", "招聘人数"}, {"contract", "合同期限"}, {"hours", "用工形式"}, {"posted", "发布日期"}, {"closes", "截止日期"}, {"benefits", "福利"}, {"skills", "技能"},
	{"friendly", "面向群体"}, {"contact", "联系方式"}, {"person", "联系人"}, {"body", "描述"},
}

// targetAt is the place of a target in the list, -1 for none.
func targetAt(key string) int {
	return slices.IndexFunc(targets, func(t struct{ key, zh string }) bool { return t.key == key })
}

// ReadMapping reads a mapping. Faults: Invalid with the line or the field that is wrong.
func ReadMapping(text []byte) (*Mapping, error) {
	var m Mapping
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&m); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "对照表写得不对："+strings.ReplaceAll(err.Error(), "\n", " ")+"。可写 name、source、base、key、fields、fixed、ignore")
	}
	for _, list := range []map[string]bool{keysOf(m.Fields), keysOf(m.Fixed)} {
		for key := range list {
			if targetAt(key) < 0 {
				return nil, fault.New(fault.Invalid, "对照表里没有项目 %s，可写：%s", key, targetList())
			}
		}
	}
	if m.Base != "" {
		base := shippedMapping(m.Base)
		if base == nil {
			return nil, fault.New(fault.Invalid, "对照表的 base 写的是 %s，没有这个对照表，可写：%s", m.Base, strings.Join(MappingNames(), "、"))
		}
		m.inherit(base)
	}
	if m.Source == "" {
		return nil, fault.New(fault.Invalid, "对照表缺 source，请写数据来源，例如 source: 某招聘网")
	}
	if len(m.Fields["title"]) == 0 || len(m.Fields["employer"]) == 0 && len(m.Fields["credit"]) == 0 && m.Fixed["employer"] == "" {
		return nil, fault.New(fault.Invalid, "对照表至少要写 title（岗位名称）和 employer（单位名称）两项")
	}
	return &m, nil
}

func keysOf[V any](m map[string]V) map[string]bool {
	out := make(map[string]bool, len(m))
	for k := range m {
		out[k] = true
	}
	return out
}

func targetList() string {
	list := make([]string, len(targets))
	for i, t := range targets {
		list[i] = t.key + "（" + t.zh + "）"
	}
	return strings.Join(list, "、")
}

// inherit adds the base's columns behind the mapping's own.
func (m *Mapping) inherit(base *Mapping) {
	if m.Fields == nil {
		m.Fields = map[string][]string{}
	}
	for _, t := range targets {
		m.Fields[t.key] = append(slices.Clone(m.Fields[t.key]), base.Fields[t.key]...)
	}
	m.Key = append(m.Key, base.Key...)
	m.Ignore = append(m.Ignore, base.Ignore...)
}

// shipped are the mappings in the program: by file name, in the order of their names.
var shipped = sync.OnceValue(func() (list []struct {
	name string
	*Mapping
}) {
	files, _ := mappingFiles.ReadDir("mappings")
	read := func(name string) *Mapping {
		text, err := mappingFiles.ReadFile("mappings/" + name)
		var m Mapping
		if err != nil || yaml.Unmarshal(text, &m) != nil {
			return nil
		}
		return &m
	}
	base := read("general.yaml")
	for _, f := range files {
		m := read(f.Name())
		if m == nil {
			continue // a test reads every file that is shipped
		}
		if m.Base != "" && base != nil {
			m.inherit(base)
		}
		list = append(list, struct {
			name string
			*Mapping
		}{strings.TrimSuffix(path.Base(f.Name()), ".yaml"), m})
	}
	return list
})

func shippedMapping(name string) *Mapping {
	for _, s := range shipped() {
		if s.name == name {
			return s.Mapping
		}
	}
	return nil
}

// MappingNames are the shipped mappings' names.
func MappingNames() (names []string) {
	for _, s := range shipped() {
		names = append(names, s.name)
	}
	return names
}

// headKey is a column's name as it is compared.
func headKey(head string) string {
	head = strings.NewReplacer("（", "(", "）", ")", " ", "", "　", "", "*", "", "\n", "", "：", "", ":", "").Replace(head)
	return strings.ToLower(head)
}

// columnMap is a mapping laid over a table's head.
type columnMap struct {
	*Mapping
	at      [][]int // by target: columns, the first one with a text wins
	key     []int
	unknown []int // columns that no target takes: kept in the body
	heads   []string
}

// lay lays the mapping over a head.
func (m *Mapping) lay(heads []string) *columnMap {
	c := &columnMap{Mapping: m, at: make([][]int, len(targets)), heads: heads}
	where := make(map[string]int, len(heads))
	for i, h := range heads {
		if k := headKey(h); k != "" {
			if _, twice := where[k]; !twice {
				where[k] = i
			}
		}
	}
	used := map[int]bool{}
	find := func(names []string) (list []int) {
		for _, name := range names {
			if i, ok := where[headKey(name)]; ok && !slices.Contains(list, i) {
				list = append(list, i)
				used[i] = true
			}
		}
		return list
	}
	for t := range targets {
		c.at[t] = find(m.Fields[targets[t].key])
	}
	c.key = find(m.Key)
	for _, name := range m.Ignore {
		if i, ok := where[headKey(name)]; ok {
			used[i] = true
		}
	}
	for i, h := range heads {
		if strings.TrimSpace(h) != "" && !used[i] {
			c.unknown = append(c.unknown, i)
		}
	}
	return c
}

// fits tells how well a mapping fits a head: 0 when title or employer are missing.
func (m *Mapping) fits(heads []string) (score int) {
	c := m.lay(heads)
	if len(c.at[targetAt("title")]) == 0 || len(c.at[targetAt("employer")])+len(c.at[targetAt("credit")]) == 0 && m.Fixed["employer"] == "" {
		return 0
	}
	for _, at := range c.at {
		if len(at) > 0 {
			score += 2
		}
	}
	for _, sign := range m.Signs {
		if slices.ContainsFunc(heads, func(h string) bool { return headKey(h) == headKey(sign) }) {
			score += 3
		}
	}
	if m.Fixed["employer"] != "" && score < 6 { // a lone 岗位名称 is no head
		return 0
	}
	return score
}

// chooseMapping is the shipped mapping that fits a head best; nil when none does.
func chooseMapping(heads []string) (best *Mapping, score int) {
	for _, s := range shipped() {
		if n := s.fits(heads); n > score || n == score && n > 0 && s.name == "general" {
			best, score = s.Mapping, n
		}
	}
	return best, score
}
