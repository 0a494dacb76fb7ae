package policyrun

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
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
		text, err := readText(file)
		if err != nil {
			return nil, nil, err
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
	if len(list) == 0 && len(shared) == 0 {
		return nil, nil, fault.New(fault.Invalid, "%s 里没有政策。政策是 .yaml 文件，写法见 docs/policy.md", path)
	}
	return list, shared, nil
}

// largest is how large a file of policies may be.
const largest = 64 << 20

func readText(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, fault.Wrap(fault.NotFound, err, "读不了 "+file)
	}
	if info.Size() > largest {
		return nil, fault.New(fault.TooLarge, "%s 有 %d MB，政策文件最多 %d MB，请拆成几个", file, info.Size()>>20, largest>>20)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fault.Wrap(fault.NotFound, err, "读不了 "+file)
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if utf8.Valid(text) {
		return text, nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(text)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return nil, fault.New(fault.Invalid, "%s 的文字编码认不出来，请另存为 UTF-8", file)
	}
	return out, nil
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

var parametersOnly = regexp.MustCompile(`(?i)^(?:\s*#.*\n|\s*\n)*["']?(?:参数|parameters|params)["']?\s*[:：]`)

// parametersOf reads a document that holds nothing but parameters.
func parametersOf(d *document) (map[string]*rule.Parameter, bool, error) {
	var top map[string]yaml.Node
	if len(d.text) > rule.MaxBytes || !parametersOnly.Match(d.text) || yaml.Unmarshal(d.text, &top) != nil || len(top) != 1 {
		return nil, false, nil // the policy's own reader says what is wrong
	}
	for _, body := range top {
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
	first := map[string]*document{}
	for i, d := range list {
		out[i] = loaded{document: d}
		out[i].policy, out[i].err = rule.LoadBare(d.text, dict, shared)
		out[i].id = idOf(d)
		if before := first[out[i].id]; before != nil && out[i].err == nil {
			out[i].policy, out[i].err = nil, &rule.Error{Line: 1, Column: 1, Text: fmt.Sprintf("编号“%s”已在 %s 第 %d 行用过，请改一个", out[i].id, before.label(), before.line+1)}
		} else {
			first[out[i].id] = &out[i].document
		}
	}
	return out
}

// textOf is all that the documents say, to know which names they use.
func textOf(list []document) string {
	var b strings.Builder
	for _, d := range list {
		b.Write(d.text)
		b.WriteByte('\n')
	}
	return b.String()
}

var (
	idLine  = regexp.MustCompile(`(?mi)^["']?(?:编号|id)["']?\s*[:：]\s*["']?([^"'#\r\n]+?)["']?\s*(?:#.*)?\r?$`)
	forLine = regexp.MustCompile(`(?mi)^["']?(?:对象|for|subject)["']?\s*[:：]\s*["']?([^"'#\r\n]+?)["']?\s*(?:#.*)?\r?$`)
)

// subjectOf is whom or what a document says that it is for, whether or not it can be read as a whole.
func subjectOf(d document) rule.Subject {
	if m := forLine.FindSubmatch(d.text); m != nil {
		for i, w := range rule.Subjects {
			if string(m[1]) == w.Zh || strings.EqualFold(string(m[1]), w.En) {
				return rule.Subject(i)
			}
		}
		return rule.Other
	}
	return rule.Person
}

// idOf finds the id of a policy that cannot be read as a whole; without one the file's name serves.
func idOf(d document) string {
	if m := idLine.FindSubmatch(d.text); m != nil {
		return string(m[1])
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
