package policy

import (
	"net/url"
	"strings"
	"testing"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
)

func TestAManagerTriesAnotherThreshold(t *testing.T) {
	open15(t, func(o office) {
		t := o.t
		o = o.columns()
		o.settle() // all are born in 1980, so they are 45
		p, err := o.catalogue().find("R20")
		if err != nil {
			t.Fatal(err)
		}
		turns := o.turns(p)
		if len(turns) < 2 || turns[0].Value != 16 || turns[1].Value != 60 {
			t.Fatalf("%+v", turns)
		}
		s, err := o.Simulate(ctx, p, &turns[1], 40, "15")
		if err != nil {
			t.Fatal(err)
		}
		if s.Total.Gain != 0 || s.Total.Loss != s.Total.Before || len(s.Parts) == 0 || len(s.X) != sweepSteps || len(s.Y) != sweepSteps {
			t.Errorf("nobody is younger than 40: %+v", s)
		}
		see := o.site(officer, "zh")
		if code, page := see("/policy/simulate/R20?what=2&value=40"); code != 200 || !strings.Contains(page, "改后（40 周岁）") || !strings.Contains(page, "年龄应少于 60 周岁（现在 60 周岁）") {
			t.Errorf("%d %s", code, page)
		}
		if code, page := see("/policy/simulate/R20?what=2&value=x"); code != 422 || !strings.Contains(page, "改成") {
			t.Errorf("%d", code)
		}
		if code, _ := see("/policy/simulate/R01"); code != 404 {
			t.Errorf("a policy for employers is simulated: %d", code)
		}
	})
}

func TestAManagerAsksHowManyMeetACondition(t *testing.T) {
	open15(t, func(o office) {
		t := o.t
		o = o.columns()
		o.settle()
		see := o.site(officer, "zh")
		ask := func(q string) string { _, page := see("/policy/ask?q=" + url.QueryEscape(q)); return page }
		if page := ask("退役军人 是\n年龄 >= 40"); !strings.Contains(page, `<div class="jy-figure`) && !strings.Contains(page, "全部人口") {
			t.Error(page)
		}
		if page := ask("退役军人 是\n年领 >= 40"); !strings.Contains(page, "第 2 行第 1 字：不认识的字段“年领”，最接近的是“年龄”") {
			t.Error(page)
		}
		if page := ask("困难类别 = 甲"); !strings.Contains(page, "人口列里没有这一项") {
			t.Error(page)
		}
		draft, wrong := o.condition("年龄 + 1 > 40 且 退役军人")
		if len(wrong) > 0 {
			t.Fatal(wrong)
		}
		list, err := o.Crowd.Ask(ctx, draft)
		if err != nil {
			t.Fatal(err)
		}
		n := int64(0)
		for _, c := range list {
			n += c.Yes
		}
		if n != 4 {
			t.Errorf("%d veterans over 39, want 4", n)
		}
	})
}

// Policies of the catalogue say what they mean: none of them contradicts itself, repeats itself or stands behind another.
func TestTheCatalogueIsNotWarnedOf(t *testing.T) {
	l, err := openLibrary(policyFiles)
	if err != nil {
		t.Fatal(err)
	}
	c, err := l.make(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range rule.Warn(c.all(), rule.Day(20355)) {
		t.Errorf("%s", w)
	}
	if _, err := c.find("R999"); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
}
