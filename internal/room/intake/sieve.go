package intake

import (
	"strings"
	"unicode/utf8"

	"jiuye/internal/ground/sheet"
)

// Rows of a sheet that are no records are passed over, counted and told, under these codes.
const (
	skipTotal = "skip.total" // 合计, 小计
	skipHead  = "skip.head"  // the header once more, as printed pages have it
	skipNote  = "skip.note"  // notes, signatures, headings between the rows
	skipBlank = "skip.blank" // nothing but a running number, or columns that nobody uses
)

// sieve tells records from what else stands under a header. It goes by one row at a time, so that a run which was broken
// off decides the same.
type sieve struct {
	kinds *Templates
	file  *File
	key   int // cell of the ID number or credit code; -1: none
}

func newSieve(kinds *Templates, f *File) *sieve {
	s := &sieve{kinds: kinds, file: f, key: -1}
	for i, c := range f.template.Columns {
		if s.key < 0 && c.Need && (c.Type == "idnumber" || c.Type == "creditcode") {
			s.key = f.Cells[i]
		}
	}
	return s
}

// look says what a row is: a record (""), or why it is none. next is the kind of another table that begins here.
func (s *sieve) look(row sheet.Row) (code string, next *Template) {
	if hasDigits(row.Cell(s.key), 12) {
		return "", nil // the usual case, and cheap
	}
	first, filled, used, alike := "", 0, 0, 0
	for _, c := range row.Cells {
		if c = strings.Trim(c, blanks); c == "" {
			continue
		}
		if filled++; first == "" {
			first = c
		}
	}
	for _, at := range s.file.Cells {
		if c := strings.Trim(row.Cell(at), blanks); c != "" {
			if used++; at < len(s.file.Heads) && headKey(c) == headKey(s.file.Heads[at]) {
				alike++
			}
		}
	}
	switch plain := strings.Map(noBlank, first); {
	case alike >= 2 && alike*2 > used:
		return skipHead, nil
	case begins(plain, totalWords) && !hasDigits(plain, 1):
		return skipTotal, nil
	case begins(plain, totalWords) && filled <= 3:
		return skipTotal, nil
	case isNote(row, plain, filled):
		return skipNote, nil
	case used == 0:
		return skipBlank, nil
	}
	if filled >= 3 {
		r := s.kinds.header(row.Number, stack([]sheet.Row{row}))
		if r.Template != nil && r.Matched() >= 3 && r.Score >= enough {
			return "", r.Template
		}
	}
	return "", nil
}

var totalWords = []string{"合计", "总计", "小计", "共计", "累计", "本页小计", "本页合计", "全表合计", "总人数", "人数合计"}

// noteWords begin what stands under and between tables.
var noteWords = []string{"注：", "注:", "备注：", "备注:", "说明：", "说明:", "填表", "制表", "审核人", "审核：", "复核", "单位负责人", "负责人：", "负责人:", "填报", "报送", "打印",
	"导出", "联系人：", "联系人:", "经办人：", "经办人:", "数据来源", "以下空白", "以上", "本表", "此表", "（盖章）", "(盖章)", "单位（盖章", "附：", "附:", "附表", "附件", "注1"}

var headingWords = []string{"一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、", "十、", "（一）", "（二）", "（三）", "（四）", "（五）", "(一)", "(二)", "(三)"}

// isNote reports whether a row is text about the table: it begins like one, or it is one long sentence alone.
func isNote(row sheet.Row, first string, filled int) bool {
	switch {
	case begins(first, headingWords) && filled <= 2, begins(first, noteWords) && filled <= 6:
		return true
	case strings.HasPrefix(first, "第") && strings.HasSuffix(first, "页") && filled <= 2:
		return true
	}
	return filled == 1 && utf8.RuneCountInString(first) >= 16 && !hasDigits(row.Cell(0), 12)
}

func begins(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

func noBlank(r rune) rune {
	if strings.ContainsRune(blanks, r) {
		return -1
	}
	return r
}

// hasDigits reports whether a text has at least n digits.
func hasDigits(s string, n int) bool {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			if n--; n == 0 {
				return true
			}
		}
	}
	return n <= 0
}
