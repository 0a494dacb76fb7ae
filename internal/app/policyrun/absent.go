package policyrun

import (
	"errors"
	"regexp"

	"jiuye/internal/engine/rule"
)

// A name that policies use and no subject has is a field that nobody's value is known of: what hangs on it is unknown,
// what is decided without it is decided. Its kind is whichever the policies' lines can be read with.

var unknownName = regexp.MustCompile(`^不认识(?:的字段)?“([^”]+)”`)

// most names are added before a policy is left to be wrong.
const most = 500

// withAbsent adds the fields that documents need and the dictionary lacks, and names them.
func withAbsent(docs []document, dict *rule.Dictionary, shared map[string]*rule.Parameter) (_ *rule.Dictionary, added []string) {
	for _, d := range docs {
		for len(added) < most {
			at := firstUnknown(d, dict, shared)
			if at == nil {
				break
			}
			wider := widened(d, dict, shared, at)
			if wider == nil {
				break
			}
			dict, added = wider, append(added, at.name)
		}
	}
	return dict, added
}

type lacking struct {
	name         string
	line, column int
}

// firstUnknown finds the first name of a document that the dictionary does not have.
func firstUnknown(d document, dict *rule.Dictionary, shared map[string]*rule.Parameter) *lacking {
	_, err := rule.LoadIn(d.text, dict, shared)
	for _, e := range mistakes(err) {
		if m := unknownName.FindStringSubmatch(e.Text); m != nil {
			return &lacking{m[1], e.Line, e.Column}
		}
	}
	return nil
}

func mistakes(err error) (list []*rule.Error) {
	if many, is := err.(interface{ Unwrap() []error }); is {
		for _, e := range many.Unwrap() {
			list = append(list, mistakes(e)...)
		}
		return list
	}
	var one *rule.Error
	if errors.As(err, &one) {
		list = append(list, one)
	}
	return list
}

// widened adds the name with the first kind with which its line has no mistake up to there; nil when there is none.
func widened(d document, dict *rule.Dictionary, shared map[string]*rule.Parameter, at *lacking) *rule.Dictionary {
next:
	for _, kind := range []rule.Type{rule.Number, rule.Bool, rule.Date, rule.Text} {
		fields := append(append([]rule.Field(nil), dict.Fields...), rule.Field{Zh: at.name, En: at.name + " ", Type: kind, Guessed: true})
		wider, err := rule.NewDictionary(fields)
		if err != nil {
			return nil
		}
		wider.Lists, wider.Area = dict.Lists, dict.Area
		_, err = rule.LoadIn(d.text, wider, shared)
		for _, e := range mistakes(err) {
			if e.Line == at.line && (unknownName.FindStringSubmatch(e.Text) == nil || e.Column <= at.column) {
				continue next
			}
		}
		return wider
	}
	return nil
}
