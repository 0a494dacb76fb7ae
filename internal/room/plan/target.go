package plan

import (
	"sync"

	"gopkg.in/yaml.v3"
)

// Comparators of a target.
const (
	AtLeast = ">="
	AtMost  = "<="
	About   = "~"
	Equal   = "="
	InWords = "text" // a direction or another level's target, not a number
)

// Target is what a plan wants of one indicator in one area. Base and Value are kept numbers, see Scaled.
type Target struct {
	Document   string // 000, 001
	Area       string
	Indicator  Index
	Unit       string // as printed: 万人 for the region, 人 for Alxa
	BaseYear   int
	Base       int64
	Year       int
	Value      int64  // 0 when Comparator is InWords
	Text       string // the target as words when Comparator is InWords
	Comparator string
	Cumulative bool // a sum over the years after the base, not a level
	Binding    bool // 约束性, otherwise 预期性
	Quote      string
}

// Document is a plan document.
type Document struct {
	ID     string `yaml:"id"`
	Name   string `yaml:"name"`
	Number string `yaml:"number"`
	Area   string `yaml:"area"`
	Place  string `yaml:"place"`
}

// Targets are those of all plans, region first, in the order of the box.
func Targets() []Target { return targets() }

// TargetOf is what the plan of an area wants of an indicator; nil where the plans set none for that area.
func TargetOf(area string, i Index) *Target {
	for n := range targets() {
		if t := &targets()[n]; t.Area == area && t.Indicator == i {
			return t
		}
	}
	return nil
}

// DocumentOf finds a document; the zero Document when there is none.
func DocumentOf(id string) Document {
	for _, d := range documents() {
		if d.ID == id {
			return d
		}
	}
	return Document{}
}

var targets = sync.OnceValue(func() []Target {
	var list []Target
	table("targets.csv", func(r row) error {
		i, _ := Find(r.text("indicator"))
		t := Target{Document: r.text("document"), Area: r.text("area"), Indicator: i.Index, Unit: r.text("unit"), BaseYear: r.number("base_year"),
			Year: r.number("target_year"), Comparator: r.text("comparator"), Cumulative: r.text("cumulative") == "yes",
			Binding: r.text("attribute") == "约束性", Quote: r.text("quote")}
		var err error
		if t.Base, err = Scaled(r.text("base"), t.Unit); err != nil {
			return err
		}
		if t.Comparator == InWords {
			t.Text = r.text("target")
		} else {
			t.Value, err = Scaled(r.text("target"), t.Unit)
		}
		list = append(list, t)
		return err
	})
	return list
})

var documents = sync.OnceValue(func() []Document { return yamlFile[[]Document]("documents.yaml") })

// yamlFile reads an embedded data file; one that is damaged means that the build is.
func yamlFile[T any](name string) T {
	var out T
	raw, err := dataFiles.ReadFile("data/" + name)
	if err == nil {
		err = yaml.Unmarshal(raw, &out)
	}
	if err != nil {
		panic("plan: " + name + ": " + err.Error())
	}
	return out
}
