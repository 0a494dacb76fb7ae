package policy

import (
	"time"

	"jiuye/internal/ground/db"
)

// fresh stands for the number of a policy that has none yet.
const fresh = "新政策"

// State is where a version stands.
type State string

// The states. A version is written in Draft alone; from Published on its text never changes.
const (
	Draft     State = "draft"
	Waiting   State = "waiting"  // a colleague has been asked to review it
	Reviewed  State = "reviewed" // by somebody who did not write it
	Published State = "published"
	Withdrawn State = "withdrawn"
)

// Version is one wording of a policy.
type Version struct {
	PolicyID  string
	Version   int64 // 1, 2, …; what the program brings is 1
	State     State
	Subject   string
	Name      string
	Text      string
	Cases     string
	From      db.Date // first day in force, once published
	Until     db.Date // of a withdrawn one: first day on which it is not in force any more
	Area      string  // of whoever wrote it
	AuthorID  int64
	Author    string
	Reviewer  string
	Publisher string
	Made      int64 // unix ms
	Changed   int64
	Row       int64 // counts the writes of this row
}

func (v *Version) fields() []any {
	return []any{&v.PolicyID, &v.Version, &v.State, &v.Subject, &v.Name, &v.Text, &v.Cases, &v.From, &v.Until, &v.Area, &v.AuthorID, &v.Author,
		&v.Reviewer, &v.Publisher, &v.Made, &v.Changed, &v.Row}
}

// inForce says whether a version counts on a day, later ones apart.
func (v *Version) inForce(on time.Time) bool {
	return (v.State == Published || v.State == Withdrawn) && !v.From.After(on) && (v.State == Published || v.Until.After(on))
}

// current chooses of each policy the version that counts on a day: the one whose first day is the latest.
func current(list []Version, on time.Time) []Version {
	best := map[string]int{}
	for i := range list {
		v := &list[i]
		if !v.inForce(on) {
			continue
		}
		at, found := best[v.PolicyID]
		if !found || list[at].From.Before(v.From.Time) || list[at].From.Equal(v.From.Time) && list[at].Version < v.Version {
			best[v.PolicyID] = i
		}
	}
	var out []Version
	for i := range list {
		if at, found := best[list[i].PolicyID]; found && at == i {
			out = append(out, list[i])
		}
	}
	return out
}
