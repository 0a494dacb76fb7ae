package duplicate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const text = "负责工厂设备的日常巡检、维修和保养，处理电气故障，做好检修记录；持有低压电工证，能看懂电路图，服从安排，注意安全。"

func electrician(id int64) Advert {
	return Advert{ID: id, Employer: "阿拉善某建材有限公司", Title: "电工", Code: "6-31-01-03", Area: "152921", Low: 600000, High: 800000, Contact: "04838221100", Body: text}
}

func TestWhichAdvertsAreOfTheSameWork(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Advert)
		same   bool
		reason string
	}{
		{"the very same", func(*Advert) {}, true, "同一单位"},
		{"posted twice on one site with other pay", func(a *Advert) { a.Source, a.Low = "", 650000 }, false, ""},
		{"posted twice on one site", func(a *Advert) { a.Source = "" }, true, "名称相同"},
		{"an ornamented title", func(a *Advert) { a.Title = "急招电工（包吃住）" }, true, "名称实质相同"},
		{"a near title", func(a *Advert) { a.Title = "维修电工" }, true, "职业相同"},
		{"another legal form", func(a *Advert) { a.Employer = "阿拉善某建材有限责任公司" }, true, "除组织形式外相同"},
		{"pay not said", func(a *Advert) { a.Low, a.High = 0, 0 }, true, "没有写明工资"},
		{"pay that overlaps", func(a *Advert) { a.Low, a.High = 700000, 900000 }, true, "工资区间有重合"},
		{"a village of the banner", func(a *Advert) { a.Area = "152921110200" }, true, "同一旗县"},
		{"posted twice on one site for two places", func(a *Advert) { a.Source, a.Area = "", "152921110200" }, false, ""},
		{"posted twice on one site with another text", func(a *Advert) {
			a.Source, a.Body = "", "夜班值守，负责水泵房和锅炉房的用电安全，每两小时抄表一次，发现跳闸及时处理并报告；会使用万用表，能上夜班。"
		}, false, ""},
		{"posted again on one site later, without a word changed", func(a *Advert) { a.Source, a.ID = "", 900 }, true, "工资区间相同"},
		{"an agency with the same text", func(a *Advert) { a.Employer, a.Contact = "某人力资源公司", "" }, true, "可能由中介转发"},
		{"an agency with the same text that hides the pay", func(a *Advert) { a.Employer, a.Contact, a.Low, a.High = "某人力资源公司", "", 0, 0 }, true, "可能由中介转发"},
		{"an agency with the same text and other pay", func(a *Advert) { a.Employer, a.Contact, a.Low = "某人力资源公司", "", 650000 }, false, ""},
		{"an agency with the same telephone and the pay rounded", func(a *Advert) {
			a.Employer, a.Low, a.Contact = "某人力资源公司", 650000, "王女士 0483-8221100"
		}, true, "联系电话相同"},
		{"two units that post themselves by one pattern", func(a *Advert) { a.Source, a.Employer = "", "巴彦浩特某机械厂" }, false, ""},
		{"two units that post themselves with one telephone", func(a *Advert) {
			a.Source, a.Employer, a.Contact = "", "巴彦浩特某机械厂", "王女士 0483-8221100"
		}, false, ""},
		{"an agency with another text", func(a *Advert) {
			a.Employer, a.Body = "某人力资源公司", strings.Repeat("包吃住，班车接送，多劳多得。", 8)
		}, false, ""},
		{"other work", func(a *Advert) { a.Title, a.Code = "厨师", "4-03-02-01" }, false, ""},
		{"another banner", func(a *Advert) { a.Area = "152923" }, false, ""},
		{"other pay", func(a *Advert) { a.Low, a.High = 200000, 300000 }, false, ""},
		{"another text and other pay", func(a *Advert) {
			a.High = 900000
			a.Body = strings.Repeat("矿井下作业面供电线路的敷设与检测，三班倒。", 5)
		}, false, ""},
	} {
		b := electrician(2)
		b.Source = "某网"
		c.change(&b)
		a := electrician(1)
		reasons, same := Compare(&a, &b)
		if same != c.same || same && !strings.Contains(strings.Join(reasons, "，"), c.reason) {
			t.Errorf("%s: %v %v", c.name, same, reasons)
		}
		if again, back := Compare(&b, &a); back != same || len(again) != len(reasons) {
			t.Errorf("%s: 换个次序就不同", c.name)
		}
	}
}

func TestAGroupMayBeOfAnySize(t *testing.T) {
	var list []Advert
	for i := range int64(5000) {
		a := electrician(i + 1)
		a.Low -= i % 3 * 1000 // each site rounds in its own way
		a.Source = fmt.Sprint(i % 3)
		list = append(list, a)
	}
	list[77].Standing = 9
	groups := Find(list, nil)
	if len(groups) != 1 || groups[0].Lead != 78 || len(groups[0].Members) != 4999 {
		t.Fatalf("%d 组", len(groups))
	}
	for _, m := range groups[0].Members {
		if len(m.Reasons) == 0 || m.With == m.ID {
			t.Fatalf("%+v 没有说理由", m)
		}
	}
}

func TestAnAdvertThatFitsTwoVacanciesDoesNotMakeThemOne(t *testing.T) {
	near, far, board := electrician(1), electrician(2), electrician(3)
	far.Area, far.High = "152921110200", 900000
	board.Source, board.Low = "某网", 620000
	groups := Find([]Advert{near, far, board}, nil)
	if len(groups) != 1 || len(groups[0].Members) != 1 {
		t.Fatalf("%+v", groups)
	}
	if groups[0].Lead != 3 && groups[0].Members[0].ID != 3 {
		t.Errorf("网上的一条没有归到其中一个岗位：%+v", groups)
	}
}

func TestAnAdvertBelongsToTheVacancyItIsCloserTo(t *testing.T) {
	near, like, board := electrician(1), electrician(2), electrician(3)
	near.Area, like.Area, like.Title = "152921110200", "152921110200", "矿山电工"
	near.Low, like.Low = 600000, 590000
	board.Source, board.Title = "某网", "电工（急招）"
	for _, list := range [][]Advert{{near, like, board}, {like, near, board}, {board, like, near}} {
		if groups := Find(list, nil); len(groups) != 1 || groups[0].Lead != 1 || groups[0].Members[0].ID != 3 {
			t.Errorf("%+v", groups)
		}
	}
}

func TestUnitsThatWriteByOnePatternStayApart(t *testing.T) {
	var list []Advert
	for i := range int64(40) {
		a := electrician(i + 1)
		a.Employer = fmt.Sprintf("巴彦浩特第%d机械厂", i)
		a.Contact = ""
		list = append(list, a)
	}
	copied := list[7]
	copied.ID, copied.Source, copied.Employer = 99, "某网", "某人力资源公司"
	groups := Find(append(list, copied), nil)
	if len(groups) != 1 || len(groups[0].Members) != 1 {
		t.Errorf("%+v", groups)
	}
}

func TestWhatAPersonHasSaidHolds(t *testing.T) {
	list := []Advert{electrician(1), electrician(2), electrician(3)}
	other := Advert{ID: 4, Employer: "别的单位", Title: "保安", Area: "152921"}
	list = append(list, other)
	for _, g := range Find(list, []Said{{1, 2, false}, {1, 4, true}}) {
		ids := []int64{g.Lead}
		for _, m := range g.Members {
			ids = append(ids, m.ID)
		}
		if slices.Contains(ids, 1) && slices.Contains(ids, 2) {
			t.Errorf("说过不同的仍在一组：%v", ids)
		}
		if slices.Contains(ids, 1) != slices.Contains(ids, 4) {
			t.Errorf("说过相同的不在一组：%v", ids)
		}
	}
}

func TestTheOrderOfAdvertsDoesNotMatterForWhoIsGroupedWithTheSameAdvert(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(t, "n")
		list := make([]Advert, n)
		for i := range list {
			list[i] = electrician(int64(i + 1))
			list[i].Employer = fmt.Sprintf("单位%d", rapid.IntRange(0, 3).Draw(t, "unit"))
			list[i].Body = ""
			list[i].Area = []string{"152921", "152923"}[rapid.IntRange(0, 1).Draw(t, "area")]
		}
		in := map[int64]bool{}
		for _, g := range Find(list, nil) {
			for _, id := range append([]int64{g.Lead}, ids(g)...) {
				if in[id] {
					t.Fatal("一个岗位在两组里")
				}
				in[id] = true
			}
		}
		for i := range list {
			for j := range list {
				if i != j && list[i].Employer == list[j].Employer && list[i].Area == list[j].Area && !in[list[i].ID] {
					t.Fatalf("%+v 没有找到重复", list[i])
				}
			}
		}
	})
}

func ids(g Group) (out []int64) {
	for _, m := range g.Members {
		out = append(out, m.ID)
	}
	return out
}

// BenchmarkFind takes 100,000 adverts, a quarter of them posted again with small changes.
func BenchmarkFind(b *testing.B) {
	list := market(100_000)
	for b.Loop() {
		Find(list, nil)
	}
}

func market(n int) []Advert {
	r := rand.New(rand.NewPCG(1, 2))
	titles := strings.Fields("电工 焊工 服务员 厨师 会计 司机 保洁员 护理员 销售 仓管 叉车工 文员 保安 收银员 幼师 挖掘机司机")
	words := strings.Split("负责日常巡检、维修和保养，处理故障，做好记录，持有证件优先，服从安排，注意安全，按时交接班，能吃苦耐劳，有责任心，五险一金，包吃住，班车接送，节日福利，带薪年假，月休四天，接待客人，整理台账，核对单据，配合检查", "，")
	var list []Advert
	for i := range n {
		if len(list) > 0 && i%4 == 3 {
			a := list[r.IntN(len(list))]
			a.ID = int64(i + 1)
			a.Title = "急招" + a.Title
			list = append(list, a)
			continue
		}
		k := r.IntN(len(titles))
		a := Advert{ID: int64(i + 1), Employer: fmt.Sprintf("阿拉善第%d号有限公司", r.IntN(n/8+1)), Title: titles[k], Code: fmt.Sprintf("6-%02d", k), Area: fmt.Sprintf("1529%02d", 21+r.IntN(3)), Low: int64(30+r.IntN(50)) * 10000}
		a.High = a.Low + 100000
		for range 12 {
			a.Body += words[r.IntN(len(words))] + "，"
		}
		list = append(list, a)
	}
	return list
}
