package gig

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// Offer says on which days somebody wants what work, or no more. Faults: Invalid, Denied (too young), Repeat.
func (r *Room) Offer(ctx context.Context, who web.User, w Worker, once string) error {
	p, err := r.People.Get(ctx, who.PersonID)
	if err != nil {
		return err
	}
	w.PersonID = who.PersonID
	if !area.Exists(w.Area) || area.Level(w.Area) < area.Banner {
		w.Area = p.Area
	}
	list := strings.Fields(w.Kinds)
	switch {
	case p.Age(r.today()) < youngest:
		return fault.New(fault.Denied, "未满 %d 周岁不能从事零工（《禁止使用童工规定》第二条）", youngest)
	case w.On && (len(list) == 0 || w.Days == 0 || w.Until.Before(r.today())):
		return fault.New(fault.Invalid, "请选择能干的活、有空的日子，接活到哪天应不早于今天")
	case slices.ContainsFunc(list, func(k string) bool { return !slices.Contains(kinds, k) }):
		return fault.New(fault.Invalid, "工种里有不认识的一项，请重新选择")
	case w.Least < 0 || w.Km < 0 || w.Km > 3000:
		return fault.New(fault.Invalid, "最远距离应为 0 到 3000 公里")
	}
	w.Kinds = " " + strings.Join(list, " ") + " "
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := putWorkers(ctx, tx, []Worker{w}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "offer", "person", who.PersonID, p.Area, map[bool]string{true: "登记零工意愿", false: "停止接零工"}[w.On])
	})
}

// mostMembers is how large a team may be.
const mostMembers = 50

// letters of a team's code: none that looks like another.
const letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

// Found makes a team of which somebody is the leader, and returns its code, by which others join. Faults: Invalid, Conflict, Repeat.
func (r *Room) Found(ctx context.Context, who web.User, name, once string) (string, error) {
	if name == "" {
		return "", fault.New(fault.Invalid, "请填写班组名称")
	}
	raw := make([]byte, 6)
	_, _ = rand.Read(raw) // it never fails (Go 1.24)
	for i, b := range raw {
		raw[i] = letters[int(b)%len(letters)]
	}
	t := Team{ID: r.IDs.Next(), LeaderID: who.PersonID, Name: name, Code: string(raw), Area: who.Area}
	return t.Code, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := r.fresh(ctx, tx, who, once); err != nil {
			return err
		}
		if err := insertTeam(ctx, tx, &t); err != nil {
			return err
		}
		if err := join(ctx, tx, who.PersonID, t.ID, r.now()); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "team", "gigteam", t.ID, who.Area, "组建零工班组："+name)
	})
}

// fresh refuses who is in a team already.
func (r *Room) fresh(ctx context.Context, tx *db.Tx, who web.User, once string) error {
	if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
		return err
	}
	t, err := teamOf(ctx, tx, who.PersonID)
	if err == nil && t.ID != 0 {
		err = fault.New(fault.Conflict, "您已经在班组“%s”里，先退出才能加入别的", t.Name)
	}
	return err
}

// Join makes somebody a member of the team with a code. Faults: NotFound, Conflict, Repeat.
func (r *Room) Join(ctx context.Context, who web.User, code, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := r.fresh(ctx, tx, who, once); err != nil {
			return err
		}
		t, found, err := teamWhere(ctx, tx, "code", strings.ToUpper(strings.TrimSpace(code)))
		if err != nil {
			return err
		}
		if !found {
			return fault.New(fault.Invalid, "没有这个班组，请核对班组码（6 位字母和数字）")
		}
		people, err := members(ctx, tx, t.ID)
		if err != nil {
			return err
		}
		if len(people) >= mostMembers {
			return fault.New(fault.Conflict, "一个班组最多 %d 人，这个班组已经满了", mostMembers)
		}
		if err := join(ctx, tx, who.PersonID, t.ID, r.now()); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "team", "gigteam", t.ID, t.Area, "加入零工班组："+t.Name)
	})
}

// Quit takes somebody out of the team; the leader's going dissolves it. Faults: Conflict, Repeat.
func (r *Room) Quit(ctx context.Context, who web.User, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		t, err := teamOf(ctx, tx, who.PersonID)
		if err != nil {
			return err
		}
		if t.ID == 0 {
			return fault.New(fault.Conflict, "您现在不在班组里")
		}
		if err := leave(ctx, tx, &t, who.PersonID); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "team", "gigteam", t.ID, t.Area, "退出零工班组："+t.Name)
	})
}

// mostFits is how many jobs or workers a page proposes.
const mostFits = 20

// jobsFor are the open jobs that suit a worker, the best first. It compares the league's next jobs.
func (r *Room) jobsFor(ctx context.Context, w *Worker) ([]fitting[Job], error) {
	today := db.On(r.today())
	list, err := openJobs(ctx, r.DB, wanted{Area: league(w.Area), From: today, Till: db.On(r.today().AddDate(0, 0, 60)), Limit: mostWorkers})
	if err != nil {
		return nil, err
	}
	var hirers []int64
	for i := range list {
		hirers = append(hirers, list[i].HirerID)
	}
	slices.Sort(hirers)
	records, err := recordsOf(ctx, r.DB, "hirer_id", slices.Compact(hirers), today)
	if err != nil {
		return nil, err
	}
	own, err := r.takesBy(ctx, r.DB, w.PersonID, 100)
	if err != nil {
		return nil, err
	}
	var out []fitting[Job]
	for i := range list {
		if !list[i].Takes(r.Clock.Now()) || slices.ContainsFunc(own, func(t Take) bool { return t.bars(&list[i]) }) {
			continue
		}
		if f, ok := suits(w, &list[i], Record{}, records[list[i].HirerID]); ok {
			out = append(out, fitting[Job]{list[i], f})
		}
	}
	return best(out, mostFits), nil
}

// workersFor are the people who offer what a job asks for and are free then, the best first: of the banner, then of the league.
func (r *Room) workersFor(ctx context.Context, j *Job) ([]fitting[person.Person], error) {
	known := map[int64]Worker{}
	var order []int64
	for _, code := range []string{bannerOf(j.Area), league(j.Area)} {
		list, err := workersFor(ctx, r.DB, code, j.Kind, j.Until)
		if err != nil {
			return nil, err
		}
		for _, w := range list {
			if _, had := known[w.PersonID]; !had {
				known[w.PersonID] = w
				order = append(order, w.PersonID)
			}
		}
	}
	taken, err := busy(ctx, r.DB, j, order)
	if err != nil {
		return nil, err
	}
	here, err := r.takesAt(ctx, r.DB, j.ID)
	if err != nil {
		return nil, err
	}
	for _, t := range here {
		taken[t.PersonID] = true
	}
	records, err := recordsOf(ctx, r.DB, "person_id", order, db.On(r.today()))
	if err != nil {
		return nil, err
	}
	var fits []fitting[int64]
	for _, id := range order {
		w := known[id]
		if f, ok := suits(&w, j, records[id], Record{}); ok && !taken[id] {
			fits = append(fits, fitting[int64]{id, f})
		}
	}
	fits = best(fits, mostFits)
	var chosen []int64
	for _, f := range fits {
		chosen = append(chosen, f.Of)
	}
	people, err := r.People.List(ctx, chosen)
	if err != nil {
		return nil, err
	}
	named := map[int64]person.Person{}
	for _, p := range people {
		named[p.ID] = p
	}
	out := make([]fitting[person.Person], 0, len(fits))
	for _, f := range fits {
		if p, there := named[f.Of]; !there || p.Dead(r.today()) {
			continue
		}
		out = append(out, fitting[person.Person]{named[f.Of], f.fit})
	}
	return out, nil
}
