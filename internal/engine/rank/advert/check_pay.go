package advert

import "fmt"

// Usual is what is paid in an occupation and place: monthly fen at the tenth, fiftieth and ninetieth part of a hundred of N
// adverts. Under fewest adverts nothing is concluded from it.
type Usual struct {
	N                int
	Tenth, Mid, Most int64
	Where            string // 阿拉善盟 保洁员
}

const fewest = 20

// Context is what an advert says apart from its text, and what it is judged against.
type Context struct {
	PayLow, PayHigh int64  // fen a month as offered; 0: not said
	Least           int64  // minimum monthly wage, fen; 0: not known
	Hourly          bool   // paid by the hour or piece: the monthly minimum wage does not apply
	Usual           *Usual // nil: not known
	Needs           []Need // what the advert must say
}

// Need is something that an advert must say, and whether it does.
type Need struct {
	Field, Name string
	Said        bool
}

// check judges pay and what is missing.
func (c *Context) check() []Objection {
	var out []Objection
	add := func(k Kind, s Severity, field, law, plain, suggest string) {
		a := articles[law]
		if suggest == "" {
			suggest = a.suggest
		}
		out = append(out, Objection{Kind: k, Place: Spot{Field: field}, Rule: Rule{a.law, plain}, Severity: s, Suggest: suggest})
	}
	for _, n := range c.Needs {
		if !n.Said {
			add(Missing, Refuse, n.Field, "essentials", "没有写"+n.Name, "补充"+n.Name)
		}
	}
	if c.PayLow > 0 && c.Least > 0 && c.PayLow < c.Least && !c.Hourly {
		add(PayKind, Refuse, "low", "least", fmt.Sprintf("月工资 %d 元低于最低工资标准 %d 元", c.PayLow/100, c.Least/100), "")
	}
	high := max(c.PayLow, c.PayHigh)
	if u := c.Usual; u != nil && u.N >= fewest && u.Mid > 0 && high > 0 {
		// Pay is skewed: beyond twice the ninetieth and three times the middle, or under half the tenth.
		if c.PayLow > 2*u.Most && c.PayLow > 3*u.Mid || high > 3*u.Most && high > 4*u.Mid {
			add(Fraud, Ask, "high", "usual", fmt.Sprintf("工资最高 %d 元，而%s的 %d 个岗位多在 %d～%d 元之间，相差过大", high/100, u.Where, u.N, u.Tenth/100, u.Most/100), "")
		} else if high < u.Tenth/2 {
			add(PayKind, Ask, "high", "usual", fmt.Sprintf("工资最高 %d 元，不到%s的 %d 个岗位中较低者 %d 元的一半", high/100, u.Where, u.N, u.Tenth/100), "")
		}
	}
	return out
}
