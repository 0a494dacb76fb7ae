package benchrun

import "jiuye/internal/engine/rule"

// somebody is a made-up person's facts.
type somebody struct {
	values [len(fieldsOf)]rule.Value
	known  [len(fieldsOf)]bool
}

var fieldsOf [founder + 1]struct{}

// Field implements rule.Source.
func (s *somebody) Field(id int) (rule.Value, bool) { return s.values[id], s.known[id] }

func (s *somebody) set(id int, v rule.Value) { s.values[id], s.known[id] = v, true }

func (s *somebody) flag(id int, yes bool) { s.set(id, rule.Yes(yes)) }

// born draws a person.
func (s *somebody) born(l *lot, township string) {
	*s = somebody{}
	age := l.below(86)
	s.set(sex, rule.One(int(l.below(2))))
	s.set(birth, rule.On(today-rule.Day(age*365+l.below(365))))
	if l.below(20) > 0 {
		s.set(education, rule.One(int(l.below(7))))
	}
	s.set(residence, rule.Str(township))
	s.flag(rural, l.below(100) < 45)
	s.flag(student, age >= 6 && age < 22 && l.below(10) < 8)
	s.flag(hard, l.below(100) < 3)
	s.flag(lowIncome, l.below(100) < 6)
	s.flag(zero, l.oneIn(400))
	s.flag(outOfPoverty, l.below(100) < 4)
	s.flag(founder, l.below(100) < 3)
	s.set(disability, rule.Int(0))
	if l.below(100) < 4 {
		s.set(disability, rule.Int(1+l.below(4)))
	}
	s.flag(veteran, l.below(100) < 3)
	if s.values[veteran].IsYes() {
		s.set(discharged, rule.On(today-rule.Day(l.below(7000))))
	}
	s.set(certificate, rule.Int(0))
	if l.below(10) == 0 {
		s.set(certificate, rule.Int(1+l.below(5)))
	}
	if l.below(12) == 0 {
		s.set(trained, rule.On(today-rule.Day(l.below(2400))))
	}
	if age >= 20 && age < 30 && l.below(3) == 0 {
		s.set(graduated, rule.On(today-rule.Day(l.below(3000))))
	}
	s.work(l, age)
}

func (s *somebody) work(l *lot, age int64) {
	s.flag(registered, age >= 16 && l.below(100) < 4)
	s.set(monthsUnemployed, rule.Int(0))
	if s.values[registered].IsYes() {
		s.set(monthsUnemployed, rule.Int(l.below(60)))
	}
	if l.below(100) < 70 {
		s.flag(able, l.below(20) > 0)
	}
	if l.below(100) < 55 {
		s.flag(willing, l.below(4) > 0)
	}
	if age < 16 || l.below(10) < 3 {
		s.set(employment, rule.Some(0))
		s.set(contract, rule.Int(0))
		s.set(insured, rule.Int(0))
		return
	}
	s.set(employment, rule.One(int(l.below(5))))
	if l.below(10) > 0 {
		s.set(contract, rule.Int(l.below(61)))
	}
	s.set(insured, rule.Int(l.below(300)))
	if l.below(10) < 7 {
		s.set(income, rule.Int(1500+l.below(9000)))
	}
}
