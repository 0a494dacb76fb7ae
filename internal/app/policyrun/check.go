package policyrun

import (
	"fmt"
	"io"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/dictionary"
)

// Check reads policies and prints every mistake with its place. Fields are the system's own, or those of a dictionary, or
// those that a file of subjects has. What can be used but is surely not meant is printed as a reminder. The fault counts
// the policies that cannot be used.
func Check(paths []string, subjects, fields string, print io.Writer) error {
	people, err := dictionary.Person()
	if err != nil {
		return err
	}
	units, err := dictionary.Employer()
	if err != nil {
		return err
	}
	switch {
	case fields != "":
		people, err = readFields(fields)
		units = people
	case subjects != "":
		people, _, _, err = dictionaryOf(subjects, "")
		units = people
	}
	if err != nil {
		return err
	}
	bad, total := 0, 0
	var good []*rule.Policy
	from := map[string]string{} // policy → its file
	for _, path := range paths {
		docs, shared, err := readDocuments(path)
		if err != nil {
			return err
		}
		list := load(docs, people, shared)
		for i := range list {
			if forUnits(docs[i]) {
				list[i] = load(docs[i:i+1], units, shared)[0]
			}
			total++
			if list[i].err == nil {
				good = append(good, list[i].policy)
				from[list[i].id] = list[i].label()
				continue
			}
			bad++
			for _, line := range list[i].lines() {
				fmt.Fprintln(print, line)
			}
		}
	}
	if bad > 0 {
		return fault.New(fault.Invalid, "%d 项政策中有 %d 项有错，请按上面的提示修改", total, bad)
	}
	for _, w := range rule.Warn(good, rule.DayOf(clock.System{}.Today())) {
		fmt.Fprintf(print, "提醒：%s：%s\n", from[w.Policy], w)
	}
	fmt.Fprintf(print, "%d 项政策都可以使用\n", total)
	return nil
}
