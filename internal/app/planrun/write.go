package planrun

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/ground/fault"
)

// The columns of the files, as the answer files of the evaluation have them.
var (
	indicatorColumns = []string{"doc", "level", "region_code", "table_or_section", "indicator", "unit", "base_year", "base_value", "plan13_target", "done_2020", "target_year", "target_value", "cumulative", "comparator", "attribute", "quote"}
	taskColumns      = []string{"doc", "no", "title", "summary", "lead_unit", "units", "deliverables", "deadline", "quote"}
	warningColumns   = []string{"doc", "place", "line", "kind", "text", "quote"}
	findingColumns   = []string{"kind", "doc", "place", "line", "indicator", "seen", "ask", "quotes"}
)

// Doc is the short name of a document: the number its file's name begins with, or the name without its ending.
func Doc(name string) string {
	if head, _, ok := strings.Cut(name, "_"); ok && head != "" && strings.Trim(head, "0123456789") == "" {
		return head
	}
	return strings.TrimSuffix(name, filepath.Ext(name))
}

// Tables are the rows of the files for some drafts.
type Tables struct{ Indicators, Tasks, Warnings [][]string }

// TablesOf makes the rows of indicators.csv, tasks.csv and warnings.csv.
func TablesOf(drafts []plandoc.Draft) Tables {
	t := Tables{Indicators: [][]string{indicatorColumns}, Tasks: [][]string{taskColumns}, Warnings: [][]string{warningColumns}}
	for _, d := range drafts {
		doc := Doc(d.Name)
		level, code := Where(d)
		for _, x := range d.Indicators {
			total := "no"
			if x.Cumulative {
				total = "yes"
			}
			t.Indicators = append(t.Indicators, []string{doc, level, code, x.Place.Section, x.Name, x.Unit, x.BaseYear, x.BaseValue, x.EarlierTarget, x.Done, x.TargetYear, x.TargetValue, total, x.Comparator, x.Attribute, oneLine(x.Quote)})
		}
		for _, x := range d.Tasks {
			t.Tasks = append(t.Tasks, []string{doc, x.No, x.Title, oneLine(x.Summary), x.Lead, strings.Join(x.Units, ";"), oneLine(strings.Join(x.Deliverables, "; ")), x.Deadline, oneLine(x.Quote)})
		}
		for _, w := range d.Warnings {
			t.Warnings = append(t.Warnings, []string{doc, w.Place.Section, strconv.Itoa(w.Place.Block), w.Kind, w.Text, oneLine(w.Quote)})
		}
	}
	return t
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// write puts rows in a csv file.
func write(dir, name string, rows [][]string) error {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return fault.New(fault.Invalid, "写不了文件 %s，请检查目录和权限：%w", filepath.Join(dir, name), err)
	}
	w := csv.NewWriter(f)
	if err := w.WriteAll(rows); err != nil {
		f.Close()
		return fault.New(fault.Invalid, "写文件 %s 出错：%w", filepath.Join(dir, name), err)
	}
	return f.Close()
}
