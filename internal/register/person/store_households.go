package person

import (
	"cmp"
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// Family is a household with everything the register knows of its members, numbers sealed.
type Family struct {
	Household
	Members []*Facts // the head first, then the eldest
}

// Families reads many households at once, in the order of their ids; ids that no household has are left out.
func (s *Store) Families(ctx context.Context, ids []int64) ([]Family, error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	var out []Family
	for part := range slices.Chunk(ids, 500) {
		list, err := db.All(ctx, s.DB, func(f *Family) []any { return []any{&f.ID, &f.Number, &f.Area, &f.Rural} },
			`SELECT household_id, number, area, rural FROM household WHERE household_id IN (`+db.In(1, len(part))+`) ORDER BY household_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
		members, err := s.membersOf(ctx, part)
		if err != nil {
			return nil, err
		}
		for i := range list {
			list[i].Members = members[list[i].ID]
			slices.SortStableFunc(list[i].Members, headFirst)
		}
		out = append(out, list...)
	}
	return out, nil
}

// membersOf reads everything about the members of some households.
func (s *Store) membersOf(ctx context.Context, households []int64) (map[int64][]*Facts, error) {
	people, err := s.people(ctx, `p.household_id IN (`+db.In(1, len(households))+`)`, db.Args(households)...)
	if err != nil {
		return nil, err
	}
	out := make(map[int64][]*Facts, len(households))
	for part := range slices.Chunk(people, 1000) {
		ids := make([]any, len(part))
		for i, m := range part {
			ids[i] = m.ID
		}
		if err := s.fill(ctx, false, part, `person_id IN (`+db.In(1, len(part))+`)`, ids...); err != nil {
			return nil, err
		}
		for _, m := range part {
			out[m.HouseholdID] = append(out[m.HouseholdID], m)
		}
	}
	return out, nil
}

func headFirst(a, b *Facts) int {
	rank := func(f *Facts) int {
		if f.Relation == "户主" {
			return 0
		}
		return 1
	}
	return cmp.Or(rank(a)-rank(b), a.Birth.Compare(b.Birth), cmp.Compare(a.ID, b.ID))
}
