package intake

import (
	"math"
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

const (
	alarmsShown     = 20
	deliveriesShown = 30
)

// sourceRoutes are the pages of the sources and their deliveries.
func (p pages) sourceRoutes(m *web.Mux, staff web.Who) {
	m.Get("/intake/sources", staff, p.sources)
	m.Get("/intake/sources/{id}", staff, p.source)
	m.Post("/intake/alarm/{id}", staff, p.acknowledge)
}

type sourceLine struct {
	Source
	Kinds    string
	Schedule string
	Last     string
	Rows     string
	Due      string
	State    string
	Tag      string
	Alarms   int64
}

type alarmLine struct {
	Alarm
	Text   string
	Place  string
	Source string
	Mine   bool // the reader may see to it
	Field  string
}

type sourcesView struct {
	Sources []sourceLine
	Alarms  []alarmLine
	More    bool
	Failed  int64 // the alarm whose reason was not given
}

func (p pages) sources(c *web.Ctx) error { return p.showSources(c, nil, 0) }

func (p pages) showSources(c *web.Ctx, form *web.Form, failed int64) error {
	last, err := lastDeliveries(c.Context(), p.DB, c.User.Area)
	if err != nil {
		return err
	}
	counts, err := countAlarms(c.Context(), p.DB, c.User.Area)
	if err != nil {
		return err
	}
	v := sourcesView{Failed: failed}
	for _, s := range p.Kinds.Sources() {
		if line, shown := p.sourceLine(c, s, last); shown {
			if line.Alarms = counts[s.ID]; line.Alarms > 0 && line.Tag == "ok" {
				line.State, line.Tag = c.T("intake.due.alarm"), "warn"
			}
			v.Sources = append(v.Sources, line)
		}
	}
	alarms, err := openAlarms(c.Context(), p.DB, c.User.Area, alarmsShown+1)
	if err != nil {
		return err
	}
	v.More = len(alarms) > alarmsShown
	v.Alarms = p.alarmLines(c, alarms[:min(len(alarms), alarmsShown)])
	return c.Render("intake/sources", web.Page{Title: c.T("intake.sources"), Lede: c.T("intake.sourcesLede"), Form: form,
		Crumbs: []web.Crumb{{Text: c.T("intake.menu"), Href: "/intake"}, {Text: c.T("intake.sources")}}, Data: v})
}

// sourceLine is a source as the list shows it; those that deliver no table and never delivered anything are left out.
func (p pages) sourceLine(c *web.Ctx, s Source, last []Delivery) (line sourceLine, shown bool) {
	line = sourceLine{Source: s, Kinds: strings.Join(p.kindsOf(s.ID), "、"), Schedule: schedule(c, s), Last: lang.None, Rows: lang.None, Due: lang.None}
	var latest *Delivery
	late, soon := 0, awaited{}
	for i := range last {
		d := &last[i]
		if d.Source != s.ID {
			continue
		}
		if latest == nil || d.Day.After(latest.Day.Time) {
			latest = d
		}
		stand := s.stand(d.Day.Time, p.Clock.Today())
		if stand.Late {
			late++
		}
		if soon.Due.IsZero() || stand.Due.Before(soon.Due) {
			soon = stand
		}
	}
	if latest == nil {
		line.State = c.T("intake.due.never")
		return line, line.Kinds != ""
	}
	line.Last, line.Rows = latest.Day.Format(time.DateOnly), lang.Int(latest.Read)
	if !soon.Due.IsZero() {
		line.Due = soon.Due.Format(time.DateOnly)
	}
	switch {
	case late > 0:
		line.State, line.Tag = c.T("intake.due.late", soon.Workdays), "stop"
	case !soon.Due.IsZero():
		line.State, line.Tag = c.T("intake.due.ok"), "ok"
	default:
		line.State = c.T("intake.due.free")
	}
	return line, true
}

// kindsOf are the names of the tables that a source delivers.
func (p pages) kindsOf(source string) (names []string) {
	for _, t := range p.Kinds.All() {
		if t.Source == source {
			names = append(names, t.Name)
		}
	}
	return names
}

// schedule is a source's rhythm in words.
func schedule(c *web.Ctx, s Source) string {
	switch {
	case !s.regular():
		return named(c, "every", "free")
	case s.Workdays > 0:
		return named(c, "every", s.Every+".workdays", s.Workdays)
	case s.Month > 0:
		return named(c, "every", s.Every+".month", s.Month, s.Day)
	}
	return named(c, "every", s.Every, s.Day)
}

func (p pages) alarmLines(c *web.Ctx, list []Alarm) (out []alarmLine) {
	who := actorOf(c.User)
	for _, a := range list {
		line := alarmLine{Alarm: a, Text: named(c, "alarm", a.Kind, a.Args...), Place: area.Name(a.Area), Mine: a.AckedAt == 0 && mayUse(who, a.Area) == nil, Field: "reason" + itoa(a.ID)}
		if a.Source != "" {
			line.Source = p.Kinds.Source(a.Source).Name
		}
		out = append(out, line)
	}
	return out
}

type deliveryLine struct {
	Delivery
	KindName string
	Place    string
	Href     string // "" when the batch is another area's
	Print    string
	State    string
	Tag      string
}

type trustLine struct {
	Name, Place, Before string
}

type sourceView struct {
	sourceLine
	Href       string
	Deliveries []deliveryLine
	Paging     web.Paging
	Alarms     []alarmLine
	Trust      []trustLine
	Failed     int64
}

func (p pages) source(c *web.Ctx) error {
	s := p.Kinds.Source(c.R.PathValue("id"))
	if !slices.ContainsFunc(p.Kinds.Sources(), func(o Source) bool { return o.ID == s.ID }) {
		return fault.New(fault.NotFound, "%s", c.T("intake.noSource"))
	}
	last, err := lastDeliveries(c.Context(), p.DB, c.User.Area)
	if err != nil {
		return err
	}
	after, err := c.Cursor(2)
	if err != nil {
		return err
	}
	at, batch := int64(math.MaxInt64), int64(math.MaxInt64)
	if !after.Start() {
		at, batch = after.Int(0), after.Int(1)
	}
	list, err := deliveriesOfSource(c.Context(), p.DB, s.ID, c.User.Area, at, batch, deliveriesShown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > deliveriesShown {
		list = list[:deliveriesShown]
		next = web.NewCursor(list[deliveriesShown-1].At, list[deliveriesShown-1].BatchID)
	}
	line, _ := p.sourceLine(c, s, last)
	v := sourceView{sourceLine: line, Href: "/intake/sources/" + s.ID, Paging: c.Paging(-1, len(list), next), Trust: p.trustOf(c, s.ID)}
	for _, d := range list {
		row := deliveryLine{Delivery: d, KindName: p.kindName(d.Kind), Place: area.Name(d.Area), Print: shortPrint(d.Print), State: named(c, "state", d.State), Tag: states[d.State]}
		if mayUse(actorOf(c.User), d.Area) == nil {
			row.Href = "/intake/batch/" + itoa(d.BatchID)
		}
		v.Deliveries = append(v.Deliveries, row)
	}
	alarms, err := alarmsOfSource(c.Context(), p.DB, s.ID, c.User.Area, alarmsShown)
	if err != nil {
		return err
	}
	v.Alarms = p.alarmLines(c, alarms)
	return c.Render("intake/source", web.Page{Title: s.Name, Lede: c.T("intake.sourceLede", line.Kinds, line.Schedule),
		Crumbs: []web.Crumb{{Text: c.T("intake.menu"), Href: "/intake"}, {Text: c.T("intake.sources"), Href: "/intake/sources"}, {Text: s.Name}}, Data: v})
}

// trustOf lists for which attributes a source's word counts, and whose counts more.
func (p pages) trustOf(c *web.Ctx, source string) (out []trustLine) {
	for _, attribute := range attributes {
		order := p.Kinds.sources.trust[attribute]
		at := slices.Index(order, source)
		if at < 0 {
			continue
		}
		var before []string
		for _, id := range order[:at] {
			before = append(before, p.Kinds.Source(id).Name)
		}
		line := trustLine{Name: named(c, "attribute", attribute), Place: c.T("intake.trustPlace", at+1, len(order)), Before: strings.Join(before, "、")}
		if at == 0 {
			line.Before = lang.None
		}
		out = append(out, line)
	}
	return out
}

// shortPrint is enough of a template's hash to tell two versions apart.
func shortPrint(print []byte) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for _, x := range print[:min(len(print), 4)] {
		b.WriteByte(digits[x>>4])
		b.WriteByte(digits[x&15])
	}
	return b.String()
}

func (p pages) acknowledge(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	form := c.Form(web.Field{Name: "reason", Label: c.T("intake.alarmReason"), Hint: c.T("intake.alarmReasonHint"), Need: true, Max: 200})
	reason := form.Text("reason")
	a, err := findAlarm(c.Context(), p.DB, id)
	if err == nil {
		err = mayUse(actorOf(c.User), a.Area)
	}
	if err != nil {
		return err
	}
	if !form.OK() {
		return p.showSources(c, form, id)
	}
	if err := p.Acknowledge(c.Context(), actorOf(c.User), id, form.Version(), reason, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("intake.alarmSeen"))
	return c.Redirect("/intake/sources")
}
