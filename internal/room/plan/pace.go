package plan

import (
	"time"

	"jiuye/internal/register/indicator"
)

// Status is the word on an indicator's progress.
type Status string

// The statuses: 达标, 在进度内, 落后, 不测算.
const (
	Reached  Status = "reached"
	OnPace   Status = "onpace"
	Behind   Status = "behind"
	Unjudged Status = "unjudged"
)

const (
	// Slack is how far completion may be below what is expected without being called behind: 3 percentage points.
	Slack = 300
	// near is what 左右 leaves on either side: a tenth of the target.
	near = 10
)

// Remark is what stands in place of a bar.
type Remark string

// The remarks, each a word key plan.remark.….
const (
	NoRemark   Remark = ""
	InBand     Remark = "inband"     // about the target
	OutOfBand  Remark = "outofband"  // not about it
	UnderCap   Remark = "undercap"   // within the ceiling
	OverCap    Remark = "overcap"    // above the ceiling
	AboveFloor Remark = "abovefloor" // at or above the floor
	BelowFloor Remark = "belowfloor"
	SinceBase  Remark = "sincebase"  // only a direction is wanted: Gap says how much changed since the base
	HigherPlan Remark = "higherplan" // the plan above sets the target
	NoTarget   Remark = "notarget"   // the plans set none for this area
	NoValue    Remark = "novalue"    // nothing counted or reported
	Partial    Remark = "partial"    // the register does not cover the area
	OnlyBase   Remark = "onlybase"   // nothing is known after the base year
	BelowBase  Remark = "belowbase"  // a level has gone the wrong way since the base
)

// Progress is an indicator held against its target. Shares are ten-thousandths of the way from the base to the target, cut: they are rounded
// where they are written, once.
type Progress struct {
	Status Status
	Remark Remark
	Paced  bool  // Done and Due are meant
	Done   int64 // completed
	Due    int64 // expected by the data's last day
	Season bool  // Due follows past years' months; otherwise a straight line
	Gap    int64 // SinceBase: the change since the base as a kept number
	Left   int64 // what is missing to the target as a kept number; 0 when reached
}

// Season is how a year's total has come together in past years: Season[m] is the share reached by the end of month m, in
// ten-thousandths; Season[0] is 0 and Season[12] is 10000. The zero Season stands for a straight line.
type Season [13]int64

// SeasonOf makes the profile of past years' months (January first). It is the zero Season where nothing happened.
func SeasonOf(months [12]int64) Season {
	var s Season
	total := int64(0)
	for _, n := range months {
		total += n
	}
	if total <= 0 {
		return s
	}
	sum := int64(0)
	for m, n := range months {
		sum += n
		s[m+1] = sum * 10000 / total
	}
	return s
}

// Known says whether the profile comes from past years.
func (s Season) Known() bool { return s[12] != 0 }

// By is the share of a year that is expected by a day, in ten-thousandths. Within a month it follows the days.
func (s Season) By(day time.Time) int64 {
	if !s.Known() {
		return int64(day.YearDay()) * 10000 / int64(yearDays(day.Year()))
	}
	m := int(day.Month())
	days := int64(monthsLater(day.AddDate(0, 0, 1-day.Day()), 1).AddDate(0, 0, -1).Day())
	return s[m-1] + (s[m]-s[m-1])*int64(day.Day())/days
}

func yearDays(year int) int {
	return time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC).YearDay()
}

// Judge holds what has been reached against a target as of a day. For a cumulative target actual is the sum of the years
// after the base, otherwise the latest level; ok says whether there is one.
func Judge(d Indicator, t *indicator.Target, actual int64, ok bool, season Season, asOf time.Time) Progress {
	switch {
	case t == nil:
		return Progress{Status: Unjudged, Remark: NoTarget}
	case !ok:
		return Progress{Status: Unjudged, Remark: NoValue}
	case t.Comparator == indicator.InWords && d.Kind == indicator.Reported:
		return Progress{Status: Unjudged, Remark: SinceBase, Gap: actual - t.Base}
	case t.Comparator == indicator.InWords:
		return Progress{Status: Unjudged, Remark: HigherPlan, Gap: actual - t.Base}
	case t.Comparator == indicator.AtMost:
		return bound(actual <= t.Value, actual-t.Value, UnderCap, OverCap)
	case t.Comparator == indicator.About:
		return about(d, t, actual)
	case t.Comparator == indicator.Between:
		return bound(actual >= t.Value && actual <= t.High, max(t.Value-actual, actual-t.High), InBand, OutOfBand)
	case t.Comparator == indicator.AtLeast && !t.Cumulative && (t.Base >= t.Value || actual >= t.Value):
		return bound(actual >= t.Value, t.Value-actual, AboveFloor, BelowFloor)
	}
	return way(t, actual, season, asOf)
}

func bound(within bool, left int64, yes, no Remark) Progress {
	if within {
		return Progress{Status: Reached, Remark: yes}
	}
	return Progress{Status: Behind, Remark: no, Left: left}
}

// about: 左右 is met within a tenth of the target on the bad side; the good side is never a fault.
func about(d Indicator, t *indicator.Target, actual int64) Progress {
	short := t.Value - actual
	if d.Down {
		short = -short
	}
	return bound(short <= t.Value*sign(t.Value)/near, short, InBand, OutOfBand)
}

// way measures the way from the base to the target: a sum begins at 0, a level at its base.
func way(t *indicator.Target, actual int64, season Season, asOf time.Time) Progress {
	p := Progress{Paced: true}
	from := t.Base
	if t.Cumulative {
		from = 0
	}
	done, ok := indicator.Cut(actual-from, t.Value-from, 10000)
	if !ok {
		return bound(actual >= t.Value, t.Value-actual, AboveFloor, BelowFloor)
	}
	years := int64(t.Year - t.BaseYear)
	gone := int64(asOf.Year()-t.BaseYear-1) * 10000
	if t.Cumulative {
		p.Season = season.Known()
		gone += season.By(asOf)
	} else {
		gone += Season{}.By(asOf)
	}
	p.Done, p.Due = done, min(10000, max(0, gone/years))
	switch {
	case done < 0:
		p.Status, p.Remark, p.Paced, p.Left = Behind, BelowBase, false, t.Value-actual
	case actual >= t.Value:
		p.Status = Reached
	case p.Done >= p.Due-Slack:
		p.Status, p.Left = OnPace, t.Value-actual
	default:
		p.Status, p.Left = Behind, t.Value-actual
	}
	return p
}
