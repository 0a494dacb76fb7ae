package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jiuye/internal/app/linkrun"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/room/jobs"
)

// JobsFile is a file of adverts from outside, as the command line names it.
type JobsFile struct {
	Path, Map, Area, Errors string
	Dry, Full               bool
	By                      string
}

// JobMappings are the names of the mappings in the program.
func JobMappings() []string { return jobs.MappingNames() }

// waysToWork stand beside the vacancies where people look for work.
var waysToWork = []jobs.Beside{{Zh: "零工", En: "Day work", Href: "/gig"}, {Zh: "招聘会", En: "Fairs", Href: "/fair"}, {Zh: "外出务工", En: "Work elsewhere", Href: "/outwork"},
	{Zh: "毕业生", En: "Graduates", Href: "/graduate"}, {Zh: "供求分析", En: "The market", Href: "/analysis"}}

// ImportJobs takes a file of adverts and tells in words what came of it. Refused rows go into a table beside the file.
func (a *App) ImportJobs(ctx context.Context, f JobsFile, p progress.Reporter) (text string, err error) {
	o := jobs.Outside{Path: f.Path, File: filepath.Base(f.Path), Area: f.Area, Dry: f.Dry, Full: f.Full, ByName: f.By}
	if f.Map != "" {
		body, err := os.ReadFile(f.Map)
		if err != nil {
			return "", fault.Wrap(fault.Invalid, err, "打不开对照表 "+f.Map)
		}
		if o.Mapping, err = jobs.ReadMapping(body); err != nil {
			return "", err
		}
	}
	if f.Errors == "" {
		f.Errors = strings.TrimSuffix(f.Path, filepath.Ext(f.Path)) + "-退回.csv"
	}
	part := f.Errors + ".part"
	out, err := os.Create(part)
	if err != nil {
		return "", fault.Wrap(fault.Unavailable, err, "写不了退回表 "+f.Errors)
	}
	defer os.Remove(part)
	defer out.Close()
	began := time.Now()
	table := jobs.NewFlawSheet(out, strings.HasSuffix(strings.ToLower(f.Errors), ".xlsx"))
	sum, err := a.Jobs.TakeOutside(ctx, o, table.Add, p)
	if err != nil {
		return "", err
	}
	if sum.Seconds = time.Since(began).Seconds(); sum.Rejected > 0 {
		if err := table.Close(); err != nil {
			return "", err
		}
		if err := os.Rename(part, f.Errors); err != nil {
			return "", fault.Wrap(fault.Unavailable, err, "写不了退回表 "+f.Errors)
		}
	}
	text = sum.Text()
	if sum.Rejected > 0 {
		text += "退回的行和原因在 " + f.Errors + "，改好后可以直接再导入\n"
	}
	_, memory := linkrun.Usage()
	return text + fmt.Sprintf("用时 %.1f 秒，每秒 %.0f 行，内存最多 %d MB\n", sum.Seconds, float64(sum.Read)/max(sum.Seconds, 0.001), memory>>20), nil
}
