package jobs

import (
	"context"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// blockOf is how many adverts go into one transaction.
const blockOf = 1000

// Outside is a file of adverts from outside, and how to take it.
type Outside struct {
	Path, File string   // where it is, and its name for people
	Mapping    *Mapping // nil: the shipped one that fits the head best
	Area       string   // places are looked for here first; adverts outside it are refused; "" the region
	Dry        bool     // read and check only
	Full       bool     // everything that the source has: what it brought before and does not any more is not shown
	ByID       int64    // account; 0 the command line
	ByName     string
}

// Delivery is what came of a file.
type Delivery struct {
	ID           int64     `json:"-"`
	Source       string    `json:"source"`
	Mapping      string    `json:"mapping"`
	File         string    `json:"file"`
	Area         string    `json:"area"`
	By           string    `json:"-"`
	At           time.Time `json:"-"`
	Dry          bool      `json:"dry,omitempty"`
	Read         int       `json:"read"`
	New          int       `json:"new"`
	Changed      int       `json:"changed"`
	Same         int       `json:"same"`
	Repeated     int       `json:"repeated"` // the same key twice in the file
	Rejected     int       `json:"rejected"`
	Unlawful     int       `json:"unlawful"` // kept and not shown
	Gone         int       `json:"gone"`     // not delivered any more
	ByCredit     int       `json:"byCredit"` // adverts of employers known by credit code
	ByName       int       `json:"byName"`   // known by name
	Unverified   int       `json:"unverified"`
	NewUnits     int       `json:"newUnits"`
	Heads        []string  `json:"heads,omitempty"`
	Unknown      []string  `json:"unknown,omitempty"` // columns that no target takes; their text stands in the body
	Doubts       []Doubt   `json:"doubts,omitempty"`
	DoubtfulRows int       `json:"doubtfulRows"`
	Seconds      float64   `json:"seconds"`
}

// Doubt is a kind of doubt with the number of rows and an example.
type Doubt struct {
	What    string `json:"what"`
	Rows    int    `json:"rows"`
	Example string `json:"example"`
}

// mostDoubts is how many kinds of doubt a report lists one by one; the rows of all are counted.
const mostDoubts = 20

func (d *Delivery) doubt(row int, text string) {
	kind, _, _ := strings.Cut(text, "“")
	for i := range d.Doubts {
		if d.Doubts[i].What == kind {
			d.Doubts[i].Rows++
			return
		}
	}
	if len(d.Doubts) < mostDoubts {
		d.Doubts = append(d.Doubts, Doubt{kind, 1, "第 " + strconv.Itoa(row) + " 行：" + text})
	}
}

// delivery is a file being taken.
type delivery struct {
	*Room
	Outside
	sum    Delivery
	seen   map[uint64]struct{}
	units  map[uint64]int64 // registered employers by league and name; -1: several
	block  []*told
	flaws  []*Flaw
	reader *reader
}

// TakeOutside reads a file of adverts and, unless it is dry, takes them into the register: those that are known by their source and
// key are changed, the others are new. each gets every row that was refused, in the order of the file; it may be nil.
func (r *Room) TakeOutside(ctx context.Context, o Outside, each func(heads []string, f *Flaw) error, p progress.Reporter) (Delivery, error) {
	if o.Area == "" {
		o.Area = "15"
	}
	if o.Area = area.Normal(o.Area); !strings.HasPrefix(o.Area, "15") || !area.Exists(o.Area) {
		return Delivery{}, fault.New(fault.Invalid, "没有地区 %s，请写内蒙古的区划代码，如 1529", o.Area)
	}
	began := r.Clock.Now()
	d := &delivery{Room: r, Outside: o, seen: map[uint64]struct{}{}, sum: Delivery{ID: r.IDs.Next(), File: o.File, Area: o.Area, By: o.ByName, At: began, Dry: o.Dry}}
	if err := d.names(ctx); err != nil {
		return d.sum, err
	}
	if !o.Dry {
		if err := r.codeTitles(ctx); err != nil {
			return d.sum, err
		}
	}
	t := &table{name: o.File, mapping: o.Mapping}
	p.Step("读取 "+o.File, 0)
	defer p.End()
	err := t.eachRow(o.Path, func(number int, cells []string, spoiled error) error {
		d.sum.Read++
		if d.sum.Read%10_000 == 0 {
			p.Add(10_000)
		}
		return d.row(ctx, t, number, cells, spoiled, each)
	})
	if err == nil {
		err = d.flush(ctx, t, each)
	}
	if err == nil && o.Full && d.sum.Read > 0 {
		err = d.gone(ctx)
	}
	if t.chosen != nil {
		d.sum.Source, d.sum.Mapping, d.sum.Heads = t.chosen.Source, t.chosen.Name, t.heads
		for _, i := range t.chosen.unknown {
			d.sum.Unknown = append(d.sum.Unknown, t.heads[i])
		}
	}
	d.sum.Seconds = r.Clock.Now().Sub(began).Seconds()
	if err != nil || o.Dry {
		return d.sum, err
	}
	r.boards.forget()
	return d.sum, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := r.store.putDelivery(ctx, tx, &d.sum, o.ByID); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: o.ByID, Actor: o.ByName, Act: "jobs.outside", Object: "delivery", ObjectID: d.sum.ID, Area: o.Area,
			What: "导入外部岗位 " + o.File + "：" + d.sum.Counts()})
	})
}

// names reads the registered employers' names: which of them a name means, where it is only one.
func (d *delivery) names(ctx context.Context) error {
	d.units = map[uint64]int64{}
	return d.Employers.Each(ctx, leagueOf(d.Area), func(e *employer.Employer) error {
		key := sumOf(leagueOf(e.Area), employer.NameKey(e.Name))
		if _, twice := d.units[key]; twice {
			d.units[key] = -1
		} else {
			d.units[key] = e.ID
		}
		return nil
	})
}

func sumOf(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p)) // never fails
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}

func (d *delivery) row(ctx context.Context, t *table, number int, cells []string, spoiled error, each func([]string, *Flaw) error) error {
	if d.reader == nil || d.reader.columnMap != t.chosen {
		seen := map[string]whereabouts{}
		if d.reader != nil {
			seen = d.reader.seen
		}
		d.reader = newReader(t.chosen, d.Clock.Today(), d.Area)
		d.reader.seen = seen
	}
	var a *told
	var bad *Flaw
	if spoiled != nil {
		bad = &Flaw{Row: number, Why: fault.TextOf(spoiled), Mend: "请修好这一行再导入"}
	} else {
		a, bad = d.reader.read(number, cells)
	}
	if bad != nil {
		d.sum.Rejected++
		bad.cells = cells
		d.flaws = append(d.flaws, bad)
	} else {
		key := sumOf(a.Source, a.SourceKey)
		if _, twice := d.seen[key]; twice {
			d.sum.Repeated++
			return nil
		}
		d.seen[key] = struct{}{}
		for _, text := range a.doubts {
			d.sum.doubt(number, text)
		}
		if len(a.doubts) > 0 {
			d.sum.DoubtfulRows++
		}
		d.block = append(d.block, a)
	}
	if len(d.block) >= blockOf || len(d.flaws) >= blockOf {
		return d.flush(ctx, t, each)
	}
	return nil
}

// flush takes the block of adverts and tells the flaws.
func (d *delivery) flush(ctx context.Context, t *table, each func([]string, *Flaw) error) error {
	block, flaws := d.block, d.flaws
	d.block, d.flaws = d.block[:0:0], nil
	if each != nil {
		for _, f := range flaws {
			if err := each(t.heads, f); err != nil {
				return err
			}
		}
	}
	if d.Dry {
		return d.compare(ctx, d.DB, block, func(*told, *employer.Vacancy) {})
	}
	return d.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Bulk(ctx); err != nil {
			return err
		}
		if err := d.store.putFlaws(ctx, tx, d.sum.ID, flaws); err != nil {
			return err
		}
		return d.take(ctx, tx, block)
	})
}

// compare finds out which adverts are new, changed or as they were; each is told with what is there.
func (d *delivery) compare(ctx context.Context, q db.Querier, block []*told, each func(a *told, old *employer.Vacancy)) error {
	if len(block) == 0 {
		return nil
	}
	keys := make([]string, len(block))
	for i, a := range block {
		keys[i] = a.SourceKey
	}
	there, err := d.Employers.VacanciesFrom(ctx, q, block[0].Source, keys)
	if err != nil {
		return err
	}
	for _, a := range block {
		if a.unlawful != "" {
			d.sum.Unlawful++
		}
		old, known := there[a.SourceKey]
		if !known {
			d.sum.New++
			each(a, nil)
			continue
		}
		a.keep(&old, d.Clock.Today())
		if same := a.Vacancy == old; same {
			d.sum.Same++
		} else {
			d.sum.Changed++
		}
		each(a, &old)
	}
	return nil
}

// keep takes over from what is there everything that a delivery does not say.
func (a *told) keep(old *employer.Vacancy, today time.Time) {
	a.ID, a.EmployerID, a.Version = old.ID, old.EmployerID, old.Version
	a.Code = old.Code
	if a.Title != old.Title {
		a.Code = ""
	}
	a.Confirmed = old.Confirmed
	if a.noPosted {
		a.Posted = old.Posted
	}
	if a.noCloses && old.Closes.After(today.AddDate(0, 0, advertDays/4)) {
		a.Closes = old.Closes
	}
	switch {
	case a.unlawful != "":
		a.State = employer.Hidden
	case old.State == employer.Closed: // somebody has closed it here
		a.State = employer.Closed
	}
}

// gone hides what the source brought before and does not bring any more.
func (d *delivery) gone(ctx context.Context) error {
	var list []employer.Vacancy
	source := ""
	if d.reader != nil {
		source = d.reader.Source
	}
	err := d.Employers.EachFrom(ctx, d.DB, source, d.Area, func(v *employer.Vacancy) error {
		if _, delivered := d.seen[sumOf(v.Source, v.SourceKey)]; !delivered {
			list = append(list, *v)
		}
		return nil
	})
	d.sum.Gone = len(list)
	if err != nil || d.Dry {
		return err
	}
	for part := range slices.Chunk(list, blockOf) {
		if err := d.DB.Tx(ctx, func(tx *db.Tx) error {
			return d.hide(ctx, tx, part, hiddenGone, "数据来源“"+source+"”的最新一批里已没有这个岗位", d.ByName)
		}); err != nil {
			return err
		}
	}
	return nil
}

// Counts is what came of it in one sentence.
func (d *Delivery) Counts() string {
	n := strconv.Itoa
	text := "读 " + n(d.Read) + " 行，新增 " + n(d.New) + "，变更 " + n(d.Changed) + "，没有变化 " + n(d.Same) + "，退回 " + n(d.Rejected)
	for _, more := range []struct {
		n    int
		text string
	}{{d.Repeated, "文件内重复 "}, {d.Unlawful, "含不得有的条件、暂不展示 "}, {d.Gone, "来源已撤下、不再展示 "}} {
		if more.n > 0 {
			text += "，" + more.text + n(more.n)
		}
	}
	return text
}
