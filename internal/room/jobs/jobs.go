package jobs

import (
	"context"
	"net/http"

	"jiuye/internal/engine/rank"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

// Deps is what the room stands on.
type Deps struct {
	DB        *db.DB
	People    *person.Store
	Employers *employer.Store
	Clock     clock.Clock
	IDs       *id.Maker
	Audit     *audit.Log
	Home      string // area whose vacancies strangers see; "": the whole region

	Messages *message.Service           // nil: nobody is told
	Clients  *account.Clients           // programs that may bring vacancies; nil: none
	Reports  Reports                    // nil: adverts cannot be reported here
	Wages    Wages                      // nil: no minimum wage is known
	Beside   []Beside                   // other ways to work, shown with the search
	Address  func(*http.Request) string // where a call comes from; nil: the connection's other end

	// Consents tells who may be recommended to employers; nil: nobody is asked. Officers see everybody.
	Consents Consents
}

// Consents tells which of the people allow that employers see them as recommended.
type Consents interface {
	Allowed(ctx context.Context, personIDs []int64) (map[int64]bool, error)
}

// Reports takes what people say about an advert: fees asked for, false pay, conditions that the law forbids.
type Reports interface {
	// Report files one. what is a code of ReportKinds; the key makes a second click nothing.
	Report(ctx context.Context, who web.User, vacancyID int64, what, text, key string) error
}

// Room is the jobs room.
type Room struct {
	Deps
	store  store
	boards boards
	finder finder
	calls  calls
	coding coding
	paces  paceOf

	atlases atlases
}

// New makes the room.
func New(d Deps) *Room {
	if d.Home == "" {
		d.Home = "15"
	}
	r := &Room{Deps: d, store: store{d.DB}}
	r.boards.finder = &r.finder
	return r
}

// Line is one recommended vacancy as another room shows it in a person's file.
type Line struct {
	VacancyID int64
	Title     string
	Employer  string
	Pay       string        // "3,200～4,000 元"
	Km        int           // between the banners' seats; 0 within the person's own banner, -1 when not known
	Score     int           // 0 to 1,000
	Reasons   []rank.Reason // about the person, not to the person
}

// Lines are the n vacancies recommended to a person: those of the last run that are still open or, for people it did not
// look at, the best of the moment.
func (r *Room) Lines(ctx context.Context, personID int64, n int) ([]Line, error) {
	facts, err := r.People.FactsOf(ctx, []int64{personID})
	if err != nil || len(facts) == 0 {
		return nil, err
	}
	f := facts[0]
	b, err := r.board(ctx, leagueOf(f.Area))
	if err != nil {
		return nil, err
	}
	list, err := r.recommendations(ctx, f, b)
	if err != nil {
		return nil, err
	}
	out := make([]Line, 0, n)
	for _, m := range list[:min(n, len(list))] {
		o := b.byID[m.ID]
		out = append(out, Line{VacancyID: o.ID, Title: o.Title, Employer: o.Employer, Pay: pay(o.PayLow, o.PayHigh),
			Km: km(f.Area, o.Area), Score: m.Score, Reasons: about(m.Reasons)})
	}
	return out, nil
}

// recommendations are a person's vacancies of a board, best first; none for people who look for no work.
func (r *Room) recommendations(ctx context.Context, f *person.Facts, b *board) ([]rank.Result, error) {
	kept, err := r.store.matchesOf(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	var list []rank.Result
	for i := range kept {
		if o := b.byID[kept[i].VacancyID]; o != nil && o.Left() > 0 {
			list = append(list, rank.Result{ID: o.ID, Score: kept[i].Score, Reasons: kept[i].Reasons()})
		}
	}
	if len(list) == 0 && seeking(f, r.today().Time) {
		atlas, err := r.atlas(ctx)
		if err != nil {
			return nil, err
		}
		profiles, err := r.profiles(ctx, []*person.Facts{f})
		if err != nil {
			return nil, err
		}
		list = atlas.Prepare(profiles[0]).Top(b.index, perPerson)
	}
	return list, nil
}

// about turns reasons into words for others than the person.
func about(list []rank.Reason) []rank.Reason {
	out := make([]rank.Reason, len(list))
	for i, r := range list {
		out[i] = r.About()
	}
	return out
}

// pay writes a monthly range for people: 3,200～4,000 元; nothing for 面议.
func pay(low, high int64) string {
	switch high = max(low, high); {
	case high <= 0:
		return ""
	case low == high || low <= 0:
		return lang.Fen(high) + " 元"
	}
	return lang.Fen(low) + "～" + lang.Fen(high) + " 元"
}

// km is the distance between two areas' banner seats, -1 when not known.
func km(a, b string) int {
	d, ok := rank.Km(placeOf(a), placeOf(b))
	if !ok {
		return -1
	}
	return int(d + .5)
}
