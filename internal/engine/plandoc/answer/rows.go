package answer

import (
	"encoding/csv"
	"fmt"
	"io"
)

// Row is one right answer: column name → value. The columns are those of the files `jiuye plan read` writes.
type Row map[string]string

// Read reads a csv file of right answers with its head. Columns that are not there are empty.
func Read(r io.Reader) ([]Row, error) {
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	lines, err := c.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, fmt.Errorf("the file has no head")
	}
	var out []Row
	for _, line := range lines[1:] {
		row := Row{}
		for i, value := range line {
			if i < len(lines[0]) {
				row[lines[0][i]] = value
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// Of gives the answers for one document.
func Of(rows []Row, doc string) []Row {
	var out []Row
	for _, r := range rows {
		if r["doc"] == doc {
			out = append(out, r)
		}
	}
	return out
}
