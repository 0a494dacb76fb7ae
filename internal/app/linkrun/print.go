package linkrun

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"jiuye/internal/engine/linkage"
	"jiuye/internal/ground/clock"
)

// watch measures the steps of a run.
type watch struct {
	start, last time.Time
	laps        []string
}

func startWatch() *watch {
	now := clock.System{}.Now()
	return &watch{start: now, last: now}
}

func (w *watch) lap(name string) {
	now := clock.System{}.Now()
	w.laps = append(w.laps, fmt.Sprintf("%s %.2f 秒", name, now.Sub(w.last).Seconds()))
	w.last = now
}

func (w *watch) print(out io.Writer) {
	cpu, memory := Usage()
	fmt.Fprintf(out, "用时 %.2f 秒（%s），处理器 %.2f 秒，内存最高 %d MB\n", w.last.Sub(w.start).Seconds(), strings.Join(w.laps, "，"), cpu, memory>>20)
}

func printReport(out io.Writer, r *linkage.Result) {
	p := r.Report
	fmt.Fprintf(out, "记录 %d 条，比较 %d 对，写出 %d 对：自动 %d，待核 %d\n", p.Records, p.Compared, p.Kept, p.Linked, p.Review)
	for _, s := range p.Passes {
		fmt.Fprintf(out, "  分块 %-44s %9d 块 %11.0f 对，最大一块 %d 条", strings.Join(s.Keys, " + "), s.Blocks, s.Pairs, s.Largest)
		if s.Refined > 0 {
			fmt.Fprintf(out, "，细分 %d 块，这一遍没比 %.0f 对", s.Refined, s.LeftOut)
		}
		fmt.Fprintln(out)
	}
	for i, n := range p.Ruled {
		fmt.Fprintf(out, "  规则 %s：%d 对\n", r.Trained.Rule(i), n)
	}
	if p.Always+p.Never+p.Explained > 0 {
		fmt.Fprintf(out, "  人工判定：是同一个 %d 对，不是 %d 对；规则冲突由第三条记录说清 %d 对\n", p.Always, p.Never, p.Explained)
	}
	fmt.Fprintf(out, "归成 %d 组（两条以上），最大一组 %d 条；不并：证件号不同 %d，规则冲突 %d，多数不符 %d，过大 %d；一对一落选 %d 对\n",
		p.Groups, p.LargestAt, p.Refused.Identifiers, p.Refused.Conflicts, p.Refused.Disagree, p.Refused.TooLarge, p.Unpaired)
	if p.Refused.TooLarge > 0 {
		fmt.Fprintf(out, "警告：有 %d 处会并成过大的组，没有并，请核对这些记录\n", p.Refused.TooLarge)
	}
	if o := p.Own; o != nil {
		fmt.Fprintf(out, "自测（按证件号，不用证件号打分，同号 %.0f 对）：自动 查准 %.4f 查全 %.4f；待核以上 查准 %.4f 查全 %.4f；分块查全 %.4f\n",
			o.Same, o.Auto.Precision, o.Auto.Recall, o.Review.Precision, o.Review.Recall, o.Blocking)
	}
	fmt.Fprintf(out, "模型 %s，训练 %d 轮，起点 %.2f 分，估计同一人 %.0f 对\n", r.Trained.Hash()[:16], r.Trained.Rounds, r.Trained.Prior, r.Trained.Found)
}

func printQuality(out io.Writer, d *linkage.Data) {
	for _, q := range d.Quality() {
		fmt.Fprintf(out, "  %s：", q.Label)
		for s, n := range q.Counts {
			fmt.Fprintf(out, "%s %d ", linkage.Status(s).Zh(), n)
		}
		for _, reason := range slices.Sorted(maps.Keys(q.Reasons)) {
			fmt.Fprintf(out, " %s %d", reason, q.Reasons[reason])
		}
		fmt.Fprintln(out)
	}
}

func printEvaluation(out io.Writer, e linkage.Evaluation) {
	line := func(name string, s linkage.Score) {
		fmt.Fprintf(out, "%-14s precision %.5f  recall %.5f  F1 %.5f  (%d / %d)\n", name, s.Precision, s.Recall, s.F1, s.Right, s.Links)
	}
	fmt.Fprintf(out, "对照真值（%d 对）：blocking recall %.5f\n", e.Truth, e.Blocking)
	for _, s := range e.At {
		line(fmt.Sprintf("p ≥ %g", s.Threshold), s)
	}
	line(fmt.Sprintf("auto p ≥ %g", e.Auto.Threshold), e.Auto)
	line(fmt.Sprintf("best p ≥ %.4g", e.Best.Threshold), e.Best)
	line("clusters", e.Clusters)
}
