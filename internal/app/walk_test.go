package app

import (
	"context"
	"fmt"
	"math"
	"net"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/indicator"
)

// the demonstration that all tests of this file look at; made once, in full size.
var shown struct {
	once sync.Once
	app  *App
	sum  DemoSummary
	dir  string
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shown.app != nil {
		_ = shown.app.Close()
	}
	if shown.dir != "" {
		_ = os.RemoveAll(shown.dir)
	}
	os.Exit(code)
}

func demonstration(t *testing.T) (*App, DemoSummary) {
	t.Helper()
	shown.once.Do(func() {
		if shown.dir, shown.err = os.MkdirTemp("", "jiuye-demo"); shown.err != nil {
			return
		}
		ctx := context.Background()
		if shown.app, shown.err = Open(ctx, Config{Data: shown.dir, LogLevel: "warn"}); shown.err != nil {
			return
		}
		shown.sum, shown.err = shown.app.Demo(ctx, DemoOptions{}, progress.None{})
	})
	if shown.err != nil {
		t.Fatal(shown.err)
	}
	return shown.app, shown.sum
}

// site serves the demonstration and returns its address.
func site(t *testing.T) string {
	t.Helper()
	a, _ := demonstration(t)
	ctx, stop := context.WithCancel(context.Background())
	h, err := a.Handler(ctx)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(h)
	if s.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	s.Start()
	var wg sync.WaitGroup
	wg.Go(func() { _ = a.Work(ctx) })
	t.Cleanup(func() { s.Close(); stop(); wg.Wait() })
	return s.URL
}

func TestTheDemonstrationHoldsEverything(t *testing.T) {
	a, sum := demonstration(t)
	for name, n := range map[string]int64{"people": sum.People, "households": sum.Households, "employers": sum.Employers, "vacancies": sum.Vacancies,
		"rejected rows": sum.RejectedRows, "policies": int64(sum.Policies), "eligible": sum.Eligible, "matches": sum.Matches, "cases": int64(sum.Cases),
		"indicators": int64(sum.Indicators), "tasks": int64(sum.Tasks)} {
		if n <= 0 {
			t.Errorf("no %s: %+v", name, sum)
		}
	}
	if sum.People != DemoPeople || sum.Indicators != 17 || sum.Policies < 10 || sum.Tasks < 19 {
		t.Errorf("%+v", sum)
	}
	again, err := a.Demo(context.Background(), DemoOptions{}, progress.None{})
	again.Fresh = sum.Fresh
	if err != nil || again != sum {
		t.Errorf("asked again: %+v, %v; want what was found first: %+v", again, err, sum)
	}
	if n, err := a.Audit.Verify(context.Background()); err != nil || n == 0 {
		t.Errorf("%d audit entries, %v", n, err)
	}
}

// printed is the column 2020 of box 2 of Alxa's plan (document 001). The two that no register can tell are reported.
var printed = []struct {
	id       string
	value    float64
	reported bool
}{
	{"new_urban", 6922, false}, {"reemployed", 2718, false}, {"hard_placed", 1453, false}, {"surveyed_rate", 6.3, false},
	{"registered_rate", 3.29, false}, {"urban_share", 60.1, false}, {"graduates", 1314, false}, {"transfers", 3028, false},
	{"transfers_6m", 2656, false}, {"outofpoverty_work", 431, false}, {"productivity", 3.2, true}, {"labour_share", 42.8, true},
	{"high_skill", 8925, false}, {"trained", 2473, false}, {"trained_rural", 220, false}, {"pension_rate", 99, false}, {"schooling", 10.5, false},
}

func TestTheRegisterTellsThePrintedFiguresOf2020(t *testing.T) {
	a, _ := demonstration(t)
	for _, p := range printed {
		year := 2020
		if p.id == "labour_share" {
			year = 2019 // the plan marks it so
		}
		v, err := a.Plan.Actual(context.Background(), p.id, demoLeague, year)
		if err != nil {
			t.Errorf("%s: %v", p.id, err)
			continue
		}
		got := figure(v)
		if off := math.Abs(got-p.value) / p.value; !(off <= 0.01) || v.Reported != p.reported {
			t.Errorf("%s is %.3f from the register, printed is %.3f: %.2f %% off", p.id, got, p.value, 100*off)
		} else {
			t.Logf("%-18s %10.3f  printed %10.3f", p.id, got, p.value)
		}
	}
}

// people is the table of who walks where.
var walks = []struct {
	login         string
	width, height int
	steps         []string // addresses; "click SELECTOR" follows a link; "see TEXT" asks for a text
}{
	{"jingban", 1440, 900, []string{"/casework", "/casework/people", "/casework/people?q=" + "王", "click #rows a", "see 谁看过这份档案", "/intake", "/intake/review", "/policy", "/jobs/office"}},
	{"jingban", 390, 844, []string{"/casework", "/casework/people", "/intake", "/intake/review", "/policy"}},
	{"mengshi", 1440, 900, []string{"/plan", "/plan/area/152921", "/plan/indicator/new_urban/area/1529", "/plan/tasks", "/casework", "/policy"}},
	{"mengshi", 390, 844, []string{"/plan", "/plan/area/152921", "/plan/indicator/new_urban/area/1529", "/plan/tasks"}},
	{"zizhiqu", 1440, 900, []string{"/plan", "/plan/area/15", "/plan/area/1529"}},
	{"qiuzhi", 390, 844, []string{"/policy/mine", "/jobs", "/casework/me", "see 谁看过这份档案"}},
	{"qiuzhi", 1440, 900, []string{"/policy/mine", "/jobs", "/casework/me"}},
	{"danwei", 1440, 900, []string{"/jobs/employer", "/jobs/employer/vacancy/new", "/policy/employer"}},
	{"danwei", 390, 844, []string{"/jobs/employer", "/jobs/employer/vacancy/new"}},
}

func TestEveryoneWalksTheirMainPath(t *testing.T) {
	address := site(t)
	for _, w := range walks {
		t.Run(fmt.Sprintf("%s-%d", w.login, w.width), func(t *testing.T) {
			p := webtest.Open(t, address+"/", w.width, w.height)
			p.Screenshot(fmt.Sprintf("walk-%s-%d-0", w.login, w.width))
			p.SignIn(w.login, DemoPassword)
			for i, step := range w.steps {
				switch {
				case strings.HasPrefix(step, "click "):
					p.Click(strings.TrimPrefix(step, "click "))
				case strings.HasPrefix(step, "see "):
					if text := strings.TrimPrefix(step, "see "); !strings.Contains(p.Text("main"), text) {
						t.Errorf("%s does not say %s", p.Location(), text)
					}
					continue
				default:
					p.Goto(address + step)
				}
				if p.Title() == "" || !p.Has("h1") || strings.Contains(p.Text("h1"), "出了问题") {
					t.Errorf("%s: title %q", p.Location(), p.Title())
				}
				p.NoHorizontalScroll()
				p.Axe()
				p.Screenshot(fmt.Sprintf("walk-%s-%d-%d", w.login, w.width, i+1))
			}
		})
	}
}

// figure is a value in the unit that the plan prints.
func figure(v indicator.Value) float64 {
	n, ok := v.Number()
	if !ok {
		return math.NaN()
	}
	if v.Kind == indicator.Rate || v.Kind == indicator.Mean || v.Reported {
		return float64(n) / 100
	}
	return float64(n)
}
