package person

// Mark is a place in the change feed: behind the change of one person. The zero Mark stands before everything.
type Mark struct {
	ChangeID int64 // unix microseconds
	PersonID int64
}

// Change says that something of a person was written. There is one for each person, the last: who reads on from a Mark
// meets everybody who changed since, once, however often they did.
type Change struct {
	Mark
	What string // of the last write: person, registration, insurance, spell, group, graduate, training, certificate, survey, need …
	Area string // where the person lives now, 12 digits; "" when there is no such person any more
}
