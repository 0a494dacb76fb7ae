package jobs

import (
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
)

func TestAnEmployerPastesAnAdvertOnAPhone(t *testing.T) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) {
		if d.Kind() != db.SQLite { // pages are the same on both; the stores are tested on both
			return
		}
		r := newTown(t, d)
		r.work(t, cleaning(10, 2))
		s := r.serve(t)
		p := s.as(t, "unit", "/jobs/employer", 390)
		p.Click(`a[href="/jobs/employer/paste"]`)
		p.Fill("#f-text", twoJobs)
		s.look(t, p, "paste-390")
		p.Click(`button[value="read"]`)
		s.look(t, p, "pasted-390")
		if text := p.Text("#main"); !strings.Contains(text, "岗位 1：采掘工") || !strings.Contains(text, "岗位 2：厨师") {
			t.Errorf("两个岗位没有都认出：%s", text)
		}
		p.Click(`button[value="publish"]`)
		if text := p.Text("#main"); !strings.Contains(text, "采掘工") || !strings.Contains(text, "厨师") || !strings.Contains(text, "招聘中") {
			t.Errorf("核对以后没有发布：%s", text)
		}
		s.look(t, s.as(t, "unit", "/jobs/employer/vacancy/new", 390), "publish-390")
		s.look(t, s.as(t, "unit", "/jobs/employer/upload", 390), "upload-390")
		for _, width := range []int{390, 1440} {
			suffix := map[int]string{390: "-390", 1440: "-1440"}[width]
			for _, page := range []string{"outside", "duplicates", "hidden", "coding", "outside/units"} {
				s.look(t, s.as(t, "officer", "/jobs/"+page, width), strings.ReplaceAll(page, "/", "-")+suffix)
			}
		}
	})
}
