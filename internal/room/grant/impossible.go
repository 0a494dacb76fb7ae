package grant

import (
	"context"
	_ "embed"
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

//go:embed impossible.yaml
var impossibleText string

// impossible is the rules that find records that cannot be: written in the policies' own language over the fields of a person
// (dictionary) and of a grant (below).
type impossible struct {
	rules []*rule.Policy
	first int // id of the first field of a grant
}

// Fields of a grant, counted from impossible.first.
const (
	paidOn = iota
	paidFen
	askedOn
	coversFrom
	coversTo
	forUnit
	forDisabled
	inState
	listed
	insuredThen
	disabledSince
	trainedSince
	sharing
	fieldCount
)

func grantFields() []rule.Field {
	service := rule.Word{Zh: "公共就业服务机构", En: "the public employment service"}
	date := func(zh, en, meaning string) rule.Field {
		return rule.Field{Zh: zh, En: en, Type: rule.Date, Fixed: true, Holder: service, Meaning: meaning}
	}
	yes := func(zh, en, meaning string) rule.Field {
		return rule.Field{Zh: zh, En: en, Type: rule.Bool, Fixed: true, Holder: service, Yes: zh, No: "没有" + zh, Meaning: meaning}
	}
	list := [fieldCount]rule.Field{
		paidOn:        date("发放日期", "grant_paid_on", "银行入账日期"),
		paidFen:       {Zh: "发放金额", En: "grant_amount", Type: rule.Number, Fixed: true, Unit: rule.Word{Zh: "元", En: "yuan"}, Holder: service},
		askedOn:       date("申请日期", "grant_asked_on", ""),
		coversFrom:    date("补贴开始日期", "grant_from", "按月补贴的第一个月的第一天；一次性的为申请日期"),
		coversTo:      date("补贴结束日期", "grant_to", ""),
		forUnit:       yes("面向单位", "grant_for_employer", ""),
		forDisabled:   yes("面向残疾人", "grant_for_disabled", "政策名称含“残疾”"),
		inState:       yes("补贴期间机关事业单位在岗", "grant_while_in_state_unit", "补贴期间有任一天的就业登记在机关事业单位"),
		listed:        yes("申请时登记失业", "grant_registered", ""),
		insuredThen:   yes("申请时单位参保", "grant_insured_by_unit", "申请的那个月由单位缴纳职工养老或失业保险"),
		disabledSince: date("残疾认定日期", "disabled_since", "最早一次残疾人证发证日期"),
		trainedSince:  date("补贴培训开始日期", "subsidised_training_since", "最近一次补贴性培训"),
		sharing:       {Zh: "同账户领取人数", En: "grant_account_sharers", Type: rule.Number, Fixed: true, Unit: rule.Word{Zh: "人", En: "people"}, Holder: service},
	}
	return list[:]
}

func readImpossible() (*impossible, error) {
	known, err := dictionary.Person()
	if err != nil {
		return nil, err
	}
	x := &impossible{first: len(known.Fields)}
	d, err := rule.NewDictionary(append(append([]rule.Field(nil), known.Fields...), grantFields()...))
	if err != nil {
		return nil, err
	}
	for _, text := range strings.Split(impossibleText, "\n---\n") {
		p, err := rule.Load([]byte(text), d)
		if err != nil {
			return nil, err
		}
		x.rules = append(x.rules, p)
	}
	return x, nil
}

// record is one grant with its beneficiary's file, as the rules see it.
type record struct {
	dictionary.Row
	first  int
	values [fieldCount]rule.Value
	known  [fieldCount]bool
}

// Field implements rule.Source.
func (r *record) Field(id int) (rule.Value, bool) {
	if id < r.first {
		return r.Row.Field(id)
	}
	return r.values[id-r.first], r.known[id-r.first]
}

func (r *record) set(id int, v rule.Value) { r.values[id], r.known[id] = v, true }

func (r *record) day(id int, d db.Date) {
	if !d.IsZero() {
		r.set(id, rule.On(rule.DayOf(d.Time)))
	}
}

// span is the time that a grant is for.
func (a *Application) span() (from, to db.Date) {
	if a.From == 0 {
		return a.SubmittedOn, a.SubmittedOn
	}
	first := func(m int) db.Date { return db.On(clock.Date(m/100, 1, 1).AddDate(0, m%100-1, 0)) }
	return first(a.From), db.On(first(nextMonth(a.To)).AddDate(0, 0, -1))
}

// fill reads a grant and its beneficiary's file.
func (r *record) fill(a *Application, f *person.Facts, around *dictionary.Around, shares int64) {
	r.values, r.known = [fieldCount]rule.Value{}, [fieldCount]bool{}
	around.Fill(&r.Row, f)
	from, to := a.span()
	r.day(paidOn, a.PaidOn)
	r.day(askedOn, a.SubmittedOn)
	r.day(coversFrom, from)
	r.day(coversTo, to)
	r.set(paidFen, rule.Parts(a.Granted*rule.Scale/100))
	r.set(forUnit, rule.Yes(a.Unit))
	r.set(forDisabled, rule.Yes(strings.Contains(a.PolicyName, "残疾")))
	r.set(sharing, rule.Int(shares+1))
	state := false
	for _, s := range f.Spells {
		state = state || around.Kinds[s.EmployerID] == employer.Institution && !s.Since.After(to.Time) && (s.Until.IsZero() || !s.Until.Before(from.Time))
	}
	r.set(inState, rule.Yes(state))
	r.set(listed, rule.Yes(f.Registered(a.SubmittedOn.Time) != nil))
	month := person.MonthOf(a.SubmittedOn.Time)
	r.set(insuredThen, rule.Yes(f.Insured(month, person.Pension, person.Unemployment)))
	for _, g := range f.Groups {
		if g.Kind == person.Disabled && !r.known[disabledSince] {
			r.day(disabledSince, g.Since)
		}
	}
	for _, t := range f.Trainings {
		if t.Subsidised {
			r.day(trainedSince, t.Since)
		}
	}
}

// Impossible looks through everything that was granted to people for records that cannot be, keeps what it finds, and says how many
// are new. What does not hold any more is taken off, unless it is being audited.
func (r *Room) Impossible(ctx context.Context, p progress.Reporter) (found int64, err error) {
	around, err := dictionary.On(ctx, r.DB, r.Clock.Today())
	if err != nil {
		return 0, err
	}
	if _, err := around.Everybody(ctx, r.DB, r.Employers); err != nil {
		return 0, err
	}
	p.Step("查找不可能的补贴记录", 0)
	defer p.End()
	rec := record{first: r.rules.first}
	on := rule.DayOf(r.Clock.Today())
	for after := (place{}); ; {
		list, err := r.store.grantedAfter(ctx, after, 1000)
		if err != nil || len(list) == 0 {
			return found, err
		}
		last := list[len(list)-1]
		after = place{last.OwnerID, last.ID}
		n, err := r.lookThrough(ctx, list, around, &rec, on)
		if err != nil {
			return found, err
		}
		found += n
		p.Add(int64(len(list)))
	}
}

func (r *Room) lookThrough(ctx context.Context, list []Application, around *dictionary.Around, rec *record, on rule.Day) (int64, error) {
	var ids []int64
	for _, a := range list {
		if !a.Unit {
			ids = append(ids, a.OwnerID)
		}
	}
	people, err := r.People.FactsOf(ctx, ids)
	if err != nil {
		return 0, err
	}
	by := make(map[int64]*person.Facts, len(people))
	for _, f := range people {
		by[f.ID] = f
	}
	shares, err := r.store.sharers(ctx, list)
	if err != nil {
		return 0, err
	}
	var rows [][]any
	for i := range list {
		a := &list[i]
		f := by[a.OwnerID]
		if f == nil {
			continue
		}
		rec.fill(a, f, around, shares[string(a.accountHash)]-1)
		for _, p := range r.rules.rules {
			if rule.Holds(p, rec, on) == rule.Eligible {
				rows = append(rows, []any{a.OwnerID, a.ID, p.ID, a.Area, db.On(r.Clock.Today())})
			}
		}
	}
	var found int64
	err = r.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		found, err = r.store.keepFindings(ctx, tx, list, rows)
		return err
	})
	return found, err
}

// ruleOf is a rule by its number.
func (x *impossible) ruleOf(id string) *rule.Policy {
	for _, p := range x.rules {
		if p.ID == id {
			return p
		}
	}
	return x.rules[0]
}
