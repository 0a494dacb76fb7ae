package planrun

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// Word writes the numbers of its lists (一、 （一） 1.) itself: they are not in the text but in word/numbering.xml, as a pattern for
// each level of each list. numbering counts them as Word does.
type numbering struct {
	levels map[string][]level // by number of the list
	counts map[string][]int
}

// level is how one level of a list is numbered: format names the figures, text is the pattern with %1 for them.
type level struct {
	format, text string
	start        int
}

// xmlNumbering is the part of numbering.xml that is read.
type xmlNumbering struct {
	Abstract []struct {
		ID     string `xml:"abstractNumId,attr"`
		Levels []struct {
			Start  xmlVal `xml:"start"`
			Format xmlVal `xml:"numFmt"`
			Text   xmlVal `xml:"lvlText"`
		} `xml:"lvl"`
	} `xml:"abstractNum"`
	Nums []struct {
		ID       string `xml:"numId,attr"`
		Abstract xmlVal `xml:"abstractNumId"`
	} `xml:"num"`
}

type xmlVal struct {
	Val string `xml:"val,attr"`
}

// readNumbering reads numbering.xml; a document without one numbers nothing.
func readNumbering(raw []byte) *numbering {
	n := &numbering{levels: map[string][]level{}, counts: map[string][]int{}}
	var x xmlNumbering
	if xml.Unmarshal(raw, &x) != nil {
		return n
	}
	abstract := map[string][]level{}
	for _, a := range x.Abstract {
		for _, l := range a.Levels {
			start, err := strconv.Atoi(l.Start.Val)
			if err != nil {
				start = 1
			}
			abstract[a.ID] = append(abstract[a.ID], level{l.Format.Val, l.Text.Val, start})
		}
	}
	for _, num := range x.Nums {
		n.levels[num.ID] = abstract[num.Abstract.Val]
	}
	return n
}

// next is the number printed before the next paragraph of a list's level, empty for marks that are no numbers.
func (n *numbering) next(list string, depth int) string {
	levels := n.levels[list]
	if depth < 0 || depth >= len(levels) || depth > 8 {
		return ""
	}
	counts := n.counts[list]
	for len(counts) <= depth {
		counts = append(counts, levels[len(counts)].start-1)
	}
	counts[depth]++
	n.counts[list] = counts[:depth+1] // deeper levels begin anew
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
