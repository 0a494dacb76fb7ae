package intake

import (
	"testing"
)

// delivery is a small folder as departments would send it, with one of each thing.
func delivery(t testing.TB) folder {
	f := newFolder(t)
	f.text("户籍.csv", householdHeads, household(1, "包娜仁", "left"), household(2, "白音", "left"), household(3, "周琪", "right"),
		"H2,配偶,乌云,女,"+somebody(4)+",,蒙古族,非农业,小学,152921102001,城关,,否")
	f.text("企业.csv", "单位名称,统一社会信用代码,单位类型,行业代码,所在地区划代码,成立日期,法定代表人,法定代表人证件号,职工人数,联系电话",
		"安康餐饮有限公司,"+unit(1)+",企业,H62,152921102001,2019-05-01,包娜仁,"+somebody(1)+",12,0483-8221234")
	f.book("就业失业登记.xlsx",
		[]string{"失业登记", "姓名,身份证号,失业登记日期,失业原因,注销日期,注销原因,求职工种,期望月薪(元),劳动能力,就业意愿,联系电话,登记机构",
			"包娜仁," + somebody(1) + ",2024-01-08,解除合同,2024-06-01,就业,厨师,3500,有,有,,就业中心",
			"白音," + somebody(2) + ",2025-02-01,企业关停,,,,,是,否,,就业中心"},
		[]string{"就业登记", "姓名,身份证号,就业日期,就业形式,单位名称,统一社会信用代码,工作地区划代码,城镇就业,新就业形态,合同期限(月),工种,终止日期",
			"包娜仁," + somebody(1) + ",2024-06-01,单位就业,安康餐饮有限公司," + unit(1) + ",152921,是,否,无固定期限,厨师,",
			"周琪," + somebody(3) + ",2023-03-01,灵活就业,,,152922,是,是,,外卖,2024-03-01"},
		[]string{"就业困难人员", "姓名,身份证号,认定日期,困难类别,退出日期", "白音," + somebody(2) + ",2025-02-10,大龄,"},
		[]string{"劳动力调查", "姓名,身份证号,调查月份,就业状况,城镇", "白音," + somebody(2) + ",202503,失业,是"})
	f.text("社会保险.csv", "姓名,社会保障号码,险种,统一社会信用代码,单位名称,缴费起始年月,缴费终止年月",
		"包娜仁,"+somebody(1)+",城镇职工基本养老保险,"+unit(1)+",安康餐饮有限公司,202406,", "周琪,"+somebody(3)+",城乡居民基本养老保险,,,202001,202312")
	f.book("高校毕业生.xlsx", []string{"毕业生", "姓名,证件号码,毕业院校,学历,专业,毕业日期,生源地代码", "周琪," + somebody(3) + ",内蒙古大学,大学本科,会计,2022-07-01,152922"})
	f.book("低保.xlsx", []string{"低保对象", "姓名,身份证号,享受起始日期,终止日期,保障类别", "乌云," + somebody(4) + ",2021-01-01,,城市低保"})
	f.book("退役军人.xlsx", []string{"退役军人", "姓名,身份证号,退役日期,安置方式", "白音," + somebody(2) + ",1995-12-01,自主就业"})
	f.book("残疾人.xlsx", []string{"残疾人", "姓名,身份证号,残疾类别,残疾等级,发证日期", "乌云," + somebody(4) + ",肢体,三级,2015-04-01"})
	f.book("脱贫人口.xlsx", []string{"脱贫人口", "姓名,身份证号,脱贫年度,户号,帮扶措施", "乌云," + somebody(4) + ",2018,H2,产业帮扶"})
	f.book("培训.xlsx", []string{"培训", "姓名,身份证号,班次编号,培训工种,开班日期,结业日期,课时,补贴性", "白音," + somebody(2) + ",PX2025-01,厨师,2025-03-01,2025-03-20,80,是"},
		[]string{"技能证书", "姓名,身份证号,职业工种,等级,发证日期", "白音," + somebody(2) + ",厨师,中级工,2025-04-01"})
	f.book("岗位.xlsx", []string{"岗位", "单位名称,统一社会信用代码,岗位名称,工种,招聘人数,月薪下限(元),月薪上限(元),学历要求,工作地区划代码,合同期限(月),发布日期,截止日期,福利",
		"安康餐饮有限公司," + unit(1) + ",厨师长,厨师,2,4000,6000,不限,152921,12,2025-09-01,2025-10-31,包吃住"})
	return f
}

func TestADeliveryOfAllDepartmentsBecomesOneRegister(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		s := r.bring(t, delivery(t), league)
		for _, f := range s.Files {
			if f.State != Done || f.Read != f.Accepted {
				t.Errorf("%s %s: %+v", f.Name, f.Sheet, f)
			}
		}
		if len(s.Files) != 15 || s.Total.Read != 21 || s.State != Done {
			t.Fatalf("%d sheets, %+v", len(s.Files), s.Total)
		}
		bao := r.factsOf(t, 1)
		if bao.Able == nil || !*bao.Able || len(bao.Registrations) != 1 || bao.Registrations[0].Pay != 350000 || len(bao.Spells) != 1 ||
			bao.Spells[0].Contract != 999 || bao.Spells[0].EmployerID == 0 || bao.Spells[0].EmployerID != bao.Insurances[0].EmployerID ||
			bao.Area != "152921102001" || bao.Education != 30 || bao.Ethnic != "02" {
			t.Errorf("包娜仁 is %+v", bao)
		}
		bai := r.factsOf(t, 2)
		if bai.Willing == nil || *bai.Willing || len(bai.Groups) != 2 || len(bai.Trainings) != 1 || len(bai.Certificates) != 1 || bai.Certificates[0].Level != 4 {
			t.Errorf("白音 is %+v", bai)
		}
		wu := r.factsOf(t, 4)
		if len(wu.Groups) != 3 || wu.HouseholdID != bai.HouseholdID || wu.Phone != "" || wu.Groups[0].Detail != "肢体 三级" {
			t.Errorf("乌云 is %+v", wu)
		}
		e, err := r.Employers.Get(ctx, bao.Spells[0].EmployerID)
		if err != nil || e.FounderID != bao.ID || e.Staff != 12 {
			t.Errorf("the employer is %+v, %v", e, err)
		}
		if n := r.number(t, `SELECT count(*) FROM person_survey WHERE status = 2 AND month = 202503`); n != 1 {
			t.Errorf("%d surveys", n)
		}
		if n := r.number(t, `SELECT pay_high FROM employer_vacancy`); n != 600000 {
			t.Errorf("the vacancy pays %d", n)
		}
	})
}
