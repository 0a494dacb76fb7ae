package jobs

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"

	"jiuye/internal/engine/rank"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

const pageSize = 20

// query is what somebody looks for; zero fields let everything through.
type query struct {
	words     []string
	area      string // subtree of the work
	pay       int64  // fen a month at least, at the upper end
	education int    // what the person has, as person.Educations
	km        int    // at most, from home
	home      string
}

func (q *query) admits(o *Offer) bool {
	for _, w := range q.words {
		if !strings.Contains(o.words, w) {
			return false
		}
	}
	if q.km > 0 && q.home != "" {
		if d := km(q.home, o.Area); d < 0 || d > q.km {
			return false
		}
	}
	return area.Within(o.Area, q.area) && max(o.PayLow, o.PayHigh) >= q.pay && (q.education == 0 || rank.Enough(q.education, o.Education)) && o.Left() > 0
}

// hit is a vacancy found, with its fit when the person is known.
type hit struct {
	*Offer
	fit rank.Result
}

// order puts the best fitting first, the newest among equals; without a person all fit equally.
func order(a, b hit) int {
	return cmp.Or(cmp.Compare(b.fit.Score, a.fit.Score), cmp.Compare(a.Applied, b.Applied), b.Posted.Compare(a.Posted.Time), cmp.Compare(b.ID, a.ID))
}

// search finds a board's vacancies, in order. seeker nil: nobody is signed in.
func (b *board) search(q query, seeker *rank.Seeker) []hit {
	var list []hit
	for _, o := range b.offers {
		if !q.admits(o) {
			continue
		}
		h := hit{Offer: o}
		if seeker != nil {
			h.fit = seeker.Score(o.ranked)
		}
		list = append(list, h)
	}
	if seeker == nil {
		slices.SortFunc(list, func(a, b hit) int { return cmp.Or(b.Posted.Compare(a.Posted.Time), cmp.Compare(b.ID, a.ID)) })
		return list
	}
	slices.SortFunc(list, order)
	return list
}

// behind cuts off what stands before and at a vacancy of an earlier page. The vacancy may have gone meanwhile, so the
// cursor holds the values of the order, not only the id.
func behind(list []hit, after web.Cursor, ranked bool) []hit {
	if after.Start() {
		return list
	}
	last := hit{Offer: &Offer{Applied: int(after.Int(1))}, fit: rank.Result{Score: int(after.Int(0))}}
	last.ID = after.Int(3)
	last.Posted.Time = dayNumber(after.Int(2))
	at := sort.Search(len(list), func(i int) bool {
		if ranked {
			return order(list[i], last) > 0
		}
		return cmp.Or(last.Posted.Compare(list[i].Posted.Time), cmp.Compare(last.ID, list[i].ID)) > 0
	})
	return list[at:]
}

// visitor is who looks for work: a registered person, or anybody.
type visitor struct {
	facts  *person.Facts // nil: not known
	seeker *rank.Seeker  // nil: not known
	league string        // whose board is shown
	home   string        // area of the home, "" when not known
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
			atlas, err := r.atlas(ctx)
			if err != nil {
				return v, err
			}
			return visitor{facts: f, seeker: atlas.Prepare(r.profileOf(f, r.today().Time)), league: leagueOf(f.Area), home: f.Area}, nil
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
}

func (r *Room) find(c *web.Ctx) error {
	v, err := r.visitor(c.Context(), c.User)
	if err != nil {
		return err
	}
	b, err := r.board(c.Context(), v.league)
	if err != nil {
		return err
	}
	after, err := c.Cursor(4)
	if err != nil {
		return err
	}
	f := r.findForm(c, v)
	q := query{words: wanted(f.Text("q")), area: cmp.Or(f.Choice("area"), v.league), pay: f.Fen("pay"), home: v.home}
	q.education, _ = strconv.Atoi(f.Choice("education"))
	q.km, _ = strconv.Atoi(f.Choice("km"))

	list := b.search(q, v.seeker)
	total := len(list)
	list = behind(list, after, v.seeker != nil)
	var next web.Cursor
	if len(list) > pageSize {
		list = list[:pageSize]
		last := list[pageSize-1]
		next = web.NewCursor(last.fit.Score, last.Applied, numberOfDay(last.Posted.Time), last.ID)
	}
	cards := make([]Card, len(list))
	for i, h := range list {
		cards[i] = Card{ID: h.ID, Title: h.Title, Employer: h.Employer, Pay: payText(c, h.PayLow, h.PayHigh), Work: placeText(c, h.Area, v.home),
			Reasons: brief(reasons(c, h.fit.Reasons, false))}
		if v.seeker == nil {
			cards[i].Note = c.T("jobs.needs", educationText(c, h.Education), strconv.Itoa(h.Left()))
		}
	}
	return c.Render("jobs/find", web.Page{Title: c.T("jobs.find.title"), Public: true, OwnHead: true, Form: f, Data: map[string]any{
		"Cards": cards, "Total": total, "Paging": c.Paging(int64(total), len(list), next), "Chips": chips(c, v), "Known": v.seeker != nil,
		"Area": area.Name(v.league), "Filtered": f.Value("area") != "" || f.Value("pay") != "" || f.Value("education") != "" || f.Value("km") != "", "Query": f.Value("q"),
	}})
}

// brief keeps what a list has room for: the two strongest reasons for, and the first against. The vacancy's own page has all.
func brief(list []web.Reason) []web.Reason {
	against := slices.IndexFunc(list, func(x web.Reason) bool { return x.Kind != "yes" })
	if against < 0 {
		return list[:min(2, len(list))]
	}
	return append(slices.Clone(list[:min(2, against)]), list[against])
}

func (r *Room) findForm(c *web.Ctx, v visitor) *web.Form {
	var places []web.Option
	for _, a := range area.Children(v.league) {
		places = append(places, web.Option{Value: a.Code, Text: a.Name})
	}
	var schooling []web.Option
	for _, e := range person.Educations[1:] {
		if e.Code != 90 && e.Code != 60 {
			schooling = append(schooling, web.Option{Value: strconv.Itoa(e.Code), Text: educationText(c, e.Code)})
		}
	}
	fields := []web.Field{
		{Name: "q", Label: c.T("jobs.find.q"), Max: 60},
		{Name: "area", Label: c.T("jobs.find.area"), Kind: "select", Options: places},
		{Name: "pay", Label: c.T("jobs.find.pay"), Kind: "number", Width: "8", Min: 0, Top: 10000000},
		{Name: "education", Label: c.T("jobs.find.education"), Kind: "select", Options: schooling},
	}
	if v.home != "" {
		fields = append(fields, web.Field{Name: "km", Label: c.T("jobs.find.km"), Kind: "select", Options: []web.Option{
			{Value: "30", Text: c.T("jobs.find.within", "30")}, {Value: "100", Text: c.T("jobs.find.within", "100")}, {Value: "300", Text: c.T("jobs.find.within", "300")}}})
	}
	return c.Form(fields...)
}

// chips are the filters that most people want, on or off with one tap; the others that are on can be taken off.
func chips(c *web.Ctx, v visitor) []web.Tab {
	offers := []struct{ name, value, text string }{
		{"pay", "3000", c.T("jobs.chip.pay", "3,000")},
		{"pay", "5000", c.T("jobs.chip.pay", "5,000")},
	}
	if v.home != "" {
		banner := area.At(v.home, area.Banner)
		offers = append([]struct{ name, value, text string }{{"area", banner, area.Short(banner)}}, offers...)
	}
	q := c.R.URL.Query()
	var list []web.Tab
	for _, o := range offers {
		on := q.Get(o.name) == o.value
		to := url.Values{}
		for k, x := range q {
			if k != "after" && k != o.name && x[0] != "" {
				to[k] = x
			}
		}
		if !on {
			to.Set(o.name, o.value)
		}
		list = append(list, web.Tab{Text: o.text, Current: on, Href: "/jobs?" + to.Encode()})
	}
	return list
}
