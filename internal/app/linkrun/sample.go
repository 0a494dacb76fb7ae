package linkrun

import (
	"fmt"

	"jiuye/internal/engine/linkage/madeup"
	"jiuye/internal/ground/fault"
)

// SampleOptions say which made-up register is written where.
type SampleOptions struct {
	Records, People int
	Seed            uint64
	IDs             float64
	Employers       bool        // employers in the place of people; IDs are their codes
	Mix             *madeup.Mix // rates of mistakes; those of the issue otherwise
	Out             string
}

// Sample writes a made-up register with its truth in the column 人.
func Sample(o SampleOptions) error {
	if o.Mix != nil && !o.Mix.Sound() {
		return &fault.Error{Kind: fault.Invalid, Text: "差错占比应在 0 到 1 之间"}
	}
	if o.People < 1 || o.Records < o.People || o.IDs < 0 || o.IDs > 1 {
		return &fault.Error{Kind: fault.Invalid, Text: fmt.Sprintf("记录数应不少于人数，人数至少 1，证件号占比在 0 到 1 之间；现在是 %d、%d、%g", o.Records, o.People, o.IDs)}
	}
	if o.Employers {
		return writeCSV(o.Out, madeup.EmployerTitles, func(write func(...string)) {
			madeup.Employers(madeup.EmployerOptions{Records: o.Records, Employers: o.People, Seed: o.Seed, Codes: o.IDs}, func(row []string) bool {
				write(row...)
				return true
			})
		})
	}
	opts := madeup.Issue(o.Records, o.People)
	opts.Seed, opts.IDs = o.Seed, o.IDs
	if o.Mix != nil {
		opts.Mix = *o.Mix
	}
	return writeCSV(o.Out, madeup.Titles, func(write func(...string)) {
		madeup.Rows(opts, func(row []string) bool {
			write(row...)
			return true
		})
	})
}

// IssueMix is how often records go wrong when nobody says otherwise.
var IssueMix = madeup.IssueMix
