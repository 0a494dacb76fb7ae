package outwork

import (
	"context"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const batchColumns = `batch_id, area, source, agreement_id, employer_id, broker_id, unit, title, occupation, need, pay_low, pay_high, place, place_code, conditions, paid, travel, from_day, to_day, answers, state, reason, at, by_name, version`

func (b *Batch) fields() []any {
	return []any{&b.ID, &b.Area, &b.Source, &b.AgreementID, &b.EmployerID, &b.BrokerID, &b.Unit, &b.Title, &b.Occupation, &b.Need, &b.PayLow, &b.PayHigh, &b.Place, &b.PlaceCode, &b.Conditions, &b.Paid, &b.Travel,
		&b.From, &b.To, &b.Answers, &b.State, &b.Reason, &b.At, &b.By, &b.Version}
}

func insertBatch(ctx context.Context, tx *db.Tx, b *Batch) error {
	_, err := tx.Exec(ctx, `INSERT INTO outwork_batch (`+batchColumns+`) VALUES (`+db.In(1, 25)+`)`, b.ID, b.Area, b.Source, b.AgreementID, b.EmployerID, b.BrokerID, b.Unit, b.Title, b.Occupation, b.Need, b.PayLow, b.PayHigh,
		b.Place, b.PlaceCode, b.Conditions, b.Paid, b.Travel, b.From, b.To, b.Answers, b.State, b.Reason, b.At, b.By, b.Version)
	return err
}

// updateBatch writes what may change of a batch: its words, its days and its state.
func updateBatch(ctx context.Context, tx *db.Tx, b *Batch, version int64) error {
	return changed(tx.Exec(ctx, `UPDATE outwork_batch SET unit = $2, title = $3, occupation = $4, need = $5, pay_low = $6, pay_high = $7, place = $8, place_code = $9, conditions = $10, paid = $11, travel = $12, from_day = $13, to_day = $14,
		answers = $15, state = $16, reason = $17, version = version + 1 WHERE batch_id = $1 AND version = $18`, b.ID, b.Unit, b.Title, b.Occupation, b.Need, b.PayLow, b.PayHigh, b.Place, b.PlaceCode, b.Conditions, b.Paid, b.Travel,
		b.From, b.To, b.Answers, b.State, b.Reason, version))
}

func batchByID(ctx context.Context, q db.Querier, id int64) (Batch, error) {
	b, found, err := db.One(ctx, q, (*Batch).fields, `SELECT `+batchColumns+` FROM outwork_batch WHERE batch_id = $1 ORDER BY batch_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这批劳务需求，或者还没有公布")
	}
	return b, err
}

// lockedBatch is batchByID for a transaction that passes numbers of it down: one at a time.
func lockedBatch(ctx context.Context, tx *db.Tx, id int64) (Batch, error) {
	if _, err := tx.Exec(ctx, `UPDATE outwork_batch SET version = version WHERE batch_id = $1`, id); err != nil {
		return Batch{}, err
	}
	return batchByID(ctx, tx, id)
}

// batchFilter narrows a list of batches down; zero fields let everything through.
type batchFilter struct {
	area, state, words string
	agreementID        int64
	employerID         int64
	pay                int64   // at least, fen
	open               db.Date // still takes people on that day
}

func (f batchFilter) where() (string, []any) {
	low, high := db.Under(f.area)
	where, args := []string{"area >= $1", "area < $2"}, []any{low, high}
	and := func(text string, value any) {
		args = append(args, value)
		where = append(where, strings.ReplaceAll(text, "?", db.In(len(args), 1)))
	}
	if f.state != "" {
		and("state = ?", f.state)
	}
	if f.agreementID != 0 {
		and("agreement_id = ?", f.agreementID)
	}
	if f.employerID != 0 {
		and("employer_id = ?", f.employerID)
	}
	if f.pay > 0 {
		and("pay_high >= ?", f.pay)
	}
	if !f.open.IsZero() {
		and("state = 'open' AND to_day >= ?", f.open)
	}
	if f.words != "" {
		word := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(f.words) + "%"
		and(`(title LIKE ? ESCAPE '\'`, word)
		and(`occupation LIKE ? ESCAPE '\'`, word)
		and(`place LIKE ? ESCAPE '\')`, word)
		n := len(where)
		where = append(where[:n-3], strings.Join(where[n-3:], " OR "))
	}
	return strings.Join(where, " AND "), args
}

// batches lists from the newest back, before an id.
func (r *Room) batches(ctx context.Context, f batchFilter, before int64, limit int) ([]Batch, error) {
	where, args := f.where()
	n := len(args)
	return db.All(ctx, r.DB, (*Batch).fields, `SELECT `+batchColumns+` FROM outwork_batch WHERE `+where+` AND batch_id < `+db.In(n+1, 1)+` ORDER BY batch_id DESC LIMIT `+db.In(n+2, 1), append(args, before, limit)...)
}

func (r *Room) countBatches(ctx context.Context, f batchFilter) (int64, error) {
	where, args := f.where()
	return db.Value[int64](ctx, r.DB, `SELECT count(*) FROM outwork_batch WHERE `+where, args...)
}

func batchesByID(ctx context.Context, q db.Querier, ids []int64) (map[int64]Batch, error) {
	out := map[int64]Batch{}
	for len(ids) > 0 {
		part := ids[:min(len(ids), chunk)]
		ids = ids[len(part):]
		if err := db.Each(ctx, q, (*Batch).fields, func(b *Batch) error { out[b.ID] = *b; return nil }, `SELECT `+batchColumns+` FROM outwork_batch WHERE batch_id IN (`+db.In(1, len(part))+`) ORDER BY batch_id`, db.Args(part)...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// chunk is how many ids one query takes.
const chunk = 500

func (s *Share) fields() []any {
	return []any{&s.BatchID, &s.Area, &s.FromArea, &s.Number, &s.TaskID, &s.Result, &s.Answered}
}

func sharesOf(ctx context.Context, q db.Querier, batchID int64) ([]Share, error) {
	return db.All(ctx, q, (*Share).fields, `SELECT batch_id, area, from_area, number, task_id, result, answered FROM outwork_share WHERE batch_id = $1 ORDER BY area`, batchID)
}

func putShares(ctx context.Context, tx *db.Tx, list []Share) error {
	rows := make([][]any, len(list))
	for i, s := range list {
		rows[i] = []any{s.BatchID, s.Area, s.FromArea, s.Number, s.TaskID, s.Result, s.Answered}
	}
	return tx.InsertNew(ctx, "outwork_share", strings.Split("batch_id,area,from_area,number,task_id,result,answered", ","), []string{"batch_id", "area"}, rows)
}

// answerShare writes down what an area answered: the result, and how many of its people are in the batch.
func answerShare(ctx context.Context, tx *db.Tx, batchID int64, area, result string) error {
	low, high := db.Under(area)
	_, err := tx.Exec(ctx, `UPDATE outwork_share SET result = $3, answered = (SELECT count(*) FROM outwork_member WHERE batch_id = $4 AND area >= $5 AND area < $6 AND state <> 'dropped') WHERE batch_id = $1 AND area = $2`,
		batchID, area, result, batchID, low, high)
	return err
}

// sumsOf counts the people of batches.
func sumsOf(ctx context.Context, q db.Querier, ids []int64) (map[int64]Progress, error) {
	type row struct {
		id int64
		p  Progress
	}
	out := map[int64]Progress{}
	for len(ids) > 0 {
		part := ids[:min(len(ids), chunk)]
		ids = ids[len(part):]
		err := db.Each(ctx, q, func(r *row) []any { return append([]any{&r.id}, r.p.people()...) }, func(r *row) error { out[r.id] = r.p; return nil },
			`SELECT batch_id, `+peopleSums+` FROM outwork_member WHERE batch_id IN (`+db.In(1, len(part))+`) GROUP BY batch_id ORDER BY batch_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (p *Progress) people() []any { return []any{&p.Joined, &p.Agreed, &p.Arrived, &p.AtWork, &p.Six} }

// peopleSums count members; at work and six months are the register's words.
const peopleSums = `count(CASE WHEN state <> 'dropped' THEN 1 END), count(CASE WHEN state IN ('confirmed', 'booked', 'arrived', 'returned') THEN 1 END), count(CASE WHEN state IN ('arrived', 'returned') THEN 1 END),
	count(CASE WHEN work_from IS NOT NULL THEN 1 END), count(CASE WHEN months >= 6 THEN 1 END)`

// progressOf adds up what came of an agreement, by the year in which its batches begin.
func progressOf(ctx context.Context, q db.Querier, agreementID int64) (map[int]Progress, error) {
	list, err := db.All(ctx, q, (*Batch).fields, `SELECT `+batchColumns+` FROM outwork_batch WHERE agreement_id = $1 AND state IN ('open', 'closed') ORDER BY batch_id`, agreementID)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	sums, err := sumsOf(ctx, q, ids)
	out := map[int]Progress{}
	for i := range list {
		y, s := list[i].From.Year(), sums[list[i].ID]
		p := out[y]
		p.Batches, p.Need = p.Batches+1, p.Need+int64(list[i].Need)
		p.Joined, p.Agreed, p.Arrived, p.AtWork, p.Six = p.Joined+s.Joined, p.Agreed+s.Agreed, p.Arrived+s.Arrived, p.AtWork+s.AtWork, p.Six+s.Six
		out[y] = p
	}
	return out, err
}
