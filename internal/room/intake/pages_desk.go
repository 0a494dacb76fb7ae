package intake

import (
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// ordinals name the records of a cluster.
var ordinals = []string{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"}

func ordinal(i int64) string {
	if i < int64(len(ordinals)) {
		return ordinals[i]
	}
	return itoa(i + 1)
}

type deskView struct {
	*Cluster
	Heads    []sideHead
	Scores   []string // heads of the columns of weights
	Lines    []deskLine
	Ends     []sideEnd
	Totals   []string
	Start    string
	Pairs    []web.Tab // whose waterfall is shown
	FallHead string
	Fall     draw.Waterfall
	Rule     string // of the pair shown
	Not      string // why it is not done without anybody
	Model    string
	Said     string // what the township answered
	Decided  string
	State    string
	Href     string
	Can      bool
	Asks     []rowAsk
	Opened   int64
	Prev     string
	Next     string
	Base     string // link to the file of 甲
	Hidden   bool
}

type sideHead struct{ Head, Note string }

// sideEnd is the verdict under a column.
type sideEnd struct{ Text, Kind string }

// deskLine is one field: 甲, then the rows, what differs, and the weights.
type deskLine struct {
	Label  string
	Close  bool
	Sides  [][]Piece
	Differ []string
	Scores []string
}

// rowAsk is one row's own question.
type rowAsk struct{ Field string }

// openedCluster is the cluster of the address, filled, with 甲; looking at it is written into the audit log.
func (p pages) openedCluster(c *web.Ctx) (*Cluster, *person.Person, error) {
	id, err := c.PathID("id")
	if err != nil {
		return nil, nil, err
	}
	one, err := findCluster(c.Context(), p.DB, id)
	if err != nil {
		return nil, nil, err
	}
	who := actorOf(c.User)
	if err := mayUse(who, one.Area); err != nil {
		return nil, nil, err
	}
	if one.Undecided() && one.BlindOf != 0 && one.firstBy == who.ID || one.Turn == 3 && c.User.Role != manager {
		return nil, nil, fault.New(fault.Denied, "%s", c.T("intake.desk.notAgain"))
	}
	if err := p.fill(c.Context(), p.DB, &one); err != nil {
		return nil, nil, err
	}
	base, err := p.base(c.Context(), &one)
	if err != nil || base == nil {
		return &one, nil, err
	}
	return &one, base, p.Audit.Note(c.Context(), audit.Entry{ActorID: who.ID, Actor: who.Name, Act: "person.read", Object: "person", ObjectID: base.ID, Area: base.Area,
		What: "核对疑似同一人时查看了姓名、证件号、电话和住址"})
}

// cluster shows the records of a cluster side by side.
func (p pages) cluster(c *web.Ctx) error {
	one, base, err := p.openedCluster(c)
	if err != nil {
		return err
	}
	return p.showCluster(c, one, base, p.clusterForm(c, one, base))
}

// clusterForm asks for the decision.
func (p pages) clusterForm(c *web.Ctx, one *Cluster, base *person.Person) *web.Form {
	n := len(one.Members)
	option := func(value string, args ...any) web.Option {
		key := value
		if one.Why == ClusterNew && (value == ChoiceNew || value == ChoiceOther) {
			key += "Alone"
		}
		return web.Option{Value: value, Text: named(c, "choice", key, args...), Hint: named(c, "choice", key+"Hint")}
	}
	var list []web.Option
	if base != nil {
		list = append(list, option(ChoiceSame, n+1))
		if n > 1 {
			list = append(list, option(ChoiceSome))
		}
	} else {
		list = append(list, option(ChoiceNew, n))
	}
	list = append(list, option(ChoiceOther), option(ChoiceLater))
	fields := []web.Field{}
	if below := p.below(c, one, base); len(below) > 0 && one.State != ClusterSent {
		list = append(list, option(ChoiceSent, below[0].Text))
		fields = append(fields, web.Field{Name: "to", Label: c.T("intake.desk.to"), Kind: "select", Need: true, Options: below},
			web.Field{Name: "days", Label: c.T("intake.desk.days"), Kind: "number", Need: true, Min: 1, Top: 60, Width: "4", Unit: c.T("intake.desk.workdays")})
	}
	fields = append(fields, web.Field{Name: "choice", Label: c.T("intake.decision"), Kind: "radios", Need: true, Options: list},
		web.Field{Name: "reason", Label: c.T("intake.reason"), Hint: c.T("intake.reasonHint"), Need: true, Max: 200, Width: "full"})
	for i := range one.Members {
		m := &one.Members[i]
		fields = append(fields, web.Field{Name: "row-" + itoa(m.ReviewID), Label: c.T("intake.desk.rowIs", ordinal(m.Place)), Kind: "radios", Need: true, Inline: true,
			Options: []web.Option{{Value: ChoiceSame, Text: c.T("intake.desk.is")}, {Value: ChoiceOther, Text: c.T("intake.desk.isNot")}}})
	}
	form := c.Form(fields...)
	form.Set("days", strconv.Itoa(taskDays))
	return form
}

// below are the places that can be asked: an officer's townships, a manager's banner; the one where 甲 lives first.
func (p pages) below(c *web.Ctx, one *Cluster, base *person.Person) (out []web.Option) {
	if p.Assignments == nil {
		return nil
	}
	level, home := area.Banner, one.Area
	if area.Level(c.User.Area) >= area.Banner {
		level = area.Township
	}
	if base != nil {
		home = base.Area
	}
	first := area.At(home, level)
	if area.Exists(first) && first != c.User.Area && area.Within(first, c.User.Area) {
		out = append(out, web.Option{Value: first, Text: area.Name(first)})
	}
	if level != area.Township {
		return out
	}
	for _, a := range area.Children(area.At(one.Area, area.Banner)) {
		if a.Code != first && area.Within(a.Code, c.User.Area) {
			out = append(out, web.Option{Value: a.Code, Text: a.Name})
		}
	}
	return out
}

// decideCluster carries out what was chosen and opens the next cluster.
func (p pages) decideCluster(c *web.Ctx) error {
	one, base, err := p.openedCluster(c)
	if err != nil {
		return err
	}
	form := p.clusterForm(c, one, base)
	d := ClusterDecision{ClusterID: one.ID, Version: form.Version(), Choice: form.Choice("choice"), Reason: form.Text("reason"), Rows: map[int64]string{}}
	if d.Choice == ChoiceSent {
		d.SendTo, d.WorkDays = form.Choice("to"), int(form.Int("days"))
	}
	if d.Choice == ChoiceSome {
		for i := range one.Members {
			if id := one.Members[i].ReviewID; one.asks(i) {
				d.Rows[id] = form.Choice("row-" + itoa(id))
			}
		}
	}
	if !form.OK() {
		return p.showCluster(c, one, base, form)
	}
	if opened, err := strconv.ParseInt(form.Value("opened"), 10, 64); err == nil && opened > 0 {
		d.Seconds = (p.Clock.Now().UnixMilli() - opened) / 1000
	}
	if err := p.DecideCluster(c.Context(), actorOf(c.User), d, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("intake.saved"))
	_, next, err := p.neighbours(c, one)
	if err != nil || next == "" {
		return c.Redirect("/intake/cluster")
	}
	return c.Redirect(next)
}

// neighbours are the clusters before and behind this one on the desk.
func (p pages) neighbours(c *web.Ctx, one *Cluster) (prev, next string, err error) {
	f := deskFilter{area: c.User.Area, state: ClusterOpen, high: 10001, me: c.User.ID, manager: c.User.Role == manager}
	list, err := listClusters(c.Context(), p.DB, f, one.Benefit, one.ID, 1)
	if err != nil {
		return "", "", err
	}
	if len(list) > 0 {
		next = clusterHref(list[0].ID)
	}
	back, err := clusterBefore(c.Context(), p.DB, f, one.Benefit, one.ID)
	if back != 0 {
		prev = clusterHref(back)
	}
	return prev, next, err
}

// reopenCluster takes a decision back.
func (p pages) reopenCluster(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	form := c.Form()
	if err := p.ReopenCluster(c.Context(), actorOf(c.User), id, form.Version(), c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("intake.reopened"))
	return c.Redirect(clusterHref(id))
}

func (p pages) showCluster(c *web.Ctx, one *Cluster, base *person.Person, form *web.Form) error {
	form.SetVersion(one.Version)
	d, err := p.compareAll(c, one, base)
	if err != nil {
		return err
	}
	v := d.view
	form.Set("reason", d.suggestion())
	if v.Prev, v.Next, err = p.neighbours(c, one); err != nil {
		return err
	}
	v.State, v.Href, v.Can, v.Said = named(c, "stateCluster", one.State), clusterHref(one.ID), one.Undecided(), one.Answer
	v.Opened = p.Clock.Now().UnixMilli()
	if one.Decider != "" {
		v.Decided = c.T("intake.decidedCluster", one.Decider, clockText(one.DecidedAt), named(c, "choice", one.Choice+"Done"), one.Reason)
	}
	for i := range one.Members {
		if base != nil && len(one.Members) > 1 && one.asks(i) {
			v.Asks = append(v.Asks, rowAsk{"row-" + itoa(one.Members[i].ReviewID)})
		}
	}
	if base != nil {
		v.Base = "/intake/person/" + itoa(base.ID)
	}
	total, err := countClusters(c.Context(), p.DB, deskFilter{area: c.User.Area, state: ClusterOpen, high: 10001, me: c.User.ID, manager: c.User.Role == manager})
	if err != nil {
		return err
	}
	n := len(one.Members) + b2one(base != nil)
	title := c.T("intake.desk.question", n)
	if one.Why == ClusterNew {
		title = c.T("intake.desk.newcomer")
	}
	return c.Render("intake/cluster", web.Page{Title: title, Lede: c.T("intake.desk.clusterLede", lang.Int(total), placeOf(one.Area), lang.DateShort(time.UnixMilli(one.CreatedAt))),
		Crumbs: []web.Crumb{{Text: c.T("intake.menu"), Href: "/intake"}, {Text: c.T("intake.desk.clusters"), Href: "/intake/cluster"}, {Text: strings.TrimSpace(title)}}, Data: v, Form: form})
}
