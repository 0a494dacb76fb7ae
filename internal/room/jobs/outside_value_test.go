package jobs

import (
	"testing"
	"time"

	"jiuye/internal/ground/clock"
)

func TestPlacesAreKnownByTheNamesPeopleWrite(t *testing.T) {
	for text, want := range map[string]string{
		"阿拉善盟-左旗": "152921", "呼和浩特·赛罕区": "150105", "呼市 赛罕区": "150105", "阿左旗": "152921", "额济纳": "152923", "包头-昆都仑区": "150203", "包头·青山": "150204",
		"内蒙古阿拉善盟阿拉善左旗巴彦浩特镇土尔扈特南路": "152921", "鄂尔多斯-康巴什区": "150603", "阿拉善": "1529", "巴盟 临河区": "150802", "通辽市科尔沁区": "150502",
		"呼和浩特-北京路": "1501", "锡林浩特": "152502", "呼伦贝尔-海拉尔区": "150702", "赤峰·红山区": "150402", "乌兰察布·集宁区": "150902", "兴安盟-乌兰浩特市": "152201",
	} {
		p := knownPlaces().find(text, "15")
		if got := p.code; got == "" || got[:min(len(got), 6)] != want {
			t.Errorf("%q 认作 %+v，应为 %s", text, p, want)
		}
	}
	if p := knownPlaces().find("巴彦浩特镇", "1529"); len(p.code) != 9 || p.code[:6] != "152921" {
		t.Errorf("巴彦浩特镇认作 %+v", p)
	}
	if p := knownPlaces().find("左旗", "1529"); p.code != "152921" {
		t.Errorf("阿拉善盟里的左旗认作 %+v", p)
	}
	if p := knownPlaces().find("北京-朝阳区", "15"); p.elsewhere != "北京" || p.code != "" {
		t.Errorf("北京认作 %+v", p)
	}
	if p := knownPlaces().find("某处", "15"); p.code != "" || p.elsewhere != "" || p.several != nil {
		t.Errorf("认不出的地方认作 %+v", p)
	}
}

func TestWhatTablesSayOfConditions(t *testing.T) {
	for text, want := range map[string]int{"": 0, "不限": 0, "大专及以上": 30, "本科": 20, "初中以上": 70, "中专/高中": 40, "博士": 10, "小学": 80} {
		if got, ok := schoolingOf(text); got != want || !ok {
			t.Errorf("学历 %q 读作 %d、%v，应为 %d", text, got, ok, want)
		}
	}
	for text, want := range map[string]int{"": 0, "3-4年": 36, "1年以下": 0, "经验不限": 0, "在校/应届": 0, "10年以上": 120, "三年": 36, "6个月": 6, "无需经验": 0, "2": 24} {
		if got, ok := experienceOf(text); got != want || !ok {
			t.Errorf("经验 %q 读作 %d、%v，应为 %d", text, got, ok, want)
		}
	}
	for text, want := range map[string]int{"": 1, "3人": 3, "招5人": 5, "5-10人": 5, "20": 20, "两": 1} {
		if got, _ := openingsOf(text); got != want {
			t.Errorf("人数 %q 读作 %d，应为 %d", text, got, want)
		}
	}
	if n, sure := openingsOf("若干"); n != 1 || sure {
		t.Errorf("若干读作 %d、%v", n, sure)
	}
	for text, want := range map[string]int{"": 0, "3年": 36, "24": 24, "12个月": 12, "无固定期限": 999, "面谈": 0} {
		if got := contractMonths(text); got != want {
			t.Errorf("合同 %q 读作 %d，应为 %d", text, got, want)
		}
	}
	for text, want := range map[string]string{"全职": "full", "兼职/日结": "part", "三班倒": "shift", "社招": "full", "": "", "其他": ""} {
		if got := hoursOf(text); got != want {
			t.Errorf("用工形式 %q 读作 %q，应为 %q", text, got, want)
		}
	}
	if got := friendlyOf("高校毕业生、退役军人、农民工"); got != "graduate veteran rural" {
		t.Errorf("群体读作 %q", got)
	}
}

func TestDaysAreReadAsTablesWriteThem(t *testing.T) {
	today := clock.Date(2025, time.September, 24)
	for text, want := range map[string]time.Time{
		"2025-09-01": clock.Date(2025, 9, 1), "2025/9/1": clock.Date(2025, 9, 1), "2025年9月1日": clock.Date(2025, 9, 1), "20250901": clock.Date(2025, 9, 1), "2025-09-24 10:20:33": today,
		"09-20发布": clock.Date(2025, 9, 20), "12-30": clock.Date(2024, 12, 30), "9月3日": clock.Date(2025, 9, 3), "今天": today, "昨天": clock.Date(2025, 9, 23), "3天前": clock.Date(2025, 9, 21), "5小时前更新": today,
	} {
		if got, ok := dayOf(text, today); !ok || !got.Equal(want) {
			t.Errorf("日期 %q 读作 %v，应为 %v", text, got, want)
		}
	}
	for _, text := range []string{"", "尽快", "2025-02-30", "2025-13-01", "99"} {
		if got, ok := dayOf(text, today); ok {
			t.Errorf("%q 不是日期，读作 %v", text, got)
		}
	}
}

func TestEveryShippedMappingCanBeReadAndIsChosenByItsHead(t *testing.T) {
	files, err := mappingFiles.ReadDir("mappings")
	if err != nil || len(files) != len(shipped()) {
		t.Fatalf("%d 个文件，读出 %d 个：%v", len(files), len(shipped()), err)
	}
	for _, f := range files {
		text, _ := mappingFiles.ReadFile("mappings/" + f.Name())
		if _, err := ReadMapping(text); err != nil {
			t.Errorf("%s: %v", f.Name(), err)
		}
	}
	for name, heads := range map[string][]string{
		"前程无忧导出":    {"职位名称", "公司名称", "薪资", "工作地点", "经验要求", "学历", "发布日期", "公司性质", "公司规模", "职位福利", "职位信息", "职位链接"},
		"智联招聘导出":    {"职位名称", "公司名称", "职位月薪", "城市-区", "经验", "学历", "招聘人数", "公司类型", "公司规模"},
		"BOSS直聘导出":  {"岗位名", "薪资", "城市", "区域", "商圈", "经验", "学历", "公司名称", "融资阶段", "技能标签", "招聘者"},
		"58同城导出":    {"招聘标题", "公司名称", "薪资", "招聘人数", "工作区域", "更新时间", "详情链接"},
		"公共就业招聘网导出": {"招聘岗位", "单位名称", "职业（工种）", "月薪", "招聘人数", "学历要求", "工作地区", "信息有效期", "单位类型"},
		"人社部门岗位归集表": {"序号", "单位名称", "统一社会信用代码", "岗位名称", "招聘人数", "月薪下限(元)", "月薪上限(元)", "学历要求", "所属旗县", "联系人", "联系电话"},
		"通用招聘表":     {"职位", "公司", "薪资", "地区"},
	} {
		m, _ := chooseMapping(heads)
		if m == nil || m.Name != name {
			t.Errorf("%v 认作 %+v，应为 %s", heads, m, name)
		}
	}
	if m, _ := chooseMapping([]string{"姓名", "身份证号", "险种"}); m != nil {
		t.Errorf("参保名单认作了 %s", m.Name)
	}
}

func TestAMappingThatIsWrongSaysWhere(t *testing.T) {
	for name, text := range map[string]string{
		"no source": "fields: {title: [a], employer: [b]}", "an unknown target": "source: x\nfields: {title: [a], employer: [b], salry: [c]}", "no title": "source: x\nfields: {employer: [b]}",
		"an unknown field": "source: x\ncolumns: {}", "an unknown base": "source: x\nbase: nowhere",
	} {
		if _, err := ReadMapping([]byte(text)); err == nil {
			t.Errorf("%s: 没有说错在哪里", name)
		}
	}
}
