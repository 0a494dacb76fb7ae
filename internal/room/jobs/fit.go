package jobs

import (
	"cmp"
	"context"
	"slices"

	"jiuye/internal/engine/rank"
	"jiuye/internal/register/person"
)

// Fits compares each of these people with each of these vacancies, for whoever deals people out over a given set of vacancies, such
// as a fair: one list for each person, the best first, with reasons as told to somebody else. What the law or the person rules out
// is left out.
func (r *Room) Fits(ctx context.Context, people []*person.Facts, vacancies []int64) ([][]rank.Result, error) {
	atlas, err := r.atlas(ctx)
	if err != nil {
		return nil, err
	}
	offers, err := r.offersOf(ctx, vacancies)
	if err != nil {
		return nil, err
	}
	profiles, err := r.profiles(ctx, people)
	if err != nil {
		return nil, err
	}
	out := make([][]rank.Result, len(people))
	for i := range people {
		seeker := atlas.Prepare(profiles[i])
		for _, o := range offers {
			if one := seeker.Score(o.ranked); !one.Barred {
				one.Reasons = about(one.Reasons)
				out[i] = append(out[i], one)
			}
		}
		slices.SortFunc(out[i], func(a, b rank.Result) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
		})
	}
	return out, nil
}
