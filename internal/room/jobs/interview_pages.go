package jobs

import (
	"strconv"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

// SlotLine is a time for interviews as a page shows it.
type SlotLine struct {
	ID         int64
	When       string
	Place      string
	Left       int
	Mine, Full bool
}

func lineOf(s Slot, mine int64) SlotLine {
	return SlotLine{ID: s.ID, When: timeText(s.Start()), Place: s.Place, Left: max(0, s.Seats-s.Taken), Mine: s.ID == mine, Full: s.Taken >= s.Seats}
}

// slotLines are the times still to come of a vacancy.
func (r *Room) slotLines(c *web.Ctx, vacancyID int64) ([]SlotLine, error) {
	list, err := r.store.slots(c.Context(), r.DB, vacancyID, r.Clock.Now().UnixMilli())
	out := make([]SlotLine, len(list))
	for i, s := range list {
		out[i] = lineOf(s, 0)
	}
	return out, err
}

// interviewInto adds to a vacancy's page the times that an invited person can choose from, and the one chosen.
func (r *Room) interviewInto(c *web.Ctx, a Application, data map[string]any) error {
	if a.State != Interview && a.State != Offered {
		return nil
	}
	i, booked, err := r.store.interview(c.Context(), r.DB, a.PersonID, a.VacancyID)
	if err != nil {
		return err
	}
	if booked {
		data["Booked"] = c.T("jobs.interview.booked", timeText(i.Start()), i.Place, strconv.Itoa(i.Minutes))
	}
	if a.State != Interview {
		return nil
	}
	list, err := r.store.slots(c.Context(), r.DB, a.VacancyID, r.Clock.Now().UnixMilli())
	var lines []SlotLine
	for _, s := range list {
		lines = append(lines, lineOf(s, i.SlotID))
	}
	data["Slots"], data["Invited"] = lines, true
	return err
}

func slotForm(c *web.Ctx) *web.Form {
	f := c.Form(
		web.Field{Name: "day", Label: c.T("jobs.slot.day"), Kind: "date", Need: true, Width: "8"},
		web.Field{Name: "time", Label: c.T("jobs.slot.time"), Hint: c.T("jobs.slot.timeHint"), Need: true, Max: 5, Width: "4"},
		web.Field{Name: "minutes", Label: c.T("jobs.slot.minutes"), Kind: "number", Need: true, Min: 5, Top: 480, Width: "4"},
		web.Field{Name: "seats", Label: c.T("jobs.slot.seats"), Kind: "number", Need: true, Min: 1, Top: 500, Width: "4"},
		web.Field{Name: "place", Label: c.T("jobs.slot.place"), Need: true, Max: 100},
	)
	if f.Value("minutes") == "" {
		f.Set("minutes", "30")
		f.Set("seats", "1")
	}
	return f
}

func (r *Room) postSlot(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := slotForm(c)
	day, at := f.Date("day"), f.Text("time")
	clockTime, wrong := time.Parse("15:04", at)
	if wrong != nil && f.Error("time") == "" {
		f.Fail("time", c.T("jobs.slot.badTime", at))
	}
	s := Slot{VacancyID: id, Minutes: int(f.Int("minutes")), Seats: int(f.Int("seats")), Place: f.Text("place")}
	if !f.OK() {
		return fault.New(fault.Invalid, "%s", f.Errors[0].Text)
	}
	s.StartsAt = time.Date(day.Year(), day.Month(), day.Day(), clockTime.Hour(), clockTime.Minute(), 0, 0, clock.Zone).UnixMilli()
	if err := r.Offer(c.Context(), c.User, s, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.slot.done"))
	return c.Redirect(candidatesAt(id))
}

func (r *Room) postBook(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "slot", Label: c.T("jobs.slot.day"), Need: true})
	slot := f.Int("slot")
	if !f.OK() {
		return fault.New(fault.Invalid, "%s", f.Errors[0].Text)
	}
	if err := r.Book(c.Context(), c.User, id, slot, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.interview.done"))
	return c.Redirect(vacancyAt(id))
}

// calendar gives the person's interview to their calendar.
func (r *Room) calendar(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	personID, err := asPerson(c.User)
	if err != nil {
		return err
	}
	i, found, err := r.store.interview(c.Context(), r.DB, personID, id)
	if err != nil {
		return err
	}
	if !found {
		return fault.New(fault.NotFound, "您还没有选这个岗位的面试时间")
	}
	v, err := r.Employers.Vacancy(c.Context(), id)
	if err != nil {
		return err
	}
	unit, err := r.Employers.Get(c.Context(), v.EmployerID)
	if err != nil {
		return err
	}
	_, err = c.Attachment(c.T("jobs.interview.file")+".ics", "text/calendar; charset=utf-8").Write([]byte(Calendar(i, v, unit.Name, unit.Phone)))
	return err
}
