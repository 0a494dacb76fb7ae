package plandoc_test

import (
	"fmt"
	"strings"
	"testing"

	"jiuye/internal/engine/plandoc"
)

// A table as people write it, and what it promises: name|unit|base year:base|year:target|comparator|total|attribute.
var tableCases = []struct {
	what, title, above string
	rows               []string // cells parted by /, a head of several lines first
	want               []string
}{
	{"annual growth and total in one column", "某市“十四五”就业规划", "",
		[]string{"序号/指标/属性/单位/2020年/2025年/年均增速/[累计]", "1/城镇新增就业人数/预期性/万人/12.3/—/[55]", "2/平均受教育年限/约束性/年/10.6/11.3/[0.7]", "3/人均可支配收入/预期性/元/28560/39000/6.5%左右"},
		[]string{"城镇新增就业人数|万人|2020:12.3|2025:55|=|total|预期性", "平均受教育年限|年|2020:10.6|2025:11.3|=||约束性", "人均可支配收入|元|2020:28560|2025:39000|=||预期性"}},
	{"a head in two lines under nothing", "某市“十四五”残疾人就业规划", "",
		[]string{"指标/单位/2020年/2025年//属性", "年均/累计", "残疾人新增就业/万人/0.6/—/—/3.2/预期性", "残疾人养老保险参保率/%/92/>95/—/—/预期性", "残疾人家庭收入年均增长/%/—/—/5.5/—/预期性"},
		[]string{"残疾人新增就业|万人|2020:0.6|2025:3.2|=|total|预期性", "残疾人养老保险参保率|%|2020:92|2025:95|>=||预期性", "残疾人家庭收入年均增长|%|:|2025:5.5|=||预期性"}},
	{"a head in two lines under the plan before", "某州“十四五”就业规划", "",
		[]string{"指标/单位/“十三五”时期/2025年/属性", "规划目标/完成情况", "城镇新增就业人数/万人/20/21.6/〔22〕/预期性", "城镇登记失业率/%/4.5以内/3.2/5以内/预期性"},
		[]string{"城镇新增就业人数|万人|2020:21.6|2025:22|=|total|预期性", "城镇登记失业率|%|2020:3.2|2025:5|<=||预期性"}},
	{"two heads over the years", "某省“十四五”技能人才规划", "",
		[]string{"指标/单位/基期/规划目标/属性", "2020年/2023年/2025年", "技能人才总量/万人/320/350/380/预期性"},
		[]string{"技能人才总量|万人|2020:320|2023:350|=||预期性", "技能人才总量|万人|2020:320|2025:380|=||预期性"}},
	{"two halves side by side", "某区2024年就业工作要点", "",
		[]string{"指标名称/单位/目标值/指标名称/单位/目标值", "城镇新增就业/人/5200/失业人员再就业/人/1800", "困难人员就业/人/600/城镇登记失业率/%/4以内"},
		[]string{"城镇新增就业|人|:|2024:5200|=||", "失业人员再就业|人|:|2024:1800|=||", "困难人员就业|人|:|2024:600|=||", "城镇登记失业率|%|:|2024:4|<=||"}},
	{"goals with who answers for them", "某县2026年就业目标责任分解表", "",
		[]string{"序号/目标任务/单位/目标值/责任单位", "1/城镇新增就业/人/2600/县人社局", "2/高校毕业生就业率/%/90以上/县人社局、县教育局"},
		[]string{"城镇新增就业|人|:|2026:2600|=||", "高校毕业生就业率|%|:|2026:90|>=||"}},
	{"the unit once above", "某区就业工作三年行动计划（2023—2025年）", "单位：万人",
		[]string{"序号/工作指标/2023年/2024年/2025年/备注", "1/城镇新增就业/1.2/1.25/1.3/年度数", "2/农村劳动力转移就业/0.8/0.8/0.85/按省下达目标调整"},
		[]string{"城镇新增就业|万人|:|2023:1.2|=||", "城镇新增就业|万人|:|2024:1.25|=||", "城镇新增就业|万人|:|2025:1.3|=||", "农村劳动力转移就业|万人|:|2023:0.8|=||", "农村劳动力转移就业|万人|:|2024:0.8|=||", "农村劳动力转移就业|万人|:|2025:0.85|=||"}},
	{"units in the heads of the years", "某区“十四五”就业规划", "",
		[]string{"指标/2020年（万人）/2025年（万人）/备注", "城镇从业人员/21.5/24/年末数", "农民工总量/8.3/9以上/年末数"},
		[]string{"城镇从业人员|万人|2020:21.5|2025:24|=||", "农民工总量|万人|2020:8.3|2025:9|>=||"}},
	{"rows that are years", "某县稳就业三年行动方案（2023—2025年）", "",
		[]string{"年度/城镇新增就业（人）/城镇登记失业率（%）", "2023年/3000/4.5以内", "2024年/3100/4.5以内", "2025年/3200/4以内"},
		[]string{"城镇新增就业|人|:|2023:3000|=||", "城镇新增就业|人|:|2024:3100|=||", "城镇新增就业|人|:|2025:3200|=||", "城镇登记失业率|%|:|2023:4.5|<=||", "城镇登记失业率|%|:|2024:4.5|<=||", "城镇登记失业率|%|:|2025:4|<=||"}},
	{"rows that are areas", "某市2025年就业任务分解方案", "",
		[]string{"地区/城镇新增就业（人）/职业技能培训（人次）", "东湖区/3000/800", "西湖区/2500/700", "合计/5500/1500"},
		[]string{"城镇新增就业|人|:|2025:5500|=||", "职业技能培训|人次|:|2025:1500|=||"}},
	{"marks of notes, years and ten thousands in cells", "某县“十四五”残疾人事业规划", "",
		[]string{"指标/2020年现状/2025年目标/属性", "1.残疾人职业技能培训②（人次）/350/〔2000〕/预期性", "2.体质达标率（%）/89.6（2019年）/92.2/预期性", "3.残疾人就业人数（人）/18万/20万/约束性", "4.家庭人均收入增长（%）/—/与经济增长同步/预期性"},
		[]string{"残疾人职业技能培训|人次|2020:350|2025:2000|=|total|预期性", "体质达标率|%|2019:89.6|2025:92.2|=||预期性", "残疾人就业人数|万人|2020:18|2025:20|=||约束性", "家庭人均收入增长|%|:|2025:与经济增长同步|text||预期性"}},
	{"values that compare", "某省劳动力转移规划（2012—2020年）", "",
		[]string{"指标/2015年底/2020年底/属性", "外出就业比例（%）/比2010年提高8%/比2015年提高10%以上/预期性", "接受培训的比重（%）/60以上/85以上/预期性"},
		[]string{"外出就业比例提高|%|2010:|2015:8|=||预期性", "外出就业比例提高|%|2015:|2020:10|>=||预期性", "接受培训的比重|%|:|2015:60|>=||预期性", "接受培训的比重|%|:|2020:85|>=||预期性"}},
	{"new things without a base are totals", "某市“十四五”培训规划", "",
		[]string{"指标/2025年目标/属性", "新建公共实训基地（个）/20/预期性", "新增取得证书（万人次）/≥40/预期性", "其中：高级工以上（万人次）/≥8/预期性"},
		[]string{"新建公共实训基地|个|:|2025:20|=|total|预期性", "新增取得证书|万人次|:|2025:40|>=|total|预期性", "高级工以上|万人次|:|2025:8|>=|total|预期性"}},
	{"weights, groups with counts, values in names", "某市“十二五”收入倍增规划", "",
		[]string{"指标/权重/单位/2015年目标/牵头部门", "一、核心指标(2项)(权重占50%)/50", "1/城镇居民人均可支配收入/25/元/31000", "2/农民工工资年均增长10%以上/25/%/10/市人社局"},
		[]string{"城镇居民人均可支配收入|元|:|2015:31000|=||", "农民工工资年均增长|%|:|2015:10|>=||"}},
}

// The same table printed with a row a line, a cell a line, between tabs and between bars gives the same.
func TestReadsATableHoweverItIsPrinted(t *testing.T) {
	for _, c := range tableCases {
		regular := true
		for i := range c.rows {
			c.rows[i] = strings.ReplaceAll(c.rows[i], "速/[", "速\x00[")
			regular = regular && strings.Count(c.rows[i], "/") == strings.Count(c.rows[0], "/")
		}
		ways := map[string]string{"rows": " ", "cells": "\n"}
		if regular {
			ways["tabs"], ways["bars"] = "\t", " | "
		}
		for way, mark := range ways {
			var b strings.Builder
			fmt.Fprintf(&b, "%s\n一、主要目标\n%s\n%s\n", c.title, "坚持就业优先，健全工作机制，强化部门协同，推动各项政策落到实处。", c.above)
			for _, r := range c.rows {
				if way == "bars" {
					r = "/" + r + "/"
				}
				fmt.Fprintln(&b, strings.ReplaceAll(strings.TrimSpace(strings.ReplaceAll(r, "/", mark)), "\x00", "/"))
			}
			b.WriteString("注：〔 〕内为累计数。\n二、重点任务\n主动适应新形势新要求，努力让劳动者有活干、有奔头。\n")
			expect(t, c.what+", "+way, plandoc.FromLines("x.txt", b.String()), c.want)
		}
	}
}

func expect(t *testing.T, what string, doc plandoc.Text, want []string) {
	t.Helper()
	got := map[string]bool{}
	for _, x := range plandoc.Read(doc).Indicators {
		total := ""
		if x.Cumulative {
			total = "total"
		}
		got[strings.Join([]string{x.Name, x.Unit, x.BaseYear + ":" + x.BaseValue, x.TargetYear + ":" + x.TargetValue, x.Comparator, total, x.Attribute}, "|")] = true
	}
	for _, w := range want {
		if !got[w] {
			t.Errorf("%s: no %s", what, w)
		}
		delete(got, w)
	}
	for g := range got {
		t.Errorf("%s: besides %s", what, g)
	}
}
