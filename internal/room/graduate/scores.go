package graduate

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// Flaw is what is wrong with a row of a file.
type Flaw struct {
	Row  int
	Text string
}

// scoreColumns are the file's columns: the number of the identity card, and one or both scores.
var scoreColumns = []string{"身份证号", "笔试成绩", "面试成绩"}

// score reads points with at most two decimals, 0 to 100, as hundredths; "缺考" is 0.
func score(text string) (int, error) {
	text = strings.TrimSpace(text)
	if text == "缺考" {
		return 0, nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if n := int(v*100 + 0.5); err == nil && v >= 0 && v <= 100 && v*100-float64(n) < 0.001 && v*100-float64(n) > -0.001 {
		return n, nil
	}
	return 0, fmt.Errorf("成绩应为 0～100、最多两位小数，或者写“缺考”，表里是“%s”", text)
}

// ReadScores reads a file of scores and finds the people. Where any row is wrong, all wrong rows are told and nothing is taken.
func (r *Room) ReadScores(ctx context.Context, path string) (list []Score, flaws []Flaw, err error) {
	book, err := sheet.Open(path, sheet.Limits{MaxRows: 20_000})
	if err != nil {
		return nil, nil, err
	}
	defer book.Close()
	table, err := book.Table("", sheet.Titles(1, scoreColumns...))
	if err != nil {
		return nil, nil, err
	}
	if !table.Has(1) && !table.Has(2) {
		return nil, nil, fault.New(fault.Invalid, "表头应有“笔试成绩”“面试成绩”中的至少一列")
	}
	seen, rows := map[string]int{}, map[string]Score{}
	var numbers []string
	for line, err := range table.Lines() {
		if err != nil {
			return nil, nil, err
		}
		bad := func(text string) { flaws = append(flaws, Flaw{line.Number, text}) }
		number, err := identity.ParseIDNumber(line.Cells[0])
		if err != nil {
			bad(err.Error())
			continue
		}
		if before := seen[number.Number]; before > 0 {
			bad(fmt.Sprintf("与第 %d 行是同一个人", before))
			continue
		}
		seen[number.Number] = line.Number
		one := Score{Written: -1, Interview: -1}
		for i, to := range []*int{&one.Written, &one.Interview} {
			if line.Cells[i+1] == "" {
				continue
			}
			if *to, err = score(line.Cells[i+1]); err != nil {
				bad(err.Error())
			}
		}
		numbers, rows[number.Number] = append(numbers, number.Number), one
	}
	known, err := r.People.Resolve(ctx, r.DB, numbers)
	if err != nil {
		return nil, nil, err
	}
	for _, n := range numbers {
		one := rows[n]
		if one.PersonID = known[n]; one.PersonID == 0 {
			flaws = append(flaws, Flaw{seen[n], "登记库中没有这个身份证号"})
			continue
		}
		list = append(list, one)
	}
	if len(list) == 0 && len(flaws) == 0 {
		return nil, nil, fault.New(fault.Invalid, "表中没有成绩")
	}
	return list, flaws, nil
}
