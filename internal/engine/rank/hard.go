package rank

// bar is a hard condition that is not met.
type bar uint8

const (
	free      bar = iota
	barSchool     // two steps of schooling or more below what is asked for
	barYoung      // forbidden to people under 18
	barFloor      // below the least pay the person accepts
	barHours      // a kind of time that does not suit the person
	barRadius     // farther than the person goes, or not known to be nearer
	barPaper      // a licence is required that the person does not hold
)

// mostGap is the most missing steps of schooling that experience may make up for.
const mostGap = 1

// bars finds the first hard condition that a vacancy does not meet.
func (s *Seeker) bars(r *row, texts words, way reach) bar {
	switch {
	case r.hazard && s.profile.Young:
		return barYoung
	case s.floor > 0 && r.high > 0 && r.high < s.floor:
		return barFloor
	case s.profile.Hours != 0 && r.hours != 0 && r.hours&s.profile.Hours == 0:
		return barHours
	case s.tooFar(way):
		return barRadius
	case r.licenceBits&^s.licSet != 0:
		return barPaper
	case r.nLicences > 0 && s.licences.shared(r.licenceWords(texts)) < int(r.nLicences):
		return barPaper
	case s.gap(r.schooling) > mostGap:
		return barSchool
	}
	return free
}

func (s *Seeker) tooFar(way reach) bool {
	return s.profile.Radius > 0 && !way.own && (way.km < 0 || int(way.km) > s.profile.Radius)
}
