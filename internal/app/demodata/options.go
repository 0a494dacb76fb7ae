package demodata

import (
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/area/refdata"
)

// Options say what to make.
type Options struct {
	Area     string            // code of a region, league or banner; trailing zeros as in 152900 may stand
	People   int               // how many people, at least 1,000
	Seed     uint64            // same area, people and seed: same files
	Out      string            // folder; made when it is not there
	AsOf     time.Time         // last day of the data; zero means 2025-08-31, the only day for which there is a course
	Progress progress.Reporter // nil: nobody watches
}

// Summary is what was made.
type Summary struct {
	People, Households, Employers, Vacancies int
	ZeroHouseholds                           int            // 零就业家庭 on the demonstration's day
	Rows                                     map[string]int // rows by sheet, heads left out
	Mended                                   map[string]int // planted errors that intake repairs, by kind
	Spoiled                                  map[string]int // extra rows that intake must not take, by kind
	Dirty                                    map[string]int // careless rows of 税务扣缴.csv and 民政救助.xlsx by mistake
}

// minPeople is the fewest people among whom the figures can be laid out.
const minPeople = 1000

// asOf is the last day that the course covers.
var asOf = clock.Date(lastYear, time.August, 31)

// checked brings options to their plain form, or says what is wrong with them.
func (o Options) checked() (Options, error) {
	o.Area = strings.TrimSpace(o.Area)
	for len(o.Area) > 2 && strings.HasSuffix(o.Area, "00") {
		o.Area = o.Area[:len(o.Area)-2]
	}
	if level := refdata.LevelOf(o.Area); level < refdata.Region || level > refdata.Banner || !strings.HasPrefix(o.Area, "15") {
		return o, fault.New(fault.Invalid, "地区代码“%s”不是内蒙古的自治区、盟市或旗县代码，例如阿拉善盟填 152900", o.Area)
	}
	if o.People < minPeople {
		return o, fault.New(fault.Invalid, "人数至少 %d，您填了 %d：人太少，规划指标排不开", minPeople, o.People)
	}
	if o.AsOf.IsZero() {
		o.AsOf = asOf
	}
	if !o.AsOf.Equal(asOf) {
		return o, fault.New(fault.Invalid, "演示数据的截止日只能是 %s，规划指标是按这一天排定的", asOf.Format(time.DateOnly))
	}
	if o.Progress == nil {
		o.Progress = progress.None{}
	}
	return o, nil
}
