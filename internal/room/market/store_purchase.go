package market

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const purchaseColumns = `purchase_id, agency_id, area, title, item, number, amount, paid, starts, ends, by_name, by_id, version`

func (p *Purchase) fields() []any {
	return []any{&p.ID, &p.AgencyID, &p.Area, &p.Title, &p.Item, &p.Number, &p.Amount, &p.Paid, &p.From, &p.Until, &p.By, &p.ById, &p.Version}
}

func insertPurchase(ctx context.Context, tx *db.Tx, p *Purchase) error {
	_, err := tx.Exec(ctx, `INSERT INTO market_purchase (`+purchaseColumns+`) VALUES (`+db.In(1, 13)+`)`, p.ID, p.AgencyID, p.Area, p.Title, p.Item, p.Number, p.Amount, p.Paid, p.From, p.Until, p.By, p.ById, p.Version)
	return err
}

// touch counts a change of a purchase and what is told of its payment. Faults: Conflict when somebody else was faster.
func touch(ctx context.Context, tx *db.Tx, p *Purchase, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE market_purchase SET paid = $2, version = version + 1 WHERE purchase_id = $1 AND version = $3`, p.ID, p.Paid, version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这份合同刚刚有了变化，请看过现在的样子再办")
	}
	return err
}

func purchaseByID(ctx context.Context, q db.Querier, id int64) (Purchase, error) {
	p, found, err := db.One(ctx, q, (*Purchase).fields, `SELECT `+purchaseColumns+` FROM market_purchase WHERE purchase_id = $1 ORDER BY purchase_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这份购买服务合同")
	}
	return p, err
}

func (r *Room) purchases(ctx context.Context, area string, below int64, limit int) ([]Purchase, error) {
	low, high := db.Under(area)
	return db.All(ctx, r.DB, (*Purchase).fields, `SELECT `+purchaseColumns+` FROM market_purchase WHERE area >= $1 AND area < $2 AND purchase_id < $3 ORDER BY purchase_id DESC LIMIT $4`, low, high, below, limit)
}

func (r *Room) purchasesFrom(ctx context.Context, agencyID int64) ([]Purchase, error) {
	return db.All(ctx, r.DB, (*Purchase).fields, `SELECT `+purchaseColumns+` FROM market_purchase WHERE agency_id = $1 ORDER BY purchase_id DESC`, agencyID)
}

const deliverableColumns = `purchase_id, deliverable_id, what, quantity, unit, due, amount, state, done, note, submitted_by, submitter, acceptor, day`

func (d *Deliverable) fields() []any {
	return []any{&d.PurchaseID, &d.ID, &d.What, &d.Quantity, &d.Unit, &d.Due, &d.Amount, &d.State, &d.Done, &d.Note, &d.SubmittedBy, &d.Submitter, &d.Acceptor, &d.On}
}

// deliverables are those of purchases, by purchase.
func deliverables(ctx context.Context, q db.Querier, list []Purchase) (map[int64][]Deliverable, error) {
	out := map[int64][]Deliverable{}
	if len(list) == 0 {
		return out, nil
	}
	args := make([]any, len(list))
	for i := range list {
		args[i] = list[i].ID
	}
	err := db.Each(ctx, q, (*Deliverable).fields, func(d *Deliverable) error { out[d.PurchaseID] = append(out[d.PurchaseID], *d); return nil },
		`SELECT `+deliverableColumns+` FROM market_deliverable WHERE purchase_id IN (`+db.In(1, len(list))+`) ORDER BY due, deliverable_id`, args...)
	return out, err
}

func putDeliverable(ctx context.Context, tx *db.Tx, d *Deliverable) error {
	return tx.Upsert(ctx, "market_deliverable", []string{"purchase_id", "deliverable_id", "what", "quantity", "unit", "due", "amount", "state", "done", "note", "submitted_by", "submitter", "acceptor", "day"},
		[]string{"purchase_id", "deliverable_id"}, [][]any{{d.PurchaseID, d.ID, d.What, d.Quantity, d.Unit, d.Due, d.Amount, d.State, d.Done, d.Note, d.SubmittedBy, d.Submitter, d.Acceptor, d.On}})
}

// needs are those of an area's subtree that still stand on a day.
func (r *Room) needs(ctx context.Context, area string, on db.Date, after int64, limit int) ([]Need, error) {
	low, high := db.Under(area)
	type row struct {
		Need
		offer, closed int64
	}
	var out []Need
	err := db.Each(ctx, r.DB, func(n *row) []any {
		return []any{&n.ID, &n.Side, &n.Name, &n.Area, &n.offer, &n.Text, &n.Phone, &n.Until, &n.closed, &n.ById}
	}, func(n *row) error {
		n.Offer, n.Closed = n.offer == 1, n.closed == 1
		out = append(out, n.Need)
		return nil
	},
		`SELECT need_id, side, name, area, offer, text, phone, until_day, closed, by_id FROM market_need WHERE area >= $1 AND area < $2 AND until_day >= $3 AND closed = 0 AND need_id > $4
		ORDER BY need_id LIMIT $5`, low, high, on, after, limit)
	return out, err
}

func addNeed(ctx context.Context, tx *db.Tx, n *Need) error {
	_, err := tx.Exec(ctx, `INSERT INTO market_need (need_id, side, name, area, offer, text, phone, until_day, closed, by_id) VALUES (`+db.In(1, 10)+`)`,
		n.ID, n.Side, n.Name, n.Area, bit(n.Offer), n.Text, n.Phone, n.Until, bit(n.Closed), n.ById)
	return err
}
