package sheet

import (
	"errors"
	"iter"
	"slices"
	"strings"
)

// headWithin is how many rows a title or a note may take above the head.
const headWithin = 10

// Title is a column that a table may have, by the names it goes by; templates and faults use the first.
type Title struct {
	Names []string
	Need  bool
}

// Titles are columns of one name each, of which the first so many are needed.
func Titles(need int, names ...string) []Title {
	list := make([]Title, len(names))
	for i, name := range names {
		list[i] = Title{[]string{name}, i < need}
	}
	return list
}

// Table is a sheet whose head is known.
type Table struct {
	Head []string // as it is written

	book  *Book
	sheet string
	row   int   // of the head
	at    []int // of each title, -1 where the table lacks it
}

// Line is a row of a table. Cells stand in the order of the titles, trimmed, and are empty where there is no such column or no text.
type Line struct {
	Number int // as the spreadsheet program shows it
	Cells  []string
	Raw    []string
}

// Table finds the head of a sheet ("" is the first) among its first ten rows, whatever the order of its columns. Fault Invalid: a
// needed column is in none of them.
func (b *Book) Table(name string, titles []Title) (*Table, error) {
	t := &Table{book: b, sheet: name}
	t.at, _ = lay(nil, titles)
	seen, most := 0, 0
	for row, err := range b.Rows(name) {
		if err != nil && !spoiltRow(err) {
			return nil, err
		}
		if seen++; seen > headWithin {
			break
		}
		if at, found := lay(row.Cells, titles); found > most || seen == 1 {
			most, t.at, t.row, t.Head = found, at, row.Number, row.Cells
		}
	}
	var lacks, all []string
	for i, title := range titles {
		if title.Need {
			all = append(all, title.Names[0])
			if t.at[i] < 0 {
				lacks = append(lacks, title.Names[0])
			}
		}
	}
	if len(lacks) > 0 {
		return nil, refuse(0, "表头缺少“%s”列：前 %d 行里应有一行写着“%s”，现在的列名是“%s”。请改列名或补上缺的列", strings.Join(lacks, "”“"), headWithin,
			strings.Join(all, "”“"), strings.Join(t.Head, "”“"))
	}
	return t, nil
}

// Has reports whether the table has the i-th title.
func (t *Table) Has(i int) bool { return t.at[i] >= 0 }

// Lines goes through the rows behind the head; a head that is printed again on another page is none. Errors are those of Rows.
func (t *Table) Lines() iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		for row, err := range t.book.Rows(t.sheet) {
			if behind := row.Number > t.row && !slices.Equal(row.Cells, t.Head); !behind && (err == nil || spoiltRow(err)) {
				continue
			}
			line := Line{Number: row.Number, Cells: make([]string, len(t.at)), Raw: row.Cells}
			for i, k := range t.at {
				line.Cells[i] = strings.TrimSpace(row.Cell(k))
			}
			if !yield(line, err) {
				return
			}
		}
	}
}

// lay finds the titles in a row, each in the first column that bears one of its names.
func lay(cells []string, titles []Title) (at []int, found int) {
	keys := make([]string, len(cells))
	for i, c := range cells {
		keys[i] = headKey(c)
	}
	at = make([]int, len(titles))
	for i, title := range titles {
		at[i] = -1
		for _, name := range title.Names {
			if k := slices.Index(keys, headKey(name)); k >= 0 {
				at[i] = k
				found++
				break
			}
		}
	}
	return at, found
}

// headKeys makes a column's name what is compared: no spaces, no line breaks, no star of a needed one, brackets of one kind.
var headKeys = strings.NewReplacer("（", "(", "）", ")", " ", "", "　", "", "\n", "", "\r", "", "*", "", "＊", "", "\ufeff", "")

func headKey(s string) string { return strings.ToLower(headKeys.Replace(s)) }

// spoiltRow reports whether an error is of one row only.
func spoiltRow(err error) bool {
	var bad *Error
	return errors.As(err, &bad) && bad.Row > 0
}
