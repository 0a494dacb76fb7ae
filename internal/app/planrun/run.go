package planrun

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/ground/fault"
)

// Options say what to read and where the files go.
type Options struct {
	Files  []string
	Format string // one of Formats
	Out    string // directory
}

// Read reads plan documents and writes indicators.csv, tasks.csv and warnings.csv.
func Read(o Options, say io.Writer) error {
	drafts, err := drafts(o)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.Out, 0o755); err != nil {
		return fault.New(fault.Invalid, "建不了目录 %s：%w", o.Out, err)
	}
	t := TablesOf(drafts)
	for _, f := range []struct {
		name string
		rows [][]string
	}{{"indicators.csv", t.Indicators}, {"tasks.csv", t.Tasks}, {"warnings.csv", t.Warnings}} {
		if err := write(o.Out, f.name, f.rows); err != nil {
			return err
		}
	}
	for _, d := range drafts {
		fmt.Fprintf(say, "%s　%s：指标 %d 条，任务 %d 项，提示 %d 条\n", Doc(d.Name), d.Title, len(d.Indicators), len(d.Tasks), len(d.Warnings))
	}
	fmt.Fprintf(say, "已写入 %s：indicators.csv、tasks.csv、warnings.csv。这些是建议，请对照原文逐条确认\n", o.Out)
	return nil
}

// Check reads plan documents and says what a careful reader would ask; with Out it also writes findings.csv.
func Check(o Options, say io.Writer) error {
	drafts, err := drafts(o)
	if err != nil {
		return err
	}
	found := plandoc.Check(drafts...)
	rows := [][]string{findingColumns}
	for _, f := range found {
		doc := Doc(f.Doc)
		fmt.Fprintf(say, "【%s】%s %s\n  看到：%s\n  请问：%s\n", plandoc.KindName(f.Kind), doc, f.Place.Section, f.Seen, f.Ask)
		for _, q := range f.Quotes {
			fmt.Fprintf(say, "  原文：%s\n", oneLine(q))
		}
		rows = append(rows, []string{f.Kind, doc, f.Place.Section, strconv.Itoa(f.Place.Block), f.Indicator, f.Seen, f.Ask, oneLine(strings.Join(f.Quotes, " | "))})
	}
	fmt.Fprintf(say, "共 %d 处，都是供起草人核对的问题，不是结论\n", len(found))
	if o.Out == "" {
		return nil
	}
	if err := os.MkdirAll(o.Out, 0o755); err != nil {
		return fault.New(fault.Invalid, "建不了目录 %s：%w", o.Out, err)
	}
	return write(o.Out, "findings.csv", rows)
}

func drafts(o Options) ([]plandoc.Draft, error) {
	var out []plandoc.Draft
	for _, path := range o.Files {
		t, err := Load(path, o.Format)
		if err != nil {
			return nil, err
		}
		out = append(out, plandoc.Read(t))
	}
	return out, nil
}
