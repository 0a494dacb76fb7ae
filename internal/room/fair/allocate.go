package fair

import (
	"context"
	"fmt"
	"slices"

	"jiuye/internal/engine/rank/allocate"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/person"
)

// What an allocation keeps to.
const (
	boothsEach  = 3   // invitations for one seeker
	perOpening  = 8   // seekers sent to one opening at most
	leastScore  = 50  // of 1,000: what promises less is not recommended
	keyWeight   = 1.3 // of people who are hard to employ (就业困难人员)
	mostSeekers = 5_000
)

// Allocate recommends the fair's registered seekers to vacancies of its confirmed booths so that they are spread, and gives each
// a time. What an officer has put by hand and what was sent stays as it is, and people who have any of these are left alone.
// Faults: NotFound, Denied, Conflict, Unavailable, Repeat.
func (r *Room) Allocate(ctx context.Context, who web.User, fairID int64, once string) (Run, error) {
	f, err := fairByID(ctx, r.DB, fairID)
	if err != nil {
		return Run{}, err
	}
	if err := MayManage(who, &f); err != nil {
		return Run{}, err
	}
	if !f.Takes(r.today()) {
		return Run{}, fault.New(fault.Conflict, "只有已发布、还没有举办完的招聘会才能安排邀请")
	}
	if r.Matcher == nil {
		return Run{}, fault.New(fault.Unavailable, "匹配服务还没有启用，请联系系统管理员")
	}
	visits, err := visitsOf(ctx, r.DB, fairID)
	if err != nil {
		return Run{}, err
	}
	stands, openings, err := r.standsOf(ctx, fairID)
	if err != nil {
		return Run{}, err
	}
	switch {
	case len(visits) == 0:
		return Run{}, fault.New(fault.Conflict, "还没有求职者报名，不能安排邀请")
	case len(visits) > mostSeekers:
		return Run{}, fault.New(fault.Conflict, "报名 %d 人，一次最多安排 %d 人，请分场举办", len(visits), mostSeekers)
	case len(stands) == 0:
		return Run{}, fault.New(fault.Conflict, "还没有确认的展位，请先在“展位”中确认")
	}
	old, err := invitesOf(ctx, r.DB, fairID, 0)
	if err != nil {
		return Run{}, err
	}
	have := slices.DeleteFunc(old, func(v Invite) bool { return !v.kept() })
	made, err := r.recommend(ctx, &f, visits, stands, openings, have)
	if err != nil {
		return Run{}, err
	}
	placed, crowded := newTimetable(slotsOf(f.From, f.To), have).schedule(made)
	run := Run{FairID: fairID, At: r.now(), ByName: account.Signature(who), Seekers: len(visits), Pairs: len(placed) + len(have), Crowded: crowded}
	for _, n := range openings {
		run.Openings += n
	}
	people := map[int64]bool{}
	for _, v := range slices.Concat(placed, have) {
		people[v.PersonID] = true
	}
	run.Invited = len(people)
	return run, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		now, err := invitesOf(ctx, tx, fairID, 0)
		if err != nil {
			return err
		}
		if n := len(slices.DeleteFunc(now, func(v Invite) bool { return !v.kept() })); n != len(have) {
			return fault.New(fault.Conflict, "安排期间有人改动了邀请，请重新安排")
		}
		if err := dropComputed(ctx, tx, fairID); err != nil {
			return err
		}
		if err := saveInvites(ctx, tx, placed); err != nil {
			return err
		}
		if err := saveRun(ctx, tx, run); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entryOf(who, "allocate", &f, fmt.Sprintf("安排招聘会邀请，%d 人中 %d 人：%s", run.Seekers, run.Invited, f.Title)))
	})
}

// standsOf are the vacancies of a fair's confirmed booths: vacancy → employer, and vacancy → openings.
func (r *Room) standsOf(ctx context.Context, fairID int64) (stands map[int64]int64, openings map[int64]int, err error) {
	booths, err := boothsOf(ctx, r.DB, fairID)
	if err != nil {
		return nil, nil, err
	}
	all, err := openingsOf(ctx, r.DB, fairID)
	stands, openings = map[int64]int64{}, map[int64]int{}
	for _, b := range booths {
		if b.State == Confirmed {
			for _, v := range b.Vacancies {
				stands[v], openings[v] = b.EmployerID, all[v]
			}
		}
	}
	return stands, openings, err
}

// recommend finds who is sent where: everybody who has not been seen to by hand.
func (r *Room) recommend(ctx context.Context, f *Fair, visits []Visit, stands map[int64]int64, openings map[int64]int, have []Invite) (made []Invite, err error) {
	done := map[int64]bool{}
	for _, v := range have {
		done[v.PersonID] = true
	}
	var ids []int64
	for _, v := range visits {
		if !done[v.PersonID] {
			ids = append(ids, v.PersonID)
		}
	}
	vacancies := make([]allocate.Vacancy, 0, len(openings))
	list := make([]int64, 0, len(openings))
	for id, n := range openings {
		vacancies, list = append(vacancies, allocate.Vacancy{ID: id, Openings: n}), append(list, id)
	}
	slices.Sort(list)
	b := allocate.NewMarket(vacancies)
	why := map[[2]int64]Fit{}
	for len(ids) > 0 {
		part := ids[:min(len(ids), chunk)]
		ids = ids[len(part):]
		people, err := r.People.FactsOf(ctx, part)
		if err != nil {
			return nil, err
		}
		fits, err := r.Matcher.Fits(ctx, people, list)
		if err != nil {
			return nil, err
		}
		for i, p := range people {
			if err := b.Add(r.seekerOf(p), candidatesOf(p.ID, fits[i], why)); err != nil {
				return nil, err
			}
		}
	}
	market, err := b.Build()
	if err != nil {
		return nil, err
	}
	s, err := allocate.Auction(market, allocate.Options{Recommendations: boothsEach, Invitations: perOpening, Congestion: 1})
	if err != nil {
		return nil, err
	}
	for i, seeker := range market.Seekers() {
		for _, p := range s.Of(i) {
			v := market.Vacancies()[p.Vacancy].ID
			fit := why[[2]int64{seeker.ID, v}]
			made = append(made, Invite{PersonID: seeker.ID, FairID: f.ID, VacancyID: v, EmployerID: stands[v], Score: fit.Score, Why: fit.Why})
		}
	}
	return made, nil
}

func (r *Room) seekerOf(p *person.Facts) allocate.Seeker {
	s := allocate.Seeker{ID: p.ID, Weight: 1}
	if p.InGroup(person.Hard, r.today()) != nil {
		s.Weight = keyWeight
	}
	return s
}

func candidatesOf(personID int64, fits []Fit, why map[[2]int64]Fit) (list []allocate.Candidate) {
	for _, fit := range fits {
		if fit.Score >= leastScore {
			why[[2]int64{personID, fit.VacancyID}] = fit
			list = append(list, allocate.Candidate{Vacancy: fit.VacancyID, Chance: float64(fit.Chance) / 1000, Benefit: float64(fit.Benefit) / 1000})
		}
	}
	return list
}
