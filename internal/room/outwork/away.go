package outwork

import (
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
)

// contactWays are how somebody away wants to be reached.
var contactWays = []string{"phone", "wechat", "none"}

// Center is a service centre for people who work away (外出务工服务中心).
type Center struct {
	ID      int64
	Area    string
	Name    string
	Outside bool
	Place   string
	Phone   string
	Hours   string
	Version int64
}

// Away is a time that somebody works away.
type Away struct {
	PersonID  int64
	ID        int64
	Area      string
	Place     string
	PlaceCode string // inside the region; "" outside
	Work      string
	Since     db.Date
	Expected  db.Date // zero: not said
	Returned  db.Date // zero: still away
	Contact   string
	By        string
	Version   int64
}

// requestKind is a sort of request: within how many working days it is answered, and whether the place of work deals with it.
type requestKind struct {
	Code    string
	Days    int
	AtPlace bool
}

// requestKinds: unpaid wages and injuries do not wait; five working days are those in which a labour inspection must say whether it
// takes a case up (《劳动保障监察条例》; wages: 《保障农民工工资支付条例》). The others are the service centres' own promise.
var requestKinds = []requestKind{{"wages", 5, true}, {"injury", 5, true}, {"contract", 10, true}, {"school", 15, false}, {"document", 10, false}, {"other", 10, false}}

func requestKindOf(code string) (requestKind, bool) {
	for _, k := range requestKinds {
		if k.Code == code {
			return k, true
		}
	}
	return requestKind{}, false
}

// due is the day by which a request is answered.
func (k requestKind) due(today time.Time) db.Date { return db.On(workday.Add(today, k.Days)) }

// rightBanner is who deals with a request: the banner of the work for what concerns work, when that lies in the region; the
// person's own banner otherwise.
func (k requestKind) rightBanner(home, place string) string {
	if k.AtPlace && area.Level(place) >= area.Banner && area.Exists(place) {
		return area.At(place, area.Banner)
	}
	return area.At(home, area.Banner)
}

// Request is something that somebody away asks for.
type Request struct {
	PersonID int64
	ID       int64
	Kind     string
	Text     string // plain in memory only
	Area     string
	CenterID int64 // 0: none
	State    string
	On       db.Date
	Due      db.Date
	DoneOn   db.Date
	Answer   string // plain in memory only
	Handed   string
	By       string
	Version  int64
}

// States of a request.
const (
	Waiting = "waiting"
	Done    = "done"
)
