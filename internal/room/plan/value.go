package plan

import "time"

// Value is what an indicator amounts to in an area and a year.
type Value struct {
	Indicator   Index
	Area        string
	Year        int
	AsOf        time.Time // the data's last day; for a reported value the day it was entered
	Numerator   int64
	Denominator int64 // of rates and means; 0 otherwise
	Known       bool  // false: nobody lives there, or nobody has reported
	Reported    bool  // entered by somebody (上报值) instead of counted; Numerator is then the kept number itself
	Note        string
}

// Number is the value as it is kept: a count, or ten-thousandths for %, or hundredths for years. ok is false where there is
// none, because it is not known or nobody is in the base.
func (v Value) Number() (n int64, ok bool) {
	if !v.Known {
		return 0, false
	}
	if v.Reported {
		return v.Numerator, true
	}
	switch Of(v.Indicator).Kind {
	case Rate:
		return ratio(v.Numerator, v.Denominator, 10000)
	case Mean:
		return ratio(v.Numerator, v.Denominator, 100)
	}
	return v.Numerator, true
}

// ratio is part/whole in parts of scale, rounded half away from zero.
func ratio(part, whole, scale int64) (int64, bool) {
	if whole <= 0 {
		return 0, false
	}
	n := part * scale
	return (n + sign(n)*(whole/2)) / whole, true
}
