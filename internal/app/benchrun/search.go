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
	"sync"
	"sync/atomic"
	"time"

	"jiuye/internal/app/linkrun"
	"jiuye/internal/engine/rank/search"
)

// SearchReport is what the search of vacancies was measured at.
type SearchReport struct {
	Vacancies  int           `json:"vacancies"`
	Workers    int           `json:"workers"`
	Load       string        `json:"load"` // of the machine, while the questions ran
	AddS       float64       `json:"add_s"`
	CompactS   float64       `json:"compact_s"`
	IndexMB    float64       `json:"index_mb"`
	HeapMB     float64       `json:"heap_mb"` // all that the program holds then
	FileMB     float64       `json:"file_mb"`
	SaveS      float64       `json:"save_s"`
	Questions  int           `json:"questions"`
	PerSecond  float64       `json:"per_second"` // with facets, on all workers
	CPUms      float64       `json:"cpu_ms"`     // processor time a question
	All        SearchTimes   `json:"all"`
	Kinds      []SearchTimes `json:"kinds"`
	Relaxed    SearchTimes   `json:"relaxed"` // the same questions, also asking what leaving out a condition brings
	Suggest    SearchTimes   `json:"suggest"`
	Similar    SearchTimes   `json:"similar"`
	FindableMS SearchTimes   `json:"findable"`  // from Add of one vacancy to a search that finds it, while questions run
	Meanwhile  SearchTimes   `json:"meanwhile"` // the questions that ran then
}

// SearchTimes are milliseconds of one kind of question.
type SearchTimes struct {
	Kind  string  `json:"kind"`
	Asked int     `json:"asked"`
	Found float64 `json:"found"` // vacancies on average
	P50   float64 `json:"p50_ms"`
	P99   float64 `json:"p99_ms"`
	Max   float64 `json:"max_ms"`
	CPU50 float64 `json:"cpu50_ms"` // processor time: what it takes when the machine does nothing else
	CPU99 float64 `json:"cpu99_ms"`
}

// Search fills an index with made-up vacancies and asks it a mixed log of questions for some seconds.
func Search(ctx context.Context, vacancies, seconds int, out io.Writer, asJSON bool) error {
	m, dict := NewMarket(), MarketDictionary()
	r := SearchReport{Vacancies: vacancies, Workers: runtime.GOMAXPROCS(0)}
	say := func(format string, args ...any) {
		if !asJSON {
			fmt.Fprintf(out, format+"\n", args...)
		}
	}
	ix := search.New(dict)
	start := time.Now()
	if err := fillMarket(ctx, ix, m, vacancies); err != nil {
		return err
	}
	r.AddS = time.Since(start).Seconds()
	start = time.Now()
	ix.Compact()
	r.CompactS = time.Since(start).Seconds()
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	r.IndexMB, r.HeapMB = float64(ix.Bytes())/1e6, float64(memory.HeapAlloc)/1e6
	say("造出并加入 %d 个岗位 %.1f 秒，合并 %.1f 秒；索引 %.0f MB，程序共占 %.0f MB", vacancies, r.AddS, r.CompactS, r.IndexMB, r.HeapMB)
	start = time.Now()
	size := counter(0)
	if err := ix.Save(&size); err != nil {
		return err
	}
	r.FileMB, r.SaveS = float64(size)/1e6, time.Since(start).Seconds()

	questions := marketLog(m, vacancies, 20000)
	limit := time.Duration(seconds) * time.Second
	plain := ask(ix, questions, limit, func(q *search.Query) { q.Facets = true }, nil)
	r.Load = machineLoad()
	r.Questions, r.PerSecond, r.CPUms = plain.asked(), float64(plain.asked())/plain.wall, 1000*plain.cpu/float64(plain.asked())
	r.All = plain.times("全部")
	for _, kind := range marketKinds {
		r.Kinds = append(r.Kinds, plain.times(kind.name))
	}
	say("混合的 %d 问，%d 个线程，含全部分面：每秒 %.0f 问，每问处理器 %.2f 毫秒；机器负荷 %s", r.Questions, r.Workers, r.PerSecond, r.CPUms, r.Load)
	r.Relaxed = ask(ix, questions, limit/3, func(q *search.Query) { q.Facets, q.Relax = true, true }, nil).times("全部")
	r.Suggest = suggest(ix, questions)
	r.Similar = similar(ix, vacancies)

	var findable answers
	meanwhile := ask(ix, questions, limit/3, func(q *search.Query) { q.Facets = true }, func(stop *atomic.Bool) { findable = addSome(ix, m, vacancies, stop) })
	r.FindableMS, r.Meanwhile = findable.times("新岗位可查到"), meanwhile.times("全部")
	if asJSON {
		return json.NewEncoder(out).Encode(r)
	}
	say("%-12s %8s %10s %8s %8s %8s %8s %8s", "毫秒", "问", "平均找到", "p50", "p99", "最长", "CPU p50", "CPU p99")
	for _, t := range append(append([]SearchTimes{r.All}, r.Kinds...), named("另算放宽", r.Relaxed), named("输入提示", r.Suggest), named("相似岗位", r.Similar), named("边加边查", r.Meanwhile), named("加入到查到", r.FindableMS)) {
		say("%-12s %8d %10.0f %8.2f %8.2f %8.2f %8.2f %8.2f", t.Kind, t.Asked, t.Found, t.P50, t.P99, t.Max, t.CPU50, t.CPU99)
	}
	say("存成文件 %.0f MB，%.1f 秒", r.FileMB, r.SaveS)
	return nil
}

func named(kind string, t SearchTimes) SearchTimes {
	t.Kind = kind
	return t
}

// fillMarket adds vacancies on all processors.
func fillMarket(ctx context.Context, ix *search.Index, m *Market, vacancies int) error {
	const batch = 1 << 15
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for ctx.Err() == nil {
				from := int(next.Add(batch)) - batch
				if from >= vacancies {
					return
				}
				list := make([]search.Vacancy, 0, batch)
				for i := from; i < min(from+batch, vacancies); i++ {
					list = append(list, m.Vacancy(i))
				}
				ix.Add(list...)
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}

// answers are how long questions took.
type answers struct {
	kinds []string
	took  []float64
	used  []float64 // processor time
	found []int
	wall  float64
	cpu   float64
}

func (a *answers) asked() int { return len(a.took) }

func (a *answers) add(kind string, took, used time.Duration, found int) {
	a.kinds, a.found = append(a.kinds, kind), append(a.found, found)
	a.took, a.used = append(a.took, float64(took.Microseconds())/1000), append(a.used, float64(used.Microseconds())/1000)
}

func (a *answers) times(kind string) SearchTimes {
	t := SearchTimes{Kind: kind}
	var list, used []float64
	for i, k := range a.kinds {
		if kind == "全部" || k == kind {
			list, used = append(list, a.took[i]), append(used, a.used[i])
			t.Found += float64(a.found[i])
		}
	}
	if t.Asked = len(list); t.Asked == 0 {
		return t
	}
	slices.Sort(list)
	slices.Sort(used)
	t.CPU50, t.CPU99 = used[len(used)/2], used[len(used)*99/100]
	t.Found /= float64(t.Asked)
	t.P50, t.P99, t.Max = list[len(list)/2], list[len(list)*99/100], list[len(list)-1]
	return t
}

// ask asks questions on all processors until the time is up; also runs beside it.
func ask(ix *search.Index, questions []question, limit time.Duration, want func(*search.Query), also func(stop *atomic.Bool)) *answers {
	all := &answers{}
	var next atomic.Int64
	var lock sync.Mutex
	var wait, beside sync.WaitGroup
	var stop atomic.Bool
	if also != nil {
		beside.Go(func() { also(&stop) })
	}
	start := time.Now()
	used, _ := linkrun.Usage()
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			own := &answers{}
			for time.Since(start) < limit {
				q := questions[int(next.Add(1))%len(questions)]
				want(&q.Query)
				began, used := time.Now(), threadTime()
				a, err := ix.Search(q.Query)
				if err == nil {
					own.add(q.kind, time.Since(began), threadTime()-used, a.Total)
				}
			}
			lock.Lock()
			defer lock.Unlock()
			all.kinds, all.found = append(all.kinds, own.kinds...), append(all.found, own.found...)
			all.took, all.used = append(all.took, own.took...), append(all.used, own.used...)
		})
	}
	wait.Wait()
	cpu, _ := linkrun.Usage()
	all.wall, all.cpu = time.Since(start).Seconds(), cpu-used
	stop.Store(true)
	beside.Wait()
	return all
}

func suggest(ix *search.Index, questions []question) SearchTimes {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	a := &answers{}
	for _, q := range questions[:min(1000, len(questions))] {
		if text := []rune(q.Text); len(text) > 0 {
			typed := string(text[:1+len(a.took)%min(len(text), 4)])
			began, used := time.Now(), threadTime()
			list := ix.Suggest(typed, 10)
			a.add("", time.Since(began), threadTime()-used, len(list))
		}
	}
	return a.times("全部")
}

func similar(ix *search.Index, vacancies int) SearchTimes {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	a := &answers{}
	for i := range 500 {
		began, used := time.Now(), threadTime()
		list := ix.Similar(int64(1+i*7919%vacancies), search.Filter{}, 10)
		a.add("", time.Since(began), threadTime()-used, len(list))
	}
	return a.times("全部")
}

// addSome adds a hundred vacancies a second, one by one, and looks for each.
func addSome(ix *search.Index, m *Market, from int, stop *atomic.Bool) (a answers) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	ticks := time.NewTicker(10 * time.Millisecond)
	defer ticks.Stop()
	for i := from; !stop.Load(); i++ {
		<-ticks.C
		v := m.Vacancy(i)
		v.Title = fmt.Sprintf("%s 新岗%d号", v.Title, i)
		began, used := time.Now(), threadTime()
		ix.Add(v)
		found, err := ix.Search(search.Query{Text: fmt.Sprintf("新岗%d号", i), Limit: 1})
		if err == nil && found.Total == 1 {
			a.add("新岗位可查到", time.Since(began), threadTime()-used, 1)
		}
	}
	return a
}

// counter counts what is written.
type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// machineLoad is the machine's load as the system says it; "?" where it does not.
func machineLoad() string {
	text, err := os.ReadFile("/proc/loadavg")
	if f := strings.Fields(string(text)); err == nil && len(f) > 0 {
		return f[0]
	}
	return "?"
}
