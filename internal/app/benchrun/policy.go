package benchrun

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jiuye/internal/app/linkrun"
	"jiuye/internal/app/policyrun"
)

// PolicyReport is how fast a stranger's catalogue was decided from files, reading and writing included.
type PolicyReport struct {
	Rules      int     `json:"rules"`
	Subjects   int     `json:"subjects"`
	WallS      float64 `json:"wall_s"`
	CPUS       float64 `json:"cpu_s"` // processor time, of the user and the system
	DecisionsS float64 `json:"decisions_s"`
	Load       string  `json:"load"` // averages of the machine before; "": not known
}

// Policies makes a catalogue and its subjects, as jiuye policy eval takes them, and has them decided. Rules are nested to four, with sets of up to 3,000 communes, dates, lists and missing values.
func Policies(ctx context.Context, rules, subjects int, out io.Writer, asJSON bool) error {
	folder, err := os.MkdirTemp("", "jiuye-policies-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // the system's folder for such files is emptied anyhow
	s := stranger{rand.New(rand.NewPCG(7, 7))}
	catalogue := filepath.Join(folder, "rules")
	if err := os.Mkdir(catalogue, 0o700); err != nil {
		return err
	}
	for i := range rules {
		if err := os.WriteFile(filepath.Join(catalogue, fmt.Sprintf("G%04d.yaml", i)), []byte(s.rule(i)), 0o600); err != nil {
			return err
		}
	}
	people := filepath.Join(folder, "people.jsonl")
	if err := s.people(people, subjects); err != nil {
		return err
	}
	r := PolicyReport{Rules: rules, Subjects: subjects, Load: load()}
	print := out
	if asJSON {
		print = io.Discard
	}
	start := time.Now()
	cpu, _ := linkrun.Usage()
	if err := policyrun.Eval(ctx, policyrun.Options{Policies: catalogue, Subjects: people, At: "2025-09-24", Out: filepath.Join(folder, "out.csv")}, print); err != nil {
		return err
	}
	after, _ := linkrun.Usage()
	r.WallS, r.CPUS = time.Since(start).Seconds(), after-cpu
	r.DecisionsS = float64(rules) * float64(subjects) / r.WallS
	if asJSON {
		return json.NewEncoder(out).Encode(r)
	}
	fmt.Fprintf(out, "%d 条政策 × %d 个对象：%.1f 秒（处理器 %.1f 秒），连读写每秒 %.0f 个决定；之前的负载 %s\n", rules, subjects, r.WallS, r.CPUS, r.DecisionsS, r.Load)
	return nil
}

// stranger writes rules as somebody would who has never seen our registers.
type stranger struct{ *rand.Rand }

var states = []string{"student", "retired", "jobseeker", "self-employed", "employee", "other"}

func (s stranger) commune() string { return fmt.Sprintf("%05d", 1001+s.IntN(35000)) }

func (s stranger) leaf() string {
	switch s.IntN(7) {
	case 0:
		return fmt.Sprintf("age >= %d", s.IntN(90))
	case 1:
		return fmt.Sprintf("household.income <= %d", s.IntN(60000))
	case 2:
		return "student is " + []string{"yes", "no"}[s.IntN(2)]
	case 3:
		return fmt.Sprintf("status in [%s]", strings.Join(states[:1+s.IntN(4)], ", "))
	case 4:
		return fmt.Sprintf("since >= 20%02d-%02d-15", 5+s.IntN(21), 1+s.IntN(12))
	case 5:
		return fmt.Sprintf("count(children: value < %d) >= %d", 1+s.IntN(18), 1+s.IntN(2))
	}
	list := make([]string, []int{5, 50, 500, 3000}[s.IntN(4)])
	for i := range list {
		list[i] = fmt.Sprintf("%q", s.commune())
	}
	return "commune in [" + strings.Join(list, ", ") + "]"
}

func (s stranger) tree(out *strings.Builder, depth, indent int) {
	fmt.Fprintf(out, "%*s- ", indent, "")
	switch {
	case depth == 0 || s.IntN(9) < 4:
		out.WriteString(s.leaf() + "\n")
	case s.IntN(3) == 0:
		out.WriteString("not: " + s.leaf() + "\n")
	default:
		out.WriteString([]string{"all", "any"}[s.IntN(2)] + ":\n")
		for range 2 + s.IntN(2) {
			s.tree(out, depth-1, indent+4)
		}
	}
}

func (s stranger) rule(number int) string {
	var out strings.Builder
	fmt.Fprintf(&out, "id: G%04d\nname: rule %d\nconditions:\n  all:\n", number, number)
	for range 2 + s.IntN(3) {
		s.tree(&out, 3, 4)
	}
	fmt.Fprintf(&out, "result:\n  text: money\n  amount: %d yuan once\n", 10*(1+s.IntN(900)))
	return out.String()
}

func (s stranger) people(path string, n int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	w := bufio.NewWriter(f)
	line := json.NewEncoder(w)
	for i := range n {
		children := make([]int, s.IntN(4))
		for c := range children {
			children[c] = s.IntN(20)
		}
		one := map[string]any{"id": fmt.Sprint(i)}
		for _, f := range []struct {
			name  string
			value any
		}{{"age", s.IntN(90)}, {"household", map[string]any{"income": s.IntN(60000)}}, {"commune", s.commune()}, {"student", s.IntN(2) == 0}, {"status", states[s.IntN(len(states))]},
			{"since", fmt.Sprintf("20%02d-%02d-%02d", s.IntN(26), 1+s.IntN(12), 1+s.IntN(28))}, {"children", children}} {
			if s.IntN(7) > 0 {
				one[f.name] = f.value
			}
		}
		if err := line.Encode(one); err != nil {
			return err
		}
	}
	return w.Flush()
}
