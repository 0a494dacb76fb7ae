package app

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
	"jiuye/internal/room/grant"
	"jiuye/internal/room/policy"
	"jiuye/internal/room/rights"
)

// offers lets the room of grants ask the policies, as they are on its clock's day.
type offers struct {
	policy *policy.Room
	clock  clock.Clock
}

// onHand are documents that the registers hold already, so that nobody has to bring them.
var onHand = []string{"身份证", "户口簿", "社会保障卡"}

// Offer implements grant.Policies.
func (o offers) Offer(ctx context.Context, language, id string, b grant.Beneficiary, said map[string]string) (grant.Offer, error) {
	list, err := o.judged(ctx, id, b, said)
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "没有政策 %s，或者它不面向申请人。请从“我能享受”进入", id)
	}
	if err != nil {
		return grant.Offer{}, err
	}
	return offerOf(language, &list[0], said), nil
}

// Offers implements grant.Policies.
func (o offers) Offers(ctx context.Context, language string, b grant.Beneficiary) ([]grant.Offer, error) {
	list, err := o.judged(ctx, "", b, nil)
	var out []grant.Offer
	for i := range list {
		if j := &list[i]; j.Verdict != rule.No {
			out = append(out, offerOf(language, j, nil))
		}
	}
	return out, err
}

func (o offers) judged(ctx context.Context, id string, b grant.Beneficiary, said map[string]string) ([]policy.Judgement, error) {
	q := policy.Question{Policy: id, PersonID: b.ID, On: o.clock.Today(), Said: said}
	if b.Unit {
		q.PersonID, q.EmployerID = 0, b.ID
	}
	return o.policy.Judge(ctx, q)
}

// Fields implements grant.Policies.
func (o offers) Fields(language string, unit bool, names []string) []grant.Ask {
	dict, err := dictionary.Person()
	if unit {
		dict, err = dictionary.Employer()
	}
	if err != nil {
		return nil
	}
	var out []grant.Ask
	for _, name := range names {
		if id, known := dict.ID(name); known {
			out = append(out, askOf(language, &dict.Fields[id]))
		}
	}
	return out
}

// Eligible implements grant.Policies: who can have what, by the latest screening.
func (o offers) Eligible(ctx context.Context, area string) (map[string]int64, error) {
	list, err := o.policy.Uptake(ctx, area)
	out := map[string]int64{}
	for _, u := range list {
		out[u.Policy] += u.Eligible
	}
	return out, err
}

func offerOf(language string, e *policy.Judgement, said map[string]string) grant.Offer {
	p := e.Policy
	dict := p.Dictionary()
	x := grant.Offer{PolicyID: p.ID, Name: p.Name.Zh, NameEn: p.Name.En, Unit: p.For == rule.Employer, Verdict: e.Verdict.String(), Lead: e.Lead(rule.You), AmountFen: p.Amount.Fen, How: p.Amount.How,
		Excludes: e.Rivals, Office: p.Office.Zh, Next: p.Next.Zh, Version: strconv.FormatInt(e.Version, 10), Online: !p.Offline}
	if language == lang.English {
		x.Lead, x.Next = e.LeadEn(), p.Next.En
	}
	if x.AmountFen == 0 && e.Verdict != rule.No {
		x.AmountFen, _, _ = p.AmountFor(e.Facts, e.On)
	}
	months, _, _ := p.Months(e.Facts, e.On)
	for _, m := range months {
		x.Schedule = append(x.Schedule, grant.Period{Month: person.MonthOf(m.From.Time()), Fen: m.Fen})
	}
	switch {
	case p.Scheduled():
		x.How = "按发放计划"
	case p.Amount.Fen != 0 && x.How != "": // of a formula, How is the formula
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
		text := policy.Sentence(language, c, rule.You)
		x.Reasons = append(x.Reasons, grant.Reason{Outcome: c.Outcome.String(), Text: text, Stated: c.Outcome != rule.Unknown && e.Bare.Clauses[i].Outcome == rule.Unknown})
	}
	for _, id := range e.Ask {
		x.Asks = append(x.Asks, askOf(language, &dict.Fields[id]))
	}
	x.Known = e.Registered(said)
	return x
}

var kindOf = map[rule.Type]string{rule.Bool: "bool", rule.Number: "number", rule.Date: "date", rule.Choice: "choice"}

// askOf is a field as a form asks for it. Values are kept in Chinese.
func askOf(language string, f *rule.Field) grant.Ask {
	in := func(w rule.Word) string {
		if language == lang.English && w.En != "" {
			return strings.ReplaceAll(w.En, "_", " ")
		}
		return w.Zh
	}
	x := grant.Ask{Field: f.Zh, Key: f.En, Label: in(rule.Word{Zh: f.Zh, En: f.Label()}), Kind: kindOf[f.Type], Unit: in(f.Unit), Holder: in(f.Holder)}
	switch {
	case f.Type == rule.Bool && language != lang.English && f.Yes != "":
		x.Values = []grant.Choice{{Value: "是", Text: f.Yes}, {Value: "否", Text: f.No}}
	case f.Type == rule.Bool:
		x.Values = []grant.Choice{{Value: "是", Text: in(rule.Word{Zh: "是", En: "yes"})}, {Value: "否", Text: in(rule.Word{Zh: "否", En: "no"})}}
	}
	for _, v := range f.Values {
		x.Values = append(x.Values, grant.Choice{Value: v.Zh, Text: in(v)})
	}
	if language != lang.English {
		x.Hint = f.Meaning
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

// pushed notes on the message that told somebody of a policy that they have applied for it.
func (a *App) pushed(ctx context.Context, tx *db.Tx, b grant.Beneficiary, policyID string) error {
	to := message.To{PersonID: b.ID}
	if b.Unit {
		to = message.To{EmployerID: b.ID}
	}
	return a.Messages.Acted(ctx, tx, to, policy.KindFound, policyID)
}

func (a *App) furnishGrant() (err error) {
	a.Grant, err = grant.New(grant.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Evidence: a.Evidence, Sealer: a.Sealer,
		Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Approvals: a.Approvals, Assign: a.Assignments, Policies: offers{a.Policy, a.Clock}, Consents: a.Rights.For(rights.Unasked),
		Messages: a.Messages, Applied: a.pushed})
	return err
}
