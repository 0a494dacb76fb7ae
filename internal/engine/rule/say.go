package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Voice is whom a sentence speaks to.
type Voice uint8

// The voices.
const (
	Plain Voice = iota // for staff: without a subject
	You                // for the person (您) or the employer (贵单位)
)

var groupWords = map[string]Word{
	"all":   {"同时符合以下各条", "all of the following"},
	"any":   {"符合以下任意一条", "any one of the following"},
	"least": {"至少符合以下 %d 条", "at least %d of the following"},
}

// Say is the day as text has it: 2025年9月24日, in English 24 Sep 2025.
func (d Day) Say(english bool) string {
	if english {
		return d.Time().Format("2 Jan 2006")
	}
	year, month, day := d.parts() // the longest part of an explanation's time would be Format's
	return strconv.FormatInt(year, 10) + "年" + strconv.FormatInt(month, 10) + "月" + strconv.FormatInt(day, 10) + "日"
}

// Zh is the clause as a Chinese sentence without a full stop: 失业月数为 9 个月，应不少于 12 个月，差 3 个月.
func (c *Clause) Zh(v Voice) string {
	if c.Group != "" {
		return c.heading(groupWords[c.Group].Zh)
	}
	if c.Field < 0 {
		return c.said.Zh
	}
	f := c.taken()
	who, whose := c.subject(v)
	if absent := c.absent(); len(absent) > 0 {
		missing := &c.policy.dict.Fields[absent[0]]
		what := whose + missing.Zh
		if missing.Type == Bool && missing.Yes != "" {
			what = who + whether(missing.Yes)
		}
		return "还不知道" + what + heldBy(missing)
	}
	if f.Type == Bool {
		fact := either(c.Value.IsYes(), f.Yes, f.No)
		if fact == "" {
			fact = f.Zh + "：" + f.Say(c.Value, false)
			return whose + fact
		}
		return who + fact
	}
	return whose + f.Zh + "为" + spaced(f, c.found(f, false)) + "，" + c.demand(false) + c.lack(false)
}

// En is the clause as an English sentence without a full stop.
func (c *Clause) En() string {
	if c.Group != "" {
		return c.heading(groupWords[c.Group].En)
	}
	if c.Field < 0 {
		return c.said.En
	}
	f := c.taken()
	if absent := c.absent(); len(absent) > 0 {
		missing := &c.policy.dict.Fields[absent[0]]
		text := missing.Label() + ": not known"
		if missing.Holder.En != "" {
			text += ", held by " + missing.Holder.En
		}
		return text
	}
	return fmt.Sprintf("%s: %s, %s%s", f.Label(), c.found(f, true), c.demand(true), c.lack(true))
}

// Label is the English name as people read it: months_unemployed → Months unemployed.
func (f *Field) Label() string {
	s := strings.TrimSpace(strings.ReplaceAll(f.En, "_", " "))
	first, n := utf8.DecodeRuneInString(s) // a field that only a file names may be Chinese
	return string(unicode.ToUpper(first)) + s[n:]
}

func (c *Clause) heading(format string) string {
	if c.Group == "least" {
		return fmt.Sprintf(format, c.N)
	}
	return format
}

func (c *Clause) subject(v Voice) (who, whose string) {
	switch {
	case v == Plain:
		return "", ""
	case c.policy.For == Employer:
		return "贵单位", "贵单位的"
	}
	return "您", "您的"
}

// whether asks for a fact: 是否有劳动能力, 是不是退役军人.
func whether(fact string) string {
	if rest, is := strings.CutPrefix(fact, "是"); is {
		return "是不是" + rest
	}
	return "是否" + fact
}

func heldBy(f *Field) string {
	if f.Holder.Zh == "" {
		return ""
	}
	return "，这一项由" + f.Holder.Zh + "掌握"
}

// spaced puts the blank between Chinese characters and figures; dates and words stand close.
func spaced(f *Field, s string) string {
	if f.Type == Number {
		return " " + s
	}
	return s
}

var demands = [...]Word{
	opEq: {"应为", "must be"}, opNe: {"不应为", "must not be"}, opLt: {"应少于", "must be less than"}, opGe: {"应不少于", "must be at least"},
	opGt: {"应大于", "must be more than"}, opLe: {"应不超过", "must be at most"}, opIn: {"应属于", "must be one of"}, opNotIn: {"不应属于", "must not be any of"},
	opBetween: {"应介于", "must be between"}, opOutside: {"不应介于", "must not be between"},
	opStarts: {"应以此开头：", "must begin with"}, opNotStarts: {"不应以此开头：", "must not begin with"},
	opEnds: {"应以此结尾：", "must end with"}, opNotEnds: {"不应以此结尾：", "must not end with"},
	opHas: {"应包含", "must contain"}, opNotHas: {"不应包含", "must not contain"},
}

var dateDemands = [opNotHas + 1]Word{
	opLt: {"应早于", "must be before"}, opGe: {"应不早于", "must not be before"}, opGt: {"应晚于", "must be after"}, opLe: {"应不晚于", "must not be after"},
}

// demand is what the comparison asks for.
func (c *Clause) demand(english bool) string {
	l := &c.policy.leaves[c.leaf]
	f := c.taken()
	w := demands[l.op]
	if f.Type == Date && dateDemands[l.op].Zh != "" {
		w = dateDemands[l.op]
	}
	verb := either(english, w.En, w.Zh)
	switch {
	case f.Type == Bool:
		return verb + " yes"
	case f.Type == Choice && l.texts == nil:
		return join(verb, f.list(l.mask, either(english, " or ", "或"), english), english)
	case f.Type == Choice && l.mask != 0:
		return join(verb, f.list(l.mask, either(english, " or ", "或"), english)+either(english, " or ", "或")+strings.Join(l.texts, either(english, " or ", "或")), english)
	case l.texts != nil:
		return c.wanted(verb, l, english)
	case l.nums != nil:
		var words []string
		for _, n := range l.nums {
			words = append(words, f.Say(Value{n: n}, english))
		}
		return join(verb, few(words, english), english)
	}
	say := func(n int64) string { return f.Say(Value{n: n}, english) }
	low := say(c.low)
	if l.low.base == other { // 应不少于一年前带动就业人数（4 人）
		o := &c.policy.dict.Fields[l.low.field]
		move, moveEn := l.low.moved()
		return either(english, verb+" "+o.Label()+moveEn+" ("+low+")", verb+o.Zh+move+"（"+low+"）")
	}
	if l.op == opBetween || l.op == opOutside {
		blank := ""
		if f.Type == Number {
			low, blank = number(c.low), " "
		}
		return join(verb, low+either(english, " and ", blank+"和"+blank)+say(c.high), english || f.Type == Number) + either(english, "", "之间")
	}
	return join(verb, low, english || f.Type == Number)
}

// taken is the clause's field as what it is taken for.
func (c *Clause) taken() *Field {
	f := &c.policy.dict.Fields[c.Field]
	if as := c.policy.leaves[c.leaf].as; as != f.Type {
		other := *f
		other.Type = as
		return &other
	}
	return f
}

// shown is how many words of a list a sentence holds.
const shown = 12

// few joins words; of many it says how many there are.
func few(words []string, english bool) string {
	between := either(english, " or ", "或")
	if n := len(words); n > shown {
		return strings.Join(words[:shown], either(english, ", ", "、")) + fmt.Sprintf(either(english, " … (%d in all)", "等 %d 项之一"), n)
	}
	return strings.Join(words, between)
}

// wanted is what a text should be.
func (c *Clause) wanted(verb string, l *leaf, english bool) string {
	var words []string
	for _, t := range l.texts {
		if w := c.policy.dict.text(c.Field, t, english); !slices.Contains(words, w) || len(words) > shown {
			words = append(words, w)
		}
	}
	if c.policy.dict.names(c.Field, l.texts) && (l.op == opStarts || l.op == opNotStarts) { // of an area: 应在阿拉善盟
		verb = either(l.op == opStarts, either(english, "must be in", "应在"), either(english, "must not be in", "不应在"))
	}
	return join(verb, few(words, english), english)
}

// text is a text as people know it.
func (d *Dictionary) text(field int, s string, english bool) string {
	if d.Name != nil {
		if w := d.Name(field, s); w.Zh != "" {
			return either(english && w.En != "", w.En, w.Zh)
		}
	}
	return s
}

// names says whether the dictionary knows names for all of some texts.
func (d *Dictionary) names(field int, texts []string) bool {
	return d.Name != nil && !slices.ContainsFunc(texts, func(s string) bool { return d.Name(field, s).Zh == "" })
}

// found is the clause's value for people.
func (c *Clause) found(f *Field, english bool) string {
	if f.Type == Text {
		return c.policy.dict.text(c.Field, c.Value.s, english)
	}
	return f.Say(c.Value, english)
}

func join(verb, value string, blank bool) string {
	if blank {
		return verb + " " + value
	}
	return verb + value
}

// lack is how much a number falls short of its threshold, or goes beyond it.
func (c *Clause) lack(english bool) string {
	f := c.taken()
	if f.Type != Number || c.Outcome != No {
		return ""
	}
	gap, word := int64(0), Word{}
	switch c.policy.leaves[c.leaf].op {
	case opGe:
		gap, word = c.low-c.Value.n, Word{"差", "short by"}
	case opLe:
		gap, word = c.Value.n-c.low, Word{"超出", "over by"}
	default:
		return ""
	}
	return either(english, ", "+word.En+" ", "，"+word.Zh+" ") + f.Say(Value{n: gap}, english)
}

// Lead is the verdict in one Chinese sentence without a full stop, for the person or for staff.
func (e *Explanation) Lead(v Voice) string {
	switch e.Verdict {
	case Eligible:
		if e.Until != 0 {
			return "各条都符合，到" + (e.Until - 1).Say(false) + "为止"
		}
		return "各条都符合"
	case Near:
		if e.From != 0 {
			return "其他条件不变，" + e.From.Say(false) + "起符合"
		}
		return "只差一条：" + e.Clauses[e.Short].Zh(v)
	case Unknown:
		return "缺信息：" + e.lost(false)
	}
	if !e.Policy.InForce(e.On) {
		return "政策在" + e.On.Say(false) + "不在有效期内"
	}
	return "有条件不符合"
}

// LeadEn is Lead in English.
func (e *Explanation) LeadEn() string {
	switch e.Verdict {
	case Eligible:
		if e.Until != 0 {
			return "Every condition is met, until " + (e.Until - 1).Say(true)
		}
		return "Every condition is met"
	case Near:
		if e.From != 0 {
			return "If nothing else changes, eligible from " + e.From.Say(true)
		}
		return "One condition is missing: " + e.Clauses[e.Short].En()
	case Unknown:
		return "Information is missing: " + e.lost(true)
	}
	if !e.Policy.InForce(e.On) {
		return "The policy is not in force on " + e.On.Say(true)
	}
	return "Some conditions are not met"
}

// lost names the missing fields and who holds them.
func (e *Explanation) lost(english bool) string {
	var parts []string
	for _, id := range e.Missing() {
		f := &e.Policy.dict.Fields[id]
		holder := either(english, f.Holder.En, f.Holder.Zh)
		name := either(english, f.Label(), f.Zh)
		if holder != "" {
			name += either(english, " ("+holder+")", "（"+holder+"）")
		}
		parts = append(parts, name)
	}
	parts = append(parts, e.MissingNames()[len(parts):]...)
	return strings.Join(parts, either(english, ", ", "、"))
}
