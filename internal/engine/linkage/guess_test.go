package linkage

import (
	"strings"
	"testing"

	"jiuye/internal/engine/linkage/madeup"
)

func TestColumnsAreGuessedFromTitlesAndValues(t *testing.T) {
	cases := []struct {
		title  string
		values []string
		want   string
	}{
		{"身份证号码（必填）", []string{"34052419800101001X", "340524198001010028", ""}, "idnumber"},
		{"列3", []string{"34052419800101001X", "340524198001010028"}, "idnumber"},
		{"gmsfhm", []string{"34052419800101001X", "340524198001010028"}, "idnumber"},
		{"姓名", []string{"王小芳", "李四"}, "name_zh"},
		{"surname", []string{"smith", "o'brien"}, "name"},
		{"联系方式", []string{"13812345678", "13912345679", "15912345670"}, "phone"},
		{"出生年月日", []string{"1979-03-08", "1980/4/5"}, "date"},
		{"家庭住址", []string{"阿拉善左旗吉兰泰镇", "巴彦浩特镇"}, "address_zh"},
		{"address_1", []string{"12 high street", "3 low road"}, "text"},
		{"统一社会信用代码", []string{"91350100M000100Y43", "x"}, "creditcode"},
		{"企业名称", []string{"安康家政服务有限公司", "吉兰泰盐化集团"}, "employer"},
		{"性别", []string{"男", "女"}, "category"},
		{"序号", []string{"1", "2", "3"}, "key"},
		{"序号", []string{"1", "1", "3"}, "code"},
		{"备注", []string{"", "无"}, ""},
		{"是否在职", []string{"是", "是", "是"}, ""},
	}
	for _, c := range cases {
		rows := make([][]string, 0, len(c.values))
		for i, v := range c.values {
			rows = append(rows, []string{v, strings.Repeat("x", i+3)})
		}
		_, said, err := Guess([]string{c.title, "其他"}, rows)
		if err != nil || said[0].Kind != c.want {
			t.Errorf("%s %v: taken for %q (%s), %v; want %q", c.title, c.values, said[0].Kind, said[0].Why, err, c.want)
		}
	}
}

func TestAGuessedModelFindsPeople(t *testing.T) {
	o := madeup.Issue(10_000, 6000)
	o.IDs = .5
	var rows [][]string
	madeup.Rows(o, func(row []string) bool {
		rows = append(rows, row[:10])
		return true
	})
	m, _, err := Guess(madeup.Titles[:10], rows[:5000])
	if err != nil {
		t.Fatal(err)
	}
	d, truth, _ := register(t, m, o)
	if e := Run(d).Evaluate(d, truth, .5); e.Best.F1 < .985 || e.Auto.Precision < .998 {
		t.Errorf("%+v", e)
	}
}

func TestNothingToGuessIsSaid(t *testing.T) {
	if _, _, err := Guess([]string{"甲", "乙"}, [][]string{{"", ""}, {"无", "1"}}); err == nil || !strings.Contains(err.Error(), "没有一列可用") {
		t.Errorf("got %v", err)
	}
	var titles []string
	var row, other []string
	for i := range 40 {
		titles = append(titles, strings.Repeat("姓", i+1)+"名姓名")
		row, other = append(row, "王小芳"), append(other, "李四")
	}
	m, said, err := Guess(titles, [][]string{row, other})
	if err != nil || len(m.Columns) < 3 || len(m.Columns) > 20 || said[39].Kind == said[0].Kind {
		t.Errorf("too many columns: %v, %d used", err, len(m.Columns))
	}
}

func TestTitlesOfManyOfficesAreUnderstood(t *testing.T) {
	for _, titles := range []string{"姓 名,性别,出生年月,身份证号码,联系电话,家庭住址", "1.人员姓名（必填）,2.性别,3.出生日期(yyyy-mm-dd),4.公民身份号码*,5.手机号码,6.现居住地址", "XM,sex,DateOfBirth,SFZH,Mobile,HomeAddress", "姓名,性別,生日,身分證號,手機,地址"} {
		d := people(t, strings.Split(titles, ","), [][]string{{"王小芳", "女", "1979-03-08", "", "13812345678", "吉兰泰镇"}})
		for _, c := range []string{"name", "birth", "id", "sex"} {
			if from, unfound := d.Unfound[c]; unfound {
				t.Errorf("%s: nothing found for %s among %v", titles, c, from)
			}
		}
	}
}

func TestAFormerNameIsAnAgreeingName(t *testing.T) {
	id := validNumber("15292119790308002")
	r := Run(people(t, []string{"姓名", "曾用名", "证件号"}, [][]string{{"苏日娜", "", id}, {"王美玲（曾用名：苏日娜）", "", id}, {"王美玲", "苏日娜", id}, {"赵敏", "", id}}))
	if r.Clusters[0] != r.Clusters[1] || r.Clusters[0] != r.Clusters[2] || r.Clusters[0] == r.Clusters[3] {
		t.Errorf("groups %v, pairs %+v", r.Clusters, r.Pairs)
	}
}

func FuzzGuessing(f *testing.F) {
	f.Add("姓名", "王小芳", "出生日期", "1979-03-08")
	f.Add("id", "1", "名称", "安康有限公司赤峰分公司")
	f.Fuzz(func(t *testing.T, a, x, b, y string) {
		titles, rows := []string{a, b}, [][]string{{x, y}, {y, x}, {x}, {}}
		m, said, err := Guess(titles, rows)
		if len(said) != 2 {
			t.Fatalf("said %v", said)
		}
		if err != nil {
			return
		}
		d, err := NewData(m)
		if err != nil {
			t.Fatal(err)
		}
		d.Header(titles)
		d.Add(rows)
		Run(d)
		Reading(x)
		if firm, branch := splitBranch(x); len(firm)+len(branch) > len(x)+len(branch) {
			t.Fatalf("%q is divided into %q and %q", x, firm, branch)
		}
	})
}

func FuzzReadingAModel(f *testing.F) {
	f.Add([]byte("name: m\ncolumns: [{name: a, kind: code}]\ncomparisons: [{column: a}]\nblocking: [{keys: [a]}]\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := Parse(text)
		if err != nil {
			return
		}
		d, err := NewData(m)
		if err != nil {
			t.Fatal(err)
		}
		d.Header([]string{"a", "b"})
		d.Add([][]string{{"1", "2"}, {"1", ""}, {"3", "2"}})
		Run(d)
	})
}
