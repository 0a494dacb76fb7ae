package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
)

// asked reads which version an address names.
func (r *Room) asked(c *web.Ctx) (Version, error) {
	n, err := strconv.ParseInt(c.Query("v"), 10, 64)
	if err != nil {
		return Version{}, fault.New(fault.NotFound, "地址里没有写第几版，请从政策目录进入")
	}
	v, err := r.version(c.Context(), c.Query("id"), n)
	if err != nil {
		return v, err
	}
	return v, maySee(c.User, &v)
}

func (r *Room) crumbs(c *web.Ctx, policy, name string, more ...web.Crumb) []web.Crumb {
	list := []web.Crumb{{Text: c.T("policy.title"), Href: atHome}, {Text: c.T("policy.cat.title"), Href: atHome + "/catalogue"}}
	if _, err := r.catalogue().entry(policy); err == nil {
		list = append(list, web.Crumb{Text: name, Href: atHome + "/" + policy})
	}
	return append(list, more...)
}

type versionLine struct {
	Number             int64
	Href, State, From  string
	Author, Reviewer   string
	Publisher, Compare string
	Current            bool
}

type versionsData struct {
	Rows []versionLine
	ID   string
}

// versions is the history of a policy.
func (r *Room) versions(c *web.Ctx) error {
	list, err := r.history(c.Context(), c.Query("id"))
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(v Version) bool { return maySee(c.User, &v) != nil })
	if len(list) == 0 {
		return fault.New(fault.NotFound, "没有编号为 %s 的政策", c.Query("id"))
	}
	data := versionsData{ID: list[0].PolicyID}
	now := int64(0)
	if e, err := r.catalogue().entry(list[0].PolicyID); err == nil {
		now = e.Version
	}
	for i, v := range list {
		l := versionLine{Number: v.Version, Href: versionHref(v.PolicyID, v.Version), State: c.T("policy.state." + string(v.State)), From: v.From.String(),
			Author: v.Author, Reviewer: v.Reviewer, Publisher: v.Publisher, Current: v.Version == now && v.State == Published}
		if v.Author == "" {
			l.Author = c.T("policy.ver.shipped")
		}
		if i+1 < len(list) {
			l.Compare = fmt.Sprintf("%s/compare?id=%s&a=%d&b=%d", atHome, v.PolicyID, list[i+1].Version, v.Version)
		}
		data.Rows = append(data.Rows, l)
	}
	return c.Render("policy/versions", web.Page{Title: c.T("policy.ver.history"), Lede: list[0].Name, Data: data, Nav: atHome, Crumbs: r.crumbs(c, list[0].PolicyID, list[0].Name)})
}

type versionData struct {
	V          *Version
	State      string
	Broken     []string // why it cannot be read
	Policy     *rule.Policy
	Result     string
	Amount     string
	Pays       string
	Demands    part
	Act        act
	Outcomes   []Outcome
	Wrong      int
	Fields     []factField
	Answers    []string
	Edit       string // address of the editor, "" where nobody may change it
	Submit     bool
	Publish    bool
	Withdraw   bool
	Next       bool // the next version may be begun
	Why        string
	Approval   string
	History    string
	Compare    string
	Parameters []openLine
}

// factField is one fact that an example may state.
type factField struct {
	Sample  string // how a day is written
	ID      int
	Name    string
	Unit    string
	Options []option // nil: typed
}

// showVersion is one wording with its examples and what may be done with it.
func (r *Room) showVersion(c *web.Ctx) error {
	v, err := r.asked(c)
	if err != nil {
		return err
	}
	return r.versionPage(c, v, nil)
}

func (r *Room) versionPage(c *web.Ctx, v Version, f *web.Form) error {
	if f == nil {
		f = r.versionForm(c)
		f.SetVersion(v.Row)
	}
	data := versionData{V: &v, State: c.T("policy.state." + string(v.State)), History: historyHref(v.PolicyID), Answers: answers}
	p, err := r.library.load([]byte(v.Text), r.catalogue().params)
	for _, m := range mistakes(err) {
		data.Broken = append(data.Broken, m.Error())
	}
	if err == nil {
		data.Policy, data.Result, data.Amount, data.Pays = p, in(c.Lang, p.Result), amount(c.Lang, p), in(c.Lang, p.Pays())
		data.Demands, data.Act = demands(c.Lang, p, rule.DayOf(r.Clock.Today())), actOf(c.Lang, p, rule.Plain)
		if data.Outcomes, err = r.library.try(v.Text, v.Cases, r.catalogue().params); err != nil {
			return err
		}
		for _, o := range data.Outcomes {
			if !o.OK {
				data.Wrong++
			}
		}
		data.Fields = factFields(c, p)
		data.Parameters = r.uses(c, &Entry{Parameters: named(v.Text, r.catalogue().params)})
	}
	mine := mayWrite(c.User, &v) == nil
	if mine {
		data.Edit, data.Submit = editHref(v.PolicyID, v.Version), true
	}
	data.Publish = mayPublish(c.User, &v) == nil
	if v.State == Reviewed && !data.Publish {
		data.Why = fault.TextOf(mayPublish(c.User, &v))
	}
	data.Withdraw = v.State == Published && v.Version > r.brings(v.PolicyID) && mayDraft(c.User, v.Area) == nil
	data.Next = v.State == Published && mayDraft(c.User, v.Area) == nil
	if v.Version > 1 {
		data.Compare = fmt.Sprintf("%s/compare?id=%s&a=%d&b=%d", atHome, v.PolicyID, v.Version-1, v.Version)
	}
	if r.Approvals != nil && (v.State == Waiting || v.State == Published) {
		list, err := r.Approvals.List(c.Context(), approval.Filter{Object: "policy", ObjectID: objectID(v.PolicyID, v.Version), States: []approval.State{approval.Waiting}}, 0, 1)
		if err != nil {
			return err
		}
		if len(list) > 0 {
			data.Approval = approval.Href(list[0].ID)
		}
	}
	return c.Render("policy/version", web.Page{Title: v.Name, Lede: c.T("policy.ver.lede", v.Version, data.State, v.From.String()), Data: data, Form: f, Nav: atHome,
		Crumbs: r.crumbs(c, v.PolicyID, v.Name, web.Crumb{Text: c.T("policy.ver.history"), Href: historyHref(v.PolicyID)})})
}

func (r *Room) versionForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "why", Label: c.T("policy.ver.why"), Max: 200, Need: true}, web.Field{Name: "case", Label: c.T("policy.case.name"), Max: 60, Need: true})
}

// elsewhere is a place outside the region, for examples.
const elsewhere = "110101"

// factFields are the facts that a policy asks about, for its examples.
func factFields(c *web.Ctx, p *rule.Policy) (list []factField) {
	for _, id := range p.Fields() {
		f := &p.Dictionary().Fields[id]
		made := factField{ID: id, Name: f.Zh, Unit: f.Unit.Zh}
		switch f.Type {
		case rule.Bool:
			made.Options = []option{{"是", c.T("policy.try.yes")}, {"否", c.T("policy.try.no")}}
		case rule.Choice:
			for _, w := range f.Values {
				made.Options = append(made.Options, option{w.Zh, strings.ReplaceAll(in(c.Lang, w), "_", " ")})
			}
		case rule.Date:
			made.Sample = exampleDay
		case rule.Text:
			if id+1 == p.Dictionary().Area {
				for _, one := range places(c.User.Area, nil) {
					made.Options = append(made.Options, option{one.Value, one.Text})
				}
				made.Options = append(made.Options, option{elsewhere, c.T("policy.case.elsewhere")})
			}
		}
		list = append(list, made)
	}
	return list
}

// actVersion does what a button of the page says.
func (r *Room) actVersion(c *web.Ctx) error {
	v, err := r.asked(c)
	if err != nil {
		return err
	}
	f := r.versionForm(c)
	do, place, _ := strings.Cut(f.Value("do"), ":")
	back := versionHref(v.PolicyID, v.Version)
	said := "policy.ver." + do
	switch do {
	case "submit":
		err = r.Submit(c.Context(), c.User, v.PolicyID, v.Version, c.Once())
	case "publish":
		err = r.Publish(c.Context(), c.User, v.PolicyID, v.Version, c.Once())
	case "withdraw":
		why := f.Text("why")
		if !f.OK() {
			return r.versionPage(c, v, f)
		}
		err = r.Withdraw(c.Context(), c.User, v.PolicyID, v.Version, why, c.Once())
	case "next":
		if err = mayDraft(c.User, v.Area); err != nil {
			return err
		}
		next := v
		next.From.Time = r.Clock.Today().AddDate(0, 0, 1)
		id, n, made := r.Begin(c.Context(), c.User, next, c.Once())
		err, back = made, editHref(id, n)
	case "addcase":
		if err = r.addCase(c, f, &v); err == nil && !f.OK() {
			return r.versionPage(c, v, f)
		}
	case "dropcase":
		err = r.dropCase(c, &v, place)
	default:
		return fault.New(fault.Invalid, "没有这个操作，请刷新页面后再试")
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T(said))
	return c.Redirect(back)
}

func (r *Room) addCase(c *web.Ctx, f *web.Form, v *Version) error {
	p, err := r.library.load([]byte(v.Text), r.catalogue().params)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "这一版的条件还读不通，请先在编辑页改正")
	}
	made := Case{Name: f.Text("case"), Day: r.Clock.Today().Format("2006-01-02"), Facts: map[string]string{}, Want: f.Value("want"), Amount: strings.TrimSpace(f.Value("paid"))}
	for _, field := range factFields(c, p) {
		if text := strings.TrimSpace(f.Value("fact" + strconv.Itoa(field.ID))); text != "" {
			made.Facts[field.Name] = text
			if _, err := valueOf(&p.Dictionary().Fields[field.ID], text); err != nil {
				f.Fail("case", fault.TextOf(err))
			}
		}
	}
	if !slices.Contains(answers, made.Want) {
		f.Fail("case", "请选择这个例子应有的结论")
	}
	if made.Amount != "" {
		if _, err := yuanOf(made.Amount); err != nil {
			f.Fail("case", fault.TextOf(err))
		}
	}
	if !f.OK() {
		return nil
	}
	list, err := readCases(v.Cases)
	if err != nil {
		return err
	}
	return r.saveCases(c, v, append(list, made), f.Version())
}

func (r *Room) dropCase(c *web.Ctx, v *Version, place string) error {
	list, err := readCases(v.Cases)
	if err != nil {
		return err
	}
	at, err := strconv.Atoi(place)
	if err != nil || at < 0 || at >= len(list) {
		return fault.New(fault.Conflict, "这个例子已经删去，请刷新页面")
	}
	return r.saveCases(c, v, slices.Delete(list, at, at+1), c.Form().Version())
}

func (r *Room) saveCases(c *web.Ctx, v *Version, list []Case, row int64) (err error) {
	if v.Cases, err = writeCases(list); err != nil {
		return err
	}
	v.Row = row
	return r.Save(c.Context(), c.User, *v, c.Once())
}

type comparedData struct {
	Simulate   string // who comes in and drops out; "" where the second version is no draft
	A, B       *Version
	HrefA      string
	HrefB      string
	Lines      []lineOf
	Conditions []lineOf
	Changed    int
}

// compared lays two wordings side by side: their conditions in plain words, then every line.
func (r *Room) compared(c *web.Ctx) error {
	id := c.Query("id")
	var two [2]Version
	for i, name := range []string{"a", "b"} {
		n, err := strconv.ParseInt(c.Query(name), 10, 64)
		if err != nil {
			return fault.New(fault.NotFound, "地址里没有写比较哪两版，请从版本页进入")
		}
		if two[i], err = r.version(c.Context(), id, n); err == nil {
			err = maySee(c.User, &two[i])
		}
		if err != nil {
			return err
		}
	}
	a, b := two[0], two[1]
	data := comparedData{A: &a, B: &b, HrefA: versionHref(id, a.Version), HrefB: versionHref(id, b.Version), Lines: compare(a.Text, b.Text),
		Conditions: compare(r.inWords(c, &a), r.inWords(c, &b))}
	if now, err := r.catalogue().find(id); err == nil && r.Crowd != nil && now.For != rule.Employer && b.State != Published && b.State != Withdrawn {
		data.Simulate = fmt.Sprintf("%s/simulate/%s?what=v%d", atHome, id, b.Version)
	}
	for _, l := range data.Lines {
		if l.Kind != same {
			data.Changed++
		}
	}
	return c.Render("policy/compare", web.Page{Title: c.T("policy.ver.compare"), Lede: c.T("policy.ver.compareLede", b.Name, a.Version, b.Version, lang.Int(int64(data.Changed))), Data: data, Nav: atHome,
		Crumbs: r.crumbs(c, id, b.Name, web.Crumb{Text: c.T("policy.ver.history"), Href: historyHref(id)})})
}

// inWords are a wording's conditions, a line each.
func (r *Room) inWords(c *web.Ctx, v *Version) string {
	p, err := r.library.load([]byte(v.Text), r.catalogue().params)
	if err != nil {
		return ""
	}
	var b strings.Builder
	for _, d := range p.Demands(rule.DayOf(r.Clock.Today())) {
		b.WriteString(strings.Repeat("　", d.Depth) + in(c.Lang, rule.Word{Zh: d.Zh, En: d.En}) + "\n")
	}
	return b.String()
}
