package linkage

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"

	"gopkg.in/yaml.v3"
)

// Model is what a model file says: which columns there are, how they are compared, which rules come first, how candidates
// are found, and from which probability on pairs are linked. docs/linkage.md describes the file.
type Model struct {
	Name        string       `yaml:"name" json:"name"`
	Key         Titles       `yaml:"key" json:"key,omitempty"` // titles of the column with the record's own number; the row number otherwise
	Truth       *Truth       `yaml:"truth" json:"-"`
	Columns     []Column     `yaml:"columns" json:"columns"`
	Comparisons []Comparison `yaml:"comparisons" json:"comparisons"`
	Rules       []Rule       `yaml:"rules" json:"rules,omitempty"`
	Blocking    []Pass       `yaml:"blocking" json:"blocking"`
	Thresholds  Thresholds   `yaml:"thresholds" json:"thresholds"`
	Training    Training     `yaml:"training" json:"training"`
	Clusters    Clusters     `yaml:"clusters" json:"clusters"`
}

// Titles are the names that a column may have in files; the first one found is taken.
type Titles []string

// UnmarshalYAML accepts one title or a list.
func (t *Titles) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*t = Titles{n.Value}
		return nil
	}
	return n.Decode((*[]string)(t))
}

// Truth tells how the entity of a record is read from a column, for evaluation only.
type Truth struct {
	Column  string `yaml:"column"`
	Pattern string `yaml:"pattern"` // regular expression whose first group is the entity; the whole value otherwise
}

// Column is a column of the input.
type Column struct {
	Name  string `yaml:"name" json:"name"`
	Kind  string `yaml:"kind" json:"kind"`
	Label string `yaml:"label" json:"label,omitempty"` // for people; the first title otherwise
	From  Titles `yaml:"from" json:"from,omitempty"`   // titles in files; the name itself otherwise
	// Share names another column of the same kind with which values are numbered together, so that the two can be swapped.
	Share string `yaml:"share" json:"share,omitempty"`
	// Birth and Sex name the columns with which an ID number must agree to be repaired.
	Birth string `yaml:"birth" json:"birth,omitempty"`
	Sex   string `yaml:"sex" json:"sex,omitempty"`
	// Split (name_zh) names a column from which a former name is taken that stands beside it: 李四（曾用名：李五）.
	Split string `yaml:"split" json:"split,omitempty"`
	// Trust names an ID number column: where it is valid, the day of birth or the sex in it is taken instead.
	Trust string `yaml:"trust" json:"trust,omitempty"`
}

// Comparison compares one column of two records.
type Comparison struct {
	Column    string   `yaml:"column" json:"column"`
	Label     string   `yaml:"label" json:"label,omitempty"`
	Levels    []string `yaml:"levels" json:"levels,omitempty"`       // the kind's degrees that are told apart; all otherwise
	Swap      string   `yaml:"swap" json:"swap,omitempty"`           // a column that shares values: the two may stand in each other's place
	Frequency bool     `yaml:"frequency" json:"frequency,omitempty"` // agreeing on a rare value counts more than on a common one
	// Home (idnumber only) names an area column: where one record has no number and the other's holder has left the banner in
	// which the number was given, it counts whether the first one lives there.
	Home   string `yaml:"home" json:"home,omitempty"`
	Unless string `yaml:"unless" json:"unless,omitempty"` // counts only where this column is missing on one side: it says the same thing better
}

// Rule decides a pair before any weight does. When all its conditions hold, the first rule in order wins.
type Rule struct {
	Name string            `yaml:"name" json:"name"`
	When map[string]Titles `yaml:"when" json:"when"`           // column → level names; missing and any are understood too
	Then string            `yaml:"then" json:"then"`           // link, conflict or never
	Weak bool              `yaml:"weak" json:"weak,omitempty"` // a link that does not explain another pair's conflict
}

// Pass is one way of finding candidates: records that have the same value of all keys.
type Pass struct {
	Keys   []string `yaml:"keys" json:"keys"`               // column or column.feature
	Max    int      `yaml:"max" json:"max,omitempty"`       // records in a block that are compared each with each; 100 otherwise
	Refine []string `yaml:"refine" json:"refine,omitempty"` // further keys for blocks that are larger
	// PerRecord bounds the pairs of the pass before refinement, per record: when there would be more, Max is lowered, so that
	// five times the records make about five times the pairs. 0.5 otherwise; up to 100,000 records do not count.
	PerRecord float64 `yaml:"per_record" json:"per_record,omitempty"`
}

// Thresholds are probabilities.
type Thresholds struct {
	Auto   float64 `yaml:"auto" json:"auto"`     // from here on a pair is linked; .99 otherwise
	Review float64 `yaml:"review" json:"review"` // from here on a person looks at it; .1 otherwise
	Keep   float64 `yaml:"keep" json:"keep"`     // from here on a pair is written; .001 otherwise
}

// Training says how the weights are learnt; no labels are needed.
type Training struct {
	Pairs      int    `yaml:"pairs" json:"pairs"`                     // candidates on which m is learnt; 1,000,000 otherwise
	Sample     int    `yaml:"sample" json:"sample"`                   // random pairs on which u is learnt; 500,000 otherwise
	Seed       uint64 `yaml:"seed" json:"seed"`                       // 1 otherwise
	Identifier string `yaml:"identifier" json:"identifier,omitempty"` // column whose equal valid values are free labels
	// Related are the columns that people share who live together (address, phone). With them, pairs of relatives are a class
	// of their own, and agreement on all of these columns is no longer taken for several independent proofs.
	Related []string `yaml:"related" json:"related,omitempty"`
}

// Clusters bounds the groups.
type Clusters struct {
	Threshold float64 `yaml:"threshold" json:"threshold"`             // probability from which a pair may join two groups; .5 otherwise
	Max       int     `yaml:"max" json:"max"`                         // records in a group; a larger one raises the alarm; 50 otherwise
	OneToOne  bool    `yaml:"one_to_one" json:"one_to_one,omitempty"` // match only: each record has at most one partner
}

// Parse reads a model file and checks all that can be checked without data. The error names the place and the remedy.
func Parse(text []byte) (*Model, error) {
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	m := &Model{}
	if err := dec.Decode(m); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, errors.New("模型文件是空的")
		}
		return nil, fmt.Errorf("模型文件读不懂：%w", err)
	}
	m.fill()
	if _, err := compile(m); err != nil {
		return nil, err
	}
	return m, nil
}

func (m *Model) fill() {
	set := func(p *float64, v float64) {
		if *p == 0 {
			*p = v
		}
	}
	seti := func(p *int, v int) {
		if *p == 0 {
			*p = v
		}
	}
	set(&m.Thresholds.Auto, .99)
	set(&m.Thresholds.Review, .1)
	set(&m.Thresholds.Keep, .001)
	set(&m.Clusters.Threshold, .5)
	seti(&m.Training.Pairs, 1_000_000)
	seti(&m.Training.Sample, 500_000)
	seti(&m.Clusters.Max, 50)
	if m.Training.Seed == 0 {
		m.Training.Seed = 1
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		if len(c.From) == 0 {
			c.From = Titles{c.Name}
		}
		if c.Label == "" {
			c.Label = c.From[0]
		}
	}
	for i := range m.Blocking {
		seti(&m.Blocking[i].Max, 100)
		set(&m.Blocking[i].PerRecord, .5)
	}
}

// Hash is the SHA-256 of the model's canonical form, in hexadecimal. Comments and layout of the file do not count.
func (m *Model) Hash() string {
	text, _ := json.Marshal(m) // plain fields only: cannot fail
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Entity compiles the truth's pattern into a function from the column's value to the entity; "" when there is none.
func (t *Truth) Entity() (func(string) string, error) {
	if t.Pattern == "" {
		return func(s string) string { return s }, nil
	}
	re, err := regexp.Compile(t.Pattern)
	if err != nil {
		return nil, fmt.Errorf("truth 的 pattern 不是正则表达式：%w", err)
	}
	return func(s string) string {
		g := re.FindStringSubmatch(s)
		if len(g) > 1 {
			return g[1]
		}
		return ""
	}, nil
}
