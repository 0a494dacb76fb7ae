package intake

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// errAgain says that another program has brought the same newcomer at this moment; run again, the transaction finds it.
var errAgain = errors.New("intake: somebody else added the same at the same time")

// Counts are what became of the rows of a sheet. Read = Accepted + Repeated + Review + Rejected.
type Counts struct {
	Read     int64 `json:"read"`
	Accepted int64 `json:"accepted"` // new or changed in the register
	Repaired int64 `json:"repaired"` // of those that were taken: something was mended
	Repeated int64 `json:"repeated"` // known word for word, or overtaken by a later row of the file
	Review   int64 `json:"review"`   // wait for an officer
	Rejected int64 `json:"rejected"`
}

// Add adds another sheet's counts.
func (c *Counts) Add(o Counts) {
	c.Read += o.Read
	c.Accepted += o.Accepted
	c.Repaired += o.Repaired
	c.Repeated += o.Repeated
	c.Review += o.Review
	c.Rejected += o.Rejected
}

// block is some thousand rows that go in with one transaction.
type block struct {
	file    *File
	first   bool
	last    bool  // the sheet ends here
	cursor  int64 // where the block begins: the last row before it
	end     int64 // number of the last row
	raw     []sheet.Row
	records []record
	spoiled []spoiled
	skipped []skipped
	profile *profile
	failed  error  // the sheet cannot be read any further
	note    string // what else is to be said of the sheet
	careful bool   // a row that was copied stood there already: look at each
}

func (b *block) size() int { return len(b.raw) + len(b.spoiled) + len(b.skipped) }

// skipped is a row that is no record.
type skipped struct {
	row  int
	code string
}

// spoiled is a row that could not be read.
type spoiled struct {
	sheet.Row
	bad *flaw
}

// writing is one try at writing a block. Nothing of it outlives a rollback.
type writing struct {
	room    *Room
	tx      *db.Tx
	batch   *Batch
	block   *block
	known   *known
	learned *learned
	added   map[string]bool // employers added by this try
	now     int64           // unix ms, when the rows are heard

	counts     Counts
	numbered   int64 // people whose number in the source (户号) was known
	renumbered int64 // of those: who come with another one
	rejects    []reject
	reviews    []Review
	reminders  map[reminder]*reminded
	facts      facts
	mentions   []Said           // of employers that nobody had delivered
	copies     func(int64) bool // people of whom this kind of file has said nothing yet; nil: not asked
}

type reject struct {
	row    int64
	bad    *flaw
	sealed []byte
	who    []byte // see whoOf
}

type reminded struct{ rows, example int64 }

// write turns a block into facts, rejected rows and review items, and moves the cursor behind it.
func (r *Room) write(ctx context.Context, tx *db.Tx, batch *Batch, b *block, k *known) (*writing, error) {
	if err := k.refresh(ctx, tx); err != nil {
		return nil, err
	}
	w := r.newWriting(tx, batch, b, k)
	rows := make([]*record, 0, len(b.records))
	for i := range b.records {
		if rec := &b.records[i]; rec.flaw != nil {
			w.reject(rec, rec.flaw)
		} else {
			rows = append(rows, rec)
		}
	}
	w.unread()
	if err := w.take(ctx, rows); err != nil {
		return nil, err
	}
	w.counts.Rejected = int64(len(w.rejects))
	return w, w.save(ctx)
}

// take brings the good rows into the register.
func (w *writing) take(ctx context.Context, rows []*record) error {
	if len(rows) == 0 {
		return nil
	}
	for _, r := range rows {
		r.from = origin{w.block.file.BatchID, w.block.file.ID, int64(r.Number)}
	}
	switch t := w.block.file.template; t.Becomes {
	case "person":
		return w.takePeople(ctx, rows)
	case "employer":
		return w.takeEmployers(ctx, rows)
	case "vacancy":
		return w.takeVacancies(ctx, rows)
	default:
		return w.takeFacts(ctx, rows, recipes[t.Becomes])
	}
}

// takeFacts joins rows to people and writes what they say of them.
func (w *writing) takeFacts(ctx context.Context, rows []*record, recipe recipe) error {
	hashes := make([]person.Hash, len(rows))
	for i, r := range rows {
		hashes[i] = r.hash
	}
	if err := w.findPeople(ctx, hashes); err != nil {
		return err
	}
	if err := w.renumber(ctx, rows); err != nil {
		return err
	}
	joined := rows[:0:0]
	for _, r := range rows {
		ref, found := w.person(r.hash)
		switch {
		case !found:
			w.review(r, WhyUnknown, personRef{})
		case !area.Within(string(ref.area[:]), w.batch.Area):
			w.reject(r, w.outside("此人档案"))
		case ref.name != hashName(r.nameKey):
			w.review(r, WhyName, ref)
		default:
			joined = append(joined, r)
		}
	}
	if err := w.unitsOf(ctx, joined); err != nil {
		return err
	}
	owner := func(r *record) int64 {
		ref, _ := w.person(r.hash)
		return ref.id
	}
	for _, r := range joined {
		w.count(r)
	}
	news, err := w.keepRecords(ctx, ofPeople, joined, owner, func(int64) bool { return false })
	if err != nil {
		return err
	}
	var others []int64
	var phones []*record
	told := int64(0)
	for _, r := range news {
		ref, _ := w.person(r.hash)
		if !w.plain(r, ref) {
			others = append(others, ref.id)
			told++
			continue
		}
		if r.get("phone").set {
			phones = append(phones, r)
		}
		unit, _ := w.unit(r.text("creditcode"))
		recipe.fact(r, ref.id, unit.ID, &w.facts)
	}
	changed, err := w.saveFacts(ctx)
	if err != nil {
		return err
	}
	called, again, err := w.savePhones(ctx, phones)
	if err != nil {
		return err
	}
	changed = min(changed+called, int64(len(news))-told) + told // a row may bring a fact and a phone
	w.counts.Accepted += changed
	w.counts.Repeated += int64(len(joined)) - changed
	more, err := w.saveAbilities(ctx)
	if err != nil {
		return err
	}
	_, err = w.drawAnew(ctx, slices.Concat(others, more, again))
	return err
}

// saveAbilities writes the answers of those registrations that are people's latest, and returns the people whose answers
// only all their records together tell.
func (w *writing) saveAbilities(ctx context.Context) (others []int64, err error) {
	if len(w.facts.abilities) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(w.facts.abilities))
	for i, a := range w.facts.abilities {
		ids[i] = a.PersonID
	}
	last, err := w.room.People.LastRegistered(ctx, w.tx, ids)
	if err != nil {
		return nil, err
	}
	list, others, err := w.answersToDraw(ctx, w.facts.abilities, ids, last)
	if err != nil {
		return nil, err
	}
	_, err = w.room.People.SaveAbilities(ctx, w.tx, list)
	return others, err
}

// takeEmployers writes the rows of the 企业 sheet.
func (w *writing) takeEmployers(ctx context.Context, rows []*record) error {
	var codes []string
	var founders []person.Hash
	for _, r := range rows {
		codes = append(codes, r.text("creditcode"))
		if boss := r.text("bossid"); boss != "" {
			founders = append(founders, w.room.People.HashOf(boss))
		}
	}
	if err := errors.Join(w.findUnits(ctx, codes), w.findPeople(ctx, founders)); err != nil {
		return err
	}
	var fresh []employer.Employer
	var taken []*record
	told, isNew := map[*record]employer.Employer{}, map[int64]bool{}
	for _, r := range rows {
		e := employerOf(r)
		ref, found := w.unit(e.CreditCode)
		if !area.Within(e.Area, w.batch.Area) || found && !area.Within(ref.Area, w.batch.Area) {
			w.reject(r, w.outside("这个单位"))
			continue
		}
		if boss := r.text("bossid"); boss != "" {
			if p, known := w.person(w.room.People.HashOf(boss)); known && p.name == hashName(person.NameKey(r.text("boss"))) {
				e.FounderID = p.id
			}
		}
		if e.ID = ref.ID; !found {
			e.ID = w.room.IDs.Next()
			fresh = append(fresh, e)
			isNew[e.ID] = true
		}
		w.learned.units[e.CreditCode] = employer.Ref{ID: e.ID, Area: e.Area}
		taken, told[r] = append(taken, r), e
		w.count(r)
	}
	if len(fresh) > 0 {
		if lost, err := w.room.Employers.Claim(ctx, w.tx, fresh); err != nil || len(lost) > 0 {
			return errors.Join(err, again(len(lost)))
		}
	}
	news, err := w.keepRecords(ctx, ofUnits, taken, func(r *record) int64 { return told[r].ID }, func(id int64) bool { return isNew[id] })
	if err != nil {
		return err
	}
	all := make([]employer.Employer, len(news))
	for i, r := range news {
		all[i] = told[r]
	}
	changed, err := w.room.Employers.SaveClaimed(ctx, w.tx, fold(all, func(e *employer.Employer) int64 { return e.ID }))
	w.counts.Accepted += changed
	w.counts.Repeated += int64(len(taken)) - changed
	return err
}

func again(lost int) error {
	if lost > 0 {
		return errAgain
	}
	return nil
}

// takeVacancies writes the rows of the 岗位 sheet. What an employer has done with a vacancy since stays: only what the
// sheet says is overwritten.
func (w *writing) takeVacancies(ctx context.Context, rows []*record) error {
	if err := w.unitsOf(ctx, rows); err != nil {
		return err
	}
	var taken []*record
	told := map[*record]employer.Vacancy{}
	for _, r := range rows {
		unit, _ := w.unit(r.text("creditcode"))
		v := vacancyOf(r, unit.ID)
		if !area.Within(v.Area, w.batch.Area) && !area.Within(unit.Area, w.batch.Area) {
			w.reject(r, w.outside("这个岗位"))
			continue
		}
		taken, told[r] = append(taken, r), v
		w.count(r)
	}
	news, err := w.keepRecords(ctx, ofUnits, taken, func(r *record) int64 { return told[r].EmployerID }, func(int64) bool { return false })
	if err != nil {
		return err
	}
	list, ids := make([]employer.Vacancy, len(news)), make([]int64, len(news))
	for i, r := range news {
		list[i], ids[i] = told[r], told[r].ID
	}
	list = fold(list, func(v *employer.Vacancy) int64 { return v.ID })
	there, err := w.room.Employers.Vacancies(ctx, w.tx, ids)
	if err != nil {
		return err
	}
	before := make(map[int64]employer.Vacancy, len(there))
	for _, v := range there {
		before[v.ID] = v
	}
	changed := list[:0]
	for _, v := range list {
		old, has := before[v.ID]
		if v.Version = old.Version; has {
			v.State = old.State
		}
		if v != old {
			changed = append(changed, v)
		}
	}
	w.counts.Accepted += int64(len(changed))
	w.counts.Repeated += int64(len(taken) - len(changed))
	return w.room.Employers.SaveVacancies(ctx, w.tx, changed)
}

func (w *writing) outside(what string) *flaw {
	return refuse("outside", what+"不在您的地区（"+w.batch.AreaName+"）范围内，不能由您改写。请交给当地或上一级导入")
}

func (w *writing) reject(r *record, bad *flaw) {
	w.rejects = append(w.rejects, reject{row: int64(r.Number), bad: bad, sealed: w.room.sealCells(r.Cells), who: w.room.whoOf(r.Cells)})
}

// count notes what was mended in a row that is taken.
func (w *writing) count(r *record) {
	if len(r.reminders) == 0 {
		return
	}
	w.counts.Repaired++
	for _, m := range r.reminders {
		w.tally(m, r)
	}
}

// remind notes something about a row that only turned out while it was written.
func (w *writing) remind(r *record, code, column string) {
	if len(r.reminders) == 0 {
		w.counts.Repaired++
	}
	w.tally(reminder{code, column}, r)
}

func (w *writing) tally(m reminder, r *record) {
	n := w.reminders[m]
	if n == nil {
		n = &reminded{example: int64(r.Number)}
		w.reminders[m] = n
	}
	n.rows++
}

// review puts a row on the review list of the banner it is about, as far as that can be told.
func (w *writing) review(r *record, why string, candidate personRef) {
	place := string(candidate.area[:])
	if candidate.id == 0 {
		number := r.text("idnumber") // some sources' may be short or missing
		place = number[:min(len(number), 6)]
	}
	if place = area.At(place, area.Banner); !area.Exists(place) || !area.Within(place, w.batch.Area) {
		place = w.batch.Area
	}
	cells := r.kept()
	w.reviews = append(w.reviews, Review{Area: place, Why: why, Kind: r.t.Kind, Row: int64(r.Number), PersonID: candidate.id,
		key: w.room.Sealer.Hash("row", place+"\x00"+r.t.Kind+"\x00"+strings.Join(cells, "\x00")), sealed: w.room.sealCells(cells)})
}

// kept are a row's cells in the order of its template, without the columns that nobody uses.
func (r *record) kept() []string {
	cells := make([]string, len(r.t.Columns))
	for i := range cells {
		cells[i] = strings.Trim(r.Cell(r.cellOf[i]), blanks)
	}
	return cells
}

// sealCells seals a row as it is kept for the error sheet and the review list.
func (r *Room) sealCells(cells []string) []byte {
	text, _ := json.Marshal(cells) // strings always can
	return r.Sealer.Seal(string(text))
}

// openCells is the way back.
func (r *Room) openCells(sealed []byte) (cells []string, err error) {
	text, err := r.Sealer.Open(sealed)
	if err == nil {
		err = json.Unmarshal([]byte(text), &cells)
	}
	return cells, err
}

func (r *Room) newWriting(tx *db.Tx, batch *Batch, b *block, k *known) *writing {
	return &writing{room: r, tx: tx, batch: batch, block: b, known: k, learned: newLearned(), added: map[string]bool{}, reminders: map[reminder]*reminded{},
		now: r.Clock.Now().UnixMilli()}
}
