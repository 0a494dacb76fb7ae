package rule

import (
	"fmt"
	"strings"
)

// Limits of formulas.
const (
	maxNodes = 4000     // of one formula, with the named values it uses
	maxNest  = 60       // parentheses in each other
	maxLine  = 64 << 10 // characters
)

// formulas reads one line; words are taken as reader takes them.
type formulas struct {
	reader
	stack []*Dictionary // the subject's, then those of the lists around the place
	named map[string]*named
	nodes int
	nest  int
	err   string
	bad   int // place of the error
}

// readFormula reads a whole line. The error is a sentence for the person, with its place in characters.
func readFormula(text string, d *Dictionary, named map[string]*named, params map[string]*Parameter) (f *formula, bad int, err string) {
	r := &formulas{reader: newReader(d, text), stack: []*Dictionary{d}, named: named}
	r.params = params
	if len(r.text) > maxLine {
		return nil, 0, fmt.Sprintf("一条写了 %d 个字符以上，请用“计算”拆成几步", maxLine)
	}
	f = r.or()
	if rest := r.rest(); r.err == "" && rest != "" {
		r.fail("写到这里应当结束，多出了“%s”", rest)
	}
	return f, r.bad, r.err
}

func (r *formulas) fail(format string, args ...any) *formula {
	if r.err == "" {
		r.err, r.bad = fmt.Sprintf(format, args...), r.at
	}
	return &formula{act: actLiteral}
}

func (r *formulas) made(f formula) *formula {
	if r.nodes++; r.nodes > maxNodes {
		return r.fail("这一条太长，请用“计算”拆成几步")
	}
	return &f
}

func (r *formulas) or() *formula { return r.joined(actOr, r.and, "或者", "或", "or", "||") }
func (r *formulas) and() *formula {
	return r.joined(actAnd, r.not, "并且", "而且", "且", "and", "&&")
}

func (r *formulas) joined(how act, part func() *formula, words ...string) *formula {
	f := part()
	if r.err != "" || !r.take(words...) {
		return f
	}
	kids := []*formula{r.want(f, truthShape)}
	for more := true; more && r.err == ""; more = r.take(words...) {
		kids = append(kids, r.want(part(), truthShape))
	}
	return r.made(formula{act: how, kids: kids})
}

func (r *formulas) not() *formula {
	if r.notAhead() {
		if r.nest++; r.nest > maxNest {
			return r.fail("套了 %d 层以上，请改写得平一些", maxNest)
		}
		f := r.want(r.not(), truthShape)
		r.nest--
		return r.made(formula{act: actNot, kids: []*formula{f}})
	}
	return r.comparison()
}

// notAhead takes 非, 不是 and not, unless a name begins so.
func (r *formulas) notAhead() bool {
	if rest := r.rest(); strings.HasPrefix(rest, "!") && !strings.HasPrefix(rest, "!=") {
		r.at++
		return true
	}
	if _, length := r.longest(); length > 0 {
		return false
	}
	return r.take("非", "not")
}

// want checks a part's shape.
func (r *formulas) want(f *formula, s shape) *formula {
	if r.cast(f, s); r.err == "" && f.shape != s {
		r.fail("这里应是%s，写的是%s", shapeNames[s], shapeNames[f.shape])
	}
	return f
}

func (r *formulas) sum() *formula {
	f := r.product()
	for r.err == "" {
		switch {
		case r.take("+", "加上"):
			f = r.plus(f, r.product(), 1)
		case r.take("-", "减去", "−"):
			f = r.plus(f, r.product(), -1)
		default:
			if f.shape == dateShape && r.take("之前", "以前", "前") {
				f = r.plus(f, r.product(), -1)
				continue
			}
			if f.shape == dateShape && r.take("之后", "以后", "后") {
				f = r.plus(f, r.product(), 1)
				continue
			}
			return f
		}
	}
	return f
}

func (r *formulas) plus(a, b *formula, sign int) *formula {
	if r.err != "" {
		return a
	}
	if a.guessed() && a.shape == textShape && (b.shape == spanShape || b.shape == dateShape) {
		a.shape = dateShape
	}
	if a.shape == dateShape && b.guessed() && b.shape == textShape {
		b.shape = dateShape
	}
	switch {
	case a.shape == dateShape && b.shape == spanShape:
		return r.made(formula{act: actMove, shape: dateShape, months: sign * b.months, days: sign * b.days, kids: []*formula{a}})
	case a.shape == dateShape && b.shape == dateShape && sign < 0:
		return r.made(formula{act: actSubtract, shape: numberShape, unit: "天", kids: []*formula{a, b}})
	case a.shape == numberShape && b.shape == spanShape:
		b = r.counted(b, a.unit)
	case a.shape == spanShape && b.shape == numberShape:
		a = r.counted(a, b.unit)
	}
	r.want(a, numberShape)
	r.want(b, numberShape)
	if a.unit != "" && b.unit != "" && a.unit != b.unit {
		return r.fail("单位不同，不能相加减：%s和%s", a.unit, b.unit)
	}
	return r.sure(r.made(formula{act: either(sign > 0, actAdd, actSubtract), shape: numberShape, unit: either(a.unit != "", a.unit, b.unit), kids: []*formula{a, b}}))
}

// sure refuses a calculation of figures alone that has no value, such as 1 / 0.
func (r *formulas) sure(f *formula) *formula {
	plain := true
	f.walk(func(g *formula) bool {
		plain = plain && (g.act == actLiteral || g.act >= actAdd && g.act <= actNegate)
		return plain
	})
	if plain && r.err == "" {
		if v := f.calc(stage(nobody{}, 0)); !v.known {
			return r.fail("%s", failures[v.fail].Zh)
		}
	}
	return f
}

func (r *formulas) product() *formula {
	f := r.factor()
	for r.err == "" {
		switch {
		case r.take("*", "×", "乘以"):
			f = r.times(actMultiply, f, r.factor())
		case r.take("/", "÷", "除以"):
			f = r.times(actDivide, f, r.factor())
		default:
			return f
		}
	}
	return f
}

func (r *formulas) times(how act, a, b *formula) *formula {
	if r.err != "" {
		return a
	}
	if a.shape == spanShape {
		a = r.counted(a, "个月")
	}
	if b.shape == spanShape {
		b = r.counted(b, "个月")
	}
	r.want(a, numberShape)
	r.want(b, numberShape)
	if how == actDivide && b.act == actLiteral && b.n == 0 {
		return r.fail("除数为 0")
	}
	unit := a.unit
	switch {
	case unit == "" && how == actMultiply:
		unit = b.unit
	case unit != "" && b.unit != "": // 元 × 个月, 元 ÷ 人: what money is counted by falls away
		switch {
		case unit == b.unit && how == actDivide:
			unit = ""
		case b.unit == "元":
			unit = "元"
		}
	}
	return r.sure(r.made(formula{act: how, shape: numberShape, unit: unit, kids: []*formula{a, b}}))
}

func (r *formulas) factor() *formula {
	if r.take("-", "−") {
		if r.nest++; r.nest > maxNest {
			return r.fail("套了 %d 层以上，请改写得平一些", maxNest)
		}
		f := r.want(r.factor(), numberShape)
		r.nest--
		return r.made(formula{act: actNegate, shape: numberShape, unit: f.unit, kids: []*formula{f}})
	}
	return r.primary()
}
