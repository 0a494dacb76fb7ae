package jobs

// State is where an application stands.
type State string

// The states of an application.
const (
	Referred  State = "referred"  // an officer recommends it; the person has not answered
	Sent      State = "sent"      // the person applied
	Viewed    State = "viewed"    // the employer has read it
	Interview State = "interview" // the employer invites
	Offered   State = "offered"   // the employer would take the person, who has not said yes
	Hired     State = "hired"     // the employer takes the person
	Declined  State = "declined"  // the employer does not
	Withdrawn State = "withdrawn" // the person no longer wants it
	Shut      State = "closed"    // closed by the program: hired elsewhere, the employer was silent
)

// Side is who may move an application on.
type Side string

// The sides of an application.
const (
	Person   Side = "seeker"
	Employer Side = "employer"
	Officer  Side = "officer"
	Program  Side = "program" // by the clock, or because something else has happened
)

// move is one allowed step from a state to another.
type move struct {
	from, to State
	by       Side
}

// moves are all steps there are; from "" begins an application.
var moves = []move{
	{"", Sent, Person},
	{"", Referred, Officer},
	{Referred, Sent, Person},
	{Referred, Withdrawn, Person},
	{Referred, Withdrawn, Officer},
	{Sent, Withdrawn, Person},
	{Viewed, Withdrawn, Person},
	{Interview, Withdrawn, Person},
	{Offered, Withdrawn, Person},
	{Offered, Hired, Person},
	{Withdrawn, Sent, Person},
	{Withdrawn, Referred, Officer},
	{Shut, Sent, Person},
	{Shut, Referred, Officer},
	{Sent, Viewed, Employer},
	{Sent, Interview, Employer},
	{Sent, Offered, Employer},
	{Sent, Hired, Employer},
	{Sent, Declined, Employer},
	{Viewed, Interview, Employer},
	{Viewed, Offered, Employer},
	{Viewed, Hired, Employer},
	{Viewed, Declined, Employer},
	{Interview, Offered, Employer},
	{Interview, Hired, Employer},
	{Interview, Declined, Employer},
	{Offered, Hired, Employer}, // the person has begun
	{Offered, Declined, Employer},
	{Declined, Interview, Employer}, // thought better of it
	{Referred, Shut, Program},
	{Sent, Shut, Program},
	{Viewed, Shut, Program},
	{Interview, Shut, Program},
	{Offered, Shut, Program},
}

// May reports whether a side may move an application from one state to another.
func May(by Side, from, to State) bool {
	for _, m := range moves {
		if m == (move{from, to, by}) {
			return true
		}
	}
	return false
}

// Next lists the states a side may move an application to.
func Next(by Side, from State) []State {
	var list []State
	for _, m := range moves {
		if m.by == by && m.from == from {
			list = append(list, m.to)
		}
	}
	return list
}

// look is how a state is shown: its Chinese label (the English one stands in the words) and the kind of its tag.
var look = map[State]struct{ zh, tag string }{
	Referred:  {"已推荐，等本人答复", "group"},
	Sent:      {"已应聘", ""},
	Viewed:    {"单位已看", ""},
	Interview: {"约面试", "warn"},
	Offered:   {"拟录用，等本人确认", "warn"},
	Hired:     {"已录用", "ok"},
	Declined:  {"未录用", ""},
	Withdrawn: {"已撤回", ""},
	Shut:      {"已关闭", ""},
}

// Zh is the state as people read it.
func (s State) Zh() string { return look[s].zh }

// Tag is the kind of the coloured tag the state is shown in.
func (s State) Tag() string { return look[s].tag }

// Live reports whether somebody is still to answer.
func (s State) Live() bool {
	return s == Referred || s == Sent || s == Viewed || s == Interview || s == Offered
}

// Applied reports whether the employer may know who it is.
func (s State) Applied() bool {
	return s == Sent || s == Viewed || s == Interview || s == Offered || s == Hired || s == Declined
}
