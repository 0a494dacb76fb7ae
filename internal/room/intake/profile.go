package intake

import (
	"hash/maphash"
	"regexp"
	"slices"
	"strings"

	"jiuye/internal/engine/identity"
)

// What is told of a sheet as a whole. Numbers below these are everyday life.
const (
	fewRows      = 20   // a share of fewer rows says nothing
	emptyFrom    = 5    // rows of an empty column
	sharedFrom   = 20   // rows with one telephone
	firstJanFrom = 0.05 // share of births on 1 January; one in 365 is usual
	hashedFrom   = 0.5  // share of ID numbers that are enciphered
	sharedShown  = 5    // telephones that are named
)

// profile counts what the rows of a block say in their columns.
type profile struct {
	t        *Template
	rows     int64
	filled   []int64 // by column of the template
	births   int64
	firstJan int64
	numbers  int64 // ID numbers written
	hashed   int64
	phones   []phoneAt
	birth    int // columns, -1: none
	id       int
	phone    int
}

type phoneAt struct {
	number string
	row    int64
}

func newProfile(t *Template) *profile {
	p := &profile{t: t, filled: make([]int64, len(t.Columns)), birth: -1, id: -1, phone: -1}
	for i, c := range t.Columns {
		switch {
		case c.Field == "birth":
			p.birth = i
		case c.Field == "idnumber":
			p.id = i
		case c.Type == "phone":
			p.phone = i
		}
	}
	return p
}

// add takes a checked row.
func (p *profile) add(r *record) {
	p.rows++
	for i, at := range r.cellOf {
		if strings.Trim(r.Cell(at), blanks) != "" {
			p.filled[i]++
		}
	}
	born := value{}
	if p.id >= 0 {
		if s := strings.Trim(r.Cell(r.cellOf[p.id]), blanks); s != "" {
			p.numbers++
			if hashedID(s) {
				p.hashed++
			}
		}
		born = r.values[p.id]
	}
	if p.birth >= 0 && r.values[p.birth].set {
		born = r.values[p.birth]
	}
	if born.set {
		p.births++
		if d := born.day(); d.YearDay() == 1 {
			p.firstJan++
		}
	}
	if p.phone >= 0 && r.values[p.phone].set {
		p.phones = append(p.phones, phoneAt{r.values[p.phone].text, int64(r.Number)})
	}
}

// enciphered forms: digests in hexadecimal or base64, as sources deliver that must not show ID numbers.
var enciphered = regexp.MustCompile(`^(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}|[0-9A-Za-z+/_-]{22}==|[0-9A-Za-z+/_-]{27}=|[0-9A-Za-z+/_-]{43}=)$`)

func hashedID(s string) bool { return len(s) >= 24 && enciphered.MatchString(s) }

// quality is what is known of a whole sheet. It is kept as JSON beside the sheet.
type quality struct {
	Rows     int64       `json:"rows"`
	Filled   []int64     `json:"filled"`
	Births   int64       `json:"births"`
	FirstJan int64       `json:"first_jan"`
	Numbers  int64       `json:"numbers"`
	Hashed   int64       `json:"hashed"`
	Shared   []sharedTel `json:"shared"`
	// Rows about people whose number in the source (户号) was known, and those that bring another one.
	Known      int64 `json:"known"`
	Renumbered int64 `json:"renumbered"`

	phones *phoneCounts // not kept: a run that goes on counts telephones anew and keeps what was found before
}

// sharedTel is a telephone that stands in many rows.
type sharedTel struct {
	Shown string `json:"shown"` // masked
	Rows  int64  `json:"rows"`
	Row   int64  `json:"row"` // one of them
}

// take adds a block, once.
func (q *quality) take(p *profile) {
	if p == nil {
		return
	}
	if len(q.Filled) != len(p.filled) {
		q.Filled = make([]int64, len(p.filled))
	}
	for i, n := range p.filled {
		q.Filled[i] += n
	}
	q.Rows += p.rows
	q.Births += p.births
	q.FirstJan += p.firstJan
	q.Numbers += p.numbers
	q.Hashed += p.hashed
	if len(p.phones) == 0 {
		return
	}
	if q.phones == nil {
		q.phones = newPhoneCounts(q.Shared)
	}
	for _, at := range p.phones {
		q.phones.add(at)
	}
	q.Shared = q.phones.top()
}

// phoneCounts finds the telephones that stand in many rows, in constant memory: a sketch counts all of them, and those
// that it finds often are counted one by one from then on.
type phoneCounts struct {
	seed   maphash.Seed
	sketch [2][]uint16
	often  map[string]*sharedTel
	before []sharedTel
}

const (
	sketchBits = 20
	oftenLimit = 4096
)

func newPhoneCounts(before []sharedTel) *phoneCounts {
	return &phoneCounts{seed: maphash.MakeSeed(), sketch: [2][]uint16{make([]uint16, 1<<sketchBits), make([]uint16, 1<<sketchBits)},
		often: map[string]*sharedTel{}, before: slices.Clone(before)}
}

func (c *phoneCounts) add(at phoneAt) {
	if s := c.often[at.number]; s != nil {
		s.Rows++
		return
	}
	h := maphash.String(c.seed, at.number)
	least := ^uint16(0)
	for i := range c.sketch {
		n := &c.sketch[i][h>>(i*sketchBits)&(1<<sketchBits-1)]
		if *n < ^uint16(0) {
			*n++
		}
		least = min(least, *n)
	}
	if least >= sharedFrom && len(c.often) < oftenLimit {
		c.often[at.number] = &sharedTel{Shown: identity.MaskPhone(at.number), Rows: int64(least), Row: at.row}
	}
}

// top are the telephones in the most rows.
func (c *phoneCounts) top() []sharedTel {
	out := slices.Clone(c.before)
	for _, s := range c.often {
		if i := slices.IndexFunc(out, func(o sharedTel) bool { return o.Shown == s.Shown }); i >= 0 {
			out[i].Rows = max(out[i].Rows, s.Rows)
		} else {
			out = append(out, *s)
		}
	}
	slices.SortFunc(out, func(a, b sharedTel) int { return cmpMany(b.Rows-a.Rows, a.Row-b.Row) })
	return out[:min(len(out), sharedShown)]
}

// cmpMany is the first difference that is one.
func cmpMany(differences ...int64) int {
	for _, d := range differences {
		if d != 0 {
			return int(max(-1, min(1, d)))
		}
	}
	return 0
}

// finding is something about a sheet as a whole that its sender should know.
type finding struct {
	code string // of the word
	args []any
}

// findings says what is odd about a sheet.
func (q *quality) findings(f *File, t *Template) (out []finding) {
	if q.Rows == 0 || t == nil || len(q.Filled) != len(t.Columns) {
		return nil
	}
	var empty []string
	for i, c := range t.Columns {
		if i < len(f.Cells) && f.Cells[i] >= 0 && q.Filled[i] == 0 && q.Rows >= emptyFrom {
			empty = append(empty, c.Header)
		}
	}
	if len(empty) > 0 {
		out = append(out, finding{"empty", []any{strings.Join(empty, "、"), q.Rows}})
	}
	if q.Numbers > 0 && float64(q.Hashed) >= hashedFrom*float64(q.Numbers) {
		out = append(out, finding{"hashed", []any{t.Columns[t.index["idnumber"]].Header, q.Hashed}})
	}
	for _, s := range q.Shared {
		out = append(out, finding{"phone", []any{s.Shown, s.Rows, s.Row}})
	}
	if q.Births >= fewRows && float64(q.FirstJan) >= firstJanFrom*float64(q.Births) {
		out = append(out, finding{"firstjan", []any{q.FirstJan * 100 / q.Births, q.FirstJan}})
	}
	return out
}
