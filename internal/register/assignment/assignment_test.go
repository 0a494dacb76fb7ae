package assignment

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
	ejina  = web.User{ID: 13, Name: "额尔敦", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	chief  = web.User{ID: 14, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	top    = web.User{ID: 15, Name: "李处", Role: account.Manager, RoleName: "管理", Area: "15", AreaName: "内蒙古自治区"}
	naran  = web.User{ID: 16, Name: "娜仁", Role: account.Seeker, RoleName: "求职者", PersonID: 71, Citizen: true}
)

// world is the register on Wednesday 24 September 2025, a week before the National Day holidays.
type world struct {
	*Service
	*registertest.World
	did []string
}

func newWorld(t *testing.T, d *db.DB) *world {
	w := registertest.New(t, d)
	return &world{World: w, Service: New(Deps{DB: d, Sealer: w.Sealer, Clock: w.Clock, IDs: w.IDs, Audit: w.Audit})}
}

func run(t *testing.T, body func(w *world)) {
	dbtest.Run(t, []db.Schema{audit.Schema, Schema}, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Handle(Kind{Code: "test.check", Zh: "核实", En: "Check", Results: []Result{{"same", "是同一人", "Same"}, {"other", "不是", "Other"}},
			Do: func(_ context.Context, _ *db.Tx, a Answer) error {
				w.did = append(w.did, fmt.Sprintf("%d %s %s %s", a.ObjectID, a.Result, a.Text, a.By.Name))
				return nil
			}})
		body(w)
	})
}

func (w *world) give(from, to string, days int) int64 {
	w.T.Helper()
	var id int64
	if err := w.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		id, err = w.Give(ctx, tx, Task{Kind: "test.check", Object: "review", ObjectID: 5, PersonID: 71, From: from, To: to, Title: "核实 苏＊＊", Body: "问本人电话 13800005678", WorkDays: days, By: chief})
		return err
	}); err != nil {
		w.T.Fatal(err)
	}
	return id
}

var keys int

func once() string { keys++; return fmt.Sprintf("assignment-once-%06d", keys) }

func (w *world) item(id int64) Item {
	w.T.Helper()
	it, err := w.Get(ctx, top, id)
	w.Must(err)
	return it
}

func TestALeagueSendsDownAndTheBannerAnswers(t *testing.T) {
	run(t, func(w *world) {
		id := w.give("1529", "152921", 5)
		if it := w.item(id); it.Deadline.String() != "2025-09-30" || it.Body == "" || it.ByName != "王局（阿拉善盟管理）" { // Sunday the 28th is worked
			t.Errorf("%+v", it)
		}
		w.Refused(fault.Denied, "由阿拉善左旗回复", w.Answer(ctx, chief, id, 1, "same", "x", once()))
		w.Refused(fault.Denied, "属于", w.Answer(ctx, ejina, id, 1, "same", "x", once()))
		w.Refused(fault.NotFound, "", w.Answer(ctx, naran, id, 1, "same", "x", once()))
		w.Refused(fault.Invalid, "请选择", w.Answer(ctx, suriya, id, 1, "done", "x", once()))
		w.Refused(fault.Invalid, "请写明", w.Answer(ctx, suriya, id, 1, "same", "", once()))
		w.Refused(fault.Conflict, "没有等待验收", w.Accept(ctx, chief, id, 1, "", once()))
		key := once()
		w.Must(w.Answer(ctx, suriya, id, 1, "same", "见到本人，户口簿一致", key))
		w.Refused(fault.Repeat, "", w.Answer(ctx, suriya, id, 1, "same", "见到本人，户口簿一致", key))
		w.Refused(fault.Conflict, "已经回复", w.Answer(ctx, suriya, id, 2, "other", "x", once()))
		w.Refused(fault.Denied, "由阿拉善盟验收", w.Accept(ctx, suriya, id, 2, "", once()))
		w.Refused(fault.Conflict, "有了新情况", w.Accept(ctx, chief, id, 1, "", once()))
		w.Must(w.Accept(ctx, chief, id, 2, "", once()))
		if fmt.Sprint(w.did) != "[5 same 见到本人，户口簿一致 王局]" {
			t.Errorf("%v", w.did)
		}
		if it := w.item(id); it.State != Accepted || it.Late || len(it.Steps) != 3 || it.Steps[1].Text != "见到本人，户口簿一致" {
			t.Errorf("%+v", it)
		}
		raw, err := db.Value[[]byte](ctx, w.DB, `SELECT content FROM assignment_task ORDER BY task_id`)
		if err != nil || strings.Contains(string(raw), "138") {
			t.Errorf("what is to be done lies open: %q %v", raw, err)
		}
	})
}

func TestABannerSendsUpAndTheLeagueAnswers(t *testing.T) {
	run(t, func(w *world) {
		id := w.give("152921", "1529", 3)
		if it := w.item(id); !it.Up() {
			t.Error("it goes up")
		}
		w.Refused(fault.Denied, "由阿拉善盟回复", w.Answer(ctx, suriya, id, 1, "same", "x", once()))
		w.Refused(fault.Denied, "", w.Answer(ctx, top, id, 1, "same", "x", once()))
		w.Must(w.Answer(ctx, chief, id, 1, "other", "已协调公安", once()))
		w.Must(w.Return(ctx, suriya, id, 2, 2, "缺证明", once()))
		if it := w.item(id); it.State != Returned || it.Deadline.String() != "2025-09-26" || it.Returns != 1 {
			t.Errorf("%+v", it)
		}
		w.Must(w.Answer(ctx, chief, id, 3, "other", "证明已补", once()))
		w.Must(w.Accept(ctx, suriya, id, 4, "", once()))
		mine, err := w.List(ctx, byUs(suriya, nil), db.Date{}, 0, 10)
		if err != nil || len(mine) != 1 {
			t.Errorf("%v %v", mine, err)
		}
		if _, err := w.Get(ctx, ejina, id); err == nil {
			t.Error("another banner reads it")
		}
	})
}

func TestLatenessIsCountedInWorkingDays(t *testing.T) {
	run(t, func(w *world) {
		id := w.give("1529", "152921", 2) // due on Friday 26 September
		it := w.item(id)
		for day, want := range map[string]Clock{
			"2025-09-24": {0, 2, false}, "2025-09-26": {2, 0, false}, "2025-09-27": {2, 0, true}, "2025-09-28": {2, -1, true}, "2025-10-09": {2, -4, true},
		} {
			on, _ := time.Parse(time.DateOnly, day)
			if got := it.ClockOf(on); got != want {
				t.Errorf("on %s %+v, want %+v", day, got, want)
			}
		}
		w.Clock.Add(5 * 24 * time.Hour)
		late, err := w.Count(ctx, Filter{To: "1529", Overdue: true})
		if err != nil || late != 1 {
			t.Errorf("%d late %v", late, err)
		}
		w.Must(w.Answer(ctx, suriya, id, 1, "same", "x", once()))
		if it := w.item(id); !it.Late {
			t.Error("an answer after the deadline is late")
		}
	})
}

func TestRemindersComeBeforeTheDeadlineAfterItAndThenEveryFiveWorkingDays(t *testing.T) {
	run(t, func(w *world) {
		id := w.give("1529", "152921", 4) // due on Monday 29 September: the 25th, 26th, 28th (worked), 29th
		var days []string
		for range 30 {
			n, err := w.Remind(ctx)
			w.Must(err)
			if n > 0 {
				days = append(days, w.Clock.Today().Format(time.DateOnly))
			}
			if again, err := w.Remind(ctx); again != 0 || err != nil {
				t.Fatalf("twice on a day: %d %v", again, err)
			}
			w.Clock.Add(24 * time.Hour)
		}
		if got := fmt.Sprint(days); got != "[2025-09-26 2025-09-30 2025-10-14 2025-10-21]" {
			t.Errorf("reminded on %s, due %s", got, w.item(id).Deadline)
		}
		it := w.item(id)
		if it.Steps[0].What != "remind" || !strings.Contains(it.Steps[0].Text, "已超期") || it.Version != 1 {
			t.Errorf("%+v", it.Steps[0])
		}
		w.Must(w.Answer(ctx, suriya, id, 1, "same", "x", once()))
		w.Clock.Add(60 * 24 * time.Hour)
		if n, err := w.Remind(ctx); n != 0 || err != nil {
			t.Errorf("an answered task is reminded of: %d %v", n, err)
		}
	})
}

func TestTheLedgerAddsUpEveryArea(t *testing.T) {
	run(t, func(w *world) {
		a, b, c := w.give("1529", "152921", 2), w.give("1529", "152921", 2), w.give("1529", "152923", 2)
		gone := w.give("1529", "152923", 2)
		w.Must(w.Withdraw(ctx, chief, gone, 1, "", once()))
		w.Must(w.Answer(ctx, suriya, a, 1, "same", "x", once()))
		w.Must(w.Return(ctx, chief, a, 2, 3, "不清楚", once()))
		w.Clock.Add(8 * 24 * time.Hour)
		w.Must(w.Answer(ctx, ejina, c, 1, "same", "x", once()))
		w.Must(w.Accept(ctx, chief, c, 2, "", once()))
		got, err := w.Stats(ctx, "1529")
		w.Must(err)
		want := []Stat{{Area: "152921", Given: 2, Waiting: 2, Overdue: 2, Answered: 1, InTime: 1, Late: 1, Returned: 1}, {Area: "152923", Given: 1, Answered: 1, Late: 1, Accepted: 1}}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		if up, err := w.Stats(ctx, "15"); err != nil || len(up) != 1 || up[0].Given != 3 || up[0].Rate() != 3333 {
			t.Errorf("%+v %v", up, err)
		}
		_ = b
	})
}

func TestWhatSettlesItselfIsTakenBack(t *testing.T) {
	run(t, func(w *world) {
		id := w.give("1529", "152921", 2)
		w.Must(w.DB.Tx(ctx, func(tx *db.Tx) error { return w.Cancel(ctx, tx, "test.check", "review", 5, "已在盟里判定") }))
		if it := w.item(id); it.State != Withdrawn || it.Steps[0].Text != "已在盟里判定" {
			t.Errorf("%+v", it)
		}
		w.Refused(fault.Conflict, "已经撤回", w.Answer(ctx, suriya, id, 2, "same", "x", once()))
		w.Must(w.DB.Tx(ctx, func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{71}) }))
		if it := w.item(id); it.Title != "已匿名" || it.Body != "" || it.Steps[0].Text != "" {
			t.Errorf("after it was forgotten: %+v", it)
		}
	})
}

func TestABadTaskIsRefusedWithItsReason(t *testing.T) {
	run(t, func(w *world) {
		good := Task{Kind: ByHand, From: "1529", To: "152921", Title: "x", WorkDays: 5, By: chief}
		for name, spoil := range map[string]func(*Task){"标题": func(x *Task) { x.Title = "" }, "区划表": func(x *Task) { x.To = "99" }, "自己": func(x *Task) { x.To = "1529" }, "60 个工作日": func(x *Task) { x.WorkDays = 61 }} {
			x := good
			spoil(&x)
			w.Refused(fault.Invalid, name, w.DB.Tx(ctx, func(tx *db.Tx) error { _, err := w.Give(ctx, tx, x); return err }))
		}
	})
}

func TestThePagesCarryATaskFromOneLevelToTheOtherAndBack(t *testing.T) {
	run(t, func(w *world) {
		up, down := w.site(chief), w.site(suriya)
		up("/assignment", nil, 200, "没有交办来的事项", "新交办或上报")
		up("/assignment/new", nil, 200, "交办 阿拉善左旗", "上报 内蒙古自治区")
		up("/assignment/new", url.Values{}, 422, "请选择交办给", "请填写事项")
		up("/assignment/new", url.Values{"to": {"152922"}, "title": {"x"}, "body": {"y"}, "days": {"99"}}, 422, "60")
		at := up("/assignment/new", url.Values{"to": {"152921"}, "title": {"核查参保登记"}, "body": {"逐人核实"}, "days": {"5"}}, 303)
		down("/assignment", nil, 200, "交办（1）", "核查参保登记", "剩 5 个工作日", "去回复", "阿拉善盟 → 阿拉善左旗")
		down(at, nil, 200, "逐人核实", "已办结", "提交回复", "已用 0 个工作日，共 5 个")
		down(at+"/answer", url.Values{"_version": {"1"}}, 422, "请选择办理结果", "请填写办理情况")
		up(at+"/answer", url.Values{"_version": {"1"}, "result": {"done"}, "text": {"x"}}, 403, "由阿拉善左旗回复")
		down(at+"/answer", url.Values{"_version": {"7"}, "result": {"done"}, "text": {"全部核实"}}, 409, "有了新情况", "全部核实")
		down(at+"/answer", url.Values{"_version": {"1"}, "result": {"done"}, "text": {"全部核实"}}, 303)
		down(at, nil, 200, "待验收", "按期")
		up("/assignment?tab=given", nil, 200, "去验收", "交办（1）")
		up(at+"/judge", url.Values{"_version": {"2"}, "verdict": {"return"}}, 422, "退回时请写明还差什么")
		up(at+"/judge", url.Values{"_version": {"2"}, "verdict": {"return"}, "text": {"缺名单"}, "days": {"3"}}, 303)
		down(at, nil, 200, "退回重办", "缺名单")
		down(at+"/answer", url.Values{"_version": {"3"}, "result": {"done"}, "text": {"名单已附"}}, 303)
		up(at+"/judge", url.Values{"_version": {"4"}, "verdict": {"accept"}}, 303)
		up("/assignment?tab=ledger", nil, 200, "各地办理情况", "阿拉善左旗", "100.0%", "已验收")
		up("/assignment?tab=ledger&way=up&lang=en", nil, 200, "Ledger")
		down("/assignment?state=done", nil, 200, "核查参保登记")
		w.site(ejina)(at, nil, 403)
		w.site(naran)("/assignment", nil, 403)
		sent := down("/assignment/new", url.Values{"to": {"1529"}, "title": {"请协调税务数据"}, "body": {"缺八月"}, "days": {"5"}}, 303)
		up("/assignment", nil, 200, "请协调税务数据")
		down(sent+"/withdraw", url.Values{"_version": {"1"}}, 303)
	})
}

func TestALongListIsReadPageByPage(t *testing.T) {
	run(t, func(w *world) {
		for range pageRows + 1 {
			w.give("1529", "152921", 5)
		}
		text := w.site(suriya)("/assignment", nil, 200, "共 51 条，显示 50 条", "下一页")
		i := strings.Index(text, `after=`)
		next := text[i : i+strings.IndexAny(text[i:], `"&`)]
		w.site(suriya)("/assignment?"+next, nil, 200, "显示 1 条")
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
