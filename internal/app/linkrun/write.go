package linkrun

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"os"
	"strconv"

	"jiuye/internal/engine/linkage"
	"jiuye/internal/ground/fault"
)

// writeCSV writes rows as plain UTF-8 without a mark, as other programs expect it.
func writeCSV(path string, head []string, rows func(write func(...string))) error {
	f, err := os.Create(path)
	if err != nil {
		return &fault.Error{Kind: fault.Invalid, Text: fmt.Sprintf("写不了 %s，请核对文件夹是否存在、能否写入", path), Err: err}
	}
	buffer := bufio.NewWriterSize(f, 1<<20)
	w := csv.NewWriter(buffer)
	_ = w.Write(head)
	rows(func(cells ...string) { _ = w.Write(cells) })
	w.Flush()
	err = w.Error()
	if e := buffer.Flush(); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return &fault.Error{Kind: fault.Internal, Text: fmt.Sprintf("没有写完 %s，磁盘可能满了", path), Err: err}
	}
	return nil
}

func writePairs(path string, r *linkage.Result, t *table) error {
	return writeCSV(path, []string{"left", "right", "probability", "weight", "rule"}, func(write func(...string)) {
		for _, p := range r.Pairs {
			write(t.names[p.Left], t.names[p.Right], strconv.FormatFloat(r.Trained.Probability(p), 'g', 9, 64),
				strconv.FormatFloat(p.Bits, 'f', 4, 64), r.Trained.RuleName(p))
		}
	})
}

func writeClusters(path string, r *linkage.Result, t *table) error {
	return writeCSV(path, []string{"record", "cluster"}, func(write func(...string)) {
		for rec, c := range r.Clusters {
			write(t.names[rec], strconv.Itoa(int(c)+1))
		}
	})
}
