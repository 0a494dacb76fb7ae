package linkage

import (
	"testing"

	"pgregory.net/rapid"
)

func TestValuesAreCleanedAndMarked(t *testing.T) {
	cases := []struct{ kind, in, want, status, rule string }{
		{"name_zh", "张 三", "张三", "valid", ""},
		{"name_zh", "張偉", "张伟", "valid", ""},
		{"name_zh", "蕭紅", "肖红", "valid", ""},
		{"name_zh", "娜仁·托娅", "娜仁托娅", "valid", ""},
		{"name_zh", "娜仁．托娅", "娜仁托娅", "valid", ""},
		{"name_zh", "娜仁・托娅", "娜仁托娅", "valid", ""},
		{"name_zh", "娜仁‧托娅", "娜仁托娅", "valid", ""},
		{"name_zh", "娜仁•托娅", "娜仁托娅", "valid", ""},
		{"name_zh", "娜仁.托娅", "娜仁托娅", "valid", ""},
		{"name_zh", "李四（曾用名：李五）", "李四", "repaired", "name.former"},
		{"name_zh", "李四 曾用名李五", "李四", "repaired", "name.former"},
		{"name_zh", "王芳女士", "王芳", "repaired", "name.title"},
		{"name_zh", "王芳(小)", "王芳", "repaired", "name.note"},
		{"name_zh", "王?芳", "王□芳", "suspicious", "name.gap"},
		{"name_zh", "王\ue5e5芳", "王□芳", "suspicious", "name.gap"},
		{"name_zh", "王*", "王□", "suspicious", "name.gap"},
		{"name_zh", "***", "", "invalid", "name.masked"},
		{"name_zh", "不详", "", "missing", ""},
		{"name_zh", "无", "", "missing", ""},
		{"name_zh", "12345", "", "invalid", "name.digits"},
		{"name", "O'Brien", "obrien", "valid", ""},
		{"name", "José", "jose", "valid", ""},
		{"name", " N/A ", "", "missing", ""},
		{"idnumber", "34052419800101001x", "34052419800101001X", "valid", ""},
		{"idnumber", "34052419800101001×", "34052419800101001X", "valid", ""},
		{"idnumber", "'34052419800101001X", "34052419800101001X", "valid", ""},
		{"idnumber", "３４０５２４１９８００１０１００１Ｘ", "34052419800101001X", "valid", ""},
		{"idnumber", "340524800101001", "34052419800101001X", "repaired", "id.from15"},
		{"idnumber", "3.40524E+17", "", "invalid", "id.scientific"},
		{"idnumber", "340524198001010000", "", "invalid", "id.precision"},
		{"idnumber", "111111111111111111", "", "invalid", "id.same"},
		{"idnumber", "1501**********1234", "1501**********1234", "suspicious", "id.masked"},
		{"idnumber", "340524198001010011", "340524198001010011", "invalid", "id.check"},
		{"idnumber", "无", "", "missing", ""},
		{"date", "1979-03-08", "1979-03-08", "valid", ""},
		{"date", "1979/3/8", "1979-03-08", "valid", ""},
		{"date", "1979年3月8日", "1979-03-08", "valid", ""},
		{"date", "19790308", "1979-03-08", "valid", ""},
		{"date", "1979-03-08 00:00:00", "1979-03-08", "valid", ""},
		{"date", "28922", "1979-03-08", "valid", ""},
		{"date", "79.3.8", "1979-03-08", "valid", ""},
		{"date", "08/03/1979", "1979-03-08", "valid", ""},
		{"date", "1979", "1979-00-00", "suspicious", "date.partial"},
		{"date", "197903", "1979-03-00", "suspicious", "date.partial"},
		{"date", "1979-02-30", "1979-02-30", "invalid", "date.calendar"},
		{"date", "1979-23-08", "1979-23-08", "suspicious", "date.swapped"},
		{"date", "1980-01-01", "1980-01-01", "suspicious", "date.firstday"},
		{"date", "昨天", "", "invalid", "date.form"},
		{"phone", "+86 138-1234-5678", "13812345678", "valid", ""},
		{"phone", "13800000000", "", "invalid", "phone.same"},
		{"phone", "138****5678", "138****5678", "suspicious", "phone.masked"},
		{"phone", "0483-8332211", "04838332211", "suspicious", "phone.landline"},
		{"phone", "1381234567", "1381234567", "invalid", "phone.length"},
		{"category", "男性", "男", "valid", ""},
		{"category", "蒙古族", "蒙古", "valid", ""},
		{"number", "1,234.50", "1234.5", "valid", ""},
		{"number", "很多", "", "invalid", "number.form"},
		{"area", "152921000000", "152921", "valid", ""},
		{"area", "150000", "15", "valid", ""},
		{"code", "ab-12 3", "AB123", "valid", ""},
		{"code", "0000", "0000", "suspicious", "code.same"},
		{"employer", " 阿拉善盟【安康】家政有限公司", "阿拉善盟(安康)家政有限公司", "valid", ""},
		{"creditcode", "91350100m000100y43", "91350100M000100Y43", "valid", ""},
		{"creditcode", "91350100M000100Y44", "91350100M000100Y44", "invalid", "creditcode.check"},
	}
	for _, c := range cases {
		got, mark := kinds[c.kind](newDict()).clean(c.in)
		if got != c.want || mark.Status.String() != c.status || mark.Rule != c.rule {
			t.Errorf("%s %q: got %q %s %q, want %q %s %q", c.kind, c.in, got, mark.Status, mark.Rule, c.want, c.status, c.rule)
		}
	}
}

func TestTwoValuesAgreeInTheRightDegree(t *testing.T) {
	cases := []struct{ kind, a, b, want string }{
		{"name_zh", "张伟", "张玮", "homophone"},
		{"name_zh", "单晓红", "单小红", "homophone"},
		{"name_zh", "解放", "谢放", "homophone"},
		{"name_zh", "仇英", "裘英", "homophone"},
		{"name_zh", "万俟雪", "莫其雪", "homophone"},
		{"name_zh", "尉迟恭", "玉迟恭", "homophone"},
		{"name_zh", "其力嘎", "其贺力嘎", "skeleton"},
		{"name_zh", "其力嘎", "其合力嘎", "skeleton"},
		{"name_zh", "娜仁托雅", "娜仁陶娅", "skeleton"},
		{"name_zh", "娜仁托雅", "娜仁托娅", "homophone"},
		{"name_zh", "王□芳", "王小芳", "placeholder"},
		{"name_zh", "刘宁", "刘林", "similar"},
		{"name_zh", "张志强", "章智强", "homophone"},
		{"name_zh", "张子强", "张志强", "similar"},
		{"name_zh", "王建", "王建国", "subset"},
		{"name_zh", "王国建", "王建国", "swapped"},
		{"name_zh", "王建国", "王爱国", "one_char"},
		{"name_zh", "魏辉", "魏慧义", "slips"},
		{"name_zh", "云绣", "王匀绣", "slips"},
		{"name_zh", "巴特尔娜仁", "巴特那仁", "slips"},
		{"name_zh", "珂木格哈斯", "其木格斯", "slips"},
		{"name_zh", "段丽", "段静滢", "surname"},
		{"name_zh", "王建国", "王小红", "surname"},
		{"name_zh", "王军", "王芳", "half"},
		{"name_zh", "李建国", "王爱民", "different"},
		{"name_zh", "王小军", "王建国", "surname"},
		{"name", "smith", "smyth", "edit1"},
		{"name", "katherine", "catherin", "edit2"},
		{"name", "de la cruz", "dela cruz", "core"},
		{"text", "wallaby place 7", "7 wallaby place", "words"},
		{"text", "green", "mitchell", "different"},
		{"employer", "阿拉善盟安康家政服务有限公司", "安康家政服务有限责任公司", "core"},
		{"employer", "赤峰市安康家政服务有限公司", "(赤峰市)安康家政服务有限责任公司", "core"},
		{"employer", "乌审旗安康家政服务有限公司", "安康家政服务店", "core"},
		{"employer", "内蒙古安康家政服务有限公司", "内蒙古安抗家政服务有限公司", "homophone"},
		{"employer", "安康家政服务有限公司", "安康家政服务有限公司赤峰分公司", "branch"},
		{"employer", "安康家政服务有限公司赤峰市分公司", "安康家政服务有限公司赤峰分公司", "core"},
		{"employer", "安康家政服务有限公司通辽分公司", "安康家政服务有限公司赤峰分公司", "branch"},
		{"employer", "安康家政服务有限公司第一分公司", "安康家政服务有限公司第二分公司", "branch"},
		{"employer", "安康家政服务有限公司", "吉兰泰盐化集团公司", "different"},
		{"creditcode", "91350100M000100Y43", "91350100M000100Y4", "edit1"},
		{"idnumber", "34052419800101001X", "340524198001010028", "different_valid"},
		{"idnumber", "34052419800101001X", "34052419800110001X", "edit1"},
		{"idnumber", "3405**********001X", "34052419800101001X", "masked"},
		{"date", "1979-03-08", "1979-08-03", "swapped"},
		{"date", "1979-03-08", "1978-03-08", "digit"},
		{"date", "1979-03-08", "1979-03-18", "digit"},
		{"date", "1979-03-08", "1979-03-00", "partial"},
		{"date", "1979-03-08", "1979-01-01", "firstday"},
		{"date", "1980-01-01", "1981-01-01", "digit"},
		{"date", "1979-03-28", "1979-11-01", "year"},
		{"date", "1959-03-08", "1988-03-08", "digits"},
		{"date", "1979-03-08", "1991-11-30", "different"},
		{"phone", "13812345678", "13812345679", "edit1"},
		{"phone", "13812345678", "13812354678", "edit1"},
		{"phone", "13812345678", "15999995678", "tail"},
		{"area", "152921100001", "152921100002", "township"},
		{"area", "152921", "152921100002", "banner"},
		{"address_zh", "阿拉善左旗巴彦浩特镇向阳社区12号", "内蒙古自治区阿拉善盟阿拉善左旗巴彦浩特镇向阳社区12号", "rest"},
		{"address_zh", "阿拉善左旗巴彦浩特镇向阳社区12号", "阿拉善左旗巴彦浩特镇向阳社区13号", "village"},
		{"address_zh", "阿拉善左旗巴彦浩特镇向阳社区12号", "阿拉善左旗吉兰泰镇胜利社区7号", "banner"},
		{"number", "100", "100.5", "within1"},
		{"category", "男", "女", "different"},
	}
	for _, c := range cases {
		d := newDomain(kinds[c.kind])
		a, _ := d.code(c.a)
		b, _ := d.code(c.b)
		names := d.degrees()
		if got := names[d.compare(a, b)].Name; got != c.want {
			t.Errorf("%s %s | %s: got %s, want %s", c.kind, c.a, c.b, got, c.want)
		}
		if there, back := d.compare(a, b), d.compare(b, a); there != back {
			t.Errorf("%s %s | %s: %s one way, %s the other", c.kind, c.a, c.b, names[there].Name, names[back].Name)
		}
	}
}

func TestANameIsReadWithItsSurnameReading(t *testing.T) {
	for name, want := range map[string]string{"单田芳": "shàn tián fāng", "仇和": "qiú hé", "解缙": "xiè jìn", "曾国藩": "zēng guó fān", "查良镛": "zhā liáng yōng",
		"区志强": "ōu zhì qiáng", "盖叫天": "gě jiào tiān", "任正非": "rén zhèng fēi", "朴树": "piáo shù", "尉迟恭": "yù chí gōng", "万俟卨": "mò qí xiè", "其木格": "qí mù gé",
		"娜仁·托娅": "nà rén tuō yà", "娜仁托雅": "nà rén tuō yǎ", "吕乐": "lǚ lè", "王□": "wáng □", "": ""} {
		if got := Reading(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestAnIDNumberIsRepairedOnlyWhenOneWayIsLeft(t *testing.T) {
	cases := []struct{ name, bad, birth, sex, want string }{
		{"one digit, birth and sex known", "340524198001010X1X", "1980-01-01", "男", "34052419800101001X"},
		{"swapped neighbours in the day of birth", "34052419801001001X", "1980-01-01", "男", "34052419800101001X"},
		{"a digit of the birth year", "34052419890101001X", "1980-01-01", "男", "34052419800101001X"},
		{"nothing to agree with", "34052419890101001X", "", "", ""},
		{"disagrees with the sex", "34052419890101001X", "1980-01-01", "女", ""},
		{"one digit missing in the birth year", "3405241980101001X", "1980-01-01", "男", "34052419800101001X"},
	}
	for _, c := range cases {
		if got, _ := repairID(c.bad, c.birth, c.sex); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestCleaningTwiceChangesNothing(t *testing.T) {
	letters := rapid.SampledFrom([]rune("张偉萧蕭其力嘎□?·*（）曾用名先生男MX×0123456789-/年月日.省市旗镇村号 abcé\ue123�"))
	for name, make := range kinds {
		rapid.Check(t, func(t *rapid.T) {
			d := newDomain(make)
			raw := string(rapid.SliceOfN(letters, 0, 20).Draw(t, "raw"))
			code, _ := d.code(raw)
			clean := string(d.values.text(code))
			again, _ := newDomain(make).code(clean)
			same, _ := d.code(clean)
			if same != code || (again == 0) != (code == 0) {
				t.Fatalf("%s %q: %q is number %d, then %d", name, raw, clean, code, same)
			}
			if repeated, _ := d.code(raw); repeated != code {
				t.Fatalf("%s %q: number %d, then %d", name, raw, code, repeated)
			}
		})
	}
}

func FuzzNoTextBreaksCleaningOrComparing(f *testing.F) {
	for _, s := range []string{"", "张三", "1501**********1234", "1.50102E+17", "1979-3-8", "\xd5", "阿拉善左旗巴彦浩特镇", "\x00", "O'Brien", "９"} {
		f.Add(s, "张四")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		for name, make := range kinds {
			d := newDomain(make)
			x, _ := d.code(a)
			y, _ := d.code(b)
			if x == 0 || y == 0 || x == y {
				continue
			}
			if degree := int(d.compare(x, y)); degree >= len(d.degrees()) || degree != int(d.compare(y, x)) {
				t.Errorf("%s: %q and %q: degree %d", name, a, b, degree)
			}
		}
	})
}
