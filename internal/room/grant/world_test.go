package grant

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, person.Schema, employer.Schema, approval.Schema, assignment.Schema, evidence.Schema, message.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bater  = web.User{ID: 12, Name: "巴特尔", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	ejina  = web.User{ID: 13, Name: "额尔敦", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	chief  = web.User{ID: 14, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	deputy = web.User{ID: 16, Name: "李处", Role: account.Manager, RoleName: "管理", Area: "15", AreaName: "内蒙古自治区"}
	naran  = web.User{ID: 15, Name: "娜仁托雅", Role: account.Seeker, RoleName: "求职者", PersonID: 71, Citizen: true}
	firm   = web.User{ID: 17, Name: "驼绒坊", Role: account.Employer, RoleName: "用人单位", EmployerID: 900, Citizen: true}
)

// book is the policies of the tests: P1 pays 5,000 yuan once, P2 1,500 a month, P3 like P1 and not together with it, P4 no money, P5 is for
// units, P6 may be had without an application, P7 pays by its schedule whoever is an intern.
type book struct {
	verdict map[int64]string
	interns map[int64]string // as a department reports by now
}

func (b book) Offer(_ context.Context, _, id string, for_ Beneficiary, said map[string]string) (Offer, error) {
	all := map[string]Offer{
		"P1": {Name: "一次性创业补贴", AmountFen: 500000, How: "一次性", Excludes: []string{"P3"}, Evidence: []string{"营业执照"}},
		"P2": {Name: "社会保险补贴", AmountFen: 150000, How: "每月"},
		"P3": {Name: "求职创业补贴", AmountFen: 100000, How: "一次性", Excludes: []string{"P1"}},
		"P4": {Name: "免费培训", How: ""},
		"P5": {Name: "带动就业补贴", AmountFen: 2000000, How: "一次性", Unit: true},
		"P6": {Name: "生活补助", AmountFen: 80000, How: "一次性", Auto: true},
		"P7": {Name: "就业见习补贴", How: "按发放计划"},
	}
	o, ok := all[id]
	if !ok || o.Unit != for_.Unit {
		return o, fault.New(fault.NotFound, "没有这项政策")
	}
	o.PolicyID, o.Version, o.Online, o.Verdict, o.Lead = id, "3", true, "yes", "能享受"
	if v := b.verdict[for_.ID]; v != "" {
		o.Verdict, o.Lead = v, "登记失业不满 12 个月"
	}
	o.Reasons = []Reason{{Outcome: "yes", Text: "已登记失业"}}
	if id == "P7" { // nobody reports who is an intern
		o.Known = map[string]string{}
		switch value, known := b.known(for_.ID, said); {
		case value == "":
			o.Verdict, o.Lead, o.Asks = "unknown", "还不知道就业见习中", b.Fields("zh", false, []string{"就业见习中"})
		case value == "否":
			o.Verdict, o.Lead, o.Reasons = "no", "没有在就业见习", []Reason{{Outcome: "no", Text: "没有在就业见习", Stated: !known}}
		default:
			o.Reasons = append(o.Reasons, Reason{Outcome: "yes", Text: "正在就业见习", Stated: !known})
			for m := 202508; m <= 202602; m = nextMonth(m) { // seven months, over the year's end, less from the fifth on
				fen := int64(100000)
				if m >= 202512 {
					fen = 60000
				}
				o.Schedule, o.AmountFen = append(o.Schedule, Period{m, fen}), o.AmountFen+fen
			}
		}
		if value, known := b.known(for_.ID, said); known {
			o.Known["就业见习中"] = value
		}
	}
	return o, nil
}

func (b book) known(id int64, said map[string]string) (string, bool) {
	if v := b.interns[id]; v != "" {
		return v, true
	}
	return said["就业见习中"], false
}

func (book) Fields(_ string, _ bool, names []string) (out []Ask) {
	for _, n := range names {
		if n == "就业见习中" || n == "in_internship" {
			out = append(out, Ask{Field: "就业见习中", Key: "in_internship", Label: "就业见习中", Kind: "bool", Values: []Choice{{"是", "正在就业见习"}, {"否", "没有在就业见习"}}})
		}
	}
	return out
}

func (b book) Offers(ctx context.Context, l string, for_ Beneficiary) (out []Offer, err error) {
	for _, id := range []string{"P1", "P2", "P3", "P4", "P5", "P6", "P7"} {
		if o, err := b.Offer(ctx, l, id, for_, nil); err == nil {
			out = append(out, o)
		}
	}
	return out, nil
}

func (book) Eligible(context.Context, string) (map[string]int64, error) {
	return map[string]int64{"P1": 40, "P2": 25}, nil
}

// said is the people who agreed to be granted without applying.
type said map[int64]bool

func (s said) Allowed(context.Context, []int64) (map[int64]bool, error) { return s, nil }

type world struct {
	*Room
	t     testing.TB
	clock *clock.Fake
	book  book
	said  said

	applied []string // who has handed in what
}

func run(t *testing.T, body func(w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(newWorld(t, d)) })
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, clock: clock.NewFake("2025-09-24"), book: book{map[int64]string{}, map[int64]string{}}, said: said{}}
	ids, log := id.NewMaker(1, w.clock), audit.New(d, w.clock, "test")
	w.Room, err = New(Deps{DB: d, People: &person.Store{DB: d, Sealer: sealer, Clock: w.clock}, Employers: &employer.Store{DB: d, Clock: w.clock},
		Evidence: &evidence.Store{DB: d, Sealer: sealer, Clock: w.clock, IDs: ids}, Sealer: sealer, Clock: w.clock, IDs: ids, Audit: log,
		Approvals: approval.New(approval.Deps{DB: d, Sealer: sealer, Clock: w.clock, IDs: ids, Audit: log}),
		Assign:    assignment.New(assignment.Deps{DB: d, Sealer: sealer, Clock: w.clock, IDs: ids, Audit: log}), Policies: w.book, Consents: w.said,
		Messages: message.New(message.Deps{DB: d, Sealer: sealer, Clock: w.clock, IDs: ids}),
		Applied: func(_ context.Context, _ *db.Tx, b Beneficiary, policy string) error {
			w.applied = append(w.applied, fmt.Sprint(b.ID, " ", policy))
			return nil
		}})
	w.must(err)
	w.people(person.Person{ID: 71, Name: "娜仁托雅", HouseholdID: 9}, person.Person{ID: 72, Name: "呼和", HouseholdID: 10}, person.Person{ID: 73, Name: "其木格", HouseholdID: 9},
		person.Person{ID: 74, Name: "苏日娅", HouseholdID: 11}, person.Person{ID: 75, Name: "巴特尔", HouseholdID: 12})
	w.tx(func(tx *db.Tx) error {
		return w.Employers.Save(ctx, tx, []employer.Employer{{ID: 900, CreditCode: identity.MakeCreditCode('9', '1', "152921", 9), Name: "左旗驼绒坊", Kind: employer.Enterprise, Area: "152921100", FounderID: 72}})
	})
	for _, u := range []web.User{suriya, bater, ejina, chief, deputy} {
		number := numberOf(5000 + u.ID) // nobody in the register
		if u.ID == suriya.ID {
			number = numberOf(74)
		}
		if u.ID == bater.ID {
			number = numberOf(75)
		}
		w.must(w.Declare(ctx, u, number, key()))
	}
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tx(work func(tx *db.Tx) error) { w.t.Helper(); w.must(w.DB.Tx(ctx, work)) }

func (w *world) refused(kind fault.Kind, text string, err error) {
	w.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.TextOf(err), text) {
		w.t.Errorf("%v, want %s: %s", err, kind, text)
	}
}

var born = time.Date(1979, 9, 24, 0, 0, 0, 0, time.UTC)

func numberOf(id int64) string { return identity.MakeIDNumber("152921", born, int(id%500)*2) }

func (w *world) people(list ...person.Person) {
	w.t.Helper()
	for i := range list {
		p := &list[i]
		p.Sex, p.Ethnic, p.Education, p.Relation, p.IDNumber = 2, "02", 70, "户主", numberOf(p.ID)
		if p.Birth.IsZero() {
			p.Birth = born
		}
		if p.Area == "" {
			p.Area = "152921100001"
		}
	}
	w.tx(func(tx *db.Tx) error { return w.People.SavePeople(ctx, tx, list) })
}

var keys int

func key() string { keys++; return fmt.Sprintf("grant-once-%06d", keys) }

// days moves the clock by working weeks and lets the night's work be done.
func (w *world) days(n int) {
	w.t.Helper()
	w.clock.Add(time.Duration(n) * 24 * time.Hour)
	_, err := w.Sweep(ctx)
	w.must(err)
}

// asks is what somebody fills in for a policy.
func asks(policy string, owner int64) Asked {
	a := Asked{Policy: policy, For: Beneficiary{ID: owner, Unit: owner == 900}, Bank: "中国农业银行巴彦浩特支行", Account: fmt.Sprintf("05%010d", owner)}
	if policy == "P2" {
		a.From, a.To = 202501, 202506
	}
	return a
}

func userOf(owner int64) web.User {
	switch owner {
	case 71:
		return naran
	case 900:
		return firm
	}
	return web.User{ID: 1000 + owner, Name: "某人", Role: account.Seeker, RoleName: "求职者", PersonID: owner, Citizen: true}
}

func (w *world) now(owner, id int64) Application {
	w.t.Helper()
	a, err := w.read(ctx, w.DB, owner, id)
	w.must(err)
	return a
}

// submitted applies and hands in.
func (w *world) submitted(in Asked) Application {
	w.t.Helper()
	a, err := w.Apply(ctx, userOf(in.For.ID), in, key())
	w.must(err)
	w.must(w.Submit(ctx, userOf(in.For.ID), a.OwnerID, a.ID, 1, key()))
	return w.now(a.OwnerID, a.ID)
}

// checked lets the officer accept and check.
func (w *world) checked(in Asked) Application {
	w.t.Helper()
	a := w.submitted(in)
	w.must(w.Handle(ctx, suriya, a.OwnerID, a.ID, a.Version, Accept, "", key()))
	w.must(w.RunCheck(ctx, suriya, a.OwnerID, a.ID, a.Version+1, key()))
	return w.now(a.OwnerID, a.ID)
}

// proposed lets the officer propose a grant from a fund.
func (w *world) proposed(in Asked, fund int64) Application {
	w.t.Helper()
	a := w.checked(in)
	w.must(w.Give(ctx, suriya, a.OwnerID, a.ID, a.Version, Opinion{Grant: true, FundID: fund, Why: "符合条件"}, key()))
	return w.now(a.OwnerID, a.ID)
}

func (w *world) vote(who web.User, request int64, yes bool) error {
	it, err := w.Approvals.Get(ctx, deputy, request)
	w.must(err)
	return w.Approvals.Decide(ctx, who, request, it.Version, yes, "按规定", key())
}

// payable brings an application to where it may be paid.
func (w *world) payable(in Asked, fund int64) Application {
	w.t.Helper()
	a := w.proposed(in, fund)
	w.must(w.vote(bater, a.RequestID, true))
	w.days(9)
	return w.now(a.OwnerID, a.ID)
}

// numberIn is the number of an application's first payment at the bank.
func numberIn(a Application) string { return fmt.Sprintf("%d-%d-1", a.OwnerID, a.ID) }

// paidAll is the bank's answer that every line of an application was paid.
func (w *world) paidAll(a Application) (list []Answer) {
	w.t.Helper()
	lines, err := w.store.linesOf(ctx, w.DB, &a)
	w.must(err)
	for i := range lines {
		list = append(list, Answer{Line: i + 2, Number: NumberOf(&lines[i]), Fen: lines[i].Fen, Paid: true})
	}
	return list
}

// fund makes a fund with so much in it.
func (w *world) fund(fen int64) int64 {
	w.t.Helper()
	f := Fund{ID: w.IDs.Next(), Area: "152921", Source: "region", Year: 2025, Name: "2025 年就业补助资金"}
	request, err := w.Budget(ctx, chief, f, fen, "阿财社〔2025〕12 号", key())
	w.must(err)
	w.must(w.vote(deputy, request, true))
	return f.ID
}

// balanced fails when a fund's figures and its ledger do not agree.
func (w *world) balanced(id int64) Fund {
	w.t.Helper()
	f, err := w.store.fund(ctx, w.DB, id)
	w.must(err)
	l, err := w.store.ledger(ctx, id)
	w.must(err)
	if !f.Sound() || l[Available] != f.Available || l[Committed] != f.Committed || l[AtBank] != f.AtBank || l[PaidOut] != f.Paid || -l[Out] != f.Budget {
		w.t.Errorf("the ledger %v does not fit the fund %+v", l, f)
	}
	return f
}

// sent makes a batch of everything payable and has it approved.
func (w *world) sent(fund int64) PayBatch {
	w.t.Helper()
	n, err := w.MakeBatch(ctx, suriya, fund, key())
	w.must(err)
	b, err := w.store.batch(ctx, w.DB, n)
	w.must(err)
	w.must(w.vote(bater, b.RequestID, true))
	w.must(w.vote(chief, b.RequestID, true))
	b, err = w.store.batch(ctx, w.DB, n)
	w.must(err)
	return b
}

// ledger adds a fund's movements up by pot: what went in less what went out. It must equal the fund's own figures.
func (s store) ledger(ctx context.Context, fund int64) (map[Pot]int64, error) {
	out := map[Pot]int64{}
	type row struct {
		pot Pot
		n   int64
	}
	err := db.Each(ctx, s.db, func(r *row) []any { return []any{&r.pot, &r.n} }, func(r *row) error { out[r.pot] += r.n; return nil },
		`SELECT to_pot, CAST(sum(amount) AS BIGINT) FROM grant_entry WHERE fund_id = $1 GROUP BY to_pot UNION ALL
		 SELECT from_pot, -CAST(sum(amount) AS BIGINT) FROM grant_entry WHERE fund_id = $1 GROUP BY from_pot ORDER BY 1`, fund)
	return out, err
}
