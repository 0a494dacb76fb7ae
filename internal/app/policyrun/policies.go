package policyrun

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
)

// document is one policy's text; a file may hold several with lines --- between them.
type document struct {
	file string
	line int // of the file, before the document's first
	text []byte
}

// label names a document in messages.
func (d *document) label() string { return filepath.Base(d.file) }

// readDocuments reads a file, or all yaml files of a folder in the order of their names. Documents whose only key is 参数
// (or parameters) hold parameters that all policies share.
func readDocuments(path string) (list []document, shared map[string]*rule.Parameter, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, fault.Wrap(fault.NotFound, err, "打不开 "+path+"，请核对路径")
	}
	files := []string{path}
	if info.IsDir() {
		files = nil
		for _, pattern := range []string{"*.yaml", "*.yml"} {
			found, _ := filepath.Glob(filepath.Join(path, pattern)) // the pattern is a good one
			files = append(files, found...)
		}
		slices.Sort(files)
	}
	shared = map[string]*rule.Parameter{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, fault.Wrap(fault.NotFound, err, "读不了 "+file)
		}
		for _, d := range split(file, text) {
			own, is, err := parametersOf(&d)
			if err != nil {
				return nil, nil, err
			}
			if !is {
				list = append(list, d)
				continue
			}
			for name, p := range own {
				shared[name] = p
			}
		}
	}
	if len(list) == 0 {
		return nil, nil, fault.New(fault.Invalid, "%s 里没有政策。政策是 .yaml 文件，写法见 docs/policy.md", path)
	}
	return list, shared, nil
}

func split(file string, text []byte) (list []document) {
	lines := bytes.SplitAfter(text, []byte("\n"))
	d := document{file: file}
	end := func(next int) {
		if len(bytes.TrimSpace(d.text)) > 0 {
			list = append(list, d)
		}
		d = document{file: file, line: next}
	}
	for i, line := range lines {
		if strings.TrimRight(string(line), " \r\n") == "---" {
			end(i + 1)
			continue
		}
		d.text = append(d.text, line...)
	}
	end(0)
	return list
}

// parametersOf reads a document that holds nothing but parameters.
func parametersOf(d *document) (map[string]*rule.Parameter, bool, error) {
	var top map[string]yaml.Node
	if yaml.Unmarshal(d.text, &top) != nil || len(top) != 1 {
		return nil, false, nil // the policy's own reader says what is wrong
	}
	for key, body := range top {
		if key != "参数" && !strings.EqualFold(key, "parameters") {
			return nil, false, nil
		}
		text, err := yaml.Marshal(&body)
		if err != nil {
			return nil, false, err
		}
		p, err := rule.LoadParameters(text)
		if err != nil {
			return nil, false, fault.Wrap(fault.Invalid, err, d.label()+"："+err.Error())
		}
		return p, true, nil
	}
	return nil, false, nil
}

// loaded is a policy, or why it cannot be read.
type loaded struct {
	document
	id     string
	policy *rule.Policy
	err    error
}

func load(list []document, dict *rule.Dictionary, shared map[string]*rule.Parameter) []loaded {
	out := make([]loaded, len(list))
	for i, d := range list {
		out[i] = loaded{document: d}
		out[i].policy, out[i].err = rule.LoadIn(d.text, dict, shared)
		out[i].id = idOf(d)
		if out[i].policy != nil {
			out[i].id = out[i].policy.ID
		}
	}
	return out
}

// forUnits says whether a document says that it is for employers.
func forUnits(d document) bool {
	var top struct {
		Zh string `yaml:"对象"`
		En string `yaml:"for"`
	}
	_ = yaml.Unmarshal(d.text, &top) // then the policy's own reader says what is wrong
	return top.Zh == rule.Subjects[rule.Employer].Zh || strings.EqualFold(top.En, rule.Subjects[rule.Employer].En)
}

// idOf finds the id of a policy that cannot be read as a whole.
func idOf(d document) string {
	var top struct {
		Zh string `yaml:"编号"`
		En string `yaml:"id"`
	}
	_ = yaml.Unmarshal(d.text, &top) // then the file's name serves
	for _, id := range []string{top.Zh, top.En} {
		if id != "" {
			return id
		}
	}
	return strings.TrimSuffix(d.label(), filepath.Ext(d.file))
}

// lines are a document's errors with the lines of its file.
func (l *loaded) lines() (out []string) {
	var each func(error)
	each = func(err error) {
		if many, is := err.(interface{ Unwrap() []error }); is {
			for _, e := range many.Unwrap() {
				each(e)
			}
			return
		}
		var at *rule.Error
		if errors.As(err, &at) && at.Line > 0 {
			out = append(out, fmt.Sprintf("%s 第 %d 行第 %d 列：%s", l.label(), at.Line+l.line, at.Column, at.Text))
			return
		}
		out = append(out, l.label()+"："+err.Error())
	}
	each(l.err)
	return out
}
