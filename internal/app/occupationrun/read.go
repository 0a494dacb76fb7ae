package occupationrun

import (
	"cmp"
	"path/filepath"
	"strings"

	"jiuye/internal/engine/rank/occupation"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// The columns, by the names they go by.
var (
	jobs     = sheet.Title{Need: true, Names: []string{"岗位名称", "job_name", "职位名称", "职位", "岗位", "工种", "title", "name"}}
	expected = sheet.Title{Need: true, Names: []string{"职业代码", "expected_code", "code", "职业编码", "代码"}}
	codes    = sheet.Title{Need: true, Names: []string{"职业代码", "code", "代码", "编码"}}
	names    = sheet.Title{Need: true, Names: []string{"职业名称", "name", "名称"}}
	aliases  = sheet.Title{Names: []string{"别名", "alias", "aliases"}}
	tasks    = sheet.Title{Names: []string{"tasks", "主要工作任务", "工作任务"}}
)

func definition(need bool) sheet.Title {
	return sheet.Title{Need: need, Names: []string{"职业定义", "definition", "定义"}}
}

// read reads the columns of a file's first sheet: one slice a row, in the order of the titles.
func read(path string, titles ...sheet.Title) (rows [][]string, err error) {
	book, err := sheet.Open(path, sheet.Limits{})
	if err != nil {
		return nil, err
	}
	defer book.Close()
	t, err := book.Table("", titles)
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s：%s", filepath.Base(path), fault.TextOf(err))
	}
	for line, err := range t.Lines() {
		if err != nil {
			return nil, err
		}
		rows = append(rows, line.Cells)
	}
	return rows, nil
}

// classes reads a classification, and the definitions of another file where one is given.
func classes(path, definitions string) ([]occupation.Class, error) {
	if path == "" {
		return nil, nil
	}
	rows, err := read(path, codes, names, aliases, definition(false))
	if err != nil {
		return nil, err
	}
	said, err := definitionsOf(definitions)
	if err != nil {
		return nil, err
	}
	var list []occupation.Class
	for _, row := range rows {
		c := occupation.Class{Code: row[0], Name: row[1], Definition: cmp.Or(said[row[0]], row[3])}
		for a := range strings.FieldsFuncSeq(row[2], func(r rune) bool { return strings.ContainsRune(",，、;；", r) }) {
			c.Aliases = append(c.Aliases, strings.TrimSpace(a))
		}
		list = append(list, c)
	}
	if len(list) == 0 {
		return nil, fault.New(fault.Invalid, "%s 只有列名，没有一个职业", filepath.Base(path))
	}
	return list, nil
}

func definitionsOf(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	rows, err := read(path, codes, definition(true), tasks)
	if err != nil {
		return nil, err
	}
	said := map[string]string{}
	for _, row := range rows {
		said[row[0]] = row[1] + " " + row[2]
	}
	return said, nil
}

// labelled reads titles with the codes that people gave them.
func labelled(path string) ([]occupation.Labelled, error) {
	rows, err := read(path, jobs, expected)
	if err != nil {
		return nil, err
	}
	var list []occupation.Labelled
	for _, row := range rows {
		if row[0] != "" && row[1] != "" {
			list = append(list, occupation.Labelled{Title: row[0], Code: row[1]})
		}
	}
	return list, nil
}
