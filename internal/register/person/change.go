package person

// Mark is a place in the change feed: behind one person of one write. The zero Mark stands before everything.
type Mark struct {
	ChangeID int64 // db.Stamp, see package feed
	PersonID int64
}

// Change says that something of a person was written. Who reads on from a Mark meets everybody who changed since, at least
// once, with the last change of the page.
type Change struct {
	Mark
	What string // person, ability, registration, insurance, spell, group, graduate, training, certificate, survey, need, employer (one they work at or found) …
	Area string // where the person lives now, 12 digits; "" when there is no such person any more
}
