package benchrun

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"jiuye/internal/engine/rank/allocate"
	"jiuye/internal/engine/rank/allocate/trial"
)

// Allocation is what to measure.
type Allocation struct {
	Seekers, Vacancies, Top      int
	Recommendations, Invitations int
	Congestion, First            float64
	Seeds                        int // of the trial; 0: none
	JSON                         bool
}

// AllocateReport is what allocating recommendations was measured at, and what a made-up labour market says of it.
type AllocateReport struct {
	Seekers   int         `json:"seekers"`
	Vacancies int         `json:"vacancies"`
	Openings  int         `json:"openings"`
	Pairs     int         `json:"pairs"`
	Load      string      `json:"load"` // of the machine
	BuildS    float64     `json:"build_s"`
	AuctionS  float64     `json:"auction_s"`
	AuctionC  float64     `json:"auction_cpu_s"` // processor time
	MarketMB  float64     `json:"market_mb"`
	AuctionMB float64     `json:"auction_mb"` // taken while it ran, beside the market
	Bids      int         `json:"bids"`
	Proven    float64     `json:"proven"` // value as a share of the proven bound
	Given     int         `json:"given"`  // recommendations
	Nothing   int         `json:"nothing"`
	Crowd     [3]float64  `json:"crowd"`      // people sent per opening: median, P90, most
	CrowdOwn  [3]float64  `json:"crowd_own"`  // the same when everybody gets their own best
	Unsought  int         `json:"unsought"`   // openings that nobody was sent to
	OwnBest   int         `json:"own_best"`   // openings that nobody would be sent to when everybody gets their own best
	Offers    float64     `json:"offers"`     // people expected to have at least one
	OffersOwn float64     `json:"offers_own"` // the same when everybody gets their own best
	Residual  int         `json:"cells"`      // banner × occupation with something left over
	ResidualS float64     `json:"residual_s"` //
	Scarce    []trial.Row `json:"scarce,omitempty"`
	Balanced  []trial.Row `json:"balanced,omitempty"`
}

// Allocate deals out a made-up market of this size and, when seeds are asked for, compares policies on a market where
// everything is known.
func Allocate(ctx context.Context, a Allocation, out io.Writer) error {
	r := AllocateReport{Seekers: a.Seekers, Vacancies: a.Vacancies}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		r.Load, _, _ = strings.Cut(string(load), " ")
	}
	say := func(format string, args ...any) {
		if !a.JSON {
			fmt.Fprintf(out, format+"\n", args...)
		}
	}
	if a.Seekers > 0 && a.Vacancies > 0 {
		if err := r.measure(ctx, a); err != nil {
			return err
		}
		say("%d 人 × %d 个岗位（%d 个空缺），候选 %d 对：建市场 %.2f 秒、%.0f MB", a.Seekers, a.Vacancies, r.Openings, r.Pairs, r.BuildS, r.MarketMB)
		say("拍卖 %.2f 秒（处理器 %.2f 秒）、%.0f MB，出价 %d 次；已证明不低于最优值的 %.2f%%", r.AuctionS, r.AuctionC, r.AuctionMB, r.Bids, 100*r.Proven)
		say("推荐 %d 条，%d 人没有推荐，%d 个空缺无人可荐（各取最好：%d）", r.Given, r.Nothing, r.Unsought, r.OwnBest)
		say("每空缺推荐人数 中位 %.1f、P90 %.1f、最多 %.1f（各取最好：%.1f、%.1f、%.1f）；预计 %.0f 人至少得到一个录用通知（各取最好：%.0f）",
			r.Crowd[0], r.Crowd[1], r.Crowd[2], r.CrowdOwn[0], r.CrowdOwn[1], r.CrowdOwn[2], r.Offers, r.OffersOwn)
		say("旗县×工种余缺 %d 格，%.3f 秒；机器负载 %s", r.Residual, r.ResidualS, r.Load)
	}
	for _, market := range []struct {
		zh   string
		size trial.Size
		rows *[]trial.Row
	}{{"空缺与求职者大致相当", trial.Balanced, &r.Balanced}, {"空缺约为求职者一半", trial.Scarce, &r.Scarce}} {
		if a.Seeds == 0 {
			break
		}
		var err error
		if *market.rows, err = trial.Compare(market.size, a.Seeds, func(int) error { return ctx.Err() }); err != nil {
			return err
		}
		if !a.JSON {
			say("\n%s（%d 人 × %d 个岗位，%d 周，%d 个随机种子，均值 ± 95%% 置信区间半宽；括号内为与“%s”逐个种子之差）",
				market.zh, market.size.Seekers, market.size.Vacancies, market.size.Weeks, a.Seeds, trial.Policies[0].Zh)
			if err := trialTable(out, *market.rows); err != nil {
				return err
			}
		}
	}
	if a.JSON {
		return json.NewEncoder(out).Encode(r)
	}
	return nil
}

// trialTable has a line for every measure and a column for every policy.
func trialTable(out io.Writer, rows []trial.Row) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, p := range trial.Policies {
		fmt.Fprint(w, "\t", p.Zh)
	}
	fmt.Fprintln(w)
	n := len(rows) / len(trial.Policies)
	for m := range n {
		digits := 0
		if rows[m].Value.Mean < 50 {
			digits = 3
		}
		fmt.Fprint(w, rows[m].MeasureZh)
		for k := range trial.Policies {
			row := rows[k*n+m]
			fmt.Fprintf(w, "\t%.*f±%.*f", digits, row.Value.Mean, digits, row.Value.Half)
			if k > 0 {
				fmt.Fprintf(w, "（%+.*f±%.*f）", digits, row.Difference.Mean, digits, row.Difference.Half)
			}
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

func (r *AllocateReport) measure(ctx context.Context, a Allocation) error {
	o := allocate.Options{Recommendations: a.Recommendations, Invitations: a.Invitations, Congestion: a.Congestion, First: a.First}
	before := heapMB()
	start := time.Now()
	town := newSupply(r.Seekers, r.Vacancies)
	m, err := town.market(ctx, a.Top)
	if err != nil {
		return err
	}
	r.BuildS, r.MarketMB, r.Pairs = time.Since(start).Seconds(), heapMB()-before, m.Pairs()
	for _, v := range m.Vacancies() {
		r.Openings += v.Openings
	}
	runtime.LockOSThread()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	taken, start, cpu := memory.TotalAlloc, time.Now(), threadTime()
	s, err := allocate.Auction(m, o)
	r.AuctionS, r.AuctionC = time.Since(start).Seconds(), (threadTime() - cpu).Seconds()
	runtime.UnlockOSThread()
	if err != nil {
		return err
	}
	runtime.ReadMemStats(&memory)
	r.AuctionMB = float64(memory.TotalAlloc-taken) / 1e6
	r.Bids, r.Given, r.Proven = s.Bids, s.Pairs, 1
	if s.Bound > 0 {
		r.Proven = s.Value / s.Bound
	}
	own := allocate.OwnBest(m, o.Recommendations)
	r.Crowd, r.Unsought = sent(m, s.Load())
	r.CrowdOwn, r.OwnBest = sent(m, own.Load())
	r.Offers, r.OffersOwn = s.ExpectedOffers(), own.ExpectedOffers()
	start = time.Now()
	for _, cell := range s.Residual(town.seekerCell, town.vacancyCell) {
		r.Nothing += cell.Nothing
		if cell.Nothing > 0 || cell.Unsought > 0 {
			r.Residual++
		}
	}
	r.ResidualS = time.Since(start).Seconds()
	return nil
}

// sent is the median, the ninetieth percentile and the most of people sent per opening, and the openings without any.
func sent(m *allocate.Market, load []int) (quantiles [3]float64, unsought int) {
	per := make([]float64, len(load))
	for j, v := range m.Vacancies() {
		per[j] = float64(load[j]) / float64(v.Openings)
		unsought += max(0, v.Openings-load[j])
	}
	slices.Sort(per)
	n := len(per)
	return [3]float64{per[n/2], per[n*9/10], per[n-1]}, unsought
}

func heapMB() float64 {
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return float64(memory.HeapAlloc) / 1e6
}
