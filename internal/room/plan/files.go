package plan

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"

	"gopkg.in/yaml.v3"
)

//go:embed data
var dataFiles embed.FS

// row is a line of a data file under its header.
type row struct {
	columns map[string]int
	cells   []string
}

func (r row) text(column string) string {
	i, ok := r.columns[column]
	if !ok {
		panic("plan: no column " + column)
	}
	return r.cells[i]
}

func (r row) number(column string) int {
	n, err := strconv.Atoi(r.text(column))
	if err != nil {
		panic("plan: " + column + ": " + err.Error())
	}
	return n
}

// table reads an embedded data file; one that is damaged means that the build is.
func table(name string, line func(row) error) {
	f, err := dataFiles.Open("data/" + name)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic("plan: " + name + ": " + err.Error())
	}
	columns := map[string]int{}
	for i, c := range lines[0] {
		columns[c] = i
	}
	for n, cells := range lines[1:] {
		if err := line(row{columns, cells}); err != nil {
			panic(fmt.Sprintf("plan: %s, line %d: %v", name, n+2, err))
		}
	}
}

// yamlFile reads an embedded data file; one that is damaged means that the build is.
func yamlFile[T any](name string) T {
	var out T
	raw, err := dataFiles.ReadFile("data/" + name)
	if err == nil {
		err = yaml.Unmarshal(raw, &out)
	}
	if err != nil {
		panic("plan: " + name + ": " + err.Error())
	}
	return out
}
