package planrun

import (
	"math"
	"strings"

	"github.com/ledongthuc/pdf"
)

// glyph is a printed character: where it begins and ends on the line at height y.
type glyph struct {
	x, end, y, em float64
	s             string
}

// rule is a drawn line, upright or level; from and to are its ends, at is where it stands.
type rule struct {
	upright      bool
	at, from, to float64
}

// matrix maps a point (x, y) to (x·a + y·c + e, x·b + y·d + f).
type matrix struct{ a, b, c, d, e, f float64 }

func (m matrix) then(n matrix) matrix {
	return matrix{m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d, m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d, m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f}
}

func (m matrix) point(x, y float64) (float64, float64) {
	return x*m.a + y*m.c + m.e, x*m.b + y*m.d + m.f
}

// state is what a page's program keeps between q and Q.
type state struct {
	ctm                               matrix
	font                              *face
	size, char, word, stretch, raised float64
	leading                           float64
}

// page carries out a page's drawing program as far as texts and table lines go.
type page struct {
	glyphs []glyph
	rules  []rule
	state
	text, line matrix
	stack      []state
	path       []rule
	at, start  [2]float64
	fonts      map[string]*face
	steps      int
}

// More than a page can hold, and more steps than drawing one takes.
const (
	maxGlyphs = 200_000
	maxRules  = 50_000
	maxSteps  = 3_000_000
)

// draw runs the program of a page or of a drawing within it.
func (p *page) draw(program, resources pdf.Value, depth int) {
	outer := p.fonts
	p.fonts = map[string]*face{}
	pdf.Interpret(program, func(stk *pdf.Stack, op string) {
		n := stk.Len()
		args := make([]pdf.Value, n)
		for i := n - 1; i >= 0; i-- {
			args[i] = stk.Pop()
		}
		if p.steps++; len(p.glyphs) > maxGlyphs || p.steps > maxSteps || n < operands[op] {
			return
		}
		p.do(op, args, resources, depth)
	})
	p.fonts = outer
}

// operands are how many values an operator needs.
var operands = map[string]int{"cm": 6, "Tm": 6, "re": 4, "m": 2, "l": 2, "c": 6, "Td": 2, "TD": 2, "Tf": 2, "Tc": 1, "Tw": 1, "Tz": 1, "TL": 1, "Ts": 1, "Tj": 1, "TJ": 1, "'": 1, `"`: 3, "Do": 1}

func (p *page) do(op string, args []pdf.Value, resources pdf.Value, depth int) {
	num := func(i int) float64 { return args[i].Float64() }
	switch op {
	case "q":
		if len(p.stack) < 1000 {
			p.stack = append(p.stack, p.state)
		}
	case "Q":
		if k := len(p.stack) - 1; k >= 0 {
			p.state, p.stack = p.stack[k], p.stack[:k]
		}
	case "cm":
		p.ctm = matrix{num(0), num(1), num(2), num(3), num(4), num(5)}.then(p.ctm)
	case "Do":
		if x := resources.Key("XObject").Key(args[0].Name()); x.Key("Subtype").Name() == "Form" && depth < 8 {
			p.form(x, resources, depth)
		}
	case "BT":
		p.text = matrix{a: 1, d: 1}
		p.line = p.text
	case "Tm":
		p.text = matrix{num(0), num(1), num(2), num(3), num(4), num(5)}
		p.line = p.text
	case "Td", "TD":
		if op == "TD" {
			p.leading = -num(1)
		}
		p.down(num(0), num(1))
	case "T*":
		p.down(0, -p.leading)
	case "Tf":
		name := args[0].Name()
		if p.fonts[name] == nil {
			p.fonts[name] = faceOf(resources.Key("Font").Key(name))
		}
		p.font, p.size = p.fonts[name], num(1)
	case "Tc":
		p.char = num(0)
	case "Tw":
		p.word = num(0)
	case "Tz":
		p.stretch = num(0) / 100
	case "TL":
		p.leading = num(0)
	case "Ts":
		p.raised = num(0)
	case "Tj":
		p.show(args[0].RawString())
	case "'", `"`:
		p.down(0, -p.leading)
		p.show(args[len(args)-1].RawString())
	case "TJ":
		for i := range args[0].Len() {
			if v := args[0].Index(i); v.Kind() == pdf.String {
				p.show(v.RawString())
			} else {
				p.text = matrix{a: 1, d: 1, e: -v.Float64() / 1000 * p.size * p.stretch}.then(p.text)
			}
		}
	default:
		p.stroke(op, num)
	}
}

// form draws what a page places as one drawing.
func (p *page) form(x, resources pdf.Value, depth int) {
	kept, stack := p.state, p.stack
	if m := x.Key("Matrix"); m.Len() == 6 {
		n := func(i int) float64 { return m.Index(i).Float64() }
		p.ctm = matrix{n(0), n(1), n(2), n(3), n(4), n(5)}.then(p.ctm)
	}
	if own := x.Key("Resources"); !own.IsNull() {
		resources = own
	}
	p.draw(x, resources, depth+1)
	p.state, p.stack = kept, stack
}

func (p *page) down(x, y float64) {
	p.line = matrix{a: 1, d: 1, e: x, f: y}.then(p.line)
	p.text = p.line
}

// show prints a string and moves on by its width.
func (p *page) show(s string) {
	if p.font == nil {
		return
	}
	for s != "" && len(p.glyphs) <= maxGlyphs {
		var text string
		var w float64
		blank := s[0] == ' ' && p.font.bytes == 1
		text, w, s = p.font.next(s)
		x, y := p.text.then(p.ctm).point(0, p.raised)
		step := (w*p.size + p.char) * p.stretch
		if blank {
			step += p.word * p.stretch
		}
		end, _ := p.text.then(p.ctm).point(w*p.size*p.stretch, p.raised)
		height := matrix{a: p.size, d: p.size}.then(p.text).then(p.ctm)
		if em := math.Hypot(height.c, height.d); em > 1 && em < 400 && strings.TrimSpace(text) != "" {
			p.glyphs = append(p.glyphs, glyph{x, end, y, em, text})
		}
		p.text = matrix{a: 1, d: 1, e: step}.then(p.text)
	}
}

// stroke follows the drawing of lines; thin boxes are lines too.
func (p *page) stroke(op string, num func(int) float64) {
	switch op {
	case "m":
		x, y := p.ctm.point(num(0), num(1))
		p.at, p.start = [2]float64{x, y}, [2]float64{x, y}
	case "l":
		x, y := p.ctm.point(num(0), num(1))
		p.edge(p.at[0], p.at[1], x, y)
		p.at = [2]float64{x, y}
	case "c":
		x, y := p.ctm.point(num(4), num(5))
		p.at = [2]float64{x, y}
	case "h":
		p.edge(p.at[0], p.at[1], p.start[0], p.start[1])
		p.at = p.start
	case "re":
		x1, y1 := p.ctm.point(num(0), num(1))
		x2, y2 := p.ctm.point(num(0)+num(2), num(1)+num(3))
		for _, e := range [][4]float64{{x1, y1, x2, y1}, {x1, y2, x2, y2}, {x1, y1, x1, y2}, {x2, y1, x2, y2}} {
			p.edge(e[0], e[1], e[2], e[3])
		}
	case "S", "s", "B", "B*", "b", "b*", "f", "F", "f*":
		if len(p.rules) < maxRules {
			p.rules = append(p.rules, p.path...)
		}
		p.path = nil
	case "n":
		p.path = nil
	}
}

// edge adds a side to the path where it is level or upright and long enough to part cells.
func (p *page) edge(x1, y1, x2, y2 float64) {
	switch {
	case len(p.path) >= maxRules:
	case math.Abs(y1-y2) < 1 && math.Abs(x1-x2) > 4:
		p.path = append(p.path, rule{false, (y1 + y2) / 2, math.Min(x1, x2), math.Max(x1, x2)})
	case math.Abs(x1-x2) < 1 && math.Abs(y1-y2) > 4:
		p.path = append(p.path, rule{true, (x1 + x2) / 2, math.Min(y1, y2), math.Max(y1, y2)})
	}
}
