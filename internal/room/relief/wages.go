package relief

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
)

// Flaw is what is wrong with a row of a file.
type Flaw struct {
	Row  int
	Text string
}

// wageColumns are the file's columns; names and other columns are passed over.
var wageColumns = []string{"身份证号", "月份", "应发工资", "实发工资", "发放日期"}

// ReadWages reads a file of wages and finds the people. Where any row is wrong, all wrong rows are told and nothing is taken.
func (r *Room) ReadWages(ctx context.Context, path string) (list []Pay, flaws []Flaw, err error) {
	book, err := sheet.Open(path, sheet.Limits{MaxRows: 20_000})
	if err != nil {
		return nil, nil, err
	}
	defer book.Close()
	type line struct {
		row    int
		number string
		Pay
	}
	table, err := book.Table("", sheet.Titles(len(wageColumns), wageColumns...))
	if err != nil {
		return nil, nil, err
	}
	var lines []line
	seen := map[string]int{}
	for row, err := range table.Lines() {
		if err != nil {
			return nil, nil, err
		}
		one, number, wrong := wage(row.Cells)
		key := fmt.Sprint(number, one.Month)
		switch {
		case wrong != "":
			flaws = append(flaws, Flaw{row.Number, wrong})
		case seen[key] > 0:
			flaws = append(flaws, Flaw{row.Number, fmt.Sprintf("与第 %d 行是同一个人同一个月", seen[key])})
		default:
			seen[key] = row.Number
			lines = append(lines, line{row.Number, number, one})
		}
	}
	var numbers []string
	for _, l := range lines {
		numbers = append(numbers, l.number)
	}
	known, err := r.People.Resolve(ctx, r.DB, numbers)
	if err != nil {
		return nil, nil, err
	}
	for _, l := range lines {
		if l.PersonID = known[l.number]; l.PersonID == 0 {
			flaws = append(flaws, Flaw{l.row, "登记库中没有这个身份证号"})
			continue
		}
		list = append(list, l.Pay)
	}
	if len(list) == 0 && len(flaws) == 0 {
		return nil, nil, fault.New(fault.Invalid, "表中没有工资")
	}
	return list, flaws, nil
}

// wage reads one row; wrong says what is wrong with it.
func wage(cells []string) (p Pay, number, wrong string) {
	id, err := identity.ParseIDNumber(cells[0])
	if err != nil {
		return p, "", err.Error()
	}
	if p.Month = monthOf(cells[1]); p.Month == 0 {
		return p, "", fmt.Sprintf("月份应写成 2025-09 或 202509，表里是“%s”", cells[1])
	}
	for i, to := range []*int64{&p.Due, &p.Paid} {
		if *to, err = fen(cells[2+i]); err != nil {
			return p, "", wageColumns[2+i] + err.Error()
		}
	}
	if text := cells[4]; text != "" {
		day, ok := web.ParseDate(text)
		if !ok {
			return p, "", fmt.Sprintf("发放日期应写成 2025-10-15，表里是“%s”", text)
		}
		p.On = db.On(day)
	}
	switch {
	case p.Due <= 0:
		return p, "", "应发工资应大于 0"
	case p.Paid > 0 && p.On.IsZero():
		return p, "", "有实发工资时应填写发放日期"
	}
	return p, id.Number, ""
}

// monthOf reads a month as 202509; 0 when it is none.
func monthOf(text string) int {
	text = strings.NewReplacer("年", "-", "月", "", "/", "-", ".", "-").Replace(text)
	if y, m, ok := strings.Cut(text, "-"); ok {
		m, _, _ = strings.Cut(m, "-")
		if len(m) == 1 {
			m = "0" + m
		}
		text = y + m
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 200001 || n > 210012 || n%100 < 1 || n%100 > 12 {
		return 0
	}
	return n
}

// fen reads an amount in yuan with at most two decimals; "" is nothing.
func fen(text string) (int64, error) {
	text = strings.NewReplacer(",", "", "，", "").Replace(text)
	if text == "" {
		return 0, nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v >= 0 && v <= 1_000_000) || math.Abs(v*100-math.Round(v*100)) > 0.001 {
		return 0, fmt.Errorf("应为 0～1000000 元、最多两位小数，表里是“%s”", text)
	}
	return int64(math.Round(v * 100)), nil
}
