// Package rank says which work suits a person, how likely it comes about, what it would bring them, and why.
//
// First come hard conditions that the law or the person sets (hard.go). What passes is ordered by expected benefit, the
// chance of being hired times what the work would bring. The chance is a logistic function of points (weights.go): kinship
// of the occupations in the classification of 2022, moves between occupations observed in the register, skills, distance,
// pay, schooling, experience, age of the vacancy, applicants for each opening, a registered wish. The benefit is work at
// all, better pay, a longer contract, full time, new skills. Weights are stated assumptions, whole numbers, the same for everybody.
//
// A Profile has no sex, ethnicity, religion, household registration, disability, marriage or age: 就业促进法 articles 3
// and 26 to 31 forbid to choose by them, and what is not there cannot be used by mistake. Two fields come close, and say so:
// Young, because the law protects people under 18, and Welcome, which can only help with vacancies that invite a group.
//
// An Index holds vacancies by occupation and banner in blocks, with bounds of what any of a block's vacancies could be
// worth. Best looks into occupations, places and blocks in the order of their bounds, and stops when nothing left can change the
// answer: it gives exactly what comparing with every vacancy would give, ties by id, whatever the number of goroutines.
//
// The package is pure: it knows no database, no request and no time of day. Occupations come as codes; coding texts is
// rank/occupation's work. Figures and the table of weights: docs/jobs.md.
package rank
