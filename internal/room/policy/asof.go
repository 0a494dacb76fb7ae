package policy

import (
	"context"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/dictionary"
)

// ExplainPersonOn decides one person by the versions and parameters that counted on a day, and by what the register
// says of that day.
func (r *Room) ExplainPersonOn(ctx context.Context, personID int64, day time.Time) ([]*rule.Explanation, error) {
	c, err := r.on(ctx, day)
	if err != nil {
		return nil, err
	}
	f, err := r.People.Facts(ctx, personID)
	if err != nil || f.Dead(day) {
		return nil, err
	}
	a, err := dictionary.On(ctx, r.DB, day)
	if err != nil {
		return nil, err
	}
	if err := a.Somebody(ctx, r.DB, f); err != nil {
		return nil, err
	}
	var row dictionary.Row
	a.Fill(&row, f)
	return explain(c.people, &row, a.On), nil
}

// earlier reads the day an address asks for; ok is false where it asks for none. Faults: Invalid, for another day than one
// of the past.
func (r *Room) earlier(c *web.Ctx) (day time.Time, ok bool, err error) {
	text := c.Query("on")
	if text == "" {
		return day, false, nil
	}
	day, read := web.ParseDate(text)
	if !read {
		return day, false, fault.New(fault.Invalid, "日期应写成 2025-09-24，您写的是“%s”", text)
	}
	if day.After(r.Clock.Today()) {
		return day, false, fault.New(fault.Invalid, "%s 还没有到，以后的情况请看“差一点”里的日期", day.Format(time.DateOnly))
	}
	return day, true, nil
}
