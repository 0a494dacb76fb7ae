package cycle

import (
	"context"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/width"

	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// book is what is counted in some areas: area, indicator, period.
type book struct {
	sums map[string]map[string]map[indicator.Period]indicator.Sum
	asOf time.Time // the data's last day; zero: nothing is counted
	made time.Time // the day of that count
}

// read reads all sums of areas as known; one reading an area.
func (r *Room) read(ctx context.Context, areas []string) (*book, error) {
	b := &book{sums: map[string]map[string]map[indicator.Period]indicator.Sum{}}
	last, found, err := r.Indicators.Latest(ctx, r.known)
	if err != nil || !found {
		return b, err
	}
	b.asOf, b.made = last.AsOf, last.On
	for _, code := range areas {
		list, err := r.Indicators.Sums(ctx, code, r.known)
		if err != nil {
			return b, err
		}
		of := map[string]map[indicator.Period]indicator.Sum{}
		for _, s := range list {
			if of[s.Indicator] == nil {
				of[s.Indicator] = map[indicator.Period]indicator.Sum{}
			}
			of[s.Indicator][s.Period] = s
		}
		b.sums[code] = of
	}
	return b, nil
}

// has says whether anybody lives in an area as far as the register knows.
func (b *book) has(code string) bool { return len(b.sums[code][indicator.People]) > 0 }

// over is an indicator from one month to another: the sum of events, otherwise the last month's value. ok is false where the
// data have not come so far or nobody lives there.
func (b *book) over(d indicator.Definition, code string, from, to indicator.Period) (n int64, ok bool) {
	if !d.FromRegister() || b.asOf.IsZero() || indicator.MonthOf(b.asOf) < to || !b.has(code) {
		return 0, false
	}
	months := b.sums[code][d.ID]
	if d.Kind == indicator.Event {
		for p := from; p <= to; p = p.Next() {
			n += months[p].Numerator
		}
		return n, true
	}
	s := months[to]
	return (indicator.Value{Indicator: d.ID, Kind: d.Kind, Numerator: s.Numerator, Denominator: s.Denominator, Known: true}).Number()
}

// year is an indicator from January to a month.
func (b *book) year(d indicator.Definition, code string, to indicator.Period) (int64, bool) {
	return b.over(d, code, january(to), to)
}

// whole is an indicator of a full year, or of the current one so far.
func (b *book) whole(d indicator.Definition, code string, year int) (int64, bool) {
	s, found := b.sums[code][d.ID][indicator.Period(year)]
	if !found || !d.FromRegister() {
		return 0, false
	}
	return (indicator.Value{Indicator: d.ID, Kind: d.Kind, Numerator: s.Numerator, Denominator: s.Denominator, Known: true}).Number()
}

func january(p indicator.Period) indicator.Period { return indicator.Period(p.Year()*100 + 1) }

// lastYear is the same month a year before.
func lastYear(p indicator.Period) indicator.Period { return p - 100 }

// scaled reads a figure as people type it.
func scaled(typed, unit string) (int64, error) {
	return indicator.Scaled(strings.NewReplacer(",", "", " ", "", "%", "", "−", "-").Replace(width.Narrow.String(typed)), unit)
}

// asked are the indicators of a round: what the register counts, what is reported as often as the round comes, and of other plans what
// has a target in the area or below.
func (r *Room) asked(ctx context.Context, round *Round) ([]indicator.Definition, error) {
	all, err := r.Indicators.Definitions(ctx)
	if err != nil {
		return nil, err
	}
	codes := []string{round.Area}
	for _, a := range area.Children(round.Area) {
		codes = append(codes, a.Code)
	}
	targets, err := r.Indicators.TargetsOf(ctx, codes)
	return slices.DeleteFunc(all, func(d indicator.Definition) bool {
		_, computed := indicator.Find(d.ID)
		wanted := computed || slices.ContainsFunc(targets, func(t indicator.Target) bool { return t.Indicator == d.ID })
		return !wanted || !d.FromRegister() && !rhythms[round.Kind].asks[d.Frequency]
	}), err
}

// entries are the lines of areas' forms as the register knows them now.
func (r *Room) entries(ctx context.Context, round *Round, areas ...string) (map[string][]Entry, error) {
	list, err := r.asked(ctx, round)
	if err != nil {
		return nil, err
	}
	b, err := r.read(ctx, areas)
	if err != nil {
		return nil, err
	}
	targets, err := r.Indicators.TargetsOf(ctx, areas)
	if err != nil {
		return nil, err
	}
	out := map[string][]Entry{}
	for _, code := range areas {
		for _, d := range list {
			e := Entry{Indicator: d.ID, Unit: d.Unit, Period: round.Period}
			if d.FromRegister() {
				if e.counted, e.known = b.over(d, code, round.first(), round.Period); e.known {
					e.Month = indicator.Figure(e.counted, d.Unit)
				}
				if n, ok := b.year(d, code, round.Period); ok {
					e.Year = indicator.Figure(n, d.Unit)
				}
				e.May = d.Kind == indicator.Event && round.Kind == Month
			} else {
				e.May = true
				e.Need = slices.ContainsFunc(targets, func(t indicator.Target) bool { return t.Area == code && t.Indicator == d.ID })
				if d.Frequency == indicator.Yearly {
					e.Period = indicator.Period(round.Period.Year())
				}
			}
			out[code] = append(out[code], e)
		}
	}
	return out, nil
}

// renew brings a form's lines up to what the register knows; what the area typed stays.
func renew(old, now []Entry) []Entry {
	for i := range now {
		e := &now[i]
		if at := slices.IndexFunc(old, func(o Entry) bool { return o.Indicator == e.Indicator }); at >= 0 {
			e.Typed, e.Note = old[at].Typed, old[at].Note
		}
	}
	return now
}

// names are the indicators' names by id.
func (r *Room) names(ctx context.Context) (map[string]string, error) {
	list, err := r.Indicators.Definitions(ctx)
	out := map[string]string{}
	for _, d := range list {
		out[d.ID] = d.Name
	}
	return out, err
}
