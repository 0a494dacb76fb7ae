package benchrun

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"

	"jiuye/internal/engine/census"
	"jiuye/internal/engine/rule"
)

// Report is what the census was measured at. Times are the best of several runs, on Workers processors.
type Report struct {
	People        int     `json:"people"`
	Rules         int     `json:"rules"`
	Clauses       int     `json:"clauses"` // different ones
	Workers       int     `json:"workers"`
	FillS         float64 `json:"fill_s"` // making the people up and filling the columns
	ScreenColdS   float64 `json:"screen_cold_s"`
	ScreenChanged float64 `json:"screen_changed_s"` // 1 % of people, drawn at random, decided again
	ExplainUS     float64 `json:"explain_us"`       // all rules for one person, with the sentence of every clause
	SimulateMS    float64 `json:"simulate_ms"`      // one threshold changed: gainers and losers by banner
	BytesColumns  float64 `json:"bytes_columns"`    // a person: planes, groups, ids
	BytesPerson   float64 `json:"bytes_per_person"` // the same with all rules' answers
	ReadGBs       float64 `json:"read_gb_s"`        // the machine's read bandwidth, measured here
	SaveS         float64 `json:"save_s"`
	OpenS         float64 `json:"open_s"`
	Eligible      []int64 `json:"eligible"` // by rule
	Checked       int     `json:"checked"`  // people decided again one by one, all with the same answers
	Partitions    int     `json:"partitions,omitempty"`
	PartitionsS   float64 `json:"partitions_s,omitempty"` // the screening of all of them, one after the other
}

// tries is how often each time is measured.
const tries = 5

// Census fills a census with made-up people and measures it. With partitions it cuts the people into so many censuses,
// screens each, and compares the sums with the whole.
func Census(ctx context.Context, people, partitions int, out io.Writer, asJSON bool) error {
	r := Report{People: people, Partitions: partitions, Workers: runtime.GOMAXPROCS(0)}
	say := func(format string, args ...any) {
		if !asJSON {
			fmt.Fprintf(out, format+"\n", args...)
		}
	}
	dict, err := rule.NewDictionary(fields)
	if err != nil {
		return err
	}
	list, err := policies(dict)
	if err != nil {
		return err
	}
	townships, banners, bannerOf := places()
	crowd := rule.NewCrowd(dict, list, nil, today, map[int]rule.Codes{residence: townships})
	c, err := census.New(crowd.Columns, banners)
	if err != nil {
		return err
	}
	start := time.Now()
	if err := fill(ctx, c, crowd, people, townships, bannerOf); err != nil {
		return err
	}
	r.FillS = time.Since(start).Seconds()
	say("造出 %d 人，填入 %d 列，用时 %.1f 秒", people, len(crowd.Columns), r.FillS)

	rules := make([]census.Rule, len(list))
	for i, p := range list {
		if rules[i], err = crowd.Rule(p); err != nil {
			return err
		}
	}
	program, err := c.Compile(rules)
	if err != nil {
		return err
	}
	r.Rules, r.Clauses = len(rules), program.Clauses()
	var result *census.Result
	r.ScreenColdS = best(func() { result = c.Screen(program, 0) })
	for i := range rules {
		yes, _ := result.Count(i)
		r.Eligible = append(r.Eligible, yes)
	}
	say("%d 条规则、%d 个不同的条件，全体筛查 %.3f 秒", r.Rules, r.Clauses, r.ScreenColdS)
	if r.Checked, err = check(c, crowd, list, result); err != nil {
		return err
	}
	say("逐人复核 %d 人，答案全部相同", r.Checked)
	if partitions > 1 {
		if r.PartitionsS, err = cut(c, rules, result, partitions); err != nil {
			return err
		}
		say("分成 %d 份各自筛查，%.3f 秒，各规则各旗县的人数与合在一起时相同", partitions, r.PartitionsS)
	}

	changed, moves := r.again(c, crowd, result, townships, bannerOf)
	say("1%% 的人（%d 人）变动后重新筛查 %.4f 秒，%d 处进出", changed, r.ScreenChanged, moves)

	other, err := loosened(dict, crowd)
	if err != nil {
		return err
	}
	var gain, loss int64
	r.SimulateMS = 1000 * best(func() {
		shift, e := result.Simulate(0, other, 0)
		gain, loss, err = sum(shift.Gain), sum(shift.Loss), e
	})
	if err != nil {
		return err
	}
	say("把失业 12 个月改为 9 个月：新增 %d 人，减少 %d 人，按 %d 个旗县统计，用时 %.1f 毫秒", gain, loss, len(banners), r.SimulateMS)

	r.ExplainUS = explain(c, crowd, list)
	say("一人逐条解释 %d 条规则 %.1f 微秒", r.Rules, r.ExplainUS)
	r.BytesColumns = float64(c.Bytes()) / float64(people)
	r.BytesPerson = float64(c.Bytes()+result.Bytes()) / float64(people)
	r.ReadGBs = bandwidth()
	say("每人 %.1f 字节（其中结果 %.1f），本机读内存 %.1f GB/秒", r.BytesPerson, r.BytesPerson-r.BytesColumns, r.ReadGBs)
	if err := r.file(c); err != nil {
		return err
	}
	say("存盘 %.2f 秒，打开 %.2f 秒", r.SaveS, r.OpenS)
	if asJSON {
		return json.NewEncoder(out).Encode(r)
	}
	return nil
}

func best(work func()) float64 {
	least := time.Duration(1 << 62)
	for range tries {
		runtime.GC()
		start := time.Now()
		work()
		least = min(least, time.Since(start))
	}
	return least.Seconds()
}

func fill(ctx context.Context, c *census.Census, crowd *rule.Crowd, people int, townships rule.Sorted, bannerOf []int) error {
	var s somebody
	l, b := lot(1), c.Build()
	values, known := make([]int64, len(crowd.Columns)), make([]bool, len(crowd.Columns))
	for i := range people {
		if i%100_000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t := l.below(int64(len(townships)))
		s.born(&l, townships[t])
		crowd.Fill(&s, values, known)
		b.Add(int64(i)<<10, bannerOf[t], values, known)
	}
	b.End()
	return nil
}

// alter gives the people at some places other facts.
func alter(c *census.Census, crowd *rule.Crowd, l lot, places []int, townships rule.Sorted, bannerOf []int) {
	var s somebody
	values, known := make([]int64, len(crowd.Columns)), make([]bool, len(crowd.Columns))
	for _, at := range places {
		t := l.below(int64(len(townships)))
		s.born(&l, townships[t])
		crowd.Fill(&s, values, known)
		c.Set(at, bannerOf[t], values, known)
	}
}

// again has another hundredth of the people change each time.
func (r *Report) again(c *census.Census, crowd *rule.Crowd, result *census.Result, townships rule.Sorted, bannerOf []int) (changed, moves int) {
	least := time.Duration(1 << 62)
	for try := range tries {
		l, places := lot(7+try), make([]int, 0, c.People()/100+1)
		for range c.People() / 100 {
			places = append(places, int(l.below(int64(c.People()))))
		}
		slices.Sort(places)
		places = slices.Compact(places)
		alter(c, crowd, lot(99+try), places, townships, bannerOf)
		runtime.GC()
		start := time.Now()
		n := len(result.Again(places, 0))
		if took := time.Since(start); took < least {
			least, changed, moves = took, len(places), n
		}
	}
	r.ScreenChanged = least.Seconds()
	return changed, moves
}

// loosened is the first rule with 9 months instead of 12.
func loosened(dict *rule.Dictionary, crowd *rule.Crowd) (census.Rule, error) {
	was := conditions[0]
	defer func() { conditions[0] = was }()
	conditions[0] = string(bytes.Replace([]byte(was), []byte(">= 12"), []byte(">= 9"), 1))
	list, err := policies(dict)
	if err != nil {
		return census.Rule{}, err
	}
	return crowd.Rule(list[0])
}

// check decides every thousandth person alone, and compares.
func check(c *census.Census, crowd *rule.Crowd, list []*rule.Policy, result *census.Result) (n int, err error) {
	for at := 0; at < c.People(); at += 997 {
		s := crowd.Read(c, at)
		for i, p := range list {
			yes, unknown := result.Answer(i, at)
			if v := rule.Holds(p, s, today); yes != (v == rule.Eligible) || unknown != (v == rule.Unknown) {
				return n, fmt.Errorf("第 %d 人、规则 %s：一起筛查与单独判断的答案不同", at, p.ID)
			}
		}
		n++
	}
	return n, nil
}

func explain(c *census.Census, crowd *rule.Crowd, list []*rule.Policy) float64 {
	const people = 2000
	step := max(1, c.People()/people)
	read, said := 0, 0
	seconds := best(func() {
		read = 0
		for at := 0; at < c.People() && read < people; at += step {
			s := crowd.Read(c, at)
			for _, p := range list {
				e := rule.Explain(p, s, today)
				for i := range e.Clauses {
					said += len(e.Clauses[i].Zh(rule.You))
				}
			}
			read++
		}
	})
	if said == 0 {
		return 0 // nobody to explain anything of
	}
	return seconds / float64(read) * 1e6
}

// bandwidth reads a gigabyte on all processors.
func bandwidth() float64 {
	const words = 1 << 27
	big := make([]uint64, words)
	for i := range big {
		big[i] = uint64(i)
	}
	n := runtime.GOMAXPROCS(0)
	sums := make([]uint64, n*8)
	seconds := best(func() {
		done := make(chan struct{})
		for k := range n {
			go func() {
				var a, b, c, d uint64
				for part := big[words/n*k : words/n*(k+1)]; len(part) >= 4; part = part[4:] {
					a, b, c, d = a+part[0], b+part[1], c+part[2], d+part[3]
				}
				sums[k*8] = a + b + c + d
				done <- struct{}{}
			}()
		}
		for range n {
			<-done
		}
	})
	return words * 8 / seconds / 1e9
}

func (r *Report) file(c *census.Census) error {
	f, err := temp()
	if err != nil {
		return err
	}
	defer f.drop()
	start := time.Now()
	if err := c.Save(f, ""); err != nil {
		return err
	}
	r.SaveS = time.Since(start).Seconds()
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	start = time.Now()
	if _, _, err := census.Load(f); err != nil {
		return err
	}
	r.OpenS = time.Since(start).Seconds()
	return nil
}

func sum(list []int64) (n int64) {
	for _, v := range list {
		n += v
	}
	return n
}
