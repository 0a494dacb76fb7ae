package search

// Vacancy is what the index knows of a vacancy.
type Vacancy struct {
	ID             int64 // above 0
	Title          string
	Occupation     string // code of the classification of 2022: 6-18-02-04, or a class: 6-18, 6-18-00-00; or ""
	OccupationName string
	Employer       string
	Body           string
	Area           string // 2, 4, 6, 9 or 12 digits
	Place          Point  // where it is; zero: not known
	Industry       string // section of GB/T 4754, with or without division: C, C26
	PayLow         int64  // fen a month; both 0: to be agreed
	PayHigh        int64
	Education      Education
	Hours          Hours
	Contract       Contract
	Flags          Flags
	Posted         int32 // days since 1970-01-01
}

// Point is a place on the earth in degrees.
type Point struct{ Lat, Lon float64 }

// Education is the least that a vacancy asks for.
type Education uint8

// Levels of education; Any asks for nothing.
const (
	Any Education = iota
	Primary
	Junior
	Senior // 高中、中职、中专
	College
	Bachelor
	Master
	Doctor
)

// Hours is the kind of working time.
type Hours uint8

// Kinds of working time.
const (
	HoursUnknown Hours = iota
	Standard           // 标准工时
	Shifts             // 倒班
	Combined           // 综合计算工时
	Flexible           // 不定时
	PartTime           // 兼职、非全日制
	ByDay              // 日结、零工
)

// Contract is the kind of contract.
type Contract uint8

// Kinds of contract.
const (
	ContractUnknown Contract = iota
	OpenEnded                // 无固定期限
	FixedTerm                // 固定期限
	ByTask                   // 以完成一定工作任务为期限
	Dispatch                 // 劳务派遣
	Internship               // 见习、实习
	Service                  // 劳务、承揽
)

// Flags are what a vacancy offers and whom it welcomes; a set of bits.
type Flags uint16

// Offers, then groups that are welcome.
const (
	Housing    Flags = 1 << iota // 包住
	Meals                        // 包吃
	Insurance                    // 五险
	Weekends                     // 双休
	Training                     // 带薪培训
	Graduates                    // 高校毕业生
	Veterans                     // 退役军人
	Disabled                     // 残疾人
	Herders                      // 农牧民
	Older                        // 4050 人员
	OutPoverty                   // 脱贫人口
	Hard                         // 就业困难人员
)

const flagCount = 12

// flagNames are the flags' codes in facets, in the order of their bits.
var flagNames = [flagCount]string{"housing", "meals", "insurance", "weekends", "training", "graduates", "veterans", "disabled", "herders", "older", "outofpoverty", "hard"}

// String is the code of a single flag.
func (f Flags) String() string {
	for i, name := range flagNames {
		if f == 1<<i {
			return name
		}
	}
	return ""
}

// Filter is what a vacancy has to be; zero values ask for nothing. Lists mean one of them.
type Filter struct {
	Areas       []string // codes of areas; all that lie in them
	Near        Near
	Occupations []string // codes of occupations and classes; all that belong to them
	Industries  []string
	PayFrom     int64 // fen a month: the vacancy pays this much or more at its best
	PayTo       int64 // fen a month: it pays no more than this at its least; 0: no limit
	Education   []Education
	AtMost      Education // asks for this at most: what a person with it can have; Any: no matter
	Hours       []Hours
	Contracts   []Contract
	Flags       Flags // all of them
	Since       int32 // posted on this day or later
}

// Near is a circle; Km 0 asks for nothing.
type Near struct {
	Point
	Km float64
}

// part is one thing that a filter asks for, by the name it has in Relax.
type filterPart struct {
	name string
	Filter
}

// split takes a filter apart.
func (f Filter) split() (parts []filterPart) {
	add := func(asked bool, name string, one Filter) {
		if asked {
			parts = append(parts, filterPart{name, one})
		}
	}
	add(len(f.Areas) > 0, "area", Filter{Areas: f.Areas})
	add(f.Near.Km > 0, "near", Filter{Near: f.Near})
	add(len(f.Occupations) > 0, "occupation", Filter{Occupations: f.Occupations})
	add(len(f.Industries) > 0, "industry", Filter{Industries: f.Industries})
	add(f.PayFrom > 0 || f.PayTo > 0, "pay", Filter{PayFrom: f.PayFrom, PayTo: f.PayTo})
	add(len(f.Education) > 0 || f.AtMost > 0, "education", Filter{Education: f.Education, AtMost: f.AtMost})
	add(len(f.Hours) > 0, "hours", Filter{Hours: f.Hours})
	add(len(f.Contracts) > 0, "contract", Filter{Contracts: f.Contracts})
	for i, name := range flagNames {
		add(f.Flags&(1<<i) != 0, name, Filter{Flags: 1 << i})
	}
	add(f.Since > 0, "since", Filter{Since: f.Since})
	return parts
}
