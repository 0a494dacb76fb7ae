// Package honest looks through reported figures for what an honest reporter would rarely send, and says what it saw and what it expected. It accuses
// nobody: a finding is a question that a person answers.
//
// A Panel is one indicator reported by month and area, with what there is to hold it against: the same figure recomputed from the register, outside series
// (insurance, tax, electricity, vacancies), targets, and the sums above. Examine gives every area and year a score of each kind; Limits turn scores into findings.
//
//	compare   reported against recomputed from the register, in standard errors
//	sum       months and areas against their sum, as a share (tolerance: one in a thousand)
//	falling   a cumulative figure that falls
//	copy      months in one ratio to another year's or another area's, to the last digit
//	round     last digits that are 0 more often than chance has it, unless the source has declared its rounding
//	digits    last digits and pairs as people invent them (Nigrini 2012; weak evidence)
//	inflate   a year that lies above its own season, its peers and the outside series
//	shift     a December that is too high before a January that is too low
//	topup     a total just over the target after a December that is too high
//	smooth    months that vary less than the area's own and its peers' do
//
// inflate, shift and topup are interventions (Box and Tiao 1975) in a local-level model (Harvey 1989, ch. 2) of the logarithms after season, peers and outside series are
// taken out. Bunching judges all areas of a year at once, Benford the leading digits of many figures; both are weak.
//
// How well this finds made-up frauds stands in docs/honest.md; package trial makes them.
package honest
