package jobs

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestConditionsThatTheLawForbids(t *testing.T) {
	for text, want := range map[string][]string{ // phrase → what
		"仓库管理员（限男性）":             {"限男性 性别"},
		"保洁员（女）":                 {"女 性别"},
		"招男工 5 名":                {"招男工 性别"},
		"文员，女士优先":                {"女士优先 性别"},
		"收银员 已婚已育优先":             {"已婚已育优先 婚姻和生育情况"},
		"前台 未婚未育":                {"未婚未育 婚姻和生育情况"},
		"限汉族":                    {"限汉族 民族和宗教信仰"},
		"信教者勿扰":                  {"信教者勿扰 民族和宗教信仰"},
		"残疾人勿扰":                  {"残疾人勿扰 残疾人"},
		"乙肝携带者勿扰，体检两对半":          {"乙肝携带者勿扰 传染病病原携带者", "两对半 传染病病原携带者"},
		"本地户口优先":                 {"本地户口优先 户籍和地域"},
		"只招本地人，外地人勿扰":            {"只招本地人 户籍和地域", "外地人勿扰 户籍和地域"},
		"年龄18-35岁":               {"年龄18-35岁 年龄"},
		"45周岁以下，身体好":             {"45周岁以下 年龄"},
		"90后优先考虑":                {"90后 年龄"},
		"不要属羊的":                  {"不要属羊的 与工作无关的条件"},
		"天蝎座勿扰":                  {"天蝎座勿扰 与工作无关的条件"},
		"限男性，35 岁以下，能倒班":         {"限男性 性别", "35 岁以下 年龄"},
		"女装导购员":                  nil,
		"招聘女装销售":                 nil,
		"照护 60 岁以上老人":            nil,
		"看护 3 至 6 岁儿童":           nil,
		"妇女用品销售":                 nil,
		"男女不限，年龄不限":              nil,
		"年满18周岁，缴五险":             nil,
		"生育保险、婚假、产假、育儿假":         nil,
		"残疾人优先":                  nil,
		"蒙古族优先，会蒙古语":             nil,
		"35 公斤以内货物搬运，会叉车优先":      nil,
		"每月 4500 元，包吃住，五险一金":     nil,
		"女职工特殊保护齐全，不查乙肝":         nil,
		"工作 8 小时，月休 4 天，试用 2 个月": nil,
		"民族手工艺制作":                nil,
		"妇女儿童医院保洁":               nil,
	} {
		var got []string
		for _, o := range Objections(text) {
			got = append(got, o.Phrase+" "+o.What)
			if !strings.Contains(o.Law, "条") {
				t.Errorf("%q: no article of law", text)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
	o := Objections("仓管（限男性）")[0]
	if got, want := o.Text("岗位名称"), "岗位名称里写了“限男性”。法律不允许限制性别，请删去（《就业促进法》第二十七条）"; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
}

func FuzzObjections(f *testing.F) {
	f.Add("保洁员（女），45 岁以下，本地户口")
	f.Add("属相星座不限")
	f.Fuzz(func(t *testing.T, text string) {
		for _, o := range Objections(text) {
			if o.Phrase == "" || utf8.ValidString(text) && !strings.Contains(text, o.Phrase) {
				t.Errorf("%q: %q does not stand there", text, o.Phrase)
			}
		}
	})
}
