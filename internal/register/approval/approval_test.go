package approval

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/registertest"
)

var (
	ctx    = context.Background()
	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bater  = web.User{ID: 12, Name: "巴特尔", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	ejina  = web.User{ID: 13, Name: "额尔敦", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	chief  = web.User{ID: 14, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	naran  = web.User{ID: 15, Name: "娜仁", Role: account.Seeker, RoleName: "求职者", PersonID: 71, Citizen: true}
)

type change1 struct{ Phone string }

// world is the register with two kinds; what they did and how they ended is written down.
type world struct {
	*Service
	*registertest.World
	did  []string
	stop error // what Do answers
}

func newWorld(t *testing.T, d *db.DB) *world {
	w := registertest.New(t, d)
	return &world{World: w, Service: New(Deps{DB: d, Sealer: w.Sealer, Clock: w.Clock, IDs: w.IDs, Audit: w.Audit})}
}

func run(t *testing.T, body func(w *world)) {
	dbtest.Run(t, []db.Schema{audit.Schema, Schema}, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		do := func(_ context.Context, _ *db.Tx, r Decided) error {
			var p change1
			if err := r.Payload(&p); err != nil {
				return err
			}
			if w.stop == nil {
				w.did = append(w.did, fmt.Sprintf("%s %d %s %s", r.Kind, r.ObjectID, p.Phone, r.By.Name))
			}
			return w.stop
		}
		ended := func(_ context.Context, _ *db.Tx, r Decided) error {
			w.did = append(w.did, "not: "+string(r.State))
			return nil
		}
		w.Handle(Kind{Code: "test.one", Zh: "更正电话", En: "Correction", Do: do, Ended: ended})
		w.Handle(Kind{Code: "test.two", Zh: "到期匿名化", En: "Anonymisation", Do: do, Ended: ended, Votes: 2, Roles: []string{account.Manager}})
		body(w)
	})
}

func (w *world) ask(kind string, who web.User) int64 {
	w.T.Helper()
	var id int64
	err := w.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		id, err = w.Request(ctx, tx, Request{Kind: kind, Object: "person", ObjectID: 71, PersonID: 71, Area: "152921100201", Title: "娜＊的联系电话", Why: "本人换号，号码 13900001111",
			Lines: []Line{{"联系电话", "13800005678", "13900001111"}}, Payload: change1{"13900001111"}, By: who})
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return id
}

var keys int

func once() string { keys++; return fmt.Sprintf("approval-once-%06d", keys) }

func TestAColleagueDecidesAndTheRequesterNever(t *testing.T) {
	run(t, func(w *world) {
		id := w.ask("test.one", suriya)
		w.Refused(fault.Denied, "谁提出谁不能审批", w.Decide(ctx, suriya, id, 1, true, "", once()))
		w.Refused(fault.Denied, "属于阿拉善左旗", w.Decide(ctx, ejina, id, 1, true, "", once()))
		w.Refused(fault.NotFound, "没有这件申请", w.Decide(ctx, web.User{ID: 16, Role: account.Seeker, PersonID: 9}, id, 1, true, "", once()))
		w.Refused(fault.Denied, "涉及您本人", w.Decide(ctx, naran, id, 1, true, "", once()))
		w.Refused(fault.Invalid, "请写明理由", w.Decide(ctx, bater, id, 1, false, "", once()))
		w.Refused(fault.Conflict, "有了新情况", w.Decide(ctx, bater, id, 9, true, "", once()))
		for who, want := range map[*web.User]int64{&suriya: 0, &bater: 1, &chief: 1, &ejina: 0, &naran: 0} {
			if n, err := w.WaitingFor(ctx, *who); n != want || err != nil {
				t.Errorf("%d wait for %s, want %d (%v)", n, who.Name, want, err)
			}
		}
		key := once()
		if err := w.Decide(ctx, bater, id, 1, true, "已核对户口簿", key); err != nil {
			t.Fatal(err)
		}
		w.Refused(fault.Repeat, "", w.Decide(ctx, bater, id, 1, true, "已核对户口簿", key))
		w.Refused(fault.Conflict, "", w.Decide(ctx, chief, id, 1, true, "", once()))
		if fmt.Sprint(w.did) != "[test.one 71 13900001111 巴特尔]" {
			t.Errorf("done: %v", w.did)
		}
		it, err := w.Get(ctx, suriya, id)
		if err != nil || it.State != Approved || it.Lines[0].After != "13900001111" || len(it.Steps) != 2 || it.Steps[0].Reason != "已核对户口簿" {
			t.Errorf("%+v %v", it, err)
		}
		if _, err := w.Get(ctx, ejina, id); !fault.Is(err, fault.Denied) {
			t.Errorf("another banner reads it: %v", err)
		}
		entries, _, err := w.Audit.About(ctx, "person", 71, 10, audit.Cursor{})
		if err != nil || len(entries) != 2 || entries[0].What != "同意申请：更正电话" {
			t.Errorf("the log: %+v %v", entries, err)
		}
	})
}

func TestWhatWasAskedLiesSealed(t *testing.T) {
	run(t, func(w *world) {
		w.ask("test.one", suriya)
		raw, err := db.Value[[]byte](ctx, w.DB, `SELECT content FROM approval_request ORDER BY request_id`)
		if err != nil || strings.Contains(string(raw), "139") || strings.Contains(string(raw), "phone") {
			t.Errorf("content reads %q %v", raw, err)
		}
		reason, err := db.Value[[]byte](ctx, w.DB, `SELECT reason FROM approval_step ORDER BY step_id`)
		if err != nil || strings.Contains(string(reason), "139") {
			t.Errorf("reason reads %q %v", reason, err)
		}
	})
}

func TestWhatCannotBeDoneLeavesTheRequestWaiting(t *testing.T) {
	run(t, func(w *world) {
		id := w.ask("test.one", suriya)
		w.stop = fault.New(fault.Invalid, "这个证件号已是别人的")
		w.Refused(fault.Invalid, "已是别人的", w.Decide(ctx, bater, id, 1, true, "", once()))
		it, err := w.Get(ctx, bater, id)
		if err != nil || it.State != Waiting || it.Version != 1 || len(it.Steps) != 1 {
			t.Errorf("%+v %v", it, err)
		}
		if err := w.Decide(ctx, bater, id, 1, false, "证件号不对", once()); err != nil || fmt.Sprint(w.did) != "[not: refused]" {
			t.Errorf("%v %v", w.did, err)
		}
	})
}

func TestTwoPeopleMustAgreeWhereTheKindSaysSo(t *testing.T) {
	run(t, func(w *world) {
		var id int64
		if err := w.DB.Tx(ctx, func(tx *db.Tx) (err error) {
			id, err = w.Propose(ctx, tx, Request{Kind: "test.two", Object: "batch", ObjectID: 3, Area: "1529", Title: "到期数据 3 人", Why: "保存期满", Payload: change1{}})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		second := chief
		second.ID, second.Name = 24, "李科"
		w.Refused(fault.Denied, "由管理人员审批", w.Decide(ctx, func() web.User { u := bater; u.Area = "1529"; return u }(), id, 1, true, "", once()))
		if err := w.Decide(ctx, chief, id, 1, true, "", once()); err != nil || len(w.did) != 0 {
			t.Fatalf("%v after one yes: %v", err, w.did)
		}
		if n, err := w.WaitingFor(ctx, chief); n != 0 || err != nil {
			t.Errorf("%d wait for who has said yes (%v)", n, err)
		}
		w.Refused(fault.Denied, "还需另一位同事", w.Decide(ctx, chief, id, 2, true, "", once()))
		if err := w.Decide(ctx, second, id, 2, true, "", once()); err != nil || len(w.did) != 1 {
			t.Errorf("%v after two: %v", err, w.did)
		}
	})
}

func TestRequestsNobodyDecidesCloseThemselves(t *testing.T) {
	run(t, func(w *world) {
		id, other := w.ask("test.one", suriya), w.ask("test.one", naran)
		w.Clock.Add(30 * 24 * time.Hour)
		if n, err := w.Expire(ctx); n != 0 || err != nil {
			t.Errorf("on the last day %d close (%v)", n, err)
		}
		if err := w.Decide(ctx, bater, other, 1, true, "", once()); err != nil {
			t.Errorf("on the last day: %v", err)
		}
		w.Clock.Add(24 * time.Hour)
		w.Refused(fault.Late, "已过审批期限", w.Decide(ctx, bater, id, 1, true, "", once()))
		if n, err := w.Expire(ctx); n != 1 || err != nil {
			t.Errorf("%d close (%v)", n, err)
		}
		if n, err := w.Expire(ctx); n != 0 || err != nil {
			t.Errorf("again %d (%v)", n, err)
		}
		if w.did[len(w.did)-1] != "not: expired" {
			t.Errorf("%v", w.did)
		}
	})
}

func TestWhatIsForgottenCannotBeReadAgain(t *testing.T) {
	run(t, func(w *world) {
		done, waiting := w.ask("test.one", suriya), w.ask("test.one", suriya)
		if err := w.Decide(ctx, bater, done, 1, true, "户口簿", once()); err != nil {
			t.Fatal(err)
		}
		if err := w.DB.Tx(ctx, func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{71}) }); err != nil {
			t.Fatal(err)
		}
		for id, want := range map[int64]State{done: Approved, waiting: Withdrawn} {
			it, err := w.Get(ctx, suriya, id)
			if err != nil || it.State != want || it.Why != "" || len(it.Lines) != 0 || it.Title != "已匿名" || it.Steps[0].Reason != "" {
				t.Errorf("%+v %v", it, err)
			}
		}
	})
}

func TestARequestIsTakenBackByWhoAskedOrWhenItsReasonIsGone(t *testing.T) {
	run(t, func(w *world) {
		id := w.ask("test.one", suriya)
		w.Refused(fault.Denied, "只有提出申请的人", w.Withdraw(ctx, bater, id, 1, once()))
		if err := w.Withdraw(ctx, suriya, id, 1, once()); err != nil {
			t.Fatal(err)
		}
		w.Refused(fault.Conflict, "", w.Decide(ctx, bater, id, 2, true, "", once()))
		second := w.ask("test.one", suriya)
		if err := w.DB.Tx(ctx, func(tx *db.Tx) error { return w.Cancel(ctx, tx, "test.one", "person", 71, "人已回来") }); err != nil {
			t.Fatal(err)
		}
		if it, err := w.Get(ctx, suriya, second); err != nil || it.State != Withdrawn || it.Steps[0].Reason != "人已回来" {
			t.Errorf("%+v %v", it, err)
		}
		if len(w.did) != 2 {
			t.Errorf("%v", w.did)
		}
	})
}

func TestABadRequestIsRefusedWithItsReason(t *testing.T) {
	run(t, func(w *world) {
		good := Request{Kind: "test.one", Area: "152921", Title: "x", Why: "y", By: suriya}
		for _, k := range []struct {
			spoil func(*Request)
			kind  fault.Kind
		}{
			{func(r *Request) { r.Why = "" }, fault.Invalid}, {func(r *Request) { r.Area = "" }, fault.Invalid}, {func(r *Request) { r.By = web.User{} }, fault.Denied},
			{func(r *Request) { r.Kind = "none" }, fault.Internal},
		} {
			r := good
			k.spoil(&r)
			err := w.DB.Tx(ctx, func(tx *db.Tx) error { _, err := w.Request(ctx, tx, r); return err })
			if !fault.Is(err, k.kind) {
				t.Errorf("%+v: %v", r, err)
			}
		}
	})
}

func TestThePagesShowWhatWouldChangeAndTakeTheDecision(t *testing.T) {
	run(t, func(w *world) {
		id := w.ask("test.one", suriya)
		at := Href(id)
		w.site(suriya)("/approval", nil, 200, "等您审批 0 件", "娜＊的联系电话", "查看")
		w.site(suriya)(at, nil, 200, "13900001111", "谁提出谁不能审批", "撤回申请")
		b := w.site(bater)
		b("/approval", nil, 200, "审批（1）", "等您审批 1 件", "去审批", "更正电话")
		b("/approval?kind=test.two", nil, 200, "没有等待审批的申请")
		b("/approval?tab=mine", nil, 200, "没有提出过申请")
		b(at, nil, 200, "现在", "13800005678", "改为", "本人换号", "提交审批意见")
		b(at, url.Values{"_version": {"1"}}, 422, "请选择审批意见")
		b(at, url.Values{"_version": {"1"}, "yes": {"no"}}, 422, "不同意时请写明理由")
		b(at, url.Values{"_version": {"7"}, "yes": {"no"}, "reason": {"材料不全"}}, 409, "有了新情况", "材料不全")
		w.site(suriya)(at, url.Values{"_version": {"1"}, "yes": {"yes"}}, 403, "谁提出谁不能审批")
		w.site(ejina)(at, nil, 403, "属于阿拉善左旗")
		w.site(naran)(at, nil, 403)
		b(at, url.Values{"_version": {"1"}, "yes": {"yes"}}, 303)
		b(at, nil, 200, "已同意", "巴特尔（阿拉善左旗经办）")
		b("/approval?tab=done&lang=en", nil, 200, "Approved", "Correction")
		if text := b("/approval", nil, 200); strings.Contains(text, "审批（") {
			t.Error("the menu counts what is decided")
		}
	})
}

func TestALongListIsReadPageByPage(t *testing.T) {
	run(t, func(w *world) {
		for range pageRows + 1 {
			w.ask("test.one", suriya)
		}
		text := w.site(bater)("/approval", nil, 200, "共 51 条，显示 50 条", "下一页")
		i := strings.Index(text, `after=`)
		next := text[i : i+strings.IndexAny(text[i:], `"&`)]
		w.site(bater)("/approval?"+next, nil, 200, "共 51 条，显示 1 条")
	})
}

func TestEveryWordIsThereInBothLanguages(t *testing.T) {
	d, err := lang.Load(pageFiles)
	if err != nil {
		t.Fatal(err)
	}
	if missing, uneven := d.Missing(), d.Uneven(); len(missing)+len(uneven) > 0 {
		t.Errorf("missing %v, uneven %v", missing, uneven)
	}
}

func (w *world) site(who web.User) registertest.Visit { return w.Site(who, w.Web()) }
