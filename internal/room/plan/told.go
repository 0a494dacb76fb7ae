package plan

import (
	"context"
	"time"

	"jiuye/internal/ground/lang"
	"jiuye/internal/register/area"
)

// official are the room's words in Chinese, for what is kept and for documents.
func official() (words, error) {
	dict, err := lang.Load(webFiles)
	if err != nil {
		return nil, err
	}
	return func(key string, args ...any) string { return dict.T(lang.Chinese, key, args...) }, nil
}

// Told is how an area stands, in official Chinese for documents: its indicators as known on a day (zero: now), its tasks by the unit that
// leads them (nil below the league), and the data's last day.
func (r *Room) Told(ctx context.Context, code string, on time.Time) ([]Line, []UnitTasks, time.Time, error) {
	t, err := official()
	if err != nil {
		return nil, nil, time.Time{}, err
	}
	f, err := r.read(ctx, code, on)
	if err != nil {
		return nil, nil, time.Time{}, err
	}
	list, err := r.followed(ctx, f)
	if err != nil {
		return nil, nil, f.asOf, err
	}
	var lines []Line
	for _, d := range list {
		lines = append(lines, f.line(t, d))
	}
	b := &Board{Area: code}
	if area.Level(code) <= area.League {
		err = r.tasksOf(ctx, t, b)
	}
	return lines, b.Units, f.asOf, err
}
