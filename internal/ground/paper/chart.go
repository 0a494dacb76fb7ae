package paper

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// colours of series, dark enough for a black printer: as the style sheet has them.
var colours = []string{"1F5FAE", "C98A1B", "2E7D5B", "8A8F98"}

func colour(i int) string { return colours[i%len(colours)] }

// chart writes a chart that the reading program draws and its user can change.
func (x *docx) chart(c *Chart) {
	id := x.relate("chart", fmt.Sprintf("charts/chart%d.xml", x.n+1))
	name := fmt.Sprintf("charts/chart%d.xml", x.n)
	x.part("word/"+name, chartPart(c))
	fmt.Fprintf(&x.types, `<Override PartName="/word/%s" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>`, name)
	x.drawing(wide, 75, c.Title, "chart", `<c:chart r:id="`+id+`"/>`)
}

func chartPart(c *Chart) string {
	var b strings.Builder
	b.WriteString(`<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:roundedCorners val="0"/><c:chart>` + chartTitle(c) + `<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>`)
	kind := "barChart"
	if c.Kind == Lines {
		kind = "lineChart"
		b.WriteString(`<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`)
	} else {
		b.WriteString(`<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>`)
	}
	for i, s := range c.Series {
		fmt.Fprintf(&b, `<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:strRef><c:f>s!$%c$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>`,
			i, i, 'B'+rune(i), escaped(s.Name))
		if c.Kind == Lines {
			fmt.Fprintf(&b, `<c:spPr><a:ln w="22225"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:ln></c:spPr><c:marker><c:symbol val="none"/></c:marker>`, colour(i))
		} else {
			fmt.Fprintf(&b, `<c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>`, colour(i))
		}
		fmt.Fprintf(&b, `<c:cat><c:strRef><c:f>s!$A$2:$A$%d</c:f><c:strCache><c:ptCount val="%d"/>`, len(c.Labels)+1, len(c.Labels))
		for n, l := range c.Labels {
			fmt.Fprintf(&b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, n, escaped(l))
		}
		fmt.Fprintf(&b, `</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>s!$%c$2:$%c$%d</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`,
			'B'+rune(i), 'B'+rune(i), len(c.Labels)+1, len(c.Labels))
		for n, v := range s.Values {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				fmt.Fprintf(&b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, n, strconv.FormatFloat(v, 'f', -1, 64))
			}
		}
		b.WriteString(`</c:numCache></c:numRef></c:val>`)
		if c.Kind == Lines {
			b.WriteString(`<c:smooth val="0"/>`)
		}
		b.WriteString(`</c:ser>`)
	}
	b.WriteString(`<c:axId val="1"/><c:axId val="2"/></c:` + kind + `>` +
		`<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>` +
		`<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>` +
		`<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D8DCE2"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>` +
		`<c:numFmt formatCode="#,##0.##" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx></c:plotArea>`)
	if len(c.Series) > 1 {
		b.WriteString(`<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>`)
	}
	b.WriteString(`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>` +
		`<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1000"><a:ea typeface="宋体"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr></c:chartSpace>`)
	return b.String()
}

func chartTitle(c *Chart) string {
	return `<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="1200" b="1"/><a:t>` + escaped(c.named()) + `</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`
}

// named is the chart's title with its unit.
func (c *Chart) named() string {
	if c.Unit == "" {
		return c.Title
	}
	return c.Title + "（" + c.Unit + "）"
}
