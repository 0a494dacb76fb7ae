package rank

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	bayan  = Place{Area: "152921100", Lon: 105.67, Lat: 38.84, Known: true} // 巴彦浩特镇
	jilan  = Place{Area: "152921102", Lon: 105.67, Lat: 38.84, Known: true} // 吉兰泰镇, same banner
	ejin   = Place{Area: "152923100", Lon: 101.06, Lat: 41.96, Known: true} // 额济纳旗
	nobody = Place{}
)

var (
	cleaning    = Work{Code: "4-09-08-01", Name: "保洁员"}
	sweeping    = Work{Code: "4-09-08-04", Name: "道路清扫工"}
	gardening   = Work{Code: "4-09-10-01", Name: "园林绿化工"}
	electrician = Work{Code: "6-31-01-03", Name: "电工"}
	welder      = Work{Code: "6-18-02-04", Name: "焊工"}
	accountant  = Work{Code: "2-06-03-00", Name: "会计"}
	miner       = Work{Code: "6-16-01-05", Name: "采煤工"}
)

// plainly prepares a profile with the tree of occupations alone.
func plainly(p Profile) *Seeker { return (*Atlas)(nil).Prepare(p) }

func TestWhatTwoOccupationsHaveInCommon(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"6-18-02-04", "6-18-02-04", 4}, {"6-18-02-04", "6-18-02-01", 3}, {"6-18-02-04", "6-18-01-01", 2}, {"6-18-02-04", "6-31-01-03", 1},
		{"6-18-02-04", "4-09-08-01", 0}, {"6-18-02-04", "6-18-02", 3}, {"6-18-02-04", "6-18-00-00", 2}, {"6-18", "6-18-00-00", 4}, {"6-00-00-00", "6-00-00-00", 4}, {"6-18-00-00", "6-31-01-03", 1},
		{"2-06-03-00", "2-06-03-00", 4}, // an occupation that is its class's only one
		{"", "", 0}, {"", "6-18-02-04", 0}, {"电工", "电工", 0}, {"6-18-02-04-05", "6-18-02-04", 0}, {"6-300", "6-31", 0},
	} {
		if got := common(codeOf(c.a), codeOf(c.b)); got != c.want {
			t.Errorf("%q and %q have level %d in common, want %d", c.a, c.b, got, c.want)
		}
	}
	if got := codeOf("6-18-2-4").String(); got != "6-18-02-04" {
		t.Error(got)
	}
}

// Codes come from imported tables and other programs.
func FuzzACodeIsReadWholeOrNotAtAll(f *testing.F) {
	for _, text := range []string{"6-18-02-04", "6-18", "2-06-03-00", "", "-", "6-18-02-04-05", "６-18", "6--18", "255-1", "256-1"} {
		f.Add(text, "6-18-02-04")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := codeOf(a), codeOf(b)
		if x != 0 && codeOf(x.String()) != x {
			t.Errorf("%q is read as %s, which is read as %s", a, x, codeOf(x.String()))
		}
		if n := common(x, y); n != common(y, x) || n < 0 || n > 4 || x != y && n > min(x.depth(), y.depth()) {
			t.Errorf("%q and %q have %d levels in common", a, b, n)
		}
	})
}

func heard(reasons []Reason) (out []string) {
	for _, r := range reasons {
		out = append(out, map[bool]string{true: "+", false: "−"}[r.For]+r.Zh)
	}
	return out
}

func TestWhatPeopleAreTold(t *testing.T) {
	cleaner := Profile{Wish: []Work{cleaning}, Pay: 300000, Education: 70, Home: bayan, Willing: true}
	names := &Atlas{Name: func(code string) string {
		return map[string]string{"4-09-08-00": "环境卫生服务人员", "4-09-00-00": "水利、环境和公共设施管理服务人员"}[code]
	}}
	cases := []struct {
		name    string
		atlas   *Atlas
		person  Profile
		vacancy Vacancy
		barred  bool
		reasons []string // + for, − against
	}{
		{"the job she looks for, in her town, for the pay she wants", nil, cleaner,
			Vacancy{Work: cleaning, PayLow: 310000, PayHigh: 350000, Education: 70, Place: bayan, Openings: 2, Contract: 24, Age: 3}, false,
			[]string{"+正是您想找的工种", "+就在您住的苏木乡镇（街道）", "+工资达到您的要求", "+学历符合要求", "+合同 24 个月", "+3 天前发布或确认在招", "+招 2 人，还没有人应聘", "−录用以面谈为准，试用期、加班和社会保险请当面问清"}},
		{"related work in another town of the banner, a little underpaid", names, cleaner,
			Vacancy{Work: sweeping, PayLow: 200000, PayHigh: 240000, Place: jilan, Openings: 1, Applicants: 4, Age: 20}, false,
			[]string{"+与您想找的“保洁员”同属“环境卫生服务人员”", "+在您住的旗县（市、区）", "+不要求学历", "−工资比您的要求低 600 元", "−招 1 人，已有 4 人应聘"}},
		{"something else, far away, for graduates, without pay, an old advert", nil, cleaner,
			Vacancy{Work: accountant, Education: 30, Place: ejin, Openings: 1, Age: 80, Experience: 12}, true,
			[]string{"+招 1 人，还没有人应聘", "−岗位要求大学专科，您登记的是初中，相差较多", "−与您想找的“保洁员”不是一类工作", "−要求 12 个月经验，登记的有 0 个月", "−离您家约 522 公里，当天来回不便", "−没有写明工资，应聘前请先问清", "−已有 80 天没有更新，应聘前请先打电话问"}},
		{"a welder who learned something and can do what is asked", nil,
			Profile{Wish: []Work{welder}, Past: []Work{{Code: "6-31-01-02", Name: "钳工", Months: 30}}, Pay: 500000, Education: 40, Home: bayan, Skills: []string{"识图", "电工基础"}},
			Vacancy{Work: electrician, PayLow: 600000, PayHigh: 700000, Education: 60, Place: bayan, Experience: 24, Skills: []string{"识图", "变频器", "PLC"}, Contract: 999}, false,
			[]string{"−与您想找的“焊工”只同属大类“6-00-00-00”", "+您做过相近的“钳工”", "+要求 24 个月经验，您有 30 个月", "+岗位要的技能您会 1 项：识图", "+可以学到 2 项新技能：变频器、PLC"}},
		{"one with a degree for work that asks for little", nil, Profile{Wish: []Work{{Name: "驯鹰"}}, Education: 20, Home: bayan, Pay: 500000},
			Vacancy{Work: gardening, PayLow: 300000, PayHigh: 300000, Education: 80, Place: bayan, Hours: Day}, false,
			[]string{"−您想找的“驯鹰”还没有对应到职业分类，按经历和条件推荐", "−只要求小学，您登记的是大学本科，学历用不上", "−工时是“日结”，收入可能不稳"}},
		{"a person of seventeen for the mine", nil, Profile{Wish: []Work{miner}, Young: true}, Vacancy{Work: miner}, true, []string{"+正是您想找的工种", "−法律禁止未满 18 周岁的人从事这类工作"}},
		{"less than somebody accepts", nil, Profile{Wish: []Work{cleaning}, Floor: 250000}, Vacancy{Work: cleaning, PayHigh: 240000}, true, []string{"−最高工资 2400 元，低于您的底线 2500 元"}},
		{"nights for somebody who has children to fetch", nil, Profile{Wish: []Work{cleaning}, Hours: Part | Full}, Vacancy{Work: cleaning, Hours: Shift}, true, []string{"−工时是“倒班”，不是您能接受的"}},
		{"farther than somebody goes", nil, Profile{Wish: []Work{cleaning}, Home: bayan, Radius: 50}, Vacancy{Work: cleaning, Place: ejin}, true, []string{"−超出您能去的 50 公里"}},
		{"a licence that is not there", nil, Profile{Wish: []Work{electrician}, Licences: []string{"低压电工证"}}, Vacancy{Work: electrician, Licences: []string{"低压电工证", "高压电工证"}}, true, []string{"−必须持有“高压电工证”，登记中没有"}},
		{"a licence that is there", nil, Profile{Wish: []Work{electrician}, Licences: []string{"低压电工证"}}, Vacancy{Work: electrician, Licences: []string{"低压电工证"}}, false, []string{"+正是您想找的工种"}},
		{"an invitation, told to everybody", nil, Profile{Wish: []Work{cleaning}}, Vacancy{Work: cleaning, Friendly: 2}, false, []string{"+岗位注明欢迎重点群体"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := c.atlas.Prepare(c.person).Score(c.vacancy)
			if got.Barred != c.barred {
				t.Errorf("barred %v", got.Barred)
			}
			for _, r := range got.Reasons {
				if r.En == "" || strings.Contains(r.En, "%!") || strings.Contains(r.Zh, "%!") {
					t.Errorf("bad wording: %+v", r)
				}
			}
			list := heard(got.Reasons)
			for _, want := range c.reasons {
				if !slices.Contains(list, want) {
					t.Errorf("%q is not told: %q", want, list)
				}
			}
			if len(c.reasons) > 7 {
				if diff := cmp.Diff(c.reasons, list); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// What the law forbids to choose by is not there to be used: 就业促进法 articles 3 and 26 to 31. Young and Welcome are there for
// what the law protects and for inclusion; their tests are TestBeingInAnInvitedGroupNeverHarms and the one below.
func TestNothingForbiddenCanChangeTheAnswer(t *testing.T) {
	allowed := []string{"Wish", "Past", "Trained", "Certified", "Skills", "Licences", "Pay", "Education", "Home", "Willing", "Floor", "Radius", "Hours", "Young", "Welcome", "Weight",
		"Code", "Name", "Months", "Area", "Lon", "Lat", "Known"}
	var check func(reflect.Type)
	check = func(typ reflect.Type) {
		if typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		for i := range typ.NumField() {
			f := typ.Field(i)
			if !slices.Contains(allowed, f.Name) {
				t.Errorf("%s.%s: decide by law, not by habit, before it is used for ranking", typ.Name(), f.Name)
			}
			if f.Type.Kind() == reflect.Struct || f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct {
				check(f.Type)
			}
		}
	}
	check(reflect.TypeOf(Profile{}))
}

func TestBeingYoungOnlyKeepsFromWhatTheLawForbids(t *testing.T) {
	vacancies, people := market(2000, 60)
	ix := NewIndex(vacancies)
	for _, p := range people {
		grown := ix.Best(plainly(p), 20)
		p.Young = true
		grown = slices.DeleteFunc(grown, func(x Pick) bool { return ix.rows[x.At].hazard })
		if diff := cmp.Diff(grown, ix.Best(plainly(p), 20)[:len(grown)]); diff != "" {
			t.Fatal(diff)
		}
	}
	for code, want := range map[string]bool{"6-16-01-05": true, "6-16-02-02": true, "6-11-09-05": true, "6-31-01-03": false, "4-09-08-01": false, "": false} {
		if codeOf(code).hazardous() != want {
			t.Errorf("%s is hazardous: %v", code, !want)
		}
	}
}

func TestFullVacanciesAreNotRecommended(t *testing.T) {
	ix := NewIndex([]Vacancy{{ID: 1, Work: electrician}, {ID: 2, Work: electrician, Openings: 1}})
	if got := plainly(Profile{Wish: []Work{electrician}}).Top(ix, 5); len(got) != 1 || got[0].ID != 2 {
		t.Errorf("got %v", got)
	}
	if got := plainly(Profile{}).Top(ix, 0); got != nil {
		t.Errorf("nobody asked for any: %v", got)
	}
}

func TestAmongEqualVacanciesThatWithFewestApplicantsComesFirst(t *testing.T) {
	v := func(id int64, applicants int) Vacancy {
		return Vacancy{ID: id, Work: electrician, Openings: 1, Applicants: applicants}
	}
	got := plainly(Profile{Wish: []Work{electrician}}).Top(NewIndex([]Vacancy{v(4, 1), v(3, 0), v(2, 1), v(1, 9)}), 3)
	var ids []int64
	for _, r := range got {
		ids = append(ids, r.ID)
	}
	if want := []int64{3, 2, 4}; !slices.Equal(ids, want) {
		t.Errorf("order %v, want %v", ids, want)
	}
}

func TestPriorityWeighsTheValueNotTheOrder(t *testing.T) {
	v := Vacancy{ID: 1, Work: electrician, Openings: 1, PayHigh: 400000}
	plain := plainly(Profile{Wish: []Work{electrician}}).Score(v)
	first := plainly(Profile{Wish: []Work{electrician}, Weight: 1500}).Score(v)
	if first.Score != plain.Score || first.Value != (plain.Score*3+1)/2 || plain.Value != plain.Score {
		t.Errorf("%d worth %d, %d worth %d", plain.Score, plain.Value, first.Score, first.Value)
	}
}

func TestObservedMovesBringWorkNearer(t *testing.T) {
	moves := NewMoves([]Move{
		{"6-16-01-05", "4-02-02-01", 300}, // miners become drivers
		{"6-16-01-15", "4-02-02-01", 20}, {"4-09-08-01", "4-10-01-06", 300}, {"2-06-03-00", "4-10-01-06", 100}, {"6-31-01-03", "6-18-02-04", 200},
		{"6-31-01-03", "6-31-01-03", 9999}, // staying is no move
	})
	lift := func(a, b string) float64 { return moves.lift(codeOf(a), codeOf(b)) }
	if l := lift("6-16-01-05", "4-02-02-01"); l < 2 || l > 4 {
		t.Errorf("miners to drivers: %.2f times", l)
	}
	if seen, unseen := lift("6-16-01-05", "4-02-02-01"), lift("6-16-01-05", "4-02-02-02"); unseen <= 1 || unseen >= seen {
		t.Errorf("an occupation nobody was seen to move to takes its class's value, drawn back: %.2f, the class's occupation %.2f", unseen, seen)
	}
	if l := lift("4-09-08-01", "4-02-02-01"); l >= 1 {
		t.Errorf("cleaners to drivers: %.2f times", l)
	}
	if NewMoves(nil).lift(codeOf("6-16-01-05"), codeOf("4-02-02-01")) != 1 || (*Moves)(nil).points(1, 2) != 0 {
		t.Error("nothing known is as by chance")
	}
	a := &Atlas{Moves: moves}
	miners := Profile{Past: []Work{{Code: "6-16-01-05", Name: "采煤工"}}}
	driver := Vacancy{Work: Work{Code: "4-02-02-01"}}
	with, without := a.Prepare(miners).Score(driver), plainly(miners).Score(driver)
	if with.Chance <= without.Chance || !slices.ContainsFunc(with.Reasons, func(r Reason) bool {
		return strings.HasPrefix(r.Zh, "做过“采煤工”的人转做这类工作的，是平均的")
	}) {
		t.Errorf("%d and %d: %v", with.Chance, without.Chance, heard(with.Reasons))
	}
}

func TestDistance(t *testing.T) {
	if km, ok := Km(bayan, ejin); !ok || km < 515 || km > 530 {
		t.Errorf("巴彦浩特 to 额济纳 is %.1f km", km)
	}
	if _, ok := Km(bayan, nobody); ok {
		t.Error("a distance to nowhere")
	}
	got := plainly(Profile{Home: bayan}).Score(Vacancy{Place: Place{Area: "152221", Lon: 105.9, Lat: 38.9, Known: true}})
	if !slices.ContainsFunc(got.Reasons, func(r Reason) bool { return r.Zh == "离您家约 21 公里" }) {
		t.Errorf("%+v", got.Reasons)
	}
	for km, last := 0, 1000; km < 3000; km++ {
		if p := farther(km); p > last {
			t.Fatalf("%d km is better than %d", km, km-1)
		} else {
			last = p
		}
	}
}

func TestReasonsAreToldToEmployersAboutThePerson(t *testing.T) {
	got := plainly(Profile{Wish: []Work{electrician}, Pay: 500000, Education: 60, Home: bayan}).
		Score(Vacancy{Work: electrician, PayHigh: 400000, Education: 30, Place: bayan}).Reasons
	for _, want := range []Reason{
		{true, "正是本人想找的工种", "The very occupation they look for"},
		{true, "就在本人住的苏木乡镇（街道）", "In their own township"},
		{false, "工资比本人的要求低 1000 元", "Pays 1000 yuan less than they ask for"},
		{false, "岗位要求大学专科，本人登记的是高中", "a college diploma required, theirs is on record as upper secondary school"},
	} {
		if !slices.ContainsFunc(got, func(r Reason) bool { return r.About() == want }) {
			t.Errorf("%+v is not told: %+v", want, got)
		}
	}
}

func TestThePartsOfTheBenefitAreAThousand(t *testing.T) {
	if sum := benefitWork + benefitPay + stability[len(stability)-1].points + timeBenefit[Full] + benefitSkill*skillsMost; sum != 1000 {
		t.Error(sum)
	}
	if c := chance(base); c*1000/chanceMost < 30 || c*1000/chanceMost > 40 {
		t.Errorf("the chance without anything known is %d thousandths", c*1000/chanceMost)
	}
}
