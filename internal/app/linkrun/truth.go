package linkrun

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

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
	var truth linkage.TruthPairs
	unknown, err := pairsFile(d, t, path, func(l, r int) { truth = append(truth, d.Pair(l, r)) })
	if err != nil {
		return nil, err
	}
	if unknown > 0 {
		return nil, &fault.Error{Kind: fault.Invalid, Text: fmt.Sprintf("%s 有 %d 行的编号在两个文件里找不到，第一列应是左边、第二列应是右边的记录编号", path, unknown)}
	}
	slices.Sort(truth)
	return slices.Compact(truth), nil
}

// pairsFile goes through a file of two columns, the numbers of a left and a right record (in one file, of any two), and counts
// the rows whose numbers no record has. A first row that names no records is a header.
func pairsFile(d *linkage.Data, t *table, path string, f func(left, right int)) (unknown int, err error) {
	book, err := sheet.Open(path, sheet.Limits{})
	if err != nil {
		return 0, fmt.Errorf("%s：%w", path, err)
	}
	defer book.Close()
	left := map[string]int{}
	right := left
	if d.Lefts() < d.Len() {
		right = map[string]int{}
	}
	for i := range d.Len() {
		name := string(t.names.at(i))
		if i < d.Lefts() {
			left[name] = i
		} else {
			right[name] = i
		}
	}
	head := true
	for row, err := range book.Rows("") {
		if err != nil {
			return 0, fmt.Errorf("%s：%w", path, err)
		}
		l, foundLeft := left[strings.TrimSpace(row.Cell(0))]
		r, foundRight := right[strings.TrimSpace(row.Cell(1))]
		switch {
		case foundLeft && foundRight:
			f(l, r)
		case !head:
			unknown++
		}
		head = false
	}
	return unknown, nil
}

// decisions gives the data what people decided at the desk.
func decisions(d *linkage.Data, t *table, o Options, print io.Writer) error {
	seen := map[uint64]bool{}
	clash := 0
	for _, file := range []struct {
		path, flag string
		tell       func(a, b int)
	}{{o.Always, "--always", d.Always}, {o.Never, "--never", d.Never}} {
		if file.path == "" {
			continue
		}
		n := 0
		unknown, err := pairsFile(d, t, file.path, func(a, b int) {
			if pair := d.Pair(a, b); file.flag == "--always" {
				seen[pair] = true
			} else if seen[pair] {
				clash++
			}
			n++
			file.tell(a, b)
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(print, "人工判定 %s：%d 对", file.flag, n)
		if unknown > 0 {
			fmt.Fprintf(print, "，另有 %d 行的编号在文件里找不到，没有用", unknown)
		}
		fmt.Fprintln(print)
	}
	if clash > 0 {
		return &fault.Error{Kind: fault.Invalid, Text: fmt.Sprintf("有 %d 对既写在 --always 文件里，又写在 --never 文件里，请去掉其中一处", clash)}
	}
	return nil
}
