package dispatch

import (
	"context"

	"jiuye/internal/ground/db"
)

// Agency is a human-resources agency as room market knows it.
type Agency struct {
	ID         int64
	EmployerID int64 // 0: not in the register
	Name       string
	Area       string
	Grade      string // A to D
	Listed     bool   // on the list of the seriously dishonest
	Licensed   bool   // its licence is in force
}

// Bad reports whether an agency is shown with a mark: of bad credit, or without a licence in force.
func (a *Agency) Bad() bool { return a.Grade == "D" || a.Listed || !a.Licensed }

// Agencies tells which agencies there are. The room of market supervision does.
type Agencies interface {
	// Agencies lists those of an area's subtree, in the order of their numbers.
	Agencies(ctx context.Context, area string) ([]Agency, error)
	// Numbered are those with some numbers.
	Numbered(ctx context.Context, ids []int64) ([]Agency, error)
	// AgencyOf is the one that an employer is registered as; found is false for others.
	AgencyOf(ctx context.Context, employerID int64) (a Agency, found bool, err error)
}

// services are what a unit may want of an agency.
var services = []string{"recruit", "dispatch", "outsource", "train", "labour"}

// States of a need.
const (
	OpenNeed   = "open"
	Chosen     = "chosen"
	Contracted = "contracted"
	ClosedNeed = "closed"
	Withdrawn  = "withdrawn"
)

var needStates = []string{OpenNeed, Chosen, Contracted, ClosedNeed, Withdrawn}

// Need is what a unit wants of agencies.
type Need struct {
	ID         int64
	EmployerID int64
	Name       string
	Area       string
	Service    string
	Occupation string
	People     int64
	Text       string
	Until      db.Date
	State      string
	OfferID    int64 // the chosen one
	Contract   string
	Signed     db.Date
	Brought    int64 // people who came, as told
	Result     string
	By         string
	Version    int64
}

// Offer is an agency's answer to a need.
type Offer struct {
	NeedID   int64
	ID       int64
	AgencyID int64
	Name     string
	People   int64
	Fee      int64 // fen a person; 0: none
	Days     int
	Text     string
	Grade    string // of its credit on that day
	By       string
	At       int64
}
