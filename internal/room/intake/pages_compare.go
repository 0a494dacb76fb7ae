package intake

import (
	"strings"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/person"
)

// comparing lays the records of a cluster side by side.
type comparing struct {
	p     pages
	c     *web.Ctx
	one   *Cluster
	base  *person.Person
	cells [][]string // 甲, then the rows
	whys  []explained
	view  deskView
}

// compareAll makes the view of a cluster.
func (p pages) compareAll(c *web.Ctx, one *Cluster, base *person.Person) (*comparing, error) {
	d := &comparing{p: p, c: c, one: one, base: base, view: deskView{Cluster: one}}
	if base != nil {
		d.cells = append(d.cells, cellsOf(base))
		d.view.Heads = append(d.view.Heads, sideHead{c.T("intake.desk.base", ordinal(0)), c.T("intake.desk.baseNote", lang.DateShort(base.UpdatedAt))})
	}
	models := map[string]keptModel{}
	for i := range one.Members {
		m := &one.Members[i]
		hash := m.pair.Model
		if _, has := models[hash]; !has && hash != "" {
			kept, err := findModel(c.Context(), p.DB, hash)
			if err != nil {
				return nil, err
			}
			models[hash] = kept
		}
		why, err := explain(models[hash], m.pair)
		if err != nil {
			return nil, err
		}
		d.whys, d.cells = append(d.whys, why), append(d.cells, m.row.linkCells())
		d.view.Heads = append(d.view.Heads, sideHead{c.T("intake.desk.side", ordinal(m.Place), p.kindName(m.review.Kind)),
			c.T("intake.desk.sideNote", m.review.FileName, lang.Int(m.review.Row), lang.DateShort(time.UnixMilli(m.review.CreatedAt)))})
		if d.scored(i) {
			d.view.Scores = append(d.view.Scores, c.T("intake.desk.score", ordinal(0), ordinal(m.Place)))
		}
	}
	d.lines()
	d.ends()
	d.fall()
	return d, nil
}

// scored reports whether the i-th row was weighed against 甲: without a person the first row is 甲 itself.
func (d *comparing) scored(i int) bool { return d.base != nil || i > 0 }

// deskFields are the lines of the comparison: cell, columns of the model whose weights count, and how it is shown.
var deskFields = []struct {
	key     string
	cell    int
	columns []string
	show    func(string) string
}{
	{"name", cellName, []string{"name"}, nil},
	{"pinyin", cellName, nil, toned},
	{"id", cellID, []string{"id"}, identity.MaskID},
	{"birth", cellBirth, []string{"birth"}, nil},
	{"sex", cellSex, []string{"sex"}, nil},
	{"phone", cellPhone, []string{"phone"}, identity.MaskPhone},
	{"area", cellAddress, []string{"area", "address"}, nil},
	{"ethnic", cellEthnic, []string{"ethnic"}, nil},
	{"school", cellSchool, []string{"school"}, nil},
}

func (d *comparing) lines() {
	for _, f := range deskFields {
		line := deskLine{Label: named(d.c, "field", f.key), Close: f.cell == cellBirth || f.cell == cellID || f.cell == cellPhone}
		told := false
		for i, cells := range d.cells {
			text := d.plain(f.key, cells[f.cell])
			first := d.plain(f.key, d.cells[0][f.cell])
			told = told || i > 0 && text != ""
			line.Sides = append(line.Sides, d.pieces(first, text, f.key, f.show))
		}
		if !told && (f.cell == cellEthnic || f.cell == cellSchool) {
			continue // nobody says anything of it
		}
		var notes []string
		for i := range d.whys {
			if !d.scored(i) {
				continue
			}
			bits, zh, en := d.whys[i].of(f.columns...)
			if f.columns == nil {
				line.Scores = append(line.Scores, "")
				continue
			}
			line.Scores = append(line.Scores, draw.Signed1(bits))
			notes = append(notes, d.difference(f.key, i, pick2(d.c.Lang == lang.English, en, zh)))
		}
		line.Differ = d.together(notes)
		d.view.Lines = append(d.view.Lines, line)
	}
	d.further()
}

func pick2(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// plain is a cell in words.
func (d *comparing) plain(key, text string) string {
	switch key {
	case "ethnic":
		if text != "" {
			return named(d.c, "ethnic", text)
		}
	case "school":
		for _, e := range person.Educations {
			if itoa(int64(e.Code)) == text {
				return pick2(d.c.Lang == lang.English, e.En, e.Zh)
			}
		}
	case "sex":
		return map[string]string{"男": named(d.c, "sex", "1"), "女": named(d.c, "sex", "2")}[text]
	}
	return text
}

func (d *comparing) pieces(first, text, key string, show func(string) string) []Piece {
	switch {
	case text == "":
		return []Piece{{Text: d.c.T("intake.desk.notWritten")}}
	case key == "pinyin":
		return placed(show(first), show(text))
	case show != nil:
		return covered(placed(first, text), show(text))
	}
	return placed(first, text)
}

// difference says in a few words how a row's field stands to 甲's.
func (d *comparing) difference(key string, i int, level string) string {
	row := d.cells[len(d.cells)-len(d.whys)+i]
	if key == "id" {
		way, n, valid := idDiffers(d.cells[0][cellID], row[cellID])
		text := named(d.c, "idway", way, n)
		if way != idNone && way != idMasked && !valid {
			text += d.c.T("intake.idway.invalid")
		}
		return text
	}
	if at := strings.IndexAny(level, "，,"); at > 0 { // without how rare the value is
		level = level[:at]
	}
	return level
}

// together writes what is said of each row; once, when it is the same of all.
func (d *comparing) together(notes []string) (out []string) {
	if len(notes) == 0 {
		return nil
	}
	alike := true
	for _, n := range notes {
		alike = alike && n == notes[0]
	}
	if alike {
		return notes[:1]
	}
	for i, n := range notes {
		out = append(out, ordinal(int64(i+1))+d.c.T("intake.desk.colon")+n)
	}
	return out
}

// further are fields of the rows that are no part of the weights, and the corrections to them.
func (d *comparing) further() {
	known := map[string]bool{"name": true, "idnumber": true, "birth": true, "sex": true, "phone": true, "address": true, "area": true, "ethnic": true, "education": true}
	at := map[string]int{}
	for i := range d.one.Members {
		m := &d.one.Members[i]
		for k := range m.row.t.Columns {
			col := &m.row.t.Columns[k]
			text := col.show(m.row.Cell(m.row.cellOf[k]))
			if known[col.Field] || text == "" {
				continue
			}
			line, has := at[col.Header]
			if !has {
				line = len(d.view.Lines)
				at[col.Header] = line
				l := deskLine{Label: col.Header, Differ: []string{d.c.T("intake.desk.notWeighed")}}
				for range d.cells {
					l.Sides = append(l.Sides, []Piece{{Text: lang.None}})
				}
				for range d.view.Scores {
					l.Scores = append(l.Scores, "0")
				}
				d.view.Lines = append(d.view.Lines, l)
			}
			d.view.Lines[line].Sides[len(d.cells)-len(d.whys)+i] = []Piece{{Text: text}}
		}
	}
	for _, corr := range []struct {
		key  string
		bits func(*explained) float64
	}{{"moved", func(e *explained) float64 { return e.moved }}, {"kin", func(e *explained) float64 { return -e.kin }}} {
		l := deskLine{Label: named(d.c, "desk", corr.key), Differ: []string{named(d.c, "desk", corr.key+"Note")}}
		some := false
		for range d.cells {
			l.Sides = append(l.Sides, []Piece{{Text: ""}})
		}
		for i := range d.whys {
			if d.scored(i) {
				text := draw.Signed1(corr.bits(&d.whys[i]))
				some = some || text != "0"
				l.Scores = append(l.Scores, text)
			}
		}
		if some {
			d.view.Lines = append(d.view.Lines, l)
		}
	}
}

// ends are the verdicts under the columns.
func (d *comparing) ends() {
	if d.base != nil {
		d.view.Ends = append(d.view.Ends, sideEnd{Text: d.c.T("intake.desk.isBase")})
	}
	for i := range d.whys {
		e := &d.whys[i]
		if !d.scored(i) {
			d.view.Ends = append(d.view.Ends, sideEnd{Text: d.c.T("intake.desk.isBase")})
			continue
		}
		d.view.Start = d.c.T("intake.desk.start", draw.Signed1(e.prior))
		d.view.Totals = append(d.view.Totals, draw.Signed1(e.bits))
		end := sideEnd{Kind: "jy-warnText", Text: d.c.T("intake.desk.perhaps", chance(d.c, tenThousandths(e.pair.Probability)))}
		switch p := e.pair.Probability; {
		case p == 0 && e.pair.Rule != "":
			end = sideEnd{Text: e.pair.Rule, Kind: "jy-stopText"}
		case p >= .999:
			end = sideEnd{Text: d.c.T("intake.desk.surely"), Kind: "jy-okText"}
		case p >= .5:
			end.Text = d.c.T("intake.desk.probably", chance(d.c, tenThousandths(p)))
		}
		d.view.Ends = append(d.view.Ends, end)
	}
}

// fall is the waterfall of the pair that the address asks for, the last one otherwise.
func (d *comparing) fall() {
	last := len(d.whys) - 1
	at := last
	for i := range d.whys {
		if !d.scored(i) {
			continue
		}
		place := itoa(d.one.Members[i].Place)
		if d.c.Query("pair") == place {
			at = i
		}
	}
	for i := range d.whys {
		if d.scored(i) {
			d.view.Pairs = append(d.view.Pairs, web.Tab{Text: ordinal(0) + ordinal(d.one.Members[i].Place), Href: clusterHref(d.one.ID) + "?pair=" + itoa(d.one.Members[i].Place), Current: i == at})
		}
	}
	if at < 0 || !d.scored(at) {
		return
	}
	e := &d.whys[at]
	d.view.FallHead = d.c.T("intake.desk.fallHead", ordinal(0), ordinal(d.one.Members[at].Place))
	d.view.Rule = e.pair.Rule
	w := draw.Waterfall{Bars: []draw.Fall{{Name: d.c.T("intake.desk.startBar"), Value: e.prior}}, Total: draw.Fall{Name: d.c.T("intake.desk.total"), Value: e.bits},
		Lines: []draw.Mark{{Name: d.c.T("intake.desk.reviewLine"), At: e.least}, {Name: d.c.T("intake.desk.autoLine"), At: e.auto}}}
	said := []string{w.Bars[0].Name + draw.Signed1(e.prior)}
	for _, t := range e.terms {
		if !t.Missing && draw.Signed1(t.Bits) != "0" {
			name := t.Label + d.brief(t)
			w.Bars = append(w.Bars, draw.Fall{Name: name, Value: t.Bits})
			said = append(said, name+draw.Signed1(t.Bits))
		}
	}
	for _, corr := range []struct {
		key  string
		bits float64
	}{{"moved", e.moved}, {"kin", -e.kin}} {
		if draw.Signed1(corr.bits) != "0" {
			w.Bars = append(w.Bars, draw.Fall{Name: named(d.c, "desk", corr.key), Value: corr.bits})
			said = append(said, named(d.c, "desk", corr.key)+draw.Signed1(corr.bits))
		}
	}
	if e.pair.Rule == "" {
		w.Total.Note = d.c.T("intake.desk.chance", chance(d.c, tenThousandths(e.pair.Probability)))
	}
	w.Label = strings.Join(append(said, w.Total.Name+draw.Signed1(e.bits)), d.c.T("intake.comma"))
	d.view.Fall = w
	if len(e.pair.Model) > 12 {
		d.view.Model = e.pair.Model[:12]
	}
	d.view.Not = named(d.c, "notAuto", d.one.Why) + d.c.T("intake.desk.linesNote", draw.Signed1(e.auto), draw.Signed1(e.least))
}

// brief is a level in a few characters, for the names of bars.
func (d *comparing) brief(t term) string {
	text := pick2(d.c.Lang == lang.English, " "+t.En, t.Zh)
	if at := strings.IndexAny(text, "，,（("); at > 0 {
		text = text[:at]
	}
	if r := []rune(text); len(r) > 8 && d.c.Lang != lang.English {
		text = string(r[:8])
	}
	return text
}

// suggestion is a first reason, made of what agrees and what does not.
func (d *comparing) suggestion() string {
	if d.base == nil || len(d.one.Members) == 0 || d.one.Answer != "" {
		return ""
	}
	var same, apart []string
	for _, f := range deskFields {
		if f.columns == nil || f.key == "ethnic" || f.key == "school" {
			continue
		}
		agree, told := true, true
		for _, cells := range d.cells[1:] {
			agree = agree && cells[f.cell] == d.cells[0][f.cell]
			told = told && cells[f.cell] != ""
		}
		switch label := named(d.c, "field", f.key); {
		case agree && told:
			same = append(same, label)
		case told && f.key != "area":
			apart = append(apart, label)
		}
	}
	var out []string
	if len(same) > 0 {
		out = append(out, d.c.T("intake.desk.agree", strings.Join(same, d.c.T("intake.desk.pause"))))
	}
	if len(apart) > 0 {
		out = append(out, d.c.T("intake.desk.differ", strings.Join(apart, d.c.T("intake.desk.pause"))))
	}
	return strings.Join(out, d.c.T("intake.comma"))
}
