package plan

import (
	"context"
	"slices"
	"time"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/indicator"
)

// KnownDays is the choice of the day as of which figures are shown.
type KnownDays struct {
	Options []web.Option
	Current string
	Past    bool   // an earlier day is shown
	Note    string // then: what is shown
	Back    string // the way to what is known now
}

// knownRuns is how many counts can be chosen from; other days are asked for in the address (?on=2025-03-01).
const knownRuns = 40

// knownDays lists the counts: of each month the last one, which is what was known at its end, and all of the current month.
func (r *Room) knownDays(ctx context.Context, t words, f *figures) (*KnownDays, error) {
	runs, err := r.Indicators.Runs(ctx, knownRuns)
	if err != nil || len(runs) == 0 {
		return nil, err
	}
	k := &KnownDays{Options: []web.Option{{Value: "", Text: t("plan.known.now")}}, Back: "/plan/area/" + f.area}
	month := 0
	for _, run := range runs[1:] {
		m := int(indicator.MonthOf(run.On))
		if m == month && m != int(indicator.MonthOf(runs[0].On)) {
			continue
		}
		month = m
		k.Options = append(k.Options, web.Option{Value: run.On.Format(time.DateOnly), Text: t("plan.known.run", run.On.Format(time.DateOnly), run.AsOf.Format(time.DateOnly))})
	}
	if !f.on.IsZero() {
		k.Past, k.Current = true, f.made.Format(time.DateOnly)
		k.Note = t("plan.known.note", lang.Date(lang.Chinese, f.on), f.asOf.Format(time.DateOnly))
		if f.asOf.IsZero() {
			k.Note = t("plan.known.nothing", f.on.Format(time.DateOnly))
		}
	}
	return k, nil
}

// on is the day as of which figures are asked for; zero for now, and for what is no day or still to come.
func (p pages) on(c *web.Ctx) time.Time {
	day, err := time.Parse(time.DateOnly, c.Query("on"))
	if err != nil || !day.Before(p.Clock.Today()) {
		return time.Time{}
	}
	return day
}

// CorrectionRow is a figure that was known otherwise after its period had ended.
type CorrectionRow struct{ Period, Was, Since, Now, On, Change string }

// shownCorrections is how many corrections a page lists, the latest first.
const shownCorrections = 12

// corrections are an indicator's in an area.
func (r *Room) corrections(ctx context.Context, d Indicator, code, unit string) (rows []CorrectionRow, more int, err error) {
	if !d.FromRegister() {
		return nil, 0, nil
	}
	list, err := r.Indicators.Corrected(ctx, code, d.ID, time.Time{})
	if err != nil {
		return nil, 0, err
	}
	number := func(s indicator.Sum) (int64, bool) {
		return indicator.Value{Kind: d.Kind, Numerator: s.Numerator, Denominator: s.Denominator, Known: true}.Number()
	}
	for i := len(list) - 1; i >= 0; i-- {
		c := list[i]
		was, ok := number(c.Was)
		now, ok2 := number(c.Now)
		if !ok || !ok2 || was == now {
			continue
		}
		if len(rows) == shownCorrections {
			more++
			continue
		}
		rows = append(rows, CorrectionRow{Period: periodText(c.Was.Period), Was: Figure(was, unit), Since: c.Was.KnownOn.Format(time.DateOnly), Now: Figure(now, unit),
			On: c.Was.Until.Format(time.DateOnly), Change: plus(now-was, unit)})
	}
	return rows, more, nil
}

// plus writes a change with its sign.
func plus(n int64, unit string) string {
	if n > 0 {
		return "+" + Figure(n, unit)
	}
	return Figure(n, unit)
}

// periodText writes 2025 or 2025-08.
func periodText(p indicator.Period) string {
	if p.IsYear() {
		return text(p.Year())
	}
	return p.End().Format("2006-01")
}

// lately is how many days back the board looks for corrections, and shownFixed how many indicators it names.
const (
	lately     = 31
	shownFixed = 4
)

// fixedLately are the indicators of which figures of past periods were corrected in the last month, those with the most first.
func (r *Room) fixedLately(ctx context.Context, t words, f *figures) ([]Change, error) {
	if f.made.IsZero() || !f.on.IsZero() {
		return nil, nil
	}
	list, err := r.Indicators.Corrected(ctx, f.area, "", f.made.AddDate(0, 0, -lately))
	times := map[string]int{}
	for _, c := range list {
		if c.Was.Numerator != c.Now.Numerator || c.Was.Denominator != c.Now.Denominator {
			times[c.Was.Indicator]++
		}
	}
	most := slices.Clone(Indicators())
	slices.SortStableFunc(most, func(a, b Indicator) int { return times[b.ID] - times[a.ID] })
	var out []Change
	for _, d := range most[:shownFixed] {
		if n := times[d.ID]; n > 0 {
			out = append(out, Change{Name: nameOf(t, d), Value: text(n), Href: indicatorHref(d.ID, f.area)})
		}
	}
	return out, err
}
