package outwork

import (
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

var stateKind = map[string]string{Asked: "warn", Open: "ok", Cancelled: "stop", Recruited: "warn", Confirmed: "ok", Booked: "ok", Arrived: "ok", Waiting: "warn", Done: "ok", "ending": "warn", "over": "stop", "valid": "ok"}

// home shows everybody the demand that is open: pay, place, travel, what is paid.
func (r *Room) home(c *web.Ctx) error {
	filter := c.Form(web.Field{Name: "q", Label: c.T("outwork.f.words")}, web.Field{Name: "pay", Label: c.T("outwork.f.pay"), Kind: "select", Options: withAll(c, []web.Option{
		{Value: "4000", Text: c.T("outwork.payFrom", "4,000")}, {Value: "5000", Text: c.T("outwork.payFrom", "5,000")}, {Value: "6000", Text: c.T("outwork.payFrom", "6,000")}})})
	want := batchFilter{area: region, words: strings.TrimSpace(c.Query("q")), open: db.On(r.today())}
	if yuan, ok := map[string]int64{"4000": 4000, "5000": 5000, "6000": 6000}[c.Query("pay")]; ok {
		want.pay = yuan * 100
	}
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	before := latest
	if !at.Start() {
		before = at.Int(0)
	}
	list, err := r.batches(c.Context(), want, before, shown+1)
	if err != nil {
		return err
	}
	total, err := r.countBatches(c.Context(), want)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	t := table{ID: "list", Head: c.T("outwork.openHead"), Note: c.T("outwork.openNote"), Heads: heads(c, "batch", "place", "+pay", "paid", "+need"), Empty: c.T("outwork.emptyOpen")}
	for i := range list {
		b := &list[i]
		t.Rows = append(t.Rows, []cell{{Text: b.Title, Href: batchAt(b.ID), Small: b.Unit}, {Text: b.Place, Small: c.T("outwork.until", b.To.String())}, {Text: b.Pay(), Small: c.T("outwork.yuanMonth"), Right: true},
			{Text: orDash(b.Paid), Small: b.Travel}, {Text: lang.Int(int64(b.Need)), Right: true}})
	}
	d := screen{Filter: filter, Clear: atHome, Tables: []table{t}, Paged: true, Paging: c.Paging(total, len(list), next)}
	switch {
	case c.User.Role == account.Seeker:
		d.Actions = []web.Tab{{Text: c.T("outwork.mine"), Href: atMine}}
	case account.Desk(account.Officer, account.Manager)(c.User):
		d.Actions = []web.Tab{{Text: c.T("outwork.toDesk"), Href: atDesk}}
	}
	d.Actions = append(d.Actions, web.Tab{Text: c.T("outwork.brandsTitle"), Href: atShow}, web.Tab{Text: c.T("outwork.tab.centers"), Href: atCenters})
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.title"), Lede: c.T("outwork.lede"), Data: d, Public: public(c.User), Nav: atHome})
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// pairsOf tells of a batch what somebody who thinks of going asks.
func pairsOf(c *web.Ctx, b *Batch) []web.Pair {
	pairs := []web.Pair{{Key: c.T("outwork.f.unit"), Value: b.Unit}, {Key: c.T("outwork.f.occupation"), Value: b.Occupation}, {Key: c.T("outwork.f.need"), Value: lang.Int(int64(b.Need))},
		{Key: c.T("outwork.h.pay"), Value: b.Pay() + " " + c.T("outwork.yuanMonth")}, {Key: c.T("outwork.f.place"), Value: b.Place}, {Key: c.T("outwork.days"), Value: b.From.String() + "～" + b.To.String()}}
	for _, p := range []struct{ key, value string }{{"conditions", b.Conditions}, {"paid", b.Paid}, {"travel", b.Travel}, {"answers", b.Answers}} {
		if p.value != "" {
			pairs = append(pairs, web.Pair{Key: word(c, "f", p.key), Value: p.value})
		}
	}
	return append(pairs, web.Pair{Key: c.T("outwork.organiser"), Value: area.Name(b.Area)}, web.Pair{Key: c.T("outwork.subsidy"), Value: c.T("outwork.subsidyGo"), Href: "/policy"})
}

// seen is the batch of an address, for somebody who may see it.
func (r *Room) seen(c *web.Ctx) (Batch, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Batch{}, err
	}
	b, err := batchByID(c.Context(), r.DB, id)
	if err == nil {
		err = MaySee(c.User, &b)
	}
	return b, err
}

type batchData struct {
	Pairs    []web.Pair
	State    cell
	Join     string
	Mine     *cell
	SignIn   string
	Desk     string
	Informed string
}

// batch is one batch for everybody, with one tap to sign up.
func (r *Room) batch(c *web.Ctx) error {
	b, err := r.seen(c)
	if err != nil {
		return err
	}
	d := batchData{Pairs: pairsOf(c, &b), State: cell{Text: word(c, "state", b.State), Kind: stateKind[b.State]}}
	switch {
	case c.User.Role == account.Seeker:
		list, err := r.membersOf(c.Context(), r.DB, b.ID, []int64{c.User.PersonID})
		if err != nil {
			return err
		}
		if len(list) > 0 {
			d.Mine = &cell{Text: word(c, "state", list[0].State), Kind: stateKind[list[0].State]}
		}
		if b.Takes(r.today()) && (len(list) == 0 || list[0].State == Recruited || list[0].State == Dropped) {
			d.Join = batchAt(b.ID) + "/join"
		}
	case c.User.Role == "" && b.Takes(r.today()):
		d.SignIn = "/signin?next=" + batchAt(b.ID)
	case MayWork(c.User, &b) == nil:
		d.Desk = deskBatchAt(b.ID)
	}
	return c.Render("outwork/batch", web.Page{Title: b.Title, Lede: b.Place + "　" + b.Pay() + " " + c.T("outwork.yuanMonth"), Data: d, Public: public(c.User), Nav: atHome, Crumbs: crumb(c, "outwork.title", atHome)})
}

func (r *Room) takeJoin(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	if err := r.Join(c.Context(), c.User, id, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("outwork.joined"))
	return c.Redirect(atMine)
}

// brandRow is a brand in a list.
func brandRow(c *web.Ctx, b *Brand, people int64, href string) []cell {
	income := cell{Text: "—", Right: true}
	if b.Income > 0 {
		income = cell{Text: lang.Fen(b.Income), Small: c.T("outwork.incomeOf", b.Year, b.Source), Right: true}
	}
	return []cell{{Text: b.Name, Href: href, Small: b.Trade}, {Text: area.Name(b.Area)}, {Text: b.Skill}, {Text: lang.Int(people), Right: true}, {Text: lang.Int(int64(b.Jobs)), Right: true},
		{Text: lang.Int(int64(b.Classes)), Right: true}, income}
}

// most is how many brands, or centres, a page lists: there are one to a few in each of 103 banners.
const most = 500

// showBrands is the list of brands for everybody.
func (r *Room) showBrands(c *web.Ctx) error {
	list, err := r.brands(c.Context(), region, most)
	if err != nil {
		return err
	}
	people, err := r.brandPeople(c.Context(), region)
	if err != nil {
		return err
	}
	t := table{ID: "list", Head: c.T("outwork.brandsTitle"), Note: c.T("outwork.total", len(list)), Heads: heads(c, "brand", "area", "skill", "+members", "+jobs", "+classes", "+income"), Empty: c.T("outwork.emptyBrands")}
	for i := range list {
		t.Rows = append(t.Rows, brandRow(c, &list[i], people[list[i].ID], atShow+"/"+number(list[i].ID)))
	}
	d := screen{Tables: []table{t}, Actions: []web.Tab{{Text: c.T("outwork.title"), Href: atHome}}}
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.brandsTitle"), Lede: c.T("outwork.brandsLede"), Data: d, Public: public(c.User), Nav: atHome, Crumbs: crumb(c, "outwork.title", atHome)})
}

func brandPairs(c *web.Ctx, b *Brand, people int64) []web.Pair {
	pairs := []web.Pair{{Key: c.T("outwork.h.area"), Value: area.FullName(b.Area)}, {Key: c.T("outwork.f.trade"), Value: b.Trade}, {Key: c.T("outwork.f.skill"), Value: b.Skill},
		{Key: c.T("outwork.h.members"), Value: lang.Int(people), Note: c.T("outwork.membersNote")}, {Key: c.T("outwork.f.jobs"), Value: lang.Int(int64(b.Jobs))}, {Key: c.T("outwork.f.classes"), Value: lang.Int(int64(b.Classes))}}
	if b.Income > 0 {
		pairs = append(pairs, web.Pair{Key: c.T("outwork.f.income"), Value: lang.Fen(b.Income), Note: c.T("outwork.incomeOf", b.Year, b.Source)})
	}
	return pairs
}

func (r *Room) theBrand(c *web.Ctx) (Brand, int64, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Brand{}, 0, err
	}
	b, err := brandByID(c.Context(), r.DB, id)
	if err != nil {
		return Brand{}, 0, err
	}
	people, err := r.brandPeople(c.Context(), b.Area)
	return b, people[b.ID], err
}

// showBrand is one brand for everybody; a seeker joins or leaves it.
func (r *Room) showBrand(c *web.Ctx) error {
	b, people, err := r.theBrand(c)
	if err != nil {
		return err
	}
	d := screen{Pairs: brandPairs(c, &b, people), Text: b.Intro, Narrow: true}
	if c.User.Role == account.Seeker {
		in, err := inBrand(c.Context(), r.DB, b.ID, c.User.PersonID)
		if err != nil {
			return err
		}
		act := map[bool]string{false: "enter", true: "leave"}[in]
		x := boxOf(c, act, atShow+"/"+number(b.ID)+"/"+act, 0, nil, "")
		x.Note, x.Open = word(c, "brand", act), true
		d.Boxes = []box{x}
	}
	return c.Render("outwork/sheet", web.Page{Title: b.Name, Data: d, Public: public(c.User), Nav: atHome, Crumbs: crumb(c, "outwork.brandsTitle", atShow)})
}

func (r *Room) takeMembership(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	switch c.R.PathValue("act") {
	case "enter":
		err = r.Enlist(c.Context(), c.User, id, "", c.Once())
	case "leave":
		err = r.Leave(c.Context(), c.User, id, c.Once())
	default:
		return noPage
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("outwork.done"))
	return c.Redirect(atShow + "/" + number(id))
}
