package message

import (
	"context"
	"time"

	"jiuye/internal/ground/db"
)

// claim is one outgoing message in the hands of this process.
type claim struct {
	person, id int64
	channel    string
	tries      int
}

// due claims some messages that are due by the channels, until the lease ends. The condition stands twice, because a second
// process looks at a claimed row again.
func due(ctx context.Context, d *db.DB, by []string, now time.Time, lease time.Duration, limit int) (list []claim, err error) {
	err = d.Tx(ctx, func(tx *db.Tx) error {
		args := []any{now.UnixMilli(), now.Add(lease).UnixMilli(), limit}
		for _, c := range by {
			args = append(args, c)
		}
		open := `state IN ('waiting', 'sending') AND due_at <= $1 AND channel IN (` + db.In(4, len(by)) + `)`
		list, err = db.All(ctx, tx, func(c *claim) []any { return []any{&c.person, &c.id, &c.channel, &c.tries} },
			`UPDATE message_out SET state = 'sending', due_at = $2, tries = tries + 1 WHERE `+open+` AND (person_id, message_id, channel) IN (
				SELECT person_id, message_id, channel FROM message_out WHERE `+open+` ORDER BY due_at, message_id LIMIT $3) RETURNING person_id, message_id, channel, tries`, args...)
		return err
	})
	return list, err
}

// claimed reads the messages of claims, by id.
func claimed(ctx context.Context, q db.Querier, list []claim) (map[int64]Item, error) {
	args := make([]any, 0, 2*len(list))
	for _, c := range list {
		args = append(args, c.person)
	}
	for _, c := range list {
		args = append(args, c.id)
	}
	out := map[int64]Item{}
	err := db.Each(ctx, q, (*Item).fields, func(it *Item) error { out[it.ID] = *it; return nil },
		`SELECT `+itemColumns+` FROM message_item WHERE person_id IN (`+db.In(1, len(list))+`) AND message_id IN (`+db.In(len(list)+1, len(list))+`) ORDER BY message_id`, args...)
	return out, err
}

// result is what became of a claim.
type result struct {
	claim
	state       string
	due         time.Time
	sent        time.Time
	reason, ref string
}

func settle(ctx context.Context, tx *db.Tx, list []result) error {
	rows := make([][]any, len(list))
	for i, r := range list {
		sent := int64(0)
		if !r.sent.IsZero() {
			sent = r.sent.UnixMilli()
		}
		rows[i] = []any{r.person, r.id, r.channel, r.state, r.due.UnixMilli(), r.tries, sent, r.reason, r.ref}
	}
	return tx.Upsert(ctx, "message_out", outNames, outNames[:3], rows)
}

// phones are the telephone numbers of employers.
func phones(ctx context.Context, q db.Querier, ids []any) (map[int64]string, error) {
	out := map[int64]string{}
	type line struct {
		id    int64
		phone string
	}
	if len(ids) == 0 {
		return out, nil
	}
	return out, db.Each(ctx, q, func(l *line) []any { return []any{&l.id, &l.phone} }, func(l *line) error { out[l.id] = l.phone; return nil },
		`SELECT employer_id, phone FROM employer WHERE employer_id IN (`+db.In(1, len(ids))+`) ORDER BY employer_id`, ids...)
}

// counts are how many outgoing messages are in each state, by channel.
func outCounts(ctx context.Context, q db.Querier) (map[string]int64, error) {
	out := map[string]int64{}
	type line struct {
		channel, state string
		n              int64
	}
	return out, db.Each(ctx, q, func(l *line) []any { return []any{&l.channel, &l.state, &l.n} }, func(l *line) error { out[l.channel+" "+l.state] = l.n; return nil },
		`SELECT channel, state, count(*) FROM message_out GROUP BY channel, state ORDER BY channel, state`)
}
