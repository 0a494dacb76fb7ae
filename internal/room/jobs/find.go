package jobs

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"

	"jiuye/internal/engine/rank"
	"jiuye/internal/engine/rank/search"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

const (
	pageSize = 20
	fitMost  = 5000 // results that are put in the order of their fit with a person; more stand in the search's own order
)

// hit is a vacancy found, with its fit when the person is known.
type hit struct {
	*Offer
	fit rank.Result
}

// order puts the best fitting first, the newest among equals; without a person all fit equally.
func order(a, b hit) int {
	return cmp.Or(cmp.Compare(b.fit.Score, a.fit.Score), cmp.Compare(a.Applied, b.Applied), b.Posted.Compare(a.Posted.Time), cmp.Compare(b.ID, a.ID))
}

// visitor is who looks for work: a registered person, or anybody.
type visitor struct {
	facts  *person.Facts // nil: not known
	seeker *rank.Seeker  // nil: not known
	league string        // whose board is shown
	home   string        // area of the home, "" when not known
	wish   Wish          // what the person has said themselves
}

func (r *Room) visitor(ctx context.Context, u web.User) (visitor, error) {
	v := visitor{league: r.Home}
	if u.Role == roleSeeker && u.PersonID != 0 {
		facts, err := r.People.FactsOf(ctx, []int64{u.PersonID})
		if err != nil {
			return v, err
		}
		if len(facts) == 1 {
			f := facts[0]
			wishes, err := r.store.wishes(ctx, []int64{f.ID})
			if err != nil {
				return v, err
			}
			atlas, err := r.atlas(ctx)
			if err != nil {
				return v, err
			}
			p := r.profileOf(f, r.today().Time)
			wishes[f.ID].into(&p, r.codeOf)
			return visitor{facts: f, seeker: atlas.Prepare(p), wish: wishes[f.ID], league: leagueOf(f.Area), home: f.Area}, nil
		}
	}
	if len(u.Area) >= 4 {
		v.league = leagueOf(u.Area)
	}
	return v, nil
}

// Card is one vacancy in a list for seekers.
type Card struct {
	ID                         int64
	Title, Employer, Pay, Work string
	Reasons                    []web.Reason
	State                      map[string]any // tag of the application, nil when there is none
	Note                       string
	Apply                      bool   // can be applied for with one tap
	More                       string // page of what goes on, with its words
	MoreText                   string
}

// listing is one page of what was found.
type listing struct {
	answer search.Answer
	hits   []hit
	next   string
	fitted bool // in the order of the fit
	fresh  bool // newest first
}

// look answers what somebody asks: in the order of the fit when the person is known, else the search's own.
func (r *Room) look(ctx context.Context, v visitor, a asked) (l listing, err error) {
	ix, err := r.found(ctx)
	if err != nil {
		return l, err
	}
	q := a.query(v, r.today())
	q.Limit, q.Facets, q.Relax = pageSize, true, true
	cursor, fits := strings.CutPrefix(a.after, "f.")
	if !fits {
		q.After = a.after
	}
	if l.answer, err = ix.Search(q); errors.Is(err, search.ErrCursor) {
		return l, fault.New(fault.Invalid, "这个翻页地址不属于现在的条件，请从第一页看起")
	} else if err != nil {
		return l, err
	}
	l.fresh = q.Newest
	if v.seeker != nil && !q.Newest && l.answer.Total <= fitMost && (fits || a.after == "") {
		return l, r.fit(ctx, ix, q, v, cursor, &l)
	}
	l.next = l.answer.Next
	ids := make([]int64, len(l.answer.Hits))
	for i, h := range l.answer.Hits {
		ids[i] = h.ID
	}
	offers, err := r.offersOf(ctx, ids)
	for _, o := range offers {
		h := hit{Offer: o}
		if v.seeker != nil {
			h.fit = v.seeker.Score(o.ranked)
		}
		l.hits = append(l.hits, h)
	}
	return l, err
}

// fit puts all that was found in the order of the person's fit and cuts out one page.
func (r *Room) fit(ctx context.Context, ix *search.Index, q search.Query, v visitor, cursor string, l *listing) error {
	l.fitted = true
	after, err := web.ParseCursor(cursor, 4)
	if err != nil {
		return err
	}
	b, err := r.board(ctx, cmp.Or(v.league, r.Home))
	if err != nil {
		return err
	}
	q.Limit, q.Facets, q.Relax = 500, false, false
	var list []hit
	var apart []int64 // in another league, or newer than the board
	for more := true; more; {
		part, err := ix.Search(q)
		if err != nil {
			return err
		}
		for _, h := range part.Hits {
			if o := b.byID[h.ID]; o != nil {
				list = append(list, hit{Offer: o})
			} else {
				apart = append(apart, h.ID)
			}
		}
		q.After, more = part.Next, part.Next != ""
	}
	offers, err := r.offersOf(ctx, apart)
	if err != nil {
		return err
	}
	for _, o := range offers {
		list = append(list, hit{Offer: o})
	}
	for i := range list {
		list[i].fit = v.seeker.Rate(list[i].ranked)
	}
	slices.SortFunc(list, order)
	if list = behind(list, after); len(list) > pageSize {
		list = list[:pageSize]
		last := list[pageSize-1]
		l.next = "f." + web.NewCursor(last.fit.Score, last.Applied, numberOfDay(last.Posted.Time), last.ID).String()
	}
	for i := range list {
		list[i].fit = v.seeker.Score(list[i].ranked)
	}
	l.hits = list
	return nil
}

// behind cuts off what stands before and at a vacancy of an earlier page. The vacancy may have gone meanwhile, so the
// cursor holds the values of the order, not only the id.
func behind(list []hit, after web.Cursor) []hit {
	if after.Start() {
		return list
	}
	last := hit{Offer: &Offer{Applied: int(after.Int(1))}, fit: rank.Result{Score: int(after.Int(0))}}
	last.ID = after.Int(3)
	last.Posted.Time = dayNumber(after.Int(2))
	return list[sort.Search(len(list), func(i int) bool { return order(list[i], last) > 0 }):]
}

func (r *Room) find(c *web.Ctx) error {
	v, err := r.visitor(c.Context(), c.User)
	if err != nil {
		return err
	}
	f := r.findForm(c, v)
	f.Fen("pay") // the other fields are chosen, from this page or another's facets
	a := askedOf(c.R.URL.Query())
	l, err := r.look(c.Context(), v, a)
	if err != nil {
		return err
	}
	cards, err := r.cards(c, v, l.hits)
	if err != nil {
		return err
	}
	paging := web.Paging{Total: int64(l.answer.Total), Shown: len(cards), First: a.after == "", Start: a.href("after", "")}
	if l.next != "" {
		paging.Next = a.href("after", l.next)
	}
	var near []Card
	if len(l.answer.Near) > 0 && l.answer.Total == 0 {
		if near, err = r.nearMisses(c, v, l.answer.Near); err != nil {
			return err
		}
	}
	say := c.T("jobs.find.newest")
	switch {
	case l.fitted:
		say = c.T("jobs.find.best")
	case !l.fresh && strings.TrimSpace(a.text) != "":
		say = c.T("jobs.find.relevant")
	}
	return c.Render("jobs/find", web.Page{Title: c.T("jobs.find.title"), Public: true, OwnHead: true, Form: f, Data: map[string]any{
		"Cards": cards, "Near": near, "Total": l.answer.Total, "Paging": paging, "Chips": r.chips(c, v, a), "Known": v.seeker != nil, "Area": area.Name(cmp.Or(a.area, v.league)),
		"Filtered": a.filtered(), "Query": a.text, "Sorting": say, "Understood": r.understood(c, a, l.answer), "Relax": relaxes(c, a, l.answer.Relax), "Facets": facets(c, a, l.answer.Facets),
		"Sorts": sorts(c, v, a, l.answer.Total), "Save": v.facts != nil && (a.filtered() || a.text != ""), "Search": a.href("after", ""), "Feed": "/jobs/feed.xml?" + a.without("after").Encode(), "Hidden": a.hidden(), "Ways": r.ways(c),
	}})
}

// cards are what was found as a list shows it, with what became of the person's applications.
func (r *Room) cards(c *web.Ctx, v visitor, list []hit) ([]Card, error) {
	states := map[int64]State{}
	if v.facts != nil {
		ids := make([]int64, len(list))
		for i, h := range list {
			ids[i] = h.ID
		}
		var err error
		if states, err = r.store.statesOf(c.Context(), v.facts.ID, ids); err != nil {
			return nil, err
		}
	}
	cards := make([]Card, len(list))
	for i, h := range list {
		cards[i] = Card{ID: h.ID, Title: h.Title, Employer: h.Employer, Pay: payText(c, h.PayLow, h.PayHigh), Work: placeText(c, h.Area, v.home),
			Reasons: brief(reasons(c, h.fit.Reasons, false))}
		if v.seeker == nil {
			cards[i].Note = c.T("jobs.needs", educationText(c, h.Education), strconv.Itoa(h.Left()))
			continue
		}
		if s := states[h.ID]; s != "" {
			cards[i].State = stateTag(c, s)
		}
		cards[i].Apply = May(Person, states[h.ID], Sent)
	}
	return cards, nil
}

// nearMisses are vacancies that miss one word of the question.
func (r *Room) nearMisses(c *web.Ctx, v visitor, list []search.Hit) ([]Card, error) {
	var ids []int64
	for _, h := range list[:min(len(list), 10)] {
		ids = append(ids, h.ID)
	}
	offers, err := r.offersOf(c.Context(), ids)
	if err != nil {
		return nil, err
	}
	var hits []hit
	for _, o := range offers {
		h := hit{Offer: o}
		if v.seeker != nil {
			h.fit = v.seeker.Score(o.ranked)
		}
		hits = append(hits, h)
	}
	return r.cards(c, v, hits)
}

// brief keeps what a list has room for: the two strongest reasons for, and the first against. The vacancy's own page has all.
func brief(list []web.Reason) []web.Reason {
	against := slices.IndexFunc(list, func(x web.Reason) bool { return x.Kind != "yes" })
	if against < 0 {
		return list[:min(2, len(list))]
	}
	return append(slices.Clone(list[:min(2, against)]), list[against])
}

// similar are vacancies like one, for its page.
func (r *Room) similar(c *web.Ctx, v visitor, id int64, in string) ([]Card, error) {
	ix, err := r.found(c.Context())
	if err != nil {
		return nil, err
	}
	list := ix.Similar(id, search.Filter{Areas: []string{in}}, 4)
	return r.nearMisses(c, v, list)
}

// chips are the filters that most people want, on or off with one tap; the others that are on can be taken off.
func (r *Room) chips(c *web.Ctx, v visitor, a asked) []web.Tab {
	offers := []struct{ name, value, text string }{
		{"pay", "3000", c.T("jobs.chip.pay", "3,000")}, {"pay", "5000", c.T("jobs.chip.pay", "5,000")},
		{"flag", "insurance", c.T("jobs.flag.insurance")}, {"flag", "housing", c.T("jobs.flag.housing")}, {"since", "7", c.T("jobs.chip.since", "7")},
	}
	if v.home != "" {
		banner := cmp.Or(v.wish.Area, area.At(v.home, area.Banner))
		offers = append([]struct{ name, value, text string }{{"area", banner, area.Short(banner)}}, offers...)
	}
	var list []web.Tab
	seen := url.Values{}
	for _, o := range offers {
		seen.Add(o.name, o.value)
		list = append(list, web.Tab{Text: o.text, Current: slices.Contains(a.q[o.name], o.value), Href: a.toggle(o.name, o.value)})
	}
	for _, d := range dims {
		for _, value := range a.q[d.name] {
			if value != "" && !slices.Contains(seen[d.name], value) {
				list = append([]web.Tab{{Text: d.text(c, value), Current: true, Href: a.toggle(d.name, value)}}, list...)
			}
		}
	}
	return list
}
