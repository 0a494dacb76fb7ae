package plandoc

import (
	"regexp"
	"strings"
)

// Tables that share a target out among areas: what the document itself promises is the row or column of the whole.
var (
	areaColumn = regexp.MustCompile(`^(?:地区|区域|地域|辖区|(?:各)?(?:盟市|旗县|市州|州市|市县|县市|县区|区县|市区|地市)(?:区|市)?|(?:县|旗县|区)\((?:市|区|县|、)+\)|市\(州\)|单位|乡镇|镇街|街道)(?:名称)?$`)
	wholeRE    = regexp.MustCompile(`^(?:全[国省市区县盟旗州]|全自治区|合计|总计|总数|小计)(?:合计|总计)?$`)
	placeEnds  = regexp.MustCompile(`(?:区|县|市|旗|镇|乡|园|盟|州|城|街道|苏木)(?:[（(][^（）()]*[）)])?$`)
	dutyCell   = regexp.MustCompile(`^(?:责任|牵头|主办)(?:单位|部门)$`)
	starsRE    = regexp.MustCompile(`^[★◆☆●▲■*※]+`)
)

// placeLike reports whether a text names an area.
func placeLike(s string) bool {
	return wordsCount(s) <= 12 && placeEnds.MatchString(strings.TrimSpace(s))
}

// turned gives a table whose rows are areas as one whose rows are indicators, with the figures of the whole; nil where a table
// is not like that, or has no row of the whole.
func (g *grid) turned() *grid {
	at := 0
	for at < len(g.head) && !areaColumn.MatchString(plain(g.head[at])) {
		at++
	}
	if at > 1 || at >= len(g.head)-1 || len(g.rows) == 0 || isUnit(plain(g.rows[0].cells[at])) {
		return nil
	}
	var whole, duty *gridRow
	for i := range g.rows {
		switch s := plain(g.rows[i].cells[at]); {
		case wholeRE.MatchString(s):
			whole = &g.rows[i]
		case dutyCell.MatchString(s):
			duty = &g.rows[i]
		}
	}
	if whole == nil {
		return nil
	}
	out := &grid{at: g.at, caption: g.caption, head: []string{"指标", "目标值", "责任单位"}}
	for k := at + 1; k < len(g.head); k++ {
		name := starsRE.ReplaceAllString(g.lower[k], "")
		row := gridRow{cells: []string{name, whole.cells[k], ""}, raw: whole.cells[at] + " " + whole.cells[k], at: whole.at}
		if duty != nil {
			row.cells[2] = duty.cells[k]
		}
		if wordsCount(name) > 1 && !cellOf(whole.cells[k]).words {
			out.rows = append(out.rows, row)
		}
	}
	return out
}

var yearCell = regexp.MustCompile(`^(20\d\d)年?(?:目标)?$`)

// upright gives a table whose rows are years as one whose rows are indicators; nil where a table is not like that.
func (g *grid) upright() *grid {
	if len(g.head) < 2 || len(g.rows) < 2 || !timeHead.MatchString(plain(g.head[0])) {
		return nil
	}
	out := &grid{at: g.at, caption: g.caption, head: []string{"指标"}}
	for _, r := range g.rows {
		if !yearCell.MatchString(plain(r.cells[0])) {
			return nil
		}
		out.head = append(out.head, r.cells[0])
	}
	for k := 1; k < len(g.head); k++ {
		row := gridRow{cells: []string{g.lower[k]}, at: g.at}
		for _, r := range g.rows {
			row.cells = append(row.cells, r.cells[k])
		}
		row.raw = strings.Join(row.cells, " ")
		out.rows = append(out.rows, row)
	}
	return out
}

var timeHead = regexp.MustCompile(`^(?:年度|年份|时间|时期|目标年)$`)

// wholes makes the column of the whole (全市) that of the target where the other columns are its areas.
func wholes(cols []column) {
	whole, places := -1, 0
	for i, c := range cols {
		switch {
		case c.use >= useBase:
			return
		case c.use != useOther:
		case wholeRE.MatchString(c.head):
			whole = i
		case placeLike(c.head):
			places++
		}
	}
	if whole >= 0 && places > 0 {
		cols[whole].use = useTarget
	}
}
