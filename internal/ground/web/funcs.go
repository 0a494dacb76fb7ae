package web

import (
	"fmt"
	"html/template"

	"jiuye/internal/ground/web/draw"
)

// funcs is what templates may call; t, date and the like are bound to one language.
func (s *Server) funcs(lang string) template.FuncMap {
	t := func(key string, args ...any) string { return s.words.T(lang, key, args...) }
	return template.FuncMap{
		"t":         t,
		"date":      func(v any) string { return date(lang, v) },
		"dateshort": func(v any) string { return dateShort(lang, v) },
		"datetime":  dateTime,
		"iso":       iso,
		"int":       number,
		"signed":    signed,
		"points":    points,
		"fen":       money,
		"pct":       percent,
		"size":      Size,
		"maskid":    MaskID,
		"maskname":  MaskName,
		"maskphone": MaskPhone,
		"asset":     s.assets.url,
		"icon":      s.icon,
		"once":      newOnce,
		"dict":      dict,
		"list":      func(v ...any) []any { return v },
		"add":       func(a, b int) int { return a + b },
		"verdict":   func(kind string) template.HTML { return draw.Verdict(kind, t("frame.verdict."+kind)) },
		"grade":     func(kind string) template.HTML { return draw.Grade(kind, t("frame.grade."+kind)) },
		"gradeicon": func(kind string) template.HTML { return draw.GradeIcon(kind, t("frame.grade."+kind)) },
		"pace":      draw.Pace,
		"bar":       draw.Bar,
		"spark":     draw.Spark,
		"days":      draw.Days,
		"map": func(m draw.Choropleth) template.HTML {
			if m.More == "" {
				m.More = t("frame.mapAll", len(m.Shapes))
			}
			return draw.Map(m)
		},
		"bars":      draw.Bars,
		"linechart": draw.Line,
		"waterfall": draw.Falls,
		"swatch":    draw.Swatch,
	}
}

// icon is a line drawing from the sprite; it never stands without words beside it.
func (s *Server) icon(name string) template.HTML {
	return template.HTML(`<svg class="jy-icon" aria-hidden="true"><use href="` +
		template.HTMLEscapeString(s.assets.url("sprite.svg")+"#i-"+name) + `"/></svg>`)
}

// dict makes a map of pairs, for partials that take several values.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: %d values are not pairs", len(pairs))
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: key %v is no text", pairs[i])
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}
