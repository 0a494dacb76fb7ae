package plandoc

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// placedRows reads lines of a text whose cells are put under each other by spaces, from a head on (heads
// are the lines that can be one), and says how many lines they are.
func placedRows(blocks []Block, heads []bool) ([][]string, int) {
	from := 0
	for from < 3 && from < len(blocks) && !heads[from] {
		if b := blocks[from]; b.Kind != Line || !fragment(b.Text) {
			return nil, 0
		}
		from++
	}
	if from == 3 || from >= len(blocks) {
		return nil, 0
	}
	var lines [][]Word
	var at []float64
	wide, last, blank, head, spacedOut := 0, 0, 0, 0, 0
	for i := 0; i < len(blocks) && i < 400 && blocks[i].Kind == Line && blank < 2; i++ {
		text := blocks[i].Text
		if strings.TrimSpace(text) == "" {
			blank++
			continue
		}
		blank = 0
		words := wordsOf(text)
		_, _, boxed := boxOf(text)
		if i > from && heads[i] { // another table
			break
		}
		if noteStart.MatchString(strings.TrimSpace(text)) || boxed || prose(text) || i > from && 2*len(words) <= wide && !fragment(text) {
			break
		}
		if i == from {
			head = len(lines)
		}
		if strings.Contains(strings.TrimSpace(text), "  ") {
			spacedOut++
		}
		lines, at = append(lines, words), append(at, float64(i))
		wide = max(wide, len(words))
		if 2*len(words) > wide || i == last+1 && utf8.RuneCountInString(strings.TrimSpace(text)) < 8 && !marked(strings.TrimSpace(text)) {
			last = i
		}
	}
	for len(at) > 0 && at[len(at)-1] > float64(last) {
		lines, at = lines[:len(lines)-1], at[:len(at)-1]
	}
	if len(lines) < 3 || spacedOut < 2 || 3*spacedOut < len(lines) {
		return nil, 0
	}
	rows := Placed(lines, at, head)
	if len(rows) < 2 || !headRow(rows[0]) || !hasValue(rows[0]) {
		return nil, 0
	}
	return rows, last + 1
}

// placedHead reports whether a line is a head whose words stand apart.
func placedHead(b Block) bool {
	text := strings.TrimSpace(b.Text)
	if b.Kind != Line || !strings.Contains(text, "  ") || len(text) > 400 {
		return false
	}
	if first, _, _ := strings.Cut(text, " "); utf8.RuneCountInString(first) > 6 {
		return false
	}
	ts := tokens(text)
	return len(ts) > 2 && headStart.MatchString(plain(ts[0])) && headRow(ts)
}

// fragment reports whether a line may be pieces of cells: short words well apart from the left or from each other.
func fragment(text string) bool {
	body := strings.TrimSpace(text)
	if body == "" || len(text)-len(strings.TrimLeft(text, " ")) < 4 && !strings.Contains(body, "  ") && utf8.RuneCountInString(body) > 8 {
		return false
	}
	return utf8.RuneCountInString(body) <= 60 && !strings.ContainsAny(body, "。，")
}

// wordsOf are the words of a line with their places, each character one place. Spaces part them; one space alone may stand inside
// a word.
func wordsOf(text string) []Word {
	var out []Word
	at := 0
	for chunk := range strings.SplitSeq(text, "  ") {
		rs := []rune(chunk)
		i := 0
		for _, tok := range tokens(chunk) {
			from, first := 0, true
			for _, want := range tok {
				for i < len(rs) && rs[i] != want {
					i++
				}
				if first {
					from, first = i, false
				}
				i++
			}
			w := Word{float64(at + from), float64(at + i), tok}
			if n := len(out); n > 0 && brokenHead.MatchString(out[n-1].Text+tok) {
				out[n-1].To, out[n-1].Text = w.To, out[n-1].Text+tok // 指  标
				continue
			}
			out = append(out, w)
		}
		at += len(rs) + 2
	}
	return out
}

var brokenHead = regexp.MustCompile(`^(?:指标|单位|属性|类别|备注|名称|序号|项目|目标)$`)
