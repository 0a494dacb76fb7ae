package advert

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// rule is one way of saying what must not be said. Its expression is tried only in sentences that hold one of its words.
type rule struct {
	kind     Kind
	severity Severity
	article  string   // key of articles
	suggest  string   // "": the kind's own
	words    []string // one of them stands in every match
	match    string   // expression over folded text
	lawful   string   // where the whole advert matches it, the job needs the condition: a note only
	only     string   // where it is set, the whole advert must match it
	strict   bool     // a word of negation before it changes nothing
	judge    func(phrase string) Severity
	yes, no  []string // adverts that it must object to, and must not

	re, lawfulRE, onlyRE *regexp.Regexp
}

// exempt are words that look like a condition and are none; what overlaps them is no match.
type exempt struct {
	kind  Kind // of the objections that it takes away; "": all
	words []string
	match string
	re    *regexp.Regexp
}

// span is what an exempt covers of a sentence.
type span struct {
	from, to int
	kind     Kind
}

// longestSentence is how much of a sentence is read at once, in bytes.
const longestSentence = 900

// finder holds everything compiled, made at first use.
var finder = sync.OnceValue(func() *machine {
	m := newMachine()
	for i := range rules {
		r := &rules[i]
		r.re = regexp.MustCompile(r.match)
		if r.lawful != "" {
			r.lawfulRE = regexp.MustCompile(r.lawful)
		}
		if r.only != "" {
			r.onlyRE = regexp.MustCompile(r.only)
		}
		for _, w := range r.words {
			m.add(w, i)
		}
	}
	for i := range exempts {
		exempts[i].re = regexp.MustCompile(exempts[i].match)
		for _, w := range exempts[i].words {
			m.add(w, len(rules)+i)
		}
	}
	m.link()
	return m
})

// find lists a field's objections; all are the advert's fields, whose words may make a condition lawful.
func find(f Field, t folded, all []folded) []Objection {
	var out []Objection
	m := finder()
	n := len(rules) + len(exempts)
	hit := make([]bool, n)
	for from := 0; from < len(t.text); {
		to := from + sentence(t.text[from:])
		s := t.text[from:to]
		clear(hit)
		if m.scan(s, hit) {
			var free []span
			for i := range exempts {
				if hit[len(rules)+i] {
					for _, at := range exempts[i].re.FindAllStringIndex(s, -1) {
						free = append(free, span{at[0], at[1], exempts[i].kind})
					}
				}
			}
			for i := range rules {
				if !hit[i] {
					continue
				}
				for _, at := range rules[i].re.FindAllStringIndex(s, -1) {
					if o, ok := rules[i].object(f, &t, s, from, at[0], at[1], free, all); ok {
						out = append(out, o)
					}
				}
			}
		}
		from = to
	}
	return settle(out)
}

// sentence is the length of the first sentence of a text with its end mark.
func sentence(s string) int {
	end := strings.IndexAny(s, "\n。;；!?")
	if end < 0 {
		end = len(s) - 1
	} else {
		_, n := utf8.DecodeRuneInString(s[end:])
		end += n - 1
	}
	end++
	if end > longestSentence {
		for end = longestSentence; end > 0 && !utf8.RuneStart(s[end]); end-- {
		}
	}
	return end
}

// object makes an objection of a match, unless its context takes it away.
func (r *rule) object(f Field, t *folded, s string, base, from, to int, free []span, all []folded) (Objection, bool) {
	for from < to && strings.ContainsRune(" ,、:()/。;\n", first(s[from:to])) {
		from += utf8.RuneLen(first(s[from:to]))
	}
	for from < to {
		last, n := utf8.DecodeLastRuneInString(s[from:to])
		if !strings.ContainsRune(" ,、:()/。;\n", last) {
			break
		}
		to -= n
	}
	if from >= to {
		return Objection{}, false
	}
	for _, f := range free {
		if f.from < to && from < f.to && (f.kind == "" || f.kind == r.kind) {
			return Objection{}, false
		}
	}
	if !r.strict && denied(s, from, to) {
		return Objection{}, false
	}
	if r.onlyRE != nil && !anywhere(r.onlyRE, all) {
		return Objection{}, false
	}
	severity := r.severity
	if r.judge != nil {
		if severity = r.judge(s[from:to]); severity == 0 {
			return Objection{}, false
		}
	}
	if r.lawfulRE != nil && anywhere(r.lawfulRE, all) {
		severity = Note
	}
	a, b := t.original(base+from, base+to)
	phrase := f.Text[a:b]
	for len(phrase) > 0 && strings.ContainsRune(" 　\t\r\n", last(phrase)) {
		phrase = phrase[:len(phrase)-utf8.RuneLen(last(phrase))]
	}
	law := articles[r.article]
	o := Objection{Kind: r.kind, Phrase: phrase, Place: Spot{f.Name, a, a + len(phrase)}, Rule: Rule{Law: law.law, Plain: law.plain}, Severity: severity, Suggest: r.suggest}
	if o.Suggest == "" {
		o.Suggest = law.suggest
	}
	return o, phrase != ""
}

func first(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func last(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }

func anywhere(re *regexp.Regexp, all []folded) bool {
	for i := range all {
		if re.MatchString(all[i].text) {
			return true
		}
	}
	return false
}

// The words of negation: far ones hold for the whole clause behind them, near ones for what follows with fillers between, next
// ones for what follows at once, and what stands behind a phrase may deny it too.
var (
	far    = regexp.MustCompile(`不得(含|有|出现|以|因|设|收|发布|歧视)|禁止|严禁|杜绝|谨防|警惕|抵制|反对|拒绝任何|不设|不因|不以|不会因|举报|打击|严查|防范|承诺[:]?不|无论|从不|绝不`)
	next   = regexp.MustCompile(`(不|免|无|不得|不会|不再|没有|严禁|别)$`)
	near   = regexp.MustCompile(`(不收取?|不收|不缴纳?|不交|不用交?|无需|无须|不需要?|不必|免收?|零|无任?何?|没有|不限|不看|不查|不问|不分|不要求|不存在|不含|不扣押?|不扣|不押|不招|非|取消|不作|不论|不歧视|不压|不拖)((任何|缴纳|交纳|交|收取|提供|一切|各种|各类|其他|个人|求职者?|你|您|押金|服装费|培训费|中介费|报名费|体检费|保证金|费用|身份证|证件|[、和及与或/“"( ])*)$`)
	behind = regexp.MustCompile(`^[”")]?(等?[^,。;]{0,12}(骗局|诈骗|歧视性|违法|均属|不作为)|等?(一律|均|都|全部|完全)?(不限|不收|全免|免费|全部免除|不需要|不要求|不查))`)
	clause = ",，。;；!?\n"
)

// denied reports whether the words around a phrase say the opposite of it.
func denied(s string, from, to int) bool {
	start := strings.LastIndexAny(s[:from], clause) + 1
	before := s[start:from]
	return far.MatchString(before) || next.MatchString(before) || near.MatchString(before) || behind.MatchString(s[to:])
}
