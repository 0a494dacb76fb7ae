package policyrun

import (
	"context"
	"fmt"
	"io"
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/dictionary"
)

// Check reads policies and prints every mistake with its place. Fields are the system's own, or those of a dictionary, or
// those that a file of subjects has; of a subject that the register does not hold (a training class, an area) they are
// whatever its policies name. What can be used but is surely not meant, or cannot be published, is printed as a reminder.
// The fault counts the policies that cannot be used.
func Check(paths []string, subjects, fields string, print io.Writer) error {
	var docs []document
	shared := map[string]*rule.Parameter{}
	for _, path := range paths {
		list, params, err := readDocuments(path)
		if err != nil {
			return err
		}
		docs = append(docs, list...)
		for name, p := range params {
			shared[name] = p
		}
	}
	dictOf, err := dictionaries(subjects, fields, textOf(docs))
	if err != nil {
		return err
	}
	kinds := map[*rule.Dictionary][]document{}
	var order []*rule.Dictionary
	for _, d := range docs {
		dict := dictOf(subjectOf(d))
		if kinds[dict] == nil {
			order = append(order, dict)
		}
		kinds[dict] = append(kinds[dict], d)
	}
	bad := 0
	var good []*rule.Policy
	from := map[string]string{} // policy → its file
	for _, dict := range order {
		for _, one := range load(kinds[dict], dict, shared) {
			if one.err == nil {
				good = append(good, one.policy)
				from[one.id] = one.label()
				continue
			}
			bad++
			for _, line := range one.lines() {
				fmt.Fprintln(print, line)
			}
		}
		if names := dict.Absent(); len(names) > 0 {
			fmt.Fprintf(print, "提醒：没有字典，这些字段由政策自己用到：%s\n", strings.Join(names, "、"))
		}
	}
	if bad > 0 {
		return fault.New(fault.Invalid, "%d 项政策中有 %d 项有错，请按上面的提示修改", len(docs), bad)
	}
	for _, w := range rule.Warn(good, rule.DayOf(clock.System{}.Today())) {
		fmt.Fprintf(print, "提醒：%s：%s\n", from[w.Policy], w)
	}
	for _, p := range good {
		if names := p.Unsaid(); len(names) > 0 && subjects == "" && fields == "" {
			fmt.Fprintf(print, "提醒：%s：%s 可以判断，还不能公布：缺少%s\n", from[p.ID], p.ID, strings.Join(names, "、"))
		}
	}
	fmt.Fprintf(print, "%d 项政策都可以使用\n", len(docs))
	return nil
}

// dictionaries gives the fields of each kind of subject.
func dictionaries(subjects, fields, policies string) (func(rule.Subject) *rule.Dictionary, error) {
	var one *rule.Dictionary
	var err error
	switch {
	case fields != "":
		one, err = readFields(fields)
	case subjects != "":
		var s *source
		if s, err = openSource(subjects); err == nil {
			one, _, err = dictionaryOf(context.Background(), s, "", policies)
		}
	}
	if err != nil || one != nil {
		return func(rule.Subject) *rule.Dictionary { return one }, err
	}
	people, err := dictionary.Person()
	if err != nil {
		return nil, err
	}
	units, err := dictionary.Employer()
	if err != nil {
		return nil, err
	}
	open := map[rule.Subject]*rule.Dictionary{}
	return func(kind rule.Subject) *rule.Dictionary {
		switch {
		case kind == rule.Employer:
			return units
		case kind.Screened():
			return people
		case open[kind] == nil:
			open[kind], _ = rule.NewDictionary(nil) // of no fields, so it has no trouble
			open[kind].Open = true
		}
		return open[kind]
	}, nil
}
