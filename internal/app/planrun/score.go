package planrun

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/engine/plandoc/answer"
	"jiuye/internal/ground/fault"
)

// Score reads the plan documents of a folder and holds what was read against the right answers beside them, indicators.csv and
// tasks.csv in the columns that Read writes, by the number a document's name begins with; doc, if not empty, is the one document to measure. Every difference is said.
func Score(dir, doc string, say io.Writer) error {
	indicators, err := answersIn(dir, "indicators.csv")
	if err != nil {
		return err
	}
	tasks, err := answersIn(dir, "tasks.csv")
	if err != nil {
		return err
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		return fault.New(fault.NotFound, "打不开目录 %s，请检查路径和权限：%w", dir, err)
	}
	var total answer.Score
	for _, f := range files {
		name := f.Name()
		if !slices.Contains([]string{".txt", ".html", ".docx", ".pdf"}, filepath.Ext(name)) || strings.Trim(Doc(name), "0123456789") != "" || doc != "" && Doc(name) != doc {
			continue // notes lie beside the documents
		}
		wanted, duties := answer.Of(indicators, Doc(name)), answer.Of(tasks, Doc(name))
		text, err := Load(filepath.Join(dir, name), "auto")
		if err != nil {
			return err
		}
		d := plandoc.Read(text)
		fmt.Fprintf(say, "== %s　%s（%d—%d）\n", name, d.Title, d.First, d.Last)
		s := answer.Measure(d, wanted, duties, func(format string, args ...any) { fmt.Fprintf(say, "  "+format+"\n", args...) })
		tell(say, s)
		total = total.Add(s)
	}
	if total.Indicators+total.Tasks == 0 {
		return fault.New(fault.NotFound, "目录 %s 里没有带答案的文件：答案写在 indicators.csv 和 tasks.csv，doc 一列是文件名开头的数字", dir)
	}
	fmt.Fprint(say, "合计")
	tell(say, total)
	return nil
}

func tell(say io.Writer, s answer.Score) {
	fmt.Fprintf(say, "  指标：应有 %d 条，全对 %d 条（%.1f%%），多读 %d 条（%.1f%%）；任务：应有 %d 项，名称对 %d 项，单位也对 %d 项，多读 %d 项\n",
		s.Indicators, s.Right, share(s.Right, s.Indicators), s.False, share(s.False, s.Indicators), s.Tasks, s.Found, s.Led, s.MoreTasks)
}

func share(part, whole int) float64 { return 100 * float64(part) / float64(max(1, whole)) }

// answersIn reads a file of answers; there may be none.
func answersIn(dir, name string) ([]answer.Row, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "打不开 %s，请检查权限：%w", filepath.Join(dir, name), err)
	}
	defer f.Close()
	rows, err := answer.Read(f)
	if err != nil {
		return nil, fault.New(fault.Invalid, "答案 %s 读不懂，请检查逗号和引号：%w", filepath.Join(dir, name), err)
	}
	return rows, nil
}
