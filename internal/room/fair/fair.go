package fair

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/db"
)

// Kinds of fairs.
const (
	Special = "special" // 每月专场
	Weekly  = "weekly"  // 每周小型
	Campus  = "campus"  // 校园
	Cities  = "cities"  // 跨城市
	Sector  = "sector"  // 行业
	Online  = "online"  // 线上
)

var kinds = []string{Special, Weekly, Campus, Cities, Sector, Online}

// States of a fair. Whether it is on is the clock's word.
const (
	Planned   = "planned"   // 筹备中: staff alone see it
	Open      = "open"      // 已发布: employers and seekers register
	Closed    = "closed"    // 已总结
	Cancelled = "cancelled" // 已取消
)

var states = []string{Planned, Open, Closed, Cancelled}

// groups are whom a fair may be meant for; "" in Fair.Groups: everybody.
var groups = []string{"graduate", "veteran", "hardship", "rural", "disabled", "women"}

// checklist is what has to be done before a fair may be closed, in its order.
var checklist = []string{"venue", "safety", "publicity", "licence", "service", "results", "complaints", "archive"}

// Fair is one fair.
type Fair struct {
	ID         int64
	Area       string // who holds it: region, league or banner
	Kind       string
	Title      string
	Theme      string
	Place      string // address; for an online fair what it says on how to come in
	With       string // places that hold it together with us, as written
	Day        db.Date
	From, To   int // minutes from midnight
	Groups     []string
	Organisers string
	Booths     int // how many there are
	Summary    string
	State      string
	Done       []string // of the checklist
	Sum        string   // what is said at the closing
	ByID       int64
	ByName     string
	At         int64 // unix ms
	ClosedOn   db.Date
	Version    int64
}

// Public reports whether everybody may see the fair.
func (f *Fair) Public() bool { return f.State == Open || f.State == Closed }

// Takes reports whether employers and seekers may still register on a day.
func (f *Fair) Takes(today time.Time) bool { return f.State == Open && !f.Day.Before(today) }

// Begun reports whether the fair's day has come.
func (f *Fair) Begun(today time.Time) bool {
	return (f.State == Open || f.State == Closed) && !f.Day.After(today)
}

// Hours is from when to when, 09:00–12:00.
func (f *Fair) Hours() string { return clockText(f.From) + "–" + clockText(f.To) }

// left is what of the checklist has not been done.
func (f *Fair) left() (list []string) {
	for _, c := range checklist {
		if !slices.Contains(f.Done, c) {
			list = append(list, c)
		}
	}
	return list
}

func clockText(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// readClock reads 9:00, 09:00 or 9：00 as minutes from midnight; ok is false for anything else.
func readClock(text string) (minutes int, ok bool) {
	h, m, found := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text), "：", ":"), ":")
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	if !found || err1 != nil || err2 != nil || hour < 0 || hour > 23 || minute < 0 || minute > 59 || len(m) != 2 || len(h) > 2 {
		return 0, false
	}
	return hour*60 + minute, true
}

func eventAt(id int64) string { return atHome + "/event/" + strconv.FormatInt(id, 10) }
func deskAt(id int64) string  { return atDesk + "/" + strconv.FormatInt(id, 10) }
func unitAt(fair, unit int64) string {
	return eventAt(fair) + "/unit/" + strconv.FormatInt(unit, 10)
}
func boothAt(fair, unit int64) string {
	return eventAt(fair) + "/booth/" + strconv.FormatInt(unit, 10)
}
