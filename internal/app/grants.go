package app

import (
	"context"
	"slices"
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/room/grant"
	"jiuye/internal/room/policy"
	"jiuye/internal/room/rights"
)

// offers lets the room of grants ask the policies.
type offers struct{ *App }

// onHand are documents that the registers hold already, so that nobody has to bring them.
var onHand = []string{"身份证", "户口簿", "社会保障卡"}

// Offer implements grant.Policies.
func (o offers) Offer(ctx context.Context, language, id string, b grant.Beneficiary) (grant.Offer, error) {
	list, err := o.explain(ctx, language, b, func(e *rule.Explanation) bool { return e.Policy.ID == id })
	if err == nil && len(list) == 0 {
		return grant.Offer{}, fault.New(fault.NotFound, "没有政策 %s，或者它不面向申请人。请从“我能享受”进入", id)
	}
	if err != nil {
		return grant.Offer{}, err
	}
	return list[0], nil
}

// Offers implements grant.Policies.
func (o offers) Offers(ctx context.Context, language string, b grant.Beneficiary) ([]grant.Offer, error) {
	return o.explain(ctx, language, b, func(e *rule.Explanation) bool { return e.Verdict == rule.Eligible || e.Verdict == rule.Near })
}

// Eligible implements grant.Policies: who can have what, by the latest screening.
func (o offers) Eligible(ctx context.Context, area string) (map[string]int64, error) {
	list, err := o.Policy.Uptake(ctx, area)
	out := map[string]int64{}
	for _, u := range list {
		out[u.Policy] += u.Eligible
	}
	return out, err
}

func (o offers) explain(ctx context.Context, language string, b grant.Beneficiary, keep func(*rule.Explanation) bool) ([]grant.Offer, error) {
	var list []*rule.Explanation
	var facts func() (rule.Source, rule.Day, error)
	if b.Unit {
		e, found, err := o.Policy.ExplainEmployer(ctx, b.ID)
		if err != nil {
			return nil, err
		}
		list, facts = found, func() (rule.Source, rule.Day, error) {
			a, err := dictionary.On(ctx, o.DB, o.Clock.Today())
			if err != nil {
				return nil, 0, err
			}
			hands, err := dictionary.WorkersOf(ctx, o.DB, e.ID)
			staff := dictionary.NewStaff()
			for _, f := range hands {
				staff.Add(f, a.AsOf, func(id int64) int64 {
					if id == e.ID {
						return e.FounderID
					}
					return 0
				})
			}
			return staff.Of(&e, a.On), a.On, err
		}
	} else {
		f, found, err := o.Policy.ExplainPerson(ctx, b.ID)
		if err != nil {
			return nil, err
		}
		list, facts = found, func() (rule.Source, rule.Day, error) {
			a, err := dictionary.On(ctx, o.DB, o.Clock.Today())
			if err != nil {
				return nil, 0, err
			}
			err = a.Somebody(ctx, o.DB, f)
			row := &dictionary.Row{}
			a.Fill(row, f)
			return row, a.On, err
		}
	}
	var out []grant.Offer
	for _, e := range list {
		if !keep(e) {
			continue
		}
		x := offerOf(language, e)
		if x.AmountFen == 0 && e.Verdict != rule.No {
			source, on, err := facts()
			if err != nil {
				return nil, err
			}
			if fen, known, _ := e.Policy.AmountFor(source, on); known {
				x.AmountFen = fen
			}
		}
		out = append(out, x)
	}
	return out, nil
}

func offerOf(language string, e *rule.Explanation) grant.Offer {
	p := e.Policy
	x := grant.Offer{PolicyID: p.ID, Name: p.Name.Zh, NameEn: p.Name.En, Unit: p.For == rule.Employer, Verdict: e.Verdict.String(), Lead: e.Lead(rule.You), AmountFen: p.Amount.Fen, How: p.Amount.How,
		Excludes: p.Excludes, Office: p.Office.Zh, Next: p.Next.Zh}
	x.Version = "1"
	if language == lang.English {
		x.Lead, x.Next = e.LeadEn(), p.Next.En
	}
	switch {
	case x.How != "":
	case strings.Contains(p.Result.Zh, "每月"):
		x.How = "每月"
	default:
		x.How = "一次性"
	}
	for _, d := range p.Evidence {
		if !slices.Contains(onHand, d) {
			x.Evidence = append(x.Evidence, d)
		}
	}
	x.Auto = len(x.Evidence) == 0
	for i := range e.Clauses {
		c := &e.Clauses[i]
		if c.Group != "" || e.Moot(c) {
			continue
		}
		text := c.Zh(rule.You)
		if language == lang.English {
			text = c.En()
		}
		x.Reasons = append(x.Reasons, grant.Reason{Outcome: c.Outcome.String(), Text: text})
	}
	return x
}

// grantsMade lets the policies lead to the room of grants, which is made after them.
type grantsMade struct{ *App }

// Apply implements policy.Grants.
func (g grantsMade) Apply(id string) string { return "/grant/apply/" + id }

// Taken implements policy.Grants.
func (g grantsMade) Taken(ctx context.Context, area string) ([]policy.Taken, error) {
	list, err := g.Grant.Uptake(ctx, area)
	out := make([]policy.Taken, len(list))
	for i, t := range list {
		out[i] = policy.Taken{Policy: t.PolicyID, Area: t.Area, Applied: t.Applied, Granted: t.Granted}
	}
	return out, err
}

// Unasked implements policy.Grants.
func (g grantsMade) Unasked(ctx context.Context, policyID string, people []int64) (int, map[int64]string, error) {
	return g.Grant.Propose(ctx, policyID, people)
}

func (a *App) furnishGrant() (err error) {
	a.Grant, err = grant.New(grant.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Evidence: a.Evidence, Sealer: a.Sealer,
		Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Approvals: a.Approvals, Assign: a.Assignments, Policies: offers{a}, Consents: a.Rights.For(rights.Unasked)})
	return err
}
