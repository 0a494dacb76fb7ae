package collect

import "jiuye/internal/ground/db"

// Kinds of hints: what a visit heard that may change a file.
const (
	HintPhone = "phone" // 电话变更
	HintMoved = "moved" // 已搬走
	HintDied  = "died"  // 听说已去世
)

// States of hints and newcomers.
const (
	StateOpen  = "open"
	StateRight = "right" // a hint that was found true
	StateWrong = "wrong" // a hint, or a newcomer, that was not true
	StateSame  = "same"  // a newcomer who is in the register already, or was entered before
	StateNew   = "new"   // a newcomer indeed: the register needs somebody's identity from the police
)

// Hint waits for somebody at the desk. It changes no file by itself.
type Hint struct {
	PersonID int64
	ID       int64
	Kind     string
	Area     string
	Said     db.Date
	Value    string // the new telephone, where somebody moved to
	State    string
	At       int64 // unix ms
	ByID     int64
	ByName   string

	DecidedAt   int64
	DecidedName string
	Reason      string
	Version     int64

	sealed []byte
}

// Newcomer is somebody met in a village who is not in the register, or is thought not to be.
type Newcomer struct {
	ID       int64
	Area     string // 12 digits
	Name     string
	IDNumber string // "" when it was not at hand
	Phone    string
	Note     string
	Met      db.Date
	Why      string // why somebody else may be meant; see the constants
	PersonID int64  // who stands in the register; 0
	OtherID  int64  // the newcomer entered before; 0
	State    string
	At       int64
	ByID     int64
	ByName   string

	DecidedAt   int64
	DecidedName string
	Reason      string
	Version     int64

	hash, number, phone []byte
}

// Why a newcomer may be somebody who is known.
const (
	SameNumber  = "number"    // the ID number stands in the register
	SameName    = "name"      // the name stands in the register of this village
	TwiceNumber = "twice"     // the ID number was entered before, and waits
	TwiceName   = "twicename" // the name was entered before in this village, and waits
)
