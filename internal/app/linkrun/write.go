package linkrun

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"strconv"

	"jiuye/internal/engine/linkage"
	"jiuye/internal/ground/fault"
)

// writeFile makes a file and says what to do when that fails.
func writeFile(path string, content func(*bufio.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return &fault.Error{Kind: fault.Invalid, Text: fmt.Sprintf("写不了 %s，请核对文件夹是否存在、能否写入", path), Err: err}
	}
	w := bufio.NewWriterSize(f, 1<<20)
	err = content(w)
	for _, step := range []func() error{w.Flush, f.Close} {
		if e := step(); err == nil {
			err = e
		}
	}
	if err != nil {
		return &fault.Error{Kind: fault.Internal, Text: fmt.Sprintf("没有写完 %s，磁盘可能满了", path), Err: err}
	}
	return nil
}

// writeCSV writes rows as plain UTF-8 without a mark, as other programs expect it.
func writeCSV(path string, head []string, rows func(write func(...string))) error {
	return writeFile(path, func(buffer *bufio.Writer) error {
		w := csv.NewWriter(buffer)
		_ = w.Write(head)
		rows(func(cells ...string) { _ = w.Write(cells) })
		w.Flush()
		return w.Error()
	})
}

func writePairs(path string, r *linkage.Result, t *table) error {
	return writeLines(path, "left,right,probability,weight,rule\n", len(r.Pairs), func(line []byte, i int) []byte {
		p := r.Pairs[i]
		line = append(quoted(line, t.names.at(int(p.Left))), ',')
		line = append(quoted(line, t.names.at(int(p.Right))), ',')
		line = append(strconv.AppendFloat(line, r.Trained.Probability(p), 'g', 9, 64), ',')
		line = append(strconv.AppendFloat(line, p.Bits, 'f', 4, 64), ',')
		return quoted(line, []byte(r.Trained.RuleName(p)))
	})
}

func writeClusters(path string, r *linkage.Result, t *table) error {
	return writeLines(path, "record,cluster\n", len(r.Clusters), func(line []byte, i int) []byte {
		line = append(quoted(line, t.names.at(i)), ',')
		return strconv.AppendUint(line, uint64(r.Clusters[i])+1, 10)
	})
}

// writeLines writes millions of short rows, each made in the same piece of memory.
func writeLines(path, head string, n int, row func(line []byte, i int) []byte) error {
	return writeFile(path, func(w *bufio.Writer) error {
		_, err := w.WriteString(head)
		var line []byte
		for i := 0; i < n && err == nil; i++ {
			line = append(row(line[:0], i), '\n')
			_, err = w.Write(line)
		}
		return err
	})
}

// quoted adds a cell, in quotes where a csv needs them.
func quoted(line, cell []byte) []byte {
	if !bytes.ContainsAny(cell, ",\"\r\n") {
		return append(line, cell...)
	}
	line = append(line, '"')
	line = append(line, bytes.ReplaceAll(cell, []byte{'"'}, []byte{'"', '"'})...)
	return append(line, '"')
}
