// Package crowd is the register in columns (人口列): everybody's facts, as package dictionary names them, in an engine census,
// so that a condition is asked of all people at once. It serves S130 (政策找人) and S139 (政策评估): lists that follow the
// register within a second, simulations and counts by area in milliseconds.
//
// Every process that shows pages keeps a crowd of its own: opened from a file in the data folder or built from the
// register in one pass by all processors, brought up to date from the register's change feed, built anew when the day
// or the policies have changed (months and ages grow by themselves). It is a copy: nothing is ever written from it into
// the register, and a lost file costs one pass.
//
//	crowd.go    what stands in the columns, and who may read while they change
//	columns.go  fields and areas as columns
//	build.go    all people, by all processors
//	follow.go   people who have changed, and those of their households
//	ask.go      counts by area, other thresholds: who would gain and who lose
//	table.go    the columns as rows of a table or a Parquet file, without anybody's name
//
// It is not for deciding about one person (package rule does), and knows nothing of employers' policies.
package crowd
