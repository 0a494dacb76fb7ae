package outwork

import (
	"context"
	"embed"
	"math"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "outwork", FS: schemaFiles}

// latest is where a list that goes from the newest back begins.
const latest = int64(math.MaxInt64)

// stale is the fault of a write whose page has been overtaken.
var stale = fault.New(fault.Conflict, "这一项刚刚被别人修改过，请看过现在的样子再办")

func changed(n int64, err error) error {
	if err == nil && n == 0 {
		return stale
	}
	return err
}

const agreementColumns = `agreement_id, area, kind, partner, partner_code, number, signed, until, contacts, promised, note, by_name, version`

type storedAgreement struct {
	Agreement
	contacts []byte
}

func (s *storedAgreement) fields() []any {
	return []any{&s.ID, &s.Area, &s.Kind, &s.Partner, &s.PartnerCode, &s.Number, &s.Signed, &s.Until, &s.contacts, &s.Promised, &s.Note, &s.By, &s.Version}
}

func (r *Room) insertAgreement(ctx context.Context, tx *db.Tx, a *Agreement) error {
	_, err := tx.Exec(ctx, `INSERT INTO outwork_agreement (`+agreementColumns+`) VALUES (`+db.In(1, 13)+`)`, a.ID, a.Area, a.Kind, a.Partner, a.PartnerCode, a.Number, a.Signed, a.Until,
		r.Sealer.Seal(a.Contacts), a.Promised, a.Note, a.By, a.Version)
	return err
}

func (r *Room) updateAgreement(ctx context.Context, tx *db.Tx, a *Agreement, version int64) error {
	return changed(tx.Exec(ctx, `UPDATE outwork_agreement SET kind = $2, partner = $3, partner_code = $4, number = $5, signed = $6, until = $7, contacts = $8, promised = $9, note = $10, by_name = $11, version = version + 1
		WHERE agreement_id = $1 AND version = $12`, a.ID, a.Kind, a.Partner, a.PartnerCode, a.Number, a.Signed, a.Until, r.Sealer.Seal(a.Contacts), a.Promised, a.Note, a.By, version))
}

func (r *Room) agreementByID(ctx context.Context, q db.Querier, id int64) (Agreement, error) {
	s, found, err := db.One(ctx, q, (*storedAgreement).fields, `SELECT `+agreementColumns+` FROM outwork_agreement WHERE agreement_id = $1 ORDER BY agreement_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这份协作协议")
	}
	if err != nil {
		return Agreement{}, err
	}
	s.Contacts, err = r.Sealer.Open(s.contacts)
	return s.Agreement, err
}

// agreements lists an area's, those that end first behind (until, id). Contacts stay sealed.
func (r *Room) agreements(ctx context.Context, area string, after db.Date, afterID int64, limit int) ([]Agreement, error) {
	low, high := db.Under(area)
	rows, err := db.All(ctx, r.DB, (*storedAgreement).fields, `SELECT `+agreementColumns+` FROM outwork_agreement WHERE area >= $1 AND area < $2 AND (until, agreement_id) > ($3, $4)
		ORDER BY until, agreement_id LIMIT $5`, low, high, after, afterID, limit)
	list := make([]Agreement, len(rows))
	for i := range rows {
		list[i] = rows[i].Agreement
	}
	return list, err
}

// standing counts an area's agreements that are not over, and of these those that end before a day.
func (r *Room) standing(ctx context.Context, area string, today, soon db.Date) (valid, ending int64, err error) {
	type pair struct{ valid, ending int64 }
	low, high := db.Under(area)
	p, _, err := db.One(ctx, r.DB, func(p *pair) []any { return []any{&p.valid, &p.ending} }, `SELECT count(*), coalesce(sum(CASE WHEN until < $4 THEN 1 ELSE 0 END), 0)
		FROM outwork_agreement WHERE area >= $1 AND area < $2 AND until >= $3`, low, high, today, soon)
	return p.valid, p.ending, err
}

const brokerColumns = `broker_id, area, name, phone, mark, why, marked_on, since, by_name, version`

type storedBroker struct {
	Broker
	phone []byte
}

func (s *storedBroker) fields() []any {
	return []any{&s.ID, &s.Area, &s.Name, &s.phone, &s.Mark, &s.Why, &s.MarkedOn, &s.Since, &s.By, &s.Version}
}

func (r *Room) insertBroker(ctx context.Context, tx *db.Tx, b *Broker) error {
	_, err := tx.Exec(ctx, `INSERT INTO outwork_broker (`+brokerColumns+`) VALUES (`+db.In(1, 10)+`)`, b.ID, b.Area, b.Name, r.Sealer.Seal(b.Phone), b.Mark, b.Why, b.MarkedOn, b.Since, b.By, b.Version)
	return err
}

func markBroker(ctx context.Context, tx *db.Tx, b *Broker, version int64) error {
	return changed(tx.Exec(ctx, `UPDATE outwork_broker SET mark = $2, why = $3, marked_on = $4, by_name = $5, version = version + 1 WHERE broker_id = $1 AND version = $6`, b.ID, b.Mark, b.Why, b.MarkedOn, b.By, version))
}

func (r *Room) brokerByID(ctx context.Context, q db.Querier, id int64) (Broker, error) {
	list, err := r.openBrokers(db.All(ctx, q, (*storedBroker).fields, `SELECT `+brokerColumns+` FROM outwork_broker WHERE broker_id = $1 ORDER BY broker_id`, id))
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "没有这位劳务经纪人")
	}
	if err != nil {
		return Broker{}, err
	}
	return list[0], nil
}

func (r *Room) brokers(ctx context.Context, area string, after int64, limit int) ([]Broker, error) {
	low, high := db.Under(area)
	return r.openBrokers(db.All(ctx, r.DB, (*storedBroker).fields, `SELECT `+brokerColumns+` FROM outwork_broker WHERE area >= $1 AND area < $2 AND broker_id > $3 ORDER BY broker_id LIMIT $4`, low, high, after, limit))
}

func (r *Room) openBrokers(rows []storedBroker, err error) ([]Broker, error) {
	list := make([]Broker, len(rows))
	for i := range rows {
		if err == nil {
			rows[i].Phone, err = r.Sealer.Open(rows[i].phone)
		}
		list[i] = rows[i].Broker
	}
	return list, err
}
