package policyrun

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// raw is a subject as it was read: texts, numbers, bools, lists of raw, lists of texts.
type raw map[string]any

// subject is one row for the rules.
type subject struct {
	values []rule.Value
	known  []bool
	lists  [][]rule.Source
	listed []bool
}

// Field implements rule.Source.
func (s *subject) Field(id int) (rule.Value, bool) { return s.values[id], s.known[id] }

// List implements rule.Lists.
func (s *subject) List(id int) ([]rule.Source, bool) { return s.lists[id], s.listed[id] }

// readSubjects reads a table (csv, xlsx) or lines of JSON.
func readSubjects(path string) (list []raw, order []string, err error) {
	if strings.HasSuffix(strings.ToLower(path), ".jsonl") || strings.HasSuffix(strings.ToLower(path), ".json") {
		return readLines(path)
	}
	book, err := sheet.Open(path, sheet.Limits{})
	if err != nil {
		return nil, nil, err
	}
	defer book.Close()
	for row, err := range book.Rows("") {
		if err != nil && len(row.Cells) == 0 {
			return nil, nil, err
		}
		if order == nil {
			for _, c := range row.Cells {
				order = append(order, strings.TrimSpace(c))
			}
			continue
		}
		one := make(raw, len(order))
		for i, name := range order {
			if c := strings.TrimSpace(row.Cell(i)); c != "" && name != "" {
				one[name] = c
			}
		}
		list = append(list, one)
	}
	return list, order, nil
}

func readLines(path string) (list []raw, order []string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fault.Wrap(fault.NotFound, err, "打不开 "+path+"，请核对路径")
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	seen := map[string]bool{}
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		d := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		d.UseNumber()
		var one raw
		if err := d.Decode(&one); err != nil {
			return nil, nil, fault.New(fault.Invalid, "%s 第 %d 行不是合格的 JSON：%s", path, n, err)
		}
		one.flatten()
		for _, name := range slices.Sorted(keys(one)) {
			if !seen[name] {
				seen[name] = true
				order = append(order, name)
			}
		}
		list = append(list, one)
	}
	if err := lines.Err(); err != nil {
		return nil, nil, fault.Wrap(fault.Invalid, err, path+" 读不下去："+err.Error())
	}
	return list, order, nil
}

func keys(m raw) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// flatten turns {"household": {"size": 3}} into household.size.
func (r raw) flatten() {
	for changed := true; changed; {
		changed = false
		for name, v := range r {
			if inner, is := v.(map[string]any); is {
				delete(r, name)
				for k, w := range inner {
					r[name+"."+k] = w
				}
				changed = true
			}
		}
	}
}

// itemName is the field of items that are plain values: months insured, say.
const itemName = "值"

// seen is what the values of one field have looked like.
type seen struct {
	name                        string
	some, bools, numbers, dates int
	sets                        bool // lists of texts
	words                       map[string]bool
	list                        *guess
}

// guess gathers what fields there are.
type guess struct {
	order  []string
	fields map[string]*seen
}

func newGuess(order []string) *guess {
	g := &guess{fields: map[string]*seen{}}
	for _, name := range order {
		g.of(name)
	}
	return g
}

func (g *guess) of(name string) *seen {
	s := g.fields[name]
	if s == nil {
		s = &seen{name: name, words: map[string]bool{}}
		g.fields[name] = s
		g.order = append(g.order, name)
	}
	return s
}

func (g *guess) look(one raw) {
	for name, v := range one {
		g.of(name).look(v)
	}
}

func (s *seen) look(v any) {
	switch v := v.(type) {
	case nil:
	case bool:
		s.some++
		s.bools++
	case []any:
		s.lookAll(v)
	default:
		text := fmt.Sprint(v)
		s.some++
		if _, is := yesNo(text); is {
			s.bools++
		}
		if _, is := number(text); is {
			s.numbers++
		}
		if _, is := day(text); is {
			s.dates++
		}
	}
}

func (s *seen) lookAll(items []any) {
	for _, item := range items {
		if text, is := item.(string); is {
			if _, date := day(text); !date {
				s.sets = true
				s.words[text] = true
				continue
			}
		}
		if s.list == nil {
			s.list = newGuess(nil)
		}
		s.list.look(itemOf(item))
	}
	if s.list == nil && len(items) == 0 {
		s.some++ // an empty list says nothing of what it would hold
	}
}

func itemOf(item any) raw {
	if m, is := item.(map[string]any); is {
		one := raw(m)
		one.flatten()
		return one
	}
	return raw{itemName: item}
}

// dictionary makes fields and lists of what was seen. Names that policies use and no subject has are fields too.
func (g *guess) dictionary() (*rule.Dictionary, error) {
	var fields []rule.Field
	var lists []rule.List
	for _, name := range g.order {
		s := g.fields[name]
		if s.list != nil {
			inner, err := s.list.dictionary()
			if err != nil {
				return nil, err
			}
			lists = append(lists, rule.List{Zh: name, En: name + " ", Items: inner})
			continue
		}
		fields = append(fields, s.field())
	}
	d, err := rule.NewDictionary(fields)
	if err != nil {
		return nil, err
	}
	d.Lists = lists
	for i := range fields {
		if n := fields[i].Zh; fields[i].Type == rule.Text && (n == "居住地" || n == "地区" || strings.EqualFold(n, "area")) {
			d.Area = i + 1
		}
	}
	return d, nil
}

func (s *seen) field() rule.Field {
	f := rule.Field{Zh: s.name, En: s.name + " ", Type: rule.Text, Guessed: true}
	switch {
	case s.sets && len(s.words) <= 62:
		f.Type = rule.Choice
		words := make([]string, 0, len(s.words))
		for w := range s.words {
			words = append(words, w)
		}
		sort.Strings(words)
		for _, w := range words {
			f.Values = append(f.Values, rule.Word{Zh: w, En: w})
		}
	case s.some == 0:
	case s.bools == s.some:
		f.Type = rule.Bool
	case s.numbers == s.some:
		f.Type = rule.Number
	case s.dates == s.some:
		f.Type = rule.Date
	}
	return f
}

func yesNo(s string) (v, is bool) {
	switch strings.ToLower(s) {
	case "是", "有", "true", "yes", "y":
		return true, true
	case "否", "无", "false", "no", "n":
		return false, true
	}
	return false, false
}

// number reads a decimal, in ten-thousandths.
func number(s string) (int64, bool) {
	s = strings.ReplaceAll(s, ",", "")
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.Abs(v) > 9e13 || len(s) > 1 && s[0] == '0' && s[1] != '.' {
		return 0, false // 0123 is a code
	}
	return int64(math.Round(v * rule.Scale)), true
}

var layouts = []string{time.DateOnly, "2006/1/2", "2006-1-2", "2006年1月2日", "2006.1.2", time.RFC3339, "2006-01-02 15:04:05", "2006-01-02T15:04:05"}

func day(s string) (rule.Day, bool) {
	if len(s) < 8 {
		return 0, false
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return rule.DayOf(t), true
		}
	}
	return 0, false
}

// fill turns raw subjects into what rules read.
func fill(d *rule.Dictionary, one raw) *subject {
	s := &subject{values: make([]rule.Value, len(d.Fields)), known: make([]bool, len(d.Fields)), lists: make([][]rule.Source, len(d.Lists)), listed: make([]bool, len(d.Lists))}
	for i := range d.Fields {
		if v, has := one[d.Fields[i].Zh]; has && v != nil {
			s.values[i], s.known[i] = value(&d.Fields[i], v)
		} else if v, has := one[d.Fields[i].En]; has && v != nil {
			s.values[i], s.known[i] = value(&d.Fields[i], v)
		}
	}
	for i := range d.Lists {
		v, has := one[d.Lists[i].Zh]
		if !has {
			v, has = one[d.Lists[i].En]
		}
		items, is := v.([]any)
		if !has || !is {
			continue
		}
		s.listed[i] = true
		for _, item := range items {
			s.lists[i] = append(s.lists[i], fill(d.Lists[i].Items, itemOf(item)))
		}
	}
	return s
}

func value(f *rule.Field, v any) (rule.Value, bool) {
	text := fmt.Sprint(v)
	switch f.Type {
	case rule.Bool:
		if b, is := v.(bool); is {
			return rule.Yes(b), true
		}
		if b, is := yesNo(text); is {
			return rule.Yes(b), true
		}
		return rule.Yes(text == "1"), text == "1" || text == "0"
	case rule.Number:
		n, is := number(text)
		return rule.Written(n, text), is
	case rule.Date:
		d, is := day(text)
		return rule.On(d), is
	case rule.Choice:
		mask := uint64(0)
		items, is := v.([]any)
		if !is {
			items = []any{v}
		}
		for _, item := range items {
			for i, w := range f.Values {
				if name := fmt.Sprint(item); name == w.Zh || name == w.En {
					mask |= 1 << i
				}
			}
		}
		return rule.Some(mask), true
	}
	return rule.Str(text), true
}
