package gig

import "jiuye/internal/ground/db"

// Market is a place where day work is found: 零工市场, 劳务市场, 零工驿站.
type Market struct {
	ID       int64
	Name     string
	Kind     string
	Area     string
	Address  string
	Hours    string // 每天 06:00～18:00
	Operator string
	Capacity int64  // people at a time
	Services string // keys with blanks between
	Officer  string // who is responsible, with a telephone number
	Closed   bool
	By       string
	Version  int64
}

// Session is a day of a market with something particular to it, and how many people came.
type Session struct {
	MarketID int64
	Day      db.Date
	Theme    string
	Came     int64 // −1: not counted yet
	By       string
}
