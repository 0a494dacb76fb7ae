package occupationrun

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"jiuye/internal/engine/rank/occupation"
	"jiuye/internal/ground/fault"
)

// Options of both commands.
type Options struct {
	Classification string // csv or xlsx; "": what is built in
	Definitions    string // optional
	In             string // titles to code
	Train          string // labelled titles; "": none
	Out            string
	K              int    // answers a title
	Folds          int    // of evaluate
	Seed           uint64 // of everything drawn by chance
	Why            bool   // write a column of reasons
}

// Head is the titles of the answers.
var Head = []string{"job_name", "rank", "code", "name", "score"}

// Code codes the titles of a file: K rows for each in the order of the file, and one without a code for a title that
// names nothing.
func Code(ctx context.Context, o Options, print io.Writer) error {
	if o.K < 1 {
		return fault.New(fault.Invalid, "--k 是每个岗位写出几个职业，应是 1 以上的整数，您写的是 %d", o.K)
	}
	titles, err := titlesOf(o.In)
	if err != nil {
		return err
	}
	start := time.Now()
	coder, err := coderOf(o, print)
	if err != nil {
		return err
	}
	ready := time.Since(start)
	start = time.Now()
	answers := codeAll(ctx, coder, titles, o.K)
	if err := ctx.Err(); err != nil {
		return err
	}
	spent := time.Since(start)
	if err := write(o, titles, answers); err != nil {
		return err
	}
	none := 0
	for _, a := range answers {
		if len(a) == 0 {
			none++
		}
	}
	fmt.Fprintf(print, "%d 个岗位名称已编码，写到 %s；没有可认的字、未编码的 %d 个；准备 %.1f 秒，编码每个 %.2f 毫秒\n",
		len(titles)-none, o.Out, none, ready.Seconds(), spent.Seconds()*1000/float64(max(len(titles), 1)))
	return nil
}

func titlesOf(path string) ([]string, error) {
	rows, err := read(path, jobs)
	if err != nil {
		return nil, err
	}
	list := make([]string, len(rows))
	for i, row := range rows {
		list[i] = row[0]
	}
	return list, nil
}

func coderOf(o Options, print io.Writer) (*occupation.Coder, error) {
	list, err := classes(o.Classification, o.Definitions)
	if err != nil {
		return nil, err
	}
	coder := occupation.New(list)
	if o.Train == "" {
		return coder, nil
	}
	labels, err := labelled(o.Train)
	if err != nil {
		return nil, err
	}
	trained, unknown := coder.Train(labels, o.Seed)
	if unknown > 0 {
		fmt.Fprintf(print, "%s 里有 %d 行的代码不在职业分类里，没有用于训练\n", o.Train, unknown)
	}
	return trained, nil
}

// codeAll codes on all processors; the answers stand in the order of the titles.
func codeAll(ctx context.Context, c *occupation.Coder, titles []string, k int) [][]occupation.Answer {
	answers := make([][]occupation.Answer, len(titles))
	workers := runtime.GOMAXPROCS(0)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(titles) && ctx.Err() == nil; i += workers {
				answers[i] = c.Code(titles[i], k)
			}
		})
	}
	wait.Wait()
	return answers
}

func write(o Options, titles []string, answers [][]occupation.Answer) (err error) {
	f, err := os.Create(o.Out)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "写不了 "+o.Out+"，请核对文件夹是否存在、文件是否正被打开")
	}
	defer func() { err = cmp.Or(err, f.Close()) }()
	out := csv.NewWriter(f)
	head := Head
	if o.Why {
		head = append(head[:len(head):len(head)], "why")
	}
	_ = out.Write(head) // Flush reports it
	for i, title := range titles {
		list := answers[i]
		if len(list) == 0 {
			list = []occupation.Answer{{Why: "没有可认的字"}}
		}
		for rank, a := range list {
			row := []string{title, strconv.Itoa(rank + 1), a.Code, a.Name, strconv.FormatFloat(a.Score, 'f', 4, 64)}
			if o.Why {
				row = append(row, a.Why)
			}
			_ = out.Write(row)
		}
	}
	out.Flush()
	return out.Error()
}

// Evaluate cuts labelled titles into parts, codes each by what the others teach, and prints how often that is right; then
// the same without any label, and the time a title takes.
func Evaluate(ctx context.Context, o Options, print io.Writer) error {
	if o.Folds < 2 {
		return fault.New(fault.Invalid, "--folds 是把数据分成几份轮流检验，应是 2 以上的整数，您写的是 %d", o.Folds)
	}
	list, err := classes(o.Classification, o.Definitions)
	if err != nil {
		return err
	}
	labels, err := labelled(o.Train)
	if err != nil {
		return err
	}
	if len(labels) < o.Folds {
		return fault.New(fault.Invalid, "%s 只有 %d 个带代码的岗位名称，分不成 %d 份", o.Train, len(labels), o.Folds)
	}
	coder := occupation.New(list)
	fmt.Fprintf(print, "%d 个岗位名称，%d 份轮流检验，种子 %d\n%-14s %6s %6s %7s\n", len(labels), o.Folds, o.Seed, "", "acc@1", "acc@5", "MRR@10")
	line := func(name string, q occupation.Quality) {
		fmt.Fprintf(print, "%s %.4f %.4f %.4f\n", name+strings.Repeat(" ", max(14-2*len([]rune(name)), 0)), q.First, q.Five, q.Reverse)
	}
	whole := coder.Folds(labels, o.Folds, o.Seed, func(part int, q occupation.Quality) { line(fmt.Sprintf("第%d份", part+1), q) })
	if err := ctx.Err(); err != nil {
		return err
	}
	line("合计", whole)
	start := time.Now()
	trained, unknown := coder.Train(labels, o.Seed)
	fmt.Fprintf(print, "全部用于训练：%.1f 秒，代码不在职业分类里的 %d 行\n", time.Since(start).Seconds(), unknown)
	start = time.Now()
	for _, l := range labels {
		trained.Code(l.Title, 5)
	}
	fmt.Fprintf(print, "编码每个 %.3f 毫秒（一个处理器）\n", time.Since(start).Seconds()*1000/float64(len(labels)))
	line("不用训练", coder.Judge(labels))
	return nil
}
