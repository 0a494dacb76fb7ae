package occupationrun

import (
	"path/filepath"
	"slices"
	"strings"

	"jiuye/internal/engine/rank/occupation"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// The names a column goes by, the first being the one that faults and outputs use.
var (
	titleNames      = []string{"job_name", "岗位名称", "职位名称", "职位", "岗位", "工种", "title", "name"}
	expectedNames   = []string{"expected_code", "code", "职业代码", "职业编码", "代码"}
	codeNames       = []string{"code", "职业代码", "代码", "编码"}
	nameNames       = []string{"name", "职业名称", "名称"}
	aliasNames      = []string{"alias", "别名", "aliases"}
	definitionNames = []string{"definition", "定义", "职业定义"}
	taskNames       = []string{"tasks", "主要工作任务", "工作任务"}
)

// table is a file with its head.
type table struct {
	path string
	head []string
	rows [][]string
}

func readTable(path string) (*table, error) {
	book, err := sheet.Open(path, sheet.Limits{})
	if err != nil {
		return nil, err
	}
	defer book.Close()
	t := &table{path: filepath.Base(path)}
	for row, err := range book.Rows("") {
		switch {
		case err != nil:
			return nil, err
		case t.head == nil:
			t.head = []string{}
			for _, c := range row.Cells {
				t.head = append(t.head, strings.ToLower(strings.TrimSpace(c)))
			}
		default:
			t.rows = append(t.rows, row.Cells)
		}
	}
	if len(t.head) == 0 {
		return nil, fault.New(fault.Invalid, "%s 是空的，第一行应写列名", t.path)
	}
	return t, nil
}

// column finds a column by its names; -1 where there is none.
func (t *table) column(names []string) int {
	for _, n := range names {
		if i := slices.Index(t.head, n); i >= 0 {
			return i
		}
	}
	return -1
}

// must is column, and a fault that says what was looked for and what there is.
func (t *table) must(what string, names []string) (int, error) {
	if i := t.column(names); i >= 0 {
		return i, nil
	}
	return -1, fault.New(fault.Invalid, "%s 里没有写%s的列：列名应是 %s 之一，现有的列名是 %s，请改列名后再试",
		t.path, what, strings.Join(names, "、"), strings.Join(t.head, "、"))
}

func cell(row []string, i int) string {
	if i < 0 || i >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[i])
}

// classes reads a classification, and the definitions of another file where one is given.
func classes(path, definitions string) ([]occupation.Class, error) {
	if path == "" {
		return nil, nil
	}
	t, err := readTable(path)
	if err != nil {
		return nil, err
	}
	code, err := t.must("职业代码", codeNames)
	if err != nil {
		return nil, err
	}
	name, err := t.must("职业名称", nameNames)
	if err != nil {
		return nil, err
	}
	said, err := definitionsOf(definitions)
	if err != nil {
		return nil, err
	}
	alias, own := t.column(aliasNames), t.column(definitionNames)
	var list []occupation.Class
	for _, row := range t.rows {
		c := occupation.Class{Code: cell(row, code), Name: cell(row, name)}
		for a := range strings.FieldsFuncSeq(cell(row, alias), func(r rune) bool { return strings.ContainsRune(",，、;；", r) }) {
			c.Aliases = append(c.Aliases, strings.TrimSpace(a))
		}
		if c.Definition = said[c.Code]; c.Definition == "" {
			c.Definition = cell(row, own)
		}
		list = append(list, c)
	}
	if len(list) == 0 {
		return nil, fault.New(fault.Invalid, "%s 只有列名，没有一个职业", t.path)
	}
	return list, nil
}

func definitionsOf(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	t, err := readTable(path)
	if err != nil {
		return nil, err
	}
	code, err := t.must("职业代码", codeNames)
	if err != nil {
		return nil, err
	}
	definition, err := t.must("职业定义", definitionNames)
	if err != nil {
		return nil, err
	}
	tasks := t.column(taskNames)
	said := map[string]string{}
	for _, row := range t.rows {
		said[cell(row, code)] = cell(row, definition) + " " + cell(row, tasks)
	}
	return said, nil
}

// labelled reads titles with the codes that people gave them.
func labelled(path string) ([]occupation.Labelled, error) {
	t, err := readTable(path)
	if err != nil {
		return nil, err
	}
	title, err := t.must("岗位名称", titleNames)
	if err != nil {
		return nil, err
	}
	code, err := t.must("职业代码", expectedNames)
	if err != nil {
		return nil, err
	}
	var list []occupation.Labelled
	for _, row := range t.rows {
		if one := (occupation.Labelled{Title: cell(row, title), Code: cell(row, code)}); one.Title != "" && one.Code != "" {
			list = append(list, one)
		}
	}
	return list, nil
}
