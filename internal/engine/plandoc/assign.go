package plandoc

import (
	"strconv"
	"strings"
)

// tasks reads the rows of a table of duties 分工表, whatever the order of its columns. Rows that merged cells hold together (the
// same number, name and units) are one task.
func (g *grid) tasks() []Task {
	cols := columnsOf(g.head, 0, 0)
	answers, name := false, false
	for _, c := range cols {
		answers = answers || c.use == useLead || c.use == useUnits
		name = name || c.use == useName
	}
	if !answers || !name || g.measures(cols) {
		return nil
	}
	section := cite(g.sec)
	if g.box != nil {
		section = g.box.name()
	}
	var out []Task
	var last *dutyRow
	for i, r := range g.rows {
		now := r.duty(cols)
		if wordsCount(now.title) < 2 || distinct(r.cells) < 2 {
			continue
		}
		if last != nil && now.sameAs(last) {
			last.text += "。" + now.text
			out[len(out)-1].fill(last.text, last.d, horizon{})
			continue
		}
		title, _ := splitTitle(now.title)
		t := Task{No: now.no, Title: trimTitle(title), Place: Place{r.at, section}}
		if t.No == "" {
			t.No = strconv.Itoa(i + 1)
		}
		t.fill(now.title+"。"+now.text, now.d, horizon{})
		if now.due != "" {
			t.Deadline = now.due
		}
		t.Quote = r.raw
		out, last = append(out, t), now
	}
	return out
}

// dutyRow is a row of a table of duties.
type dutyRow struct {
	no, title, text, due string
	d                    duty
}

func (a *dutyRow) sameAs(b *dutyRow) bool {
	return a.title == b.title && a.no == b.no && strings.Join(a.d.units, ";") == strings.Join(b.d.units, ";")
}

// duty reads the cells of a row.
func (r gridRow) duty(cols []column) *dutyRow {
	out := &dutyRow{}
	var text []string
	for k, c := range cols {
		cell := strings.TrimSpace(r.cells[k])
		switch c.use {
		case useSeq:
			out.no = strings.TrimRight(cell, ".、")
		case useName:
			out.title = cell
		case useLead:
			if inner, ok := parseDuty(cell); ok && (dutyLabel.MatchString(cell) || strings.Contains(cell, "牵头")) {
				out.d = out.d.with(inner)
			} else if leadLabel.MatchString(c.head) {
				out.d.lead = append(out.d.lead, unitsOf(cell)...)
			} else {
				out.d.units = append(out.d.units, unitsOf(cell)...)
			}
		case useUnits:
			out.d.units = append(out.d.units, unitsOf(cell)...)
		case useDue:
			out.due = cell
		case useOther, useGroup:
			text = append(text, cell)
		}
	}
	if strings.Contains(out.title, "\n") || len(out.d.units)+len(out.d.lead) == 0 {
		if d, rest := dutyOf(out.title); len(d.units) > 0 {
			out.d, out.title = d, rest
		}
	}
	out.d, _ = out.d.settle()
	out.text = strings.Join(text, "。")
	return out
}
