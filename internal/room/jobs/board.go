package jobs

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"jiuye/internal/engine/rank"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/area/refdata"
	"jiuye/internal/register/employer"
)

// Offer is an open vacancy as lists show it.
type Offer struct {
	employer.Vacancy
	Employer string
	Applied  int // people who applied and did not withdraw
	Hired    int

	ranked rank.Vacancy
	words  string // what text search looks through
}

// Left is how many openings are still free.
func (o *Offer) Left() int { return max(0, o.Openings-o.Hired) }

// board is the open vacancies of an area as they stood at a moment, ready to be searched and ranked. It does not change.
type board struct {
	made   time.Time
	offers []*Offer // in the order of ids
	byID   map[int64]*Offer
	index  *rank.Index
}

// fresh is how long a board may be shown. What somebody decides on (a vacancy's page, an application) is read anew.
const fresh = 20 * time.Second

// boards keeps the latest board of each area.
type boards struct {
	mu     sync.Mutex
	kept   map[string]*board
	finder *finder // is to look as well
}

// forget makes the next reader look anew, after something was written here.
func (b *boards) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kept = nil
	if b.finder != nil {
		b.finder.written.Add(1)
	}
}

// board is the open vacancies of an area's subtree, at most some seconds old.
func (r *Room) board(ctx context.Context, code string) (*board, error) {
	now := r.Clock.Now()
	r.boards.mu.Lock()
	b := r.boards.kept[code]
	r.boards.mu.Unlock()
	if b != nil && now.Sub(b.made) < fresh && !now.Before(b.made) {
		return b, nil
	}
	b, err := r.readBoard(ctx, code)
	if err != nil {
		return nil, err
	}
	r.boards.mu.Lock()
	defer r.boards.mu.Unlock()
	if r.boards.kept == nil {
		r.boards.kept = map[string]*board{}
	}
	r.boards.kept[code] = b
	return b, nil
}

func (r *Room) readBoard(ctx context.Context, code string) (*board, error) {
	b := &board{made: r.Clock.Now(), byID: map[int64]*Offer{}}
	err := r.Employers.EachOpen(ctx, code, r.today(), func(v *employer.Vacancy) error {
		o := &Offer{Vacancy: *v}
		b.offers = append(b.offers, o)
		b.byID[v.ID] = o
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := r.dress(ctx, b.offers); err != nil {
		return nil, err
	}
	if err := r.conceal(ctx, b); err != nil {
		return nil, err
	}
	ranked := make([]rank.Vacancy, len(b.offers))
	for i, o := range b.offers {
		ranked[i] = o.ranked
	}
	b.index = rank.NewIndex(ranked)
	return b, nil
}

// conceal takes what is hidden off a board.
func (r *Room) conceal(ctx context.Context, b *board) error {
	ids := make([]int64, len(b.offers))
	for i, o := range b.offers {
		ids[i] = o.ID
	}
	hidden, err := r.store.concealed(ctx, ids)
	if err != nil || len(hidden) == 0 {
		return err
	}
	b.offers = slices.DeleteFunc(b.offers, func(o *Offer) bool { return hidden[o.ID] })
	for id := range hidden {
		delete(b.byID, id)
	}
	return nil
}

// offersOf are vacancies by their ids, in that order, as lists show them; those that are gone are left out.
func (r *Room) offersOf(ctx context.Context, ids []int64) ([]*Offer, error) {
	list, err := r.Employers.Vacancies(ctx, r.DB, ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]*Offer, len(list))
	out := make([]*Offer, 0, len(list))
	for _, v := range list {
		byID[v.ID] = &Offer{Vacancy: v}
	}
	for _, id := range ids {
		if o := byID[id]; o != nil {
			out = append(out, o)
		}
	}
	return out, r.dress(ctx, out)
}

// dress adds to vacancies what other tables know of them: the employer's name, and how many applied.
func (r *Room) dress(ctx context.Context, offers []*Offer) error {
	if slices.ContainsFunc(offers, func(o *Offer) bool { return o.Code == "" }) {
		if err := r.codeTitles(ctx); err != nil {
			return err
		}
	}
	var employers, ids []int64
	seen := map[int64]bool{}
	for _, o := range offers {
		ids = append(ids, o.ID)
		if !seen[o.EmployerID] {
			seen[o.EmployerID] = true
			employers = append(employers, o.EmployerID)
		}
	}
	names, err := r.Employers.Names(ctx, employers)
	if err != nil {
		return err
	}
	counts, err := r.store.counts(ctx, ids)
	if err != nil {
		return err
	}
	for _, o := range offers {
		o.Employer = names[o.EmployerID]
		o.Applied, o.Hired = counts[o.ID].applied, counts[o.ID].hired
		o.words = strings.ToLower(o.Title + "\n" + o.Occupation + "\n" + o.Employer)
		o.ranked = r.ranked(o)
	}
	return nil
}

// placeOf measures from the seat of the banner an area lies in.
func placeOf(code string) rank.Place {
	p, ok := refdata.Seat(code)
	return rank.Place{Area: code, Lon: p.Lon, Lat: p.Lat, Known: ok}
}

// leagueOf is the league a person or vacancy belongs to, where recommendations end.
func leagueOf(code string) string { return area.At(code, area.League) }

func (r *Room) today() db.Date { return db.On(r.Clock.Today()) }
