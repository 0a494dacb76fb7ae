package rank

// Work is an occupation as a code with the name people use for it.
type Work struct {
	Code   string // of the classification of 2022: 6-18-02-04, or a class: 6-18-02-00, 6-18; "" not coded
	Name   string // for reasons only
	Months int    // how long it was done; only of Past
}

// Profile is what a person looks for and brings along. Empty fields are "not said" and neither help nor harm.
type Profile struct {
	Wish      []Work // looked for, most wanted first; the first three count
	Past      []Work // done before
	Trained   []Work // courses taken
	Certified []Work // skill certificates
	Skills    []string
	Licences  []string // held, as vacancies name them
	Pay       int64    // wished for, fen a month
	Education int      // tens of GB/T 4658 (10 … 90)
	Home      Place
	Willing   bool // has registered that they look for work

	// Conditions that the person sets.
	Floor  int64 // least pay, fen a month
	Radius int   // farthest, km
	Hours  Hours // kinds of time that suit; 0: all

	// What the law protects and what includes.
	Young   bool   // under 18: nothing that is forbidden to young workers
	Welcome Groups // groups the person counts among, for vacancies that invite them; never a reason against anybody
	Weight  int    // thousandths by which the caller weighs a key group's benefit (Result.Value); 0 is 1,000
}

// Hours are kinds of working time, a set of bits.
type Hours uint8

// Kinds of working time.
const (
	Full Hours = 1 << iota
	Shift
	Part
	Season
	Day
	Flexible
	Intern
)

// Groups are groups that vacancies may invite, a set of bits whose meaning is the caller's.
type Groups uint16

// Place is where somebody lives or works: an area code of 6, 9 or 12 digits, and the point to measure from.
type Place struct {
	Area     string
	Lon, Lat float64 // degrees of the banner's seat
	Known    bool    // whether the point is known
}

// Vacancy is work that is offered. Zero values are "not said".
type Vacancy struct {
	ID         int64
	Work       Work
	PayLow     int64 // fen a month
	PayHigh    int64
	Education  int // lowest accepted, as Profile.Education; 0 or 90: none asked
	Place      Place
	Openings   int // still free; 0 is not recommended to anybody
	Applicants int // have applied so far
	Experience int // months asked for
	Hours      Hours
	Contract   int // months; 999 without end
	Age        int // days since it was posted or last confirmed
	Skills     []string
	Licences   []string // required, all of them
	Friendly   Groups   // groups it invites
	Hazard     bool     // forbidden to people under 18; occupations that are so by law need not be marked
}

// Pick is a vacancy found for a person, in short.
type Pick struct {
	At     int32 // in the index
	Points int32 // expected benefit: 65,535 × 1,000 at most
	ID     int64
}

// Result is one vacancy's fit for one person.
type Result struct {
	ID      int64
	Score   int  // expected benefit, Chance × Benefit, 0 to 1,000; 0 when a hard condition is not met
	Chance  int  // of being hired, thousandths; 0 when a hard condition is not met
	Benefit int  // what the work would bring, 0 to 1,000
	Value   int  // Score by the person's weight: what an allocation adds up
	Barred  bool // a hard condition is not met
	Reasons []Reason
	Grounds []Ground // the same as Reasons, as a database keeps it
}

// Score turns a pick's points into 0 to 1,000.
func (p Pick) Score() int { return int(p.Points+chanceMost/2) / chanceMost }
