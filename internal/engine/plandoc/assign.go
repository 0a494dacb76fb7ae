package plandoc

import (
	"slices"
	"strconv"
	"strings"
)

// tasks reads the rows of a table of duties 分工表, whatever the order of its columns. Rows that merged cells hold together (the
// same number, name and units) are one task.
func (g *grid) tasks() []Task {
	cols := slices.Clone(g.columns())
	if g.measures(cols) || !g.assigns(cols) {
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
		if last != nil && now.goesOn(last) {
			last.text += "。" + now.title + "。" + now.text
			last.d = last.d.with(now.d)
			out[len(out)-1].fill(last.text, last.d, horizon{})
			continue
		}
		title, _ := splitTitle(strings.TrimSpace(now.title))
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

// goesOn reports whether a row belongs to the one above: held together by merged cells, or only another point of it.
func (a *dutyRow) goesOn(b *dutyRow) bool {
	same := a.title == b.title && a.no == b.no && strings.Join(a.d.units, ";") == strings.Join(b.d.units, ";")
	return same || a.no == "" && strings.HasPrefix(plain(a.title), "--")
}

// assigns reports whether the columns say who does what; where none is headed as the tasks', the one with the most text has them.
func (g *grid) assigns(cols []column) bool {
	answers, named, longest, most := false, false, -1, 0
	for k, c := range cols {
		answers = answers || c.use == useLead || c.use == useUnits
		text := 0
		for _, r := range g.rows {
			text += len(r.cells[k])
		}
		named = named || c.use == useName && text > 8*len(g.rows)
		if (c.use == useOther || c.use == useGroup || c.use == useTarget || c.use == useName) && text > most {
			longest, most = k, text
		}
	}
	if answers && !named && longest >= 0 {
		for k := range cols {
			if cols[k].use == useName {
				cols[k].use = useOther
			}
		}
		cols[longest].use = useName
	}
	return answers && longest >= 0
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
	if m := bulletRE.FindString(out.title); out.no == "" && m != "" && strings.ContainsAny(m, "0123456789一二三四五六七八九十") {
		out.no = strings.TrimRight(strings.TrimSpace(m), ".、．")
		out.title = strings.TrimSpace(out.title[len(m):])
	}
	out.d, _ = out.d.settle()
	out.text = strings.Join(text, "。")
	return out
}
