package web

import "slices"

// Shown is one question ready for the partial "field".
type Shown struct {
	Field
	ID       string
	Value    string
	Error    string
	Describe string // ids for aria-describedby
	Choices  []Choice
}

// Choice is one option ready to be drawn.
type Choice struct {
	Option
	ID string
	On bool
}

// Show makes one question ready: {{template "field" (.Form.Show "name")}}.
func (f *Form) Show(name string) Shown {
	d := f.field(name)
	s := Shown{Field: d, ID: "f-" + name, Error: f.Error(name)}
	if d.Kind == "" {
		s.Kind = "text"
	}
	if d.Kind != "password" && d.Kind != "file" {
		s.Value = f.Values.Get(name)
	}
	if d.Hint != "" {
		s.Describe = s.ID + "-hint"
	}
	if s.Error != "" {
		s.Describe = trimJoin(s.Describe, s.ID+"-error")
	}
	for i, o := range d.Options {
		id := s.ID
		if i > 0 {
			id += "-" + o.Value
		}
		s.Choices = append(s.Choices, Choice{Option: o, ID: id, On: slices.Contains(f.Values[name], o.Value)})
	}
	return s
}

func trimJoin(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// Summary is the list at the head of the page, each error once, linked to its field.
func (f *Form) Summary() []FieldError {
	var list []FieldError
	for _, e := range f.Errors {
		if !slices.Contains(list, e) {
			list = append(list, e)
		}
	}
	return list
}

// Hidden are the form's hidden values that every form partial writes: the version, when there is one.
func (f *Form) Hidden() []FieldError {
	if v := f.Values.Get("_version"); v != "" {
		return []FieldError{{Name: "_version", Text: v}}
	}
	return nil
}
