package jobs

import (
	"context"
	"time"

	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// Wages tells the minimum wages that the policies go by.
type Wages interface {
	// MinimumWage is an area's on a day, fen a month, with its source; ok is false where nobody has set it.
	MinimumWage(ctx context.Context, area string, on time.Time) (fen int64, source string, ok bool)
}

// Floor is the minimum monthly wage of a place and day; the zero Floor is not known and keeps nothing from being published.
type Floor struct {
	Fen    int64
	Source string
}

// floor is the minimum wage of a place today.
func (r *Room) floor(ctx context.Context, code string) Floor {
	if r.Wages == nil {
		return Floor{}
	}
	fen, source, ok := r.Wages.MinimumWage(ctx, code, r.Clock.Today())
	if !ok {
		return Floor{}
	}
	return Floor{fen, source}
}

// checker checks the vacancies of one act, and asks for the minimum wage once for each banner.
type checker struct {
	room   *Room
	floors map[string]Floor
}

func (r *Room) checker() *checker { return &checker{r, map[string]Floor{}} }

// problems is Check with today's minimum wage of the vacancy's banner.
func (k *checker) problems(ctx context.Context, v employer.Vacancy) []Problem {
	banner := area.At(v.Area, area.Banner)
	least, asked := k.floors[banner]
	if !asked {
		least = k.room.floor(ctx, banner)
		k.floors[banner] = least
	}
	return Check(v, k.room.Clock.Today(), least)
}
