package grant

import (
	"strconv"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
)

type fundRow struct {
	Fund
	Href, Place, From string
	Used              int64 // ten-thousandths paid
}

func (r *Room) budgetForm(c *web.Ctx, list []Fund) *web.Form {
	places := []web.Option{{Value: c.User.Area, Text: area.Name(c.User.Area)}}
	for _, a := range area.Children(c.User.Area) {
		places = append(places, web.Option{Value: a.Code, Text: a.Name})
	}
	var sources []web.Option
	for _, s := range Sources {
		sources = append(sources, web.Option{Value: s.Code, Text: s.in(c.Lang)})
	}
	into := []web.Option{{Value: "0", Text: c.T("grant.fund.fresh")}}
	for _, f := range list {
		into = append(into, web.Option{Value: strconv.FormatInt(f.ID, 10), Text: area.Name(f.Area) + " " + f.Name})
	}
	return c.Form(web.Field{Name: "fund", Label: c.T("grant.fund.into"), Kind: "select", Need: true, Options: into},
		web.Field{Name: "area", Label: c.T("grant.area"), Kind: "select", Need: true, Options: places},
		web.Field{Name: "source", Label: c.T("grant.fund.source"), Kind: "select", Need: true, Options: sources},
		web.Field{Name: "name", Label: c.T("grant.fund.name"), Max: 80},
		web.Field{Name: "way", Label: c.T("grant.fund.way"), Kind: "radios", Need: true, Inline: true, Options: []web.Option{{Value: "allot", Text: c.T("grant.fund.allot")}, {Value: "cut", Text: c.T("grant.fund.cut")}}},
		web.Field{Name: "amount", Label: c.T("grant.fund.amount"), Kind: "number", Need: true, Min: 1, Top: 10_000_000_000_00, Unit: c.T("grant.yuan"), Width: "16"},
		web.Field{Name: "why", Label: c.T("grant.fund.why"), Need: true, Max: 200})
}

// funds lists the money of the area and below in a year.
func (r *Room) funds(c *web.Ctx) error { return r.renderFunds(c, nil) }

func (r *Room) renderFunds(c *web.Ctx, f *web.Form) error {
	year := r.Clock.Today().Year()
	if n, err := strconv.Atoi(c.Query("year")); err == nil && n >= 2000 && n <= 2999 {
		year = n
	}
	list, err := r.store.funds(c.Context(), c.User.Area, year)
	if err != nil {
		return err
	}
	var rows []fundRow
	var sum Fund
	for _, x := range list {
		row := fundRow{Fund: x, Href: atFunds + "/" + strconv.FormatInt(x.ID, 10), Place: area.Name(x.Area), From: sourceOf(x.Source).in(c.Lang)}
		if x.Budget > 0 {
			row.Used = x.Paid * 10000 / x.Budget
		}
		rows = append(rows, row)
		sum.Budget, sum.Available, sum.Committed, sum.AtBank, sum.Paid = sum.Budget+x.Budget, sum.Available+x.Available, sum.Committed+x.Committed, sum.AtBank+x.AtBank, sum.Paid+x.Paid
	}
	if f == nil {
		f = r.budgetForm(c, list)
	}
	var years []web.Tab
	for y := r.Clock.Today().Year(); y > r.Clock.Today().Year()-3; y-- {
		years = append(years, web.Tab{Text: strconv.Itoa(y), Href: atFunds + "?year=" + strconv.Itoa(y), Current: y == year})
	}
	return c.Render("grant/funds", web.Page{Title: c.T("grant.fund.title"), Lede: c.T("grant.fund.lede"), Form: f, Nav: atDesk,
		Data: map[string]any{"Tabs": tabs(c, atFunds), "Rows": rows, "Sum": sum, "Years": years, "CanAsk": c.User.Role == account.Manager}})
}

func (r *Room) askBudget(c *web.Ctx) error {
	year := r.Clock.Today().Year()
	list, err := r.store.funds(c.Context(), c.User.Area, year)
	if err != nil {
		return err
	}
	f := r.budgetForm(c, list)
	in := Fund{Year: year, Area: f.Choice("area"), Source: f.Choice("source"), Name: f.Text("name")}
	fen, why := f.Fen("amount"), f.Text("why")
	if f.Choice("way") == "cut" {
		fen = -fen
	}
	into := f.Choice("fund")
	for _, x := range list {
		if strconv.FormatInt(x.ID, 10) == into {
			in = x
		}
	}
	if into == "0" && in.Name == "" && f.Error("name") == "" {
		f.Fail("name", c.T("grant.fund.noName"))
	}
	if f.OK() {
		_, err := r.Budget(c.Context(), c.User, in, fen, why, c.Once())
		if err = formFault(f, err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return r.renderFunds(c, f)
	}
	c.Flash("ok", c.T("grant.saved.budget"))
	return c.Redirect(atFunds)
}

type moveRow struct {
	Movement
	Kind string
	In   bool
}

// oneFund is a fund's ledger.
func (r *Room) oneFund(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f, err := r.store.fund(c.Context(), r.DB, id)
	if err != nil {
		return err
	}
	if err := account.CanSeeArea(c.User, f.Area); err != nil && !area.Within(c.User.Area, f.Area) {
		return err
	}
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	list, err := r.store.entries(c.Context(), id, at.Int(0), pageSize+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > pageSize {
		list = list[:pageSize]
		next = web.NewCursor(list[pageSize-1].ID)
	}
	var rows []moveRow
	for _, m := range list {
		k, _ := kindOf(m.Kind)
		rows = append(rows, moveRow{m, k.in(c.Lang), k.To == Available})
	}
	return c.Render("grant/fund", web.Page{Title: f.Name, Lede: area.Name(f.Area) + "　" + strconv.Itoa(f.Year) + "　" + sourceOf(f.Source).in(c.Lang), Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("grant.fund.title"), Href: atFunds}},
		Data: map[string]any{"Fund": f, "Figures": potFigures(c, &f), "Rows": rows, "Paging": c.Paging(-1, len(rows), next), "Sound": f.Sound()}})
}

func potFigures(c *web.Ctx, f *Fund) []web.Figure {
	one := func(text string, n int64) web.Figure {
		return web.Figure{Label: text, Value: lang.Fen(n), Unit: c.T("grant.yuan")}
	}
	return []web.Figure{one(c.T("grant.pot.budget"), f.Budget), one(c.T("grant.pot.available"), f.Available), one(c.T("grant.pot.committed"), f.Committed), one(c.T("grant.pot.sent"), f.AtBank), one(c.T("grant.pot.paid"), f.Paid)}
}

type batchRow struct {
	PayBatch
	Href string
	Tag  tag
}

func batchTag(c *web.Ctx, state string) tag {
	return tag{batchWords[state].Tag, batchWords[state].in(c.Lang)}
}

// batches lists what waits for a batch by fund, and the batches.
func (r *Room) batches(c *web.Ctx) error {
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	list, err := r.store.batches(c.Context(), c.User.Area, at.Int(0), pageSize+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > pageSize {
		list = list[:pageSize]
		next = web.NewCursor(list[pageSize-1].ID)
	}
	var rows []batchRow
	for _, b := range list {
		rows = append(rows, batchRow{b, batchAt(b.ID), batchTag(c, b.State)})
	}
	type row struct {
		waiting
		Name string
	}
	wait, err := r.store.payable(c.Context(), c.User.Area)
	if err != nil {
		return err
	}
	var due []row
	for _, x := range wait {
		f, err := r.store.fund(c.Context(), r.DB, x.Fund)
		if err != nil {
			return err
		}
		due = append(due, row{x, f.Name})
	}
	return c.Render("grant/batches", web.Page{Title: c.T("grant.batch.title"), Lede: c.T("grant.batch.lede"), Nav: atDesk,
		Data: map[string]any{"Tabs": tabs(c, atBatch), "Due": due, "Rows": rows, "Paging": c.Paging(-1, len(rows), next), "CanMake": c.User.Role == account.Officer}})
}

func (r *Room) makeBatch(c *web.Ctx) error {
	fund, err := strconv.ParseInt(c.Form().Value("fund"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "请选择从哪一项资金发放")
	}
	id, err := r.MakeBatch(c.Context(), c.User, fund, c.Once())
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("grant.saved.batch"))
	return c.Redirect(batchAt(id))
}

// pathBatch reads the batch of an address.
func (r *Room) pathBatch(c *web.Ctx) (PayBatch, error) {
	id, err := c.PathID("id")
	if err != nil {
		return PayBatch{}, err
	}
	b, err := r.store.batch(c.Context(), r.DB, id)
	if err != nil {
		return b, err
	}
	return b, account.CanSeeArea(c.User, b.Area)
}

func returnForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "file", Label: c.T("grant.batch.file"), Hint: c.T("grant.batch.fileHint"), Kind: "file", Need: true, Accept: ".csv,.xlsx"})
}

func (r *Room) oneBatch(c *web.Ctx) error {
	b, err := r.pathBatch(c)
	if err != nil {
		return err
	}
	return r.renderBatch(c, &b, returnForm(c))
}

func (r *Room) renderBatch(c *web.Ctx, b *PayBatch, f *web.Form) error {
	list, err := r.store.inBatch(c.Context(), r.DB, b.ID)
	if err != nil {
		return err
	}
	names, err := r.names(c.Context(), ownersOf(list))
	if err != nil {
		return err
	}
	fund, err := r.store.fund(c.Context(), r.DB, b.FundID)
	if err != nil {
		return err
	}
	lines, err := r.store.linesIn(c.Context(), r.DB, b.ID)
	if err != nil {
		return err
	}
	by := map[int64]*Application{}
	for i := range list {
		by[list[i].ID] = &list[i]
	}
	var rows []deskRow
	for _, l := range lines[:min(200, len(lines))] {
		a := by[l.GrantID]
		rows = append(rows, deskRow{Href: caseAt(a), Name: names[a.OwnerID], Place: area.Name(a.Area), Policy: a.PolicyName, Left: l.periodIn(c.Lang), Fen: l.Fen, State: tag{lineWords[l.State].Tag, lineWords[l.State].in(c.Lang)}})
	}
	request := ""
	if b.State == BatchWaiting {
		request = approval.Href(b.RequestID)
	}
	facts := []web.Pair{{Key: c.T("grant.fund.name"), Value: fund.Name}, {Key: c.T("grant.batch.count"), Value: wide(b.N)}, {Key: c.T("grant.amount"), Value: fenYuan(c, b.Fen)},
		{Key: c.T("grant.batch.madeOn"), Value: b.MadeOn.String()}, {Key: c.T("grant.batch.sentOn"), Value: b.SentOn.String()}, {Key: c.T("grant.batch.paid"), Value: wide(b.PaidN) + "　" + fenYuan(c, b.Paid)},
		{Key: c.T("grant.batch.bounced"), Value: wide(b.BouncedN) + "　" + fenYuan(c, b.Bounced)}, {Key: "SM3", Value: b.Digest}}
	return c.Render("grant/batch", web.Page{Title: c.T("grant.batch.one", b.Number), Lede: batchTag(c, b.State).Text, Form: f, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("grant.batch.title"), Href: atBatch}},
		Data: map[string]any{"Batch": b, "At": batchAt(b.ID), "Facts": facts, "Rows": rows, "All": b.N, "Shown": int64(len(rows)), "Request": request, "Can": c.User.Role == account.Officer && b.State == BatchSent,
			"HasFile": c.User.Role == account.Officer && len(b.file) > 0}})
}

func (r *Room) bankFile(c *web.Ctx) error {
	b, err := r.pathBatch(c)
	if err != nil {
		return err
	}
	b, content, err := r.File(c.Context(), c.User, b.ID)
	if err != nil {
		return err
	}
	return copyTo(c, "发放批次-"+b.Number+".csv", "text/csv; charset=utf-8", content)
}

// returnLimit is the most bytes of a bank's answer.
const returnLimit = 20 << 20

func (r *Room) bankReturn(c *web.Ctx) error {
	b, err := r.pathBatch(c)
	if err != nil {
		return err
	}
	f := returnForm(c)
	up, err := c.Upload("file", returnLimit)
	if err != nil {
		return err
	}
	if up == nil {
		f.Fail("file", c.T("grant.file.none"))
		return r.renderBatch(c, &b, f)
	}
	from, err := up.Open()
	if err != nil {
		return fault.Wrap(fault.Unavailable, err, "收到的文件读不出来，请再传一次")
	}
	defer from.Close()
	answers, err := ReadReturn(b.Number, from, up.Size, up.Name)
	if err == nil {
		var paid, bounced int
		if paid, bounced, err = r.Reconcile(c.Context(), c.User, b.ID, answers, c.Once()); err == nil {
			c.Flash("ok", c.T("grant.saved.return", paid, bounced))
			return c.Redirect(batchAt(b.ID))
		}
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	f.Fail("file", fault.TextOf(err))
	return r.renderBatch(c, &b, f)
}
