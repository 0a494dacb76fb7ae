package linkage

import (
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Data holds cleaned records as rows of value numbers. Add rows, then Dedupe or Match it.
type Data struct {
	plan  *plan
	width int
	n     int
	codes []uint32 // row by row
	split int      // first record of the right file, n when there is one file only
	where [][]int  // column → cells that may hold it, of the present file

	decided map[uint64]int8 // pairs on which people decided

	counts  [][5]int          // column → state → how many values
	reasons []map[string]int  // column → rule code → how many values
	Unfound map[string]Titles // columns that a file does not have; they count as missing
}

// NewData begins an empty set of records under a model.
func NewData(m *Model) (*Data, error) {
	p, err := compile(m)
	if err != nil {
		return nil, err
	}
	d := &Data{plan: p, width: len(p.columns), counts: make([][5]int, len(p.columns)), Unfound: map[string]Titles{}}
	for range p.columns {
		d.reasons = append(d.reasons, map[string]int{})
	}
	return d, nil
}

// Len is the number of records.
func (d *Data) Len() int { return d.n }

// Header says what the cells of the next rows are.
func (d *Data) Header(titles []string) {
	at := map[string]int{}
	for _, form := range []func(string) string{plainTitle, bareTitle} { // titles written exactly go before those with additions
		for i, t := range titles {
			if name := form(t); name != "" {
				if _, found := at[name]; !found {
					at[name] = i
				}
			}
		}
	}
	d.where = make([][]int, d.width)
	for i, c := range d.plan.columns {
		for _, title := range c.From {
			if cell, found := at[plainTitle(title)]; found && !slices.Contains(d.where[i], cell) {
				d.where[i] = append(d.where[i], cell)
			}
		}
		if len(d.where[i]) == 0 {
			d.Unfound[c.Name] = c.From
		}
	}
}

// plainTitle is a title without blanks, marks and capitals: 姓 名 and 姓名, date_of_birth and DateOfBirth are the same.
func plainTitle(title string) string {
	s, _ := cleanText(title)
	return strings.ReplaceAll(s, " ", "")
}

// titleNotes are what stands beside a title: （必填）, 1. and the like.
var titleNotes = regexp.MustCompile(`[(（\[【].*?[)）\]】]|^\s*[\d一二三四五六七八九十]+\s*[.、．]`)

// bareTitle is a title without notes: 1.身份证号码（必填）* is 身份证号码.
func bareTitle(title string) string { return plainTitle(titleNotes.ReplaceAllString(title, "")) }

// Right begins the second file of a match.
func (d *Data) Right() { d.split = d.n }

// Add cleans and keeps rows, many at a time: the columns are worked on side by side.
func (d *Data) Add(rows [][]string) {
	start := len(d.codes)
	d.codes = append(d.codes, make([]uint32, len(rows)*d.width)...)
	d.n += len(rows)
	out := d.codes[start:]
	parallel(len(d.plan.domains), func(k int) {
		for i := range d.plan.columns {
			if d.plan.columns[i].dom == d.plan.domains[k] {
				d.fillColumn(i, rows, out)
			}
		}
	})
	for i := range d.plan.columns {
		if d.plan.columns[i].repairs {
			d.repairColumn(i, rows, out)
		}
	}
	for i := range d.plan.columns {
		if d.plan.columns[i].trust >= 0 {
			d.trustColumn(i, out)
		}
	}
}

// trustColumn takes the day of birth or the sex from a valid ID number, where typed values have more mistakes.
func (d *Data) trustColumn(i int, out []uint32) {
	c := &d.plan.columns[i]
	id := d.plan.columns[c.trust].dom
	for r := 0; r < len(out); r += d.width {
		code := out[r+c.trust]
		if code == 0 || id.marks[code].Status == Invalid || id.marks[code].Status == Suspicious || len(id.values.text(code)) != 18 {
			continue
		}
		number := id.values.text(code)
		text := inNumber(number, c.Kind)
		if now := c.dom.values.text(out[r+i]); string(now) != text {
			out[r+i], _ = c.dom.code(text)
			d.reasons[i]["trusted"]++
		}
	}
}

// inNumber is the day of birth or the sex in a valid ID number.
func inNumber(number []byte, kind string) string {
	switch {
	case kind == "date":
		return string(number[6:10]) + "-" + string(number[10:12]) + "-" + string(number[12:14])
	case number[16]&1 == 1:
		return "男"
	}
	return "女"
}

func (d *Data) fillColumn(i int, rows [][]string, out []uint32) {
	dom, where := d.plan.columns[i].dom, d.where[i]
	for r, row := range rows {
		raw := pick(row, where)
		if raw == "" && d.plan.columns[i].split >= 0 {
			raw = formerName(pick(row, d.where[d.plan.columns[i].split]))
		}
		code, mark := dom.code(raw)
		out[r*d.width+i] = code
		d.counts[i][mark.Status]++
		if mark.Rule != "" {
			d.reasons[i][mark.Rule]++
		}
	}
}

// pick is the first cell with text among those that may hold a column.
func pick(row []string, where []int) string {
	for _, cell := range where {
		if cell < len(row) && row[cell] != "" {
			return row[cell]
		}
	}
	return ""
}

// repairColumn mends ID numbers that fail the check where birth and sex of the row leave only one way to mend them.
func (d *Data) repairColumn(i int, rows [][]string, out []uint32) {
	c := &d.plan.columns[i]
	for r := range rows {
		row := out[r*d.width : (r+1)*d.width]
		if code := row[i]; code != 0 && c.dom.marks[code].Status == Invalid {
			if mended, ok := d.mend(c, row); ok {
				row[i] = mended
				d.counts[i][Invalid]--
				d.counts[i][Repaired]++
				d.reasons[i]["id.repaired"]++
			}
		}
	}
}

func (d *Data) mend(c *column, row []uint32) (uint32, bool) {
	text := func(at int, of *domain) string { return string(of.values.text(row[at])) }
	sex := ""
	if c.sex >= 0 {
		sex = text(c.sex, d.plan.columns[c.sex].dom)
	}
	at := d.plan.column(c.Name)
	number, ok := repairID(text(at, c.dom), text(c.birth, d.plan.columns[c.birth].dom), sex)
	if !ok {
		return 0, false
	}
	code, _ := c.dom.code(number)
	return code, true
}

func (d *Data) row(rec uint32) []uint32 { return d.codes[int(rec)*d.width : (int(rec)+1)*d.width] }

// rights is the first record of the right file; in one file it is the number of records.
func (d *Data) rights() int {
	if d.split == 0 {
		return d.n
	}
	return d.split
}

func (d *Data) matching() bool { return d.split > 0 }

// possible counts all pairs that could be compared.
func (d *Data) possible() float64 {
	n := float64(d.n)
	if d.matching() {
		l := float64(d.split)
		return max(1, l*(n-l))
	}
	return max(1, n*(n-1)/2)
}

// Quality is what cleaning found in one column.
type Quality struct {
	Column, Label string
	Counts        [5]int // by Status
	Reasons       map[string]int
}

// Quality reports on every column.
func (d *Data) Quality() (out []Quality) {
	for i, c := range d.plan.columns {
		out = append(out, Quality{c.Name, c.Label, d.counts[i], d.reasons[i]})
	}
	return out
}

// Value is a record's cleaned value in a column, as it was compared.
func (d *Data) Value(rec, col int) string {
	return string(d.plan.columns[col].dom.values.text(d.codes[rec*d.width+col]))
}

// parallel runs f for 0 … n-1 on all processors and waits.
func parallel(n int, f func(int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	next := make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	for range workers {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	wg.Wait()
}
