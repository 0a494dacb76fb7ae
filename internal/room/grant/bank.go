package grant

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
)

// Payment is one line of the file that a bank gets.
type Payment struct {
	Number  string // the line's own, by which the bank answers: owner-grant
	Holder  string
	Account string
	Bank    string
	Fen     int64
	What    string
}

// bankTitles are the columns of the file to the bank, returnTitles those that its answer needs.
var (
	bankTitles   = []string{"批次号", "流水号", "收款人", "收款账号", "开户银行", "金额（元）", "摘要"}
	returnTitles = []string{"批次号", "流水号", "金额（元）", "结果", "原因", "入账日期"}
)

// yuan writes fen as a bank's file has it: 3200.50, without separators.
func yuan(fen int64) string { return fmt.Sprintf("%d.%02d", fen/100, fen%100) }

// parseYuan reads 3200.5, 3,200.50 or 3200 into fen; ok is false for anything else.
func parseYuan(s string) (fen int64, ok bool) {
	whole, rest, dot := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(s), ",", ""), "，", ""), ".")
	if len(whole) == 0 || len(whole) > 15 || dot && (len(rest) == 0 || len(strings.TrimRight(rest, "0")) > 2) {
		return 0, false
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n < 0 || whole[0] == '+' {
		return 0, false
	}
	cents, err := strconv.ParseInt((rest + "00")[:2], 10, 64)
	if err != nil || cents < 0 || len(rest) > 0 && (rest[0] == '+' || rest[0] == '-') {
		return 0, false
	}
	return n*100 + cents, true
}

// BankFile writes a batch's payments as csv in UTF-8 with a mark, and its SM3 digest, which stands on the order to the bank.
func BankFile(number string, list []Payment) (content []byte, digest string, err error) {
	var b bytes.Buffer
	w := sheet.NewCSV(&b, sheet.UTF8)
	if err := w.Sheet("", sheet.Columns(bankTitles...)...); err != nil {
		return nil, "", err
	}
	for _, p := range list {
		if err := w.Row(number, p.Number, p.Holder, p.Account, p.Bank, yuan(p.Fen), p.What); err != nil {
			return nil, "", err
		}
	}
	if err := w.Close(); err != nil {
		return nil, "", err
	}
	sum := sm3.Sum(b.Bytes())
	return b.Bytes(), hex.EncodeToString(sum[:]), nil
}

// Answer is one line of a bank's answer.
type Answer struct {
	Line   int
	Number string
	Fen    int64
	Paid   bool
	Why    string // of a refusal
	On     db.Date
}

// results are the words that banks use.
var results = map[string]bool{"成功": true, "已入账": true, "入账成功": true, "失败": false, "退回": false, "入账失败": false}

// ReadReturn reads the bank's answer to a batch: csv or xlsx with the titles of returnTitles in any order. Everything that is wrong is told with its
// line, and nothing is taken from such a file. Faults: Invalid.
func ReadReturn(number string, from io.ReaderAt, size int64, name string) ([]Answer, error) {
	book, err := sheet.OpenReader(from, size, name, sheet.Limits{})
	if err != nil {
		return nil, err
	}
	defer book.Close()
	var list []Answer
	var wrong []string
	table, err := book.Table("", sheet.Titles(4, returnTitles...))
	if err != nil {
		return nil, fault.New(fault.Invalid, "银行回单%s", fault.TextOf(err))
	}
	seen := map[string]bool{}
	for line, err := range table.Lines() {
		if err != nil {
			return nil, err
		}
		a, text := answerOf(line, number)
		if text == "" && seen[a.Number] {
			text = "流水号 " + a.Number + " 在文件里出现两次"
		}
		if seen[a.Number] = true; text != "" {
			wrong = append(wrong, fmt.Sprintf("第 %d 行：%s", line.Number, text))
			continue
		}
		list = append(list, a)
	}
	return list, judged(wrong, len(list))
}

// judged is the fault about a file's wrong lines; a file without any line is one too.
func judged(wrong []string, right int) error {
	const shown = 10
	switch {
	case len(wrong) > shown:
		return fault.New(fault.Invalid, "银行回单有 %d 行不对，没有入账。%s；其余 %d 行略", len(wrong), strings.Join(wrong[:shown], "；"), len(wrong)-shown)
	case len(wrong) > 0:
		return fault.New(fault.Invalid, "银行回单有 %d 行不对，没有入账。%s", len(wrong), strings.Join(wrong, "；"))
	case right == 0:
		return fault.New(fault.Invalid, "银行回单里没有一行，请核对文件")
	}
	return nil
}

func answerOf(line sheet.Line, number string) (a Answer, wrong string) {
	cell := func(title string) string { return line.Cells[slices.Index(returnTitles, title)] }
	a = Answer{Line: line.Number, Number: cell("流水号"), Why: cell("原因")}
	fen, ok := parseYuan(cell("金额（元）"))
	paid, known := results[cell("结果")]
	a.Fen, a.Paid = fen, paid
	switch {
	case cell("批次号") != number:
		return a, fmt.Sprintf("批次号是“%s”，应为 %s", cell("批次号"), number)
	case a.Number == "":
		return a, "没有流水号"
	case !ok:
		return a, fmt.Sprintf("金额“%s”不是数", cell("金额（元）"))
	case !known:
		return a, fmt.Sprintf("结果“%s”不认识，应为成功或失败", cell("结果"))
	case !paid && a.Why == "":
		return a, "失败的没有写原因"
	}
	if on := cell("入账日期"); on != "" {
		if err := a.On.Scan(on); err != nil {
			return a, fmt.Sprintf("入账日期“%s”应写成 2025-09-24 的样子", on)
		}
	}
	return a, ""
}

// fits compares a bank's answer with what was sent.
func (a *Answer) fits(sent int64) error {
	if a.Fen != sent {
		return fault.New(fault.Invalid, "第 %d 行：流水号 %s 的金额是 %s 元，送银行的是 %s 元", a.Line, a.Number, lang.Fen(a.Fen), lang.Fen(sent))
	}
	return nil
}
