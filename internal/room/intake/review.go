package intake

import (
	"slices"
	"time"

	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// Where a review item stands.
const (
	ReviewOpen    = "open"    // nobody has decided
	ReviewLater   = "later"   // 稍后
	ReviewSame    = "same"    // 同一人: the row is in the register
	ReviewOther   = "other"   // 不是同一人: the row is dropped for good
	ReviewSettled = "settled" // a later 户籍 delivery brought the person, and the row went in by itself
)

// Why a row waits.
const (
	WhyUnknown = "unknown" // the number leads to nobody
	WhyName    = "name"    // the number leads to somebody of another name
)

// Review is a row that waits for an officer.
type Review struct {
	ID        int64
	Area      string
	State     string
	Why       string
	Kind      string
	BatchID   int64
	FileID    int64
	FileName  string
	Row       int64
	PersonID  int64 // whom the number leads to, or the one decided on; 0: nobody
	Added     bool  // the decision added a fact, which taking it back removes
	CreatedAt int64 // unix ms
	DecidedAt int64
	DecidedBy int64
	Decider   string
	Reason    string
	Version   int64
	ClusterID int64 // in which it waits or was decided; 0: in none

	key, sealed []byte
}

// Undecided reports whether somebody can still decide.
func (r *Review) Undecided() bool { return r.State == ReviewOpen || r.State == ReviewLater }

// Undoable reports whether the decision can be taken back.
func (r *Review) Undoable() bool {
	return r.State == ReviewOther || (r.State == ReviewSame || r.State == ReviewSettled) && r.Added
}

// Decision is what an officer says about a review item.
type Decision struct {
	ReviewID int64
	Version  int64  // of the item the officer saw
	Choice   string // ReviewSame, ReviewOther, ReviewLater
	PersonID int64  // for ReviewSame
	Reason   string
}

// Piece is a part of a text that is or is not like the other side's.
type Piece struct {
	Text   string
	Differ bool
}

// differing cuts b into pieces that do or do not stand in a too, in order (the longest common subsequence).
func differing(a, b string) []Piece {
	x, y := []rune(a), []rune(b)
	if len(x)*len(y) > 1<<20 { // nobody compares such texts by eye
		return []Piece{{b, a != b}}
	}
	longest := make([][]int, len(x)+1)
	for i := range longest {
		longest[i] = make([]int, len(y)+1)
	}
	for i := range slices.Backward(x) {
		for j := range slices.Backward(y) {
			if longest[i][j] = max(longest[i+1][j], longest[i][j+1]); x[i] == y[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			}
		}
	}
	var out []Piece
	add := func(r rune, differ bool) {
		if n := len(out); n > 0 && out[n-1].Differ == differ {
			out[n-1].Text += string(r)
			return
		}
		out = append(out, Piece{string(r), differ})
	}
	i := 0
	for j := 0; j < len(y); {
		switch {
		case i < len(x) && x[i] == y[j]:
			add(y[j], false)
			i++
			j++
		case i < len(x) && longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			add(y[j], true)
			j++
		}
	}
	return out
}

// near reports whether two ID numbers differ in so few places that one may be a slip of the other: two characters, or two
// neighbours changed round.
func near(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	n := 0
	for i := range len(a) {
		if a[i] != b[i] {
			n++
		}
	}
	return n <= 2
}

// likely picks those people whom a row of an unknown number may be about: the same name, and either the same birth or
// nearly the same number.
func likely(r *record, people []person.Person) (out []person.Person) {
	birth := r.linkCells()[cellBirth]
	for _, p := range people {
		if person.NameKey(p.Name) == r.nameKey && (p.Birth.Format(time.DateOnly) == birth || near(p.IDNumber, r.text("idnumber"))) {
			out = append(out, p)
		}
	}
	return out
}

// placeOf is an area as a page writes it.
func placeOf(code string) string { return area.FullName(area.Normal(code)) }
