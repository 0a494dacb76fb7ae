package policy

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
	"jiuye/internal/register/crowd"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/person"
)

// mostCounted is how many people are gone through while somebody waits at a form.
const mostCounted = 300_000

// Found is whom a wording hits in an area.
type Found struct {
	Of       int64 // everybody asked about
	Verdicts [4]int64
	Bill     crowd.Bill   // without its areas: they stand in By
	Paid     crowd.Paid   // for all who can have it
	Lacks    []crowd.Lack // what those lack whose answer is unknown, the most frequent first
	By       []foundArea  // right below the area asked about, in the order of their codes
	Coarse   bool         // who is near is counted among those who cannot have it
	Took     time.Duration
}

// foundArea is one of the areas right below the one asked about.
type foundArea struct {
	Area             string
	Of, Yes, Unknown int64
	Paid             crowd.Paid
}

// Yes is how many can have it.
func (f *Found) Yes() int64 { return f.Verdicts[rule.Eligible] }

// below makes the areas that a count is told by.
func (f *Found) below(code string) {
	for _, a := range area.Children(code) {
		f.By = append(f.By, foundArea{Area: a.Code})
	}
}

// at is the area below that a place lies in, nil where it lies in none of them.
func (f *Found) at(place string) *foundArea {
	i, found := slices.BinarySearchFunc(f.By, place, func(a foundArea, place string) int {
		if strings.HasPrefix(place, a.Area) {
			return 0
		}
		return strings.Compare(a.Area, place)
	})
	if !found {
		return nil
	}
	return &f.By[i]
}

func (f *Found) add(p *rule.Policy, facts rule.Source, on rule.Day, place string) {
	f.Of++
	v := rule.Evaluate(p, facts, on).Verdict
	f.Verdicts[v]++
	var paid crowd.Paid
	switch v {
	case rule.Eligible:
		paid.People = 1
		if f.Bill.Named = p.Amount.Fen != 0 || p.Amount.How != ""; f.Bill.Named {
			var known bool
			var why string
			if paid.First, paid.Whole, f.Bill.Endless, known, why = crowd.Worth(p, facts, on); !known {
				paid.First, paid.Whole, paid.Open, f.Bill.WhyOpen = 0, 0, 1, why
			}
		}
		f.Paid.Add(paid)
	case rule.Unknown:
		for _, id := range rule.Explain(p, facts, on).Missing() {
			i := slices.IndexFunc(f.Lacks, func(l crowd.Lack) bool { return l.Field == id })
			if i < 0 {
				i, f.Lacks = len(f.Lacks), append(f.Lacks, crowd.Lack{Field: id})
			}
			f.Lacks[i].N++
		}
	}
	if a := f.at(place); a != nil {
		a.Of++
		a.Paid.Add(paid)
		if v == rule.Unknown {
			a.Unknown++
		}
		a.Yes += paid.People
	}
}

// Count decides some wordings, all for the same kind of subject, for everybody of an area today: over the columns, and where
// they do not hold what is asked, or for employers, in one pass through the register. Faults: TooLarge, where more people
// live than a form can wait for.
func (r *Room) Count(ctx context.Context, policies []*rule.Policy, code string) ([]Found, error) {
	begun := time.Now() // how long it took is told, whatever day it is
	if r.Crowd != nil && policies[0].For != rule.Employer {
		out, err := r.inColumns(ctx, policies, code)
		for i := range out {
			out[i].Took = time.Since(begun)
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
		out[i].below(code)
		out[i].Bill.Every, out[i].Bill.Monthly = 1, policies[i].Scheduled()
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
			if !strings.HasPrefix(f.Area, code) {
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
		if employers && strings.HasPrefix(units[i].Area, code) {
			u := staff.Of(&units[i], a.On)
			for k, p := range policies {
				out[k].add(p, u, a.On, units[i].Area)
			}
		}
	}
	for i := range out {
		slices.SortStableFunc(out[i].Lacks, func(a, b crowd.Lack) int { return cmp.Compare(b.N, a.N) })
		out[i].Took = time.Since(begun)
	}
	return out, nil
}

// inColumns asks the columns. Who is near is not told from who is not: that takes a look at each person. Only the first
// wording is asked for all there is to say; of the others it is counted who has it.
func (r *Room) inColumns(ctx context.Context, policies []*rule.Policy, code string) ([]Found, error) {
	if err := r.UseCrowd(ctx); err != nil {
		return nil, err
	}
	within := func(place string) bool { return area.Within(place, code) }
	everybody, err := r.Crowd.CountPeople(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Found, len(policies))
	whole := &out[0]
	whole.Coarse = true
	whole.below(code)
	for _, n := range everybody {
		if within(n.Area) {
			whole.Of += n.Yes
			if a := whole.at(n.Area); a != nil {
				a.Of += n.Yes
			}
		}
	}
	survey, err := r.Crowd.Survey(ctx, policies[0], within)
	if err != nil {
		return nil, err
	}
	for _, n := range survey.Counts {
		whole.Verdicts[rule.Eligible] += n.Yes
		whole.Verdicts[rule.Unknown] += n.Unknown
		if a := whole.at(n.Area); a != nil {
			a.Yes, a.Unknown = a.Yes+n.Yes, a.Unknown+n.Unknown
		}
	}
	whole.Verdicts[rule.No] = whole.Of - whole.Yes() - whole.Verdicts[rule.Unknown]
	whole.Bill, whole.Lacks, whole.Paid = survey.Bill, survey.Lacks, survey.Bill.Sum()
	for _, paid := range survey.Bill.By {
		if a := whole.at(paid.Area); a != nil {
			a.Paid.Add(paid)
		}
	}
	lists, err := r.countedBy(ctx, policies[1:])
	if err != nil {
		return nil, err
	}
	for i, list := range lists {
		for _, n := range list {
			if within(n.Area) {
				out[i+1].Verdicts[rule.Eligible] += n.Yes
			}
		}
	}
	return out, nil
}

// countedBy counts wordings in one pass, or one after the other where one of them is decided person by person.
func (r *Room) countedBy(ctx context.Context, policies []*rule.Policy) (lists [][]crowd.Count, err error) {
	if len(policies) == 0 {
		return nil, nil
	}
	if lists, err = r.Crowd.Sweep(ctx, policies); fault.KindOf(err) != fault.Invalid {
		return lists, err
	}
	lists = make([][]crowd.Count, len(policies))
	for i, p := range policies {
		if lists[i], err = r.Crowd.Ask(ctx, p); err != nil {
			return nil, err
		}
	}
	return lists, nil
}
