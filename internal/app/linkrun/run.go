package linkrun

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"jiuye/internal/engine/linkage"
	"jiuye/internal/ground/fault"
)

// Options are the flags of jiuye link.
type Options struct {
	Model    string // "" for a model that is guessed from the file
	Left     string // the file to dedupe, or the left one of a match
	Right    string // "" for dedupe
	Out      string // pairs.csv
	Clusters string // clusters.csv, "" for none
	Truth    string // a column, or for a match also a file with left,right
	Never    string // a file with left,right: pairs that people parted, "" for none
	Always   string // pairs that people joined
	Quality  bool   // print what cleaning found
}

// large reports whether memory matters more than a tenth of the time: nearly all of it is a few large pieces that live to the
// end, for which the collector otherwise keeps as much room again.
func large(o Options) bool {
	size := int64(0)
	for _, path := range []string{o.Left, o.Right} {
		if info, err := os.Stat(path); err == nil {
			size += info.Size()
		}
	}
	return size > 250<<20
}

// Run reads, links, writes and prints.
func Run(ctx context.Context, o Options, print io.Writer) error {
	watch := startWatch()
	if large(o) {
		defer debug.SetGCPercent(debug.SetGCPercent(35))
	}
	m, err := modelOf(ctx, o, print)
	if err != nil {
		return err
	}
	d, err := linkage.NewData(m)
	if err != nil {
		return err
	}
	column, file := o.Truth, ""
	if o.Right != "" && strings.ContainsAny(o.Truth, "./\\") {
		column, file = "", o.Truth
	}
	t := &table{}
	if err := load(ctx, d, m, o.Left, column, t); err != nil {
		return err
	}
	if o.Right != "" {
		d.Right()
		if err := load(ctx, d, m, o.Right, column, t); err != nil {
			return err
		}
		if d.Len() == 0 || d.Lefts() == 0 || d.Lefts() == d.Len() {
			return &fault.Error{Kind: fault.Invalid, Text: "两个文件都要有记录才能比对，有一个只有表头"}
		}
	}
	watch.lap("读入、清洗")
	for _, name := range slices.Sorted(maps.Keys(d.Unfound)) {
		fmt.Fprintf(print, "注意：文件里没有列 %s（可用表头：%s），按缺值处理\n", name, strings.Join(d.Unfound[name], "、"))
	}
	for _, q := range d.Quality() {
		if _, unfound := d.Unfound[q.Column]; !unfound && d.Len() > 0 && q.Counts[linkage.Missing] == d.Len() {
			fmt.Fprintf(print, "注意：列 %s 全部是空的，比对时不计分\n", q.Label)
		}
	}
	if t.broken > 0 {
		fmt.Fprintf(print, "注意：有 %d 行含无法识别的文字，这些字按缺字处理\n", t.broken)
	}
	if err := decisions(d, t, o, print); err != nil {
		return err
	}
	r := linkage.Run(d)
	watch.lap("训练、比对、归组")
	if err := writePairs(o.Out, r, t); err != nil {
		return err
	}
	if o.Clusters != "" {
		if err := writeClusters(o.Clusters, r, t); err != nil {
			return err
		}
	}
	watch.lap("写出")
	if o.Quality {
		printQuality(print, d)
	}
	printReport(print, r)
	watch.print(print)
	if o.Truth == "" {
		return nil
	}
	truth, err := truthOf(ctx, d, t, file)
	if err != nil {
		return err
	}
	printEvaluation(print, r.Evaluate(d, truth, .5, .9))
	return nil
}
