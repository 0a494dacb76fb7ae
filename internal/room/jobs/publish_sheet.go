package jobs

import (
	"bytes"
	"context"
	"io"
	"strconv"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// sheetHeads are the columns of the table that employers fill in, with the first rows' examples.
var sheetHeads = []struct{ head, one, two string }{
	{"岗位名称", "电工", "食堂帮厨"}, {"招聘人数", "2", "1"}, {"工资", "5000-7000元/月", "150元/天"}, {"工作地点", "阿拉善左旗", "额济纳旗达来呼布镇"}, {"学历", "初中", "不限"},
	{"经验", "2年", "不限"}, {"用工形式", "倒班", "日结"}, {"合同期限", "2年", ""}, {"福利", "五险、包吃住", "管午饭"}, {"技能", "低压电工证", ""}, {"面向群体", "退役军人、农牧民", ""},
	{"截止日期", "", ""}, {"联系方式", "", ""}, {"描述", "", ""},
}

// WriteSheet writes the empty table for employers, with two examples of each column on a sheet of their own.
func WriteSheet(out io.Writer) error {
	w := sheet.NewXLSX(out)
	heads := make([]string, len(sheetHeads))
	for i, h := range sheetHeads {
		heads[i] = h.head
	}
	if err := w.Sheet("岗位", sheet.Columns(heads...)...); err != nil {
		return err
	}
	if err := w.Sheet("填写说明", sheet.Columns("这一列", "例一", "例二")...); err != nil {
		return err
	}
	for _, h := range sheetHeads {
		if err := w.Row(h.head, h.one, h.two); err != nil {
			return err
		}
	}
	return w.Close()
}

// SheetRow is one row of an employer's table, and what came of it.
type SheetRow struct {
	Row      int
	Title    string
	Problems []Flaw
	State    string // new, same, or "" where it was not taken
	Doubts   []string
}

// mostSheetRows is how many vacancies one table may hold.
const mostSheetRows = 2000

// TakeSheet reads an employer's table: the rows that are right are published, the others come back with what is wrong. A row that says
// the same as an open vacancy is not published twice.
func (r *Room) TakeSheet(ctx context.Context, who web.User, path, name, key string) (rows []SheetRow, err error) {
	if who.Role != roleEmployer || who.EmployerID == 0 {
		return nil, fault.New(fault.Denied, "发布岗位要用用人单位账号")
	}
	unit, err := r.Employers.Get(ctx, who.EmployerID)
	if err != nil {
		return nil, err
	}
	mine, err := r.Employers.VacanciesOf(ctx, who.EmployerID)
	if err != nil {
		return nil, err
	}
	if err := r.codeTitles(ctx); err != nil {
		return nil, err
	}
	open := map[string]bool{}
	for _, v := range mine {
		if v.State != employer.Closed && !v.Closes.Before(r.Clock.Today()) {
			open[sayingOf(&v)] = true
		}
	}
	mapping := *shippedMapping("general")
	mapping.Name, mapping.Source = "单位岗位表", unit.Name
	mapping.Fixed = map[string]string{"employer": unit.Name}
	t := &table{name: name, mapping: &mapping}
	check := r.checker()
	var in *reader
	err = t.eachRow(path, func(number int, cells []string, spoiled error) error {
		if len(rows) >= mostSheetRows {
			return fault.New(fault.TooLarge, "一张表最多 %d 个岗位，第 %d 行以后没有读。请拆成几张表", mostSheetRows, number)
		}
		if in == nil || in.columnMap != t.chosen {
			in = newReader(t.chosen, r.Clock.Today(), leagueOf(unit.Area))
		}
		if spoiled != nil {
			rows = append(rows, SheetRow{Row: number, Problems: []Flaw{{Row: number, Why: fault.TextOf(spoiled), Mend: "请修好这一行再传"}}})
			return nil
		}
		rows = append(rows, r.sheetRow(ctx, who, in, check, number, cells, open, key))
		return nil
	})
	return rows, err
}

// sayingOf is what makes an employer's vacancy the same as another one of its own.
func sayingOf(v *employer.Vacancy) string {
	return strings.Join([]string{v.Title, area.At(v.Area, area.Township), strconv.FormatInt(v.PayLow, 10), strconv.FormatInt(v.PayHigh, 10)}, "\n")
}

func (r *Room) sheetRow(ctx context.Context, who web.User, in *reader, check *checker, number int, cells []string, open map[string]bool, key string) SheetRow {
	a, bad := in.read(number, cells)
	if bad != nil {
		return SheetRow{Row: number, Title: in.text(tTitle, cells), Problems: []Flaw{*bad}}
	}
	v := a.Vacancy
	v.EmployerID, v.Source, v.SourceKey, v.Confirmed = who.EmployerID, "", "", db.Date{}
	if v.Occupation == "" {
		v.Occupation = v.Title
	}
	v.Code = r.codeOf(v.Title, v.Occupation)
	row := SheetRow{Row: number, Title: v.Title, Doubts: a.doubts}
	for _, p := range check.problems(ctx, v) {
		row.Problems = append(row.Problems, Flaw{Row: number, Why: p.Text})
	}
	if len(row.Problems) > 0 {
		return row
	}
	if open[sayingOf(&v)] {
		row.State = "same"
		return row
	}
	if _, err := r.Publish(ctx, who, v, key+"-"+strconv.Itoa(number)); err != nil && !fault.Is(err, fault.Repeat) {
		row.Problems = []Flaw{{Row: number, Why: fault.TextOf(err)}}
		return row
	}
	open[sayingOf(&v)] = true
	row.State = "new"
	return row
}

func (r *Room) sheetTemplate(c *web.Ctx) error {
	var b bytes.Buffer
	if err := WriteSheet(&b); err != nil {
		return err
	}
	_, err := io.Copy(c.Attachment("岗位表.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), &b)
	return err
}

func (r *Room) uploadForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "file", Label: c.T("jobs.upload.file"), Hint: c.T("jobs.upload.hint"), Kind: "file", Need: true})
}

func (r *Room) uploadPage(c *web.Ctx) error { return r.showUpload(c, r.uploadForm(c), nil) }

func (r *Room) showUpload(c *web.Ctx, f *web.Form, rows []SheetRow) error {
	title := c.T("jobs.upload.title")
	fresh, same, wrong := 0, 0, 0
	for _, row := range rows {
		switch row.State {
		case "new":
			fresh++
		case "same":
			same++
		default:
			wrong++
		}
	}
	lede := c.T("jobs.upload.lede")
	if rows != nil {
		lede = c.T("jobs.upload.came", strconv.Itoa(len(rows)), strconv.Itoa(fresh), strconv.Itoa(same), strconv.Itoa(wrong))
	}
	return c.Render("jobs/upload", web.Page{Title: title, Lede: lede, Form: f, Nav: "/jobs/employer",
		Crumbs: []web.Crumb{{Text: c.T("jobs.unit.title"), Href: "/jobs/employer"}, {Text: title}}, Data: map[string]any{"Rows": rows, "Wrong": wrong}})
}

func (r *Room) postUpload(c *web.Ctx) error {
	f := r.uploadForm(c)
	up, err := c.Upload("file", 20<<20)
	if err != nil {
		return err
	}
	if up == nil {
		f.Fail("file", c.T("jobs.upload.choose"))
		return r.showUpload(c, f, nil)
	}
	rows, err := r.TakeSheet(c.Context(), c.User, up.Path, up.Name, c.Once())
	if err != nil {
		if fault.Is(err, fault.Invalid) || fault.Is(err, fault.TooLarge) {
			f.Fail("file", fault.TextOf(err))
			return r.showUpload(c, f, rows)
		}
		return err
	}
	if len(rows) == 0 {
		f.Fail("file", c.T("jobs.upload.empty"))
	}
	return r.showUpload(c, f, rows)
}
