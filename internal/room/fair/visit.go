package fair

// Visit is a person at a fair.
type Visit struct {
	PersonID     int64
	FairID       int64
	Code         string // eight digits, for the door and the booths
	RegisteredAt int64  // unix ms
	CheckedAt    int64  // 0: has not come yet
	WalkIn       bool   // came without having registered
	By           string // who checked in
}

// Why is a reason for or against a vacancy, as an officer reads it.
type Why struct {
	For bool   `json:"for"`
	Zh  string `json:"zh"`
	En  string `json:"en"`
}

// Invite sends a person to a booth at a time, for a vacancy.
type Invite struct {
	PersonID   int64
	FairID     int64
	VacancyID  int64
	EmployerID int64
	Slot       int // minutes from midnight
	Score      int // 0 to 1,000
	Why        []Why
	Hand       bool  // put there by an officer
	SentAt     int64 // 0: not told yet
}

// kept reports whether a new run must leave it alone.
func (v *Invite) kept() bool { return v.Hand || v.SentAt != 0 }

// Run is an allocation as it was done.
type Run struct {
	FairID   int64
	At       int64
	ByName   string
	Seekers  int // who had registered
	Invited  int // of these, with an invitation
	Pairs    int // invitations made
	Crowded  int // recommendations that found no free time
	Openings int
}
