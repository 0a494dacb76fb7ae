package jobs

import (
	"context"

	"jiuye/internal/engine/rank"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

// Wish is the work that a person looks for, as they say themselves. It comes before what departments have registered, which
// stays as it is.
type Wish struct {
	PersonID   int64
	Occupation string
	Pay        int64  // fen a month at least; 0: not said
	Area       string // where; "": anywhere in the league
	Km         int    // from home at most; 0: not said
	Hours      string // key of employer.Hours; "": any
	UpdatedAt  int64
	Version    int64
}

// Said tells whether the person has said anything.
func (w Wish) Said() bool { return w.Version > 0 }

// into puts a person's own wish into what ranking knows of them.
func (w Wish) into(p *rank.Profile, code func(title, work string) string) {
	if w.Occupation != "" {
		p.Wish = []rank.Work{{Code: code(w.Occupation, ""), Name: w.Occupation}}
	}
	if w.Pay > 0 {
		p.Pay, p.Floor = w.Pay, w.Pay
	}
	p.Radius, p.Hours = w.Km, hours[w.Hours]
	p.Willing = p.Willing || w.Said()
}

// SetWish keeps what a person wants.
func (r *Room) SetWish(ctx context.Context, who web.User, w Wish, key string) error {
	personID, err := asPerson(who)
	if err != nil {
		return err
	}
	w.PersonID, w.UpdatedAt = personID, r.Clock.Now().UnixMilli()
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		ok, err := r.store.setWish(ctx, tx, w)
		if err == nil && !ok {
			err = fault.New(fault.Conflict, "求职意向刚才在别处改过，这次没有保存。请核对后再改")
		}
		return err
	})
}
