package pay

import "testing"

func TestAdvertsSayPayInManyWays(t *testing.T) {
	for _, c := range []struct {
		text      string
		low, high int64 // yuan a month
		months    int
		unit      Unit
	}{
		{"8千-1万/月", 8000, 10000, 12, Month},
		{"1-1.5万·13薪", 10000, 15000, 13, Month},
		{"15-25K·16薪", 15000, 25000, 16, Month},
		{"8000-12000", 8000, 12000, 12, Month},
		{"8000—12000元/月", 8000, 12000, 12, Month},
		{"８０００～１２０００元", 8000, 12000, 12, Month},
		{"6-8千/月", 6000, 8000, 12, Month},
		{"0.8-1.2万/月", 8000, 12000, 12, Month},
		{"1万-2万", 10000, 20000, 12, Month},
		{"6千以上/月", 6000, 0, 12, Month},
		{"1.5千以下/月", 0, 1500, 12, Month},
		{"1万/月以上", 10000, 0, 12, Month},
		{"5000元以上", 5000, 0, 12, Month},
		{"5000起", 5000, 0, 12, Month},
		{"5000+", 5000, 0, 12, Month},
		{"4k~6k", 4000, 6000, 12, Month},
		{"3.5k-5.5k", 3500, 5500, 12, Month},
		{"￥5,000-8,000", 5000, 8000, 12, Month},
		{"月薪5000元左右", 5000, 5000, 12, Month},
		{"八千到一万", 8000, 10000, 12, Month},
		{"10-20万/年", 8333, 16666, 12, Year},
		{"年薪15万", 12500, 12500, 12, Year},
		{"15万-30万", 12500, 25000, 12, Year},
		{"200元/天", 4350, 4350, 12, Day},
		{"150-200/天", 3262, 4350, 12, Day},
		{"日结180", 3915, 3915, 12, Day},
		{"20元/小时", 3480, 3480, 12, Hour},
		{"25-30元/时", 4350, 5220, 12, Hour},
		{"底薪3000+提成", 3000, 0, 12, Month},
		{"试用期4000，转正5000-6000", 5000, 6000, 12, Month},
		{"综合薪资6000-8000元 五险一金 双休", 6000, 8000, 12, Month},
		{"500-1万", 500, 10000, 12, Month},
		{"12000-8000元", 8000, 12000, 12, Month},
		{"9000-13000元·13薪", 9000, 13000, 13, Month},
		{"3000元/月-5000元/月", 3000, 5000, 12, Month},
		{"5000-6000 月休4天 18-45岁", 5000, 6000, 12, Month},
		{"2000 - 3000 元/月（实习）", 2000, 3000, 12, Month},
		{"5000 rmb", 5000, 5000, 12, Month},
	} {
		p := Read(c.text)
		low, high := p.Month()
		if low/100 != c.low || high/100 != c.high || p.Months != c.months || p.Unit != c.unit {
			t.Errorf("%q: %d-%d 元/月，%d 薪，%s；应为 %d-%d，%d，%s（%s）", c.text, low/100, high/100, p.Months, p.Unit, c.low, c.high, c.months, c.unit, p.Doubt)
		}
	}
}

func TestWhatSaysNoAmountIsNotGuessed(t *testing.T) {
	for _, text := range []string{"", "面议", "薪资面议", "优厚", "3-5", "18-45岁", "双休 五险一金", "13912345678901234"} {
		if p := Read(text); p.Said() {
			t.Errorf("%q 读出了 %d-%d", text, p.Low, p.High)
		}
	}
	if p := Read("面议"); !p.Negotiable || p.Doubt != "" {
		t.Errorf("面议没有认出：%+v", p)
	}
	if p := Read("3-5"); p.Doubt == "" {
		t.Error("看不出单位的金额应当说明")
	}
	if p := Read("0.5元/件"); !p.Said() || p.Unit != Piece {
		t.Errorf("计件单价没有认出：%+v", p)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"8千-1万/月", "1-1.5万·13薪", "1..2万薪", "一万万", "·13薪-", "9999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := Read(text)
		if p.Low < 0 || p.High < 0 || p.High > 0 && p.Low > p.High {
			t.Fatalf("%q: %+v", text, p)
		}
	})
}
