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

// columnsOf finds columns by their titles in a head row; a missing one is -1.
func columnsOf(head sheet.Row, titles []string) []int {
	at := make([]int, len(titles))
	for i, t := range titles {
		at[i] = -1
		for n, cell := range head.Cells {
			if strings.TrimSpace(cell) == t {
				at[i] = n
			}
		}
	}
	return at
}

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
	var at []int
	seen, rows := map[string]int{}, map[string]Score{}
	var numbers []string
	for row, err := range book.Rows("") {
		if err != nil {
			return nil, nil, err
		}
		if at == nil {
			if at = columnsOf(row, scoreColumns); at[0] < 0 || at[1] < 0 && at[2] < 0 {
				return nil, nil, fault.New(fault.Invalid, "第 1 行应有“身份证号”列，和“笔试成绩”“面试成绩”中的至少一列")
			}
			continue
		}
		bad := func(text string) { flaws = append(flaws, Flaw{row.Number, text}) }
		number, err := identity.ParseIDNumber(row.Cell(at[0]))
		if err != nil {
			bad(err.Error())
			continue
		}
		if before := seen[number.Number]; before > 0 {
			bad(fmt.Sprintf("与第 %d 行是同一个人", before))
			continue
		}
		seen[number.Number] = row.Number
		one := Score{Written: -1, Interview: -1}
		for i, to := range []*int{&one.Written, &one.Interview} {
			if at[i+1] < 0 || strings.TrimSpace(row.Cell(at[i+1])) == "" {
				continue
			}
			if *to, err = score(row.Cell(at[i+1])); err != nil {
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
