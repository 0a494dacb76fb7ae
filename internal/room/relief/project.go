package relief

import (
	"cmp"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// States of a project.
const (
	Proposed = "proposed"
	Running  = "running"
	Done     = "done"
)

var projectStates = []string{Proposed, Running, Done}

// Project is a project built by paying people for work.
type Project struct {
	ID         int64
	Area       string // of a banner: local people live in it
	Owner      string
	EmployerID int64 // the owner, when the register knows it; told of wages that are late
	Title      string
	Investment int64 // fen
	Pay        int64 // fen, wages promised in all
	People     int64 // workers promised
	Local      int64 // of these, local people
	Starts     db.Date
	Ends       db.Date
	PayDay     int // day of the next month by which a month's wages are due
	State      string
	Percent    int   // of the work done
	Spent      int64 // fen of the investment
	By         string
	Version    int64
}

// Share is the promised wages' part of the investment, in ten-thousandths.
func (p *Project) Share() int64 { return part(p.Pay, p.Investment) }

// part is a part of a whole in ten-thousandths; 0 of nothing.
func part(n, whole int64) int64 {
	if whole <= 0 {
		return 0
	}
	return n * 10_000 / whole
}

// Valid asks whether a project's numbers make sense.
func (p *Project) Valid() error {
	switch {
	case p.Title == "" || p.Owner == "":
		return fault.New(fault.Invalid, "请填写项目名称和项目单位")
	case p.Investment <= 0 || p.Pay <= 0 || p.Pay > p.Investment:
		return fault.New(fault.Invalid, "计划劳务报酬应大于 0，且不超过投资额")
	case p.People < 1 || p.Local < 0 || p.Local > p.People:
		return fault.New(fault.Invalid, "带动当地群众人数应为 0～%d（计划用工人数），您填了 %d", p.People, p.Local)
	case p.Starts.IsZero() || p.Ends.Before(p.Starts.Time):
		return fault.New(fault.Invalid, "竣工日期应在开工日期（%s）以后", p.Starts)
	case p.Starts.Year() < 2000 || p.Ends.After(p.Starts.AddDate(10, 0, 0)):
		return fault.New(fault.Invalid, "开工日期应在 2000 年以后，工期不超过 10 年，请核对日期")
	case p.PayDay < 1 || p.PayDay > 28:
		return fault.New(fault.Invalid, "发薪日应为 1～28，您填了 %d", p.PayDay)
	}
	return nil
}

// Ranked is a project with its points, 0 to 10,000 hundredths.
type Ranked struct {
	Project
	Points int64
	Place  int
}

// Rank orders projects by which to support first: half of the points for the wages' share of the investment and half for the number
// of local people, each measured against the highest of the list. With equal points more local people come first.
func Rank(list []Project) []Ranked {
	var share, local int64
	for i := range list {
		share, local = max(share, list[i].Share()), max(local, list[i].Local)
	}
	out := make([]Ranked, len(list))
	for i, p := range list {
		out[i] = Ranked{Project: p, Points: (part(p.Share(), share) + part(p.Local, local)) / 2}
	}
	slices.SortFunc(out, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(b.Local, a.Local), cmp.Compare(a.ID, b.ID))
	})
	for i := range out {
		out[i].Place = i + 1
		if i > 0 && out[i].Points == out[i-1].Points && out[i].Local == out[i-1].Local {
			out[i].Place = out[i-1].Place
		}
	}
	return out
}
