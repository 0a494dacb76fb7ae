// Package verify is the checking of figures (数据核查): every night reported figures are held against the register, against their own
// past, against their sums and against outside series, and people's records against each other; what is unusual becomes a question to
// the area that reported it. It serves S171 统计指标体系与数据质量, S176 数据核查 and S180 就业与宏观数据比对.
//
//	finding.go   a finding: one area, one indicator, one year, with the signals that made it; states and verdicts
//	panel.go     reported figures as panels of engine honest, and the evidence sheet of a finding
//	people.go    checks of people's records: in two places at once, entered twice, employed without insurance, one phone for many
//	run.go       the nightly run
//	act*.go      asking, explaining, correcting, the verdict (成立 needs a second person), declared rounding, imports
//	limit.go     limits of every check, what verdicts say about them, and proposals that a person decides on
//	macro.go     employment beside macro series (electricity, tax heads …)
//
// A finding accuses nobody. It says what was seen, what was expected and by which rule, and asks: 需要说明. Only people give verdicts.
package verify
