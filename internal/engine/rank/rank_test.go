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

func TestTextsThatNameAnOccupation(t *testing.T) {
	for text, want := range map[string]Occupation{
		"保洁":          {"保洁员", "家政保洁"},
		"保洁员（日结）":     {"保洁员", "家政保洁"},
		"家政服务员":       {"家政服务员", "家政保洁"},
		"居家养老护理员":     {"养老护理员", "家政保洁"},
		"诚聘 汽车维修工 两名": {"汽车维修工", "机电维修"},
		"设备维修工":       {"机修钳工", "机电维修"},
		"光伏电站运维员":     {"光伏运维员", "能源采矿"},
		"ＣＮＣ数控 操作":    {"车工", "机电维修"},
		"驯鹰人":         {"驯鹰人", ""},
		"  ":          {"", ""},
	} {
		if got := Code(text); got != want {
			t.Errorf("%q is understood as %v, want %v", text, got, want)
		}
	}
}

func TestTheTableOfOccupations(t *testing.T) {
	if n := len(Families()); n != 12 {
		t.Errorf("there are %d families, want 12", n)
	}
	owner := map[string]string{}
	for _, f := range families {
		for _, line := range f.occupations {
			name := strings.Fields(line)[0]
			for _, w := range strings.Fields(line) {
				if before, twice := owner[plain(w)]; twice {
					t.Errorf("%q names both %s and %s", w, before, name)
				}
				owner[plain(w)] = name
			}
		}
	}
}

func TestWhatPeopleAreTold(t *testing.T) {
	cleaner := Profile{Wish: "保洁", Pay: 300000, Education: 70, Place: bayan}
	cases := []struct {
		name    string
		person  Profile
		vacancy Vacancy
		score   int
		reasons []string // + for, − against
	}{
		{"the job she looks for, in her town, for the pay she wants", cleaner,
			Vacancy{Occupation: "保洁员", PayLow: 310000, PayHigh: 350000, Education: 70, Place: bayan},
			900, []string{"+正是您想找的工种", "+就在您住的苏木乡镇（街道）", "+工资达到您的要求", "+学历符合要求"}},
		{"related work in another town of the banner, a little underpaid", cleaner,
			Vacancy{Occupation: "家政服务员", PayLow: 200000, PayHigh: 240000, Place: jilan},
			260 + 220 + (110 - 55) + 100, []string{"+与您想找的“保洁”同属家政保洁", "+在您住的旗县（市、区）", "+不要求学历", "−工资比您的要求低 600 元"}},
		{"something else, far away, for graduates, without pay", cleaner,
			Vacancy{Occupation: "会计", Education: 30, Place: ejin},
			0, []string{"−与您想找的“保洁”不是一类工作", "−离您家约 522 公里，当天来回不便", "−没有写明工资，应聘前请先问清", "−岗位要求大学专科，您登记的是初中"}},
		{"a driver who never said what he wants", Profile{Past: []string{"货车司机"}, Certified: []string{"电工"}},
			Vacancy{Title: "长途货运司机", PayLow: 600000, PayHigh: 800000, Place: bayan},
			400 + 150 + 100, []string{"+您做过“货运司机”", "+不要求学历"}},
		{"a welder who learned something related", Profile{Wish: "焊工", Trained: []string{"钳工"}, Pay: 500000, Education: 40, Place: bayan},
			Vacancy{Occupation: "电工", PayLow: 600000, PayHigh: 700000, Education: 60, Place: bayan},
			260 + 45 + 250 + 150 + 100, []string{"+与您想找的“焊工”同属机电维修", "+您参加过相近的“机修钳工”培训", "+就在您住的苏木乡镇（街道）", "+工资比您的要求高 1000 元以上", "+学历符合要求"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Prepare(c.person).Score(c.vacancy)
			if got.Score != c.score {
				t.Errorf("score %d, want %d", got.Score, c.score)
			}
			var told []string
			for _, r := range got.Reasons {
				told = append(told, map[bool]string{true: "+", false: "−"}[r.For]+r.Zh)
				if r.En == "" || strings.Contains(r.En, "%!") || strings.Contains(r.Zh, "%!") {
					t.Errorf("bad wording: %+v", r)
				}
			}
			if diff := cmp.Diff(c.reasons, told); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What the law forbids to choose by is not there to be used: 就业促进法 articles 3 and 26 to 31.
func TestNothingForbiddenCanChangeTheAnswer(t *testing.T) {
	allowed := []string{"Wish", "Past", "Trained", "Certified", "Pay", "Education", "Place", "Area", "Lon", "Lat", "Known"}
	var check func(reflect.Type)
	check = func(typ reflect.Type) {
		for i := range typ.NumField() {
			f := typ.Field(i)
			if !slices.Contains(allowed, f.Name) {
				t.Errorf("%s.%s: decide by law, not by habit, before it is used for ranking", typ.Name(), f.Name)
			}
			if f.Type.Kind() == reflect.Struct {
				check(f.Type)
			}
		}
	}
	check(reflect.TypeOf(Profile{}))
}

func TestFullVacanciesAreNotRecommended(t *testing.T) {
	ix := NewIndex([]Vacancy{{ID: 1, Occupation: "电工"}, {ID: 2, Occupation: "电工", Openings: 1}})
	if got := Top(Profile{Wish: "电工"}, ix, 5); len(got) != 1 || got[0].ID != 2 {
		t.Errorf("got %v", got)
	}
	if got := Top(Profile{}, ix, 0); got != nil {
		t.Errorf("nobody asked for any: %v", got)
	}
}

func TestEqualScoresGoToTheVacancyWithFewestApplicants(t *testing.T) {
	v := func(id int64, applicants int) Vacancy {
		return Vacancy{ID: id, Occupation: "电工", Openings: 1, Applicants: applicants}
	}
	got := Top(Profile{Wish: "电工"}, NewIndex([]Vacancy{v(4, 1), v(3, 0), v(2, 1), v(1, 9)}), 3)
	var ids []int64
	for _, r := range got {
		ids = append(ids, r.ID)
	}
	if want := []int64{3, 2, 4}; !slices.Equal(ids, want) {
		t.Errorf("order %v, want %v", ids, want)
	}
}

func TestDistance(t *testing.T) {
	if km, ok := Km(bayan, ejin); !ok || km < 515 || km > 530 {
		t.Errorf("巴彦浩特 to 额济纳 is %.1f km", km)
	}
	if _, ok := Km(bayan, nobody); ok {
		t.Error("a distance to nowhere")
	}
	got := Prepare(Profile{Place: bayan}).Score(Vacancy{Place: Place{Area: "152221", Lon: 105.9, Lat: 38.9, Known: true}})
	if !slices.ContainsFunc(got.Reasons, func(r Reason) bool { return r.Zh == "离您家约 21 公里" }) {
		t.Errorf("%+v", got.Reasons)
	}
}

func TestReasonsAreToldToEmployersAboutThePerson(t *testing.T) {
	got := Prepare(Profile{Wish: "电工", Pay: 500000, Education: 70, Place: bayan}).
		Score(Vacancy{Occupation: "电工", PayHigh: 400000, Education: 30, Place: bayan}).Reasons
	want := []Reason{
		{true, "正是本人想找的工种", "The very occupation they look for"},
		{true, "就在本人住的苏木乡镇（街道）", "In their own township"},
		{false, "工资比本人的要求低 1000 元", "Pays 1000 yuan less than they ask for"},
		{false, "岗位要求大学专科，本人登记的是初中", "a college diploma required, theirs is on record as lower secondary school"},
	}
	for i, r := range got {
		if i >= len(want) || r.About() != want[i] {
			t.Errorf("%+v", r.About())
		}
	}
}

func TestSchoolingThatIsEnough(t *testing.T) {
	for _, c := range []struct {
		has, asked int
		want       bool
	}{{70, 0, true}, {70, 90, true}, {70, 70, true}, {40, 60, true}, {60, 40, true}, {70, 60, false}, {0, 20, true}, {20, 30, true}} {
		if got := Enough(c.has, c.asked); got != c.want {
			t.Errorf("Enough(%d, %d) = %v", c.has, c.asked, got)
		}
	}
}
