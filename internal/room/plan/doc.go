// Package plan follows a plan's figures (规划监测): it reads a plan document into indicators and tasks for a person to confirm, counts
// the 17 indicators of box 2 (专栏2) of the 14th five-year employment plans from the register, says how far each is and how likely its
// target is met, divides targets among lower areas, and keeps the progress of the tasks.
//
// It serves S170 就业主要指标与目标, S171 就业统计指标体系, S172 (分解) and, thinly, S175 督办, S177 责任清单 and S178 分工方案. [Count] is the
// definition of every indicator; [Room.Compute] applies it to everybody in one pass and hands sums by area to the register
// indicator, so pages read few rows however many people there are, and a number leads back to the people it counts.
//
//	count*.go tally.go compute.go     from people to sums
//	pace.go foresight.go outlook.go ranking.go   progress, what is expected, places with their uncertainty
//	proposal.go document_act.go       a plan document uploaded, corrected, confirmed
//	split.go split_act.go             targets divided among lower areas
//	known.go                          figures as known on a past day, and their corrections
//
// It is not for briefings, supervision, appraisal or checks of false figures: rooms cycle, supervise and verify are.
package plan
