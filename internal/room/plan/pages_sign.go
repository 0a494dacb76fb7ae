package plan

import (
	"context"
	"fmt"
	"strconv"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// Judge signs a figure that was reported from below, or returns it with a reason. Faults: Denied outside of the user's area, for figures
// of the user's own area and for those the user has entered; Conflict when it has been judged or corrected since.
func (r *Room) Judge(ctx context.Context, who web.User, once string, rep Report) error {
	if err := canWrite(who, rep.Area); err != nil {
		return err
	}
	if rep.Area == who.Area {
		return fault.New(fault.Denied, "本地区上报的数由上级签收，不能自己签收")
	}
	versions, err := r.Indicators.ReportVersions(ctx, rep.Area, rep.Indicator, rep.Period)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if v.Version == rep.Version && v.ByID == who.ID {
			return fault.New(fault.Denied, "这个数是您填报的，请由另一位管理人员签收或退回")
		}
	}
	d, err := r.Indicators.Definition(ctx, rep.Indicator)
	if err != nil {
		return err
	}
	rep.Judge, rep.JudgedAt = who.Name, r.Clock.Now().UnixMilli()
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.Indicators.JudgeReport(ctx, tx, rep); err != nil {
			return err
		}
		if err := r.foreseeSoon(ctx, tx); err != nil {
			return err
		}
		what := map[indicator.ReportState]string{indicator.Signed: "签收", indicator.Returned: "退回"}[rep.State]
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "plan.sign", Object: "indicator", Area: rep.Area,
			What: fmt.Sprintf("%s%s %d 年“%s”的上报值", what, area.FullName(rep.Area), rep.Period, d.Name)})
	})
}

// SignRow is one reported figure that waits.
type SignRow struct {
	Name, AreaName, Period, Value, Note, By, Href string
	Action                                        string
}

// signPage is how many waiting figures are shown; a note says when there are more.
const signPage = 100

// SignPage is the page of figures that wait for a signature.
type SignPage struct {
	Rows []SignRow
	More bool
}

func (p pages) reports(c *web.Ctx) error {
	code := home(c.User)
	list, err := p.Indicators.Waiting(c.Context(), code, signPage+1)
	if err != nil {
		return err
	}
	definitions, err := p.Indicators.Definitions(c.Context())
	if err != nil {
		return err
	}
	byID := map[string]Indicator{}
	for _, d := range definitions {
		byID[d.ID] = d
	}
	d := SignPage{More: len(list) > signPage}
	for _, rep := range list[:min(len(list), signPage)] {
		of := byID[rep.Indicator]
		d.Rows = append(d.Rows, SignRow{Name: nameOf(c.T, of), AreaName: area.FullName(rep.Area), Period: periodText(rep.Period), Value: Figure(rep.Value, of.Unit) + unitOf(c.T, of.Unit), Note: rep.Note,
			By: c.T("plan.sign.by", rep.ByName, stamp(rep.At)), Href: indicatorHref(of.ID, rep.Area),
			Action: indicatorHref(of.ID, rep.Area) + "/judge?year=" + strconv.Itoa(int(rep.Period)) + "&version=" + strconv.FormatInt(rep.Version, 10)})
	}
	return c.Render("plan/reports", web.Page{Title: c.T("plan.sign"), Lede: area.Name(code), Crumbs: inArea(c.User, code), Data: d, Nav: "/plan"})
}

func (p pages) judge(c *web.Ctx) error {
	d, code, _, err := p.asked(c)
	if err != nil {
		return err
	}
	form := c.Form(web.Field{Name: "act", Label: c.T("plan.sign.act"), Kind: "radios", Need: true, Options: []web.Option{{Value: "signed"}, {Value: "returned"}}},
		web.Field{Name: "reason", Label: c.T("plan.sign.reason"), Max: 200})
	rep := Report{Area: code, Indicator: d.ID, Period: indicator.Period(number(c.Query("year"))), Version: int64(number(c.Query("version"))), State: indicator.ReportState(form.Choice("act")), Reason: form.Text("reason")}
	if !form.OK() {
		return fault.New(fault.Invalid, "请选择签收或退回")
	}
	if err := p.Judge(c.Context(), c.User, c.Once(), rep); err != nil {
		return err
	}
	c.Flash("ok", c.T("plan.sign.done."+string(rep.State)))
	return c.Redirect("/plan/reports")
}
