package audit

import (
	"context"
	"encoding/binary"
	"regexp"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

// Entry is one act. Write fills in Chain, Seq and At.
type Entry struct {
	Chain string
	Seq   int64
	At    time.Time

	ActorID  int64  // account; 0: the program itself
	Actor    string // name and role as they are now: "苏日娜（经办）"
	Act      string // room and verb: "person.read", "casework.visit"
	Object   string // what kind of thing: "person"
	ObjectID int64
	Area     string // of the object, for those who may see an area's acts only
	What     string // a sentence for the person who asks: "查看了个人档案"

	prev, hash []byte
}

// Log writes into one chain and reads all of them.
type Log struct {
	DB    *db.DB
	Clock clock.Clock
	Chain string // this process's own: "node-1"
}

// New makes a log that writes into the chain.
func New(d *db.DB, c clock.Clock, chain string) *Log { return &Log{DB: d, Clock: c, Chain: chain} }

// Write appends entries to the chain inside the caller's transaction. It locks the chain's head until that ends, so it
// should be the transaction's last step.
func (l *Log) Write(ctx context.Context, tx *db.Tx, entries ...Entry) error {
	if len(entries) == 0 {
		return nil
	}
	h, err := advance(ctx, tx, l.Chain, int64(len(entries)))
	if err != nil {
		return err
	}
	seq, prev := h.Seq-int64(len(entries)), h.Hash
	at := l.Clock.Now().UnixMilli()
	for i := range entries {
		e := clean(entries[i])
		e.Chain, e.Seq, e.At, e.prev = l.Chain, seq+int64(i)+1, time.UnixMilli(at), prev
		e.hash = e.sum()
		prev, entries[i] = e.hash, e
	}
	if err := insert(ctx, tx, entries); err != nil {
		return err
	}
	return seal(ctx, tx, Head{Chain: l.Chain, Seq: h.Seq, Hash: prev})
}

// Note appends an entry in a transaction of its own: for reads.
func (l *Log) Note(ctx context.Context, e Entry) error {
	return l.DB.Tx(ctx, func(tx *db.Tx) error { return l.Write(ctx, tx, e) })
}

// long is a run of digits that may be an ID number or a phone number.
var long = regexp.MustCompile(`[0-9]{10,}[0-9Xx]`)

// veil hides the middle of long numbers: somebody's reason may hold them, and what stands in this log stays for good.
func veil(s string) string {
	return long.ReplaceAllStringFunc(s, func(n string) string { return n[:3] + strings.Repeat("*", len(n)-7) + n[len(n)-4:] })
}

// clean makes the texts ones that both databases give back unchanged, and hides long numbers in what was said.
func clean(e Entry) Entry {
	for _, s := range []*string{&e.Actor, &e.Act, &e.Object, &e.Area, &e.What} {
		*s = strings.ReplaceAll(strings.ToValidUTF8(*s, "�"), "\x00", "�")
	}
	e.What = veil(e.What)
	return e
}

// sum is the SM3 over every field, each with its length in front, so that no two entries have the same bytes.
func (e *Entry) sum() []byte {
	b := make([]byte, 0, 256+len(e.What))
	number := func(n int64) { b = binary.BigEndian.AppendUint64(b, uint64(n)) }
	text := func(s string) { number(int64(len(s))); b = append(b, s...) }
	text("jiuye audit 1") // the version of this encoding
	text(e.Chain)
	number(e.Seq)
	number(e.At.UnixMilli())
	number(e.ActorID)
	text(e.Actor)
	text(e.Act)
	text(e.Object)
	number(e.ObjectID)
	text(e.Area)
	text(e.What)
	text(string(e.prev))
	hash := sm3.Sum(b)
	return hash[:]
}
