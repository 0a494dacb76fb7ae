package web

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"

	"jiuye/internal/ground/fault"
)

// Cursor is where a list goes on: the key values of the last row shown, in the list's order. Empty means the start.
type Cursor []string

const cursorLimit = 1024 // characters; keys are short, and longer ones are somebody trying things

// NewCursor makes a cursor of the last row's key values: strings and integers.
func NewCursor(keys ...any) Cursor {
	c := make(Cursor, len(keys))
	for i, k := range keys {
		c[i] = fmt.Sprint(k)
	}
	return c
}

// String is the cursor as it stands in an address: base64url of a JSON array. "" for the start.
func (c Cursor) String() string {
	if len(c) == 0 {
		return ""
	}
	raw, err := json.Marshal([]string(c))
	if err != nil { // cannot happen for strings
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// ParseCursor reads what String wrote and checks that it has n values. Faults: Invalid.
func ParseCursor(s string, n int) (Cursor, error) {
	if s == "" {
		return nil, nil
	}
	bad := fault.New(fault.Invalid, "翻页位置无效，请回到第一页重新看起")
	if len(s) > cursorLimit {
		return nil, bad
	}
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return nil, bad
	}
	var c []string
	if err := json.Unmarshal(raw, &c); err != nil || len(c) != n {
		return nil, bad
	}
	return c, nil
}

// Start reports whether the list begins at its beginning.
func (c Cursor) Start() bool { return len(c) == 0 }

// Text is the i-th key value, "" beyond the end.
func (c Cursor) Text(i int) string {
	if i >= len(c) {
		return ""
	}
	return c[i]
}

// Int is the i-th key value as a number, 0 when it is none.
func (c Cursor) Int(i int) int64 {
	n, _ := strconv.ParseInt(c.Text(i), 10, 64)
	return n
}

// Cursor reads the address's "after" as a cursor of n key values.
func (c *Ctx) Cursor(n int) (Cursor, error) { return ParseCursor(c.Query("after"), n) }

// Paging is the line under a cut list: how many there are, how many are shown, and how to go on.
type Paging struct {
	Total int64  // -1 when nobody counted
	Shown int    // rows on this page
	Next  string // address of the next page, "" at the end
	First bool   // this is the first page
	Start string // address of the first page
}

// Paging makes the line for this page's address; next is the cursor behind the last row shown, nil at the end.
// With keyset lists ask for one row more than you show: when it comes, there is a next page.
func (c *Ctx) Paging(total int64, shown int, next Cursor) Paging {
	p := Paging{Total: total, Shown: shown, First: c.Query("after") == "", Start: c.address("after", "")}
	if len(next) > 0 {
		p.Next = c.address("after", next.String())
	}
	return p
}

// address is this page's address with one query value changed, or removed when value is "".
func (c *Ctx) address(name, value string) string {
	q := url.Values{}
	for k, v := range c.R.URL.Query() {
		q[k] = v
	}
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	if enc := q.Encode(); enc != "" {
		return c.R.URL.Path + "?" + enc
	}
	return c.R.URL.Path
}

// Sort is the order a list is shown in, read from the address: ?sort=name or ?sort=-name.
type Sort struct {
	Key  string
	Desc bool
	href func(key string, desc bool) string
}

// Sort reads the order; anything but the allowed keys is the first of them (written "-key" for descending first).
func (c *Ctx) Sort(allowed ...string) Sort {
	s := Sort{href: func(key string, desc bool) string {
		if desc {
			key = "-" + key
		}
		u, _ := url.Parse(c.address("after", ""))
		q := u.Query()
		q.Set("sort", key)
		return u.Path + "?" + q.Encode()
	}}
	take := func(key string) { s.Key, s.Desc = key, false }
	if len(allowed) > 0 {
		take(allowed[0])
		if s.Key[:1] == "-" {
			s.Key, s.Desc = s.Key[1:], true
		}
	}
	asked := c.Query("sort")
	for _, a := range allowed {
		if a[:1] == "-" {
			a = a[1:]
		}
		switch asked {
		case a:
			s.Key, s.Desc = a, false
		case "-" + a:
			s.Key, s.Desc = a, true
		}
	}
	return s
}

// Column is one sortable head cell: {{template "sorthead" (.Data.Sort.Column "name" "姓名")}}.
type Column struct {
	Text  string
	Href  string
	Order string // aria-sort: "ascending", "descending" or ""
	Right bool   // numbers
}

// Column describes the head cell of a key.
func (s Sort) Column(key, text string) Column {
	col := Column{Text: text, Href: s.href(key, s.Key == key && !s.Desc)}
	if s.Key == key {
		col.Order = map[bool]string{false: "ascending", true: "descending"}[s.Desc]
	}
	return col
}

// Number is Column for a column of numbers.
func (s Sort) Number(key, text string) Column {
	col := s.Column(key, text)
	col.Right = true
	return col
}
