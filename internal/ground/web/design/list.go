package design

import (
	"fmt"
	"strings"

	"jiuye/internal/ground/web"
)

// row is a line of the sample list.
type row struct {
	ID               int64
	Name, Work, Note string
	Due              string
	State, Kind      string
	Fen              int64
}

// rows are 120 made-up lines in the order of their deadlines.
func rows() []row {
	names := []string{"苏日娜", "阿拉腾其其格", "王建国", "欧阳娜仁托雅", "张伟", "乌力吉巴雅尔", "李秀英", "呼格吉勒图"}
	works := []string{"离校未就业毕业生首次联系", "公益性岗位在岗核验", "零就业家庭安置意见", "就业困难人员认定审核", "一次性创业带动就业补贴复核"}
	states := [][2]string{{"未办", ""}, {"待审核", "warn"}, {"已办结", "ok"}, {"退回修改", "stop"}}
	list := make([]row, 120)
	for i := range list {
		s := states[i%len(states)]
		list[i] = row{ID: int64(i + 1), Name: names[i%len(names)], Work: works[i%len(works)], Note: "已打 1 次未接通，规定 5 个工作日内联系",
			Due: fmt.Sprintf("2025-%02d-%02d", 9+i/40, 1+i%28), State: s[0], Kind: s[1], Fen: int64(i) * 12345}
	}
	return list
}

func list(c *web.Ctx) error {
	after, err := c.Cursor(1)
	if err != nil {
		return err
	}
	filter := c.Form(
		web.Field{Name: "q", Label: c.T("design.filterName")},
		web.Field{Name: "state", Label: c.T("design.state"), Kind: "select", Options: []web.Option{{Value: "未办", Text: "未办"}, {Value: "待审核", Text: "待审核"}, {Value: "已办结", Text: "已办结"}}},
	)
	sort := c.Sort("due", "-fen")
	var found, page []row
	for _, r := range rows() {
		if strings.Contains(r.Name, filter.Value("q")) && (filter.Value("state") == "" || filter.Value("state") == r.State) {
			found = append(found, r)
		}
	}
	for _, r := range found {
		if r.ID > after.Int(0) && len(page) <= 20 {
			page = append(page, r)
		}
	}
	var next web.Cursor
	if len(page) > 20 {
		page = page[:20]
		next = web.NewCursor(page[19].ID)
	}
	return c.Render("design/list", web.Page{Title: c.T("design.list"), Lede: c.T("design.listLede", len(found)), Data: map[string]any{
		"Tabs": tabs(c), "Filter": filter, "Sort": sort, "Rows": page, "Paging": c.Paging(int64(len(found)), len(page), next)}})
}
