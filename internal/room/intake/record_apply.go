package intake

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// apply links a row to a person: the record is kept and the person drawn anew. detach with the id it returns takes that
// back; 0 says that the row stood in the file already, and that there is nothing to take back.
func (r *Room) apply(ctx context.Context, tx *db.Tx, who Actor, rec *record, personID int64, from origin) (recordID int64, err error) {
	ids, err := r.applyAll(ctx, tx, who, []*record{rec}, personID, []origin{from})
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// applyAll is apply for several rows of one person, who is drawn anew once.
func (r *Room) applyAll(ctx context.Context, tx *db.Tx, who Actor, recs []*record, personID int64, from []origin) ([]int64, error) {
	if personID == 0 {
		return nil, fault.New(fault.Invalid, "请先选定这一行是哪位居民的")
	}
	list, err := r.People.ListIn(ctx, tx, []int64{personID})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "没有这份档案，可能已经合并到另一份")
	}
	if who.Area != "" && !area.Within(list[0].Area, who.Area) {
		return nil, fault.New(fault.Denied, "此人档案不在您的地区范围内，请交给当地或上一级核对")
	}
	links := make([]link, len(recs))
	for i, rec := range recs {
		rec.from = from[i]
		links[i] = link{rec, personID}
	}
	ids, err := r.attach(ctx, tx, links)
	if err != nil {
		return nil, err
	}
	return ids, r.recompute(ctx, tx, []int64{personID})
}

// attach keeps rows as records of their people, who are drawn anew by the caller afterwards. It returns the records' ids in
// the order of the links, 0 for those that stood there already.
func (r *Room) attach(ctx context.Context, tx *db.Tx, links []link) ([]int64, error) {
	now, today := r.Clock.Now().UnixMilli(), r.Clock.Today()
	ids, owners := make([]int64, len(links)), make([]int64, len(links))
	list := make([]Said, len(links))
	for i, l := range links {
		if l.rec.flaw != nil {
			return nil, fault.New(fault.Invalid, "这一行按现在的规则有错，不能写入：%s", veil(l.rec.flaw.text))
		}
		if l.rec.saved.sealed == nil {
			r.prepare(l.rec)
		}
		owners[i] = l.person
		list[i] = l.rec.said(l.person, r.IDs.Next(), now, today)
	}
	if err := r.keepOrigins(ctx, tx, owners); err != nil {
		return nil, err
	}
	for i := range list {
		n, err := ofPeople.add(ctx, tx, list[i:i+1])
		if err != nil {
			return nil, err
		}
		if n > 0 {
			ids[i] = list[i].ID
		}
	}
	return ids, nil
}

// keepOrigins keeps, of people who were in the register before any record was kept, what the register held of them: so
// that whatever is attached to them can be taken back.
func (r *Room) keepOrigins(ctx context.Context, tx *db.Tx, ids []int64) error {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	without, err := ofPeople.without(ctx, tx, ids, false)
	if err != nil || len(without) == 0 {
		return err
	}
	people, err := r.People.ListIn(ctx, tx, without)
	if err != nil {
		return err
	}
	list := make([]Said, len(people))
	for i := range people {
		p := &people[i]
		list[i] = r.written(p.ID, SourceRegister, KindOrigin, attributesOf(p), db.On(p.UpdatedAt))
		list[i].HeardAt, list[i].KnownAt = p.UpdatedAt.UnixMilli(), p.UpdatedAt.UnixMilli()
	}
	_, err = ofPeople.add(ctx, tx, list)
	return err
}

// attributesOf writes a person as a record's cells. The household is not among them: it has a number, which only rows of
// the 户籍 tell.
func attributesOf(p *person.Person) map[string]string {
	yes := map[bool]string{true: "1", false: "0"}
	cells := map[string]string{"name": p.Name, "idnumber": p.IDNumber, "sex": itoa(int64(p.Sex)), "birth": db.On(p.Birth).String(), "ethnic": p.Ethnic,
		"education": itoa(int64(p.Education)), "phone": p.Phone, "area": p.Area, "relation": p.Relation, "rural": yes[p.Rural], "student": yes[p.Student],
		"died": p.Died.String()}
	if p.Able != nil {
		cells["able"] = yes[*p.Able]
	}
	if p.Willing != nil {
		cells["willing"] = yes[*p.Willing]
	}
	for field, v := range cells {
		if v == "" {
			delete(cells, field)
		}
	}
	return cells
}

// written makes a record that no file delivered.
func (r *Room) written(owner int64, source, kind string, cells map[string]string, since db.Date) Said {
	text, _ := json.Marshal(cells) // strings always can; keys come sorted
	now := r.Clock.Now()
	if since.IsZero() {
		since = db.On(r.Clock.Today())
	}
	return Said{Owner: owner, Hash: r.rowHash(kind, string(text)), ID: r.IDs.Next(), Source: source, Kind: kind, ValidFrom: since,
		HeardAt: now.UnixMilli(), KnownAt: now.UnixMilli(), Cells: cells, sealed: r.Sealer.Seal(string(text))}
}

// newPerson makes somebody from rows who is in no 户籍 (建档): without a household, living where the rows say, else where
// the ID number says, else in the area of whoever decides. The rows become the person's records. Detaching all of them and
// the origin record, which is the last id, takes the person out of the register again.
func (r *Room) newPerson(ctx context.Context, tx *db.Tx, who Actor, recs []*record, from []origin) (personID int64, recordIDs []int64, err error) {
	if len(recs) == 0 {
		return 0, nil, fault.New(fault.Invalid, "没有可以建档的记录")
	}
	number := recs[0].text("idnumber")
	if id, err := r.People.ByIDNumber(ctx, tx, number); err != nil || id != 0 {
		if err == nil {
			err = fault.New(fault.Conflict, "这个证件号已经有档案，不能再建一份。请选“同一人”")
		}
		return 0, nil, err
	}
	personID = r.IDs.Next()
	links := make([]link, len(recs))
	for i, rec := range recs {
		rec.from = from[i]
		links[i] = link{rec, personID}
	}
	if recordIDs, err = r.attach(ctx, tx, links); err != nil {
		return 0, nil, err
	}
	home := homeOf(number)
	if lives := recs[0].text("area"); recs[0].t.Newcomers && lives != "" { // where somebody was met at home
		home = twelve(lives)
	}
	if !area.Within(home, who.Area) {
		home = twelve(who.Area)
	}
	cells := map[string]string{"name": recs[0].text("name"), "idnumber": number, "area": home}
	start := r.written(personID, SourceCentre, KindOrigin, cells, db.Date{})
	start.Batch, start.File, start.Row = from[0].Batch, from[0].File, from[0].Row
	if _, err := ofPeople.add(ctx, tx, []Said{start}); err != nil {
		return 0, nil, err
	}
	return personID, append(recordIDs, start.ID), r.recompute(ctx, tx, []int64{personID})
}

// detach ends records of a person and draws the person anew. Somebody who has no record left leaves the register, unless
// another room holds something of theirs. why is one of the Ended… words.
func (r *Room) detach(ctx context.Context, tx *db.Tx, personID int64, recordIDs []int64, why string) error {
	if _, err := r.endRecords(ctx, tx, personID, recordIDs, why); err != nil {
		return err
	}
	return r.recompute(ctx, tx, []int64{personID})
}

// endRecords ends live records of a person at one instant, which it returns.
func (r *Room) endRecords(ctx context.Context, tx *db.Tx, personID int64, recordIDs []int64, why string) (at int64, err error) {
	if len(recordIDs) == 0 {
		return 0, fault.New(fault.Invalid, "请先选定记录")
	}
	owner := []int64{personID}
	if at, err = ofPeople.instant(ctx, tx, owner, r.Clock.Now().UnixMilli()); err != nil {
		return 0, err
	}
	n, err := ofPeople.end(ctx, tx, why, at, owner, `record_id IN (`, db.Args(recordIDs)...)
	if err == nil && n != int64(len(recordIDs)) {
		err = fault.New(fault.Conflict, "选定的记录里有 %d 条刚刚被别人移走或撤回，请刷新后再选", int64(len(recordIDs))-n)
	}
	return at, err
}

// move takes records from one person to another and draws both anew. They keep their ids and the instant at which they
// were heard; they stand in the other file since now.
func (r *Room) move(ctx context.Context, tx *db.Tx, from, to int64, recordIDs []int64, why string) error {
	if err := r.carry(ctx, tx, from, to, recordIDs, why); err != nil {
		return err
	}
	return r.recompute(ctx, tx, []int64{from, to})
}

// carry is move without drawing anybody.
func (r *Room) carry(ctx context.Context, tx *db.Tx, from, to int64, recordIDs []int64, why string) error {
	if from == to {
		return fault.New(fault.Invalid, "移出和移入的是同一份档案")
	}
	if err := r.keepOrigins(ctx, tx, []int64{from, to}); err != nil {
		return err
	}
	all, err := ofPeople.of(ctx, tx, r.openSaid, []int64{from})
	if err != nil {
		return err
	}
	at, err := r.endRecords(ctx, tx, from, recordIDs, why)
	if err != nil {
		return err
	}
	var list []Said
	for _, s := range all[from] {
		if s.EndedAt == 0 && slices.Contains(recordIDs, s.ID) {
			s.Owner, s.KnownAt = to, at
			list = append(list, s)
		}
	}
	_, err = ofPeople.add(ctx, tx, list)
	return err
}

// Correction is an approved change of one attribute (更正).
type Correction struct {
	PersonID  int64
	Field     string // one of Correctable
	Value     string // in canonical form: a code, 2006-01-02, 1 or 0
	Why       string
	By        string // who approved it, as the audit log writes it
	ByID      int64
	ValidFrom time.Time // since when it holds; zero: today
}

// Correctable are the attributes that may be corrected. A household cannot: its number comes with the 户籍 alone.
var Correctable = slices.DeleteFunc(slices.Clone(attributes), func(field string) bool { return field == "household" })

// Correct takes a correction into somebody's file as a record of the source 更正, the most trusted one. An earlier
// correction of the same attribute ends.
func (r *Room) Correct(ctx context.Context, tx *db.Tx, c Correction) error {
	value, err := checkCorrection(c.Field, c.Value)
	if err != nil {
		return err
	}
	list, err := r.People.ListIn(ctx, tx, []int64{c.PersonID})
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fault.New(fault.NotFound, "没有这份档案，可能已经合并到另一份")
	}
	if err := r.keepOrigins(ctx, tx, []int64{c.PersonID}); err != nil {
		return err
	}
	all, err := ofPeople.of(ctx, tx, r.openSaid, []int64{c.PersonID})
	if err != nil {
		return err
	}
	var earlier []int64
	for _, s := range all[c.PersonID] {
		if s.EndedAt == 0 && s.Kind == KindCorrection && s.Cells[c.Field] != "" {
			earlier = append(earlier, s.ID)
		}
	}
	if len(earlier) > 0 {
		if _, err := r.endRecords(ctx, tx, c.PersonID, earlier, EndedCorrected); err != nil {
			return err
		}
	}
	since := db.Date{}
	if !c.ValidFrom.IsZero() {
		since = db.On(c.ValidFrom)
	}
	s := r.written(c.PersonID, SourceCorrection, KindCorrection, map[string]string{c.Field: value}, since)
	if _, err := ofPeople.add(ctx, tx, []Said{s}); err != nil {
		return err
	}
	if err := errors.Join(r.recompute(ctx, tx, []int64{c.PersonID}), r.tell(ctx, tx)); err != nil {
		return err
	}
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: c.ByID, Actor: c.By, Act: "intake.correct", Object: "person", ObjectID: c.PersonID, Area: list[0].Area,
		What: "更正" + headOfAttribute(c.Field) + "。理由：" + c.Why})
}

// fieldTypes are the types by which corrected values are checked.
var fieldTypes = map[string]string{"name": "name", "idnumber": "idnumber", "birth": "date", "phone": "phone", "area": "area", "died": "date", "address": "text",
	"relation": "text"}

// answersOf are the codes that an attribute may have.
var answersOf = map[string][]string{"sex": {"1", "2"}, "rural": {"0", "1"}, "student": {"0", "1"}, "able": {"0", "1"}, "willing": {"0", "1"},
	"education": {"10", "20", "30", "40", "60", "70", "80", "90"}}

// checkCorrection brings a value into canonical form, or says what is wrong with it.
func checkCorrection(field, value string) (string, error) {
	if !slices.Contains(Correctable, field) {
		return "", fault.New(fault.Invalid, "“%s”不能这样更正", headOfAttribute(field))
	}
	if codes, coded := answersOf[field]; coded && !slices.Contains(codes, value) {
		return "", fault.New(fault.Invalid, "%s没有“%s”这一项，请从列出的项目里选", headOfAttribute(field), clip(value))
	}
	kind := fieldTypes[field]
	if kind == "" || value == "" {
		if value == "" {
			return "", fault.New(fault.Invalid, "请填写更正后的%s", headOfAttribute(field))
		}
		return value, nil
	}
	v, _, bad := parsers[kind](&Column{Header: headOfAttribute(field), Max: 200}, value)
	if bad != nil {
		return "", fault.New(fault.Invalid, "%s", bad.text)
	}
	if field == "area" {
		return twelve(v.text), nil
	}
	return canonical(kind, v), nil
}

// Golden draws what all records said of a person as of a day, as far as it was known at the end of another day. Zero days
// mean today and now.
func (r *Room) Golden(ctx context.Context, personID int64, asOf, knownAt time.Time) (Golden, error) {
	g, _, err := r.goldenOf(ctx, personID, asOf, knownAt)
	return g, err
}

// goldenOf is Golden with all the person's records.
func (r *Room) goldenOf(ctx context.Context, personID int64, asOf, knownAt time.Time) (Golden, []Said, error) {
	all, err := ofPeople.of(ctx, r.DB, r.openSaid, []int64{personID})
	if err != nil {
		return Golden{}, nil, err
	}
	at := endOf(knownAt)
	var heard []Said
	for _, s := range all[personID] {
		if knownAt.IsZero() && s.EndedAt == 0 || !knownAt.IsZero() && s.Live(at) {
			heard = append(heard, s)
		}
	}
	day := db.Date{}
	if !asOf.IsZero() {
		day = db.On(asOf)
	}
	return Golden{PersonID: personID, Attributes: r.Kinds.golden(heard, r.speaks, day)}, all[personID], nil
}

// endOf is the last millisecond of a day here.
func endOf(day time.Time) int64 {
	y, m, d := day.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, clock.Zone).UnixMilli() - 1
}

// headOfAttribute is an attribute as people read it.
func headOfAttribute(field string) string {
	if head := attributeHeads[field]; head != "" {
		return head
	}
	return field
}

var attributeHeads = map[string]string{"name": "姓名", "idnumber": "身份证号", "sex": "性别", "birth": "出生日期", "ethnic": "民族", "education": "文化程度",
	"phone": "联系电话", "area": "居住地", "address": "住址", "household": "户号", "relation": "与户主关系", "rural": "户口性质", "student": "在校学生",
	"able": "劳动能力", "willing": "就业意愿", "died": "死亡日期"}
