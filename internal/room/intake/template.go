package intake

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

//go:embed templates/*.yaml
var ownTemplates embed.FS

// Template says how a department's sheet is known and what its columns mean.
type Template struct {
	Kind       string            `yaml:"kind"`       // stable name, in addresses and tables
	Name       string            `yaml:"name"`       // as people read it
	Department string            `yaml:"department"` // who delivers it
	Source     string            `yaml:"source"`     // whose word it is, see _sources.yaml; "": of nobody who is trusted for anything
	Version    string            `yaml:"version"`    // as the department calls its layout; "": the first
	Order      int               `yaml:"order"`      // small numbers are imported first
	Becomes    string            `yaml:"becomes"`    // what a row becomes, see recipes
	Set        map[string]string `yaml:"set"`        // values that every row has without a column
	Newcomers  bool              `yaml:"newcomers"`  // rows are about people who are in no register yet: each comes to the desk
	Columns    []Column          `yaml:"columns"`

	index map[string]int // field → column
	print [32]byte       // changes when the file changes
}

// Column is one column of a template.
type Column struct {
	Field   string            `yaml:"field"`  // its name in recipes
	Header  string            `yaml:"header"` // the head as templates and downloads write it
	Also    []string          `yaml:"also"`   // other heads, besides those in _synonyms.yaml
	Type    string            `yaml:"type"`   // see types
	Need    bool              `yaml:"need"`   // the column must be there, and no cell of it empty
	Default string            `yaml:"default"`
	Choice  map[string]string `yaml:"choice"` // what may be written → the value
	Table   string            `yaml:"table"`  // a table of _tables.yaml used as Choice
	Suffix  string            `yaml:"suffix"` // may stand behind a choice: 蒙古族
	Max     int               `yaml:"max"`    // characters; 0: 200
	Past    bool              `yaml:"past"`   // a date that cannot lie after today
	After   string            `yaml:"after"`  // a field that this one must not lie before
	Mild    bool              `yaml:"mild"`   // what cannot be read is left out with a reminder, and the row goes on

	parse parser
}

// Templates are all known templates, in the order of import.
type Templates struct {
	list  []*Template
	heads map[string][]place // normalised head → where it may belong

	sources sources
}

type place struct {
	template *Template
	column   int
}

// LoadTemplates reads the built-in templates and those of more (nil: none), whose files replace the built-in of the same
// kind. An unknown type, recipe or table is an error that names the file.
func LoadTemplates(more fs.FS) (*Templates, error) {
	own, err := fs.Sub(ownTemplates, "templates")
	if err != nil {
		return nil, err
	}
	synonyms, tables := map[string][]string{}, map[string]map[string]string{}
	byKind := map[string]*Template{}
	from := sources{trust: Trust{}}
	for _, files := range []fs.FS{own, more} {
		if files == nil {
			continue
		}
		if err := read(files, "_synonyms.yaml", &synonyms); err != nil {
			return nil, err
		}
		if err := read(files, "_tables.yaml", &tables); err != nil {
			return nil, err
		}
		if err := from.read(files); err != nil {
			return nil, err
		}
		names, err := fs.Glob(files, "*.yaml")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if strings.HasPrefix(path.Base(name), "_") {
				continue
			}
			t := &Template{}
			if err := read(files, name, t); err != nil {
				return nil, err
			}
			byKind[t.Kind] = t
		}
	}
	ts := &Templates{heads: map[string][]place{}, sources: from}
	for _, t := range slices.SortedFunc(maps.Values(byKind), func(a, b *Template) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Kind, b.Kind))
	}) {
		if err := t.compile(synonyms, tables); err != nil {
			return nil, fmt.Errorf("intake: template %q: %w", t.Kind, err)
		}
		if t.Source != "" && !from.has(t.Source) {
			return nil, fmt.Errorf("intake: template %q: source %q does not stand in %s", t.Kind, t.Source, sourcesFile)
		}
		ts.list = append(ts.list, t)
		for i, c := range t.Columns {
			for _, head := range c.Also {
				if h := headKey(head); !slices.Contains(ts.heads[h], place{t, i}) {
					ts.heads[h] = append(ts.heads[h], place{t, i})
				}
			}
		}
	}
	return ts, nil
}

func read(files fs.FS, name string, into any) error {
	text, err := fs.ReadFile(files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = yaml.Unmarshal(text, into)
	}
	if err != nil {
		return fmt.Errorf("intake: template %s: %w", name, err)
	}
	if t, ok := into.(*Template); ok {
		t.print = sha256.Sum256(text)
	}
	return nil
}

// compile checks a template and puts synonyms, tables and parsers in their places. Afterwards Also holds every head of a
// column, its own first.
func (t *Template) compile(synonyms map[string][]string, tables map[string]map[string]string) error {
	if t.Kind == "" || t.Name == "" || len(t.Columns) == 0 {
		return errors.New("kind, name and columns must be given")
	}
	if t.Version == "" {
		t.Version = "1"
	}
	recipe, known := recipes[t.Becomes]
	if !known {
		return fmt.Errorf("becomes %q: there is no such recipe", t.Becomes)
	}
	t.index = map[string]int{}
	for i := range t.Columns {
		c := &t.Columns[i]
		if _, twice := t.index[c.Field]; twice {
			return fmt.Errorf("field %q stands twice", c.Field)
		}
		t.index[c.Field] = i
		c.Also = append(append([]string{c.Header}, synonyms[c.Header]...), c.Also...)
		if c.Table != "" {
			if tables[c.Table] == nil {
				return fmt.Errorf("there is no table %q", c.Table)
			}
			c.Choice = tables[c.Table]
		}
		if c.Type == "bool" {
			all := maps.Clone(tables["yesno"])
			maps.Copy(all, c.Choice)
			c.Choice = all
		}
		if c.Max == 0 {
			c.Max = 200
		}
		if c.parse = parsers[c.Type]; c.parse == nil {
			return fmt.Errorf("column %s has the unknown type %q", c.Header, c.Type)
		}
	}
	for _, field := range recipe.needs {
		if _, has := t.index[field]; !has && t.Set[field] == "" {
			return fmt.Errorf("becomes %s, which needs a field %q", t.Becomes, field)
		}
	}
	return nil
}

// All are the templates in the order of import.
func (ts *Templates) All() []*Template { return ts.list }

// Sources are all who deliver, in the order of _sources.yaml.
func (ts *Templates) Sources() []Source { return ts.sources.list }

// Source finds who delivers by id; one that is not listed is called by its id.
func (ts *Templates) Source(id string) Source { return ts.sources.Of(id) }

// Of is the template of a kind, nil when there is none.
func (ts *Templates) Of(kind string) *Template {
	for _, t := range ts.list {
		if t.Kind == kind {
			return t
		}
	}
	return nil
}

// Needed are the heads of the columns that must be there.
func (t *Template) Needed() (heads []string) {
	for _, c := range t.Columns {
		if c.Need {
			heads = append(heads, c.Header)
		}
	}
	return heads
}
