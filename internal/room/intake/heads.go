package intake

import (
	"slices"
	"strings"

	"jiuye/internal/ground/sheet"
)

// head is what a column may be called, the fullest name first: 联系方式手机, then 手机.
type head []string

// stack reads rows as one header. A cell above several columns (合并单元格) heads all of them; one that reaches down over
// the rows below it (姓名 beside 联系方式{手机, 座机}) heads its own column alone.
func stack(rows []sheet.Row) []head {
	width := 0
	for _, r := range rows {
		width = max(width, len(r.Cells))
	}
	heads := make([]head, width)
	for i := range heads {
		var parts []string
		for k := range rows {
			s := strings.Trim(rows[k].Cell(i), blanks)
			if s == "" && below(rows, k, i) {
				s = groupOf(rows, k, i)
			}
			if s != "" && !slices.Contains(parts, s) { // some programs repeat the text of a merged cell
				parts = append(parts, s)
			}
		}
		for k := range parts {
			heads[i] = append(heads[i], strings.Join(parts[k:], ""))
		}
	}
	return heads
}

// below reports whether a column has text under row k of a header.
func below(rows []sheet.Row, k, column int) bool {
	for _, r := range rows[k+1:] {
		if strings.Trim(r.Cell(column), blanks) != "" {
			return true
		}
	}
	return false
}

// groupOf is the text of the merged cell that reaches over a column from the left; "" when there is none.
func groupOf(rows []sheet.Row, k, column int) string {
	for i := column - 1; i >= 0; i-- {
		if s := strings.Trim(rows[k].Cell(i), blanks); s != "" {
			if below(rows, k, i) {
				return s
			}
			return ""
		}
	}
	return ""
}
