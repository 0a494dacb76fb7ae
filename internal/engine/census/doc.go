// Package census holds a population in columns and asks conditions of everybody at once.
//
// A column is kept as bit planes (BitWeaving/V: Li and Patel, SIGMOD 2013): plane k holds bit k of 64 people a word, so
// that a comparison with a constant costs one word operation a bit for 64 people. Beside the planes stands a plane of
// validity: what is not known stays unknown, and conditions are decided in Kleene's three-valued logic, as package rule
// decides them for one person.
//
//	column.go    what a column can hold, and how values become codes
//	census.go    the planes, in segments of 65,536 people; one person written or read
//	build.go     many people at once, 64 rows turned into planes together
//	ids.go       who stands where, in four bytes a person; newcomers may come out of order
//	program.go   rules compiled for everybody: equal clauses are decided once
//	kernel.go    the loops
//	result.go    who is in, who may be, counts by group
//	change.go    people who have changed, decided again without the others
//	simulate.go  what another rule would change: gainers and losers by group
//	file.go      the columns in a file
//	load.go      the file opened in seconds, by all processors
//
// The package knows no register, no policy text and no clock. It uses all processors it is given and no assembly.
package census
