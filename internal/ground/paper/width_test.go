package paper

import (
	"slices"
	"testing"
)

func TestColumnsTakeWhatTheirTextsNeed(t *testing.T) {
	for _, c := range []struct {
		table Table
		want  []int
	}{
		{Table{Head: []string{"指标", "人"}, Rows: [][]string{{"城镇新增就业", "9"}}}, []int{6878, 1965}},
		{Table{Head: []string{"甲", "乙"}}, []int{4422, 4422}},
		{Table{}, []int{}},
	} {
		if got := c.table.widths(); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.table.Head, got, c.want)
		}
	}
}
