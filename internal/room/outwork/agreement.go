package outwork

import (
	"time"

	"jiuye/internal/ground/db"
)

// agreementKinds are the sorts of cooperation: 京蒙, 冀蒙, between leagues, other provinces.
var agreementKinds = []string{"jingmeng", "jimeng", "league", "other"}

// warnDays is how long before its end an agreement is shown as ending.
const warnDays = 60

// Agreement is an agreement between a place of ours and a partner, which may lie outside the region.
type Agreement struct {
	ID          int64
	Area        string
	Kind        string
	Partner     string
	PartnerCode string // as written; "" not known
	Number      string
	Signed      db.Date
	Until       db.Date
	Contacts    string // plain in memory only
	Promised    int    // people a year
	Note        string
	By          string
	Version     int64
}

// Standing is how an agreement stands on a day: valid, ending within 60 days, or over.
func (a *Agreement) Standing(today time.Time) string {
	switch {
	case a.Until.Before(today):
		return "over"
	case a.Until.Before(today.AddDate(0, 0, warnDays)):
		return "ending"
	}
	return "valid"
}

// Progress is what came of an agreement, or of a batch, in a year.
type Progress struct {
	Batches, Need                        int64
	Joined, Agreed, Arrived, AtWork, Six int64 // people: not withdrawn, said yes, arrived, the register shows work, six months of it
}

// marks are the credit marks of brokers, the best first.
var marks = []string{"A", "B", "C", "D"}

// Broker is a labour broker (劳务经纪人). Nobody may bring new demand under the mark D.
type Broker struct {
	ID       int64
	Area     string
	Name     string
	Phone    string // plain in memory only
	Mark     string
	Why      string
	MarkedOn db.Date
	Since    db.Date
	By       string
	Version  int64
}
