package intake

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

func (p pages) withdrawForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "reason", Label: c.T("intake.withdraw.reason"), Hint: c.T("intake.withdraw.reasonHint"), Kind: "textarea", Need: true, Max: 200},
		web.Field{Name: "sure", Label: c.T("intake.withdraw.sure"), Kind: "check", Need: true})
}

type withdrawView struct {
	Batch
	Href    string
	Records int64
	People  int64
}

func (p pages) askWithdraw(c *web.Ctx) error { return p.showWithdraw(c, p.withdrawForm(c)) }

func (p pages) showWithdraw(c *web.Ctx, form *web.Form) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	b, err := p.visible(c.Context(), p.DB, actorOf(c.User), id)
	if err != nil {
		return err
	}
	if b.State == Withdrawn || b.State == Withdrawing {
		return c.Redirect("/intake/batch/" + itoa(id))
	}
	if b.Trial() {
		return fault.New(fault.Invalid, "试读的批次没有写入实名库，不需要撤回")
	}
	v := withdrawView{Batch: b, Href: "/intake/batch/" + itoa(id)}
	if v.Records, v.People, err = countOfBatch(c.Context(), p.DB, id); err != nil {
		return err
	}
	return c.Render("intake/withdraw", web.Page{Title: c.T("intake.withdraw.title"), Lede: b.Title,
		Crumbs: []web.Crumb{{Text: c.T("intake.menu"), Href: "/intake"}, {Text: clockText(b.CreatedAt), Href: v.Href}, {Text: c.T("intake.withdraw.act")}}, Data: v, Form: form})
}

func (p pages) withdrawBatch(c *web.Ctx) error {
	form := p.withdrawForm(c)
	reason := form.Text("reason")
	if !form.Flag("sure") {
		form.Fail("sure", c.T("intake.withdraw.notSure"))
	}
	if !form.OK() {
		return p.showWithdraw(c, form)
	}
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	if err := p.WithdrawBatch(c.Context(), actorOf(c.User), id, reason, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("intake.withdraw.begun"))
	return c.Redirect("/intake/batch/" + itoa(id))
}
