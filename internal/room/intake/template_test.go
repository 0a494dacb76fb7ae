package intake

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"jiuye/internal/ground/sheet"
)

func kinds(t testing.TB) *Templates {
	t.Helper()
	ts, err := LoadTemplates(nil)
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

func rowsOf(lines ...string) (rows []sheet.Row) {
	for i, line := range lines {
		rows = append(rows, sheet.Row{Number: i + 1, Cells: split(line)})
	}
	return rows
}

func TestASheetIsKnownByItsHeaderWhateverItLooksLike(t *testing.T) {
	for _, c := range []struct {
		what, kind string
		row        int
		rows       []string
	}{
		{"as the template writes it", "disabled", 1, []string{"姓名,身份证号,残疾类别,残疾等级,发证日期"}},
		{"other words", "disabled", 1, []string{"姓名,公民身份号码,残疾类型,残疾级别,证书日期"}},
		{"columns in another order", "disabled", 1, []string{"残疾等级,发证日期,残疾类别,证件号码,姓名"}},
		{"more columns than wanted", "disabled", 1, []string{"序号,姓名,性别,身份证号,残疾类别,残疾等级,发证日期,监护人,备注"}},
		{"titles above", "disabled", 4, []string{"阿拉善盟残疾人名册", ",,,制表:残联", "单位：人", "姓名,身份证号,残疾类别,残疾等级,发证日期"}},
		{"units, stars and line breaks", "registration", 1, []string{"*姓名,身份证号 ,失业登记\n日期,失业原因,期望月薪（元）,劳动能力(有/无),就业意愿"}},
		{"full width", "vacancy", 1, []string{"单位名称,统一社会信用代码,岗位名称,招聘人数（人）,工作地区划代码,发布日期,截止日期"}},
		{"social insurance", "insurance", 1, []string{"姓名,社会保障号码,险种,统一社会信用代码,单位名称,缴费起始年月,缴费终止年月"}},
		{"graduates", "graduate", 1, []string{"姓名,证件号码,毕业院校,学历,专业,毕业日期,生源地代码"}},
		{"only names and numbers", "", 0, []string{"姓名,身份证号"}},
		{"something else", "", 0, []string{"日期,天气,气温"}},
		{"nothing", "", 0, nil},
		{"too far down", "", 0, append(slices10(), "姓名,身份证号,残疾类别,残疾等级,发证日期")},
	} {
		r := kinds(t).Recognise(rowsOf(c.rows...))
		kind := ""
		if r.Template != nil {
			kind = r.Template.Kind
		}
		if kind != c.kind || kind != "" && r.Row != c.row {
			t.Errorf("%s: taken for %q by row %d, score %.2f", c.what, kind, r.Row, r.Score)
		}
		if kind != "" && len(r.Missing) > 0 {
			t.Errorf("%s: missing %v", c.what, r.Missing)
		}
	}
}

func slices10() []string { return strings.Split(strings.Repeat("x|", 9)+"x", "|") }

func TestWhatIsMissingAndWhatIsNotUsedIsSaid(t *testing.T) {
	r := kinds(t).Recognise(rowsOf("姓名,残疾类别,残疾等级,发证日期,监护人,行号,原因"))
	if r.Template == nil || strings.Join(r.Missing, "、") != "身份证号" || strings.Join(r.Extra, "、") != "监护人" || r.Matched() != 4 {
		t.Errorf("%+v", r)
	}
}

func TestTheContractsHeadersAreAllKnown(t *testing.T) {
	// docs/architecture.md, Departments' files
	for kind, heads := range map[string]string{
		"household":    "户号,与户主关系,姓名,性别,公民身份号码,出生日期,民族,户口性质,文化程度,居住地区划代码,居住地,联系电话,在校学生",
		"registration": "姓名,身份证号,失业登记日期,失业原因,注销日期,注销原因,求职工种,期望月薪(元),劳动能力,就业意愿,联系电话,登记机构",
		"spell":        "姓名,身份证号,就业日期,就业形式,单位名称,统一社会信用代码,工作地区划代码,城镇就业,新就业形态,合同期限(月),工种,终止日期",
		"hard":         "姓名,身份证号,认定日期,困难类别,退出日期",
		"survey":       "姓名,身份证号,调查月份,就业状况,城镇",
		"insurance":    "姓名,社会保障号码,险种,统一社会信用代码,单位名称,缴费起始年月,缴费终止年月",
		"graduate":     "姓名,证件号码,毕业院校,学历,专业,毕业日期,生源地代码",
		"employer":     "单位名称,统一社会信用代码,单位类型,行业代码,所在地区划代码,成立日期,法定代表人,法定代表人证件号,职工人数,联系电话",
		"lowincome":    "姓名,身份证号,享受起始日期,终止日期,保障类别",
		"veteran":      "姓名,身份证号,退役日期,安置方式",
		"disabled":     "姓名,身份证号,残疾类别,残疾等级,发证日期",
		"outofpoverty": "姓名,身份证号,脱贫年度,户号,帮扶措施",
		"training":     "姓名,身份证号,班次编号,培训工种,开班日期,结业日期,课时,补贴性",
		"certificate":  "姓名,身份证号,职业工种,等级,发证日期",
		"vacancy":      "单位名称,统一社会信用代码,岗位名称,工种,招聘人数,月薪下限(元),月薪上限(元),学历要求,工作地区划代码,合同期限(月),发布日期,截止日期,福利",
	} {
		r := kinds(t).Recognise(rowsOf(heads))
		if r.Template == nil || r.Template.Kind != kind || r.Matched() != len(r.Template.Columns) {
			t.Errorf("%s: %+v", kind, r)
		}
	}
}

func TestAnEmptyTemplateIsKnownWhenItComesBack(t *testing.T) {
	for _, k := range kinds(t).All() {
		var out bytes.Buffer
		if err := EmptySheet(k, &out); err != nil {
			t.Fatal(err)
		}
		book, err := sheet.OpenReader(bytes.NewReader(out.Bytes()), int64(out.Len()), "x.xlsx", sheet.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range book.Rows("") {
			if r := kinds(t).Recognise([]sheet.Row{row}); err != nil || r.Template == nil || r.Template.Kind != k.Kind || r.Score != 1 {
				t.Errorf("%s: %+v, %v", k.Kind, r, err)
			}
		}
	}
}

func TestAFolderOfTemplatesAddsAndReplaces(t *testing.T) {
	own := fstest.MapFS{
		"roll.yaml":     {Data: []byte("kind: roll\nname: 大龄名册\ndepartment: 街道\norder: 55\nbecomes: group\nset: {group: hard}\ncolumns:\n  - {field: name, header: 姓名, type: name, need: true}\n  - {field: idnumber, header: 身份证号, type: idnumber, need: true}\n  - {field: since, header: 进入名册日期, type: date, need: true}\n  - {field: detail, header: 大龄类别, type: text}\n")},
		"disabled.yaml": {Data: []byte("kind: disabled\nname: 残疾人证\norder: 110\nbecomes: group\nset: {group: disabled}\ncolumns:\n  - {field: name, header: 持证人, type: name, need: true}\n  - {field: idnumber, header: 证号, type: idnumber, need: true}\n  - {field: since, header: 领证日期, type: date, need: true}\n")},
	}
	ts, err := LoadTemplates(own)
	if err != nil {
		t.Fatal(err)
	}
	if len(ts.All()) != 20 || ts.Of("roll") == nil || ts.Of("disabled").Name != "残疾人证" {
		t.Errorf("%d templates", len(ts.All()))
	}
	if r := ts.Recognise(rowsOf("姓名,身份证号,进入名册日期,大龄类别")); r.Template == nil || r.Template.Kind != "roll" {
		t.Errorf("%+v", r)
	}
	run(t, func(t *testing.T, r *Room) {
		r.Kinds = ts
		r.bring(t, newFolder(t).text("a.csv", householdHeads, household(1, "包娜仁", "left")).text("b.csv", "姓名,身份证号,进入名册日期,大龄类别", "包娜仁,"+somebody(1)+",2025-01-01,50 岁以上"), left)
		if g := r.factsOf(t, 1).Groups; len(g) != 1 || g[0].Kind != "hard" || g[0].Detail != "50 岁以上" {
			t.Errorf("%+v", g)
		}
	})
}

func TestATemplateThatCannotBeUsedIsNamed(t *testing.T) {
	for what, text := range map[string]string{
		"an unknown recipe":   "kind: x\nname: 甲\nbecomes: money\ncolumns: [{field: a, header: 甲, type: text}]",
		"an unknown type":     "kind: x\nname: 甲\nbecomes: survey\ncolumns: [{field: a, header: 甲, type: poem}]",
		"a missing field":     "kind: x\nname: 甲\nbecomes: survey\ncolumns: [{field: name, header: 甲, type: name}]",
		"a field twice":       "kind: x\nname: 甲\nbecomes: survey\ncolumns: [{field: a, header: 甲, type: text}, {field: a, header: 乙, type: text}]",
		"an unknown table":    "kind: x\nname: 甲\nbecomes: survey\ncolumns: [{field: a, header: 甲, type: choice, table: poems}]",
		"no name":             "kind: x\nbecomes: survey\ncolumns: [{field: a, header: 甲, type: text}]",
		"what is no yaml":     "kind: [",
		"a kind that is none": "- a\n- b\n",
	} {
		if _, err := LoadTemplates(fstest.MapFS{"x.yaml": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
}
