package plan

import (
	"context"
	"encoding/json"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/ground/db"
)

// addDocument keeps an uploaded document and what it proposes.
func (s store) addDocument(ctx context.Context, tx *db.Tx, plan, area string, d plandoc.Draft, list []Proposal, at int64, by string) error {
	body, err := json.Marshal(d)
	if err != nil {
		return err
	}
	if err := tx.Copy(ctx, "plan_document", []string{"plan", "area", "draft", "at", "by_name"}, [][]any{{plan, area, string(body), at, by}}); err != nil {
		return err
	}
	return s.saveProposals(ctx, tx, plan, list)
}

// dropDocument deletes a document and what it proposes.
func (s store) dropDocument(ctx context.Context, tx *db.Tx, plan string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM plan_proposal WHERE plan = $1`, plan); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM plan_document WHERE plan = $1`, plan)
	return err
}

// saveProposals overwrites proposals.
func (s store) saveProposals(ctx context.Context, tx *db.Tx, plan string, list []Proposal) error {
	rows := make([][]any, len(list))
	for i, p := range list {
		body, err := json.Marshal(p)
		if err != nil {
			return err
		}
		rows[i] = []any{plan, p.No, string(body)}
	}
	return tx.Upsert(ctx, "plan_proposal", []string{"plan", "no", "body"}, []string{"plan", "no"}, rows)
}

// document reads a document as it was read.
func (s store) document(ctx context.Context, plan string) (d plandoc.Draft, found bool, err error) {
	body, found, err := db.One(ctx, s.db, func(v *string) []any { return []any{v} }, `SELECT draft FROM plan_document WHERE plan = $1 ORDER BY plan`, plan)
	if err != nil || !found {
		return d, found, err
	}
	return d, true, json.Unmarshal([]byte(body), &d)
}

// proposals reads what a document proposes.
func (s store) proposals(ctx context.Context, q db.Querier, plan string) ([]Proposal, error) {
	var out []Proposal
	err := db.Each(ctx, q, func(v *string) []any { return []any{v} }, func(v *string) error {
		var p Proposal
		if err := json.Unmarshal([]byte(*v), &p); err != nil {
			return err
		}
		out = append(out, p)
		return nil
	}, `SELECT body FROM plan_proposal WHERE plan = $1 ORDER BY no`, plan)
	return out, err
}
