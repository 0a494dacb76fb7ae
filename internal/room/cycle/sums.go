package cycle

import (
	"context"

	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// Share is one area's share in a line of the parts against the whole.
type Share struct {
	Area    string
	Counted int64 // in the period
	Known   bool
	Own     int64 // what the area reported
	HasOwn  bool
}

// Sum is one indicator's parts against the whole.
type Sum struct {
	Indicator, Name, Unit string
	Parts                 []Share
	Counted, Whole        int64 // the parts' sum, and what is counted for the whole
	Own                   int64 // the sum of what the parts reported
	WholeOwn              int64 // what the whole reported itself upwards
	HasWhole, HasOwn      bool
	HasWholeOwn           bool
	Missing               []string // areas that reported nothing of their own although others did
}

// Agrees says whether what is counted adds up; what cannot be held against anything does.
func (s *Sum) Agrees() bool { return !s.HasWhole || s.Counted == s.Whole }

// OwnAgrees says whether the parts' own figures add up to the whole's.
func (s *Sum) OwnAgrees() bool {
	return !s.HasWholeOwn || !s.HasOwn || len(s.Missing) > 0 || s.Own == s.WholeOwn
}

// add adds the parts up.
func (s *Sum) add() {
	for _, p := range s.Parts {
		s.Counted += p.Counted
		s.Own += p.Own
		s.HasOwn = s.HasOwn || p.HasOwn
	}
	if !s.HasOwn {
		return
	}
	for _, p := range s.Parts {
		if !p.HasOwn {
			s.Missing = append(s.Missing, p.Area)
		}
	}
}

// sums hold a round's parts against the whole, for every indicator that adds up.
func (r *Room) sums(ctx context.Context, round *Round, forms []Form) ([]Sum, error) {
	list, err := r.asked(ctx, round)
	if err != nil {
		return nil, err
	}
	codes := []string{round.Area}
	for _, f := range forms {
		codes = append(codes, f.Area)
	}
	b, err := r.read(ctx, codes)
	if err != nil {
		return nil, err
	}
	reports, err := r.Indicators.Reports(ctx, codes, r.known)
	if err != nil {
		return nil, err
	}
	own := map[string]int64{} // area, indicator
	for _, rep := range reports {
		if rep.Period == round.Period && rep.State != indicator.Returned {
			own[rep.Area+" "+rep.Indicator] = rep.Value
		}
	}
	everybody := len(forms) == len(area.Children(round.Area))
	var out []Sum
	for _, d := range list {
		if d.Kind != indicator.Event && d.Kind != indicator.Stock {
			continue
		}
		s := Sum{Indicator: d.ID, Name: d.Name, Unit: d.Unit}
		for _, f := range forms {
			p := Share{Area: f.Area}
			p.Counted, p.Known = b.over(d, f.Area, round.first(), round.Period)
			if n, told := own[f.Area+" "+d.ID]; told && f.in() {
				p.Own, p.HasOwn = n, true
			}
			s.Parts = append(s.Parts, p)
		}
		s.Whole, s.HasWhole = b.over(d, round.Area, round.first(), round.Period)
		s.HasWhole = s.HasWhole && everybody
		s.WholeOwn, s.HasWholeOwn = own[round.Area+" "+d.ID]
		s.HasWholeOwn = s.HasWholeOwn && everybody
		s.add()
		out = append(out, s)
	}
	return out, nil
}
