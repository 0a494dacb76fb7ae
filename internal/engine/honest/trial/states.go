package trial

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strconv"

	"jiuye/internal/engine/honest"
)

// States reads a real panel: US states' unemployment by month (columns fips, state, year, month, emp, unem), with employment as the outside series and the figures themselves as the register.
// late is the share that comes too late for a report, seed draws it and the targets; every one of states whose number leaves rest when divided by 2 is kept.
func States(in io.Reader, late float64, seed uint64, rest int) (*honest.Panel, error) {
	lines, err := csv.NewReader(in).ReadAll()
	if err != nil {
		return nil, err
	}
	column := map[string]int{}
	for i, name := range lines[0] {
		column[name] = i
	}
	for _, name := range []string{"fips", "state", "year", "emp", "unem"} {
		if _, has := column[name]; !has {
			return nil, fmt.Errorf("trial: no column %s", name)
		}
	}
	r := rand.New(rand.NewPCG(seed, 7))
	p := &honest.Panel{}
	place := map[string]int{}
	for _, l := range lines[1:] {
		fips := l[column["fips"]]
		i, known := place[fips]
		if !known {
			i = len(place)
			place[fips] = i
		}
		if i%2 != rest {
			continue
		}
		if p.First == 0 {
			if p.First, err = strconv.Atoi(l[column["year"]]); err != nil {
				return nil, err
			}
		}
		if i /= 2; i == len(p.Series) {
			p.Series = append(p.Series, honest.Series{Area: l[column["state"]], Outside: make([][]float64, 1), Targets: map[int]float64{}, Totals: map[int]float64{}})
		}
		s := &p.Series[i]
		out, err1 := strconv.ParseFloat(l[column["unem"]], 64)
		work, err2 := strconv.ParseFloat(l[column["emp"]], 64)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("trial: %s %s is no figure", l[column["state"]], l[column["year"]])
		}
		s.Recomputed = append(s.Recomputed, out)
		s.Reported = append(s.Reported, math.Round(out*(1-late*r.ExpFloat64())))
		s.Outside[0] = append(s.Outside[0], work)
	}
	whole := honest.Series{Area: "all", Reported: make([]float64, len(p.Series[0].Reported)), Recomputed: make([]float64, len(p.Series[0].Reported)), Totals: map[int]float64{}}
	for i := range p.Series {
		whole.Parts = append(whole.Parts, i)
	}
	p.Series = append(p.Series, whole)
	Settle(p, r)
	return p, nil
}
