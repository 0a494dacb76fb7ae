package fair

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// ForGraduates are the next n published fairs of an area on campus or meant for graduates.
func (r *Room) ForGraduates(ctx context.Context, area string, n int) ([]Fair, error) {
	list, err := comingFairs(ctx, r.DB, filter{area: area, public: true, from: db.On(r.today())}, db.On(r.today().AddDate(0, 0, -1)), 0, 60)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(f Fair) bool {
		return f.Kind != Campus && !slices.Contains(f.Groups, "graduate") || !f.Takes(r.today())
	})
	return list[:min(n, len(list))], nil
}
