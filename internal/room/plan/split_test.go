package plan

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
)

func TestSharesFollowTheRuleAndAddUp(t *testing.T) {
	three := []Basis{{"152921", 200, 60, 100}, {"152922", 50, 20, 30}, {"152923", 50, 20, 70}}
	cases := []struct {
		name  string
		list  []Basis
		rule  SplitRule
		total int64
		want  []int64
	}{
		{"by population", three, SplitRule{Population: 100}, 600, []int64{400, 100, 100}},
		{"what is left over goes to the largest remainder", three, SplitRule{Population: 100}, 601, []int64{401, 100, 100}},
		{"by the base year's result", three, SplitRule{Base: 100}, 500, []int64{300, 100, 100}},
		{"by the labour force", three, SplitRule{Labour: 100}, 200, []int64{100, 30, 70}},
		{"half and half", three, SplitRule{Population: 50, Labour: 50}, 1200, []int64{700, 190, 310}},
		{"where nobody has results they are left out", []Basis{{"a", 30, 0, 0}, {"b", 10, 0, 0}}, SplitRule{Population: 50, Base: 50}, 40, []int64{30, 10}},
		{"nothing to divide", three, SplitRule{Population: 100}, 0, []int64{0, 0, 0}},
	}
	for _, c := range cases {
		got := divide(c.total, parts(c.list, c.rule))
		for i := range c.want {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
				break
			}
		}
	}
}

func TestSharesAlwaysAddUpToTheUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []Basis
		for range rapid.IntRange(1, 15).Draw(t, "areas") {
			list = append(list, Basis{Population: rapid.Int64Range(1, 1e6).Draw(t, "people"), Base: rapid.Int64Range(0, 1e4).Draw(t, "base"), Labour: rapid.Int64Range(0, 1e5).Draw(t, "labour")})
		}
		a := rapid.IntRange(0, 100).Draw(t, "a")
		b := rapid.IntRange(0, 100-a).Draw(t, "b")
		total := rapid.Int64Range(0, 1e9).Draw(t, "total")
		part := parts(list, SplitRule{a, b, 100 - a - b})
		if part == nil { // nobody has what the rule asks for
			return
		}
		sum := int64(0)
		for i, n := range divide(total, part) {
			sum += n
			if due := float64(total) * part[i]; float64(n) < due-1.01 || float64(n) > due+1.01 {
				t.Fatalf("due is %.2f, given %d", due, n)
			}
		}
		if sum != total {
			t.Fatalf("%d is given of %d", sum, total)
		}
	})
}

func TestATargetIsOfferedNegotiatedAndHandedDown(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		threeTowns(h)
		h.settle(person.Facts{Person: person.Person{ID: 30, Area: westTown}})
		h.compute()
		list, err := h.Indicators.Targets(ctx, "1529")
		must(t, err)
		target := indicator.InForce(list, "new_urban", 2025)
		offers := []Offer{{Area: "152921", Offered: 9000}, {Area: "152922", Offered: 3500}}
		if _, err := h.Propose(ctx, leagueManager, "split-0000000000001", *target, SplitRule{Population: 100}, []Offer{{Area: "152921", Offered: 9000}, {Area: "152922", Offered: 3499}}); !fault.Is(err, fault.Invalid) {
			t.Errorf("one short of the target: %v", err)
		}
		id, err := h.Propose(ctx, leagueManager, "split-0000000000002", *target, SplitRule{Population: 100}, offers)
		must(t, err)
		if _, err := h.Propose(ctx, leagueManager, "split-0000000000003", *target, SplitRule{Population: 100}, offers); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second one: %v", err)
		}
		if n, err := h.Assignments.WaitingFor(ctx, leftOfficer); err != nil || n != 1 {
			t.Errorf("%d questions wait for the banner (%v)", n, err)
		}
		if err := h.AnswerOffer(ctx, leftOfficer, "split-0000000000004", id, Offer{Answer: "object", Wanted: 8000}); !fault.Is(err, fault.Invalid) {
			t.Errorf("an objection without reason: %v", err)
		}
		must(t, h.AnswerOffer(ctx, leftOfficer, "split-0000000000005", id, Offer{Answer: "object", Wanted: 8000, Reason: "人口流出"}))
		if n, err := h.Assignments.WaitingFor(ctx, leftOfficer); err != nil || n != 0 {
			t.Errorf("after the answer %d wait (%v)", n, err)
		}
		if err := h.AnswerOffer(ctx, leagueManager, "split-0000000000006", id, Offer{Answer: "agree"}); !fault.Is(err, fault.Denied) {
			t.Errorf("the league answered itself: %v", err)
		}
		must(t, h.NextRound(ctx, leagueManager, "split-0000000000007", id, 1, []Offer{{Area: "152921", Offered: 8500}, {Area: "152922", Offered: 4000}}))
		must(t, h.AnswerOffer(ctx, leftOfficer, "split-0000000000008", id, Offer{Answer: "agree"}))
		must(t, h.Finish(ctx, leagueManager, "split-0000000000009", id, 2, "两轮协商已毕"))
		s, err := h.Split(ctx, leagueManager, id)
		must(t, err)
		if s.State != ForApproval || s.Round != 2 || len(s.Offers) != 4 {
			t.Fatalf("the decomposition is %+v", s)
		}
		waiting, err := h.Approvals.List(ctx, approval.Filter{States: []approval.State{approval.Waiting}}, 0, 10)
		must(t, err)
		if err := h.Approvals.Decide(ctx, leagueManager, waiting[0].ID, waiting[0].Version, true, "", "split-0000000000010"); !fault.Is(err, fault.Denied) {
			t.Errorf("who asked decided: %v", err)
		}
		must(t, h.Approvals.Decide(ctx, regionManager, waiting[0].ID, waiting[0].Version, true, "", "split-0000000000011"))
		own, err := h.Indicators.Targets(ctx, "152922")
		must(t, err)
		if len(own) != 1 || own[0].Value != 4000 || !own[0].Shared || !own[0].Cumulative {
			t.Errorf("the banner's targets are %+v", own)
		}
		f, err := h.read(ctx, "152922", day("2025-09-25").Time)
		must(t, err)
		if l := f.line(func(key string, _ ...any) string { return key }, Of(NewUrban)); l.Progress.Status != Behind {
			t.Errorf("the banner is judged %+v", l.Progress)
		}
		n, err := db.Value[int](ctx, h.DB, `SELECT count(*) FROM plan_share`)
		must(t, err)
		if n != 4 {
			t.Errorf("%d offers are kept", n)
		}
	})
}

func TestTwoWhoBeginToDivideOneTargetAtOnceDoNotBothSucceed(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		threeTowns(h)
		h.settle(person.Facts{Person: person.Person{ID: 30, Area: westTown}})
		h.compute()
		list, err := h.Indicators.Targets(ctx, "1529")
		must(t, err)
		target := indicator.InForce(list, "new_urban", 2025)
		colleague := leagueManager
		colleague.ID = 12
		var failed [2]error
		var both sync.WaitGroup
		for n, who := range []web.User{leagueManager, colleague} {
			both.Go(func() {
				_, failed[n] = h.Propose(ctx, who, fmt.Sprintf("split-at-once-00%d", n), *target, SplitRule{Population: 100}, []Offer{{Area: "152921", Offered: 9000}, {Area: "152922", Offered: 3500}})
			})
		}
		both.Wait()
		if (failed[0] == nil) == (failed[1] == nil) || !fault.Is(cmp.Or(failed[0], failed[1]), fault.Conflict) {
			t.Errorf("both: %v", failed)
		}
		begun, err := h.store.splits(ctx, "1529", 10)
		must(t, err)
		if n, err := h.Assignments.WaitingFor(ctx, leftOfficer); err != nil || n != 1 || len(begun) != 1 {
			t.Errorf("%d are under way, the banner is asked %d times (%v)", len(begun), n, err)
		}
		h.decideSplit(begun[0], true)
		if _, err := h.Propose(ctx, leagueManager, "split-at-once-003", *target, SplitRule{Population: 100}, []Offer{{Area: "152921", Offered: 9100}, {Area: "152922", Offered: 3400}}); err != nil {
			t.Errorf("once it is handed down another one may begin: %v", err)
		}
	})
}

// decideSplit hands a decomposition in, and lets the region say yes or no.
func (h *house) decideSplit(s Split, yes bool) {
	h.t.Helper()
	must(h.t, h.Finish(ctx, leagueManager, fmt.Sprintf("finish-%d-%d", s.ID, s.Version), s.ID, s.Version, "已协商"))
	must(h.t, h.decide(regionManager, yes))
}

func TestNumbersThatNobodyWasAskedAboutAreNotHandedIn(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		threeTowns(h)
		h.settle(person.Facts{Person: person.Person{ID: 30, Area: westTown}})
		h.compute()
		list, err := h.Indicators.Targets(ctx, "1529")
		must(t, err)
		id, err := h.Propose(ctx, leagueManager, "split-typed-0000001", *indicator.InForce(list, "new_urban", 2025), SplitRule{Population: 100}, []Offer{{Area: "152921", Offered: 9000}, {Area: "152922", Offered: 3500}})
		must(t, err)
		form := url.Values{"_once": {"split-typed-0000002"}, "_version": {"1"}, "v152921": {"9,100"}, "v152922": {"3,400"}, "why": {"两旗已同意"}, "act": {"finish"}}
		if status, body := send(t, h.site(), "league", http.MethodPost, splitHref(id), form); status != 422 || !strings.Contains(body, "请先再征求一轮") {
			t.Errorf("typed numbers were left out without a word: %d", status)
		}
		s, err := h.Split(ctx, leagueManager, id)
		must(t, err)
		if s.State != Asked {
			t.Errorf("the decomposition is %+v", s)
		}
		if status, body := send(t, h.site(), "officer", http.MethodGet, "/plan/splits", nil); status != 200 || !strings.Contains(body, "待您答复") || !strings.Contains(body, "9,000") {
			t.Errorf("the banner does not see that it is asked: %d", status)
		}
	})
}

func TestADecompositionIsGivenUpWithAReasonWhenTheTargetHasChanged(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		threeTowns(h)
		h.settle(person.Facts{Person: person.Person{ID: 30, Area: westTown}})
		h.compute()
		list, err := h.Indicators.Targets(ctx, "1529")
		must(t, err)
		target := *indicator.InForce(list, "new_urban", 2025)
		id, err := h.Propose(ctx, leagueManager, "drop-00000000000001", target, SplitRule{Population: 100}, []Offer{{Area: "152921", Offered: 9000}, {Area: "152922", Offered: 3500}})
		must(t, err)
		target.Value = 13000
		must(t, h.DB.Tx(ctx, func(tx *db.Tx) error { return h.Indicators.SaveTargets(ctx, tx, []indicator.Target{target}) }))
		srv := h.site()
		if status, body := get(t, srv, "league", splitHref(id)); status != 200 || !strings.Contains(body, "目标已改为 〔13,000〕以上 人") {
			t.Errorf("the page does not say that the target has changed: %d", status)
		}
		form := url.Values{"_once": {"drop-00000000000002"}, "_version": {"1"}, "v152921": {"9,000"}, "v152922": {"3,500"}, "why": {""}, "act": {"drop"}}
		if status, body := send(t, srv, "league", http.MethodPost, splitHref(id), form); status != 422 || !strings.Contains(body, "写明作废的原因") {
			t.Errorf("given up without a reason: %d", status)
		}
		if err := h.Drop(ctx, leftOfficer, "drop-00000000000003", id, 1, "不同意"); !fault.Is(err, fault.Denied) {
			t.Errorf("the banner gave it up: %v", err)
		}
		form.Set("_once", "drop-00000000000004")
		form.Set("why", "上级调整了目标")
		if status, _ := send(t, srv, "league", http.MethodPost, splitHref(id), form); status != 303 {
			t.Errorf("giving up: %d", status)
		}
		if n, err := h.Assignments.WaitingFor(ctx, leftOfficer); err != nil || n != 0 {
			t.Errorf("the banner is still asked %d times (%v)", n, err)
		}
		if status, body := get(t, srv, "league", "/plan/splits"); status != 200 || !strings.Contains(body, "/plan/split/new?area=1529&amp;indicator=new_urban") {
			t.Errorf("it cannot be begun anew: %d", status)
		}
		again, err := h.Propose(ctx, leagueManager, "drop-00000000000005", target, SplitRule{Population: 100}, []Offer{{Area: "152921", Offered: 9500}, {Area: "152922", Offered: 3500}})
		must(t, err)
		s, err := h.Split(ctx, leagueManager, again)
		must(t, err)
		h.decideSplit(s, true)
		if _, body := get(t, srv, "league", "/plan/splits"); strings.Contains(body, "indicator=new_urban") {
			t.Error("what is handed down and still stands is offered to be divided again")
		}
		target.Value = 13500
		must(t, h.DB.Tx(ctx, func(tx *db.Tx) error { return h.Indicators.SaveTargets(ctx, tx, []indicator.Target{target}) }))
		if _, body := get(t, srv, "league", "/plan/splits"); !strings.Contains(body, "目标已变，重新分解") {
			t.Error("a changed target cannot be divided anew")
		}
	})
}
