package jobs

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/employer"
)

// Slot is a time that an employer offers for interviews.
type Slot struct {
	EmployerID, VacancyID, ID int64
	StartsAt                  int64 // unix ms
	Minutes                   int
	Place                     string
	Seats, Taken              int // people who can come, who will
}

// Start is when it begins, in the clock's zone.
func (s Slot) Start() time.Time { return time.UnixMilli(s.StartsAt).In(clock.Zone) }

// Booking is a slot that somebody has chosen.
type Booking struct {
	PersonID, VacancyID, EmployerID, SlotID int64
	StartsAt                                int64 // unix ms
	Minutes                                 int
	Place                                   string
	BookedAt                                int64
}

// Start is when it begins, in the clock's zone.
func (i Booking) Start() time.Time { return time.UnixMilli(i.StartsAt).In(clock.Zone) }

// slotsMost is how many times a vacancy may offer at once.
const slotsMost = 50

// Offer adds a time for interviews to a vacancy of the employer that is signed in.
func (r *Room) Offer(ctx context.Context, who web.User, s Slot, key string) error {
	v, err := r.Employers.Vacancy(ctx, s.VacancyID)
	if err != nil {
		return err
	}
	if err := ownsVacancy(who, v); err != nil {
		return err
	}
	s.EmployerID, s.ID, s.Taken = v.EmployerID, r.IDs.Next(), 0
	switch now := r.Clock.Now(); {
	case s.StartsAt <= now.UnixMilli():
		return fault.New(fault.Invalid, "面试时间 %s 已经过了，请填以后的时间", timeText(s.Start()))
	case s.StartsAt > now.AddDate(0, 3, 0).UnixMilli():
		return fault.New(fault.Invalid, "面试时间 %s 太远，请填三个月以内的时间", timeText(s.Start()))
	case s.Minutes < 5 || s.Minutes > 480:
		return fault.New(fault.Invalid, "时长应为 5～480 分钟，您填了 %d", s.Minutes)
	case s.Seats < 1 || s.Seats > 500:
		return fault.New(fault.Invalid, "人数应为 1～500，您填了 %d", s.Seats)
	case strings.TrimSpace(s.Place) == "":
		return fault.New(fault.Invalid, "请写明面试地点，例如“巴彦浩特镇土尔扈特路 5 号二楼”，线上面试写明用什么、怎么进")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		list, err := r.store.slots(ctx, tx, s.VacancyID, r.Clock.Now().UnixMilli())
		if err != nil {
			return err
		}
		if len(list) >= slotsMost {
			return fault.New(fault.Conflict, "这个岗位已有 %d 个面试时间，请等一些时间过去，或增加每个时间的人数", len(list))
		}
		if err := r.store.addSlot(ctx, tx, s); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, r.aboutVacancy(who, v, "jobs.slot", "安排面试时间 "+timeText(s.Start())+"，"))
	})
}

// Book takes a time for an interview that the person was invited to, or changes to another one. One tap is enough.
func (r *Room) Book(ctx context.Context, who web.User, vacancyID, slotID int64, key string) error {
	personID, err := asPerson(who)
	if err != nil {
		return err
	}
	v, err := r.Employers.Vacancy(ctx, vacancyID)
	if err != nil {
		return err
	}
	p, err := r.People.Get(ctx, personID)
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		now := r.Clock.Now()
		if err := tx.Once(ctx, key, now); err != nil {
			return err
		}
		a, err := r.store.application(ctx, tx, personID, vacancyID)
		if err != nil {
			return err
		}
		if a.State != Interview {
			return fault.New(fault.Conflict, "单位还没有约您面试，或应聘已有别的结果，不能选面试时间")
		}
		s, found, err := r.store.slot(ctx, tx, vacancyID, slotID)
		if err != nil {
			return err
		}
		if !found || s.StartsAt <= now.UnixMilli() {
			return fault.New(fault.Late, "这个面试时间已经取消或过了，请另选一个")
		}
		if err := r.store.unbook(ctx, tx, personID, vacancyID); err != nil {
			return err
		}
		ok, err := r.store.take(ctx, tx, s)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "%s 的面试人数已满，请另选一个时间", timeText(s.Start()))
		}
		if err := r.store.book(ctx, tx, booked(personID, s, now)); err != nil {
			return err
		}
		if err := r.tellUnit(ctx, tx, a, fmt.Sprintf("“%s”的应聘人选了面试时间 %s", v.Title, timeText(s.Start())), fmt.Sprintf("“%s”: an interview was booked for %s", v.Title, s.Start().Format("2006-01-02 15:04")),
			fmt.Sprintf("book %d", s.ID)); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "jobs.book", Object: "person", ObjectID: personID, Area: p.Area,
			What: fmt.Sprintf("选了岗位“%s”的面试时间 %s", v.Title, timeText(s.Start()))})
	})
}

// booked is a slot as somebody's interview.
func booked(personID int64, s Slot, now time.Time) Booking {
	return Booking{PersonID: personID, VacancyID: s.VacancyID, EmployerID: s.EmployerID, SlotID: s.ID, StartsAt: s.StartsAt, Minutes: s.Minutes, Place: s.Place, BookedAt: now.UnixMilli()}
}

// timeText is an instant for people: 9月26日 09:00.
func timeText(t time.Time) string {
	return t.Format("1月2日 15:04")
}

// Calendar is an interview as a calendar takes it (iCalendar, RFC 5545), with a reminder two hours before.
func Calendar(i Booking, v employer.Vacancy, unit, phone string) string {
	var b strings.Builder
	line := func(name, value string) { fold(&b, name+":"+value) }
	stamp := func(ms int64) string { return time.UnixMilli(ms).UTC().Format("20060102T150405Z") }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//jiuye//jobs//ZH")
	line("METHOD", "PUBLISH")
	line("BEGIN", "VEVENT")
	line("UID", fmt.Sprintf("interview-%d-%d@jiuye", i.VacancyID, i.SlotID))
	line("DTSTAMP", stamp(i.BookedAt))
	line("DTSTART", stamp(i.StartsAt))
	line("DTEND", stamp(i.StartsAt+int64(i.Minutes)*60000))
	line("SUMMARY", escapeCalendar("面试："+v.Title+"（"+unit+"）"))
	line("LOCATION", escapeCalendar(i.Place))
	if phone != "" {
		line("DESCRIPTION", escapeCalendar("单位电话 "+phone))
	}
	line("BEGIN", "VALARM")
	line("ACTION", "DISPLAY")
	line("DESCRIPTION", escapeCalendar("面试："+v.Title))
	line("TRIGGER", "-PT2H")
	line("END", "VALARM")
	line("END", "VEVENT")
	line("END", "VCALENDAR")
	return b.String()
}

func escapeCalendar(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(text)
}

// fold writes a line in pieces of at most 75 bytes, never in the middle of a character.
func fold(b *strings.Builder, text string) {
	n := 0
	for _, c := range text {
		size := len(string(c))
		if n+size > 75 {
			b.WriteString("\r\n ")
			n = 1
		}
		b.WriteRune(c)
		n += size
	}
	b.WriteString("\r\n")
}
