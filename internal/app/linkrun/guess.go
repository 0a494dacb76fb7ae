package linkrun

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"jiuye/internal/engine/linkage"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// glance is how many rows are looked at to guess what the columns are.
const glance = 5000

// modelOf reads the model, or guesses one from the files and says what it took the columns for.
func modelOf(ctx context.Context, o Options, print io.Writer) (*linkage.Model, error) {
	if o.Model != "" {
		return ReadModel(o.Model)
	}
	titles, rows, err := top(ctx, o.Left)
	if err != nil {
		return nil, err
	}
	numbers := numbered(titles, rows, o.Truth)
	if titles, rows = without(titles, rows, o.Truth); len(titles) == 0 {
		return nil, &fault.Error{Kind: fault.Invalid, Text: o.Left + " 里没有一行，至少要有表头"}
	}
	m, said, err := linkage.Guess(titles, rows)
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Text: fmt.Sprintf("%s：%s；请用 --model 指定模型文件，写法见 docs/linkage.md", o.Left, err)}
	}
	if numbers { // FEBRL's way: rec-7-org and rec-7-dup-0 are one person
		m.Key, m.Truth = linkage.Titles{o.Truth}, &linkage.Truth{Column: o.Truth, Pattern: `rec-(\d+)`}
	}
	fmt.Fprintln(print, "没有指定模型，按表头和值猜各列是什么（猜错了请用 --model 指定模型文件）：")
	for _, g := range said {
		kind := g.Kind
		switch kind {
		case "":
			kind = "不用"
		case "key":
			kind = "记录编号"
		}
		fmt.Fprintf(print, "  %s → %s（%s）\n", g.Title, kind, g.Why)
	}
	if o.Right == "" {
		return m, nil
	}
	return m, alsoRight(ctx, o, m, print)
}

// alsoRight adds the right file's titles to the model where they are other ones, by the only column of the same kind.
func alsoRight(ctx context.Context, o Options, m *linkage.Model, print io.Writer) error {
	titles, rows, err := top(ctx, o.Right)
	if err != nil {
		return err
	}
	titles, rows = without(titles, rows, o.Truth)
	_, said, _ := linkage.Guess(titles, rows) // where nothing can be guessed, equal titles still meet
	for _, g := range said {
		if g.Kind == "key" && !slices.Contains(m.Key, g.Title) {
			m.Key = append(m.Key, g.Title)
		}
		same := func(c linkage.Column) bool { return c.Kind == g.Kind }
		at := slices.IndexFunc(m.Columns, same)
		if at < 0 || slices.ContainsFunc(m.Columns, func(c linkage.Column) bool { return slices.Contains(c.From, g.Title) }) {
			continue
		}
		count := 0
		for _, x := range said {
			if x.Kind == g.Kind {
				count++
			}
		}
		if count == 1 && slices.IndexFunc(m.Columns[at+1:], same) < 0 {
			m.Columns[at].From = append(m.Columns[at].From, g.Title)
			fmt.Fprintf(print, "  右表 %s 对应左表 %s\n", g.Title, m.Columns[at].Label)
		}
	}
	return nil
}

// top reads a file's titles and first rows.
func top(ctx context.Context, path string) (titles []string, rows [][]string, err error) {
	book, err := sheet.Open(path, sheet.Limits{})
	if err != nil {
		return nil, nil, fmt.Errorf("%s：%w", path, err)
	}
	defer book.Close()
	for row, err := range book.Rows("") {
		if err != nil && len(row.Cells) == 0 {
			return nil, nil, fmt.Errorf("%s：%w", path, err)
		}
		if titles == nil {
			titles = row.Cells
			continue
		}
		if rows = append(rows, row.Cells); len(rows) == glance {
			break
		}
	}
	return titles, rows, ctx.Err()
}

// numbered reports whether the truth stands in the records' own numbers.
func numbered(titles []string, rows [][]string, truth string) bool {
	at := slices.Index(titles, truth)
	return at >= 0 && len(rows) > 0 && !slices.ContainsFunc(rows, func(row []string) bool {
		return at >= len(row) || !strings.HasPrefix(strings.TrimSpace(row[at]), "rec-")
	})
}

// without takes the column of the truth away: it is no evidence.
func without(titles []string, rows [][]string, truth string) ([]string, [][]string) {
	at := slices.Index(titles, truth)
	if at < 0 {
		return titles, rows
	}
	titles = slices.Delete(slices.Clone(titles), at, at+1)
	for i, row := range rows {
		if at < len(row) {
			rows[i] = slices.Delete(slices.Clone(row), at, at+1)
		}
	}
	return titles, rows
}
