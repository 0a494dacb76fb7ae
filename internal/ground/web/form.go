package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Field declares one question of a form: how it is asked, and what the plain checks of an answer are.
type Field struct {
	Name   string
	Label  string // a noun: it goes into the messages as "请填写" + Label
	Hint   string
	Kind   string // "text" (when empty), "textarea", "select", "radios", "choices", "checkboxes", "check", "date", "number", "tel", "password", "file"
	Need   bool   // must be answered
	Max    int    // characters at most; 0: 200, and 2,000 for a textarea
	Min    int64  // numbers: smallest value, used when Min < Top
	Top    int64  // numbers: largest value
	Unit   string // behind the input: "元", "人"
	Width  string // "2", "4", "8", "16" characters, "full", or "" for the usual width
	Rows   int    // textarea
	Accept string // file: ".csv,.xlsx"
	Auto   string // autocomplete: "username", "tel", "off" …
	Many   bool   // file: several at once
	Inline bool   // radios side by side

	Options []Option
}

// Option is one answer to choose from.
type Option struct {
	Value string
	Text  string
	Hint  string
}

// FieldError says what is wrong with one answer, and how to mend it.
type FieldError struct {
	Name string // "" for the form as a whole
	Text string
}

// Form holds the declared questions, what was typed, and what is wrong with it.
type Form struct {
	Fields []Field
	Errors []FieldError
	Values url.Values
	Posted bool // the values come from a POST

	c *Ctx
}

// Form makes the form of this request. On a POST it holds what was typed; on a GET what the address says.
func (c *Ctx) Form(fields ...Field) *Form {
	f := &Form{Fields: fields, Values: url.Values{}, c: c}
	from := c.R.URL.Query()
	if c.R.Method == http.MethodPost {
		from, f.Posted = c.posted, true
	}
	for k, v := range from {
		f.Values[k] = slices.Clone(v)
	}
	f.Errors = append(f.Errors, c.errs...)
	return f
}

// Set gives a field its starting value; what was typed is never overwritten.
func (f *Form) Set(name string, values ...string) {
	if !f.Posted && !f.Values.Has(name) {
		f.Values[name] = values
	}
}

// SetVersion puts the record's version into the hidden field "_version", so that a stale form can be told.
func (f *Form) SetVersion(v int64) { f.Set("_version", strconv.FormatInt(v, 10)) }

// Version is the version the form was made from, 0 when there is none.
func (f *Form) Version() int64 {
	n, _ := strconv.ParseInt(f.Values.Get("_version"), 10, 64)
	return n
}

// Value is a field's answer as typed.
func (f *Form) Value(name string) string { return f.Values.Get(name) }

// Fail notes what is wrong with an answer; name "" is about the whole form.
func (f *Form) Fail(name, text string) {
	f.Errors = append(f.Errors, FieldError{Name: name, Text: text})
}

// OK reports whether nothing is wrong so far.
func (f *Form) OK() bool { return len(f.Errors) == 0 }

// Error is the first message of a field.
func (f *Form) Error(name string) string {
	for _, e := range f.Errors {
		if e.Name == name {
			return e.Text
		}
	}
	return ""
}

func (f *Form) field(name string) Field {
	for _, d := range f.Fields {
		if d.Name == name {
			return d
		}
	}
	return Field{Name: name, Label: name}
}

// Text reads a text: trimmed, in Unicode's composed form, not empty when needed and not longer than allowed.
func (f *Form) Text(name string) string {
	d := f.field(name)
	s := strings.TrimSpace(norm.NFC.String(strings.ReplaceAll(f.Values.Get(name), "\r\n", "\n")))
	if s == "" {
		f.need(d)
		return ""
	}
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		f.Fail(name, f.c.T("frame.badText", d.Label))
		return ""
	}
	most := d.Max
	if most == 0 {
		most = 200
		if d.Kind == "textarea" {
			most = 2000
		}
	}
	if n := utf8.RuneCountInString(s); n > most {
		f.Fail(name, f.c.T("frame.tooLong", d.Label, most, n))
	}
	return s
}

func (f *Form) need(d Field) {
	if !d.Need {
		return
	}
	key := "frame.needText"
	switch d.Kind {
	case "select", "radios", "choices", "checkboxes", "file":
		key = "frame.needChoice"
	case "check":
		key = "frame.needCheck"
	}
	f.Fail(d.Name, f.c.T(key, d.Label))
}

// Choice reads one of the allowed values; without allowed it takes the field's options.
func (f *Form) Choice(name string, allowed ...string) string {
	d := f.field(name)
	s := f.Values.Get(name)
	if s == "" {
		f.need(d)
		return ""
	}
	if len(allowed) == 0 {
		for _, o := range d.Options {
			allowed = append(allowed, o.Value)
		}
	}
	if !slices.Contains(allowed, s) {
		f.Fail(name, f.c.T("frame.badChoice", d.Label))
		return ""
	}
	return s
}

// Many reads the ticked values of a group of checkboxes.
func (f *Form) Many(name string) []string {
	d := f.field(name)
	var got []string
	for _, s := range f.Values[name] {
		if slices.ContainsFunc(d.Options, func(o Option) bool { return o.Value == s }) {
			got = append(got, s)
		} else {
			f.Fail(name, f.c.T("frame.badChoice", d.Label))
		}
	}
	if len(got) == 0 && f.Error(name) == "" {
		f.need(d)
	}
	return got
}

// Flag reads a single tick.
func (f *Form) Flag(name string) bool {
	on := f.Values.Get(name) != ""
	if !on {
		f.need(f.field(name))
	}
	return on
}
