package outwork

import (
	"slices"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
)

// Where demand comes from.
const (
	FromAgreement = "agreement"
	FromEmployer  = "employer"
	FromBroker    = "broker"
)

var sources = []string{FromAgreement, FromEmployer, FromBroker}

// States of a batch.
const (
	Asked     = "asked"     // 待核实: an employer has asked, nobody has looked at it yet
	Open      = "open"      // 招募中
	Closed    = "closed"    // 已结束
	Cancelled = "cancelled" // 已取消
)

var batchStates = []string{Asked, Open, Closed, Cancelled}

// Batch is demand for a number of people at one place.
type Batch struct {
	ID          int64
	Area        string // who answers for it
	Source      string
	AgreementID int64
	EmployerID  int64
	BrokerID    int64
	Unit        string
	Title       string
	Occupation  string
	Need        int
	PayLow      int64 // fen a month
	PayHigh     int64
	Place       string
	PlaceCode   string // inside the region; "" outside
	Conditions  string
	Paid        string
	Travel      string
	From, To    db.Date
	Answers     string
	State       string
	Reason      string
	At          int64 // unix ms
	By          string
	Version     int64
}

// Takes reports whether people may join on a day.
func (b *Batch) Takes(today time.Time) bool { return b.State == Open && !b.To.Before(today) }

// Pay is the pay as people read it.
func (b *Batch) Pay() string {
	low, high := lang.Int(b.PayLow/100), lang.Int(b.PayHigh/100)
	if low == high || b.PayHigh == 0 {
		return low
	}
	return low + "～" + high
}

// Share is a number passed down to an area.
type Share struct {
	BatchID  int64
	Area     string
	FromArea string
	Number   int
	TaskID   int64
	Result   string
	Answered int
}

// Trip is a journey of a batch.
type Trip struct {
	BatchID int64
	ID      int64
	Day     db.Date
	Vehicle string
	Leader  string
	Phone   string // plain in memory only
	Pickups string
}

// shareOut deals a number out over areas by how many people wait there: largest remainders, nobody below 0.
func shareOut(need int, weights []int64) []int {
	out := make([]int, len(weights))
	var sum int64
	for _, w := range weights {
		sum += w
	}
	if sum == 0 || need <= 0 {
		return out
	}
	order, left := make([]int, len(weights)), need
	rest := make([]int64, len(weights))
	for i, w := range weights {
		order[i] = i
		out[i] = int(int64(need) * w / sum)
		rest[i] = int64(need) * w % sum
		left -= out[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(min(max(rest[b]-rest[a], -1), 1)) })
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}
