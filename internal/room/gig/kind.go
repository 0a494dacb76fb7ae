package gig

// kinds of day work, in the order they are shown.
var kinds = []string{"carry", "clean", "kitchen", "build", "farm", "herd", "home", "guard", "deliver", "sort", "repair", "other"}

// services that a market may have: 候工厅, 饮水 and so on.
var services = []string{"hall", "water", "warm", "toilet", "charge", "meal", "rights", "insure", "train"}

// marketKinds are what a market is registered as: 零工市场, 劳务市场, 零工驿站.
var marketKinds = []string{"gig", "labour", "stop"}

// Units that a price is for.
const (
	PerDay   = "day"
	PerHour  = "hour"
	PerPiece = "piece"
)

var units = []string{PerDay, PerHour, PerPiece}

// When pay is due: on the day, when the work ends, within a week of its end.
const (
	PayDaily  = "day"
	PayAtEnd  = "end"
	PayWeekly = "week"
)

var payDays = []string{PayDaily, PayAtEnd, PayWeekly}
