// Package assess is the room of employment impact assessments (就业影响评估): what a policy, a major project, an investment or
// the end of a plant does to work, in the four dimensions of the region's opinion: posts (就业岗位), environment (就业环境),
// risk of unemployment (失业风险) and social security (社会保障). It serves S139 (评价机制) and S140 (政府优先投资岗位创造多的项目，
// 政策与带动就业的单位相互对应).
//
//	posts.go environment.go risk.go security.go   one dimension each: pure sums, with the method stated
//	predict.go      an interval from what like projects turned out to do
//	light.go        traffic lights by thresholds that somebody has set
//	parameter.go    thresholds, factors and standards, dated, set by two people
//	compute.go      what the register knows, put into the sums; the result is kept as it was
//	act.go conclude.go follow.go   filing, opinions, measures; the conclusion by two people; estimate against register after 6 and 12 months
//
// It is not for deciding about anybody: the register is only counted. It does not warn (plants that lay off report elsewhere)
// and pays nothing.
package assess
