package policyrun

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
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
	Lang     string // of the reasons: zh, or en
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
	s, err := openSource(o.Subjects)
	if err != nil {
		return err
	}
	text := textOf(docs)
	dict, g, err := dictionaryOf(ctx, s, o.Fields, text)
	if err != nil {
		return err
	}
	policies := load(docs, dict, shared)
	if names := dict.Absent(); len(names) > 0 {
		fmt.Fprintf(print, "表里没有这些字段，都按不知道处理：%s\n", strings.Join(names, "、"))
	}
	need := needsOf(dict, plain(text))
	if g != nil {
		for _, id := range need.fields {
			if seen := g.fields[dict.Fields[id].Zh]; seen != nil && seen.doubt(dict.Fields[id].Type) != "" {
				fmt.Fprintln(print, seen.doubt(dict.Fields[id].Type))
			}
		}
	}
	for i := range policies {
		if policies[i].err != nil {
			for _, line := range policies[i].lines() {
				fmt.Fprintln(print, line+"（这项政策的答案都是 unknown）")
			}
		}
	}
	e := &evaluation{Options: o, on: on, dict: dict, need: need, policies: policies, source: s}
	e.pair()
	read := time.Since(start)
	start = time.Now()
	if err := e.write(ctx); err != nil {
		return err
	}
	n, seconds := e.many*len(policies), time.Since(start).Seconds()
	fmt.Fprintf(print, "%d 项政策、%d 个对象，共 %d 个决定：yes %d，no %d，unknown %d；读入 %.1f 秒，判断和写出 %.1f 秒（每秒 %.0f 个）\n",
		len(policies), e.many, n, e.counts[rule.Eligible], e.counts[rule.No], e.counts[rule.Unknown], read.Seconds(), seconds, float64(n)/max(seconds, 1e-9))
	return nil
}

// dictionaryOf is what the subjects' fields are, from a dictionary or else from their values.
func dictionaryOf(ctx context.Context, s *source, fields, policies string) (*rule.Dictionary, *guess, error) {
	if fields != "" {
		dict, err := readFields(fields)
		return dict, nil, err
	}
	g, err := guessOf(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	dict, err := g.dictionary(policies)
	if one := (*fault.Error)(nil); err != nil && !errors.As(err, &one) {
		err = fault.New(fault.Invalid, "%s：%s", s.path, err.Error())
	}
	return dict, g, err
}

func dayOf(text string) (rule.Day, error) {
	if text == "" {
		return rule.DayOf(time.Now()), nil // a tool for analysts, whose day is the machine's
	}
	d, ok := rule.ReadDay(text)
	if !ok {
		return 0, fault.New(fault.Invalid, "--at 应写日期，如 2025-09-24，您写的是 %s", text)
	}
	return d, nil
}

// namesOf are the columns that may name a subject, the first that it has does; without any its number in the file does.
func (e *evaluation) nameOf(one raw, at int) string {
	for _, name := range []string{e.ID, "编号", "id", "ID", "Id", "subject", "subject_id", "person_id", "身份证号"} {
		if v := one[name]; v != nil && name != "" {
			return written(v)
		}
	}
	if len(e.source.titles) > 0 && e.ID == "" {
		if v := one[e.source.titles[0]]; v != nil {
			return written(v)
		}
	}
	return strconv.Itoa(at + 1)
}

type evaluation struct {
	Options
	on       rule.Day
	dict     *rule.Dictionary
	need     *needs
	policies []loaded
	rivals   [][]int // of each policy: places of those it cannot be had together with
	source   *source
	many     int
	counts   [4]int64
}

// pair finds which policies exclude each other.
func (e *evaluation) pair() {
	e.rivals = make([][]int, len(e.policies))
	for i := range e.policies {
		for k := range e.policies {
			if a, b := e.policies[i].policy, e.policies[k].policy; i != k && a != nil && b != nil && a.Rivals(b) {
				e.rivals[i] = append(e.rivals[i], k)
			}
		}
	}
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

type part struct {
	text   bytes.Buffer
	counts [4]int64
	many   int
}

// write decides batch after batch on all processors and writes them in order.
func (e *evaluation) write(ctx context.Context) error {
	f, err := os.Create(e.Out)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "写不了 "+e.Out)
	}
	if _, err = f.WriteString(strings.Join(Head, ",") + "\n"); err == nil {
		err = inOrder(ctx, e.source, e.some, func(p *part) error {
			for k, n := range p.counts {
				e.counts[k] += n
			}
			e.many += p.many
			_, err := p.text.WriteTo(f)
			return err
		})
	}
	return cmp.Or(err, f.Close(), ctx.Err())
}

func (e *evaluation) some(b *batch) (*part, error) {
	list, err := b.raws()
	if err != nil {
		return nil, err
	}
	p := &part{many: len(list)}
	out := csv.NewWriter(&p.text)
	decisions := make([]decision, len(e.policies))
	row := make([]string, len(Head))
	for i, one := range list {
		s := e.need.fill(one)
		for k := range e.policies {
			decisions[k] = e.decide(&e.policies[k], s)
		}
		e.exclude(decisions)
		id := e.nameOf(one, b.first+i)
		for k := range decisions {
			d := &decisions[k]
			p.counts[d.verdict]++
			row[0], row[1], row[2], row[3], row[4], row[5], row[6] = e.policies[k].id, id, d.verdict.String(), "", d.missing, "", d.reason
			if d.priced {
				row[3] = strconv.FormatInt(d.fen, 10)
			}
			if d.from != 0 {
				row[5] = d.from.String()
			}
			if err := out.Write(row); err != nil {
				return nil, err
			}
		}
	}
	out.Flush()
	return p, out.Error()
}

func (e *evaluation) decide(l *loaded, s *subject) decision {
	if l.err != nil {
		return decision{verdict: rule.Unknown, reason: "政策写错了：" + l.lines()[0]}
	}
	answer := rule.Evaluate(l.policy, s, e.on)
	d := decision{verdict: answer.Verdict, from: answer.From}
	if d.verdict == rule.Near {
		d.verdict = rule.No
	}
	if d.verdict == rule.Unknown || e.Explain {
		x := rule.Explain(l.policy, s, e.on)
		if d.missing = strings.Join(x.MissingNames(), ";"); e.Explain || d.missing == "" { // a division by zero, say
			d.reason = e.reasons(x)
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

// marks stand before the clauses of a reason.
var marks = map[rule.Verdict]string{rule.Eligible: "✓", rule.No: "✗", rule.Unknown: "？"}

// reasons are the clauses that decide, in one line.
func (e *evaluation) reasons(x *rule.Explanation) string {
	text := []string{e.say(x.Lead(rule.Plain), x.LeadEn())}
	for i := range x.Clauses {
		if c := &x.Clauses[i]; c.Group == "" {
			text = append(text, marks[c.Outcome]+e.say(c.Zh(rule.Plain), c.En()))
		}
	}
	return strings.Join(text, e.say("；", "; "))
}

// exclude leaves, of policies that exclude each other, one: the lowest rank, then the largest amount, then the first.
func (e *evaluation) exclude(list []decision) {
	var order []int
	for k := range list {
		if list[k].verdict == rule.Eligible && len(e.rivals[k]) > 0 {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(e.policies[a].policy.Rank, e.policies[b].policy.Rank), cmp.Compare(list[b].fen, list[a].fen))
	})
	for i, k := range order {
		for _, before := range order[:i] {
			if list[before].verdict == rule.Eligible && slices.Contains(e.rivals[k], before) {
				id := e.policies[before].id
				list[k] = decision{verdict: rule.No, reason: e.say("与 "+id+" 不能同时享受，已取 "+id, "cannot be had together with "+id+", which is taken")}
				break
			}
		}
	}
}

func (e *evaluation) say(zh, en string) string {
	if e.Lang == "en" {
		return en
	}
	return zh
}
