package intake

import (
	"math"
	"slices"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/register/person"
)

// Where a cluster stands.
const (
	ClusterOpen  = "open"  // nobody has decided
	ClusterLater = "later" // somebody could not tell
	ClusterSent  = "sent"  // the township was asked
	ClusterDone  = "done"  // decided
	ClusterAuto  = "auto"  // applied without anybody, because the rules allow it
	ClusterGone  = "gone"  // its rows were settled in another way
)

// Why rows wait in a cluster.
const (
	ClusterID       = "id"       // the ID number in the row is another one, or wrong
	ClusterNoID     = "noid"     // the row has no ID number
	ClusterName     = "name"     // the ID number agrees, the name does not
	ClusterTwo      = "two"      // two people of the register are about as likely
	ClusterConflict = "conflict" // a rule forbids to link without a person
	ClusterRows     = "rows"     // rows of one person whom the register does not know
	ClusterWeak     = "weak"     // not likely enough
	ClusterNew      = "newcomer" // one row about somebody whom a household visit found, and nobody in the register is alike
)

// linked is a possible pair of a waiting row and somebody of the register, or of two waiting rows.
type linked struct {
	ReviewID    int64
	PersonID    int64 // 0: another row
	OtherID     int64 // review item of the other row, 0: none
	Probability float64
	Bits        float64
	Rule        string
	Levels      []int
	Model       string
	conflict    bool
}

// lines are the thresholds of a model, as probabilities.
type lines struct{ auto, review float64 }

// verdictOn says what becomes of a row whose candidates stand in order: "auto", "cluster" or "" for none, and why it is not
// done without a person. A row whose ID number contradicts is never linked without one (证件号不一致按规定不自动合并).
//
// Where the ID number agrees and the name is quite another, the row is somebody else's with a wrong number: it waits by
// itself, and not on the desk.
func verdictOn(cells []string, p *person.Person, list []linked, l lines) (what, why string) {
	best, number := list[0], cells[cellID]
	if best.conflict && !halfAlike(cells[cellName], p.Name) || best.Probability < l.review && !best.conflict {
		return "", ""
	}
	same := agreeing(number, p.IDNumber)
	switch {
	case best.conflict:
		return "cluster", ClusterConflict
	case len(list) > 1 && list[1].Probability >= l.review:
		return "cluster", ClusterTwo
	case !same && number != "":
		return "cluster", ClusterID
	case best.Probability >= l.auto:
		return "auto", ""
	case number == "":
		return "cluster", ClusterNoID
	case same && person.NameKey(p.Name) != "":
		return "cluster", ClusterName
	}
	return "cluster", ClusterWeak
}

// halfAlike reports whether two names share half of their characters.
func halfAlike(a, b string) bool {
	x, y := []rune(person.NameKey(a)), []rune(person.NameKey(b))
	n := 0
	for _, c := range x {
		if slices.Contains(y, c) {
			n++
		}
	}
	return n > 0 && 2*n >= max(len(x), len(y))
}

// agreeing reports whether an ID number as it was written is that of the register: the same, or masked and not against it.
func agreeing(written, number string) bool {
	if id, err := identity.ParseIDNumber(written); err == nil {
		return id.Number == number
	}
	w := strings.ToUpper(half(written))
	if len(w) != len(number) || !strings.Contains(w, "*") || strings.Count(w, "*") > 12 {
		return false
	}
	for i := range len(w) {
		if w[i] != '*' && w[i] != number[i] {
			return false
		}
	}
	return true
}

// stakes are what a row of a recipe decides about, besides the person itself.
var stakes = map[string]int64{"registration": 4, "spell": 3, "insurance": 3, "group": 3, "graduate": 2, "survey": 1, "training": 2, "certificate": 2}

// benefitOf is how much a decision is worth: uncertainty × what depends on it, in thousandths.
//
//	uncertainty = .05 + .95 · 4p(1−p), largest at p = ½; a conflict counts as p = ½
//	what depends on it = Σ over rows (1 + stake of the row's recipe) × (2 when the person is registered unemployed or in a
//	key group today, else 1)
func benefitOf(rows []linked, recipes []string, needy bool) int64 {
	sum := 0.0
	for i, r := range rows {
		p := r.Probability
		if r.conflict {
			p = .5
		}
		sum += (.05 + .95*4*p*(1-p)) * float64(1+stakes[recipes[i]])
	}
	if needy {
		sum *= 2
	}
	return int64(math.Round(1000 * sum))
}

// tenThousandths writes a probability as pages count shares.
func tenThousandths(p float64) int64 { return int64(math.Round(p * 10000)) }
