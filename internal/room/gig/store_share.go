package gig

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const postColumns = `post_id, employer_id, side, occupation, people, starts, ends, area, pay, note, closed, version`

func (p *Post) fields() []any {
	return []any{&p.ID, &p.EmployerID, &p.Side, &p.Occupation, &p.People, &p.From, &p.Until, &p.Area, &p.Pay, &p.Note, &p.Closed, &p.Version}
}

func insertPost(ctx context.Context, tx *db.Tx, p *Post) error {
	return tx.Copy(ctx, "gig_post", split(postColumns), [][]any{{p.ID, p.EmployerID, p.Side, p.Occupation, p.People, p.From, p.Until, p.Area, p.Pay, p.Note, p.Closed, p.Version}})
}

func closePost(ctx context.Context, tx *db.Tx, id, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE gig_post SET closed = $2, version = version + 1 WHERE post_id = $1 AND version = $3`, id, true, version)
	return oldest(n, err, "这条信息刚刚有了变化，请看过现在的样子再办")
}

func postByID(ctx context.Context, q db.Querier, id int64) (Post, error) {
	p, found, err := db.One(ctx, q, (*Post).fields, `SELECT `+postColumns+` FROM gig_post WHERE post_id = $1 ORDER BY post_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这条共享用工信息")
	}
	return p, err
}

// posts of one side that stand on a day, in an area's subtree, the soonest to end first.
func posts(ctx context.Context, q db.Querier, code, side string, today db.Date, limit int) ([]Post, error) {
	low, high := db.Under(code)
	return db.All(ctx, q, (*Post).fields, `SELECT `+postColumns+` FROM gig_post WHERE side = $1 AND ends >= $2 AND area >= $3 AND area < $4 AND closed = $5 ORDER BY ends, post_id LIMIT $6`, side, today, low, high, false, limit)
}

const shareColumns = `share_id, lender_id, borrower_id, asked_by, occupation, people, starts, ends, area, place, pay, payer, insurer, terms, state, why, reminded, by_name, version`

func (s *Share) fields() []any {
	return []any{&s.ID, &s.LenderID, &s.BorrowerID, &s.AskedBy, &s.Occupation, &s.People, &s.From, &s.Until, &s.Area, &s.Place, &s.Pay, &s.Payer, &s.Insurer, &s.Terms, &s.State, &s.Why, &s.Reminded, &s.By, &s.Version}
}

func insertShare(ctx context.Context, tx *db.Tx, s *Share) error {
	return tx.Copy(ctx, "gig_share", split(shareColumns), [][]any{{s.ID, s.LenderID, s.BorrowerID, s.AskedBy, s.Occupation, s.People, s.From, s.Until, s.Area, s.Place, s.Pay, s.Payer, s.Insurer, s.Terms, s.State, s.Why, s.Reminded, s.By, s.Version}})
}

// moveShare writes where an agreement stands. Faults: Conflict.
func moveShare(ctx context.Context, tx *db.Tx, s *Share, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE gig_share SET state = $2, why = $3, reminded = $4, version = version + 1 WHERE share_id = $1 AND version = $5`, s.ID, s.State, s.Why, s.Reminded, version)
	return oldest(n, err, "这份协议刚刚有了变化，请看过现在的样子再办")
}

func shareByID(ctx context.Context, q db.Querier, id int64) (Share, error) {
	s, found, err := db.One(ctx, q, (*Share).fields, `SELECT `+shareColumns+` FROM gig_share WHERE share_id = $1 ORDER BY share_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这份共享用工协议")
	}
	return s, err
}

// sharesIn reads many agreements at once.
func sharesIn(ctx context.Context, q db.Querier, list []int64) (map[int64]Share, error) {
	out := map[int64]Share{}
	if len(list) == 0 {
		return out, nil
	}
	return out, db.Each(ctx, q, (*Share).fields, func(s *Share) error { out[s.ID] = *s; return nil }, `SELECT `+shareColumns+` FROM gig_share WHERE share_id IN (`+db.In(1, len(list))+`) ORDER BY share_id`, db.Args(list)...)
}

// sharesOf are an enterprise's agreements, the latest first, below an id.
func sharesOf(ctx context.Context, q db.Querier, employer, below int64, limit int) ([]Share, error) {
	return db.All(ctx, q, (*Share).fields, `SELECT `+shareColumns+` FROM gig_share WHERE (lender_id = $1 OR borrower_id = $1) AND share_id < $2 ORDER BY share_id DESC LIMIT $3`, employer, below, limit)
}

func sharesUnder(ctx context.Context, q db.Querier, code string, below int64, limit int) ([]Share, error) {
	low, high := db.Under(code)
	return db.All(ctx, q, (*Share).fields, `SELECT `+shareColumns+` FROM gig_share WHERE area >= $1 AND area < $2 AND share_id < $3 ORDER BY share_id DESC LIMIT $4`, low, high, below, limit)
}

// sharesEnding are the agreements in force that end on or before a day and of which nobody has been reminded.
func sharesEnding(ctx context.Context, q db.Querier, on db.Date, limit int) ([]Share, error) {
	return db.All(ctx, q, (*Share).fields, `SELECT `+shareColumns+` FROM gig_share WHERE state = 'agreed' AND ends <= $1 AND reminded IS NULL ORDER BY ends, share_id LIMIT $2`, on, limit)
}

const lentColumns = `person_id, share_id, state, at, back, sent, version`

func (l *Lent) fields() []any {
	return []any{&l.PersonID, &l.ShareID, &l.State, &l.At, &l.Back, &l.Sent, &l.Version}
}

func putLent(ctx context.Context, tx *db.Tx, list []Lent) error {
	rows := make([][]any, len(list))
	for i, l := range list {
		rows[i] = []any{l.PersonID, l.ShareID, l.State, l.At, l.Back, l.Sent, l.Version + 1}
	}
	return tx.Upsert(ctx, "gig_lent", split(lentColumns), first(lentColumns, 2), rows)
}

func lentIn(ctx context.Context, q db.Querier, share int64) ([]Lent, error) {
	return db.All(ctx, q, (*Lent).fields, `SELECT `+lentColumns+` FROM gig_lent WHERE share_id = $1 ORDER BY person_id`, share)
}

func lentOf(ctx context.Context, q db.Querier, personID int64) ([]Lent, error) {
	return db.All(ctx, q, (*Lent).fields, `SELECT `+lentColumns+` FROM gig_lent WHERE person_id = $1 ORDER BY share_id DESC`, personID)
}

// lentElsewhere are those of the people who have agreed to another agreement at the same time.
func lentElsewhere(ctx context.Context, q db.Querier, s *Share, people []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	if len(people) == 0 {
		return out, nil
	}
	return out, db.Each(ctx, q, func(n *int64) []any { return []any{n} }, func(n *int64) error { out[*n] = true; return nil },
		`SELECT DISTINCT l.person_id FROM gig_lent l JOIN gig_share s ON s.share_id = l.share_id WHERE l.share_id <> $1 AND l.state IN ('waiting', 'consented') AND s.state IN ('proposed', 'agreed') AND s.starts <= $3 AND s.ends >= $2
		AND l.person_id IN (`+db.In(4, len(people))+`) ORDER BY l.person_id`, append([]any{s.ID, s.From, s.Until}, db.Args(people)...)...)
}

// insuredBy are those of the people whose pension an employer pays for a month: the register's word for who works there.
func insuredBy(ctx context.Context, q db.Querier, employer int64, month int, people []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	if len(people) == 0 {
		return out, nil
	}
	return out, db.Each(ctx, q, func(n *int64) []any { return []any{n} }, func(n *int64) error { out[*n] = true; return nil },
		`SELECT DISTINCT person_id FROM person_insurance WHERE employer_id = $1 AND kind = 'pension' AND from_month <= $2 AND (to_month IS NULL OR to_month >= $2) AND person_id IN (`+db.In(3, len(people))+`) ORDER BY person_id`,
		append([]any{employer, month}, db.Args(people)...)...)
}

// staffOf are some people whose pension an employer pays for a month; the demonstration's agreements are made of them.
func staffOf(ctx context.Context, q db.Querier, employer int64, month, limit int) ([]int64, error) {
	return db.All(ctx, q, func(n *int64) []any { return []any{n} }, `SELECT DISTINCT person_id FROM person_insurance WHERE employer_id = $1 AND kind = 'pension' AND from_month <= $2 AND (to_month IS NULL OR to_month >= $2)
		ORDER BY person_id LIMIT $3`, employer, month, limit)
}
