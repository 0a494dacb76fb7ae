package grant

import (
	"context"
	"fmt"
	"strconv"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
)

// LineState is where one payment of a grant stands.
type LineState string

// The states of a line.
const (
	LinePlanned LineState = "planned" // not due, or not looked at again yet
	LineDue     LineState = "due"     // may go into a batch
	LineHeld    LineState = "held"    // something has changed: two people decide whether it goes on
	LineBatched LineState = "batched"
	LineSent    LineState = "sent"
	LineBounced LineState = "bounced"
	LinePaid    LineState = "paid"
	LineStopped LineState = "stopped"
)

var lineWords = map[LineState]struct {
	Label
	Tag string
}{
	LinePlanned: {Label{"未到期", "Not due yet"}, ""}, LineDue: {Label{"待发放", "To be paid"}, "warn"}, LineHeld: {Label{"暂停，待复核", "Held, to be decided"}, "stop"},
	LineBatched: {Label{"已编入批次", "In a batch"}, "group"}, LineSent: {Label{"银行发放中", "At the bank"}, "group"}, LineBounced: {Label{"银行退回", "Returned by the bank"}, "stop"},
	LinePaid: {Label{"已发放", "Paid"}, "ok"}, LineStopped: {Label{"已停发", "Stopped"}, ""},
}

// Line is one payment of a grant.
type Line struct {
	OwnerID, GrantID  int64
	N                 int
	Fact, Area        string
	Year              int
	DueOn             db.Date
	Fen               int64
	State             LineState
	FundID, BatchID   int64
	CheckedOn, PaidOn db.Date
	why               []byte
}

// NumberOf is the number of a payment at the bank: whose, which grant, which line.
func NumberOf(l *Line) string { return fmt.Sprintf("%d-%d-%d", l.OwnerID, l.GrantID, l.N) }

// Period says in words what a line is for.
func (l *Line) Period() string { return factWord(l.Fact) }

// periodIn is the same in a reader's language.
func (l *Line) periodIn(language string) string {
	switch {
	case language != lang.English:
		return l.Period()
	case l.Fact == single:
		return "Once"
	}
	return l.Fact[:4] + "-" + l.Fact[4:]
}

// share is one line's part of a movement of money.
func (l *Line) share() share { return share{l.OwnerID, l.GrantID, l.Fen} }

func shares(list []Line) []share {
	out := make([]share, len(list))
	for i := range list {
		out[i] = list[i].share()
	}
	return out
}

func total(list []Line) (fen int64) {
	for i := range list {
		fen += list[i].Fen
	}
	return fen
}

// plan cuts what was granted into lines: the months of the schedule or of the application, or one. Where less was granted than
// asked for, every month gets its part of it and the last one the rest. Months of later years are paid from those years' money.
func (a *Application) plan() []Line {
	if a.Granted == 0 {
		return nil
	}
	year := a.DecidedOn.Year()
	if len(a.Plan) == 0 {
		return []Line{{OwnerID: a.OwnerID, GrantID: a.ID, N: 1, Fact: single, Area: a.Area, Year: year, DueOn: a.DecidedOn, Fen: a.Granted, State: LinePlanned, FundID: a.FundID}}
	}
	var out []Line
	left := a.Granted
	for i, p := range a.Plan {
		fen := p.Fen
		switch {
		case i == len(a.Plan)-1:
			fen = left
		case a.Granted != a.Amount && a.Amount > 0:
			fen = fen * a.Granted / a.Amount
		}
		left -= fen
		l := Line{OwnerID: a.OwnerID, GrantID: a.ID, N: i + 1, Fact: strconv.Itoa(p.Month), Area: a.Area, Year: max(year, p.Month/100), DueOn: db.On(lastDay(p.Month)), Fen: fen, State: LinePlanned}
		if l.Year == year {
			l.FundID = a.FundID
		}
		if fen > 0 {
			out = append(out, l)
		}
	}
	return out
}

// byYear are lines by the year whose money pays them.
func byYear(list []Line) map[int][]Line {
	out := map[int][]Line{}
	for _, l := range list {
		out[l.Year] = append(out[l.Year], l)
	}
	return out
}

// count adds lines to their years (or, with sign -1, takes them off), and asks whether the limits hold.
func (r *Room) count(ctx context.Context, tx *db.Tx, a *Application, list []Line, sign int64) error {
	for year, part := range byYear(list) {
		for _, policy := range []string{"", a.PolicyID} {
			sum, times, err := r.store.grantedIn(ctx, tx, a.OwnerID, year, policy, sign*total(part), sign)
			if err != nil {
				return err
			}
			if err := r.fits(a.Unit, policy, sum, times); err != nil && sign > 0 {
				return err
			}
		}
	}
	return nil
}

// dueNext is the deadline of a grant whose next line is due on a day.
func (r *Room) dueNext(list []Line, days int) db.Date {
	next := db.Date{}
	for _, l := range list {
		if open := l.State == LinePlanned || l.State == LineDue; open && (next.IsZero() || l.DueOn.Before(next.Time)) {
			next = l.DueOn
		}
	}
	if next.IsZero() || next.Before(r.Clock.Today()) {
		next = db.On(r.Clock.Today())
	}
	return db.On(workday.Add(next.Time, days))
}
