package linkrun

import (
	"context"
	"fmt"
	"slices"

	"jiuye/internal/engine/linkage"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// truthOf is the truth from each record's entity, or from a file of left,right.
func truthOf(_ context.Context, d *linkage.Data, t *table, file string) (linkage.TruthPairs, error) {
	if file != "" {
		return truthFile(d, t, file)
	}
	numbers := map[string]uint32{"": 0}
	entity := make([]uint32, len(t.truth.ends))
	for i := range entity {
		n, found := numbers[string(t.truth.at(i))]
		if !found {
			n = uint32(len(numbers))
			numbers[string(t.truth.at(i))] = n
		}
		entity[i] = n
	}
	return d.PairsOf(entity), nil
}

// truthFile reads the pairs that belong together by the records' own numbers.
func truthFile(d *linkage.Data, t *table, path string) (linkage.TruthPairs, error) {
	book, err := sheet.Open(path, sheet.Limits{})
	if err != nil {
		return nil, fmt.Errorf("%s：%w", path, err)
	}
	defer book.Close()
	left, right := map[string]int{}, map[string]int{}
	for i := range d.Len() {
		name := string(t.names.at(i))
		if i < d.Lefts() {
			left[name] = i
		} else {
			right[name] = i
		}
	}
	var truth linkage.TruthPairs
	unknown, head := 0, true
	for row, err := range book.Rows("") {
		if err != nil {
			return nil, fmt.Errorf("%s：%w", path, err)
		}
		l, foundLeft := left[row.Cell(0)]
		r, foundRight := right[row.Cell(1)]
		switch {
		case foundLeft && foundRight:
			truth = append(truth, d.Pair(l, r))
		case !head:
			unknown++
		}
		head = false
	}
	if unknown > 0 {
		return nil, &fault.Error{Kind: fault.Invalid, Text: fmt.Sprintf("%s 有 %d 行的编号在两个文件里找不到，第一列应是左边、第二列应是右边的记录编号", path, unknown)}
	}
	slices.Sort(truth)
	return slices.Compact(truth), nil
}
