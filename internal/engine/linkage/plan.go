package linkage

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// plan is a model made ready to run.
type plan struct {
	model   *Model
	columns []column
	domains []*domain
	comps   []*comparison
	passes  []pass
	rules   []rule
	id      int // the comparison on the identifier, or -1
	order   []int
}

type column struct {
	Column
	dom        *domain
	birth, sex int // columns that an ID number must agree with, -1 for none
	split      int // name beside which a former name may stand, -1 for none
	trust      int // ID number whose birth or sex goes before, -1 for none
	repairs    bool
}

// frequencies is how many classes of rareness agreement on a value is divided into: class c holds the values that about
// one record in 2^(c+rarest) has.
const frequencies, commonest = 16, 3

// Level is one outcome of a comparison: the missing value, a degree of the kind, or a class of rareness of the same value.
type Level struct {
	Name string `json:"name"`
	Zh   string `json:"zh"`
	En   string `json:"en"`
}

type comparison struct {
	Comparison
	col, swap int
	unless    int                    // column, or -1
	blind     func(v, w uint32) bool // nil when all values can be compared
	home      int                    // area column, or -1
	athome    uint8                  // level of one who lives where the other's number was given, then that of one who does not; 0 for none
	related   bool                   // relatives share it
	trusted   bool                   // taken from the identifier where there is one: then its agreement proves nothing
	own       bool                   // the name of the person whom the record is about, not of an employer's head, who may change
	named     bool                   // a full name, which even relatives do not share
	levels    []Level
	levelOf   [32]uint8 // degree → level
	swapped   uint8     // level of values in each other's place, 0 for none
	same      uint8     // first level of the same value
	classes   int       // levels of the same value
	buckets   []uint8   // value → class, when agreement is divided by rareness
	sounding  uint8     // first level of another value with the same sound, when it is divided by rareness too; 0 otherwise
	sounds    []uint8   // value → class of its sound
	mass      []float64 // level → share of the records whose value is of this class; for levels divided by rareness
	shift     uint
	mask      uint64
	groups    []group  // levels that share one degree
	rules     []uint32 // level → bits of the rules that it does not speak against
}

// group is a run of levels: one degree, divided by rareness or not.
type group struct {
	from, to int
	place    int // 0 for the same value, then 1, 2, … from the best degree to the worst
	places   int
}

// guess is the share of the group before anything is learnt: most pairs agree, and the weaker a degree the fewer.
func (g group) guess(agree float64) float64 {
	if g.place == 0 {
		return agree
	}
	rest := 0.0
	for l := 1; l < g.places; l++ {
		rest += math.Exp2(-float64(l) / 2)
	}
	return (1 - agree) * math.Exp2(-float64(g.place)/2) / rest
}

type feature struct {
	col int
	key func(uint32) uint64
}

type pass struct {
	Pass
	keys, refine []feature
}

const (
	linkRule     = "link"
	conflictRule = "conflict"
	neverRule    = "never"
)

type rule struct {
	Rule
	links bool
}

const (
	missingLevel = "missing"
	anyLevel     = "any"
	swappedLevel = "in_other"
	homeLevel    = "home"
	awayLevel    = "away"
)

// compile checks a model against what the kinds know.
func compile(m *Model) (*plan, error) {
	p := &plan{model: m, id: -1}
	for _, step := range []func() error{p.compileColumns, p.compileComparisons, p.compileRules, p.compilePasses} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("模型“%s”：%w", m.Name, err)
		}
	}
	t := m.Thresholds
	if !(t.Keep > 0 && t.Keep <= t.Review && t.Review <= t.Auto && t.Auto < 1) {
		return nil, fmt.Errorf("模型“%s”：thresholds 应为 0 < keep ≤ review ≤ auto < 1，现在是 %g、%g、%g", m.Name, t.Keep, t.Review, t.Auto)
	}
	return p, nil
}

func (p *plan) column(name string) int {
	return slices.IndexFunc(p.columns, func(c column) bool { return c.Name == name })
}

func (p *plan) compileColumns() error {
	for _, c := range p.model.Columns {
		make := kinds[c.Kind]
		switch {
		case c.Name == "":
			return fmt.Errorf("columns 里有一列没有 name")
		case make == nil:
			return fmt.Errorf("列 %s 的 kind“%s”不存在，可用：%s", c.Name, c.Kind, strings.Join(KindNames(), "、"))
		case p.column(c.Name) >= 0:
			return fmt.Errorf("列 %s 写了两次", c.Name)
		}
		col := column{Column: c, birth: -1, sex: -1, split: -1, trust: -1}
		if c.Share != "" {
			at := p.column(c.Share)
			if at < 0 || p.columns[at].Kind != c.Kind {
				return fmt.Errorf("列 %s 的 share 应是写在前面的同类列，“%s”不是", c.Name, c.Share)
			}
			col.dom = p.columns[at].dom
		} else {
			col.dom = newDomain(make)
			p.domains = append(p.domains, col.dom)
		}
		p.columns = append(p.columns, col)
	}
	for i := range p.columns {
		c := &p.columns[i]
		for _, ref := range []struct {
			name, kind string
			at         *int
		}{{c.Birth, "date", &c.birth}, {c.Sex, "category", &c.sex}} {
			if ref.name == "" {
				continue
			}
			if *ref.at = p.column(ref.name); *ref.at < 0 || p.columns[*ref.at].Kind != ref.kind || c.Kind != "idnumber" {
				return fmt.Errorf("列 %s：birth、sex 只用于 idnumber，并应是 date 和 category 列的名字，“%s”不是", c.Name, ref.name)
			}
		}
		c.repairs = c.birth >= 0
		if c.Split != "" {
			if c.split = p.column(c.Split); c.split < 0 || p.columns[c.split].Kind != "name_zh" || c.Kind != "name_zh" {
				return fmt.Errorf("列 %s：split 只用于 name_zh，并应是另一 name_zh 列的名字，“%s”不是", c.Name, c.Split)
			}
		}
		if c.Trust == "" {
			continue
		}
		if c.trust = p.column(c.Trust); c.trust < 0 || p.columns[c.trust].Kind != "idnumber" || c.Kind != "date" && c.Kind != "category" {
			return fmt.Errorf("列 %s：trust 只用于 date 和 category，并应是 idnumber 列的名字，“%s”不是", c.Name, c.Trust)
		}
	}
	return nil
}

func (p *plan) compileComparisons() error {
	if len(p.model.Comparisons) == 0 {
		return fmt.Errorf("没有 comparisons")
	}
	shift := uint(0)
	for _, c := range p.model.Comparisons {
		comp := &comparison{Comparison: c, col: p.column(c.Column), swap: -1, unless: -1, home: -1, related: slices.Contains(p.model.Training.Related, c.Column)}
		if comp.col < 0 {
			return fmt.Errorf("comparisons 里的列 %s 没有写在 columns 里", c.Column)
		}
		if p.comparison(c.Column) >= 0 {
			return fmt.Errorf("列 %s 比较了两次", c.Column)
		}
		col := &p.columns[comp.col]
		if b, ok := col.dom.kind.(blinder); ok {
			comp.blind = b.blind
		}
		comp.named = col.Kind == "name_zh"
		comp.own = comp.named && !slices.ContainsFunc(p.columns, func(c column) bool { return c.Kind == "employer" })
		comp.trusted = col.Trust != "" && col.Trust == p.model.Training.Identifier
		if comp.Label == "" {
			comp.Label = col.Label
		}
		if c.Swap != "" {
			if comp.swap = p.column(c.Swap); comp.swap < 0 || p.columns[comp.swap].dom != col.dom {
				return fmt.Errorf("列 %s 的 swap“%s”应是与它 share 的列", c.Column, c.Swap)
			}
		}
		if c.Unless != "" {
			if comp.unless = p.column(c.Unless); comp.unless < 0 {
				return fmt.Errorf("列 %s 的 unless“%s”没有写在 columns 里", c.Column, c.Unless)
			}
		}
		if c.Home != "" {
			if comp.home = p.column(c.Home); comp.home < 0 || p.columns[comp.home].Kind != "area" || col.Kind != "idnumber" {
				return fmt.Errorf("列 %s：home 只用于 idnumber，并应是 area 列的名字，“%s”不是", c.Column, c.Home)
			}
		}
		if err := comp.lay(col.dom.degrees(), soundDegree(col.dom.kind)); err != nil {
			return fmt.Errorf("列 %s：%w", c.Column, err)
		}
		width := uint(bits.Len(uint(len(comp.levels) - 1)))
		comp.shift, comp.mask = shift, 1<<width-1
		if shift += width; shift > 64 {
			return fmt.Errorf("各列的级别加起来太多，放不进 64 位；请用 levels 减少 %s 的级别", c.Column)
		}
		if c.Column == p.model.Training.Identifier {
			p.id = len(p.comps)
		}
		p.comps = append(p.comps, comp)
		p.order = append(p.order, len(p.order))
	}
	for _, name := range p.model.Training.Related {
		if p.comparison(name) < 0 {
			return fmt.Errorf("training 的 related“%s”没有写在 comparisons 里", name)
		}
	}
	if p.model.Training.Identifier != "" && p.id < 0 {
		return fmt.Errorf("training 的 identifier“%s”没有写在 comparisons 里", p.model.Training.Identifier)
	}
	return nil
}

// lay puts the levels in order: missing, the same value by rareness, swapped, the other degrees. A degree that is not told
// apart falls to the next weaker one that is.
// sound is the degree of another value with the same sound, 0 for none.
func (c *comparison) lay(degrees []Degree, sound int) error {
	for _, name := range c.Levels {
		if !slices.ContainsFunc(degrees, func(d Degree) bool { return d.Name == name }) {
			var all []string
			for _, d := range degrees {
				all = append(all, d.Name)
			}
			return fmt.Errorf("没有级别“%s”，可用：%s", name, strings.Join(all, "、"))
		}
	}
	c.levels = []Level{{missingLevel, "缺值不计分", "missing"}}
	c.same, c.classes = 1, 1
	if c.Frequency {
		c.classes = frequencies
		c.divide(degrees[0])
	} else {
		c.levels = append(c.levels, Level(degrees[0]))
	}
	if c.swap >= 0 {
		c.swapped = uint8(len(c.levels))
		c.levels = append(c.levels, Level{swappedLevel, "与另一列对调", "stands in the other column"})
	}
	last := len(degrees) - 1
	c.levelOf[0] = 1
	waiting := []int{}
	for i := 1; i <= last; i++ {
		waiting = append(waiting, i)
		if sound == i && c.Frequency && (len(c.Levels) == 0 || slices.Contains(c.Levels, degrees[i].Name)) {
			for _, w := range waiting[:len(waiting)-1] {
				c.levelOf[w] = uint8(len(c.levels))
			}
			c.sounding = uint8(len(c.levels))
			c.levelOf[i] = c.sounding
			waiting = waiting[:0]
			c.divide(degrees[i])
			continue
		}
		if i == last || len(c.Levels) == 0 || slices.Contains(c.Levels, degrees[i].Name) {
			for _, w := range waiting {
				c.levelOf[w] = uint8(len(c.levels))
			}
			waiting = waiting[:0]
			c.levels = append(c.levels, Level(degrees[i]))
		}
	}
	if c.home >= 0 {
		c.athome = uint8(len(c.levels))
		c.levels = append(c.levels, Level{homeLevel, "一方没有号码，住在另一方号码所属旗县", "one without a number lives where the other's was given"},
			Level{awayLevel, "一方没有号码，不住在另一方号码所属旗县", "one without a number does not live where the other's was given"})
	}
	c.groups = []group{{from: 1, to: 1 + c.classes}}
	for l := 1 + c.classes; l < len(c.levels); l++ {
		g := group{from: l, to: l + 1, place: len(c.groups)}
		if l == int(c.sounding) {
			g.to = l + frequencies
			l = g.to - 1
		}
		c.groups = append(c.groups, g)
	}
	for i := range c.groups {
		c.groups[i].places = len(c.groups)
	}
	return nil
}

// divide adds a level for each class of rareness.
func (c *comparison) divide(d Degree) {
	for i := range frequencies {
		share := 1 << (frequencies - 1 - i + commonest)
		c.levels = append(c.levels, Level{d.Name, fmt.Sprintf("%s，约 %d 分之一的人如此", d.Zh, share), fmt.Sprintf("%s, as about one in %d", d.En, share)})
	}
}

func (p *plan) comparison(col string) int {
	return slices.IndexFunc(p.comps, func(c *comparison) bool { return c.Column == col })
}

func (p *plan) compileRules() error {
	if len(p.model.Rules) > 32 {
		return fmt.Errorf("rules 最多 32 条，现在是 %d 条", len(p.model.Rules))
	}
	for _, c := range p.comps {
		c.rules = make([]uint32, len(c.levels))
		for l := range c.rules {
			c.rules[l] = 1<<len(p.model.Rules) - 1
		}
	}
	for r, text := range p.model.Rules {
		if text.Name == "" || len(text.When) == 0 {
			return fmt.Errorf("第 %d 条规则没有 name 或 when", r+1)
		}
		if text.Then != linkRule && text.Then != conflictRule && text.Then != neverRule {
			return fmt.Errorf("规则“%s”的 then 应为 link、conflict 或 never", text.Name)
		}
		for col, names := range text.When {
			at := p.comparison(col)
			if at < 0 {
				return fmt.Errorf("规则“%s”用了没有比较的列 %s", text.Name, col)
			}
			c := p.comps[at]
			for _, name := range names {
				if name != anyLevel && !slices.ContainsFunc(c.levels, func(l Level) bool { return l.Name == name }) {
					return fmt.Errorf("规则“%s”：列 %s 没有级别“%s”", text.Name, col, name)
				}
			}
			for l, level := range c.levels {
				if !slices.Contains(names, level.Name) && (l == 0 || !slices.Contains(names, anyLevel)) {
					c.rules[l] &^= 1 << r
				}
			}
		}
		p.rules = append(p.rules, rule{text, text.Then == linkRule})
	}
	return nil
}

func (p *plan) compilePasses() error {
	if len(p.model.Blocking) == 0 {
		return fmt.Errorf("没有 blocking，找不到候选对")
	}
	for _, b := range p.model.Blocking {
		if b.Max < 2 || b.Max > 1000 || !(b.PerRecord > 0) {
			return fmt.Errorf("blocking 的 %s：max 应在 2 到 1000 之间，per_record 应大于 0", strings.Join(b.Keys, " + "))
		}
		ps := pass{Pass: b}
		for _, list := range []struct {
			names []string
			to    *[]feature
		}{{b.Keys, &ps.keys}, {b.Refine, &ps.refine}} {
			for _, name := range list.names {
				col, feat, _ := strings.Cut(name, ".")
				at := p.column(col)
				if at < 0 {
					return fmt.Errorf("blocking 里的列 %s 没有写在 columns 里", col)
				}
				f, err := p.columns[at].dom.key(feat)
				if err != nil {
					return fmt.Errorf("blocking 的 %s：%w", name, err)
				}
				*list.to = append(*list.to, feature{at, f})
			}
		}
		if len(ps.keys) == 0 {
			return fmt.Errorf("blocking 里有一遍没有 keys")
		}
		p.passes = append(p.passes, ps)
	}
	return nil
}
