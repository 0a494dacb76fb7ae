// Package graduate is the room of graduates' work (高校毕业生就业). It serves S71 (“三支一扶”等基层服务项目、基层岗位、政府购买岗位：
// 名额、招募、服务期、跟踪) and S72 (高校毕业生常态化就业信息服务、离校未就业毕业生实名服务).
//
//	goal.go quota.go            plan numbers with their sources; the year's places from the region down to banners
//	round.go check.go rank.go   a round and its posts; whether somebody may apply, with reasons; scores, order and assignment
//	served.go                   service periods: yearly checks, transfers, leaving, allowance months, what came after
//	leaver.go                   graduates without work by real name, and the usual standard of service
//	act_*.go store*.go pages*.go
//
// Posts are given by deferred acceptance (engine/rank/allocate): people order their wishes, posts order people by their score, and
// no pair of a person and a post would both gain by another assignment. A hire is decided by a second person (register/approval).
// What somebody does after the service period and who has work is what insurance says, never what somebody typed.
// Allowances are only counted here: room grant pays.
package graduate
