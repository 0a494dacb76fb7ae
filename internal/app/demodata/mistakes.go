package demodata

import (
	"strconv"
	"strings"

	"jiuye/internal/engine/identity"
)

// Share of rows with an error that intake repairs, and of rows beside which one stands that it must not take.
const (
	mendedShare  = .010
	spoiledShare = .005
)

// Errors that intake repairs, as keys of Summary.Mended.
const (
	FullWidth  = "full-width" // １５２９２１… or ｘ
	Blank      = "blank"      // blanks inside a number
	NameBlank  = "name-blank" // 王 芳
	SmallX     = "small-x"    // …123x
	Apostrophe = "apostrophe" // '152921…
	Old15      = "fifteen"    // the 15 digits of before 1999
	DateDots   = "date-dots"  // 2020.3.1
	DatePlain  = "date-plain" // 20200301
	DateZh     = "date-zh"    // 2020年3月1日
	SexWord    = "sex-word"   // 男性
	Interpunct = "interpunct" // another point between the parts of a name
	CodeCase   = "code-case"  // a credit code in small letters
)

// Errors that intake cannot repair, as keys of Summary.Spoiled: rows beside the right ones.
const (
	WrongCheck = "wrong-check" // the last character of the ID number or credit code
	Swapped    = "swapped"     // two digits changed places
	Scientific = "scientific"  // 1.52921E+17
	Masked     = "masked"      // 1529**********1234
	NoName     = "no-name"     //
	NoSuchDay  = "no-such-day" // 2025-06-31
	NoMonth    = "no-month"    // 202513
	Unknown    = "unknown"     // nobody in 户籍.csv has the ID number: to the review list
	OtherName  = "other-name"  // the ID number is somebody else's by name: to the review list
	Duplicate  = "duplicate"   // the same row again: changes nothing
)

// mender spoils a row so that it can be repaired; it says no when the row has nothing of the kind.
type mender struct {
	kind string
	do   func(t *table, row []string, d *dice) bool
}

var menders = []mender{
	{FullWidth, onID(fullWidth)},
	{Blank, onID(func(id string, _ *dice) string { return id[:6] + " " + id[6:14] + " " + id[14:] })},
	{NameBlank, onName(func(name string) string {
		r := []rune(name)
		if len(r) != 2 && len(r) != 3 {
			return name
		}
		return string(r[0]) + "　" + string(r[1:])
	})},
	{SmallX, onID(func(id string, _ *dice) string { return strings.Replace(id, "X", "x", 1) })},
	{Apostrophe, onID(func(id string, _ *dice) string { return "'" + id })},
	{Old15, onID(func(id string, _ *dice) string {
		if id[6:8] != "19" {
			return id
		}
		return id[:6] + id[8:17]
	})},
	{DateDots, onDay(func(y, m, d int) string { return strconv.Itoa(y) + "." + strconv.Itoa(m) + "." + strconv.Itoa(d) })},
	{DatePlain, onDay(func(y, m, d int) string { return strconv.Itoa(y*10000 + m*100 + d) })},
	{DateZh, onDay(func(y, m, d int) string {
		return strconv.Itoa(y) + "年" + strconv.Itoa(m) + "月" + strconv.Itoa(d) + "日"
	})},
	{SexWord, func(t *table, row []string, _ *dice) bool {
		if t.sexes < 0 {
			return false
		}
		row[t.sexes] += "性"
		return true
	}},
	{Interpunct, interpunct},
	{CodeCase, func(t *table, row []string, _ *dice) bool {
		if t.codes < 0 || row[t.codes] == "" {
			return false
		}
		row[t.codes] = strings.ToLower(row[t.codes])
		return true
	}},
}

func interpunct(t *table, row []string, d *dice) bool {
	return onName(func(name string) string {
		return strings.Replace(name, "·", of(d, []string{"•", "・", "．", ".", " "}), 1)
	})(t, row, d)
}

// onID changes the ID number; a change that changes nothing does not count.
func onID(change func(string, *dice) string) func(*table, []string, *dice) bool {
	return func(t *table, row []string, d *dice) bool {
		if t.ids < 0 {
			return false
		}
		was := row[t.ids]
		row[t.ids] = change(was, d)
		return row[t.ids] != was
	}
}

func onName(change func(string) string) func(*table, []string, *dice) bool {
	return func(t *table, row []string, _ *dice) bool {
		if t.names < 0 {
			return false
		}
		was := row[t.names]
		row[t.names] = change(was)
		return row[t.names] != was
	}
}

func onDay(write func(y, m, d int) string) func(*table, []string, *dice) bool {
	return func(t *table, row []string, _ *dice) bool {
		if t.days < 0 || len(row[t.days]) != 10 {
			return false
		}
		y, _ := strconv.Atoi(row[t.days][:4])
		m, _ := strconv.Atoi(row[t.days][5:7])
		d, _ := strconv.Atoi(row[t.days][8:])
		row[t.days] = write(y, m, d)
		return true
	}
}

// fullWidth writes a number in wide digits, all of it or its end.
func fullWidth(id string, d *dice) string {
	from := of(d, []int{0, 6, 14})
	return id[:from] + strings.Map(func(r rune) rune { return r - '0' + '０' }, id[from:])
}

// spoilers spoil a copy of a row; they say no when the row has nothing of the kind.
var spoilers = []mender{
	{WrongCheck, wrongCheck},
	{Swapped, onID(func(id string, d *dice) string {
		i := d.between(6, 15)
		return id[:i] + id[i+1:i+2] + id[i:i+1] + id[i+2:]
	})},
	{Scientific, onID(func(id string, _ *dice) string { return id[:1] + "." + id[1:6] + "E+17" })},
	{Masked, onID(func(id string, _ *dice) string { return identity.MaskID(id) })},
	{NoName, onName(func(string) string { return "" })},
	{NoSuchDay, func(t *table, row []string, d *dice) bool {
		if t.days < 0 || len(row[t.days]) != 10 || t.file == "户籍.csv" {
			return false
		}
		row[t.days] = row[t.days][:5] + of(d, []string{"06-31", "02-30", "11-31"})
		return true
	}},
	{NoMonth, func(t *table, row []string, _ *dice) bool {
		if t.months < 0 {
			return false
		}
		row[t.months] = row[t.months][:4] + "13"
		return true
	}},
	{Unknown, func(t *table, row []string, d *dice) bool {
		if !t.known {
			return false
		}
		birth := on(d.between(1960, 2000), d.between(1, 12), d.between(1, 28))
		row[t.ids] = identity.MakeIDNumber(unused, birth.time(), d.n(1000))
		row[t.names] = fullName(d, surname(d, "01"), "01", d.chance(.5), birth.year())
		return true
	}},
	{OtherName, func(t *table, row []string, d *dice) bool {
		if t.names < 0 {
			return false
		}
		was := row[t.names]
		for row[t.names] == was {
			row[t.names] = fullName(d, surname(d, "01"), "01", d.chance(.5), 1980)
		}
		return true
	}},
	{Duplicate, func(t *table, _ []string, _ *dice) bool { return t.number != tVacancy }}, // a vacancy has no key to know it by
}

func wrongCheck(t *table, row []string, d *dice) bool {
	if t.ids < 0 {
		if t.number != tEmployer {
			return false
		}
		code := row[t.codes]
		row[t.codes] = code[:17] + string("23"[one(code[17] == '2')])
		return true
	}
	return onID(func(id string, _ *dice) string {
		last := byte('0' + d.n(10))
		if last == id[17] {
			last = "0X"[one(last == '0')]
		}
		return id[:17] + string(last)
	})(t, row, d)
}

// put writes a row with the errors that chance gives it: repairable ones in the row itself, others in a copy beside it.
func (f *files) put(number int, _ *Member, cells ...string) {
	if f.err != nil {
		return
	}
	t := f.tables[number]
	t.written++
	d := throw(f.stream.opts.Seed, forMistake+uint64(number)<<8, t.written)
	x := d.float()
	switch {
	case x < mendedShare:
		if kind := spoil(menders, t, cells, &d); kind != "" {
			f.sum.Mended[kind]++
		}
	case x < mendedShare+spoiledShare:
		row := append(f.copy[:0], cells...)
		f.copy = row
		kind := spoil(spoilers, t, row, &d)
		if kind == "" {
			break
		}
		f.sum.Spoiled[kind]++
		if first := kind != OtherName && kind != Duplicate && d.chance(.5); first {
			f.write(t, row)
			break
		}
		f.write(t, cells)
		f.write(t, row)
		return
	}
	f.write(t, cells)
}

// spoil applies one kind of error that the row allows, "" when none of a few tries does.
func spoil(kinds []mender, t *table, row []string, d *dice) string {
	for range 12 {
		if m := &kinds[d.n(len(kinds))]; m.do(t, row, d) {
			return m.kind
		}
	}
	return ""
}

func (f *files) write(t *table, cells []string) {
	t.rows++
	f.sum.Rows[t.sheet]++
	f.err = f.sinks[t.number].row(cells)
}
