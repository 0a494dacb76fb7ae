package casework

import (
	"fmt"
	"time"

	"jiuye/internal/register/person"
)

// Working age as the definition of the zero-employment household means it, in completed years, both included.
const (
	workingFrom = 16
	workingTo   = 59
)

// Standing is why a household is, or is not, a zero-employment household.
type Standing struct {
	Zero    bool
	Able    int // living members of working age who can work and do not study
	AtWork  int // of these, at work
	Listed  int // of these, not at work and registered unemployed
	Insured []Proof
}

// Proof is a member who is at work and insured: what closes a case.
type Proof struct {
	Name  string
	Since time.Time // of the spell
	Month int       // first insured month of it, as 202509
}

// Judge looks at a household on a day. Its Zero is the definition of docs/architecture.md for one household;
// person.ZeroEmployment is the same for all of them, and a test holds the two together.
func Judge(f person.Family, today time.Time) Standing {
	var s Standing
	for _, m := range f.Members {
		if age := m.Age(today); m.Dead(today) || age < workingFrom || age > workingTo || m.Student || m.Able != nil && !*m.Able {
			continue
		}
		s.Able++
		if spell := m.AtWork(today); spell != nil {
			s.AtWork++
			if month := insuredSince(m, spell, today); month != 0 {
				s.Insured = append(s.Insured, Proof{Name: m.Name, Since: spell.Since.Time, Month: month})
			}
		} else if m.Registered(today) != nil {
			s.Listed++
		}
	}
	s.Zero = !f.Rural && s.Able > 0 && s.AtWork == 0 && s.Listed == s.Able
	return s
}

// proving is which insurance proves which work. The insurance of residents proves none.
var proving = map[string][]string{
	person.Unit:     {person.Pension, person.Unemployment},
	person.Post:     {person.Pension, person.Unemployment},
	person.Flex:     {person.Flexible, person.Pension},
	person.Self:     {person.Flexible, person.Pension},
	person.Transfer: {person.Pension, person.Unemployment, person.Flexible},
}

// insuredSince is the first month of the spell for which an insurance that proves it was paid, 0 when there is none up
// to today.
func insuredSince(m *person.Facts, spell *person.Spell, today time.Time) int {
	for t := spell.Since.Time; !t.After(today); t = time.Date(t.Year(), t.Month()+1, 1, 0, 0, 0, 0, time.UTC) {
		if month := person.MonthOf(t); m.Insured(month, proving[spell.Kind]...) {
			return month
		}
	}
	return 0
}

// Text says what a case's closing rests on.
func (p Proof) Text() string {
	return fmt.Sprintf("%s自 %s起就业，%d年%d月起参保", p.Name, p.Since.Format("2006年1月2日"), p.Month/100, p.Month%100)
}

// verdict says whether a household's case is to be closed, how, and on what that rests. A household with somebody at
// work who is not insured yet stays open.
func verdict(f person.Family, today time.Time) (outcome, proof string) {
	switch s := Judge(f, today); {
	case len(s.Insured) > 0:
		return Placed, s.Insured[0].Text()
	case f.Rural:
		return Left, "已转为农业户口，不再属于零就业家庭"
	case s.Zero || s.AtWork > 0:
		return "", ""
	case s.Able == 0:
		return Left, "家中已没有劳动年龄内、有劳动能力的成员"
	default:
		return Left, fmt.Sprintf("劳动年龄内有劳动能力的成员 %d 人，其中登记失业 %d 人，不再符合认定条件", s.Able, s.Listed)
	}
}
