package collect

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/person"
)

// SeedDemo lets a township look as if its coordinators had been asking for six weeks: some villages are nearly done, some
// have just begun. who is the coordinator of a village, who has reported hints and somebody new. What people say of ability
// and will is what their files say, so that nothing else of the demonstration moves. Seeding twice changes nothing.
func (r *Room) SeedDemo(ctx context.Context, township string, who web.User) error {
	ask := asking(township, r.Clock.Today())
	var mine []person.Person
	for at, id := "", int64(0); ; {
		homes, err := r.People.AskedByHousehold(ctx, ask, at, id, 500)
		if err != nil {
			return err
		}
		if len(homes) == 0 {
			break
		}
		at, id = homes[len(homes)-1].Area, homes[len(homes)-1].HouseholdID
		asked, err := r.pretend(ctx, who, homes)
		if err != nil {
			return err
		}
		for i := range asked {
			if asked[i].Area == who.Area {
				mine = append(mine, asked[i])
			}
		}
	}
	if err := r.Count(ctx, township); err != nil || len(mine) < 3 {
		return err
	}
	hint := func(n int, p *person.Person, answers map[string]string) Item {
		return Item{Key: fmt.Sprintf("demo-hint-%012d", n), Kind: KindNeed, Person: strconv.FormatInt(p.ID, 10), Answers: answers}
	}
	plain := reader{User: who, t: func(key string, _ ...any) string { return key }}
	_, err := r.Submit(ctx, plain, []Item{
		hint(1, &mine[0], map[string]string{"phone": "13904838800"}), hint(2, &mine[1], map[string]string{"moved": "1", "moved_to": "银川市"}),
		{Key: "demo-newcomer-0001", Kind: KindNew, Area: who.Area, Answers: map[string]string{"name": mine[2].Name, "tel": "13904838801", "new_note": "在镇上租房，开小饭馆"}},
	})
	return err
}

var pretended = []person.Need{
	{Doing: "herd", Skill: "养羊", Obstacle: "herd", Place: "village"}, {Doing: "flexible", Skill: "会开车", Occupation: "驾驶员", Pay: 500000, Place: "banner", Obstacle: "none"},
	{Doing: "none", Occupation: "护工", Pay: 350000, Place: "banner", Obstacle: "care", Training: "养老护理"}, {Doing: "unit", DoingAt: "镇上单位", Obstacle: "none"},
	{Doing: "away", DoingAt: "银川", Skill: "会电焊", Place: "outside", Obstacle: "none"}, {Doing: "home", Obstacle: "care", Training: "电商", Place: "village"},
}

// spread is a number below n that looks drawn, the same for the same id.
func spread(id int64, n int) int { return int(uint64(id) * 0x9e3779b97f4a7c15 >> 33 % uint64(n)) }

// pretend stores an answer for everybody wanted in some of the households, and returns who answered.
func (r *Room) pretend(ctx context.Context, who web.User, homes []person.HouseholdAsked) ([]person.Person, error) {
	today, ids := r.Clock.Today(), []int64{}
	for i := range homes {
		h := fnv.New32a()
		_, _ = h.Write([]byte(homes[i].Area)) // a hash takes everything
		if share := 20 + h.Sum32()%70; spread(homes[i].HouseholdID, 100) < int(share) {
			ids = append(ids, homes[i].HouseholdID)
		}
	}
	members, err := r.People.MembersOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	var asked []person.Person
	var needs []person.Need
	for _, household := range ids {
		days := int(household%45) + 1
		for _, p := range members[household] {
			if !wanted(&p, today) {
				continue
			}
			n, here := pretended[p.ID%int64(len(pretended))], true
			train := n.Training != ""
			n.PersonID, n.Key, n.Source, n.ByID, n.ByName = p.ID, fmt.Sprintf("demo-%016d", p.ID), "visit", who.ID, who.Name
			n.Asked, n.Able, n.Willing, n.Resident, n.Train = db.On(today.AddDate(0, 0, -days)), p.Able, p.Willing, &here, &train
			asked, needs = append(asked, p), append(needs, n)
		}
	}
	for part := range slices.Chunk(needs, 1000) {
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return r.People.SaveNeeds(ctx, tx, part) }); err != nil {
			return nil, err
		}
	}
	return asked, nil
}
