package grant

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
)

const fundColumns = `fund_id, area, source, year, policy_id, name, budget, available, committed, sent, paid`

func (f *Fund) fields() []any {
	return []any{&f.ID, &f.Area, &f.Source, &f.Year, &f.PolicyID, &f.Name, &f.Budget, &f.Available, &f.Committed, &f.AtBank, &f.Paid}
}

// pots are the columns; Out has none.
var pots = map[Pot]string{Available: "available", Committed: "committed", AtBank: "sent", PaidOut: "paid"}

// shift moves an amount between two pots; false when the first does not hold it, or there is no such fund.
func (s store) shift(ctx context.Context, tx *db.Tx, fund int64, k Kind, fen int64) (bool, error) {
	sets, guard := "", ""
	if from, ok := pots[k.From]; ok {
		sets, guard = from+" = "+from+" - $1", " AND "+from+" >= $1"
	} else {
		sets = "budget = budget + $1"
	}
	if to, ok := pots[k.To]; ok {
		sets += ", " + to + " = " + to + " + $1"
	} else {
		sets += ", budget = budget - $1"
	}
	n, err := tx.Exec(ctx, `UPDATE grant_fund SET `+sets+` WHERE fund_id = $2`+guard, fen, fund)
	return n == 1, err
}

func (s store) fund(ctx context.Context, q db.Querier, id int64) (Fund, error) {
	f, found, err := db.One(ctx, q, (*Fund).fields, `SELECT `+fundColumns+` FROM grant_fund WHERE fund_id = $1 ORDER BY fund_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这项资金")
	}
	return f, err
}

// keepFund makes a fund that there is not yet, empty.
func (s store) keepFund(ctx context.Context, tx *db.Tx, f *Fund) error {
	_, err := tx.Exec(ctx, `INSERT INTO grant_fund (`+fundColumns+`) VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, 0) ON CONFLICT (fund_id) DO NOTHING`,
		f.ID, f.Area, f.Source, f.Year, f.PolicyID, f.Name)
	return err
}

// funds lists the funds of an area's subtree in a year.
func (s store) funds(ctx context.Context, code string, year int) ([]Fund, error) {
	low, high := db.Under(code)
	return db.All(ctx, s.db, (*Fund).fields, `SELECT `+fundColumns+` FROM grant_fund WHERE area >= $1 AND area < $2 AND year = $3 ORDER BY area, fund_id`, low, high, year)
}

// fundsAbove lists the funds of an area and of the levels above it, the nearest first.
func (s store) fundsAbove(ctx context.Context, code string, year int) ([]Fund, error) {
	return s.fundsAboveIn(ctx, s.db, code, year)
}

func (s store) fundsAboveIn(ctx context.Context, q db.Querier, code string, year int) ([]Fund, error) {
	args := []any{year}
	for _, level := range []int{area.Region, area.League, area.Banner} {
		args = append(args, area.At(code, level))
	}
	return db.All(ctx, q, (*Fund).fields, `SELECT `+fundColumns+` FROM grant_fund WHERE year = $1 AND area IN ($2, $3, $4) ORDER BY length(area) DESC, fund_id`, args...)
}

func (s store) addEntries(ctx context.Context, tx *db.Tx, next func() int64, list []Movement) error {
	rows := make([][]any, len(list))
	for i, m := range list {
		rows[i] = []any{m.FundID, next(), m.Kind, string(m.From), string(m.To), m.Amount, m.OwnerID, m.GrantID, m.On, m.ByID, m.ByName, m.Note}
	}
	return tx.Copy(ctx, "grant_entry", []string{"fund_id", "entry_id", "kind", "from_pot", "to_pot", "amount", "owner_id", "grant_id", "on_day", "by_id", "by_name", "note"}, rows)
}

// entries lists a fund's movements, the newest first.
func (s store) entries(ctx context.Context, fund, below int64, limit int) ([]Movement, error) {
	if below <= 0 {
		below = 1<<63 - 1
	}
	return db.All(ctx, s.db, func(m *Movement) []any {
		return []any{&m.FundID, &m.ID, &m.Kind, &m.From, &m.To, &m.Amount, &m.OwnerID, &m.GrantID, &m.On, &m.ByID, &m.ByName, &m.Note}
	}, `SELECT fund_id, entry_id, kind, from_pot, to_pot, amount, owner_id, grant_id, on_day, by_id, by_name, note FROM grant_entry
		WHERE fund_id = $1 AND entry_id < $2 ORDER BY entry_id DESC LIMIT $3`, fund, below, limit)
}
