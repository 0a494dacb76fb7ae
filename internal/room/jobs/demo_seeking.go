package jobs

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/employer"
)

// seekingSteps are what an employer of the demonstration has done with the people who applied, by their place.
var seekingSteps = []struct {
	to           State
	reason, note string
}{
	{Interview, "", "请带身份证和证书原件"}, {Viewed, "", ""}, {Declined, "experience", "以后有初级岗位再联系您"}, {"", "", ""}, {Interview, "", ""}, {"", "", ""},
}

// SeedSeeking lets people of the demonstration have applied for an employer's newest vacancies, the employer have answered some
// of them, and a seeker keep a search.
func (r *Room) SeedSeeking(ctx context.Context, employerID, personID int64) error {
	list, err := r.Employers.VacanciesOf(ctx, employerID)
	if err != nil {
		return err
	}
	unit := web.User{Name: "演示单位", Role: roleEmployer, RoleName: "用人单位", EmployerID: employerID}
	var vacancy *employer.Vacancy
	for i := range list[min(1, len(list)):] { // the newest stays untouched, for who shows it
		if v := &list[i+1]; isOpen(*v, r.today()) {
			vacancy = v
			break
		}
	}
	if personID != 0 {
		q := url.Values{"q": {"保洁"}, "pay": {"3000"}}
		who := web.User{Name: "演示", Role: roleSeeker, PersonID: personID}
		if err := done(r.Save(ctx, who, "保洁，3,000 元以上", q, "demo-seeking-saved")); err != nil {
			return err
		}
	}
	if vacancy == nil {
		return nil
	}
	day := workday.Add(r.Clock.Today(), 2)
	for hour := 9; hour < 12; hour++ {
		at := time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, clock.Zone)
		if err := done(r.Offer(ctx, unit, Slot{VacancyID: vacancy.ID, StartsAt: at.UnixMilli(), Minutes: 40, Seats: 2, Place: "单位会议室"}, fmt.Sprintf("demo-seeking-slot-%02d", hour))); err != nil {
			return err
		}
	}
	people, err := r.store.matchesFor(ctx, vacancy.ID, 1001, 0, len(seekingSteps)+1)
	if err != nil {
		return err
	}
	at := 0
	for _, m := range people {
		if m.PersonID == personID || at == len(seekingSteps) {
			continue
		}
		step := seekingSteps[at]
		at++
		who := web.User{Name: "本人", Role: roleSeeker, PersonID: m.PersonID}
		if err := done(r.Apply(ctx, who, vacancy.ID, "", fmt.Sprintf("demo-seeking-apply-%d", at))); err != nil {
			return err
		}
		if step.to == "" {
			continue
		}
		if err := done(r.answer(ctx, unit, act{personID: m.PersonID, to: step.to, reason: step.reason, note: step.note, key: fmt.Sprintf("demo-seeking-step-%d", at)}, vacancy.ID)); err != nil {
			return err
		}
	}
	return nil
}

// done passes over what an earlier, interrupted making of the demonstration has done already.
func done(err error) error {
	if fault.Is(err, fault.Repeat) {
		return nil
	}
	return err
}
