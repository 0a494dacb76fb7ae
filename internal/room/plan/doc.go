// Package plan follows a plan's figures (规划监测与督办): the 17 indicators of box 2 (专栏2) of the region's and Alxa's
// 14th five-year employment plans, counted from the register where they can be, and the tasks of the region's
// 就业促进行动实施方案 with their units and progress.
//
// It serves, thinly, S170 就业主要指标与目标, S171 就业统计指标体系, S175 督办, S177 责任清单 and S178 分工方案. [Count] is the
// definition of every indicator; [Room.Compute] applies it to everybody in one pass and keeps sums by area, so pages read few
// rows however many people there are, and a number leads back to the people it counts.
//
// It is not for reading plan documents, forecasts, briefings, appraisal or checks of false figures: these come later.
package plan
