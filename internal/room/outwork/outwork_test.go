package outwork

import (
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/person"
)

func TestAnAgreementIsKeptByItsOwnSideAndWarnedOfBeforeItEnds(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id := w.agreement(suriya, "152921", "2025-10-31")
		a, err := w.agreementByID(ctx, w.Room.DB, id)
		w.Must(err)
		if a.Standing(w.today()) != "ending" || a.Contacts != "李科长 13900000000" {
			t.Errorf("%+v", a)
		}
		raw, err := db.Value[string](ctx, w.Room.DB, `SELECT contacts FROM outwork_agreement WHERE agreement_id = $1`, id)
		if err != nil || strings.Contains(raw, "1390000") {
			t.Errorf("contacts are stored in plain, %v", err)
		}
		w.Refused(fault.Denied, "额济纳旗", w.ChangeAgreement(ctx, bold, a, 1, w.Once()))
		a.Until = day("2028-12-31")
		w.Must(w.ChangeAgreement(ctx, suriya, a, 1, w.Once()))
		w.Refused(fault.Conflict, "刚刚被别人修改过", w.ChangeAgreement(ctx, suriya, a, 1, w.Once()))
		a.Until = a.Signed
		w.Refused(fault.Invalid, "到期日应在签订日之后", w.ChangeAgreement(ctx, suriya, a, 2, w.Once()))
		w.Must(w.AddScan(ctx, suriya, id, Scan{[]byte("%PDF-1.4"), "application/pdf"}, w.Once()))
		_, err = w.AddAgreement(ctx, xie, Agreement{Area: "152921100001"}, w.Once())
		w.Refused(fault.Denied, "不能办理", err)
		old := w.agreement(suriya, "152921", "2025-09-01")
		_, err = w.AddBatch(ctx, suriya, Batch{Area: "152921", Source: FromAgreement, AgreementID: old, Unit: "x", Title: "x", Occupation: "x", Need: 1, PayLow: 1, Place: "x", From: day("2025-09-24"), To: day("2025-10-24"), Answers: "x"}, w.Once())
		w.Refused(fault.Conflict, "请先续签", err)
	})
}

func TestABrokerMarkedDBringsNoDemand(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id, err := w.AddBroker(ctx, suriya, Broker{Area: "152921", Name: "张经纪", Phone: "13812345678"}, w.Once())
		w.Must(err)
		b := Batch{Area: "152921", Source: FromBroker, BrokerID: id, Unit: "银川餐饮", Title: "服务员", Occupation: "服务员", Need: 5, PayLow: 400_000, Place: "银川市", From: day("2025-09-24"), To: day("2025-10-24"), Answers: "张经纪"}
		_, err = w.AddBatch(ctx, suriya, b, w.Once())
		w.Must(err)
		w.Must(w.MarkBroker(ctx, suriya, id, "D", "收取求职者费用", 1, w.Once()))
		_, err = w.AddBatch(ctx, suriya, b, w.Once())
		w.Refused(fault.Conflict, "信用等级为 D", err)
		b.Conditions = "限男性，30 岁以下"
		_, err = w.AddBatch(ctx, suriya, b, w.Once())
		w.Refused(fault.Invalid, "男性", err)
		b.Conditions, b.PayHigh = "", 1
		_, err = w.AddBatch(ctx, suriya, b, w.Once())
		w.Refused(fault.Invalid, "月薪上限应不低于下限", err)
	})
}

func TestANumberGoesDownAndItsAnswerIsCounted(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id := w.demand(chief, "1529", 10)
		w.Refused(fault.Invalid, "超过可分的 10 人", w.ShareOut(ctx, chief, id, map[string]int{"152921": 8, "152923": 4}, 5, w.Once()))
		w.Refused(fault.Invalid, "下一级地区", w.ShareOut(ctx, chief, id, map[string]int{"152921100": 4}, 5, w.Once()))
		w.Must(w.ShareOut(ctx, chief, id, map[string]int{"152921": 6, "152923": 2}, 5, w.Once()))
		w.Refused(fault.Conflict, "已经分过名额", w.ShareOut(ctx, chief, id, map[string]int{"152921": 1}, 5, w.Once()))
		shares, err := sharesOf(ctx, w.Room.DB, id)
		if err != nil || len(shares) != 2 || shares[0].Number != 6 {
			t.Fatalf("%+v %v", shares, err)
		}
		w.Refused(fault.Conflict, "名单里还没有", w.Assignments.Answer(ctx, suriya, shares[0].TaskID, 1, "full", "已组织", w.Once()))
		n, err := w.Recruit(ctx, suriya, id, []int64{1, 2}, w.Once())
		if err != nil || n != 2 {
			t.Fatal(n, err)
		}
		w.Must(w.Assignments.Answer(ctx, suriya, shares[0].TaskID, 1, "part", "组织了两人", w.Once()))
		w.Must(w.Assignments.Answer(ctx, bold, shares[1].TaskID, 1, "none", "没有人愿意", w.Once()))
		shares, err = sharesOf(ctx, w.Room.DB, id)
		if err != nil || shares[0].Answered != 2 || shares[0].Result != "part" || shares[1].Answered != 0 || shares[1].Result != "none" {
			t.Errorf("%+v %v", shares, err)
		}
		w.Must(w.Settle(ctx, chief, id, 1, "close", "", w.Once()))
		if n, err := w.Assignments.Count(ctx, assignment.Filter{Kind: kindShare, States: []assignment.State{assignment.Open, assignment.Answered}}); err != nil || n != 0 {
			t.Errorf("%d tasks are left, %v", n, err)
		}
	})
}

func TestPeopleAreNamedWithTheirConsentAndOldEnoughAndGo(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id := w.demand(suriya, "152921", 10)
		b, err := batchByID(ctx, w.Room.DB, id)
		w.Must(err)
		found, more, err := w.Find(ctx, &b, "152921", "", mark{})
		w.Must(err)
		var got []int64
		for _, c := range found {
			got = append(got, c.Facts.ID)
		}
		if more != nil || len(got) != 5 || got[0] != 1 { // 6 is at work, 4 too young, 5 lives elsewhere, 9 does not want to; 1 has done such work
			t.Errorf("found %v", got)
		}
		_, err = w.Recruit(ctx, suriya, id, []int64{8}, w.Once())
		w.Refused(fault.Conflict, "没有同意", err)
		w.agreed[4] = true
		_, err = w.Recruit(ctx, suriya, id, []int64{4}, w.Once())
		w.Refused(fault.Invalid, "未满 16 周岁", err)
		w.Refused(fault.Invalid, "未满 16 周岁", w.Join(ctx, seeker(4), id, w.Once()))
		_, err = w.Recruit(ctx, suriya, id, []int64{5}, w.Once())
		w.Refused(fault.Denied, "额济纳旗", err)
		_, err = w.Recruit(ctx, suriya, id, []int64{1, 2}, w.Once())
		w.Must(err)
		w.Must(w.Join(ctx, seeker(3), id, w.Once()))
		w.Refused(fault.Repeat, "已经报名", w.Join(ctx, seeker(3), id, w.Once()))
		w.Refused(fault.NotFound, "没有这份报名", w.Move(ctx, seeker(3), id, []int64{1}, Move{Act: "confirm"}, w.Once()))
		w.Must(w.Move(ctx, seeker(1), id, []int64{1}, Move{Act: "confirm"}, w.Once()))
		w.Must(w.Move(ctx, seeker(2), id, []int64{2}, Move{Act: "drop", Reason: "family"}, w.Once()))
		w.Refused(fault.Conflict, "不能这样办", w.Move(ctx, suriya, id, []int64{1, 2}, Move{Act: "arrive"}, w.Once()))
		w.Refused(fault.Invalid, "请选择出行安排", w.Move(ctx, suriya, id, []int64{1, 3}, Move{Act: "book", TripID: 9}, w.Once()))
		trip, err := w.AddTrip(ctx, suriya, Trip{BatchID: id, Day: day("2025-09-28"), Vehicle: "大巴 蒙M12345", Leader: "巴特尔", Phone: "13800001111", Pickups: "巴彦浩特客运站"}, w.Once())
		w.Must(err)
		w.Must(w.Move(ctx, suriya, id, []int64{1, 3}, Move{Act: "train", Training: "安全培训 1 天"}, w.Once()))
		w.Must(w.Move(ctx, suriya, id, []int64{1, 3}, Move{Act: "book", TripID: trip, Pickup: "巴彦浩特客运站"}, w.Once()))
		w.Must(w.Move(ctx, seeker(1), id, []int64{1}, Move{Act: "arrive"}, w.Once()))
		w.Refused(fault.Denied, "", w.Move(ctx, bold, id, []int64{3}, Move{Act: "arrive"}, w.Once()))
		m := w.members1(id)
		if m[1].State != Arrived || m[1].Training != "安全培训 1 天" || m[1].Pickup != "巴彦浩特客运站" || m[2].State != Dropped || m[2].Reason != "family" || m[3].State != Booked || !m[3].Self {
			t.Errorf("%+v", m)
		}
		n, err := w.Follow(ctx)
		if err != nil || n != 2 {
			t.Errorf("%d are newly known, %v", n, err)
		}
		if again, err := w.Follow(ctx); err != nil || again != 0 {
			t.Errorf("%d are known again, %v", again, err)
		}
		m = w.members1(id)
		if m[1].Months != 6 || m[1].WorkFrom.String() != "2025-02-20" || m[3].Months != 7 || m[2].Months != 0 {
			t.Errorf("%+v", m)
		}
		p, err := progressOf(ctx, w.Room.DB, b.AgreementID)
		if err != nil || p[2025] != (Progress{Batches: 1, Need: 10, Joined: 2, Agreed: 2, Arrived: 1, AtWork: 2, Six: 2}) {
			t.Errorf("%+v %v", p, err)
		}
		w.Must(w.Settle(ctx, suriya, id, 1, "cancel", "单位停工", w.Once()))
		if n, err := db.Value[int64](ctx, w.Room.DB, `SELECT count(*) FROM message_item WHERE person_id = 3`); err != nil || n != 2 {
			t.Errorf("person 3 was told %d times, %v", n, err)
		}
	})
}

func TestAnEmployerAsksAndItsBannerPublishes(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		in := Batch{Unit: "x", Title: "化工操作工", Occupation: "化工操作工", Need: 8, PayLow: 600_000, Place: "乌斯太", PlaceCode: "152921", From: day("2025-10-01"), To: day("2026-03-31"), Answers: "人力 8330000"}
		id, err := w.AddBatch(ctx, plant, in, w.Once())
		w.Must(err)
		b, err := batchByID(ctx, w.Room.DB, id)
		w.Must(err)
		if b.State != Asked || b.Area != "152921" || b.Unit != "恒瑞化工" || b.EmployerID != 5 {
			t.Errorf("%+v", b)
		}
		w.Refused(fault.NotFound, "还没有公布", w.Join(ctx, seeker(7), id, w.Once()))
		w.Refused(fault.Denied, "额济纳旗", w.Settle(ctx, bold, id, 1, "publish", "", w.Once()))
		w.Must(w.Settle(ctx, suriya, id, 1, "publish", "", w.Once()))
		w.Must(w.Join(ctx, seeker(7), id, w.Once()))
	})
}

func TestWhoWorksAwayIsHelpedByTheRightBanner(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		a := Away{PersonID: 1, Place: "包头市昆区", PlaceCode: "150203", Work: "电工", Since: day("2025-03-01"), Contact: "phone"}
		_, err := w.GoAway(ctx, bold, a, w.Once())
		w.Refused(fault.Denied, "额济纳旗", err)
		_, err = w.GoAway(ctx, xie, a, w.Once())
		w.Must(err)
		a.Since, a.Place = day("2025-08-01"), "包头市青山区"
		second, err := w.GoAway(ctx, seeker(1), a, w.Once())
		w.Must(err)
		list, err := awaysOf(ctx, w.Room.DB, 1, 10)
		if err != nil || len(list) != 2 || list[0].ID != second || list[1].Returned.String() != "2025-08-01" {
			t.Fatalf("%+v %v", list, err)
		}
		all, within, err := w.countAway(ctx, "152921")
		if err != nil || all != 1 || within != 1 {
			t.Errorf("%d, %d, %v", all, within, err)
		}
		id, err := w.Ask(ctx, seeker(1), Request{PersonID: 1, Kind: "wages", Text: "三个月没发工资"}, w.Once())
		w.Must(err)
		v, err := w.requestByID(ctx, w.Room.DB, 1, id)
		if err != nil || v.Area != "150203" || v.Due.String() != "2025-09-30" || v.Text != "三个月没发工资" {
			t.Errorf("%+v %v", v, err)
		}
		kun := suriya
		kun.Area, kun.AreaName = "150203", "昆都仑区"
		w.Refused(fault.Denied, "", w.Answer(ctx, suriya, 1, id, "已办", 1, w.Once()))
		w.Must(w.Hand(ctx, kun, 1, id, "152921", "用工单位在左旗", 1, w.Once()))
		w.Refused(fault.Invalid, "请写明办理结果", w.Answer(ctx, suriya, 1, id, " ", 2, w.Once()))
		w.Must(w.Answer(ctx, suriya, 1, id, "已督促补发", 2, w.Once()))
		w.Refused(fault.Conflict, "办结", w.Answer(ctx, suriya, 1, id, "x", 3, w.Once()))
		waiting, late, done, inTime, err := w.countRequests(ctx, "152921", db.On(w.today()))
		if err != nil || waiting != 0 || late != 0 || done != 1 || inTime != 1 {
			t.Errorf("%d %d %d %d %v", waiting, late, done, inTime, err)
		}
		w.Must(w.ComeBack(ctx, seeker(1), 1, second, day("2025-09-20"), 1, w.Once()))
		held, err := w.Held(ctx, w.Room.DB, []int64{1, 8})
		if err != nil || held[1] != "登记过外出务工" || held[8] != "" {
			t.Errorf("%v %v", held, err)
		}
		w.Tx(func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{1}) })
		if n, err := db.Value[int64](ctx, w.Room.DB, `SELECT (SELECT count(*) FROM outwork_away) + (SELECT count(*) FROM outwork_request)`); err != nil || n != 0 {
			t.Errorf("%d rows are kept, %v", n, err)
		}
	})
}

func TestABrandCountsWhoAgrees(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		_, err := w.AddBrand(ctx, chief, Brand{Area: "1529", Name: "阿拉善驼乡月嫂", Trade: "家政", Skill: "母婴护理", Income: 6_000_000}, w.Once())
		w.Refused(fault.Invalid, "数据来源", err)
		id, err := w.AddBrand(ctx, chief, Brand{Area: "1529", Name: "阿拉善驼乡月嫂", Trade: "家政", Skill: "母婴护理", Jobs: 120, Income: 6_000_000, Year: 2024, Source: "抽样调查"}, w.Once())
		w.Must(err)
		w.Refused(fault.Conflict, "没有同意", w.Enlist(ctx, chief, id, personNumber(w, 8), w.Once()))
		w.Must(w.Enlist(ctx, chief, id, personNumber(w, 1), w.Once()))
		w.Must(w.Enlist(ctx, seeker(8), id, "", w.Once()))
		count := func() int64 {
			n, err := w.brandPeople(ctx, "15")
			w.Must(err)
			return n[id]
		}
		if count() != 2 {
			t.Errorf("%d people", count())
		}
		w.Tx(func(tx *db.Tx) error { return w.ConsentWithdrawn(ctx, tx, 1) })
		w.Must(w.Leave(ctx, seeker(8), id, w.Once()))
		if count() != 0 {
			t.Errorf("%d people", count())
		}
	})
}

func personNumber(w *world, id int64) string {
	p, err := w.Room.People.Get(ctx, id)
	w.Must(err)
	return p.IDNumber
}

func TestTransfersAreAddedUpByBannerAndYear(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.Tx(func(tx *db.Tx) error {
			return w.Room.People.SaveSpells(ctx, tx, []person.Spell{{PersonID: 5, Since: day("2025-05-01"), Kind: person.Transfer, Area: "110105"}})
		})
		w.Must(w.CountTransfers(ctx))
		w.Must(w.CountTransfers(ctx))
		list, err := w.counts(ctx, "1529")
		if err != nil || len(list) != 3 {
			t.Fatalf("%+v %v", list, err)
		}
		years, rows, order := byPlace(list, "1529")
		if len(years) != 2 || len(order) != 3 || rows["152921"][2025].Spells != 2 || rows["152921"][2025].Stable != 1 || rows["152921"][2024].Stable != 1 || rows["152923"][2025].TooSoon != 1 || rows["1529"][2025].Spells != 3 {
			t.Errorf("%v %v %+v", years, order, rows)
		}
	})
}
