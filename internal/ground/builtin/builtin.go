// Package builtin reads the data files that are embedded into the program. A file that is damaged means that the build is, so every trouble is a panic at the start.
package builtin

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"

	"gopkg.in/yaml.v3"
)

// Row is a line of a csv file under its header.
type Row struct {
	name    string
	columns map[string]int
	cells   []string
}

// Text is the cell of a column.
func (r Row) Text(column string) string {
	i, ok := r.columns[column]
	if !ok {
		panic(r.name + ": no column " + column)
	}
	return r.cells[i]
}

// Number is the cell of a column that holds a whole number.
func (r Row) Number(column string) int {
	n, err := strconv.Atoi(r.Text(column))
	if err != nil {
		panic(r.name + ": " + column + ": " + err.Error())
	}
	return n
}

// Table hands out the lines of a csv file.
func Table(files fs.FS, name string, line func(Row) error) {
	f, err := files.Open(name)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil || len(lines) == 0 {
		panic(fmt.Sprintf("%s: %v", name, err))
	}
	columns := map[string]int{}
	for i, c := range lines[0] {
		columns[c] = i
	}
	for n, cells := range lines[1:] {
		if err := line(Row{name, columns, cells}); err != nil {
			panic(fmt.Sprintf("%s, line %d: %v", name, n+2, err))
		}
	}
}

// YAML is what a yaml file holds.
func YAML[T any](files fs.FS, name string) T {
	var out T
	raw, err := fs.ReadFile(files, name)
	if err == nil {
		err = yaml.Unmarshal(raw, &out)
	}
	if err != nil {
		panic(name + ": " + err.Error())
	}
	return out
}
