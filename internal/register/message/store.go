package message

import (
	"context"
	"embed"
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the register's tables.
var Schema = db.Schema{Room: "message", FS: schemaFiles}

// instant scans unix milliseconds; 0 is the zero time.
type instant struct{ to *time.Time }

// Scan implements sql.Scanner.
func (i instant) Scan(src any) error {
	n, _ := src.(int64)
	*i.to = time.Time{}
	if n != 0 {
		*i.to = time.UnixMilli(n).In(clock.Zone)
	}
	return nil
}

const itemColumns = `person_id, employer_id, account_id, message_id, kind, about, href, shown_at, opened_at, answered_at, answer, acted_at, content`

func (it *Item) fields() []any {
	return []any{&it.owner.person, &it.owner.employer, &it.owner.account, &it.ID, &it.Kind, &it.About, &it.Href, instant{&it.Shown}, instant{&it.Opened},
		instant{&it.Answered}, &it.Answer, instant{&it.Acted}, &it.sealed}
}

// where narrows a query down to one box; its places are the first three.
const where = ` WHERE person_id = $1 AND employer_id = $2 AND account_id = $3 `

func (o owner) args(more ...any) []any {
	return append([]any{o.person, o.employer, o.account}, more...)
}

// box reads a page of a box, the newest first, behind a place (0, 0 for the first page).
func box(ctx context.Context, q db.Querier, o owner, now time.Time, unread bool, beforeAt, beforeID int64, limit int) ([]Item, error) {
	only := ""
	if unread {
		only = ` AND opened_at = 0`
	}
	if beforeAt == 0 {
		beforeAt, beforeID = now.UnixMilli()+1, 0
	}
	return db.All(ctx, q, (*Item).fields, `SELECT `+itemColumns+` FROM message_item`+where+`AND (shown_at, message_id) < ($4, $5)`+only+`
		ORDER BY shown_at DESC, message_id DESC LIMIT $6`, o.args(beforeAt, beforeID, limit)...)
}

func unread(ctx context.Context, q db.Querier, o owner, now time.Time) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT count(*) FROM message_item`+where+`AND opened_at = 0 AND shown_at <= $4`, o.args(now.UnixMilli())...)
}

// one reads a message of a box that is shown by now.
func one(ctx context.Context, q db.Querier, o owner, id int64, now time.Time) (Item, error) {
	it, found, err := db.One(ctx, q, (*Item).fields, `SELECT `+itemColumns+` FROM message_item`+where+`AND message_id = $4 AND shown_at <= $5 ORDER BY message_id`,
		o.args(id, now.UnixMilli())...)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这条消息，可能已按规定清除")
	}
	return it, err
}

// opened marks a message read, or all that are shown (id 0).
func opened(ctx context.Context, tx *db.Tx, o owner, id int64, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE message_item SET opened_at = $4`+where+`AND opened_at = 0 AND shown_at <= $5 AND (CAST($6 AS BIGINT) = 0 OR message_id = $6)`,
		o.args(now.UnixMilli(), now.UnixMilli(), id)...)
	return err
}

func answered(ctx context.Context, tx *db.Tx, o owner, id int64, answer string, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE message_item SET answered_at = $4, answer = $5`+where+`AND message_id = $6`, o.args(now.UnixMilli(), answer, id)...)
	return err
}

// acted notes that the reader did what messages of a kind about a thing are about; id 0: all of them.
func acted(ctx context.Context, tx *db.Tx, o owner, kind, about string, id int64, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE message_item SET acted_at = $4, opened_at = CASE WHEN opened_at = 0 THEN $4 ELSE opened_at END`+where+`AND acted_at = 0
		AND kind = $5 AND about = $6 AND (CAST($7 AS BIGINT) = 0 OR message_id = $7)`, o.args(now.UnixMilli(), kind, about, id)...)
	return err
}

// ownersOf is whose box an account looks into, by account.
func ownersOf(ctx context.Context, q db.Querier, accounts []int64) (map[int64]owner, error) {
	out := map[int64]owner{}
	type line struct{ id, person, employer int64 }
	for part := range slices.Chunk(accounts, 1000) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := db.Each(ctx, q, func(l *line) []any { return []any{&l.id, &l.person, &l.employer} }, func(l *line) error {
			out[l.id] = ownerFor(l.id, l.person, l.employer)
			return nil
		}, `SELECT account_id, person_id, employer_id FROM account WHERE account_id IN (`+db.In(1, len(part))+`) ORDER BY account_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// officersOf are the accounts of staff of exactly an area.
func officersOf(ctx context.Context, q db.Querier, area string) ([]int64, error) {
	return db.All(ctx, q, func(id *int64) []any { return []any{id} },
		`SELECT account_id FROM account WHERE area = $1 AND role IN ('officer', 'manager') AND disabled = $2 ORDER BY account_id`, area, false)
}

// known is a message that readers have had: by what it would be a repetition.
type known struct {
	owner
	about, once string
	at          int64
}

// among runs a query for every kind of owner among some; %s stands for the condition on them, whose arguments come last.
func among(owners []owner, query string, args []any, run func(query string, args []any) error) error {
	lists := [3][]any{}
	for _, o := range owners {
		switch {
		case o.person != 0:
			lists[0] = append(lists[0], o.person)
		case o.employer != 0:
			lists[1] = append(lists[1], o.employer)
		default:
			lists[2] = append(lists[2], o.account)
		}
	}
	conditions := [3]string{`person_id IN (%)`, `person_id = 0 AND employer_id IN (%)`, `person_id = 0 AND employer_id = 0 AND account_id IN (%)`}
	for i, list := range lists {
		for part := range slices.Chunk(list, 1000) {
			condition := strings.Replace(conditions[i], "%", db.In(len(args)+1, len(part)), 1)
			if err := run(strings.Replace(query, "%s", condition, 1), append(slices.Clone(args), part...)); err != nil {
				return err
			}
		}
	}
	return nil
}

// had reads what owners were sent of a kind.
func had(ctx context.Context, q db.Querier, owners []owner, kind string, yield func(known)) error {
	return among(owners, `SELECT person_id, employer_id, account_id, about, once_key, sent_at FROM message_item WHERE %s AND kind = $1 ORDER BY message_id`, []any{kind},
		func(query string, args []any) error {
			return db.Each(ctx, q, func(k *known) []any { return []any{&k.person, &k.employer, &k.account, &k.about, &k.once, &k.at} },
				func(k *known) error { yield(*k); return nil }, query, args...)
		})
}

// muted are those of some owners who have unsubscribed from a kind.
func muted(ctx context.Context, q db.Querier, owners []owner, kind string) (map[owner]bool, error) {
	out := map[owner]bool{}
	err := among(owners, `SELECT person_id, employer_id, account_id FROM message_mute WHERE %s AND kind = $1 ORDER BY person_id, employer_id, account_id`, []any{kind},
		func(query string, args []any) error {
			return db.Each(ctx, q, func(o *owner) []any { return []any{&o.person, &o.employer, &o.account} }, func(o *owner) error { out[*o] = true; return nil }, query, args...)
		})
	return out, err
}

// mutes are the kinds that one owner has unsubscribed from.
func mutes(ctx context.Context, q db.Querier, o owner) ([]string, error) {
	return db.All(ctx, q, func(s *string) []any { return []any{s} }, `SELECT kind FROM message_mute`+where+`ORDER BY kind`, o.args()...)
}

func setMute(ctx context.Context, tx *db.Tx, o owner, kind string, off bool, now time.Time) error {
	if !off {
		_, err := tx.Exec(ctx, `DELETE FROM message_mute`+where+`AND kind = $4`, o.args(kind)...)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO message_mute (person_id, employer_id, account_id, kind, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (person_id, employer_id, account_id, kind) DO NOTHING`, o.args(kind, now.UnixMilli())...)
	return err
}

var (
	itemNames = []string{"person_id", "employer_id", "account_id", "once_key", "message_id", "kind", "about", "area", "href", "sent_at", "shown_at", "opened_at",
		"answered_at", "answer", "acted_at", "content"}
	outNames = []string{"person_id", "message_id", "channel", "state", "due_at", "tries", "sent_at", "reason", "ref"}
)

func insert(ctx context.Context, tx *db.Tx, items, outs [][]any) error {
	if err := tx.InsertNew(ctx, "message_item", itemNames, itemNames[:4], items); err != nil {
		return err
	}
	return tx.InsertNew(ctx, "message_out", outNames, outNames[:3], outs)
}

// Stat is what became of the messages of a kind about one thing in one banner.
type Stat struct {
	About, Area                   string
	Told, Opened, Answered, Acted int64
}

// stats adds up by thing and banner in an area's subtree; about "" takes all things.
func stats(ctx context.Context, q db.Querier, kind, about, area string) ([]Stat, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(s *Stat) []any { return []any{&s.About, &s.Area, &s.Told, &s.Opened, &s.Answered, &s.Acted} },
		`SELECT about, substr(area, 1, 6), count(*), count(*) FILTER (WHERE opened_at > 0), count(*) FILTER (WHERE answered_at > 0), count(*) FILTER (WHERE acted_at > 0)
		 FROM message_item WHERE kind = $1 AND area >= $2 AND area < $3 AND ($4 = '' OR about = $4) GROUP BY about, substr(area, 1, 6) ORDER BY 1, 2`, kind, low, high, about)
}

// forget drops everything of people.
func forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	for part := range slices.Chunk(personIDs, 500) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		for _, table := range []string{"message_out", "message_mute", "message_item"} {
			if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE person_id > 0 AND person_id IN (`+db.In(1, len(part))+`)`, args...); err != nil {
				return err
			}
		}
	}
	return nil
}
