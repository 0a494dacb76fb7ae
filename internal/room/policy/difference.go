package policy

import "strings"

// What became of a line.
const (
	same    = ""
	altered = "changed"
	added   = "added"
	dropped = "dropped"
)

// lineOf is one line of two texts side by side; lines count from 1, 0 where there is none.
type lineOf struct {
	Kind             string
	Old, New         string
	OldLine, NewLine int
}

// compare lays two texts side by side by their longest common lines; neighbouring losses and gains stand in one row.
func compare(before, after string) []lineOf {
	a, b := strings.Split(strings.TrimRight(before, "\n"), "\n"), strings.Split(strings.TrimRight(after, "\n"), "\n")
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var out []lineOf
	lost := 0 // rows of losses that may still take a gain beside them
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, lineOf{same, a[i], b[j], i + 1, j + 1})
			i, j, lost = i+1, j+1, 0
		case i < len(a) && (j == len(b) || common[i+1][j] >= common[i][j+1]):
			out = append(out, lineOf{Kind: dropped, Old: a[i], OldLine: i + 1})
			i, lost = i+1, lost+1
		case lost > 0:
			l := &out[len(out)-lost]
			l.Kind, l.New, l.NewLine = altered, b[j], j+1
			j, lost = j+1, lost-1
		default:
			out = append(out, lineOf{Kind: added, New: b[j], NewLine: j + 1})
			j++
		}
	}
	return out
}
