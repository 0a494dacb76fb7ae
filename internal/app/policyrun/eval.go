package policyrun

import (
	"bufio"
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
)

// Options of jiuye policy eval.
type Options struct {
	Policies string // file or folder
	Subjects string // csv, xlsx or jsonl
	Fields   string // dictionary; "": guessed from the subjects
	At       string // day, 2025-09-24; "": the machine's today
	ID       string // column of the subject's number; "": 编号, id, subject or the first
	Explain  bool   // reasons in full
	Out      string
}

// Head is the titles of the answers.
var Head = []string{"policy", "subject", "decision", "amount_fen", "missing", "eligible_from", "reason"}

// Eval decides all policies for all subjects and writes a row for each pair: by subject in the order of the file, and by
// policy in the order of the folder.
func Eval(ctx context.Context, o Options, print io.Writer) error {
	start := time.Now()
	on, err := dayOf(o.At)
	if err != nil {
		return err
	}
	docs, shared, err := readDocuments(o.Policies)
	if err != nil {
		return err
	}
	dict, list, order, err := dictionaryOf(o.Subjects, o.Fields)
	if err != nil {
		return err
	}
	if o.Fields == "" {
		var added []string
		if dict, added = withAbsent(docs, dict, shared); len(added) > 0 {
			fmt.Fprintf(print, "表里没有这些字段，都按不知道处理：%s\n", strings.Join(added, "、"))
		}
	}
	policies := load(docs, dict, shared)
	for i := range policies {
		if policies[i].err != nil {
			for _, line := range policies[i].lines() {
				fmt.Fprintln(print, line+"（这项政策的答案都是 unknown）")
			}
		}
	}
	e := &evaluation{Options: o, on: on, dict: dict, policies: policies, list: list, name: nameOf(o.ID, order)}
	read := time.Since(start)
	start = time.Now()
	if err := e.write(ctx); err != nil {
		return err
	}
	n, seconds := len(list)*len(policies), time.Since(start).Seconds()
	fmt.Fprintf(print, "%d 项政策、%d 个对象，共 %d 个决定：yes %d，no %d，unknown %d；读入 %.1f 秒，判断和写出 %.1f 秒（每秒 %.0f 个）\n",
		len(policies), len(list), n, e.counts[rule.Eligible], e.counts[rule.No], e.counts[rule.Unknown], read.Seconds(), seconds, float64(n)/max(seconds, 1e-9))
	return nil
}

// dictionaryOf reads subjects, and what their fields are, from a dictionary or else from their values.
func dictionaryOf(file, fields string) (*rule.Dictionary, []raw, []string, error) {
	list, order, err := readSubjects(file)
	if err != nil {
		return nil, nil, nil, err
	}
	if fields != "" {
		dict, err := readFields(fields)
		return dict, list, order, err
	}
	g := newGuess(order)
	for _, one := range list {
		g.look(one)
	}
	dict, err := g.dictionary()
	if err != nil {
		return nil, nil, nil, fault.Wrap(fault.Invalid, err, file+"："+err.Error())
	}
	return dict, list, order, nil
}

func dayOf(text string) (rule.Day, error) {
	if text == "" {
		return rule.DayOf(time.Now()), nil // a tool for analysts, whose day is the machine's
	}
	d, ok := day(text)
	if !ok {
		return 0, fault.New(fault.Invalid, "--at 应写日期，如 2025-09-24，您写的是 %s", text)
	}
	return d, nil
}

// nameOf is the column that names subjects.
func nameOf(asked string, order []string) string {
	for _, name := range []string{asked, "编号", "id", "ID", "subject", "subject_id", "person_id"} {
		if name != "" && slices.Contains(order, name) {
			return name
		}
	}
	return first(order)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

type evaluation struct {
	Options
	on       rule.Day
	dict     *rule.Dictionary
	policies []loaded
	list     []raw
	name     string
	counts   [4]int64
}

// decision is one answer.
type decision struct {
	verdict rule.Verdict // Eligible, No or Unknown
	fen     int64
	priced  bool
	missing string
	from    rule.Day
	reason  string
}

// chunk is how many subjects are decided together by one processor.
const chunk = 512

type part struct {
	rows   [][]string
	counts [4]int64
}

// write decides chunk after chunk on all processors and writes them in order.
func (e *evaluation) write(ctx context.Context) (err error) {
	f, err := os.Create(e.Out)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "写不了 "+e.Out)
	}
	buffer := bufio.NewWriterSize(f, 1<<20)
	out := csv.NewWriter(buffer)
	if err := out.Write(Head); err != nil {
		return err
	}
	parts := make(chan chan part, runtime.GOMAXPROCS(0)+1)
	go func() {
		defer close(parts)
		for from := 0; from < len(e.list) && ctx.Err() == nil; from += chunk {
			done := make(chan part, 1)
			parts <- done
			go func() { done <- e.some(from, min(from+chunk, len(e.list))) }()
		}
	}()
	for done := range parts {
		p := <-done
		for k, n := range p.counts {
			e.counts[k] += n
		}
		if err == nil {
			err = out.WriteAll(p.rows)
		}
	}
	out.Flush()
	return cmp.Or(err, out.Error(), buffer.Flush(), f.Close(), ctx.Err())
}

func (e *evaluation) some(from, to int) (p part) {
	p.rows = make([][]string, 0, (to-from)*len(e.policies))
	decisions := make([]decision, len(e.policies))
	for i := from; i < to; i++ {
		s := fill(e.dict, e.list[i])
		for k := range e.policies {
			decisions[k] = e.decide(&e.policies[k], s)
		}
		e.exclude(decisions)
		id := fmt.Sprint(e.list[i][e.name])
		if e.list[i][e.name] == nil {
			id = strconv.Itoa(i + 1)
		}
		for k := range decisions {
			d := &decisions[k]
			p.counts[d.verdict]++
			row := []string{e.policies[k].id, id, d.verdict.String(), "", d.missing, "", d.reason}
			if d.priced {
				row[3] = strconv.FormatInt(d.fen, 10)
			}
			if d.from != 0 {
				row[5] = d.from.String()
			}
			p.rows = append(p.rows, row)
		}
	}
	return p
}

func (e *evaluation) decide(l *loaded, s *subject) decision {
	if l.err != nil {
		return decision{verdict: rule.Unknown, reason: "政策写错了：" + first(l.lines())}
	}
	answer := rule.Evaluate(l.policy, s, e.on)
	d := decision{verdict: answer.Verdict, from: answer.From}
	if d.verdict == rule.Near {
		d.verdict = rule.No
	}
	if d.verdict == rule.Unknown || e.Explain {
		x := rule.Explain(l.policy, s, e.on)
		var names []string
		for _, id := range x.Missing() {
			names = append(names, e.dict.Fields[id].Zh)
		}
		if d.missing = strings.Join(names, ";"); e.Explain {
			d.reason = reasons(x)
		}
	}
	if d.verdict == rule.Eligible {
		fen, known, why := l.policy.AmountFor(s, e.on)
		if d.fen, d.priced = fen, known; why != "" {
			d.reason = strings.TrimPrefix(d.reason+"；金额："+why, "；")
		}
	}
	return d
}

// reasons are the clauses that decide, in one line.
func reasons(x *rule.Explanation) string {
	text := []string{x.Lead(rule.Plain)}
	for i := range x.Clauses {
		c := &x.Clauses[i]
		if c.Group != "" {
			continue
		}
		mark := map[rule.Verdict]string{rule.Eligible: "✓", rule.No: "✗", rule.Unknown: "？"}[c.Outcome]
		text = append(text, mark+c.Zh(rule.Plain))
	}
	return strings.Join(text, "；")
}

// exclude leaves, of policies that exclude each other, one: the lowest rank, then the largest amount, then the first.
func (e *evaluation) exclude(list []decision) {
	var order []int
	for k := range list {
		if list[k].verdict == rule.Eligible {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(e.policies[a].policy.Rank, e.policies[b].policy.Rank), cmp.Compare(list[b].fen, list[a].fen))
	})
	for i, k := range order {
		for _, before := range order[:i] {
			if list[before].verdict != rule.Eligible {
				continue
			}
			a, b := e.policies[k].policy, e.policies[before].policy
			if slices.Contains(a.Excludes, b.ID) || slices.Contains(b.Excludes, a.ID) {
				list[k] = decision{verdict: rule.No, reason: "与 " + b.ID + " 不能同时享受，已取 " + b.ID}
				break
			}
		}
	}
}
