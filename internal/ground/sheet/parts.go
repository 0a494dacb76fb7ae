package sheet

import (
	"fmt"
	"strings"
	stdutf16 "unicode/utf16"
)

// The fixed parts of a workbook (ECMA-376, Office Open XML).
const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relSpace  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packSpace = "http://schemas.openxmlformats.org/package/2006/"
	mimeStart = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// stylesXML: 0 plain, 1 the head (bold, shaded, text), 2 text, 3 date.
const stylesXML = xmlHead + `<styleSheet xmlns="` + mainSpace + `">` +
	`<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>` +
	`<fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts>` +
	`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/></patternFill></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

type part struct{ name, text string }

// closing are the parts written after the worksheets.
func closing(names []string) []part {
	var types, sheets, rels strings.Builder
	for i, name := range names {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, n, mimeStart)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, strings.ReplaceAll(string(appendEscaped(nil, name)), `"`, "&quot;"), n, n)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, n, relSpace, n)
	}
	fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(names)+1, relSpace)
	return []part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="` + packSpace + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + mimeStart + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + mimeStart + `styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + packSpace + `relationships">` +
			`<Relationship Id="rId1" Type="` + relSpace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xmlHead + `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `"><bookViews><workbookView/></bookViews><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="` + packSpace + `relationships">` + rels.String() + `</Relationships>`},
		{"xl/styles.xml", stylesXML},
	}
}

// widths gives every column its width, and text columns the text style for cells still to be filled.
func widths(columns []Column) string {
	if len(columns) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("<cols>")
	for i, c := range columns {
		width := c.Width
		if width <= 0 {
			width = max(map[Kind]float64{Text: 14, Number: 10, Date: 12}[c.Kind], 2.2*float64(len([]rune(c.Title)))+2)
		}
		style := ""
		if c.Kind == Text {
			style = ` style="2"`
		}
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%g"%s customWidth="1"/>`, i+1, i+1, min(width, 255), style)
	}
	b.WriteString("</cols>")
	return b.String()
}

// utf16 is text as spreadsheet programs count it.
func utf16(s string) []uint16 { return stdutf16.Encode([]rune(s)) }
