package plandoc_test

import (
	"strings"
	"testing"

	"jiuye/internal/engine/plandoc"
)

func draft(name, text string) plandoc.Draft { return plandoc.Read(plandoc.FromLines(name, text)) }

// plan is a plan with a box of indicators of the period before and one of targets.
func plan(area, sentence, before, targets string) string {
	return area + "“十四五”就业促进规划\n第一章 发展基础\n" + sentence + "\n专栏1 “十三五”指标完成情况\n指标 2015年基数 “十三五”规划目标 2020年完成数\n" + before +
		"\n专栏2 “十四五”就业主要指标\n指标 2020年 2025年 年均/累计 属性\n" + targets + "\n注：〔〕表示五年累计数。\n"
}

func TestAsksWhatACarefulReaderWouldAsk(t *testing.T) {
	for _, c := range []struct {
		what, kind, indicator, seen string
		drafts                      []plandoc.Draft
	}{
		{"a total below five times the base", "below-base", "失业人员再就业", "平均每年 0.5万人，低于基数 0.8万人",
			[]plandoc.Draft{draft("甲", plan("甲市", "", "失业人员再就业（万人） 〔4〕 〔2〕 〔3.5〕", "失业人员再就业（万人） 0.8 —— 〔2.5〕 预期性"))}},
		{"a level below its base", "below-base", "技工院校在校生", "目标 3000人，低于基数 3500人",
			[]plandoc.Draft{draft("甲", plan("甲市", "", "技工院校在校生（人） 2000 2500 3500", "技工院校在校生（人） 3500 3000 —— 预期性"))}},
		{"a total below what the years before reached", "below-last", "失业人员再就业", "低于上一时期完成数 3.5万人",
			[]plandoc.Draft{draft("甲", plan("甲市", "", "失业人员再就业（万人） 〔4〕 〔2〕 〔3.5〕", "失业人员再就业（万人） 0.5 —— 〔2.5〕 预期性"))}},
		{"a ceiling looser than before", "looser", "城镇登记失业率", "也高于上一时期上限 4%",
			[]plandoc.Draft{draft("甲", plan("甲市", "", "城镇登记失业率（%） 3.5 4以内 3.7", "城镇登记失业率（%） 3.7 —— 5以内 预期性"))}},
		{"a floor already reached", "met-already", "养老保险参保率", "基数已经是 97%",
			[]plandoc.Draft{draft("甲", plan("甲市", "", "技工院校在校生（人） 1 2 3", "养老保险参保率（%） 97 >90 —— 预期性"))}},
		{"text and table that differ", "text-table", "城镇新增就业", "正文 21.5万人，表中 20.3万人，不一致",
			[]plandoc.Draft{draft("甲", plan("甲市", "“十三五”时期，全市城镇累计新增就业21.5万人。", "城镇新增就业（万人） 〔18〕 〔19〕 〔20.3〕", "城镇新增就业（万人） 4 —— 〔21〕 预期性"))}},
		{"text and table that only round differently", "rounding", "城镇新增就业", "是四舍五入的差别",
			[]plandoc.Draft{draft("甲", plan("甲市", "“十三五”时期，全市城镇累计新增就业20.34万人。", "城镇新增就业（万人） 〔18〕 〔19〕 〔20.3〕", "城镇新增就业（万人） 4 —— 〔21〕 预期性"))}},
		{"a total that is five times the base", "times-base", "务工规模", "恰好是基数 3.3万人 的 5 倍",
			[]plandoc.Draft{draft("甲", plan("甲市", "", "技工院校在校生（人） 1 2 3", "务工规模（万人） 3.3 —— 〔16.5〕 预期性"))}},
		{"lower levels whose sum falls short", "sum-short", "城镇新增就业", "合计 8万人，少 2万人",
			[]plandoc.Draft{
				draft("省", plan("某省", "", "技工院校在校生（人） 1 2 3", "城镇新增就业（万人） 2 —— 〔10〕 预期性")),
				draft("甲", plan("甲市", "", "技工院校在校生（人） 1 2 3", "城镇新增就业（人） 9000 —— 〔50000〕 预期性")),
				draft("乙", plan("乙市", "", "技工院校在校生（人） 1 2 3", "城镇新增就业（万人） 0.5 —— 〔3〕 预期性"))}},
		{"another unit below", "unit", "城镇新增就业", "上级用“万人”，本级用“人”",
			[]plandoc.Draft{
				draft("省", plan("某省", "", "技工院校在校生（人） 1 2 3", "城镇新增就业（万人） 2 —— 〔10〕 预期性")),
				draft("甲", plan("甲市", "", "技工院校在校生（人） 1 2 3", "城镇新增就业（人） 9000 —— 〔50000〕 预期性"))}},
		{"persons above and times below", "definition", "转移就业", "计数方法不同",
			[]plandoc.Draft{
				draft("省", plan("某省", "", "技工院校在校生（人） 1 2 3", "转移就业（万人次） 2 —— 〔10〕 预期性")),
				draft("甲", plan("甲市", "", "技工院校在校生（人） 1 2 3", "转移就业（人） 9000 —— 〔50000〕 预期性"))}},
		{"a total above and a yearly figure below", "definition", "转移就业", "口径不同",
			[]plandoc.Draft{
				draft("省", plan("某省", "", "技工院校在校生（人） 1 2 3", "转移就业（人次） 20000 —— 〔100000〕 预期性")),
				draft("甲", plan("甲市", "", "技工院校在校生（人） 1 2 3", "转移就业（人次） 9000 9500 —— 预期性"))}},
		{"a task without a unit", "no-unit", "零工市场建设项目", "没有写责任单位",
			[]plandoc.Draft{draft("甲", "甲市“十四五”就业促进规划\n第一章 任务\n专栏1 服务提升计划\n零工市场建设项目。支持各县区建设零工市场。\n")}},
		{"a number without a date", "no-date", "零工市场", "没有说到什么时候",
			[]plandoc.Draft{draft("甲", "甲市“十四五”就业促进规划\n第一章 任务\n新建零工市场12个。\n")}},
	} {
		t.Run(c.what, func(t *testing.T) {
			for _, f := range plandoc.Check(c.drafts...) {
				if f.Kind == c.kind && strings.Contains(f.Indicator, c.indicator) && strings.Contains(f.Seen, c.seen) {
					if f.Ask == "" || len(f.Quotes) == 0 {
						t.Errorf("asks nothing or quotes nothing: %+v", f)
					}
					return
				}
			}
			t.Errorf("not asked; asked: %+v", plandoc.Check(c.drafts...))
		})
	}
}

func TestAsksNothingOfASoundPlan(t *testing.T) {
	text := plan("甲市", "“十三五”时期，全市城镇累计新增就业20.3万人。", "城镇新增就业（万人） 〔18〕 〔19〕 〔20.3〕\n城镇登记失业率（%） 3.5 4以内 3.7",
		"城镇新增就业（万人） 4.1 —— 〔21〕 预期性\n城镇登记失业率（%） 3.7 —— 3.7以内 预期性\n高技能人才总量（万人） 8 9.5 —— 预期性")
	for _, f := range plandoc.Check(draft("甲", text)) {
		t.Errorf("%s: %s", plandoc.KindName(f.Kind), f.Seen)
	}
}

// Findings ask; they never accuse.
func TestFindingsAccuseNobody(t *testing.T) {
	text := plan("甲市", "", "失业人员再就业（万人） 〔4〕 〔2〕 〔3.5〕", "失业人员再就业（万人） 0.5 —— 〔2.5〕 预期性")
	for _, f := range plandoc.Check(draft("甲", text)) {
		for _, word := range []string{"造假", "虚报", "错误", "违规", "！", "必须"} {
			if strings.Contains(f.Seen+f.Ask, word) {
				t.Errorf("%s says %s", f.Kind, word)
			}
		}
	}
}
