package occupation

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed upper.txt
var upperText string

//go:embed everyday.txt
var everydayText string

// everyday is what people call an occupation, and how often it is advertised (0 to 4).
type everyday struct {
	class  Class
	common float32
}

var everydays = sync.OnceValue(func() []everyday {
	var list []everyday
	for line := range strings.Lines(everydayText) {
		part := strings.Split(strings.TrimSpace(line), "|")
		if len(part) != 4 || strings.HasPrefix(line, "#") {
			continue
		}
		list = append(list, everyday{
			class:  Class{Code: part[0], Name: part[1], Aliases: strings.Fields(part[3])},
			common: float32(part[2][0] - '0'),
		})
	}
	return list
})

// BuiltIn is the classification that needs no import: the large and middle classes, and the common occupations.
func BuiltIn() []Class {
	var list []Class
	for line := range strings.Lines(upperText) {
		if code, name, ok := strings.Cut(strings.TrimSpace(line), "|"); ok && !strings.HasPrefix(line, "#") {
			list = append(list, Class{Code: code, Name: name})
		}
	}
	for _, e := range everydays() {
		list = append(list, Class{Code: e.class.Code, Name: e.class.Name})
	}
	return list
}
