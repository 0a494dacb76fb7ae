package web

import (
	"slices"
	"unicode/utf8"

	"jiuye/internal/ground/fault"
)

// Cell is one cell of a Table; the first of a row names it. With Href it is a link, with Kind ("ok", "warn", "stop", "group", or
// "plain" for a tag without a colour) a tag. More stands below it, Acts are its buttons.
type Cell struct {
	Text, Small, Href, Kind string
	Right                   bool
	More                    []Cell
	Acts                    []Act
}

// Tight is for what must not break: dates, numbers, short words.
func (c Cell) Tight() bool { return c.Small == "" && utf8.RuneCountInString(c.Text) <= 10 }

// Act is a button that does something at once: a link, or with Post a form of hidden fields. Of says to whom, for those who
// hear the page.
type Act struct {
	Text, Of, Href string
	Post, Second   bool
	Hidden         []Hidden
}

// Hidden is a field that nobody sees.
type Hidden struct{ Name, Value string }

// Table is a card with a table of texts, for "table". One whose ID is "rows" grows by its "next page"; a Wide one scrolls
// instead of stacking on a phone.
type Table struct {
	ID, Head, Note string
	Heads          []Cell
	Rows           [][]Cell
	Empty, Foot    string
	Wide           bool
}

// Box is a form beside what it changes, folded up, for "box": the form of one act of a page.
type Box struct {
	ID, Head, Note, Action, Button string
	Form                           *Form
	Names                          []string // of the form's fields
	File, Open                     bool
}

// Desk is the name of a room whose pages are tables and boxes; their texts stand under it: "graduate.act.publish".
type Desk string

// Word is the text of one code of a list: Word(c, "state", "open") is "graduate.state.open".
func (d Desk) Word(c *Ctx, list, code string) string { return c.T(string(d) + "." + list + "." + code) }

// Heads are column heads by their keys; + in front sets numbers right.
func (d Desk) Heads(c *Ctx, keys ...string) (list []Cell) {
	for _, k := range keys {
		right := k[0] == '+'
		if right {
			k = k[1:]
		}
		list = append(list, Cell{Text: c.T(string(d) + "." + k), Right: right})
	}
	return list
}

// Options are the codes of a list with their texts.
func (d Desk) Options(c *Ctx, list string, codes []string) (out []Option) {
	for _, code := range codes {
		out = append(out, Option{Value: code, Text: d.Word(c, list, code)})
	}
	return out
}

// Box is the box of an act, with the texts act.<act> and do.<act>; the failing form takes the place of its own.
func (d Desk) Box(c *Ctx, act, action string, version int64, failing *Form, failed string, fields ...Field) Box {
	f, names := ActForm(c, act, fields...)
	if act == failed && failing != nil {
		f = failing
	}
	f.SetVersion(version)
	return Box{ID: act, Head: d.Word(c, "act", act), Action: action, Button: d.Word(c, "do", act), Form: f, Names: names, Open: act == failed,
		File: slices.ContainsFunc(fields, func(x Field) bool { return x.Kind == "file" })}
}

// ActForm makes the form of an act and the names of its fields: they carry the act's, so that several may stand on one page.
func ActForm(c *Ctx, act string, fields ...Field) (*Form, []string) {
	var names []string
	for i := range fields {
		fields[i].Name = act + "_" + fields[i].Name
		names = append(names, fields[i].Name)
	}
	return c.Form(fields...), names
}

// Mend turns a fault of the kind that the reader can mend into an error of the form, and gives back any other.
func (f *Form) Mend(err error) error {
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) || fault.Is(err, fault.Late) {
		f.Fail("", fault.TextOf(err))
		return nil
	}
	return err
}
