package assess

import (
	"fmt"
	"strings"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// dimension is one of the four as a page or a table shows it: figures with where they are from, and why the light is what it is.
type dimension struct {
	Code, Name string
	Grade      tag
	Pairs      []web.Pair
	Why        []web.Reason
	Measures   []measureRow
}

// dimensionsOf words a result.
func dimensionsOf(c *web.Ctx, v *Case) []dimension {
	list := make([]dimension, len(Dimensions))
	for i, d := range Dimensions {
		list[i] = dimension{Code: d, Name: word(c, "dimension", d), Grade: gradeTag(c, v.Lights[i])}
		if v.Result == nil {
			continue
		}
		switch d {
		case Posts:
			list[i].Pairs = postsPairs(c, v)
		case Environment:
			list[i].Pairs = environmentPairs(c, &v.Result.Environment)
		case Risk:
			list[i].Pairs = riskPairs(c, v)
		case Security:
			list[i].Pairs = securityPairs(c, v)
		}
		for _, k := range v.Result.Checks {
			if k.Dimension == d {
				list[i].Why = append(list[i].Why, reason(c, &k))
			}
		}
	}
	return list
}

var reasonKind = map[string]string{Green: "yes", Yellow: "near", Red: "no", Open: "ask"}

// units of checks' values, and of their thresholds where these have another.
var (
	checkUnit = map[string]string{"net": count, "netlow": count, "intensity": hundredth, "fill": percent, "minimum": count, "insured": percent, "contract": percent, "median": percent, "unmet": count, "unsaid": count,
		"nolost": count, "lost": percent, "older": percent, "earner": count, "industry": percent, "balance": count, "fund": money}
	limitUnit = map[string]string{"minimum": money}
)

// reason is a check in a sentence: the value, the threshold, and who sets it where nobody has.
func reason(c *web.Ctx, k *Check) web.Reason {
	unit, of := checkUnit[k.Code], limitUnit[k.Code]
	if of == "" {
		of = unit
	}
	value, most := c.T("assess.missing"), c.T("assess.notSet")
	if k.Value >= 0 || k.Dimension == Posts || k.Code == "balance" {
		value = sayValue(unit, k.Value)
	}
	if k.Limit >= 0 {
		most = sayValue(of, k.Limit)
	}
	r := web.Reason{Kind: reasonKind[k.Grade], Text: word(c, "check", k.Code, value, most)}
	if p, err := parameterOf(k.Code); err == nil && k.Limit < 0 {
		r.Note = c.T("assess.p.toBeSet", p.By)
	}
	if k.From != "" {
		r.Note = c.T("assess.from", k.From)
	}
	return r
}

func fenOr(c *web.Ctx, fen int64) string {
	if fen < 0 {
		return c.T("assess.notSet")
	}
	return c.T("assess.yuan", lang.Fen(fen))
}

func intervalText(c *web.Ctx, in Interval) string {
	if !in.Known() {
		return c.T("assess.noInterval", in.N)
	}
	return c.T("assess.interval", lang.Int(in.Low), lang.Int(in.High), in.N)
}

func postsPairs(c *web.Ctx, v *Case) []web.Pair {
	p := &v.Result.Posts
	n := func(x int64) string { return c.T("assess.n", lang.Int(x)) }
	like := word(c, "like", p.Like)
	list := []web.Pair{}
	if v.Kind != Exit {
		list = append(list, web.Pair{Key: c.T("assess.f.permanent"), Value: n(p.Permanent), Note: c.T("assess.f.stated") + intervalText(c, p.Stated)},
			web.Pair{Key: c.T("assess.f.temporary"), Value: n(p.Temporary), Note: c.T("assess.f.temporaryNote")})
		if v.InvestFen > 0 {
			rate := web.Pair{Key: c.T("assess.f.byRate"), Value: c.T("assess.notYet"), Note: intervalText(c, p.ByRate)}
			if p.ByRate.Known() {
				rate.Value, rate.Note = n(p.ByRate.Mid), c.T("assess.f.byRateNote", like)+intervalText(c, p.ByRate)
			}
			list = append(list, rate)
		}
		indirect := web.Pair{Key: c.T("assess.f.indirect"), Value: c.T("assess.notSet"), Note: c.T("assess.f.indirectOpen", Parameters[0].By)}
		if p.Factor >= 0 {
			indirect.Value, indirect.Note = n(p.Indirect), c.T("assess.f.indirectNote", sayValue(factor, p.Factor), p.FactorFrom)
		}
		list = append(list, indirect)
	}
	if p.Lost > 0 {
		list = append(list, web.Pair{Key: c.T("assess.lost"), Value: n(p.Lost), Note: c.T("assess.f.lostNote")})
	}
	list = append(list, web.Pair{Key: c.T("assess.f.net"), Value: n(p.Net), Note: c.T("assess.f.netPlain")})
	if p.Worst != p.Net {
		list[len(list)-1].Note += c.T("assess.f.netNote", lang.Int(p.Worst))
	}
	if p.Intensity >= 0 && v.Kind != Exit {
		list = append(list, web.Pair{Key: c.T("assess.f.intensity"), Value: n2(p.Intensity), Note: c.T("assess.f.intensityNote", perWan(p.Intensity))})
	}
	for _, f := range p.Fits {
		list = append(list, web.Pair{Key: c.T("assess.f.fit", f.Occupation, f.People), Value: c.T("assess.f.fitValue", lang.Int(f.Schooled)),
			Note: c.T("assess.f.fitNote", area.Name(f.Place), atLeast(c, f.Education), lang.Int(f.Wishing), lang.Int(f.Unknown))})
	}
	return list
}

// n2 writes hundredths.
func n2(v int64) string { return sayValue(hundredth, v) }

// perWan is the same intensity for ten thousand yuan, in posts with five decimals.
func perWan(intensity int64) string { return fmt.Sprintf("%.5f", float64(intensity)/100/1000) }

// atLeast is the least schooling asked in words.
func atLeast(c *web.Ctx, code int) string {
	if _, ok := person.EducationOf(code); !ok {
		return c.T("assess.anySchool")
	}
	return c.T("assess.atLeast", educationText(c, code))
}

func educationText(c *web.Ctx, code int) string {
	e, ok := person.EducationOf(code)
	switch {
	case !ok:
		return c.T("assess.anySchool")
	case english(c):
		return e.En
	}
	return e.Zh
}

func partOf(part, whole int64) string {
	if whole == 0 {
		return "0"
	}
	return lang.Int(part) + "（" + lang.Percent(share(part, whole)) + "）"
}

func environmentPairs(c *web.Ctx, e *EnvironmentResult) []web.Pair {
	if e.Posts == 0 {
		return []web.Pair{{Key: c.T("assess.f.noPosts"), Value: c.T("assess.grade.none")}}
	}
	minimum, median := c.T("assess.missing"), c.T("assess.f.fewOpenings", e.Vacant)
	if e.Minimum > 0 {
		minimum = c.T("assess.yuan", lang.Fen(e.Minimum))
	}
	if e.Median > 0 {
		median = c.T("assess.yuan", lang.Fen(e.Median))
	}
	list := []web.Pair{
		{Key: c.T("assess.f.insured"), Value: partOf(e.Insured, e.Posts), Note: c.T("assess.f.byLines")},
		{Key: c.T("assess.f.contract"), Value: partOf(e.Contract, e.Lasting), Note: c.T("assess.f.contractNote")},
		{Key: c.T("assess.f.below"), Value: lang.Int(e.Below), Note: c.T("assess.f.minimum", minimum, e.MinFrom)},
		{Key: c.T("assess.f.median"), Value: partOf(e.AtMedian, e.Posts), Note: c.T("assess.f.medianNote", median, lang.Int(e.Vacant))},
	}
	words := func(codes []string) string {
		var names []string
		for _, q := range codes {
			names = append(names, word(c, "question", q))
		}
		if len(names) == 0 {
			return c.T("assess.nothing")
		}
		return strings.Join(names, "、")
	}
	return append(list, web.Pair{Key: c.T("assess.f.unmet"), Value: words(e.Unmet)}, web.Pair{Key: c.T("assess.f.unsaid"), Value: words(e.Unsaid)})
}

func riskPairs(c *web.Ctx, v *Case) []web.Pair {
	k := &v.Result.Risk
	if k.Lost == 0 {
		return []web.Pair{{Key: c.T("assess.lost"), Value: "0", Note: c.T("assess.f.lostNote")}}
	}
	month := fmt.Sprintf("%d-%02d", v.Result.Month/100, v.Result.Month%100)
	list := []web.Pair{{Key: c.T("assess.lost"), Value: lang.Int(k.Lost), Note: c.T("assess.f.lostShare", lang.Int(k.AreaInsured), lang.Percent(max(0, share(k.Lost, k.AreaInsured))), month)}}
	if k.OfUnit {
		list = append(list, web.Pair{Key: c.T("assess.f.workers"), Value: lang.Int(k.Workers), Note: c.T("assess.f.register", month)},
			web.Pair{Key: c.T("assess.f.own"), Value: partOf(k.Own, k.AreaInsured), Note: c.T("assess.f.ownNote", month)},
			web.Pair{Key: c.T("assess.f.older"), Value: partOf(k.Older, k.Workers), Note: c.T("assess.f.register", month)},
			web.Pair{Key: c.T("assess.f.earner"), Value: lang.Int(k.OneEarner), Note: c.T("assess.f.earnerNote")})
	} else {
		list = append(list, web.Pair{Key: c.T("assess.f.workers"), Value: c.T("assess.missing"), Note: c.T("assess.f.noUnit")})
	}
	if k.IndustryCode != "" {
		list = append(list, web.Pair{Key: c.T("assess.f.sameIndustry", k.IndustryCode), Value: partOf(k.Industry, k.AreaInsured), Note: c.T("assess.f.register", month)})
	}
	return list
}

func securityPairs(c *web.Ctx, v *Case) []web.Pair {
	s := &v.Result.Security
	list := []web.Pair{{Key: c.T("assess.f.newly"), Value: lang.Int(s.Newly), Note: c.T("assess.f.byLines")}}
	if v.Lost == 0 {
		return list
	}
	return append(list, web.Pair{Key: c.T("assess.f.lostInsured"), Value: lang.Int(s.LostInsured)},
		web.Pair{Key: c.T("assess.f.gap"), Value: fenOr(c, s.GapFen), Note: c.T("assess.f.gapNote", sayOpen(c, money, s.Base), sayOpen(c, percent, s.Rate))},
		web.Pair{Key: c.T("assess.f.fund"), Value: fenOr(c, s.FundFen), Note: c.T("assess.f.fundNote", lang.Int(s.Entitled), lang.Int(s.Months), sayOpen(c, money, s.Standard))})
}

func sayOpen(c *web.Ctx, unit string, v int64) string {
	if v == 0 {
		return c.T("assess.notSet")
	}
	return sayValue(unit, v)
}
