package assess

import "jiuye/internal/register/person"

// yearContract is what counts as a lasting contract, in months.
const yearContract = 12

// Answers to a question of working conditions.
const (
	Met    = "yes"
	Unmet  = "no"
	NotFor = "na" // does not apply
)

// Conditions are the answers by question; one that is missing was not answered.
type Conditions map[string]string

// questions on working conditions, those of safety first; heavy ones stop a project while they are open.
var questions = []struct {
	Code  string
	Heavy bool
}{{"safety", true}, {"health", true}, {"hours", false}, {"housing", false}, {"women", false}, {"union", false}}

// EnvironmentResult is the dimension of working conditions, over the posts that the unit describes, temporary ones too.
type EnvironmentResult struct {
	Posts    int64
	Contract int64 // with a contract of a year or longer; of the lasting posts
	Lasting  int64
	Insured  int64
	Below    int64 // paid less than the minimum wage
	AtMedian int64 // paid the area's median or more
	Minimum  int64 // fen a month; 0: not known
	MinFrom  string
	Median   int64 // of the area's open vacancies, fen a month; 0: there are too few
	Vacant   int64 // openings behind the median
	Unmet    []string
	Unsaid   []string
	Heavy    bool // one of the unmet is of safety or health
}

// sumEnvironment does the sums over lines.
func sumEnvironment(lines []Line, said Conditions, minimum, median int64) EnvironmentResult {
	e := EnvironmentResult{Minimum: minimum, Median: median}
	for _, l := range lines {
		e.Posts += l.People
		if !l.Temporary {
			e.Lasting += l.People
			if l.Months >= yearContract {
				e.Contract += l.People
			}
		}
		if l.Insured {
			e.Insured += l.People
		}
		if minimum > 0 && l.PayFen < minimum {
			e.Below += l.People
		}
		if median > 0 && l.PayFen >= median {
			e.AtMedian += l.People
		}
	}
	for _, q := range questions {
		switch said[q.Code] {
		case Unmet:
			e.Unmet = append(e.Unmet, q.Code)
			e.Heavy = e.Heavy || q.Heavy
		case Met, NotFor:
		default:
			e.Unsaid = append(e.Unsaid, q.Code)
		}
	}
	return e
}

// share of a whole in ten-thousandths; -1 of nothing.
func share(part, whole int64) int64 {
	if whole == 0 {
		return -1
	}
	return divide(part*scale, whole)
}

// pays counts openings by monthly pay.
type pays map[int64]int64

// add takes a vacancy in, by the middle of its pay; one that does not tell its pay is left out.
func (p pays) add(low, high, openings int64) {
	if low > 0 {
		p[(low+max(low, high))/2] += openings
	}
}

// fewestOpenings is how many openings a median needs.
const fewestOpenings = 10

// median is the pay of the middle opening (the lower of two); 0 where there are too few.
func (p pays) median() (fen, openings int64) {
	for _, n := range p {
		openings += n
	}
	if openings < fewestOpenings {
		return 0, openings
	}
	left := (openings + 1) / 2
	for _, fen := range sortedKeys(p) {
		if left -= p[fen]; left <= 0 {
			return fen, openings
		}
	}
	return 0, openings
}

// schooled are the levels of schooling that a post accepts, as codes; nil: anybody.
func schooled(least int) (list []int) {
	if least == 0 {
		return nil
	}
	for _, e := range person.Educations {
		if e.Code <= least {
			list = append(list, e.Code)
		}
	}
	return list
}
