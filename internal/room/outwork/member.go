package outwork

import (
	"slices"

	"jiuye/internal/ground/db"
)

// States of somebody in a batch.
const (
	Recruited = "recruited" // 已推荐: an officer has named them, with consent; they have not answered
	Confirmed = "confirmed" // 本人确认
	Booked    = "booked"    // 已安排出行
	Arrived   = "arrived"   // 已到岗地
	Returned  = "returned"  // 已返乡
	Dropped   = "dropped"   // 不参加
)

// way is what may be done in which state, and what becomes of it. Being at work is none of these: the register tells it.
var way = []struct {
	act  string
	from []string
	to   string
	self bool // the person may do it
}{
	{"confirm", []string{Recruited}, Confirmed, true},
	{"book", []string{Confirmed, Booked}, Booked, false},
	{"arrive", []string{Confirmed, Booked}, Arrived, true},
	{"return", []string{Arrived}, Returned, true},
	{"drop", []string{Recruited, Confirmed, Booked}, Dropped, true},
}

// leaveReasons are why people come back, or do not go.
var leaveReasons = []string{"end", "pay", "work", "family", "health", "home", "weather", "better", "other"}

// Member is somebody in a batch.
type Member struct {
	PersonID int64
	BatchID  int64
	Area     string // 12 digits
	State    string
	Self     bool
	TripID   int64
	Pickup   string
	Training string
	Reason   string
	Note     string // plain in memory only
	JoinedOn db.Date
	Arrived  db.Date
	Returned db.Date
	WorkFrom db.Date // the register's; zero: nothing seen
	Months   int     // the register's
	By       string
	Version  int64
}

// step is where an act leads from a state.
func step(act, state string, self bool) (to string, ok bool) {
	for _, w := range way {
		if w.act == act && slices.Contains(w.from, state) && (!self || w.self) {
			return w.to, true
		}
	}
	return "", false
}

// acts are what may be done with somebody in a state.
func acts(state string, self bool) (list []string) {
	for _, w := range way {
		if slices.Contains(w.from, state) && (!self || w.self) {
			list = append(list, w.act)
		}
	}
	return list
}
