package benchrun

import (
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"jiuye/internal/engine/rank"
	"jiuye/internal/engine/rank/occupation"
	"jiuye/internal/register/area"
)

// MatchReport is what matching was measured at.
type MatchReport struct {
	Workers      int     `json:"workers"`
	Large        int     `json:"large"`         // vacancies in the market one person looks through
	LargeIndexS  float64 `json:"large_index_s"` // arranging them
	People       int     `json:"people"`        // who looked, one after the other
	P50          float64 `json:"p50_ms"`        // top 20 of one person, with reasons
	P99          float64 `json:"p99_ms"`
	Max          float64 `json:"max_ms"`
	CPU50        float64 `json:"cpu50_ms"` // processor time: what it takes when the machine does nothing else
	CPU99        float64 `json:"cpu99_ms"`
	CPUMax       float64 `json:"cpu_max_ms"`
	Load         string  `json:"load"` // of the machine
	Seekers      int     `json:"seekers"`
	Vacancies    int     `json:"vacancies"`
	IndexS       float64 `json:"index_s"`
	ListsS       float64 `json:"lists_s"`   // everybody's top 20
	ReasonsS     float64 `json:"reasons_s"` // the same with the reasons of every pair
	Pairs        int64   `json:"pairs"`
	Reasons      int64   `json:"reasons"`
	MemoryMB     float64 `json:"memory_mb"` // all that the program has taken from the machine by then
	Digest       string  `json:"digest"`    // of all lists
	Shards       int     `json:"shards"`    // the same lists in so many parts, one worker each: the digest is the same
	ShardsS      float64 `json:"shards_s"`
	Checked      int     `json:"checked"`       // people whose lists are those of comparing with every vacancy
	ComparingAll float64 `json:"comparing_all"` // how many times as long comparing with every vacancy takes
}

// lists is how many vacancies everybody gets, shards into how many parts people are cut.
const (
	lists  = 20
	shards = 12
)

// Match makes up a market and measures matching in it.
func Match(ctx context.Context, seekers, vacancies, large int, out io.Writer, asJSON bool) error {
	r := MatchReport{Workers: runtime.GOMAXPROCS(0), Large: large, Seekers: seekers, Vacancies: vacancies, People: 2000, Shards: shards}
	say := func(format string, args ...any) {
		if !asJSON {
			fmt.Fprintf(out, format+"\n", args...)
		}
	}
	m := newExchange()
	atlas := &rank.Atlas{Moves: m.moves()}
	r.one(m, atlas)
	say("一个人在 %d 个在招岗位里找前 %d 个并写明理由（%d 人次）：中位 %.2f 毫秒，p99 %.2f 毫秒，最长 %.2f 毫秒（只计处理器：%.2f、%.2f、%.2f）；排好岗位 %.1f 秒；机器负荷 %s",
		large, lists, r.People, r.P50, r.P99, r.Max, r.CPU50, r.CPU99, r.CPUMax, r.LargeIndexS, r.Load)
	runtime.GC()
	if err := ctx.Err(); err != nil {
		return err
	}

	start := time.Now()
	work := m.vacancies(vacancies)
	ix := rank.NewIndex(work)
	r.IndexS = time.Since(start).Seconds()
	people := m.seekers(seekers)
	digests := make([]uint64, seekers)
	start = time.Now()
	ix.Lists(atlas, people, lists, r.Workers, func(i int, _ *rank.Seeker, best []rank.Pick) { digests[i] = digestOf(best) })
	r.ListsS = time.Since(start).Seconds()
	r.Digest = fmt.Sprintf("%016x", sumOf(digests))
	say("%d 名求职者 × %d 个岗位，每人前 %d 个：%.1f 秒（%d 个线程，每人 %.3f 毫秒）", seekers, vacancies, lists, r.ListsS, r.Workers, r.ListsS*1000/float64(max(1, seekers))*float64(r.Workers))

	var pairs, reasons atomic.Int64
	start = time.Now()
	ix.Lists(atlas, people, lists, r.Workers, func(i int, s *rank.Seeker, best []rank.Pick) {
		for _, p := range best {
			reasons.Add(int64(len(ix.Explain(s, p).Grounds)))
		}
		pairs.Add(int64(len(best)))
	})
	r.ReasonsS, r.Pairs, r.Reasons = time.Since(start).Seconds(), pairs.Load(), reasons.Load()
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	r.MemoryMB = float64(mem.Sys) / 1e6
	say("连同 %d 对的 %d 条理由：%.1f 秒，内存 %.0f MB", r.Pairs, r.Reasons, r.ReasonsS, r.MemoryMB)
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := r.sharded(ix, atlas, people, digests); err != nil {
		return err
	}
	say("分成 %d 份、各用 1 个线程再算一遍：%.1f 秒，名单完全相同（%s）", r.Shards, r.ShardsS, r.Digest)
	if err := r.naive(ix, atlas, work, people); err != nil {
		return err
	}
	say("抽 %d 人与全部岗位逐一比较，名单完全相同；逐一比较用时是 %.0f 倍", r.Checked, r.ComparingAll)
	if asJSON {
		return json.NewEncoder(out).Encode(r)
	}
	return nil
}

// one measures people who come one after the other.
func (r *MatchReport) one(m *exchange, atlas *rank.Atlas) {
	work := m.vacancies(r.Large)
	start := time.Now()
	ix := rank.NewIndex(work)
	r.LargeIndexS = time.Since(start).Seconds()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var wall, used []float64
	for _, p := range m.seekers(r.People) {
		start, before := time.Now(), threadTime()
		atlas.Prepare(p).Top(ix, lists)
		wall, used = append(wall, time.Since(start).Seconds()*1000), append(used, (threadTime()-before).Seconds()*1000)
	}
	r.P50, r.P99, r.Max = spread(wall)
	r.CPU50, r.CPU99, r.CPUMax = spread(used)
	r.Load = machineLoad()
}

// spread is the median, the 99th percentile and the longest.
func spread(list []float64) (p50, p99, most float64) {
	slices.Sort(list)
	return list[len(list)/2], list[len(list)*99/100], list[len(list)-1]
}

// sharded does everything again in parts, as several machines would.
func (r *MatchReport) sharded(ix *rank.Index, atlas *rank.Atlas, people []rank.Profile, want []uint64) error {
	start := time.Now()
	for part := range shards {
		from, to := len(people)*part/shards, len(people)*(part+1)/shards
		var wrong error
		ix.Lists(atlas, people[from:to], lists, 1, func(i int, _ *rank.Seeker, best []rank.Pick) {
			if digestOf(best) != want[from+i] {
				wrong = fmt.Errorf("第 %d 份第 %d 人的名单与一次算完的不同", part+1, i+1)
			}
		})
		if wrong != nil {
			return wrong
		}
	}
	r.ShardsS = time.Since(start).Seconds()
	return nil
}

// naive compares some people with every vacancy.
func (r *MatchReport) naive(ix *rank.Index, atlas *rank.Atlas, work []rank.Vacancy, people []rank.Profile) error {
	var fast, slow time.Duration
	for i := 0; i < len(people); i += max(1, len(people)/5) {
		s := atlas.Prepare(people[i])
		start := time.Now()
		best := ix.Best(s, lists)
		fast += time.Since(start)
		start = time.Now()
		all := ix.Scan(s, lists)
		slow += time.Since(start)
		if digestOf(best) != digestOf(all) {
			return fmt.Errorf("第 %d 人的名单与逐一比较的不同", i+1)
		}
		r.Checked++
	}
	r.ComparingAll = float64(slow) / float64(max(1, fast))
	return nil
}

func digestOf(best []rank.Pick) uint64 {
	h := fnv.New64a()
	var b [12]byte
	for _, p := range best {
		binary.LittleEndian.PutUint64(b[:], uint64(p.ID))
		binary.LittleEndian.PutUint32(b[8:], uint32(p.Points))
		h.Write(b[:])
	}
	return h.Sum64()
}

func sumOf(list []uint64) uint64 {
	h := fnv.New64a()
	var b [8]byte
	for _, x := range list {
		binary.LittleEndian.PutUint64(b[:], x)
		h.Write(b[:])
	}
	return h.Sum64()
}

// exchange makes up people and work of the whole region, the same ones every time.
type exchange struct {
	banners []string
	works   []rank.Work
}

func newExchange() *exchange {
	_, banners, _ := places()
	m := &exchange{banners: banners}
	for _, c := range occupation.BuiltIn() {
		if occupation.Level(c.Code) >= occupation.Small {
			m.works = append(m.works, rank.Work{Code: c.Code, Name: c.Name})
		}
	}
	return m
}

func diceOf(kind, i int) dice {
	seed := lot(uint64(i)*0x9e3779b97f4a7c15 + uint64(kind)*7919)
	return dice{&seed}
}

// work draws an occupation, common ones more often; skip leads from one number to a fixed other one.
func (m *exchange) work(d dice) int {
	n := int64(len(m.works))
	return int(d.skewed(n) * d.skewed(n) / n * 211 % n)
}

func (m *exchange) place(d dice) rank.Place {
	banner := m.banners[d.skewed(int64(len(m.banners)))*53%int64(len(m.banners))]
	p := rank.Place{Area: banner}
	if a, ok := area.Get(banner); ok && a.Lat != 0 {
		p.Lon, p.Lat, p.Known = a.Lon, a.Lat, true
	}
	if towns := area.Children(banner); len(towns) > 0 {
		p.Area = towns[d.skewed(int64(len(towns)))].Code
	}
	return p
}

var (
	exchangeSchooling = []int{0, 90, 80, 70, 40, 60, 30, 20, 10}
	exchangeSkills    = []string{"识图", "叉车", "蒙古语", "收银", "养老护理", "办公软件", "电焊", "烹饪", "育婴", "直播", "驾驶", "制图", "急救", "仓储", "会计软件", "普通话"}
	exchangePapers    = []string{"C1驾驶证", "A2驾驶证", "低压电工证", "焊工证", "护士执业证", "教师资格证", "叉车证"}
	exchangeHours     = []rank.Hours{0, rank.Full, rank.Shift, rank.Part, rank.Season, rank.Day, rank.Flexible, rank.Intern}
	exchangeContracts = []int{0, 3, 6, 12, 24, 36, 999}
)

func some(d dice, list []string, most int64) (out []string) {
	for range d.below(most + 1) {
		if text := d.of(list); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

// wage is what an occupation pays usually, in fen.
func wage(work int) int64 { return int64(280000 + work*7919%37*10000) }

func (m *exchange) vacancies(n int) []rank.Vacancy {
	list := make([]rank.Vacancy, n)
	for i := range list {
		d := diceOf(1, i)
		w := m.work(d)
		v := rank.Vacancy{ID: int64(i) + 1, Work: m.works[w], Place: m.place(d), Openings: 1 + int(d.skewed(12)), Applicants: int(d.skewed(30)) * int(d.below(2)),
			Education: exchangeSchooling[d.weighted(34, 0, 4, 22, 10, 10, 13, 6, 1)], Hours: exchangeHours[d.weighted(20, 50, 14, 5, 3, 4, 3, 1)],
			Contract: exchangeContracts[d.weighted(30, 6, 8, 36, 8, 10, 2)], Age: int(d.skewed(120)), Skills: some(d, exchangeSkills, 4)}
		if d.below(3) == 0 {
			v.Experience = 12 * int(1+d.skewed(5))
		}
		if d.below(12) == 0 {
			v.Licences = []string{exchangePapers[w%len(exchangePapers)]}
		}
		if d.below(20) == 0 {
			v.Friendly = 1 << d.below(7)
		}
		if d.below(100) < 88 {
			v.PayLow = wage(w) * (70 + d.below(60)) / 100 / 10000 * 10000
			v.PayHigh = v.PayLow + d.below(30)*10000
		}
		list[i] = v
	}
	return list
}

func (m *exchange) seekers(n int) []rank.Profile {
	list := make([]rank.Profile, n)
	for i := range list {
		d := diceOf(2, i)
		past := m.work(d)
		wish := past
		if d.below(2) == 0 {
			wish = m.work(d)
		}
		p := rank.Profile{Home: m.place(d), Education: exchangeSchooling[d.weighted(3, 1, 10, 36, 9, 16, 14, 10, 1)], Willing: d.below(4) > 0, Skills: some(d, exchangeSkills, 3),
			Licences: some(d, exchangePapers, 1), Young: d.below(300) == 0}
		if d.below(10) > 0 {
			p.Wish = append(p.Wish, m.works[wish])
		}
		for range d.below(4) {
			w := m.works[past]
			w.Months = int(d.skewed(120))
			p.Past = append(p.Past, w)
			past = m.work(d)
		}
		if d.below(8) == 0 {
			p.Certified = append(p.Certified, m.works[wish])
		}
		if d.below(6) == 0 {
			p.Trained = append(p.Trained, m.works[m.work(d)])
		}
		if d.below(5) > 0 {
			p.Pay = wage(wish) * (80 + d.below(50)) / 100 / 10000 * 10000
		}
		switch d.below(10) {
		case 0:
			p.Floor = cmp.Or(p.Pay, 300000) * 8 / 10
		case 1:
			p.Radius = 30 + int(d.below(300))
		case 2:
			p.Hours = rank.Full | rank.Shift
		}
		if d.below(6) == 0 {
			p.Welcome = 1 << d.below(7)
		}
		list[i] = p
	}
	return list
}

// moves makes up what a register would have seen of 200,000 changes of work.
func (m *exchange) moves() *rank.Moves {
	counts := map[[2]int]int64{}
	for i := range 200_000 {
		d := diceOf(3, i)
		a := m.work(d)
		b := (a + int(d.skewed(40))*17) % len(m.works)
		counts[[2]int{a, b}]++
	}
	var list []rank.Move
	for k, n := range counts {
		list = append(list, rank.Move{From: m.works[k[0]].Code, To: m.works[k[1]].Code, Count: n})
	}
	return rank.NewMoves(list)
}
