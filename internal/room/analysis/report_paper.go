package analysis

import (
	"fmt"
	"strings"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/paper"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// document sets a report as an official document. Every copy of what is not in force says so.
func (v *Report) document(day string) paper.Document {
	d := paper.Document{Head: "人力资源市场供求分析", Issue: v.Period.Zh(), Office: area.Name(v.Area) + "公共就业服务机构", Day: day, Title: v.Content.Title}
	switch v.State {
	case Published:
	case Replaced:
		d.Mark = "已更正"
	default:
		d.Mark = "草稿"
	}
	if v.Erratum != "" {
		d.Blocks = append(d.Blocks, paper.Plain("本版为第 %d 版。更正原因：%s", v.Edition, v.Erratum))
	}
	for i, s := range v.Content.Sections {
		d.Blocks = append(d.Blocks, paper.Heading{Rank: 1, Text: s.Head})
		var text strings.Builder
		for _, one := range s.Sentences {
			text.WriteString(one.Text)
		}
		d.Blocks = append(d.Blocks, paper.Plain("%s", text.String()))
		if i == 0 {
			d.Blocks = append(d.Blocks, v.leading()...)
		}
		for _, g := range s.Tables {
			right := make([]bool, len(g.Heads))
			for n := 1; n < len(right); n++ {
				right[n] = true
			}
			d.Blocks = append(d.Blocks, paper.Table{Caption: g.Head, Head: g.Heads, Rows: g.Rows, Right: right})
		}
	}
	rows := make([][]string, len(v.Content.Figures))
	for i, f := range v.Content.Figures {
		rows[i] = []string{fmt.Sprint(f.No), f.Name, f.Value + f.Unit, f.Source}
	}
	d.Blocks = append(d.Blocks, paper.Table{Caption: "引用的数字", Head: []string{"序号", "名称", "数值", "来源"}, Rows: rows, Right: []bool{false, false, true}})
	return d
}

// leading is what stands behind the first section: the remark, the courses, the places.
func (v *Report) leading() (list []paper.Block) {
	if v.Remark != "" {
		list = append(list, paper.Plain("%s", v.Remark))
	}
	for _, l := range v.Content.Lines {
		list = append(list, paper.Chart{Title: l.Name, Kind: paper.Lines, Unit: l.Unit, Labels: l.X, Series: []paper.Series{{Name: l.Name, Values: l.Values}}})
	}
	bars := paper.Chart{Title: "各地区求人倍率", Kind: paper.Bars}
	var values []float64
	for _, b := range v.Content.Bars {
		if b.Class > 0 {
			bars.Labels, values = append(bars.Labels, area.Short(b.Area)), append(values, b.Value)
		}
	}
	if len(values) > 1 {
		bars.Series = []paper.Series{{Name: "求人倍率", Values: values}}
		list = append(list, bars)
	}
	return list
}

// paper writes a report as a Word file.
func (r *Room) paper(c *web.Ctx) error {
	v, err := r.readable(c)
	if err != nil {
		return err
	}
	at := r.today()
	if v.PublishedAt > 0 {
		at = instant(v.PublishedAt)
	}
	d := v.document(lang.Date(lang.Chinese, at))
	return d.Docx(c.Attachment(strings.TrimSuffix(fileName(v.Content.Title), ".xlsx")+".docx", docxType))
}
