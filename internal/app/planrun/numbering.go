package planrun

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// Word writes the numbers of its lists (一、 （一） 1.) itself: they are not in the text but in word/numbering.xml, as a pattern for
// each level of each list; a paragraph's list is named by itself or by its style (word/styles.xml). numbering counts them as Word
// does: lists of one pattern go on counting unless they say that they begin anew.
type numbering struct {
	lists  map[string]list // by number of the list
	levels map[string][]level
	counts map[string][]int // by pattern
	styles map[string]item  // by name of the style
}

// list is a list's pattern and where its levels begin anew; begun after its first paragraph.
type list struct {
	pattern string
	anew    map[int]int
}

// item is a place in a list.
type item struct {
	list  string
	depth int
	based string // the style a style is based on
}

// level is how one level of a list is numbered: format names the figures, text is the pattern with %1 for them, style the style
// whose paragraphs it numbers.
type level struct {
	format, text, style string
	start               int
}

// xmlNumbering is the part of numbering.xml that is read.
type xmlNumbering struct {
	Abstract []struct {
		ID     string `xml:"abstractNumId,attr"`
		Levels []struct {
			Start  xmlVal `xml:"start"`
			Format xmlVal `xml:"numFmt"`
			Text   xmlVal `xml:"lvlText"`
			Style  xmlVal `xml:"pStyle"`
		} `xml:"lvl"`
	} `xml:"abstractNum"`
	Nums []struct {
		ID       string `xml:"numId,attr"`
		Abstract xmlVal `xml:"abstractNumId"`
		Anew     []struct {
			Depth string `xml:"ilvl,attr"`
			Start xmlVal `xml:"startOverride"`
		} `xml:"lvlOverride"`
	} `xml:"num"`
}

// xmlStyles is the part of styles.xml that is read.
type xmlStyles struct {
	Styles []struct {
		ID    string `xml:"styleId,attr"`
		Based xmlVal `xml:"basedOn"`
		Num   xmlNum `xml:"pPr>numPr"`
	} `xml:"style"`
}

// xmlNum is where a paragraph or a style says what list it belongs to.
type xmlNum struct {
	Depth xmlVal `xml:"ilvl"`
	List  xmlVal `xml:"numId"`
}

type xmlVal struct {
	Val string `xml:"val,attr"`
}

// readNumbering reads numbering.xml and styles.xml; a document without them numbers nothing.
func readNumbering(raw, styles []byte) *numbering {
	n := &numbering{lists: map[string]list{}, levels: map[string][]level{}, counts: map[string][]int{}, styles: map[string]item{}}
	var x xmlNumbering
	if xml.Unmarshal(raw, &x) != nil {
		return n
	}
	for _, a := range x.Abstract {
		for _, l := range a.Levels {
			start, err := strconv.Atoi(l.Start.Val)
			if err != nil {
				start = 1
			}
			n.levels[a.ID] = append(n.levels[a.ID], level{l.Format.Val, l.Text.Val, l.Style.Val, start})
		}
	}
	for _, num := range x.Nums {
		l := list{num.Abstract.Val, map[int]int{}}
		for _, o := range num.Anew {
			depth, err1 := strconv.Atoi(o.Depth)
			if start, err2 := strconv.Atoi(o.Start.Val); err1 == nil && err2 == nil {
				l.anew[depth] = start
			}
		}
		n.lists[num.ID] = l
	}
	var s xmlStyles
	if xml.Unmarshal(styles, &s) == nil {
		for _, st := range s.Styles {
			n.styles[st.ID] = item{st.Num.List.Val, n.depth(st.Num, st.ID), st.Based.Val}
		}
	}
	return n
}

// depth is the level of a list that a paragraph or a style names: by its number, or the one that numbers the style, or the first.
func (n *numbering) depth(x xmlNum, style string) int {
	if k, err := strconv.Atoi(x.Depth.Val); err == nil {
		return k
	}
	for k, l := range n.levels[n.lists[x.List.Val].pattern] {
		if style != "" && l.style == style {
			return k
		}
	}
	return 0
}

// of is the number printed before a paragraph that names a list, or whose style does.
func (n *numbering) of(x xmlNum, style string) string {
	if x.List.Val != "" {
		return n.next(x.List.Val, n.depth(x, style))
	}
	for range 10 { // styles based on styles
		s, ok := n.styles[style]
		if !ok || s.list != "" {
			return n.next(s.list, s.depth)
		}
		style = s.based
	}
	return ""
}

// next is the number printed before the next paragraph of a list's level, empty for marks that are no numbers.
func (n *numbering) next(name string, depth int) string {
	l := n.lists[name]
	levels := n.levels[l.pattern]
	if depth < 0 || depth >= len(levels) || depth > 8 {
		return ""
	}
	counts := n.counts[l.pattern]
	for len(counts) <= depth {
		counts = append(counts, levels[len(counts)].start-1)
	}
	if start, ok := l.anew[depth]; ok { // once
		counts[depth] = start - 1
		delete(l.anew, depth)
	}
	counts[depth]++
	n.counts[l.pattern] = counts[:depth+1] // deeper levels begin anew
	if levels[depth].format == "bullet" || levels[depth].format == "none" {
		return ""
	}
	out := levels[depth].text
	for k := range counts[:depth+1] {
		out = strings.ReplaceAll(out, "%"+strconv.Itoa(k+1), figures(levels[k].format, counts[k]))
	}
	return out
}

// figures writes a count in a list's figures.
func figures(format string, n int) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand":
		return han(n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n >= 1 && n <= 20 {
			return string(rune('①' + n - 1))
		}
	}
	return strconv.Itoa(n)
}

// han writes 1 to 99 in characters.
func han(n int) string {
	const digits = "零一二三四五六七八九"
	r := []rune(digits)
	switch {
	case n < 0 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return string(r[n])
	}
	out := "十"
	if n >= 20 {
		out = string(r[n/10]) + "十"
	}
	if n%10 > 0 {
		out += string(r[n%10])
	}
	return out
}
