package jobs

import (
	"strconv"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
)

func TestTrainingNeedsOnWideAndNarrowScreens(t *testing.T) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) {
		if d.Kind() != db.SQLite { // pages are the same on both
			return
		}
		r := newTown(t, d)
		r.people(t, 1, 40, "保洁", bayan)
		welding, afar := cleaning(11, 60), cleaning(12, 2)
		welding.Title, welding.Occupation, welding.Skills = "电焊工", "焊工", "焊工证"
		afar.Title, afar.Occupation, afar.Skills, afar.Area = "电焊工", "焊工", "焊工证", ejin
		r.work(t, cleaning(10, 1), welding, afar)
		r.match(t)
		s := r.serve(t)
		for _, width := range []int{1440, 390} {
			p := s.as(t, "league", "/jobs/office/residual", width)
			s.look(t, p, "residual-"+strconv.Itoa(width))
			p.Goto("/jobs/office/residual?list=people")
			s.look(t, p, "residual-people-"+strconv.Itoa(width))
		}
	})
}
