package plan

import (
	"time"

	"jiuye/internal/ground/lang"
)

// explain says in a sentence what a share rests on.
func explain(t words, s Share) string {
	day := lang.DateShort
	key := "plan.why." + s.Indicator.ID()
	switch {
	case s.Indicator == Graduates:
		return t(key, day(s.Graduate.Graduated.Time), day(s.Day))
	case s.Indicator == Reemployed:
		return t(key, day(s.Day), day(s.Registration.Since.Time))
	case s.Indicator == HardPlaced:
		return t(key, day(s.Day), t("plan.spell."+s.Spell.Kind), day(s.Group.Since.Time))
	case s.Indicator == Transfers, s.Indicator == Transfers6m, s.Indicator == OutOfPovertyWork:
		return t(key, day(s.Spell.Since.Time), until(t, s.Spell.Until.Time))
	case s.Training != nil:
		return t(key, s.Training.Class, day(s.Training.Since.Time), day(s.Training.Until.Time))
	case s.Certificate != nil:
		return t(key, day(s.Certificate.Issued.Time), t("plan.level."+text(s.Certificate.Level)))
	case s.Indicator == RegisteredRate && s.Registration != nil:
		return t(key, day(s.Registration.Since.Time))
	case s.Indicator == PensionRate && s.Insured != "":
		return t(key, t("plan.insurance."+s.Insured), int(s.Day.Month()), s.Day.Year())
	case s.Indicator == PensionRate:
		return t(key+".not", int(s.Day.Month()), s.Day.Year())
	case s.Indicator == Schooling:
		return t(key, s.Numerator)
	case s.Indicator == UrbanShare && s.Numerator == 0:
		return t(key+".not", day(s.Spell.Since.Time), t("plan.spell."+s.Spell.Kind))
	case s.Spell != nil:
		return t("plan.why.urban", day(s.Spell.Since.Time), t("plan.spell."+s.Spell.Kind))
	}
	return day(s.Day)
}

func until(t words, end time.Time) string {
	if end.IsZero() {
		return t("plan.why.now")
	}
	return lang.DateShort(end)
}
