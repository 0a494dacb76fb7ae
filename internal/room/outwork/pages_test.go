package outwork

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/registertest"
)

// answersOf makes the form of an act from pairs.
func answersOf(act string, pairs ...string) url.Values {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(act+"_"+pairs[i], pairs[i+1])
	}
	return form
}

func with(form url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return form
}

func (w *world) site(who web.User) registertest.Visit {
	return w.Site(who, w.Room.Web(), w.Assignments.Web())
}

func TestALeagueWorksThroughItsForms(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		see := w.site(chief)
		at := see("/outwork/agreement/new", answersOf("agreement", "area", "1529", "agreementKind", "jingmeng", "partner", "北京市海淀区", "agreementNumber", "3 号", "signed", "2025-01-01", "validUntil", "2025-10-31", "promised", "20"), http.StatusSeeOther)
		see(at, nil, 200, "即将到期", "北京市海淀区", "20")
		see(at+"/change", answersOf("change", "agreementKind", "jingmeng", "partner", "北京市海淀区", "agreementNumber", "3 号", "signed", "2025-01-01", "validUntil", "2024-10-31", "promised", "20"), 422, "到期日应在签订日之后")
		see(at+"/change", with(answersOf("change", "agreementKind", "jingmeng", "partner", "北京市海淀区", "agreementNumber", "3 号", "signed", "2025-01-01", "validUntil", "2027-10-31", "promised", "30"), "_version", "1"), http.StatusSeeOther)
		batch := []string{"title", "养老护理员", "occupation", "养老护理员", "need", "10", "payLow", "5600", "payHigh", "7200", "where", "out", "place", "北京市海淀区", "from", "2025-09-20", "to", "2025-11-20", "answers", "王科长 0483-8330101", "unit", "海淀养老", "area", "1529"}
		source := "a" + at[strings.LastIndex(at, "/")+1:]
		see("/outwork/desk/batch/new", answersOf("batch", append(batch, "source", source, "conditions", "限女性")...), 422, "女性", "养老护理员")
		out := see("/outwork/desk/batch/new", answersOf("batch", append(batch, "source", source, "conditions", "愿意照护老人")...), http.StatusSeeOther)
		see(out, nil, 200, "海淀养老", "5,600～7,200", "没有分配名额")
		see(out+"/share", answersOf("share", "152921", "12", "workdays", "5"), 422, "超过可分的 10 人")
		see(out+"/share", answersOf("share", "152921", "6", "152923", "4", "workdays", "5"), http.StatusSeeOther)
		see(out+"/edit", nil, 200, `value="5600"`)
		see(out+"/edit", with(answersOf("batch", append(batch, "need", "12")...), "_version", "1"), http.StatusSeeOther)
		see(out+"/nothing", url.Values{}, 404)
		see("/outwork/desk", nil, 200, "养老护理员", "有效协议")
		see(at, nil, 200, "2025", "养老护理员")

		desk := w.site(suriya)
		desk("/outwork/desk", nil, 200, "上级组织的需求", "养老护理员")
		desk(out+"/people", nil, 200, "未同意推荐", "外出务工过 2 次")
		desk(out+"/people", with(url.Values{}, "who", "1", "who", "7"), http.StatusSeeOther)
		desk(out+"/people", url.Values{}, 422, "请先勾选")
		desk(out+"/move", with(answersOf("move", "act", "confirm", "trip", "0"), "who", "1", "who", "7"), http.StatusSeeOther)
		desk(out+"/move", with(answersOf("move", "act", "drop", "trip", "0"), "who", "1"), 422, "请选择原因")
		see(out+"/trip", answersOf("trip", "day", "2025-09-28", "vehicle", "大巴", "leader", "巴特尔", "leaderPhone", "13800001111", "pickups", "客运站"), http.StatusSeeOther)
		b, err := w.batches(ctx, batchFilter{area: "15"}, latest, 1)
		w.Must(err)
		trips, err := w.trips(ctx, w.Room.DB, b[0].ID)
		w.Must(err)
		desk(out+"/move", with(answersOf("move", "act", "book", "trip", number(trips[0].ID), "pickup", "客运站"), "who", "1", "who", "7"), http.StatusSeeOther)
		see(tripAt(b[0].ID, trips[0].ID), nil, 200, "乌云其木格1", "1529**********0013", "138****0001")
		if sheet := see(tripAt(b[0].ID, trips[0].ID)+"/export?phones=1", nil, 200); !strings.HasPrefix(sheet, "PK") {
			t.Errorf("no workbook: %.40q", sheet)
		}
		if n, err := db.Value[int64](ctx, w.Room.DB, `SELECT count(*) FROM audit_entry WHERE act = 'outwork.read' AND object_id = 7`); err != nil || n != 2 {
			t.Errorf("the log tells person 7 of %d looks, %v", n, err)
		}
		see(out+"/export", nil, 200)
		w.site(bold)(tripAt(b[0].ID, trips[0].ID), nil, 200, "还没有安排人员") // nobody of Ejina travels
		w.site(seeker(1))("/outwork/mine", nil, 200, "已安排出行", "大巴", "巴特尔 13800001111")
		see(out+"/cancel", with(answersOf("cancel", "why", "单位停工"), "_version", "2"), http.StatusSeeOther)
		see(out, nil, 200, "已取消", "单位停工")
		w.site(seeker(2))(batchAt(b[0].ID), nil, 404)
	})
}

func TestAnEmployerAsksForPeopleOnItsPage(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		unit, desk := w.site(plant), w.site(suriya)
		form := answersOf("batch", "title", "化工操作工", "occupation", "化工操作工", "need", "8", "payLow", "6000", "where", "152921", "place", "乌斯太", "from", "2025-10-01", "to", "2026-03-31", "answers", "人力 8330000")
		unit("/outwork/unit", form, http.StatusSeeOther)
		unit("/outwork/unit", nil, 200, "待核实", "化工操作工")
		b, err := w.batches(ctx, batchFilter{area: "15"}, latest, 1)
		w.Must(err)
		unit(batchAt(b[0].ID), nil, 200, "恒瑞化工")
		w.site(web.User{})(batchAt(b[0].ID), nil, 404)
		desk("/outwork/desk", nil, 200, "1 条单位提出的需求待核实")
		desk(deskBatchAt(b[0].ID)+"/publish", with(url.Values{}, "_version", "1"), http.StatusSeeOther)
		w.site(web.User{})(batchAt(b[0].ID), nil, 200, "登录后报名")
		desk("/outwork/desk/batch/new", answersOf("batch", "source", "e", "code", "911529210000000000", "area", "152921"), 422, "登记库中没有统一社会信用代码")
		desk("/outwork/desk/batch/new", with(answersOf("batch", "source", "e", "code", identity.MakeCreditCode('9', '1', "152921", 5), "area", "152921"), "batch_title", "检修工", "batch_occupation", "检修工", "batch_need", "3", "batch_payLow", "6000",
			"batch_where", "152921", "batch_place", "厂区", "batch_from", "2025-10-01", "batch_to", "2025-12-31", "batch_answers", "人力"), http.StatusSeeOther)
	})
}

func TestThoseAwayAreEnteredAndHelpedThroughForms(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		village, desk, me := w.site(xie), w.site(suriya), w.site(seeker(2))
		away := []string{"where", "out", "awayPlace", "银川市", "work", "保洁", "since", "2025-09-01", "contact", "phone"}
		village("/outwork/away/new", answersOf("away", append(away, "who", "乌云其木格5")...), 422, "没有找到“乌云其木格5”")
		village("/outwork/away/new", answersOf("away", append(away, "who", "乌云其木格3")...), http.StatusSeeOther)
		village("/outwork/away/new", answersOf("away", append(away, "who", personNumber(w, 7))...), http.StatusSeeOther)
		village("/outwork/away", nil, 200, "乌＊＊", "银川市")
		desk("/outwork/center", answersOf("center", "centerName", "左旗驻银川服务中心", "area", "152921", "outsideRegion", "1", "centerPlace", "金凤区", "phone", "0951-0000000"), http.StatusSeeOther)
		w.site(web.User{})("/outwork/center", nil, 200, "左旗驻银川服务中心", "自治区外")
		me("/outwork/mine/away", answersOf("away", append(away, "since", "2026-01-01")...), 422, "外出日期不能晚于今天")
		me("/outwork/mine/away", answersOf("away", away...), http.StatusSeeOther)
		centers, err := w.centers(ctx, "15", 9)
		w.Must(err)
		me("/outwork/mine/request", answersOf("ask", "kind", "wages", "said", "两个月没发工资", "center", number(centers[0].ID)), http.StatusSeeOther)
		me("/outwork/mine", nil, 200, "拖欠工资", "2025-09-30", "待办")
		list, err := w.requestsOf(ctx, 2, 9)
		w.Must(err)
		at := requestAt(&list[0])
		desk("/outwork/request", nil, 200, "拖欠工资", "剩 5 个工作日")
		desk(at, nil, 200, "两个月没发工资", "左旗驻银川服务中心", "银川市")
		desk(at+"/answer", answersOf("answer", "answer", ""), 422, "办理结果")
		desk(at+"/answer", with(answersOf("answer", "answer", "已补发"), "_version", "1"), http.StatusSeeOther)
		me("/outwork/mine", nil, 200, "已补发", "已办结")
		aways, err := awaysOf(ctx, w.Room.DB, 2, 1)
		w.Must(err)
		me("/outwork/mine/away/"+number(aways[0].ID), with(answersOf("back", "on", "2025-09-20"), "_version", "1"), http.StatusSeeOther)
		three, err := awaysOf(ctx, w.Room.DB, 3, 1)
		w.Must(err)
		village(awayAt(&three[0]), nil, 200, "乌云其木格3", "138****0003")
		village(awayAt(&three[0])+"/ask", answersOf("ask", "kind", "school", "said", "转学证明", "center", "0"), http.StatusSeeOther)
		village(awayAt(&three[0])+"/back", with(answersOf("back", "on", "2025-09-22"), "_version", "1"), http.StatusSeeOther)
		village("/outwork/away?all=1", nil, 200, "已返乡")
	})
}

func TestBrandsAndBrokersAreKeptThroughForms(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		desk := w.site(chief)
		brand := []string{"name", "驼乡月嫂", "trade", "家政", "skill", "母婴护理", "jobs", "120", "classes", "4", "income", "62400", "year", "2024", "incomeSource", "抽样调查"}
		at := desk("/outwork/brand/new", answersOf("brand", append(brand, "area", "1529")...), http.StatusSeeOther)
		desk(at+"/enlist", answersOf("enlist", "idNumber", "123"), 422, "身份证号")
		desk(at+"/enlist", answersOf("enlist", "idNumber", personNumber(w, 1)), http.StatusSeeOther)
		desk(at+"/change", with(answersOf("change", append(brand, "jobs", "150")...), "_version", "1"), http.StatusSeeOther)
		desk("/outwork/brand", nil, 200, "62,400", "2024 年，抽样调查", "还没有", "已达到")
		id := at[strings.LastIndex(at, "/"):]
		me := w.site(seeker(3))
		me("/outwork/brands"+id, nil, 200, "加入这个品牌")
		me("/outwork/brands"+id+"/enter", url.Values{}, http.StatusSeeOther)
		me("/outwork/brands"+id, nil, 200, "退出这个品牌")
		me("/outwork/brands"+id+"/leave", url.Values{}, http.StatusSeeOther)
		w.site(web.User{})("/outwork/brands", nil, 200, "驼乡月嫂")
		desk("/outwork/broker", answersOf("broker", "brokerName", "那仁", "phone", "13848300001", "area", "152921"), http.StatusSeeOther)
		list, err := w.brokers(ctx, "1529", 0, 9)
		w.Must(err)
		desk("/outwork/broker", nil, 200, "那仁", "138****0001")
		desk(brokerAt(list[0].ID), with(answersOf("mark", "mark", "C", "markWhy", "投诉一件"), "_version", "1"), http.StatusSeeOther)
		desk(brokerAt(list[0].ID), nil, 200, "C（关注）", "投诉一件")
		w.Must(w.CountTransfers(ctx))
		desk("/outwork/stable", nil, 200, "阿拉善左旗", "2025 年满 6 个月")
		desk("/outwork/stable/export", nil, 200)
	})
}

func TestTheDemonstrationTellsWhatRegistersShow(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		chiefest := web.User{ID: 14, Name: "厅", Role: chief.Role, RoleName: "管理", Area: "15", AreaName: "内蒙古自治区"}
		w.Must(w.SeedDemo(ctx, Cast{Officer: suriya, League: chief, Region: chiefest, Seeker: seeker(8), Unit: plant}))
		w.Must(w.SeedDemo(ctx, Cast{Officer: suriya, League: chief, Region: chiefest, Seeker: seeker(8), Unit: plant}))
		list, err := w.batches(ctx, batchFilter{area: "15"}, latest, 20)
		if err != nil || len(list) != 5 {
			t.Fatalf("%d batches, %v", len(list), err)
		}
		gone := w.members1(list[4].ID) // person 1 went in February, and was there for six months at the end of August
		if len(gone) != 1 || gone[1].State != Arrived || gone[1].Months != 6 {
			t.Errorf("%+v", gone)
		}
		people, err := w.brandPeople(ctx, "15")
		if err != nil || len(people) != 2 {
			t.Errorf("%v %v", people, err)
		}
		w.site(seeker(8))("/outwork/mine", nil, 200, "待本人确认", "确认参加")
		w.site(chief)("/outwork/desk", nil, 200, "1 份协议 60 日内到期", "秋季赴京")
	})
}
