package draw

import "html/template"

var verdictShapes = map[string]string{
	"yes":  `<circle class="f" cx="10" cy="10" r="9"/><path class="w" d="M5.5 10.3l3 3 6-6.3"/>`,
	"near": `<circle class="o" cx="10" cy="10" r="8.2"/><path class="f" d="M10 1.8a8.2 8.2 0 0 1 0 16.4z"/>`,
	"no":   `<circle class="o" cx="10" cy="10" r="8.2"/><path class="l" d="M6 10h8"/>`,
	"ask":  `<circle class="o d" cx="10" cy="10" r="8.2"/><path class="l" d="M7.6 8a2.4 2.4 0 1 1 3.4 2.2c-.7.4-1 .8-1 1.6M10 14v.4"/>`,
}

// Verdict is one of the four conclusions, told by shape, colour and words: yes 能享受, near 差一点, no 不符合, ask 缺信息.
func Verdict(kind, text string) template.HTML {
	shape, ok := verdictShapes[kind]
	if !ok {
		kind, shape = "ask", verdictShapes["ask"]
	}
	return template.HTML(`<span class="jy-verdict jy-verdict--` + kind + `"><svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">` +
		shape + `</svg>` + esc(text) + `</span>`)
}

// gradeShapes are the warning grades: octagon, diamond, triangle, circle, so that they are told in black and white.
var gradeShapes = map[string]struct{ path, word, y string }{
	"red":    {"M8 1h8l7 7v8l-7 7H8l-7-7V8z", "红", "16"},
	"orange": {"M12 .5L23.5 12 12 23.5 .5 12z", "橙", "16"},
	"yellow": {"M12 1L23.5 22.5H.5z", "黄", "20"},
	"blue":   {"M12 .8a11.2 11.2 0 1 1 0 22.4a11.2 11.2 0 0 1 0-22.4z", "蓝", "16"},
}

func gradeMark(kind, hidden string) (string, bool) {
	g, ok := gradeShapes[kind]
	if !ok {
		return "", false
	}
	return `<svg viewBox="0 0 24 24" width="24" height="24" ` + hidden + `><path d="` + g.path + `"/><text x="12" y="` + g.y + `">` + g.word + `</text></svg>`, true
}

// Grade is a warning grade with its words: red, orange, yellow, blue. It is used for nothing but warnings.
func Grade(kind, text string) template.HTML {
	mark, ok := gradeMark(kind, `aria-hidden="true"`)
	if !ok {
		return template.HTML(esc(text))
	}
	return template.HTML(`<span class="jy-grade jy-grade--` + kind + `">` + mark + esc(text) + `</span>`)
}

// GradeIcon is the mark alone, with the words as its label, for the first column of a list.
func GradeIcon(kind, text string) template.HTML {
	mark, ok := gradeMark(kind, `role="img" aria-label="`+esc(text)+`"`)
	if !ok {
		return template.HTML(esc(text))
	}
	return template.HTML(`<span class="jy-grade jy-grade--` + kind + `">` + mark + `</span>`)
}

// Swatch is a block of one of the style sheet's colours, by the class behind jy-fill-: ink, brand, ok, s1 …
func Swatch(class string) template.HTML {
	return template.HTML(`<svg class="jy-swatch" width="100%" height="34" aria-hidden="true"><rect class="jy-fill-` + esc(class) +
		`" x=".5" y=".5" width="100%" height="33" rx="3"/></svg>`)
}
