package jobs

import (
	"context"
	"fmt"
	"slices"

	"jiuye/internal/engine/rank/duplicate"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// DuplicateSum is what a comparison of all open vacancies found.
type DuplicateSum struct {
	Read, Groups, Followers int
}

// Text is the sum for people.
func (s DuplicateSum) Text() string {
	return fmt.Sprintf("比对岗位 %d 个，重复的 %d 组，其中 %d 个归到同组的另一个岗位下展示", s.Read, s.Groups, s.Followers)
}

// FindDuplicates compares the open vacancies of each league, and keeps which are the same work and why. What officers have said holds.
func (r *Room) FindDuplicates(ctx context.Context, p progress.Reporter) (sum DuplicateSum, err error) {
	said, err := r.store.said(ctx)
	if err != nil {
		return sum, err
	}
	before, err := r.store.followerIDs(ctx)
	if err != nil {
		return sum, err
	}
	leagues := area.Children("15")
	p.Step("比对重复岗位", int64(len(leagues)))
	defer p.End()
	run := r.IDs.Next()
	for _, league := range leagues {
		if err := r.duplicatesIn(ctx, league.Code, run, said, before, &sum); err != nil {
			return sum, err
		}
		p.Add(1)
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		old, err := r.store.oldFollowers(ctx, tx, run)
		if err != nil || len(old) == 0 {
			return err
		}
		if err := r.store.dropOldFollowers(ctx, tx, run); err != nil {
			return err
		}
		return r.Employers.TouchVacancies(ctx, tx, old)
	})
	r.boards.forget()
	return sum, err
}

// duplicatesIn compares the vacancies of one league.
func (r *Room) duplicatesIn(ctx context.Context, league string, run int64, said []duplicate.Said, before map[int64]int64, sum *DuplicateSum) error {
	var list []duplicate.Advert
	units, places := map[int64]int64{}, map[int64]string{}
	if err := r.Employers.EachOpen(ctx, league, r.today(), func(v *employer.Vacancy) error {
		list = append(list, duplicate.Advert{ID: v.ID, Title: v.Title, Code: v.Code, Area: v.Area, Low: v.PayLow, High: v.PayHigh, Contact: v.Contact,
			Body: clipRunes(v.Body, 1500), Standing: standing(v), Source: v.Source})
		units[v.ID], places[v.ID] = v.EmployerID, v.Area
		return nil
	}); err != nil {
		return err
	}
	ids := make([]int64, 0, len(units))
	for _, id := range units {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	names, err := r.Employers.Names(ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	for i := range list {
		list[i].Employer = names[units[list[i].ID]]
	}
	sum.Read += len(list)
	var found []Follower
	var touched []int64
	for _, g := range duplicate.Find(list, said) {
		sum.Groups++
		for _, m := range g.Members {
			found = append(found, Follower{EmployerID: units[m.ID], VacancyID: m.ID, Lead: g.Lead, With: m.With, Area: places[m.ID], Reasons: m.Reasons})
			if before[m.ID] == 0 {
				touched = append(touched, m.ID)
			}
		}
	}
	sum.Followers += len(found)
	for part := range slices.Chunk(found, blockOf) {
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			_, err := r.store.putFollowers(ctx, tx, part, run)
			return err
		}); err != nil {
			return err
		}
	}
	if len(touched) == 0 {
		return nil
	}
	slices.Sort(touched)
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.Employers.TouchVacancies(ctx, tx, touched) })
}

// standing is who of a group is shown: the employer's own advert before one that was brought, then the one that says more.
func standing(v *employer.Vacancy) (n int) {
	for _, has := range []struct {
		it     bool
		weight int
	}{{v.Source == "", 100}, {v.PayHigh > 0, 8}, {len(v.Body) > 200, 4}, {len(v.Area) >= 6, 2}, {v.Contact != "", 1}, {v.Benefits != "", 1}} {
		if has.it {
			n += has.weight
		}
	}
	return n
}

// SayDuplicate is an officer's word that two vacancies are the same work, or are not.
func (r *Room) SayDuplicate(ctx context.Context, who web.User, vacancyID, with int64, same bool, key string) error {
	list, err := r.Employers.Vacancies(ctx, r.DB, []int64{vacancyID, with})
	if err != nil {
		return err
	}
	if len(list) != 2 {
		return fault.New(fault.NotFound, "没有这两个岗位，可能已经撤下")
	}
	for _, v := range list {
		if err := reaches(who, v.Area); err != nil {
			return err
		}
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		now := r.Clock.Now()
		if err := tx.Once(ctx, key, now); err != nil {
			return err
		}
		f, follows, err := r.store.follower(ctx, tx, vacancyID)
		if err != nil {
			return err
		}
		others := []int64{with}
		if follows && !same {
			others = append(others, f.Lead, f.With)
		}
		slices.Sort(others)
		for _, other := range slices.Compact(others) {
			if other == vacancyID {
				continue
			}
			if err := r.store.putSaid(ctx, tx, vacancyID, other, same, who.ID, actor(who), now.UnixMilli()); err != nil {
				return err
			}
		}
		if follows && !same {
			if err := r.store.dropFollower(ctx, tx, vacancyID); err != nil {
				return err
			}
			if err := r.Employers.TouchVacancies(ctx, tx, []int64{vacancyID}); err != nil {
				return err
			}
		}
		what := map[bool]string{true: "确认为同一岗位", false: "不是同一岗位，分开展示"}[same]
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "jobs.duplicate", Object: "vacancy", ObjectID: vacancyID,
			Area: area.At(list[0].Area, area.Banner), What: "重复岗位：" + what})
	})
	r.boards.forget()
	return err
}
