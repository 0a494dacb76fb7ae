package search

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// townsMarket is a small market for what people type.
func townsMarket() *Index {
	ix := New(madeDictionary())
	ix.Add(
		Vacancy{ID: 1, Title: "电焊工", Occupation: "6-18-02-04", OccupationName: "焊工", Employer: "鑫达钢构", Area: "150824100001", PayLow: 600000, PayHigh: 800000, Flags: Housing, Body: "钢结构焊接", Posted: 20010, Contract: FixedTerm},
		Vacancy{ID: 2, Title: "焊接技师", Occupation: "6-18-02-04", OccupationName: "焊工", Employer: "远途重工", Area: "150824101001", PayLow: 450000, PayHigh: 480000, Flags: Housing, Body: "管道焊接", Posted: 20011},
		Vacancy{ID: 3, Title: "焊工学徒", Occupation: "6-18-02-04", OccupationName: "焊工", Employer: "青城机械", Area: "150105003001", PayLow: 500000, PayHigh: 700000, Body: "呼和浩特市赛罕区", Posted: 20012},
		Vacancy{ID: 4, Title: "挖掘机司机", Occupation: "6-30-05-05", Employer: "远途土石方", Area: "150824100002", PayLow: 800000, PayHigh: 900000, Body: "海流图工地", Posted: 20013},
		Vacancy{ID: 5, Title: "Java开发工程师", Occupation: "4-04-05-01", Employer: "青城科技", Area: "150105003001", PayLow: 900000, PayHigh: 1500000, Body: "MySQL，Linux", Flags: Insurance, Posted: 20014},
		Vacancy{ID: 6, Title: "会计", Occupation: "2-06-03-00", Employer: "蒙洁物业", Area: "152921100001", Body: "会记账", Hours: PartTime, Posted: 20015},
	)
	return ix
}

func TestWhatAWordIsTakenFor(t *testing.T) {
	ix := townsMarket()
	for _, c := range []struct {
		text  string
		ids   []int64 // in any order
		words string  // word kind as
	}{
		{"海流图 焊工 5000以上 包住", []int64{1}, "海流图 place 乌拉特中旗海流图镇; 焊工 occupation 焊工; 5000以上 pay 月薪 5000 元以上; 包住 condition 包住"},
		{"海流图焊工", []int64{1}, "海流图焊工 place 乌拉特中旗海流图镇; 海流图焊工 occupation 焊工"},
		{"乌拉特中旗", []int64{1, 2, 4}, "乌拉特中旗 place 巴彦淖尔市乌拉特中旗"},
		{"招焊工", []int64{1, 2, 3}, "招焊工 occupation 焊工"},
		{"hangong", []int64{1, 2, 3}, "hangong pinyin 焊工; hangong occupation 焊工"},
		{"HG", []int64{1, 2, 3}, "HG pinyin 焊工; HG occupation 焊工"},
		{"wajueji", []int64{4}, "wajueji pinyin 挖掘机司机; wajueji occupation 挖掘机司机"},
		{"汉工", []int64{1, 2, 3}, "汉工 spelling 焊工; 汉工 occupation 焊工"},
		{"店焊工", []int64{1, 2, 3}, "店焊工 occupation 焊工"},
		{"挖掘司机", []int64{4}, "挖掘司机 occupation 汽车驾驶员"},
		{"挖倔机司机", []int64{4}, "挖倔机司机 spelling 挖掘机司机; 挖倔机司机 occupation 挖掘机司机"},
		{"jvaa", []int64{5}, "jvaa spelling java"},
		{"兼职 会计", []int64{6}, "兼职 condition 兼职; 会计 occupation 会计"},
		{"kuaiji", []int64{6}, "kuaiji pinyin 会计; kuaiji occupation 会计"},
		{"8千到1万", []int64{1, 4, 5}, "8千到1万 pay 月薪 8000 至 10000 元"},
		{"j*", []int64{5}, ""},
		{"焊接*", []int64{1, 2}, ""},
		{"阿拉善", []int64{6}, "阿拉善 place 阿拉善盟"},
		{"量子计算", nil, ""},
	} {
		a, err := ix.Search(Query{Text: c.text, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		var ids []int64
		for _, h := range a.Hits {
			ids = append(ids, h.ID)
		}
		slices.Sort(ids)
		var said []string
		for _, u := range a.Understood {
			said = append(said, fmt.Sprint(u.Word, " ", u.Kind, " ", u.As))
		}
		if !slices.Equal(ids, c.ids) || strings.Join(said, "; ") != c.words {
			t.Errorf("%s finds %v, want %v; it is understood as %q, want %q", c.text, ids, c.ids, strings.Join(said, "; "), c.words)
		}
	}
}

func TestPayAsPeopleWriteIt(t *testing.T) {
	for _, c := range []struct {
		text     string
		from, to int64 // yuan
		ok       bool
	}{
		{"5000以上", 5000, 0, true}, {"5000+", 5000, 0, true}, {"5千以上", 5000, 0, true}, {"8k", 8000, 0, true}, {"1.5万", 15000, 0, true},
		{"5000-8000", 5000, 8000, true}, {"5-8k", 5000, 8000, true}, {"5000~8000元", 5000, 8000, true}, {"6千到8千", 6000, 8000, true}, {"1-1.5万", 10000, 15000, true},
		{"月薪6000", 6000, 0, true}, {"工资5000元以上", 5000, 0, true}, {"不低于4500", 4500, 0, true}, {"3000以下", 0, 3000, true}, {"５０００以上", 5000, 0, true}, {"5,000以上", 5000, 0, true},
		{"2025", 0, 0, false}, {"18", 0, 0, false}, {"4050", 0, 0, false}, {"13800001111", 0, 0, false}, {"8000-5000", 0, 0, false}, {"c1", 0, 0, false}, {"焊工", 0, 0, false}, {"5000以上焊工", 0, 0, false},
	} {
		f, _, ok := readPay(c.text)
		if ok != c.ok || f.PayFrom != c.from*100 || f.PayTo != c.to*100 {
			t.Errorf("%s is read as %d to %d, %v", c.text, f.PayFrom/100, f.PayTo/100, ok)
		}
	}
}

func TestSignsAndQuotationMarks(t *testing.T) {
	for text, want := range map[string][]word{
		"焊工 包住":                {{bare, plain, "焊工"}, {bare, plain, "包住"}},
		"＋焊工 －学徒":              {{must, plain, "焊工"}, {not, plain, "学徒"}},
		`+"钢结构 焊接" -"夜班"`:      {{must, phrase, "钢结构 焊接"}, {not, phrase, "夜班"}},
		"“长白班”焊*":              {{bare, phrase, "长白班"}, {bare, prefix, "焊"}},
		`"没有写完`:                {{bare, plain, "没有写完"}},
		`焊工"包住`:                {{bare, plain, "焊工"}, {bare, plain, "包住"}},
		"+ - * \" ++ --":       nil,
		"焊工，包住、双休；五险":          {{bare, plain, "焊工"}, {bare, plain, "包住"}, {bare, plain, "双休"}, {bare, plain, "五险"}},
		"5000-8000 c++ 1,000元": {{bare, plain, "5000-8000"}, {bare, plain, "c++"}, {bare, plain, "1,000元"}},
	} {
		if got, _ := parse(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is read as %v, want %v", text, got, want)
		}
	}
}

func TestALongTextIsReadInPartAndTheAnswerSaysSo(t *testing.T) {
	a, err := townsMarket().Search(Query{Text: strings.Repeat("焊工，", 70), Limit: 1})
	if err != nil || utf8.RuneCountInString(a.Ignored) != 10 || a.Total != 3 {
		t.Errorf("%d found, %q not read, %v", a.Total, a.Ignored, err)
	}
}

func TestWhatMissesOneWordIsShownApart(t *testing.T) {
	a, err := townsMarket().Search(Query{Text: "海流图 焊工 9000以上", Limit: 10, Relax: true})
	if err != nil || a.Total != 0 || len(a.Near) != 2 {
		t.Fatalf("%d found, nearly %v, %v", a.Total, a.Near, err)
	}
	for _, r := range a.Relax {
		if want := map[string]int{"海流图": 0, "焊工": 1, "9000以上": 1}[r.Word]; r.More != want {
			t.Errorf("without %s %d more, want %d", r.Word, r.More, want)
		}
	}
	a, err = townsMarket().Search(Query{Text: "+海流图 +焊工 +9000以上", Limit: 10})
	if err != nil || len(a.Near) != 0 {
		t.Errorf("what must be is not given up: %v", a.Near)
	}
}

func TestTypingAheadInCharactersPinyinAndInitials(t *testing.T) {
	ix := townsMarket()
	for typed, want := range map[string]string{"焊": "焊工", "han": "焊工", "hg": "焊工", "wlt": "乌拉特中旗", "海流": "海流图", "Java": "java开发工程师", "": ""} {
		list, first := ix.Suggest(typed, 5), ""
		if len(list) > 0 {
			first = list[0].Text
		}
		if first != want {
			t.Errorf("%q is completed to %v, want %q first", typed, list, want)
		}
	}
}

func TestVacanciesLikeOne(t *testing.T) {
	ix := townsMarket()
	list := ix.Similar(1, Filter{}, 5)
	if len(list) != 2 || list[0].ID+list[1].ID != 5 {
		t.Errorf("like the welder of Hailiutu: %v, want the other two", list)
	}
	if list := ix.Similar(1, Filter{Areas: []string{"1501"}}, 5); len(list) != 1 || list[0].ID != 3 {
		t.Errorf("in Hohhot: %v", list)
	}
	if list := ix.Similar(99, Filter{}, 5); list != nil {
		t.Errorf("like nothing: %v", list)
	}
}

func TestACursorBelongsToItsQuestion(t *testing.T) {
	ix := townsMarket()
	a, err := ix.Search(Query{Text: "焊工", Limit: 1})
	if err != nil || a.Next == "" {
		t.Fatal(a, err)
	}
	for _, q := range []Query{{Text: "电工", After: a.Next}, {Text: "焊工", After: "%"}, {Text: "焊工", After: a.Next[:12]}, {Text: "焊工", After: a.Next, Filter: Filter{Flags: Housing}}} {
		if _, err := ix.Search(q); !errors.Is(err, ErrCursor) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

func TestNewestFirst(t *testing.T) {
	ids := all(t, townsMarket(), Query{Text: "焊工", Limit: 1, Newest: true})
	if !slices.Equal(ids, []int64{3, 2, 1}) {
		t.Errorf("newest first: %v", ids)
	}
}

func TestFacetsGoOneLevelBelowTheFilter(t *testing.T) {
	ix := townsMarket()
	for _, c := range []struct {
		Filter
		area, occupation string
	}{
		{Filter{}, "1508 3, 1501 2, 1529 1", "6 4, 2 1, 4 1"},
		{Filter{Areas: []string{"1508"}, Occupations: []string{"6"}}, "150824 3", "6-18 2, 6-30 1"},
		{Filter{Areas: []string{"150824"}, Occupations: []string{"6-18-00-00"}}, "150824100 1, 150824101 1", "6-18-02 2"},
	} {
		a, err := ix.Search(Query{Filter: c.Filter, Facets: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{c.area, c.occupation} {
			var got []string
			for _, n := range a.Facets[i].Counts {
				got = append(got, fmt.Sprint(n.Code, " ", n.N))
			}
			if strings.Join(got, ", ") != want {
				t.Errorf("%+v by %s: %v, want %s", c.Filter, a.Facets[i].Name, got, want)
			}
		}
	}
}

func FuzzAnythingTypedIsAQuestion(f *testing.F) {
	ix := townsMarket()
	for _, text := range append(madeWords, `+"焊工 -* "“包*`, "－－－", "a\x00b\x01c\x02", "\xff\xfe", "++c++ +++", strings.Repeat("焊", 300), "ᠮᠣᠩᠭᠣᠯ", "1-", "*", "5000-8000-9000") {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ix.Search(Query{Text: text, Limit: 10, Facets: true, Relax: true})
		if err != nil || a.Total > ix.Len() || len(a.Hits) > a.Total {
			t.Fatalf("%q: %+v, %v", text, a, err)
		}
		ix.Suggest(text, 5)
		normalised := string(normal(nil, text))
		if again := normal(nil, strings.ReplaceAll(normalised, string(edge), "")); len(again) > len(normalised) {
			t.Fatalf("%q grows to %q", normalised, string(again))
		}
	})
}
