package graduate

import (
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/person"
)

// applied is a published round in which somebody has applied for the first post.
func (w *world) applied(people ...int64) (id int64, list []Post) {
	w.T.Helper()
	id, list = w.planned()
	w.Must(w.Publish(ctx, suriya, id, 3, w.Once()))
	for _, p := range people {
		w.Must(w.Apply(ctx, someone(p), id, []int64{list[0].ID}, Said{}, w.Once()))
	}
	return id, list
}

// examined closes a round and gives everybody who has applied these scores.
func (w *world) examined(id int64, people ...int64) {
	w.T.Helper()
	var list []Score
	for i, p := range people {
		w.Must(w.Qualify(ctx, suriya, id, p, true, "", w.entry(p, id).Version, w.Once()))
		list = append(list, Score{p, 9000 - i*100, 9000})
	}
	w.on(on(2025, 10, 9))
	w.Must(w.Close(ctx, suriya, id, w.round(id).Version, w.Once()))
	w.Must(w.Scores(ctx, suriya, id, list, w.round(id).Version, w.Once()))
}

func TestABannerWithoutAQuotaOfItsOwnKeepsToItsLeagues(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.Must(w.SetQuota(ctx, top, Quota{Programme: "west", Year: 2025, Area: "15", Seats: 3000}, "年度计划", w.Once()))
		w.Must(w.SetQuota(ctx, top, Quota{Programme: "west", Year: 2025, Area: "1529", Seats: 10}, "年度计划", w.Once()))
		id, err := w.Plan(ctx, suriya, Round{Area: "152921", Programme: "west", Year: 2025, Title: "西部计划", Body: "x", Opens: on(2025, 9, 24), Closes: on(2025, 9, 30), Exam: on(2025, 10, 18), Starts: on(2025, 11, 1), Days: 7}, w.Once())
		w.Must(err)
		w.Must(w.AddPost(ctx, suriya, Post{RoundID: id, Area: "152921", Unit: "学校", Title: "支教", Service: "teach", Years: 2, Seats: 500}, 0, w.Once()))
		w.Refused(fault.Conflict, "阿拉善盟 2025 年名额 10 个，连同这次共 500 个", w.Publish(ctx, suriya, id, 1, w.Once()))
	})
}

func TestARoundWhoseDaysAreOverIsNotAnnounced(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, _ := w.planned()
		w.on(on(2025, 10, 9))
		w.Refused(fault.Late, "报名截止日期", w.Publish(ctx, suriya, id, 3, w.Once()))
		far := Round{Area: "152921", Programme: "west", Year: 2025, Title: "x", Body: "x", Opens: on(2025, 9, 24), Closes: on(2025, 9, 30), Exam: on(2025, 10, 18), Starts: on(9999, 11, 1), Days: 7}
		_, err := w.Plan(ctx, suriya, far, w.Once())
		w.Refused(fault.Invalid, "2024～2027 年", err)
	})
}

func TestWithdrawingGivesNobodyASecondAppeal(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, list := w.applied(1)
		w.Must(w.Qualify(ctx, suriya, id, 1, false, "专业不符", 1, w.Once()))
		w.Must(w.Appeal(ctx, someone(1), id, "专业相近", w.Once()))
		w.Must(w.Withdraw(ctx, someone(1), id, w.Once()))
		w.Must(w.Apply(ctx, someone(1), id, []int64{list[0].ID}, Said{}, w.Once()))
		w.Must(w.Qualify(ctx, mergen, id, 1, false, "专业不符", w.entry(1, id).Version, w.Once()))
		w.Refused(fault.Conflict, "只能申诉一次", w.Appeal(ctx, someone(1), id, "再看看", w.Once()))
	})
}

func TestPostsAreNotGivenWhileAnAppealWaits(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, _ := w.applied(1, 4)
		w.Must(w.Qualify(ctx, suriya, id, 4, false, "证书不符", 1, w.Once()))
		w.examined(id, 1)
		w.Must(w.Appeal(ctx, someone(4), id, "已补交证书", w.Once()))
		w.Refused(fault.Conflict, "申诉没有复核", w.Assign(ctx, suriya, id, w.round(id).Version, w.Once()))
		w.Must(w.Qualify(ctx, mergen, id, 4, true, "", w.entry(4, id).Version, w.Once()))
		w.Must(w.Scores(ctx, suriya, id, []Score{{4, 9500, 9500}}, w.round(id).Version, w.Once()))
		w.Must(w.Assign(ctx, suriya, id, w.round(id).Version, w.Once()))
		if w.entry(4, id).PostID == 0 {
			t.Error("the better one has no post")
		}
	})
}

// died lets the register know of somebody's death.
func (w *world) died(id int64) {
	w.T.Helper()
	p, err := w.People.Get(ctx, id)
	w.Must(err)
	p.Died = db.On(w.Clock.Today())
	w.Tx(func(tx *db.Tx) error { return w.People.SavePeople(ctx, tx, []person.Person{p}) })
}

func TestWhoHasDiedGetsNoPostAndIsNotHired(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, _ := w.applied(1, 4, 6)
		w.examined(id, 1, 4, 6)
		w.died(1)
		w.Must(w.Assign(ctx, suriya, id, w.round(id).Version, w.Once()))
		if w.entry(1, id).PostID != 0 || w.entry(4, id).PostID == 0 {
			t.Fatalf("%+v", must(w.entriesOf(ctx, w.DB, id)))
		}
		w.Must(w.Medical(ctx, suriya, id, 4, true, w.entry(4, id).Version, w.Once()))
		w.Must(w.Show(ctx, suriya, id, w.round(id).Version, w.Once()))
		w.on(w.round(id).ShownUntil)
		w.on(db.On(w.Clock.Today().AddDate(0, 0, 1)))
		w.died(4)
		w.Must(w.Ask(ctx, suriya, id, "公示无异议", w.round(id).Version, w.Once()))
		yes := func(yes bool) error {
			item, err := w.Approvals.Get(ctx, mergen, w.round(id).Request)
			w.Must(err)
			return w.Approvals.Decide(ctx, mergen, w.round(id).Request, item.Version, yes, "有人已故", w.Once())
		}
		w.Refused(fault.Conflict, "1 人已登记死亡", yes(true))
		w.Must(yes(false))
		w.Must(w.Drop(ctx, suriya, id, 4, "已故", w.entry(4, id).Version, w.Once()))
		w.Refused(fault.Conflict, "没有人", w.Ask(ctx, suriya, id, "公示无异议", w.round(id).Version, w.Once()))
	})
}

func TestNobodyServesAtTwoPostsAtOnce(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, list := w.applied(1, 4)
		w.examined(id, 1, 4)
		w.Tx(func(tx *db.Tx) error { // hired by another banner in the meantime
			return insertServices(ctx, tx, []Service{{PersonID: 1, ID: w.IDs.Next(), RoundID: 7, PostID: 7, Programme: "west", Year: 2025, Area: "152923", Unit: "学校", Title: "支教", Starts: on(2025, 10, 1), Ends: on(2027, 9, 30), State: Serving}})
		})
		w.Must(w.Assign(ctx, suriya, id, w.round(id).Version, w.Once()))
		if w.entry(1, id).PostID != 0 || w.entry(4, id).PostID != list[0].ID {
			t.Fatalf("%+v", must(w.entriesOf(ctx, w.DB, id)))
		}
	})
}

func TestNobodyWithdrawsWhilePublicityIsBeingBegun(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, _ := w.applied(1)
		begun, done := make(chan struct{}), make(chan error)
		w.Tx(func(tx *db.Tx) error {
			p, err := held(ctx, tx, id)
			if err != nil {
				return err
			}
			go func() {
				close(begun)
				done <- w.Withdraw(ctx, someone(1), id, "withdraws-at-the-same-time")
			}()
			<-begun
			p.State = Shown
			return updateRound(ctx, tx, &p, p.Version)
		})
		w.Refused(fault.Conflict, "现在不能撤回", <-done)
	})
}

func TestAQuotaIsNotLessThanWhatIsAnnounced(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.applied()
		w.Refused(fault.Conflict, "已发布 3 个名额的岗位", w.SetQuota(ctx, chief, Quota{Programme: "support", Year: 2025, Area: "152921", Seats: 2}, "压减", w.Once()))
		w.Refused(fault.Invalid, "两年以内", w.AddEvent(ctx, suriya, Event{Area: "152921", Kind: "talk", Title: "宣讲", Place: "礼堂", On: on(9999, 1, 1)}, w.Once()))
	})
}
