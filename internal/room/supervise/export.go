package supervise

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// export gives the responsibility list and the road map out as a workbook (责任清单、路线图).
func (r *Room) export(c *web.Ctx) error {
	f, _, err := r.filter(c)
	if err != nil {
		return err
	}
	ctx := c.Context()
	w := sheet.NewXLSX(c.Attachment("责任清单_"+area.Name(f.Area)+".xlsx", xlsxType))
	present, err := r.present(ctx, r.DB, f.Area)
	if err != nil {
		return err
	}
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		return r.note(ctx, tx, c.User, "export", "area", 0, f.Area, "导出责任清单")
	}); err != nil {
		return err
	}
	if err := w.Sheet("责任清单", append(sheet.Columns("地区", "牵头单位", "配合单位", "联络员", "任务", "内容", "来源", "编号", "原文", "状态", "节点", "节点状态", "督办"), sheet.Column{Title: "期限", Kind: sheet.Date}, sheet.Column{Title: "完成比例", Kind: sheet.Number})...); err != nil {
		return err
	}
	plans, err := r.planNames(c)
	if err != nil {
		return err
	}
	for at := newest; ; {
		list, err := duties(ctx, r.DB, f, at, 500)
		if err != nil || len(list) == 0 {
			if err != nil {
				return err
			}
			return w.Close()
		}
		all, err := milestonesOf(ctx, r.DB, list)
		if err != nil {
			return err
		}
		for i := range list {
			d := &list[i]
			for _, m := range all[d.ID] {
				if err := w.Row(area.Name(d.Area), d.Unit, d.Joint, present[d.UnitID].Name, d.Title, d.What, word(c, "source", d.Source), origin(d, plans), d.Quote, word(c, "state", d.State), m.Text, word(c, "reach", m.State), stageCell(c, m.Stage).Text, m.Due.String(), strconv.FormatInt(d.Percent, 10)); err != nil {
					return err
				}
			}
		}
		at = list[len(list)-1].ID
	}
}

// exportScheme gives an appraisal out as a workbook whose points are formulas over the inputs.
func (r *Room) exportScheme(c *web.Ctx) error {
	s, err := r.theScheme(c)
	if err != nil {
		return err
	}
	ctx := c.Context()
	list, err := criteria(ctx, r.DB, s.ID)
	if err != nil {
		return err
	}
	lines, err := scoresOf(ctx, r.DB, s.ID)
	if err != nil {
		return err
	}
	appeals, err := r.appeals(ctx, r.DB, s.ID)
	if err != nil {
		return err
	}
	if s.Hash == "" {
		return fault.New(fault.Conflict, "考核得分还没有计算，请先计算再导出")
	}
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		return r.note(ctx, tx, c.User, "export", "scheme", s.ID, s.Area, "导出考核得分："+s.Title)
	}); err != nil {
		return err
	}
	var mine []Score
	for _, x := range lines {
		if MaySee(c.User, x.Area) == nil {
			mine = append(mine, x)
		}
	}
	book, err := workbook(&s, list, mine, appeals)
	if err != nil {
		return err
	}
	defer book.Close()
	return book.Write(c.Attachment(s.Title+".xlsx", xlsxType))
}

// ruleZh are the scoring rules as a workbook names them.
var ruleZh = map[string]string{ByCompletion: "完成率", ByRank: "位次", ByDeduction: "扣分", ByBonus: "加分"}

// workbook writes the lines with their formulas, and the totals over them.
func workbook(s *Scheme, list []Criterion, lines []Score, appeals []Appeal) (*excelize.File, error) {
	book := excelize.NewFile()
	const detail, total = "逐项得分", "总分"
	if err := book.SetSheetName("Sheet1", detail); err != nil {
		return nil, err
	}
	if _, err := book.NewSheet(total); err != nil {
		return nil, err
	}
	put := func(name string, row int, cells ...any) error {
		return book.SetSheetRow(name, "A"+strconv.Itoa(row), &cells)
	}
	if err := put(detail, 1, "地区", "指标", "评分办法", "权重", "实绩", "应完成", "完成率", "封顶", "每次（项）分值", "位次", "参评地区数", "得分", "可得分", "说明"); err != nil {
		return nil, err
	}
	known := map[int64]int{}
	ranks := map[int64][]int64{}
	for _, x := range lines {
		if x.Known {
			known[x.No]++
			ranks[x.No] = append(ranks[x.No], x.Ratio)
		}
	}
	by := map[int64]Criterion{}
	for _, k := range list {
		by[k.No] = k
	}
	var areas []string
	for i, x := range lines {
		k, row := by[x.No], i+2
		if len(areas) == 0 || areas[len(areas)-1] != x.Area {
			areas = append(areas, x.Area)
		}
		rank := 1
		for _, o := range ranks[x.No] {
			rank += int(bit(o > x.Ratio))
		}
		if err := put(detail, row, area.Name(x.Area), k.Name, ruleZh[k.Rule], points(k.Weight), x.Actual, x.Wanted, float64(x.Ratio)/10000, float64(k.Cap)/10000, points(k.EachOne), rank, known[x.No], nil, points(x.Most), x.Said); err != nil {
			return nil, err
		}
		if !x.Known {
			continue
		}
		formula := map[string]string{
			ByCompletion: "ROUND(D%[1]d*MIN(G%[1]d,H%[1]d),2)", ByRank: "ROUND(D%[1]d*(K%[1]d-J%[1]d+1)/K%[1]d,2)",
			ByDeduction: "MAX(0,D%[1]d-I%[1]d*E%[1]d)", ByBonus: "MIN(D%[1]d,I%[1]d*E%[1]d)"}[k.Rule]
		if k.Rule == ByRank && len(areas) == 1 && known[x.No] == 1 { // one area's own copy: the others' lines are not in it
			formula = "L%[1]d"
		}
		if err := setFormula(book, detail, row, formula, points(x.Points)); err != nil {
			return nil, err
		}
	}
	if err := put(total, 1, "地区", "得分（不含加分）", "可得分", "加分", "申诉更正", "总分", "数据截止", "输入校验值"); err != nil {
		return nil, err
	}
	last := len(lines) + 1
	for i, a := range areas {
		row, adjust := i+2, int64(0)
		for _, p := range appeals {
			if p.Area == a && p.State == Upheld {
				adjust += p.Points
			}
		}
		if err := put(total, row, area.Name(a), nil, nil, nil, points(adjust), nil, s.Cutoff.String(), s.Hash); err != nil {
			return nil, err
		}
		sum := func(column, condition string) string {
			return fmt.Sprintf("SUMIFS('%s'!%s2:%s%d,'%s'!A2:A%d,A%d%s)", detail, column, column, last, detail, last, row, condition)
		}
		rule := fmt.Sprintf(",'%s'!C2:C%d,", detail, last)
		for column, text := range map[string]string{"B": sum("L", rule+`"<>加分"`), "C": sum("M", ""), "D": sum("L", rule+`"加分"`), "F": fmt.Sprintf("ROUND(B%[1]d/C%[1]d*100,2)+D%[1]d+E%[1]d", row)} {
			if err := book.SetCellFormula(total, column+strconv.Itoa(row), text); err != nil {
				return nil, err
			}
		}
	}
	return book, book.SetColWidth(detail, "N", "N", 80)
}

func setFormula(book *excelize.File, name string, row int, formula string, value float64) error {
	at := "L" + strconv.Itoa(row)
	if err := book.SetCellValue(name, at, value); err != nil || formula == "L%[1]d" {
		return err
	}
	return book.SetCellFormula(name, at, fmt.Sprintf(formula, row))
}

func points(hundredths int64) float64 { return float64(hundredths) / 100 }
