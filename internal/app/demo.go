package app

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jiuye/internal/app/demodata"
	"jiuye/internal/app/linkrun"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
	"jiuye/internal/room/intake"
)

// The demonstration: Alxa as large as the census of 2020 found it, on a day when its data are three weeks old.
const (
	DemoArea     = "152900"
	DemoPeople   = 262361
	demoSeed     = 1
	DemoPassword = "Caoyuan2025"
)

var (
	demoDay  = clock.Date(2025, time.September, 24)
	demoAsOf = clock.Date(2025, time.August, 31)
)

// DemoOptions choose another size; the zero value is the demonstration of the README.
type DemoOptions struct {
	Area   string
	People int
}

// DemoSummary is what a demonstration holds.
type DemoSummary struct {
	People       int64   `json:"people"`
	Households   int64   `json:"households"`
	Employers    int64   `json:"employers"`
	Vacancies    int64   `json:"vacancies"`
	RejectedRows int64   `json:"rejected_rows"`
	Policies     int     `json:"policies"`
	Eligible     int64   `json:"eligible"`
	Matches      int64   `json:"matches"`
	Cases        int     `json:"cases"`
	Indicators   int     `json:"indicators"`
	Tasks        int     `json:"tasks"`
	Seconds      float64 `json:"seconds"`
	Fresh        bool    `json:"-"` // made just now, and not found as it was left
}

// Text is the summary for people.
func (s DemoSummary) Text() string {
	var b strings.Builder
	if s.Fresh {
		fmt.Fprintf(&b, "演示数据已备好，用时 %.1f 秒\n", s.Seconds)
	} else {
		fmt.Fprintln(&b, "已有演示数据")
	}
	fmt.Fprintf(&b, "  实名库 %d 人，%d 户；单位 %d 个，在招岗位 %d 个；退回 %d 行\n", s.People, s.Households, s.Employers, s.Vacancies, s.RejectedRows)
	fmt.Fprintf(&b, "  政策 %d 项，能享受 %d 人次；推荐岗位 %d 条；零就业家庭 %d 户；指标 %d 项；任务 %d 项\n", s.Policies, s.Eligible, s.Matches, s.Cases, s.Indicators, s.Tasks)
	return b.String()
}

func (a *App) isDemo(ctx context.Context) (bool, error) {
	day, err := db.Setting(ctx, a.DB, settingDay)
	return day != "", err
}

// Demo makes the demonstration, or finishes one that was interrupted, or finds it complete. It refuses to touch a
// database with real people in it.
func (a *App) Demo(ctx context.Context, o DemoOptions, p progress.Reporter) (DemoSummary, error) {
	began := time.Now()
	if o.Area == "" {
		o.Area, o.People = DemoArea, DemoPeople
	}
	demo, err := a.isDemo(ctx)
	if err != nil {
		return DemoSummary{}, err
	}
	done, err := db.Setting(ctx, a.DB, settingDone)
	if err != nil {
		return DemoSummary{}, err
	}
	var sum DemoSummary
	if done != "" {
		err := json.Unmarshal([]byte(done), &sum)
		return sum, err
	}
	a.making = true
	defer func() { a.making = false }()
	if err := a.makeDemo(ctx, o, demo, &sum, p); err != nil {
		return sum, err
	}
	sum.Seconds, sum.Fresh = math.Round(10*time.Since(began).Seconds())/10, true
	text, err := json.Marshal(sum)
	if err != nil {
		return sum, err
	}
	return sum, a.set(ctx, settingDone, string(text))
}

func (a *App) makeDemo(ctx context.Context, o DemoOptions, begun bool, sum *DemoSummary, p progress.Reporter) error {
	if !begun {
		if err := a.startDemo(ctx); err != nil {
			return err
		}
	}
	files := filepath.Join(a.Config.Data, "demo-files")
	if err := generateOnce(ctx, files, o, p); err != nil {
		return err
	}
	imported, err := a.Intake.ImportDir(ctx, files, intake.Actor{Name: "演示导入", Area: area.At(area.Normal(o.Area), area.League)}, p)
	if err != nil {
		return err
	}
	if _, err := a.Intake.Link(ctx, area.At(area.Normal(o.Area), area.League), p); err != nil {
		return err
	}
	if err := a.seedJobs(ctx, o.Area, p); err != nil { // before people are matched with them
		return err
	}
	if err := a.Plan.SeedDemo(ctx); err != nil { // before anything is forecast from it
		return err
	}
	drawn, err := a.redraw(ctx, p)
	if err != nil {
		return err
	}
	if err := a.seedAccounts(ctx, p); err != nil {
		return err
	}
	if err := a.seedCollect(ctx, p); err != nil {
		return err
	}
	if err := a.seedConsents(ctx, p); err != nil {
		return err
	}
	if err := a.seedMessages(ctx, p); err != nil {
		return err
	}
	if err := a.seedSeeking(ctx); err != nil {
		return err
	}
	if err := a.seedService(ctx, p); err != nil {
		return err
	}
	if err := a.seedGrants(ctx, p); err != nil {
		return err
	}
	if err := a.seedAssess(ctx, p); err != nil {
		return err
	}
	if err := a.seedFairs(ctx, p); err != nil {
		return err
	}
	if err := a.seedMarket(ctx, p); err != nil {
		return err
	}
	if err := a.seedDispatch(ctx, p); err != nil {
		return err
	}
	if err := a.seedOutwork(ctx, p); err != nil {
		return err
	}
	if err := a.seedGig(ctx, p); err != nil {
		return err
	}
	if err := a.seedAnalysis(ctx, p); err != nil {
		return err
	}
	if err := a.seedVerify(ctx, p); err != nil {
		return err
	}
	if err := a.seedGraduate(ctx, p); err != nil {
		return err
	}
	if err := a.seedCycle(ctx, p); err != nil {
		return err
	}
	if err := a.seedSupervise(ctx, p); err != nil {
		return err
	}
	if _, err := a.Roster.RefreshDemo(ctx, p); err != nil { // once, for it counts what has been seeded
		return err
	}
	_, _, tasks := indicator.Printed()
	*sum = drawn
	sum.RejectedRows, sum.Indicators, sum.Tasks = imported.Total.Rejected, len(indicator.Computed()), len(tasks)
	return a.count(ctx, sum)
}

// startDemo moves an empty database to the demonstration's day.
func (a *App) startDemo(ctx context.Context) error {
	n, err := a.People.Count(ctx, "")
	if err != nil {
		return err
	}
	if n > 0 {
		return fault.New(fault.Conflict, "这个数据库里已有 %d 人的数据，不能在上面造演示数据。请用 --data 另指一个文件夹", n)
	}
	err = a.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.SetSetting(ctx, settingAsOf, demoAsOf.Format(time.DateOnly)); err != nil {
			return err
		}
		return tx.SetSetting(ctx, settingDay, demoDay.Format(time.DateOnly))
	})
	if err != nil {
		return err
	}
	return a.build(ctx)
}

func (a *App) set(ctx context.Context, name, value string) error {
	return a.DB.Tx(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, name, value) })
}

// generateOnce makes the files in a folder beside the place and moves it there when it is complete, so that a folder
// that is there is whole.
func generateOnce(ctx context.Context, files string, o DemoOptions, p progress.Reporter) error {
	if _, err := os.Stat(files); err == nil {
		return nil
	}
	part := files + ".part"
	if err := os.RemoveAll(part); err != nil {
		return fault.Wrap(fault.Unavailable, err, "清不了上次没写完的演示文件 "+part)
	}
	if _, err := demodata.Generate(ctx, demodata.Options{Area: o.Area, People: o.People, Seed: demoSeed, Out: part, AsOf: demoAsOf, Progress: p}); err != nil {
		return err
	}
	if err := os.Rename(part, files); err != nil {
		return fault.Wrap(fault.Unavailable, err, "写不了演示文件 "+files)
	}
	return nil
}

// count counts what the registers hold.
func (a *App) count(ctx context.Context, s *DemoSummary) (err error) {
	if s.People, err = a.People.Count(ctx, ""); err != nil {
		return err
	}
	if s.Households, err = a.People.CountHouseholds(ctx, ""); err != nil {
		return err
	}
	if s.Employers, err = a.Employers.Count(ctx, ""); err != nil {
		return err
	}
	s.Vacancies, _, err = a.Employers.CountOpen(ctx, "", db.On(a.Clock.Today()))
	return err
}

// Trial reads and checks a folder of departments' files as Import would, writes nothing into the registers, and tells what
// would come of it, how fast it went and how much memory the program has taken at most.
func (a *App) Trial(ctx context.Context, dir, place string, p progress.Reporter) (string, error) {
	code := area.Normal(place)
	if !area.Exists(code) {
		return "", fault.New(fault.Invalid, "没有地区 %s，请写区划代码，如 15、1529、152921", place)
	}
	sum, err := a.Intake.TrialDir(ctx, dir, intake.Actor{Name: "命令行试读", Area: code}, p)
	if err != nil {
		return "", err
	}
	report, err := a.Intake.Report(ctx, sum.BatchID)
	rate := float64(sum.Total.Read) / max(sum.Seconds, 0.001)
	_, memory := linkrun.Usage()
	return report + "试读，没有写入。" + sum.Text() + fmt.Sprintf("，每秒 %.0f 行，内存最多 %d MB\n", rate, memory>>20), err
}

// Import imports a folder of departments' files for an area and tells in words what came of it.
func (a *App) Import(ctx context.Context, dir, place string, p progress.Reporter) (string, error) {
	code := area.Normal(place)
	if !area.Exists(code) {
		return "", fault.New(fault.Invalid, "没有地区 %s，请写区划代码，如 15、1529、152921", place)
	}
	sum, err := a.Intake.ImportDir(ctx, dir, intake.Actor{Name: "命令行导入", Area: code}, p)
	if err != nil && sum.BatchID == 0 { // nothing was begun
		return "", err
	}
	return sum.Text() + "\n政策、岗位、帮扶和指标由后台任务随后更新（jiuye serve 或 jiuye work 运行时）\n", err
}
