// Package paper writes official documents: one model, and from it a Word file, a page to print and a PDF. It knows no domain.
//
//	d := paper.Document{Head: "就业工作简报", Issue: "第 8 期", Office: "阿拉善盟就业工作领导小组办公室", Day: "2025年9月5日", Title: "…", Blocks: []paper.Block{
//		paper.Heading{Rank: 1, Text: "总体情况"},
//		paper.Text{{Text: "1—8 月城镇新增就业 "}, {Text: "3,211 人", Href: "/plan/new_urban"}, {Text: "。"}},
//		paper.Table{Head: []string{"旗县", "人数"}, Rows: …},
//		paper.Chart{Title: "各旗县进展", Kind: paper.Bars, Labels: …, Series: …},
//	}}
//	err := d.Docx(w)        // Office Open XML (ECMA-376), charts that can be edited
//	err = d.HTML(w)         // one file that prints like the Word file
//	err = d.PDF(ctx, w)     // the same page, printed by the Chromium or Edge of this machine
//
// The layout follows GB/T 9704-2012 (党政机关公文格式): A4, margins 37, 28, 35 and 26 mm, 22 lines of 28 characters, text in size 3 仿宋, headings
// 一、（一）1.（1） in 黑体, 楷体 and 仿宋, title in size 2 小标宋, a red head over a red line, page numbers — 1 —. Where a font is missing the reading
// program takes its next of kin; nothing is embedded.
//
// Word files are written part by part: the few parts that a document needs are shorter than what a library must be told to leave out (decision 0027).
package paper
