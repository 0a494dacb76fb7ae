package market

import "jiuye/internal/ground/db"

// items are what is bought (S73: 市场调查、岗位归集、招聘活动、指导).
var items = []string{"survey", "vacancies", "fair", "guidance", "training", "other"}

// Purchase is a contract on services bought from an agency.
type Purchase struct {
	ID       int64
	AgencyID int64
	Area     string
	Title    string
	Item     string
	Number   string // of the contract
	Amount   int64  // fen
	Paid     int64  // fen, as told by finance
	From     db.Date
	Until    db.Date
	By       string
	ById     int64
	Version  int64
}

// States of a deliverable.
const (
	Planned   = "planned"
	Submitted = "submitted"
	Passed    = "passed"
	Returned  = "returned"
)

// Deliverable is one thing that the contract promises: how much, by when, and what is payable once it is accepted.
type Deliverable struct {
	PurchaseID  int64
	ID          int64
	What        string
	Quantity    int64
	Unit        string
	Due         db.Date
	Amount      int64 // fen
	State       string
	Done        int64
	Note        string
	SubmittedBy int64
	Submitter   string
	Acceptor    string
	On          db.Date
}

// payable is what has been accepted so far.
func payable(list []Deliverable) (sum int64) {
	for _, d := range list {
		if d.State == Passed {
			sum += d.Amount
		}
	}
	return sum
}

// Park is an industrial park of human-resources services (产业园).
type Park struct {
	ID     int64
	Name   string
	Area   string
	Level  string // nation, region, league
	Opened db.Date
	By     string
}

var levels = []string{"nation", "region", "league"}

// goal is the output that the region set for itself by the end of 2025, fen: 产业规模突破 200 亿元.
const goal = 200 * 100_000_000 * 100

// Need is a need or an offer that agencies, units and departments tell one another.
type Need struct {
	ID     int64
	Side   string // unit, agency, department
	Name   string
	Area   string
	Offer  bool
	Text   string
	Phone  string
	Until  db.Date
	Closed bool
	ById   int64
}
