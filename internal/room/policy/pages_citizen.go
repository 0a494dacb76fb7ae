package policy

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/message"
)

// Grants is where support is applied for and granted. The house fills it in; without it pages say that it is not connected.
type Grants interface {
	// Apply is the page on which somebody applies for a policy that is applied for online.
	Apply(policyID string) string
	// Taken is how many of an area's people (or employers) have applied for each policy and got it, by policy and banner.
	Taken(ctx context.Context, area string) ([]Taken, error)
	// Unasked proposes a grant without application (免申即享) for people, each to be approved by two; skipped says why not.
	Unasked(ctx context.Context, policyID string, people []int64) (proposed int, skipped map[int64]string, err error)
}

// Taken is how many applied for a policy in a banner and how many got it.
type Taken struct {
	Policy, Area     string
	Applied, Granted int64
}

// card is one policy for whoever reads it: the offer, what it pays, and what can be done at once.
type card struct {
	offer
	Unsure  string   // why the amount cannot be told
	Apply   string   // page on which it is applied for; "" for none
	Remind  bool     // time alone brings it: the reader may ask to be told
	Missing []string // what is not known, and who holds it
}

type mineData struct {
	Counts  []mineCount
	Now     []card // can have
	Near    []card // almost
	Ask     []card // information missing
	No      []card
	Nothing bool
	Signin  string // where a stranger goes on; "" for whoever has signed in
	Wrong   string // where the register's data can be put right; "" for nowhere
	Asking  *asking
	Told    int // how many answers have just been given, which are stored nowhere
}

type mineCount struct {
	Verdict string
	N       int
}

// mine is what a citizen can have.
func (r *Room) mine(c *web.Ctx) error {
	if err := ownFile(c.User.PersonID, "实名档案"); err != nil {
		return err
	}
	f, row, on, err := r.factsOf(c.Context(), c.User.PersonID)
	if err != nil {
		return err
	}
	var data mineData
	if !f.Dead(r.Clock.Today()) {
		data = r.told(c, r.catalogue().people, row, on, false, atHome+"/mine")
	}
	data.Wrong = "/rights/me"
	return c.Render("policy/mine", web.Page{Title: c.T("policy.mine"), Lede: c.T("policy.mineLede"), Data: data, Public: true})
}

// own is what an employer can have.
func (r *Room) own(c *web.Ctx) error {
	if err := ownFile(c.User.EmployerID, "单位"); err != nil {
		return err
	}
	e, unit, on, err := r.unitOf(c.Context(), c.User.EmployerID)
	if err != nil {
		return err
	}
	if err := account.CanSeeEmployer(c.User, e.Area, e.ID); err != nil {
		return fault.Wrap(fault.NotFound, err, "没有这个单位的资料")
	}
	data := r.told(c, r.catalogue().employers, unit, on, true, atHome+"/employer")
	return c.Render("policy/mine", web.Page{Title: c.T("policy.employer"), Lede: c.T("policy.employerLede", e.Name), Data: data, Public: true})
}

// cards decides policies for somebody and sorts the answers: yes, almost, information missing, no.
func (r *Room) cards(c *web.Ctx, policies []*rule.Policy, facts rule.Source, on rule.Day) mineData {
	var data mineData
	list := explain(policies, facts, on)
	sortByVerdict(list)
	for _, e := range list {
		k := r.card(c, e, facts)
		switch e.Verdict {
		case rule.Eligible:
			data.Now = append(data.Now, k)
		case rule.Near:
			data.Near = append(data.Near, k)
		case rule.Unknown:
			data.Ask = append(data.Ask, k)
		default:
			data.No = append(data.No, k)
		}
	}
	slices.SortStableFunc(data.Now, func(a, b card) int { return cmp.Compare(min(1, len(b.Apply)), min(1, len(a.Apply))) }) // what can be applied for comes first
	data.Nothing = len(data.Now)+len(data.Near) == 0
	for _, v := range []mineCount{{"yes", len(data.Now)}, {"near", len(data.Near)}, {"ask", len(data.Ask)}, {"no", len(data.No)}} {
		if v.Verdict != "ask" || v.N > 0 { // that nothing is missing goes without saying
			data.Counts = append(data.Counts, v)
		}
	}
	return data
}

func (r *Room) card(c *web.Ctx, e *rule.Explanation, facts rule.Source) card {
	k := card{offer: offerOf(c.Lang, e, rule.You)}
	apply := ""
	if r.Grants != nil && c.User.SignedIn() && !e.Policy.Offline {
		apply = r.Grants.Apply(e.Policy.ID)
	}
	switch e.Verdict {
	case rule.Eligible:
		k.Amount, k.Unsure = amountFor(c.Lang, e.Policy, facts, e.On)
		k.Apply = apply
	case rule.Near:
		k.Remind = e.From != 0 && r.Messages != nil && c.User.SignedIn()
	case rule.Unknown:
		k.Missing, k.Apply = missing(c, e), apply // the application asks what is missing
	default:
		k.Reasons = failing(k.Reasons)
	}
	return k
}

// amountFor is what somebody is paid, or why that cannot be told. An amount by formula is somebody's own.
func amountFor(language string, p *rule.Policy, facts rule.Source, on rule.Day) (text, unsure string) {
	if p.Scheduled() {
		if months, known, _ := p.Months(facts, on); known && len(months) > 0 {
			return byMonths(language, months), ""
		}
	}
	if p.Amount.Fen != 0 {
		return amount(language, p), ""
	}
	fen, known, why := p.AmountFor(facts, on)
	switch {
	case known && fen > 0 && language == lang.English:
		return lang.Fen(fen) + " yuan", ""
	case known && fen > 0:
		return lang.Fen(fen) + " 元", ""
	case !known && why != "" && language != lang.English:
		return "", "金额暂时算不出：" + why
	case !known && why != "":
		return "", "The amount cannot be told yet: " + why
	}
	return "", ""
}

// byMonths tells what is paid by month: how much a month where all are alike, for how long, and the sum.
func byMonths(language string, months []rule.Month) string {
	sum, alike := int64(0), true
	for _, m := range months {
		sum += m.Fen
		alike = alike && m.Fen == months[0].Fen
	}
	n := len(months)
	switch {
	case language == lang.English && alike:
		return fmt.Sprintf("%s yuan a month for %d months, %s yuan in all", lang.Fen(months[0].Fen), n, lang.Fen(sum))
	case language == lang.English:
		return fmt.Sprintf("%s yuan over %d months, %s in the first", lang.Fen(sum), n, lang.Fen(months[0].Fen))
	case alike:
		return fmt.Sprintf("每月 %s 元，共 %d 个月 %s 元", lang.Fen(months[0].Fen), n, lang.Fen(sum))
	}
	return fmt.Sprintf("首月 %s 元，共 %d 个月 %s 元", lang.Fen(months[0].Fen), n, lang.Fen(sum))
}

// missing are the facts that nobody has reported, each with the department that holds it.
func missing(c *web.Ctx, e *rule.Explanation) []string {
	fields := e.Policy.Dictionary().Fields
	var out []string
	for _, id := range e.Missing() {
		f := &fields[id]
		name := f.Zh
		if c.Lang == lang.English {
			name = f.Label()
		}
		out = append(out, c.T("policy.missing", name, in(c.Lang, f.Holder)))
	}
	return out
}

// failing keeps the reasons against: for a no the rest is of no use to a citizen.
func failing(list []web.Reason) []web.Reason {
	return slices.DeleteFunc(list, func(r web.Reason) bool { return r.Kind == "yes" })
}

// KindRemind is the kind of messages that somebody has asked for: the day has come from which a policy fits.
const KindRemind = "policy.remind"

// remind notes that the reader wants to be told when time has brought a policy, once for each policy and day.
func (r *Room) remind(c *web.Ctx) error {
	p, err := r.catalogue().find(c.Form().Value("policy"))
	if err != nil {
		return err
	}
	if err := isFor(p, c.User.Role == account.Employer); err != nil {
		return err
	}
	to, back := message.To{PersonID: c.User.PersonID}, atHome+"/mine"
	var facts rule.Source
	var on rule.Day
	if c.User.Role == account.Employer {
		to, back = message.To{EmployerID: c.User.EmployerID}, atHome+"/employer"
		_, facts, on, err = r.unitFacts(c.Context(), c.User.EmployerID)
	} else {
		_, facts, on, err = r.factsOf(c.Context(), c.User.PersonID)
	}
	if err != nil {
		return err
	}
	a := rule.Evaluate(p, facts, on)
	if a.Verdict != rule.Near || a.From == 0 || r.Messages == nil {
		return fault.New(fault.Conflict, "“%s”现在没有可以等到的日期，请刷新页面看最新结果", p.Name.Zh)
	}
	day := a.From.Time()
	const morning = 9
	at := time.Date(day.Year(), day.Month(), day.Day(), morning, 0, 0, 0, clock.Zone)
	if err := r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		if err := tx.Once(c.Context(), c.Once(), r.Clock.Now()); err != nil {
			return err
		}
		_, err := r.Messages.Send(c.Context(), tx, message.Message{Kind: KindRemind, To: to, About: p.ID, Args: []any{p.Name.Zh}, Href: back, NotBefore: at,
			Once: fmt.Sprintf("remind-%s-%s", p.ID, a.From), Channels: []string{message.SMS}})
		return err
	}); err != nil {
		return err
	}
	c.Flash("ok", c.T("policy.reminded", lang.Date(c.Lang, day)))
	return c.Redirect(back)
}

// unitFacts is unitOf as any source.
func (r *Room) unitFacts(ctx context.Context, employerID int64) (name string, facts rule.Source, on rule.Day, err error) {
	e, unit, on, err := r.unitOf(ctx, employerID)
	return e.Name, unit, on, err
}
