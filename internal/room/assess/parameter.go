package assess

import (
	"strconv"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
)

// Parameters, by code. No document sets any of them, so each is open until two people have set it.
const (
	indirectFactor  = "indirect"
	intensityFloor  = "intensity"
	fillFloor       = "fill"
	contractFloor   = "contract"
	insuredFloor    = "insured"
	medianFloor     = "median"
	lostYellow      = "lost.yellow"
	lostRed         = "lost.red"
	olderCeiling    = "older"
	industryCeiling = "industry"
	earnerCeiling   = "earner"
	contributions   = "base"
	contributeRate  = "rate"
	benefitStandard = "benefit"
	fundCeiling     = "fund"
)

// Units of parameters.
const (
	percent   = "percent"  // ten-thousandths
	factor    = "factor"   // ten-thousandths
	money     = "money"    // fen
	count     = "count"    // whole
	hundredth = "decimals" // hundredths
)

// Parameter is a figure that the sums and lights hang on.
type Parameter struct {
	Code, Unit string
	Keyed      bool   // may differ by section of industry
	By         string // who decides it
	Zh, En     string
}

// Parameters in the order of their page.
var Parameters = []Parameter{
	{indirectFactor, factor, true, "自治区统计局、发展改革委", "间接就业系数", "Indirect posts for each direct one"},
	{intensityFloor, hundredth, false, "自治区发展改革委、人力资源社会保障厅", "每千万元投资新增岗位下限", "Fewest posts for ten million yuan"},
	{fillFloor, percent, false, "自治区人力资源社会保障厅", "本地可填岗比例下限", "Least share fillable from the area"},
	{contractFloor, percent, false, "自治区人力资源社会保障厅", "一年以上合同比例下限", "Least share with a contract of a year"},
	{insuredFloor, percent, false, "自治区人力资源社会保障厅", "岗位参保比例下限", "Least share insured"},
	{medianFloor, percent, false, "自治区人力资源社会保障厅", "达到当地月薪中位数的比例下限", "Least share paid the area's median"},
	{lostYellow, percent, false, "自治区人力资源社会保障厅", "失去岗位占地区参保职工比例（黄灯）", "Posts lost of the area's insured (yellow)"},
	{lostRed, percent, false, "自治区人力资源社会保障厅", "失去岗位占地区参保职工比例（红灯）", "Posts lost of the area's insured (red)"},
	{olderCeiling, percent, false, "自治区人力资源社会保障厅", "50 岁及以上职工占比上限", "Largest share of workers of 50 and older"},
	{industryCeiling, percent, false, "自治区人力资源社会保障厅", "同行业占地区参保职工比例上限", "Largest share of one industry"},
	{earnerCeiling, count, false, "自治区人力资源社会保障厅", "单人就业家庭户数上限", "Most households with one earner"},
	{contributions, money, false, "自治区人力资源社会保障厅", "月缴费基数", "Monthly contribution base"},
	{contributeRate, percent, false, "自治区人力资源社会保障厅、税务局", "养老保险单位和个人合计费率", "Pension rate, unit and person together"},
	{benefitStandard, money, false, "自治区人力资源社会保障厅", "失业保险金月标准", "Unemployment benefit a month"},
	{fundCeiling, money, false, "自治区人力资源社会保障厅、财政厅", "一项评估的失业保险基金支出上限", "Most the unemployment fund may pay for one case"},
}

func parameterOf(code string) (Parameter, error) {
	for _, p := range Parameters {
		if p.Code == code {
			return p, nil
		}
	}
	return Parameter{}, fault.New(fault.NotFound, "没有编号为 %s 的参数", code)
}

// Setting is a value of a parameter from a day on, in an area and, where keyed, for a section of industry.
type Setting struct {
	ID       int64
	Code     string
	From     db.Date
	Area     string
	Key      string // section letter; "": all
	Value    int64
	Source   string
	By       string
	Approver string
	At       int64
}

// valueAt picks the setting that counts: the longest area, then the named section, then the latest day, then the latest setting.
func valueAt(list []Setting, code, area, industry string, on db.Date) (best Setting, ok bool) {
	better := func(a, b *Setting) bool {
		switch {
		case len(a.Area) != len(b.Area):
			return len(a.Area) > len(b.Area)
		case (a.Key != "") != (b.Key != ""):
			return a.Key != ""
		case !a.From.Equal(b.From.Time):
			return a.From.After(b.From.Time)
		}
		return a.ID > b.ID
	}
	for i := range list {
		s := &list[i]
		if s.Code != code || s.From.After(on.Time) || !strings.HasPrefix(area, s.Area) || s.Key != "" && !strings.HasPrefix(industry, s.Key) {
			continue
		}
		if !ok || better(s, &best) {
			best, ok = *s, true
		}
	}
	return best, ok
}

// limitsAt are all values of a case's area and day.
func limitsAt(list []Setting, area, industry string, on db.Date) limits {
	out := limits{}
	for _, p := range Parameters {
		if s, ok := valueAt(list, p.Code, area, industry, on); ok {
			out[p.Code] = limit{s.Value, s.Source}
		}
	}
	return out
}

// parseValue reads a value as people write it: 15%, 0.35, 2270 元, 30 户. Faults: Invalid.
func parseValue(unit, text string) (int64, error) {
	wrong := func() (int64, error) {
		return 0, fault.New(fault.Invalid, "参数的值应写不小于 0 的数字，如%s，您写的是“%s”", examples[unit], text)
	}
	s := strings.NewReplacer(",", "", "，", "", " ", "", "％", "%", "元", "", "户", "", "人", "", "个", "").Replace(text)
	s, isPercent := strings.CutSuffix(s, "%")
	if isPercent != (unit == percent) && s != "" && unit != percent {
		return wrong()
	}
	digits := map[string]int{percent: 2, factor: 4, money: 2, count: 0, hundredth: 2}[unit]
	whole, part, _ := strings.Cut(s, ".")
	if whole == "" || len(part) > digits || len(whole) > 11 {
		return wrong()
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", digits-len(part)), 10, 64)
	if err != nil || n < 0 || strings.ContainsAny(s, "+-") || unit == percent && n > scale {
		return wrong()
	}
	return n, nil
}

var examples = map[string]string{percent: " 15%", factor: " 0.35", money: " 2270 元", count: " 30", hundredth: " 2.5"}

// sayValue writes a value as people read it, without its unit's noun.
func sayValue(unit string, n int64) string {
	switch unit {
	case percent:
		return lang.Percent(n)
	case factor:
		return strings.TrimRight(strings.TrimRight(strconv.FormatFloat(float64(n)/scale, 'f', 4, 64), "0"), ".")
	case money:
		return lang.Fen(n)
	case hundredth:
		return lang.Fen(n) // two decimals, as money has
	}
	return lang.Int(n)
}
