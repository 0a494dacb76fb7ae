package plan

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiuye/internal/ground/clock"
	"jiuye/internal/register/indicator"
)

var augustEnd = clock.Date(2025, time.August, 31)

func TestProgressReadsAsAPlannerWouldReadIt(t *testing.T) {
	flat := Season{0, 800, 1600, 2400, 3200, 4100, 5000, 5900, 7300, 8000, 8700, 9400, 10000}
	cases := []struct {
		name      string
		area      string
		of        Index
		actual    int64
		season    Season
		status    Status
		remark    Remark
		done, due int64
		left      int64
	}{
		{"more than four years' worth, by the season", "1529", NewUrban, 12286, flat, OnPace, NoRemark, 9828, 9460, 214},
		{"the same by a straight line", "1529", NewUrban, 12286, Season{}, OnPace, NoRemark, 9828, 9331, 214},
		{"the target itself", "1529", NewUrban, 12500, flat, Reached, NoRemark, 10000, 9460, 0},
		{"three points behind is still in pace", "1529", HardPlaced, 1603, flat, OnPace, NoRemark, 9160, 9460, 147},
		{"a little more is behind", "1529", HardPlaced, 1602, flat, Behind, NoRemark, 9154, 9460, 148},
		{"a level on its way from the base", "1529", UrbanShare, 6390, Season{}, Behind, NoRemark, 7755, 9331, 110},
		{"a level below its base", "1529", UrbanShare, 5900, Season{}, Behind, BelowBase, -2244, 9331, 600},
		{"a stock near its target", "1529", HighSkill, 10268, Season{}, OnPace, NoRemark, 9105, 9331, 132},
		{"about six, a little lower", "1529", SurveyedRate, 580, Season{}, Reached, InBand, 0, 0, 0},
		{"about six, much lower is no fault", "1529", SurveyedRate, 300, Season{}, Reached, InBand, 0, 0, 0},
		{"about six, too high", "1529", SurveyedRate, 661, Season{}, Behind, OutOfBand, 0, 0, 61},
		{"about five, growth a little lower", "1529", Productivity, 460, Season{}, Reached, InBand, 0, 0, 0},
		{"about five, growth too low", "1529", Productivity, 449, Season{}, Behind, OutOfBand, 0, 0, 51},
		{"within the ceiling", "1529", RegisteredRate, 342, Season{}, Reached, UnderCap, 0, 0, 0},
		{"over the ceiling", "1529", RegisteredRate, 501, Season{}, Behind, OverCap, 0, 0, 1},
		{"above the floor, from above", "1529", PensionRate, 9720, Season{}, Reached, AboveFloor, 0, 0, 0},
		{"fallen below the floor", "1529", PensionRate, 8999, Season{}, Behind, BelowFloor, 0, 0, 1},
		{"a floor reached from below", "15", PensionRate, 9010, Season{}, Reached, AboveFloor, 0, 0, 0},
		{"a floor still to be reached", "15", PensionRate, 8900, Season{}, Behind, NoRemark, 8750, 9331, 100},
		{"only a direction is wanted", "1529", LabourShare, 4390, Season{}, Unjudged, SinceBase, 0, 0, 0},
		{"the plan above sets the target", "1529", Schooling, 1080, Season{}, Unjudged, HigherPlan, 0, 0, 0},
		{"no target for a banner", "152921", NewUrban, 5000, flat, Unjudged, NoTarget, 0, 0, 0},
	}
	for _, c := range cases {
		p := Judge(Of(c.of), targetOf(c.area, c.of), c.actual, true, c.season, augustEnd)
		if p.Status != c.status || p.Remark != c.remark || p.Done != c.done || p.Due != c.due || p.Left != c.left {
			t.Errorf("%s: %+v", c.name, p)
		}
	}
	if p := Judge(Of(NewUrban), targetOf("1529", NewUrban), 0, false, flat, augustEnd); p.Status != Unjudged || p.Remark != NoValue {
		t.Errorf("nothing counted: %+v", p)
	}
}

func TestASeasonRunsFromNothingToEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var months [12]int64
		for m := range months {
			months[m] = rapid.Int64Range(0, 1e6).Draw(t, "month")
		}
		s := SeasonOf(months)
		day := clock.Date(2024, time.January, 1)
		for last := int64(0); day.Year() == 2024; day = day.AddDate(0, 0, 1) {
			now := s.By(day)
			if now < last || now > 10000 {
				t.Fatalf("on %s the share is %d after %d", day.Format(time.DateOnly), now, last)
			}
			last = now
		}
		if end := s.By(clock.Date(2024, time.December, 31)); end != 10000 {
			t.Fatalf("at the year's end the share is %d", end)
		}
	})
}

// targetOf is what the plans printed want.
func targetOf(area string, i Index) *indicator.Target {
	_, targets, _ := indicator.Printed()
	for n := range targets {
		if t := &targets[n]; t.Area == area && t.Indicator == i.ID() {
			return t
		}
	}
	return nil
}

func TestThePlansAreComplete(t *testing.T) {
	plans, _, tasks := indicator.Printed()
	for _, p := range plans[:2] {
		for i := range count {
			target := targetOf(p.Area, i)
			if target == nil || target.Quote == "" || target.Plan != p.ID {
				t.Errorf("%s has no target for %s", p.Area, i.ID())
			}
		}
	}
	if len(tasks) != 21 || tasks[20].Key != "g7" || len(tasks[0].Units) != 8 {
		t.Errorf("%d tasks, the last is %+v", len(tasks), tasks[len(tasks)-1])
	}
	task := tasks[6]
	if task.Key != "7" || !overdue(task, Running, clock.Date(2026, 1, 1)) || overdue(task, Running, clock.Date(2025, 12, 31)) || overdue(task, Done, clock.Date(2026, 1, 1)) {
		t.Error("task 7 is due on 2025-12-31")
	}
}

func FuzzAFigureThatIsReadIsWrittenTheSame(f *testing.F) {
	for _, seed := range []string{"23.22", "-0.5", "6922", "−3.29", "1200", "0.05", "99999999999", "1.", ".5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		n, err := indicator.Scaled(typed, "%")
		if err != nil {
			return
		}
		again, err := indicator.Scaled(half(Figure(n, "%")), "%")
		if err != nil || again != n {
			t.Errorf("%q is kept as %d, written %q, read again as %d (%v)", typed, n, Figure(n, "%"), again, err)
		}
	})
}
