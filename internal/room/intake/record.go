package intake

import (
	"encoding/binary"
	"encoding/json"
	"hash/fnv"
	"strconv"
	"time"
	"unicode/utf8"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// Kinds of records that no template delivers.
const (
	KindCorrection = "correction" // 更正: an approved change of one attribute
	KindMention    = "mention"    // an employer that a row about a person names, and that nobody has delivered
	KindOrigin     = "origin"     // 原档案: what the register held of somebody before the first record, or what 建档 laid down
)

// Why a record is no longer live.
const (
	EndedWithdrawn = "withdrawn" // 批次撤回
	EndedMoved     = "moved"     // 移到另一份档案
	EndedDetached  = "detached"  // 核对决定撤销
	EndedCorrected = "corrected" // 来源已更正
)

// Said is one source record (来源记录): what a source said of a person, or of an employer, in one row.
type Said struct {
	Owner     int64 // person or employer
	Hash      int64 // of kind and cells
	EndedAt   int64 // unix ms, like HeardAt and KnownAt; 0: live
	ID        int64
	Source    string // see Sources
	Kind      string // template, KindCorrection or KindOrigin
	Slot      int64  // what a later row of the same source and kind replaces
	Batch     int64  // 0: of no batch
	File      int64
	Row       int64
	ValidFrom db.Date // since when it holds, as far as the row tells; else the day it was heard
	HeardAt   int64   // when the row came
	KnownAt   int64   // since when it stands in this file
	EndedWhy  string
	Cells     map[string]string // field → text, in canonical form (codes, 2006-01-02, fen)

	sealed []byte
}

// Live reports whether the record counted at an instant (unix ms).
func (s *Said) Live(at int64) bool { return s.KnownAt <= at && (s.EndedAt == 0 || s.EndedAt > at) }

func (s *Said) fields() []any {
	return []any{&s.Owner, &s.Hash, &s.EndedAt, &s.ID, &s.Source, &s.Kind, &s.Slot, &s.Batch, &s.File, &s.Row, &s.ValidFrom, &s.HeardAt, &s.KnownAt, &s.EndedWhy, &s.sealed}
}

func (s *Said) values() []any {
	return []any{s.Owner, s.Hash, s.EndedAt, s.ID, s.Source, s.Kind, s.Slot, s.Batch, s.File, s.Row, s.ValidFrom, s.HeardAt, s.KnownAt, s.EndedWhy, s.sealed}
}

// origin is where a row stood.
type origin struct{ Batch, File, Row int64 }

// link is a row and whose it is.
type link struct {
	rec    *record
	person int64
}

// prepared is what a record needs that can be made beside the transaction.
type prepared struct {
	hash, slot int64
	since      db.Date // zero: the row does not tell
	sealed     []byte
}

// prepare encodes, hashes and seals a good row.
func (r *Room) prepare(rec *record) {
	text := rec.encode()
	since := rec.since()
	rec.saved = prepared{hash: r.rowHash(rec.t.Kind, text), slot: rec.slot(), since: since, sealed: r.Sealer.Seal(text)}
}

// rowHash is keyed: a plain hash of a row with an ID number in it could be enumerated.
func (r *Room) rowHash(kind, text string) int64 {
	return int64(binary.BigEndian.Uint64(r.Sealer.Hash("record", kind+"\x00"+text)))
}

// onceMore is the hash of a row that a source repeats after it has said otherwise in between: a record of its own.
func onceMore(hash, superseder int64) int64 {
	h := fnv.New64a()
	_ = binary.Write(h, binary.BigEndian, [2]int64{hash, superseder}) // a hash takes everything
	return int64(h.Sum64())
}

// said makes the record of a row for its owner. today stands where the row does not tell a day.
func (rec *record) said(owner, id int64, now int64, today time.Time) Said {
	from := rec.from
	p := &rec.saved
	since := p.since
	if since.IsZero() {
		since = db.On(today)
	}
	return Said{Owner: owner, Hash: p.hash, ID: id, Source: rec.t.Source, Kind: rec.t.Kind, Slot: p.slot, Batch: from.Batch, File: from.File, Row: from.Row,
		ValidFrom: since, HeardAt: now, KnownAt: now, sealed: p.sealed}
}

// since is the day from which a row's fact holds, as its recipe tells it.
func (rec *record) since() db.Date {
	field := recipes[rec.t.Becomes].since
	v := rec.get(field)
	if field == "" || !v.set {
		return db.Date{}
	}
	switch rec.typeOf(field) {
	case "month":
		return db.On(clock.Date(int(v.n/100), time.Month(v.n%100), 1))
	case "year":
		return db.On(clock.Date(int(v.n), time.January, 1))
	}
	return v.day()
}

func (rec *record) typeOf(field string) string {
	if i, has := rec.t.index[field]; has {
		return rec.t.Columns[i].Type
	}
	return ""
}

// slot is a hash of what makes the row's fact the same fact in the next delivery.
func (rec *record) slot() int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(rec.t.Becomes))
	for _, field := range recipes[rec.t.Becomes].key {
		v := rec.get(field)
		_, _ = h.Write([]byte("\x00" + canonical(rec.typeOf(field), v)))
	}
	return int64(h.Sum64())
}

// canonical writes a value so that parsed reads it back.
func canonical(kind string, v value) string {
	switch kind {
	case "date":
		return v.day().String()
	case "month", "year", "int", "money":
		return strconv.FormatInt(v.n, 10)
	}
	return v.text
}

// parsed is the way back from canonical.
func parsed(kind, s string) value {
	v := value{text: s, set: true}
	switch kind {
	case "date":
		v.n, _ = isoDay(s)
		v.text = ""
	case "idnumber":
		if len(s) == 18 {
			v.n, _ = isoDay(s[6:10] + "-" + s[10:12] + "-" + s[12:14])
		}
	case "month", "year", "int", "money":
		v.n, _ = strconv.ParseInt(s, 10, 64)
		v.text = ""
	default:
		n, _ := number(s) // codes that are words have no number
		v.n = int64(n)
	}
	return v
}

// encode writes what a row says as JSON, in the order of its template.
func (rec *record) encode() string {
	out := make([]byte, 1, 256)
	out[0] = '{'
	for i := range rec.t.Columns {
		v := rec.values[i]
		if !v.set {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		c := &rec.t.Columns[i]
		out = appendText(out, c.Field)
		out = append(out, ':')
		out = appendText(out, canonical(c.Type, v))
	}
	return string(append(out, '}'))
}

// appendText writes a JSON string; most texts need no escapes.
func appendText(out []byte, s string) []byte {
	special := !utf8.ValidString(s)
	for i := 0; i < len(s) && !special; i++ {
		special = s[i] < ' ' || s[i] == '"' || s[i] == '\\'
	}
	if special {
		text, _ := json.Marshal(s) // strings always can
		return append(out, text...)
	}
	return append(append(append(out, '"'), s...), '"')
}

// open unseals the cells.
func (r *Room) openSaid(s *Said) error {
	text, err := r.Sealer.Open(s.sealed)
	if err == nil {
		err = json.Unmarshal([]byte(text), &s.Cells)
	}
	return err
}

// restore makes the checked row again from a record; nil for records that state no fact.
func (r *Room) restore(s *Said) (*record, error) {
	if s.Kind == KindCorrection || s.Kind == KindOrigin {
		return nil, nil
	}
	t := r.Kinds.Of(s.Kind)
	if t == nil {
		return nil, fault.New(fault.Invalid, "模板“%s”已不在，用它交来的记录读不出来。请先恢复这个模板文件", s.Kind)
	}
	rec := &record{t: t, values: make([]value, len(t.Columns)), from: origin{s.Batch, s.File, s.Row}}
	for i := range t.Columns {
		if text, has := s.Cells[t.Columns[i].Field]; has {
			rec.values[i] = parsed(t.Columns[i].Type, text)
		}
	}
	return rec, nil
}
