package collect

import (
	"context"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// asking is who is to be asked in an area on a day.
func asking(code string, today time.Time) person.Asking {
	return person.Asking{Area: code, BornAfter: db.On(today.AddDate(-oldest-1, 0, 0)), BornBy: db.On(today.AddDate(-youngest, 0, 0)), Since: db.On(today.Add(-Every))}
}

// wanted reports whether somebody is to be asked on a day.
func wanted(p *person.Person, today time.Time) bool {
	age := p.Age(today)
	return age >= youngest && age <= oldest && !p.Student
}

// Count counts anew how far the asking is in the villages of an area.
func (r *Room) Count(ctx context.Context, code string) error {
	list, err := r.People.AskedByVillage(ctx, r.DB, asking(code, r.Clock.Today()))
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.store.setArea(ctx, tx, code, list) })
}

// CountAll counts every village, banner by banner, so that no transaction holds a whole region.
func (r *Room) CountAll(ctx context.Context, p progress.Reporter) error {
	var banners []string
	for _, league := range area.Children("15") {
		for _, banner := range area.Children(league.Code) {
			banners = append(banners, banner.Code)
		}
	}
	p.Step("统计入户采集进度", int64(len(banners)))
	defer p.End()
	for _, code := range banners {
		if err := r.Count(ctx, code); err != nil {
			return err
		}
		p.Add(1)
	}
	return nil
}

// Tasks registers the nightly counting: every day some answers become older than a month.
func (r *Room) Tasks(q *queue.Queue) {
	const kind = "collect.count"
	q.Handle(kind, func(ctx context.Context, job *queue.Running) error { return r.CountAll(ctx, job.Progress()) })
	q.Every(kind, "", queue.Daily(4*time.Hour))
}
