// Package rank says how well a vacancy fits a person, and why: occupation, place, pay and education, added up to 0 to
// 1,000, with a reason for each part in Chinese and English.
//
// A Profile has no sex, ethnicity, religion, household registration, disability, marriage or age: 就业促进法 articles 3
// and 26 to 31 forbid to choose by them, and what is not there cannot be used by mistake.
//
// An Index holds vacancies by occupation and township. Top looks at the groups that can still hold something better,
// best first, and gives exactly what comparing with every vacancy would give.
//
// The package is pure: it knows no database, no request and no time of day.
package rank
