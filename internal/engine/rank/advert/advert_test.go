package advert

import (
	"slices"
	"testing"
)

func TestAPastedAdvertIsRead(t *testing.T) {
	for _, c := range []struct {
		name, text       string
		title            string
		openings         int
		low, high        int64 // yuan a month
		place            string
		education, month int
		hours            string
		benefits         []string
		contact          string
	}{
		{"named lines", "【招聘岗位】：电焊工\n招聘人数：3人\n薪资待遇：6000-8000元/月，包吃住，五险\n工作地点：阿拉善左旗巴彦浩特镇\n学历要求：初中及以上\n工作经验：2年以上\n联系电话：13800000000",
			"电焊工", 3, 6000, 8000, "阿拉善左旗巴彦浩特镇", 70, 24, "", []string{"五险", "包吃住"}, "13800000000"},
		{"one sentence", "额济纳旗某饭店急招服务员两名，月薪3500元，管吃管住，电话0483-6521234",
			"服务员", 2, 3500, 3500, "", 0, 0, "", []string{"包吃住"}, "0483-6521234"},
		{"a chat message", "招聘会计\n要求大专以上学历，3年以上财务工作经验\n月薪5k-7k 双休 五险一金\n地址在阿拉善盟阿左旗新华街12号",
			"会计", 0, 5000, 7000, "阿拉善盟阿左旗新华街12号", 30, 36, "full", []string{"五险一金", "双休"}, ""},
		{"day work", "日结零工：搬运工5名，200元/天，当天结账", "搬运工", 5, 4350, 4350, "", 0, 0, "day", nil, ""},
		{"pay not said", "岗位名称：行政文员\n薪资：面议\n学历不限，经验不限", "行政文员", 0, 0, 0, "", 0, 0, "", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			list := Read(c.text)
			if len(list) != 1 {
				t.Fatalf("读出 %d 个岗位：%+v", len(list), list)
			}
			a := list[0]
			low, high := a.Pay.Month()
			if a.Title != c.title || a.Openings != c.openings || low/100 != c.low || high/100 != c.high || a.Place != c.place || a.Education != c.education ||
				a.Experience != c.month || a.Hours != c.hours || !slices.Equal(a.Benefits, c.benefits) || a.Contact != c.contact {
				t.Errorf("读出 %+v\n应为 %+v", a, c)
			}
		})
	}
}

func TestAListOfKindsOfWorkGivesOneReadingEach(t *testing.T) {
	list := Read("内蒙古某煤业有限公司招聘：\n1、采掘工 20名，8000-12000元/月\n2、电工 5名，6000-7000元/月\n3、厨师 2名\n工作地点：鄂托克旗棋盘井镇\n食宿全包，联系电话：0477-1234567")
	var got []string
	for _, a := range list {
		got = append(got, a.Title)
		if a.Place != "鄂托克旗棋盘井镇" || a.Contact != "0477-1234567" || !slices.Contains(a.Benefits, "包吃住") {
			t.Errorf("只说一次的内容应当对每个岗位都有：%+v", a)
		}
	}
	if !slices.Equal(got, []string{"采掘工", "电工", "厨师"}) || list[0].Openings != 20 || list[1].Pay.Low != 600000 {
		t.Errorf("读出 %+v", list)
	}
	if list := Read("招聘焊工3名、厨师2名、保洁员1名"); len(list) != 3 || list[2].Openings != 1 {
		t.Errorf("一句话里的三个岗位读成 %+v", list)
	}
}

func TestATextThatIsNoAdvertGivesAnEmptyReading(t *testing.T) {
	for _, text := range []string{"", "  \n ", "招聘启事"} {
		if list := Read(text); len(list) != 1 || list[0].Title != "" || list[0].Pay.Said() {
			t.Errorf("%q 读成 %+v", text, list)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"招聘：焊工3名", "岗位：\n人数：十十名", "：：：", "月薪1万-\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(Read(text)) == 0 {
			t.Fatal("没有给出读数")
		}
	})
}
