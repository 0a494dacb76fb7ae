package policy

import (
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/web"
)

// How the amount is paid (发放), as the form asks it. What the form cannot ask (days by formula, several stages) stays as the document
// has it.
const (
	payOnce    = "once"
	payMonthly = "month"
	payKept    = "kept"
)

// payFields are the questions about it; the first decides whether the others count.
var payFields = []string{"pay", "since", "longest", "till", "part", "after", "then"}

// applied is the day of the application as policies write it.
const applied = "今天"

// payForm asks how the amount is paid.
func payForm(c *web.Ctx, dict *rule.Dictionary, kept bool) []web.Field {
	var days []web.Option
	for i := range dict.Fields {
		if f := &dict.Fields[i]; f.Type == rule.Date {
			days = append(days, web.Option{Value: f.Zh, Text: in(c.Lang, rule.Word{Zh: f.Zh, En: f.Label()})})
		}
	}
	ways := []web.Option{{Value: payOnce, Text: c.T("policy.pay.once")}, {Value: payMonthly, Text: c.T("policy.pay.month")}}
	if kept {
		ways = append(ways, web.Option{Value: payKept, Text: c.T("policy.pay.kept")})
	}
	return []web.Field{
		{Name: "pay", Label: c.T("policy.pay"), Kind: "radios", Inline: true, Options: ways},
		{Name: "since", Label: c.T("policy.pay.since"), Kind: "select", Options: append([]web.Option{{Value: applied, Text: c.T("policy.pay.applied")}}, days...)},
		{Name: "longest", Label: c.T("policy.pay.longest"), Hint: c.T("policy.pay.longestHint"), Kind: "number", Min: 1, Top: 600, Width: "4", Unit: c.T("policy.pay.months")},
		{Name: "till", Label: c.T("policy.pay.till"), Kind: "select", Options: days},
		{Name: "part", Label: c.T("policy.pay.part"), Kind: "radios", Inline: true, Options: []web.Option{{Value: "计", Text: c.T("policy.pay.counts")}, {Value: "不计", Text: c.T("policy.pay.dropped")}}},
		{Name: "after", Label: c.T("policy.pay.after"), Hint: c.T("policy.pay.afterHint"), Kind: "number", Min: 1, Top: 600, Width: "4", Unit: c.T("policy.pay.months")},
		{Name: "then", Label: c.T("policy.pay.then"), Hint: c.T("policy.pay.thenHint"), Max: 200},
	}
}

// paying reads a document's 发放 as answers; fits says whether the form can ask all of it.
func paying(doc *yaml.Node, dict *rule.Dictionary) (answers map[string]string, fits bool) {
	at := child(doc, "发放")
	if at == nil {
		return map[string]string{"pay": payOnce}, true
	}
	answers = map[string]string{"pay": payMonthly}
	day := func(text string) bool {
		id, known := dict.ID(text)
		return text == applied || known && dict.Fields[id].Type == rule.Date && dict.Fields[id].Zh == text
	}
	months := func(text string) (string, bool) {
		n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "个月")))
		return strconv.Itoa(n), err == nil && n > 0
	}
	for _, key := range keysOf(at) {
		value, ok := child(at, key.Value), true
		switch key.Value {
		case "每":
		case "从":
			answers["since"], ok = value.Value, day(value.Value)
		case "到":
			answers["till"], ok = value.Value, day(value.Value) && value.Value != applied
		case "最长":
			answers["longest"], ok = months(value.Value)
		case "不满一月":
			answers["part"] = value.Value
		case "阶段":
			if ok = len(value.Content) == 1 && child(value.Content[0], "满") != nil && child(value.Content[0], "金额") != nil; ok {
				answers["after"], ok = months(child(value.Content[0], "满").Value)
				answers["then"] = child(value.Content[0], "金额").Value
			}
		default:
			ok = false
		}
		if !ok {
			return map[string]string{"pay": payKept}, false
		}
	}
	return answers, true
}

// payWritten puts the answers into a document.
func payWritten(c *web.Ctx, f *web.Form, doc *yaml.Node) {
	switch f.Value("pay") {
	case payKept:
		return
	case payMonthly:
	default:
		put(doc, nil, "发放")
		return
	}
	at := &yaml.Node{Kind: yaml.MappingNode}
	months := func(name string) *yaml.Node {
		if n := strings.TrimSpace(f.Value(name)); n != "" {
			return words(n + " 个月")
		}
		return nil
	}
	stage := months("after")
	then := words(f.Value("then"))
	for _, one := range []struct {
		key   string
		value *yaml.Node
	}{{"每", words("月")}, {"从", words(f.Value("since"))}, {"到", words(f.Value("till"))}, {"最长", months("longest")}, {"不满一月", words(f.Value("part"))}} {
		if one.value != nil {
			put(at, one.value, one.key)
		}
	}
	if stage != nil && then != nil {
		step := &yaml.Node{Kind: yaml.MappingNode}
		put(step, stage, "满")
		put(step, then, "金额")
		put(at, &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{step}}, "阶段")
	}
	put(doc, at, "发放")
	switch {
	case f.Value("since") == "":
		f.Fail("since", c.T("policy.pay.needSince"))
	case f.Value("till") == "" && f.Value("longest") == "":
		f.Fail("longest", c.T("policy.pay.needEnd"))
	case (stage == nil) != (then == nil):
		f.Fail("after", c.T("policy.pay.needStage"))
	}
	if !slices.ContainsFunc(f.Errors, func(e web.FieldError) bool { return e.Name == "amount" }) && strings.TrimSpace(f.Value("amount")) == "" {
		f.Fail("amount", c.T("policy.pay.needAmount"))
	}
}
