package grant

import (
	"context"
	"strings"
)

// Offer is what a policy says to one beneficiary today.
type Offer struct {
	PolicyID, Name, NameEn string
	Version                string
	Unit                   bool
	Verdict                string // yes, near, unknown, no
	Lead                   string // the verdict in a sentence
	Reasons                []Reason
	AmountFen              int64  // one time or a month; 0: no money, or not known yet
	How                    string // 一次性, 每月 …
	Excludes               []string
	Evidence               []string // documents that are asked for
	Office, Next           string
	Auto                   bool // may be granted without an application
}

// Reason is one clause: Outcome yes, no or unknown.
type Reason struct{ Outcome, Text string }

// Monthly says whether it is paid by the month.
func (o *Offer) Monthly() bool { return strings.Contains(o.How, "月") }

// Policies is what the room asks of the policies.
type Policies interface {
	// Offer is one policy for one beneficiary. It is a fault of kind NotFound when there is no such policy for them.
	Offer(ctx context.Context, language, policyID string, b Beneficiary) (Offer, error)
	// Offers are all policies that a beneficiary may have or almost have.
	Offers(ctx context.Context, language string, b Beneficiary) ([]Offer, error)
	// Eligible counts by policy who can have it in an area's subtree.
	Eligible(ctx context.Context, area string) (map[string]int64, error)
}

// Consents tells who of the people has agreed to be given support without applying.
type Consents interface {
	Allowed(ctx context.Context, ids []int64) (map[int64]bool, error)
}
