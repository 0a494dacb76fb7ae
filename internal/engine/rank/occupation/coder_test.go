package occupation

import (
	"math"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

var builtIn = sync.OnceValue(func() *Coder { return New(nil) })

func first(c *Coder, title string) string {
	for _, a := range c.Code(title, 1) {
		return a.Code
	}
	return ""
}

func TestEverydayTitlesAreKnownWithoutAnyLabel(t *testing.T) {
	for title, want := range map[string]string{
		"招聘收银员":               "4-01-02-04",
		"超市理货员（五险一金）":         "4-02-06-02",
		"某某饭店急招洗碗阿姨":          "4-03-02-05",
		"日薪300元 美团外卖骑手 包住":    "4-10-08-01",
		"叉车司机":                "6-30-01-00",
		"电焊工5名":               "6-18-02-04",
		"【急聘】小区保安":            "4-07-05-01",
		"保洁员+双休":              "4-09-08-01",
		"Java开发工程师":           "2-02-10-03",
		"ＪＡＶＡ开发工程师":           "2-02-10-03",
		"幼儿园主班老师":             "2-08-03-00",
		"总账会计":                "2-06-03-00",
		"养老院护工":               "4-10-01-05",
		"光伏电站运维":              "6-28-01-10",
		"奶茶店店员🧋":              "4-03-02-10",
		"招聘专员":                "4-07-03-08",
		"阿拉善盟兽医":              "2-03-06-01",
		"HR":                  "4-07-03-04",
		"月薪8000-10000元 挖掘机司机": "6-30-05-05",
		"家电维修":                "4-12-03-01",
	} {
		if got := first(builtIn(), title); got != want {
			t.Errorf("%s: %s, want %s (%+v)", title, got, want, builtIn().Code(title, 3))
		}
	}
}

func TestATitleWithoutALetterNamesNothing(t *testing.T) {
	for _, title := range []string{"", "   ", "！！！", "🧋", "（）", "5000-8000元", "北京"} {
		if got := builtIn().Code(title, 5); got != nil {
			t.Errorf("%q: %+v", title, got)
		}
	}
	if builtIn().Code("保安", 0) != nil {
		t.Error("no answers were asked for")
	}
}

func TestPiecesLeaveOutPayBenefitsAndTheFirm(t *testing.T) {
	for title, want := range map[string][]piece{
		"金品农机招聘机修工":             {{"金品农机", true}, {"机修工", false}},
		"招聘主管":                  {{"招聘主管", false}},
		"电话销售9K+五险一金+8小时双休":     {{"电话销售", false}},
		"饮料业务员（横峰）":             {{"饮料业务员", false}, {"横峰", true}},
		"（收银员）":                 {{"收银员", false}},
		"江苏区域业务主管":              {{"业务主管", false}},
		"课程顾问/主管":               {{"课程顾问", false}, {"主管", false}},
		"雅致新产品-区域经理 (MJ000008)": {{"雅致新产品", false}, {"区域经理", false}},
		"日薪400 滴滴诚聘网约车司机 包吃住":   {{"滴滴", false}, {"网约车司机", false}},
		"C++工程师":                {{"c++工程师", false}},
		"高级ic验证工程师-网络处理器方向(双休)": {{"高级ic验证工程师", false}, {"网络处理器方向", false}},
	} {
		if got := pieces(title); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", title, got, want)
		}
	}
}

func TestTheTreeTellsHowNearTwoOccupationsStand(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"4-01-02-03", "4-01-02-03", 4}, {"4-01-02-03", "4-01-02-04", 3}, {"4-01-02-03", "4-01-02-00", 3},
		{"4-01-02-03", "4-01-06-01", 2}, {"4-01-02-03", "4-01-00-00", 2}, {"4-01-02-03", "4-02-02-01", 1},
		{"4-01-02-03", "6-18-01-01", 0}, {"", "", 0},
	} {
		if got := Kinship(c.a, c.b); got != c.want || Kinship(c.b, c.a) != got {
			t.Errorf("%s and %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
	if got := builtIn().Table().Family("4-01-02-03", Middle); got != "批发与零售服务人员" {
		t.Errorf("the middle class of 商品营业员 is %s", got)
	}
	for code, want := range map[string]int{"4-00-00-00": Large, "4-01-00-00": Middle, "4-01-02-00": Small, "4-01-02-03": Detailed} {
		if Level(code) != want {
			t.Errorf("level of %s: %d", code, Level(code))
		}
	}
}

func TestACorrectionHelpsAtOnceAndCanBeTakenBack(t *testing.T) {
	c := builtIn()
	before := c.Code("骆驼主管", 3)
	right, err := c.Correct("骆驼主管", "5-03-02-01")
	if err != nil {
		t.Fatal(err)
	}
	if a := right.Code("招聘骆驼主管（阿拉善）", 3)[0]; a.Code != "5-03-02-01" || a.Score < 0.9 || !strings.Contains(a.Why, "更正") {
		t.Errorf("after the correction: %+v", a)
	}
	if got := first(right, "大骆驼主管"); got != "5-03-02-01" {
		t.Errorf("a title much alike: %s %+v", got, right.Code("大骆驼主管", 3))
	}
	later, _ := right.Correct("骆驼主管", "2-03-07-01")
	if got := first(later, "骆驼主管"); got != "2-03-07-01" {
		t.Errorf("the later correction counts: %s", got)
	}
	again, err := c.With(later.Corrections())
	if err != nil || again.Version() != later.Version() || !reflect.DeepEqual(again.Code("骆驼主管", 5), later.Code("骆驼主管", 5)) {
		t.Errorf("the same list gives another coder: %v", err)
	}
	back, _ := later.With(nil)
	if !reflect.DeepEqual(back.Code("骆驼主管", 3), before) || !reflect.DeepEqual(c.Code("骆驼主管", 3), before) {
		t.Error("taking back leaves traces")
	}
	if _, err := c.Correct("骆驼主管", "9-99-99-99"); err == nil {
		t.Error("a code that does not exist was taken")
	}
	if _, err := c.Correct("！", "5-03-02-01"); err == nil {
		t.Error("a title without a letter was taken")
	}
}

// lessons are a few hundred titles made of names, so that training runs without outside data.
func lessons() []Labelled {
	var list []Labelled
	for i, e := range everydays() {
		if i%12 == 0 {
			for _, name := range e.class.Aliases[:min(len(e.class.Aliases), 5)] {
				list = append(list, Labelled{"某厂招聘" + name, e.class.Code})
			}
		}
	}
	return list
}

func TestTrainingIsTheSameEveryTimeAndLearns(t *testing.T) {
	list := lessons()
	for i := range 30 { // here everybody says 飞人 for a courier
		list = append(list, Labelled{strings.Repeat("大", i%3) + "飞人", "4-02-07-08"})
	}
	list = append(list, Labelled{"没有的", "9-99-99-99"})
	a, unknown := builtIn().Train(list, 7)
	b, _ := builtIn().Train(list, 7)
	if unknown != 1 {
		t.Errorf("%d unknown codes", unknown)
	}
	for _, title := range []string{"飞人", "收银员", "焊工学徒", "什么都做"} {
		if !reflect.DeepEqual(a.Code(title, 10), b.Code(title, 10)) {
			t.Errorf("%s is coded two ways", title)
		}
	}
	if got := first(a, "招聘飞人"); got != "4-02-07-08" {
		t.Errorf("飞人 is %s", got)
	}
	some, _ := builtIn().Train([]Labelled{{"飞人", "4-02-07-08"}}, 7)
	if got := first(some, "飞人"); got != "4-02-07-08" {
		t.Errorf("one label is not heeded: %s", got)
	}
}

func TestAnImportedClassificationReplacesTheBuiltInOne(t *testing.T) {
	c := New([]Class{{Code: "A1", Name: "骆驼牧工", Aliases: []string{"驼倌"}}, {Code: "A2", Name: "盐湖采盐工"}, {Code: "", Name: "没有代码"}})
	if got := first(c, "招聘驼倌"); got != "A1" {
		t.Errorf("驼倌 is %s", got)
	}
	if len(c.Table().Classes()) != 2 {
		t.Errorf("%d classes", len(c.Table().Classes()))
	}
}

func TestAnswersAreSortedProbabilitiesOfDifferentCodes(t *testing.T) {
	words := rapid.SampledFrom([]string{"招聘", "高级", "销售", "司机", "老师", "工程师", "（双休）", "/", "+", " ", "5000元", "abc", "😀", "阿拉善", "厨", "\xff"})
	rapid.Check(t, func(t *rapid.T) {
		title := strings.Join(rapid.SliceOfN(words, 0, 8).Draw(t, "title"), "")
		k := rapid.IntRange(0, 30).Draw(t, "k")
		list := builtIn().Code(title, k)
		if len(list) > k {
			t.Fatalf("%d answers, %d asked for", len(list), k)
		}
		sum, seen := 0.0, map[string]bool{}
		for i, a := range list {
			if i > 0 && a.Score > list[i-1].Score || math.IsNaN(a.Score) || seen[a.Code] || a.Why == "" {
				t.Fatalf("answer %d of %q: %+v", i, title, list)
			}
			seen[a.Code] = true
			sum += a.Score
		}
		if sum > 1.01 {
			t.Fatalf("probabilities of %q sum to %f", title, sum)
		}
		if !reflect.DeepEqual(list, builtIn().Code(title, k)) {
			t.Fatalf("%q is coded two ways", title)
		}
	})
}

func TestManyReadersShareOneCoder(t *testing.T) {
	want := builtIn().Code("幼儿园保育员", 5)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 20 {
				builtIn().Code("仓库管理员", 5)
				if !reflect.DeepEqual(builtIn().Code("幼儿园保育员", 5), want) {
					t.Error("an answer of another title")
				}
			}
		})
	}
	wait.Wait()
}

func TestTheBuiltInTableHoldsTogether(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range BuiltIn() {
		if c.Name == "" || len(c.Code) != 10 {
			t.Errorf("%+v", c)
		}
		if seen[c.Code] && Level(c.Code) > Middle {
			t.Errorf("%s stands twice", c.Code)
		}
		seen[c.Code] = true
	}
	for _, c := range BuiltIn() {
		if !seen[Up(c.Code, Large)] || !seen[Up(c.Code, Middle)] {
			t.Errorf("%s %s has no upper level", c.Code, c.Name)
		}
	}
	if n := len(seen); n < 650 {
		t.Errorf("%d entries", n)
	}
}

func FuzzPieces(f *testing.F) {
	for _, s := range []string{"招聘", "（", "））", "5k-8k/月", "公司招聘", "\xff\xfe", "北京北京", "招招招聘"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range pieces(s) {
			if p.text == "" || utf8.RuneCountInString(p.text) > longest {
				t.Fatalf("%q gives %q", s, p.text)
			}
		}
	})
}

func BenchmarkCode(b *testing.B) {
	c, _ := builtIn().Train(lessons(), 1)
	titles := lessons()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		c.Code(titles[i%len(titles)].Title, 5)
	}
}
