package jobs

import (
	"archive/zip"
	"io"
	"strings"
	"testing"

	"jiuye/internal/engine/rank/allocate"
	"jiuye/internal/ground/db"
)

func TestWhatIsLeftOverTellsWhatToTrainFor(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		s := r.serve(t)
		shows(t, s.get(t, "officer", "/jobs/office/residual", 200), "没有缺口", "还没有做过岗位推荐")

		r.people(t, 1, 40, "保洁", bayan)
		welding, afar := cleaning(11, 60), cleaning(12, 3)
		welding.Title, welding.Occupation = "电焊工", "焊工"
		welding.Skills = "焊工证" // none of the cleaners has one
		afar.Area, afar.Title, afar.Occupation, afar.Skills = ejin, "电焊工", "焊工", welding.Skills
		r.work(t, cleaning(10, 1), welding, afar)
		sum := r.match(t)
		if sum.Nothing != 25 {
			t.Errorf("summary %+v", sum)
		}
		list, on, err := r.store.residual(ctx, "152921")
		if err != nil || on != day(9, 24) {
			t.Fatal(on, err)
		}
		var people, nothing, unsought int
		for _, x := range list {
			if x.Area != "152921" || x.Occupation == "" {
				t.Errorf("%+v", x)
			}
			people, nothing, unsought = people+x.Seekers, nothing+x.Nothing, unsought+x.Unsought
		}
		if people != 40 || nothing != 25 || unsought != 60 {
			t.Errorf("%d people, %d without, %d openings without: %+v", people, nothing, unsought, list)
		}

		page := s.get(t, "officer", "/jobs/office/residual", 200)
		shows(t, page, "60 个空缺没有合适的人可推荐，25 人没有分到岗位", "焊工", "25 人", "保洁员 25", "缺人的职业 1")
		hides(t, page, "额济纳旗")
		page = s.get(t, "officer", "/jobs/office/residual?list=people", 200)
		shows(t, page, "保洁员", "60 个", "焊工 60")
		shows(t, s.get(t, "league", "/jobs/office/residual", 200), "额济纳旗", "阿拉善左旗", "63 个空缺")
		shows(t, s.get(t, "officer", "/jobs/office", 200), "/jobs/office/residual")
		s.get(t, "s1", "/jobs/office/residual", 403)
		s.get(t, "unit", "/jobs/office/residual/file.xlsx", 403)
		file := s.get(t, "officer", "/jobs/office/residual/file.xlsx", 200)
		z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, f := range z.File {
			x, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(&all, x); err != nil {
				t.Fatal(err)
			}
		}
		shows(t, all.String(), "没有人可推荐", "阿拉善左旗", "保洁员")

		again := r.match(t) // the next run's rows stand beside, the page shows the last
		if n, err := db.Value[int](ctx, r.DB, `SELECT count(DISTINCT run) FROM jobs_residual`); err != nil || n != 2 || again.Nothing != 25 {
			t.Errorf("%d runs are kept, %v, %+v", n, err, again)
		}
	})
}

func TestABannersNeedsNameTheOtherSide(t *testing.T) {
	row := func(area, name string, nothing, unsought int) Left {
		return Left{Residue: allocate.Residue{Cell: allocate.Cell{Area: area}, Nothing: nothing, Unsought: unsought, Unfilled: float64(unsought)}, Name: name, Short: unsought}
	}
	list := []Left{row("152921", "焊工", 0, 7), row("152921", "保洁员", 5, 0), row("152921", "", 9, 0), row("152921", "厨师", 1, 1), row("152921", "会计", 2, 0), row("152923", "保洁员", 3, 2)}
	work := needs(list, false, "职业不明")
	if len(work) != 3 || work[0].Name != "焊工" || work[0].Other != 17 || work[0].Others != "职业不明 9、保洁员 5、会计 2" || work[1].Area != "152923" || work[1].Others != "保洁员 3" {
		t.Errorf("%+v", work)
	}
	people := needs(list, true, "职业不明")
	if len(people) != 5 || people[0].Name != "职业不明" || people[0].Other != 8 || people[0].Others != "焊工 7、厨师 1" {
		t.Errorf("%+v", people)
	}
}
