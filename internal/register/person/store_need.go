package person

import (
	"cmp"
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

const needColumns = `person_id, key, asked, known_at, source, by_id, by_name, resident, able, willing, train, skill, occupation, pay, place, training, obstacle, doing, doing_at, note`

var needNames = []string{"person_id", "key", "asked", "known_at", "source", "by_id", "by_name", "resident", "able", "willing", "train", "skill",
	"occupation", "pay", "place", "training", "obstacle", "doing", "doing_at", "note"}

func (n *Need) fields() []any {
	return []any{&n.PersonID, &n.Key, &n.Asked, &n.KnownAt, &n.Source, &n.ByID, &n.ByName, &n.Resident, &n.Able, &n.Willing, &n.Train, &n.Skill,
		&n.Occupation, &n.Pay, &n.Place, &n.Training, &n.Obstacle, &n.Doing, &n.DoingAt, &n.Note}
}

func (n *Need) row(now int64) []any {
	return []any{n.PersonID, n.Key, n.Asked, cmp.Or(n.KnownAt, now), n.Source, n.ByID, n.ByName, nullable(n.Resident), nullable(n.Able), nullable(n.Willing), nullable(n.Train),
		n.Skill, n.Occupation, n.Pay, n.Place, n.Training, n.Obstacle, n.Doing, n.DoingAt, n.Note}
}

// SaveNeeds stores answers; one whose key the person has already is left as it was first stored. KnownAt is the clock's
// where it is zero. A person's file takes over the latest answer of ability and will unless a registration of
// unemployment began after it, and the latest of training.
func (s *Store) SaveNeeds(ctx context.Context, tx *db.Tx, list []Need) error {
	if len(list) == 0 {
		return nil
	}
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Need) int { return cmp.Or(cmp.Compare(a.PersonID, b.PersonID), cmp.Compare(a.Key, b.Key)) })
	list = slices.CompactFunc(list, func(a, b Need) bool { return a.PersonID == b.PersonID && a.Key == b.Key })
	now := s.Clock.Now().UnixMilli()
	rows, ids := make([][]any, len(list)), make([]int64, len(list))
	for i := range list {
		rows[i], ids[i] = list[i].row(now), list[i].PersonID
	}
	if err := tx.InsertNew(ctx, "person_need", needNames, []string{"person_id", "key"}, rows); err != nil {
		return err
	}
	if err := s.Touch(ctx, tx, "need", ids); err != nil {
		return err
	}
	return s.takeOver(ctx, tx, slices.Compact(ids))
}

// takeOver brings the latest answers of ability and will into the people's files.
func (s *Store) takeOver(ctx context.Context, tx *db.Tx, ids []int64) error {
	said, err := s.NeedAbilities(ctx, tx, ids)
	if err != nil {
		return err
	}
	registered, err := s.LastRegistered(ctx, tx, ids)
	if err != nil {
		return err
	}
	var list []Ability
	for _, id := range ids {
		a, since := said[id], registered[id]
		one := Ability{PersonID: id, Train: a.Train}
		if !a.AbleOn.Before(since.Time) {
			one.Able = a.Able
		}
		if !a.WillingOn.Before(since.Time) {
			one.Willing = a.Willing
		}
		if one.Able != nil || one.Willing != nil || one.Train != nil {
			list = append(list, one)
		}
	}
	_, err = s.SaveAbilities(ctx, tx, list)
	return err
}

// NeedsOf lists what one person said, the latest first.
func (s *Store) NeedsOf(ctx context.Context, personID int64) ([]Need, error) {
	return db.All(ctx, s.DB, (*Need).fields, `SELECT `+needColumns+` FROM person_need WHERE person_id = $1 ORDER BY asked DESC, known_at DESC, key DESC`, personID)
}

// LastNeeds is what many people said last: person → latest answer. People who were never asked are left out.
func (s *Store) LastNeeds(ctx context.Context, q db.Querier, ids []int64) (map[int64]Need, error) {
	out := make(map[int64]Need, len(ids))
	err := s.eachNeed(ctx, q, ids, func(n *Need) {
		if last, ok := out[n.PersonID]; !ok || n.later(&last) {
			out[n.PersonID] = *n
		}
	})
	return out, err
}

// NeedAbilities is AbilityFromNeeds of many people; those who said nothing are left out.
func (s *Store) NeedAbilities(ctx context.Context, q db.Querier, ids []int64) (map[int64]NeedAbility, error) {
	said := make(map[int64][]Need, len(ids))
	if err := s.eachNeed(ctx, q, ids, func(n *Need) { said[n.PersonID] = append(said[n.PersonID], *n) }); err != nil {
		return nil, err
	}
	out := make(map[int64]NeedAbility, len(said))
	for id, list := range said {
		out[id] = AbilityFromNeeds(list)
	}
	return out, nil
}

func (s *Store) eachNeed(ctx context.Context, q db.Querier, ids []int64, yield func(*Need)) error {
	for part := range slices.Chunk(ids, 1000) {
		err := db.Each(ctx, q, (*Need).fields, func(n *Need) error { yield(n); return nil },
			`SELECT `+needColumns+` FROM person_need WHERE person_id IN (`+db.In(1, len(part))+`) ORDER BY person_id, asked, known_at, key`, db.Args(part)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// Asking says who is to be asked, and since when an answer counts: people of Area's subtree born after BornAfter and not
// after BornBy who are no students.
type Asking struct {
	Area              string
	BornAfter, BornBy db.Date
	Since             db.Date
}

// HouseholdAsked is how far the asking is in one household.
type HouseholdAsked struct {
	HouseholdID   int64
	Area          string
	People        int     // members
	Wanted, Asked int     // members to be asked; of these, asked since the day
	Last          db.Date // latest answer of any member; zero: nobody was ever asked
	HeadName      string  // of the head, or of whoever comes first
}

// AskedByHousehold lists the households of an area's subtree in the order of their area and id, behind one of them.
func (s *Store) AskedByHousehold(ctx context.Context, a Asking, afterArea string, after int64, limit int) ([]HouseholdAsked, error) {
	low, high := db.Under(a.Area)
	return db.All(ctx, s.DB, func(h *HouseholdAsked) []any {
		return []any{&h.HouseholdID, &h.Area, &h.People, &h.Wanted, &h.Asked, &h.Last, &h.HeadName}
	}, `WITH part AS (SELECT household_id, area FROM household WHERE area >= $1 AND area < $2 AND (area, household_id) > ($3, $4)
			ORDER BY area, household_id LIMIT $5),
		member AS (SELECT part.household_id, part.area, p.person_id, p.name, p.relation, p.birth > $6 AND p.birth <= $7 AND NOT p.student AS wanted,
				(SELECT max(n.asked) FROM person_need n WHERE n.person_id = p.person_id) AS last
			FROM part JOIN person p ON p.household_id = part.household_id)
		SELECT household_id, area, count(*), count(*) FILTER (WHERE wanted), count(*) FILTER (WHERE wanted AND last >= $8), max(last),
			coalesce(max(CASE WHEN relation = '户主' THEN name END), max(name))
		FROM member GROUP BY household_id, area ORDER BY area, household_id`, low, high, afterArea, after, limit, a.BornAfter, a.BornBy, a.Since)
}

// VillageAsked is how far the asking is in one village.
type VillageAsked struct {
	Area          string // 12 digits
	Households    int
	Done          int // households in which nobody is left to be asked
	Wanted, Asked int // people
	Never         int // people to be asked who were never asked
}

// AskedByVillage counts an area's subtree by village, where people live. It reads everybody there: of a region it is
// background work.
func (s *Store) AskedByVillage(ctx context.Context, q db.Querier, a Asking) ([]VillageAsked, error) {
	low, high := db.Under(a.Area)
	return db.All(ctx, q, func(v *VillageAsked) []any {
		return []any{&v.Area, &v.Households, &v.Done, &v.Wanted, &v.Asked, &v.Never}
	}, `WITH wanted AS (SELECT p.area, p.household_id, (SELECT max(n.asked) FROM person_need n WHERE n.person_id = p.person_id) AS last
			FROM person p WHERE p.area >= $1 AND p.area < $2 AND p.birth > $3 AND p.birth <= $4 AND NOT p.student),
		home AS (SELECT area, household_id, count(*) AS wanted, count(*) FILTER (WHERE last >= $5) AS asked, count(*) FILTER (WHERE last IS NULL) AS never
			FROM wanted GROUP BY area, household_id)
		SELECT area, count(*), count(*) FILTER (WHERE asked = wanted), CAST(sum(wanted) AS BIGINT), CAST(sum(asked) AS BIGINT), CAST(sum(never) AS BIGINT)
		FROM home GROUP BY area ORDER BY area`, low, high, a.BornAfter, a.BornBy, a.Since)
}

// MembersOf reads the members of many households, numbers unsealed: household → members, the head first, then the eldest.
func (s *Store) MembersOf(ctx context.Context, households []int64) (map[int64][]Person, error) {
	out := make(map[int64][]Person, len(households))
	for part := range slices.Chunk(households, 1000) {
		err := s.each(ctx, true, func(p Person) error { out[p.HouseholdID] = append(out[p.HouseholdID], p); return nil },
			`SELECT `+personColumns+` FROM person p WHERE p.household_id IN (`+db.In(1, len(part))+`)
				ORDER BY p.household_id, p.relation <> '户主', p.birth, p.person_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
