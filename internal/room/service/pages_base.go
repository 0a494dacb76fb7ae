package service

import (
	"math"
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

const storiesShown = 20

type storiesData struct {
	Tabs    []web.Tab
	Filter  *web.Form
	Rows    []storyRow
	Waiting []storyRow
	Paging  web.Paging
	Staff   bool
}

type storyRow struct {
	Title, Who, Sector, Place, Short, Href string
	Jobs                                   int
	State                                  tag
}

func storyLine(c *web.Ctx, s *Story) storyRow {
	short := []rune(s.Body)
	if len(short) > 80 {
		short = append(short[:80], []rune("……")...)
	}
	return storyRow{s.Title, s.Founder, c.T("service.sector." + s.Sector), area.FullName(s.Area), string(short), storyAt(s.ID), s.Jobs, map[string]tag{Waiting: {"warn", c.T("service.story.waiting")},
		Published: {"ok", c.T("service.story.published")}, Refused: {"stop", c.T("service.story.refused")}, Withdrawn: {"stop", c.T("service.story.withdrawn")}}[s.State]}
}

func sectors(c *web.Ctx) (list []web.Option) {
	for _, s := range Sectors {
		list = append(list, web.Option{Value: s, Text: c.T("service.sector." + s)})
	}
	return list
}

// leagues are the areas to choose from on public pages.
func leagues() (list []web.Option) {
	for _, a := range area.Children("15") {
		list = append(list, web.Option{Value: a.Code, Text: a.Name})
	}
	return list
}

// stories is the public case base, by sector and area; staff also see what waits for approval.
func (r *Room) stories(c *web.Ctx) error {
	ctx := c.Context()
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	sector, code := c.Query("sector"), c.Query("area")
	if sector != "" && !slices.Contains(Sectors, sector) || code != "" && !area.Exists(code) {
		return fault.New(fault.NotFound, "没有这个行业或地区，请从列表上方选择")
	}
	d := storiesData{Staff: account.CanSeeArea(c.User, c.User.Area) == nil, Filter: c.Form(
		web.Field{Name: "sector", Label: c.T("service.story.sector"), Kind: "select", Options: sectors(c)},
		web.Field{Name: "area", Label: c.T("service.story.area"), Kind: "select", Options: leagues()})}
	below := int64(math.MaxInt64)
	if !at.Start() {
		below = at.Int(0)
	}
	if code == "" {
		code = "15"
	}
	list, err := r.listStories(ctx, code, Published, sector, below, storiesShown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > storiesShown {
		list = list[:storiesShown]
		next = web.NewCursor(list[storiesShown-1].ID)
	}
	d.Paging = c.Paging(-1, len(list), next)
	for i := range list {
		d.Rows = append(d.Rows, storyLine(c, &list[i]))
	}
	if d.Staff {
		d.Tabs = tabs(c, atStories)
		waiting, err := r.listStories(ctx, c.User.Area, Waiting, "", math.MaxInt64, storiesShown)
		if err != nil {
			return err
		}
		for i := range waiting {
			d.Waiting = append(d.Waiting, storyLine(c, &waiting[i]))
		}
	}
	return c.Render("service/stories", web.Page{Title: c.T("service.story.title"), Lede: c.T("service.story.lede"), Data: d, Nav: map[bool]string{true: atHome, false: atStories}[d.Staff]})
}

type storyData struct {
	Row    storyRow
	Pairs  []web.Pair
	Body   []string
	Helped []string
	Public bool
	Reason string
	Off    string // where it is taken off; "": not by this reader
}

func (r *Room) showStory(c *web.Ctx) error { return r.renderStory(c, offForm(c)) }

func offForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "why", Label: c.T("service.story.offWhy"), Hint: c.T("service.story.offWhyHint"), Need: true, Max: 100})
}

// withdrawStory takes a story off.
func (r *Room) withdrawStory(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := offForm(c)
	why := f.Text("why")
	if !f.OK() {
		return r.renderStory(c, f)
	}
	if err := r.TakeOff(c.Context(), c.User, id, f.Version(), why, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("service.story.offDone"))
	return c.Redirect(storyAt(id))
}

func (r *Room) renderStory(c *web.Ctx, f *web.Form) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	s, err := r.story(c.Context(), id)
	if err == nil {
		err = maySee(c.User, &s)
	}
	if err != nil {
		return err
	}
	d := storyData{Row: storyLine(c, &s), Body: paragraphs(s.Body), Helped: paragraphs(s.Helped), Public: s.State == Published, Reason: s.Reason}
	if (s.State == Published || s.State == Waiting) && c.User.Role != account.Admin && account.CanSeeArea(c.User, s.Area) == nil {
		d.Off = storyAt(s.ID) + "/withdraw"
		f.SetVersion(s.Version)
	}
	d.Pairs = []web.Pair{{Key: c.T("service.story.founder"), Value: orDash(s.Founder)}, {Key: c.T("service.story.firm"), Value: orDash(s.Firm)}, {Key: c.T("service.story.sector"), Value: d.Row.Sector},
		{Key: c.T("service.story.area"), Value: d.Row.Place}, {Key: c.T("service.story.jobs"), Value: c.T("service.nPeople", s.Jobs)},
		{Key: c.T("service.story.on"), Value: time.UnixMilli(s.At).In(clock.Zone).Format(time.DateOnly)}}
	return c.Render("service/story", web.Page{Title: s.Title, Form: f, Data: d, Nav: atStories, Crumbs: []web.Crumb{{Text: c.T("service.story.title"), Href: atStories}, {Text: s.Title}}})
}

func paragraphs(s string) (list []string) {
	for _, p := range strings.Split(s, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

func storyForm(c *web.Ctx) *web.Form {
	places := []web.Option{{Value: c.User.Area, Text: area.FullName(c.User.Area)}}
	for _, a := range area.Children(c.User.Area) {
		places = append(places, web.Option{Value: a.Code, Text: a.Name})
	}
	return c.Form(
		web.Field{Name: "title", Label: c.T("service.story.name"), Need: true, Max: 60},
		web.Field{Name: "founder", Label: c.T("service.story.founder"), Hint: c.T("service.story.founderHint"), Need: true, Max: 30},
		web.Field{Name: "number", Label: c.T("service.story.number"), Hint: c.T("service.story.numberHint"), Max: 40, Auto: "off", Width: "16"},
		web.Field{Name: "firm", Label: c.T("service.story.firm"), Max: 60},
		web.Field{Name: "sector", Label: c.T("service.story.sector"), Kind: "select", Need: true, Options: sectors(c)},
		web.Field{Name: "area", Label: c.T("service.story.area"), Kind: "select", Need: true, Options: places},
		web.Field{Name: "jobs", Label: c.T("service.story.jobs"), Kind: "number", Need: true, Min: 0, Top: 100000, Width: "4", Unit: c.T("service.people")},
		web.Field{Name: "body", Label: c.T("service.story.body"), Hint: c.T("service.story.bodyHint"), Kind: "textarea", Need: true, Max: 3000, Rows: 8},
		web.Field{Name: "helped", Label: c.T("service.story.helped"), Hint: c.T("service.story.helpedHint"), Kind: "textarea", Need: true, Max: 1000, Rows: 4},
		web.Field{Name: "agreed", Label: c.T("service.story.agreed"), Kind: "check", Need: true})
}

func (r *Room) askStory(c *web.Ctx) error { return renderNewStory(c, storyForm(c)) }

func renderNewStory(c *web.Ctx, f *web.Form) error {
	title := c.T("service.story.new")
	return c.Render("service/storynew", web.Page{Title: title, Lede: c.T("service.story.newLede"), Form: f, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("service.story.title"), Href: atStories}, {Text: title}}})
}

func (r *Room) writeStory(c *web.Ctx) error {
	f := storyForm(c)
	s := Story{Title: f.Text("title"), Founder: f.Text("founder"), Firm: f.Text("firm"), Sector: f.Choice("sector"), Area: f.Choice("area"), Jobs: int(f.Int("jobs")), Body: f.Text("body"), Helped: f.Text("helped")}
	if !f.Flag("agreed") && f.Error("agreed") == "" {
		f.Fail("agreed", c.T("service.story.mustAgree"))
	}
	if text := f.Text("number"); text != "" {
		id, why, err := r.personOf(c, text)
		if err != nil {
			return err
		}
		if s.PersonID = id; why != "" {
			f.Fail("number", why)
		}
	}
	if !f.OK() {
		return renderNewStory(c, f)
	}
	id, err := r.Write(c.Context(), c.User, s, c.Once())
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("service.story.sent"))
	return c.Redirect(storyAt(id))
}
