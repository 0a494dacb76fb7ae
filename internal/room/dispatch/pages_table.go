package dispatch

import (
	"strconv"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
)

// stamp is an instant as a day.
func stamp(ms int64) string { return time.UnixMilli(ms).In(clock.Zone).Format(time.DateOnly) }

// monthTable is a unit's months with what became of each gap.
func monthTable(c *web.Ctx, u *Unit, list []Report, closings []Closing) table {
	t := table{ID: "months", Head: c.T("dispatch.h.months"), Note: c.T("dispatch.definition"), Heads: heads(c, "month", "+staff", "+gap", "+filled", "+told", "+rate", "report"), Empty: c.T("dispatch.noReports")}
	for i := range list {
		p, x := &list[i], closings[i]
		state := cell{Text: word(c, "rstate", p.State), Kind: stateKind[p.State]}
		if Late(p, u.Since, p.Month, p.FirstOn.Time) {
			state.Small = c.T("dispatch.lateOn", p.FirstOn.String())
		}
		t.Rows = append(t.Rows, []cell{{Text: monthName(c, p.Month), Href: reportAt(u.EmployerID, p.Month)}, num(p.Staff), num(p.Openings), num(x.Filled), num(p.Told), {Text: rateText(c, x), Right: true}, state})
	}
	return t
}

func requestTable(c *web.Ctx, list []Request, today db.Date) table {
	t := table{ID: "requests", Head: c.T("dispatch.h.requests"), Heads: heads(c, "request", "doer", "due", "answer", "state"), Empty: c.T("dispatch.none")}
	for _, q := range list {
		due := cell{Text: q.Due.String()}
		if q.State == OpenRequest && q.Due.Before(today.Time) {
			due.Small = c.T("dispatch.late")
		}
		doer := cell{Text: q.Doer}
		if q.AssignmentID != 0 {
			doer.Href = "/assignment/" + strconv.FormatInt(q.AssignmentID, 10)
		}
		state := cell{Text: word(c, "qstate", q.State), Kind: stateKind[q.State]}
		if q.Content > 0 {
			state.Small = word(c, "content", strconv.Itoa(q.Content))
		}
		t.Rows = append(t.Rows, []cell{{Text: q.Text, Small: q.Day.String() + " " + word(c, "ask", q.Kind)}, doer, due, {Text: q.Answer}, state})
	}
	return t
}

func actionTable(c *web.Ctx, list []Action) table {
	t := table{ID: "actions", Head: c.T("dispatch.h.actions"), Heads: heads(c, "kindOf", "month", "what", "+sent", "+met", "result"), Empty: c.T("dispatch.noActions")}
	for _, a := range list {
		kind := cell{Text: word(c, "kind", a.Kind), Small: a.Day.String()}
		if a.AssignmentID != 0 {
			kind.Href = "/assignment/" + strconv.FormatInt(a.AssignmentID, 10)
		}
		result := cell{Text: a.Result}
		if a.Result == "" {
			result.Text = c.T("dispatch.noResult")
		}
		t.Rows = append(t.Rows, []cell{kind, {Text: monthName(c, a.Month)}, {Text: a.Text, Small: a.By}, num(a.Sent), num(a.Met), result})
	}
	return t
}

func visitTable(c *web.Ctx, list []Visit) table {
	t := table{ID: "visits", Head: c.T("dispatch.h.visits"), Heads: heads(c, "day", "way", "said", "by"), Empty: c.T("dispatch.noVisits")}
	for _, v := range list {
		t.Rows = append(t.Rows, []cell{{Text: v.Day.String()}, {Text: word(c, "way", v.Way)}, {Text: v.Said}, {Text: v.By}})
	}
	return t
}

func payText(low, high int64) string {
	switch {
	case high == 0:
		return "—"
	case low == high:
		return lang.Fen(low)
	}
	return lang.Fen(low) + "～" + lang.Fen(high)
}
