package indicator

import "jiuye/internal/ground/lang"

// Kind says how an indicator comes about.
type Kind string

// The kinds.
const (
	Event    Kind = "event"    // people or person-times in a period; months add up
	Stock    Kind = "stock"    // people on the period's last day
	Rate     Kind = "rate"     // a share of people, in ten-thousandths
	Mean     Kind = "mean"     // an average, in hundredths
	Reported Kind = "reported" // in no register: somebody enters it, in the unit's scale
)

// Type says what is wanted of an indicator.
type Type string

// The types: 累计、水平、上限、下限、区间、增长、只看方向.
const (
	Cumulative Type = "cumulative"
	Level      Type = "level"
	Ceiling    Type = "ceiling"
	Floor      Type = "floor"
	Band       Type = "band"
	Growth     Type = "growth"
	Direction  Type = "direction"
)

// Frequency says how often a figure is wanted.
type Frequency string

// The frequencies: 月、季、半年、年.
const (
	Monthly   Frequency = "month"
	Quarterly Frequency = "quarter"
	HalfYear  Frequency = "half"
	Yearly    Frequency = "year"
)

// Definition is one indicator as a version of its definition has it.
type Definition struct {
	ID        string // as in addresses and tables
	Version   int    // from 1
	Name      string // as plans print it
	English   string // of those that the program defines; otherwise empty
	Unit      string // 人, 人次, %, 年, 万元 …
	Kind      Kind
	Type      Type
	Formula   string // in words
	Frequency Frequency
	Lead      string // responsible unit
	Down      bool   // less is better
	Sub       string // the indicator that this one is a part of
}

// NameIn is an indicator's name in a language, in Chinese where it has no other.
func (d Definition) NameIn(language string) string {
	if language != lang.Chinese && d.English != "" {
		return d.English
	}
	return d.Name
}

// People is no indicator: how many live somewhere, kept beside them under the last year counted, as a base for comparisons.
const People = "people"

// FromRegister says whether the register can tell an indicator.
func (d Definition) FromRegister() bool { return d.Kind != Reported }

// Counted says whether an indicator's single people are kept by year, so that its numbers lead to them at once.
func (d Definition) Counted() bool { return d.Kind == Event }

// Computed are the indicators that the program defines: box 2 (专栏2) of the 14th five-year plans, in the box's order. Two of
// them, productivity and labour share, are reported.
func Computed() []Definition { return computed() }

// Find is a computed indicator by its id.
func Find(id string) (Definition, bool) {
	for _, d := range computed() {
		if d.ID == id {
			return d, true
		}
	}
	return Definition{}, false
}
