package intake

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
)

const taxHeads = "姓名,身份证号,扣缴义务人名称,手机号码,税款所属期,收入额"

// others is a second delivery: it changes what the first said, adds people, employers and rows that wait.
func others(t testing.TB) folder {
	f := newFolder(t)
	f.text("户籍.csv", householdHeads, household(1, "包娜仁", "right"), household(5, "新来", "left"), household(6, "新户", "right"),
		"H2,子,小白,男,"+somebody(7)+",,蒙古族,非农业,小学,152921102001,城关,,是")
	f.text("企业.csv", "单位名称,统一社会信用代码,单位类型,行业代码,所在地区划代码,成立日期,法定代表人,法定代表人证件号,职工人数,联系电话",
		"安康餐饮管理有限公司,"+unit(1)+",企业,H62,152921102001,2019-05-01,新来,"+somebody(5)+",15,0483-8221234", "新厂,"+unit(2)+",企业,C26,152921102001,2020-05-01,,,3,")
	f.book("就业失业登记.xlsx",
		[]string{"失业登记", registrationHeads + ",联系电话",
			"包娜仁," + somebody(1) + ",2024-01-08,解除合同,2024-07-01,就业,厨师,3600,无,有,13911112222",
			"新来," + somebody(5) + ",2025-02-01,企业关停,,,,,是,否,", "没有的人," + somebody(80) + ",2025-02-01,企业关停,,,,,是,否,"},
		[]string{"就业登记", "姓名,身份证号,就业日期,就业形式,单位名称,统一社会信用代码,工作地区划代码,城镇就业,新就业形态,合同期限(月),工种,终止日期",
			"白音," + somebody(2) + ",2025-06-01,单位就业,别家," + unit(3) + ",152921,是,否,12,厨师,"})
	f.text("社会保险.csv", "姓名,社会保障号码,险种,统一社会信用代码,单位名称,缴费起始年月,缴费终止年月",
		"包娜仁,"+somebody(1)+",城镇职工基本养老保险,"+unit(1)+",安康餐饮有限公司,202406,202507", "白音,"+somebody(2)+",失业保险,"+unit(3)+",别家,202506,")
	f.book("岗位.xlsx", []string{"岗位", "单位名称,统一社会信用代码,岗位名称,工种,招聘人数,月薪下限(元),月薪上限(元),学历要求,工作地区划代码,合同期限(月),发布日期,截止日期,福利",
		"新厂," + unit(2) + ",普工,普工,5,4000,6000,不限,152921,12,2025-09-01,2025-10-31,包吃住"})
	f.text("扣缴.csv", taxHeads, "乌云,"+somebody(4)+",某公司,13900002222,202508,5000")
	return f
}

func (r *Room) recall(t testing.TB, batch int64, key string) {
	t.Helper()
	if err := r.WithdrawBatch(ctx, league, batch, "来函：错发", key); err != nil {
		t.Fatal(err)
	}
}

func TestABatchWithdrawnIsAsIfItHadNeverCome(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		empty := r.dump(t)
		a := r.bring(t, delivery(t), league)
		after := r.dump(t)
		b := r.bring(t, others(t), league)
		both := r.dump(t)
		r.recall(t, b.BatchID, "once-0000000000000001")
		compareDumps(t, "the second withdrawn", after, r.dump(t))
		if n := r.number(t, `SELECT count(*) FROM intake_review WHERE state = 'open'`); n != 0 {
			t.Errorf("%d rows still wait", n)
		}
		w, found, err := r.Withdrawal(ctx, b.BatchID)
		if err != nil || !found || w.Removed != 3 || w.Reviews != 1 || w.EndedAt == 0 {
			t.Errorf("%+v, %v", w, err)
		}
		if got, err := findBatch(ctx, r.DB, b.BatchID); err != nil || got.State != Withdrawn {
			t.Errorf("the batch is %+v, %v", got, err)
		}
		r.recall(t, b.BatchID, "once-0000000000000002")
		again := r.bring(t, others(t), league)
		compareDumps(t, "the second delivered again", both, r.dump(t))
		if again.Total.Accepted != b.Total.Accepted || again.Total.Review != 1 {
			t.Errorf("again: %+v, first %+v", again.Total, b.Total)
		}
		r.recall(t, a.BatchID, "once-0000000000000003")
		r.recall(t, again.BatchID, "once-0000000000000004")
		compareDumps(t, "both withdrawn, the first one first", empty, r.dump(t))
	})
}

func TestAWithdrawalGoesOnWhereItWasBrokenOff(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		r.bring(t, delivery(t), league)
		after := r.dump(t)
		b := r.bring(t, others(t), league)
		if err := r.WithdrawBatch(ctx, right, b.BatchID, "错发", "once-0000000000000001"); !fault.Is(err, fault.Denied) {
			t.Errorf("another banner's officer: %v", err)
		}
		if err := r.WithdrawBatch(ctx, league, b.BatchID, " ", "once-0000000000000001"); !fault.Is(err, fault.Invalid) {
			t.Errorf("without a reason: %v", err)
		}
		broken := errors.New("the power is cut")
		r.Held = func(context.Context, db.Querier, []int64) (map[int64]string, error) { return nil, broken }
		if err := r.WithdrawBatch(ctx, league, b.BatchID, "错发", "once-0000000000000001"); !errors.Is(err, broken) {
			t.Fatal(err)
		}
		r.Held = nil
		if _, err := r.withdraw(ctx, b.BatchID, progress.None{}); err != nil {
			t.Fatal(err)
		}
		compareDumps(t, "withdrawn in two goes", after, r.dump(t))
	})
}

func TestPeopleOfWhomSomethingIsHeldStayWhenTheirBatchIsWithdrawn(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		r.bring(t, delivery(t), league)
		b := r.bring(t, others(t), league)
		kept, corrected := r.factsOf(t, 5).ID, r.factsOf(t, 6).ID
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			return r.Correct(ctx, tx, Correction{PersonID: corrected, Field: "phone", Value: "13900003333", Why: "本人申请", By: "苏日娜（经办）"})
		}); err != nil {
			t.Fatal(err)
		}
		r.Held = func(_ context.Context, _ db.Querier, ids []int64) (map[int64]string, error) {
			if slices.Contains(ids, kept) {
				return map[int64]string{kept: "有帮扶台账"}, nil
			}
			return nil, nil
		}
		r.recall(t, b.BatchID, "once-0000000000000001")
		w, _, err := r.Withdrawal(ctx, b.BatchID)
		if err != nil || w.Held != 2 || w.Removed != 1 || w.WhyHeld["有帮扶台账"] != 1 || !strings.Contains(w.Text(), "有帮扶台账 1 人") {
			t.Errorf("%+v, %v", w, err)
		}
		if f := r.factsOf(t, 5); f.Name != "新来" || len(f.Registrations) != 0 {
			t.Errorf("who stays is %+v", f)
		}
		if f := r.factsOf(t, 6); f.Phone != "13900003333" {
			t.Errorf("who was corrected is %+v", f)
		}
	})
}

func TestAFileMadeFromRowsGoesWithThem(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		r.bring(t, delivery(t), league)
		before := r.dump(t)
		s := r.bring(t, newFolder(t).text("扣缴.csv", taxHeads, "外来人,"+somebody(40)+",某公司,13900002222,202508,5000"), league)
		list, err := openReviews(ctx, r.DB, "1529", WhyUnknown, 0, 10)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err, s)
		}
		rec, err := r.reread(&list[0])
		if err != nil {
			t.Fatal(err)
		}
		var id int64
		var records []int64
		if err := r.DB.Tx(ctx, func(tx *db.Tx) (err error) {
			id, records, err = r.newPerson(ctx, tx, left, []*record{rec}, []origin{list[0].origin()})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		f := r.factsOf(t, 40)
		if f.ID != id || f.Name != "外来人" || f.Phone != "13900002222" || f.HouseholdID != 0 || f.Area != "152921000000" || f.Sex == 0 {
			t.Errorf("made %+v", f)
		}
		r.bring(t, newFolder(t).text("社保.csv", "姓名,社会保障号码,险种,统一社会信用代码,单位名称,缴费起始年月,缴费终止年月", "外来人,"+somebody(40)+",城乡居民基本养老保险,,,202001,"), league)
		if f := r.factsOf(t, 40); len(f.Insurances) != 1 {
			t.Errorf("a later row: %+v", f)
		}
		b := r.number(t, `SELECT max(batch_id) FROM intake_batch`)
		r.recall(t, b, "once-0000000000000001")
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return r.detach(ctx, tx, id, records, EndedDetached) }); err != nil {
			t.Fatal(err)
		}
		compareDumps(t, "taken back", before, r.dump(t))
	})
}
