package intake

import (
	"fmt"
	"io/fs"
	"slices"

	"gopkg.in/yaml.v3"
)

// sourcesFile says who delivers and whose word counts.
const sourcesFile = "_sources.yaml"

// Sources that no department's template names.
const (
	SourceCorrection = "correction" // 更正: approved by two people
	SourceRegister   = "register"   // 原档案
	SourceCentre     = "centre"     // 就业服务中心
)

// Source is who delivers records.
type Source struct {
	ID    string
	Name  string // as people read it
	Every string // month, quarter, halfyear, year, once; "": whenever something happens
	Month int    // of the period in which a delivery is due, 1 the first; 0: the first
	Day   int    // of that month by which it is due; 0: not agreed

	Workdays int // instead of Day: the working day of the period by which it is due
}

// rhythms are what Every may say.
var rhythms = []string{"", "month", "quarter", "halfyear", "year", "once"}

// Trust orders sources for each attribute and kind of fact, the most trusted first.
type Trust map[string][]string

// otherAttributes is the order for what is not named.
const otherAttributes = "other"

// Rank is a source's place for an attribute, 0 the most trusted; sources that are not named share the last place.
func (t Trust) Rank(attribute, source string) int {
	order, named := t[attribute]
	if !named {
		order = t[otherAttributes]
	}
	if i := slices.Index(order, source); i >= 0 {
		return i
	}
	return len(order)
}

// sources is what _sources.yaml comes to.
type sources struct {
	list  []Source
	trust Trust
}

// Of finds a source; one that is not listed is called by its id.
func (s *sources) Of(id string) Source {
	for _, x := range s.list {
		if x.ID == id {
			return x
		}
	}
	return Source{ID: id, Name: id}
}

func (s *sources) has(id string) bool {
	return slices.ContainsFunc(s.list, func(x Source) bool { return x.ID == id })
}

// readSources reads the file of one folder over what is known already. Faults name the file and the line.
func (s *sources) read(files fs.FS) error {
	text, err := fs.ReadFile(files, sourcesFile)
	if err != nil {
		return nil //nolint:nilerr // a folder without the file leaves everything as it is
	}
	var file struct {
		Sources []yaml.Node          `yaml:"sources"`
		Trust   map[string]yaml.Node `yaml:"trust"`
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		return fmt.Errorf("intake: %s: %w", sourcesFile, err)
	}
	for i := range file.Sources {
		if err := s.add(&file.Sources[i]); err != nil {
			return err
		}
	}
	for attribute, node := range file.Trust {
		var order []yaml.Node
		if err := node.Decode(&order); err != nil {
			return at(node.Line, "trust of %q should be a list of sources: %v", attribute, err)
		}
		if !knownAttribute(attribute) {
			return at(node.Line, "there is no attribute or fact %q", attribute)
		}
		ids := make([]string, 0, len(order))
		for _, n := range order {
			switch {
			case !s.has(n.Value):
				return at(n.Line, "trust of %q names the source %q, which is not among the sources", attribute, n.Value)
			case slices.Contains(ids, n.Value):
				return at(n.Line, "trust of %q names %q twice", attribute, n.Value)
			}
			ids = append(ids, n.Value)
		}
		s.trust[attribute] = ids
	}
	return nil
}

func (s *sources) add(node *yaml.Node) error {
	var x struct {
		ID, Name, Every      string
		Month, Day, Workdays int
	}
	if err := node.Decode(&x); err != nil {
		return at(node.Line, "%v", err)
	}
	switch {
	case x.ID == "" || x.Name == "":
		return at(node.Line, "a source needs an id and a name")
	case !slices.Contains(rhythms, x.Every):
		return at(node.Line, "source %q is delivered every %q: write month, quarter, halfyear, year or once", x.ID, x.Every)
	case x.Day < 0 || x.Day > 31 || x.Month < 0 || x.Month > 12 || x.Workdays < 0 || x.Workdays > 20:
		return at(node.Line, "source %q is due in month %d, on day %d, by working day %d: write 1 to 12, 1 to 31, 1 to 20", x.ID, x.Month, x.Day, x.Workdays)
	}
	s.list = slices.DeleteFunc(s.list, func(o Source) bool { return o.ID == x.ID })
	s.list = append(s.list, Source(x))
	return nil
}

func at(line int, format string, args ...any) error {
	return fmt.Errorf("intake: %s line %d: %s", sourcesFile, line, fmt.Sprintf(format, args...))
}

// knownAttribute reports whether trust may be said of it.
func knownAttribute(name string) bool {
	if name == otherAttributes || slices.Contains(attributes, name) {
		return true
	}
	_, fact := recipes[name]
	return fact || len(name) > len("group.") && name[:len("group.")] == "group."
}
