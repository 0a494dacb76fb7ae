package intake

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/engine/linkage"
	linkagemodels "jiuye/models/linkage"
)

// A register holds everybody once, so that it teaches nothing about how one person is written twice. The weights are
// therefore learnt between a register and echoes: seeded copies of some of its people with the mistakes that departments'
// files have, at the rates below. What agreement by chance is worth comes from the register itself.
const (
	echoMost   = 20000
	echoHeard  = .08 // a character of the same sound
	echoWrong  = .02 // another character
	echoBirth  = .07 // day and month changed round, or a wrong digit
	echoMoved  = .18
	echoSilent = .30 // no phone
	echoNoID   = .20
	echoHouse  = .70 // the house's number behind the village
	echoSlip   = .20 // a wrong ID number
)

// linkModel is the model of people, which is checked when the program is tested.
func linkModel() (*linkage.Model, error) { return linkage.Parse(linkagemodels.Person) }

// echoes copies every n-th of the people with mistakes. The same people give the same echoes.
type echoes struct {
	*rand.Rand
	bySound map[string][]string // reading → characters of the register's names that have it
	chars   []string
}

func newEchoes(people [][]string) *echoes {
	e := &echoes{Rand: rand.New(rand.NewPCG(3, uint64(len(people)))), bySound: map[string][]string{}}
	seen := map[string]bool{}
	for _, p := range people[:min(len(people), 50000)] {
		sounds := strings.Fields(linkage.Reading(p[cellName]))
		chars := strings.Split(p[cellName], "")
		for i, c := range chars {
			if len(sounds) == len(chars) && !seen[c] {
				seen[c] = true
				e.bySound[sounds[i]] = append(e.bySound[sounds[i]], c)
				e.chars = append(e.chars, c)
			}
		}
	}
	return e
}

// of makes the echoes of people.
func (e *echoes) of(people [][]string) (out [][]string) {
	step := max(1, len(people)/echoMost)
	for i := 0; i < len(people); i += step {
		out = append(out, e.one(people[i], people[e.IntN(len(people))]))
	}
	return out
}

// one is an echo of somebody; stranger is whose place they have moved to, if they have.
func (e *echoes) one(p, stranger []string) []string {
	c := append([]string(nil), p...)
	if e.Float64() < echoHeard {
		c[cellName] = e.heard(c[cellName])
	}
	if e.Float64() < echoWrong {
		c[cellName] = e.swap(c[cellName], e.chars)
	}
	if e.Float64() < echoBirth {
		c[cellBirth] = e.misdate(c[cellBirth])
	}
	if e.Float64() < echoMoved {
		c[cellArea], c[cellAddress] = stranger[cellArea], stranger[cellAddress]
		if e.IntN(3) == 0 {
			c[cellPhone] = stranger[cellPhone]
		}
	}
	c[cellAddress] = e.placed(c[cellAddress])
	if e.Float64() < echoSilent {
		c[cellPhone] = ""
	}
	switch x := e.Float64(); {
	case x < echoNoID:
		c[cellID] = ""
	case x < echoNoID+echoSlip:
		c[cellID] = e.slip(c[cellID])
	}
	return c
}

// placed writes an address as departments do: with the house, which the register does not hold, and without the upper level.
func (e *echoes) placed(address string) string {
	if address == "" {
		return ""
	}
	if _, rest, found := strings.Cut(address, "盟"); found && e.IntN(2) == 0 {
		address = rest
	}
	if e.Float64() < echoHouse {
		address += strconv.Itoa(1+e.IntN(300)) + "号"
	}
	return address
}

// heard writes a character of a name as somebody who only heard it.
func (e *echoes) heard(name string) string {
	sounds, chars := strings.Fields(linkage.Reading(name)), strings.Split(name, "")
	if len(sounds) != len(chars) {
		return name
	}
	for range 4 {
		at := e.IntN(len(chars))
		if alike := e.bySound[sounds[at]]; len(alike) > 1 {
			if c := alike[e.IntN(len(alike))]; c != chars[at] {
				chars[at] = c
				return strings.Join(chars, "")
			}
		}
	}
	return name
}

func (e *echoes) swap(name string, from []string) string {
	chars := strings.Split(name, "")
	if len(from) == 0 || len(chars) < 2 {
		return name
	}
	chars[1+e.IntN(len(chars)-1)] = from[e.IntN(len(from))]
	return strings.Join(chars, "")
}

// misdate changes day and month round where that is a day, or a digit.
func (e *echoes) misdate(day string) string {
	if len(day) != 10 {
		return day
	}
	if turned := day[:5] + day[8:] + day[4:5] + day[5:7]; e.IntN(2) == 0 {
		if _, err := time.Parse(time.DateOnly, turned); err == nil {
			return turned
		}
	}
	return day[:9] + string('0'+(day[9]-'0'+1+byte(e.IntN(8)))%10)
}

// slip changes two neighbours round or writes a wrong digit: the check finds it.
func (e *echoes) slip(id string) string {
	if len(id) != 18 {
		return id
	}
	at := 6 + e.IntN(11)
	b := []byte(id)
	if b[at], b[at+1] = b[at+1], b[at]; string(b) == id || e.IntN(2) == 0 {
		b = []byte(id)
		b[at] = '0' + (b[at]-'0'+1+byte(e.IntN(8)))%10
	}
	if _, err := identity.ParseIDNumber(string(b)); err == nil {
		return id
	}
	return string(b)
}

// taught is a model that has learnt from a part of the register, with an index of its people.
type taught struct {
	trained *linkage.Trained
	hash    string
	index   *linkage.Index
	ids     []int64 // record → person
	lines   lines
	rules   map[string]bool // rules that forbid to link

	comparisons []linkage.Comparison
}

// teach learns the weights from people and their echoes, and makes the index. people are cells of cellsOf.
func teach(m *linkage.Model, ids []int64, people [][]string) (*taught, error) {
	d, err := linkage.NewData(m)
	if err != nil {
		return nil, err
	}
	d.Header(linkTitles)
	d.Add(people)
	d.Right()
	d.Header(linkTitles)
	d.Add(newEchoes(people).of(people))
	t := linkage.Run(d).Trained
	own := t.NewData()
	own.Header(linkTitles)
	own.Add(people)
	out := &taught{trained: t, hash: t.Hash(), index: t.NewIndex(own), ids: ids, lines: lines{m.Thresholds.Auto, m.Thresholds.Review}, rules: map[string]bool{}}
	for _, r := range m.Rules {
		out.rules[r.Name] = r.Then == "conflict"
	}
	for _, c := range m.Comparisons {
		if at := slices.IndexFunc(m.Columns, func(col linkage.Column) bool { return col.Name == c.Column }); c.Label == "" {
			c.Label = m.Columns[at].Label
		}
		out.comparisons = append(out.comparisons, c)
	}
	return out, nil
}

// bitsOf is the weight at which a probability is reached.
func bitsOf(probability float64) float64 { return math.Log2(probability / (1 - probability)) }

// ask compares a row with the people: those who may be meant, the likeliest first. An ID number that fails the check may
// be mended into a stranger's valid one, which would veto everybody; where nobody is left, the row is asked about without it.
func (t *taught) ask(reviewID int64, cells []string, never func(person int64) bool) (out []linked) {
	if out = t.match(reviewID, cells, never); len(out) > 0 || cells[cellID] == "" {
		return out
	}
	if _, err := identity.ParseIDNumber(cells[cellID]); err == nil {
		return nil
	}
	without := slices.Clone(cells)
	without[cellID] = ""
	return t.match(reviewID, without, never)
}

func (t *taught) match(reviewID int64, cells []string, never func(person int64) bool) (out []linked) {
	for _, c := range t.index.Match(cells).Candidates {
		l := linked{ReviewID: reviewID, PersonID: t.ids[c.Record], Probability: c.Probability, Bits: c.Bits, Rule: c.Rule,
			Levels: t.trained.LevelsOf(c.Vector), Model: t.hash, conflict: t.rules[c.Rule]}
		if (l.Probability >= t.lines.review || l.conflict) && !never(l.PersonID) {
			out = append(out, l)
		}
	}
	return out
}
