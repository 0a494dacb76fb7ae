package policy

import (
	"context"
	"strings"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/person"
)

// mostCounted is how many people are gone through while somebody waits at a form.
const mostCounted = 300_000

// Found is whom a wording hits in an area.
type Found struct {
	Of       int64 // everybody asked about
	Verdicts [4]int64
	Fen      int64 // for all who can have it
	Unpriced int64 // who can have it, but whose amount hangs on something nobody has set
	By       map[string]int64
	Coarse   bool // who is near is counted among those who cannot have it
	Took     time.Duration
}

// Yes is how many can have it.
func (f *Found) Yes() int64 { return f.Verdicts[rule.Eligible] }

func (f *Found) add(p *rule.Policy, facts rule.Source, on rule.Day, area string) {
	f.Of++
	v := rule.Evaluate(p, facts, on).Verdict
	f.Verdicts[v]++
	if v != rule.Eligible {
		return
	}
	f.By[area[:min(len(area), bannerDigits)]]++
	if p.Amount.Fen != 0 {
		f.Fen += p.Amount.Fen
	} else if p.Amount.How != "" {
		if fen, known, _ := p.AmountFor(facts, on); known {
			f.Fen += fen
		} else {
			f.Unpriced++
		}
	}
}

// Count decides some wordings, all for the same kind of subject, for everybody of an area today: over the columns, and where
// they do not hold what is asked, or for employers, in one pass through the register. Faults: TooLarge, where more people
// live than a form can wait for.
func (r *Room) Count(ctx context.Context, policies []*rule.Policy, area string) ([]Found, error) {
	begun := r.Clock.Now()
	if r.Crowd != nil && policies[0].For != rule.Employer {
		out, err := r.inColumns(ctx, policies, area)
		for i := range out {
			out[i].Took = r.Clock.Now().Sub(begun)
		}
		if fault.KindOf(err) != fault.Invalid {
			return out, err
		}
	}
	total, err := r.People.Count(ctx, "")
	if err != nil {
		return nil, err
	}
	if total > mostCounted {
		return nil, fault.New(fault.TooLarge, "登记人数超过 %d 万，填写时不逐人计算，请在“模拟”页测算", mostCounted/10_000)
	}
	a, err := dictionary.On(ctx, r.DB, r.Clock.Today())
	if err != nil {
		return nil, err
	}
	units, err := a.Everybody(ctx, r.DB, r.Employers)
	if err != nil {
		return nil, err
	}
	out := make([]Found, len(policies))
	for i := range out {
		out[i].By = map[string]int64{}
	}
	employers := policies[0].For == rule.Employer
	founders := map[int64]int64{}
	for i := range units {
		founders[units[i].ID] = units[i].FounderID
	}
	staff := dictionary.NewStaff()
	var facts dictionary.Row
	err = r.People.EachFacts(ctx, 0, func(batch []*person.Facts) error {
		for _, f := range batch {
			if employers {
				staff.Add(f, a.AsOf, func(id int64) int64 { return founders[id] })
				continue
			}
			if !strings.HasPrefix(f.Area, area) {
				continue
			}
			a.Fill(&facts, f)
			for i, p := range policies {
				out[i].add(p, &facts, a.On, f.Area)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range units {
		if employers && strings.HasPrefix(units[i].Area, area) {
			u := staff.Of(&units[i], a.On)
			for k, p := range policies {
				out[k].add(p, u, a.On, units[i].Area)
			}
		}
	}
	for i := range out {
		out[i].Took = r.Clock.Now().Sub(begun)
	}
	return out, nil
}

// inColumns asks the columns. Who is near is not told from who is not: that takes a look at each person. What nobody's
// facts are needed for is paid to everybody alike; other amounts are left open.
func (r *Room) inColumns(ctx context.Context, policies []*rule.Policy, area string) ([]Found, error) {
	if err := r.UseCrowd(ctx); err != nil {
		return nil, err
	}
	everybody, err := r.Crowd.CountPeople(ctx)
	if err != nil {
		return nil, err
	}
	on, _, err := r.Crowd.On(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Found, len(policies))
	for i, p := range policies {
		f := &out[i]
		f.By, f.Coarse = map[string]int64{}, true
		for _, n := range everybody {
			if strings.HasPrefix(n.Area, area) {
				f.Of += n.Yes
			}
		}
		list, err := r.Crowd.Ask(ctx, p)
		if err != nil {
			return nil, err
		}
		for _, n := range list {
			if !strings.HasPrefix(n.Area, area) {
				continue
			}
			f.Verdicts[rule.Eligible] += n.Yes
			f.Verdicts[rule.Unknown] += n.Unknown
			if n.Yes > 0 {
				f.By[n.Area[:min(len(n.Area), bannerDigits)]] += n.Yes
			}
		}
		f.Verdicts[rule.No] = f.Of - f.Yes() - f.Verdicts[rule.Unknown]
		fen, known := p.Amount.Fen, true
		if fen == 0 && p.Amount.How != "" {
			if fen, known, _ = p.AmountFor(example{}, on); !known && i == 0 {
				fen, known, err = r.Crowd.Average(ctx, p)
			}
		}
		if err != nil {
			return nil, err
		}
		if known {
			f.Fen = fen * f.Yes()
		} else {
			f.Unpriced = f.Yes()
		}
	}
	return out, nil
}
