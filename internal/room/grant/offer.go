package grant

import (
	"context"
	"strconv"
	"strings"
)

// Offer is what a policy says to one beneficiary today.
type Offer struct {
	PolicyID, Name, NameEn string
	Version                string // published, of the policy
	Unit                   bool
	Online                 bool   // beneficiaries apply for it themselves; otherwise only the desk writes it down
	Verdict                string // yes, near, unknown, no
	Lead                   string // the verdict in a sentence
	Reasons                []Reason
	AmountFen              int64    // one time, a month, or of the whole Schedule; 0: no money, or not known yet
	How                    string   // 一次性, 每月 …
	Schedule               []Period // what the policy's schedule (发放) pays; nil: it has none
	Excludes               []string
	Evidence               []string // documents that are asked for
	Office, Next           string
	Auto                   bool              // may be granted without an application
	Asks                   []Ask             // what nobody has told yet
	Known                  map[string]string // what the registers say of fields that have been stated all the same
}

// Reason is one clause: Outcome yes, no or unknown. Stated: without what was stated it would be unknown.
type Reason struct {
	Outcome, Text string
	Stated        bool
}

// thirdPerson turns what is said to a beneficiary into what officers read of them.
var thirdPerson = strings.NewReplacer("您", "本人", "贵单位", "该单位")

func plainly(text string) string { return thirdPerson.Replace(text) }

// Period is what one month of a schedule pays.
type Period struct {
	Month int   `json:"month"` // 202501
	Fen   int64 `json:"fen"`
}

// Name is the month in words.
func (p Period) Name() string { return factWord(strconv.Itoa(p.Month)) }

// Monthly says whether it is paid for months that the applicant names.
func (o *Offer) Monthly() bool { return len(o.Schedule) == 0 && strings.Contains(o.How, "月") }

// Ask is a field of the policies' dictionary that an applicant can state.
type Ask struct {
	Field  string // its Chinese name, the key of statements
	Key    string // its English name, for forms
	Label  string
	Kind   string // bool, number, date, choice
	Unit   string
	Hint   string
	Holder string // who holds it otherwise
	Values []Choice
}

// Choice is one value: as it is kept and as it is read.
type Choice struct{ Value, Text string }

// Policies is what the room asks of the policies.
type Policies interface {
	// Offer is one policy for one beneficiary, with what has been stated by the Chinese names of fields behind what the registers
	// know. It is a fault of kind NotFound when there is no such policy for them, Invalid when a statement cannot be read.
	Offer(ctx context.Context, language, policyID string, b Beneficiary, said map[string]string) (Offer, error)
	// Fields are what stands behind names of fields of a policy's dictionary.
	Fields(language string, unit bool, names []string) []Ask
	// Offers are all policies that a beneficiary may have or almost have, or that only statements are missing for.
	Offers(ctx context.Context, language string, b Beneficiary) ([]Offer, error)
	// Eligible counts by policy who can have it in an area's subtree.
	Eligible(ctx context.Context, area string) (map[string]int64, error)
}

// Consents tells who of the people has agreed to be given support without applying.
type Consents interface {
	Allowed(ctx context.Context, ids []int64) (map[int64]bool, error)
}
