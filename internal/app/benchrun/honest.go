package benchrun

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"jiuye/internal/engine/honest"
	"jiuye/internal/engine/honest/trial"
)

// Honesty is what to measure.
type Honesty struct {
	Panels int    // of the made-up kind; half as many again set the limits
	States string // file of the US states' panel; "": none
	JSON   bool
}

// HonestReport is one experiment: which panel, with the register beside the reports or without.
type HonestReport struct {
	Panel    string `json:"panel"`
	Register bool   `json:"register"`
	trial.Table
}

// allowed is the share of honest areas and years that may have a finding; limits are set for a little less, for they are measured on other panels.
const allowed = .008

// Honest falsifies panels and tells what is found of it. Limits come from panels, or states, that are not measured.
func Honest(h Honesty, out io.Writer) error {
	reports, err := HonestReports(h)
	if err != nil {
		return err
	}
	if h.JSON {
		return json.NewEncoder(out).Encode(reports)
	}
	for _, r := range reports {
		beside := "没有登记库可比"
		if r.Register {
			beside = "有登记库可比"
		}
		fmt.Fprintf(out, "\n%s，%s：%d 个地区年份，误报 %.2f%%\n", r.Panel, beside, r.Honest, 100*r.FalseFlags)
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "造假\t例数\t查出\tAUC")
		for _, l := range r.Lines {
			if l.Cases > 0 {
				fmt.Fprintf(w, "%s\t%d\t%.3f\t%.3f\n", l.Fraud, l.Cases, l.Recall, l.AUC)
			}
		}
		if err := w.Flush(); err != nil {
			return err
		}
		fmt.Fprintf(out, "界限 %v，各类误报 %v\n", r.Limits, r.FalseByKind)
	}
	return nil
}

// HonestReports does the experiments.
func HonestReports(h Honesty) (list []HonestReport, err error) {
	type source struct {
		name             string
		measured, others func(seed uint64) (*honest.Panel, error)
		panels, perPanel int
	}
	sources := []source{{"自造的 103 个旗县、10 年", func(s uint64) (*honest.Panel, error) { return trial.Honest(trial.Common, 1+s), nil },
		func(s uint64) (*honest.Panel, error) { return trial.Honest(trial.Common, 100_000+s), nil }, h.Panels, 10}}
	if h.States != "" {
		raw, err := os.ReadFile(h.States)
		if err != nil {
			return nil, err
		}
		half := func(rest int) func(uint64) (*honest.Panel, error) {
			return func(s uint64) (*honest.Panel, error) {
				return trial.States(bytes.NewReader(raw), trial.Common.Late, s, rest)
			}
		}
		sources = append(sources, source{"美国各州失业人数 1976—2000 年（偶数位的州定界限，奇数位的州测量）", half(1), half(0), h.Panels, 6})
	}
	for _, s := range sources {
		for _, register := range []bool{false, true} {
			var scores []honest.Score
			for n := range max(1, h.Panels/2) {
				p, err := without(register, s.others)(uint64(n))
				if err != nil {
					return nil, err
				}
				some, err := honest.Examine(p)
				if err != nil {
					return nil, err
				}
				for _, one := range some {
					if one.Year >= p.First+history {
						one.Series += n * len(p.Series)
						scores = append(scores, one)
					}
				}
			}
			t, err := trial.Judge(honest.Calibrate(scores, allowed), without(register, s.measured), s.panels, history, s.perPanel)
			if err != nil {
				return nil, err
			}
			list = append(list, HonestReport{s.name, register, t})
		}
	}
	return list, nil
}

// history is how many years come before the first one that is judged.
const history = 2

// without takes the register away unless it is wanted.
func without(register bool, from func(uint64) (*honest.Panel, error)) func(uint64) (*honest.Panel, error) {
	return func(seed uint64) (*honest.Panel, error) {
		p, err := from(seed)
		if err == nil && !register {
			for i := range p.Series {
				p.Series[i].Recomputed = nil
			}
		}
		return p, err
	}
}
