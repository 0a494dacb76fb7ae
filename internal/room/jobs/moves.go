package jobs

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"jiuye/internal/engine/rank"
	"jiuye/internal/ground/db"
)

const (
	movesYears = 10 // changes of occupation older than that say little of today's
	movesDays  = 7  // how old a count of them may be
)

// atlases keeps what is known of occupations as a whole, until it is counted anew.
type atlases struct {
	mu      sync.Mutex
	version int64
	atlas   *rank.Atlas
}

// atlas is what is known of occupations: observed moves between them, and their names. The coder is ready afterwards.
func (r *Room) atlas(ctx context.Context) (*rank.Atlas, error) {
	if err := r.codeTitles(ctx); err != nil {
		return nil, err
	}
	version, _, err := r.store.movesCounted(ctx)
	if err != nil {
		return nil, err
	}
	k := &r.atlases
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.atlas != nil && k.version == version {
		return k.atlas, nil
	}
	list, err := r.store.moves(ctx)
	if err != nil {
		return nil, err
	}
	k.version, k.atlas = version, &rank.Atlas{Moves: rank.NewMoves(list), Name: r.className}
	return k.atlas, nil
}

// className is the name of an occupation or class; the coder is ready.
func (r *Room) className(code string) string {
	r.coding.mu.Lock()
	defer r.coding.mu.Unlock()
	if r.coding.coder == nil {
		return ""
	}
	class, _ := r.coding.coder.Table().Find(code)
	return class.Name
}

// countMoves counts the register's changes of occupation, unless that was done this week.
func (r *Room) countMoves(ctx context.Context) error {
	_, day, err := r.store.movesCounted(ctx)
	if err != nil || !day.IsZero() && r.today().Before(day.AddDate(0, 0, movesDays)) {
		return err
	}
	if err := r.codeTitles(ctx); err != nil {
		return err
	}
	seen, err := r.People.Moves(ctx, db.On(r.today().AddDate(-movesYears, 0, 0)))
	if err != nil {
		return err
	}
	counts := map[[2]string]int64{}
	for _, m := range seen {
		if from, to := r.codeOf(m.From, ""), r.codeOf(m.To, ""); from != "" && to != "" && from != to {
			counts[[2]string{from, to}] += m.Count
		}
	}
	list := make([]rank.Move, 0, len(counts))
	for k, n := range counts {
		list = append(list, rank.Move{From: k[0], To: k[1], Count: n})
	}
	slices.SortFunc(list, func(a, b rank.Move) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.store.putMoves(ctx, tx, r.IDs.Next(), r.today(), list) })
}
