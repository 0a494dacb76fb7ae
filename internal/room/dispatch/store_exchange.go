package dispatch

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const needColumns = `need_id, employer_id, name, area, service, occupation, people, text, until, state, offer_id, contract, signed, brought, result, by_name, version`

func (n *Need) fields() []any {
	return []any{&n.ID, &n.EmployerID, &n.Name, &n.Area, &n.Service, &n.Occupation, &n.People, &n.Text, &n.Until, &n.State, &n.OfferID, &n.Contract, &n.Signed, &n.Brought, &n.Result, &n.By, &n.Version}
}

func addNeed(ctx context.Context, tx *db.Tx, n *Need) error {
	_, err := tx.Exec(ctx, `INSERT INTO dispatch_need (`+needColumns+`) VALUES (`+db.In(1, 17)+`)`, n.ID, n.EmployerID, n.Name, n.Area, n.Service, n.Occupation, n.People, n.Text, n.Until, n.State, n.OfferID, n.Contract,
		n.Signed, n.Brought, n.Result, n.By, int64(1))
	return err
}

// saveNeed writes where a need stands. Faults: Conflict.
func saveNeed(ctx context.Context, tx *db.Tx, n *Need, version int64) error {
	changed, err := tx.Exec(ctx, `UPDATE dispatch_need SET state = $2, offer_id = $3, contract = $4, signed = $5, brought = $6, result = $7, version = version + 1 WHERE need_id = $1 AND version = $8`,
		n.ID, n.State, n.OfferID, n.Contract, n.Signed, n.Brought, n.Result, version)
	if err == nil && changed == 0 {
		err = fault.New(fault.Conflict, "这项需求刚刚被修改过，请看过现在的样子再办")
	}
	return err
}

func needByID(ctx context.Context, q db.Querier, id int64) (Need, error) {
	n, found, err := db.One(ctx, q, (*Need).fields, `SELECT `+needColumns+` FROM dispatch_need WHERE need_id = $1 ORDER BY need_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这项需求")
	}
	return n, err
}

// needs lists an area's needs in a state ("": all), the latest first, before an id.
func needs(ctx context.Context, q db.Querier, area, state string, before int64, limit int) ([]Need, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*Need).fields, `SELECT `+needColumns+` FROM dispatch_need WHERE area >= $1 AND area < $2 AND ($3 = '' OR state = $4) AND need_id < $5 ORDER BY need_id DESC LIMIT $6`, low, high, state, state, before, limit)
}

// openNeeds lists what is open everywhere on a day, the latest first, before an id: agencies see these.
func openNeeds(ctx context.Context, q db.Querier, today db.Date, before int64, limit int) ([]Need, error) {
	return db.All(ctx, q, (*Need).fields, `SELECT `+needColumns+` FROM dispatch_need WHERE state = 'open' AND until >= $1 AND need_id < $2 ORDER BY need_id DESC LIMIT $3`, today, before, limit)
}

func needsOf(ctx context.Context, q db.Querier, employerID int64, limit int) ([]Need, error) {
	return db.All(ctx, q, (*Need).fields, `SELECT `+needColumns+` FROM dispatch_need WHERE employer_id = $1 ORDER BY need_id DESC LIMIT $2`, employerID, limit)
}

const offerColumns = `need_id, offer_id, agency_id, name, people, fee, days, text, grade, by_name, at`

func (o *Offer) fields() []any {
	return []any{&o.NeedID, &o.ID, &o.AgencyID, &o.Name, &o.People, &o.Fee, &o.Days, &o.Text, &o.Grade, &o.By, &o.At}
}

func addOffer(ctx context.Context, tx *db.Tx, o *Offer) error {
	_, err := tx.Exec(ctx, `INSERT INTO dispatch_offer (`+offerColumns+`) VALUES (`+db.In(1, 11)+`)`, o.NeedID, o.ID, o.AgencyID, o.Name, o.People, o.Fee, o.Days, o.Text, o.Grade, o.By, o.At)
	return err
}

func offersOf(ctx context.Context, q db.Querier, need int64) ([]Offer, error) {
	return db.All(ctx, q, (*Offer).fields, `SELECT `+offerColumns+` FROM dispatch_offer WHERE need_id = $1 ORDER BY offer_id`, need)
}

// countOffers counts the offers of some needs.
func countOffers(ctx context.Context, q db.Querier, list []Need) (map[int64]int64, error) {
	type pair struct{ need, n int64 }
	out := map[int64]int64{}
	if len(list) == 0 {
		return out, nil
	}
	args := make([]any, len(list))
	for i := range list {
		args[i] = list[i].ID
	}
	err := db.Each(ctx, q, func(p *pair) []any { return []any{&p.need, &p.n} }, func(p *pair) error { out[p.need] = p.n; return nil },
		`SELECT need_id, count(*) FROM dispatch_offer WHERE need_id IN (`+db.In(1, len(args))+`) GROUP BY need_id ORDER BY need_id`, args...)
	return out, err
}
