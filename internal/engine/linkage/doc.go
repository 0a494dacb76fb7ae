// Package linkage finds the records that belong to one person, employer or other thing: within one file (dedupe), between
// two files (match), or for one record against a register that is held in memory (Index).
//
// It works in steps, each in a file of its own:
//
//	model.go        the model file: columns, comparisons, rules, blocking, thresholds
//	data.go         values are cleaned once each and numbered; a record is a row of numbers
//	kind_*.go       what a kind of column knows: how it is cleaned, in which degrees two values agree, its blocking features
//	block.go        passes: records with the same key are candidates; too large blocks are refined, what is left out is counted
//	train.go        Fellegi–Sunter: u from frequencies and random pairs, m by expectation maximisation over counts of vectors
//	run.go          compares, applies the clerk's rules first, keeps what is worth keeping
//	cluster.go      groups that respect vetoes; assign.go: one to one
//	index.go        one record at a time through the same code
//	explain.go      why: rule or weight by weight, recomputable from the trained model's hash
//	decided.go      what people decided goes before rules and weights
//	guess.go        a model from a file's titles and values
//	evaluate.go     precision and recall against a known truth
//
// Weights are in bits (binary logarithms of likelihood ratios): one more means twice as likely.
// The same input, model and seed give the same result, bit for bit, on any number of processors.
// The package reads no files and knows no clock.
package linkage
